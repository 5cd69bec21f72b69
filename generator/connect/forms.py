"""Arabic words without what is joined to their front, as dictionaries have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

PARTICLES = frozenset("وفبلك")
"""Letters that Arabic joins to the front of a word."""
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل)")
_SHORTEST = 3
"""Letters that must be left of a word."""


def rests(counts: Mapping[str, int]) -> dict[str, str]:
    """Return for stems that begin with a particle what is left without it, if that is as common a stem."""
    return {
        stem: stem[1:]
        for stem, count in counts.items()
        if stem[:1] in PARTICLES and counts.get(stem[1:], 0) >= count
    }


def bare(title: str) -> str:
    """Take the article off a word, and what is joined to it; a phrase keeps the article alone."""
    found = _ARTICLE.match(title)
    if not found or len(title) < found.end() + _SHORTEST:
        return title
    return ("ال" if " " in title else "") + title[found.end() :]


def commonest(titles: Counter[str]) -> str:
    """Return the commonest spelling, an Arabic accusative counted as the form without its ending."""
    counts = Counter[str]()
    for title, count in titles.items():
        counts[title[:-1] if title.endswith("ا") and title[:-1] in titles else title] += count
    return min(counts, key=lambda title: (-counts[title], len(title), title), default="")
