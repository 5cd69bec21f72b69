"""The search index of a built site: many small files, of which a search loads a few.

`terms/` holds an inverted index cut into pieces by a hash of the term, `texts/` the text that results show,
`subjects/` the names, topics and stories, `slips/` and `suggestions/` the words (`search_words.py`), `fields/`
the articles of a language, publisher or year. `assets/search-find.js` reads them all;
`assets/search-rules.json` tells both sides how to analyse words. A plain `mkdocs build` runs this module, so it
needs the standard library alone.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from zlib import crc32

from .search_article import as_json, dump_piece, load_piece
from .search_subjects import (
    PER_FILE,
    GlossaryNames,
    KnownSpellings,
    SearchedSubject,
    add_known_spellings,
    posting,
    read_subjects,
    subject_terms,
)
from .search_words import IndexedWord, Suggestion, is_word, write_words
from .structured_data import tell_record

FOLDER = "search-index"
"""Where the index stands below the site's root."""

_SHARD = 800
"""Postings, about, in one file: 4 to 8 KB, so that a search of three words loads under 50 KB of them."""
_BUCKETS = 256
_PENDING = 500_000
"""Postings held in memory before they are put aside on disk."""
_CHOICES = 40
"""Publishers that a search may be narrowed to, at most."""
_WEIGHT = 0xFFF << 1
"""Where a posting's weight is; none is that of a spelling that the article itself does not have."""


@dataclass(slots=True)
class _Posted:
    """What is put aside of a term."""

    postings: list[int] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    """How articles write it, one for each that writes it otherwise than it stands in the index."""


class _Spill:
    """Postings on their way to their term: memory holds few, the rest waits in files by the terms' hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self._pending: dict[str, _Posted] = {}
        self._size = 0

    def add(self, number: int, postings: dict[str, int], spellings: dict[str, str]) -> None:
        """Put aside the postings of an article."""
        for term, each in postings.items():
            posted = self._pending.setdefault(term, _Posted())
            posted.postings.append(number << 25 | each)
            if term in spellings:
                posted.spellings.append(spellings[term])
        self.count += len(postings)
        self._size += len(postings)
        if self._size >= _PENDING:
            self._flush()

    def _flush(self) -> None:
        def bucket(term: str) -> int:
            return _hash(term) * _BUCKETS >> 32

        for number, group in groupby(sorted(self._pending, key=bucket), key=bucket):
            with (self.folder / str(number)).open("a", encoding="utf-8") as file:
                rows = {term: [self._pending[term].postings, self._pending[term].spellings] for term in group}
                file.write(json.dumps(rows) + "\n")
        self._pending, self._size = {}, 0

    def read(self) -> Iterator[tuple[str, _Posted]]:
        """Return each term with all its postings, in the order of the terms' hashes."""
        self._flush()
        for number in range(_BUCKETS):
            file = self.folder / str(number)
            bucket: dict[str, _Posted] = {}
            if file.exists():
                with file.open(encoding="utf-8") as lines:
                    for line in lines:
                        for term, (postings, spellings) in json.loads(line).items():
                            posted = bucket.setdefault(term, _Posted())
                            posted.postings += postings
                            posted.spellings += spellings
            for term, posted in sorted(bucket.items(), key=lambda item: (_hash(item[0]), item[0])):
                posted.postings = _merged(posted.postings)
                yield term, posted


def _merged(postings: list[int]) -> list[int]:
    """Return postings in the order of their articles; of two of one article what its text has."""
    postings.sort()
    doubtful = {at for at, each in enumerate(postings) if not each & _WEIGHT}
    if not doubtful:
        return postings
    numbers = Counter(each >> 25 for each in postings)
    return [each for at, each in enumerate(postings) if at not in doubtful or numbers[each >> 25] == 1]


def _hash(term: str) -> int:
    return crc32(term.encode())


