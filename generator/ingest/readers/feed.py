"""RSS and Atom files → raw articles, one for each item with text: a mere link is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from generator.ingest.dates import date_in
from generator.ingest.decode import decode_bytes
from generator.ingest.not_article import without_notices
from generator.ingest.raw_article import RawArticle, Skipped, Unreadable, stable_keys
from generator.ingest.readers.html import declared_charset, paragraphs_of_fragment, read_fragment
from generator.ingest.readers.text import paragraphs_of
from generator.ingest.titles import plain_author, plain_title, without_title
from generator.languages import code_of

ESCAPED = re.compile(r"<(?:p|div|span|h[1-6]|ul|ol|table|figure|img|br)\b[^<>]*>", re.IGNORECASE)
"""Markup at the beginning of what should be text: some programs that fill feeds escape it once too often."""
LARGEST_FEED = 20 * 2**20
"""Bytes; feeds serve the latest items only, hardly ever a megabyte."""


def read_feed(data: bytes, charset: str | None) -> Iterable[RawArticle | Unreadable]:
    """Read a feed: full content before summary; items without text, which only link, are counted."""
    if len(data) > LARGEST_FEED:
        raise Unreadable(f"is too large for a feed (over {LARGEST_FEED // 2**20} MB); split it")
    decoded = decode_bytes(data, charset or declared_charset(data))
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", decoded.text).lstrip()  # it may name another encoding
    parsed = parsed_feed(text)
    entries = ((number, item, *_content(item)) for number, item in enumerate(parsed.entries))
    found = [entry for entry in entries if entry[2]]
    keys = stable_keys(
        item.get("id") or item.get("link") or item.get("title") or paragraphs[0]
        for _, item, paragraphs, _ in found
    )
    articles: list[RawArticle | Unreadable] = []
    for key, (number, item, paragraphs, pictures) in zip(keys, found, strict=True):
        fields = _fields(item, parsed.feed)
        shown = without_title(without_notices(paragraphs), _title(item))
        articles.append(RawArticle(shown, fields, key, decoded.changes, number, pictures))
    if found and len(found) < len(parsed.entries):
        articles.append(
            Skipped(f"{len(parsed.entries) - len(found)} of {len(parsed.entries)} entries have no text")
        )
    return articles


def parsed_feed(text: str) -> Any:
    """Return what feedparser makes of RSS or Atom; raises `Unreadable` for anything else."""
    import feedparser  # type: ignore[import-untyped]

    try:
        parsed = feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever a hostile feed sets off in there
        raise Unreadable(f"cannot be read as a feed ({type(error).__name__}); save it again") from error
    if not parsed.get("version"):  # missing altogether where nothing can be parsed
        raise Unreadable("is no RSS or Atom feed; save a page as .html")
    return parsed


def _content(item: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    """Return the text of the first kind of content that has any, the summary last; and its pictures."""
    for content in (*item.get("content", ()), item.get("summary_detail") or {}):
        value, kind = content.get("value") or "", content.get("type")
        paragraphs, pictures = (paragraphs_of(value)[0], 0) if kind == "text/plain" else read_fragment(value)
        if paragraphs and ESCAPED.match(paragraphs[0]):
            paragraphs, pictures = read_fragment("\n".join(paragraphs))
        if any(char.isalnum() for paragraph in paragraphs for char in paragraph):
            return paragraphs, pictures
    return (), 0


def _fields(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, object]:
    """Return what item and feed declare. RSS 1.0 says when an item was published in `dc:date`.

    Atom demands `updated` alone; the address of a feed itself completes those of its items.
    """
    own = next((link.get("href") for link in feed.get("links", ()) if link.get("rel") == "self"), None)
    declared = str((item.get("title_detail") or {}).get("language") or feed.get("language") or "")
    published = str(item.get("published") or item.get("updated") or "")
    several = [author.get("name") for author in item.get("authors", ())]
    return {
        "title": _title(item),
        "url": _joined(own or feed.get("link") or "", _link(item)),
        "published": date_in(published, code_of(declared) or "") or published,
        "author": plain_author(several if len(several) > 1 else item.get("author") or feed.get("author")),
        "source": _title(item.get("source") or {}) or _title(feed),
        "language": declared,
        "licence": item.get("rights") or feed.get("rights"),
        "topics": [tag.get("label") or tag.get("term") for tag in item.get("tags", ())],
    }


def _link(item: Mapping[str, Any]) -> str:
    """Return the address of an item; a name that is none counts as one for those who forget to say so."""
    link = str(item.get("link") or "")
    return "" if link == item.get("id") and "/" not in link else link


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _title(named: Mapping[str, Any]) -> str:
    title = named.get("title") or ""
    is_markup = (named.get("title_detail") or {}).get("type") != "text/plain"
    return plain_title(" ".join(paragraphs_of_fragment(title)) if is_markup else title)
