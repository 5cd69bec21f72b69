"""Topics and names: a page for each with its articles, and lists of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.model import Connections, Output, Subject
from generator.render.escape import clean, encode
from generator.render.html import Passage, front_matter, newest_first, pager
from generator.render.links import FOLDERS, Label, label_of
from generator.render.listed_article import Entry
from generator.render.lists import IsStale, Listing, Row, Turn, listing_pages, row_of, turns
from generator.render.strings import Words, words

PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A topic or name as far as the articles of one tree mention it."""

    label: Label
    articles: int
    sentences: int


def subject_pages(
    connections: Connections,
    entries: Mapping[str, Entry],
    target: str,
    trees: tuple[str, ...],
    is_stale: IsStale,
) -> Iterator[Output]:
    """Return the stale pages of topics and names and of their lists."""
    rows = {row.slug: row for row in newest_first(map(row_of, entries.values()))}
    places = {slug: place for place, slug in enumerate(rows)}
    newest = [
        (subject, sorted(subject.articles, key=lambda mention: places[mention[0]]))
        for subject in connections.subjects
    ]
    for tree in trees:
        there = {slug for slug, row in rows.items() if row.stands_in(tree)}
        for folder, kinds in FOLDERS.items():
            found: list[Mentioned] = []
            for subject, mentions in newest:
                own = [each for each in mentions if each[0] in there] if subject.kind in kinds else []
                if own:
                    sentences = sum(count for _, count in own)
                    mentioned = Mentioned(label_of(subject, target), len(own), sentences)
                    found.append(mentioned)
                    shown = tuple(rows[slug] for slug, _ in own)
                    yield from listing_pages(_listing(subject, mentioned, shown, tree), tree, is_stale)
            yield from _lists(found, folder, tree, is_stale)


def subject_links(connections: Connections, entries: Mapping[str, Entry], tree: str) -> list[str]:
    """Return the ways from the home page to topics and to names, where a tree has any."""
    there = {
        subject.kind
        for subject in connections.subjects
        if any(row_of(entries[slug]).stands_in(tree) for slug, _ in subject.articles)
    }
    return [
        f'<p class="archive"><a href="{folder}/">{encode(words(tree)(f"subjects.{folder}.link"))}</a></p>'
        for folder, kinds in FOLDERS.items()
        if there.intersection(kinds)
    ]


def _listing(subject: Subject, mentioned: Mentioned, rows: tuple[Row, ...], tree: str) -> Listing:
    says, folder = words(tree), mentioned.label.folder
    shown = mentioned.label.passage(tree)
    name = clean(shown.text)
    return Listing(
        folder=f"{folder}/{subject.slug}",
        title=f"{name} – {says(f'subjects.{folder}.title')}",
        description=says(f"subjects.{folder}.description", name=name),
        heading=replace(shown, classes=subject.kind).element("bdi"),
        rows=rows,
        back=says(f"subjects.{folder}.link"),
        above=tuple(_above(subject, mentioned, shown, says)),
    )


def _above(subject: Subject, mentioned: Mentioned, shown: Passage, says: Words) -> Iterator[str]:
    """Say what it is, how often it is mentioned, and how sources and translations spell it."""
    facts = [
        says(f"subjects.kinds.{subject.kind}"),
        says.count("home.articles", mentioned.articles),
        says.count("subjects.mentions", mentioned.sentences),
    ]
    yield f'<p class="byline">{" ".join(f"<span>{encode(fact)}</span>" for fact in facts)}</p>'
    others: dict[str, list[str]] = {}
    for language, text in dict.fromkeys([(mentioned.label.language, subject.title), *subject.sources]):
        if clean(text) not in ("", clean(shown.text)):
            others.setdefault(clean(text), []).append(language)
    if others:
        spellings = (_spelling(text, languages, says) for text, languages in others.items())
        text = says("subjects.spellings", spellings=says("subjects.comma").join(spellings))
        yield f'<p class="byline spellings">{text}</p>'


def _spelling(text: str, languages: Sequence[str], says: Words) -> str:
    """Return a spelling and the names of the languages that have it."""
    names = says("subjects.comma").join(map(says.language_name, languages))
    return f"{Passage(text, languages[0]).element('bdi')} ({encode(names)})"


def _lists(found: Sequence[Mentioned], folder: str, tree: str, is_stale: IsStale) -> Iterator[Output]:
    kinds = FOLDERS[folder]
    order = sorted(found, key=lambda each: (kinds.index(each.label.kind), -each.articles, each.label.slug))
    for turn in turns(folder, order, PER_PAGE):
        path = f"{tree}/{turn.folder}/index.md"
        if is_stale(path, (turn.shown, turn.pages)):
            yield Output(path, _list(turn, folder, tree).encode())


def _list(turn: Turn[Mentioned], folder: str, tree: str) -> str:
    says = words(tree)
    title = says(f"subjects.{folder}.title")
    lines = [f'<h1 id="{folder}">{encode(title)}</h1>', ""]
    for kind, group in groupby(turn.shown, key=lambda each: each.label.kind):
        items = [f"<li>{_item(each, turn.up, tree)}</li>" for each in group]
        if kind == "topic":
            lines += ['<ul class="groups">', *items, "</ul>"]
        else:
            lines += [
                f'<section aria-labelledby="{kind}">',
                f'<h2 id="{kind}">{encode(says(f"subjects.groups.{kind}"))}</h2>',
                '<ul class="groups">',
                *items,
                "</ul>",
                "</section>",
                "",
            ]
    lines += pager(turn.page, turn.pages, says)
    return front_matter(title=title + turn.counted(says)) + "\n".join(lines) + "\n"


def _item(mentioned: Mentioned, up: str, tree: str) -> str:
    count = encode(words(tree).count("home.articles", mentioned.articles))
    return f"{mentioned.label.link(up, tree)} <span>{count}</span>"
