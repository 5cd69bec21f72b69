"""Where running text mentions a term: behind what Arabic writes onto words, and where no blanks part them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import TypeVar

from generator.languages.normalize import normal_form

Key = TypeVar("Key", bound=Hashable)

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Letters of scripts that set no blanks between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_PROCLITICS = tuple(map("".join, product(("", "و", "ف"), ("", "ب", "ك", "ل"), ("", "ال"))))
"""What Arabic writes onto the front of a word: and, so, in, like, to, the."""


def finder(terms: Iterable[tuple[str, Key]]) -> Callable[[str], list[Key]]:
    """Return the function that finds spellings in a text, each key once; of those that overlap, the longest."""
    starting: dict[str, list[tuple[list[str], Key]]] = {}
    for spelling, key in terms:
        words = _words(spelling)
        starting.setdefault(words[0], []).append((words, key))

    def find(source: str) -> list[Key]:
        words, place = _words(source), 0
        found: dict[Key, None] = {}
        while place < len(words):
            candidates = [
                (len(rest), key)
                for stem in _stems(words[place])
                for rest, key in starting.get(stem, ())
                if words[place + 1 : place + len(rest)] == rest[1:]
            ]
            if candidates:
                length, key = max(candidates, key=lambda candidate: candidate[0])
                found[key] = None
                place += length
            else:
                place += 1
        return list(found)

    return find


def any_of(spellings: Sequence[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Match any of the spellings as whole words, `*` any ending; the text must be `straight`."""
    letter = rf"[^\W{_UNSPACED}]"
    either = "|".join(
        re.escape(spelling).replace(r"\*", rf"{letter}*") for spelling in map(straight, spellings)
    )
    return re.compile(rf"(?<!{letter})(?:{either})(?!{letter})", flags)


def straight(text: str) -> str:
    """Return `text` with straight apostrophes, each in its place."""
    return text.replace("’", "'")


def _words(text: str) -> list[str]:
    return _WORD.findall(normal_form(text).lower())


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
