"""A feed's answer → its entries, each a feed of its own, as published, so that each can be a seed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from generator.ingest.decode import decode_bytes
from generator.ingest.growing_feed import entry_places
from generator.ingest.raw_article import Unreadable, short_hash
from generator.ingest.readers.feed import parsed_feed
from generator.ingest.readers.html import declared_charset
from generator.ingest.shelf import address_key, without_tracking

LARGEST_FRAME = 32 * 2**10
"""Characters of a feed around its entries, which each of their seeds repeats."""
MOST_ENTRIES = 2_000
"""Of one answer, the first; feeds show some dozens."""
TEXTS = ("content_html", "content_text")
_XML_FEED = re.compile(rb"(?>(?:<!--.*?-->|<[?!][^>]*>|\s)*)<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed."""

    content: bytes
    """A feed of this entry alone, in UTF-8."""
    suffix: str
    identity: str = ""
    """As the feed names it; empty where it does not, or names several alike."""
    url: str = ""
    """Of its page; empty where it has none, or shares it with other entries."""
    title: str = ""
    words: str = ""
    """A hash of its headline and text, by which it is known where nothing else tells it from others."""

    @property
    def address(self) -> str:
        """What all forms of its page's address have in common."""
        return address_key(self.url)

    def keys(self, feed: str) -> list[str]:
        """Return what it is known by, the surest first; `feed` is the address that it came from.

        An identity that is no address counts within its feed alone: many number their entries from 1.
        """
        is_global = re.match(r"(https?|tag|urn):", self.identity)
        name = self.identity if is_global else f"{feed} {self.identity}"
        named = [f"id:{name}"] if self.identity else []
        return [*named, *filter(None, [self.address]), f"words:{feed} {self.words}"]


def feed_suffix(body: bytes) -> str | None:
    """Return under which suffix an answer can be read as a feed, whatever type its server names; else None."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _XML_FEED.match(start):
        return ".xml"
    is_json = start.startswith(b"{") and re.search(rb"jsonfeed\.org\\?/version", body[:2048] + body[-2048:])
    return ".json" if is_json else None


def split_feed(body: bytes, suffix: str, charset: str | None, address: str) -> list[FeedEntry]:
    """Return the entries of a feed from this address, of too many one more than are taken.

    Raises `Unreadable` where it cannot be taken apart.
    """
    entries = list(_split_json(body, charset) if suffix == ".json" else _split_xml(body, charset))
    entries = [
        replace(
            entry,
            url="" if entry.url == entry.identity and "://" not in entry.url else _absolute(entry.url, address),
        )
        for entry in entries  # a name that is no address counts as a link for those who forget to say so
    ]
    names, pages = Counter(entry.identity for entry in entries), Counter(entry.address for entry in entries)
    return [
        replace(
            entry,
            identity=entry.identity if names[entry.identity] == 1 and not _is_home(entry.identity) else "",
            url=entry.url if pages[entry.address] == 1 else "",
        )
        for entry in entries
    ]


def _is_home(identity: str) -> bool:
    return "://" in identity and not address_key(identity)


def _absolute(url: str, address: str) -> str:
    try:
        whole = urljoin(address, url.strip()) if url.strip() else ""
        return without_tracking(whole) if whole.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""


def _split_xml(body: bytes, charset: str | None) -> Iterator[FeedEntry]:
    text = decode_bytes(body, charset or declared_charset(body)).text
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).lstrip()
    places = entry_places(text)
    if not places:
        parsed_feed(text)  # says if it is none at all
        return
    head, tail = text[: places[0][0]], text[places[-1][1] :]
    if len(head) + len(tail) > LARGEST_FRAME or "<!ENTITY" in head:
        raise Unreadable("has too much around its entries, or entities of its own; digest fetch takes it not")
    for start, end in places[: MOST_ENTRIES + 1]:
        whole = f'<?xml version="1.0" encoding="utf-8"?>\n{head}{text[start:end]}{tail}'
        found = parsed_feed(f"{head}{text[start:end]}{tail}").entries
        item: Mapping[str, Any] = found[0] if found else {}
        yield FeedEntry(
            content=whole.encode("utf-8", "replace"),
            suffix=".xml",
            identity=str(item.get("id") or ""),
            url=str(item.get("link") or ""),
            title=str(item.get("title") or ""),
            words=short_hash(f"{item.get('title')} {item.get('summary')}"),
        )


def _split_json(body: bytes, charset: str | None) -> Iterator[FeedEntry]:
    try:
        feed = json.loads(decode_bytes(body, charset).text, strict=False)
        items = feed["items"]
        frame = {name: value for name, value in feed.items() if name != "items"}
    except (ValueError, RecursionError, TypeError, LookupError, AttributeError) as error:
        raise Unreadable("is no valid JSON Feed") from error
    if len(json.dumps(frame)) > LARGEST_FRAME or not isinstance(items, list):
        raise Unreadable("has too much around its entries, or no list of them; digest fetch takes it not")
    for item in items[: MOST_ENTRIES + 1]:
        if isinstance(item, dict):
            yield FeedEntry(
                content=json.dumps({**frame, "items": [item]}, ensure_ascii=False, indent=1).encode(
                    "utf-8", "replace"
                ),
                suffix=".json",
                identity=str(item.get("id") or ""),
                url=str(item.get("url") or ""),
                title=str(item.get("title") or ""),
                words=short_hash(" ".join(str(item.get(name)) for name in ("title", "summary", *TEXTS))),
            )
