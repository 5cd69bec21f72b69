"""The zipped formats, .docx and .epub, → raw articles; both must be unpacked with the same care."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from generator.ingest.decode import decode_bytes
from generator.ingest.raw_article import RawArticle, Unreadable, stable_keys
from generator.ingest.readers.html import declared_charset, parse
from generator.ingest.readers.visible_text import make_plain, paragraphs_of_html
from generator.ingest.titles import without_title

LARGEST_MEMBER = 32 * 2**20
LARGEST_WHOLE = 128 * 2**20
"""Bytes, unpacked: a zip bomb of a few kilobytes unpacks to gigabytes."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
GONE = (f"{WORD}moveFrom", f"{WORD}del")
NO_AUTHOR = re.compile(
    r"python-docx|(?:microsoft|ms)? ?office(?: user)?|windows.*|user|admin(?:istrator)?|pc|apache poi|.*@.*",
    re.IGNORECASE,
)
"""What programs write into a document's properties where nobody has."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SPECIAL = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "\u2011"}


class Archive:
    """A zip file read with limits; every fault in it is an `Unreadable`."""

    def __init__(self, data: bytes, kind: str) -> None:
        self.kind = kind
        self.left = LARGEST_WHOLE
        try:
            self.zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(f"is no {kind} file, or a damaged one; save it again") from error

    def read(self, name: str) -> bytes:
        """Return a member unpacked; empty if there is none of that name."""
        try:
            size = self.zip.getinfo(name).file_size
            if size > min(LARGEST_MEMBER, self.left):
                megabytes = f"{size / 2**20:.0f} MB"
                raise Unreadable(f"unpacks to too much ({megabytes} in one part); save its text as .txt")
            self.left -= size
            return self.zip.read(name)
        except KeyError:
            return b""
        except (BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error) as error:
            raise Unreadable(f"is a damaged or encrypted {self.kind} file; save it again") from error

    def xml(self, name: str) -> etree._Element:
        """Return a member parsed as XML, no entities resolved, nothing fetched; an empty element if missing."""
        data = self.read(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        root = etree.fromstring(data, parser) if data else None
        return etree.Element("none") if root is None else root


def read_docx(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a Word document: a paragraph for each of its paragraphs, table cells included.

    What was deleted or moved away under tracked changes is left out. Author and date are of its properties,
    unless a program filled them in.
    """
    archive = Archive(data, ".docx")
    body = archive.xml("word/document.xml")
    properties = archive.xml("docProps/core.xml")
    title = properties.findtext(f"{DUBLIN_CORE}title") or ""
    author = (properties.findtext(f"{DUBLIN_CORE}creator") or "").strip()
    styles = _styles(archive)
    paragraphs: list[str] = []
    for paragraph in body.iter(f"{WORD}p"):
        text = "".join(_runs(paragraph))
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        kind = styles.get(style.get(f"{WORD}val", ""), "") if style is not None else ""
        if not title.strip() and (kind == "title" or (kind == "heading 1" and not paragraphs)):
            title = text
        paragraphs.extend(filter(None, map(str.strip, text.split("\n"))))
    fields: dict[str, object] = {"title": title}
    if author and not NO_AUTHOR.fullmatch(author):
        fields |= {"author": author, "published": properties.findtext(f"{TERMS}created")}
    pictures = sum(1 for _ in body.iter(PICTURE))
    return [RawArticle(without_title(paragraphs, title.strip()), fields, pictures=pictures)]


def _styles(archive: Archive) -> dict[str, str]:
    """Return what each style is called in English, whatever language Word speaks."""
    named = {"Title": "title", "Heading1": "heading 1"}
    for style in archive.xml("word/styles.xml").iter(f"{WORD}style"):
        name = style.find(f"{WORD}name")
        if name is not None:
            named[style.get(f"{WORD}styleId", "")] = name.get(f"{WORD}val", "").lower()
    return named


def _runs(paragraph: etree._Element) -> Iterator[str]:
    """Return the pieces of a paragraph's own text: nothing deleted, no text box, no fallback of a picture."""
    for element in paragraph.iter(f"{WORD}t", *SPECIAL):
        owner = next(element.iterancestors(f"{WORD}p"))
        run = element.getparent()
        hidden = run.find(f"{WORD}rPr/{WORD}vanish") if run is not None else None
        if hidden is not None and hidden.get(f"{WORD}val", "true") not in ("0", "false"):
            continue
        if owner is paragraph and next(element.iterancestors(FALLBACK, *GONE), None) is None:
            yield SPECIAL.get(element.tag, element.text or "")


def read_epub(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a book: an article for each part of its spine that is more than a heading."""
    archive = Archive(data, ".epub")
    container = archive.xml("META-INF/container.xml")
    path = next((file.get("full-path", "") for file in container.iter("{*}rootfile")), "")
    package = archive.xml(path)
    book = {
        field: [element.text or "" for element in package.iter(DUBLIN_CORE + name)]
        for field, name in BOOK_FIELDS.items()
    }
    parts = []
    for identity, member in _spine(package, posixpath.dirname(path)):
        title, paragraphs = _part(archive.read(member))
        if paragraphs:
            parts.append((identity, title, paragraphs))
    if len(parts) == 1:
        return [RawArticle(parts[0][2], book if any(book["title"]) else {**book, "title": parts[0][1]})]
    keys = stable_keys(identity for identity, _, _ in parts)
    return [
        RawArticle(paragraphs, {**book, "title": title or book["title"]}, key)
        for key, (_, title, paragraphs) in zip(keys, parts, strict=True)
    ]


BOOK_FIELDS = {
    "title": "title",
    "author": "creator",
    "language": "language",
    "source": "publisher",
    "licence": "rights",
    "topics": "subject",
}
"""Field → the element of Dublin Core that holds it; `date` is mostly when the file was made."""


def _spine(package: etree._Element, folder: str) -> Iterator[tuple[str, str]]:
    """Return the id and path of each part to be read, in order, but for tables of contents."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "nav" not in item.get("properties", "").split():
            member = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
            yield str(reference.get("idref")), member


def _part(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return title and paragraphs of a part; none of one that is a cover, a title page or a picture."""
    if not data:
        return "", ()
    root = parse(decode_bytes(data, declared_charset(data)).text)
    make_plain(root)
    heading = next(root.iter("h1", "h2"), None)
    title = " ".join(paragraphs_of_html(heading)) if heading is not None else ""
    return title, without_title(paragraphs_of_html(root), title)
