"""The whole run, from seeds to pages, in one function: stages do not know each other; here they are joined."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.config import Settings
from generator.model import DigestError
from generator.processes import Processes
from generator.storage.file_tree import is_as_left, is_same, paths, scan
from generator.storage.files import exclusive_lock, remove_partial_files
from generator.storage.run_state import (
    RunState,
    inputs_hash,
    load_head,
    load_state,
    without_garbage_collection,
)

if TYPE_CHECKING:  # importing them at run time costs more than an unchanged run
    from generator.changes import Changes, Seed
    from generator.model import Article, Digest, Job
    from generator.publish import Publisher
    from generator.review.corrections import Corrections
    from generator.storage.docs_folder import DocsFolder
    from generator.translate.executor import TranslationExecutor
    from generator.translate.translator import Translator

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
    new: list[str] = field(default_factory=list)
    """Slugs of the articles that no run published before."""
    changed: list[str] = field(default_factory=list)
    """Slugs of the articles that say something else than before."""
    gone: list[str] = field(default_factory=list)
    """Slugs of the articles that have no text in any seed any more."""
    removals: list[str] = field(default_factory=list)
    """One line for each of them, and for each seed that was only renamed."""
    notices: list[str] = field(default_factory=list)
    """What readers are not offered, and why, one line each; nothing is wrong."""
    corrections: list[str] = field(default_factory=list)
    """What was taken over from pages that a person edited, one line each."""
    kept: list[str] = field(default_factory=list)
    """Copies of edited pages, below the digest's folder, since not all could be taken over."""
    other_settings: int = 0
    """Sentences that a machine translated with another model, version or quality than it would today."""
    outdated: int = 0
    """Sentences that stay as an earlier run made them although they should be translated again: `missing`."""
    problems: list[str] = field(default_factory=list)
    """What could not be used, one line each, with the way out."""

    def after(self, earlier: Report) -> Report:
        """Return what this run did together with an earlier one of the same command."""
        lists = ("new", "changed", "gone", "removals", "corrections", "kept", "problems")
        joined = {name: dict.fromkeys(getattr(earlier, name) + getattr(self, name)) for name in lists}
        joined["changed"] = {slug: None for slug in joined["changed"] if slug not in joined["new"]}
        named: dict[str, Any] = {name: list(each) for name, each in joined.items()}
        written, removed = earlier.written + self.written, earlier.removed + self.removed
        return replace(self, written=written, removed=removed, unchanged=False, **named)

    def count_published(self, publisher: Publisher) -> None:
        """Count what a publisher has of articles and sentences, and what it wrote."""
        from generator import export

        for article in publisher.articles.values():
            origins = dict(article.origins)
            self.articles += 1
            self.sentences += article.sentences
            self.reviewed += origins.get("reviewed", 0)
            self.machine += origins.get("machine", 0)
            self.untranslated += origins.get("none", 0)
            self.flagged += article.findings
        self.missing += publisher.missing
        self.new, self.changed, self.written = publisher.new, publisher.changed, publisher.docs.written
        self.notices = export.notices(publisher.settings, self.articles)

    def count_outdated(self, publisher: Publisher, translator: Translator, *, ask: bool) -> None:
        """Count what machines should translate again, or would otherwise; `ask` engines without work, too."""
        target = publisher.settings.target
        pairs = {f"{language}-{target}" for _, language in translator.kept} | {*self.missing}
        self.missing = sorted(pairs - {f"{language}-{target}" for language in translator.faults})
        self.outdated = translator.kept.total()
        machines = chain.from_iterable(article.machines for article in publisher.articles.values())
        self.other_settings = translator.made_otherwise(machines, ask=ask)


