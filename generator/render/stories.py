"""Stories: what several articles say together, where they differ, and the list of all stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from generator.model import Connections, Difference, JointSummary, Page, Place, Story, Translation
from generator.render.escape import clean, encode, path_segment
from generator.render.html import (
    TextElement,
    headline_columns,
    headline_elements,
    page_content,
    section,
    time_element,
    title_text,
)
from generator.render.links import (
    StoryView,
    enumerated,
    plain_labels,
    stories_in_tree,
    story_views,
)
from generator.render.listed_article import Line, ListedArticle
from generator.render.lists import ListPage, article_data, article_row, citation, list_item, list_pages
from generator.render.sentence_pair import side_by_side
from generator.render.strings import strings_in

MOST_AT_HOME = 5
_UP = "../../"


def story_pages(  # noqa: PLR0913, PLR0917  what is known, how to learn more, and where it goes
    connections: Connections,
    articles: Mapping[str, ListedArticle],
    load: Callable[[str], Translation],
    summarize: Callable[[Story, Sequence[Translation]], JointSummary],
    target: str,
    trees: tuple[str, ...],
) -> Iterator[Page]:
    """Return the pages of stories and of their lists.

    Only when one of a story's pages is made are its articles loaded, by their names, and summarized together.
    """
    views = story_views(connections, articles)
    for tree in trees:
        for page in list_pages("stories", stories_in_tree(views, tree), from_oldest=True):
            yield Page(page.path(tree), page, partial(_list, page, tree))
    for story, view in zip(connections.stories, views, strict=True):
        told = _Told(story, load, summarize)
        versions = [articles[slug].content for slug in story.articles]
        for tree in trees:
            if shown := view.in_tree(tree):
                make = partial(_page, shown, told, tree)
                yield Page(f"{tree}/stories/{story.slug}/index.md", (shown, versions), make)


@dataclass(frozen=True)
class _Told:
    """What the articles of a story say, once it is asked for: its pages may be made in another process."""

    story: Story
    load: Callable[[str], Translation]
    summarize: Callable[[Story, Sequence[Translation]], JointSummary]

    @cached_property
    def articles(self) -> Mapping[str, Translation]:
        """The articles by their slugs."""
        return {slug: self.load(slug) for slug in self.story.articles}

    @cached_property
    def joint(self) -> JointSummary:
        """What they say together."""
        return self.summarize(self.story, list(self.articles.values()))


def newest_stories(
    connections: Connections, articles: Mapping[str, ListedArticle], tree: str
) -> list[StoryView]:
    """Return the stories that the home page of a tree tells of."""
    return stories_in_tree(story_views(connections, articles), tree)[:MOST_AT_HOME]


def stories_at_home(stories: Sequence[StoryView], tree: str) -> list[str]:
    """Return stories as the home page shows them, nothing where there are none."""
    says = strings_in(tree)
    if not stories:
        return []
    items = []
    for story in stories:
        title, *_ = headline_elements(
            story.title_in(tree), tree, "h3", link=f"stories/{path_segment(story.slug)}/"
        )
        count = encode(says.count("home.articles", len(story.articles)))
        facts = filter(None, (count, time_element(story.published, says)))
        byline = " ".join(f"<span>{fact}</span>" for fact in facts)
        items += ["<li>", title, f'<p class="byline">{byline}</p>', "</li>"]
    link = f'<p class="archive"><a href="stories/">{encode(says("stories.link"))}</a></p>'
    return [*section("stories", says("stories.title"), ["<ul>", *items, "</ul>", link], "stories"), ""]


def _list(page: ListPage[StoryView], tree: str) -> bytes:
    says = strings_in(tree)
    title = says("stories.title")
    items = []
    for story in page.shown:
        address = f"{page.up}stories/{path_segment(story.slug)}/"
        items += list_item(
            headline_columns(story.title_in(tree), tree, "h2", link=address), _facts(story, tree)
        )
    lines = [f'<h1 id="stories">{encode(title)}</h1>', "", '<ol class="articles">', *items, "</ol>"]
    return page_content(
        [*lines, *page.pager(says)],
        title=title + page.counted(says),
        description=says("stories.description"),
    )


def _facts(story: StoryView, tree: str) -> str:
    """Return the number of articles, from when they are, and what they share."""
    says = strings_in(tree)
    dates = [date for each in story.dates if (date := time_element(each, says))]
    stretch = dates[:1] if dates[:1] == dates[-1:] else [f"{dates[0]} – {dates[-1]}"]
    shared = enumerated(story.shared, tree)
    facts = [
        encode(says.count("home.articles", len(story.articles))),
        *stretch,
        *([says("related.shared", terms=shared)] if shared else []),
    ]
    return " ".join(f"<span>{fact}</span>" for fact in facts)


def _page(story: StoryView, told: _Told, tree: str) -> bytes:
    says = strings_in(tree)
    headline = story.title_in(tree)
    title = title_text(headline, tree)
    said = [*_points(story, told, tree), *_differences(story, told, tree)]
    by_machine = any('class="note machine"' in line for line in said)
    notes = [says("stories.extracted"), *([says("views.legend")] if by_machine else [])]
    rows = (line for article in story.by_date for line in article_row(article, tree, _UP, name="h3"))
    lines = [
        '<header class="opening">',
        *headline_elements(headline, tree, "h1", identity="title"),
        f'<p class="byline">{_facts(story, tree)}</p>',
        f'<p class="provenance">{encode(" ".join(notes))}</p>',
        "</header>",
        "",
        *said,
        *section("articles", says("stories.articles"), ['<ol class="articles">', *rows, "</ol>"], "related"),
        "",
        f'<p class="archive"><a href="{_UP}stories/">{encode(says("stories.link"))}</a></p>',
    ]
    return page_content(
        lines,
        title=title,
        description=clean(says("stories.description")),
        about=[label.in_tree(tree).text for label in story.shared] or None,
        articles=[article_data(article, tree, _UP) for article in story.by_date],
    )


def _points(story: StoryView, told: _Told, tree: str) -> list[str]:
    shown = {article.slug for article in story.articles}
    points = [place for place in told.joint.points if place.slug in shown]
    if not points:
        return []
    items = (line for place in points for line in _sentence(place, story, told, tree))
    return [*section("joint", strings_in(tree)("stories.joint"), ["<ol>", *items, "</ol>"], "summary"), ""]


def _sentence(place: Place, story: StoryView, told: _Told, tree: str) -> list[str]:
    """Return a sentence as it stands in its article, which it leads to."""
    translation = told.articles[place.slug]
    segment = translation.segments[place.sentence]
    language = translation.digest.document.sentences[place.sentence].language
    both = Line.of(segment, language, translation.target_language)
    address = f"{_UP}articles/{path_segment(place.slug)}/#s{place.sentence + 1}"
    article = next(article for article in story.articles if article.slug == place.slug)
    return [
        f'<li class="{segment.origin}">',
        *side_by_side(both, segment, tree, article.language, link=address),
        f'<div class="byline">{citation(article, strings_in(tree))}</div>',
        "</li>",
    ]


def _differences(story: StoryView, told: _Told, tree: str) -> list[str]:
    """Return what the sources count differently, if two numbers are left in a tree: each with its sentences."""
    lines: list[str] = []
    for difference in told.joint.differences:
        numbers = _numbers(difference, story)
        if len(numbers) > 1:
            language = difference.language or story.target_language
            about = enumerated(plain_labels(difference.about, language), tree)
            lines += [f"<h3>{about}</h3>"] if about else []
            figures = {TextElement(number, language, classes="figure"): at for number, at in numbers.items()}
            items = (line for figure in figures.items() for line in _number(*figure, story, told, tree))
            lines += ["<ul>", *items, "</ul>"]
    title = strings_in(tree)("stories.differences")
    return [*section("differences", title, lines, "differences"), ""] if lines else []


def _numbers(difference: Difference, story: StoryView) -> dict[str, list[Place]]:
    """Return the places at which a tree's articles give each number."""
    shown = {article.slug for article in story.articles}
    found: dict[str, list[Place]] = {}
    for number, place in difference.readings:
        if place.slug in shown:
            found.setdefault(number, []).append(place)
    return found


def _number(
    figure: TextElement, places: Sequence[Place], story: StoryView, told: _Told, tree: str
) -> list[str]:
    sentences = (line for place in places for line in _sentence(place, story, told, tree))
    return ["<li>", figure.element("p"), "<ul>", *sentences, "</ul>", "</li>"]
