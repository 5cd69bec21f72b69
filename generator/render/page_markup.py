"""The markup of an article's page: how sentences and connections stand in it, and how they are found again.

Pages are written with the names that stand here, and what people made of a page is read by them. Pages that
an earlier version of the program wrote are read as well: their sentences had no links with their numbers, nor
did they say which word became which, their front matter named no connections, and they had their summary once
more above the text.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from typing import NamedTuple

import yaml

from generator.model import PlacedSegment
from generator.render.escape import clean, encode, encode_attribute
from generator.render.strings import strings_in
from generator.theme.interface_strings import interface_languages

SOURCE = "source"
TARGET = "target"
"""The class of every element that holds a translation."""
PICKED = "picked"
"""The class of a sentence that is one of those that sum an article up."""

_NUMBER = '<a class="number" href="#s{n}" aria-label="{label}" title="{label}">{shown}</a>'
_NUMBER_LINE = re.compile(
    r'^<a class="number" href="#s[0-9]+" aria-label="[^"]*"(?: title="[^"]*")?>\d+</a>\n', re.MULTILINE
)
_ABOUT_SENTENCE = re.compile(
    r'^(<li id="s[0-9]+" class="[^"<>]*")(?: data-(?:links|by)="[^"<>]*")+>$', re.MULTILINE
)
"""What a sentence's item says for scripts: earlier versions of the program said none of it."""
_TEXT = r'(?:[^<]|<(?![a-zA-Z/!?])|<a href="#s[0-9]+">|</a>|</?bdi[^<>]*>)*'
"""What stands in a translation: text, also with marks as people type them, and no markup but ours."""
_TRANSLATED = re.compile(
    rf'^<p class="(?:{TARGET}|headline {TARGET}(?: machine)?)"[^<>]*>{_TEXT}</p>$', re.MULTILINE
)
_HEADLINE = re.compile(
    rf'^<h1 id="title" class="(?:{SOURCE}|{TARGET}(?: machine)?)"[^<>]*>{_TEXT}</h1>$', re.MULTILINE
)
_OLD_SUMMARY = re.compile(
    r'^<section class="summary" aria-labelledby="summary">\n'
    r'<h2 id="summary">(?:Summary|الخلاصة|摘要)</h2>\n<ol>\n(?P<items>.*?)^</ol>\n</section>\n\n',
    re.MULTILINE | re.DOTALL,
)
_OLD_ITEM_LINE = re.compile(
    r'(?:<li value="[0-9]+" class="[a-z]+">|</li>|<p class="note [a-z]+">.*</p>|)'
    r'|(?P<source><p class="source".*</p>)'
)
_LINK_TO_SENTENCE = re.compile(r'<a href="#s[0-9]+">(.*?)</a>')
_LINK_TO_CARE = re.compile(r'<a class="care" href="#s[0-9]+">([^<]*)</a>')
_MARK_OF_SUMMARY = re.compile(rf'^(<li id="s[0-9]+" class="(?:paragraph )?){PICKED} ', re.MULTILINE)
_ISOLATE = re.compile(r"<bdi [^<>]*>")
"""Of whose language and direction earlier versions said less."""
_FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.MULTILINE | re.DOTALL)
_TITLE_FIELD = re.compile(r"^title: .*$", re.MULTILINE)
_TRANSLATIONS = re.compile(r'^translations: "?(\w+)"?\n', re.MULTILINE)
_CONNECTED_HEAD = re.compile(
    r'(?P<fields>(?:^(?:stories|topics|names): .*\n)*)^connections: "(?P<hash>[0-9a-f]{16})"\n', re.MULTILINE
)
_CONNECTIONS = '\n<aside class="connections"'
_CONNECTED_END = re.compile(rf"{_CONNECTIONS}.*\Z", re.DOTALL)


def number_link(number: int, label: str, shown: str) -> str:
    """Return the link with which a sentence leads to itself, its number `shown` in a language's digits."""
    return _NUMBER.format(n=number, label=encode_attribute(label), shown=shown)