class Interrupted(Exception):  # noqa: N818  it is no error
    """The run was asked to stop and did so after an article; `left` were still to come."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


def generate(  # noqa: PLR0913  keywords with defaults
    settings: Settings,
    *,
    use_memory: bool = True,
    allow_removals: bool = False,
    by: str = "",
    progress: Progress = silent,
    wanted: Callable[[], bool] = lambda: True,
    again: Collection[str] | None = None,
    executor: TranslationExecutor | None = None,
) -> Report:
    """Make the pages of every seed, and return what was done.

    1. lock: no other run is at work in this digest
    2. changes: what is not as the last run left it; where all is, the run ends here
    3. review: what people corrected in pages goes into the memory
    4. ingest and analyze: the seeds that changed become articles, and these digests
    5. translate: digests become translations, in batches
    6. record: each translation is safe on disk before the next is begun
    7. connect: related articles, stories, topics and names, over all articles
    8. render and export: pages, lists, feeds and books, as far as they can differ
    9. publish: files that differ are written, and those that nobody wants any more go
    10. remember: what this run saw, for the next one

    `by` names who corrected pages; else git may know. In the articles `again`, named by their slugs, or in all
    where it is empty, machines translate anew. Another `executor` than this machine may translate, and is shut
    down when it has. Asks before each article whether the run is still `wanted`, and raises `Interrupted` if
    not. Raises `DigestError` when the run as a whole cannot go on; what is wrong with one seed is in the
    report.
    """
    with exclusive_lock(settings.cache / "lock"), _processes(settings) as processes:  # 1
        if again is None and (known := _report_of_the_same_run(settings, use_memory)):  # 2
            return known
        from generator import connect, render
        from generator.changes import Changes
        from generator.publish import Publisher
        from generator.review.corrections import forget_corrections
        from generator.translate.executor import LocalExecutor
        from generator.translate.translator import Translator

        render.use_own_strings(settings.strings)
        previous = load_state(settings.cache)
        docs = _docs_folder(settings, previous)
        corrections = _taken_corrections(settings, previous, docs, by)  # 3
        changes = Changes(settings, previous, docs.before, use_memory)
        seeds = changes.seeds(processes.begin)
        changes.refuse_removals(seeds, allow_removals)
        changes.settle_again(again)
        executor = executor or LocalExecutor(settings.cache, processes.map)
        translator = Translator(settings, executor, changes.memory, use_memory=use_memory, again=changes.again)
        publisher = Publisher(settings, docs, previous, changes.program_hash, processes)
        try:
            jobs = _jobs(changes, seeds, processes, progress)  # 4
            for translation in translator.translated(jobs):  # 5
                publisher.record(translation, changes.translated_before(translation))  # 6
                if not wanted():
                    left = len(seeds) - len(publisher.recorded) - len(changes.unchanged)
                    raise Interrupted(max(left, 0))
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
        with without_garbage_collection():
            publisher.describe()
            publisher.keep(changes.unchanged)
            publisher.unfinished = {slug for slug, _ in translator.kept}
            gone, removals = changes.removed({*publisher.articles, *publisher.redirects}, allow_removals)
            excluded = connect.load_exclusions(settings.memory)
            profiles, unmet = connect.leave_out(publisher.profiles(), excluded)
            connections = connect.connect(profiles)  # 7
            publisher.publish(connections, partial(progress, "pages"))  # 8 and 9
            report = Report(gone=gone, removals=changes.moved + removals, removed=len(docs.prune()))
            report.corrections, report.kept = corrections.lines, corrections.kept
            report.problems = corrections.problems + changes.problems + publisher.problems + docs.refused
            report.problems += dict.fromkeys(translator.faults.values())
            report.count_published(publisher)
            report.notices += connect.unmet_line(settings.memory, unmet)
            ask = again is not None or previous.program_hash != changes.program_hash
            report.count_outdated(publisher, translator, ask=ask)
            found = (publisher.published, publisher.outdated_pages(), publisher.lists)
            changes.remember(asdict(report), docs.tree(), *found)  # 10
            forget_corrections(settings)
        return report


def needed_pairs(settings: Settings) -> list[str]:
    """Return the language pairs, such as ar-en, that seeds have or want machine translations for.

    Articles that no run has read yet are looked up in the memory. Raises `DigestError` where there are no
    seeds, and as memories do; what is wrong with a seed is not said here.
    """
    from generator.ingest import list_seeds, read_seed
    from generator.model import Job
    from generator.storage.records import Records
    from generator.translate.executor import IdleExecutor
    from generator.translate.translator import Translator

    records, translator = Records.of(settings), Translator(settings, IdleExecutor())
    files, faults = list_seeds(settings.seeds)
    if not files:
        raise next(iter(faults), DigestError(f"{settings.seeds}: holds no seed; put articles into it"))
    pairs: set[str] = set()
    for file in files:
        for article in read_seed(file, settings.seeds, lambda fault: None):
            try:
                found = [records.load(article.slug)]
            except DigestError:
                jobs = (Job(digest, None) for digest in _analyzed([article], settings, []))
                found = list(translator.translated(jobs))
            pairs.update(pair for each in found for pair in each.language_pairs("machine", "none"))
    return sorted(pairs)


def render_again(settings: Settings, progress: Progress = silent) -> Report:
    """Write the pages of every record again; asks for neither seeds nor memory nor model.

    Raises `DigestError` when a page was edited by hand, since the record does not know the edit.
    """
    from generator import connect, render
    from generator.publish import Publisher
    from generator.storage.docs_folder import Author, author_of
    from generator.storage.records import Records

    with exclusive_lock(settings.cache / "lock"), _processes(settings) as processes:
        for page in sorted(settings.docs.rglob("*.md")):
            if author_of(page) is Author.EDITOR:
                raise DigestError(f"{page}: was edited; run digest generate first, which takes the edit over")
        render.use_own_strings(settings.strings)
        docs = _docs_folder(settings, RunState())
        publisher = Publisher(settings, docs, RunState(), "", processes)
        for translation in Records.of(settings).all():
            publisher.record(translation)
        publisher.describe()
        profiles, _ = connect.leave_out(publisher.profiles(), connect.load_exclusions(settings.memory))
        publisher.publish(connect.connect(profiles), partial(progress, "pages"))
        report = Report(problems=publisher.problems + docs.refused)
        report.count_published(publisher)
        return report


def _processes(settings: Settings) -> Processes:
    """Return processes that say what the digest says."""
    return Processes(settings.processes, partial(_prepare, settings))


def _prepare(settings: Settings) -> None:
    from generator import analyze, render

    analyze.load_models()
    render.use_own_strings(settings.strings)


def _report_of_the_same_run(settings: Settings, use_memory: bool) -> Report | None:
    """Return the last run's report if everything is as that run left it, with nothing done."""
    previous = load_head(settings.cache)
    same = previous.inputs_hash == inputs_hash(settings, use_memory)
    if not same or not is_as_left(settings.docs, previous.docs):
        return None
    names = ("corrections", "kept", "new", "changed", "gone", "removals")
    nothing: dict[str, list[str]] = {name: [] for name in names}
    return Report(**{**previous.report, **nothing, "written": 0, "removed": 0, "unchanged": True})


