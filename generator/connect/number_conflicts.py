"""Where the articles of one story give different numbers for one thing, as no reader of a single one can see.

One says that 12 people were killed, another tells of 14 dead. A number is said of a thing, which is found among
the words of the number's clause, mostly behind the number.
`data/connect.tsv` lists words that count as one thing (killed, dead), and measures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from generator.connect.statements import Statement
from generator.connect.tokens import TokenizedText, is_general, stem, words_of
from generator.languages.numbers.figures import Figure, figures
from generator.model import Difference

_BEHIND, _BEFORE = 5, 5
"""Words of a clause that can say what is counted."""
_TABLE = 12
"""Numbers in a sentence; what has more is a table."""
_CLOSE = 0.1
"""Share by which a round number that is called rough may miss another."""
_SHARED, _SHARED_WIDELY, _SHARED_UNTRANSLATED = 2, 3, 3
"""Words that two sentences share besides the unit in which they measure one thing: with one of them beside
both numbers, without, and where there is no translation."""
_ABOUT = 4
"""Words that tell what numbers are about."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things."""

    value: float
    text: str
    thing: str
    """What is counted, as a stem or a group of `counted`: numbers of one thing can be compared."""
    words: tuple[str, ...]
    """The words that say so, as they are spelled."""
    low: float
    high: float
    """What it can be: a round number that is called rough misses the exact one."""
    near: frozenset[str]
    """Stems of the other words of its clause."""

    def differs(self, other: Count) -> bool:
        """Return whether two numbers of one thing contradict each other."""
        return max(self.low, other.low) > min(self.high, other.high)


def counts(sentence: TokenizedText, language: str) -> Iterator[Count]:
    """Return what a sentence counts; nothing for years, dates, times, ages and ones."""
    text, row, gaps = sentence
    found = figures(text, language)
    ends = list(accumulate(len(gap) + len(token) for gap, token in zip(gaps, row, strict=True)))
    starts = [end - len(token) for end, token in zip(ends, row, strict=True)]
    for figure in found if len(found) <= _TABLE else ():
        before = row[: bisect_right(ends, figure.start)]
        behind = row[bisect_left(starts, figure.end) :]
        if figure.value <= 1 or _is_date(figure, text, before, behind, language):
            continue
        clause = _clause(behind, language)[:_BEHIND], _clause(before[::-1], language)[:_BEFORE]
        thing, words = _thing(*clause, language)
        if thing:
            low, high = _range(figure.value, {token.lower() for token in before[-3:]}, language)
            near = frozenset(stem(word) for side in clause for word in side if word not in words)
            yield Count(figure.value, text[figure.start : figure.end], thing, words, low, high, near)


def _range(value: float, before: Set[str], language: str) -> tuple[float, float]:
    """Return the smallest and largest number that the words before a number let it be."""
    if value % 5:
        return value, value
    rough, above, below = (bool(before & words_of(language, kind)) for kind in ("rough", "above", "below"))
    return value * (1 - _CLOSE * (rough or below)), value * (1 + _CLOSE * (rough or above))


def _is_date(figure: Figure, text: str, before: Sequence[str], behind: Sequence[str], language: str) -> bool:
    """Return whether a number is a year or a part of a date, a time or an age."""
    digits = text[figure.start : figure.end]
    if digits.isdecimal() and len(digits) == 4 and 1800 <= figure.value < 2200:
        return True
    around = {token.lower().replace(".", "") for token in [*before[-1:], *behind[:1]]}
    return bool(around & (words_of(language, "calendar") | words_of(language, "undated")))


def _clause(row: Sequence[str], language: str) -> list[str]:
    """Return the words up to the next mark, number or conjunction."""
    found = []
    for word in row:
        if not (word[0].isalpha() or word == "%") or word in words_of(language, "apart"):
            break
        if figures(word, language) and word.lower() not in ("hundred", "thousand", "million", "billion"):
            break
        found.append(word)
    return found


