"""The archive: a way to every article, by month, language and source, however many there are."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from generator.languages.normalize import is_reserved_name
from generator.model import Page
from generator.render.escape import clean, direction, encode, path_segment, tag_in
from generator.render.html import instant, page_content, section
from generator.render.listed_article import ListedArticle
from generator.render.lists import Listing, article_lists, listing_page
from generator.render.strings import Strings, strings_in


@dataclass(frozen=True, slots=True)
class ArchiveGroup:
    """The articles that have one thing in common, newest first."""

    folder: str
    """Below the archive's folder; unique there."""
    title: str
    articles: tuple[ListedArticle, ...]
    language: str | None = None
    """Of the title, where it is not the interface's."""


def archive_link(articles: Sequence[ListedArticle], tree: str) -> list[str]:
    """Return the way from the home page into the archive, where there is one."""
    says = strings_in(tree)
    link = f'<p class="archive"><a href="archive/">{encode(says("archive.link"))}</a></p>'
    return [link] if _divisions(articles, says) else []


def language_groups(articles: Sequence[ListedArticle], tree: str) -> list[ArchiveGroup]:
    """Return the parts of the archive that are of one language each, where there are several."""
    return list(_languages(articles, strings_in(tree)))


class ArchivePlace(NamedTuple):
    """A part of the archive, as an article that is in it leads there."""

    folder: str
    title: str
    language: str | None
    """Of the title, where it is not the interface's."""


def archive_places(articles: Sequence[ListedArticle], tree: str) -> dict[str, tuple[ArchivePlace, ...]]:
    """Return for each of a tree's articles the parts of the archive that it is in."""
    divided = _divisions(articles, strings_in(tree))
    found: dict[str, list[ArchivePlace]] = {article.slug: [] for article in articles}
    for name in ("source", "language", "month"):
        for group in divided.get(name, ()):
            for article in group.articles:
                found[article.slug].append(ArchivePlace(group.folder, group.title, group.language))
    return {slug: tuple(places) for slug, places in found.items()}


def archive_pages(articles: Sequence[ListedArticle], tree: str) -> Iterator[Page]:
    """Return the archive of a tree's articles, which come newest first; nothing where nothing divides them."""
    says = strings_in(tree)
    divided = _divisions(articles, says)
    if divided:
        counted = {
            name: [(replace(group, articles=()), len(group.articles)) for group in groups]
            for name, groups in divided.items()
        }
        yield Page(f"{tree}/archive/index.md", None, partial(_overview, counted, says))
    for group in chain.from_iterable(divided.values()):
        listing = Listing(
            title=f"{group.title} – {says('archive.title')}",
            description=says("archive.description", name=group.title),
            heading=_name(group),
            back=says("archive.link"),
        )
        for page in article_lists(f"archive/{group.folder}", group.articles):
            yield Page(page.path(tree), (listing, page), partial(listing_page, listing, page, tree))


def _divisions(articles: Sequence[ListedArticle], says: Strings) -> dict[str, list[ArchiveGroup]]:
    """Return the ways to divide these articles: any declared date, several languages, any source."""
    found = {
        "month": [*_months(articles, says)],
        "language": [*_languages(articles, says)],
        "source": [*_sources(articles)],
    }
    return {name: groups for name, groups in found.items() if groups}


def _months(articles: Sequence[ListedArticle], says: Strings) -> Iterator[ArchiveGroup]:
    """Return the months of the declared dates, latest first."""
    months: dict[str, list[ListedArticle]] = {}
    for article in articles:
        if instant(article.published):
            months.setdefault((article.published or "").strip()[:7], []).append(article)
    for month in sorted(months, reverse=True):
        yield ArchiveGroup(month, says.month(month), tuple(months[month]))


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
        for source in dict.fromkeys(clean(name) for name in (article.source, *article.also) if name):
            if source:
                sources.setdefault(source, []).append(article)
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
    folders = {}
    for name, folder in plain.items():
        looks_hashed = re.fullmatch("(.*-)?[0-9a-f]{8}", folder)  # another name's hash could make it
        if not folder or counts[folder] > 1 or looks_hashed or is_reserved_name(folder):
            mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
            folder = f"{folder}-{mark}".lstrip("-")  # noqa: PLW2901
        folders[name] = folder
    return folders


def _overview(divided: Mapping[str, Sequence[tuple[ArchiveGroup, int]]], says: Strings) -> bytes:
    title = says("archive.title")
    lines = [f'<h1 id="archive">{encode(title)}</h1>']
    for name, groups in divided.items():
        items = []
        for group, articles in groups:
            address = "/".join(map(path_segment, group.folder.split("/")))
            count = encode(says.count("home.articles", articles))
            items.append(f'<li><a href="{address}/">{_name(group)}</a> <span>{count}</span></li>')
        lines += ["", *section(name, says(f"archive.{name}"), ['<ul class="groups">', *items, "</ul>"])]
    return page_content(lines, title=title, description=says("archive.link"))


def _name(group: ArchiveGroup) -> str:
    if group.language is None:
        return encode(group.title)
    side = direction(group.title, group.language)
    return f'<bdi lang="{tag_in(group.title, group.language)}" dir="{side}">{encode(group.title)}</bdi>'
