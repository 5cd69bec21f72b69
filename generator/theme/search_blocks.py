"""The postings of the search index, gathered by blocks of articles, so that the next build gathers few anew.

A block holds the same articles as long as none of them changes: blocks are counted from the oldest article. Its
lists are encoded but for their first distances, so that merging blocks joins texts and looks at no posting
(segments as of Cutting and Pedersen 1990).
"""

from __future__ import annotations

import json
import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from .search_article import ArticlePiece, as_json

_SLICES = 64
"""Files of terms, by their hashes, that blocks are merged by."""

Impact = Callable[[int, int], int]


def hash_of(term: str) -> int:
    """Return the number by which a term's file is found."""
    return crc32(term.encode())


class Gathered:
    """The postings of a block's articles, by terms; what is too much for memory waits in files."""

    def __init__(self, scratch: Path, pending: int) -> None:
        self.count = 0
        self._scratch, self._pending = scratch, pending
        self._files: list[Path] = []
        self._postings: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        """Of sure readings, and of others."""
        self._spellings: dict[str, list[str]] = {}
        self._size = 0

    def add(self, place: int, piece: ArticlePiece) -> None:
        """Add the article at a place in the block; they come in the order of their places."""
        (sure, others), shift = self._postings, place << 25
        for term, each in piece.postings.items():
            of_kind = sure if each & 1 else others
            if term in of_kind:
                of_kind[term].append(shift | each)
            else:
                of_kind[term] = [shift | each]
        for term, spelling in piece.spellings.items():
            self._spellings.setdefault(term, []).append(spelling)
        self.count += len(piece.postings)
        self._size += len(piece.postings)
        if self._size >= self._pending:
            self.put_aside()

    def put_aside(self) -> None:
        """Put aside what is in memory."""
        if self._size:
            file = self._scratch / f"{id(self)}-{len(self._files)}"
            file.write_bytes(marshal.dumps((self._postings, self._spellings)))
            self._files.append(file)
        self._postings, self._spellings, self._size = ({}, {}), {}, 0

    def encoded(self, lengths: list[int], impact: Impact) -> bytes:
        """Return a line for each slice of the terms, more than once where there was too much for memory."""
        self.put_aside()
        lines: list[bytes] = []
        for file in self._files:
            (sure, others), spellings = marshal.loads(file.read_bytes())  # noqa: S302  (ours, of this very process)
            file.unlink()
            slices: list[list[str]] = [[] for _ in range(_SLICES)]
            for term in dict.fromkeys((*sure, *others)):
                slices[hash_of(term) * _SLICES >> 32].append(term)
            for terms in slices:
                told = {term: _encoded(sure.pop(term, ()), lengths, impact) for term in terms}
                for term in terms:
                    if term in others:
                        told[term] += _encoded(others.pop(term), lengths, impact)
                written = {term: Counter(spellings.pop(term)) for term in terms if term in spellings}
                lines.append(as_json([told, written]))
        return b"\n".join(lines)


def _encoded(postings: Sequence[int], lengths: list[int], impact: Impact) -> list[int | str]:
    """Return a list of postings: how many, the first and the last place, and all but the first number.

    An article has two numbers: the distance from the last one, and the part of its text times 8 plus an impact.
    """
    if not postings:
        return [0, 0, 0, ""]
    text, first = "", postings[0] >> 25
    last = first
    for posting in postings:
        place = posting >> 25
        value = (posting >> 13 & 4095) << 3 | impact(posting >> 1 & 4095, lengths[place])
        text += f",{place - last},{value}"
        last = place
    return [len(postings), first, last, text[2:]]


@dataclass(slots=True)
class TermLists:
    """What the index has of a term."""

    counts: list[int] = field(default_factory=lambda: [0, 0])
    """Articles of sure readings, and of others."""
    spellings: dict[str, int] | None = None
    _lists: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    _last: list[int] = field(default_factory=lambda: [-1, -1])

    def join(self, base: int, told: list[Any]) -> None:
        """Add what a block has of it, whose articles count from a base."""
        for kind in range(len(told) // 4):
            count, first, last, rest = told[4 * kind : 4 * kind + 4]
            if count:
                self.counts[kind] += count
                self._lists[kind].append(f"{base + first - self._last[kind]}{rest}")
                self._last[kind] = base + last

    def also(self, numbers: Iterable[int]) -> None:
        """Add articles that do not have it, under a spelling of which it is a term: with an impact of 0."""
        found: list[dict[int, int]] = []
        for joined in self._lists:
            row, number = [int(each) for each in ",".join(joined).split(",")] if joined else [], -1
            at: dict[int, int] = {}
            for gap, value in zip(row[::2], row[1::2], strict=True):
                number += gap
                at[number] = value
            found.append(at)
        more = [number for number in numbers if number not in found[0] and number not in found[1]]
        if more:
            found[0].update(dict.fromkeys(more, 0))
            numbers = sorted(found[0])
            gaps = (number - last for last, number in zip([-1, *numbers], numbers, strict=False))
            self._lists[0][:] = (f"{gap},{found[0][number]}" for gap, number in zip(gaps, numbers, strict=True))
            self.counts[0] = len(numbers)

    def shown(self, subjects: list[int]) -> str:
        """Return JSON: postings of sure readings, those of others, the subjects, as far as there are any."""
        lists = [",".join(self._lists[0]), ",".join(self._lists[1]), ",".join(map(str, subjects))]
        while len(lists) > 1 and not lists[-1]:
            lists.pop()
        return f"[[{'],['.join(lists)}]]"

    def usual(self, term: str) -> str:
        """Return the spelling that most articles have."""
        spellings = self.spellings.items() if self.spellings else ()
        return max(spellings, key=lambda item: (item[1], item[0]), default=(term, 0))[0]


class Slices:
    """Blocks on their way to be merged: the lines of each slice of the terms wait in a file."""

    def __init__(self, scratch: Path) -> None:
        self._files = [scratch / f"slice-{number}" for number in range(_SLICES)]

    def add(self, base: int, block: bytes) -> None:
        """Add a block whose articles count from a base; they come in the order of their numbers."""
        lines = block.split(b"\n") if block else []
        for number, path in enumerate(self._files):
            if lines:
                with path.open("ab") as file:
                    file.writelines(b"%d %s\n" % (base, line) for line in lines[number::_SLICES])

    def merged(self, spelled: dict[str, list[int]]) -> Iterator[tuple[int, str, TermLists]]:
        """Return hashes and terms with all that blocks have of them, in this order.

        `spelled` says which articles a term finds by a spelling that they may not have themselves.
        """
        more: list[list[str]] = [[] for _ in range(_SLICES)]
        for term in spelled:
            more[hash_of(term) * _SLICES >> 32].append(term)
        for path, extra in zip(self._files, more, strict=True):
            found: dict[str, TermLists] = {}
            for line in path.read_bytes().splitlines() if path.exists() else ():
                base, _, told = line.partition(b" ")
                _join(found, int(base), *json.loads(told))
            for term in extra:
                found.setdefault(term, TermLists()).also(spelled[term])
            yield from sorted(
                ((hash_of(term), term, lists) for term, lists in found.items()), key=lambda row: row[:2]
            )


def _join(found: dict[str, TermLists], base: int, terms: dict[str, Any], spellings: dict[str, Any]) -> None:
    for term, told in terms.items():
        if (lists := found.get(term)) is None:
            lists = found[term] = TermLists()
        lists.join(base, told)
    for term, written in spellings.items():
        if known := found[term].spellings:
            for text, count in written.items():
                known[text] = known.get(text, 0) + count
        else:
            found[term].spellings = written
