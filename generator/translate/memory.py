"""What people already settled: the reviewed segments of a language pair, kept in a TMX file each.

What a person wrote is never lost: a target that another one replaces, or that is taken out, moves with all that
its unit held to the end of a second TMX file, below `memory/replaced/`, which only grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.formats import tmx
from generator.formats.tmx import Line, NewTarget, StoredUnit
from generator.languages.normalize import can_be_same, normal_form
from generator.model import DigestError
from generator.storage.files import atomic_write


class MemoryKey(NamedTuple):
    """What a target belongs to."""

    source: str
    article: str = ""
    """A slug; then the target holds in this article alone."""


class Signature(NamedTuple):
    """Who settled a target, and when, as far as that is known."""

    name: str = ""
    date: str = ""
    """In the form of TMX: 20261127T083500Z."""

    def claims(self) -> dict[str, str]:
        """Return what is known of it as attributes of TMX."""
        claims = {"changeid": self.name, "changedate": self.date}
        return {claim: value for claim, value in claims.items() if value}


@dataclass(frozen=True)
class Memory:
    """The reviewed segments of one language pair."""

    exact: Mapping[str, str] = field(default_factory=dict)
    """The target of each source, where no article has its own."""
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    """Who settled the target of a source, where that is known."""
    articles: Mapping[str, Memory] = field(default_factory=dict)
    """What holds in one article alone, by its slug."""

    @classmethod
    def of(cls, segments: Iterable[tuple[str, str] | StoredUnit]) -> Memory:
        """Build the look-up of sources and targets."""
        exact: dict[str, str] = {}
        signatures: dict[str, Signature] = {}
        own: dict[str, list[StoredUnit]] = {}
        for source, target, *more in segments:
            article, name, date = more or ("", "", "")
            if article:
                own.setdefault(article, []).append(StoredUnit(source, target, "", name, date))
                continue
            exact[source] = target
            if name or date:
                signatures[source] = Signature(name, date)
        return cls(exact, signatures, {article: cls.of(units) for article, units in own.items()})

    @classmethod
    def load(cls, folder: Path, source: str, target: str) -> Memory:
        """Read the memory of a pair; empty where there is none.

        Raises `DigestError` for a file that is no TMX, or that leaves open which of two targets counts.
        """
        file = memory_file(folder, source, target)
        try:
            with file.open("rb") as stream:
                return cls.of(tmx.read_tmx(stream, source, target, str(file)))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise _unreadable(file, error) from error

    def lookup(self, source: str, article: str = "") -> str | None:
        """Return the reviewed target of `source`, the article's own if it has one.

        That is an exact match, else one that differs harmlessly. Where such sources have several targets, none
        is given: nobody settled which.
        """
        found = self.find(source, article)
        return found and found[0]

    def find(self, source: str, *names: str, own: bool = False) -> tuple[str, Signature] | None:
        """Return what `lookup` does, with who settled it; only what is the article's `own`, if so wanted.

        Where an article has several `names`, the first that the memory knows counts.
        """
        within = filter(None, map(self.articles.get, names))
        found = next(filter(None, (each.find(source) for each in within)), None)
        if found or own:
            return found
        if source in self.exact:
            return self.exact[source], self.signatures.get(source, Signature())
        alike = [known for known in self._normal.get(normal_form(source), ()) if can_be_same(known, source)]
        if len({self.exact[known] for known in alike}) != 1:
            return None
        return self.exact[alike[0]], self.signatures.get(alike[0], Signature())

    def entries(self) -> Iterator[tuple[MemoryKey, str, Signature]]:
        """Return everything that is settled, what holds in one article, too."""
        for article, own in (("", self), *self.articles.items()):
            for source, target in own.exact.items():
                yield MemoryKey(source, article), target, own.signatures.get(source, Signature())

    @cached_property
    def _normal(self) -> Mapping[str, tuple[str, ...]]:
        """The sources of each normal form."""
        normal: dict[str, tuple[str, ...]] = {}
        for source in self.exact:
            form = normal_form(source)
            normal[form] = (*normal.get(form, ()), source)
        return normal


def memory_file(folder: Path, source: str, target: str) -> Path:
    """Name the TMX file of a language pair."""
    return folder / f"{source}-{target}.tmx"


def replaced_file(folder: Path, source: str, target: str) -> Path:
    """Name the TMX file of what the memory of a language pair said before, oldest first."""
    return folder / "replaced" / f"{source}-{target}.tmx"


def update_memory(
    folder: Path,
    source_language: str,
    target_language: str,
    changes: Mapping[MemoryKey, str | None],
    signature: Signature = Signature(),  # noqa: B008  it cannot change
) -> None:
    """Change targets in the memory of a pair, atomically; None takes a unit out.

    What other programs wrote there is kept. Raises `DigestError` as `Memory.load` does, and for a file that
    cannot be written.
    """
    made = {
        key: NewTarget(text, signature.claims(), is_ours=True) if text else None
        for key, text in changes.items()
    }
    write_targets(folder, (source_language, target_language), made)


def write_targets(folder: Path, pair: tuple[str, str], changes: Mapping[MemoryKey, NewTarget | None]) -> None:
    """Do as `update_memory` with what is known of each target."""
    file = memory_file(folder, *pair)
    if file.is_symlink():  # to a memory that several digests share: it is what changes
        file = file.resolve()
    lines, replaced = tmx.revise_tmx(memory_lines(file), pair, changes.items(), str(file))
    if replaced:
        old = replaced_file(folder, *pair)
        earlier = [line for _, line in memory_lines(old)]
        with atomic_write(old) as stream:
            tmx.write_lines(stream, [*earlier, *replaced], pair[:1])
    if lines:
        with atomic_write(file) as stream:
            tmx.write_lines(stream, lines, pair[:1])


def drop_replaced(folder: Path, pair: tuple[str, str]) -> bool:
    """Take out of a memory what a merge by lines brought back; return whether there is any.

    Where one person's change of a unit and another's of its neighbour meet, git's union keeps the old unit
    beside the new one. It is known by its target, which is among those that were replaced: nothing is lost.
    """
    file, old = memory_file(folder, *pair), replaced_file(folder, *pair)
    replaced = {unit[:3] for _, unit in _units(old, pair) if unit}
    targets: dict[tuple[str, str], set[str]] = {}
    for _, unit in _units(file, pair):
        if unit and unit[:3] not in replaced:
            targets.setdefault((unit.source, unit.article), set()).add(unit.target)
    lines, kept = 0, []
    for line, unit in _units(file, pair):
        lines += 1
        if not unit or unit[:3] not in replaced or len(targets.get((unit.source, unit.article), ())) != 1:
            kept.append(line)
    if len(kept) < lines:
        with atomic_write(file) as stream:
            tmx.write_lines(stream, kept, pair[:1])
    return len(kept) < lines


def _units(file: Path, pair: tuple[str, str]) -> Iterator[tuple[str, StoredUnit | None]]:
    for number, line in memory_lines(file):
        is_unit = line.startswith("<tu")
        yield line, tmx.stored_unit(line, pair, f"{file}: line {number}") if is_unit else None


def memory_lines(file: Path) -> Iterator[Line]:
    """Return the lines of a TMX file, none where there is no such file; raises `DigestError` as `load` does."""
    try:
        with file.open("rb") as stream:
            yield from tmx.tmx_lines(stream, str(file))
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> DigestError:
    return DigestError(f"{file}: cannot be read ({error.strerror}); make it readable")
