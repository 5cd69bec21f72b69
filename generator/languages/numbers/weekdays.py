"""Days of the week that a sentence names: a translation that changes one misdates what it tells."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from generator.languages import is_unspaced
from generator.languages.normalize import fold_letters
from generator.languages.numbers.lexicon import lexicon_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_INFLECTING = frozenset("ru uk pl cs tr de nl sv".split())
_NO_DAY = "[次个個种種本期内天]"
"""Behind what is a week and a number in Chinese: 每周一次, once a week."""


def weekdays_in(text: str, language: str) -> Set[int]:
    """Return the days of the week that a text names, Monday first as 1; none where no names are known."""
    names = lexicon_of(language).weekdays
    if not names:
        return frozenset()
    folded = fold_letters(text).replace("-", " ")
    return frozenset(
        names[" ".join(match[1].replace("\u200c", " ").split())]
        for match in _pattern(language).finditer(folded)
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    lexicon = lexicon_of(language)
    either = "|".join(
        re.escape(name).replace(r"\ ", r"[\s\u200c]{1,2}")
        for name in sorted(lexicon.weekdays, key=len, reverse=True)
    )
    if is_unspaced(language) or language == "ko":
        return re.compile(rf"({either})(?!{_NO_DAY})")
    prefix = "|".join(lexicon.prefixes)
    ending = r"\w{0,4}" if language in _INFLECTING else "s?"
    return re.compile(rf"(?<!\w)(?:{prefix})?({either}){ending}(?!\w)")
