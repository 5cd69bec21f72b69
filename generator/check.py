"""Quality checks: what a reader should know about one machine-made segment."""

from __future__ import annotations

from generator.model import Finding


def check(source: str, target: str, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Give every finding of every check, in a fixed order."""
    return ()
