"""A digest as one EPUB 3 book: a chapter for each article, both languages in it, the book's own first.

Built after EPUB 3.3 (W3C, 2025) without a clock or a random number: its parts have the first date that zip
files know, its name is drawn from the site's address, and it says to be as old as its newest article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile, ZipInfo

from generator.export.feeds import MAKER, UNDATED, rfc3339, utc
from generator.languages import language_of, tag_of
from generator.model import Translation
from generator.render.article import article_body
from generator.render.escape import clean, encode, encode_attribute
from generator.render.html import TextElement, instant, title_element, title_text
from generator.render.listed_article import ListedArticle
from generator.render.strings import strings_in

_DATA = Path(__file__).parent.parent / "data"
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
    def title(self) -> str:
        """Its name, and the day of its newest article, which tells it from the books of other days."""
        if self.modified == UNDATED:
            return self.name
        return f"{self.name} – {strings_in(self.tree).date(self.modified.date().isoformat())}"

    @property
    def languages(self) -> list[str]:
        """The tags of all languages in it, its own first."""
        found = {code for each in self.chapters for code in (each.language, each.title.target_language)}
        own = tag_of(self.tree)
        return [own, *sorted(set(map(tag_of, found)) - {own, "und"})]


def write_epub(stream: BinaryIO, tree: str, name: str, address: str, articles: Iterable[Translation]) -> None:
    """Write a book of these articles, in their order; only one of them is held at a time.

    Nothing in it is compressed: what deflate gives differs from one zlib to the next, and a book that is kept
    under version control packs better as it is.
    """
    book = Book(tree, clean(name or strings_in(tree)("home.title")), address)
    with ZipFile(stream, "w") as parts:
        _put(parts, "mimetype", "application/epub+zip")
        _put(parts, "META-INF/container.xml", _CONTAINER)
        _put(parts, "style.css", (_DATA / "book.css").read_text("utf-8"))
        _put(parts, "cover.png", (_DATA / "cover.png").read_bytes())
        for number, translation in enumerate(articles, 1):
            chapter = ListedArticle.of(translation)
            book.chapters.append(chapter)
            title = title_text(chapter.title, tree)
            _put(parts, _file(number), _page(book, title, article_body(translation, chapter, tree)))
        _put(parts, "contents.xhtml", _page(book, book.title, _contents(book)))
        _put(parts, "package.opf", _package(book))


def _put(parts: ZipFile, name: str, content: str | bytes) -> None:
    part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.create_system, part.external_attr = 3, 0o644 << 16  # as Unix writes it, wherever this runs
    parts.writestr(part, content.encode() if isinstance(content, str) else content)


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
    yield TextElement(book.title, book.tree).element("h1")
    yield f"<p>{encode(says('description'))}</p>"
    yield '<nav epub:type="toc" id="contents">'
    yield f"<h2>{encode(says('home.title'))}</h2>"
    yield "<ol>"
    months = [(month, list(each)) for month, each in groupby(enumerate(book.chapters, 1), _month)]
    for month, chapters in months:
        named = says.month(month) if month else says("article.undated")
        links = [_link(book.tree, *each) for each in chapters]
        yield from [f"<li><span>{encode(named)}</span>", "<ol>", *links, "</ol></li>"] if months[1:] else links
    yield "</ol>"
    yield "</nav>"


def _month(numbered: tuple[int, ListedArticle]) -> str:
    """Return the month of a chapter, as 2018-10; nothing where its article declares no date."""
    moment = instant(numbered[1].published)
    return moment.date().isoformat()[:7] if moment else ""


def _link(tree: str, number: int, chapter: ListedArticle) -> str:
    """Return the headline of a chapter as a link, and whether a machine translated it."""
    title = replace(title_element(chapter.title, tree), classes="")
    told = ""
    if chapter.title.origin == "machine" and title.language == chapter.title.target_language:
        own = f'lang="{tag_of(tree)}" dir="{language_of(tree).direction}"'
        told = f" <small {own}>({encode(strings_in(tree)('notes.machine'))})</small>"
    return f'<li><a href="{_file(number)}">{title.element("bdi")}{told}</a></li>'


def _package(book: Book) -> str:
    """Return the package document: who made the book of what, its parts, and their order."""
    identity = uuid5(NAMESPACE_URL, book.address or f"{MAKER}:{book.tree}:{book.name}").urn
    languages = "\n".join(f"<dc:language>{language}</dc:language>" for language in book.languages)
    source = f"<dc:source>{encode(book.address)}</dc:source>\n" if book.address else ""
    xhtml, numbers = "application/xhtml+xml", range(1, len(book.chapters) + 1)
    items = "".join(f'<item id="a{n}" href="{_file(n)}" media-type="{xhtml}"/>\n' for n in numbers)
    order = "".join(f'<itemref idref="a{n}"/>\n' for n in numbers)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" \
xml:lang="{tag_of(book.tree)}" dir="{book.direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">{identity}</dc:identifier>
<dc:title>{encode(book.title)}</dc:title>
{languages}
<dc:description>{encode(strings_in(book.tree)("description"))}</dc:description>
{source}<meta property="dcterms:modified">{rfc3339(book.modified)}</meta>
<meta name="generator" content="{encode_attribute(MAKER)}"/>
<meta name="cover" content="cover"/>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" media-type="{xhtml}" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="cover" href="cover.png" media-type="image/png" properties="cover-image"/>
{items}</manifest>
<spine page-progression-direction="{book.direction}">
<itemref idref="contents"/>
{order}</spine>
</package>
"""
