"""Topics and names: a page for each with its articles, and lists of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import itemgetter

from generator.languages import language_of
from generator.languages.initials import OTHER_SCRIPT, Initial, place_of
from generator.model import Connections, Page, Subject, SubjectKind, Translation
from generator.render.concordance import Concordance
from generator.render.escape import clean, encode
from generator.render.html import TextElement, newest_first, page_content, section
from generator.render.links import FOLDERS, Label
from generator.render.listed_article import ListedArticle
from generator.render.lists import PER_PAGE as ARTICLES_PER_PAGE
from generator.render.lists import Listing, ListPage, article_lists, list_pages, listing_page
from generator.render.strings import Strings, strings_in

PER_PAGE = 500
"""Topics or names on a page of their list."""
MOST_UNLETTERED = 40
"""Of one kind are read through, the most mentioned first; more are looked up by their initials."""
QUOTED_PER_PAGE = 15
"""Articles on a page of a name, each with sentences."""
_OWN = Initial(0, "")
"""What is in the list's own language or script, where initials tell no more."""
_FOREIGN = OTHER_SCRIPT + 1
"""The rank of a language whose words stand in the list of another one's readers."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A topic or name as far as the articles of one tree mention it."""

    label: Label
    articles: int
    sentences: int


def subject_pages(
    connections: Connections,
    articles: Mapping[str, ListedArticle],
    quote: Callable[[str, Sequence[int]], Translation],
    target: str,
    trees: tuple[str, ...],
) -> Iterator[Page]:
    """Return the pages of topics and names and of their lists.

    Only when the page of a name is made are the sentences loaded, by slugs and places, that it quotes.
    """
    newest = {article.slug: article.as_row() for article in newest_first(articles.values())}
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
                    shown = [newest[slug] for slug, _ in own]
                    concordance = Concordance.of(subject, target, quote) if subject.places else None
                    yield from _subject_pages(subject, mentioned, shown, concordance, tree)
            found.sort(key=lambda each: (kinds.index(each.label.kind), -each.articles, each.label.slug))
            yield from _list_pages(folder, found, tree)


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


def _subject_pages(
    subject: Subject,
    mentioned: Mentioned,
    articles: Sequence[ListedArticle],
    concordance: Concordance | None,
    tree: str,
) -> Iterator[Page]:
    """Return the pages of a topic or name; each takes along to another process what it shows, and no more."""
    per_page = QUOTED_PER_PAGE if concordance else ARTICLES_PER_PAGE
    head = replace(subject, articles=(), places={})
    for page in article_lists(f"{mentioned.label.folder}/{subject.slug}", articles, per_page):
        below = concordance and concordance.narrowed(page.shown)
        facts = head, mentioned, page, below and below.facts(page.shown)
        yield Page(page.path(tree), facts, partial(_subject_page, head, mentioned, page, below, tree))


def _subject_page(
    subject: Subject,
    mentioned: Mentioned,
    page: ListPage[ListedArticle],
    below: Concordance | None,
    tree: str,
) -> bytes:
    says, folder = strings_in(tree), mentioned.label.folder
    shown = mentioned.label.in_tree(tree)
    name = clean(shown.text)
    spellings = _other_spellings(subject, mentioned, shown)
    listing = Listing(
        title=f"{name} – {says(f'subjects.{folder}.title')}",
        description=says(f"subjects.{folder}.description", name=name),
        heading=replace(shown, classes=subject.kind).element("bdi"),
        back=says(f"subjects.{folder}.link"),
        above=tuple(_above(mentioned, spellings, says)),
        data={"kind": subject.kind, "name": name, **({"spellings": [*spellings]} if spellings else {})},
    )
    return listing_page(listing, page, tree, below)


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


@dataclass(frozen=True, slots=True)
class _Group:
    """Topics or names under one heading of a list."""

    kind: SubjectKind
    initial: Initial
    shown: tuple[Mentioned, ...]
    is_lettered: bool = False
    """Whether its kind is looked up by initials; else the most mentioned come first."""

    @property
    def identity(self) -> str:
        """What its heading is called in addresses."""
        return "-".join([self.kind, *(format(ord(each), "x") for each in self.initial.letter)])


def _list_pages(folder: str, found: Sequence[Mentioned], tree: str) -> Iterator[Page]:
    """Return the pages of a list; no group of it is on two of them, unless it is longer than a page.

    So another name changes one page, and the order of the others stays.
    """
    chunks: list[list[_Group]] = [[]]
    for group in _groups(found, tree):
        for begin in range(0, len(group.shown), PER_PAGE):
            part = replace(group, shown=group.shown[begin : begin + PER_PAGE])
            if chunks[-1] and sum(len(each.shown) for each in chunks[-1]) + len(part.shown) > PER_PAGE:
                chunks.append([])
            chunks[-1].append(part)
    ways = tuple(
        (group.kind, group.initial, number, group.identity)
        for number, chunk in enumerate(chunks)
        for group in chunk
    )
    for page in list_pages(folder, [tuple(chunk) for chunk in chunks if chunk], 1):
        yield Page(page.path(tree), (page, ways), partial(_list, page, ways, folder, tree))


