"""The search index of a built site: many small files, of which a search loads a few.

`terms/` holds an inverted index cut into pieces by a hash of the term, `texts/` the text that results show,
`subjects/` the names, topics and stories, `slips/` and `suggestions/` the words (`search_words.py`), `fields/`
the articles of a language, publisher or year. `assets/search-find.js` reads them all;
`assets/search-rules.json` tells both sides how to analyse words. A plain `mkdocs build` runs this module, so it
needs the standard library alone.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from .search_article import ArticlePiece, as_json, dump_piece, load_piece, read_piece
from .search_blocks import Gathered, Impact, Slices, TermLists
from .search_subjects import (
    PER_FILE,
    GlossaryNames,
    KnownSpellings,
    SearchedSubject,
    add_known_spellings,
    every_page,
    posting,
    read_subjects,
    subject_terms,
)
from .search_words import IndexedWord, Suggestion, is_word, steady_count, write_words
from .structured_data import tell_record

log = logging.getLogger("mkdocs.hooks.digest")

FOLDER = "search-index"
"""Where the index stands below the site's root."""

_SHARD = 800
"""Postings, about, in one file: 4 to 8 KB, so that a search of three words loads under 50 KB of them."""
_BLOCK = 500
"""Articles whose postings are gathered together, so that a build gathers so many anew for one that changed."""
_PENDING = 200_000
"""Postings held in memory before they are put aside on disk."""
_CHOICES = 40
"""Publishers that a search may be narrowed to, at most."""


@dataclass(frozen=True, slots=True)
class _Record:
    """The record of an article that has a page."""

    slug: str
    file: Path
    digest: str
    trees: list[str]


