"""What the last run saw, so that what did not change costs nothing; never part of the output.

It lies in the cache, in lines of JSON under a checksum: a state that is missing, damaged or another version's
is an empty one, and the next run does everything anew.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from generator.config import Settings
from generator.storage.file_tree import Tree, scan, stamp_of
from generator.storage.files import atomic_write

_FILE = "state.jsonl"

DAMAGE = (OSError, ValueError, TypeError, AttributeError, LookupError, StopIteration)
"""What reading a file of the cache may raise that is gone, damaged, or another version's."""


@dataclass(frozen=True, slots=True)
class SeedState:
    """A seed as a run saw it."""

    stamp: str
    """Of the stamps of the file and its sidecars."""
    content: str
    """Hash of their bytes; empty where the run could not read all of the seed, so that the next tries again."""
    slugs: tuple[str, ...]
    """Of its articles."""


@dataclass(frozen=True, slots=True)
class Published:
    """An article that stands on its pages, needs no translation any more, and gives the same pages again."""

    seed: str
    paths: tuple[str, ...]
    """Its record and its pages."""
    links: str
    """Hash of the connections that its pages show."""
    sources: tuple[int, ...]
    """The keys of all that people could settle of it, by which a changed memory finds it."""
    entry: bytes
    """What lists need to know of it, as JSON, which takes a third of the memory."""
    profile: bytes
    """What its connections are drawn from, as JSON."""


@dataclass(frozen=True, slots=True)
class RunState:
    """What one run depended on, and what it published."""

    inputs_hash: str = ""
    """Of all that the run depended on; empty when a part of it may change by itself."""
    report: Mapping[str, Any] = field(default_factory=dict)
    program_hash: str = ""
    """Of the generator and of the settings that analysed the seeds."""
    shared_hash: str = ""
    """Of all that every article depends on: the program, the settings, which memory is asked."""
    glossaries: Mapping[str, str] = field(default_factory=dict)
    """The hash of each glossary's file, by its name: articles depend on those of their languages."""
    docs: Tree = field(default_factory=dict)
    seeds: Mapping[str, SeedState] = field(default_factory=dict)
    articles: Mapping[str, Published] = field(default_factory=dict)
    """By their slugs."""
    outdated_pages: Collection[str] = ()
    """Pages that were edited while a run was at work which changed translations of their articles."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """For each page that lists articles, the hash of what it was made of."""


def load_state(cache: Path) -> RunState:
    """Return the state of the last run; an empty one where there is none or it is damaged."""
    with suppress(*DAMAGE), without_garbage_collection():
        lines = _read_lines(cache / _FILE)
        state = _head(lines)
        seeds, lists = json.loads(next(lines)), json.loads(next(lines))
        return replace(
            state,
            seeds={name: SeedState(**each | {"slugs": tuple(each["slugs"])}) for name, each in seeds.items()},
            articles=dict(_articles(lines)),
            lists=lists,
        )
    return RunState()


def load_head(cache: Path) -> RunState:
    """Return of the state what tells whether anything changed at all, without seeds and articles."""
    with suppress(*DAMAGE):
        return _head(_read_lines(cache / _FILE))
    return RunState()


def _head(lines: Iterator[bytes]) -> RunState:
    facts, docs = json.loads(next(lines, b"")), json.loads(next(lines, b""))
    return RunState(**facts, docs={name: (changed, files) for name, (changed, files) in docs.items()})


def _articles(lines: Iterator[bytes]) -> Iterator[tuple[str, Published]]:
    for head, entry, profile in zip(lines, lines, lines, strict=True):
        facts = json.loads(head)
        yield (
            facts.pop("slug"),
            Published(**facts | {"paths": tuple(facts["paths"])}, entry=entry, profile=profile),
        )


def save_state(cache: Path, state: RunState) -> None:
    """Keep the state for the next run; raises `DigestError` when the cache cannot be written."""
    names = ("inputs_hash", "report", "program_hash", "shared_hash", "glossaries", "outdated_pages")
    head = {name: getattr(state, name) for name in names}
    seeds = {name: asdict(seed) for name, seed in state.seeds.items()}
    common = (json.dumps(each).encode() for each in (head, state.docs, seeds, state.lists))
    _write_lines(cache / _FILE, chain(common, _article_lines(state.articles)))


def _article_lines(articles: Mapping[str, Published]) -> Iterator[bytes]:
    """Return three lines for each article, two of them as they are kept in memory, which costs nothing."""
    for slug, article in articles.items():
        head = {"slug": slug} | {name: getattr(article, name) for name in ("seed", "paths", "links", "sources")}
        yield json.dumps(head).encode()
        yield article.entry
        yield article.profile


def _write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines into a file of the cache, and a checksum of them; the file is the old or the new one."""
    total = hashlib.sha256()
    with atomic_write(path) as file:
        for line in lines:
            total.update(line + b"\n")
            file.write(line + b"\n")
        file.write(total.hexdigest().encode())


def _read_lines(path: Path) -> Iterator[bytes]:
    """Return the lines that `_write_lines` wrote.

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


def inputs_hash(settings: Settings, use_memory: bool) -> str:
    """Return one hash of all that a run depends on, by the stamps of the files; opens none of them."""
    code = [stamp_of(str(file)) for file in code_files()]
    folders = map(scan, (settings.seeds, settings.memory, settings.strings))
    inputs = (*folders, code, settings, use_memory)
    return content_hash(repr(inputs).encode())


def program_hash(settings: Settings) -> str:
    """Return one hash of the program and of the settings that can change an analysis."""
    somewhere = replace(settings, root=Path(), docs=Path(), seeds=Path(), memory=Path(), model=None)
    anyhow = replace(somewhere, processes=None, hardware=replace(settings.hardware, threads=None))
    anyhow = replace(anyhow, sources=(), parts=None)
    return files_hash([*code_files(), *sorted(settings.strings.glob("*.yml"))], repr(asdict(anyhow)))


@cache
def code_files() -> tuple[Path, ...]:
    """Return the files that the analysis of a seed depends on: the generator's own code and data.

    They are looked for once: what is installed meanwhile, this process doesn't run.
    """
    here = Path(__file__).parent.parent
    return tuple(
        sorted(
            here / folder / name
            for folder, (_, names) in scan(here).items()
            for name in names
            if not {"templates", "__pycache__"} & set(folder.split("/"))
        )
    )


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def files_hash(files: Iterable[Path], *words: str) -> str:
    """Return one hash of the contents of files, in order, and of some words; a missing file counts as empty."""
    total = hashlib.sha256(repr(words).encode())
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        total.update(f"{file.name}:{len(content)}:".encode() + content)
    return total.hexdigest()


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disable the cyclic garbage collector: with many long-lived objects it doubles the time.

    A cold run over 1,000 articles takes 3 MB more without it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
