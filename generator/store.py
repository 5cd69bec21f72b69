"""The only module that writes below `docs/`: atomic writes, only where bytes differ, pruning of our own.

Every Markdown page that we write carries a checksum of itself in its front matter. A page without one was
written by a person and is left alone; a page whose checksum is wrong was edited by a person. Feeds and the
catalogue carry the program's name; a file of their name without it is a person's and is left alone, too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from generator.files import unwritable, write
from generator.model import Output

_CHECKSUM = re.compile(rb"\A(---\n)checksum: ([0-9a-f]{16})\n")

_EXPORTS = ("*/feed.xml", "*/atom.xml", "*/feed.json", "digest.jsonl")
_MAKER = b"multilingual-digest"


class Author(Enum):
    """Who wrote what stands in a file now."""

    NOBODY = "there is no such file"
    GENERATOR = "it is as it was generated"
    EDITOR = "a person changed a generated page"
    PERSON = "a person wrote it"


def author_of(file: Path) -> Author:
    """Tell who wrote the Markdown page in `file`; raises `DigestError` when it cannot be read."""
    content = _content(file)
    if content is None:
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


@dataclass(slots=True)
class Shelf:
    """The docs folder during one run."""

    docs: Path
    written: int = 0
    """Files whose bytes changed."""
    kept: set[str] = field(default_factory=set)
    """Every path that this run wants to be there."""
    refused: list[str] = field(default_factory=list)
    """One line for each page that a person wrote where we would have written."""

    def put(self, outputs: Iterable[Output]) -> None:
        """Write the outputs whose bytes differ from what is there.

        Raises `DigestError` when a file cannot be written.
        """
        for output in outputs:
            self.kept.add(output.path)
            file = self.docs / output.path
            is_page = file.suffix == ".md"
            by_hand = author_of(file) is Author.PERSON if is_page else _is_foreign_export(file)
            if by_hand:
                kind = "page" if is_page else "file"
                self.refused.append(
                    f"{file}: was written by hand and stays; move it to get the generated {kind}"
                )
            elif _replace(file, signed(output.content) if is_page else output.content):
                self.written += 1

    def prune(self) -> tuple[str, ...]:
        """Delete what was generated before and is not wanted any more; give the paths that went."""
        generated = (file for file in pages(self.docs) if author_of(file) is Author.GENERATOR)
        gone = []
        for file in [*generated, *sorted(self.docs.glob("*/articles/*/article.json")), *_exports(self.docs)]:
            path = file.relative_to(self.docs).as_posix()
            if path not in self.kept:
                file.unlink()
                gone.append(path)
                _remove_empty(file.parent, self.docs)
        return tuple(gone)


def pages(docs: Path) -> list[Path]:
    """Give every Markdown page below `docs`, in a fixed order."""
    return sorted(docs.rglob("*.md"))


def _exports(docs: Path) -> list[Path]:
    """Give the feeds and the catalogue that we wrote."""
    named = (file for pattern in _EXPORTS for file in sorted(docs.glob(pattern)) if file.is_file())
    return [file for file in named if not _is_foreign_export(file)]


def _is_foreign_export(file: Path) -> bool:
    """Tell whether a file has the name of an export and was not written by us."""
    content = _content(file) if any(map(file.match, _EXPORTS)) else None
    return content is not None and _MAKER not in content


def _replace(file: Path, content: bytes) -> bool:
    if _content(file) == content:
        return False
    write(file, content)
    return True


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritable(file, error) from error


def _remove_empty(folder: Path, docs: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