def sentence_item(number: int, classes: str, lines: Iterable[str], links: str = "", by: str = "") -> list[str]:
    """Return a sentence as an item of the text's list.

    `links` says for scripts which word became which, `by` who translated it, where the article does not.
    """
    about = f' data-links="{links}"' if links else ""
    about += f' data-by="{encode_attribute(by)}"' if by else ""
    return [f'<li id="s{number}" class="{classes}"{about}>', *lines, "</li>"]


def connections_block(lines: Iterable[str], label: str) -> list[str]:
    """Return what is connected with an article as the end of its page."""
    return [
        "",
        f'<aside class="connections" id="connections" aria-label="{encode_attribute(label)}">',
        *lines,
        "</aside>",
    ]


def connections_hash(fields: str, block: str) -> str:
    """Return a hash of all that a page tells of connections; the front matter holds it, to notice edits."""
    return hashlib.sha256((fields + block).strip().encode()).hexdigest()[:16]


def without_connections(markdown: str) -> str:
    """Return an article's page without connections, unless somebody edited these; then it stays as it is."""
    head, end = _CONNECTED_HEAD.search(markdown), _CONNECTED_END.search(markdown)
    if not head or not end or connections_hash(head["fields"], end[0]) != head["hash"]:
        return markdown
    return markdown[: head.start()] + markdown[head.end() : end.start()]


def translations_hash(rows: Iterable[PlacedSegment]) -> str:
    """Return a hash of an article's sentences and their translations.

    The front matter holds it: an edited page that has another than its record was made of an earlier one, and
    what it says otherwise need be nobody's correction.
    """
    texts = [(row.place, row.segment.source, row.segment.target) for row in rows]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16]


def is_of_other_translations(markdown: str, rows: Iterable[PlacedSegment]) -> bool:
    """Return whether an article's page was made of others; earlier versions of the program didn't say so."""
    head = _FRONT_MATTER.match(markdown)
    told = _TRANSLATIONS.search(head[0]) if head else None
    return told is not None and told[1] != translations_hash(rows)


TITLE = "title"
"""The row of the headline; the others are called `s` and the sentence's number."""


class PlaceOnPage(NamedTuple):
    """Where a page shows a translation."""

    row: str
    """Of the article, as `Translation.rows` calls it."""
    where: str
    """`text`, `summary`, or `front matter`; a headline above the text is in the `text`."""


PRECEDENCE = ("text", "summary", "front matter")
"""Which place of a page counts where two say different things."""


def without_translations(markdown: str, *, headed: bool) -> str:
    """Return what neither a correction nor another article changes in an article's page.

    `headed`: the page's title is a translation, as on pages in the target language.
    """
    page, *rest = without_connections(markdown).partition(_CONNECTIONS)
    page = _of_any_version(_TRANSLATED.sub("", _NUMBER_LINE.sub("", _ABOUT_SENTENCE.sub(r"\1>", page))))
    if headed:
        page = _HEADLINE.sub("", page)
        head = _FRONT_MATTER.match(page)
        if head and None not in map(_title_in, _TITLE_FIELD.findall(head[0])):
            page = _TITLE_FIELD.sub("", head[0]) + page[head.end() :]
    return "".join([page, *rest])


def _of_any_version(page: str) -> str:
    """Return a page without what only earlier or only later versions say in the same case.

    The summary of an earlier version stays where somebody edited the sources in it.
    """
    page = _ISOLATE.sub("<bdi>", _MARK_OF_SUMMARY.sub(r"\1", _TRANSLATIONS.sub("", page, count=1)))
    page = _LINK_TO_CARE.sub(r"\1", _undated().sub("", page))
    if summary := _OLD_SUMMARY.search(page):
        lines = [_OLD_ITEM_LINE.fullmatch(line) for line in summary["items"].split("\n")]
        rest = page[: summary.start()] + page[summary.end() :]
        texts = [_LINK_TO_SENTENCE.sub(r"\1", line["source"]) for line in lines if line and line["source"]]
        if all(lines) and all(text in rest for text in texts):
            return rest
    return page


