"""Segments to and from other translation programs: what people settled, and what waits for them.

What other programs do was read in their sources. Weblate marks as translated what a person saved, no more.
OmegaT takes every target of an XLIFF file for settled: it marks all of them as translated when it writes the
file, and puts them into its own TMX in nobody's name. It also takes the alternatives in a unit for the unit's
own texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal

from generator.config import Settings
from generator.formats import ImportedSegment, tmx, xliff
from generator.formats.xliff import Alternative, File, Unit
from generator.model import UNKNOWN, DigestError, Finding, PlacedSegment, Segment, Translation
from generator.review import fuzzy_match
from generator.storage.files import atomic_write
from generator.storage.records import Records
from generator.translate.memory import Memory, memory_file, save_memory
from generator.translate.quality_checks import EXPLANATIONS

_Row = tuple[str, str, Segment]
"""What a segment is called on its page, its language, and itself."""
_Key = tuple[str, str]
"""A language and a source in it."""
_Verdict = Literal["foreign", "unconfirmed", "doubtful", "settled"]
"""What an imported segment is, in the words of `Taken`."""


@dataclass(slots=True)
class Waiting:
    """What was exported for review."""

    articles: int = 0
    machine: int = 0
    flagged: int = 0
    """Of the machine's, those that a quality check objects to."""
    untranslated: int = 0


@dataclass(slots=True)
class Taken:
    """What became of the segments in an imported file."""

    new: int = 0
    changed: int = 0
    known: int = 0
    """Settled before, in the same words."""
    unconfirmed: int = 0
    """Marked by nobody as translated."""
    doubtful: int = 0
    """A machine's words, unchanged, and marked by a program rather than a person."""
    foreign: int = 0
    """Not from another language into the digest's."""


def export_reviewed(settings: Settings, file: Path) -> int:
    """Write everything that people settled into a `.tmx`, `.xlf` or `.xliff` file; return how many segments.

    Without any, nothing is written. Raises `DigestError` for another name, a file that cannot be written, or
    one inside the memory itself.
    """
    is_tmx = _is_tmx(file)
    if settings.memory.resolve() in file.resolve().parents:
        raise DigestError(f"{file}: is in the memory itself; name a file outside {settings.memory.name}/")
    ending = f"-{settings.target}.tmx"
    codes = [each.name.removesuffix(ending) for each in sorted(settings.memory.glob(f"*{ending}"))]
    settled = {code: Memory.load(settings.memory, code, settings.target).exact for code in codes}
    if not any(settled.values()):
        return 0
    with atomic_write(file) as stream:
        if is_tmx:
            tmx.write_tmx(stream, settings.target, settled)
        else:
            xliff.write_xliff(stream, (_settled_file(settings, code, exact) for code, exact in settled.items()))
    return sum(map(len, settled.values()))


def _settled_file(settings: Settings, source: str, exact: dict[str, str]) -> File:
    name = memory_file(settings.memory, source, settings.target).name
    units = (Unit(str(number), *pair, settled=True) for number, pair in enumerate(exact.items(), 1))
    return File(name, source, settings.target, units)


def export_for_review(settings: Settings, file: Path, *, notes_only: bool = False) -> Waiting:
    """Write what no person has settled in the published articles into an XLIFF file.

    Each article is a file in it, and what the checks object to is in the notes. With `notes_only`, for OmegaT,
    suggestions stand in the notes too, and nowhere else. Where nothing waits, nothing is written. Raises
    `DigestError` where `file` exists: work may be in it.
    """
    if _is_tmx(file):
        raise DigestError(f"{file}: cannot tell suggestions from translations; name an .xlf file")
    if file.exists():
        raise DigestError(f"{file}: is there already; import it and delete it, or name another file")
    export = _ReviewExport(settings, notes_only)
    files = export.files()
    first = next(files, None)
    if first:
        with atomic_write(file) as stream:
            xliff.write_xliff(stream, chain([first], files))
    return export.waiting


@dataclass(slots=True)
class _ReviewExport:
    """Collects what waits for a person, beside what people said of similar sources."""

    settings: Settings
    notes_only: bool
    waiting: Waiting = field(default_factory=Waiting)
    _memories: dict[str, Memory] = field(default_factory=dict)
    _sources: dict[str, fuzzy_match.Sources] = field(default_factory=dict)

    def files(self) -> Iterator[File]:
        """Return a file for each article and language in it of which something waits."""
        for translation in Records.of(self.settings).all():
            rows = [row for row in _rows(translation) if self._waits(row)]
            self.waiting.articles += bool(rows)
            for language in dict.fromkeys(language for _, language, _ in rows):
                units = [self._unit(row) for row in rows if row[1] == language]
                yield File(translation.digest.document.article.seed, language, self.settings.target, units)

    def _waits(self, row: _Row) -> bool:
        _, language, segment = row
        if segment.origin not in ("machine", "none") or language in (UNKNOWN, self.settings.target):
            return False
        return self._memory(language).lookup(segment.source) is None

    def _unit(self, row: _Row) -> Unit:
        name, language, segment = row
        self.waiting.machine += segment.origin == "machine"
        self.waiting.flagged += bool(segment.findings)
        self.waiting.untranslated += segment.origin == "none"
        alternatives = self._alternatives(language, segment.source)
        lines = [_explained(finding) for finding in segment.findings]
        lines += [f"Reviewed ({each.percent} % alike): {each.source}\n{each.target}" for each in alternatives]
        if not self.notes_only:
            return Unit(name, segment.source, segment.target, False, "\n".join(lines), alternatives)
        lines += [f"Machine translation: {segment.target}"] if segment.target else []
        return Unit(name, segment.source, None, False, "\n".join(lines))

    def _alternatives(self, language: str, source: str) -> tuple[Alternative, ...]:
        known = self._memory(language).exact
        if language not in self._sources:
            self._sources[language] = fuzzy_match.Sources.of(known)
        similar = self._sources[language].similar(source)
        return tuple(Alternative(other, known[other], int(100 * ratio)) for other, ratio in similar)

    def _memory(self, language: str) -> Memory:
        if language not in self._memories:
            self._memories[language] = Memory.load(self.settings.memory, language, self.settings.target)
        return self._memories[language]


