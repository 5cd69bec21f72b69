"""Words as the site's search takes them: folded, cut, and reduced to their stems.

`assets/search-terms.js` does so, too, by the same `assets/search-rules.json`. A plain `mkdocs build` writes the
search index with it, so it needs the standard library alone; connections take the words of articles by it, too,
so that both take the same ones for one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

_RULES = Path(__file__).parent / "templates" / "assets" / "search-rules.json"


class Terms(NamedTuple):
    """The terms that a word is indexed under."""

    sure: tuple[str, ...]
    """Its main reading; all the pairs of letters for a run of a script that writes no spaces."""
    maybe: tuple[str, ...] = ()
    """Other readings: what is left if its first letters are particles, or if its article is none.

    Of such a run all the letters, so that one letter alone is found too.
    """


class _Stemmer:
    """Takes a word of one script to its stem by a table of endings."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self.letters = re.compile(f"[{_characters([rules['letters']])}]+")
        self.shortest: int = rules["shortest"]
        self.left: int = rules["left"]
        self.articles: list[str] = rules["articles"]
        self.particles: list[str] = rules["particles"]
        self.words: dict[str, str] = rules.get("words", {})
        """For plurals and spellings that no ending explains, the word that they are forms of."""
        self.groups = [_by_last_letter(group) for group in rules["endings"]]

    def terms(self, word: str) -> Terms:
        if len(word) < self.shortest:
            return Terms(())
        articles = self._without(word, self.articles)
        whole = self._stem(word)
        sure = self._stem(min(articles, key=len)) if articles else whole
        others = chain([whole], map(self._stem, chain(articles, self._without(word, self.particles))))
        return Terms((sure,), tuple(dict.fromkeys(term for term in others if term != sure)))

    def _without(self, word: str, prefixes: list[str]) -> list[str]:
        return [
            word[len(prefix) :]
            for prefix in prefixes
            if word.startswith(prefix) and len(word) - len(prefix) >= self.left
        ]

    def _stem(self, word: str) -> str:
        """Go through the table; in each group the first ending that leaves enough letters is replaced."""
        word = self.words.get(word, word)
        for group in self.groups:
            for ending, replacement, left in group.get(word[-1], ()):
                if word.endswith(ending) and len(word) - len(ending) >= left:
                    word = word[: len(word) - len(ending)] + replacement
                    break
        return word


def _by_last_letter(endings: list[tuple[str, str, int]]) -> dict[str, list[tuple[str, str, int]]]:
    """Sort endings into few for each letter; looking at all took a quarter of the time of an index."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for rule in endings:
        found.setdefault(rule[0][-1], []).append(rule)
    return found


class _Folding(dict[int, str]):
    """What becomes of each character; worked out when a character is first met."""

    def __missing__(self, code: int) -> str:
        kept = unicodedata.category(chr(code))[0] in "LMN"
        self[code] = chr(code) if kept else " "
        return self[code]


@dataclass(frozen=True, slots=True)
class _Rules:
    folding: _Folding
    word: re.Pattern[str]
    unspaced: re.Pattern[str]
    stemmers: tuple[_Stemmer, ...]
    longest: int


@cache
def _rules() -> _Rules:
    table = json.loads(_RULES.read_text(encoding="utf-8"))
    unspaced = _characters(table["unspaced"])
    return _Rules(
        folding=_Folding(
            {code: "" for first, last in _ranges(table["drop"]) for code in range(first, last + 1)}
            | {ord(letter): other for letter, other in table["fold"].items()}
            | {ord(zero) + digit: str(digit) for zero in table["zeros"] for digit in range(10)}
        ),
        word=re.compile(f"[{unspaced}]+|[^{unspaced} ]+"),
        unspaced=re.compile(f"[{unspaced}]+"),
        stemmers=tuple(map(_Stemmer, table["stems"])),
        longest=table["longest"],
    )


def _ranges(ranges: Iterable[str]) -> Iterator[tuple[int, int]]:
    for span in ranges:
        first, _, last = span.partition("-")
        yield int(first, 16), int(last or first, 16)


def _characters(ranges: Iterable[str]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in _ranges(ranges))


def fold(text: str) -> str:
    """Return text without case, accents, vowel marks and variants of letters and digits, its words parted."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).lower().translate(_rules().folding))


def words(text: str) -> list[str]:
    """Return the words of a text, folded; a run of a script that writes no spaces is one word."""
    return _rules().word.findall(fold(text))


@lru_cache(maxsize=100_000)
def terms(word: str) -> Terms:
    """Return the terms of a folded word; none for a single letter of an alphabet, which says too little."""
    if _rules().unspaced.match(word):
        pairs = (word[at : at + 2] for at in range(len(word) - 1))
        return (
            Terms(tuple(dict.fromkeys(pairs)), tuple(dict.fromkeys(word))) if len(word) > 1 else Terms((word,))
        )
    word = word[: _rules().longest]
    for stemmer in _rules().stemmers:
        if stemmer.letters.fullmatch(word):
            return stemmer.terms(word)
    return Terms((word,))
