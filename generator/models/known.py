"""Archives of models whose bytes are publicly known, so that even a first download need not be believed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent.parent / "data" / "known-models.tsv"


@dataclass(frozen=True, slots=True)
class KnownArchive:
    """An archive as it is publicly known."""

    size: int
    sha256: str


@cache
def known_archives() -> dict[tuple[str, str], KnownArchive]:
    """Return the archives that are known, by language pair and version."""
    rows = (line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(pair, version): KnownArchive(int(size), sha256) for pair, version, size, sha256 in rows}
