"""`digest fetch`: what feeds have that is not in the seeds folder yet becomes seeds, one an entry, for good."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.config import Settings, Source
from generator.download import Limits, Manners, Response, RestingHostError, fetch_page
from generator.ingest.add import VALIDATORS, conditions_of, page_suffix, response_notes
from generator.ingest.raw_article import Unreadable, short_hash
from generator.ingest.seeds import is_slug, shown_path
from generator.ingest.shelf import (
    Notes,
    Shelf,
    address_key,
    article_in,
    content_sum,
    is_about,
    is_edited,
    known_as,
    named_by,
    seed_beside,
    stem_of,
    text_key,
    without_tracking,
)
from generator.ingest.sources.ask import Answered, ask_hosts, fetch_feed
from generator.ingest.sources.entries import MOST_ENTRIES, FeedEntry, feed_suffix, split_feed
from generator.ingest.sources.listed import listed_sources
from generator.model import Article, DigestError
from generator.storage.files import exclusive_lock, write_file

LARGEST_PAGE = 5 * 2**20
MOST_TRIES = 3
"""At an entry's page, one a run; then the feed's text is what there is."""
AHEAD = timedelta(days=2)
"""A date that is further in the future is not believed; time zones and early editions make one or two."""
MOST_TRIED = 10_000
"""Entries whose pages could not be had that are remembered."""


@dataclass(slots=True)
class SourceReport:
    """What came of asking one source."""

    source: str
    url: str
    new: list[str] = field(default_factory=list)
    """Seeds, by their paths below the seeds folder."""
    updated: list[str] = field(default_factory=list)
    archived: list[str] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0
    """Entries that its filters do not want, and those without text."""
    notes: list[str] = field(default_factory=list)
    """What went otherwise than one would think, one line each."""
    failure: str = ""
    """Why nothing could be had of it, with the way out."""
    waiting: str = ""
    """Why it was not asked this time."""


@dataclass(slots=True)
class _Draft:
    """An entry that is wanted, on its way to become a seed."""

    entry: FeedEntry
    source: Source
    report: SourceReport
    article: Article | None
    """What the feed itself has of it."""
    sidecar: Path | None
    """Of its seed, where it has one already."""

    @property
    def mark(self) -> str:
        """A hash of what the feed says of it, without what only looks different."""
        return short_hash(repr(_said(self.article) if self.article else (self.entry.title, self.entry.url)))

    @property
    def attempt(self) -> str:
        """What its page is tried for: this version of the entry, wanted in this way."""
        return short_hash(f"{self.mark} {self.source!r}")


@dataclass
class Fetcher:
    """One run over sources. What it remembers for the next one may be lost: that costs bandwidth alone."""

    settings: Settings
    limits: Limits
    manners: Manners
    today: date
    identify: Callable[[str], str]
    """Names the language of a text."""
    progress: Callable[[str, int, int], None] = lambda what, done, total: None

    def __post_init__(self) -> None:
        """Remember the last run."""
        self.file = self.settings.cache / "sources.json"
        try:
            memory = json.loads(self.file.read_bytes())
            self.feeds: dict[str, dict[str, Any]] = dict(memory["feeds"])
            self.tries: dict[str, int] = dict(memory["tries"])
            self.manners.rests.update(memory["rests"])
        except (OSError, ValueError, LookupError, TypeError):
            self.feeds, self.tries = {}, {}
        self.done: dict[str, tuple[dict[str, str], list[list[str]]]] = {}
        """Feeds whose answer left nothing open, what is known of it, and the keys of its entries."""
        self.addresses: dict[str, str] = {}
        """Where each feed was found."""
        self.owners = {source.url for source in listed_sources(self.settings)}

    def run(self, sources: Sequence[Source]) -> list[SourceReport]:
        """Ask each source, and return what came of it, in their order.

        Raises `DigestError` where another run is at work, or seeds cannot be written.
        """
        with exclusive_lock(self.settings.cache / "fetch.lock"):
            self.shelf = Shelf(self.settings.seeds)
            reports = {source: SourceReport(source.name or source.url, source.url) for source in sources}
            try:
                answers = {}
                for answer in ask_hosts(sources, lambda source: source.url, self._ask):
                    answers[answer.asked] = answer
                    self.progress("sources", len(answers), len(sources))
                pages: list[_Draft] = []
                for source, report in reports.items():  # in order: of two that tell one story, the first counts
                    pages += self._taken(answers[source], report)
                answers_of_pages = ask_hosts(pages, lambda draft: draft.entry.url, self._ask_page)
                for done, page in enumerate(answers_of_pages, 1):
                    self._take_page(page.asked, page.response, page.fault)
                    self.progress("pages", done, len(pages))
                for source, report in reports.items():
                    self._archive(source, report)
                self._settle()
            finally:
                self._remember()
            return list(reports.values())

    def _remember(self) -> None:
        rests = {host: until for host, until in self.manners.rests.items() if until > self.manners.now()}
        tries = dict(list(self.tries.items())[-MOST_TRIED:])
        memory = {"feeds": self.feeds, "tries": tries, "rests": rests}
        write_file(self.file, json.dumps(memory, ensure_ascii=False, indent=1).encode("utf-8", "replace"))

    def _settle(self) -> None:
        """Remember of each feed which answer is done with, and the seeds it gave; of one left open, nothing."""
        for url, (facts, keys) in self.done.items():
            found = (self.shelf.find(each) for each in keys)
            seeds = (seed_beside(sidecar) for sidecar in found if sidecar)
            names = {seed.relative_to(self.settings.seeds).as_posix() for seed in seeds if seed}
            self.feeds[url] = {**facts, "seeds": sorted(names)}

    def _last(self, source: Source) -> dict[str, Any]:
        """Return what is remembered of a source, if it is wanted alike now, and its seeds are there."""
        last = self.feeds.get(source.url, {})
        same = last.get("options") == repr(source)
        seeds = [self.settings.seeds / name for name in last.get("seeds", ())]
        are_there = all(seed.is_file() and seed.with_suffix(".yml").is_file() for seed in seeds)
        return last if same and are_there else {}

    def _ask(self, source: Source) -> Response:
        last, limits = self._last(source), self.limits
        found = fetch_feed(source.url, last.get("address", ""), conditions_of(last), limits, self.manners)
        self.addresses[source.url], response = found
        return response

    def _ask_page(self, draft: _Draft) -> Response:
        notes = self.shelf.notes.get(draft.sidecar, {}) if draft.sidecar else {}
        seed = seed_beside(draft.sidecar) if draft.sidecar else None
        conditions = conditions_of(notes) if seed and seed.suffix == ".html" else {}
        limits = replace(self.limits, most=min(self.limits.most, LARGEST_PAGE))
        return fetch_page(draft.entry.url, conditions, limits, self.manners)

    def _taken(self, answer: Answered[Source], report: SourceReport) -> list[_Draft]:
        """Take what a feed answered; return the entries whose pages are still to be fetched."""
        source, response = answer.asked, answer.response
        if response is None:
            if isinstance(answer.fault, RestingHostError):
                report.waiting = str(answer.fault)
            else:
                report.failure = str(answer.fault)
            return []
        last = self._last(source)
        if response.status == 304 and not last:
            report.failure = f"{response.url}: the server answers 304 to a first question; try again later"
            return []
        if response.status == 304 or content_sum(response.body) == last.get("body"):
            report.unchanged = len(last.get("seeds", ()))
            return []
        charset = response_notes(response, {}).get("charset")
        try:
            suffix = feed_suffix(response.body) or ""
            entries = split_feed(response.body, suffix, str(charset) if charset else None, response.url)
        except Unreadable as unreadable:
            report.failure = f"{response.url}: {unreadable}"
            return []
        if len(entries) > MOST_ENTRIES:
            report.notes.append(f"{response.url}: has over {MOST_ENTRIES:,} entries; the others are not taken")
        facts = {"options": repr(source), "address": self.addresses[source.url]}
        facts["body"] = content_sum(response.body)
        facts |= {name: response.headers[name] for name in VALIDATORS if name in response.headers}
        entries = entries[:MOST_ENTRIES]
        self.done[source.url] = facts, [entry.keys(source.url) for entry in entries]
        pages: list[_Draft] = []
        for entry in entries:
            draft = self._drafted(entry, source, report)
            if draft and self._wants_page(draft):
                pages.append(draft)
            elif draft:
                self._put_entry(draft)
        return pages

    def _drafted(self, entry: FeedEntry, source: Source, report: SourceReport) -> _Draft | None:
        """Return an entry if it is to become a seed or to take the place of one; None where all is said."""
        article = article_in(entry.suffix, entry.content, {})
        keys = entry.keys(source.url)
        sidecar = self._known(entry, keys)
        if sidecar is None and article:
            sidecar = self.shelf.find_text(text_key(article), source.url)
        draft = _Draft(entry, source, report, article, sidecar)
        if sidecar is None:
            if (article or self._wants_page(draft)) and self._is_wanted(source, entry, article):
                return draft
            report.left_out += 1
            return None
        notes, seed = self.shelf.notes[sidecar], seed_beside(sidecar)
        owner = notes.get("feed")
        if seed is None or (owner != source.url and (owner is None or owner in self.owners)):
            self._join(sidecar, draft, keys)
            return None
        is_same, is_page = notes.get("entry") == draft.mark, seed.suffix == ".html"
        if not is_same and is_edited(seed, notes):
            name = shown_path(seed, self.settings.seeds)
            report.notes.append(f"{name}: its source says something else now, but it was edited, and stays")
            self.shelf.note(sidecar, {**notes, "entry": draft.mark})
            is_same = is_page = True
        if (is_same and (is_page or not self._wants_page(draft))) or not (article or self._wants_page(draft)):
            report.unchanged += 1
            return None
        return draft

    def _known(self, entry: FeedEntry, keys: Sequence[str]) -> Path | None:
        """Return the sidecar of an entry's seed.

        An entry of a known name whose address and headline are others is another one: some feeds give one name
        to all, some one page. So is one of the same words with another name or address.
        """
        *names, words = keys
        for sidecar in self.shelf.find_all(names[:1] if entry.identity else ()):
            if entry.address in known_as(self.shelf.notes[sidecar]) or self._is_about(sidecar, entry.title):
                return sidecar
        for sidecar in self.shelf.find_all([entry.address]):
            has_name = any(key.startswith("id:") for key in known_as(self.shelf.notes[sidecar]))
            if not (entry.identity and has_name) or self._is_about(sidecar, entry.title):
                return sidecar
        for sidecar in self.shelf.find_all([words]):
            theirs = (key for key in known_as(self.shelf.notes[sidecar]) if key[:5] not in ("words", "text:"))
            if not (names and any(theirs)):
                return sidecar
        return None

    def _wants_page(self, draft: _Draft) -> bool:
        """Return whether the page of an entry is to be fetched."""
        return (
            draft.source.full_text and bool(draft.entry.url) and self.tries.get(draft.attempt, 0) < MOST_TRIES
        )

    def _join(self, sidecar: Path, draft: _Draft, keys: Iterable[str]) -> None:
        """Note that an article which is there already has another source; not of one that a person added."""
        notes = dict(self.shelf.notes[sidecar])
        draft.report.unchanged += 1
        if "feed" not in notes:
            return
        notes["known_as"] = list(dict.fromkeys(filter(None, [*_without_words(notes, draft.source), *keys])))
        publisher, article = draft.source.name or (draft.article and draft.article.source), None
        if "source" not in notes:
            article = self.shelf.article(sidecar)
        listed = notes.get("also")
        others = listed if isinstance(listed, list) else [listed] if listed else []
        if publisher and publisher not in (notes.get("source"), article and article.source, *others):
            notes["also"] = [*others, publisher]
        self.shelf.note(sidecar, notes)

    def _is_wanted(self, source: Source, entry: FeedEntry, article: Article | None) -> bool:
        """Return whether the filters of a source let an entry in that is not there yet."""
        title = (article and article.title) or entry.title
        text = "\n".join([title, *(article.paragraphs if article else ())])
        folded = text.casefold()
        if source.words and not any(word.casefold() in folded for word in source.words):
            return False
        if any(word.casefold() in f"{folded}\n{entry.url.casefold()}" for word in source.exclude):
            return False
        if source.languages and article and self.identify(text) not in source.languages:
            return False
        day = _day(article.published if article else None)
        return not (source.max_age and day and day < self.today - timedelta(days=source.max_age))

    def _put_entry(self, draft: _Draft, page: bytes = b"", found: Notes | None = None) -> None:
        """Write the seed of an entry: the page that was fetched for it, or the entry itself."""
        entry, source, report = draft.entry, draft.source, draft.report
        suffix, content = (".html", page) if page else (entry.suffix, entry.content)
        sidecar = draft.sidecar or self._place(draft, suffix, content)
        before = self.shelf.notes.get(sidecar, {})
        seed_before = seed_beside(sidecar) if before else None
        of_page = () if page else (*VALIDATORS, "charset")
        notes = {name: value for name, value in before.items() if name not in of_page}
        notes |= {name: value for name, value in (found or {}).items() if name in (*VALIDATORS, "charset")}
        notes |= {"feed": source.url, "entry": draft.mark}
        notes = {**self._first_notes(sidecar, draft), **(found or {}), **notes} if not before else notes
        article = article_in(suffix, content, notes)
        day = _day(article.published) if article and not before else None
        if day and day > self.today + AHEAD:
            notes["published"] = ""  # so that it does not stand above all others for years
        if article is None or (sidecar.exists() and sidecar not in self.shelf.notes):
            name = shown_path(sidecar, self.settings.seeds)
            report.notes.append(f"{name}: describes an entry that cannot be read so; mend or delete it")
            self.done.pop(source.url, None)
            return
        name = sidecar.with_suffix(suffix).relative_to(self.settings.seeds).as_posix()
        earlier = article_in(suffix, seed_before.read_bytes(), before) if seed_before else None
        if seed_before and seed_before.suffix == suffix and earlier and _said(earlier) == _said(article):
            self.shelf.note(sidecar, {**before, "entry": draft.mark, "feed": source.url})
            report.unchanged += 1
            return
        others = [key for key in _without_words(notes, source) if not key.startswith("text:")]
        own = address_key(article.url) if page or entry.url else ""  # not one that it shares
        keys = [*others, *entry.keys(source.url), own, text_key(article)]
        notes["known_as"] = list(dict.fromkeys(filter(None, keys)))
        notes["sha256"] = content_sum(content)
        self.shelf.put(sidecar.with_suffix(suffix), content, notes)
        (report.updated if seed_before else report.new).append(name)

    def _first_notes(self, sidecar: Path, draft: _Draft) -> Notes:
        """Return what is noted of an entry that is new."""
        source, article = draft.source, draft.article
        slug = f"{sidecar.parent.name}-{sidecar.stem}"
        publisher = source.name or (article and article.source)
        topics = [*(article.topics if article else ()), *source.topics]
        return {
            **({"slug": slug} if is_slug(slug) else {}),
            **({"url": draft.entry.url} if draft.entry.url else {}),
            **({"source": publisher} if publisher else {}),
            **({"topics": topics} if source.topics else {}),
            "added": self.today.isoformat(),
        }

    def _place(self, draft: _Draft, suffix: str, content: bytes) -> Path:
        """Return where the sidecar of a new entry belongs: in its host's folder, under words of its address.

        Where a killed run left its seed without sidecar, or the other way round, that is its place.
        """
        entry, source, article = draft.entry, draft.source, draft.article
        host = (urlsplit(entry.url or source.url).hostname or "").removeprefix("www.")
        folder = named_by(host, host).rpartition("-")[0] or "feeds"
        title = (article and article.title) or entry.title
        if entry.url:
            stem = stem_of(entry.url).removeprefix(f"{folder}-")
        else:
            stem = named_by(title, entry.keys(source.url)[0])
        sidecar = self.settings.seeds / folder / f"{stem}.yml"
        seed = seed_beside(sidecar)
        is_left = seed and not sidecar.exists() and (seed.suffix, seed.read_bytes()) == (suffix, content)
        if seed and not is_left and (sidecar in self.shelf.notes or not sidecar.exists()):
            sidecar = sidecar.with_stem(named_by(stem, f"{entry.url} {entry.identity} {title}"))
        return sidecar

    def _take_page(self, draft: _Draft, response: Response | None, fault: DigestError | None) -> None:
        """Take the page of an entry, or what the feed has of it where the page is of no use."""
        entry, report = draft.entry, draft.report
        keys = entry.keys(draft.source.url)
        if draft.sidecar is None and (there := self._known(entry, keys)):
            self._join(there, draft, keys)  # another source came first
            return
        try:
            if response is None:
                raise fault or DigestError(f"{entry.url}: no answer")
            if response.status == 304 and draft.sidecar:
                self.shelf.note(draft.sidecar, {**self.shelf.notes[draft.sidecar], "entry": draft.mark})
                report.unchanged += 1
                return
            if (suffix := page_suffix(response)) != ".html":
                raise DigestError(f"{entry.url}: is no page but {suffix}")
            found = response_notes(response, {})
            page = article_in(suffix, response.body, found)
            if page is None or (draft.article and _length(page) < _length(draft.article)):
                raise DigestError(f"{entry.url}: the page holds less text than the feed")
            self._put_page(draft, response, page, found)
        except DigestError as error:
            if not isinstance(error, RestingHostError):
                self.tries[draft.attempt] = self.tries.get(draft.attempt, 0) + 1
            self.done.pop(draft.source.url, None)
            seed = seed_beside(draft.sidecar) if draft.sidecar else None
            if seed and (seed.suffix == ".html" or not draft.article):
                report.unchanged += 1
                said = f"{shown_path(seed, self.settings.seeds)} stays as it is"
            elif draft.article:
                self._put_entry(draft)
                said = "the feed's own text is taken"
            else:
                said = "the feed itself has no text of it"
            report.notes.append(f"{str(error).partition(';')[0]}; {said}")

    def _put_page(self, draft: _Draft, response: Response, page: Article, found: Notes) -> None:
        """Write the page of an entry, unless it turns out to be there already, or not to be wanted."""
        entry, address, canonical = draft.entry, address_key(response.url), address_key(page.url)
        same_page, same = self.shelf.find([address]), self.shelf.find([canonical])
        if same_page not in (None, draft.sidecar) and not self._is_about(same_page, entry.title):
            raise DigestError(f"{response.url}: several entries lead to this page")
        if not self._is_about(same, page.title):  # a site that names one address for all of its pages
            same, canonical = None, ""
        other = same_page or same or self.shelf.find_text(text_key(page), draft.source.url)
        if other not in (None, draft.sidecar):
            self._join(other, draft, [*entry.keys(draft.source.url), address])
            return
        found["url"] = page.url if page.url and canonical else without_tracking(response.url)
        if draft.sidecar is None and not self._is_wanted(draft.source, draft.entry, page):
            draft.report.left_out += 1
            self.tries[draft.attempt] = MOST_TRIES
            return
        if not page.published and draft.article and draft.article.published:
            found["published"] = draft.article.published
        self._put_entry(draft, response.body, found)
        self.tries.pop(draft.attempt, None)

    def _is_about(self, sidecar: Path | None, headline: str | None) -> bool:
        """Return whether the article that a sidecar describes is one with such a headline."""
        article = self.shelf.article(sidecar) if sidecar else None
        return article is None or is_about(article, headline)

    def _archive(self, source: Source, report: SourceReport) -> None:
        """Let lists of what is new go without the articles of a source that were kept long enough."""
        for sidecar in list(self.shelf.of_feed(source.url)) if source.keep else ():
            notes = self.shelf.notes[sidecar]
            day = _day(str(notes.get("added")))
            if "archived" not in notes and day and day < self.today - timedelta(days=source.keep):
                self.shelf.note(sidecar, {**notes, "archived": "true"})
                report.archived.append(sidecar.relative_to(self.settings.seeds).as_posix())


def fetch_counts(reports: Iterable[SourceReport]) -> dict[str, int]:
    """Return how many entries and sources there are of each kind, over all sources."""
    reports = list(reports)
    listed, counted = ("new", "updated", "archived"), ("unchanged", "left_out")
    counts = {name: sum(len(getattr(each, name)) for each in reports) for name in listed}
    counts |= {name: sum(getattr(each, name) for each in reports) for name in counted}
    return {**counts, "failed": sum(bool(each.failure) for each in reports)}


def _without_words(notes: Notes, source: Source) -> list[str]:
    """Return what an article is known as but for the words by which a source told it until now."""
    return [key for key in known_as(notes) if not key.startswith(f"words:{source.url} ")]


def _said(article: Article) -> tuple[object, ...]:
    """Return what makes an update of an entry one; some feeds date all their entries anew each time."""
    return article.title, article.paragraphs, article.author, article.url, article.topics


def _length(article: Article) -> int:
    return sum(map(len, article.paragraphs))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
