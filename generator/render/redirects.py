"""Pages at the older addresses of articles: each leads to where its article stands now, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

from generator.model import Page
from generator.render.escape import path_segment
from generator.render.html import page_content, title_element
from generator.render.listed_article import ListedArticle


def claim_aliases(articles: Mapping[str, ListedArticle]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the slug that each alias leads to, and the slug and the alias of each that is taken already."""
    claimed: dict[str, str] = {}
    taken = []
    for slug in sorted(slug for slug, article in articles.items() if article.aliases):
        for alias in articles[slug].aliases:
            if (alias in articles and alias != slug) or claimed.get(alias, slug) != slug:
                taken.append((slug, alias))
            elif alias != slug:
                claimed[alias] = slug
    return claimed, taken


def redirect_pages(
    claimed: Mapping[str, str], articles: Mapping[str, ListedArticle], trees: Iterable[str]
) -> Iterator[Page]:
    """Return a page at each alias in each tree that the article stands in."""
    for tree in trees:
        for alias, slug in claimed.items():
            if articles[slug].stands_in(tree):
                make = partial(_page, articles[slug], tree)
                yield Page(f"{tree}/articles/{alias}/index.md", articles[slug], make)


def _page(article: ListedArticle, tree: str) -> bytes:
    title = title_element(article.title, tree)
    link = title.element("p", link=f"../{path_segment(article.slug)}/")
    return page_content([link], title=title.text, redirect=f"../{quote(article.slug, safe='')}/")
