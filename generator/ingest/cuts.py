"""What a sidecar cuts out of a seed's text by hand: `from`, `until` and `drop`, where no rule can know better.

All name words as they stand in the text; case, blanks and forms of quotation marks do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.ingest.raw_article import Unreadable
from generator.languages.quotations import QUOTATION_MARKS

NAMES_OF_CUTS = ("from", "until", "drop")


@dataclass(slots=True)
class Cuts:
    """What to cut, and what of that was met in the articles of a seed."""

    wanted: Mapping[str, tuple[str, ...]]
    met: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, fields: Mapping[str, object]) -> Cuts:
        """Return what a sidecar wants cut."""
        values = {name: fields[name] for name in NAMES_OF_CUTS if name in fields}
        lists = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        return cls({name: tuple(filter(None, map(str, each))) for name, each in lists.items()})

    def made_in(self, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        """Return the paragraphs from the words of `from` on, without those of `until` and what follows.

        Paragraphs that hold one of the words of `drop` are left out. Raises `Unreadable` if nothing is left.
        """
        kept = list(paragraphs)
        for words in self.wanted.get("from", ()):
            if place := self._place(kept, words):
                at, start = place
                kept[: at + 1] = [kept[at][start:]]
        for words in self.wanted.get("until", ()):
            if place := self._place(kept, words):
                at, start = place
                kept[at:] = [kept[at][:start].rstrip()]
        for words in self.wanted.get("drop", ()):
            pattern = _pattern(words)
            others = [paragraph for paragraph in kept if not pattern.search(paragraph)]
            if len(others) < len(kept):
                self.met.add(words)
                kept = others
        left = tuple(filter(None, kept))
        if paragraphs and not left:
            raise Unreadable("has no text left after `from`, `until` and `drop` of its sidecar; correct them")
        return left

    def mistakes(self) -> Iterator[str]:
        """Return a line for each that met nothing in any article."""
        for name, lines in self.wanted.items():
            for words in lines:
                if words not in self.met:
                    yield f"{name}: {words[:60]} does not stand in the text; copy it from there"

    def _place(self, paragraphs: list[str], words: str) -> tuple[int, int] | None:
        """Return in which paragraph some words stand first, and where."""
        pattern = _pattern(words)
        for number, paragraph in enumerate(paragraphs):
            if found := pattern.search(paragraph):
                self.met.add(words)
                return number, found.start()
        return None


def _pattern(words: str) -> re.Pattern[str]:
    marks = f"[{re.escape(QUOTATION_MARKS)}]"
    parts = (re.sub(marks, lambda _: marks, re.escape(part)) for part in words.split())
    return re.compile(r"\s+".join(parts), re.IGNORECASE)
