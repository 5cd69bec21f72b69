"""A large site in parts: each is made by itself, as many side by side as there are processors.

A part is the articles of a month or of a language (`extra.digest.parts`), or a slice of the pages that lead to
them. It has a memory of its own, so a build looks into those parts alone in which a file changed, and holds of
each other part its name. Nobody can tell from the site: every page stands where it would stand without parts.
"""

from __future__ import annotations

import gc
import os
import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from pickle import PicklingError
from typing import Any, TypeVar
from zlib import crc32

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from .finished_pages import FinishedPage
from .site_build import SiteBuild, fingerprint
from .site_memory import SiteMemory, open_memory
from .standing_site import settled_stamp, stamp

CUTS = ("month", "language")
"""What `extra.digest.parts` may be."""
_FEW = 200
"""Pages up to which one process is faster than others are started."""
_SLICES = 8
"""Parts that the stories, the names and the like are cut into."""
_OPEN = 8
"""Memories of parts that are open at a time while the search index is merged."""

_Result = TypeVar("_Result")


@dataclass
class SitePart:
    """What is made together."""

    name: str
    pages: list[File] = field(default_factory=list)
    """Those that may be finished ones."""
    copies: list[File] = field(default_factory=list)
    """Files of its articles that are no pages."""
    slugs: dict[str, None] = field(default_factory=dict)
    """Of its articles."""
    known: dict[str, Any] = field(default_factory=dict)
    """What the last build noted of it, and what this one does."""


def cut_of(config: MkDocsConfig) -> str:
    """Return how a site is to be cut, nothing where it is not; raises `PluginError` for what is no cut."""
    chosen = (config.extra.get("digest") or {}).get("parts")
    if chosen is not None and chosen not in CUTS:
        raise PluginError(f"extra.digest.parts is {chosen!r} but must be {' or '.join(CUTS)}")
    return str(chosen or "")


def part_of_article(cut: str, date: str | None, language: object) -> str:
    """Return the part of an article; one without a date has a part of its own."""
    if cut == "language":
        return language if isinstance(language, str) and re.fullmatch(r"[\w-]{1,20}", language) else "unknown"
    return date[:7] if re.match(r"[0-9]{4}-[0-9]{2}(?![0-9])", date or "") and date else "undated"


def divided(files: Iterable[File], pages: Iterable[File], part_of: Mapping[str, str]) -> list[SitePart]:
    """Return the parts of a site, of which `pages` may be finished ones; `part_of` has that of each article."""
    parts: dict[str, SitePart] = {}
    aside = {file.src_uri for file in pages}
    for file in files:
        _, _, rest = file.src_uri.partition("/")
        section, _, name = rest.partition("/")
        name, _, below = name.partition("/")
        is_page = file.src_uri in aside
        if section == "articles" and name in part_of and below:
            part = part_of[name]
        else:  # of the same name in all trees, since their pages lead to each other
            part = f"{section}-{crc32(name.encode()) % _SLICES}" if is_page and below else ""
        if part and (is_page or not file.is_documentation_page()):
            found = parts.setdefault(part, SitePart(part))
            (found.pages if is_page else found.copies).append(file)
            if section == "articles":
                found.slugs[name] = None
    return list(parts.values())


