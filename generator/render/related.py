"""What stands below an article, so that readers find more: its story, topics, names, and near articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from generator.render.archive import ArchivePlace
from generator.render.escape import encode, encode_attribute, path_segment
from generator.render.html import TextElement, section, title_element
from generator.render.links import (
    FOLDERS,
    ArticleLinks,
    Label,
    Neighbours,
    RelatedLink,
    StoryLink,
    enumerated,
    own_first,
)
from generator.render.listed_article import ListedArticle
from generator.render.lists import article_row
from generator.render.page_markup import connections_block
from generator.render.strings import strings_in

_UP = "../../"


def connected(links: ArticleLinks, tree: str) -> list[str]:
    """Return the end of an article's page, nothing where the article is connected with none."""
    lines = [
        *(_story(story, tree) for story in links.story if story.tree == tree),
        *_subjects(links.subjects, tree),
        *_related([link for link in links.related if link.article.stands_in(tree)], tree),
        *(line for beside in links.neighbours if beside.tree == tree for line in _way_on(beside)),
    ]
    return connections_block(lines, strings_in(tree)("related.label")) if lines else []


def connections_data(links: ArticleLinks, tree: str, slug: str) -> dict[str, list[dict[str, str]]]:
    """Return what the front matter of an article's page tells programs of its story, topics and names."""
    found = {"stories": [_story_data(story, slug) for story in links.story if story.tree == tree]}
    for folder in FOLDERS:
        found[folder] = [label.data(_UP, tree) for label in links.subjects if label.folder == folder]
    return {name: things for name, things in found.items() if things}


def _story_data(story: StoryLink, slug: str) -> dict[str, str]:
    title = title_element(story.title, story.tree)
    count = strings_in(story.tree).count("home.articles", story.articles)
    facts = {"name": title.text, "link": _UP + story.address, "language": title.tag}
    return {**facts, "count": count, "headline": "own" if story.headed_by == slug else "another"}


def _story(story: StoryLink, tree: str) -> str:
    says = strings_in(tree)
    title = replace(title_element(story.title, tree), classes="story")
    link = title.element("bdi", link=encode_attribute(_UP + story.address))
    count = encode(says.count("home.articles", story.articles))
    named = encode(says("stories.story")) + says("provenance.heading_separator")
    return f'<p class="part">{named}{link} <span>{count}</span></p>'


def _subjects(labels: Sequence[Label], tree: str) -> list[str]:
    says = strings_in(tree)
    lines = []
    for folder in FOLDERS:
        if own := [label.link(_UP, tree) for label in own_first(labels, tree) if label.folder == folder]:
            title = encode(says(f"subjects.{folder}.title")) + says("provenance.heading_separator")
            lines.append(f'<p class="subjects">{title}{says("subjects.comma").join(own)}</p>')
    return lines


def _related(related: list[RelatedLink], tree: str) -> list[str]:
    rows = [article_row(link.article, tree, _UP, name="h3", below=_why(link, tree)) for link in related]
    items = ['<ol class="articles">', *chain.from_iterable(rows), "</ol>"]
    return section("related", strings_in(tree)("related.title"), items, "related") if related else []


def _way_on(beside: Neighbours) -> list[str]:
    """Return the ways to more from the same source, language and month, and to the articles beside this one."""
    says = strings_in(beside.tree)
    lines = []
    if beside.places:
        groups = says("subjects.comma").join(map(_archive, beside.places))
        lines.append(f'<p class="more">{says("related.more", groups=groups)}</p>')
    ways = [*_step("newer", beside.newer, beside.tree), *_step("older", beside.older, beside.tree)]
    label = encode_attribute(says("related.beside"))
    return lines + ([f'<nav class="beside" aria-label="{label}">', *ways, "</nav>"] if ways else [])


def _archive(place: ArchivePlace) -> str:
    address = "/".join([_UP + "archive", *map(path_segment, place.folder.split("/")), ""])
    if place.language is None:
        return f'<a href="{address}">{encode(place.title)}</a>'
    return TextElement(place.title, place.language).element("bdi", link=address)


def _step(way: str, article: ListedArticle | None, tree: str) -> list[str]:
    """Return the way to the article that stands above or below this one in lists."""
    if not article:
        return []
    title = title_element(article.title, tree)
    link = title.element("bdi", link=f"{_UP}articles/{path_segment(article.slug)}/")
    return [f'<p class="{way}"><span>{encode(strings_in(tree)(f"related.{way}"))}</span> {link}</p>']


def _why(link: RelatedLink, tree: str) -> list[str]:
    says = strings_in(tree)
    shared = enumerated(link.shared, tree)
    reasons = [
        f'<span class="duplicate">{encode(says("related.duplicate"))}</span>' if link.duplicate else "",
        f"<span>{says('related.shared', terms=shared)}</span>" if shared else "",
    ]
    return [f'<p class="byline why">{" ".join(filter(None, reasons))}</p>'] if any(reasons) else []
