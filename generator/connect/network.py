"""Profiles → `Connections`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator.connect import stories
from generator.connect.entities import naming
from generator.connect.profile import Profile
from generator.connect.similarity import Neighbour, Space, overlap
from generator.connect.subjects import subjects
from generator.model import Connections, Related, Story

LEAST = 0.18
"""Similarity from which a reader sees why two articles are named together."""
_MOST, _NEIGHBOURS = 5, 16
"""Related articles that are told of each, and those among which stories are looked for."""
_TOLD = 5
"""Shared names and terms that are told."""
_COPIED, _COPIED_NAMES, _COPIED_UNSEEN = 0.5, 0.7, 0.75
"""Share of the runs of words that two articles have in common when one is a copy of the other, and of the
names: a report in the same set words on another event has others. Without known names it takes more words."""


def connect(profiles: Sequence[Profile]) -> Connections:
    """Draw the connections of a digest; the order of the profiles makes no difference."""
    profiles = sorted(profiles, key=lambda profile: profile.slug)
    names = naming(profiles)
    space = Space(profiles, names)
    neighbours = space.neighbours(LEAST, _NEIGHBOURS)
    reasons = _Reasons(space)
    related = {slug: reasons.related(slug, row) for slug, row in neighbours.items()}
    return Connections(
        related={slug: row for slug, row in related.items() if row},
        stories=tuple(sorted(_stories(space, neighbours, reasons), key=lambda story: story.slug)),
        subjects=subjects(profiles, names),
    )


def _stories(
    space: Space, neighbours: Mapping[str, Sequence[Neighbour]], reasons: _Reasons
) -> Iterable[Story]:
    for group in stories.groups(space, neighbours):
        weights: dict[str, float] = defaultdict(float)
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                for feature, weight in space.shared(one, other).items():
                    weights[feature] += weight
        yield Story(stories.earliest(space, group), tuple(group), reasons.told(weights))


class _Reasons:
    """Says why articles are near, in words that readers understand."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.nouns = _nouns(space.profiles.values())

    def related(self, slug: str, neighbours: Sequence[Neighbour]) -> tuple[Related, ...]:
        """Give the nearest articles, each with why; without those that share nothing that can be told."""
        found: list[Related] = []
        for neighbour in neighbours:
            shared = self.told(self.space.shared(slug, neighbour.slug))
            if len(shared) > 1 and len(found) < _MOST:
                found.append(Related(neighbour.slug, shared, self._is_copy(slug, neighbour.slug)))
        return tuple(found)

    def told(self, weights: Mapping[str, float]) -> tuple[str, ...]:
        """Give the names, nouns and, if there are few, other words that weigh most."""
        ranked = sorted(weights, key=lambda feature: (-round(weights[feature], 3), feature))
        names = [feature for feature in ranked if feature[0] == "@"]
        nouns = [feature for feature in ranked if feature in self.nouns]
        others = [feature for feature in ranked if feature[0] != "@" and feature not in self.nouns]
        told = [*names[:_TOLD], *nouns] if names or nouns else others
        titles = [self.nouns.get(feature, self.space.titles[feature]) for feature in told]
        return tuple(dict.fromkeys(_joined(titles)))[:_TOLD]

    def _is_copy(self, one: str, other: str) -> bool:
        first, second = self.space.profiles[one], self.space.profiles[other]
        names, others = (self.space.names(slug) for slug in (one, other))
        least = _COPIED if names and others else _COPIED_UNSEEN
        if first.language != second.language or overlap(first.sketch, second.sketch) < least:
            return False
        return len(names & others) >= _COPIED_NAMES * min(len(names), len(others))


def _joined(titles: Sequence[str]) -> list[str]:
    """Join pairs of characters of an unspaced script that overlap: 西班 and 班牙; names come out whole."""
    if not titles or any(len(title) != 2 or title.isascii() for title in titles):
        return list(titles)
    joined: list[str] = []
    for pair in titles:
        for place, run in enumerate(joined):
            if run[-1] == pair[0] or run[0] == pair[1]:
                joined[place] = run + pair[1] if run[-1] == pair[0] else pair[0] + run
                break
        else:
            joined.append(pair)
    return sorted(joined, key=lambda run: len(run) == 2)


def _nouns(profiles: Iterable[Profile]) -> dict[str, str]:
    """Give the words that are nouns somewhere, as they are spelled then."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        for term in profile.topics:
            spelled[f":{term.stem.split('_')[-1]}"][term.title.split()[-1]] += 1
    return {key: min(row, key=lambda word: (-row[word], word)) for key, row in spelled.items()}