class SiteParts:
    """The parts of a site during one build."""

    def __init__(self, parts: list[SitePart], whole: SiteBuild, processes: int) -> None:
        """Take over what the last build noted of them."""
        noted = whole.notes if isinstance(whole.notes, dict) else {}
        self.whole, self.processes = whole, processes
        self.parts = sorted(parts, key=lambda part: (-len(part.pages), part.name))
        for part in self.parts:
            part.known = dict(noted.get(part.name, {}))
        self._part_of = {slug: part.name for part in self.parts for slug in part.slugs}
        self._open: dict[str, SiteMemory | None] = {}

    def tell(
        self, docs: str, seen_with: Callable[[File], object], tell_page: Callable[[Path], list[Any]]
    ) -> dict[str, FinishedPage]:
        """Look into the pages of parts in which a file changed, and return which pages of all are finished."""

        def look(part: SitePart) -> tuple[list[str], list[str]]:
            build = self._build_of(part)
            told = {file.src_uri: build.look(f"{docs}/{file.src_uri}", tell_page) for file in part.pages}
            build.break_off()
            unfinished = [uri for uri, page in told.items() if not page]
            return unfinished, [uri for uri, page in told.items() if page and FinishedPage(*page).is_redirect]

        changed = []
        for part in self.parts:
            stamps = [
                (file.src_uri, settled_stamp(f"{docs}/{file.src_uri}"), seen_with(file))
                for file in (*part.pages, *part.copies)
            ]
            key = fingerprint(stamps) if all(each[1] for each in stamps) else ""
            if not key or part.known.get("seen") != key:
                part.known["seen"] = key
                changed.append(part)
        for part, (unfinished, redirects) in self._side_by_side(look, changed):
            part.known |= {"unfinished": unfinished, "redirects": redirects}
        finished: dict[str, FinishedPage] = {}
        for part in self.parts:
            leading_on, left = set(part.known["redirects"]), set(part.known["unfinished"])
            part.pages = [file for file in part.pages if file.src_uri not in left]
            finished |= {file.src_uri: _KNOWN[file.src_uri in leading_on] for file in part.pages}
        return finished

    def places(self) -> set[str]:
        """Return the places in the site that parts look after."""
        return {file.dest_uri for part in self.parts for file in (*part.pages, *part.copies)}

    def make(self, shown: object, work: Callable[[SitePart, SiteBuild], None]) -> None:
        """Make the parts that cannot stand as they do; `shown` is what pages show that is not of their part."""

        def make(part: SitePart) -> str:
            build = self._build_of(part)
            build.pages.look_after(file.dest_uri for file in (*part.pages, *part.copies))
            work(part, build)
            build.finish()
            return fingerprint([[path, build.pages.files.get(path, ["", ""])[1]] for path in _places(part)])

        changed = []
        for part in self.parts:
            key = part.known["seen"] and fingerprint(part.known["seen"], shown, str(self.whole.site))
            if not key or part.known.get("made") != key or part.known.get("left") != self._left(part):
                part.known["made"] = key
                changed.append(part)
        for part, left in self._side_by_side(make, changed):
            part.known["left"] = left
        self.whole.notes = {part.name: part.known for part in self.parts}
        if self.whole.memory:
            self.whole.memory.keep_parts({part.name for part in self.parts})

    def _left(self, part: SitePart) -> str:
        """Return a key of what stands of a part."""
        found = []
        for path in _places(part):
            try:
                found.append([path, stamp(os.lstat(f"{self.whole.site}/{path}"))])
            except OSError:
                found.append([path, ""])
        return fingerprint(found)

    @property
    def search(self) -> Any:
        """Files of the search index that may stay where they are."""
        return self.whole.search

    def look(self, file: str, read: Callable[[Path], list[Any]]) -> list[Any]:
        """Return what is told of a file."""
        return self.whole.look(file, read)

    def made(self, kind: str, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what the index has of an article, from the memory of its part, or of many, or make it."""
        if kind != "search":
            return self.whole.made(kind, name, key, make)
        memory = self._memory_of(self._part_of[name]) if name in self._part_of else None
        return (memory and memory.get(kind, name, key)) or make()

    def use(self, kind: str, name: str) -> None:
        """Keep what was made: a part does so itself for its articles."""

    def _memory_of(self, name: str) -> SiteMemory | None:
        """Return the memory of a part, of which some are open at a time; None where it cannot be read."""
        if name not in self._open:
            file = self.whole.part_file(name)
            while len(self._open) >= _OPEN:
                _close(self._open.pop(next(iter(self._open))))
            self._open[name] = open_memory(file) if file and file.exists() else None
        return self._open[name]

    def close(self) -> None:
        """Close the memories that are open."""
        while self._open:
            _close(self._open.popitem()[1])

    def _build_of(self, part: SitePart) -> SiteBuild:
        return SiteBuild(self.whole.site, self.whole.part_file(part.name))

    def _side_by_side(
        self, work: Callable[[SitePart], _Result], parts: list[SitePart]
    ) -> Iterator[tuple[SitePart, _Result]]:
        """Return what work makes of parts, by several processes where there is much to do.

        They are forked, so that all know what this one knows, without a copy of it.
        """
        count = min(self.processes, len(parts))
        if count < 2 or sum(len(part.pages) for part in parts) <= _FEW:
            yield from ((part, work(part)) for part in parts)
            return
        gc.freeze()
        helpers = _Helpers(count, lambda number: work(parts[number]), len(parts))
        try:
            for number, result in helpers.results():
                yield parts[number], result
        finally:
            helpers.end()
            gc.unfreeze()


_KNOWN = (FinishedPage("", is_redirect=False), FinishedPage("", is_redirect=True))
"""What the build of the whole knows of the finished pages of parts."""


class _Helpers:
    """Forked processes, each of which takes the next number until there is none, and tells what it made of it.

    Those of `concurrent.futures` are told by a name which function to call; ours knows a whole site.
    """

    def __init__(self, count: int, work: Callable[[int], object], numbers: int) -> None:
        context = get_context("fork")
        self._processes: list[BaseProcess] = []
        self._pipes: list[Connection] = []
        turn = context.Value("l", 0)
        for _ in range(count):
            ours, theirs = context.Pipe(duplex=False)
            helper = context.Process(target=_take_turns, args=(work, turn, numbers, theirs), daemon=True)
            helper.start()
            theirs.close()
            self._processes.append(helper)
            self._pipes.append(ours)

    def results(self) -> Iterator[tuple[int, Any]]:
        """Return each number with what was made of it; raises what a process raised."""
        while self._pipes:
            for pipe in wait(self._pipes):
                try:
                    number, result = pipe.recv()  # type: ignore[union-attr,call-arg]  # only connections are waited for
                except EOFError:
                    self._pipes.remove(pipe)  # type: ignore[arg-type]
                    continue
                if isinstance(result, BaseException):
                    raise result
                yield number, result
        for helper in self._processes:
            helper.join()
            if helper.exitcode:
                raise PluginError(
                    "a process that helped was killed, perhaps for want of memory; set extra.digest.processes "
                    "to 1 in mkdocs.yml and build again"
                )

    def end(self) -> None:
        """End processes that are still at work."""
        for helper in self._processes:
            helper.terminate()
            helper.join()


def _take_turns(work: Callable[[int], object], turn: Any, numbers: int, pipe: Connection) -> None:
    """Work in a process that leaves interrupts to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while True:
        with turn:
            number, turn.value = turn.value, turn.value + 1
        if number >= numbers:
            return
        try:
            result = work(number)
        except Exception as error:
            result = error
        try:
            pipe.send((number, result))
        except (PicklingError, TypeError, AttributeError):
            pipe.send((number, PluginError(str(result))))


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def processes_for(config: MkDocsConfig, command: str) -> int:
    """Return how many processes may build: one where this one has threads, as a preview has, or cannot fork."""
    if command == "serve" or "fork" not in get_all_start_methods():
        return 1
    chosen = (config.extra.get("digest") or {}).get("processes")
    if isinstance(chosen, int) and chosen > 0:
        return chosen
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _places(part: SitePart) -> list[str]:
    return [file.dest_uri for file in (*part.pages, *part.copies)]


def _close(memory: SiteMemory | None) -> None:
    if memory:
        memory.abandon()
