"""HTML and Markdown → raw articles: what a page says, and what it declares about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree, html

from generator.ingest.decode import Decoded, decode_bytes
from generator.ingest.not_article import without_notices
from generator.ingest.raw_article import RawArticle, Skipped, Unreadable
from generator.ingest.readers.article_text import article_blocks, pictures_beside
from generator.ingest.readers.html_metadata import declared
from generator.ingest.readers.visible_text import empty, make_plain, paragraphs_of_html, pictures_in
from generator.ingest.sidecar import split_front_matter
from generator.ingest.titles import without_title

LARGEST_PAGE = 5 * 2**20
MOST_ELEMENTS = 100_000
"""Bounds for finding the article of a page, which takes up to 6 s for so many elements in the worst order."""
MOST_MARKS = 2_000
"""Brackets in one paragraph of Markdown: rendering takes quadratic time in them, 2 s for 4,000."""
DECLARED_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{1,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
NEVER_FILLED = re.compile(r"</?(?:wbr|embed)\b[^<>]{0,2000}>", re.IGNORECASE)
"""Elements without content, of which libxml2 does not know that: it takes what follows for content."""
MARKS_OF_PROGRAMS = (
    (re.compile(r"\{\{[<%][^{}]{0,2000}[>%]\}\}|\{%[^{}]{0,2000}%\}|\{\{[^{}\n]{0,200}\}\}"), ""),
    (re.compile(r"^( *)\?\?\?\+? ", re.MULTILINE), r"\1!!! "),
    (re.compile(r"^ *:::+ *[\w-]*(?:\[([^\[\]\n]*)\])?(?: *\{[^{}\n]*\})? *$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^(>+) *\[!\w{3,12}\][+-]? *(?=\S)(.*)$", re.MULTILINE), r"\1 \2\n\1"),
    (re.compile(r"^(>+) *\[!\w{3,12}\][+-]? *", re.MULTILINE), r"\1 "),
    (re.compile(r"^(?:[*+-]|\d\.) .*\n\{: ?toc[^{}\n]*\}|\{: [^{}\n]{1,200}\}", re.MULTILINE), ""),
    (re.compile(r"^import [^\n]{1,200} from ['\"][^'\"\n]{1,200}['\"];?$", re.MULTILINE), ""),
    (re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]|%%[^%\n]{1,2000}%%"), ""),
    (re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"(?<![=\w])==(?=\S)([^=\n]{1,1000})(?<=\S)==(?![=\w])"), r"\1"),
)
"""What Hugo, Jekyll, Material, Docusaurus, GitHub and Obsidian write into Markdown, and how it is read."""
FILLED = "//body//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or self::app-root]"
"""What a script fills in a page that is made by one."""
LEAST_TEXT = 60
"""Characters; of less there is no article in a page with such an element."""
HEAD_BYTES = 4096
"""Where a charset has to be declared: the standard's first 1,024 bytes, and room for a long comment."""


def read_html(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a page: its main text without navigation and advertisements, and only what it declares."""
    decoded = _page(data, charset or declared_charset(data))
    root = parse(decoded.text)
    fields = declared(root)
    least = LEAST_TEXT if root.xpath(FILLED) else 1 if root.find(".//script") is not None else 0
    make_plain(root)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Unreadable(f"has over {MOST_ELEMENTS:,} elements; save its text as .txt")
    blocks = article_blocks(root)
    if sum(len(block.text) for block in blocks) < least:
        raise Unreadable("shows its article by script; save the page from a browser that shows it")
    shown = without_title(without_notices([block.text for block in blocks]), fields.get("title"))
    return [RawArticle(shown, fields, changes=decoded.changes, pictures=pictures_beside(blocks))]


def read_markdown(data: bytes, charset: str | None) -> Iterable[RawArticle | Unreadable]:
    """Read Markdown, with its first heading as title if the front matter has none."""
    from markdown import markdown

    decoded = _page(data, charset)
    fields, text = split_front_matter(decoded.text.replace("\r\n", "\n"))
    if str(fields.get("draft")).lower() == "true" or str(fields.get("status")).lower() == "draft":
        return [Skipped("is a draft, as it says itself; take that out to publish it")]
    for pattern, meant in MARKS_OF_PROGRAMS:
        text = pattern.sub(meant, text)
    if any(block.count("[") + block.count("<") > MOST_MARKS for block in re.split(r"\n\s*\n", text)):
        raise Unreadable(f"has over {MOST_MARKS:,} brackets in a paragraph; save its text as .txt")
    try:
        root = parse(markdown(text, extensions=["extra", "sane_lists", "admonition"]))
    except RecursionError as error:
        raise Unreadable("is nested too deeply; flatten its quotes and lists") from error
    for named in root.iter("p"):
        kinds = str((parent.get("class") if (parent := named.getparent()) is not None else "") or "").split()
        if named.get("class") == "admonition-title" and (named.text or "").lower() in kinds:
            empty(named)  # nobody wrote it
    make_plain(root)
    heading = root.find(".//h1")
    title = paragraphs_of_html(heading) if heading is not None else ()
    if title and "title" not in fields:
        fields = {**fields, "title": " ".join(title)}
    paragraphs = without_title(paragraphs_of_html(root), fields.get("title"))
    return [RawArticle(paragraphs, fields, changes=decoded.changes, pictures=pictures_in(root))]


def _page(data: bytes, charset: str | None) -> Decoded:
    if len(data) > LARGEST_PAGE:
        raise Unreadable(f"is too large for a page (over {LARGEST_PAGE // 2**20} MB); save its text as .txt")
    return decode_bytes(data, charset)


def paragraphs_of_fragment(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a piece of HTML that is article through and through, as feeds have it."""
    return read_fragment(text)[0]


def read_fragment(text: str) -> tuple[tuple[str, ...], int]:
    """Return the paragraphs of such a piece, and how many pictures it shows."""
    if not text.strip():
        return (), 0
    root = parse(text)
    make_plain(root)
    return paragraphs_of_html(root), pictures_in(root)


def parse(text: str) -> html.HtmlElement:
    """Parse HTML as browsers do, whatever it looks like; raises `Unreadable` for what libxml2 gives up on."""
    text = NEVER_FILLED.sub("", text)
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
