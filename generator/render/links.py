"""What pages show of the connections between articles: rows and labels instead of the analysis's slugs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from operator import itemgetter

from generator.languages import language_of
from generator.model import Connections, Subject, SubjectKind
from generator.render.escape import clean, path_segment
from generator.render.html import Passage, instant, newest_first
from generator.render.listed_article import Entry, Line
from generator.render.lists import Row, row_of
from generator.render.strings import words

MOST_LABELS = 8
"""Topics and names that the page of one article leads to."""
LEAST_TOLD = 2
"""Articles that a story must have in a tree to have a page there."""
FOLDERS: dict[str, tuple[SubjectKind, ...]] = {
    "topics": ("topic",),
    "names": ("person", "place", "organization", "name"),
}
"""Where pages of topics and names stand in a tree, and the kinds there in the order of the lists."""
NONE = Connections({}, (), ())
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Label:
    """A topic or a name as links show it."""

    kind: SubjectKind
    slug: str
    title: str
    language: str
    """The title's."""
    own: tuple[tuple[str, str], ...]
    """A spelling for each language of articles that has one."""

    @property
    def folder(self) -> str:
        """The folder of its page in a tree."""
        return "topics" if self.kind in FOLDERS["topics"] else "names"

    def passage(self, tree: str) -> Passage:
        """Return its spelling in a tree's language, else in that of its title."""
        spellings = {self.language: self.title, **dict(self.own)}
        language = tree if tree in spellings else self.language
        return Passage(spellings[language], language)

    def link(self, up: str, tree: str) -> str:
        """Return a link to its page; `up` leads to the tree."""
        address = f"{up}{self.folder}/{path_segment(self.slug)}/"
        return replace(self.passage(tree), classes=self.kind).element("bdi", link=address)

    def in_language(self, language: str) -> Label:
        """Return it with no other spellings than in a language."""
        return replace(self, own=tuple(pair for pair in self.own if pair[0] == language))


def label_of(subject: Subject, target: str) -> Label:
    """Return a subject's label with its first spelling in each language."""
    own = {language: spelling for language, spelling in reversed(subject.sources) if language != target}
    return Label(
        subject.kind, subject.slug, subject.title, _language(subject, target), tuple(sorted(own.items()))
    )


def _language(subject: Subject, target: str) -> str:
    """Return the language of a title: a source's where it is in letters that the target language lacks."""
    script = language_of(target).script
    languages = [language for language, spelling in subject.sources if spelling == subject.title]
    return next((language for language in languages if language_of(language).script != script), target)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A story with its articles, the most central first."""

    slug: str
    rows: tuple[Row, ...]
    shared: tuple[Label, ...]

    @property
    def title(self) -> Line:
        """The headline of the most central article."""
        return self.rows[0].title

    @property
    def by_date(self) -> list[Row]:
        """Its articles, the earliest first; those without a date follow by name."""
        return sorted(self.rows, key=lambda row: (instant(row.published) or _LATEST, row.slug))

    @property
    def dates(self) -> list[str]:
        """The dates that its articles declare, the earliest first."""
        return [row.published for row in self.by_date if row.published and instant(row.published)]

    @property
    def published(self) -> str | None:
        """The latest date that one of its articles declares."""
        return self.dates[-1] if self.dates else None

    def told_in(self, tree: str) -> Coverage | None:
        """Return what stands in a tree, None where that is too little for a page."""
        rows = tuple(row for row in self.rows if row.stands_in(tree))
        least = 1 if tree == self.title.target_language else LEAST_TOLD
        return replace(self, rows=rows) if len(rows) >= least else None


def coverages(connections: Connections, entries: Mapping[str, Entry]) -> list[Coverage]:
    """Return every story with its articles, in the order of the connections."""
    spelled, found = _spelled(connections, entries), []
    for story in connections.stories:
        rows = tuple(row_of(entries[slug]) for slug in story.articles)
        found.append(Coverage(story.slug, rows, _shared(story.shared, rows, spelled)))
    return found


def _target(entries: Mapping[str, Entry]) -> str:
    return next((entry.title.target_language for entry in entries.values()), "")


def _spelled(connections: Connections, entries: Mapping[str, Entry]) -> dict[str, Label]:
    """Return the labels of topics and names by their titles."""
    target = _target(entries)
    return {subject.title: label_of(subject, target) for subject in connections.subjects}


def _shared(shared: Iterable[str], rows: Iterable[Row], spelled: Mapping[str, Label]) -> tuple[Label, ...]:
    """Return what articles share as labels, which know spellings in other languages where it is a subject."""
    language = language_shared(*(row.title for row in rows))
    return tuple(spelled.get(label.title, label) for label in terms(shared, language))


def told_in(stories: Iterable[Coverage], tree: str) -> list[Coverage]:
    """Return the stories that have a page in a tree, newest first."""
    return newest_first(told for story in stories if (told := story.told_in(tree)))


@dataclass(frozen=True, slots=True)
class Nearby:
    """A related article, as the page of another one shows it."""

    row: Row
    shared: tuple[Label, ...]
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A story as the pages of its articles in one tree lead to it."""

    tree: str
    slug: str
    title: Line
    articles: int


