"""What the search index has of one article: its terms with weights and spellings, and the text of results.

It is a piece of bytes that the next build may take over; it depends on the article's record and on
the languages in which the article has a page alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from .structured_data import record_date, record_tag
from .text_analysis import acronyms, has_stems, joined, own_term, terms, unmarked, words

_PART = 3_200
"""Bytes of an article's text, about, that are loaded together, for a result that shows one sentence of them."""
_TITLE = 3
"""A word of the headline counts as much as this many in the text."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SURFACE = re.compile(r"[^\W_]+")
_STOPS = ".,;:!?()\"'"
_SURE = 1 << 32
_MOST = 4095
"""The largest weight, and part, that a posting has room for."""

DATE = "#"
"""Begins the terms of an article's month and day, which no word can be."""


class _Reading(NamedTuple):
    """What stands between two blanks of a text."""

    words: int
    """How many, with acronyms."""
    sure: tuple[str, ...]
    maybe: tuple[str, ...]
    written: tuple[tuple[str, str], ...]
    """Terms and how they were written, but for vowel marks, where that says something."""


class ArticlePiece(NamedTuple):
    """What the index has of an article."""

    length: int
    """Words of both sides together."""
    postings: dict[str, int]
    """For each term one number: see `_Entry.postings`."""
    spellings: dict[str, str]
    """How the article writes its terms most often, where that is known and another word than the term."""
    known: list[list[list[str]]]
    """For each name of the glossary that it has, how sources and how translations spell that."""
    fields: dict[str, str]
    """Language, publisher and day."""
    texts: list[bytes]
    """The parts of its text."""


def read_piece(file: Path, trees: list[str]) -> ArticlePiece:
    """Read an article's record and return what the index has of it."""
    record: dict[str, Any] = json.loads(file.read_bytes())
    entry = _Entry()
    parts = list(_parts(record, trees))
    for part, text in enumerate(parts):
        entry.count(text, part)
    day = _day_of(record_date(record) or "")
    entry.add([record.get("source"), record.get("author"), *record.get("topics", ())])
    entry.read()
    entry.weights |= dict.fromkeys([DATE + day[:7], DATE + day] if day else [], _SURE + 2)
    known = [[row["sources"], row["targets"]] for row in record.get("names", ())]
    told = {"language": record_tag(record["language"]), "publisher": record.get("source") or "", "day": day}
    texts = [as_json(part) for part in parts]
    return ArticlePiece(entry.length, entry.postings(), entry.spellings(), known, told, texts)


def dump_piece(piece: ArticlePiece) -> bytes:
    """Return a piece as bytes: a line of terms, and a line for each part of its text."""
    return b"\n".join((as_json(piece[:-1]), *piece.texts))


def _day_of(moment: str) -> str:
    """Return the day of a date or time; nothing for what is no day."""
    try:
        return date.fromisoformat(moment[:10]).isoformat() if _DATE.match(moment) else ""
    except ValueError:
        return ""


def load_piece(piece: bytes) -> ArticlePiece:
    """Return what a piece says."""
    head, *texts = piece.split(b"\n")
    length, postings, spellings, known, fields = json.loads(head)
    return ArticlePiece(length, postings, spellings, known, fields, texts)


