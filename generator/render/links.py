"""What pages show of the connections between articles: rows and labels instead of the analysis's slugs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from hashlib import sha256
from operator import itemgetter
from urllib.parse import quote

from generator.config import Settings
from generator.languages import language_of
from generator.languages.place_names import code_called, names_by_code
from generator.model import Connections, Subject, SubjectKind
from generator.render.archive import ArchivePlace, archive_places
from generator.render.escape import clean, encode_attribute
from generator.render.html import TextElement, instant, newest_first
from generator.render.listed_article import Line, ListedArticle
from generator.render.strings import has_strings, strings_in

MOST_LABELS = 8
"""Topics and names that the page of one article leads to."""
LEAST_ARTICLES = 2
"""Articles that a story must have in a tree to have a page there."""
FOLDERS: dict[str, tuple[SubjectKind, ...]] = {
    "topics": ("topic",),
    "names": ("person", "place", "organization", "name"),
}
"""Where pages of topics and names stand in a tree, and the kinds there in the order of the lists."""
NO_CONNECTIONS = Connections({}, (), ())


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

    @classmethod
    def of(cls, subject: Subject, target: str) -> Label:
        """Return a subject's label with its first spelling in each language."""
        own = {language: spelling for language, spelling in reversed(subject.sources) if language != target}
        # A title that nobody translated is in the language of a source, which its letters betray.
        script = language_of(target).script
        sources = [language for language, spelling in subject.sources if spelling == subject.title]
        foreign = (language for language in sources if language_of(language).script != script)
        return cls(subject.kind, subject.slug, subject.title, next(foreign, target), tuple(sorted(own.items())))

    @property
    def folder(self) -> str:
        """The folder of its page in a tree."""
        return "topics" if self.kind in FOLDERS["topics"] else "names"

    def in_tree(self, tree: str) -> TextElement:
        """Return its spelling in a tree's language, else in that of its title.

        Countries, bodies and cities have one in every language that Babel knows.
        """
        spellings = {self.language: self.title, **dict(self.own)}
        if tree not in spellings and self.kind in ("place", "organization"):
            code = code_called(self.title, self.language)
            spellings[tree] = names_by_code(tree).get(code, "")
        language = tree if spellings.get(tree) else self.language
        return TextElement(spellings[language], language, tree)

    def address(self, up: str) -> str:
        """Return the address of its page; `up` leads to the tree."""
        return f"{up}{self.folder}/{quote(self.slug, safe='')}/"

    def link(self, up: str, tree: str) -> str:
        """Return a link to its page as HTML."""
        address = encode_attribute(self.address(up))
        return replace(self.in_tree(tree), classes=self.kind).element("bdi", link=address)

    def data(self, up: str, tree: str) -> dict[str, str]:
        """Return what front matter tells programs of it."""
        return {"kind": self.kind, "name": self.in_tree(tree).text, "link": self.address(up)}


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its articles, the most central first."""

    slug: str
    articles: tuple[ListedArticle, ...]
    shared: tuple[Label, ...]

    @property
    def target_language(self) -> str:
        """What its articles are translated into."""
        return self.articles[0].title.target_language

    def headed_by(self, tree: str) -> ListedArticle:
        """Return the most central article of those with a headline in a tree's language, a person's first."""
        return min(self.articles, key=partial(_foreignness, tree))

    def title_in(self, tree: str) -> Line:
        """Return its headline in a tree."""
        return self.headed_by(tree).title

    @property
    def by_date(self) -> list[ListedArticle]:
        """Its articles, the earliest first; those without a date follow by name."""
        latest = datetime.max.replace(tzinfo=UTC)
        return sorted(self.articles, key=lambda each: (instant(each.published) or latest, each.slug))

    @property
    def dates(self) -> list[str]:
        """The dates that its articles declare, the earliest first."""
        declared = (each.published for each in self.by_date if not each.is_undated)
        return [published for published in declared if published and instant(published)]

    @property
    def published(self) -> str | None:
        """The latest date that one of its articles declares."""
        return self.dates[-1] if self.dates else None

    def in_tree(self, tree: str) -> StoryView | None:
        """Return what stands in a tree, None where that is too little for a page."""
        articles = tuple(article for article in self.articles if article.stands_in(tree))
        least = 1 if tree == self.target_language else LEAST_ARTICLES
        return replace(self, articles=articles) if len(articles) >= least else None


def _foreignness(tree: str, article: ListedArticle) -> int:
    """Return how far an article's headline is from one that a person wrote in a tree's language."""
    title = article.title
    if title.source_language == tree:
        return 0
    by_person = title.origin == "reviewed" or title.source_language == title.target_language
    return (0 if tree == title.target_language else 1) if by_person else 2 if title.target else 3


def with_pages(connections: Connections, settings: Settings) -> Connections:
    """Return of the connections what the settings let have pages, to which all links lead."""
    wanted = {"topics": settings.pages_topics, "names": settings.pages_names}
    kinds = {kind for folder, its_kinds in FOLDERS.items() if wanted[folder] for kind in its_kinds}
    return replace(
        connections,
        stories=connections.stories if settings.pages_stories else (),
        subjects=tuple(subject for subject in connections.subjects if subject.kind in kinds),
    )


def story_views(connections: Connections, articles: Mapping[str, ListedArticle]) -> list[StoryView]:
    """Return every story with its articles, in the order of the connections."""
    labels, found = _labels(connections, articles), []
    for story in connections.stories:
        told = tuple(articles[slug] for slug in story.articles)
        language = story.language or told[0].title.target_language
        shared = tuple(labels.get(label.title, label) for label in plain_labels(story.shared, language))
        found.append(StoryView(story.slug, told, shared))
    return found


def stories_in_tree(stories: Iterable[StoryView], tree: str) -> list[StoryView]:
    """Return the stories that have a page in a tree, newest first."""
    return newest_first(view for story in stories if (view := story.in_tree(tree)))


def _target(articles: Mapping[str, ListedArticle]) -> str:
    return next((article.title.target_language for article in articles.values()), "")


def _labels(connections: Connections, articles: Mapping[str, ListedArticle]) -> dict[str, Label]:
    """Return the labels of topics and names by their titles: they know spellings in other languages."""
    target = _target(articles)
    return {subject.title: Label.of(subject, target) for subject in connections.subjects}


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related article, as the page of another one shows it."""

    article: ListedArticle
    shared: tuple[Label, ...]
    duplicate: bool


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A story as the pages of its articles in one tree lead to it."""

    tree: str
    slug: str
    title: Line
    articles: int
    headed_by: str
    """The slug of the article whose headline it has."""

    @property
    def address(self) -> str:
        """The address of its page, from its tree."""
        return f"stories/{quote(self.slug, safe='')}/"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What is beside an article in a tree: the next ones in lists, and the parts of the archive it is in."""

    tree: str
    newer: ListedArticle | None
    older: ListedArticle | None
    places: tuple[ArchivePlace, ...]


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """What an article's pages show of its connections, and no more: as long as it stays, they are fresh."""

    related: tuple[RelatedLink, ...] = ()
    story: tuple[StoryLink, ...] = ()
    """Its story in each tree where that has a page."""
    subjects: tuple[Label, ...] = ()
    neighbours: tuple[Neighbours, ...] = ()
    """One for each tree in which the article stands."""


