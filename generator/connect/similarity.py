"""How near articles are to each other.

Articles are sparse vectors of names and words, one of the target side and one of the source side. What is
rare in the digest weighs most, in steps: a weight changes only when the number of articles with a word passes
a power of two, so that one more article leaves nearly all as it is.

Weights are whole numbers until they are divided by lengths, so that no order of adding them changes a bit:
what one article is to another is exactly what the other is to it.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from math import sqrt
from sys import intern

from generator.connect.entities import Naming
from generator.connect.profile import Profile, Term

_RAREST = 8
"""Weight of what one article alone has; what 2**8 articles have weighs nothing."""
FOLLOWED = 64
"""Articles: what more of them have leads to none of them."""
FEW = 12
"""Articles: what no more of them have tells of an event."""
_NAME, _WORD = 3, 2
"""A name weighs so many times what a word does."""
_STEPS = (*(2**power for power in range(1, _RAREST + 1)), FEW + 1, FOLLOWED + 1)
"""Articles with a name or word at which it begins to count for less."""
_LEVELS = (1, 2, 3, 3, 4)
"""How much an article makes of what so many sentences mention, the last of them for more of them, too."""

Levels = Mapping[str, int]
"""How much an article makes of each name and word."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article and how near it is."""

    slug: str
    similarity: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class Side:
    """The articles of a digest as vectors of what is written in some of their languages."""

    levels: dict[str, Levels]
    weights: Mapping[str, int]
    """Squares of what each name and word weighs."""
    _lengths: dict[str, float] = field(default_factory=dict)

    def length(self, slug: str) -> float:
        """Return the length of an article's vector."""
        if slug not in self._lengths:
            weights = self.weights
            squares = [level * level * weights[feature] for feature, level in self.levels[slug].items()]
            self._lengths[slug] = sqrt(sum(squares)) or 1.0
        return self._lengths[slug]

    def shared(self, one: str, other: str) -> dict[str, float]:
        """Return what two articles have in common, with what each adds to the cosine of their vectors."""
        a, b, weights = self.levels[one], self.levels[other], self.weights
        lengths = self.length(one) * self.length(other)
        return {feature: a[feature] * b[feature] * weights[feature] / lengths for feature in a if feature in b}

    def cosine(self, one: str, other: str) -> float:
        """Return the cosine of the vectors of two articles."""
        a, b, weights = self.levels[one], self.levels[other], self.weights
        common = [a[feature] * b[feature] * weights[feature] for feature in a.keys() & b.keys()]
        return sum(common) / (self.length(one) * self.length(other)) if common else 0.0


class Space:
    """The articles of a digest as vectors."""

    def __init__(self, profiles: Sequence[Profile], naming: Naming) -> None:
        self.profiles = {profile.slug: profile for profile in profiles}
        self._names = {slug: frozenset(counts) for slug, counts in naming.mentions.items()}
        target = {profile.slug: _target(profile, naming) for profile in profiles if profile.is_translated}
        source = {profile.slug: _levels(profile.source_words, profile.language) for profile in profiles}
        self.holders = Counter(chain.from_iterable([*target.values(), *source.values()]))
        """How many articles have each name and word."""
        self.weights = {feature: _weight(feature, count) for feature, count in self.holders.items()}
        self.idle = {feature for feature, weight in self.weights.items() if not weight}
        """What so many have that it weighs nothing and is in no vector."""
        self.target, self.source = (
            Side({slug: _without(self.idle, levels) for slug, levels in side.items()}, self.weights)
            for side in (target, source)
        )
        self._translated_from: dict[str, set[str]] = {}
        for slug in target:
            self._translated_from.setdefault(self.profiles[slug].language, set()).add(slug)

    def similarity(self, one: str, other: str) -> float:
        """Return the mean of the cosines of the sides that two articles have in common, from 0 to 1."""
        cosines = [side.cosine(one, other) for side in self._sides(one, other)]
        return round(sum(cosines) / len(cosines), 4) if cosines else 0.0

    def shared(self, one: str, other: str) -> dict[str, float]:
        """Return the features of two articles with what each adds to their similarity.

        Those of the source side only where the target sides cannot be compared.
        """
        side = next(self._sides(one, other), None)
        return side.shared(one, other) if side else {}

    def common(self, one: str, other: str) -> Set[str]:
        """Return the features that `shared` gives, at a third of the cost."""
        side = next(self._sides(one, other), None)
        return side.levels[one].keys() & side.levels[other].keys() if side else frozenset()

    def names(self, slug: str) -> frozenset[str]:
        """Return the names that an article mentions."""
        return self._names[slug]

    def features(self, slug: str) -> Iterator[Iterable[str]]:
        """Return the names and words of an article that weigh something, of each of its sides."""
        if slug in self.target.levels:
            yield self.target.levels[slug]
        yield self.source.levels[slug]

    def ties(self) -> set[str]:
        """Return the names and words that several articles have and that weigh something."""
        return {feature for feature, count in self.holders.items() if count > 1 and self.weights[feature]}

    def step(self, feature: str) -> int:
        """Return a number that stays as long as a name or word counts for the same everywhere."""
        return bisect(_ORDERED_STEPS, self.holders[feature])

    def _sides(self, one: str, other: str) -> Iterator[Side]:
        if one in self.target.levels and other in self.target.levels:
            yield self.target
        if self.profiles[one].language == self.profiles[other].language:
            yield self.source

    def on_both_sides(self, slug: str) -> Set[str]:
        """Return the articles that can be compared with one on both sides."""
        language = self.profiles[slug].language
        return self._translated_from[language] if slug in self.target.levels else frozenset()


_ORDERED_STEPS = sorted(_STEPS)


def _target(profile: Profile, naming: Naming) -> dict[str, int]:
    named = naming.mentions[profile.slug]
    names = {intern(f"@{key}"): _LEVELS[count if count < 4 else 4] for key, count in named.items()}
    return _levels(profile.words, "") | names


def _levels(terms: Iterable[Term], language: str) -> dict[str, int]:
    return {intern(f"{language}:{stem}"): _LEVELS[count if count < 4 else 4] for stem, _, count, _ in terms}


def _weight(feature: str, holders: int) -> int:
    """Return the square of what a feature weighs: less with every doubling of the articles that have it."""
    return (max(_RAREST + 1 - holders.bit_length(), 0) * (_NAME if feature[0] == "@" else _WORD)) ** 2


def _without(idle: Set[str], levels: dict[str, int]) -> dict[str, int]:
    if idle.isdisjoint(levels):
        return levels
    return {feature: level for feature, level in levels.items() if feature not in idle}


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate from two sketches the share of all runs of words that both texts have."""
    union = sorted({*one, *other})[: max(len(one), len(other))]
    common = set(one) & set(other)
    return sum(value in common for value in union) / len(union) if union else 0.0
