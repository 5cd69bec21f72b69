"""Which topics and names get pages of their own, and addresses that no two of them share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.connect.entities import EntityIndex
from generator.connect.profile import Profile
from generator.connect.topics import find_topics
from generator.languages.normalize import is_reserved_name
from generator.model import Subject
from generator.theme import text_analysis

_LEAST_NAMED = 2
"""Articles that a name must be in, unless the glossary has it."""
_LONGEST_SLUG = 60


def find_subjects(profiles: Sequence[Profile], entities: EntityIndex) -> tuple[Subject, ...]:
    """Return the topics and names of a digest, the most mentioned first."""
    found = [*_names(entities), *_topics(profiles)]
    return tuple(sorted(found, key=lambda subject: (-len(subject.articles), subject.kind, subject.slug)))


def _names(entities: EntityIndex) -> list[Subject]:
    articles: dict[str, dict[str, int]] = defaultdict(dict)
    for slug, counts in entities.mentions.items():
        for key, count in counts.items():
            articles[key][slug] = count
    kept = [
        (entity, articles[key])
        for key, entity in sorted(entities.entities.items())
        if entity.is_known or len(articles[key]) >= _LEAST_NAMED
    ]
    return [
        Subject(entity.kind, slug, entity.title, entity.sources, _by_mentions(counts))
        for slug, (entity, counts) in zip(_slugs([entity.title for entity, _ in kept]), kept, strict=True)
    ]


def _topics(profiles: Sequence[Profile]) -> list[Subject]:
    found = sorted(find_topics(profiles), key=lambda topic: (topic.title, topic.sources))
    slugs = _slugs([topic.title for topic in found])
    return [
        Subject("topic", slug, topic.title, tuple(topic.sources), _by_mentions(topic.articles))
        for slug, topic in zip(slugs, found, strict=True)
    ]


def _by_mentions(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _slugs(titles: Sequence[str]) -> list[str]:
    """Return each title a slug of its own; where several have one, all but the first get a number."""
    taken: set[str] = set()
    slugs: list[str] = []
    for title in titles:
        plain = "-".join(text_analysis.words(title))[:_LONGEST_SLUG].strip("-")
        is_free = plain and plain != "index" and not is_reserved_name(plain)
        slug = plain if is_free else f"{plain}-1".strip("-")
        number = 2
        while slug in taken:
            slug, number = f"{plain}-{number}", number + 1
        taken.add(slug)
        slugs.append(slug)
    return slugs
