"""The whole digest in one file, to be carried away: a book for readers, a translation memory for translators.

Feeds and the catalogue for other programs are in modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
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
from generator.model import DigestError, Page, Translation
from generator.storage.files import atomic_write
from generator.storage.records import Records

if TYPE_CHECKING:
    from lxml import etree

MOST = 500
"""Articles in the files that pages offer, the newest ones: each change writes them anew, from every record."""


def export_epub(settings: Settings, file: Path, tree: str | None = None, newest: int | None = None) -> int:
    """Write a book in an interface language, by default the target's; return the number of its articles.

    Without any, nothing is written. Raises `DigestError` for a language that the site has no pages in, or a
    file that cannot be written.
    """
    render.use_own_strings(settings.strings)
    named = settings.interfaces
    articles = [render.ListedArticle.of(translation, named) for translation in Records.of(settings).all()]
    trees = render.trees((article.language for article in articles), settings.target, named)
    tree = tree or settings.target
    if tree not in trees:
        raise DigestError(f"{tree}: the digest has no pages in this language; choose {' or '.join(trees)}")
    slugs = _in_tree(articles, tree)[:newest]
    if slugs:
        with atomic_write(file) as stream:
            _write_book(settings, tree, slugs, stream)
    return len(slugs)


def export_tmx(settings: Settings, file: Path) -> int:
    """Write every translated segment; return their number. Without any, nothing is written.

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
        tmx.write_units(stream, counted())
    return count


def downloads(
    settings: Settings, articles: Sequence[render.ListedArticle], trees: Iterable[str]
) -> Iterator[Page]:
    """Return `TREE/digest.epub` for each tree and `digest.tmx`, of the newest `MOST` articles.

    Both are made of the records below `docs`, which must be written by then.
    """
    articles = render.newest_first(articles)[:MOST]
    slugs = sorted(article.slug for article in articles)
    hashes = {slug: sha256(Records.of(settings).file(slug).read_bytes()).hexdigest() for slug in slugs}
    for tree in trees:
        if settings.pages_book and (listed := _in_tree(articles, tree)):
            facts = (_name(settings, tree), [hashes[slug] for slug in listed])
            yield Page(_path(tree), facts, partial(_bytes, partial(_write_book, settings, tree, listed)))
    if any({"reviewed", "machine"} & dict(article.origins).keys() for article in articles):
        make = partial(_bytes, partial(_write_memory, settings, slugs))
        yield Page("digest.tmx", list(hashes.values()), make)


def notices(settings: Settings, articles: int) -> list[str]:
    """Return a line for each thing that the site of a digest of so many articles does not offer."""
    lines = []
    if articles > MOST:
        files = "digest.epub and digest.tmx hold" if settings.pages_book else "digest.tmx holds"
        them = "them" if settings.pages_book else "it"
        lines.append(f"{files} the newest {MOST} of {articles} articles; digest export writes {them} with all")
    if articles and not settings.site_url:
        lines.append("feeds need the site's address and were left out; set site_url in mkdocs.yml")
    return lines


def _bytes(write: Callable[[BinaryIO], object]) -> bytes:
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def _in_tree(articles: Iterable[render.ListedArticle], tree: str) -> list[str]:
    """Return the slugs of the articles that have a page in a tree, newest first."""
    listed = (article for article in articles if article.stands_in(tree))
    return [article.slug for article in render.newest_first(listed)]


def _path(tree: str) -> str:
    return f"{tree}/digest.epub"


def _name(settings: Settings, tree: str) -> tuple[str, str]:
    """Return the book's name and address."""
    base = settings.site_url and settings.site_url.rstrip("/") + "/"
    return settings.name_in(tree), base and base + _path(tree)


def _write_book(settings: Settings, tree: str, slugs: Iterable[str], stream: BinaryIO) -> None:
    write_epub(stream, tree, *_name(settings, tree), map(Records.of(settings).load, slugs))


def _write_memory(settings: Settings, slugs: Iterable[str], stream: BinaryIO) -> None:
    translations = map(Records.of(settings).load, slugs)
    tmx.write_units(stream, (unit for translation in translations for unit in _units(translation)))


def _units(translation: Translation) -> Iterator[etree._Element]:
    """Return a unit for the headline and each sentence that is translated: both texts, and who says so."""
    slug, target = translation.digest.document.article.slug, translation.target_language
    for place, language, segment in translation.rows():
        if segment.target is not None and segment.origin in ("reviewed", "machine"):
            facts = {
                tmx.ORIGIN: segment.origin,
                "x-engine": segment.signature,
                tmx.ARTICLE: slug,
                tmx.SENTENCE: place,
            }
            unit = tmx.make_unit(
                {language: segment.source, target: segment.target},
                f"{slug}#{place}",
                {name: value for name, value in facts.items() if value},
            )
            unit.set("srclang", tag_of(language))
            yield unit
