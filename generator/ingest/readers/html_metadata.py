"""What a page declares about itself: in JSON-LD, `meta`, links and attributes, a date also under its headline.

Nothing is concluded from running text or today's date: extractors that do so invent dates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import html

from generator.ingest.dates import date_in, date_in_address
from generator.ingest.not_article import is_date_line
from generator.ingest.titles import plain_author, plain_title
from generator.languages import code_of

FIRST = {
    "url": ("//link[@rel='canonical']/@href[contains(., '://')]",),
    "language": ("/html/@lang", "/html/@*[name()='xml:lang']"),
}
"""Field → where elements declare it more reliably than `meta` does."""
META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline"),
    "published": tuple(
        "article:published_time datepublished dc.date.issued dcterms.issued dc.date dcterms.date date pubdate "
        "publishdate parsely-pub-date sailthru.date article:published:time "
        "og:published_time og:article:published_time article:published "
        "published_time published_at publish-date publish_date publication_date pub_date dc.date.created "
        "dcterms.created article.published article.created weibo:article:create_at bt:pubdate published-date "
        "originalpublicationdate rnews:datepublished cxenseparse:recs:publishtime displaydate "
        "content_create_date apub:time".split()
    ),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "source": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher"),
    "url": ("og:url",),
    "licence": ("dc.rights", "dcterms.rights", "dcterms.license", "rights", "license"),
    "topics": ("article:tag", "keywords", "news_keywords", "parsely-tags"),
    "language": ("content-language", "og:locale", "dc.language", "dcterms.language"),
}
"""Field → the names of `meta` elements that declare it, best first."""
LINKED_DATA = {
    "title": ("headline", "name"),
    "published": ("datePublished",),
    "author": ("author", "creator"),
    "source": ("publisher",),
    "url": ("url",),
    "licence": ("license",),
    "topics": ("keywords",),
    "language": ("inLanguage",),
}
"""Field → the properties of an article in JSON-LD."""
LAST = {
    "title": ("//*[@itemprop='headline']", "//h1", "//head/title"),
    "published": (
        "//*[@itemprop='datePublished']/@content",
        "//*[@itemprop='datePublished']/@datetime",
        "//time[@pubdate or contains(@class, 'published')]/@datetime",
        "//abbr[contains(@class, 'published')]/@title",
        "//article//time/@datetime",
    ),
    "author": (
        "//*[@itemprop='author']//*[@itemprop='name']",
        "//*[@itemprop='author' and not(*)]",
        "//a[@rel='author']",
        "//*[contains(concat(' ', @class, ' '), ' p-author ')]",
        "//*[contains(@class, 'author')]//*[contains(concat(' ', @class, ' '), ' fn ')]",
    ),
    "licence": ("//link[@rel='license']/@href", "//a[@rel='license']/@href"),
}
"""Field → where elements declare it as well; counts if all of one kind say the same."""


COMMENTED = re.compile(
    r"\A\s*(?:/\*|//)?\s*<!(?:\[CDATA\[|--)\s*(?:\*/)?|(?:/\*|//)?\s*(?:\]\]|--)>\s*(?:\*/)?\s*\Z"
)
"""How old programs hide a script from older browsers."""
PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\n]{8,40})"')
"""Says in JSON-LD that cannot be read when the page was published."""
MOST_HEADINGS = 5
MOST_AROUND = 40
"""Elements after the headline that may hold the date."""
LONGEST_DATELINE = 120
"""Characters."""
DATED = re.compile(
    r"date|time|publish|posted|meta|byline|datum|fecha|fech|pub|info|source|stamp", re.IGNORECASE
)
UPDATED = re.compile(r"modif|updat|edit(?!or)|event|related", re.IGNORECASE)
"""What a page calls elements with a date, and those with another one."""


def declared(root: html.HtmlElement) -> dict[str, object]:
    """Return the fields of a page under their names in an article."""
    metas = _metas(root)
    data = _linked_data(root)
    found = {
        field: _stated(root, FIRST.get(field, ()))
        or next((data[name] for name in LINKED_DATA[field] if data.get(name)), None)
        or next((metas[name] for name in names if name in metas), None)
        or _stated(root, LAST.get(field, ()))
        for field, names in META.items()
    }
    found["published"] = _published(root, found)
    if isinstance(title := found["title"], str):
        names = [metas.get("og:site_name"), metas.get("application-name"), found["source"], _host(found["url"])]
        tag = "h1" if root.find(".//h1") is not None else "h2"
        headings = (heading.text_content() for heading in islice(root.iter(tag), MOST_HEADINGS))
        found["title"] = plain_title(title, map(_name, names), (" ".join(each.split()) for each in headings))
    found["author"] = plain_author(found["author"])
    return {field: value for field, value in found.items() if value}


def _published(root: html.HtmlElement, found: Mapping[str, object]) -> object:
    """Return the declared date, else the one beside the only headline, else the one in the page's address."""
    language = code_of(str(found["language"])) or "" if isinstance(found["language"], str) else ""
    declared = found["published"]
    if isinstance(declared, str) and (date := date_in(declared, language)):
        return date
    return _date_at_headline(root, language) or date_in_address(str(found["url"] or "")) or declared


