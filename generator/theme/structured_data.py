"""What pages are, in the words of schema.org, as JSON-LD: read by machines, never run."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

_TYPES = {
    "story": "CollectionPage",
    "topic": "DefinedTerm",
    "person": "Person",
    "place": "Place",
    "organization": "Organization",
    "name": "Thing",
}
_FIELDS = {"story": "isPartOf", "topic": "about"}
"""What an article has to do with things of a kind; it mentions all others."""
_KINDS = "|".join(_TYPES)
_LINK = re.compile(rf'<bdi class="({_KINDS})"[^>]*><a href="([^"]*)">(.*?)</a></bdi>')
_SUBJECT = re.compile(rf'<h1 [^>]*><bdi class="({_KINDS})"[^>]*>(.*?)</bdi></h1>')
_LISTED = re.compile(r'<h[23] class="[^"]*" lang="([^"]*)"[^>]*><a href="([^"]*)">(.*?)</a></h[23]>')
_BYLINE = re.compile(r'<p class="byline[^"]*">.*</p>')
_TERM = re.compile("<bdi [^>]*>([^<]*(?:<bdi [^>]*>[^<]*</bdi>[^<]*)*)</bdi>")
_TAGS = {"zt": "zh-Hant", "unknown": "und"}


def news_article(
    record: dict[str, Any], language: str, addresses: dict[str, str], connections: dict[str, Any]
) -> str:
    """Return JSON-LD for the page of a record in one of its two languages, ready to stand in a script element.

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
    """Return what the end of an article's page leads to; without the page's address the names alone."""
    found: dict[str, list[dict[str, Any]]] = {"about": [], "mentions": [], "isPartOf": []}
    for kind, link, name in _LINK.findall(content.partition('<aside class="connections"')[2]):
        thing = {"@type": _TYPES[kind], "name": _text(name)}
        found[_FIELDS.get(kind, "mentions")].append(thing | _place(address, link))
    return {field: things for field, things in found.items() if things}


def collection(content: str, address: str, language: str, name: str) -> str:
    """Return JSON-LD for the page of a story, a topic or a name: what it is about, and its articles in order.

    Nothing where it has none. Without the page's address the articles have only their headlines.
    """
    above, _, rows = content.partition('<ol class="articles">')
    articles = [
        {"@type": "NewsArticle", **_identified(_place(address, link)), "headline": _text(title)}
        | {"inLanguage": tag}
        for tag, link, title in _LISTED.findall(rows)
    ]
    if not articles:
        return ""
    page = {"@type": "CollectionPage", **_identified(_place(address)), "name": name}
    return _script(page | {"inLanguage": _tag(language)} | _subject(above, address) | {"hasPart": articles})


def _subject(above: str, address: str) -> dict[str, Any]:
    """Return the topic or name that a page is of, with its spellings, or what a story's articles share."""
    heading = _SUBJECT.search(above)
    terms = [_text(term) for line in _BYLINE.findall(above) for term in _TERM.findall(line)]
    if not heading:
        return {"about": [{"@type": "Thing", "name": term} for term in terms]} if terms else {}
    kind, name = heading.groups()
    spellings = {"alternateName": terms} if terms else {}
    first_page = re.sub(r"page/\d+/$", "", address)
    return {"mainEntity": {"@type": _TYPES[kind], "name": _text(name), **spellings, **_place(first_page)}}


def _text(marked: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", marked))


def _place(address: str, link: str = "") -> dict[str, str]:
    """Return the address that a link on a page leads to, none where the page's own is not known."""
    return {"url": urljoin(address, html.unescape(link))} if address else {}


def _identified(place: dict[str, str]) -> dict[str, str]:
    """Let a page be named by its address."""
    return {"@id": place["url"], **place} if place else {}


def _work(language: str, headline: str, addresses: dict[str, str]) -> dict[str, Any]:
    page = {"@type": "NewsArticle", **_identified(_place(addresses.get(language, "")))}
    return page | {"headline": " ".join(headline.split()), "inLanguage": _tag(language)}


def _tag(language: str) -> str:
    return _TAGS.get(language, language)


def _declared(record: dict[str, Any]) -> dict[str, Any]:
    """Return what the article declares of itself, and no more: an author may be a person or an agency."""
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
