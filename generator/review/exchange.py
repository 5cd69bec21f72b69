"""Segments to and from other translation programs: what people settled, and what waits for them.

What other programs do was read in their sources. Weblate marks as translated what a person saved, no more.
OmegaT takes every target of an XLIFF file for settled: it marks all of them as translated when it writes the
file, and puts them into its own TMX in nobody's name. It also takes the alternatives in a unit for the unit's
own texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

from generator.config import Settings
from generator.formats import ImportedSegment, quoted, tmx, xliff
from generator.formats.tmx import NewTarget, StoredUnit
from generator.formats.xliff import Alternative, File, Unit
from generator.model import UNKNOWN, DigestError, Finding, PlacedSegment, Segment, Translation
from generator.review import fuzzy_match
from generator.review.signature import signature_of
from generator.storage.files import atomic_write, exclusive_lock
from generator.storage.records import Records
from generator.translate.memory import Memory, MemoryKey, memory_file, memory_lines, write_targets
from generator.translate.quality_checks import EXPLANATIONS

_Row = tuple[str, str, Segment]
"""What a segment is called on its page, its language, and itself."""
_Key = tuple[str, MemoryKey]
"""A language, and a source in it with the article that its target holds in, if any."""
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


class Change(NamedTuple):
    """A target that an import brings into the memory."""

    language: str
    source: str
    article: str
    target: str
    before: str = ""
    """What the memory said until then."""

    def line(self) -> str:
        """Say it in one line."""
        where = f" in {self.article}" if self.article else ""
        before = f"{quoted(self.before)} becomes " if self.before else "new: "
        return f"{quoted(self.source)}{where}: {before}{quoted(self.target)}"


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
    """Not from another language into the digest's, or from one that only happens to stand in the same units."""
    stateless: int = 0
    """Of the unconfirmed, those of which the file does not say whether they are."""
    additions: list[Change] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """One line for each source whose units contradict each other; none of them was taken."""


def export_reviewed(settings: Settings, file: Path) -> int:
    """Write everything that people settled into a `.tmx`, `.xlf` or `.xliff` file; return how many segments.

    Without any, nothing is written. Raises `DigestError` for another name, a file that cannot be written, or
    one inside the memory itself.
    """
    is_tmx = _is_tmx(file)
    if settings.memory.resolve() in file.resolve().parents:
        raise DigestError(f"{file}: is in the memory itself; name a file outside {settings.memory.name}/")
    _refuse_missing_folder(file)
    ending = f"-{settings.target}.tmx"
    codes = [each.name.removesuffix(ending) for each in sorted(settings.memory.glob(f"*{ending}"))]
    settled = {code: units for code in codes if (units := _settled_units(settings, code))}
    if not settled:
        return 0
    with atomic_write(file) as stream:
        if is_tmx:
            lines = dict.fromkeys(line for units in settled.values() for line, _ in units)
            tmx.write_lines(stream, lines, settled)
        else:
            xliff.write_xliff(stream, (_settled_file(settings, *each) for each in settled.items()))
    return sum(map(len, settled.values()))


def _settled_units(settings: Settings, source: str) -> list[tuple[str, StoredUnit]]:
    file = memory_file(settings.memory, source, settings.target)
    units = tmx.stored_units(memory_lines(file), (source, settings.target), str(file))
    return [(line, unit) for line, unit in units if unit]


def _settled_file(settings: Settings, source: str, settled: Iterable[tuple[str, StoredUnit]]) -> File:
    name = memory_file(settings.memory, source, settings.target).name
    units = []
    for number, (line, unit) in enumerate(settled, 1):
        note = "\n".join(tmx.notes_of(tmx.parsed_unit(line, name))) if "<note" in line else ""
        units.append(Unit(str(number), *unit[:2], settled=True, note=note, article=unit.article))
    return File(name, source, settings.target, units)


def _refuse_missing_folder(file: Path) -> None:
    if not file.parent.is_dir():
        raise DigestError(f"{file}: its folder is missing; make it, or name another file")


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
    _refuse_missing_folder(file)
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
            slug = translation.digest.document.article.slug
            rows = [row for row in _rows(translation) if self._waits(row, slug)]
            self.waiting.articles += bool(rows)
            for language in dict.fromkeys(language for _, language, _ in rows):
                units = [self._unit(row) for row in rows if row[1] == language]
                yield File(translation.digest.document.article.seed, language, self.settings.target, units)

    def _waits(self, row: _Row, slug: str) -> bool:
        _, language, segment = row
        if segment.origin not in ("machine", "none") or language in (UNKNOWN, self.settings.target):
            return False
        return self._memory(language).lookup(segment.source, slug) is None

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


