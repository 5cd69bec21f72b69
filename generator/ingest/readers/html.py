"""HTML and Markdown → raw articles: what a page says, and what it declares about itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile

from lxml import etree, html

from generator.ingest.decode import Decoded, decode_bytes
from generator.ingest.raw_article import RawArticle, Unreadable
from generator.ingest.readers.html_metadata import declared
from generator.ingest.sidecar import split_front_matter

BLOCKS = frozenset(
    "address article aside blockquote body br caption cell center dd details dialog div dl dt fieldset "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr item lb li list main nav ol p pre quote row "
    "section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that end a paragraph; also those of the same meaning in what trafilatura extracts."""
SILENT = frozenset(
    "audio button canvas embed form iframe input math noembed noframes noscript object option rp rt script "
    "select style svg template textarea title video".split()
)
"""Elements whose content is no running text."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LARGEST_PAGE = 5 * 2**20
MOST_ELEMENTS = 100_000
"""Bounds for finding the article of a page, which takes up to 6 s for so many elements in the worst order."""
MOST_MARKS = 2_000
"""Brackets in one paragraph of Markdown: rendering takes quadratic time in them, 2 s for 4,000."""
DECLARED_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{1,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
HEAD_BYTES = 4096
"""Where a charset has to be declared: the standard's first 1,024 bytes, and room for a long comment."""


def read_html(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a page: its main text without navigation and advertisements, and only what it declares."""
    decoded = _page(data, charset or declared_charset(data))
    root = parse(decoded.text)
    fields = declared(root)
    return [RawArticle(without_title(main_text(root), fields.get("title")), fields, changes=decoded.changes)]


def read_markdown(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read Markdown, with its first heading as title if the front matter has none."""
    from markdown import markdown

    decoded = _page(data, charset)
    fields, text = split_front_matter(decoded.text.replace("\r\n", "\n"))
    if any(block.count("[") + block.count("<") > MOST_MARKS for block in re.split(r"\n\s*\n", text)):
        raise Unreadable(f"has over {MOST_MARKS:,} brackets in a paragraph; save its text as .txt")
    try:
        root = parse(markdown(text, extensions=["extra", "sane_lists"]))
    except RecursionError as error:
        raise Unreadable("is nested too deeply; flatten its quotes and lists") from error
    heading = root.find(".//h1")
    title = paragraphs_of_html(heading) if heading is not None else ()
    if title and "title" not in fields:
        fields = {**fields, "title": " ".join(title)}
    paragraphs = without_title(paragraphs_of_html(root), fields.get("title"))
    return [RawArticle(paragraphs, fields, changes=decoded.changes)]


def _page(data: bytes, charset: str | None) -> Decoded:
    if len(data) > LARGEST_PAGE:
        raise Unreadable(f"is too large for a page (over {LARGEST_PAGE // 2**20} MB); save its text as .txt")
    return decode_bytes(data, charset)


def paragraphs_of_fragment(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a piece of HTML that is article through and through, as feeds have it."""
    return paragraphs_of_html(parse(text)) if text.strip() else ()


def parse(text: str) -> html.HtmlElement:
    """Parse HTML as browsers do, whatever it looks like; raises `Unreadable` for what libxml2 gives up on."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError as error:
        raise Unreadable("is empty; write an article into it or delete it") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Unreadable("is nested too deeply to be read as HTML; save its text as .txt")
    return root


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page or feed names in its first lines; none if that cannot be."""
    found = DECLARED_CHARSET.search(data[:HEAD_BYTES])
    label = found[1].decode("ascii", "ignore").lower() if found else ""
    return None if label.startswith(("utf-16", "utf-32", "ucs")) else label or None


def main_text(root: html.HtmlElement) -> tuple[str, ...]:
    """Return the paragraphs of a page's article as trafilatura finds it; if it does not, all visible text."""
    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Unreadable(f"has over {MOST_ELEMENTS:,} elements; save its text as .txt")
    try:
        found = trafilatura.bare_extraction(root, include_comments=False, with_metadata=False)
    except Exception:  # whatever a hostile page sets off in there: the plain way is left
        found = None
    body = getattr(found, "body", None)
    paragraphs = paragraphs_of_html(body) if body is not None else ()
    return paragraphs or paragraphs_of_html(root)


def without_title(paragraphs: tuple[str, ...], title: object) -> tuple[str, ...]:
    """Leave out the title where it heads the text as well."""
    return tuple(dropwhile(lambda paragraph: paragraph == title, paragraphs))


def paragraphs_of_html(root: etree._Element) -> tuple[str, ...]:
    """Return the visible text of an element, a string for each stretch between the bounds of blocks."""
    texts = (" ".join(re.split(r"[ \t\n\r\f]+", text)).strip() for text in _stretches(root))
    return tuple(filter(None, texts))


def _stretches(root: etree._Element) -> Iterator[str]:
    stretch: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if element.tag in BLOCKS:
            yield "".join(stretch)
            stretch = []
        if event == "end":
            stretch.append((element is not root and element.tail) or "")
        elif _is_silent(element):
            walker.skip_subtree()
        else:
            stretch.append(element.text or "")
    yield "".join(stretch)


def _is_silent(element: etree._Element) -> bool:
    return (
        element.tag in SILENT
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(HIDDEN.search(element.get("style", "")))
    )
