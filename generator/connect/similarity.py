"""How near articles are to each other, and why: related articles.

An article is a sparse vector of the names and words on its two sides, the target language's and the source's,
each side of the same length. What is rare in the digest weighs most, in steps: a weight changes only when the
number of articles with a word passes a power of two, so that one more article leaves nearly all as it is.

Coordinates are whole numbers, so that no order of adding them changes a bit: similarity is exactly symmetric,
and the same on every processor and in every order of the articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import sqrt
from sys import intern
from typing import NamedTuple

from generator.connect.entities import EntityIndex
from generator.connect.name_keys import key_of
from generator.connect.profile import Profile, ProfileTerms
from generator.model import Related

LEAST = 0.18
"""Similarity from which a reader sees why two articles are named together."""
_NEIGHBOURS, _RELATED = 16, 5
"""The nearest articles of each, among which stories are looked for, and those that readers are told of."""
_SHARED = 5
"""Shared names and terms that readers are told."""
_COPIED, _COPIED_NAMES, _COPIED_UNSEEN = 0.5, 0.7, 0.75
"""Share of the runs of words that two articles have in common when one is a copy of the other, and of the
names: a report in the same set words on another event has others. Without known names it takes more words."""
_RAREST = 8
"""Weight of what one article alone has; what 2**8 articles have weighs nothing."""
_LEADING = 64
"""Articles: what more of them have adds to how near two articles are, but does not bring them together: such
pairs are mostly far apart, and there are many times as many of them."""
_NAME, _WORD = 3, 2
"""A name weighs so many times what a word does."""
_LEVELS = (1, 2, 3, 3, 4)
"""How much an article makes of what so many sentences mention, the last of them for more of them, too."""
_UNIT = 1 << 28
"""Length of each side of a vector: two of its coordinates multiplied take Python two digits, and all of them
rounded change a similarity by less than a millionth."""

_SQUARE = _UNIT * _UNIT


class Neighbour(NamedTuple):
    """Another article and how near it is."""

    slug: str
    similarity: float
    """From 0 to 1."""


class VectorSpace:
    """The articles of a digest as vectors."""

    holders: Counter[str]
    """How many articles have each feature: `@` and the key of a name, `:` and the stem of a word of the target
    side, or a language, `:` and the stem of a word of the source side."""
    ties: set[str]
    """Features that several articles have and that weigh something."""
    names: dict[str, frozenset[str]]
    """The names that each article mentions."""

    def __init__(self, profiles: Sequence[Profile], entities: EntityIndex) -> None:
        """Weigh what the articles mention; no two have the same slug."""
        self.profiles = {profile.slug: profile for profile in profiles}
        self._tongues = {each.slug: each.language if each.is_translated else "" for each in profiles}
        self.names = {slug: frozenset(counts) for slug, counts in entities.mentions.items()}
        sides = {profile.slug: _sides(profile, entities) for profile in profiles}
        self.holders = Counter(chain.from_iterable(levels for both in sides.values() for levels in both))
        self._weights = {feature: _weight(feature, count) for feature, count in self.holders.items()}
        self.ties = {feature for feature, count in self.holders.items() if count > 1 and self._weights[feature]}
        self._vectors = {slug: self._vector(both) for slug, both in sides.items()}

    def _vector(self, sides: Iterable[Mapping[str, int]]) -> dict[str, int]:
        return {feature: value for levels in sides for feature, value in _scaled(levels, self._weights)}

    def own_names(self, slug: str) -> frozenset[str]:
        """Return the keys of the names that an article has as it writes them itself."""
        return frozenset(key_of(name.title) for name in self.profiles[slug].names if name.is_sure)

    def take_names(
        self, entities: EntityIndex, neighbours: Mapping[str, Sequence[Neighbour]]
    ) -> dict[str, list[Neighbour]]:
        """Take the names of articles as they are united now, and return the neighbours that are still near.

        The weights stay as they are.
        """
        changed = {slug for slug, counts in entities.mentions.items() if self.names[slug] != counts.keys()}
        for slug in changed:
            self.names[slug] = frozenset(entities.mentions[slug])
            sides = _sides(self.profiles[slug], entities)
            self.holders.update(feature for levels in sides for feature in levels.keys() - self.holders.keys())
            for feature in chain.from_iterable(sides):
                self._weights.setdefault(feature, _weight(feature, 1))
                self.ties.add(feature)
            self._vectors[slug] = self._vector(sides)
        return {
            slug: _nearest(
                Neighbour(each.slug, self.similarity(slug, each.slug))
                if slug in changed or each.slug in changed
                else each
                for each in row
            )
            for slug, row in neighbours.items()
        }

    def similarity(self, one: str, other: str) -> float:
        """Return the mean of the cosines of the sides that two articles have in common, from 0 to 1."""
        first, second = self._vectors[one], self._vectors[other]
        dot = sum([first[feature] * second[feature] for feature in first.keys() & second.keys()])
        return self._mean(dot, one, other) if dot else 0.0

    def _mean(self, dot: int, one: str, other: str) -> float:
        tongue = self._tongues[one]
        both_sides = bool(tongue) and tongue == self._tongues[other]
        return round(dot / (_SQUARE << both_sides), 4)

    def neighbours(self) -> dict[str, list[Neighbour]]:
        """Return for each article the nearest others that are near enough, the nearest first.

        Each article is compared with those before it, by lists of the articles that have a feature (all pairs
        similarity search, Bayardo 2007). Two articles that share no feature are never looked at.
        """
        found: dict[str, list[Neighbour]] = {slug: [] for slug in self._vectors}
        having: dict[str, dict[str, int]] = defaultdict(dict)
        for slug, vector in self._vectors.items():
            dots: dict[str, int] = defaultdict(int)
            # 1. Add up the products of what both have. What few articles have comes first and brings pairs
            # together; what many have only adds to them.
            for feature in sorted(vector.keys() & self.ties, key=self.holders.__getitem__):
                value, others = vector[feature], having[feature]
                if self.holders[feature] <= _LEADING:
                    for other, its_value in others.items():
                        dots[other] += value * its_value
                else:
                    for other in dots.keys() & others.keys():
                        dots[other] += value * others[other]
                others[slug] = value
            # 2. Keep the pairs that are near enough, from both ends; most fall to the whole numbers alone.
            for other, dot in dots.items():
                if dot >= _LEAST_DOT and (similarity := self._mean(dot, slug, other)) >= LEAST:
                    found[slug].append(Neighbour(other, similarity))
                    found[other].append(Neighbour(slug, similarity))
        return {slug: _nearest(row) for slug, row in found.items()}

    def common(self, one: str, other: str) -> list[str]:
        """Return the features that two articles share.

        Those of the source side only where the target sides cannot be compared.
        """
        first, second = self._vectors[one], self._vectors[other]
        shared = first.keys() & second.keys()
        if self.profiles[one].is_translated and self.profiles[other].is_translated:
            return [feature for feature in shared if feature[0] in "@:"]
        return [feature for feature in shared if feature[0] not in "@:"]

    def shared(self, one: str, other: str) -> dict[str, int]:
        """Return the features that two articles share with what each adds to their similarity."""
        first, second = self._vectors[one], self._vectors[other]
        return {feature: first[feature] * second[feature] for feature in self.common(one, other)}


def _nearest(row: Iterable[Neighbour]) -> list[Neighbour]:
    near = (each for each in row if each.similarity >= LEAST)
    return sorted(near, key=lambda each: (-each.similarity, each.slug))[:_NEIGHBOURS]


_LEAST_DOT = int((LEAST - 0.001) * _SQUARE)
"""The least that can be near enough, whether on one side or on two."""


def _sides(profile: Profile, entities: EntityIndex) -> tuple[dict[str, int], dict[str, int]]:
    """Return how much an article makes of each feature of its target side, and of its source side."""
    target: dict[str, int] = {}
    if profile.is_translated:
        names = {f"@{key}": count for key, count in entities.mentions[profile.slug].items()}
        target = _levels(":", profile.words.sentences) | _levels("", names)
    return target, _levels(f"{profile.language}:", profile.source_words.sentences)


def _levels(prefix: str, sentences: Mapping[str, int]) -> dict[str, int]:
    return {intern(prefix + key): _LEVELS[min(count, 4)] for key, count in sentences.items()}


def _weight(feature: str, holders: int) -> int:
    """Return what a feature weighs: less with every doubling of the articles that have it."""
    return max(_RAREST + 1 - holders.bit_length(), 0) * (_NAME if feature[0] == "@" else _WORD)


def _scaled(levels: Mapping[str, int], weights: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Return one side of a vector, in whole numbers and of length `_UNIT`, without what weighs nothing."""
    row = [(feature, level * weights[feature]) for feature, level in levels.items() if weights[feature]]
    length = sqrt(sum([value * value for _, value in row]))
    for feature, value in row:
        yield feature, round(value * _UNIT / length)


