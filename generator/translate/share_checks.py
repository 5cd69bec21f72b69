"""Numbers that mean something together or by their place: fractions, scores, ordinals.

What `number_checks` compares one by one may be right then, and the whole wrong: two thirds became one third,
1-1 became 2-1. Nothing is said unless all but one of a kind are on both sides: else it may be another thing.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache

from generator.languages.normalize import fold_letters
from generator.languages.numbers.digits import rounded, western
from generator.languages.numbers.han import HAN_LANGUAGES
from generator.languages.numbers.lexicon import lexicon_of
from generator.languages.numbers.quantity import Quantity
from generator.languages.numbers.tokens import WORD, forms_of
from generator.model import BECAME, Pair

_ARTICLES = dict.fromkeys("a an un une una um uma ein eine een en یک एक ek bir".split(), 1.0)
"""Words for one, some of which lexicons do not count."""
_PER = re.compile("分[之の]|분의")
_DENOMINATOR_FIRST = frozenset(("tr",))
"""Languages that say thirds-in two."""
_BEHIND_SHARE = re.compile(r"[\s-](?:of|off|more|less|higher|lower|in|by|from|to)\b|[.,;:)]|$")
"""What stands in English behind a third that is no third person."""
_SCORE = re.compile(
    r"(?<![\d.,:/$€£-])(\d{1,3})(?:\s?[-–—:]\s?|\s?[比対대]\s?|\s(?:to|a|à|zu)\s)(\d{1,3})"
    r"(?![\d:/%-]|[.,]\d|\s?(?:年|月|日|号|時|时|點|点|시|일|월|h\b|a\.?m\b|p\.?m\b|Uhr))"
)
_MATCH_PLAY = re.compile(r"(?<![\d.,])(\d)\s?[&＆]\s?(\d)(?![\d.,])")
"""Golf's way to tell by how many holes: 3&2."""
_HOURS, _MINUTES = 24, 60
_TENS = 10
_OR_MORE = re.compile("[上成]$")
"""In front of a Chinese number: 上万 may be a few thousand."""
_BESIDE = 2
"""Characters between the words of one number, at most."""
_ORDINAL = re.compile(r"(?:.*[\s-])?(?!both)\w+(?:th|st|nd|rd)", re.IGNORECASE)
_Found = Mapping[Hashable, str]


def changed_together(pair: Pair, source: Sequence[Quantity], target: Sequence[Quantity]) -> str | None:
    """Return the fraction, score or ordinal that a translation into English changed, with what it became.

    `source` and `target` are the numbers of both sides.
    """
    if pair.target_language != "en":
        return None
    ours, theirs = pair.source, pair.target
    for win in _MATCH_PLAY.finditer(western(ours)):
        if not re.search(rf"(?<!\d){win[1]} ?(?:&|and) ?{win[2]}(?!\d)", theirs):
            return win[0]
    return (
        _changed(shares_in(ours, pair.source_language, source), shares_in(theirs, "en", target))
        or _changed(_scores(ours), _scores(theirs))
        or _other_scale(_about(ours, pair.source_language, source), _about(theirs, "en", target))
        or _changed(*_places(source, target, pair.source_language))
        or _other_kind(source, target, pair.source_language)
    )


def _changed(ours: _Found, theirs: _Found) -> str | None:
    lost = [text for key, text in ours.items() if key not in theirs]
    added = [text for key, text in theirs.items() if key not in ours]
    return BECAME.join((*lost, *added)) if len(lost) == len(added) == 1 else None


def shares_in(text: str, language: str, numbers: Sequence[Quantity]) -> dict[Hashable, str]:
    """Return the fractions of a text that stand there in words, by their values."""
    if language in HAN_LANGUAGES or language == "ko":
        return {each.value: each.text for each in numbers if _PER.search(each.text) and (each.value or 1) < 1}
    return {value: found for value, found in _shares(fold_letters(western(text)), language) if 0 < value < 1}


def _shares(folded: str, language: str) -> Iterator[tuple[float, str]]:
    lexicon = lexicon_of(language)
    for match in _share_pattern(language).finditer(folded) if lexicon.shares else ():
        parts, numerator = lexicon.shares[match["parts"]], match["number"]
        count = _count(numerator, language) if numerator else 0
        is_plural, is_alone = match["parts"].endswith("s"), _BEHIND_SHARE.match(folded, match.end())
        if parts < 1:
            yield rounded(parts), match[0]
        elif language != "en" or (is_plural if count > 1 else is_alone):
            yield rounded(count / parts), match[0]


def _count(numeral: str, language: str) -> float:
    return float(numeral) if numeral.isdecimal() else _numerals(language)[numeral]


@cache
def _numerals(language: str) -> dict[str, float]:
    words = lexicon_of(language).words.items()
    return _ARTICLES | {word: value for word, value in words if 1 <= value < 10 and value % 1 == 0}


