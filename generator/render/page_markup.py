"""The markup of an article's page: how sentences and connections stand in it, and how they are found again.

Pages are written with the names that stand here, and what people made of a page is read by them. Pages that
an earlier version of the program wrote are read as well: their sentences had no links with their numbers, and
their front matter named no connections.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser

from generator.render.escape import clean, encode_attribute

SOURCE = "source"
TARGET = "target"
"""The class of every element that holds a translation."""

_SENTENCE = re.compile(r'^<li id="s([0-9]+)".*?^</li>$', re.MULTILINE | re.DOTALL)
_NUMBER = '<a class="number" href="#s{n}" aria-label="{label}">{n}</a>'
_NUMBER_LINE = re.compile(r'^<a class="number" href="#s([0-9]+)" aria-label="[^"]*">\1</a>\n', re.MULTILINE)
_TARGET_LINE = re.compile(rf'^<p class="{TARGET}".*</p>$', re.MULTILINE)
_CONNECTED_HEAD = re.compile(
    r'(?P<fields>(?:^(?:stories|topics|names): .*\n)*)^connections: "(?P<hash>[0-9a-f]{16})"\n', re.MULTILINE
)
_CONNECTED_END = re.compile(r'\n<aside class="connections".*\Z', re.DOTALL)


def number_link(number: int, label: str) -> str:
    """Return the link with which a sentence leads to itself."""
    return _NUMBER.format(n=number, label=encode_attribute(label))


def sentence_item(number: int, classes: str, lines: Iterable[str]) -> list[str]:
    """Return a sentence as an item of the text's list."""
    return [f'<li id="s{number}" class="{classes}">', *lines, "</li>"]


def connections_block(lines: Iterable[str], label: str) -> list[str]:
    """Return what is connected with an article as the end of its page."""
    return ["", f'<aside class="connections" aria-label="{encode_attribute(label)}">', *lines, "</aside>"]


def connections_hash(fields: str, block: str) -> str:
    """Return a hash of all that a page tells of connections; the front matter holds it, to notice edits."""
    return hashlib.sha256((fields + block).strip().encode()).hexdigest()[:16]


def without_connections(markdown: str) -> str:
    """Return an article's page without connections, unless somebody edited these; then it stays as it is."""
    head, end = _CONNECTED_HEAD.search(markdown), _CONNECTED_END.search(markdown)
    if not head or not end or connections_hash(head["fields"], end[0]) != head["hash"]:
        return markdown
    return markdown[: head.start()] + markdown[head.end() : end.start()]


def without_translations(markdown: str) -> str:
    """Return what neither a corrected sentence nor another article changes in an article's page."""
    alone = without_connections(markdown)
    return _SENTENCE.sub(lambda found: _TARGET_LINE.sub("", _NUMBER_LINE.sub("", found[0])), alone)


def translations(markdown: str) -> dict[int, str] | None:
    """Return the translation of each numbered sentence of an article's page, as text; None if it holds none.

    A sentence nobody has translated is left out. The page may have been edited by hand: lines may be
    broken, and marks such as & need not be written as entities.
    """
    reader = _Reader()
    reader.feed(markdown)
    reader.close()
    found = {number: clean("".join(pieces)) for number, pieces in reader.found.items()}
    return {number: text for number, text in found.items() if text} if reader.found else None


class _Reader(HTMLParser):
    """Collects the text of every `<p class="target">` inside `<li id="sN">`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[int, list[str]] = {}
        self._number: int | None = None
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "li":
            named = re.fullmatch(r"s([1-9][0-9]*)", attributes.get("id") or "")
            self._number = int(named[1]) if named else None
        elif tag == "p":
            self._inside = self._number is not None and TARGET in (attributes.get("class") or "").split()
            if self._inside and self._number is not None:
                self.found.setdefault(self._number, [])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._number is not None:
            self.found[self._number].append(data)
