"""Stories: three or more articles on one event, groups that hang together as a whole and in time.

Similarity alone joins events of one kind; so articles of a story must share names and dates, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations, product
from math import fsum

from generator.connect.similarity import Labels, Neighbour, VectorSpace, language_of_features
from generator.model import Story

_LEAST = 0.2
"""Similarity of two articles on one event; the mean of a story's pairs is at least this."""
_LEAST_ARTICLES = 3
_LARGEST = 12
"""Articles in a story."""
_DAYS = 10
"""Between the first and the last article."""
_SHARED_NAMES, _SHARED_NAMES_UNDATED = 2, 3
"""On one event articles name the same persons and places, a place and its country at least."""
_SHARED_IN_ALL = 4
"""Names and words: that they name one place says little."""
_SHARED_WORDS_ALONE = 6
"""From so many shared words on, a short name in one article is the full one in the other."""
_SHARED_WORDS, _FEW = 4, 12
"""Where nobody has translated them, they share so many words that no more than so many articles have."""


def find_events(space: VectorSpace, neighbours: Mapping[str, Sequence[Neighbour]]) -> list[list[str]]:
    """Return the articles of each event that several report.

    Pairs of near articles are joined to groups from the nearest on; two groups only if their articles are near
    on average, at least half of the pairs can be on one event, and all dates fit. So a group cannot grow along
    a chain.
    """
    events = _Events(space)
    near = {
        (-neighbour.similarity, min(slug, neighbour.slug), max(slug, neighbour.slug))
        for slug, row in neighbours.items()
        for neighbour in row
        if neighbour.similarity >= _LEAST
    }
    pairs = [pair[1:] for pair in sorted(near) if events.are_one(*pair[1:])]
    group_of = {slug: [slug] for pair in pairs for slug in pair}
    for one, other in pairs:
        first, second = group_of[one], group_of[other]
        if first is not second and events.fit_together(first, second):
            first.extend(second)
            group_of |= dict.fromkeys(second, first)
    return list({id(group): group for group in group_of.values() if len(group) > 1}.values())


def near_articles(
    events: Iterable[Sequence[str]], space: VectorSpace, neighbours: Mapping[str, Sequence[Neighbour]]
) -> Callable[[str], set[str]]:
    """Tell of an article those on its event, and its neighbours that share many more words with it."""
    when = _Events(space)
    event_of = {slug: event for event in events for slug in event}

    def near(slug: str) -> set[str]:
        return {
            *event_of.get(slug, ()),
            *(each.slug for each in neighbours[slug] if when.are_close(slug, each.slug)),
        }

    return near


def find_stories(events: Iterable[Sequence[str]], space: VectorSpace, labels: Labels) -> Iterator[Story]:
    """Return the stories of a digest, each with its most central article first, and what its articles share."""
    for group in events:
        if len(group) < _LEAST_ARTICLES:
            continue
        weights: Counter[str] = Counter()
        for one, other in combinations(group, 2):
            weights.update(space.shared(one, other))
        if target_side := {each: weight for each, weight in weights.items() if each[0] in "@:"}:
            weights = Counter(target_side)  # readers are told in one language
        first_published = min(group, key=lambda slug: (space.profiles[slug].published or "~", slug))
        nearness = {
            one: round(fsum(space.similarity(one, other) for other in group if other != one), 3)
            for one in group
        }
        from_the_centre = sorted(group, key=lambda slug: (-nearness[slug], slug))
        told = labels.of(weights), language_of_features(weights)
        yield Story(first_published, tuple(from_the_centre), *told)


class _Events:
    """Tells whether articles can be on one event."""

    def __init__(self, space: VectorSpace) -> None:
        self._space = space
        self._days = {slug: _day(profile.published) for slug, profile in space.profiles.items()}

    def are_one(self, one: str, other: str) -> bool:
        """Tell by the names that two articles share, or by rare words where there is no translation."""
        if not self._fit_in_time([one, other]):
            return False
        is_dated = bool(self._days[one] and self._days[other])
        if all(self._space.profiles[slug].is_translated for slug in (one, other)):
            names = self._space.names[one] & self._space.names[other]
            least = _SHARED_NAMES if is_dated else _SHARED_NAMES_UNDATED
            if self._space.own_names(one).isdisjoint(self._space.own_names(other)):
                return False  # only a short name that may be another person's
            return len(names) >= least and len(self._space.common(one, other)) >= _SHARED_IN_ALL
        few = (self._space.holders[feature] <= _FEW for feature in self._space.common(one, other))
        return is_dated and sum(few) >= _SHARED_WORDS

    def are_close(self, one: str, other: str) -> bool:
        """Tell by the words that two articles share, whomever they name."""
        words = (feature for feature in self._space.common(one, other) if "@" not in feature)
        return sum(1 for _ in words) >= _SHARED_WORDS_ALONE and self._fit_in_time([one, other])

    def _fit_in_time(self, slugs: Iterable[str]) -> bool:
        """Return whether all dates that are known lie near each other."""
        days = [day for slug in slugs if (day := self._days[slug])]
        return not days or (max(days) - min(days)).days <= _DAYS

    def fit_together(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Return whether two groups can be one story."""
        if len(first) + len(second) > _LARGEST or not self._fit_in_time([*first, *second]):
            return False
        pairs = list(product(first, second))
        alike = fsum(self._space.similarity(*pair) for pair in pairs)
        return alike >= _LEAST * len(pairs) and 2 * sum(self.are_one(*pair) for pair in pairs) >= len(pairs)


def _day(published: str | None) -> date | None:
    """Return the day of a date or time; a month or a year alone says too little."""
    try:
        return datetime.fromisoformat(published.strip()).date() if published else None
    except ValueError:
        return None
