"""Feeds for each interface language: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, of the newest articles.

An entry is named by its page's address. Dates are those that articles declare. Atom alone demands a moment
of every entry: one without a declared date has the zero of Unix time there, which feed readers take for
"not set" and validators call implausible but valid, and no `published`. Left out, it would be kept from
readers of Atom, and a digest of undated articles would have no valid Atom feed at all. Titles are plain text,
escaped once; content is HTML in both languages.

Topics, names and languages that several articles have get an Atom feed each, beside their page: one format, few
entries and of each no more than the headlines and a sentence, so that ten thousand articles stay affordable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from lxml import etree

from generator.languages import tag_of
from generator.model import Connections, Output, Page
from generator.render.archive import language_groups
from generator.render.escape import clean
from generator.render.html import (
    TextElement,
    headline_elements,
    instant,
    newest_first,
    page_path,
    time_element,
    title_element,
)
from generator.render.links import Label
from generator.render.listed_article import ListedArticle
from generator.render.provenance import origins
from generator.render.short_text import lede, plain_summary, summaries
from generator.render.strings import strings_in

MOST = 100
"""Articles in a feed: readers fetch all of it again and again."""
MOST_OF_GROUP, LEAST_OF_GROUP = 30, 5
"""Articles in the feed of a topic, a name or a language, and how many it must have to get one."""
MAKER = "multilingual-digest"
"""Tells our feeds from a person's, in the place that each format has for the name of a program."""

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNDATED = datetime.fromtimestamp(0, UTC)
"""Stands where a format demands a moment and no article declares one: the usual zero, never a clock."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An article as every format of feed needs it."""

    article: ListedArticle
    address: str
    others: tuple[tuple[str, str], ...]
    """Language and address of the same article in other trees."""
    title: TextElement
    content: str
    summary: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest articles of a tree, or of a part of it."""

    tree: str
    name: str
    base: str
    items: tuple[FeedItem, ...]
    folder: str = ""
    """Of the page with the same articles, in its tree."""

    @property
    def home(self) -> str:
        """The address of the page with the same articles."""
        return f"{self.base}{self.tree}/" + (f"{quote(self.folder)}/" if self.folder else "")


def feed_files(
    articles: Sequence[ListedArticle], trees: tuple[str, ...], base: str, names: Mapping[str, str]
) -> Iterator[Output]:
    """Return three feeds for each tree, with the site's name in its language.

    Feeds depend on absolute addresses: where `base`, the site's own, is not known, there are none.
    """
    if not base:
        return
    base = base.rstrip("/") + "/"
    for tree in trees:
        listed = newest_first(each for each in articles if each.stands_in(tree) and not each.archived)
        items = tuple(_item(article, tree, trees, base) for article in listed[:MOST])
        feed = Feed(tree, clean(names[tree] or strings_in(tree)("home.title")), base, items)
        yield Output(f"{tree}/feed.xml", _rss(feed))
        yield Output(f"{tree}/atom.xml", _atom(feed))
        yield Output(f"{tree}/feed.json", _json(feed))


def group_feeds(
    connections: Connections,
    articles: Sequence[ListedArticle],
    trees: tuple[str, ...],
    base: str,
    names: Mapping[str, str],
) -> Iterator[Page]:
    """Return an Atom feed for each topic, name and language with enough articles in a tree.

    As with the others, there are none where `base` is not known.
    """
    base = base and base.rstrip("/") + "/"
    for tree in trees if base else ():
        listed = newest_first(each for each in articles if each.stands_in(tree))
        site = clean(names[tree] or strings_in(tree)("home.title"))
        for folder, name, members in _groups(connections, listed, tree):
            if len(members) >= LEAST_OF_GROUP:
                shown = members[:MOST_OF_GROUP]
                title = f"{clean(name)} – {site}"
                make = partial(_group_feed, shown, folder, title, tree, trees, base)
                facts = (title, base, trees, [(each, each.content, each.topics) for each in shown])
                yield Page(f"{tree}/{folder}/atom.xml", facts, make)


def _groups(
    connections: Connections, listed: Sequence[ListedArticle], tree: str
) -> Iterator[tuple[str, str, Sequence[ListedArticle]]]:
    """Return folder, name and articles of each topic, name and language of a tree, the newest first."""
    places = {article.slug: place for place, article in enumerate(listed)}
    for subject in connections.subjects:
        own = sorted(places[slug] for slug, _ in subject.articles if slug in places)
        if own:
            label = Label.of(subject, listed[0].title.target_language)
            yield f"{label.folder}/{subject.slug}", label.in_tree(tree).text, [listed[place] for place in own]
    for group in language_groups(listed, tree):
        yield f"archive/{group.folder}", group.title, group.articles


def _group_feed(  # noqa: PLR0913, PLR0917  what a feed is made of
    articles: Sequence[ListedArticle], folder: str, title: str, tree: str, trees: tuple[str, ...], base: str
) -> bytes:
    items = tuple(_item(article, tree, trees, base, is_brief=True) for article in articles)
    return _atom(Feed(tree, title, base, items, folder))


def _item(
    article: ListedArticle, tree: str, trees: tuple[str, ...], base: str, *, is_brief: bool = False
) -> FeedItem:
    others = [other for other in trees if other != tree and article.stands_in(other)]
    return FeedItem(
        article=article,
        address=base + page_path(tree, article.slug),
        others=tuple((tag_of(other), base + page_path(other, article.slug)) for other in others),
        title=title_element(article.title, tree),
        content=_content(article, tree, is_brief=is_brief),
        summary=plain_summary(article.summary, tree, article.language),
        published=utc(instant(article.published)),
    )


def _content(article: ListedArticle, tree: str, *, is_brief: bool) -> str:
    """Return the other headline, the summary in both languages, and who translated it, as HTML.

    If it `is_brief`, one sentence stands for the summary.
    """
    sentence = lede(article, tree) if is_brief else None
    told = (
        summaries(article.summary, tree, article.language)
        if not is_brief
        else [sentence.element("p")]
        if sentence
        else []
    )
    lines = [*headline_elements(article.title, tree, "h2")[1:], *told]
    says = strings_in(tree)
    facts = [text for _, text in origins(article, says)]
    if article.is_undated and (added := time_element(article.published, says, is_added=True)):
        facts.append(added)
    said = " · ".join(facts)
    if said:
        lines.append(f"<p><small>{said}</small></p>")
    return "\n".join(lines)


def utc(moment: datetime | None) -> datetime | None:
    """Return a moment in UTC, to the second."""
    try:
        return moment and moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:  # within hours of the first or the last day that can be told
        return moment and moment.replace(tzinfo=UTC, microsecond=0)


def rfc3339(moment: datetime) -> str:
    """Return a moment in UTC as Atom, JSON Feed and EPUB write it."""
    return moment.isoformat().replace("+00:00", "Z")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Add an element in its parent's namespace, unless it names its own."""
    own = name if name.startswith("{") else etree.QName(etree.QName(parent).namespace, name)
    element = etree.SubElement(parent, own, attributes)
    element.text = text
    return element


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _rss(feed: Feed) -> bytes:
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM})
    channel = _add(root, "channel")
    _add(channel, "title", feed.name)
    _add(channel, "link", feed.home)
    _add(channel, "description", clean(strings_in(feed.tree)("description")))
    _add(channel, "language", tag_of(feed.tree))
    _add(channel, "generator", MAKER)
    own = {"rel": "self", "type": "application/rss+xml", "href": f"{feed.home}feed.xml"}
    _add(channel, f"{{{_ATOM}}}link", **own)
    for item in feed.items:
        one = _add(channel, "item")
        _add(one, "title", clean(item.title.text))
        _add(one, "link", item.address)
        _add(one, "guid", item.address, isPermaLink="true")
        if item.published:
            _add(one, "pubDate", format_datetime(item.published))
        _add(one, "description", item.content)
        for topic in _topics(item):
            _add(one, "category", topic)
    return _bytes(root)


