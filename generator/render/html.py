"""The small pieces of HTML and front matter that all pages are put together from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol, TypeVar
from urllib.parse import quote

from generator.render.escape import direction, encode, encode_attribute, isolate, tag
from generator.render.listed_article import Line
from generator.render.strings import Words

_EARLIEST = datetime.min.replace(tzinfo=UTC)


def front_matter(**fields: str | None) -> str:
    """Return YAML front matter of encoded strings, harmless in any template; absent fields are left out."""
    lines = [
        f"{name}: {json.dumps(encode_attribute(value), ensure_ascii=False)}\n"
        for name, value in fields.items()
        if value is not None
    ]
    return f"---\n{''.join(lines)}---\n\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """Text in one language, ready to become an element that says so."""

    text: str
    language: str
    foreign: str = ""
    """The language that runs in the other direction are in."""
    classes: str = ""

    def element(self, name: str, *, identity: str = "", link: str = "") -> str:
        """Return an HTML element with language and direction; `link` makes the whole text lead there."""
        side = direction(self.text, self.language)
        marked = isolate(self.text, side, self.foreign)
        inner = f'<a href="{link}">{marked}</a>' if link else marked
        own = f' id="{identity}"' if identity else ""
        kind = f' class="{self.classes}"' if self.classes else ""
        return f'<{name}{own}{kind} lang="{tag(self.language)}" dir="{side}">{inner}</{name}>'


def source_side(line: Line) -> Passage:
    """Return a line as it was published."""
    return Passage(line.source, line.source_language, line.target_language, "source")


def target_side(line: Line) -> Passage:
    """Return a line's translation, empty where nobody has translated it."""
    return Passage(line.target or "", line.target_language, line.source_language, "target")


def title_passage(line: Line, tree: str) -> Passage:
    """Return a headline in a tree's language, in its own where nobody has translated it."""
    return target_side(line) if line.target and tree == line.target_language else source_side(line)


def title_text(line: Line, tree: str) -> str:
    """Return a headline as plain text in a tree's language, in its own where nobody has translated it."""
    return title_passage(line, tree).text


def headline(line: Line, tree: str, name: str, *, identity: str = "", link: str = "") -> list[str]:
    """Return the headline in the tree's language as heading `name`, and in the other language below it."""
    by_machine = " machine" if line.origin == "machine" else ""
    translated = replace(target_side(line), classes=f"target{by_machine}")
    sides = [source_side(line), translated] if line.target else [source_side(line)]
    first, *rest = sides[::-1] if tree == line.target_language else sides
    below = [replace(side, classes=f"headline {side.classes}").element("p") for side in rest]
    return [first.element(name, identity=identity, link=link), *below]


def time_element(published: str | None, words: Words) -> str | None:
    """Return a date in words, or None where none is declared or it cannot be read."""
    if instant(published) is None:
        return None
    day = (published or "").strip()[:10]
    return f'<time datetime="{day}">{encode_attribute(words.date(day))}</time>'


@lru_cache(maxsize=100_000)
def instant(published: str | None) -> datetime | None:
    """Return the moment that an ISO 8601 date or time names; without a zone it counts as UTC."""
    if not published or not re.match(r"\d{4}-\d\d-\d\d", published.strip()):
        return None
    try:
        moment = datetime.fromisoformat(published.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Dated(Protocol):
    """Something with a name in addresses and perhaps a declared date."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        ...

    @property
    def published(self) -> str | None:
        """The declared date, ISO 8601."""
        ...


_Dated = TypeVar("_Dated", bound=Dated)


def newest_first(dated: Iterable[_Dated]) -> list[_Dated]:
    """Sort by declared date, latest first; what has none follows by name."""
    by_name = sorted(dated, key=lambda each: each.slug)
    return sorted(by_name, key=lambda each: instant(each.published) or _EARLIEST, reverse=True)


def page_path(tree: str, slug: str) -> str:
    """Return the address of an article's page, from the site's root."""
    return f"{tree}/articles/{quote(slug, safe='')}/"


def pager(page: int, pages: int, language: Words) -> list[str]:
    """Return links to the newer and the older articles."""
    if pages == 1:
        return []
    home = "../../" if page > 1 else ""
    newer = home if page == 2 else f"../{page - 1}/"
    older = f"../{page + 1}/" if page > 1 else "page/2/"
    return [
        "",
        f'<nav class="pager" aria-label="{encode(language("home.pages"))}">',
        *([f'<a rel="prev" href="{newer}">{encode(language("home.newer"))}</a>'] if page > 1 else []),
        f"<span>{encode(language('home.page', page=page, pages=pages))}</span>",
        *([f'<a rel="next" href="{older}">{encode(language("home.older"))}</a>'] if page < pages else []),
        "</nav>",
    ]
