"""Words in Latin letters amid another script: whether a translation has them, and in their own spelling.

A model reads them, since they tell it much, and spells most of them again as they are. Of 572 such words in 600
sentences zh→en 33 came out otherwise, most by one or two letters: Superdrag for Superdrug, Gerard for Gerrard.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice

from generator.languages.protected_spans import protected_spans

_ALIKE = 0.75
"""The least similarity of a word that is taken for another's misspelling."""
_LONGEST, _MOST, _FIRST = 80, 20, 300
"""Characters of a word, misspelled words and words of a target that are looked at: more is no sentence."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")


def latin_words(source: str, language: str) -> list[str]:
    """Return the words in Latin letters that a source in another script quotes, each once.

    Short ones in small letters are left out: most are units, which translations write out.
    """
    spans = [span.text for span in protected_spans(source, language) if span.kind == "latin"]
    words = dict.fromkeys(word for span in spans for word in re.split(r"[ /]", span))
    return [word for word in words if len(word) > 3 or re.search("[A-ZÀ-Þ].", word)]


def words_lacking(target: str, words: Iterable[str]) -> list[str]:
    """Return the words that no word of a target begins with; AMs has AM, U.K. has UK, Andrés has Andres."""
    plain = _plain(target)
    starts = sorted(
        plain[each.start() : each.start() + _LONGEST] for each in re.finditer(r"(?<![^\W_])\w", plain)
    )
    return [word for word in words if not _is_start(_plain(word)[:_LONGEST], starts)]


def _is_start(word: str, starts: list[str]) -> bool:
    place = bisect_left(starts, word)
    return place < len(starts) and starts[place].startswith(word)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub("[\u0300-\u036f.]", "", letters).replace("’", "'")


def spelled_as_in_source(target: str, source: str, language: str) -> str:
    """Return a target in which misspelled names that the source has in Latin letters read as they do there.

    Words in small letters are left alone: for `cella` a translation may well say cell.
    """
    words = latin_words(source, language)
    names = [word for word in words if len(word) > 3 and word[0].isupper()]
    for word in words_lacking(target, names)[:_MOST]:
        found = dict.fromkeys(each[0] for each in islice(_WORD.finditer(target), _FIRST))
        others = [each for each in found if each not in words and each[0].isupper()]
        alike = max(others, key=lambda other: _likeness(word, other), default="")
        if _likeness(word, alike) >= _ALIKE:
            target = re.sub(rf"(?<!\w){re.escape(alike)}(?!\w)", word, target)
    return target


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