def _explained(finding: Finding) -> str:
    detail = f" ({finding.detail})" if finding.detail else ""
    explanation = EXPLANATIONS.get(finding.check)
    return f"{finding.check}{detail}: {explanation}" if explanation else f"{finding.check}{detail}"


def _rows(translation: Translation) -> list[PlacedSegment]:
    """Return the segments that people translate: a headline that was derived is none of them."""
    headline, *sentences = translation.rows()
    return [headline, *sentences] if translation.digest.document.article.title else sentences


def import_reviewed(settings: Settings, file: Path, *, unchanged: bool = False) -> Taken:
    """Take what people confirmed in a TMX or XLIFF file into the memory.

    Suggestions that came back unchanged count as confirmed when someone signed them, when others in the same
    file are still open, or with `unchanged`; else a program may have marked them all. Raises `DigestError`
    for a file of another kind or a damaged one; then nothing was taken.
    """
    published = _published_suggestions(settings)
    found: dict[_Verdict, dict[_Key, str]] = {"settled": {}, "doubtful": {}}
    counts = Counter[_Verdict]()
    marked = still_open = 0
    for segment in _imported(settings, file):
        key = segment.source_language, segment.source
        verdict = _classify(segment, published.get(key), settings)
        counts[verdict] += 1
        if verdict in found:
            found[verdict][key] = segment.target
        marked += segment.suggested and segment.confirmed
        still_open += segment.suggested and not segment.confirmed
    # Who left some suggestions open, or marked one alone, looked at those that are marked.
    is_by_person = unchanged or still_open or (marked == 1 and not _is_tmx(file))
    taken = _settle(settings, found["doubtful"] | found["settled"] if is_by_person else found["settled"])
    taken.unconfirmed, taken.foreign = counts["unconfirmed"], counts["foreign"]
    taken.doubtful = 0 if is_by_person else len(found["doubtful"])
    return taken


def _classify(segment: ImportedSegment, published: str | None, settings: Settings) -> _Verdict:
    """Return what a segment is, by itself; `published` is what a machine made of its source."""
    if segment.target_language != settings.target or not _is_source(segment.source_language, settings):
        return "foreign"
    if not segment.confirmed:
        return "unconfirmed"
    is_unchanged = segment.suggested and published == segment.target
    return "doubtful" if is_unchanged and not segment.signed else "settled"


def _is_source(language: str, settings: Settings) -> bool:
    """Return whether a language may name a memory, which is a file: another program's word is no path."""
    return bool(re.fullmatch("[a-z]{2,3}", language)) and language != settings.target


def _published_suggestions(settings: Settings) -> dict[_Key, str | None]:
    """Return what machines made of which sources in which languages, as published."""
    return {
        (language, segment.source): segment.target
        for translation in Records.of(settings).all()
        for _, language, segment in _rows(translation)
        if segment.origin == "machine"
    }


def _settle(settings: Settings, settled: dict[_Key, str]) -> Taken:
    """Take segments into the memories of their languages, and count what was new in them."""
    taken = Taken()
    for language in dict.fromkeys(language for language, _ in settled):
        known = Memory.load(settings.memory, language, settings.target).exact
        found = {source: target for (own, source), target in settled.items() if own == language}
        new = sum(source not in known for source in found)
        same = sum(known.get(source) == target for source, target in found.items())
        taken.new, taken.known = taken.new + new, taken.known + same
        taken.changed += len(found) - new - same
        if same < len(found):
            save_memory(settings.memory, language, settings.target, known | found)
    return taken


def _imported(settings: Settings, file: Path) -> Iterator[ImportedSegment]:
    is_tmx = _is_tmx(file)
    try:
        with file.open("rb") as stream:
            if is_tmx:
                yield from tmx.imported_from_tmx(stream, str(file), settings.target)
            else:
                yield from xliff.read_xliff(stream, str(file))
    except OSError as error:
        raise DigestError(f"{file}: cannot be read ({error.strerror}); name a file that can be") from error


def _is_tmx(file: Path) -> bool:
    """Return whether a file is TMX by its name, else XLIFF; raises `DigestError` where it is neither."""
    if file.suffix.lower() not in (".tmx", ".xlf", ".xliff"):
        raise DigestError(f"{file}: is of no known kind; name a file that ends in .tmx, .xlf or .xliff")
    return file.suffix.lower() == ".tmx"
