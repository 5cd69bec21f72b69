"""The whole digest in one file, drawn from its records: a book for readers, a memory for translators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from generator import render
from generator.config import Settings
from generator.export.epub import write_epub
from generator.formats import tmx
from generator.languages import tag_of
from generator.model import DigestError, Output, Translation
from generator.storage.files import atomic_write
from generator.storage.records import Records

if TYPE_CHECKING:
    from lxml import etree

MOST = 500
"""Articles in a digest whose pages offer such files: each change writes them anew, from every record."""


def export_epub(settings: Settings, file: Path, tree: str | None = None, newest: int | None = None) -> int:
    """Write a book in an interface language, by default the target's; give the number of its articles.

    Without any, nothing is written. Raises `DigestError` for a language that the site has no pages in, or a
    file that cannot be written.
    """
    entries = [render.entry(translation) for translation in Records.of(settings).all()]
    trees = render.trees((entry.language for entry in entries), settings.target)
    tree = tree or settings.target
    if tree not in trees:
        raise DigestError(f"{tree}: the digest has no pages in this language; choose {' or '.join(trees)}")
    slugs = _in_tree(entries, settings, tree)[:newest]
    if slugs:
        with atomic_write(file) as stream:
            _write_epub(stream, settings, tree, slugs)
    return len(slugs)


def export_tmx(settings: Settings, file: Path) -> int:
    """Write every translated segment; give their number. Without any, nothing is written.

    Raises `DigestError` for a file that cannot be written.
    """
    units = (unit for translation in Records.of(settings).all() for unit in _units(translation))
    first = next(units, None)
    if first is None:
        return 0
    count = 0

    def counted() -> Iterator[etree._Element]:
        nonlocal count
        for unit in chain([first], units):
            count += 1
            yield unit

    with atomic_write(file) as stream:
        tmx.write_units(stream, (), counted())
    return count


def downloads(
    settings: Settings,
    entries: Sequence[render.Entry],
    trees: Iterable[str],
    is_stale: Callable[[str, object], bool] = lambda path, facts: True,
) -> Iterator[Output]:
    """Return `TREE/digest.epub` for each tree and `digest.tmx`, of a digest with 1 to `MOST` articles.

    Reads the records below `docs`, which must be written by then, and makes only files that are stale, by
    their path and the hashes of the records in them.
    """
    if len(entries) > MOST:
        return
    slugs = sorted(entry.slug for entry in entries)
    hashes = {slug: sha256(Records.of(settings).file(slug).read_bytes()).hexdigest() for slug in slugs}
    for tree in trees:
        listed = _in_tree(entries, settings, tree)
        path, facts = _path(tree), (_name(settings, tree), [hashes[slug] for slug in listed])
        if listed and is_stale(path, facts):
            yield Output(path, _bytes(lambda stream: _write_epub(stream, settings, tree, listed)))  # noqa: B023
    translated = any({"reviewed", "machine"} & {origin for origin, _ in entry.origins} for entry in entries)
    if translated and is_stale("digest.tmx", list(hashes.values())):
        yield Output("digest.tmx", _bytes(lambda stream: _write_tmx(stream, settings, slugs)))


def _bytes(write: Callable[[BinaryIO], object]) -> bytes:
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def _in_tree(entries: Iterable[render.Entry], settings: Settings, tree: str) -> list[str]:
    """Return the slugs of the articles that have a page in a tree, newest first."""
    listed = (entry for entry in entries if tree in (settings.target, entry.language))
    return [entry.slug for entry in render.newest_first(listed)]


def _path(tree: str) -> str:
    return f"{tree}/digest.epub"


def _name(settings: Settings, tree: str) -> tuple[str, str]:
    """Return the book's name and address."""
    base = settings.site_url and settings.site_url.rstrip("/") + "/"
    return settings.name_in(tree), base and base + _path(tree)


def _write_epub(stream: BinaryIO, settings: Settings, tree: str, slugs: Iterable[str]) -> None:
    write_epub(stream, tree, *_name(settings, tree), (Records.of(settings).load(slug) for slug in slugs))


def _write_tmx(stream: BinaryIO, settings: Settings, slugs: Iterable[str]) -> None:
    tmx.write_units(stream, (), (unit for slug in slugs for unit in _units(Records.of(settings).load(slug))))


def _units(translation: Translation) -> Iterator[etree._Element]:
    """Return a unit for the headline and each sentence that is translated: both texts, and who says so."""
    document, target = translation.digest.document, translation.target_language
    rows = [("title", document.language, translation.title)]
    rows += [
        (f"s{number}", sentence.language, segment)
        for number, (sentence, segment) in enumerate(translation.pairs(), 1)
    ]
    for place, language, segment in rows:
        if segment.target is not None and segment.origin in ("reviewed", "machine"):
            facts = {
                tmx.ORIGIN: segment.origin,
                "x-engine": segment.signature,
                "x-article": document.article.slug,
                "x-sentence": place,
            }
            unit = tmx.make_unit(
                {language: segment.source, target: segment.target},
                f"{document.article.slug}#{place}",
                {name: value for name, value in facts.items() if value},
            )
            unit.set("srclang", tag_of(language))
            yield unit
