"""The search index of a built site: many small files, of which a search loads a few.

`terms/` holds an inverted index cut into pieces by a hash of the term, `texts/` the text that results show.
`assets/search-find.js` reads both; `assets/search-rules.json` tells both sides how to analyse words.
A plain `mkdocs build` runs this module, so it needs the standard library alone.
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
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from zlib import crc32

from .structured_data import record_date, tell_record
from .text_analysis import terms, words

FOLDER = "search-index"
"""Where the index stands below the site's root."""

_PART = 12_000
"""Bytes of an article's text, about, that are loaded together: few articles need a second part."""
_SHARD = 1_500
"""Postings, about, in one file: 8 KB, so that a search of three words loads under 100 KB of the index."""
_BUCKETS = 256
_PENDING = 500_000
"""Postings held in memory before they are put aside on disk."""
_TITLE = 3
"""A word of the headline counts as much as this many in the text."""


@dataclass(slots=True)
class _Entry:
    """What the index knows of one article."""

    length: int = 0
    """Words of both sides together."""
    weights: dict[str, int] = field(default_factory=dict)
    """For each term twice the times it occurs, once where the reading is not sure."""
    parts: dict[str, int] = field(default_factory=dict)
    """The part of the article's text where a term occurs first, for terms that do not occur in part 0."""
    sure: set[str] = field(default_factory=set)

    def add(self, text: Iterable[str], part: int, weight: int = 1) -> None:
        """Count the words of a text."""
        weights = self.weights
        for word, times in Counter(text).items():
            sure, maybe = terms(word)
            points = times * weight
            self.length += points
            self.sure.update(sure)
            if part:
                self.parts |= {term: part for term in (*sure, *maybe) if term not in weights}
            for term in sure:
                weights[term] = weights.get(term, 0) + 2 * points
            for term in maybe:
                weights[term] = weights.get(term, 0) + points

    def postings(self) -> dict[str, int]:
        """Return for each term one number: its part, its weight, and whether the reading is sure."""
        part_of, sure = self.parts.get, self.sure
        return {
            term: (min(part_of(term, 0), 4095) << 13) + (min(weight, 4095) << 1) + (term in sure)
            for term, weight in self.weights.items()
        }


