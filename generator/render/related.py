"""What stands below an article: its story, its topics and names, and the articles that are near to it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.render.escape import encode, path_segment
from generator.render.html import title_passage
from generator.render.links import FOLDERS, Label, Links, Nearby, Told, enumerated
from generator.render.lists import row_lines
from generator.render.strings import words

_UP = "../../"
_BLOCK = re.compile(r'\n<aside class="connections".*\Z', re.DOTALL)
_FIELD = re.compile(r'^connections: "([0-9a-f]{16})"\n', re.MULTILINE)


def connections(links: Links, tree: str) -> list[str]:
    """Return the end of an article's page, nothing where the article is connected with none."""
    label = encode(words(tree)("related.label"))
    lines = [
        *(_story(told, tree) for told in links.story if told.tree == tree),
        *_subjects(links.subjects, tree),
        *_related([near for near in links.related if near.row.stands_in(tree)], tree),
    ]
    return ["", f'<aside class="connections" aria-label="{label}">', *lines, "</aside>"] if lines else []


def fingerprint(lines: Iterable[str]) -> str:
    """Return what the front matter says of the end of a page, by which an edited one is told."""
    return hashlib.sha256("\n".join(lines).strip().encode()).hexdigest()[:16]


def without_links(markdown: str) -> str:
    """Return an article's page as it is without connections; one whose end was edited stays as it is."""
    field, block = _FIELD.search(markdown), _BLOCK.search(markdown)
    if not field or not block or fingerprint([block[0]]) != field[1]:
        return markdown
    return _FIELD.sub("", markdown[: block.start()], count=1)


def _story(told: Told, tree: str) -> str:
    says = words(tree)
    title = replace(title_passage(told.title, tree), classes="story")
    link = title.element("bdi", link=f"{_UP}stories/{path_segment(told.slug)}/")
    count = encode(says.count("home.articles", told.articles))
    return f'<p class="part">{encode(says("stories.story"))}: {link} <span>{count}</span></p>'


def _subjects(labels: Sequence[Label], tree: str) -> list[str]:
    says = words(tree)
    lines = []
    for folder in FOLDERS:
        if own := [label.link(_UP, tree) for label in labels if label.folder == folder]:
            title = encode(says(f"subjects.{folder}.title"))
            lines.append(f'<p class="subjects">{title}: {says("subjects.comma").join(own)}</p>')
    return lines


def _related(related: list[Nearby], tree: str) -> list[str]:
    if not related:
        return []
    return [
        '<section class="related" aria-labelledby="related">',
        f'<h2 id="related">{encode(words(tree)("related.title"))}</h2>',
        '<ol class="articles">',
        *(
            line
            for near in related
            for line in row_lines(near.row, tree, _UP, name="h3", below=_why(near, tree))
        ),
        "</ol>",
        "</section>",
    ]


def _why(near: Nearby, tree: str) -> list[str]:
    says = words(tree)
    shared = enumerated(near.shared, tree)
    reasons = [
        f'<span class="duplicate">{encode(says("related.duplicate"))}</span>' if near.duplicate else "",
        f"<span>{says('related.shared', terms=shared)}</span>" if shared else "",
    ]
    return [f'<p class="byline why">{" ".join(filter(None, reasons))}</p>'] if any(reasons) else []