def _date_at_headline(root: html.HtmlElement, language: str) -> str | None:
    headlines = root.xpath("//h1")
    if len(headlines) != 1:
        return None
    around = [*islice(headlines[0].itersiblings(preceding=True), 3), *islice(headlines[0].iter(), 5)]
    around += islice(headlines[0].xpath("following::*"), MOST_AROUND)
    for element in around:
        named = " ".join(filter(None, map(element.get, ("class", "id", "itemprop"))))
        if UPDATED.search(named) or element.tag in ("script", "style"):
            continue
        if (
            element.tag == "time"
            and element.get("datetime")
            and (date := date_in(element.get("datetime"), language))
        ):
            return date
        text = " ".join(str(element.text_content()).split())
        is_dated = DATED.search(named) or element.tag == "time" or is_date_line(text)
        if is_dated and 5 < len(text) < LONGEST_DATELINE and (date := date_in(text, language)):
            return date
    return None


def _name(value: object) -> str:
    """Return a name that a page gives, as text or as an object of JSON-LD."""
    return (
        str(value.get("name") or "") if isinstance(value, Mapping) else value if isinstance(value, str) else ""
    )


def _host(url: object) -> str:
    """Return the host of an address as sites name themselves after it."""
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", str(url or ""))
    return found[1] if found else ""


def _stated(root: html.HtmlElement, paths: tuple[str, ...]) -> str | None:
    """Return what the first path finds that finds one value only; of elements, their text."""
    for path in paths:
        texts = (found if isinstance(found, str) else found.text_content() for found in root.xpath(path))
        values = {" ".join(text.split()) for text in texts} - {""}
        if len(values) == 1:
            return values.pop()
    return None


def _metas(root: html.HtmlElement) -> dict[str, str | list[str]]:
    """Return the content of `meta` elements by name; a list for those that name one topic each."""
    found: dict[str, str | list[str]] = {}
    for meta in root.iter("meta"):
        named = (meta.get(attribute) for attribute in ("name", "property", "itemprop", "http-equiv"))
        name = next(filter(None, named), "").lower()
        content = " ".join(meta.get("content", "").split())
        if name == "article:tag":
            found[name] = [*found.get(name, []), content]
        elif content and not (name.endswith("author") and "://" in content):
            found.setdefault(name, content)
    return found


def _linked_data(root: html.HtmlElement) -> Mapping[str, object]:
    """Return the first article that the page describes in JSON-LD."""
    page: Mapping[str, object] = {}
    for script in root.iter("script"):
        if "ld+json" in script.get("type", ""):
            text = COMMENTED.sub("", script.text or "")
            try:
                nodes = _nodes(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                dates = set(PUBLISHED.findall(text))
                page = page or ({"datePublished": dates.pop()} if len(dates) == 1 else {})
                continue
            for node in nodes:
                types = node.get("@type")
                types = types if isinstance(types, list) else [types]
                if any(str(kind).endswith(("Article", "Posting")) for kind in types):
                    return node
                if any(str(kind).endswith("WebPage") for kind in types) and node.get("datePublished"):
                    page = page or {"datePublished": node["datePublished"]}
    return page


def _nodes(data: object) -> Iterator[Mapping[str, object]]:
    """Return the objects at the top of JSON-LD, those of its graph, and what a page says it is about."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            parts = [*(graph if isinstance(graph, list) else []), item.get("mainEntity")]
            yield from (node for node in parts if isinstance(node, dict))
