"""A seed written and read back, as most tests of readers need it."""

from __future__ import annotations

from pathlib import Path

from generator.ingest import read_seed
from generator.model import Article


def seed_read(
    folder: Path, name: str, content: str | bytes, sidecar: str = ""
) -> tuple[tuple[Article, ...], list[str]]:
    """Return the articles of a seed of this content, and what is complained of."""
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    (seeds / name).write_bytes(content.encode() if isinstance(content, str) else content)
    if sidecar:
        (seeds / f"{name}.yml").write_text(sidecar, "utf-8")
    faults: list[str] = []
    return read_seed(seeds / name, seeds, lambda fault: faults.append(str(fault))), faults
