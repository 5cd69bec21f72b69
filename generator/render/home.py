"""The pages that lead to articles: a home for each interface language, search, about, the language choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from generator.languages import language_of
from generator.model import Connections, Output
from generator.render.archive import archive_link, archive_pages
from generator.render.escape import direction, encode, isolate, path_segment, tag
from generator.render.html import Passage, front_matter, headline, newest_first, pager, time_element
from generator.render.links import NONE
from generator.render.listed_article import Entry, Line
from generator.render.lists import IsStale
from generator.render.stories import stories_at_home
from generator.render.strings import Words, has_words, words
from generator.render.subjects import subject_links

PER_PAGE = 25
_WITHOUT_SPACES = ("ja", "th", "zh", "zt")


def trees(languages: Iterable[str], target: str) -> tuple[str, ...]:
    """Return the interface languages of a site: the target, then the articles' languages that have strings."""
    return (target, *sorted(code for code in set(languages) - {target} if has_words(code)))


def index_pages(
    entries: Sequence[Entry],
    target: str,
    trees: tuple[str, ...],
    is_stale: IsStale = lambda path, facts: True,
    connections: Connections = NONE,
) -> Iterator[Output]:
    """Return every page that leads to articles, newest articles first; those without a date follow by name.

    Of the many further pages of a list only those are given that are stale, by their path and all they show.
    """
    known = {entry.slug: entry for entry in entries}
    yield Output("index.md", _language_choice(target, trees).encode())
    for tree in trees:
        listed = newest_first([entry for entry in entries if tree in (target, entry.language)])
        stories = stories_at_home(connections, known, tree)
        ways = [*subject_links(connections, known, tree), *archive_link(listed, tree)]
        yield from _homes(listed, tree, is_stale, stories, ways)
        yield from archive_pages(listed, tree, is_stale)
        yield Output(f"{tree}/search.md", _search(words(tree)).encode())
        yield Output(f"{tree}/about.md", _about(words(tree)).encode())


def _homes(
    entries: Sequence[Entry], tree: str, is_stale: IsStale, stories: Sequence[str], ways: Sequence[str]
) -> Iterator[Output]:
    pages = max(1, -(-len(entries) // PER_PAGE))
    for page in range(1, pages + 1):
        shown = entries[(page - 1) * PER_PAGE : page * PER_PAGE]
        path = f"{tree}/index.md" if page == 1 else f"{tree}/page/{page}/index.md"
        if page > 1 and not is_stale(path, (pages, shown)):
            continue
        lines = _home(shown, tree, page, pages)
        if page == 1:
            lines = [*stories, *lines, *([""] if ways else []), *ways]
        yield Output(path, (_head(tree, page, pages) + "\n".join(lines) + "\n").encode())


def _head(tree: str, page: int, pages: int) -> str:
    language = words(tree)
    turn = f" ({language('home.page', page=page, pages=pages)})" if page > 1 else ""
    return front_matter(title=language("home.title") + turn, description=language("description"))


def _home(entries: Sequence[Entry], tree: str, page: int, pages: int) -> list[str]:
    language, up = words(tree), "" if page == 1 else "../../"
    cards = [line for entry in entries for line in _card(entry, tree, up, language)]
    articles = (
        ['<ol class="articles">', *cards, "</ol>"] if cards else [f"<p>{encode(language('home.none'))}</p>"]
    )
    heading = f'<h1 id="latest">{encode(language("home.title"))}</h1>'
    return [heading, "", *articles, *pager(page, pages, language)]


def _card(entry: Entry, tree: str, up: str, language: Words) -> list[str]:
    """Return an article's headline and summary, first in the tree's language, and where it is from."""
    address = f"{up}articles/{path_segment(entry.slug)}/"
    headlines = headline(entry.title, tree, "h2", link=address)
    sides = zip_longest(headlines, summaries(entry.summary, tree))
    return [
        "<li>",
        *(line for side in sides for line in ("<div>", *filter(None, side), "</div>")),
        f'<p class="byline">{_facts(entry, language)}</p>',
        "</li>",
    ]


def summaries(summary: Sequence[Line], tree: str) -> list[str]:
    """Return the summary as one paragraph a language, the tree's own first."""
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
    return sides[::-1] if tree == target else sides


def _paragraph(sentences: Sequence[tuple[str, str]], foreign: str, role: str) -> str:
    """Join sentences; one in another language than the first says so."""
    language = sentences[0][1]
    side = direction(" ".join(text for text, _ in sentences), language)
    pieces = [
        isolate(text, side, foreign) if own == language else Passage(text, own, language).element("bdi")
        for text, own in sentences
    ]
    glue = "" if language in _WITHOUT_SPACES else " "
    return f'<p class="{role}" lang="{tag(language)}" dir="{side}">{glue.join(pieces)}</p>'


def _facts(entry: Entry, language: Words) -> str:
    """Return source, date, length and origin of an article, as far as they are known."""
    facts = [
        (
            "publisher",
            f'<bdi lang="{tag(entry.language)}">{encode(entry.source)}</bdi>' if entry.source else None,
        ),
        ("published", time_element(entry.published, language)),
        ("language", encode(language.language_name(entry.language))),
        ("length", encode(language.count("home.sentences", entry.sentences))),
        *((origin, text) for origin, text in origins(entry, language)),
    ]
    return " ".join(f'<span class="{name}">{text}</span>' for name, text in facts if text)


def origins(entry: Entry, language: Words) -> Iterator[tuple[str, str]]:
    """Say who translated an article: each origin with its encoded words, and what needs care."""
    translated = [(origin, count) for origin, count in entry.origins if origin != "original"]
    for origin, count in translated:
        if len(translated) == 1:
            key = "machine_unnamed" if origin == "machine" else origin
            yield origin, encode(language(f"provenance.{key}"))
        else:
            yield origin, encode(language.count(f"provenance.{origin}_count", count))
    if entry.findings:
        yield "care", encode(language.count("provenance.care", entry.findings, total=entry.sentences))


def _search(language: Words) -> str:
    title = language("search.title")
    return front_matter(title=title) + f'<h1 id="search">{encode(title)}</h1>\n'


def _about(language: Words) -> str:
    title = language("about.title")
    lines = [f'<h1 id="about">{encode(title)}</h1>', ""]
    for section in language.sections("about.text"):
        lines += [f"<h2>{encode(section['heading'])}</h2>", ""]
        for paragraph in section["paragraphs"]:
            lines += [f"<p>{encode(paragraph)}</p>", ""]
    return front_matter(title=title) + "\n".join(lines)


def _language_choice(target: str, trees: tuple[str, ...]) -> str:
    """Return the page at the root of the site, in all of its languages."""
    title = words(target)("root.title")
    lines = [f'<h1 id="languages">{encode(title)}</h1>', "", '<ul class="languages">']
    for tree in trees:
        language, traits = words(tree), language_of(tree)
        lines += [
            f'<li lang="{tag(tree)}" dir="{traits.direction}">',
            f'<a href="{tree}/" hreflang="{tag(tree)}">{encode(traits.endonym)}</a>',
            f"<p>{encode(language('description'))}</p>",
            "</li>",
        ]
    return front_matter(title=title) + "\n".join([*lines, "</ul>"]) + "\n"
