"""What a sentence counts or measures: a number and the thing that it is said of.

The thing is found among the words of the number's clause, mostly behind the number: 12 people were killed.
`data/connect.tsv` lists words that count as one thing (killed, dead), and measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from generator.connect.tokens import Token, is_general, stem, tokens, words_of
from generator.languages.numbers import Figure, figures

_BEHIND, _BEFORE = 5, 5
"""Words of a clause that can say what is counted."""
_TABLE = 12
"""Numbers in a sentence; what has more is a table."""
_CLOSE = 0.1
"""Share by which a round number that is called rough may miss another."""


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


def counts(text: str, language: str) -> Iterator[Count]:
    """Return what a sentence counts; nothing for years, dates, times, ages and ones."""
    row, found = tokens(text), figures(text)
    for figure in found if len(found) <= _TABLE else ():
        before = [token for token in row if token.end <= figure.start]
        behind = [token for token in row if token.start >= figure.end]
        if figure.value <= 1 or _is_date(figure, text, before, behind, language):
            continue
        clause = _clause(behind, language)[:_BEHIND], _clause(before[::-1], language)[:_BEFORE]
        thing, words = _thing(*clause, language)
        if thing:
            low, high = _range(figure.value, {token.text.lower() for token in before[-3:]}, language)
            near = frozenset(stem(word) for side in clause for word in side if word not in words)
            yield Count(figure.value, text[figure.start : figure.end], thing, words, low, high, near)


def _range(value: float, before: Set[str], language: str) -> tuple[float, float]:
    """Return the smallest and largest number that the words before a number let it be."""
    rough, above, below = (bool(before & words_of(language, kind)) for kind in ("rough", "above", "below"))
    if value % 5:
        return value, value
    return value * (1 - _CLOSE * (rough or below)), value * (1 + _CLOSE * (rough or above))


def _is_date(
    figure: Figure, text: str, before: Sequence[Token], behind: Sequence[Token], language: str
) -> bool:
    """Return whether a number is a year or a part of a date, a time or an age."""
    digits = text[figure.start : figure.end]
    if digits.isdecimal() and len(digits) == 4 and 1800 <= figure.value < 2200:
        return True
    around = {token.text.lower() for token in [*before[-1:], *behind[:1]]}
    return bool(around & (words_of(language, "calendar") | words_of(language, "undated")))


def _clause(row: Sequence[Token], language: str) -> list[str]:
    """Return the words up to the next mark, number or conjunction."""
    found = []
    for token in row:
        if not (token.is_word or token.text == "%") or token.text in words_of(language, "apart"):
            break
        if figures(token.text) and token.text.lower() not in ("hundred", "thousand", "million", "billion"):
            break
        found.append(token.text)
    return found


def _thing(behind: Sequence[str], before: Sequence[str], language: str) -> tuple[str, tuple[str, ...]]:
    """Return the thing and the words that name it.

    People are told apart by who they are and by what became of them; of measures it counts what is measured.
    """
    listed = groups(language)
    fates = [word for word in (*behind, *before) if listed.get(word.lower(), "").startswith("!")]
    measures = [word for word in behind[:2] if listed.get(word.lower(), "").startswith("=")]
    nouns = [word for word in behind if _is_noun(word, language)] if listed else behind
    if measures:
        return listed[measures[0].lower()], (measures[0],)
    if fates:
        fate = fates[0]
        who = [word for word in nouns[:1] if word.lower() not in listed]
        return " ".join([listed[fate.lower()], *map(stem, who)]), (*who, fate)
    if nouns and nouns[0] in behind[:2]:
        return listed.get(nouns[0].lower(), stem(nouns[0])), (nouns[0],)
    return "", ()


def _is_noun(word: str, language: str) -> bool:
    return (word.islower() and not is_general(word, language)) or word.lower() in groups(language)


@cache
def groups(language: str) -> dict[str, str]:
    """Return the group of each word that `counted` lists, named after its first word; = and ! go with it."""
    rows = (group.split("/") for group in sorted(words_of(language, "counted")))
    return {word.lstrip("=!"): row[0] for row in rows for word in row}
