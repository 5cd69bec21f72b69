"""What pages are, in the words of schema.org, as JSON-LD: read by machines, never run.

It is drawn from an article's record and from the front matter of generated pages: the `stories`, `topics` and
`names` of an article, the `kind` and `name` of what a page is about, and the `articles` that it lists.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

_TYPES = {
    "topic": "DefinedTerm",
    "person": "Person",
    "place": "Place",
    "organization": "Organization",
}
"""What nobody has said to be one of these, a mere `name`, may be none: programs are told nothing of it."""


_RECORD = {"slug": str, "language": str, "target_language": str, "title": dict, "sentences": list}
"""What a record has at least, and of which kind."""


def tell_record(file: Path) -> list[Any]:
    """Return the hash of an article's record, its date and its language; None for both if it is no record."""
    content = file.read_bytes()
    date = language = None
    with suppress(ValueError, AttributeError):
        record = json.loads(content)
        if all(isinstance(record.get(name), kind) for name, kind in _RECORD.items()):
            date, language = record_date(record), record["language"]
    return [hashlib.sha256(content).hexdigest(), date, language]


def record_date(record: Mapping[str, Any]) -> str | None:
    """Return the date that an article declares, else the day on which it was added."""
    date = record.get("published") or record.get("added")
    return date if isinstance(date, str) else None


def news_article(
    record: dict[str, Any], language: str, addresses: dict[str, str], meta: Mapping[str, Any]
) -> str:
    """Return JSON-LD for the page of a record in one of its two languages, ready to stand in a script element.

    `addresses` holds the absolute address of each page of the article, by language, `meta` the front matter.
    Author, publisher and date are those of the original, which on a translation's page is what it is a
    `translationOfWork` of.
    """
    own, target = record["language"], record["target_language"]
    title = record["title"]
    connected = _connected(meta, addresses.get(language, ""))
    original = _work(own, title["source"], addresses) | _declared(record)
    if own == target or not title.get("target"):
        return _script(original | connected)
    translation = _work(target, title["target"], addresses)
    if language == target:
        return _script(translation | connected | {"translationOfWork": original})
    return _script(original | connected | {"workTranslation": translation})


def _connected(meta: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return the topics that an article is about, the names it mentions, and the stories it is part of."""
    found = {
        "about": [_thing(topic, address) for topic in meta.get("topics", ())],
        "mentions": [_thing(name, address) for name in meta.get("names", ()) if name["kind"] in _TYPES],
        "isPartOf": [
            {"@type": "CollectionPage", "name": _text(story["name"]), **_place(address, story["link"])}
            for story in meta.get("stories", ())
        ],
    }
    return {field: things for field, things in found.items() if things}


def _thing(subject: Mapping[str, str], address: str) -> dict[str, Any]:
    """Return a topic or a name; without the page's address its name alone."""
    thing = {"@type": _TYPES[subject["kind"]], "name": _text(subject["name"])}
    return thing | _place(address, subject["link"])


def collection(meta: Mapping[str, Any], address: str, language: str, name: str) -> str:
    """Return JSON-LD for the page of a story, a topic or a name: what it is about, and its articles in order.

    Nothing where it has none. Without the page's address the articles have only their headlines.
    """
    articles = [
        {"@type": "NewsArticle", **_identified(_place(address, each["link"])), "headline": _text(each["title"])}
        | {"inLanguage": each["language"]}
        for each in meta.get("articles", ())
    ]
    if not articles:
        return ""
    page = {"@type": "CollectionPage", **_identified(_place(address)), "name": name}
    return _script(
        page | {"inLanguage": record_tag(language)} | _subject(meta, address) | {"hasPart": articles}
    )


def _subject(meta: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return the topic or name that a page is of, with its spellings, or what a story's articles share."""
    if "kind" not in meta:
        about = [{"@type": "Thing", "name": _text(term)} for term in meta.get("about", ())]
        return {"about": about} if about else {}
    if meta["kind"] not in _TYPES:
        return {}
    subject: dict[str, Any] = {"@type": _TYPES[meta["kind"]], "name": _text(meta["name"])}
    if spellings := meta.get("spellings"):
        subject["alternateName"] = [_text(spelling) for spelling in spellings]
    first_page = re.sub(r"page/\d+/$", "", address)
    return {"mainEntity": subject | _place(first_page)}


def _text(encoded: str) -> str:
    """Return a string of the front matter, where marks stand as entities."""
    return html.unescape(encoded)


def _place(address: str, link: str = "") -> dict[str, str]:
    """Return the address that a link on a page leads to, none where the page's own is not known."""
    return {"url": _joined(address, _text(link))} if address else {}


_UPWARDS = re.compile(r"((?:\.\./)+)((?:[^./?#:;][^/?#:;]*/)+)")


def _joined(address: str, link: str) -> str:
    """Return where a link leads. Links of ours go up and down again, which needs no parser of addresses."""
    way = _UPWARDS.fullmatch(link)
    return _upwards(address, len(way[1]) // 3) + way[2] if way else urljoin(address, link)


@lru_cache(maxsize=1000)
def _upwards(address: str, levels: int) -> str:
    return urljoin(address, "../" * levels)


def _identified(place: dict[str, str]) -> dict[str, str]:
    """Let a page be named by its address."""
    return {"@id": place["url"], **place} if place else {}


def _work(language: str, headline: str, addresses: dict[str, str]) -> dict[str, Any]:
    page = {"@type": "NewsArticle", **_identified(_place(addresses.get(language, "")))}
    return page | {"headline": " ".join(headline.split()), "inLanguage": record_tag(language)}


def record_tag(language: str) -> str:
    """Return the BCP 47 tag of a language as records name it."""
    return {"zt": "zh-Hant", "unknown": "und"}.get(language, language)


def _declared(record: dict[str, Any]) -> dict[str, Any]:
    """Return what the article declares of itself, and no more: an author may be a person or an agency."""
    source, author, url = (record.get(name) for name in ("source", "author", "url"))
    fields = {
        "datePublished": declared_day(str(record.get("published") or "").strip()),
        "author": {"name": author} if author else None,
        "publisher": {"@type": "Organization", "name": source} if source else None,
        "sameAs": url if re.match("https?://[^/]", str(url), re.IGNORECASE) else None,
        "license": record.get("licence"),
        "keywords": record.get("topics"),
    }
    return {name: value for name, value in fields.items() if value}


def declared_day(published: str) -> str | None:
    """Return a date or time as declared; None where it is not ISO 8601."""
    try:
        datetime.fromisoformat(published)
    except ValueError:
        return None
    return published


def _script(work: dict[str, Any]) -> str:
    """Write marks as escapes that could end the element, or a line where a reader of old knew no better."""
    text = json.dumps({"@context": "https://schema.org", **work}, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda mark: f"\\u{ord(mark[0]):04x}", text)
