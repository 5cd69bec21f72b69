"""How near articles are to each other, in time proportional to their number.

Articles are sparse vectors of names and words, one of the target side and one of the source side. What is
rare in the digest weighs most, in steps: a weight changes only when the number of articles with a word passes
a power of two, so that one more article leaves nearly all as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import nsmallest
from math import fsum, sqrt

from generator.connect.entities import Naming
from generator.connect.profile import Profile, Term

_RAREST = 8
"""Weight of what one article alone has; what 2**8 articles have weighs nothing."""
_FOLLOWED = 64
"""Articles: what more of them have leads to none of them."""
_NAME = 1.5
"""A name weighs so many times what a word does."""
_CANDIDATES = 24
"""Articles that are compared in full with each."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article and how near it is."""

    slug: str
    similarity: float
    """From 0 to 1."""


class Space:
    """The articles of a digest as vectors."""

    def __init__(self, profiles: Sequence[Profile], naming: Naming) -> None:
        self.profiles = {profile.slug: profile for profile in profiles}
        self._names = {slug: frozenset(counts) for slug, counts in naming.mentions.items()}
        self.titles = _titles(profiles, naming)
        target = {profile.slug: _target(profile, naming) for profile in profiles if profile.is_translated}
        source = {profile.slug: _counts(profile.source_words, profile.language) for profile in profiles}
        self._holders = Counter(
            feature for counts in (*target.values(), *source.values()) for feature in counts
        )
        self.rarities = _rarities(self._holders)
        self._target = {slug: self._vector(counts) for slug, counts in target.items()}
        self._source = {slug: self._vector(counts) for slug, counts in source.items()}
        self._translated_from: dict[str, set[str]] = defaultdict(set)
        for slug in self._target:
            self._translated_from[self.profiles[slug].language].add(slug)

    def _vector(self, counts: Mapping[str, int]) -> Vector:
        weights = {
            feature: (1 + min(count, 4).bit_length())
            * self.rarities[feature]
            * (_NAME if feature[0] == "@" else 1)
            for feature, count in counts.items()
            if self.rarities[feature]
        }
        norm = sqrt(fsum(weight * weight for weight in weights.values())) or 1.0
        return {feature: weight / norm for feature, weight in weights.items()}

    def similarity(self, one: str, other: str) -> float:
        """Give the mean of the cosines of the sides that two articles have in common."""
        cosines = [_cosine(a, b) for a, b in self._sides(one, other)]
        return round(sum(cosines) / len(cosines), 4) if cosines else 0.0

    def shared(self, one: str, other: str) -> dict[str, float]:
        """Give the features of two articles with what each adds to their similarity.

        Those of the source side only where the target sides cannot be compared.
        """
        nothing: tuple[Vector, Vector] = ({}, {})
        a, b = next(self._sides(one, other), nothing)
        return {feature: weight * b[feature] for feature, weight in a.items() if feature in b}

    def names(self, slug: str) -> frozenset[str]:
        """Give the names that an article mentions."""
        return self._names[slug]

    def holders(self, feature: str) -> int:
        """Give how many articles have a name or a word."""
        return self._holders[feature]

    def _sides(self, one: str, other: str) -> Iterator[tuple[Vector, Vector]]:
        if one in self._target and other in self._target:
            yield self._target[one], self._target[other]
        if self.profiles[one].language == self.profiles[other].language:
            yield self._source[one], self._source[other]

    def _both_sides(self, slug: str) -> Set[str]:
        """Give the articles that can be compared with one on both sides."""
        language = self.profiles[slug].language
        return self._translated_from[language] if slug in self._target else frozenset()

    def neighbours(self, least: float, most: int) -> dict[str, list[Neighbour]]:
        """Give for each article at most `most` others that are at least so near, the nearest first."""
        postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for vectors in (self._target, self._source):
            for slug, vector in vectors.items():
                for feature, weight in vector.items():
                    postings[feature].append((slug, weight))
        followed = {feature: row for feature, row in postings.items() if 1 < len(row) <= _FOLLOWED}
        return {slug: self._nearest(slug, followed, least, most) for slug in self.profiles}

    def _nearest(
        self, slug: str, postings: Mapping[str, list[tuple[str, float]]], least: float, most: int
    ) -> list[Neighbour]:
        scores: dict[str, float] = defaultdict(float)
        for vector in (self._target.get(slug, {}), self._source[slug]):
            for feature, weight in vector.items():
                for other, its_weight in postings.get(feature, ()):
                    scores[other] += weight * its_weight
        scores.pop(slug, None)
        for other in scores.keys() & self._both_sides(slug):
            scores[other] /= 2
        candidates = nsmallest(_CANDIDATES, ((-score, other) for other, score in scores.items()))
        near = [Neighbour(other, self.similarity(slug, other)) for _, other in candidates]
        near = [neighbour for neighbour in near if neighbour.similarity >= least]
        return sorted(near, key=lambda neighbour: (-neighbour.similarity, neighbour.slug))[:most]


def _target(profile: Profile, naming: Naming) -> dict[str, int]:
    return _counts(profile.words, "") | {
        f"@{key}": count for key, count in naming.mentions[profile.slug].items()
    }


def _counts(terms: Iterable[Term], language: str) -> dict[str, int]:
    return {f"{language}:{term.stem}": term.sentences for term in terms}


def _titles(profiles: Iterable[Profile], naming: Naming) -> dict[str, str]:
    """Give for each feature how readers should see it: the spelling that most articles have."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        for language, terms in (("", profile.words), (profile.language, profile.source_words)):
            for term in terms:
                spelled[f"{language}:{term.stem}"][term.title] += 1
    titles = {key: min(row, key=lambda title: (-row[title], title)) for key, row in spelled.items()}
    return titles | {f"@{key}": entity.title for key, entity in naming.entities.items()}


def _rarities(holders: Mapping[str, int]) -> dict[str, int]:
    """Give the weight of each feature: one less with every doubling of the articles that have it."""
    return {feature: max(_RAREST + 1 - count.bit_length(), 0) for feature, count in holders.items()}


def _cosine(one: Vector, other: Vector) -> float:
    return fsum(one[feature] * other[feature] for feature in one.keys() & other.keys())  # in any order


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate from two sketches the share of all runs of words that both texts have."""
    union = sorted({*one, *other})[: max(len(one), len(other))]
    common = set(one) & set(other)
    return sum(value in common for value in union) / len(union) if union else 0.0
