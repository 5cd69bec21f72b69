"""Segments to and from other translation programs: what people settled, and what waits for them.

What other programs do was read in their sources. Weblate marks as translated what a person saved, no more.
OmegaT takes every target of an XLIFF file for settled: it marks all of them as translated when it writes the
file, and puts them into its own TMX in nobody's name. It also takes the alternatives in a unit for the unit's
own texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from generator.config import Settings
from generator.formats import xliff
from generator.formats.xliff import Alternative, File, Found, Unit
from generator.model import UNKNOWN, DigestError, Finding, PlacedSegment, Segment, Translation
from generator.review import fuzzy_match
from generator.storage import records
from generator.storage.files import replacing
from generator.translate import glossary, memory
from generator.translate.memory import Memory, Reviewed
from generator.translate.quality_checks import CHECKS


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


def export(settings: Settings, file: Path) -> int:
    """Write everything that people settled into a `.tmx`, `.xlf` or `.xliff` file; give how many segments.

    Without any, nothing is written. Raises `DigestError` for another name, a file that cannot be written, or
    one inside the memory itself.
    """
    format_ = _format(file)
    if settings.memory.resolve() in file.resolve().parents:
        raise DigestError(f"{file}: is in the memory itself; name a file outside {settings.memory.name}/")
    ending = f"-{settings.target}.tmx"
    codes = [each.name.removesuffix(ending) for each in sorted(settings.memory.glob(f"*{ending}"))]
    settled = {code: memory.load(settings.memory, code, settings.target).exact for code in codes}
    if not any(settled.values()):
        return 0
    with replacing(file) as stream:
        if format_ == "tmx":
            pairs = {code: [Reviewed(*pair) for pair in exact.items()] for code, exact in settled.items()}
            memory.write(stream, settings.target, pairs)
        else:
            xliff.write(stream, (_settled_file(settings, code, exact) for code, exact in settled.items()))
    return sum(map(len, settled.values()))


def _settled_file(settings: Settings, source: str, exact: dict[str, str]) -> File:
    name = memory.file_of(settings.memory, source, settings.target).name
    units = (Unit(str(number), *pair, settled=True) for number, pair in enumerate(exact.items(), 1))
    return File(name, source, settings.target, units)


def review(settings: Settings, file: Path, *, bare: bool = False) -> Waiting:
    """Write what no person has settled in the published articles into an XLIFF file.

    Each article is a file in it, and what the checks object to is in the notes. With `bare`, for OmegaT,
    suggestions stand in the notes alone. Where nothing waits, nothing is written. Raises `DigestError` where
    `file` exists: work may be in it.
    """
    if _format(file) != "xliff":
        raise DigestError(f"{file}: cannot tell suggestions from translations; name an .xlf file")
    if file.exists():
        raise DigestError(f"{file}: is there already; import it and delete it, or name another file")
    shelf = _Shelf(settings)
    waiting = Waiting()
    files = _waiting_files(shelf, waiting, bare)
    first = next(files, None)
    if first:
        with replacing(file) as stream:
            xliff.write(stream, chain([first], files))
    return waiting


@dataclass(slots=True)
class _Shelf:
    """The memories of a digest, each opened when needed."""

    settings: Settings
    memories: dict[str, Memory] = field(default_factory=dict)
    indexes: dict[str, fuzzy_match.Sources] = field(default_factory=dict)

    def memory(self, language: str) -> Memory:
        if language not in self.memories:
            self.memories[language] = memory.load(self.settings.memory, language, self.settings.target)
        return self.memories[language]

    def alternatives(self, language: str, source: str) -> tuple[Alternative, ...]:
        known = self.memory(language).exact
        if language not in self.indexes:
            self.indexes[language] = fuzzy_match.Sources.of(known)
        similar = self.indexes[language].similar(source)
        return tuple(Alternative(other, known[other], int(100 * ratio)) for other, ratio in similar)


def _waiting_files(shelf: _Shelf, waiting: Waiting, bare: bool) -> Iterator[File]:
    target = shelf.settings.target
    for translation in _translations(shelf.settings):
        rows = [row for row in _rows(translation) if _waits(row, shelf)]
        waiting.articles += bool(rows)
        for language in dict.fromkeys(language for _, language, _ in rows):
            units = []
            for number, own, segment in rows:
                if own == language:
                    waiting.machine += segment.origin == "machine"
                    waiting.flagged += bool(segment.findings)
                    waiting.untranslated += segment.origin == "none"
                    units.append(_unit(number, segment, shelf.alternatives(own, segment.source), bare))
            yield File(translation.digest.document.article.seed, language, target, units)


def _waits(row: PlacedSegment, shelf: _Shelf) -> bool:
    _, language, segment = row
    if segment.origin not in ("machine", "none") or language in (UNKNOWN, shelf.settings.target):
        return False
    return shelf.memory(language).lookup(segment.source) is None


def _translations(settings: Settings) -> Iterator[Translation]:
    for file in sorted(settings.docs.glob(records.path_of(settings.target, "*"))):
        yield records.load(file.read_bytes(), str(file))


def _rows(translation: Translation) -> list[PlacedSegment]:
    """Return the segments that people translate: a headline that was derived is none of them."""
    headline, *sentences = translation.rows()
    return [headline, *sentences] if translation.digest.document.article.title else sentences


def _unit(number: str, segment: Segment, alternatives: tuple[Alternative, ...], bare: bool) -> Unit:
    lines = [_explained(finding) for finding in segment.findings]
    lines += [f"Reviewed ({each.percent} % alike): {each.source}\n{each.target}" for each in alternatives]
    if not bare:
        return Unit(number, segment.source, segment.target, False, "\n".join(lines), alternatives)
    lines += [f"Machine translation: {segment.target}"] if segment.target else []
    return Unit(number, segment.source, None, False, "\n".join(lines))


def _explained(finding: Finding) -> str:
    check = glossary.check_for(()) if finding.check == "glossary" else CHECKS.get(finding.check)
    explanation = ((check.__doc__ if check else "") or "").partition("\n")[0]
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{finding.check}{detail}: {explanation}" if explanation else f"{finding.check}{detail}"


def take(settings: Settings, file: Path, *, unchanged: bool = False) -> Taken:
    """Take what people confirmed in a TMX or XLIFF file into the memory.

    Suggestions that came back unchanged count as confirmed when someone signed them, when others in the same
    file are still open, or with `unchanged`; else a program may have marked them all. Raises `DigestError`
    for a file of another kind or a damaged one; then nothing was taken.
    """
    taken = Taken()
    shelf = _Shelf(settings)
    suggestions = _suggestions(settings)
    settled: dict[tuple[str, str], str] = {}
    doubtful: dict[tuple[str, str], str] = {}
    marked = still_open = 0
    for found in _found(settings, file):
        key = found.source_language, found.source
        marked += found.suggested and found.confirmed
        still_open += found.suggested and not found.confirmed
        if found.target_language != settings.target or not _is_source(found.source_language, settings):
            taken.foreign += 1
        elif not found.confirmed:
            taken.unconfirmed += 1
        elif found.suggested and not found.signed and suggestions.get(key) == found.target:
            doubtful[key] = found.target
        else:
            settled[key] = found.target
    if unchanged or still_open or (marked == 1 and _format(file) == "xliff"):
        settled = doubtful | settled
    else:
        taken.doubtful = len(doubtful)
    _settle(settings, shelf, settled, taken)
    return taken


def _is_source(language: str, settings: Settings) -> bool:
    """Return whether a language may name a memory, which is a file: another program's word is no path."""
    return bool(re.fullmatch("[a-z]{2,3}", language)) and language != settings.target


