"""The only module that writes below `docs/`: atomic writes, only where bytes differ, pruning of our own.

Every Markdown page that we write carries a checksum of itself in its front matter. A page without one was
written by a person, or is a person's from now on: it is left alone. A page whose checksum is wrong was edited
by a person. Feeds and other files for programs carry our name; one without it is a person's and is left alone,
too. Line ends and the byte order mark that some editors put in front change nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from generator.model import Output
from generator.storage.file_tree import Stamp, Tree, paths, scan, stamp_of, walk
from generator.storage.files import unwritable, write_file

_CHECKSUM = re.compile(rb"\A(---\n)checksum: ([0-9a-f]{16})\n")

_EXPORTS = ("*/feed.xml", "*/atom.xml", "*/feed.json", "digest.jsonl", "*/digest.epub", "digest.tmx")
_MAKER = b"multilingual-digest"
_ENDS = (b"\n", b"\n\n")
"""How pages end."""
_CONFLICT = re.compile(rb"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
"""How git marks what two people wrote in one place; text of ours never begins a line so."""


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
    content = plain(content)
    match = _CHECKSUM.match(content)
    if match is None:
        return Author.PERSON
    body = unsigned(content).rstrip(b"\n")  # editors see to its end
    return Author.GENERATOR if match[2] in (_checksum(body + end) for end in _ENDS) else Author.EDITOR


def plain(page: bytes) -> bytes:
    """Return a page without what editors add that is no text: a byte order mark, other line ends, UTF-16."""
    if page.startswith((b"\xff\xfe", b"\xfe\xff")):
        page = page.decode("utf-16", "replace").encode("utf-8", "replace")
    return page.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def conflict_in(content: bytes) -> int | None:
    """Return the number of the first line that is a git conflict marker; None where there is none."""
    match = _CONFLICT.search(plain(content))
    return match and plain(content).count(b"\n", 0, match.start()) + 1


def signed(page: bytes) -> bytes:
    """Return a page, which starts with front matter, with its checksum in it."""
    if not page.startswith(b"---\n"):
        raise ValueError("a page starts with front matter")
    return b"---\nchecksum: " + _checksum(page) + b"\n" + page[4:]


def is_made_of(page: bytes, content: bytes) -> bool:
    """Return whether a page was this content, without a checksum, before anybody edited it."""
    match = _CHECKSUM.match(page)
    return match is not None and match[2] == _checksum(content)


def unsigned(page: bytes) -> bytes:
    """Return a page without its checksum."""
    return _CHECKSUM.sub(rb"\1", page)


def _checksum(page: bytes) -> bytes:
    return hashlib.sha256(page).hexdigest()[:16].encode()


@dataclass(slots=True)
class DocsFolder:
    """The docs folder during one run."""

    docs: Path
    before: Tree = field(default_factory=dict)
    """What lay in it when the run began."""
    written: int = 0
    """Files whose bytes changed."""
    kept: set[str] = field(default_factory=set)
    """Every path that this run wants to be there."""
    fresh: dict[str, dict[str, Stamp]] = field(default_factory=dict)
    """For each folder, with a slash at its end, the stamps of the files that this run wrote there."""
    taken: dict[str, str] = field(default_factory=dict)
    """Hash of each page as it was when a person's edits in it were taken over: that much may be replaced."""
    skipped: list[str] = field(default_factory=list)
    """Paths of the pages that somebody edited while the run was at work: the next one takes that over."""
    owned: list[str] = field(default_factory=list)
    """Paths of the pages that a person wrote, or made their own, where we would have written: they stay."""
    refused: list[str] = field(default_factory=list)
    """One line for each file of a person's that keeps us from writing."""

    def __post_init__(self) -> None:
        """Look at the folder where nobody has."""
        self.before = self.before or scan(self.docs)

    def write(self, outputs: Iterable[Output]) -> None:
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
            if is_page and author_of(file) is Author.PERSON:
                self.owned.append(output.path)
            elif is_page and not self._may_replace(output.path):
                self.skipped.append(output.path)
            elif not is_page and _is_foreign_export(file):
                self.refused.append(f"{file}: was written by hand and stays; move it to get the generated file")
            else:
                write_file(file, wanted)
                self.written += 1
                folder, slash, name = output.path.rpartition("/")
                self.fresh.setdefault(folder + slash, {})[name] = stamp_of(str(file))

    def _may_replace(self, path: str) -> bool:
        """Return whether nothing would be lost if a page of ours were written anew."""
        file = self.docs / path
        if author_of(file) is not Author.EDITOR:
            return True
        return self.taken.get(path) == hashlib.sha256(_content(file) or b"").hexdigest()

    def keep(self, wanted: Iterable[str]) -> None:
        """Want files to stay as they were when the run began."""
        self.kept.update(wanted)

    def prune(self) -> tuple[str, ...]:
        """Delete what was generated before and is not wanted any more; give the paths that went."""
        unwanted = sorted(path for path in paths(self.before) if path not in self.kept)
        gone = tuple(path for path in unwanted if self._is_ours(path))
        for path in gone:
            file = self.docs / path
            try:
                file.unlink(missing_ok=True)
                _remove_empty(file.parent, self.docs)
            except OSError as error:
                raise unwritable(file, error) from error
        return gone

    def _is_ours(self, path: str) -> bool:
        """Return whether a file is as a run of ours left it, but for edits that were taken over."""
        file = self.docs / path
        if file.suffix == ".md":
            author = author_of(file)
            if author is Author.EDITOR and not self._may_replace(path):
                self.refused.append(
                    f"{file}: was edited, and its article is gone; delete it, or its checksum line to keep it"
                )
                return False
            return author in (Author.GENERATOR, Author.EDITOR)
        if any(map(file.match, _EXPORTS)):
            return file.is_file() and not _is_foreign_export(file)
        return file.match("*/articles/*/article.json")

    def tree(self) -> Tree:
        """Return what lies there now, with the stamps of what this run itself saw or wrote.

        So a file that somebody edits meanwhile looks changed to the next run.
        """
        tree: Tree = {}
        for folder, changed, names in walk(str(self.docs), self.before):
            then, known = self.before.get(folder, (0, {}))
            fresh = self.fresh.get(folder, {})
            if fresh or changed != then:
                known = {name: fresh.get(name) or known.get(name, []) for name in names}
            tree[folder] = (changed, known)
        return tree


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
