"""What the articles of one story say together: their most shared points, each as a sentence of one of them.

It needs the articles in full, so `render` asks for it story by story instead of `connect` for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt

from generator.connect.number_conflicts import find_differences
from generator.connect.statements import Statement, statements_of
from generator.model import JointSummary, Place, Story, Translation

_MOST, _BESIDES = 8, 2
"""Points of a story, and how many more of them there are than articles."""
_SAME = 0.4
"""Similarity (cosine of words) from which two sentences say the same."""


def summarize_story(story: Story, translations: Sequence[Translation]) -> JointSummary:
    """Return the points of a story, the most shared first, each as a sentence of one of its articles."""
    in_order = sorted(translations, key=lambda each: story.articles.index(each.digest.document.article.slug))
    statements = [statement for translation in in_order for statement in statements_of(translation)]
    points = _points(statements, min(_MOST, len(story.articles) + _BESIDES))
    return JointSummary(tuple(points), tuple(find_differences(statements)))


def _points(statements: Sequence[Statement], wanted: int) -> list[Place]:
    """Take the best opening of an article first, then what says most of what others say; nothing twice."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in statements:
        for word in each.words:
            holders[each.language, word].add(each.place.slug)
    others = max(len({each.place.slug for each in statements}) - 1, 1)

    def worth(statement: Statement) -> float:
        """Return how much of a sentence others say too, per root of its length, and how well it says so."""
        shared = sum((len(holders[statement.language, word]) - 1) / others for word in statement.words)
        return round(shared / sqrt(len(statement.words)) + statement.quality, 6)

    left = sorted((each for each in statements if each.is_whole), key=worth, reverse=True)
    openings = [each for each in left if each.opens]
    picked: list[Statement] = []
    for each in [*openings[:1], *left]:
        if len(picked) < wanted and all(_similarity(each, other) < _SAME for other in picked):
            picked.append(each)
    return [each.place for each in picked]


def _similarity(one: Statement, other: Statement) -> float:
    if one.language != other.language:
        return 0.0
    common = len(one.words.keys() & other.words.keys())
    return common / sqrt(len(one.words) * len(other.words) or 1)
