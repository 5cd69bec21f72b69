"""File formats in which translators carry segments from program to program: TMX and XLIFF."""

from __future__ import annotations

from dataclasses import dataclass


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
