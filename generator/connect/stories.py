"""Three or more articles on one event: groups that hang together as a whole and in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from generator.connect.similarity import FEW, Neighbour, Space

LEAST = 0.2
"""Similarity of two articles on one event; the mean of a story's pairs is at least this."""
_LARGEST = 12
"""Articles in a story."""
_DAYS = 10
"""Between the first and the last article."""
_SHARED_NAMES, _SHARED_NAMES_UNDATED = 2, 3
"""On one event articles name the same persons and places, a place and its country at least."""
_SHARED_IN_ALL = 4
"""Names and words: that they name one place says little."""
_SHARED_WORDS = 4
"""Where nobody has translated them, they share so many words that few articles have."""


Pair = tuple[float, str, str]
"""Two articles that may be on one event, behind how near they are as a negative number."""


class Events:
    """Tells whether articles can be on one event."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._days = {slug: _day(profile.published) for slug, profile in space.profiles.items()}

    def are_one(self, one: str, other: str) -> bool:
        """Tell by the names that two articles share, or by rare words where there is no translation."""
        if not self.fit_in_time([one, other]):
            return False
        is_dated = bool(self._days[one] and self._days[other])
        if all(self.space.profiles[slug].is_translated for slug in (one, other)):
            names = self.space.names(one) & self.space.names(other)
            least = _SHARED_NAMES if is_dated else _SHARED_NAMES_UNDATED
            return len(names) >= least and len(self.space.common(one, other)) >= _SHARED_IN_ALL
        few = (self.space.holders[feature] <= FEW for feature in self.space.common(one, other))
        return is_dated and sum(few) >= _SHARED_WORDS

    def fit_in_time(self, slugs: Iterable[str]) -> bool:
        """Return whether all dates that are known lie near each other."""
        days = [day for slug in slugs if (day := self._days[slug])]
        return not days or (max(days) - min(days)).days <= _DAYS


def _day(published: str | None) -> date | None:
    """Return the day of a date or time; a month or a year alone says too little."""
    try:
        return datetime.fromisoformat(published.strip()).date() if published else None
    except ValueError:
        return None


def joined(events: Events, neighbours: Mapping[str, Sequence[Neighbour]]) -> list[list[Pair]]:
    """Return the pairs of articles that can be on one event, the nearest first.

    Pairs between which other pairs lead are together; no story can reach beyond them.
    """
    near = {
        (-neighbour.similarity, min(slug, neighbour.slug), max(slug, neighbour.slug))
        for slug, row in neighbours.items()
        for neighbour in row
        if neighbour.similarity >= LEAST
    }
    pairs = [pair for pair in sorted(near) if events.are_one(*pair[1:])]
    beside: dict[str, list[str]] = defaultdict(list)
    for _, one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    home: dict[str, str] = {}
    for first in beside:
        reached = [first] if first not in home else []
        for slug in reached:  # grows while it is walked
            if slug not in home:
                home[slug] = first
                reached += beside[slug]
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[home[pair[1]]].append(pair)
    return [row for row in found.values() if len(row) > 1]


def groups(events: Events, pairs: Sequence[Pair]) -> list[list[str]]:
    """Return the groups of three and more, each with its most central article first.

    Pairs are joined from the nearest on; two groups only if their articles are near on average, at least
    half of the pairs can be of one event, and all dates fit. So a group cannot grow along a chain.
    """
    group_of = {slug: [slug] for _, *both in pairs for slug in both}
    for _, one, other in pairs:
        first, second = group_of[one], group_of[other]
        if first is not second and _fits(events, first, second):
            first.extend(second)
            group_of |= dict.fromkeys(second, first)
    whole = {id(group): group for group in group_of.values() if len(group) > 2}
    return [_from_the_centre(events.space, group) for group in whole.values()]


def _fits(events: Events, first: Sequence[str], second: Sequence[str]) -> bool:
    if len(first) + len(second) > _LARGEST or not events.fit_in_time([*first, *second]):
        return False
    pairs = [(one, other) for one in first for other in second]
    alike = sum(events.space.similarity(*pair) for pair in pairs)
    return alike >= LEAST * len(pairs) and 2 * sum(events.are_one(*pair) for pair in pairs) >= len(pairs)


def _from_the_centre(space: Space, group: Sequence[str]) -> list[str]:
    nearness = {one: sum(space.similarity(one, other) for other in group if other != one) for one in group}
    return sorted(group, key=lambda slug: (-round(nearness[slug], 3), slug))


def earliest(space: Space, group: Iterable[str]) -> str:
    """Return the article of a group that came first; those without a date come last."""
    return min(group, key=lambda slug: (space.profiles[slug].published or "~", slug))
