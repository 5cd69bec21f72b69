"""Profiles → `Connections`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from generator.connect.profile import Profile
from generator.model import Connections, Related, Story, Subject


def connect(profiles: Sequence[Profile]) -> Connections:
    """Draw the connections of a digest; the order of the profiles makes no difference."""
    profiles = sorted(profiles, key=lambda profile: profile.slug)
    holders: dict[str, list[str]] = defaultdict(list)
    for profile in profiles:
        for name in profile.names:
            holders[name.title].append(profile.slug)
    related: dict[str, tuple[Related, ...]] = {}
    stories: dict[tuple[str, ...], Story] = {}
    for profile in profiles:
        shared: dict[str, list[str]] = defaultdict(list)
        for name in profile.names:
            if 2 <= len(holders[name.title]) <= 12:
                for slug in holders[name.title]:
                    if slug != profile.slug:
                        shared[slug].append(name.title)
        nearest = sorted(shared.items(), key=lambda item: (-len(item[1]), item[0]))
        if nearest:
            related[profile.slug] = tuple(Related(slug, tuple(names[:5])) for slug, names in nearest[:5])
        close = [slug for slug, names in nearest if len(names) >= 3]
        if len(close) >= 2:
            group = tuple(sorted([profile.slug, *close]))
            if not any(set(group) & set(other) for other in stories):
                stories[group] = Story(group[0], group, tuple(nearest[0][1][:5]))
    return Connections(related, tuple(stories.values()), _subjects(profiles, holders))


def _subjects(profiles: Sequence[Profile], holders: dict[str, list[str]]) -> tuple[Subject, ...]:
    articles: dict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        for name in profile.names:
            articles[name.title][profile.slug] = name.sentences
    return tuple(
        Subject("name", "-".join(title.lower().split()), title, (), tuple(articles[title].most_common()))
        for title, slugs in sorted(holders.items())
        if len(slugs) > 1
    )
