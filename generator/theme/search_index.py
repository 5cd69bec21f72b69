"""The search index of a built site: many small files, of which a search loads a few.

`terms/` holds an inverted index cut into pieces by a hash of the term, `texts/` the text that results show.
`assets/search-find.js` reads both; `assets/search-rules.json` tells both sides how to analyse words.
A plain `mkdocs build` runs this module, so it needs the standard library alone.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

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
        for word, times in Counter(text).items():
            sure, maybe = terms(word)
            self.length += times * weight
            self.sure.update(sure)
            for found, points in ((sure, 2 * times * weight), (maybe, times * weight)):
                for term in found:
                    if part and term not in self.weights:
                        self.parts[term] = part
                    self.weights[term] = self.weights.get(term, 0) + points


class _Spill:
    """Postings on their way to their term: memory holds few, the rest waits in files by the terms' hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self._pending: dict[str, list[int]] = {}
        self._size = 0

    def add(self, number: int, entry: _Entry) -> None:
        """Put aside the postings of an article; articles come in the order of their numbers."""
        for term, weight in entry.weights.items():
            posting = ((number << 12 | min(entry.parts.get(term, 0), 4095)) << 12 | min(weight, 4095)) << 1
            self._pending.setdefault(term, []).append(posting | (term in entry.sure))
        self.count += len(entry.weights)
        self._size += len(entry.weights)
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


class _Writer:
    """Writes the files of the index and keeps a digest of all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digest = sha256()
        for name in ("terms", "texts"):
            (folder / name).mkdir(parents=True)

    def put(self, name: str, content: object) -> None:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        self.digest.update(text)
        (self.folder / name).write_bytes(text)


def build(docs_dir: Path, site_dir: Path) -> None:
    """Make the index of all articles that have a record and a page below `docs_dir`, newest first.

    Time grows linearly with the text; memory holds one article, a bounded number of postings, and of each
    article a name and a length.
    """
    folder = site_dir / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    writer = _Writer(folder)
    trees = _trees(docs_dir)
    lengths: list[int] = []
    with TemporaryDirectory() as scratch:
        spill = _Spill(Path(scratch))
        for number, file in enumerate(_newest_first(docs_dir, trees)):
            record = _read(file)
            entry = _Entry()
            for part, text in enumerate(_parts(record, trees[record["slug"]])):
                writer.put(f"texts/{number}-{part}.json", text)
                _count(entry, text, part)
            lengths.append(entry.length)
            spill.add(number, entry)
        shards = 1 + spill.count // _SHARD
        _write_terms(spill, shards, lengths, writer)
    version = writer.digest.hexdigest()[:16]
    writer.put("index.json", {"articles": len(lengths), "shards": shards, "version": version})


def _trees(docs: Path) -> dict[str, list[str]]:
    """Return for each article the trees in which it has a page."""
    found: dict[str, list[str]] = {}
    for page in sorted(docs.glob("*/articles/*/index.md")):
        found.setdefault(page.parent.name, []).append(page.parent.parent.parent.name)
    return found


def _newest_first(docs: Path, trees: dict[str, list[str]]) -> list[Path]:
    """Return the records; those without a date come last, and equals stand in the order of their names."""
    files = [file for file in sorted(docs.glob("*/articles/*/article.json")) if file.parent.name in trees]
    return sorted(files, key=lambda file: _date(_read(file)) or "", reverse=True)


def _read(file: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(file.read_bytes())
    return record


def _date(record: dict[str, Any]) -> str | None:
    """Return the date that an article declares, else the day on which it was added."""
    return record.get("published") or record.get("added")


def _parts(record: dict[str, Any], trees: list[str]) -> Iterator[dict[str, Any]]:
    """Return what results show of an article, cut into parts of whole sentences."""
    title = record["title"]
    shown = {
        "slug": record["slug"],
        "trees": trees,
        "languages": [_tag(record["language"]), _tag(record["target_language"])],
        "title": [title["source"], title.get("target")],
        "published": _date(record),
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


def _words(texts: Iterable[str | None]) -> Iterator[str]:
    return chain.from_iterable(words(text) for text in texts if text)


def _write_terms(spill: _Spill, shards: int, lengths: list[int], writer: _Writer) -> None:
    average = sum(lengths) / len(lengths) if lengths else 1
    written = 0
    for number, group in groupby(spill.read(), key=lambda item: _hash(item[0]) * shards >> 32):
        for empty in range(written, number):
            writer.put(f"terms/{empty}.json", {})
        lists = {term: _lists(postings, lengths, average) for term, postings in group}
        writer.put(f"terms/{number}.json", lists)
        written = number + 1
    for empty in range(written, shards):
        writer.put(f"terms/{empty}.json", {})


def _lists(postings: list[int], lengths: list[int], average: float) -> list[list[int]]:
    """Return the postings of sure readings, then those of others if there are any.

    Each is two numbers: the distance from the last article, and the part of its text times 8 plus an
    impact from 1 to 7. Impacts are quantised when the index is made (Anh and Moffat 2001), so that the
    browser needs no lengths; they are the term-frequency factor of BM25 with its usual constants.
    """
    lists: list[list[int]] = [[], []]
    last = [-1, -1]
    for posting in postings:
        sure, rest = posting & 1, posting >> 1
        weight, part, number = rest & 4095, rest >> 12 & 4095, rest >> 24
        frequency = weight / 2
        impact = frequency / (frequency + 1.2 * (0.25 + 0.75 * lengths[number] / average))
        kind = 1 - sure
        lists[kind] += [number - last[kind], part << 3 | max(1, round(7 * impact))]
        last[kind] = number
    return lists if lists[1] else lists[:1]