@cache
def _undated() -> re.Pattern[str]:
    """Match what pages say of a date that nobody knows; earlier versions said nothing."""
    said = "|".join(re.escape(encode(strings_in(each)("article.undated"))) for each in interface_languages())
    span = f'<span class="published">(?:{said})</span>'
    return re.compile(rf'^<p class="byline">{span}</p>\n|{span} ?', re.MULTILINE)


def with_connections_of(page: str, made: str) -> str:
    """Return a page that was made without connections with those that another version of it tells."""
    head, end = _CONNECTED_HEAD.search(page), _CONNECTED_END.search(page)
    if not head or not end:
        return made
    lines = made.split("\n", page.count("\n", 0, head.start()))
    return "\n".join([*lines[:-1], head[0] + lines[-1]]) + end[0]


def translations(markdown: str, *, headed: bool) -> list[tuple[PlaceOnPage, str]]:
    """Return each translation that an article's page shows, as text; empty where a place for one is.

    The page may have been edited by hand: lines may be broken, marks such as & need not be written as
    entities, and in one place may stand two.
    """
    reader = _Reader.of(markdown, headed)
    found = [(place, clean("".join(pieces))) for place, pieces in reader.found]
    head = _FRONT_MATTER.match(markdown) if headed else None
    titles = map(_title_in, _TITLE_FIELD.findall(head[0])) if head else ()
    return found + [(PlaceOnPage(TITLE, "front matter"), title) for title in titles if title is not None]


def sources_of_page(markdown: str) -> dict[str, str]:
    """Return the source that an article's page shows in each row."""
    sources = _Reader.of(markdown, headed=False).sources
    return {row: clean("".join(pieces)) for row, pieces in sources.items()}


def _title_in(field: str) -> str | None:
    """Return the title that a line of front matter gives a page; None where it is none on one line."""
    try:
        title = yaml.load(field, Loader=yaml.BaseLoader)["title"]  # noqa: S506  it makes only strings
    except yaml.YAMLError:  # a colon in it, and no quotation marks
        title = field.removeprefix("title: ")
        if title.startswith(('"', "'", "|", ">")):
            return None
    return clean(html.unescape(title)) if isinstance(title, str) else None


class _Reader(HTMLParser):
    """Collects the translations of the headline, of the summary and of the text, and the text's sources."""

    def __init__(self, headed: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[PlaceOnPage, list[str]]] = []
        self.sources: dict[str, list[str]] = {}
        self._headed = headed
        self._item: PlaceOnPage | None = None
        self._inside: list[str] | None = None
        """The pieces of what is being read."""

    @classmethod
    def of(cls, markdown: str, headed: bool) -> _Reader:
        """Read a page but for its connections."""
        reader = cls(headed)
        reader.feed(markdown.partition(_CONNECTIONS)[0])
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        classes = (attributes.get("class") or "").split()
        if tag == "li":
            named = re.fullmatch(r"s([1-9][0-9]*)", attributes.get("id") or "")
            picked = re.fullmatch(r"([1-9][0-9]*)", attributes.get("value") or "")
            self._item = PlaceOnPage(named[0], "text") if named else None
            if picked and not named:
                self._item = PlaceOnPage(f"s{picked[1]}", "summary")
        elif tag in ("p", "h1"):
            place = self._item if TARGET in classes else None
            is_title = tag == "h1" and attributes.get("id") == "title"
            if (is_title and self._headed) or {"headline", TARGET} <= set(classes):
                place = PlaceOnPage(TITLE, "text")
            self._inside = None
            if place:
                self._inside = []
                self.found.append((place, self._inside))
            elif SOURCE in classes and (is_title or "headline" in classes):
                self._inside = self.sources.setdefault(TITLE, [])
            elif SOURCE in classes and self._item and self._item.where == "text":
                self._inside = self.sources.setdefault(self._item.row, [])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "h1"):
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self._inside.append(data)