class Labels:
    """How readers should see names and words: in the spelling that most articles have."""

    def __init__(self, profiles: Sequence[Profile], entities: EntityIndex, wanted: set[str]) -> None:
        """Find the spellings of the `wanted` features."""
        self._titles = _commonest(
            (feature, terms.title(key))
            for profile in profiles
            for prefix, terms in _labelled(profile)
            for key in terms.sentences
            if (feature := prefix + key) in wanted
        )
        self._titles |= {
            f"@{key}": entity.title for key, entity in entities.entities.items() if f"@{key}" in wanted
        }
        self._nouns = _commonest(
            (feature, profile.topics.title(key).split()[-1])
            for profile in profiles
            for key in profile.topics.sentences
            if (feature := f":{key.split('_')[-1]}") in wanted
        )

    def of(self, weights: Mapping[str, int]) -> tuple[str, ...]:
        """Return the names, nouns and, if there are few, other words that weigh most."""
        names = _ranked(weights, [feature for feature in weights if feature[0] == "@"])
        nouns = _ranked(weights, weights.keys() & self._nouns.keys())
        chosen = [*names[:_SHARED], *nouns] if names or nouns else _ranked(weights, weights)
        titles = [self._nouns.get(feature) or self._titles[feature] for feature in chosen]
        return tuple(dict.fromkeys(_joined(titles)))[:_SHARED]


