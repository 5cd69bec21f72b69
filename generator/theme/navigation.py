"""The masthead of each tree: our first pages, and between them what people put there.

MkDocs knows one navigation for a site; here each tree has one, flat, as a masthead is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from .page_loop import named_in_nav

_PLACES = {"index.md": 0, "search.md": 2, "about.md": 3}
"""Where our own pages stand; all others are 1."""

_SplitPath = Callable[[str], tuple[str, str | None]]
"""Tells the tree of a page and its path in there; None for a page outside of all trees."""


def of_trees(
    nav: Navigation, trees: Sequence[str], split_path: _SplitPath, *, by_name: bool
) -> dict[str, Navigation]:
    """Return the navigation of each tree: the pages at its top, and what belongs to no tree.

    Where a person names pages in the settings they come in that order, and from wherever they stand; else they
    come by their names.
    """
    found: dict[str, list[tuple[tuple[int, str], Page | Link]]] = {tree: [] for tree in trees}
    for item in _leaves(nav.items):
        if isinstance(item, Link):
            place, own = (1, ""), trees
        else:
            item.previous_page = item.next_page = item.parent = None
            tree, rest = split_path(item.file.src_uri)
            if item.file.src_uri == "index.md" or (rest and "/" in rest and by_name):
                continue
            place = _PLACES.get(rest or "", 1), item.file.src_uri if by_name else ""
            own = trees if rest is None else [tree]
        for tree in own:
            found[tree].append((place, item))
    sorted_items = {
        tree: [item for _, item in sorted(placed, key=lambda each: each[0])] for tree, placed in found.items()
    }
    return {
        tree: Navigation(list(items), [item for item in items if isinstance(item, Page)])
        for tree, items in sorted_items.items()
    }


def _leaves(items: Iterable[StructureItem]) -> Iterator[Page | Link]:
    """Return the pages and links of a navigation, out of their sections."""
    for item in items:
        if isinstance(item, Page | Link):
            yield item
        elif isinstance(item, Section):
            yield from _leaves(item.children)


def unnamed_first_pages(nav: object, trees: Iterable[str], docs: Path) -> list[str]:
    """Return our first pages that a navigation in the settings does not name: they stand in it anyway."""
    named = set(named_in_nav(nav))
    paths = (f"{tree}/{name}" for tree in trees for name in _PLACES)
    return [path for path in ("index.md", *paths) if path not in named and (docs / path).is_file()]