def _atom(feed: Feed) -> bytes:
    default: dict[Any, str] = {None: _ATOM}
    root = etree.Element(f"{{{_ATOM}}}feed", {_LANG: tag_of(feed.tree)}, nsmap=default)
    _add(root, "id", f"{feed.home}atom.xml")
    _add(root, "title", feed.name)
    _add(root, "subtitle", clean(strings_in(feed.tree)("description")))
    moments = [item.published or UNDATED for item in feed.items]
    _add(root, "updated", rfc3339(max(moments, default=UNDATED)))
    _add(_add(root, "author"), "name", feed.name)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{feed.home}atom.xml")
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    _add(root, "generator", MAKER)
    for item in feed.items:
        one = _add(root, "entry")
        _add(one, "id", item.address)
        _add(one, "title", clean(item.title.text), **{_LANG: item.title.tag, "type": "text"})
        _add(one, "link", rel="alternate", type="text/html", hreflang=tag_of(feed.tree), href=item.address)
        for language, address in item.others:  # of several alternates, readers take any
            _add(one, "link", rel="related", type="text/html", hreflang=language, href=address)
        _add(one, "updated", rfc3339(item.published or UNDATED))
        if item.published:
            _add(one, "published", rfc3339(item.published))
        for topic in _topics(item):
            _add(one, "category", term=topic)
        _add(one, "content", item.content, type="html")
    return _bytes(root)


def _json(feed: Feed) -> bytes:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": feed.home,
        "feed_url": f"{feed.home}feed.json",
        "description": clean(strings_in(feed.tree)("description")),
        "language": tag_of(feed.tree),
        "_generator": {"name": MAKER},
        "items": [_json_item(item) for item in feed.items],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(item: FeedItem) -> dict[str, Any]:
    title = item.article.title
    sides = [(title.source_language, title.source), (title.target_language, title.target)]
    fields: dict[str, Any] = {
        "id": item.address,
        "url": item.address,
        "title": clean(item.title.text),
        "language": tag_of(item.title.language),
        "content_html": item.content,
        "summary": item.summary,
        "date_published": rfc3339(item.published) if item.published else None,
        "tags": _topics(item),
        "_digest": {
            "titles": {tag_of(language): clean(text) for language, text in sides if text},
            "title_origin": title.origin,
            "sentences": dict(item.article.origins),
        },
    }
    return {name: value for name, value in fields.items() if value}


def _topics(item: FeedItem) -> list[str]:
    return list(dict.fromkeys(filter(None, map(clean, item.article.topics))))
