"""What the last run found, with all that it hangs on: only what hangs on something else is found anew.

Nothing in it is believed by its date: each article's part says of which profile and names it was found, and
the memo says of which weights and spellings. So it may be of any run of the same program, or be gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from sys import intern

from generator.connect.nearest import Candidate, Row
from generator.model import Related, Story


@dataclass(frozen=True, slots=True)
class Tie:
    """What was found of one article."""

    own: str
    """Hash of its profile and of the names in it."""
    candidates: Row
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """What was found of all articles at one time."""

    features: dict[str, str] = field(default_factory=dict)
    """For each name and word of several articles, how much it counts and how readers see it."""
    articles: dict[str, Tie] = field(default_factory=dict)
    stories: dict[str, tuple[Story, ...]] = field(default_factory=dict)
    """The stories of articles that are tied to no others, by the hash of their pairs."""


def dump_memo(memo: Memo) -> Iterator[bytes]:
    """Return a memo as lines of JSON in UTF-8."""
    stories = {key: [astuple(story) for story in row] for key, row in memo.stories.items()}
    yield _line([memo.features, stories])
    for slug, tie in memo.articles.items():
        related = [(each.slug, each.shared, each.duplicate) for each in tie.related]
        yield _line([slug, tie.own, list(zip(*tie.candidates, strict=True)), related])


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load_memo(lines: Iterable[bytes]) -> Memo:
    """Read back what `dump_memo` gave.

    Raises `ValueError` or `TypeError` for anything else.
    """
    rows = map(json.loads, lines)
    features, stories = next(rows, ({}, {}))
    memo = Memo(features)
    for key, row in stories.items():
        memo.stories[key] = tuple(Story(slug, tuple(own), tuple(shared)) for slug, own, shared in row)
    for slug, own, candidates, related in rows:
        distances, slugs, similarities = candidates or ((), (), ())
        found = tuple(map(Candidate, distances, map(intern, slugs), similarities))
        told = tuple(Related(intern(other), tuple(shared), copy) for other, shared, copy in related)
        memo.articles[intern(slug)] = Tie(own, found, told)
    return memo
