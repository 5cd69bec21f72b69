"""Articles as the rows of lists, and long lists cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from generator.model import Output
from generator.render.escape import encode, path_segment, tag
from generator.render.html import front_matter, headline, pager, time_element
from generator.render.listed_article import Entry, Line
from generator.render.strings import Words, words

PER_PAGE = 50

IsStale = Callable[[str, object], bool]
"""Tells of a page, by its path and all the facts that it shows, whether it must be written again."""

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an article."""

    slug: str
    language: str = field(repr=False)
    title: Line = field(repr=False)
    published: str | None = field(repr=False)
    source: str | None = field(repr=False)
    version: str
    """A hash of all this, by which rows are compared ten thousands of times."""

    def stands_in(self, tree: str) -> bool:
        """Return whether the article has a page in a tree."""
        return tree in (self.title.target_language, self.language)


def row_of(entry: Entry) -> Row:
    """Return an article's row."""
    return Row(entry.slug, entry.language, entry.title, entry.published, entry.source, entry.version)


def row_lines(row: Row, tree: str, up: str, *, name: str = "h2", below: Sequence[str] = ()) -> list[str]:
    """Return an article's headline in both languages, its source, date and language, and lines `below`.

    `up` leads from the page to its tree, `name` is the element of the headline.
    """
    language = words(tree)
    sides = headline(row.title, tree, name, link=f"{up}articles/{path_segment(row.slug)}/")
    origin = f'<span class="language">{encode(language.language_name(row.language))}</span>'
    return [
        "<li>",
        *(line for side in sides for line in ("<div>", side, "</div>")),
        f'<p class="byline">{" ".join([*cited(row, language), origin])}</p>',
        *below,
        "</li>",
    ]


def cited(row: Row, language: Words) -> list[str]:
    """Return the date and the source of an article, as far as it tells them."""
    source = f'<bdi lang="{tag(row.language)}">{encode(row.source)}</bdi>' if row.source else None
    facts = {"published": time_element(row.published, language), "publisher": source}
    return [f'<span class="{name}">{text}</span>' for name, text in facts.items() if text]


@dataclass(frozen=True, slots=True)
class Turn(Generic[_Item]):
    """One page of a long list."""

    folder: str
    """In its tree."""
    page: int
    pages: int
    shown: tuple[_Item, ...]

    @property
    def up(self) -> str:
        """The way from the page to its tree."""
        return "../" * (self.folder.count("/") + 1)

    def counted(self, language: Words) -> str:
        """Say in a title which page it is, of the first one nothing."""
        return f" ({language('home.page', page=self.page, pages=self.pages)})" if self.page > 1 else ""


def turns(folder: str, items: Sequence[_Item], per_page: int = PER_PAGE) -> Iterator[Turn[_Item]]:
    """Cut a list into pages; an empty one has none."""
    pages = -(-len(items) // per_page)
    for page in range(1, pages + 1):
        shown = tuple(items[(page - 1) * per_page : page * per_page])
        yield Turn(folder + (f"/page/{page}" if page > 1 else ""), page, pages, shown)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles under a heading."""

    folder: str
    """In its tree; the first part names the list of all such lists."""
    title: str
    description: str
    heading: str
    """As HTML."""
    rows: tuple[Row, ...]
    back: str
    """What leads to the list of all such lists."""
    above: tuple[str, ...] = ()
    """Lines of HTML between the heading and the rows."""


def listing_pages(listing: Listing, tree: str, is_stale: IsStale) -> Iterator[Output]:
    """Return the pages of a list that are stale."""
    for turn in turns(listing.folder, listing.rows):
        path = f"{tree}/{turn.folder}/index.md"
        shown = "".join(row.version for row in turn.shown)
        if is_stale(path, (replace(listing, rows=()), shown, turn.pages)):
            yield Output(path, _page(listing, turn, tree).encode())


def _page(listing: Listing, turn: Turn[Row], tree: str) -> str:
    language, kind = words(tree), listing.folder.split("/", maxsplit=1)[0]
    head = front_matter(title=listing.title + turn.counted(language), description=listing.description)
    lines = [
        f'<h1 id="{kind}">{listing.heading}</h1>',
        "",
        *listing.above,
        '<ol class="articles">',
        *(line for row in turn.shown for line in row_lines(row, tree, turn.up)),
        "</ol>",
        *pager(turn.page, turn.pages, language),
        "",
        f'<p class="archive"><a href="{turn.up}{kind}/">{encode(listing.back)}</a></p>',
    ]
    return head + "\n".join(lines) + "\n"
