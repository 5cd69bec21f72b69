"""Articles as the rows of lists, and long lists cut into pages: alike wherever articles are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Generic, TypeVar
from urllib.parse import quote

from generator.languages import tag_of
from generator.model import Page
from generator.render.escape import encode, path_segment
from generator.render.html import headline_elements, page_content, publishers, time_element, title_element
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
    sides = headline_elements(article.title, tree, name, link=f"{up}articles/{path_segment(article.slug)}/")
    return list_item(sides, citation(article, strings_in(tree)), below)


def list_item(sides: Iterable[str], byline: str, below: Sequence[str] = ()) -> list[str]:
    """Return an item of a list: a column for each language, a byline, and lines `below`."""
    columns = (line for side in sides for line in ("<div>", side, "</div>"))
    return ["<li>", *columns, f'<p class="byline">{byline}</p>', *below, "</li>"]


def citation(article: ListedArticle, says: Strings) -> str:
    """Return date, source and language of an article, as far as it tells them."""
    facts = {
        "published": time_element(article.published, says, is_added=article.is_undated),
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
    pages: int
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
        return f" ({self._place(says)})" if self.number > 1 else ""

    def pager(self, says: Strings) -> list[str]:
        """Return links to the newer and the older pages of the list, nothing where it has one page."""
        if self.pages == 1:
            return []
        home = "../../" if self.number > 1 else ""
        newer = home if self.number == 2 else f"../{self.number - 1}/"
        older = f"../{self.number + 1}/" if self.number > 1 else "page/2/"
        newer_link = f'<a rel="prev" href="{newer}">{encode(says("home.newer"))}</a>'
        older_link = f'<a rel="next" href="{older}">{encode(says("home.older"))}</a>'
        return [
            "",
            f'<nav class="pager" aria-label="{encode(says("home.pages"))}">',
            *([newer_link] if self.number > 1 else []),
            f"<span>{encode(self._place(says))}</span>",
            *([older_link] if self.number < self.pages else []),
            "</nav>",
        ]

    def _place(self, says: Strings) -> str:
        return says("home.page", page=self.number, pages=self.pages)


def list_pages(folder: str, items: Sequence[_Item], per_page: int = PER_PAGE) -> Iterator[ListPage[_Item]]:
    """Cut a list into pages; an empty one has none."""
    pages = -(-len(items) // per_page)
    for number in range(1, pages + 1):
        shown = tuple(items[(number - 1) * per_page : number * per_page])
        further = f"{folder}/page/{number}".lstrip("/")
        yield ListPage(further if number > 1 else folder, number, pages, shown)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles under a heading."""

    folder: str
    """In its tree; the first part names the list of all such lists."""
    title: str
    description: str
    heading: str
    """As HTML."""
    articles: tuple[ListedArticle, ...]
    back: str
    """What leads to the list of all such lists."""
    above: tuple[str, ...] = ()
    """Lines of HTML between the heading and the articles."""
    data: dict[str, object] = field(default_factory=dict)
    """What its front matter tells programs of it; where it tells nothing, it names no articles either."""


def listing_pages(listing: Listing, tree: str) -> Iterator[Page]:
    """Return the pages of a list."""
    for page in list_pages(listing.folder, listing.articles):
        facts = (replace(listing, articles=()), page.shown, page.pages)
        yield Page(page.path(tree), facts, partial(_listing_page, listing, page, tree))


def _listing_page(listing: Listing, page: ListPage[ListedArticle], tree: str) -> bytes:
    says, kind = strings_in(tree), listing.folder.split("/", maxsplit=1)[0]
    named = [article_data(article, tree, page.up) for article in page.shown] if listing.data else None
    lines = [
        f'<h1 id="{kind}">{listing.heading}</h1>',
        "",
        *listing.above,
        '<ol class="articles">',
        *(line for article in page.shown for line in article_row(article, tree, page.up)),
        "</ol>",
        *page.pager(says),
        "",
        f'<p class="archive"><a href="{page.up}{kind}/">{encode(listing.back)}</a></p>',
    ]
    title = listing.title + page.counted(says)
    return page_content(lines, title=title, description=listing.description, **listing.data, articles=named)
