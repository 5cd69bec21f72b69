"""The articles of one story → what they say together, and where they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from generator.connect.counts import Count, counts, groups
from generator.connect.words import details, stem
from generator.leaning import QUOTATION_MARKS, leans
from generator.model import Difference, JointSummary, Place, Segment, Story, Translation

_MOST, _BESIDES = 8, 2
"""Points of a story, and how many more of them there are than articles."""
_SAME = 0.4
"""Similarity (cosine of words) from which two sentences say the same."""
_LEAST_WORDS = 4
"""That tell something, or it is a fragment; in unspaced scripts pairs of characters."""
_SHARED, _SHARED_WIDELY, _SHARED_UNTRANSLATED = 2, 3, 3
"""Words that two sentences share besides the unit in which they measure one thing: with one of them beside
both numbers, without, and where there is no translation."""
_ABOUT = 4
"""Words that tell what numbers are about."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as it can be compared: in the target language, or untranslated."""

    place: Place
    text: str
    language: str
    words: dict[str, str]
    """By what their forms have in common."""
    merit: float
    """How well this sentence says it: settled by people, opening its article."""
    is_whole: bool
    """Whether it can stand alone."""


def joint_summary(story: Story, translations: Sequence[Translation]) -> JointSummary:
    """Give the points of a story, the most shared first, each as a sentence of one of its articles."""
    order = {slug: place for place, slug in enumerate(story.articles)}
    said = [
        sentence
        for translation in sorted(translations, key=lambda each: order[_slug(each)])
        for sentence in _sentences(translation)
    ]
    return JointSummary(tuple(_points(said, min(_MOST, len(order) + _BESIDES))), tuple(_differences(said)))


def _slug(translation: Translation) -> str:
    return translation.digest.document.article.slug


def _sentences(translation: Translation) -> Iterator[_Said]:
    digest = translation.digest
    rows = zip(digest.document.sentences, translation.segments, digest.scores, strict=True)
    for index, (sentence, segment, score) in enumerate(rows):
        text, language = segment.target or sentence.repaired, sentence.language
        if segment.target:
            language = translation.target_language
        words = dict(details(text, language))
        yield _Said(
            place=Place(_slug(translation), index),
            text=text,
            language=language,
            words=words,
            merit=_quality(segment) / 2 + 1 / (1 + exp(-score)),
            is_whole=len(words) >= _LEAST_WORDS
            and not leans(sentence.text, sentence.language)
            and not leans(text, language)
            and not _is_cut(text),
        )


def _quality(segment: Segment) -> float:
    """Prefer what people settled to what no check objects to, then what is flagged; last comes nothing."""
    if segment.origin in ("reviewed", "original"):
        return 1.0
    return (0.8 if not segment.findings else 0.4) if segment.target else 0.0


def _is_cut(text: str) -> bool:
    """Tell whether a sentence holds half a quotation."""
    straight, *paired = QUOTATION_MARKS
    halves = sum(text.count(mark) for mark in straight) % 2
    return bool(halves) or any(
        text.count(family[0]) != sum(text.count(mark) for mark in family[1:]) for family in paired
    )


# Points


def _points(said: Sequence[_Said], wanted: int) -> list[Place]:
    """Take the best opening of an article first, then what says most of what others say; nothing twice."""
    weights = _weights(said)
    left = sorted((each for each in said if each.is_whole), key=lambda each: -_worth(each, weights))
    openings = [each for each in left if each.place.sentence == 0]
    picked: list[_Said] = []
    for each in [*openings[:1], *left]:
        if len(picked) < wanted and all(_similarity(each, other) < _SAME for other in picked):
            picked.append(each)
    return [each.place for each in picked]


def _weights(said: Iterable[_Said]) -> dict[tuple[str, str], float]:
    """Give for each word of a language the share of the articles that have it."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    articles = set()
    for each in said:
        articles.add(each.place.slug)
        for word in each.words:
            holders[each.language, word].add(each.place.slug)
    return {key: (len(slugs) - 1) / max(len(articles) - 1, 1) for key, slugs in holders.items()}


def _worth(said: _Said, weights: dict[tuple[str, str], float]) -> float:
    """Give how much of a sentence others say too, per root of its length, and how well it says so."""
    shared = sum(weights[said.language, word] for word in said.words)
    return round(shared / sqrt(len(said.words)) + said.merit, 6)


def _similarity(one: _Said, other: _Said) -> float:
    if one.language != other.language:
        return 0.0
    common = len(one.words.keys() & other.words.keys())
    return common / sqrt(len(one.words) * len(other.words) or 1)


# Differences


@dataclass(frozen=True, slots=True)
class _Reading:
    said: _Said
    count: Count

    def contradicts(self, other: _Reading) -> bool:
        """Tell whether two articles give numbers for one thing that cannot both be right."""
        return (
            self.said.place.slug != other.said.place.slug
            and self.count.differs(other.count)
            and self._is_on_the_same(other)
        )

    def _is_on_the_same(self, other: _Reading) -> bool:
        """Tell by the words of the sentences and of the clauses around the numbers.

        What became of people is one thing in a story; other numbers need something in common.
        """
        if self.count.thing.startswith("!"):
            return True
        language = self.said.language
        common = self.said.words.keys() & other.said.words.keys() - set(map(stem, self.count.words))
        near = self.count.near & other.count.near & common
        if not groups(language):
            return len(common) >= _SHARED_UNTRANSLATED
        is_near = bool(near) and (len(common) >= _SHARED or self.count.thing[0] != "=")
        return is_near or len(common) >= _SHARED_WIDELY


def _differences(said: Sequence[_Said]) -> Iterator[Difference]:
    """Give the things with more than one number, unless one article gives several itself."""
    readings: dict[tuple[str, str], list[_Reading]] = defaultdict(list)
    for each in said:
        for count in counts(each.text, each.language):
            readings[each.language, count.thing].append(_Reading(each, count))
    for row in readings.values():
        found = _one_each(_contested(row))
        if len({reading.count.value for reading in found}) > 1:
            yield Difference(
                about=_about(found),
                readings=tuple((reading.count.text, reading.said.place) for reading in found),
            )


def _contested(row: Sequence[_Reading]) -> list[_Reading]:
    """Give the readings that another one contradicts, without those of articles that give several numbers."""
    values: dict[str, set[float]] = defaultdict(set)
    for reading in row:
        values[reading.said.place.slug].add(reading.count.value)
    single = [reading for reading in row if len(values[reading.said.place.slug]) == 1]
    return [one for one in single if any(one.contradicts(other) for other in single)]


def _one_each(row: Sequence[_Reading]) -> list[_Reading]:
    """Give one reading of each article, the smallest numbers first."""
    first: dict[str, _Reading] = {}
    for reading in row:
        first.setdefault(reading.said.place.slug, reading)
    return sorted(first.values(), key=lambda reading: reading.count.value)


def _about(row: Sequence[_Reading]) -> tuple[str, ...]:
    """Give the words of the thing that most readings have, and what else all sentences share."""
    things = Counter(word for reading in row for word in reading.count.words)
    most = max(things.values())
    thing = [word for word, times in things.items() if times == most][:1] or list(things)[:1]
    common = set.intersection(*({*reading.said.words} for reading in row))
    shared = [
        word
        for key, word in row[0].said.words.items()
        if key in common and not key.isdigit() and word.lower() not in groups(row[0].said.language)
    ]
    return tuple(dict.fromkeys([*thing, *shared]))[:_ABOUT]
