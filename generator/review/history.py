"""What the memory says of a sentence, who said so, what it said before, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.config import Settings
from generator.formats import quoted, tmx
from generator.model import DigestError
from generator.storage.files import exclusive_lock
from generator.storage.records import Records
from generator.translate.memory import (
    MemoryKey,
    Signature,
    memory_file,
    memory_lines,
    replaced_file,
    update_memory,
)


class Version(NamedTuple):
    """A target that somebody settled."""

    target: str
    name: str = ""
    date: str = ""


@dataclass(slots=True)
class Entry:
    """All that is known of a source."""

    language: str
    source: str
    article: str
    """The slug of the only article that this holds in."""
    now: Version | None = None
    """None where the memory says nothing any more."""
    notes: tuple[str, ...] = ()
    before: list[Version] = field(default_factory=list)
    """What it said earlier, oldest first."""
    used: list[str] = field(default_factory=list)
    """The articles that show it, as their records say, and the places there."""


def find(settings: Settings, sentence: str) -> list[Entry]:
    """Return what the memory says, or once said, of the sources and targets that are `sentence`.

    Where none is, of those that hold it. Raises `DigestError` where none does, and as `Memory.load` does.
    """
    entries = [entry for entry in _entries(settings) if _matches(entry, sentence)]
    exact = [entry for entry in entries if _folded(sentence) in map(_folded, _texts(entry))]
    found = exact or entries
    if not found:
        raise DigestError(f"{quoted(sentence)}: the memory says nothing of it; give a part of the sentence")
    shown: dict[tuple[str, str, str | None], list[Entry]] = {}
    for entry in found:
        if entry.now:
            shown.setdefault((entry.language, entry.source, entry.now.target), []).append(entry)
    for translation in Records.of(settings).all():
        slug = translation.digest.document.article.slug
        for place, language, segment in translation.rows():
            key = (language, segment.source, segment.target)
            for entry in shown.get(key, ()) if segment.origin == "reviewed" else ():
                entry.used.append(f"{slug}#{place}")
    return found


def undo(settings: Settings, sentence: str, article: str | None = None) -> str:
    """Bring back what the memory said of a sentence before, or take out what it says; return a line on it.

    What is undone is kept with what was replaced earlier, so that a second undo brings it back. Raises
    `DigestError` where nothing, or more than one thing, can be meant, and where a run is at work.
    """
    with exclusive_lock(settings.cache / "lock"):
        return _undone(settings, sentence, article)


def _undone(settings: Settings, sentence: str, article: str | None) -> str:
    found = [entry for entry in find(settings, sentence) if article in (None, entry.article)]
    if len(found) > 1:
        some = ", ".join(
            quoted(entry.source) + (f" in {entry.article}" * bool(entry.article)) for entry in found
        )
        raise DigestError(f"{quoted(sentence)} may be {some}; give the whole sentence, or --article SLUG")
    if not found:
        raise DigestError(f"{quoted(sentence)}: the memory says nothing of it in {article or 'all articles'}")
    entry = found[0]
    now = entry.now.target if entry.now else None
    earlier = [version for version in entry.before if version.target != now]
    back = earlier[-1] if earlier else None
    file = memory_file(settings.memory, entry.language, settings.target)
    key = MemoryKey(entry.source, entry.article)
    signature = Signature(*back[1:]) if back else Signature()
    changes = {key: back.target if back else None}
    update_memory(settings.memory, entry.language, settings.target, changes, signature)
    said = f"is {quoted(back.target)} again" if back else "is left to the machine again"
    no_longer = f", no longer {quoted(now)}" if now else ""
    return f"{file}: {quoted(entry.source)} {said}{no_longer}"


def _entries(settings: Settings) -> Iterable[Entry]:
    ending = f"-{settings.target}.tmx"
    files = [*settings.memory.glob(f"*{ending}"), *settings.memory.glob(f"replaced/*{ending}")]
    for code in sorted({file.name.removesuffix(ending) for file in files}):
        pair = (code, settings.target)
        entries: dict[tuple[str, str], Entry] = {}
        for file in (replaced_file(settings.memory, *pair), memory_file(settings.memory, *pair)):
            for number, line in memory_lines(file):
                place = f"{file}: line {number}"
                unit = tmx.stored_unit(line, pair, place) if line.startswith("<tu") else None
                if not unit:
                    continue
                source, target, article, name, date = unit
                entry = entries.setdefault((source, article), Entry(code, source, article))
                version = Version(target, name, date)
                if file.parent != settings.memory:
                    entry.before.append(version)
                    continue
                entry.now = version
                entry.notes = tmx.notes_of(tmx.parsed_unit(line, place)) if "<note" in line else ()
        yield from entries.values()


def _texts(entry: Entry) -> list[str]:
    return [entry.source, *([entry.now.target] if entry.now else [version.target for version in entry.before])]


def _matches(entry: Entry, sentence: str) -> bool:
    return any(_folded(sentence) in _folded(text) for text in _texts(entry))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
