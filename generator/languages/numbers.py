"""Numbers and months in running text, compared across languages, digits and ways of writing them.

A translation that changes a number deceives, and reads well; so checks and comparisons of articles need one
reading of numbers that all scripts share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.languages.arabic import PARTICLES

_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8,
    "ألف": 10**3, "آلاف": 10**3, "الف": 10**3, "مليون": 10**6, "ملايين": 10**6,
    "مليار": 10**9, "مليارات": 10**9,
}  # fmt: skip
"""Words that multiply the digits before them."""

_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = re.compile(rf"(\d+(?:[.,:٫٬،'’]\d+)*)(?:\s?({_SCALE}))?(s\b)?")
_GROUPED = re.compile(r"(\d{1,3}(?:([,.'’٬،])\d{3})(?:\2\d{3})*)(?:[.,٫](\d+))?")

_WORDS = {
    word: value
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen",
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth",
    )
    for value, word in enumerate(words.split())
}
_WORDS |= {
    tens + ending: 10 * value
    for value, tens in enumerate("twent thirt fort fift sixt sevent eight ninet".split(), 2)
    for ending in ("y", "ies", "ieth")
}
_WORDS |= {"hundred": 100, "dozen": 12, "once": 1, "twice": 2, "both": 2, "pair": 2, "double": 2, "half": 50}
_WORDS |= {word: scale for word, scale in _SCALES.items() if word.isascii()}
"""English words that can stand for digits."""

MONTHS = ("January February March April May June July August September October November December").split()
"""The English months, which other languages number: 9月 is September."""

_CHINESE_MONTHS = "月|元旦|五一|八一|国庆|國慶|圣诞|聖誕"
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
_ENGLISH_DATE = re.compile(rf"\b{_DAY}(?: of)? (?:{_MONTH})\b|(?<!Long )\b(?:{_MONTH}) {_DAY}\b(?!:)")

_UNCOUNTED = frozenset("first second third once twice both pair double half".split())
_CARDINALS = {
    word: value for word, value in _WORDS.items() if word not in _UNCOUNTED and not word.endswith(("th", "ies"))
}
_CARDINAL = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_SPELLED = re.compile(rf"(?i)\b(?:{_CARDINAL})(?:(?:[ -]|,? and )(?:{_CARDINAL}))*\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text that counts or measures."""

    start: int
    end: int
    value: float


def figures(text: str) -> list[Figure]:
    """Return the numbers in digits and in English words, in order; no ordinals, decades, times or lists."""
    western = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    found = []
    for match in _NUMBER.finditer(western):
        if match[3] or ":" in match[1] or re.match(r"(?:st|nd|rd|th)\b|[-–][^\W\d_]", western[match.end() :]):
            continue
        readings = _readings(match[1], _SCALES.get(match[2] or "", 1))
        if single := next((reading for reading in readings if len(reading) == 1), None):
            found.append(Figure(match.start(), match.end(), float(single.pop())))
    taken = {place for figure in found for place in range(figure.start, figure.end)}
    for match in _SPELLED.finditer(text):
        if not taken.intersection(range(*match.span())):
            found.append(Figure(match.start(), match.end(), float(_cardinal(match[0]))))
    return sorted(found, key=lambda figure: figure.start)


def _cardinal(words: str) -> int:
    """Return the value of a number in English words."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        value = _CARDINALS.get(word, 0)
        if value >= 1000:
            total, part = total + max(part, 1) * value, 0
        else:
            part = max(part, 1) * value if value == 100 else part + value
    return total + part


def lost_numbers(source: str, target: str) -> list[str]:
    """Return the numbers in the digits of `source` that `target` has neither in digits nor in words."""
    there = _values(target) | _spelled(target)
    if re.search(r"\d\s?[月월]", source):
        there |= {str(number) for number, month in enumerate(MONTHS, 1) if re.search(rf"\b{month[:3]}", target)}
    return [
        digits for digits, readings, _ in _numbers(source) if not any(reading <= there for reading in readings)
    ]


def added_numbers(source: str, target: str) -> list[str]:
    """Return the numbers in the digits of `target`, of three digits and more, that `source` has in no form.

    Smaller ones may well be words of the source, and so may decades (1970s) and round thousands.
    """
    there = _values(source) | _spelled(source) | ({"100"} if "百分之百" in source else set())
    scales = [scale for word, scale in _SCALES.items() if word in source]
    return [
        digits
        for digits, readings, is_decade in _numbers(target)
        if not any(reading <= there for reading in readings)
        and sum(map(str.isdigit, digits)) >= 3
        and not is_decade
        and not digits.endswith(":00")  # five o'clock is often a word
        and not any(float(value) % scale == 0 for value in readings[0] for scale in scales)
    ]


def invented_date(source: str, target: str, language: str) -> str | None:
    """Return a day with its month in English `target` where `source`, in a listed language, names no month."""
    named = _NAMING_A_MONTH.get(language)
    if named is None or named.search(source):
        return None
    found = _ENGLISH_DATE.search(target)
    return found[0] if found else None


def _numbers(text: str) -> Iterator[tuple[str, list[set[str]], bool]]:
    """Return each number in digits: as written, the sets of values it can mean, whether it is a decade."""
    western = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    for match in _NUMBER.finditer(western):
        before = western[match.start() - 1 : match.start()]
        if match[0] in ("2", "3") and before.isalpha() and before not in PARTICLES:
            continue  # m2 is an area; only Arabic prefixes stand before a number without a blank
        scale = _SCALES.get(match[2] or "", 1)
        yield match[0], [*_readings(match[1], scale)], bool(match[3])


def _readings(digits: str, scale: int) -> Iterator[set[str]]:
    grouped = _GROUPED.fullmatch(digits)
    if scale > 1 and (value := _decimal(digits)):
        yield {_plain(f"{float(value) * scale:.3f}")}
    if grouped:
        yield {_plain(re.sub(r"\D", "", grouped[1]) + (f".{grouped[3]}" if grouped[3] else ""))}
    if value := _decimal(digits):
        yield {value}
    parts = [_plain(part) for part in re.split(r"\D", digits)]
    if len(parts) > 1:
        yield set(parts)
    if ":" in digits:
        yield {re.sub(r"\D", "", digits)}
        if 12 < int(parts[0]) <= 24:  # 20:30 is 8:30 p.m.
            yield {str(int(parts[0]) - 12), *parts[1:]}


def _decimal(digits: str) -> str | None:
    match = re.fullmatch(r"(\d+)(?:[.,٫](\d+))?", digits)
    return _plain(f"{match[1]}.{match[2] or ''}") if match else None


def _plain(number: str) -> str:
    """Return a number without zeros at its ends."""
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _values(text: str) -> set[str]:
    return {value for _, readings, _ in _numbers(text) for reading in readings for value in reading}


def _spelled(text: str) -> set[str]:
    """Return the numbers that English words of `text` spell, each word's and each phrase's."""
    found: set[str] = set()
    total = 0
    for word in [*re.findall(r"[a-z]+", text.lower()), ""]:
        value = _WORDS.get(word) or _WORDS.get(word.removesuffix("s"))
        if value is None:
            total = 0
            continue
        total = total * value if value >= 100 and total else total + value
        found |= {str(value), str(total)}
    return found
