"""What an article's page is, in the words of schema.org, as JSON-LD: read by machines, never run."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

_FIELDS = {
    "story": ("isPartOf", "CollectionPage"),
    "topic": ("about", "Thing"),
    "person": ("mentions", "Person"),
    "place": ("mentions", "Place"),
    "organization": ("mentions", "Organization"),
    "name": ("mentions", "Thing"),
}
_LINK = re.compile(rf'<bdi class="({"|".join(_FIELDS)})"[^>]*><a href="([^"]*)">(.*?)</a></bdi>')
_TAGS = {"zt": "zh-Hant", "unknown": "und"}


def news_article(
    record: dict[str, Any], language: str, addresses: dict[str, str], connections: dict[str, Any]
) -> str:
    """Give JSON-LD for the page of a record in one of its two languages, ready to stand in a script element.

    `addresses` holds the absolute address of each page of the article, by language. Author, publisher and
    date are those of the original, which on a translation's page is what it is a `translationOfWork` of.
    """
    own, target = record["language"], record["target_language"]
    title = record["title"]
    original = _work(own, title["source"], addresses) | _declared(record)
    if own == target or not title.get("target"):
        return _script(original | connections)
    translation = _work(target, title["target"], addresses)
    if language == target:
        return _script(translation | connections | {"translationOfWork": original})
    return _script(original | connections | {"workTranslation": translation})


def connections(content: str, address: str) -> dict[str, Any]:
    """Give what the end of an article's page leads to; without the page's address the names alone."""
    found: dict[str, Any] = {"about": [], "mentions": [], "isPartOf": []}
    for kind, link, name in _LINK.findall(content.partition('<aside class="connections"')[2]):
        field, kind_there = _FIELDS[kind]
        place = {"url": urljoin(address, html.unescape(link))} if address else {}
        text = html.unescape(re.sub("<[^>]*>", "", name))
        found[field].append({"@type": kind_there, "name": text, **place})
    return {field: things for field, things in found.items() if things}


def _work(language: str, headline: str, addresses: dict[str, str]) -> dict[str, Any]:
    address = addresses.get(language)
    place = {"@id": address, "url": address} if address else {}
    tag = _TAGS.get(language, language)
    return {"@type": "NewsArticle", **place, "headline": " ".join(headline.split()), "inLanguage": tag}


def _declared(record: dict[str, Any]) -> dict[str, Any]:
    """Give what the article declares of itself, and no more: an author may be a person or an agency."""
    source, author, url = (record.get(name) for name in ("source", "author", "url"))
    fields = {
        "datePublished": _date(str(record.get("published") or "").strip()),
        "author": {"name": author} if author else None,
        "publisher": {"@type": "Organization", "name": source} if source else None,
        "sameAs": url if _is_address(url) else None,
        "license": record.get("licence"),
        "keywords": record.get("topics"),
    }
    return {name: value for name, value in fields.items() if value}


def _date(published: str) -> str | None:
    try:
        datetime.fromisoformat(published)
    except ValueError:
        return None
    return published


def _is_address(value: object) -> bool:
    return re.match("https?://[^/]", str(value), re.IGNORECASE) is not None


def _script(work: dict[str, Any]) -> str:
    """Write marks as escapes that could end the element, or a line where a reader of old knew no better."""
    text = json.dumps({"@context": "https://schema.org", **work}, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda mark: f"\\u{ord(mark[0]):04x}", text)