def as_json(content: object) -> bytes:
    """Return JSON as all files of the index have it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(slots=True)
class _Entry:
    """The terms of an article."""

    tokens: Counter[str] = field(default_factory=Counter)
    """How often what stands between two blanks does."""
    first: dict[str, int] = field(default_factory=dict)
    """The part of the text where a token stands first, for those that do not stand in part 0."""
    length: int = 0
    weights: dict[str, int] = field(default_factory=dict)
    """For each term twice the times it occurs, once where the reading is not sure; and `_SURE` where one is."""
    parts: dict[str, int] = field(default_factory=dict)
    """The part of the article's text where a term occurs first, for terms that do not occur in part 0."""
    written: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often a term is spelled so."""

    def count(self, text: dict[str, Any], part: int) -> None:
        """Count the words of a part of the text, headline and mended words included."""
        if part == 0:
            self.add(_calm(text["title"] * _TITLE))
        sentences = text["sentences"]
        self.add(_calm(chain.from_iterable(row[:2] for row in sentences)), part)
        self.add((mended for row in sentences if row[2:] and row[2] for _, _, mended in row[2]), part)
        for side, language in enumerate(text["languages"]):
            if has_stems(language):
                titles = [text["title"][side]] * (_TITLE if part == 0 else 0)
                self.add_stems((*titles, *(row[side] for row in sentences)), language, part)

    def add_stems(self, texts: Iterable[str | None], language: str, part: int) -> None:
        """Count the stems of words by the rules of their own language."""
        for word in chain.from_iterable(words(text) for text in texts if text):
            if term := own_term(word, language):
                if part and term not in self.weights:
                    self.parts[term] = part
                self.weights[term] = self.weights.get(term, 0) + 2 | _SURE

    def add(self, texts: Iterable[str | None], part: int = 0) -> None:
        """Count what stands between blanks of texts."""
        found = [text.split() for text in texts if text]
        tokens = self.tokens
        if part:
            self.first |= {token: part for row in found for token in row if token not in tokens}
        for row in found:
            tokens.update(row)

    def read(self) -> None:
        """Read all that was counted, each token once."""
        weights, written, first = self.weights, self.written, self.first.get
        known, seen = weights.get, written.get
        for token, points in self.tokens.items():
            count, sure, maybe, written_so = _reading(token)
            self.length += count * points
            if part := first(token, 0):
                self.parts |= {term: part for term in (*sure, *maybe) if term not in weights}
            for term in sure:
                weights[term] = known(term, 0) + 2 * points + _SURE
            for term in maybe:
                weights[term] = known(term, 0) + points
            for spelled in written_so:
                written[spelled] = seen(spelled, 0) + points

    def postings(self) -> dict[str, int]:
        """Return for each term one number: its part, its weight, and whether the reading is sure."""
        found = {
            term: (weight & _MOST if weight & _SURE - 1 <= _MOST else _MOST) << 1 | (weight >= _SURE)
            for term, weight in self.weights.items()
        }
        for term, part in self.parts.items():
            found[term] |= min(part, _MOST) << 13
        return found

    def spellings(self) -> dict[str, str]:
        """Return the spelling of each term that occurs most often, where it is not the term itself."""
        best: dict[str, str] = {}
        for (term, text), times in self.written.items():
            other = best.setdefault(term, text)
            if other is not text and (times, -len(text), text) > (
                self.written[term, other],
                -len(other),
                other,
            ):
                best[term] = text
        return {term: text for term, text in best.items() if text != term}


def _calm(texts: Iterable[str | None]) -> Iterator[str]:
    """Return texts without capitals where they are all in capitals, which then tell of no acronyms."""
    return (text.lower() if text.isupper() else text for text in texts if text)


@lru_cache(maxsize=100_000)
def _reading(token: str) -> _Reading:
    """Return the words of what stands between two blanks, and its acronyms."""
    bare = token.strip(_STOPS)
    if bare.isascii() and bare.isalpha():  # most tokens of Latin text, which nothing has to be folded in
        folded, texts = [bare.lower()], [bare]
    else:
        folded = words(token)
        texts = _SURFACE.findall(joined(token if token.isascii() else unmarked(token)))
        if len(texts) != len(folded):
            texts = [""] * len(folded)
    read = [terms(word) for word in folded]
    written = tuple(
        (sure[0], text)
        for word, text, (sure, _) in zip(folded, texts, read, strict=True)
        if _is_shown(word, text, sure)
    )
    capitals = acronyms(token) if token != token.lower() else []
    sure = (*chain.from_iterable(each.sure for each in read), *capitals)
    return _Reading(
        len(folded) + len(capitals), sure, tuple(chain.from_iterable(each.maybe for each in read)), written
    )


def _is_shown(word: str, text: str, sure: tuple[str, ...]) -> bool:
    """Return whether a word may be shown as it was written: if it begins as its term does."""
    return len(sure) == 1 and len(text) > 2 and text.isalpha() and word[:2] == sure[0][:2]


def _parts(record: dict[str, Any], trees: list[str]) -> Iterator[dict[str, Any]]:
    """Return what results show of an article, cut into parts of whole sentences.

    A sentence is its source, its target, repairs of its source or 0, and 1 if a machine translated it.
    """
    title = record["title"]
    shown = {
        "slug": record["slug"],
        "trees": trees,
        "languages": [record_tag(record["language"]), record_tag(record["target_language"])],
        "title": [title["source"], title.get("target")],
        "machine": int(title.get("origin") == "machine"),
        "published": record_date(record),
        "source": record.get("source"),
    }
    first, size = 0, 0
    cuts: list[tuple[int, list[list[Any]]]] = [(0, [])]
    for number, row in enumerate(record["sentences"]):
        size += sum(len(text.encode()) for text in (row["source"], row.get("target") or ""))
        if cuts[-1][1] and size > _PART:
            first, size = number, 0
            cuts.append((first, []))
        repairs = [[repair["start"], repair["end"], repair["text"]] for repair in row.get("repairs", ())]
        machine = [1] if row.get("origin") == "machine" else []
        more = [repairs or 0, *machine] if repairs or machine else []
        cuts[-1][1].append([row["source"], row.get("target"), *more])
    for first, sentences in cuts:
        yield {**shown, "first": first, "parts": len(cuts), "sentences": sentences}