def _thing(behind: Sequence[str], before: Sequence[str], language: str) -> tuple[str, tuple[str, ...]]:
    """Return the thing and the words that name it.

    People are told apart by who they are and by what became of them; of measures it counts what is measured.
    """
    listed = groups(language)
    fates = [word for word in (*behind, *before) if listed.get(word.lower(), "").startswith("!")]
    measures = [word for word in behind[:2] if listed.get(word.lower(), "").startswith("=")]
    nouns = [
        word
        for word in behind
        if not listed or word.lower() in listed or (word.islower() and not is_general(word, language))
    ]
    if measures:
        return listed[measures[0].lower()], (measures[0],)
    if fates:
        fate = fates[0]
        who = [word for word in nouns[:1] if word.lower() not in listed]
        return " ".join([listed[fate.lower()], *map(stem, who)]), (*who, fate)
    if nouns and nouns[0] in behind[:2]:
        return listed.get(nouns[0].lower(), stem(nouns[0])), (nouns[0],)
    return "", ()


@cache
def groups(language: str) -> dict[str, str]:
    """Return the group of each word that `counted` lists, named after its first word; = and ! go with it."""
    rows = (group.split("/") for group in sorted(words_of(language, "counted")))
    return {word.lstrip("=!"): row[0] for row in rows for word in row}


@dataclass(frozen=True, slots=True)
class _Reading:
    statement: Statement
    count: Count

    def contradicts(self, other: _Reading) -> bool:
        """Return whether two articles give numbers for one thing that cannot both be right.

        What became of people is one thing in a story; other numbers need words in common, in their sentences or
        in the clauses around them.
        """
        if self.statement.place.slug == other.statement.place.slug or not self.count.differs(other.count):
            return False
        if self.count.thing.startswith("!"):
            return True
        language = self.statement.language
        common = self.statement.words.keys() & other.statement.words.keys() - set(map(stem, self.count.words))
        near = self.count.near & other.count.near & common
        if not groups(language):
            return len(common) >= _SHARED_UNTRANSLATED
        is_near = bool(near) and (len(common) >= _SHARED or self.count.thing[0] != "=")
        return is_near or len(common) >= _SHARED_WIDELY


def find_differences(statements: Sequence[Statement]) -> Iterator[Difference]:
    """Return the things with more than one number, the smallest first, one of each article.

    Articles that give several numbers themselves are left out.
    """
    readings: dict[tuple[str, str], list[_Reading]] = defaultdict(list)
    for each in statements:
        for count in counts(each.text, each.language):
            readings[each.language, count.thing].append(_Reading(each, count))
    for row in readings.values():
        values: dict[str, set[float]] = defaultdict(set)
        for reading in row:
            values[reading.statement.place.slug].add(reading.count.value)
        single = [reading for reading in row if len(values[reading.statement.place.slug]) == 1]
        first: dict[str, _Reading] = {}
        for one in single:
            if any(one.contradicts(other) for other in single):
                first.setdefault(one.statement.place.slug, one)
        found = sorted(first.values(), key=lambda reading: (reading.count.value, len(reading.count.text)))
        written: dict[float, str] = {}  # 12 and twelve are one number
        if len({reading.count.value for reading in found}) > 1:
            yield Difference(
                about=_about(found),
                readings=tuple(
                    (written.setdefault(each.count.value, each.count.text), each.statement.place)
                    for each in found
                ),
                language=found[0].statement.language,
            )


def _about(row: Sequence[_Reading]) -> tuple[str, ...]:
    """Return the words of the thing that most readings have, and what else all sentences share."""
    things = Counter(word for reading in row for word in reading.count.words)
    most = max(things.values())
    thing = [word for word, times in things.items() if times == most][:1]
    common = set.intersection(*({*reading.statement.words} for reading in row))
    shared = [
        word
        for key, word in row[0].statement.words.items()
        if key in common and not key.isdigit() and word.lower() not in groups(row[0].statement.language)
    ]
    return tuple(dict.fromkeys([*thing, *shared]))[:_ABOUT]
