"""Which few articles are compared in full with each: those that share the most of what few articles have.

Where the candidates of the last run are known, only articles whose vectors are others now are followed
through the digest. What they are to an unaltered article is offered to its candidates; only where one of
these left and it cannot be told who comes next, the article is followed itself. So the candidates are always
exactly those that following every article gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from heapq import nsmallest
from typing import NamedTuple

from generator.connect.similarity import FOLLOWED, Neighbour, Side, Space

_CANDIDATES = 24
"""Articles that are compared in full with each."""


class Candidate(NamedTuple):
    """An article that may be near to another."""

    distance: float
    """The less the nearer, by what few articles have."""
    slug: str
    similarity: float
    """By all that both have, from 0 to 1."""


Row = tuple[Candidate, ...]
_Place = tuple[float, str]
"""A candidate's distance and slug: they decide on its place among the others."""


def candidates(space: Space, last: Mapping[str, Row]) -> dict[str, Row]:
    """Return each article's candidates, the first ones first.

    `last` has those of articles that are as they were when these were found, all at one time; they may
    mention any article that is not in `last`.
    """
    search = _Search(space)
    found: dict[str, Row] = {}
    offers: dict[str, list[Candidate]] = defaultdict(list)
    ends = {slug: _end(row) for slug, row in last.items()}
    for slug in space.profiles.keys() - last.keys():
        places = search.places(slug)
        found[slug] = search.compared(slug, nsmallest(_CANDIDATES, places))
        for distance, other in places if last else ():
            if other in last and (distance, slug) < ends[other]:
                offers[other].append(Candidate(distance, slug, space.similarity(other, slug)))
    for slug, row in last.items():
        renewed = _renewed(row, offers.get(slug, ()), last.keys())
        found[slug] = search.row(slug) if renewed is None else renewed
    return found


def _end(row: Row) -> _Place:
    """Return the place from which on nothing is known of an article's candidates."""
    return row[-1][:2] if len(row) == _CANDIDATES else (0.0, "")


def _renewed(row: Row, offered: Sequence[Candidate], unaltered: Set[str]) -> Row | None:
    """Return an article's candidates with those offered, None where others may be nearer."""
    if not offered and all(candidate.slug in unaltered for candidate in row):
        return row
    kept = [candidate for candidate in row if candidate.slug in unaltered]
    found = tuple(sorted([*kept, *offered])[:_CANDIDATES])
    return found if len(found) == _CANDIDATES or len(row) < _CANDIDATES else None


class _Search:
    """Follows what articles have to the others that have it."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._rows: dict[str, list[tuple[str, int]]] = defaultdict(list)
        followed = {feature for feature, count in space.holders.items() if 1 < count <= FOLLOWED}
        for side in (space.target, space.source):
            for slug, levels in side.levels.items():
                pairs = [(slug, level) for level in range(5)]  # one for all its words, to save memory
                for feature in levels.keys() & followed:
                    self._rows[feature].append(pairs[levels[feature]])

    def row(self, slug: str) -> Row:
        """Return the candidates of an article."""
        return self.compared(slug, nsmallest(_CANDIDATES, self.places(slug)))

    def compared(self, slug: str, places: Sequence[_Place]) -> Row:
        """Return candidates with how near they are."""
        return tuple(Candidate(*place, self.space.similarity(slug, place[1])) for place in places)

    def places(self, slug: str) -> list[_Place]:
        """Return the places of all others among an article's candidates."""
        scores = self._scores(slug, self.space.source)
        if slug in self.space.target.levels:
            for other, score in self._scores(slug, self.space.target).items():
                scores[other] = scores.get(other, 0.0) + score
        both = self.space.on_both_sides(slug)
        return [(-score / 2 if other in both else -score, other) for other, score in scores.items()]

    def _scores(self, slug: str, side: Side) -> dict[str, float]:
        dots: dict[str, int] = defaultdict(int)
        for feature, level in side.levels[slug].items():
            weight = level * side.weights[feature]
            for other, its_level in self._rows.get(feature, ()):
                dots[other] += weight * its_level
        dots.pop(slug, None)
        length = side.length(slug)
        return {other: dot / (length * side.length(other)) for other, dot in dots.items()}


def nearest(row: Row, least: float, most: int) -> list[Neighbour]:
    """Return of candidates at most `most` that are at least so near, the nearest first."""
    near = [Neighbour(each.slug, each.similarity) for each in row if each.similarity >= least]
    return sorted(near, key=lambda neighbour: (-neighbour.similarity, neighbour.slug))[:most]
