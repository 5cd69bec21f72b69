"""The words of the index, so that a search forgives a slip of the finger and suggests what begins as typed.

One slip (a letter too many, too few, a wrong one, two exchanged) leaves the first two letters of a word of five
as they are or the last two, so terms stand under both, with their lengths. Suggestions stand under their
first two and three letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .search_article import DATE, as_json
from .search_blocks import hash_of
from .text_analysis import is_without_spaces, words

_FILE = 3_000
"""Bytes of words, about, in one file."""
_SHORTEST = 3
_MANY = 30_000
"""Of more terms than this those of a single article are left out: most are slips themselves."""
_SUGGESTED = {1: 20, 2: 40, 3: 80}
"""How many suggestions there are for as many letters."""

Put = Callable[[str, object], None]
Lists = dict[str, list[str | int]]


class IndexedWord(NamedTuple):
    """A term of the index."""

    term: str
    articles: int
    spelling: str


class Suggestion(NamedTuple):
    """What may complete a search."""

    text: str
    articles: int
    subject: int
    """A number of its own for each name or topic, 0 for a word."""


def write_words(found: list[IndexedWord], subjects: Iterable[Suggestion], put: Put) -> dict[str, int]:
    """Write the files of terms by their ends, and of suggestions; return how many there are of each."""
    fewest = 2 if len(found) > _MANY else 1
    kept = sorted(
        (word for word in found if word.articles >= fewest), key=lambda word: (-word.articles, word.term)
    )
    slips = _write("slips", _by_ends(kept), put)
    return {"slips": slips, "suggestions": _write("suggestions", _suggested(kept, subjects), put)}


def _by_ends(kept: Iterable[IndexedWord]) -> Lists:
    """Return terms under their first two letters, and under their last two, with their lengths."""
    found: Lists = {}
    for word in kept:
        for key in (f"<{word.term[:2]}{len(word.term)}", f">{word.term[-2:]}{len(word.term)}"):
            found.setdefault(key, []).extend(word)
    return found


def _suggested(kept: Iterable[IndexedWord], subjects: Iterable[Suggestion]) -> Lists:
    """Return for each beginning the most frequent subjects and words: text, articles, number of the subject."""
    found: Lists = {}
    taken: dict[str, set[str]] = {}

    def offer(suggestion: Suggestion, keys: Iterable[str], share: float) -> None:
        text = suggestion.text.casefold()
        for key in keys:
            known = taken.setdefault(key, set())
            if text not in known and len(known) < _SUGGESTED[len(key)] * share:
                known.add(text)
                found.setdefault(key, []).extend(suggestion)

    for subject in subjects:
        offer(subject, {key: None for text in words(subject.text) for key in _beginnings(text)}, 0.5)
    for word in kept:
        texts = (word.term, *words(word.spelling[:6])[:1])
        offer(
            Suggestion(word.spelling, word.articles, 0),
            {key: None for text in texts for key in _beginnings(text)},
            1,
        )
    return found


def _beginnings(text: str) -> tuple[str, ...]:
    return (
        (text[:1], text[:2]) if is_without_spaces(text) else (text[:2], text[:3]) if len(text) > 2 else (text,)
    )


def _write(folder: str, lists: Lists, put: Put) -> int:
    """Write lists in files by the hashes of their keys; return how many files there are."""
    files = steady_count(1 + sum(len(as_json(each)) for each in lists.values()) // _FILE)
    cut: list[Lists] = [{} for _ in range(files)]
    for key in sorted(lists):
        cut[hash_of(key) * files >> 32][key] = lists[key]
    for number, content in enumerate(cut):
        put(f"{folder}/{number}.json", content)
    return files


def steady_count(files: int) -> int:
    """Return a number or up to a quarter less, so that one more article seldom moves terms to other files."""
    shift = max(0, files.bit_length() - 3)
    return files >> shift << shift


def is_word(term: str) -> bool:
    """Return whether a finger slips in a term: no figure, date, acronym, nor letters without blanks."""
    plain = len(term) >= _SHORTEST and term[0] != DATE and ":" not in term and not term.isupper()
    return plain and not is_without_spaces(term) and not any(map(str.isdigit, term))