class AllLinks(Mapping[str, ArticleLinks]):
    """The links of all articles, put together only for those that are asked for."""

    def __init__(self, connections: Connections, articles: Mapping[str, ListedArticle]) -> None:
        self._articles = articles = {slug: article.as_row() for slug, article in articles.items()}
        self._related = connections.related
        self._stories = _story_links(story_views(connections, articles))
        self._labels = _labels(connections, articles)
        self._subjects = _subjects(connections.subjects, articles)
        self._shared = cache(self._shared_labels)
        self._neighbours = _neighbours(articles)

    def __getitem__(self, slug: str) -> ArticleLinks:
        article = self._articles[slug]
        return ArticleLinks(
            related=tuple(
                RelatedLink(other, tuple(label for label, _ in shared), duplicate)
                for other, shared, duplicate in self._nearby(article)
            ),
            story=tuple(self._stories.get(slug, ())),
            subjects=tuple(label for label, _ in self._own(article)),
            neighbours=tuple(self._neighbours[slug]),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    def version(self, slug: str) -> str:
        """Return a hash of an article's links, without putting them together."""
        article = self._articles[slug]
        related = [
            (other.version, [text for _, text in shared], duplicate)
            for other, shared, duplicate in self._nearby(article)
        ]
        own = [text for _, text in self._own(article)]
        facts = (related, self._stories.get(slug), own, self._neighbours[slug])
        return sha256(repr(facts).encode()).hexdigest()[:16]

    def _nearby(self, article: ListedArticle) -> Iterator[tuple[ListedArticle, list[_Short], bool]]:
        """Return related articles with what both share, and whether they are copies."""
        for related in self._related.get(article.slug, ()):
            other = self._articles[related.slug]
            language = related.language or article.title.target_language
            yield other, self._shared(related.shared, language, article.language), related.duplicate

    def _shared_labels(self, shared: tuple[str, ...], language: str, own: str) -> list[_Short]:
        """Return what articles share, with the one other spelling that the pages of one need."""
        return [_short(self._labels.get(each.title, each), own) for each in plain_labels(shared, language)]

    def _own(self, article: ListedArticle) -> Iterator[_Short]:
        """Return an article's topics and names."""
        return (_short(label, article.language) for label in self._subjects.get(article.slug, ()))


def _story_links(stories: Iterable[StoryView]) -> dict[str, list[StoryLink]]:
    """Return for each article of a story the pages that the story has in the article's trees."""
    found: dict[str, list[StoryLink]] = defaultdict(list)
    for story in stories:
        languages = {each.language for each in story.articles}
        for tree in sorted({story.target_language, *languages, *story.articles[0].interfaces}):
            if view := story.in_tree(tree):
                for article in view.articles:
                    first = view.headed_by(tree)
                    link = StoryLink(tree, story.slug, first.title, len(view.articles), first.slug)
                    found[article.slug].append(link)
    return found


def _neighbours(articles: Mapping[str, ListedArticle]) -> dict[str, list[Neighbours]]:
    """Return for each article the two beside it and its parts of the archive, in each tree where it stands."""
    found: dict[str, list[Neighbours]] = {slug: [] for slug in articles}
    languages = {code for article in articles.values() for code in (article.language, *article.interfaces)}
    for tree in sorted({_target(articles), *filter(has_strings, languages)} - {""}):
        listed = newest_first(article for article in articles.values() if article.stands_in(tree))
        places = archive_places(listed, tree)
        for newer, article, older in zip([None, *listed], listed, [*listed[1:], None], strict=False):
            found[article.slug].append(Neighbours(tree, newer, older, places[article.slug]))
    return found


def _subjects(subjects: Iterable[Subject], articles: Mapping[str, ListedArticle]) -> dict[str, list[Label]]:
    """Return each article's topics and names: the most mentioned in it first, of those the rarest.

    Rarity counts in powers of two, so that another article on a name seldom changes the pages of others.
    """
    found: dict[str, list[tuple[int, int, str, Label]]] = defaultdict(list)
    target = _target(articles)
    for subject in subjects:
        rarity, label = len(subject.articles).bit_length(), Label.of(subject, target)
        for slug, sentences in subject.articles:
            found[slug].append((-sentences, rarity, subject.slug, label))
    order = itemgetter(0, 1, 2)
    return {slug: [label for *_, label in sorted(own, key=order)[:MOST_LABELS]] for slug, own in found.items()}


_Short = tuple[Label, str]
"""A label without the spellings that an article's pages do not need, and its text for comparisons."""


@lru_cache(maxsize=10_000)
def _short(label: Label, language: str) -> _Short:
    short = replace(label, own=tuple(pair for pair in label.own if pair[0] == language))
    return short, repr(short)


def own_first(labels: Iterable[Label], tree: str) -> list[Label]:
    """Return labels with those ahead that are spelled in a tree's language, the others as they came."""
    return sorted(labels, key=lambda label: label.in_tree(tree).language != tree)


def enumerated(labels: Iterable[Label], tree: str) -> str:
    """Return names and terms one after the other as HTML, each in its language and direction."""
    return strings_in(tree)("subjects.comma").join(
        label.in_tree(tree).element("bdi") for label in own_first(labels, tree)
    )


def plain_labels(shared: Iterable[str], language: str) -> tuple[Label, ...]:
    """Return words of which nothing but their language is known as labels."""
    return tuple(Label("name", "", term, language, ()) for term in shared if clean(term))