def _docs_folder(settings: Settings, previous: RunState) -> DocsFolder:
    """Return the docs folder, rid of what killed runs left in it and in the memory."""
    from generator.storage.docs_folder import DocsFolder

    remove_partial_files(settings.memory, paths(scan(settings.memory)))
    if remove_partial_files(settings.docs, paths(before := scan(settings.docs, previous.docs))):
        before = scan(settings.docs)
    return DocsFolder(settings.docs, before)


def _taken_corrections(settings: Settings, previous: RunState, docs: DocsFolder, by: str) -> Corrections:
    """Take what people corrected in pages into the memory, and let those pages be made anew."""
    from generator.review.corrections import take_corrections

    changed = [path for path in paths(docs.before) if not is_same(path, previous.docs, docs.before)]
    replaced = [path for path in changed if path.endswith(".json")] if previous.docs else []
    corrections = take_corrections(settings, changed, by, {*previous.outdated_pages, *replaced})
    docs.taken = corrections.taken
    return corrections


def _jobs(changes: Changes, seeds: list[Seed], processes: Processes, progress: Progress) -> Iterator[Job]:
    """Ingest and analyze what must be read, take the rest from records, and leave out what is unchanged."""
    from generator.changes import Kind

    kinds = [changes.kind_of(seed) for seed in seeds]
    anew = [seed.path for seed, kind in zip(seeds, kinds, strict=True) if kind is Kind.ANEW]
    read = processes.map(partial(_digests, changes.settings), anew)
    for done, (seed, kind) in enumerate(zip(seeds, kinds, strict=True)):
        progress("articles", done, len(seeds))
        if kind is Kind.UNCHANGED:
            changes.keep(seed)
        elif kind is Kind.ANEW:
            yield from changes.jobs(seed, *next(read))
        else:
            yield from changes.jobs(seed, changes.earlier(seed), ())
    yield from changes.unreadable(seeds)
    progress("articles", len(seeds), len(seeds))


def _digests(settings: Settings, seed: Path) -> tuple[list[Digest], list[DigestError]]:
    """Return the digests of a seed's articles, and what is wrong with the others."""
    from generator import ingest

    faults: list[DigestError] = []
    articles = ingest.read_seed(seed, settings.seeds, faults.append)
    return list(_analyzed(articles, settings, faults)), faults


def _analyzed(articles: Iterable[Article], settings: Settings, faults: list[DigestError]) -> Iterator[Digest]:
    from generator import analyze

    for article in articles:
        try:
            yield analyze.analyze(article, settings)
        except DigestError as fault:
            faults.append(fault)
