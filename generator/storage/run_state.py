"""What the last run saw, so that what did not change costs nothing; never part of the output."""

from __future__ import annotations

import gc
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from generator.storage.files import replacing

Stamp = list[int]
"""Size in bytes, and the times in nanoseconds when the content and when the entry of a file changed."""

Tree = dict[str, tuple[int, dict[str, Stamp]]]
"""For each folder below some folder, with a slash at its end: when it changed, and its files."""

_FILE = "state.jsonl"
_NO_STAMP: Stamp = []
"""Equals the stamp of no file: whoever sees it looks again."""

DAMAGE = (OSError, ValueError, TypeError, AttributeError)
"""What reading a file of the cache may raise that is gone, damaged, or another version's."""


@dataclass(frozen=True, slots=True)
class Published:
    """An article that stands on its pages, needs no translation any more, and gives the same pages again."""

    seed: str
    entry: bytes
    """What lists need to know of it, as JSON: it takes a third of the memory."""
    profile: bytes
    """What its connections are drawn from, as JSON."""
    paths: tuple[str, ...]
    """Its record and its pages."""
    links: str
    """Hash of the connections that its pages show."""


@dataclass(slots=True)
class State:
    """The memory of one run."""

    everything: str = ""
    """Hash of all that the run depended on; empty when a part of it may change by itself."""
    report: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    """Fingerprint of the generator and the settings that analysed the seeds."""
    common: str = ""
    """Hash of all that every article depends on: the code, the settings, the memory."""
    docs: Tree = field(default_factory=dict)
    seeds: dict[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    """For each seed, the hashes of its stamps and of its bytes, and the slugs of its articles."""
    articles: dict[str, Published] = field(default_factory=dict)
    """The articles by their slugs."""
    lists: dict[str, str] = field(default_factory=dict)
    """For each page that lists articles, the hash of what it was made of."""


def load(cache: Path) -> State:
    """Read the state of the last run; an empty one where there is none or it is damaged."""
    with suppress(*DAMAGE), unhurried():
        lines = read_lines(cache / _FILE)
        state = _quickly(lines)
        seeds, state.lists = json.loads(next(lines)), json.loads(next(lines))
        state.seeds = {name: (stamp, sha, tuple(slugs)) for name, (stamp, sha, slugs) in seeds.items()}
        for head, entry, profile in zip(lines, lines, lines, strict=True):
            slug, seed, paths, links = json.loads(head)
            state.articles[slug] = Published(seed, entry, profile, tuple(paths), links)
        return state
    return State()


def load_quickly(cache: Path) -> State:
    """Read what tells whether anything changed at all, without seeds and articles."""
    with suppress(*DAMAGE):
        return _quickly(read_lines(cache / _FILE))
    return State()


def _quickly(lines: Iterator[bytes]) -> State:
    everything, report, code, common = json.loads(next(lines, b""))
    return State(everything, report, code, common, _tree(json.loads(next(lines, b""))))


def _tree(folders: dict[str, tuple[int, dict[str, Stamp]]]) -> Tree:
    return {name: (changed, files) for name, (changed, files) in folders.items()}


def save(cache: Path, state: State) -> None:
    """Keep the state for the next run."""
    head = (state.everything, state.report, state.code, state.common)
    common = map(_line, (head, state.docs, state.seeds, state.lists))
    write_lines(cache / _FILE, chain(common, _articles(state)))


def _line(content: object) -> bytes:
    return json.dumps(content).encode()


def _articles(state: State) -> Iterator[bytes]:
    """Return three lines for each article, two of them as they are kept in memory, which costs nothing."""
    for slug, article in state.articles.items():
        yield _line((slug, article.seed, article.paths, article.links))
        yield article.entry
        yield article.profile


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines into a file of the cache, and a checksum of them; the file is the old or the new one."""
    total = hashlib.sha256()
    with replacing(path) as file:
        for line in lines:
            total.update(line + b"\n")
            file.write(line + b"\n")
        file.write(total.hexdigest().encode())


def read_lines(path: Path) -> Iterator[bytes]:
    """Return the lines that `write_lines` wrote.

    Raises what is in `DAMAGE`, at the end at the latest, where these are not they.
    """
    total, last = hashlib.sha256(), b""
    with path.open("rb") as file:
        for line in file:
            if last:
                yield last[:-1]
                total.update(last)
            last = line
    if last != total.hexdigest().encode():
        raise ValueError(f"{path}: is damaged")


@contextmanager
def unhurried() -> Iterator[None]:
    """Look for no garbage meanwhile: where many small things are made that stay, that doubles the time.

    A cold run over 1,000 articles that never looks takes 3 MB more.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return one hash of the contents of files, in order, and of some words; a missing file counts as empty."""
    total = hashlib.sha256(repr(words).encode())
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        total.update(f"{file.name}:{len(content)}:".encode() + content)
    return total.hexdigest()


def code_files() -> list[Path]:
    """Return the files that the analysis of a seed depends on: the generator's own code and data."""
    here = Path(__file__).parent.parent
    return sorted(
        here / folder / name
        for folder, (_, names) in scan(here).items()
        for name in names
        if not {"templates", "__pycache__"} & set(folder.split("/"))
    )


def scan(folder: Path, last: Tree | None = None) -> Tree:
    """Look at every file below a folder without opening any; links are not followed.

    Where a folder has not changed since `last`, nothing came or went in it, so that it need not be listed:
    asking after 30,000 files by name takes a tenth of the time of listing the 20,000 folders they are in.
    """
    return {
        place: (changed, dict(_stamps(f"{folder}/{place}", names)))
        for place, changed, names in walk(str(folder), last or {})
    }


def walk(folder: str, last: Tree) -> Iterator[tuple[str, int, Iterable[str]]]:
    """Return every folder below a folder, when it changed, and the names of its files."""
    places = list(last) or [""]
    for known in places:  # grows while it is walked
        place = f"{folder}/{known}"
        with suppress(OSError):
            changed = os.stat(place).st_mtime_ns  # noqa: PTH116  (a Path each would double the time)
            before, names = last.get(known, (0, {}))
            if changed == before:
                yield known, changed, names
            else:
                files, below = _listed(place)
                places += [new for name in below if (new := f"{known}{name}/") not in last]
                yield known, changed, files


def is_as_left(folder: Path, last: Tree) -> bool:
    """Return whether the files of `last` are as they were, and no folder came or went.

    Folders without folders in them are not looked at themselves, which saves half the time: what a run of
    ours writes into one is in `last`, and what else lies there is not ours.
    """
    inner = {place[: place.rstrip("/").rfind("/") + 1] for place in last}
    try:
        for place, (changed, names) in last.items():
            here = f"{folder}/{place}"
            if place in inner and os.stat(here).st_mtime_ns != changed:  # noqa: PTH116
                return False
            for name, stamp in names.items():
                if stamp_of(here + name) != stamp:
                    return False
    except OSError:
        return False
    return True


def _listed(place: str) -> tuple[list[str], list[str]]:
    """Return the names of the files and of the folders in a folder, sorted."""
    with os.scandir(place) as entries:
        kinds = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    return [name for name, is_folder in kinds if not is_folder], [
        name for name, is_folder in kinds if is_folder
    ]


def _stamps(place: str, names: Iterable[str]) -> Iterator[tuple[str, Stamp]]:
    for name in names:
        try:  # `suppress` would take as long as looking at the file
            stamp = stamp_of(place + name)
        except FileNotFoundError:
            continue
        yield name, stamp


def stamp_of(file: str) -> Stamp:
    """Return the stamp of a file; raises `FileNotFoundError`."""
    status = os.lstat(file)
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def paths(tree: Tree) -> Iterator[str]:
    """Return the path of every file in a tree."""
    return (folder + name for folder, (_, names) in tree.items() for name in names)


def stamp_in(tree: Tree, path: str) -> Stamp:
    """Return the stamp of a file in a tree; an empty one where there is no such file."""
    folder, slash, name = path.rpartition("/")
    return tree.get(folder + slash, (0, {}))[1].get(name, _NO_STAMP)


def is_same(path: str, one: Tree, other: Tree) -> bool:
    """Return whether a file is in both trees and did not change between them."""
    stamp = stamp_in(one, path)
    return bool(stamp) and stamp == stamp_in(other, path)