@dataclass(frozen=True, slots=True)
class Links:
    """What an article's pages show of its connections, and no more: as long as it stays, they are fresh."""

    related: tuple[Nearby, ...] = ()
    story: tuple[Told, ...] = ()
    """Its story in each tree where that has a page."""
    subjects: tuple[Label, ...] = ()


class Linked(Mapping[str, Links]):
    """The links of all articles, put together only for those that are asked for."""

    def __init__(self, connections: Connections, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._related = connections.related
        self._stories = _stories(coverages(connections, entries))
        self._spelled = _spelled(connections, entries)
        self._subjects = _subjects(connections.subjects, entries)
        self._shared = cache(self._told)

    def __getitem__(self, slug: str) -> Links:
        """Return an article's links."""
        entry = self._entries[slug]
        return Links(
            related=tuple(
                Nearby(row, tuple(label for label, _ in shared), duplicate)
                for row, shared, duplicate in self._nearby(entry)
            ),
            story=tuple(self._stories.get(slug, ())),
            subjects=tuple(label for label, _ in self._own(entry)),
        )

    def __iter__(self) -> Iterator[str]:
        """Return the slugs of all articles."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._entries)

    def version(self, slug: str) -> str:
        """Return a hash of an article's links, without putting them together."""
        entry = self._entries[slug]
        related = [
            (row.version, [text for _, text in shared], duplicate)
            for row, shared, duplicate in self._nearby(entry)
        ]
        facts = (related, self._stories.get(slug), [text for _, text in self._own(entry)])
        return sha256(repr(facts).encode()).hexdigest()[:16]

    def _nearby(self, entry: Entry) -> Iterator[tuple[Row, list[_Short], bool]]:
        """Return the rows of related articles with what both share, and whether they are copies."""
        for related in self._related.get(entry.slug, ()):
            other = self._entries[related.slug]
            language = language_shared(entry.title, other.title)
            yield row_of(other), self._shared(related.shared, language, entry.language), related.duplicate

    def _told(self, shared: tuple[str, ...], language: str, own: str) -> list[_Short]:
        """Return what articles share, with the one other spelling that the pages of one need."""
        return [_short(self._spelled.get(label.title, label), own) for label in terms(shared, language)]

    def _own(self, entry: Entry) -> Iterator[_Short]:
        """Return an article's topics and names."""
        return (_short(label, entry.language) for label in self._subjects.get(entry.slug, ()))


def links(connections: Connections, entries: Mapping[str, Entry]) -> Linked:
    """Return each article's links."""
    return Linked(connections, entries)


def language_shared(*titles: Line) -> str:
    """Return the language of what articles share: their own one where nobody has translated one of them."""
    untranslated = (title.source_language for title in titles if title.origin == "none")
    return next(untranslated, titles[0].target_language)


def _stories(stories: Iterable[Coverage]) -> dict[str, list[Told]]:
    """Return for each article of a story the pages that the story has in the article's trees."""
    found: dict[str, list[Told]] = defaultdict(list)
    for story in stories:
        for tree in sorted({story.title.target_language, *(row.language for row in story.rows)}):
            if told := story.told_in(tree):
                for row in told.rows:
                    found[row.slug].append(Told(tree, story.slug, told.title, len(told.rows)))
    return found


def _subjects(subjects: Iterable[Subject], entries: Mapping[str, Entry]) -> dict[str, list[Label]]:
    """Return each article's topics and names: the most mentioned in it first, of those the rarest.

    Rarity counts in powers of two, so that another article on a name seldom changes the pages of others.
    """
    found: dict[str, list[tuple[int, int, str, Label]]] = defaultdict(list)
    target = _target(entries)
    for subject in subjects:
        rarity, label = len(subject.articles).bit_length(), label_of(subject, target)
        for slug, sentences in subject.articles:
            found[slug].append((-sentences, rarity, subject.slug, label))
    order = itemgetter(0, 1, 2)
    return {slug: [label for *_, label in sorted(own, key=order)[:MOST_LABELS]] for slug, own in found.items()}


_Short = tuple[Label, str]
"""A label without the spellings that an article's pages do not need, and its text for comparisons."""


@lru_cache(maxsize=10_000)
def _short(label: Label, language: str) -> _Short:
    short = label.in_language(language)
    return short, repr(short)


def enumerated(labels: Iterable[Label], tree: str) -> str:
    """Return names and terms one after the other as HTML, each in its language and direction."""
    return words(tree)("subjects.comma").join(label.passage(tree).element("bdi") for label in labels)


def terms(shared: Iterable[str], language: str) -> tuple[Label, ...]:
    """Return words of which nothing but their language is known as labels."""
    return tuple(Label("name", "", term, language, ()) for term in shared if clean(term))
