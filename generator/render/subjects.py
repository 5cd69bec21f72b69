"""Topics and names: a page for each with its articles, and lists of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from generator.model import Connections, Page, Subject
from generator.render.escape import clean, encode
from generator.render.html import TextElement, newest_first, page_content, section
from generator.render.links import FOLDERS, Label
from generator.render.listed_article import ListedArticle
from generator.render.lists import Listing, ListPage, list_pages, listing_pages
from generator.render.strings import Strings, strings_in

PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A topic or name as far as the articles of one tree mention it."""

    label: Label
    articles: int
    sentences: int


def subject_pages(
    connections: Connections, articles: Mapping[str, ListedArticle], target: str, trees: tuple[str, ...]
) -> Iterator[Page]:
    """Return the pages of topics and names and of their lists."""
    newest = {article.slug: article for article in newest_first(articles.values())}
    places = {slug: place for place, slug in enumerate(newest)}
    mentions = [
        (subject, sorted(subject.articles, key=lambda mention: places[mention[0]]))
        for subject in connections.subjects
    ]
    for tree in trees:
        there = {slug for slug, article in newest.items() if article.stands_in(tree)}
        for folder, kinds in FOLDERS.items():
            found: list[Mentioned] = []
            for subject, every in mentions:
                own = [each for each in every if each[0] in there] if subject.kind in kinds else []
                if own:
                    sentences = sum(count for _, count in own)
                    found.append(mentioned := Mentioned(Label.of(subject, target), len(own), sentences))
                    shown = tuple(newest[slug] for slug, _ in own)
                    yield from listing_pages(_listing(subject, mentioned, shown, tree), tree)
            found.sort(key=lambda each: (kinds.index(each.label.kind), -each.articles, each.label.slug))
            for page in list_pages(folder, found, PER_PAGE):
                yield Page(page.path(tree), page, partial(_list, page, folder, tree))


def subject_links(connections: Connections, articles: Mapping[str, ListedArticle], tree: str) -> list[str]:
    """Return the ways from the home page to topics and to names, where a tree has any."""
    there = {
        subject.kind
        for subject in connections.subjects
        if any(articles[slug].stands_in(tree) for slug, _ in subject.articles)
    }
    return [
        f'<p class="archive"><a href="{folder}/">{encode(strings_in(tree)(f"subjects.{folder}.link"))}</a></p>'
        for folder, kinds in FOLDERS.items()
        if there.intersection(kinds)
    ]


def _listing(subject: Subject, mentioned: Mentioned, articles: tuple[ListedArticle, ...], tree: str) -> Listing:
    says, folder = strings_in(tree), mentioned.label.folder
    shown = mentioned.label.in_tree(tree)
    name = clean(shown.text)
    spellings = _other_spellings(subject, mentioned, shown)
    return Listing(
        folder=f"{folder}/{subject.slug}",
        title=f"{name} – {says(f'subjects.{folder}.title')}",
        description=says(f"subjects.{folder}.description", name=name),
        heading=replace(shown, classes=subject.kind).element("bdi"),
        articles=articles,
        back=says(f"subjects.{folder}.link"),
        above=tuple(_above(mentioned, spellings, says)),
        data={"kind": subject.kind, "name": name, **({"spellings": [*spellings]} if spellings else {})},
    )


def _other_spellings(subject: Subject, mentioned: Mentioned, shown: TextElement) -> dict[str, list[str]]:
    """Return how sources and translations spell it besides what is `shown`, each with its languages."""
    others: dict[str, list[str]] = {}
    for language, text in dict.fromkeys([(mentioned.label.language, subject.title), *subject.sources]):
        if clean(text) not in ("", clean(shown.text)):
            others.setdefault(clean(text), []).append(language)
    return others


def _above(mentioned: Mentioned, spellings: Mapping[str, Sequence[str]], says: Strings) -> Iterator[str]:
    """Say what it is, how often it is mentioned, and how else it is spelled."""
    facts = [
        says(f"subjects.kinds.{mentioned.label.kind}"),
        says.count("home.articles", mentioned.articles),
        says.count("subjects.mentions", mentioned.sentences),
    ]
    yield f'<p class="byline">{" ".join(f"<span>{encode(fact)}</span>" for fact in facts)}</p>'
    if spellings:
        comma, named = says("subjects.comma"), []
        for text, languages in spellings.items():
            names = encode(comma.join(map(says.language_name, languages)))
            named.append(f"{TextElement(text, languages[0]).element('bdi')} ({names})")
        yield f'<p class="byline spellings">{says("subjects.spellings", spellings=comma.join(named))}</p>'


def _list(page: ListPage[Mentioned], folder: str, tree: str) -> bytes:
    says = strings_in(tree)
    title = says(f"subjects.{folder}.title")
    lines = [f'<h1 id="{folder}">{encode(title)}</h1>', ""]
    for kind, group in groupby(page.shown, key=lambda each: each.label.kind):
        items = ['<ul class="groups">']
        for mentioned in group:
            count = encode(says.count("home.articles", mentioned.articles))
            items.append(f"<li>{mentioned.label.link(page.up, tree)} <span>{count}</span></li>")
        items.append("</ul>")
        if kind == "topic":
            lines += items
        else:
            lines += [*section(kind, says(f"subjects.groups.{kind}"), items), ""]
    return page_content([*lines, *page.pager(says)], title=title + page.counted(says))
