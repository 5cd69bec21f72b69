"""The words of the index, so that a search forgives a slip of the finger and suggests what begins as typed.

One slip (a letter too many, too few, a wrong one, two exchanged) leaves the first two letters of a word of five
as they are or the last two, so terms stand under both, with their lengths. Suggestions stand under their
first two and three letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .search_article import DATE, as_json
from .text_analysis import is_unspaced, words

_FILE = 3_000
"""Bytes of words, about, in one file."""
_SHORTEST = 3
_MANY = 60_000
"""Of more terms than this those of a single article are left out: most are slips themselves."""
_SUGGESTED = {1: 20, 2: 40, 3: 80}
"""How many suggestions there are for as many letters."""

Put = Callable[[str, object], None]


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


def write_words(
    found: list[IndexedWord], subjects: Iterable[Suggestion], put: Put, hash_of: Callable[[str], int]
) -> dict[str, int]:
    """Write the files of terms by their ends, and of suggestions; return how many there are of each."""
    fewest = 2 if len(found) > _MANY else 1
    kept = [word for word in found if word.articles >= fewest]
    ends: dict[str, list[str | int]] = {}
    for word in kept:
        for key in _ends(word.term):
            ends.setdefault(key, []).extend(word)
    offered: dict[str, list[Suggestion]] = {}
    for suggestion in subjects:
        for key in {key for text in words(suggestion.text) for key in _beginnings(text)}:
            offered.setdefault(key, []).append(suggestion)
    for word in kept:
        suggestion = Suggestion(word.spelling, word.articles, 0)
        for key in {key for text in (word.term, *words(word.spelling)[:1]) for key in _beginnings(text)}:
            offered.setdefault(key, []).append(suggestion)
    best = {key: _best(rows, _SUGGESTED[min(len(key), 3)]) for key, rows in offered.items()}
    return {
        "slips": _write("slips", ends, put, hash_of),
        "suggestions": _write("suggestions", best, put, hash_of),
    }


def _ends(term: str) -> Iterator[str]:
    yield f"<{term[:2]}{len(term)}"
    yield f">{term[-2:]}{len(term)}"


def _beginnings(text: str) -> Iterator[str]:
    lengths = (1, 2) if is_unspaced(text) else (2, 3)
    yield from (text[:length] for length in lengths if len(text) >= length)


def _best(rows: list[Suggestion], most: int) -> list[str | int]:
    """Return the most frequent as one flat list: text, articles and number of the subject, of each."""
    found: dict[str, Suggestion] = {}
    for row in sorted(rows, key=lambda row: (not row.subject, -row.articles, row.text)):
        found.setdefault(row.text.casefold(), row)
    subjects = [row for row in found.values() if row.subject][: most // 2]
    plain = [row for row in found.values() if not row.subject][: most - len(subjects)]
    return [part for row in (*subjects, *plain) for part in row]


def _write(folder: str, lists: dict[str, list[str | int]], put: Put, hash_of: Callable[[str], int]) -> int:
    """Write lists in files by the hashes of their keys; return how many files there are."""
    files = 1 + sum(len(as_json(each)) for each in lists.values()) // _FILE
    cut: list[dict[str, list[str | int]]] = [{} for _ in range(files)]
    for key in sorted(lists):
        cut[hash_of(key) * files >> 32][key] = lists[key]
    for number, content in enumerate(cut):
        put(f"{folder}/{number}.json", content)
    return files


def is_word(term: str) -> bool:
    """Return whether a finger slips in a term: no figure, date, acronym, nor letters without blanks."""
    plain = len(term) >= _SHORTEST and term[0] != DATE and not term.isupper()
    return plain and not is_unspaced(term) and not any(map(str.isdigit, term))
