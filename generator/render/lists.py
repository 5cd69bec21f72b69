"""Articles as the rows of lists, and long lists cut into pages: alike wherever articles are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote

from generator.languages import tag_of
from generator.render.escape import encode, path_segment
from generator.render.html import (
    date_or_unknown,
    headline_columns,
    instant,
    page_content,
    publishers,
    title_element,
)
from generator.render.listed_article import ListedArticle
from generator.render.strings import Strings, strings_in

PER_PAGE = 50

_Item = TypeVar("_Item")


def article_row(
    article: ListedArticle, tree: str, up: str, *, name: str = "h2", below: Sequence[str] = ()
) -> list[str]:
    """Return an article's headline in both languages, its source, date and language, and lines `below`.

    `up` leads from the page to its tree, `name` is the element of the headline.
    """
    sides = headline_columns(article.title, tree, name, link=f"{up}articles/{path_segment(article.slug)}/")
    return list_item(sides, citation(article, strings_in(tree)), below)


def list_item(sides: Iterable[str], byline: str, below: Sequence[str] = ()) -> list[str]:
    """Return an item of a list: a column for each language, a byline, and lines `below`."""
    columns = (line for side in sides for line in (("<div>", side, "</div>") if side else ("<div></div>",)))
    return ["<li>", *columns, f'<p class="byline">{byline}</p>', *below, "</li>"]


def citation(article: ListedArticle, says: Strings) -> str:
    """Return date, source and language of an article, as far as it tells them."""
    facts = {
        "published": date_or_unknown(article.published, says, is_added=article.is_undated),
        "publisher": publishers((article.source, *article.also), article.language),
        "language": encode(says.language_name(article.language)),
    }
    return " ".join(f'<span class="{name}">{text}</span>' for name, text in facts.items() if text)


def article_data(article: ListedArticle, tree: str, up: str) -> dict[str, str]:
    """Return what the front matter of a list tells programs of an article."""
    title = title_element(article.title, tree)
    address = f"{up}articles/{quote(article.slug, safe='')}/"
    return {"link": address, "title": title.text, "language": tag_of(title.language)}


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_Item]):
    """One page of a long list."""

    folder: str
    """In its tree; empty for the tree's own first page."""
    number: int
    """0 for the first page, which has no number."""
    newer: str
    """The way to the page before it in the list; empty where there is none."""
    older: str
    """The way to the page after it."""
    shown: tuple[_Item, ...]

    @property
    def up(self) -> str:
        """The way from the page to its tree."""
        return "../" * len(self.folder.split("/")) if self.folder else ""

    def path(self, tree: str) -> str:
        """Return the page's file in a tree."""
        return "/".join(filter(None, (tree, self.folder, "index.md")))

    def counted(self, says: Strings) -> str:
        """Say in a title which page it is, of the first one nothing."""
        return f" ({self._place(says)})" if self.number else ""

    def pager(self, says: Strings) -> list[str]:
        """Return links to the newer and the older pages of the list, nothing where it has one page."""
        if not self.newer and not self.older:
            return []
        place = [f"<span>{encode(self._place(says))}</span>"] if self.number else []
        return [
            "",
            f'<nav class="pager" aria-label="{encode(says("home.pages"))}">',
            *([f'<a rel="prev" href="{self.newer}">{encode(says("home.newer"))}</a>'] if self.newer else []),
            *place,
            *([f'<a rel="next" href="{self.older}">{encode(says("home.older"))}</a>'] if self.older else []),
            "</nav>",
        ]

    def _place(self, says: Strings) -> str:
        return says("home.page", page=self.number)


def list_pages(
    folder: str, items: Sequence[_Item], per_page: int = PER_PAGE, *, from_oldest: bool = False
) -> Iterator[ListPage[_Item]]:
    """Cut a list into pages; an empty one has none.

    `from_oldest` is for lists that grow at their beginning: all pages but the first are full and counted from
    the end, so that a new item changes none of them. The first page then holds up to twice as many, less one.
    """
    if from_oldest:
        numbers = [0, *range(len(items) // per_page - 1, 0, -1)] if items else []
    else:
        numbers = [0, *range(2, -(-len(items) // per_page) + 1)] if items else []
    end = len(items) - (len(numbers) - 1) * per_page if from_oldest else per_page
    begin = 0
    for place, number in enumerate(numbers):
        newer = "" if not number else f"../{numbers[place - 1]}/" if place > 1 else "../../"
        older = f"{'../' if number else 'page/'}{numbers[place + 1]}/" if place + 1 < len(numbers) else ""
        further = f"{folder}/page/{number}".lstrip("/") if number else folder
        yield ListPage(further, number, newer, older, tuple(items[begin:end]))
        begin, end = end, end + per_page


def article_lists(
    folder: str, articles: Sequence[ListedArticle], per_page: int = PER_PAGE
) -> Iterator[ListPage[ListedArticle]]:
    """Cut a list of articles, newest first, into pages; one without dates follows names, and grows anywhere."""
    dated = any(instant(article.published) for article in articles[:1])
    return list_pages(folder, articles, per_page, from_oldest=dated)


class Below(Protocol):
    """What a list shows below each of its articles."""

    def lines(self, article: ListedArticle, tree: str, up: str) -> list[str]:
        """Return lines of HTML."""
        ...


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands around a list of articles, alike on all of its pages."""

    title: str
    description: str
    heading: str
    """As HTML."""
    back: str
    """What leads to the list of all such lists."""
    above: tuple[str, ...] = ()
    """Lines of HTML between the heading and the articles."""
    data: dict[str, object] = field(default_factory=dict)
    """What its front matter tells programs of it; where it tells nothing, it names no articles either."""


def listing_page(
    listing: Listing, page: ListPage[ListedArticle], tree: str, below: Below | None = None
) -> bytes:
    """Return a page of a list; the first part of its folder names the list of all such lists."""
    says, kind = strings_in(tree), page.folder.split("/", maxsplit=1)[0]
    rows = (
        line
        for article in page.shown
        for line in article_row(
            article, tree, page.up, below=below.lines(article, tree, page.up) if below else ()
        )
    )
    named = [article_data(article, tree, page.up) for article in page.shown] if listing.data else None
    lines = [
        f'<h1 id="{kind}">{listing.heading}</h1>',
        "",
        *listing.above,
        '<ol class="articles">',
        *rows,
        "</ol>",
        *page.pager(says),
        "",
        f'<p class="archive"><a href="{page.up}{kind}/">{encode(listing.back)}</a></p>',
    ]
    title = listing.title + page.counted(says)
    return page_content(lines, title=title, description=listing.description, **listing.data, articles=named)
