"""The only module that writes below `docs/`: atomic writes, only where bytes differ, pruning of our own.

Every Markdown page that we write carries a checksum of itself in its front matter. A page without one was
written by a person and is left alone; a page whose checksum is wrong was edited by a person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from .files import unwritable, write
from .model import Output

_CHECKSUM = re.compile(rb"\A(---\n)checksum: ([0-9a-f]{16})\n")


class Author(Enum):
    """Who wrote what stands in a file now."""

    NOBODY = "there is no such file"
    GENERATOR = "it is as it was generated"
    EDITOR = "a person changed a generated page"
    PERSON = "a person wrote it"


def author_of(file: Path) -> Author:
    """Tell who wrote the Markdown page in `file`."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return Author.NOBODY
    content = content.replace(b"\r\n", b"\n")
    match = _CHECKSUM.match(content)
    if match is None:
        return Author.PERSON
    return Author.GENERATOR if _checksum(_unsigned(content)) == match[2] else Author.EDITOR


def signed(page: bytes) -> bytes:
    """Give a page, which starts with front matter, with its checksum in it."""
    if not page.startswith(b"---\n"):
        raise ValueError("a page starts with front matter")
    return b"---\nchecksum: " + _checksum(page) + b"\n" + page[4:]


def _unsigned(page: bytes) -> bytes:
    return _CHECKSUM.sub(rb"\1", page)


def _checksum(page: bytes) -> bytes:
    return hashlib.sha256(page).hexdigest()[:16].encode()


def put(docs: Path, output: Output) -> bool:
    """Write an output if its bytes differ from what is there; tell whether it wrote.

    A page that a person wrote is kept. Raises `DigestError` when the file cannot be written.
    """
    file = docs / output.path
    content = signed(output.content) if file.suffix == ".md" else output.content
    if file.suffix == ".md" and author_of(file) is Author.PERSON:
        return False
    try:
        if file.read_bytes() == content:
            return False
    except FileNotFoundError:
        pass
    except OSError as error:
        raise unwritable(file, error) from error
    write(file, content)
    return True


def pages(docs: Path) -> Iterator[Path]:
    """Give every Markdown page below `docs`, in a fixed order."""
    return iter(sorted(docs.rglob("*.md")))


def prune(docs: Path, keep: set[str]) -> tuple[str, ...]:
    """Delete what we generated before and nothing wants any more; give the paths that went."""
    gone = []
    records = docs.glob("*/articles/*/article.json")
    generated = (file for file in pages(docs) if author_of(file) is Author.GENERATOR)
    for file in [*generated, *sorted(records)]:
        path = file.relative_to(docs).as_posix()
        if path not in keep:
            file.unlink()
            gone.append(path)
            _remove_empty(file.parent, docs)
    return tuple(gone)


def _remove_empty(folder: Path, docs: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
