"""Which topics and names get pages of their own, and addresses that no two of them share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from generator.connect.entities import EntityIndex
from generator.connect.similarity import VectorSpace
from generator.connect.topics import find_topics
from generator.languages.normalize import is_reserved_name
from generator.model import Subject, SubjectKind
from generator.theme import text_analysis

_LEAST_NAMED = 2
"""Articles that a name must be in, unless the glossary has it."""

_Found = tuple[SubjectKind, str, tuple[tuple[str, str], ...], dict[str, int], dict[str, tuple[int, ...]]]
"""What a page is to be on: its kind, title, spellings in sources, how often articles mention it, and where."""


def find_subjects(
    entities: EntityIndex, space: VectorSpace, events: Iterable[Sequence[str]]
) -> tuple[Subject, ...]:
    """Return the topics and names of a digest, the most mentioned first."""
    articles: dict[str, dict[str, int]] = defaultdict(dict)
    for slug, counts in entities.mentions.items():
        for key, count in counts.items():
            articles[key][slug] = count
    names: list[_Found] = [
        (entity.kind, entity.title, entity.sources, articles[key], entity.places)
        for key, entity in sorted(entities.entities.items())
        if entity.is_known or len(articles[key]) >= _LEAST_NAMED
    ]
    topics: list[_Found] = [
        ("topic", topic.title, tuple(topic.sources), topic.articles, {})
        for topic in sorted(find_topics(space, events), key=lambda topic: (topic.title, topic.sources))
    ]
    subjects = [
        Subject(kind, slug, title, sources, tuple(sorted(counts.items(), key=_most_first)), places)
        for found in (names, topics)
        for slug, (kind, title, sources, counts, places) in zip(
            _slugs([row[1] for row in found]), found, strict=True
        )
    ]
    return tuple(sorted(subjects, key=lambda subject: (-len(subject.articles), subject.kind, subject.slug)))


def _most_first(mentions: tuple[str, int]) -> tuple[int, str]:
    slug, count = mentions
    return -count, slug


def _slugs(titles: Sequence[str]) -> list[str]:
    """Return each title a slug of its own; where several have one, all but the first get a number."""
    taken: set[str] = set()
    slugs: list[str] = []
    for title in titles:
        plain = "-".join(text_analysis.words(title))[:60].strip("-")
        is_free = plain and plain != "index" and not is_reserved_name(plain)
        slug = plain if is_free else f"{plain}-1".strip("-")
        number = 2
        while slug in taken:
            slug, number = f"{plain}-{number}", number + 1
        taken.add(slug)
        slugs.append(slug)
    return slugs
