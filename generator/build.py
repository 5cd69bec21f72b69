"""The whole run, from seeds to pages, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import Settings
from generator.model import UNKNOWN, DigestError, Translation
from generator.storage import run_state
from generator.storage.files import alone, sweep

if TYPE_CHECKING:  # at run time only where there is something to do: they take longer than to see that not
    from generator.changes import Intake
    from generator.model import Job
    from generator.render import ListedArticle
    from generator.storage.docs_folder import Shelf
    from generator.translate.decode import Machines

BATCH = 256
"""Sentences, about, between two moments at which all is safe on disk: some seconds of an engine's work."""

Progress = Callable[[str, int, int], None]
"""Called with what is counted, articles read or pages written, how many are done, and of how many."""


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(slots=True)
class Report:
    """What a run did."""

    articles: int = 0
    sentences: int = 0
    reviewed: int = 0
    machine: int = 0
    flagged: int = 0
    """Machine segments that a quality check objects to."""
    untranslated: int = 0
    missing: list[str] = field(default_factory=list)
    """Language pairs without an installed model, such as ar-en."""
    written: int = 0
    removed: int = 0
    unchanged: bool = False
    """Nothing had changed since the last run, so nothing was done."""
    corrections: list[str] = field(default_factory=list)
    """What was taken over from pages that a person edited, one line each."""
    problems: list[str] = field(default_factory=list)
    """What could not be used, one line each, with the way out."""

    def count(self, article: ListedArticle) -> None:
        """Add one article."""
        origins = dict(article.origins)
        self.articles += 1
        self.sentences += article.sentences
        self.reviewed += origins.get("reviewed", 0)
        self.machine += origins.get("machine", 0)
        self.untranslated += origins.get("none", 0)
        self.flagged += article.findings

    def count_missing(self, translation: Translation) -> None:
        """Note the language pairs that an article has no model for."""
        for pair in _pairs(translation, "none"):
            if pair not in self.missing:
                self.missing.append(pair)


