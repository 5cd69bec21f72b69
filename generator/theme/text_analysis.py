"""Words as the site's search takes them: folded, cut, and reduced to their stems.

`assets/search-terms.js` does so, too, by the same rules: `assets/search-rules.json` and a file for each script
that has rules of its own, of which a browser loads those that a query needs. Many languages share their
letters: words of those that have rules get a further term by them. A plain `mkdocs build` writes the
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

_ASSETS = Path(__file__).parent / "templates" / "assets"
_HAMZA = "\u0654"
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?")
"""U.S., A.I and the like: initials without blanks between them."""
_HEBREW = re.compile("(?<=[א-ת])(?:[\"״“”](?=[א-ת](?![^\\W_]))|['׳‘’](?=[א-ת]))")
"""A mark within a Hebrew abbreviation or a foreign name: ארה"ב, ג'ונס."""
_ACRONYM = re.compile(r"(?<![^\W_])([^\W\d_]{2,3}?)s?(?![^\W_])")


class Terms(NamedTuple):
    """The terms that a word is indexed under."""

    sure: tuple[str, ...]
    """Its main reading; all the pairs of letters for a run of a script that writes no spaces."""
    maybe: tuple[str, ...] = ()
    """Other readings: if its first letters are particles, its last ones clitics, or its article is none.

    Of such a run all the letters, so that one letter alone is found too.
    """


class _Stemmer:
    """Takes a word of one script, or of one language, to its stem by a table of endings."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self.letters = re.compile(f"[{_characters(rules['letters'])}]+")
        self.shortest: int = rules["shortest"]
        self.left: int = rules["left"]
        self.articles: list[str] = rules.get("articles", [])
        self.particles: list[str] = rules.get("particles", [])
        self.clitics: list[str] = rules.get("clitics", [])
        self.words: dict[str, str] = rules.get("words", {})
        """For plurals and spellings that no ending explains, the word that they are forms of."""
        self.spelled: dict[int, str] = {ord(one): other for one, other in rules.get("spelled", {}).items()}
        """Letters of a language's other script, as it writes them in this one."""
        self.groups = [_by_last_letter(group) for group in rules["endings"]]

    def terms(self, word: str) -> Terms:
        if len(word) < self.shortest:
            return Terms(())
        articles = [] if word in self.words else self._without(word, self.articles)  # ألوان are colours
        whole = self.stem(word)
        sure = self.stem(min(articles, key=len)) if articles else whole
        bare = chain(articles, self._without(word, self.particles), self._without_clitics(word))
        others = chain([whole], map(self.stem, bare))
        return Terms((sure,), tuple(dict.fromkeys(term for term in others if term != sure)))

    def _without(self, word: str, prefixes: list[str]) -> list[str]:
        return [
            word[len(prefix) :]
            for prefix in prefixes
            if word.startswith(prefix) and len(word) - len(prefix) >= self.left
        ]

    def _without_clitics(self, word: str) -> list[str]:
        return [
            word[: len(word) - len(clitic)]
            for clitic in self.clitics
            if word.endswith(clitic) and len(word) - len(clitic) >= self.left
        ]

    def stem(self, word: str) -> str:
        """Go through the table; in each group the first ending that leaves enough letters is replaced.

        The list of words is asked before and after the first group, which holds possessives.
        """
        word = self.words.get(word, word)
        for number, group in enumerate(self.groups):
            for ending, replacement, left in group.get(word[-1], ()):
                if word.endswith(ending) and len(word) - len(ending) >= left:
                    word = word[: len(word) - len(ending)] + replacement
                    break
            if number == 0:
                word = self.words.get(word, word)
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
    table = _read("search-rules.json")
    scripts = [_read(f"search-rules-{script.lower()}.json") for script in table["scripts"]]
    variants = chain.from_iterable(
        zip(*script["variants"], strict=True) for script in scripts if "variants" in script
    )
    unspaced = _characters(table["unspaced"])
    return _Rules(
        folding=_Folding(
            {code: "" for first, last in _ranges(table["drop"]) for code in range(first, last + 1)}
            | {ord(letter): other for letter, other in chain(table["fold"].items(), variants)}
            | {ord(zero) + digit: str(digit) for zero in table["zeros"] for digit in range(10)}
        ),
        word=re.compile(f"[{unspaced}]+|[^{unspaced} ]+"),
        unspaced=re.compile(f"[{unspaced}]+"),
        stemmers=tuple(_Stemmer(script) for script in scripts if "endings" in script),
        longest=table["longest"],
    )


def _read(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((_ASSETS / name).read_text(encoding="utf-8"))
    return table


def _ranges(ranges: Iterable[str]) -> Iterator[tuple[int, int]]:
    for span in ranges:
        first, _, last = span.partition("-")
        yield int(first, 16), int(last or first, 16)


def _characters(ranges: Iterable[str]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in _ranges(ranges))


def fold(text: str) -> str:
    """Return text without case, accents, vowel marks and variants of letters and digits, its words parted."""
    text = unicodedata.normalize("NFKD", text).lower().translate(_rules().folding)
    if _HAMZA in text:  # one letter, whatever carries it; none upon an alef
        text = text.replace("و" + _HAMZA, "ء").replace("ي" + _HAMZA, "ء").replace(_HAMZA, "")
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """Return the words of a text, folded; one word is also a run without spaces, and U.S."""
    return _rules().word.findall(fold(joined(text)))


def is_without_spaces(word: str) -> bool:
    """Return whether a folded word is of a script that writes no spaces."""
    return bool(_rules().unspaced.match(word))


def unmarked(text: str) -> str:
    """Return a text without vowel marks, lengthened letters and what is not seen."""
    return "".join(letter for letter in text if _rules().folding[ord(letter)])


def joined(text: str) -> str:
    """Return a text without the dots of dotted abbreviations and the marks within Hebrew words."""
    text = text if text.isascii() else _HEBREW.sub("", text)
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text) if "." in text else text


def acronyms(text: str) -> list[str]:
    """Return the words of two or three capitals, which mean something else than in small letters: US, UN."""
    return [word for word in _ACRONYM.findall(joined(text)) if word.isupper()]


@lru_cache(maxsize=100_000)
def terms(word: str) -> Terms:
    """Return the terms of a folded word; none for a single letter of an alphabet, which says too little."""
    if is_without_spaces(word):
        pairs = (word[at : at + 2] for at in range(len(word) - 1))
        return (
            Terms(tuple(dict.fromkeys(pairs)), tuple(dict.fromkeys(word))) if len(word) > 1 else Terms((word,))
        )
    word = word[: _rules().longest]
    for stemmer in _rules().stemmers:
        if stemmer.letters.fullmatch(word):
            return stemmer.terms(word)
    return Terms((word,))


def has_stems(language: str) -> bool:
    """Return whether a language has a table of endings of its own."""
    return language in _own_languages()


@lru_cache(maxsize=100_000)
def own_term(word: str, language: str) -> str | None:
    """Return the further term of a folded word of a language that `has_stems`: its stem there."""
    stemmer = _own_stemmer(language)
    fits = len(word) >= stemmer.shortest and stemmer.letters.fullmatch(word)
    return f"{language}:{stemmer.stem(word[: _rules().longest].translate(stemmer.spelled))}" if fits else None


@cache
def _own_languages() -> frozenset[str]:
    return frozenset(_read("search-rules.json")["languages"])


@cache
def _own_stemmer(language: str) -> _Stemmer:
    return _Stemmer(_read(f"search-rules-{language}.json"))
