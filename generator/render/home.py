"""The pages that lead to articles: a home for each interface language, search, about, the language choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.languages import language_of, tag_of
from generator.model import Connections, Page
from generator.render.archive import archive_link, archive_pages
from generator.render.escape import encode, path_segment
from generator.render.html import (
    date_or_unknown,
    headline_columns,
    newest_first,
    page_content,
    publishers,
    title_element,
)
from generator.render.links import NO_CONNECTIONS, StoryView
from generator.render.listed_article import ListedArticle
from generator.render.lists import ListPage, article_lists, list_item
from generator.render.provenance import origins
from generator.render.short_text import lede
from generator.render.stories import newest_stories, stories_at_home
from generator.render.strings import Strings, has_strings, strings_in
from generator.render.subjects import subject_links

PER_PAGE = 25


def trees(languages: Iterable[str], target: str, interfaces: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the languages of a site: the target, then those of its articles that have words, `interfaces`."""
    return (target, *sorted(code for code in {*languages, *interfaces} - {target} if has_strings(code)))


def index_pages(
    articles: Sequence[ListedArticle],
    target: str,
    trees: tuple[str, ...],
    connections: Connections = NO_CONNECTIONS,
) -> Iterator[Page]:
    """Return every page that leads to articles, newest articles first; those without a date follow by name."""
    known = {article.slug: article for article in articles}
    copies = {
        slug: frozenset(each.slug for each in related if each.duplicate)
        for slug, related in connections.related.items()
    }
    yield Page("index.md", None, partial(_language_choice, target, trees))
    for tree in trees:
        listed = newest_first(article for article in articles if article.stands_in(tree))
        stories = newest_stories(connections, known, tree)
        ways = [*subject_links(connections, known, tree), *archive_link(listed, tree)]
        yield from _homes([each for each in listed if not each.archived], tree, copies, stories, ways)
        yield from archive_pages(listed, tree)
        title = strings_in(tree)("search.title")
        heading = [f'<h1 id="search">{encode(title)}</h1>']
        yield Page(f"{tree}/search.md", None, partial(page_content, heading, title=title))
        yield Page(f"{tree}/about.md", None, partial(_about, strings_in(tree)))


@dataclass(frozen=True, slots=True)
class Card:
    """An article on the front page, with others that say nearly the same."""

    article: ListedArticle
    copies: tuple[ListedArticle, ...]


def _homes(
    articles: Sequence[ListedArticle],
    tree: str,
    copies: Mapping[str, frozenset[str]],
    stories: Sequence[StoryView],
    ways: Sequence[str],
) -> Iterator[Page]:
    """Return the pages of the newest articles; the first one leads to everything else, too.

    What is folded there is folded within a page: so an article more changes no further page of the list.
    """
    empty: ListPage[ListedArticle] = ListPage("", 0, "", "", ())
    first, *others = [*article_lists("", articles, PER_PAGE)] or [empty]
    below = ["", *ways] if ways else []
    told = {article.slug for story in stories for article in story.articles}
    cards = _cards([each for each in first.shown if each.slug not in told] or first.shown, copies)
    above = stories_at_home(stories, tree)
    yield Page(first.path(tree), None, partial(_home, first, cards, tree, above=above, below=below))
    for page in others:
        cards = _cards(page.shown, copies)
        facts = page, [(card, lede(card.article, tree), _facts_shown(card.article)) for card in cards]
        yield Page(page.path(tree), facts, partial(_home, page, cards, tree))


def _facts_shown(article: ListedArticle) -> tuple[object, ...]:
    """Return what of a card a list's row does not show."""
    return article.origins, article.findings


def _cards(articles: Iterable[ListedArticle], copies: Mapping[str, frozenset[str]]) -> list[Card]:
    """Fold articles that say nearly the same as one above them into that one."""
    found: dict[str, list[ListedArticle]] = {}
    stands_under: dict[str, str] = {}
    for article in articles:
        near = sorted(copies.get(article.slug, frozenset()) & stands_under.keys())
        first = stands_under[article.slug] = stands_under[near[0]] if near else article.slug
        found.setdefault(first, []).append(article)
    return [Card(first, tuple(others)) for first, *others in found.values()]


def _home(
    page: ListPage[ListedArticle],
    cards: Sequence[Card],
    tree: str,
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
) -> bytes:
    says = strings_in(tree)
    items = [line for card in cards for line in _card(card, tree, page.up, says)]
    title = says("home.title")
    lines = [
        *above,
        f'<h1 id="latest">{encode(title)}</h1>',
        "",
        *(['<ol class="articles">', *items, "</ol>"] if items else [f"<p>{encode(says('home.none'))}</p>"]),
        *page.pager(says),
        *below,
    ]
    return page_content(lines, title=title + page.counted(says), description=says("description"))


def _card(card: Card, tree: str, up: str, says: Strings) -> list[str]:
    """Return an article's headline in both languages, its most telling sentence, and where it is from."""
    article = card.article
    columns = headline_columns(article.title, tree, "h2", link=_address(article, up))
    if told := lede(article, tree):
        leading = tree if tree == article.language else article.title.target_language
        own = 0 if told.language == leading else len(columns) - 1
        columns[own] = "\n".join(filter(None, (columns[own], told.element("p"))))
    facts = [
        ("publisher", publishers((article.source, *article.also), article.language)),
        ("published", date_or_unknown(article.published, says, is_added=article.is_undated)),
        ("language", encode(says.language_name(article.language))),
        ("length", encode(says.count("home.sentences", article.sentences))),
        *origins(article, says),
    ]
    byline = " ".join(f'<span class="{name}">{text}</span>' for name, text in facts if text)
    return list_item(columns, byline, _also(card.copies, tree, up, says))


def _also(copies: Sequence[ListedArticle], tree: str, up: str, says: Strings) -> list[str]:
    """Return a line that leads to the articles that say nearly the same as the one above it."""
    links = []
    for article in copies:
        link = title_element(article.title, tree).element("bdi", link=_address(article, up))
        source = publishers((article.source,), article.language)
        links.append(f"{link} ({source})" if source else link)
    said = encode(says("related.duplicate")) + says("provenance.heading_separator")
    return [f'<p class="byline also">{said}{says("subjects.comma").join(links)}</p>'] if links else []


def _address(article: ListedArticle, up: str) -> str:
    return f"{up}articles/{path_segment(article.slug)}/"


def _about(says: Strings) -> bytes:
    title = says("about.title")
    lines = [f'<h1 id="about">{encode(title)}</h1>']
    for section in says.sections("about.text"):
        lines += ["", f"<h2>{encode(section['heading'])}</h2>"]
        for paragraph in section["paragraphs"]:
            lines += ["", f"<p>{encode(paragraph)}</p>"]
    return page_content(lines, title=title)


def _language_choice(target: str, trees: tuple[str, ...]) -> bytes:
    """Return the page at the root of the site, in all of its languages."""
    title = strings_in(target)("root.title")
    lines = [f'<h1 id="languages">{encode(title)}</h1>', "", '<ul class="languages">']
    for tree in trees:
        language = language_of(tree)
        lines += [
            f'<li lang="{tag_of(tree)}" dir="{language.direction}">',
            f'<a href="{tree}/" hreflang="{tag_of(tree)}">{encode(language.endonym)}</a>',
            f"<p>{encode(strings_in(tree)('description'))}</p>",
            "</li>",
        ]
    return page_content([*lines, "</ul>"], title=title)