def _groups(found: Sequence[Mentioned], tree: str) -> Iterator[_Group]:
    """Part topics and names by kind, and those of a kind that has many by their initials.

    What readers of the tree's language cannot read as their own follows it, under the name of what it is in.
    """
    for kind, mentioned in groupby(found, key=lambda each: each.label.kind):
        shown = tuple(mentioned)
        is_lettered = len(shown) > MOST_UNLETTERED
        placed = [(*_place(each.label, tree, is_lettered), each) for each in shown]
        placed.sort(key=itemgetter(0, 1))
        for initial, rows in groupby(placed, key=itemgetter(0)):
            yield _Group(kind, initial, tuple(each for *_, each in rows), is_lettered)


def _place(label: Label, tree: str, is_lettered: bool) -> tuple[Initial, tuple[str, ...]]:
    """Return under which heading a topic or name stands in a tree's list, and where there."""
    shown = label.in_tree(tree)
    initial, key = place_of(shown.text, tree) if is_lettered else (_OWN, "")
    if label.kind == "topic" and shown.language != tree:  # a word must be known, a name be read alone
        initial = Initial(_FOREIGN, shown.language)
    elif not is_lettered and (script := language_of(shown.language).script) != language_of(tree).script:
        initial = Initial(OTHER_SCRIPT, script)
    return initial, (key, label.slug) if is_lettered else ()


_Way = tuple[SubjectKind, Initial, int, str]
"""To a group: its kind and initial, the page that it is on, and what it is called there."""


def _list(page: ListPage[tuple[_Group, ...]], ways: Sequence[_Way], folder: str, tree: str) -> bytes:
    says = strings_in(tree)
    title = says(f"subjects.{folder}.title")
    lines = [f'<h1 id="{folder}">{encode(title)}</h1>', ""]
    for kind, groups in groupby(page.shown[0], key=lambda each: each.kind):
        level = "h2" if kind == "topic" else "h3"  # topics are of one kind, which needs no heading
        items: list[str] = []
        for group in groups:
            items += _letters(kind, ways, page, says) if group.is_lettered and not items else []
            items += _headed(group, level, page.up, tree)
        if kind == "topic":
            lines += items
        else:
            lines += [*section(kind, says(f"subjects.groups.{kind}"), items), ""]
    if page.number:
        lines.append(f'<p class="archive"><a href="../../">{encode(says(f"subjects.{folder}.link"))}</a></p>')
    return page_content(lines, title=title + page.counted(says))


def _headed(group: _Group, level: str, up: str, tree: str) -> list[str]:
    """Return a group's topics or names, under its initial or what else sets it apart."""
    items = [*_items(group, up, tree)]
    if group.initial == _OWN:
        return items
    kind, name = "initial" if group.is_lettered else "apart", encode(_initial(group.initial, strings_in(tree)))
    return [f'<div class="{kind}">', f'<{level} id="{group.identity}">{name}</{level}>', *items, "</div>"]


def _items(group: _Group, up: str, tree: str) -> Iterator[str]:
    """Return topics or names with the number of their articles; in long lists of such a mere number."""
    says = strings_in(tree)
    yield '<ul class="groups">'
    for mentioned in group.shown:
        count = encode(says.count("home.articles", mentioned.articles))
        number = f' title="{count}">{mentioned.articles}' if group.is_lettered else f">{count}"
        yield f"<li>{mentioned.label.link(up, tree)} <span{number}</span></li>"
    yield "</ul>"


def _letters(
    kind: SubjectKind, ways: Sequence[_Way], page: ListPage[tuple[_Group, ...]], says: Strings
) -> list[str]:
    """Return links to the initials of a kind, on whichever page they are."""
    links: dict[str, str] = {}
    for each, initial, number, identity in ways:
        if each == kind:
            home = "../../" if page.number else ""
            place = f"{home}page/{number + 1}/" if number else home
            way = "" if max(page.number - 1, 0) == number else place
            name = encode(_initial(initial, says))
            links.setdefault(name, f'<a href="{way}#{identity}">{name}</a>')
    label = encode(says("subjects.letters"))
    return [f'<nav class="letters" aria-label="{label}">', *links.values(), "</nav>"]


def _initial(initial: Initial, says: Strings) -> str:
    names = {OTHER_SCRIPT: says.script_name, _FOREIGN: says.language_name}
    return names[initial.rank](initial.letter) if initial.rank in names else initial.letter
