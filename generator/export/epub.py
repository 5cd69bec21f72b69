"""A digest as one EPUB 3 book: a chapter for each article, both languages in it, the book's own first.

Built after EPUB 3.3 (W3C, 2025) without a clock or a random number: its parts have the first date that zip
files know, its name is drawn from the site's address, and it says to be as old as its newest article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile, ZipInfo

from generator.export.feeds import MAKER, UNDATED, rfc3339, utc
from generator.languages import language_of, tag_of
from generator.model import Translation
from generator.render.article import article_body
from generator.render.escape import clean, direction, encode, encode_attribute
from generator.render.html import TextElement, instant, title_element, title_text
from generator.render.listed_article import ListedArticle
from generator.render.strings import strings_in

STYLE = Path(__file__).parent.parent / "data" / "book.css"
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(slots=True)
class Book:
    """A book in the making."""

    tree: str
    """The language of the interface: of contents, headings and notes."""
    name: str
    address: str
    """Of the file on the site; empty where that is not known."""
    chapters: list[ListedArticle] = field(default_factory=list)

    @property
    def direction(self) -> str:
        """Which way the pages are turned, and the interface is written."""
        return language_of(self.tree).direction

    @property
    def modified(self) -> datetime:
        """The newest date that an article declares."""
        moments = [utc(instant(chapter.published)) for chapter in self.chapters]
        return max(filter(None, moments), default=UNDATED)

    @property
    def languages(self) -> list[str]:
        """The tags of all languages in it, its own first."""
        found = {tag_of(chapter.language) for chapter in self.chapters}
        found |= {tag_of(chapter.title.target_language) for chapter in self.chapters}
        own = tag_of(self.tree)
        return [own, *sorted(found - {own, "und"})]


def write_epub(stream: BinaryIO, tree: str, name: str, address: str, articles: Iterable[Translation]) -> None:
    """Write a book of these articles, in their order; only one of them is held at a time.

    Nothing in it is compressed: what deflate gives differs from one zlib to the next, and a book that is kept
    under version control packs better as it is.
    """
    book = Book(tree, clean(name or strings_in(tree)("home.title")), address)
    with ZipFile(stream, "w") as parts:
        _put(parts, "mimetype", "application/epub+zip")
        _put(parts, "META-INF/container.xml", _CONTAINER)
        _put(parts, "style.css", STYLE.read_text("utf-8"))
        for number, translation in enumerate(articles, 1):
            chapter = ListedArticle.of(translation)
            book.chapters.append(chapter)
            title = title_text(chapter.title, tree)
            _put(parts, _file(number), _page(book, title, article_body(translation, chapter, tree)))
        _put(parts, "contents.xhtml", _page(book, book.name, _contents(book)))
        _put(parts, "package.opf", "\n".join(_package(book)) + "\n")


def _put(parts: ZipFile, name: str, text: str) -> None:
    part = ZipInfo(name, _FIRST_DATE)
    part.create_system, part.external_attr = 3, 0o644 << 16
    parts.writestr(part, text.encode())


def _file(number: int) -> str:
    return f"article-{number}.xhtml"


def _page(book: Book, title: str, body: Iterable[str]) -> str:
    """Return a page of XHTML; every element that says its language says so as XML does, too.

    In text an equals sign is always encoded, so that what looks like an attribute is one.
    """
    inner = re.sub(r' lang="([^"]+)"', r' lang="\1" xml:lang="\1"', "\n".join(body))
    own = tag_of(book.tree)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{own}" xml:lang="{own}" dir="{book.direction}">\n'
        f'<head><title>{encode(title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>\n{inner}\n</body>\n</html>\n"
    )


def _contents(book: Book) -> Iterator[str]:
    says = strings_in(book.tree)
    yield TextElement(book.name, book.tree).element("h1")
    yield f"<p>{encode(says('description'))}</p>"
    yield '<nav epub:type="toc" id="contents">'
    yield f"<h2>{encode(says('home.title'))}</h2>"
    yield "<ol>"
    for number, chapter in enumerate(book.chapters, 1):
        title = title_element(chapter.title, book.tree)
        side = direction(title.text, title.language)
        attributes = f'href="{_file(number)}" lang="{tag_of(title.language)}" dir="{side}"'
        yield f"<li><a {attributes}>{encode(title.text)}</a></li>"
    yield "</ol>"
    yield "</nav>"


def _package(book: Book) -> Iterator[str]:
    """Return the package document: who made the book of what, its parts, and their order."""
    identity = uuid5(NAMESPACE_URL, book.address or f"{MAKER}:{book.tree}:{book.name}").urn
    own = tag_of(book.tree)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" '
        f'xml:lang="{own}" dir="{book.direction}">'
    )
    yield '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    yield f'<dc:identifier id="book">{identity}</dc:identifier>'
    yield f"<dc:title>{encode(book.name)}</dc:title>"
    yield from (f"<dc:language>{language}</dc:language>" for language in book.languages)
    yield f"<dc:description>{encode(strings_in(book.tree)('description'))}</dc:description>"
    if book.address:
        yield f"<dc:source>{encode(book.address)}</dc:source>"
    yield f'<meta property="dcterms:modified">{rfc3339(book.modified)}</meta>'
    yield f'<meta name="generator" content="{encode_attribute(MAKER)}"/>'
    for name, value in (
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityHazard", "none"),
    ):
        yield f'<meta property="schema:{name}">{value}</meta>'
    yield "</metadata>"
    yield "<manifest>"
    page, files = "application/xhtml+xml", [_file(n) for n in range(1, len(book.chapters) + 1)]
    yield f'<item id="contents" href="contents.xhtml" media-type="{page}" properties="nav"/>'
    yield '<item id="style" href="style.css" media-type="text/css"/>'
    yield from (f'<item id="a{n}" href="{file}" media-type="{page}"/>' for n, file in enumerate(files, 1))
    yield "</manifest>"
    yield f'<spine page-progression-direction="{book.direction}">'
    yield '<itemref idref="contents"/>'
    yield from (f'<itemref idref="a{n}"/>' for n in range(1, len(files) + 1))
    yield "</spine>"
    yield "</package>"