class LastBuild(Protocol):
    """What a build remembers of the last one; `site_build.SiteBuild` does."""

    @property
    def search(self) -> Any:
        """Files of the index that may stay where they are."""

    def look(self, file: str, read: Callable[[Path], list[Any]]) -> list[Any]:
        """Return what is told of a file."""

    def made(self, kind: str, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what was made, or make it."""


class _Writer:
    """Writes the files of the index and keeps a digest of all of them."""

    def __init__(self, site: Path, last: LastBuild | None) -> None:
        self.folder, self.last = site / FOLDER, last
        self.digest = sha256()
        self._folders: set[Path] = set()
        if not last:
            shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, name: str, content: object) -> None:
        self.put_text(name, as_json(content))

    def put_lists(self, folder: str, rows: list[Any], per_file: int) -> None:
        """Write rows, so many in a file."""
        for start in range(0, len(rows), per_file):
            self.put(f"{folder}/{start // per_file}.json", rows[start : start + per_file])

    def put_text(self, name: str, text: bytes) -> None:
        self.digest.update(text)
        path, key = f"{FOLDER}/{name}", sha256(text).hexdigest() if self.last else ""
        if self.last and self.last.search.keeps(path, key):
            return
        file = self.folder / name
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        file.write_bytes(text)
        if self.last:
            self.last.search.note(path, key)


def build(docs_dir: Path, site_dir: Path, last: LastBuild | None = None) -> None:
    """Make the index of all articles that have a record and a page below `docs_dir`, newest first.

    Time grows linearly with the text; memory holds one article, a bounded number of postings, each term, and of
    each article a name and a length. What `last` remembers is not made again, and gives the same bytes.
    """
    writer = _Writer(site_dir, last)
    with TemporaryDirectory() as scratch:
        spill = _Spill(Path(scratch))
        # 1. What each article has of its own.
        articles = _Articles.put_aside(docs_dir, last, spill, writer)
        # 2. What its names and topics are called elsewhere.
        subjects = read_subjects(docs_dir)
        glossary = GlossaryNames(articles.known)
        add_known_spellings(subjects, glossary)
        _put_aside_spellings(subjects, articles, glossary, spill)
        named = _subject_postings(subjects)
        # 3. All by terms.
        shards = 1 + spill.count // _SHARD
        found = _write_terms(spill, shards, articles.lengths, named, writer)
    writer.put_lists("subjects", [subject.shown() for subject in subjects], PER_FILE)
    suggested = [
        Suggestion(name, len(subject.articles), number)
        for number, subject in enumerate(subjects, 1)
        if not subject.is_story
        for name in subject.all_spellings()
    ]
    index = {"articles": len(articles.lengths), "shards": shards, "subjects": PER_FILE}
    index |= write_words(found, suggested, writer.put, _hash)
    choices = _write_fields(articles.fields, writer)
    writer.put("index.json", {**index, **choices, "version": writer.digest.hexdigest()[:16]})
    if last:
        last.search.finish()


@dataclass(slots=True)
class _Articles:
    """What of all articles is held in memory; their numbers are their places in the order of results."""

    numbers: dict[str, int] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    known: dict[KnownSpellings, list[int]] = field(default_factory=dict)
    """Which articles have a name of the glossary."""

    @classmethod
    def put_aside(cls, docs: Path, last: LastBuild | None, spill: _Spill, writer: _Writer) -> _Articles:
        """Put aside the postings of all articles, and write their texts."""
        self, trees = cls(), _trees(docs)
        for number, (file, digest) in enumerate(_newest_first(docs, trees, last)):
            slug = file.parent.name
            piece = load_piece(_piece(file, digest, trees[slug], last))
            for part, text in enumerate(piece.texts):
                writer.put_text(f"texts/{number}-{part}.json", text)
            self.numbers[slug] = number
            self.lengths.append(piece.length)
            self.fields.append(piece.fields)
            for sources, targets in piece.known:
                self.known.setdefault((tuple(sources), tuple(targets)), []).append(number)
            spill.add(number, piece.postings, piece.spellings)
        return self


def _put_aside_spellings(
    subjects: Iterable[SearchedSubject], articles: _Articles, glossary: GlossaryNames, spill: _Spill
) -> None:
    """Let a name or a topic find its articles under all its spellings, of which an article has few."""
    named = [
        (
            subject.all_spellings(),
            [articles.numbers[slug] for slug in subject.articles & articles.numbers.keys()],
        )
        for subject in subjects
        if not subject.is_story
    ]
    named += [(glossary.spellings_of(known), numbers) for known, numbers in articles.known.items()]
    found: dict[int, set[str]] = {}
    for spellings, numbers in named:
        of_it = {term for text in spellings for term in subject_terms(text)}
        for number in numbers:
            found.setdefault(number, set()).update(of_it)
    for number in sorted(found):
        spill.add(number, dict.fromkeys(sorted(found[number]), 1), {})


def _subject_postings(subjects: Iterable[SearchedSubject]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, subject in enumerate(subjects):
        for spelling, text in enumerate(subject.all_spellings()[:64]):
            named = subject_terms(text)
            for term in named:
                count = 1 if term.isupper() else len(named) - any(map(str.isupper, named))
                found.setdefault(term, []).append(posting(number, spelling, count))
    return found


def _write_fields(fields: list[dict[str, str]], writer: _Writer) -> dict[str, list[str]]:
    """Write the articles of each language, publisher and year; return those to choose from."""
    found: dict[str, dict[str, list[int]]] = {"languages": {}, "publishers": {}, "years": {}}
    for number, told in enumerate(fields):
        values = (told["language"], told["publisher"], told["day"][:4])
        for kind, value in zip(found, values, strict=True):
            if value:
                found[kind].setdefault(value, []).append(number)
    choices = {
        kind: sorted(sorted(lists, key=lambda value: (-len(lists[value]), value))[:_CHOICES])
        for kind, lists in found.items()
    }
    for kind, chosen in choices.items():
        for place, value in enumerate(chosen):
            writer.put(f"fields/{kind}-{place}.json", found[kind][value])
    return choices


def make_pieces(docs: Path, slugs: Iterable[str], last: LastBuild) -> None:
    """Make what the index has of some articles, so that `build` finds it made."""
    trees = sorted(folder.name for folder in docs.iterdir() if folder.is_dir())
    for slug in slugs:
        spoken = [tree for tree in trees if (docs / tree / "articles" / slug / "index.md").exists()]
        for file in (docs / tree / "articles" / slug / "article.json" for tree in trees if spoken):
            if file.exists():
                _piece(file, last.look(str(file), tell_record)[0], spoken, last)


def _piece(file: Path, digest: str, trees: list[str], last: LastBuild | None) -> bytes:
    make = partial(dump_piece, file, trees)
    return last.made("search", file.parent.name, f"{digest} {trees}", make) if last else make()


def _of_articles(docs: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Return each file of a name in an article's folder: its tree, its article and its path, in this order."""
    for tree in sorted(os.listdir(docs) if docs.is_dir() else ()):  # noqa: PTH208  (a Path for each article would take three times as long)
        if os.path.isdir(articles := f"{docs}/{tree}/articles"):  # noqa: PTH112
            for slug in sorted(os.listdir(articles)):  # noqa: PTH208
                if os.path.exists(file := f"{articles}/{slug}/{name}"):  # noqa: PTH110
                    yield tree, slug, file


def _trees(docs: Path) -> dict[str, list[str]]:
    """Return for each article the trees in which it has a page."""
    found: dict[str, list[str]] = {}
    for tree, slug, _ in _of_articles(docs, "index.md"):
        found.setdefault(slug, []).append(tree)
    return found


def _newest_first(docs: Path, trees: dict[str, list[str]], last: LastBuild | None) -> list[tuple[Path, str]]:
    """Return the records with their hashes: the newest first, equals by name, those without a date last."""
    found = []
    for _, slug, file in _of_articles(docs, "article.json"):
        if slug in trees:
            digest, published, _ = last.look(file, tell_record) if last else tell_record(Path(file))
            found.append((published or "", file, digest))
    return [(Path(file), digest) for _, file, digest in sorted(found, key=itemgetter(0), reverse=True)]


def _write_terms(
    spill: _Spill, shards: int, lengths: list[int], named: dict[str, list[int]], writer: _Writer
) -> list[IndexedWord]:
    """Write the lists of all terms; return those that are words."""
    average = sum(lengths) / len(lengths) if lengths else 1
    impact = cache(partial(_impact, average))
    found: list[IndexedWord] = []
    written = 0
    for number, group in groupby(spill.read(), key=lambda item: _hash(item[0]) * shards >> 32):
        for empty in range(written, number):
            writer.put(f"terms/{empty}.json", {})
        lists = {}
        for term, posted in group:
            lists[term] = _lists(posted.postings, lengths, impact, named.get(term, []))
            if lists[term][0] and is_word(term):
                found.append(IndexedWord(term, len(lists[term][0]) // 2, _usual(term, posted.spellings)))
        writer.put(f"terms/{number}.json", lists)
        written = number + 1
    for empty in range(written, shards):
        writer.put(f"terms/{empty}.json", {})
    return found


def _usual(term: str, spellings: list[str]) -> str:
    """Return the spelling that most articles have."""
    return max(Counter(spellings).items(), key=lambda item: (item[1], item[0]), default=(term, 0))[0]


def _impact(average: float, weight: int, length: int) -> int:
    """Return the term-frequency factor of BM25 with its usual constants, as a number from 1 to 7.

    Impacts are quantised when the index is made (Anh and Moffat 2001), so that the browser needs no lengths.
    """
    frequency = weight / 2
    return max(1, round(7 * (frequency / (frequency + 1.2 * (0.25 + 0.75 * length / average)))))


def _lists(
    postings: list[int], lengths: list[int], impact: Callable[[int, int], int], subjects: list[int]
) -> list[list[int]]:
    """Return the postings of sure readings, then those of others, then the subjects, as far as there are any.

    The first two have two numbers for each: the distance from the last article, and the part of its text times
    8 plus an impact from 1 to 7, or 0 for a spelling that the article itself does not have.
    """
    lists: list[list[int]] = [[], []]
    last = [-1, -1]
    for each in postings:
        kind, number = 1 - (each & 1), each >> 25
        part, weight = each >> 13 & 4095, each >> 1 & 4095
        lists[kind] += (number - last[kind], part << 3 | (impact(weight, lengths[number]) if weight else 0))
        last[kind] = number
    lists.append(subjects)
    while len(lists) > 1 and not lists[-1]:
        lists.pop()
    return lists
