"""Files that are either the old ones or the new ones, never half of each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from generator.model import DigestError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Raises `DigestError` when the folder cannot be written or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".digest-", suffix=".part", dir=path.parent)
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


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path` atomically; raises `DigestError` when that is impossible."""
    with replacing(path) as file:
        file.write(content)


def unwritable(path: Path, error: OSError) -> DigestError:
    """Give the line that a user sees when a file cannot be written."""
    return DigestError(
        f"{path}: cannot be written ({error.strerror}); free or unlock its folder and run again"
    )
