"""Countries that a translation into English exchanged: news of Sweden that became news of Switzerland.

Babel knows what languages call them. Nothing is said of a country that is only left out, since "the country"
may stand for it; one must be lost, and another, of which the source has no trace, must be there instead.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from generator.languages import is_unspaced
from generator.languages.arabic import ARTICLE
from generator.languages.normalize import fold_letters
from generator.languages.place_names import codes_by_name
from generator.languages.term_matcher import TermMatcher
from generator.model import BECAME, Pair

_TABLE = Path(__file__).parents[1] / "data" / "countries.tsv"
_OTHER_WORDS = frozenset("CG CX DM GE GG GN IM JE JO TD TG VI".split())
"""Codes of countries whose English names are those of people or other places too, or parts of longer ones."""
_LEAST = 4
"""Letters of a name from which its last one may be an ending."""
_TRACE = 3, 5
"""Letters at a name's beginning that are a trace of a country: of short names, and of long ones."""


def changed_country(pair: Pair) -> str | None:
    """Return a country that the source names, with the one that a translation into English names instead."""
    if pair.target_language != "en" or pair.source_language == "en":
        return None
    ours = _named(pair.source_language).find(pair.source)
    if not ours:
        return None
    lost = [code for code in ours if code in _names_of("en") and not _is_in_english(code, pair.target)]
    if not lost:
        return None
    rest = fold_letters(pair.source)
    for code in ours:
        rest = rest.replace(fold_letters(_names_of(pair.source_language)[code]), " ")
    named = [_codes()[match[0]] for match in _in_english().finditer(pair.target)]
    added = [code for code in named if _is_new(code, rest, pair.source_language)]
    names = _names_of("en")
    return BECAME.join((names[lost[0]], names[added[0]])) if added else None


def _is_in_english(code: str, text: str) -> bool:
    name = _names_of("en")[code]
    stems, adjectives = _english().get(code, ((), ()))
    beginnings = (*(stems or (name[:-1] if len(name) > _LEAST else name,)), *adjectives)
    return any(re.search(rf"\b{re.escape(beginning)}", text) for beginning in beginnings)


def _is_new(code: str, rest: str, language: str) -> bool:
    """Return whether there is no trace of a country, whose name a language has, in the rest of a source."""
    name = fold_letters(_names_of(language).get(code, ""))
    if not name or code in _OTHER_WORDS or code not in _names_of("en"):
        return False
    least, most = _TRACE
    trace = (
        name[0] if is_unspaced(language) else name.removeprefix(ARTICLE)[: max(least, min(len(name) - 2, most))]
    )
    return trace not in rest  # 美 alone may be America


@cache
def _names_of(language: str) -> dict[str, str]:
    """Return the names of countries by their codes."""
    return {code: name for name, code in reversed(codes_by_name(language).items()) if _is_country(code)}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isupper() and code not in ("EU", "UN", "EZ", "ZZ", "QO", "XA", "XB", "AQ")


@cache
def _named(language: str) -> TermMatcher[str]:
    """Return what finds names of countries in a language."""
    return TermMatcher((name, code) for name, code in codes_by_name(language).items() if _is_country(code))


@cache
def _codes() -> dict[str, str]:
    """Return the codes of countries by their English names and adjectives."""
    names = {name: code for name, code in codes_by_name("en").items() if _is_country(code)}
    return names | {adjective: code for code, (_, adjectives) in _english().items() for adjective in adjectives}


@cache
def _in_english() -> re.Pattern[str]:
    """Match what names a country for sure, longest names first; with its capitals, since us is no country."""
    either = "|".join(map(re.escape, sorted(_codes(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w.])(?:{either})(?!\w)")


@cache
def _english() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the rows of the table by code."""
    lines = _TABLE.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {code: (_forms(stems), _forms(adjectives)) for code, stems, adjectives in rows}


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))
