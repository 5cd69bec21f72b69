"""Where the articles of one story give different numbers for one thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.connect.counts import Count, counts, groups
from generator.connect.statements import Said
from generator.connect.tokens import stem
from generator.model import Difference

_SHARED, _SHARED_WIDELY, _SHARED_UNTRANSLATED = 2, 3, 3
"""Words that two sentences share besides the unit in which they measure one thing: with one of them beside
both numbers, without, and where there is no translation."""
_ABOUT = 4
"""Words that tell what numbers are about."""


@dataclass(frozen=True, slots=True)
class _Reading:
    said: Said
    count: Count

    def contradicts(self, other: _Reading) -> bool:
        """Return whether two articles give numbers for one thing that cannot both be right."""
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


def differences(said: Sequence[Said]) -> Iterator[Difference]:
    """Return the things with more than one number, unless one article gives several itself."""
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
    """Return the readings that another one contradicts, without those of articles that give several numbers."""
    values: dict[str, set[float]] = defaultdict(set)
    for reading in row:
        values[reading.said.place.slug].add(reading.count.value)
    single = [reading for reading in row if len(values[reading.said.place.slug]) == 1]
    return [one for one in single if any(one.contradicts(other) for other in single)]


def _one_each(row: Sequence[_Reading]) -> list[_Reading]:
    """Return one reading of each article, the smallest numbers first."""
    first: dict[str, _Reading] = {}
    for reading in row:
        first.setdefault(reading.said.place.slug, reading)
    return sorted(first.values(), key=lambda reading: reading.count.value)


def _about(row: Sequence[_Reading]) -> tuple[str, ...]:
    """Return the words of the thing that most readings have, and what else all sentences share."""
    things = Counter(word for reading in row for word in reading.count.words)
    most = max(things.values())
    thing = [word for word, times in things.items() if times == most][:1]
    common = set.intersection(*({*reading.said.words} for reading in row))
    shared = [
        word
        for key, word in row[0].said.words.items()
        if key in common and not key.isdigit() and word.lower() not in groups(row[0].said.language)
    ]
    return tuple(dict.fromkeys([*thing, *shared]))[:_ABOUT]
