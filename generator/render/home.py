"""The pages that lead to articles: a home for each interface language, search, about, the language choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest

from generator.languages import is_unspaced, language_of, tag_of
from generator.model import Connections, Page
from generator.render.archive import archive_link, archive_pages
from generator.render.escape import direction, encode, isolate, path_segment, tag_in
from generator.render.html import (
    TextElement,
    headline_elements,
    newest_first,
    page_content,
    publishers,
    target_leads,
    time_element,
)
from generator.render.links import NO_CONNECTIONS
from generator.render.listed_article import Line, ListedArticle
from generator.render.lists import ListPage, article_lists, list_item
from generator.render.provenance import origins
from generator.render.stories import stories_at_home
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
    yield Page("index.md", None, partial(_language_choice, target, trees))
    for tree in trees:
        listed = newest_first(article for article in articles if article.stands_in(tree))
        stories = stories_at_home(connections, known, tree)
        ways = [*subject_links(connections, known, tree), *archive_link(listed, tree)]
        yield from _homes([each for each in listed if not each.archived], tree, stories, ways)
        yield from archive_pages(listed, tree)
        title = strings_in(tree)("search.title")
        heading = [f'<h1 id="search">{encode(title)}</h1>']
        yield Page(f"{tree}/search.md", None, partial(page_content, heading, title=title))
        yield Page(f"{tree}/about.md", None, partial(_about, strings_in(tree)))


def _homes(
    articles: Sequence[ListedArticle], tree: str, stories: Sequence[str], ways: Sequence[str]
) -> Iterator[Page]:
    """Return the pages of the newest articles; the first one leads to everything else, too."""
    empty: ListPage[ListedArticle] = ListPage("", 0, "", "", ())
    first, *others = [*article_lists("", articles, PER_PAGE)] or [empty]
    below = ["", *ways] if ways else []
    yield Page(first.path(tree), None, partial(_home, first, tree, above=stories, below=below))
    for page in others:
        facts = page, [(each.summary, each.origins, each.findings) for each in page.shown]
        yield Page(page.path(tree), facts, partial(_home, page, tree))


def _home(
    page: ListPage[ListedArticle], tree: str, *, above: Sequence[str] = (), below: Sequence[str] = ()
) -> bytes:
    says = strings_in(tree)
    cards = [line for article in page.shown for line in _card(article, tree, page.up, says)]
    title = says("home.title")
    lines = [
        *above,
        f'<h1 id="latest">{encode(title)}</h1>',
        "",
        *(['<ol class="articles">', *cards, "</ol>"] if cards else [f"<p>{encode(says('home.none'))}</p>"]),
        *page.pager(says),
        *below,
    ]
    return page_content(lines, title=title + page.counted(says), description=says("description"))


def _card(article: ListedArticle, tree: str, up: str, says: Strings) -> list[str]:
    """Return an article's headline and summary, first in the tree's language, and where it is from."""
    address = f"{up}articles/{path_segment(article.slug)}/"
    headlines = headline_elements(article.title, tree, "h2", link=address)
    sides = zip_longest(headlines, summaries(article.summary, tree, article.language))
    facts = [
        ("publisher", publishers((article.source, *article.also), article.language)),
        ("published", time_element(article.published, says, is_added=article.is_undated)),
        ("language", encode(says.language_name(article.language))),
        ("length", encode(says.count("home.sentences", article.sentences))),
        *origins(article, says),
    ]
    byline = " ".join(f'<span class="{name}">{text}</span>' for name, text in facts if text)
    return list_item(("\n".join(filter(None, side)) for side in sides), byline)


def summaries(summary: Sequence[Line], tree: str, own: str) -> list[str]:
    """Return the summary of an article in `own` as one paragraph a language, the tree's first."""
    if not summary:
        return []
    target = summary[0].target_language
    sides = [_paragraph([(line.source, line.source_language) for line in summary], target, "source")]
    if any(line.target for line in summary):
        translated = [
            (line.target, target) if line.target else (line.source, line.source_language) for line in summary
        ]
        foreign = next((line.source_language for line in summary if line.source_language != target), "")
        by_machine = any(line.origin == "machine" for line in summary)
        sides.append(_paragraph(translated, foreign, "target machine" if by_machine else "target"))
    return sides[::-1] if target_leads(summary[0], tree, own) else sides


def _paragraph(sentences: Sequence[tuple[str, str]], foreign: str, role: str) -> str:
    """Join sentences; one in another language than the first says so."""
    language = sentences[0][1]
    whole = " ".join(text for text, _ in sentences)
    side, tag = direction(whole, language), tag_in(whole, language)
    pieces = [
        isolate(text, side, foreign) if own == language else TextElement(text, own, language).element("bdi")
        for text, own in sentences
    ]
    glue = "" if is_unspaced(language) else " "
    return f'<p class="{role}" lang="{tag}" dir="{side}">{glue.join(pieces)}</p>'


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