class LastBuild(Protocol):
    """What a build remembers of the last one; `site_build.SiteBuild` does."""

    @property
    def search(self) -> Any:
        """Files of the index that may stay where they are."""

    def look(self, file: str, read: Callable[[Path], list[Any]]) -> list[Any]:
        """Return what is told of a file."""

    def made(self, kind: str, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what was made, or make it."""

    def use(self, kind: str, name: str) -> None:
        """Keep what was made for the next build."""


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

    def put_texts(self, number: int, texts: list[bytes]) -> list[str]:
        """Write the parts of an article's text; return the hashes of them."""
        return [self.put_text(_text(number, part), text) for part, text in enumerate(texts)]

    def keep_texts(self, number: int, keys: list[str], read: Callable[[], ArticlePiece]) -> None:
        """Leave the parts of a text that stand as they must be, and write the others."""
        texts: list[bytes] = []
        for part, key in enumerate(keys):
            if not self._keeps(_text(number, part), key):
                texts = texts or read().texts
                self.put_text(_text(number, part), texts[part])

    def _keeps(self, name: str, key: str) -> bool:
        """Return whether a file stands as it must be, by the hash of what must be in it."""
        is_kept = bool(self.last and self.last.search.keeps(f"{FOLDER}/{name}", key))
        if is_kept:
            self.digest.update(key.encode())
        return is_kept

    def put_text(self, name: str, text: bytes) -> str:
        """Write a file if it does not stand so already; return the hash of what is in it."""
        path, key = f"{FOLDER}/{name}", sha256(text).hexdigest()
        if self._keeps(name, key):
            return key
        self.digest.update(key.encode())
        file = self.folder / name
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        file.write_bytes(text)
        if self.last:
            self.last.search.note(path, key)
        return key


_PutTexts = Callable[[int, list[bytes]], list[str]]


def _text(number: int, part: int) -> str:
    return f"texts/{number}-{part}.json"


def build(
    docs_dir: Path,
    site_dir: Path,
    last: LastBuild | None = None,
    is_shown: Callable[[str], bool] = every_page,
) -> None:
    """Make the index of all articles that have a record and a page below `docs_dir`, newest first.

    `is_shown` tells by its path there whether a page is in the site.

    Time grows linearly with the text; memory holds one article, a bounded number of postings, each term, of
    each article a name and a length, and which articles have a name that is spelled another way, too. What
    `last` remembers is not made again, and gives the same bytes.
    """
    writer = _Writer(site_dir, last)
    with TemporaryDirectory() as scratch:
        # 1. What each article has of its own.
        blocks = _Block.cut(_newest_first(docs_dir, last, is_shown))
        articles = _Articles()
        for block in blocks:
            articles.add(block, writer, Path(scratch))
        # 2. What its names and topics are called elsewhere.
        subjects = read_subjects(docs_dir, is_shown)
        glossary = GlossaryNames(articles.known)
        add_known_spellings(subjects, glossary)
        spelled = _spelled(subjects, articles, glossary)
        named = _subject_postings(subjects)
        # 3. All by terms.
        slices = articles.encode(blocks, last, Path(scratch))
        shards = steady_count(1 + (articles.count + sum(map(len, spelled.values()))) // _SHARD)
        found = _write_terms(slices.merged(spelled), shards, named, writer)
    writer.put_lists("subjects", [subject.shown() for subject in subjects], PER_FILE)
    suggested = [
        Suggestion(name, len(subject.articles), number)
        for number, subject in enumerate(subjects, 1)
        if not subject.is_story
        for name in subject.all_spellings()
    ]
    index = {"articles": len(articles.lengths), "shards": shards, "subjects": PER_FILE}
    index |= write_words(found, suggested, writer.put)
    choices = _write_fields(articles.fields, writer)
    writer.put("index.json", {**index, **choices, "version": writer.digest.hexdigest()[:16]})
    if last:
        last.search.finish()


@dataclass(slots=True)
class _Block:
    """Articles whose postings are gathered together."""

    base: int
    """The number of the first of them."""
    records: list[_Record]
    name: str
    key: str
    gathered: Gathered | None = None

    @classmethod
    def cut(cls, records: list[_Record]) -> list[_Block]:
        """Cut articles into blocks of which one more article, at the front, leaves all others as they are."""
        ends = range(len(records), 0, -_BLOCK)
        blocks = []
        for place, end in enumerate(ends):
            base = max(0, end - _BLOCK)
            told = [(each.slug, each.digest, each.trees) for each in records[base:end]]
            key = sha256(repr(told).encode()).hexdigest()
            blocks.append(cls(base, records[base:end], f"{place}", key))
        return blocks[::-1]

    def gather(self, last: LastBuild | None, scratch: Path, put_texts: _PutTexts) -> bytes:
        """Gather the postings; return how many there are, and what else the index has of each article."""
        gathered, facts = Gathered(scratch, _PENDING), list[list[Any]]()
        for place, record in enumerate(self.records):
            piece = _piece(record, last)
            gathered.add(place, piece)
            keys = put_texts(self.base + place, piece.texts)
            facts.append([piece.length, piece.fields, piece.known, keys])
        gathered.put_aside()
        self.gathered = gathered
        return as_json([gathered.count, facts])

    def encoded(self, lengths: list[int], impact: Impact, last: LastBuild | None, scratch: Path) -> bytes:
        """Return the postings, gathered again where they are not at hand."""
        if not self.gathered:
            self.gather(last, scratch, lambda _, texts: [])
        return self.gathered.encoded(lengths, impact) if self.gathered else b""


@dataclass(slots=True)
class _Articles:
    """What of all articles is held in memory; their numbers are their places in the order of results."""

    numbers: dict[str, int] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    known: dict[KnownSpellings, list[int]] = field(default_factory=dict)
    """Which articles have a name of the glossary."""
    count: int = 0
    """Postings of all articles."""

    def add(self, block: _Block, writer: _Writer, scratch: Path) -> None:
        """Add the articles of a block, and write their texts."""
        last, made = writer.last, partial(block.gather, writer.last, scratch, writer.put_texts)
        told = last.made("search facts", block.name, block.key, made) if last else made()
        count, facts = json.loads(told)
        for number, (record, fact) in enumerate(zip(block.records, facts, strict=True), block.base):
            length, fields, known, keys = fact
            if last and not block.gathered:
                last.use("search", record.slug)
                writer.keep_texts(number, keys, partial(_piece, record, last))
            self.numbers[record.slug] = number
            self.lengths.append(length)
            self.fields.append(fields)
            for sources, targets in known:
                self.known.setdefault((tuple(sources), tuple(targets)), []).append(number)
        self.count += count

    def encode(self, blocks: list[_Block], last: LastBuild | None, scratch: Path) -> Slices:
        """Encode the postings of blocks, for which the average length must be known.

        It is rounded, so that a changed article seldom changes the impacts in others.
        """
        average = float(f"{sum(self.lengths) / (len(self.lengths) or 1):.2g}") or 1.0
        impact, slices = cache(partial(_impact, average)), Slices(scratch)
        for block in blocks:
            lengths = self.lengths[block.base : block.base + len(block.records)]
            made = partial(block.encoded, lengths, impact, last, scratch)
            key = f"{block.key} {average}"
            slices.add(block.base, last.made("search postings", block.name, key, made) if last else made())
        return slices


def _spelled(
    subjects: Iterable[SearchedSubject], articles: _Articles, glossary: GlossaryNames
) -> dict[str, list[int]]:
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
    found: dict[str, set[int]] = {}
    for spellings, numbers in named:
        for term in {term for text in spellings for term in subject_terms(text)}:
            found.setdefault(term, set()).update(numbers)
    return {term: sorted(numbers) for term, numbers in found.items()}


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


def make_pieces(docs: Path, slugs: Iterable[str], last: LastBuild, is_shown: Callable[[str], bool]) -> None:
    """Make what the index has of some articles, so that `build` finds it made."""
    trees = sorted(folder.name for folder in docs.iterdir() if folder.is_dir())
    for slug in slugs:
        spoken = [tree for tree in trees if is_shown(f"{tree}/articles/{slug}/index.md")]
        for file in (docs / tree / "articles" / slug / "article.json" for tree in trees if spoken):
            digest, _, language = last.look(str(file), tell_record) if file.exists() else ("", None, None)
            if language:
                _piece(_Record(slug, file, digest, spoken), last)


def _piece(record: _Record, last: LastBuild | None) -> ArticlePiece:
    """Return what the index has of an article, as the last build left it or made now."""
    if not last:
        return read_piece(record.file, record.trees)
    made: list[ArticlePiece] = []

    def make() -> bytes:
        made.append(read_piece(record.file, record.trees))
        return dump_piece(made[0])

    dumped = last.made("search", record.slug, f"{record.digest} {record.trees}", make)
    return made[0] if made else load_piece(dumped)


def _of_articles(docs: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Return each file of a name in an article's folder: its tree, its article and its path, in this order."""
    for tree in sorted(os.listdir(docs) if docs.is_dir() else ()):  # noqa: PTH208  (a Path for each article would take three times as long)
        if os.path.isdir(articles := f"{docs}/{tree}/articles"):  # noqa: PTH112
            for slug in sorted(os.listdir(articles)):  # noqa: PTH208
                if os.path.exists(file := f"{articles}/{slug}/{name}"):  # noqa: PTH110
                    yield tree, slug, file


def _trees(docs: Path, is_shown: Callable[[str], bool]) -> dict[str, list[str]]:
    """Return for each article the trees in which it has a page."""
    found: dict[str, list[str]] = {}
    for tree, slug, _ in _of_articles(docs, "index.md"):
        if is_shown(f"{tree}/articles/{slug}/index.md"):
            found.setdefault(slug, []).append(tree)
    return found


def _newest_first(docs: Path, last: LastBuild | None, is_shown: Callable[[str], bool]) -> list[_Record]:
    """Return the records: the newest first, equals by name, those without a date last; warn of what is none."""
    found, trees = list[tuple[str, _Record]](), _trees(docs, is_shown)
    for _, slug, file in _of_articles(docs, "article.json"):
        if slug in trees:
            digest, published, language = last.look(file, tell_record) if last else tell_record(Path(file))
            if language:
                found.append((published or "", _Record(slug, Path(file), digest, trees[slug])))
            else:
                log.warning(f"{os.path.relpath(file)}: is no record of an article; run digest generate")
    return [record for _, record in sorted(found, key=itemgetter(0), reverse=True)]


def _write_terms(
    terms: Iterable[tuple[int, str, TermLists]], shards: int, named: dict[str, list[int]], writer: _Writer
) -> list[IndexedWord]:
    """Write the lists of all terms; return those that are words."""
    found: list[IndexedWord] = []
    written = 0
    for number, group in groupby(terms, key=lambda row: row[0] * shards >> 32):
        for empty in range(written, number):
            writer.put(f"terms/{empty}.json", {})
        shown = []
        for _, term, lists in group:
            shown.append(f"{json.dumps(term, ensure_ascii=False)}:{lists.shown(named.get(term, []))}")
            if lists.counts[0] and is_word(term):
                found.append(IndexedWord(term, lists.counts[0], lists.usual(term)))
        writer.put_text(f"terms/{number}.json", f"{{{','.join(shown)}}}".encode())
        written = number + 1
    for empty in range(written, shards):
        writer.put(f"terms/{empty}.json", {})
    return found


def _impact(average: float, weight: int, length: int) -> int:
    """Return the term-frequency factor of BM25 with its usual constants, as a number from 1 to 7.

    Impacts are quantised when the index is made (Anh and Moffat 2001), so that the browser needs no lengths.
    """
    frequency = weight / 2
    return max(1, round(7 * (frequency / (frequency + 1.2 * (0.25 + 0.75 * length / average)))))
