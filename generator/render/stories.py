"""Stories: what several articles say together, where they differ, and the list of all stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.model import Connections, Difference, JointSummary, Output, Place, Story, Translation
from generator.render.escape import clean, encode, path_segment
from generator.render.html import Passage, front_matter, headline, pager, time_element, title_text
from generator.render.links import Coverage, Label, coverages, enumerated, language_shared, terms, told_in
from generator.render.listed_article import Entry, line
from generator.render.lists import IsStale, Turn, cited, row_lines, turns
from generator.render.sentence_pair import pair
from generator.render.strings import words

MOST_AT_HOME = 5
_UP = "../../"


def story_pages(  # noqa: PLR0913, PLR0917  what is known, how to learn more, and where it goes
    connections: Connections,
    entries: Mapping[str, Entry],
    load: Callable[[str], Translation],
    summarize: Callable[[Story, Sequence[Translation]], JointSummary],
    target: str,
    trees: tuple[str, ...],
    is_stale: IsStale,
) -> Iterator[Output]:
    """Return the stale pages of stories and of their lists.

    Only for a stale story its articles are loaded, by their names, and summarized together.
    """
    stories = coverages(connections, entries)
    for tree in trees:
        yield from _lists(told_in(stories, tree), tree, is_stale)
    for story, whole in zip(connections.stories, stories, strict=True):
        versions = [entries[slug].content for slug in story.articles]
        stale = [
            (tree, told)
            for tree in trees
            if (told := whole.told_in(tree)) and is_stale(_path(tree, story.slug), (told, versions))
        ]
        if stale:
            translations = {slug: load(slug) for slug in story.articles}
            joint = summarize(story, list(translations.values()))
            for tree, told in stale:
                page = _page(told, joint, translations, tree)
                yield Output(_path(tree, story.slug), page.encode())


def stories_at_home(connections: Connections, entries: Mapping[str, Entry], tree: str) -> list[str]:
    """Return the newest stories for the home page, nothing where there are none."""
    stories, says = told_in(coverages(connections, entries), tree), words(tree)
    if not stories:
        return []
    return [
        '<section class="stories" aria-labelledby="stories">',
        f'<h2 id="stories">{encode(says("stories.title"))}</h2>',
        "<ul>",
        *(line for story in stories[:MOST_AT_HOME] for line in _brief(story, tree)),
        "</ul>",
        f'<p class="archive"><a href="stories/">{encode(says("stories.link"))}</a></p>',
        "</section>",
        "",
    ]


def _brief(story: Coverage, tree: str) -> list[str]:
    says = words(tree)
    date = time_element(story.published, says)
    facts = [encode(says.count("home.articles", len(story.rows))), *([date] if date else [])]
    title, *_ = headline(story.title, tree, "h3", link=f"stories/{path_segment(story.slug)}/")
    byline = " ".join(f"<span>{fact}</span>" for fact in facts)
    return ["<li>", title, f'<p class="byline">{byline}</p>', "</li>"]


def _path(tree: str, slug: str) -> str:
    return f"{tree}/stories/{slug}/index.md"


def _lists(stories: Sequence[Coverage], tree: str, is_stale: IsStale) -> Iterator[Output]:
    for turn in turns("stories", stories):
        path = f"{tree}/{turn.folder}/index.md"
        if is_stale(path, (turn.shown, turn.pages)):
            yield Output(path, _list(turn, tree).encode())


def _list(turn: Turn[Coverage], tree: str) -> str:
    says = words(tree)
    title = says("stories.title")
    lines = [
        f'<h1 id="stories">{encode(title)}</h1>',
        "",
        '<ol class="articles">',
        *(line for story in turn.shown for line in _row(story, tree, turn.up)),
        "</ol>",
        *pager(turn.page, turn.pages, says),
    ]
    head = front_matter(title=title + turn.counted(says), description=says("stories.description"))
    return head + "\n".join(lines) + "\n"


def _row(story: Coverage, tree: str, up: str) -> list[str]:
    sides = headline(story.title, tree, "h2", link=f"{up}stories/{path_segment(story.slug)}/")
    return [
        "<li>",
        *(line for side in sides for line in ("<div>", side, "</div>")),
        f'<p class="byline">{_facts(story, tree)}</p>',
        "</li>",
    ]


def _facts(story: Coverage, tree: str) -> str:
    """Return the number of articles, from when they are, and what they share."""
    says = words(tree)
    dates = [date for each in story.dates if (date := time_element(each, says))]
    stretch = dates[:1] if dates[:1] == dates[-1:] else [f"{dates[0]} – {dates[-1]}"]
    shared = enumerated(story.shared, tree)
    facts = [
        encode(says.count("home.articles", len(story.rows))),
        *stretch,
        *([says("related.shared", terms=shared)] if shared else []),
    ]
    return " ".join(f"<span>{fact}</span>" for fact in facts)


def _page(story: Coverage, joint: JointSummary, articles: Mapping[str, Translation], tree: str) -> str:
    says = words(tree)
    title = title_text(story.title, tree)
    told = [*_points(story, joint, articles, tree), *_differences(story, joint, articles, tree)]
    by_machine = any('class="note machine"' in line for line in told)
    notes = [says("stories.extracted"), *([says("views.legend")] if by_machine else [])]
    lines = [
        '<header class="opening">',
        *headline(story.title, tree, "h1", identity="title"),
        f'<p class="byline">{_facts(story, tree)}</p>',
        f'<p class="provenance">{encode(" ".join(notes))}</p>',
        "</header>",
        "",
        *told,
        '<section class="related" aria-labelledby="articles">',
        f'<h2 id="articles">{encode(says("stories.articles"))}</h2>',
        '<ol class="articles">',
        *(line for row in story.by_date for line in row_lines(row, tree, _UP, name="h3")),
        "</ol>",
        "</section>",
        "",
        f'<p class="archive"><a href="{_UP}stories/">{encode(says("stories.link"))}</a></p>',
    ]
    head = front_matter(title=title, description=clean(says("stories.description")))
    return head + "\n".join(lines) + "\n"


def _points(story: Coverage, joint: JointSummary, articles: Mapping[str, Translation], tree: str) -> list[str]:
    told = {row.slug for row in story.rows}
    points = [place for place in joint.points if place.slug in told]
    if not points:
        return []
    return [
        '<section class="summary" aria-labelledby="joint">',
        f'<h2 id="joint">{encode(words(tree)("stories.joint"))}</h2>',
        "<ol>",
        *(line for place in points for line in _sentence(place, story, articles, tree)),
        "</ol>",
        "</section>",
        "",
    ]


def _sentence(place: Place, story: Coverage, articles: Mapping[str, Translation], tree: str) -> list[str]:
    """Return a sentence as it stands in its article, which it leads to."""
    translation = articles[place.slug]
    segment = translation.segments[place.sentence]
    language = translation.digest.document.sentences[place.sentence].language
    both = line(segment, language, translation.target_language)
    address = f"{_UP}articles/{path_segment(place.slug)}/#s{place.sentence + 1}"
    row = next(row for row in story.rows if row.slug == place.slug)
    says = words(tree)
    origin = f'<span class="language">{encode(says.language_name(row.language))}</span>'
    return [
        f'<li class="{segment.origin}">',
        *pair(both, segment, tree, link=address),
        f'<div class="byline">{" ".join([*cited(row, says), origin])}</div>',
        "</li>",
    ]


def _differences(
    story: Coverage, joint: JointSummary, articles: Mapping[str, Translation], tree: str
) -> list[str]:
    """Return what the sources count differently, if two numbers are left in a tree: each with its sentences."""
    shown = [(each, _numbers(each, story)) for each in joint.differences]
    lines: list[str] = []
    for difference, numbers in shown:
        if len(numbers) > 1:
            about = enumerated(_about(difference, story), tree)
            lines += [f"<h3>{about}</h3>"] if about else []
            items = (item for number in numbers.items() for item in _number(*number, story, articles, tree))
            lines += ["<ul>", *items, "</ul>"]
    if not lines:
        return []
    return [
        '<section class="differences" aria-labelledby="differences">',
        f'<h2 id="differences">{encode(words(tree)("stories.differences"))}</h2>',
        *lines,
        "</section>",
        "",
    ]


def _numbers(difference: Difference, story: Coverage) -> dict[str, list[Place]]:
    """Return the places at which a tree's articles give each number."""
    found: dict[str, list[Place]] = {}
    for number, place in difference.readings:
        if any(row.slug == place.slug for row in story.rows):
            found.setdefault(number, []).append(place)
    return found


def _about(difference: Difference, story: Coverage) -> tuple[Label, ...]:
    slugs = {place.slug for _, place in difference.readings}
    titles = (row.title for row in story.rows if row.slug in slugs)
    return terms(difference.about, language_shared(*titles))


def _number(
    number: str, places: Sequence[Place], story: Coverage, articles: Mapping[str, Translation], tree: str
) -> list[str]:
    figure = Passage(number, story.title.target_language, classes="figure").element("p")
    sentences = (line for place in places for line in _sentence(place, story, articles, tree))
    return ["<li>", figure, "<ul>", *sentences, "</ul>", "</li>"]
