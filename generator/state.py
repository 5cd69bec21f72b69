"""What the last run saw, so that what did not change costs nothing; never part of the output."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from generator.files import write


@dataclass(slots=True)
class State:
    """The memory of one run."""

    code: str = ""
    """Fingerprint of the generator and the settings that analysed the seeds."""
    seeds: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """For each seed, the hash of its bytes and the records made from it."""
    records: dict[str, str] = field(default_factory=dict)
    """For each record, the hash of its bytes."""
    inputs: str = ""
    """Hash of everything the whole run depended on; empty when a part of it may change by itself."""
    outputs: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each file below docs, its size in bytes and its modification time in nanoseconds."""
    report: dict[str, Any] = field(default_factory=dict)


def load(cache: Path) -> State:
    """Read the state of the last run; an empty one where there is none or it is damaged."""
    try:
        fields = json.loads((cache / "state.json").read_bytes())
        fields["seeds"] = {name: (sha, tuple(made)) for name, (sha, made) in fields["seeds"].items()}
        fields["outputs"] = {name: (size, time) for name, (size, time) in fields["outputs"].items()}
        return State(**fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def save(cache: Path, state: State) -> None:
    """Keep the state for the next run."""
    write(cache / "state.json", json.dumps(asdict(state)).encode())


def sha256(content: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Give one hash of the contents of files, in order, and of some words; a missing file counts as empty."""
    total = hashlib.sha256(repr(words).encode())
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        total.update(f"{file.name}:{len(content)}:".encode() + content)
    return total.hexdigest()


def code_files() -> list[Path]:
    """Give the files that the analysis of a seed depends on: the generator's own code and data."""
    here = Path(__file__).parent
    return sorted(
        file
        for file in here.rglob("*")
        if file.is_file() and file.suffix != ".pyc" and "templates" not in file.parts
    )


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Give size and modification time of every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): (status.st_size, status.st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for status in (file.stat(),)
    }