@cache
def _share_pattern(language: str) -> re.Pattern[str]:
    lexicon = lexicon_of(language)
    number, parts, prefix = (
        "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        for words in (_numerals(language), lexicon.shares, lexicon.prefixes)
    )
    if language in _DENOMINATOR_FIRST:
        return re.compile(rf"(?<!\w)(?P<parts>{parts})\s(?P<number>\d|{number})\w{{0,6}}(?!\w)")
    return re.compile(
        rf"(?<!\w)(?:{prefix})?(?:(?P<number>\d|{number})[\s\u200c-]{{1,2}})?(?:{prefix})?(?P<parts>{parts})(?!\w)"
    )


def _scores(text: str) -> dict[Hashable, str]:
    """Return the pairs of numbers that may be scores or ranges, in either order; no times of day."""
    found: dict[Hashable, str] = {}
    for match in _SCORE.finditer(western(text)):
        one, other = int(match[1]), int(match[2])
        if ":" not in match[0] or one > _HOURS or other >= _MINUTES or len(match[2]) < 2:
            found[(min(one, other), max(one, other))] = match[0]
    return found


def _about(text: str, language: str, numbers: Sequence[Quantity]) -> dict[float, str]:
    """Return how many a text says vaguely: hundreds, tens of thousands."""
    if language in HAN_LANGUAGES:
        vague = [each for each in numbers if each.kind == "vague" and not _OR_MORE.search(text, 0, each.start)]
        return {each.value: each.text for each in vague if each.value and each.value >= _TENS}
    about = lexicon_of(language).about
    found = _about_pattern(language).finditer(fold_letters(text)) if about else ()
    return {about[match[1]]: match[1] for match in found}


@cache
def _about_pattern(language: str) -> re.Pattern[str]:
    lexicon = lexicon_of(language)
    either = "|".join(sorted(map(re.escape, lexicon.about), key=len, reverse=True))
    prefix = "|".join(lexicon.prefixes)
    return re.compile(f"({either})" if language == "ko" else rf"(?<!\w)(?<!half )(?:{prefix})?({either})(?!\w)")


def _other_scale(ours: dict[float, str], theirs: dict[float, str]) -> str | None:
    """Return two vague numbers, the only ones of their texts, of which one is ten times the other."""
    if len(ours) != 1 or len(theirs) != 1:
        return None
    ((one, text), (other, became)) = (*ours.items(), *theirs.items())
    return f"{text}{BECAME}{became}" if max(one, other) >= 10 * min(one, other) else None


def _places(source: Sequence[Quantity], target: Sequence[Quantity], language: str) -> tuple[_Found, _Found]:
    """Return the ordinals of both sides, without those that the other has as a number."""
    ours, theirs = {each.value for each in source}, {each.value for each in target}
    return (
        {value: text for value, text in _ordinals(source, language) if value not in theirs},
        {value: text for value, text in _ordinals(target, "en") if value not in ours},
    )


def _ordinals(numbers: Sequence[Quantity], language: str) -> Iterator[tuple[float, str]]:
    """Return the ordinals from the second on: the first are mostly no places."""
    for each, following in zip(numbers, (*numbers[1:], None), strict=False):
        # Of eight and ten, which are eighteenth, the second has both.
        is_part = following and following.kind == "ordinal" and following.start - each.end <= _BESIDE
        if each.kind == "ordinal" and not is_part and (each.value or 0) >= 2 and _is_place(each, language):
            yield each.value or 0, each.text


def _other_kind(source: Sequence[Quantity], target: Sequence[Quantity], language: str) -> str | None:
    """Return a year that became a decade or the reverse, or two that became second, where languages tell."""
    if language not in HAN_LANGUAGES and language != "ko":
        return None
    for each in source:
        same = [other for other in target if other.value == each.value]
        kinds = {other.kind for other in same}
        is_year = 1000 <= (each.value or 0) < 2100 and each.in_digits
        if is_year and kinds and (kinds == {"decade"}) != (each.kind == "decade"):
            return each.text + BECAME + same[0].text
        if each.text in ("两", "兩") and kinds == {"ordinal"} and same[0].text.lower() == "second":
            is_second_too = any(other.value == 2 and other is not each for other in source)
            return None if is_second_too else each.text + BECAME + same[0].text
    return None


def is_place(text: str) -> bool:
    """Return whether an ordinal, if it is English, is a place in a row, and no dozen, both or decade."""
    return not text.isascii() or _ORDINAL.fullmatch(text) is not None


def _is_place(number: Quantity, language: str) -> bool:
    if language == "en":
        return number.in_digits or is_place(number.text)
    words = [fold_letters(word) for word in WORD.findall(number.text)]
    known = lexicon_of(language)
    return (
        language in HAN_LANGUAGES
        or number.in_digits
        or any(form in known.ordinals for word in words for form in forms_of(word, known))
    )
