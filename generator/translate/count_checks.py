"""Numbers that count something else in a translation: three-time winners became three, Radio 4 four stations.

Their values are the same, and neither side has a unit that could be compared. Nothing is said where the source
has the value once more, or where the translation has it in any other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator.languages import is_unspaced
from generator.languages.normalize import fold_letters
from generator.languages.numbers.han import HAN_LANGUAGES
from generator.languages.numbers.lexicon import lexicon_of
from generator.languages.numbers.quantity import Quantity
from generator.languages.numbers.tokens import WORD
from generator.model import BECAME, Pair

_NO_ADJECTIVE = r"(?!(?:and|as|at|by|for|from|in|is|of|on|or|than|that|the|to|was|were|with)\b)"
_BETWEEN = rf"(?:{_NO_ADJECTIVE}[\w'’.-]+\s){{0,3}}?"
_WINNERS = re.compile(
    rf"[\s-]{_BETWEEN}(?:winners|champions|medall?ists|(?:semi-?)?finalists|runners-up|(?:title-?)?holders|victors"
    r"|laureates|nominees|Olympians|athletes|players|candidates|kings|stars|coaches"
    r"|actors|actresses|directors|writers|singers|swimmers|senators|council+ors|lawmakers|members)\b",
    re.IGNORECASE,
)
"""What is counted in English, behind a number, where three-time winners became three."""
_NO_PLURAL = "as|has|his|is|its|less|plus|this|thus|towards|versus|was|yes|us|times|series|news|pass|across"
_SMALL = rf"(?:{_NO_ADJECTIVE}[a-z][\w'’.-]*\s){{0,3}}?"
_THINGS = re.compile(rf"\s{_SMALL}(?:(?!(?:{_NO_PLURAL})\b)[a-z]{{2,}}s|men|women|people|children)\b")
_NO_PEOPLE = re.compile(
    rf"\s(?:of\s(?:the|its|their)\s)?{_BETWEEN}(?:airlines|banks|buildings|cars|cities|companies|countries|firms|homes"
    r"|hospitals|houses|institutions|organi[sz]ations|planes|schools|ships|towns|vehicles|villages)\b"
)
"""What is counted in English where people are in the source: 111 died, or 111 of the airlines."""
_PEOPLE = re.compile("人(?!民|均|次|工)|명(?!의 )")
_NO_NAME = (
    "(?:A|About|After|All|Among|An|And|As|At|Before|But|By|For|From|Her|His|In|It|Its|Of|On|Only|Or|Our|Over|She|Since"
    "|So|Some|That|The|Their|These|They|This|Those|To|Was|We|When|While|With)"
)
"""What has a capital in English because it begins a sentence."""
_IS_NAME = re.compile(
    rf"(?:[A-Za-z]|\b[Nn]os?\.|\b(?:(?!{_NO_NAME}\b)[A-Z][\w'’.]*|area|category|chapter|class|channel|episode|formula|gate"
    r"|grade|group|group of|level|line|number|page|part|phase|platform|radio|room|route|season|series|station"
    r"|terminal|type|version|zone)[\s-])$"
)
"""In front of an English number: it is a part of a name."""
_ONE = re.compile(r"1|\b(?:one|first|I|single)\b", re.IGNORECASE)
"""A name's number that other checks take for an article where it is left out: Formula 1."""
_MOMENTS = re.compile("[天日年月周週星晚次回度]")
"""Behind an ordinal in Chinese: the third day is three days later."""
_LONGEST = 24
"""Characters beside a number that are looked at."""
_LETTER = re.compile("[a-z]$")