class _Spill:
    """Postings on their way to their term: memory holds few, the rest waits in files by the terms' hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self._pending: dict[str, list[int]] = {}
        self._size = 0

    def add(self, number: int, postings: dict[str, int]) -> None:
        """Put aside the postings of an article; articles come in the order of their numbers."""
        for term, posting in postings.items():
            self._pending.setdefault(term, []).append(number << 25 | posting)
        self.count += len(postings)
        self._size += len(postings)
        if self._size >= _PENDING:
            self._flush()

    def _flush(self) -> None:
        def bucket(term: str) -> int:
            return _hash(term) * _BUCKETS >> 32

        for number, group in groupby(sorted(self._pending, key=bucket), key=bucket):
            with (self.folder / str(number)).open("a", encoding="utf-8") as file:
                file.write(json.dumps({term: self._pending[term] for term in group}) + "\n")
        self._pending, self._size = {}, 0

    def read(self) -> Iterator[tuple[str, list[int]]]:
        """Return each term with all its postings, in the order of the terms' hashes."""
        self._flush()
        for number in range(_BUCKETS):
            file = self.folder / str(number)
            bucket: dict[str, list[int]] = {}
            if file.exists():
                with file.open(encoding="utf-8") as lines:
                    for line in lines:
                        for term, postings in json.loads(line).items():
                            bucket.setdefault(term, []).extend(postings)
            yield from sorted(bucket.items(), key=lambda item: (_hash(item[0]), item[0]))


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
        if not last:
            shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("terms", "texts"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def put(self, name: str, content: object) -> None:
        self.put_text(name, _json(content))

    def put_text(self, name: str, text: bytes) -> None:
        self.digest.update(text)
        path, key = f"{FOLDER}/{name}", sha256(text).hexdigest() if self.last else ""
        if self.last and self.last.search.keeps(path, key):
            return
        (self.folder / name).write_bytes(text)
        if self.last:
            self.last.search.note(path, key)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def build(docs_dir: Path, site_dir: Path, last: LastBuild | None = None) -> None:
    """Make the index of all articles that have a record and a page below `docs_dir`, newest first.

    Time grows linearly with the text; memory holds one article, a bounded number of postings, and of each
    article a name and a length. What `last` remembers is not made again, and gives the same bytes.
    """
    writer = _Writer(site_dir, last)
    trees = _trees(docs_dir)
    lengths: list[int] = []
    with TemporaryDirectory() as scratch:
        spill = _Spill(Path(scratch))
        for number, (file, digest) in enumerate(_newest_first(docs_dir, trees, last)):
            head, *parts = _piece(file, digest, trees[file.parent.name], last).split(b"\n")
            for part, text in enumerate(parts):
                writer.put_text(f"texts/{number}-{part}.json", text)
            length, postings = json.loads(head)
            lengths.append(length)
            spill.add(number, postings)
        shards = 1 + spill.count // _SHARD
        _write_terms(spill, shards, lengths, writer)
    version = writer.digest.hexdigest()[:16]
    writer.put("index.json", {"articles": len(lengths), "shards": shards, "version": version})
    if last:
        last.search.finish()


def make_pieces(docs: Path, slugs: Iterable[str], last: LastBuild) -> None:
    """Make what the index has of some articles, so that `build` finds it made."""
    trees = sorted(folder.name for folder in docs.iterdir() if folder.is_dir())
    for slug in slugs:
        spoken = [tree for tree in trees if (docs / tree / "articles" / slug / "index.md").exists()]
        for file in (docs / tree / "articles" / slug / "article.json" for tree in trees if spoken):
            if file.exists():
                _piece(file, last.look(str(file), tell_record)[0], spoken, last)


def _piece(file: Path, digest: str, trees: list[str], last: LastBuild | None) -> bytes:
    make = partial(_article, file, trees)
    return last.made("search", file.parent.name, f"{digest} {trees}", make) if last else make()


def _article(file: Path, trees: list[str]) -> bytes:
    """Return all that the index has of an article: a line of its length and postings, a line for each part."""
    entry, record = _Entry(), _read(file)
    parts = list(_parts(record, trees))
    for part, text in enumerate(parts):
        _count(entry, text, part)
    return b"\n".join(map(_json, ([entry.length, entry.postings()], *parts)))


def _of_articles(docs: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Return each file of a name in an article's folder: its tree, its article and its path, in this order."""
    for tree in sorted(os.listdir(docs)):  # noqa: PTH208  (a Path for each article would take three times as long)
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


def _read(file: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(file.read_bytes())
    return record


def _parts(record: dict[str, Any], trees: list[str]) -> Iterator[dict[str, Any]]:
    """Return what results show of an article, cut into parts of whole sentences."""
    title = record["title"]
    shown = {
        "slug": record["slug"],
        "trees": trees,
        "languages": [_tag(record["language"]), _tag(record["target_language"])],
        "title": [title["source"], title.get("target")],
        "published": record_date(record),
    }
    first, size, sentences = 0, 0, list[list[Any]]()
    for number, row in enumerate(record["sentences"]):
        size += sum(len(text.encode()) for text in (row["source"], row.get("target") or ""))
        if sentences and size > _PART:
            yield {**shown, "first": first, "sentences": sentences}
            first, size, sentences = number, 0, []
        repairs = [[repair["start"], repair["end"], repair["text"]] for repair in row.get("repairs", ())]
        sentences.append([row["source"], row.get("target")] + ([repairs] if repairs else []))
    yield {**shown, "first": first, "sentences": sentences}


def _tag(language: str) -> str:
    return {"zt": "zh-Hant", "unknown": "und"}.get(language, language)


def _count(entry: _Entry, text: dict[str, Any], part: int) -> None:
    if part == 0:
        entry.add(_words(text["title"]), part, _TITLE)
    sentences = text["sentences"]
    entry.add(_words(side for source, target, *_ in sentences for side in (source, target)), part)
    entry.add(_words(mended for _, _, *repairs in sentences for _, _, mended in chain(*repairs)), part)


def _words(texts: Iterable[str | None]) -> Iterable[str]:
    """Return the words of texts, which are taken together, since each call costs as much as a sentence."""
    return words(" ".join(filter(None, texts)))


def _write_terms(spill: _Spill, shards: int, lengths: list[int], writer: _Writer) -> None:
    average = sum(lengths) / len(lengths) if lengths else 1
    impact = cache(partial(_impact, average))
    written = 0
    for number, group in groupby(spill.read(), key=lambda item: _hash(item[0]) * shards >> 32):
        for empty in range(written, number):
            writer.put(f"terms/{empty}.json", {})
        lists = {term: _lists(postings, lengths, impact) for term, postings in group}
        writer.put(f"terms/{number}.json", lists)
        written = number + 1
    for empty in range(written, shards):
        writer.put(f"terms/{empty}.json", {})


def _impact(average: float, weight: int, length: int) -> int:
    """Return the term-frequency factor of BM25 with its usual constants, as a number from 1 to 7.

    Impacts are quantised when the index is made (Anh and Moffat 2001), so that the browser needs no lengths.
    """
    frequency = weight / 2
    return max(1, round(7 * (frequency / (frequency + 1.2 * (0.25 + 0.75 * length / average)))))


def _lists(postings: list[int], lengths: list[int], impact: Callable[[int, int], int]) -> list[list[int]]:
    """Return the postings of sure readings, then those of others if there are any.

    Each is two numbers: the distance from the last article, and the part of its text times 8 plus an
    impact from 1 to 7.
    """
    lists: list[list[int]] = [[], []]
    last = [-1, -1]
    for posting in postings:
        kind, number = 1 - (posting & 1), posting >> 25
        part, weight = posting >> 13 & 4095, posting >> 1 & 4095
        lists[kind] += (number - last[kind], part << 3 | impact(weight, lengths[number]))
        last[kind] = number
    return lists if lists[1] else lists[:1]
