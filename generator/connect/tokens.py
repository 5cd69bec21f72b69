"""Texts taken apart into tokens, stems, and the words that say nothing of what an article is about.

All of `connect` looks at words through this module. They are stemmed by the rules of the site's search, so that
both take the same words for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from generator.languages import is_unspaced
from generator.languages.arabic import CONJUNCTIONS
from generator.languages.normalize import WORD
from generator.languages.sentence_traits import sentence_traits_of
from generator.theme import text_analysis

_FILE = Path(__file__).parent.parent / "data" / "connect.tsv"
_TOKEN = re.compile(
    r"((?:[^\W\d_]\.){2,}|(?:St|Mt|Ft|[A-Z])\.(?= [A-Z])|\d(?:[\d.,:٫٬]*\d)?"
    rf"|{WORD.pattern}(?:['’.-]{WORD.pattern})*|[^\w\s])"
)
"""U.S., St. and initials, numbers, words, marks."""
_ENDINGS = ("", "s", "es", "ed", "d", "ing")


class TokenizedText(NamedTuple):
    """A sentence or headline, taken apart once for all that look at its words."""

    text: str
    tokens: list[str]
    """Words, numbers and marks; a possessive 's is a token of its own."""
    gaps: list[str]
    """What stands before each token: a blank or nothing, mostly."""


def tokenize(text: str) -> TokenizedText:
    """Return a text with its words, numbers and marks."""
    parts = _TOKEN.split(text)
    gaps, tokens = parts[:-1:2], parts[1::2]
    if "'s" in text or "’s" in text:
        for place in range(len(tokens) - 1, -1, -1):
            word = tokens[place]
            if word[-2:] in ("'s", "’s") and len(word) > 2:
                tokens[place : place + 1] = [word[:-2], word[-2:]]
                gaps.insert(place + 1, "")
    return TokenizedText(text, tokens, gaps)


@cache
def _rows() -> dict[tuple[str, str], frozenset[str]]:
    rows = (line.split("\t") for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(language, kind): frozenset(words.split()) for language, kind, words in rows}


@cache
def words_of(language: str, kind: str) -> frozenset[str]:
    """Return the words of a kind that `data/connect.tsv` lists for a language."""
    return _rows().get(("zh" if language == "zt" else language, kind), frozenset())


@lru_cache(maxsize=50_000)
def is_general(word: str, language: str) -> bool:
    """Return whether a word says nothing of what an article is about; so do general words joined to one."""
    empty = _empty(language)
    lower = word.lower()
    if lower in empty:
        return True
    if language == "ar" and len(lower) > 2 and lower[0] in CONJUNCTIONS:
        return lower[1:] in empty
    return language == "en" and all(
        not part or any(part.endswith(end) and part.removesuffix(end) in empty for end in _ENDINGS)
        for part in re.split("['’-]", lower)
    )


@cache
def _empty(language: str) -> frozenset[str]:
    traits = sentence_traits_of(language)
    listed = (words_of(language, kind) for kind in ("general", "calendar", "nameless"))
    return traits.starters.union(traits.conjunctions, *listed)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common; several stems are joined."""
    parts = (text_analysis.terms(part).sure for part in text_analysis.words(word))
    return " ".join(term for part in parts for term in part)


@lru_cache(maxsize=50_000)
def content_stem(word: str, language: str) -> str:
    """Return the stem of a word that says what an article is about; nothing for any other token."""
    return stem(word) if word[0].isalpha() and len(word) > 2 and not is_general(word, language) else ""


def content(sentence: TokenizedText, language: str) -> Iterator[tuple[str, str]]:
    """Return stem and spelling of each word that says something; of unspaced scripts each two characters."""
    if is_unspaced(language):
        yield from _pairs(sentence.text, language)
        return
    for token in sentence.tokens:
        if key := content_stem(token, language):
            yield key, token


def details(sentence: TokenizedText, language: str) -> Iterator[tuple[str, str]]:
    """Return stem and spelling of each word but function words, and of each number: what a sentence says."""
    if is_unspaced(language):
        yield from _pairs(sentence.text, language)
        return
    traits = sentence_traits_of(language)
    idle = words_of(language, "leading") | words_of(language, "idle") | traits.starters | traits.conjunctions
    for token in sentence.tokens:
        if token[0].isalnum() and token.lower() not in idle and (key := stem(token)):
            yield key, token


def _pairs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Return pairs of characters none of which is a function word, and whole words of other scripts."""
    listed = words_of(language, "general")
    for run in text_analysis.words(text):
        if run.isascii():
            if run.isalpha() and len(run) > 2:
                yield run, run
            continue
        for pair in map("".join, pairwise(run)):
            if not listed.intersection(pair):
                yield pair, pair
