"""Profiles → `Connections`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from hashlib import sha256

from generator.connect import stories
from generator.connect.entities import Naming, naming
from generator.connect.memo import Memo, Tie
from generator.connect.nearest import Row, candidates, nearest
from generator.connect.profile import Profile, load_profile
from generator.connect.similarity import Neighbour, Space, overlap
from generator.connect.subjects import subjects
from generator.connect.wording import Wording
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
    return _drawn(profiles, {}, Memo())[0]


def reconnect(profiles: Iterable[bytes], last: Memo) -> tuple[Connections, Memo]:
    """Draw the same connections from profiles as `dump_profile` gave them, and give a memo of them.

    What does not hang on anything that changed since the `last` memo is taken from there.
    """
    loaded, hashes = [], {}
    for text in profiles:
        profile = load_profile(text)
        loaded.append(profile)
        hashes[profile.slug] = _hash(text)
    return _drawn(loaded, hashes, last)


def _drawn(profiles: Sequence[Profile], hashes: Mapping[str, str], last: Memo) -> tuple[Connections, Memo]:
    profiles = sorted(profiles, key=lambda profile: profile.slug)
    names = naming(profiles)
    space = Space(profiles, names)
    ties = space.ties()
    wording = Wording(profiles, names, ties)
    own = {slug: _own(hashes.get(slug, ""), names, slug) for slug in space.profiles}
    counted = {feature: _counted(feature, space, wording) for feature in sorted(ties)}
    now = Memo(counted | dict.fromkeys(sorted(space.idle), "nothing"))
    same = _unaltered(space, own, last, now)
    rows = candidates(space, {slug: last.articles[slug].candidates for slug in same})
    neighbours = {slug: nearest(rows[slug], LEAST, _NEIGHBOURS) for slug in space.profiles}
    reasons = _Reasons(space, wording)
    for slug, near in neighbours.items():
        kept = _kept(last.articles[slug], rows[slug], near, same) if slug in same else None
        now.articles[slug] = kept or Tie(own[slug], rows[slug], reasons.related(slug, near))
    events = stories.Events(space)
    for pairs in stories.joined(events, neighbours):
        key = _hash(repr(pairs).encode())
        if key in last.stories and all(one in same and other in same for _, one, other in pairs):
            now.stories[key] = last.stories[key]
        else:
            now.stories[key] = tuple(_stories(events, pairs, reasons))
    told = [story for row in now.stories.values() for story in row]
    connections = Connections(
        related={slug: tie.related for slug, tie in now.articles.items() if tie.related},
        stories=tuple(sorted(told, key=lambda story: story.slug)),
        subjects=subjects(profiles, names),
    )
    return connections, now


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _own(profile: str, names: Naming, slug: str) -> str:
    """Return a hash of an article's profile and of the names that are known to be in it."""
    return _hash(repr((profile, sorted(names.mentions[slug].items()))).encode())


def _counted(feature: str, space: Space, wording: Wording) -> str:
    """Say how much a name or word counts, and how readers see it."""
    kind = "noun" if wording.is_noun(feature) else ""
    return f"{space.step(feature)} {kind} {wording.title(feature)}"


def _unaltered(space: Space, own: Mapping[str, str], last: Memo, now: Memo) -> set[str]:
    """Return the articles of which all is as it was that counts between two of them.

    None where something weighs nothing any more, since it is in no vector that would tell who has it.
    """
    changed = {feature for feature, _ in last.features.items() ^ now.features.items()}
    if not changed.isdisjoint(space.idle):
        return set()
    return {
        slug
        for slug, tie in last.articles.items()
        if own.get(slug) == tie.own and all(map(changed.isdisjoint, space.features(slug)))
    }


def _kept(before: Tie, row: Row, near: Sequence[Neighbour], same: Set[str]) -> Tie | None:
    """Return what was found of an article with its present candidates, None if its neighbours changed."""
    if before.candidates is row:
        return before
    is_near = near == nearest(before.candidates, LEAST, _NEIGHBOURS)
    return replace(before, candidates=row) if is_near and all(each.slug in same for each in near) else None


def _stories(events: stories.Events, pairs: Sequence[stories.Pair], reasons: _Reasons) -> Iterable[Story]:
    space = events.space
    for group in stories.groups(events, pairs):
        weights: dict[str, float] = defaultdict(float)
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                for feature, weight in space.shared(one, other).items():
                    weights[feature] += weight
        yield Story(stories.earliest(space, group), tuple(group), reasons.told(weights))


class _Reasons:
    """Says why articles are near, in words that readers understand."""

    def __init__(self, space: Space, wording: Wording) -> None:
        self.space = space
        self.wording = wording

    def related(self, slug: str, neighbours: Sequence[Neighbour]) -> tuple[Related, ...]:
        """Return the nearest articles, each with why; without those that share nothing that can be told."""
        found: list[Related] = []
        for neighbour in neighbours:
            shared = self.told(self.space.shared(slug, neighbour.slug))
            if len(shared) > 1:
                found.append(Related(neighbour.slug, shared, self._is_copy(slug, neighbour.slug)))
            if len(found) == _MOST:
                break
        return tuple(found)

    def told(self, weights: Mapping[str, float]) -> tuple[str, ...]:
        """Return the names, nouns and, if there are few, other words that weigh most."""
        ranked = sorted(weights, key=lambda feature: (-round(weights[feature], 3), feature))
        names = [feature for feature in ranked if feature[0] == "@"]
        nouns = [feature for feature in ranked if self.wording.is_noun(feature)]
        others = [feature for feature in ranked if feature[0] != "@" and not self.wording.is_noun(feature)]
        told = [*names[:_TOLD], *nouns] if names or nouns else others
        return tuple(dict.fromkeys(_joined([self.wording.title(feature) for feature in told])))[:_TOLD]

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