def import_reviewed(
    settings: Settings, file: Path, *, unchanged: bool = False, by: str = "", dry_run: bool = False
) -> Taken:
    """Take what people confirmed in a TMX or XLIFF file into the memory, `by` whom where the file does not say.

    Suggestions that came back unchanged count as confirmed when someone signed them, when others in the same
    file are still open, or with `unchanged`; else a program may have marked them all. With `dry_run` nothing is
    changed. Raises `DigestError` for a file of another kind or a damaged one, and where a run is at work, which
    writes memories, too; then nothing was taken.

    In units of several languages, as OmegaT and terminology tools write them, the text that was translated is
    the one that the file calls the source. Two translations of it are no reviewed pair of each other: one of
    them counts as a source only where the digest has articles in its language.
    """
    published, languages = _published(settings)
    found: dict[_Verdict, list[tuple[_Key, NewTarget]]] = {"settled": [], "doubtful": []}
    counts = Counter[_Verdict]()
    taken = Taken()
    marked = still_open = 0
    signature = signature_of(settings.root, by).claims()
    for segment in _imported(settings, file, taken.refused.append):
        key = segment.source_language, MemoryKey(segment.source, segment.article)
        suggestion = published.get((segment.source_language, segment.source))
        verdict = _classify(segment, suggestion, settings, languages)
        counts[verdict] += 1
        taken.stateless += verdict == "unconfirmed" and segment.stateless
        if verdict in found:
            target = NewTarget(segment.target, segment.claims or signature, segment.notes, not segment.claims)
            found[verdict].append((key, target))
        marked += segment.suggested and segment.confirmed
        still_open += segment.suggested and not segment.confirmed
    # Who left some suggestions open, or marked one alone, looked at those that are marked.
    is_by_person = unchanged or still_open or (marked == 1 and not _is_tmx(file))
    taken.unconfirmed, taken.foreign = counts["unconfirmed"], counts["foreign"]
    taken.doubtful = 0 if is_by_person else len({key for key, _ in found["doubtful"]})
    settled = found["doubtful"] + found["settled"] if is_by_person else found["settled"]
    with nullcontext() if dry_run else exclusive_lock(settings.cache / "lock"):
        _settle(settings, _undisputed(settled, file, taken.refused), taken, dry_run=dry_run)
    return taken


def _undisputed(
    settled: Iterable[tuple[_Key, NewTarget]], file: Path, refused: list[str]
) -> dict[_Key, NewTarget]:
    """Return the only target of each source; a line for each source that has several joins `refused`."""
    several: dict[_Key, dict[str, NewTarget]] = {}
    for key, target in settled:
        several.setdefault(key, {}).setdefault(target.text, target)
    for (_, (source, article)), targets in several.items():
        if len(targets) > 1:
            where = f" in the article {article}" if article else ""
            texts = " and ".join(map(quoted, targets))
            refused.append(
                f"{file}: gives {quoted(source)} several translations{where}, {texts}; none was taken, "
                "delete all but one and import it again"
            )
    return {key: next(iter(targets.values())) for key, targets in several.items() if len(targets) == 1}


def _classify(
    segment: ImportedSegment, suggestion: str | None, settings: Settings, languages: set[str]
) -> _Verdict:
    """Return what a segment is, by itself; `suggestion` is what a machine made of its source."""
    language = segment.source_language
    is_foreign = segment.target_language != settings.target or not _is_source(language, settings)
    if is_foreign or (segment.pivot and language not in languages):
        return "foreign"
    if not segment.confirmed:
        return "unconfirmed"
    is_unchanged = segment.suggested and suggestion == segment.target
    return "doubtful" if is_unchanged and not segment.signed else "settled"


def _is_source(language: str, settings: Settings) -> bool:
    """Return whether a language may name a memory, which is a file: another program's word is no path."""
    return bool(re.fullmatch("[a-z]{2,3}", language)) and language != settings.target


def _published(settings: Settings) -> tuple[dict[tuple[str, str], str | None], set[str]]:
    """Return what machines made of which sources, by language and source, and the languages of all articles."""
    suggestions: dict[tuple[str, str], str | None] = {}
    languages: set[str] = set()
    for translation in Records.of(settings).all():
        languages.add(translation.digest.document.language)
        for _, language, segment in _rows(translation):
            if segment.origin == "machine":
                suggestions[language, segment.source] = segment.target
    return suggestions, languages


def _settle(settings: Settings, settled: dict[_Key, NewTarget], taken: Taken, *, dry_run: bool) -> None:
    """Take segments into the memories of their languages, and note what was new in them."""
    for language in dict.fromkeys(language for language, _ in settled):
        memory = Memory.load(settings.memory, language, settings.target)
        known = {key: target for key, target, _ in memory.entries()}
        found = {key: target for (own, key), target in settled.items() if own == language}
        for key, target in found.items():
            before = known.get(key)
            change = Change(language, *key, target.text, before or "")
            if before == target.text:
                taken.known += 1
            elif before is None:
                taken.additions.append(change)
            else:
                taken.changes.append(change)
        if not dry_run:
            write_targets(settings.memory, (language, settings.target), found)
    taken.new, taken.changed = len(taken.additions), len(taken.changes)


def _imported(settings: Settings, file: Path, refuse: Callable[[str], None]) -> Iterator[ImportedSegment]:
    is_tmx = _is_tmx(file)
    try:
        with file.open("rb") as stream:
            if is_tmx:
                yield from tmx.imported_from_tmx(stream, str(file), settings.target, refuse)
            else:
                yield from xliff.read_xliff(stream, str(file))
    except OSError as error:
        raise DigestError(f"{file}: cannot be read ({error.strerror}); name a file that can be") from error


def _is_tmx(file: Path) -> bool:
    """Return whether a file is TMX by its name, else XLIFF; raises `DigestError` where it is neither."""
    if file.suffix.lower() not in (".tmx", ".xlf", ".xliff"):
        raise DigestError(f"{file}: is of no known kind; name a file that ends in .tmx, .xlf or .xliff")
    return file.suffix.lower() == ".tmx"
