"""OpenDocument texts (.odt), as LibreOffice writes them → raw articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from generator.ingest.raw_article import RawArticle, Unreadable
from generator.ingest.readers.docx_epub import DUBLIN_CORE, Archive
from generator.ingest.titles import without_title

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
ASIDE = (
    *(f"{TEXT}{name}" for name in ("tracked-changes", "note", "ruby-text", "table-of-content")),
    *("{*}annotation", "{*}frame", "{*}forms"),
)
"""What is no running text: deleted words, footnotes, readings, contents, remarks, pictures and text boxes."""
SPECIAL = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}


def read_odt(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a text document: an entry for each of its paragraphs and headings, table cells included."""
    archive = Archive(data, ".odt")
    body = archive.xml("content.xml").find("{*}body/{*}text")
    if body is None:
        raise Unreadable("is no .odt file, or a damaged one; save it again")
    etree.strip_elements(body, *ASIDE, with_tail=False)
    meta = archive.xml("meta.xml")
    title = " ".join((meta.findtext(f".//{DUBLIN_CORE}title") or "").split())
    paragraphs: list[str] = []
    for paragraph in body.iter(*PARAGRAPHS):
        text = "".join(_pieces(paragraph))
        is_heading = paragraph.tag == f"{TEXT}h" and paragraph.get(f"{TEXT}outline-level", "1") == "1"
        if not title and (paragraph.get(f"{TEXT}style-name") == "Title" or (is_heading and not paragraphs)):
            title = " ".join(text.split())
        paragraphs.extend(filter(None, map(str.strip, text.split("\n"))))
    return [RawArticle(without_title(tuple(paragraphs), title), {"title": title})]


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """Return the pieces of a paragraph's text; of blanks in the file, several are one."""
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "start":
            yield SPECIAL.get(element.tag, "") or " ".join(f".{element.text or ''}.".split())[1:-1]
        elif element is not paragraph:
            yield " ".join(f".{element.tail or ''}.".split())[1:-1]