def counted_otherwise(pair: Pair, source: Sequence[Quantity], target: Sequence[Quantity]) -> str | None:
    """Return a number that counts things in a translation into English, and times, or nothing, in its source.

    `source` and `target` are the numbers of both sides.
    """
    if pair.target_language != "en":
        return None
    parts = [each for each in source if _is_name(each, pair.source, pair.source_language)]
    names = [(each.value or 0, each.start, each.end) for each in parts]
    for each in parts:
        is_joined = _LETTER.search(fold_letters(_before(each, pair.source)))  # S1 is a degree
        if each.value == 1 and each.in_digits and not is_joined and not _ONE.search(pair.target):
            return each.text
    people = [
        (each.value or 0, each.start, each.end) for each in source if _PEOPLE.match(pair.source, each.end)
    ]
    told = [(_WINNERS, each) for each in _manifold(pair.source, pair.source_language, source)]
    others = [*((_THINGS, each) for each in names), *((_NO_PEOPLE, each) for each in people)]
    for counted, (value, start, end) in (*told, *others):
        is_elsewhere = any(each.value == value and not start <= each.start < end for each in source)
        if not is_elsewhere and (became := _only_count(value, pair.target, target, counted)):
            return pair.source[start:end] + BECAME + became
    return None


def _only_count(value: float, text: str, numbers: Sequence[Quantity], counted: re.Pattern[str]) -> str | None:
    """Return how an English text has a value, if it only counts things that a pattern finds behind it."""
    same = [each for each in numbers if each.value == value]
    found = [counted.match(text, each.end) for each in same]
    for each, match in zip(same, found, strict=True):
        is_capital = each.start and each.text[0].isupper() and text[max(each.start - 2, 0)] not in '.!?:"“'
        is_count = each.kind == "number" and not (each.measure and each.measure.name == "times")
        if not is_count or not match or is_capital or _IS_NAME.search(_before(each, text)):
            return None
    return text[same[0].start : found[0].end()] if same and found[0] else None


def _before(number: Quantity, text: str) -> str:
    return text[max(number.start - _LONGEST, 0) : number.start]


def _manifold(text: str, language: str, numbers: Sequence[Quantity]) -> Iterator[tuple[float, int, int]]:
    """Return how many times a text says that something was won or done, and where."""
    begun, behind = _manifold_patterns(language)
    for each in numbers:
        is_times = each.measure is not None and each.measure.name == "times"
        said = behind.match(fold_letters(text[each.end : each.end + _LONGEST]))
        if each.value and each.kind == "number" and (said or is_times):
            yield each.value, each.start, each.end + (said.end() if said else 0)
    for word in WORD.finditer(text) if begun else ():
        folded = fold_letters(word[0])
        if beginning := next((each for each in begun if folded.startswith(each)), None):
            yield begun[beginning], *word.span()


@cache
def _manifold_patterns(language: str) -> tuple[dict[str, float], re.Pattern[str]]:
    """Return words, or their beginnings, that say how many times, and what finds those behind a number."""
    words = lexicon_of(language).manifold
    behind = "|".join(re.escape(word) for word, value in words.items() if not value)
    return {word: value for word, value in words.items() if value}, re.compile(rf"[\s-]?(?:{behind or '(?!)'})")


def _is_name(number: Quantity, text: str, language: str) -> bool:
    """Return whether a number is a part of a name, as in Channel 5, or a place in a row."""
    if number.measure is not None or not number.value:
        return False
    if number.kind == "ordinal" and language in (*HAN_LANGUAGES, "ko"):
        return text[max(number.start - 1, 0)] in "第제" and not _MOMENTS.match(text, number.end)
    before, last, behind = _label_patterns(language)
    folded = fold_letters(_before(number, text))
    following = fold_letters(text[number.end : number.end + _LONGEST])
    if number.kind != "number" or not number.in_digits:
        return number.kind == "number" and behind.match(following) is not None
    return bool(
        _LETTER.search(folded)
        or before.search(folded)
        or behind.match(following)
        or (last.search(folded) and not re.match(r"[\s'’]?[^\W\d_]", following))
    )


@cache
def _label_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds words that make a number a name: before one, before one that ends, and behind one."""
    labels = lexicon_of(language).labels
    before, last, behind = (
        "|".join(re.escape(word) for word, place in labels.items() if place == wanted) or "(?!)"
        for wanted in ("before", "last", "behind")
    )
    start = "" if is_unspaced(language) or language == "ko" else r"(?<![^\W\d_])"
    start += f"(?:{'|'.join(lexicon_of(language).prefixes)})?"
    return (
        re.compile(rf"{start}(?:{before})[\s-]?$"),
        re.compile(rf"{start}(?:{last})[\s-]?$"),
        re.compile(rf"[\s-]?(?:{behind})"),
    )
