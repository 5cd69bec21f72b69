"""What Babel's data (CLDR) calls countries, bodies of states, languages and cities in each language.

Names of places are found in texts and shown to readers by it; both must know the same.
"""

from __future__ import annotations

from functools import cache

from generator.languages import language_of
from generator.languages.locales import babel_locale
from generator.languages.normalize import without_marks
from generator.model import SubjectKind

_BODIES = frozenset({"EU", "UN", "EZ"})
"""Codes of territories that are organizations."""
_NOWHERE = ("Etc/", "Antarctica/")
"""Time zones of no city."""
_USUAL = {
    "en": {
        **dict.fromkeys(("U.S.", "US", "USA", "United States of America"), "US"),
        **dict.fromkeys(("U.K.", "UK", "Britain", "Great Britain"), "GB"),
        **{"U.N.": "UN", "UN": "UN", "EU": "EU", "E.U.": "EU", "UAE": "AE", "Turkey": "TR", "Burma": "MM"},
        **{"Myanmar": "MM", "Czech Republic": "CZ", "Hong Kong": "HK", "Macau": "MO", "Macao": "MO"},
        **{"Palestine": "PS", "Macedonia": "MK", "Ivory Coast": "CI", "Bosnia": "BA", "Vatican": "VA"},
        **{"Bosnia and Herzegovina": "BA", "East Timor": "TL", "Cape Verde": "CV", "Swaziland": "SZ"},
        **dict.fromkeys(("DR Congo", "DRC", "Democratic Republic of the Congo"), "CD"),
        **{"Russian Federation": "RU", "Trinidad and Tobago": "TT", "PRC": "CN", "DPRK": "KP"},
    }
}
"""Usual names that Babel lacks, by language, with the codes of what they name."""


@cache
def names_by_code(language: str) -> dict[str, str]:
    """Return the names of countries and languages in a language by their codes, of cities by their zones.

    In Latin letters CLDR, from which Babel has them, leaves out most cities that are called as their zone ends.
    """
    from babel.core import get_global  # reads locale data

    if (locale := babel_locale(language)) is None:
        return {}
    zones = sorted(get_global("zone_territories")) if language_of(language).script == "Latn" else []
    ends = {zone: zone.rpartition("/")[2].replace("_", " ") for zone in zones if not zone.startswith(_NOWHERE)}
    cities = {zone: names["city"] for zone, names in locale.time_zones.items() if "city" in names}
    return {**ends, **cities, **locale.languages, **locale.territories}


@cache
def codes_by_name(language: str) -> dict[str, str]:
    """Return the codes of what Babel names in a language: countries first, and with usual names of theirs."""
    return {name: code for code, name in names_by_code(language).items()} | _USUAL.get(language, {})


def code_called(name: str, language: str) -> str:
    """Return the code of what Babel names so in a language, but for accents, marks and case; else nothing."""
    return codes_by_name(language).get(name) or _codes_by_letters(language).get(_letters(name), "")


@cache
def _codes_by_letters(language: str) -> dict[str, str]:
    return {_letters(name): code for name, code in codes_by_name(language).items()}


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, without_marks(name)))


@cache
def usual_names() -> dict[str, str]:
    """Return names that are usual in some language with those that Babel has there for the same."""
    return {
        usual: names_by_code(language)[code]
        for language, codes in _USUAL.items()
        for usual, code in codes.items()
    }


def kind_of_code(code: str) -> SubjectKind:
    """Return of what kind that is which has a code; `name` for a language's."""
    if code in _BODIES:
        return "organization"
    return "place" if "/" in code or code.isupper() or code.isdigit() else "name"
