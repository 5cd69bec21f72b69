"""What a person made of a page: the translations read back from its Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from generator.render.escape import clean


def sentences_of(markdown: str) -> dict[int, str] | None:
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
            self._inside = self._number is not None and "target" in (attributes.get("class") or "").split()
            if self._inside and self._number is not None:
                self.found.setdefault(self._number, [])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._number is not None:
            self.found[self._number].append(data)