def _ranked(weights: Mapping[str, int], features: Iterable[str]) -> list[str]:
    """Sort features by what they weigh; those of nearly the same weight by the alphabet.

    So one more article changes few lists.
    """
    return [feature for _, feature in sorted([(-round(weights[each] / _SQUARE, 3), each) for each in features])]


def language_of_features(features: Iterable[str]) -> str:
    """Return the language of the source side that features are of; empty for the target side."""
    return next((feature.partition(":")[0] for feature in features if feature[0] not in "@:"), "")


def _labelled(profile: Profile) -> Iterator[tuple[str, ProfileTerms]]:
    """Return the words of an article that readers may see, with what their features begin with."""
    yield ":", profile.words
    if not profile.is_translated:
        yield f"{profile.language}:", profile.source_words


def _commonest(spelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for (feature, title), count in Counter(spelled).items():
        found[feature] = min(found.get(feature, (0, "")), (-count, title))
    return {feature: title for feature, (_, title) in found.items()}


def _joined(titles: list[str]) -> list[str]:
    """Join pairs of characters of an unspaced script that overlap: 西班 and 班牙; names come out whole."""
    if not titles or any(len(title) != 2 or title.isascii() for title in titles):
        return titles
    joined: list[str] = []
    for pair in titles:
        for place, run in enumerate(joined):
            if run[-1] == pair[0] or run[0] == pair[1]:
                joined[place] = run + pair[1] if run[-1] == pair[0] else pair[0] + run
                break
        else:
            joined.append(pair)
    return sorted(joined, key=lambda run: len(run) == 2)


def related_articles(
    space: VectorSpace, neighbours: Mapping[str, Sequence[Neighbour]], labels: Labels
) -> dict[str, tuple[Related, ...]]:
    """Return for each article the nearest few, each with why; without those that share nothing to be told."""
    found: dict[str, tuple[Related, ...]] = {}
    told: dict[tuple[str, str], Related | None] = {}
    for slug, row in neighbours.items():
        related: list[Related] = []
        for other, _ in row:
            # What two articles share is the same from both ends.
            pair = (slug, other) if slug < other else (other, slug)
            if pair not in told:
                told[pair] = _related(space, labels, slug, other)
            if link := told[pair]:
                related.append(link if link.slug == other else replace(link, slug=other))
            if len(related) == _RELATED:
                break
        if related:
            found[slug] = tuple(related)
    return found


def _related(space: VectorSpace, labels: Labels, one: str, other: str) -> Related | None:
    """Return why two articles are named together; None if they share nothing to be told."""
    weights = space.shared(one, other)
    shared = labels.of(weights)
    if len(shared) < 2:
        return None
    return Related(other, shared, _is_copy(space, one, other), language_of_features(weights))


def _is_copy(space: VectorSpace, one: str, other: str) -> bool:
    first, second = space.profiles[one], space.profiles[other]
    names, others = space.names[one], space.names[other]
    least = _COPIED if names and others else _COPIED_UNSEEN
    if first.language != second.language or overlap(first.sketch, second.sketch) < least:
        return False
    return len(names & others) >= _COPIED_NAMES * min(len(names), len(others))


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate from two sketches the share of all runs of words that both texts have."""
    union = sorted({*one, *other})[: max(len(one), len(other))]
    common = set(one) & set(other)
    return len(common.intersection(union)) / len(union) if union else 0.0
