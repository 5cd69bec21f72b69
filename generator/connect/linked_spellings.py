"""How a source spells a name, as the links of its sentences say: by what most mentions have in common.

One link can be cut short or hold a word too many; several in different surroundings can't all be so alike. That
a word ends where what stands beside it varies is the accessor variety of Feng, Chen, Deng and Zheng
("Accessor Variety Criteria for Chinese Word Extraction", Computational Linguistics 30, 2004).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.languages import is_unspaced
from generator.languages.scripts import UNSPACED_LETTERS
from generator.languages.term_matcher import first_mention, straight
from generator.model import Segment, Span

_LEAST = 2
"""Mentions that agree."""
_MOST = 2 / 3
"""The part of the mentions that must."""
_BESIDE = 3
"""Letters beside a link that may belong to its word."""
_LONGEST = 12
_INSIDE = re.compile(rf"[·・{UNSPACED_LETTERS}]")
_LONG_WORD = re.compile(r"\w{4,}")
_GRAMMAR = "的了在和与及对向从是把被将由于以为给到说"
"""What Chinese writes beside a name and seldom into one."""


def linked_spelling(title: str, segments: Iterable[Segment], language: str) -> str | None:
    """Return how the sources of segments that mention a name in translation write it; None if unsure."""
    name = straight(title)
    mentions = [
        (segment, span)
        for segment in segments
        if segment.links
        if (there := first_mention(name, straight(segment.target or "")))
        and (span := _source_span(segment, there))
    ]
    if len(mentions) < _LEAST:
        return None
    if is_unspaced(language):
        return _common_stretch([_around(segment, span) for segment, span in mentions])
    spelled = Counter(segment.source[start:end] for segment, (start, end) in mentions)
    spelling, count = max(spelled.items(), key=lambda item: (item[1], item[0]))
    return spelling if count >= max(_LEAST, _MOST * len(mentions)) else None


def _source_span(segment: Segment, there: Span) -> Span | None:
    """Return the stretch of the source that a stretch of the target is linked to, with all its long words."""
    inside = [link for link in segment.links if there[0] < link[3] and link[2] < there[1]]
    words = _LONG_WORD.finditer(segment.target or "", *there)
    if not all(any(link[2] < word.end() and word.start() < link[3] for link in inside) for word in words):
        return None
    links = sorted(link[:2] for link in inside)
    gaps = (segment.source[one[1] : other[0]] for one, other in pairwise(links))
    if not links or any(len(gap) > 1 or gap.isalnum() for gap in gaps):
        return None
    return links[0][0], links[-1][1]


def _around(segment: Segment, span: Span) -> tuple[str, str, str]:
    """Return a linked stretch with letters beside it that are linked to no other word, and what is around."""
    source, (start, end) = segment.source, span
    taken = {place for link in segment.links if (link[0], link[1]) != span for place in range(link[0], link[1])}
    taken -= set(range(start, end))
    first, last = start, end
    while first > start - _BESIDE and first and first - 1 not in taken and _INSIDE.match(source[first - 1]):
        first -= 1
    while last < min(end + _BESIDE, len(source)) and last not in taken and _INSIDE.match(source[last]):
        last += 1
    return source[first:last], source[max(first - 1, 0) : first], source[last : last + 1]


def _common_stretch(mentions: Sequence[tuple[str, str, str]]) -> str | None:
    """Return the longest stretch that most mentions hold.

    If what stands on either side varies, and is mostly linked to another word, if it is a letter at all.
    """
    counts = Counter(stretch for text, _, _ in mentions for stretch in set(_stretches(text)))
    least = max(_LEAST, _MOST * len(mentions))
    agreed = (stretch for stretch, count in counts.items() if count >= least)
    best = max(agreed, key=lambda stretch: (len(stretch), counts[stretch], stretch), default="").strip(_GRAMMAR)
    if len(best) < 2 or not all(map(_INSIDE.match, best)):
        return None
    sides: tuple[list[str], list[str]] = ([], [])
    ends = [0, 0]
    for text, before, after in mentions:
        if (at := text.find(best)) >= 0:
            left, right = text[:at][-1:], text[at + len(best) :][:1]
            sides[0].append(left or before)
            sides[1].append(right or after)
            ends[0] += not left or left in _GRAMMAR
            ends[1] += not right or right in _GRAMMAR
    varies = (len(set(side)) > 1 or not _INSIDE.match("".join(side)) for side in sides)
    return best if all(varies) and min(ends) * 2 >= len(sides[0]) else None


def _stretches(text: str) -> Iterator[str]:
    for start in range(len(text)):
        for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
            yield text[start:end]
