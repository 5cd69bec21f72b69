"""File formats in which translators carry segments from program to program: TMX and XLIFF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ImportedSegment:
    """A translated segment that was read from another program's file."""

    source_language: str
    target_language: str
    source: str
    target: str
    confirmed: bool
    """Whether it is marked as translated, or more."""
    signed: bool
    """Whether a person put a name to it, or it is marked as approved, signed off or final, which no program
    does unasked."""
    suggested: bool
    """Whether the target was, at first, a machine's suggestion."""
    article: str = ""
    """The slug of the only article that it holds in."""
    claims: Mapping[str, str] = field(default_factory=dict)
    """Who wrote it and when, by TMX's names: changeid, changedate, creationid, creationdate."""
    notes: tuple[str, ...] = ()
    """What people wrote beside it."""
    pivot: bool = False
    """Whether it is one of several sources of a unit, and not the one that the file calls the source."""
    stateless: bool = False
    """Whether its file could say that it is confirmed, and says nothing."""


def quoted(text: str) -> str:
    """Return a text as messages show it: on one line."""
    return f"“{' '.join(text.split())}”"
