"""Runs may be killed at any moment: files are the old ones or the new ones, never half of each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from generator.model import DigestError

_BEGIN, _END = ".digest-", ".part"
"""The name of a file that is being written; a killed run leaves at most one behind."""


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Raises `DigestError` when the folder cannot be written or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_BEGIN, suffix=_END, dir=path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException as error:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(path, error) from error
        raise


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` atomically; raises `DigestError` when that is impossible."""
    with atomic_write(path) as file:
        file.write(content)


@contextmanager
def exclusive_lock(file: Path, seconds: float = 0) -> Iterator[None]:
    """Keep other runs out while the block runs, by a lock on `file` that a killed run cannot leave behind.

    Raises `DigestError` where another run holds it so many seconds, or where `file` cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(file).acquire(timeout=seconds)
    except Timeout as error:
        raise DigestError(f"{file}: another run is at work in this digest; wait until it has ended") from error
    except OSError as error:
        raise unwritable(file, error) from error
    with held:
        yield


def remove_partial_files(folder: Path, paths: Iterable[str]) -> int:
    """Delete what killed runs left half-written among these paths below a folder; return how many.

    Only for a run that holds the lock.
    """
    leftovers = [path for path in paths if path.endswith(_END) and path.rpartition("/")[2].startswith(_BEGIN)]
    for path in leftovers:
        with suppress(OSError):  # where nothing can be written, what must be says so
            (folder / path).unlink(missing_ok=True)
    return len(leftovers)


def unreadable(path: Path, error: OSError) -> DigestError:
    """Return the line that a user sees when a file cannot be read."""
    return DigestError(f"{path}: cannot be read ({error.strerror}); mend its permissions and run again")


def unwritable(path: Path, error: OSError) -> DigestError:
    """Return the line that a user sees when a file cannot be written."""
    return DigestError(f"{path}: cannot be written ({error.strerror}); free or unlock its folder and run again")
