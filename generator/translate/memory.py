"""What people already settled: the reviewed segments of a language pair, kept in a TMX file each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.formats import tmx
from generator.languages.normalize import can_be_same, normal_form
from generator.model import DigestError
from generator.storage.files import atomic_write


class MemoryKey(NamedTuple):
    """What a person's translation is of."""

    source: str
    article: str = ""
    """A slug; then the translation holds in this article alone."""


class Signature(NamedTuple):
    """Who settled a translation, and when."""

    name: str = ""
    date: str = ""
    """As TMX writes it: 20261127T083500Z."""


_IN = "␟in␟"  # stand-in until units of one article have a property of their own


@dataclass(frozen=True, slots=True)
class Memory:
    """The reviewed segments of one language pair."""

    exact: dict[str, str] = field(default_factory=dict)
    """The target of each source."""
    normal: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The sources of each normal form."""

    @classmethod
    def of(cls, segments: Iterable[tuple[str, str]]) -> Memory:
        """Build the look-up of sources and targets; of two targets for one source, the later counts."""
        exact = dict(segments)
        normal: dict[str, tuple[str, ...]] = {}
        for source in exact:
            form = normal_form(source)
            normal[form] = (*normal.get(form, ()), source)
        return cls(exact, normal)

    @classmethod
    def load(cls, folder: Path, source: str, target: str) -> Memory:
        """Read the memory of a pair; empty where there is none.

        Raises `DigestError` for a file that is no TMX.
        """
        file = memory_file(folder, source, target)
        if not file.exists():
            return cls()
        try:
            with file.open("rb") as stream:
                return cls.of(tmx.read_tmx(stream, source, target, str(file)))
        except OSError as error:
            raise DigestError(f"{file}: cannot be read ({error.strerror}); make it readable") from error

    def lookup(self, source: str, article: str = "") -> str | None:
        """Return the reviewed target of `source`: an exact match, else one that differs harmlessly.

        Where such sources have several targets, none is given: nobody settled which.
        """
        if article and source + _IN + article in self.exact:
            return self.exact[source + _IN + article]
        if source in self.exact:
            return self.exact[source]
        alike = (known for known in self.normal.get(normal_form(source), ()) if can_be_same(known, source))
        targets = {self.exact[known] for known in alike}
        return targets.pop() if len(targets) == 1 else None


def memory_file(folder: Path, source: str, target: str) -> Path:
    """Name the TMX file of a language pair."""
    return folder / f"{source}-{target}.tmx"


def update_memory(
    folder: Path,
    source_language: str,
    target_language: str,
    changes: Mapping[MemoryKey, str | None],
    signature: Signature = Signature(),  # noqa: B008  frozen
) -> None:
    """Change the units of these keys, and no others; None takes one out."""
    pair = (folder, source_language, target_language)
    wanted = {key.source + (_IN + key.article if key.article else ""): text for key, text in changes.items()}
    units = Memory.load(*pair).exact | wanted
    save_memory(*pair, {source: text for source, text in units.items() if text is not None})


def save_memory(folder: Path, source: str, target: str, segments: Mapping[str, str]) -> None:
    """Make the memory of a pair hold these segments and no others, atomically.

    What other programs wrote into its file is kept. Raises `DigestError` for a file that is no TMX, or that
    cannot be written.
    """
    file = memory_file(folder, source, target)
    with atomic_write(file) as stream:
        if file.exists():
            tmx.write_changed_tmx(stream, file, source, target, segments)
        else:
            tmx.write_tmx(stream, target, {source: segments})