def _suggestions(settings: Settings) -> dict[tuple[str, str], str | None]:
    """Return what machines made of which sources in which languages, as published."""
    return {
        (language, segment.source): segment.target
        for translation in _translations(settings)
        for _, language, segment in _rows(translation)
        if segment.origin == "machine"
    }


def _settle(settings: Settings, shelf: _Shelf, settled: dict[tuple[str, str], str], taken: Taken) -> None:
    for language in dict.fromkeys(language for language, _ in settled):
        known = shelf.memory(language).exact
        new = {source: target for (own, source), target in settled.items() if own == language}
        taken.new += sum(source not in known for source in new)
        taken.changed += sum(known.get(source, target) != target for source, target in new.items())
        taken.known += sum(known.get(source) == target for source, target in new.items())
        if any(known.get(source) != target for source, target in new.items()):
            path = memory.file_of(settings.memory, language, settings.target)
            segments = (Reviewed(*pair) for pair in (known | new).items())
            memory.save(path, language, settings.target, segments)


def _found(settings: Settings, file: Path) -> Iterator[Found]:
    is_tmx = _format(file) == "tmx"
    try:
        with file.open("rb") as stream:
            if is_tmx:
                yield from _from_tmx(stream, str(file), settings.target)
            else:
                yield from xliff.read(stream, str(file))
    except OSError as error:
        raise DigestError(f"{file}: cannot be read ({error.strerror}); name a file that can be") from error


def _from_tmx(stream: BinaryIO, name: str, target: str) -> Iterator[Found]:
    """Return a segment for each source language of each unit."""
    for unit in memory.units(stream, name):
        texts = memory.texts_of(unit, name)
        own = texts.pop(target, "")
        header = unit.getroottree().find("header")
        by_omegat = header is not None and header.get("creationtool") == "OmegaT"
        elements = (unit, *unit.iterfind("tuv"))
        signed = any(element.get(claim) for element in elements for claim in ("changeid", "creationid"))
        by_person = unit.findtext(f"prop[@type='{memory.ORIGIN}']") != "machine"
        for language, source in texts.items():
            if source:
                yield Found(language, target if own else "", source, own, by_person, signed, by_omegat)


def _format(file: Path) -> str:
    formats = {".tmx": "tmx", ".xlf": "xliff", ".xliff": "xliff"}
    if file.suffix.lower() not in formats:
        raise DigestError(f"{file}: is of no known kind; name a file that ends in .tmx, .xlf or .xliff")
    return formats[file.suffix.lower()]
