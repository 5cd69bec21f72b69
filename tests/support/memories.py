"""Memories as tests begin with them: the program itself never forgets what a memory said before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.formats.tmx import NewTarget
from generator.translate.memory import MemoryKey, memory_file, write_targets


def save_memory(folder: Path, source: str, target: str, segments: Mapping[str, str]) -> None:
    """Make the memory of a pair hold these segments and no others, in nobody's name."""
    memory_file(folder, source, target).unlink(missing_ok=True)
    write_targets(
        folder, (source, target), {MemoryKey(each): NewTarget(text) for each, text in segments.items()}
    )
