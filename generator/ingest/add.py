"""Files and web pages → seeds, each once, with what is known about it in a sidecar.

Nothing gets into the seeds folder that could not be read from it: each is read on trial first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from generator.download import Limits, Manners, Response, fetch_page
from generator.ingest.growing_feed import FEEDS, with_earlier_entries
from generator.ingest.raw_article import Unreadable
from generator.ingest.readers import READERS
from generator.ingest.seeds import SIDECARS, list_seeds
from generator.ingest.shelf import (
    Notes,
    Shelf,
    address_key,
    content_sum,
    dump_notes,
    is_about,
    is_edited,
    known_as,
    load_notes,
    seed_beside,
    stem_of,
    tried,
)
from generator.ingest.sidecar import declare_field
from generator.ingest.sources.ask import feed_links
from generator.ingest.sources.entries import feed_suffix
from generator.model import Article, DigestError
from generator.storage import files

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}
"""Media type → suffix of the seed."""
VAGUE = ("text/plain", "application/octet-stream", "")
"""Media types that servers give to what they do not know; then a suffix in the address counts."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding something."""

    path: Path
    """The seed."""
    state: Literal["new", "updated", "unchanged", "known"]
    """known: the same article is there already, under the name of the path."""
    url: str = ""
    """Of the feed that was taken, where the address of a home page was given."""
    is_dated: bool = True
    """Whether a date was found for each of its articles."""


@dataclass
class Adding:
    """Puts files and web pages into a seeds folder."""

    seeds: Path
    limits: Limits = field(default_factory=Limits)
    manners: Manners = field(default_factory=Manners)
    today: date | None = None
    """Noted as the day of adding where no date is found; if None, nothing is."""
    replace: bool = False
    """Whether what is there with other content gives way."""

    @cached_property
    def shelf(self) -> Shelf:
        """What is noted of the seeds that are there."""
        return Shelf(self.seeds)

    def add(self, target: str, below: str = "") -> Added:
        """Add a file, perhaps into a folder `below` the seeds folder, or a web page; raises `DigestError`."""
        if is_address(target):
            return self._add_page(target)
        return self._add_file(Path(target), self.seeds / below)

    def _add_file(self, file: Path, folder: Path) -> Added:
        """Copy a file with its sidecars; one of the same name with other content stays as it is."""
        names = [
            file.name,
            *(stem + suffix for stem in dict.fromkeys((file.stem, file.name)) for suffix in SIDECARS),
        ]
        present: list[str] = []
        with suppress(OSError):  # longer than a name can be, as lines of text are
            present = [name for name in names if file.with_name(name).is_file()]
        if file.name not in present:
            raise DigestError(f"{str(file)[:200]}: is no file; check the name")
        if file.stat().st_size > self.limits.most:
            raise DigestError(f"{file}: is larger than {self.limits.most / 2**20:.0f} MB; split it")
        contents = {name: file.with_name(name).read_bytes() for name in present}
        articles = tried(contents)
        missing = [name for name in present if not (folder / name).exists()]
        other = [
            name
            for name in present
            if name not in missing and not _is_same(name, (folder / name).read_bytes(), contents[name])
        ]
        if other and not self.replace:
            raise DigestError(
                f"{folder / other[0]}: is there with other content; rename one of the two, or give --replace"
            )
        if file.name in missing and not self.replace and (twin := self._twin(contents[file.name])):
            return Added(twin, "known")
        for name in (*missing, *other):
            files.write_file(folder / name, contents[name])
        is_dated = self._note_day(folder / file.name, articles)
        state: Literal["new", "updated", "unchanged"] = (
            "updated" if other else "new" if missing else "unchanged"
        )
        return Added(folder / file.name, state, is_dated=is_dated)

    def _twin(self, content: bytes) -> Path | None:
        """Return the seed that has just this content, None where there is none."""
        places, _ = list_seeds(self.seeds) if self.seeds.is_dir() else ((), ())
        alike = (place for place in places if place.stat().st_size == len(content))
        return next((place for place in alike if place.read_bytes() == content), None)

    def _note_day(self, seed: Path, articles: Sequence[Article]) -> bool:
        """Note today as the day of adding where an article has no date; return whether all have one."""
        is_dated = all(article.day for article in articles)
        if not is_dated and self.today:
            declare_field(seed, "added", self.today.isoformat())
        return is_dated

    def _add_page(self, url: str, given: str = "") -> Added:
        """Fetch a page or feed; one that was fetched before only if the server says that it changed.

        What a person added to the sidecar stays, and a seed that a person edited is not overwritten. The seed
        of a feed keeps the entries that its address does not give any more. Of a home page, its feed is taken.
        """
        sidecar = self.seeds / f"{stem_of(url)}.yml"
        known, before = load_notes(sidecar), seed_beside(sidecar)
        conditions = conditions_of(known) if before and not self.replace else {}
        response = fetch_page(url, conditions, self.limits, self.manners)
        if before and (response.status == 304 or before.read_bytes() == response.body):
            return Added(before, "unchanged", given)
        suffix = page_suffix(response)
        if suffix == ".html" and not given and _is_home(response.url) and (links := feed_links(response)):
            return self._add_first(links)
        if given and suffix not in FEEDS:
            raise DigestError(f"{response.url}: is no feed, though its home page says so; give another address")
        if before and is_edited(before, {"sha256": "", **known}) and not self.replace:
            raise DigestError(
                f"{before}: was edited since it was fetched; delete it to fetch the new text, or rename it, "
                "or give --replace"
            )
        return self._put_page(url, response, suffix, sidecar, given)

    def _add_first(self, links: Sequence[str]) -> Added:
        """Add the first of several feeds that can be had; raises what the last one gave if none can."""
        *others, last = links
        for link in others:
            with suppress(DigestError):
                return self._add_page(link, given=link)
        return self._add_page(last, given=last)

    def _put_page(self, url: str, response: Response, suffix: str, sidecar: Path, given: str) -> Added:
        """Write what was fetched and what is known of it, unless another seed is the same article."""
        before, known = seed_beside(sidecar), load_notes(sidecar)
        known = {name: value for name, value in known.items() if name not in VALIDATORS}
        known |= response_notes(response, known)
        body = response.body
        if before:
            suffix, body = _grown(before, suffix, body, known.get("charset"))
            if body == before.read_bytes():
                return Added(before, "unchanged", given)
        name = sidecar.with_suffix(suffix).name
        articles = tried({name: body, sidecar.name: dump_notes(known)})
        if not articles:
            raise DigestError(f"{response.url}: is a draft, as it says itself; wait until it is published")
        first, *others = articles
        if not others:
            if not before and not self.replace and (same := self._known(url, response.url, first)):
                return Added(same, "known")
            if first.url is None and first.seed == name:
                known["url"] = response.url
            keys = [address_key(each) for each in (url, response.url, first.url)]
            known["known_as"] = list(dict.fromkeys(filter(None, [*known_as(known), *keys])))
        known["sha256"] = content_sum(body)
        is_dated = all(article.day for article in (first, *others))
        if not is_dated and self.today:
            known.setdefault("added", self.today.isoformat())
        self.shelf.put(sidecar.with_suffix(suffix), body, known)
        return Added(sidecar.with_suffix(suffix), "updated" if before else "new", given, is_dated)

    def _known(self, url: str, final: str, article: Article) -> Path | None:
        """Return the seed that is the same article, by an address that led to it, or by its own."""
        sidecar = self.shelf.find([address_key(url), address_key(final)])
        if sidecar is None and (sidecar := self.shelf.find([address_key(article.url)])):
            there = self.shelf.article(sidecar)
            if there is None or not is_about(there, article.title):
                return None  # a site that names one address for all of its pages
        return seed_beside(sidecar) if sidecar else None


