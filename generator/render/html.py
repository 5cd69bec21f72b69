"""The small pieces of HTML and front matter that all pages are put together from, each written one way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol, TypeVar
from urllib.parse import quote

from generator.languages.scripts import Direction
from generator.languages.term_matcher import mentions_of, straight
from generator.render.escape import clean, direction, encode, encode_attribute, isolate, tag_in
from generator.render.listed_article import Line
from generator.render.page_markup import SOURCE, TARGET
from generator.render.strings import Strings, strings_in


def page_content(lines: Iterable[str], **fields: object) -> bytes:
    """Return a page of these lines, with these fields in its front matter."""
    return "\n".join([f"---\n{front_matter(**fields)}---\n", *lines, ""]).encode()


def front_matter(**fields: object) -> str:
    """Return lines of YAML whose strings are encoded, harmless in any template; absent fields are left out.

    A value is a string, or a list of strings or of flat mappings: nested ones would end in two braces, which
    templates take for theirs.
    """
    return "".join(
        f"{name}: {json.dumps(_encoded(value), ensure_ascii=False)}\n"
        for name, value in fields.items()
        if value is not None
    )


def _encoded(value: object) -> object:
    if isinstance(value, dict):
        return {name: _encoded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_encoded(each) for each in value]
    return encode_attribute(str(value))


@dataclass(frozen=True, slots=True)
class TextElement:
    """Text in one language, ready to become an element that says so."""

    text: str
    language: str
    foreign: str = ""
    """The language that runs in the other direction are in."""
    classes: str = ""
    told: str = ""
    """What to know of it, as a tag that is no part of the text."""
    marked: tuple[str, ...] = ()
    """What readers look for in it, with straight apostrophes."""

    def element(self, name: str, *, identity: str = "", link: str = "") -> str:
        """Return an HTML element with language and direction; `link` makes the whole text lead there."""
        side = direction(self.text, self.language)
        marked = "".join(self._parts(side))
        inner = f'<a href="{link}">{marked}</a>' if link else marked
        own = f' id="{identity}"' if identity else ""
        kind = f' class="{self.classes}"' if self.classes else ""
        told = f' data-machine="{encode_attribute(self.told)}"' if self.told else ""
        return f'<{name}{own}{kind}{told} lang="{self.tag}" dir="{side}">{inner}</{name}>'

    @property
    def tag(self) -> str:
        """The tag of the language that it is in as its letters say."""
        return tag_in(self.text, self.language, self.foreign)

    def _parts(self, side: Direction) -> Iterator[str]:
        """Return the text in HTML, with what is to be marked in it."""
        text, end = clean(self.text), 0
        for start, stop in mentions_of(self.marked, straight(text)) if self.marked else ():
            if direction(text[start:stop], self.language) == side:  # a mark would tear what runs the other way
                yield self._isolated(text[end:start], side)
                yield f"<mark>{self._isolated(text[start:stop], side)}</mark>"
                end = stop
        yield self._isolated(text[end:], side)

    def _isolated(self, part: str, side: Direction) -> str:
        """Return a part of the text in HTML with the blanks around it."""
        return " " * part[:1].isspace() + isolate(part, side, self.foreign) + " " * part[1:][-1:].isspace()


def declared_text(text: str | None, language: str) -> str:
    """Return text that an article declares as an element with its language; nothing where it declares none.

    Its first letter tells browsers its direction, which is stated where that would be wrong: CNN بالعربية.
    """
    if not text or not clean(text):
        return ""
    side, first = direction(text, language), re.search(r"[^\W\d_]", text)
    stated = f' dir="{side}"' if first and direction(first[0], language) != side else ""
    return f'<bdi lang="{tag_in(text, language)}"{stated}>{encode(text)}</bdi>'


def section(identity: str, title: str, lines: Iterable[str], classes: str = "") -> list[str]:
    """Return lines as a section named by its heading."""
    kind = f'class="{classes}" ' if classes else ""
    heading = f'<h2 id="{identity}">{encode(title)}</h2>'
    return [f'<section {kind}aria-labelledby="{identity}">', heading, *lines, "</section>"]


def source_side(line: Line, marked: tuple[str, ...] = ()) -> TextElement:
    """Return a line as it was published."""
    return TextElement(line.source, line.source_language, line.target_language, SOURCE, marked=marked)


def target_side(line: Line, marked: tuple[str, ...] = ()) -> TextElement:
    """Return a line's translation, empty where nobody has translated it."""
    return TextElement(line.target or "", line.target_language, line.source_language, TARGET, marked=marked)


def target_leads(line: Line, tree: str, own: str) -> bool:
    """Return whether translations stand first in a tree: all but that of the article's own language."""
    return tree == line.target_language or tree != own


def title_element(line: Line, tree: str) -> TextElement:
    """Return a headline as a tree shows it first, in its own language where nobody has translated it."""
    return target_side(line) if line.target and tree != line.source_language else source_side(line)


def title_text(line: Line, tree: str) -> str:
    """Return a headline as plain text in a tree's language, in its own where nobody has translated it."""
    return title_element(line, tree).text


def headline_elements(line: Line, tree: str, name: str, *, identity: str = "", link: str = "") -> list[str]:
    """Return the headline in the tree's language as heading `name`, and in the other language below it."""
    by_machine = " machine" if line.origin == "machine" else ""
    told = strings_in(tree)("notes.machine") if by_machine else ""
    translated = replace(target_side(line), classes=f"{TARGET}{by_machine}", told=told)
    sides = [source_side(line), translated] if line.target else [source_side(line)]
    first, *rest = sides[::-1] if target_leads(line, tree, line.source_language) else sides
    below = [replace(side, classes=f"headline {side.classes}").element("p") for side in rest]
    return [first.element(name, identity=identity, link=link), *below]


def headline_columns(line: Line, tree: str, name: str, *, link: str = "") -> list[str]:
    """Return a headline as lists have it: in the second column what is not in the tree's language."""
    sides = headline_elements(line, tree, name, link=link)
    return sides if line.target or line.source_language in (tree, line.target_language) else ["", *sides]


def publishers(names: Iterable[str | None], language: str) -> str:
    """Return who published an article, one or several, as elements."""
    return ", ".join(filter(None, (declared_text(name, language) for name in names)))


def date_or_unknown(published: str | None, says: Strings, *, is_added: bool = False) -> str:
    """Return a date in words, or that none is known."""
    return time_element(published, says, is_added=is_added) or encode(says("article.undated"))


def time_element(published: str | None, says: Strings, *, is_added: bool = False) -> str | None:
    """Return a date in words, or None where none is declared or it cannot be read.

    That of an article's adding to the digest says so.
    """
    if instant(published) is None:
        return None
    day = (published or "").strip()[:10]
    date = says("article.added", date=says.date(day)) if is_added else says.date(day)
    return f'<time datetime="{day}">{encode_attribute(date)}</time>'


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


class _Dated(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def published(self) -> str | None: ...


_Item = TypeVar("_Item", bound=_Dated)


def newest_first(dated: Iterable[_Item]) -> list[_Item]:
    """Sort by declared date, latest first; what has none follows by name."""
    by_name = sorted(dated, key=lambda each: each.slug)
    earliest = datetime.min.replace(tzinfo=UTC)
    return sorted(by_name, key=lambda each: instant(each.published) or earliest, reverse=True)


def page_path(tree: str, slug: str) -> str:
    """Return the address of an article's page, from the site's root."""
    return f"{tree}/articles/{quote(slug, safe='')}/"
