"""All articles of a tree by month, by language and by source, as far as they tell them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Output
from generator.render.escape import clean, direction, encode, path_segment, tag
from generator.render.html import front_matter, instant
from generator.render.listed_article import Entry
from generator.render.lists import IsStale, Listing, listing_pages, row_of
from generator.render.strings import Words, words

_TAKEN = re.compile(r"con|prn|aux|nul|(com|lpt)\d|(.*-)?[0-9a-f]{8}")
"""Folders that Windows cannot store, and those that another name's hash could make."""


@dataclass(frozen=True, slots=True)
class Group:
    """The articles that have one thing in common, newest first."""

    folder: str
    """Below the archive's folder; unique there."""
    title: str
    entries: tuple[Entry, ...]
    language: str | None = None
    """Of the title, where it is not the interface's."""


@dataclass(frozen=True, slots=True)
class Division:
    """One way to divide all articles: by month, language or source."""

    name: str
    groups: tuple[Group, ...]


def archive_link(entries: Sequence[Entry], tree: str) -> list[str]:
    """Return the way from the home page into the archive, where there is one."""
    if not divisions(entries, words(tree)):
        return []
    return [f'<p class="archive"><a href="archive/">{encode(words(tree)("archive.link"))}</a></p>']


def archive_pages(entries: Sequence[Entry], tree: str, is_stale: IsStale) -> Iterator[Output]:
    """Return the archive of a tree's articles, which come newest first; nothing where nothing divides them.

    Of the lists those pages are left out that are not stale.
    """
    language = words(tree)
    divided = divisions(entries, language)
    if divided:
        yield Output(f"{tree}/archive/index.md", _overview(divided, language).encode())
    for division in divided:
        for group in division.groups:
            yield from listing_pages(_listing(group, language), tree, is_stale)


def divisions(entries: Sequence[Entry], language: Words) -> list[Division]:
    """Return the divisions that these articles make: several languages, any declared date, any source."""
    found = [
        Division("month", tuple(_months(entries, language))),
        Division("language", tuple(_languages(entries, language))),
        Division("source", tuple(_sources(entries))),
    ]
    return [division for division in found if division.groups]


def _months(entries: Sequence[Entry], language: Words) -> Iterator[Group]:
    """Return the months of the declared dates, latest first."""
    months: dict[str, list[Entry]] = {}
    for entry in entries:
        if instant(entry.published):
            months.setdefault((entry.published or "").strip()[:7], []).append(entry)
    for month in sorted(months, reverse=True):
        yield Group(month, _month_name(month, language), tuple(months[month]))


def _month_name(month: str, language: Words) -> str:
    from babel.dates import format_skeleton  # reads locale data

    return format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=language.locale_name)


def _languages(entries: Sequence[Entry], language: Words) -> Iterator[Group]:
    """Return the languages of the articles, most frequent first; none where all are in one."""
    counts = Counter(entry.language for entry in entries)
    if len(counts) < 2:
        return
    folders = _folders(counts)
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        own = tuple(entry for entry in entries if entry.language == code)
        yield Group(f"language/{folders[code]}", language.language_name(code), own)


def _sources(entries: Sequence[Entry]) -> Iterator[Group]:
    """Return the declared sources, most frequent first."""
    sources: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.source and clean(entry.source):
            sources.setdefault(clean(entry.source), []).append(entry)
    folders = _folders(sources)
    for source in sorted(sources, key=lambda name: (-len(sources[name]), name)):
        own = tuple(sources[source])
        yield Group(f"source/{folders[source]}", source, own, own[0].language)


def _folders(names: Mapping[str, object]) -> dict[str, str]:
    """Name a folder after each name: its letters and digits, and a hash where these are not its own.

    So short that four bytes a character and the hash stay below the 255 that file systems allow.
    """
    plain = {name: re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:60].rstrip("-") for name in names}
    counts = Counter(plain.values())
    return {
        name: folder
        if folder and counts[folder] == 1 and not _TAKEN.fullmatch(folder)
        else f"{folder}-{_hash(name)}".lstrip("-")
        for name, folder in plain.items()
    }


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


def _overview(divided: Sequence[Division], language: Words) -> str:
    title = language("archive.title")
    lines = [f'<h1 id="archive">{encode(title)}</h1>', ""]
    for division in divided:
        heading = encode(language(f"archive.{division.name}"))
        lines += [
            f'<section aria-labelledby="{division.name}">',
            f'<h2 id="{division.name}">{heading}</h2>',
            '<ul class="groups">',
            *(_group_link(group, language) for group in division.groups),
            "</ul>",
            "</section>",
            "",
        ]
    head = front_matter(title=title, description=language("archive.link"))
    return head + "\n".join(lines)


def _group_link(group: Group, language: Words) -> str:
    address = "/".join(path_segment(part) for part in group.folder.split("/")) + "/"
    count = encode(language.count("home.articles", len(group.entries)))
    return f'<li><a href="{address}">{_name(group)}</a> <span>{count}</span></li>'


def _name(group: Group) -> str:
    if group.language is None:
        return encode(group.title)
    side = direction(group.title, group.language)
    return f'<bdi lang="{tag(group.language)}" dir="{side}">{encode(group.title)}</bdi>'


def _listing(group: Group, language: Words) -> Listing:
    return Listing(
        folder=f"archive/{group.folder}",
        title=f"{group.title} – {language('archive.title')}",
        description=language("archive.description", name=group.title),
        heading=_name(group),
        rows=tuple(map(row_of, group.entries)),
        back=language("archive.link"),
    )
