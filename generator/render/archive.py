"""The archive: a way to every article, by month, language and source, however many there are."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.languages.normalize import is_reserved_name
from generator.model import Page
from generator.render.escape import clean, direction, encode, path_segment, tag
from generator.render.html import instant, page_content
from generator.render.listed_article import ListedArticle
from generator.render.lists import Listing, listing_pages
from generator.render.strings import Strings, strings_in

_HASHED = re.compile("(.*-)?[0-9a-f]{8}")
"""Folders that another name's hash could make."""


@dataclass(frozen=True, slots=True)
class ArchiveGroup:
    """The articles that have one thing in common, newest first."""

    folder: str
    """Below the archive's folder; unique there."""
    title: str
    articles: tuple[ListedArticle, ...]
    language: str | None = None
    """Of the title, where it is not the interface's."""


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide all articles: by month, language or source."""

    name: str
    groups: tuple[ArchiveGroup, ...]


def archive_link(articles: Sequence[ListedArticle], tree: str) -> list[str]:
    """Return the way from the home page into the archive, where there is one."""
    says = strings_in(tree)
    if not divisions(articles, says):
        return []
    return [f'<p class="archive"><a href="archive/">{encode(says("archive.link"))}</a></p>']


def archive_pages(articles: Sequence[ListedArticle], tree: str) -> Iterator[Page]:
    """Return the archive of a tree's articles, which come newest first; nothing where nothing divides them."""
    says = strings_in(tree)
    divided = divisions(articles, says)
    if divided:
        yield Page(f"{tree}/archive/index.md", None, partial(_overview, divided, says))
    for division in divided:
        for group in division.groups:
            yield from listing_pages(_listing(group, says), tree)


def divisions(articles: Sequence[ListedArticle], says: Strings) -> list[Division]:
    """Return the divisions that these articles make: several languages, any declared date, any source."""
    found = [
        Division("month", tuple(_months(articles, says))),
        Division("language", tuple(_languages(articles, says))),
        Division("source", tuple(_sources(articles))),
    ]
    return [division for division in found if division.groups]


def _months(articles: Sequence[ListedArticle], says: Strings) -> Iterator[ArchiveGroup]:
    """Return the months of the declared dates, latest first."""
    months: dict[str, list[ListedArticle]] = {}
    for article in articles:
        if instant(article.published):
            months.setdefault((article.published or "").strip()[:7], []).append(article)
    for month in sorted(months, reverse=True):
        yield ArchiveGroup(month, _month_name(month, says), tuple(months[month]))


def _month_name(month: str, says: Strings) -> str:
    from babel.dates import format_skeleton  # reads locale data

    return format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=says.locale_name)


def _languages(articles: Sequence[ListedArticle], says: Strings) -> Iterator[ArchiveGroup]:
    """Return the languages of the articles, most frequent first; none where all are in one."""
    counts = Counter(article.language for article in articles)
    if len(counts) < 2:
        return
    folders = _folders(counts)
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        own = tuple(article for article in articles if article.language == code)
        yield ArchiveGroup(f"language/{folders[code]}", says.language_name(code), own)


def _sources(articles: Sequence[ListedArticle]) -> Iterator[ArchiveGroup]:
    """Return the declared sources, most frequent first."""
    sources: dict[str, list[ListedArticle]] = {}
    for article in articles:
        if article.source and clean(article.source):
            sources.setdefault(clean(article.source), []).append(article)
    folders = _folders(sources)
    for source in sorted(sources, key=lambda name: (-len(sources[name]), name)):
        own = tuple(sources[source])
        yield ArchiveGroup(f"source/{folders[source]}", source, own, own[0].language)


def _folders(names: Mapping[str, object]) -> dict[str, str]:
    """Name a folder after each name: its letters and digits, and a hash where these are not its own.

    So short that four bytes a character and the hash stay below the 255 that file systems allow.
    """
    plain = {name: re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:60].rstrip("-") for name in names}
    counts = Counter(plain.values())
    return {
        name: folder
        if folder and counts[folder] == 1 and not _HASHED.fullmatch(folder) and not is_reserved_name(folder)
        else f"{folder}-{_hash(name)}".lstrip("-")
        for name, folder in plain.items()
    }


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


def _overview(divided: Sequence[Division], says: Strings) -> bytes:
    title = says("archive.title")
    lines = [f'<h1 id="archive">{encode(title)}</h1>']
    for division in divided:
        lines += [
            "",
            f'<section aria-labelledby="{division.name}">',
            f'<h2 id="{division.name}">{encode(says(f"archive.{division.name}"))}</h2>',
            '<ul class="groups">',
            *(_group_link(group, says) for group in division.groups),
            "</ul>",
            "</section>",
        ]
    return page_content(lines, title=title, description=says("archive.link"))


def _group_link(group: ArchiveGroup, says: Strings) -> str:
    address = "/".join(path_segment(part) for part in group.folder.split("/")) + "/"
    count = encode(says.count("home.articles", len(group.articles)))
    return f'<li><a href="{address}">{_name(group)}</a> <span>{count}</span></li>'


def _name(group: ArchiveGroup) -> str:
    if group.language is None:
        return encode(group.title)
    side = direction(group.title, group.language)
    return f'<bdi lang="{tag(group.language)}" dir="{side}">{encode(group.title)}</bdi>'


def _listing(group: ArchiveGroup, says: Strings) -> Listing:
    return Listing(
        folder=f"archive/{group.folder}",
        title=f"{group.title} – {says('archive.title')}",
        description=says("archive.description", name=group.title),
        heading=_name(group),
        articles=group.articles,
        back=says("archive.link"),
    )