class Interrupted(Exception):  # noqa: N818  it is no error
    """The run was asked to stop and did so after an article; `left` were still to come."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


def generate(
    settings: Settings,
    *,
    use_memory: bool = True,
    progress: Progress = silent,
    wanted: Callable[[], bool] = lambda: True,
    machines: Machines | None = None,
) -> Report:
    """Read every seed, translate what is new, and publish records, pages and indexes.

    Other `machines` than this one may translate, and are shut down afterwards. Asks before each article
    whether the run is still `wanted`, and raises `Interrupted` if not. Raises `DigestError` when the run as a
    whole cannot go on; what is wrong with one seed is in the report.
    """
    with alone(settings.cache / "lock"):
        last = run_state.load_quickly(settings.cache)
        _, everything = _inputs(settings, use_memory)
        if last.everything == everything and run_state.is_as_left(settings.docs, last.docs):
            return Report(**last.report | {"written": 0, "removed": 0, "corrections": [], "unchanged": True})
        there = run_state.scan(settings.docs, last.docs)
        if sweep(settings.docs, run_state.paths(there)):
            there = run_state.scan(settings.docs)
        sweep(settings.memory, run_state.paths(run_state.scan(settings.memory)))
        return _generate(settings, use_memory, progress, wanted, machines, there)


def _generate(  # noqa: PLR0913, PLR0917  what `generate` is given, and what it found
    settings: Settings,
    use_memory: bool,
    progress: Progress,
    wanted: Callable[[], bool],
    machines: Machines | None,
    there: run_state.Tree,
) -> Report:
    from generator.changes import Intake
    from generator.publish import Publisher
    from generator.review import corrections
    from generator.storage.docs_folder import Shelf
    from generator.translate import decode
    from generator.translate import stage as settle

    report, last = Report(), run_state.load(settings.cache)
    changed = [path for path in run_state.paths(there) if not run_state.is_same(path, last.docs, there)]
    report.corrections += corrections.take_corrections(settings.docs, settings.memory, settings.target, changed)
    tree, everything = _inputs(settings, use_memory)
    now = run_state.State(everything, code=_code(settings))
    now.common = run_state.fingerprint(sorted(settings.memory.glob("*.*")), now.code, repr(use_memory))
    seeds = _seeds(settings, tree, last, report)

    shelf = Shelf(settings.docs, there)
    intake = Intake(settings, last, now, there, report.problems)
    publisher = Publisher(settings, shelf, last, now)
    machines = machines or decode.ThisMachine()
    stage = settle.translator(settings, use_memory, machines)
    groups = _batches(_jobs(intake, seeds, progress))
    try:
        for translation in settle.translated(groups, stage, settings, machines.ahead):
            report.count_missing(translation)
            publisher.add(translation)
            if not wanted():
                raise Interrupted(max(len(seeds) - len(publisher.articles) - len(intake.unchanged), 0))
    finally:
        machines.shutdown(wait=False, cancel_futures=True)
    with run_state.unhurried():
        for slug in intake.unchanged:
            publisher.add_unchanged(slug)
        for article in publisher.articles.values():
            report.count(article)
        publisher.publish(partial(progress, "pages"))
        report.written, report.removed = shelf.written, len(shelf.prune())
        report.problems += shelf.refused
        _remember(settings, now, report, shelf)
    return report


def render_again(settings: Settings, progress: Progress = silent) -> Report:
    """Write the pages of every record again; asks for neither seeds nor memory nor model.

    Raises `DigestError` when a page was edited by hand, since the record does not know the edit.
    """
    from generator.publish import Publisher
    from generator.storage import docs_folder, records

    with alone(settings.cache / "lock"):
        for page in sorted(settings.docs.rglob("*.md")):
            if docs_folder.author_of(page) is docs_folder.Author.EDITOR:
                raise DigestError(f"{page}: was edited; run digest generate first, which takes the edit over")
        report = Report()
        shelf = docs_folder.Shelf(settings.docs, run_state.scan(settings.docs))
        publisher = Publisher(settings, shelf, run_state.State(), run_state.State())
        for file in sorted(settings.docs.glob(records.path_of(settings.target, "*"))):
            translation = records.load(file.read_bytes(), str(file))
            report.count_missing(translation)
            publisher.add(translation)
        for article in publisher.articles.values():
            report.count(article)
        publisher.publish(partial(progress, "pages"))
        report.written, report.problems = shelf.written, shelf.refused
        return report


def _inputs(settings: Settings, use_memory: bool) -> tuple[run_state.Tree, str]:
    """Return what lies in the seeds folder, and one hash of all that the pages depend on; opens no file."""
    seeds, code = (
        run_state.scan(settings.seeds),
        [run_state.stamp_of(str(file)) for file in run_state.code_files()],
    )
    everything = repr((seeds, code, run_state.scan(settings.memory), settings, use_memory))
    return seeds, run_state.sha256(everything.encode())


@run_state.unhurried()
def _seeds(
    settings: Settings, tree: run_state.Tree, last: run_state.State, report: Report
) -> dict[Path, tuple[str, str]]:
    """Return the seed files, in the order of their names, with the hashes of their stamps and of their bytes.

    Only files whose stamps changed are opened.
    """
    from generator.ingest import SIDECARS, list_seeds, sidecars_of

    if not settings.seeds.is_dir():
        raise DigestError(f"{settings.seeds}: no such folder; make it and put articles into it")
    files, problems = list_seeds(settings.seeds)
    report.problems += map(str, problems)
    there = map(str.lower, run_state.paths(tree))
    described = {name.rpartition(".")[0] for name in there if name.endswith(SIDECARS)}
    found = {}
    for file in files:
        name = file.relative_to(settings.seeds).as_posix()
        can_be_described = {name.lower(), name.lower().rpartition(".")[0]} & described
        sidecars = sidecars_of(file) if can_be_described else ()
        sources = [file, *sidecars]
        names = [name, *(source.relative_to(settings.seeds).as_posix() for source in sidecars)]
        stamp = repr([run_state.stamp_in(tree, name) for name in names])
        before, sha, _ = last.seeds.get(names[0], ("", "", ()))
        found[file] = (stamp, sha if sha and before == stamp else run_state.fingerprint(sources))
    return found


def _code(settings: Settings) -> str:
    """Return a fingerprint of the program and of the settings that can change an analysis."""
    chosen = asdict(replace(settings, root=Path(), docs=Path(), seeds=Path(), memory=Path(), model=None))
    return run_state.fingerprint(run_state.code_files(), repr(chosen))


def _jobs(intake: Intake, seeds: dict[Path, tuple[str, str]], progress: Progress) -> Iterator[Job]:
    for done, (seed, (stamp, sha)) in enumerate(seeds.items()):
        progress("articles", done, len(seeds))
        yield from intake.jobs(seed, stamp, sha)
    progress("articles", len(seeds), len(seeds))


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Group articles until a group has enough sentences to keep an engine busy."""
    batch: list[Job] = []
    sentences = 0
    for job in jobs:
        batch.append(job)
        sentences += len(job.digest.document.sentences)
        if sentences >= BATCH:
            yield batch
            batch, sentences = [], 0
    if batch:
        yield batch


def needed_pairs(settings: Settings) -> list[str]:
    """Return the language pairs that published articles have or want machine translations for."""
    from generator.storage import records

    pairs: set[str] = set()
    for file in sorted(settings.docs.glob(records.path_of(settings.target, "*"))):
        translation = records.load(file.read_bytes(), str(file))
        pairs.update(_pairs(translation, "machine", "none"))
    return sorted(pairs)


def _pairs(translation: Translation, *origins: str) -> Iterator[str]:
    """Return the language pairs of the sentences of these origins."""
    sentences = translation.digest.document.sentences
    for sentence, segment in zip(sentences, translation.segments, strict=True):
        if segment.origin in origins and sentence.language != UNKNOWN:
            yield f"{sentence.language}-{translation.target_language}"


def _remember(settings: Settings, now: run_state.State, report: Report, shelf: Shelf) -> None:
    """Keep what the next run can build on; a run that left something open is not remembered as complete."""
    if report.untranslated or report.problems:
        now.everything = ""
    now.docs = shelf.tree()
    now.report = asdict(report)
    run_state.save(settings.cache, now)
