"""What Babel (CLDR) knows of a language, read when it is asked for and only once: it is much."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from generator.languages import tag_of

if TYPE_CHECKING:
    from babel import Locale


@cache
def babel_locale(code: str) -> Locale | None:
    """Return Babel's data for a language's code or a tag such as ar-IQ, None where it has none."""
    from babel import Locale, UnknownLocaleError  # reads locale data

    try:
        return Locale.parse(tag_of(code), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
