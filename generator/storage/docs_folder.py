"""The only module that writes below `docs/`: atomic writes, only where bytes differ, pruning of our own.

Every Markdown page that we write carries a checksum of itself in its front matter. A page without one was
written by a person and is left alone; a page whose checksum is wrong was edited by a person. Feeds and other
files for programs carry ours; one of their names without it is a person's and is left alone, too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from generator.model import Output
from generator.storage import run_state
from generator.storage.files import unwritable, write

_CHECKSUM = re.compile(rb"\A(---\n)checksum: ([0-9a-f]{16})\n")

_EXPORTS = ("*/feed.xml", "*/atom.xml", "*/feed.json", "digest.jsonl", "*/digest.epub", "digest.tmx")
_MAKER = b"multilingual-digest"


class Author(Enum):
    """Who wrote what stands in a file now."""

    NOBODY = "there is no such file"
    GENERATOR = "it is as it was generated"
    EDITOR = "a person changed a generated page"
    PERSON = "a person wrote it"


def author_of(file: Path) -> Author:
    """Return who wrote the Markdown page in `file`; raises `DigestError` when it cannot be read."""
    content = _content(file)
    if content is None:
        return Author.NOBODY
    content = content.replace(b"\r\n", b"\n")
    match = _CHECKSUM.match(content)
    if match is None:
        return Author.PERSON
    return Author.GENERATOR if _checksum(unsigned(content)) == match[2] else Author.EDITOR


def signed(page: bytes) -> bytes:
    """Return a page, which starts with front matter, with its checksum in it."""
    if not page.startswith(b"---\n"):
        raise ValueError("a page starts with front matter")
    return b"---\nchecksum: " + _checksum(page) + b"\n" + page[4:]


def unsigned(page: bytes) -> bytes:
    """Return a page without its checksum."""
    return _CHECKSUM.sub(rb"\1", page)


def _checksum(page: bytes) -> bytes:
    return hashlib.sha256(page).hexdigest()[:16].encode()


@dataclass(slots=True)
class Shelf:
    """The docs folder during one run."""

    docs: Path
    there: run_state.Tree = field(default_factory=dict)
    """What lay there when the run began."""
    written: int = 0
    """Files whose bytes changed."""
    kept: set[str] = field(default_factory=set)
    """Every path that this run wants to be there."""
    fresh: dict[str, dict[str, run_state.Stamp]] = field(default_factory=dict)
    """For each folder, with a slash at its end, the stamps of the files that this run wrote there."""
    refused: list[str] = field(default_factory=list)
    """One line for each page that a person wrote where we would have written."""

    def __post_init__(self) -> None:
        """Look at the folder where nobody has."""
        self.there = self.there or run_state.scan(self.docs)

    def put(self, outputs: Iterable[Output]) -> None:
        """Write the outputs whose bytes differ from what is there.

        Raises `DigestError` when a file cannot be written.
        """
        for output in outputs:
            file = self.docs / output.path
            is_page = output.path.endswith(".md")
            wanted = signed(output.content) if is_page else output.content
            found = _content(file)
            self.kept.add(output.path)
            if found == wanted:
                continue
            if author_of(file) is Author.PERSON if is_page else _is_foreign_export(file):
                kind = "page" if is_page else "file"
                self.refused.append(
                    f"{file}: was written by hand and stays; move it to get the generated {kind}"
                )
            else:
                write(file, wanted)
                self.written += 1
                folder, slash, name = output.path.rpartition("/")
                self.fresh.setdefault(folder + slash, {})[name] = run_state.stamp_of(str(file))

    def keep(self, paths: Iterable[str]) -> None:
        """Want files to stay as they were when the run began."""
        self.kept.update(paths)

    def prune(self) -> tuple[str, ...]:
        """Delete what was generated before and is not wanted any more; give the paths that went."""
        unwanted = sorted(path for path in run_state.paths(self.there) if path not in self.kept)
        gone = tuple(path for path in unwanted if _is_ours(self.docs / path))
        for path in gone:
            file = self.docs / path
            file.unlink()
            _remove_empty(file.parent, self.docs)
        return gone

    def tree(self) -> run_state.Tree:
        """Return what lies there now, with the stamps of what this run itself saw or wrote.

        So a file that somebody edits meanwhile looks changed to the next run.
        """
        tree: run_state.Tree = {}
        for folder, changed, names in run_state.walk(str(self.docs), self.there):
            then, known = self.there.get(folder, (0, {}))
            fresh = self.fresh.get(folder, {})
            if fresh or changed != then:
                known = {name: fresh.get(name) or known.get(name, []) for name in names}
            tree[folder] = (changed, known)
        return tree


def _is_ours(file: Path) -> bool:
    """Return whether a file is as a run of ours left it."""
    if file.suffix == ".md":
        return author_of(file) is Author.GENERATOR
    if any(map(file.match, _EXPORTS)):
        return file.is_file() and not _is_foreign_export(file)
    return file.match("*/articles/*/article.json")


def _is_foreign_export(file: Path) -> bool:
    """Return whether a file has the name of an export and was not written by us."""
    content = _content(file) if any(map(file.match, _EXPORTS)) else None
    return content is not None and _MAKER not in content


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
