"""Months, which models guess: which ones a sentence names, and whether it names any."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from itertools import pairwise

from generator.languages.normalize import fold_letters
from generator.languages.numbers.digits import western
from generator.languages.numbers.han import HAN_LANGUAGES, NUMERALS, han_numbers
from generator.languages.numbers.lexicon import lexicon_of
from generator.languages.numbers.tokens import WORD

MONTHS = ("January February March April May June July August September October November December").split()
"""The English months, which other languages number: 9月 is September."""

_CHINESE_MONTHS = "月|十一(?:黄金|黃金|长假|長假)|元旦|五一|八一|国庆|國慶|圣诞|聖誕"
_NUMERIC_DATE = r"(?<!\d)\d{1,2}\s?[-/.·]\s?\d{1,2}(?!\d)"
_NAMING_A_MONTH = {
    language: re.compile(f"{names}|{_NUMERIC_DATE}")
    for language, names in {
        "ar": "شهر|أشهر|يناير|فبراير|مارس|[أاإ]بريل|مايو|يوني[وه]|يولي[وه]|[أا]غسطس"
        "|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|آب|[أا]يلول|تشرين|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت"
        "|محرم|صفر|ربيع|جماد|رجب|شعبان|رمضان|شوال|ذو|ذي|عيد",
        "ja": "月|元旦|元日",
        "ko": "월",
        "zh": _CHINESE_MONTHS,
        "zt": _CHINESE_MONTHS,
    }.items()
}
"""How sentences name a month, or a day whose month everybody knows."""
_MONTH = "|".join(MONTHS)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ENGLISH_DATE = re.compile(
    rf"\b{_DAY}(?: of)? (?:{_MONTH})\b|(?<!Long )\b(?:{_MONTH})(?: {_DAY}|,? [12]\d{{3}})\b(?!:)"
)
_NUMBERED = re.compile(
    rf"(?<![\d{NUMERALS}])(\d{{1,2}}|[{NUMERALS}]{{1,3}})\s?月(?![球饼餅亮光薪票])|(?<!\d)(\d{{1,2}})월"
)
_SURE = re.compile(rf"(?<!Long )\b(?:{_MONTH})\b(?= \d)|(?<=\d )(?:{_MONTH})\b|\b(?!May|March)(?:{_MONTH})\b")
"""English months that are no other word, as May and March are."""
_LEAST_LETTERS, _INFLECTED_LETTERS, _ENDING = 3, 4, 3
"""Letters of a month's name: from which it is no other word, from which it may be inflected, and of endings."""


def invented_date(source: str, target: str, language: str) -> str | None:
    """Return a day with its month in English `target` where `source`, in a listed language, names no month."""
    named = _NAMING_A_MONTH.get(language)
    if named is None or named.search(western(source)):
        return None
    found = _ENGLISH_DATE.search(target)
    return found[0] if found else None


def months_in(text: str, language: str) -> Set[int]:
    """Return the months that a text surely names; none where it may write them in digits alone."""
    flat = western(text)
    found: set[int] = set()
    for match in _NUMBERED.finditer(flat):
        value = float(match[1] or match[2]) if (match[1] or match[2]).isdecimal() else _numeral(match[1])
        found |= {int(value)} if 1 <= value <= 12 else set()
    if language == "en":
        return frozenset(MONTHS.index(match[0]) + 1 for match in _SURE.finditer(text))
    names = lexicon_of(language).months
    if names and language not in HAN_LANGUAGES:
        words = [fold_letters(word) for word in WORD.findall(text)]
        bare = [word.removeprefix(each) for word in words for each in lexicon_of(language).prefixes]
        phrases = [*words, *bare, *map(" ".join, pairwise(words))]
        found |= {names[each] for each in phrases if each in names and len(each) >= _LEAST_LETTERS}
        if not found:
            likely = _by_beginning(language)
            found = {
                value for word in words for name, value in likely.get(word[:3], ()) if _is_inflected(word, name)
            }
    return found


@cache
def _by_beginning(language: str) -> dict[str, list[tuple[str, int]]]:
    """Return the names of months of a language by their first three letters, which inflection leaves."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, value in lexicon_of(language).months.items():
        found.setdefault(name[:3], []).append((name, value))
    return found


def _is_inflected(word: str, name: str) -> bool:
    """Return whether a word is a month's name with another ending: сентябре, joulukuussa."""
    if len(name) < _INFLECTED_LETTERS or abs(len(word) - len(name)) > _ENDING:
        return False
    return word.startswith(name) or (len(word) - len(name) < 2 and word[:-1].startswith(name[:-1]))


def months_possible(text: str) -> Set[int]:
    """Return the numbers of all English months that a text may name, abbreviations and May among them."""
    return {number for number, month in enumerate(MONTHS, 1) if re.search(rf"\b{month[:3]}", text)}


def _numeral(text: str) -> float:
    return next((number.value or 0 for number in han_numbers(text)), 0)