def is_address(target: str) -> bool:
    """Return whether somebody names a web address and not a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", target) is not None


def is_folder(target: str) -> bool:
    """Return whether somebody names a folder; what is too long for a name is none."""
    with suppress(OSError):
        return not is_address(target) and Path(target).is_dir()
    return False


def files_below(folder: Path, own: Path) -> tuple[list[tuple[Path, str]], list[DigestError]]:
    """Return the seeds in a folder, each with the folder below it where it lies, and what can be none.

    Nothing of a folder in which the digest's `own` seeds lie, beside its pages and memory.
    """
    if folder.resolve() in own.resolve().parents:
        fault = f"{folder}: holds {own.name}/ itself; name a folder that holds new articles alone"
        return [], [DigestError(fault)]
    seeds, faults = list_seeds(folder)
    return [(seed, seed.parent.relative_to(folder).as_posix()) for seed in seeds], list(faults)


def _is_same(name: str, there: bytes, content: bytes) -> bool:
    """Return whether a file is there as it is to be added; of a sidecar, but for the day of adding."""
    if there == content or not name.endswith(SIDECARS):
        return there == content
    lines = [line for line in there.splitlines() if not line.startswith(b"added:")]
    return lines == [line for line in content.splitlines() if not line.startswith(b"added:")]


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _grown(before: Path, suffix: str, body: bytes, charset: object) -> tuple[str, bytes]:
    """Return suffix and content of a seed that was fetched again: a feed's keeps its name and its entries."""
    try:
        whole = with_earlier_entries(before, body, suffix, charset if isinstance(charset, str) else None)
    except Unreadable as fault:
        raise DigestError(f"{before}: {fault}") from fault
    is_same_feed = before.suffix in FEEDS and READERS[before.suffix] == READERS[suffix]
    return before.suffix if is_same_feed else suffix, whole


VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
"""What a server says about a version of a page → how it is asked whether there is a newer one."""


def conditions_of(known: Mapping[str, object]) -> dict[str, str]:
    """Return the headers that ask whether there is a newer version than the known one."""
    return {header: str(known[name]) for name, header in VALIDATORS.items() if name in known}


def response_notes(response: Response, known: Mapping[str, object]) -> Notes:
    """Return what the sidecar keeps of a response; a charset that is there already may be a person's."""
    charset = re.search(r"charset=[\"']?([\w.:-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    return {
        **({"charset": charset[1]} if charset and "charset" not in known else {}),
        **{name: response.headers[name] for name in VALIDATORS if name in response.headers},
    }


def page_suffix(response: Response) -> str:
    """Return the suffix of the seed for a response; raises `DigestError` for what is no text."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    of_address = PurePosixPath(urlsplit(response.url).path).suffix.lower()
    if kind in (*VAGUE, "text/html", "application/json") and (feed := feed_suffix(response.body)):
        return feed
    if kind in VAGUE and of_address in SUFFIXES.values():
        return of_address
    if kind not in SUFFIXES:
        raise DigestError(
            f"{response.url}: is {kind[:60] or 'of no type'}; give the address of a page, feed or text"
        )
    return SUFFIXES[kind]
