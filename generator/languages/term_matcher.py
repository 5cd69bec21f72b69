"""Where running text mentions a term: behind what Arabic writes onto words, and where no blanks part them.

The glossary and the names that articles share are found by the same rules, so that both see the same mentions.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from generator.languages.arabic import ARTICLE, CONJUNCTIONS, PREPOSITIONS
from generator.languages.normalize import normal_words
from generator.languages.scripts import COMBINING_MARKS, UNSPACED_LETTERS
from generator.model import Span

Key = TypeVar("Key", bound=Hashable)

_PROCLITICS = tuple(map("".join, product(("", *CONJUNCTIONS), ("", *PREPOSITIONS), ("", ARTICLE))))
"""What Arabic writes onto the front of a word: and, so, in, like, to, the."""


class TermMatcher(Generic[Key]):
    """Finds terms, each given as a spelling and the key that it stands for."""

    def __init__(self, terms: Iterable[tuple[str, Key]]) -> None:
        self._starting: dict[str, list[tuple[list[str], Key]]] = {}
        for spelling, key in terms:
            words = normal_words(spelling)
            self._starting.setdefault(words[0], []).append((words, key))

    def find(self, text: str) -> list[Key]:
        """Return the keys of the terms in a text, each once; of those that overlap, the longest."""
        words, place = normal_words(text), 0
        found: dict[Key, None] = {}
        while place < len(words):
            if self._starting.keys().isdisjoint(_stems(words[place])):  # as with most words
                place += 1
                continue
            candidates = [
                (len(term), key)
                for stem in _stems(words[place])
                for term, key in self._starting.get(stem, ())
                if words[place + 1 : place + len(term)] == term[1:]
            ]
            if candidates:
                length, key = max(candidates, key=lambda candidate: candidate[0])
                found[key] = None
                place += length
            else:
                place += 1
        return list(found)


_LETTER = rf"(?:[^\W{UNSPACED_LETTERS}]|[{COMBINING_MARKS}])"
"""What a word goes on with where blanks part words."""
_is_letter = re.compile(_LETTER).match


def any_of(spellings: Sequence[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Match any of the spellings as whole words, `*` any ending; the text must be `straight`."""
    either = "|".join(
        re.escape(spelling).replace(r"\*", rf"{_LETTER}*") for spelling in map(straight, spellings)
    )
    return re.compile(rf"(?<!{_LETTER})(?:{either})(?!{_LETTER})", flags)


def mentions_of(spellings: Sequence[str], text: str) -> Iterator[Span]:
    """Return where a text has any of the spellings, as `any_of` does; all must be `straight`."""
    ahead = [first_mention(spelling, text) for spelling in spellings]
    while found := list(filter(None, ahead)):
        start, end = min(found, key=lambda span: span[0])  # of several at one place the one that is named first
        yield start, end
        ahead = [
            first_mention(spelling, text, end) if span and span[0] < end else span
            for spelling, span in zip(spellings, ahead, strict=True)
        ]


def first_mention(spelling: str, text: str, start: int = 0) -> Span | None:
    """Return where a text first has a spelling as whole words, from a place on; both must be `straight`.

    To compile a pattern takes a hundred times as long.
    """
    start = text.find(spelling, start) if spelling else -1
    while start >= 0:
        end = start + len(spelling)
        if not _is_letter(text, end) and not (start and _is_letter(text, start - 1)):
            return start, end
        start = text.find(spelling, start + 1)
    return None


def straight(text: str) -> str:
    """Return `text` with straight apostrophes, each in its place."""
    return text.replace("’", "'")


@lru_cache(maxsize=1 << 16)  # words come again and again, and articles of a digest share most of theirs
def _stems(word: str) -> tuple[str, ...]:
    """Return a word, and in Arabic script what is left of it without what may be written onto its front.

    So and like are left on short words: verbs such as فسر and كسر begin with them.
    """
    if not "\u0620" <= word[0] <= "\u064a":
        return (word,)
    stems = [word]
    for proclitic in _PROCLITICS:
        stem = word.removeprefix(proclitic)
        if proclitic and stem != word and (len(stem) > 3 or not set("فك") & set(proclitic)):
            stems.append(stem)
            if proclitic.endswith("ل") and stem.startswith("ل"):  # to and the: لل
                stems += (stem[1:], f"ا{stem}")
    return tuple(stems)
