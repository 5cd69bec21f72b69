"""Words in Latin letters amid another script: whether a translation has them, and in their own spelling.

A model reads them, since they tell it much, and spells most of them again as they are. Of 572 such words in 600
sentences zh→en 33 came out otherwise, most by one or two letters: Superdrag for Superdrug, Gerard for Gerrard.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from generator.languages.protected_spans import protected_spans

_ALIKE = 0.75
"""The least similarity of a word that is taken for another's misspelling."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")


def latin_words(source: str, language: str) -> list[str]:
    """Return the words in Latin letters that a source in another script quotes, each once.

    Short ones in small letters are left out: most are units, which translations write out.
    """
    spans = [span.text for span in protected_spans(source, language) if span.kind == "latin"]
    words = dict.fromkeys(word for span in spans for word in re.split(r"[ /]", span))
    return [word for word in words if len(word) > 3 or re.search("[A-ZÀ-Þ].", word)]


def lacks(target: str, word: str) -> bool:
    """Return whether no word of a target begins with a word; AMs has AM, U.K. has UK, Andrés Andres."""
    return not re.search(rf"(?<![^\W_]){re.escape(_plain(word))}", _plain(target))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub("[\u0300-\u036f.]", "", letters).replace("’", "'")


def spelled_as_in_source(target: str, source: str, language: str) -> str:
    """Return a target in which misspelled words that the source has in Latin letters read as they do there."""
    words = latin_words(source, language)
    for word in (word for word in words if len(word) > 3 and lacks(target, word)):
        others = {each[0] for each in _WORD.finditer(target) if each[0][0].isupper() or not word[0].isupper()}
        others -= set(words)
        alike = max(others, key=lambda other: (_likeness(word, other), other), default="")
        if _likeness(word, alike) >= _ALIKE:
            target = re.sub(rf"(?<!\w){re.escape(alike)}(?!\w)", word, target)
    return target


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
