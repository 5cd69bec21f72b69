"""The whole run, from seeds to pages, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

from generator import corrections, engines, glossary, memory, record, render, state, store
from generator.check import check
from generator.config import Settings
from generator.files import alone, sweep
from generator.headline import headline
from generator.intake import Intake, Work, repaired
from generator.model import (
    UNKNOWN,
    Digest,
    DigestError,
    Engine,
    Finding,
    Output,
    Pair,
    Segment,
    Sentence,
    Translation,
)
from generator.read import list_seeds, sidecars_of
from generator.tidy import tidy
from generator.translate import Known, Request, Translator

BATCH = 512
"""Sentences, about, between two moments at which all is safe on disk: seconds of an engine's work."""

Progress = Callable[[int, int], None]
"""Called with the number of seeds that are done and the number of all."""


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

    def count(self, translation: Translation) -> None:
        """Add one article."""
        self.articles += 1
        self.sentences += len(translation.segments)
        for sentence, segment in zip(
            translation.digest.document.sentences, translation.segments, strict=True
        ):
            self.reviewed += segment.origin == "reviewed"
            self.machine += segment.origin == "machine"
            self.untranslated += segment.origin == "none"
            self.flagged += bool(segment.findings)
            pair = f"{sentence.language}-{translation.target_language}"
            if segment.origin == "none" and sentence.language != UNKNOWN and pair not in self.missing:
                self.missing.append(pair)


class Interrupted(Exception):  # noqa: N818  it is no error
    """The run was asked to stop and did so after an article; `left` were still to come."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} articles are left")
        self.left = left


def generate(
    settings: Settings,
    *,
    use_memory: bool = True,
    progress: Progress = lambda done, total: None,
    wanted: Callable[[], bool] = lambda: True,
) -> Report:
    """Read every seed, translate what is new, and publish records, pages and indexes.

    Asks before each article whether the run is still `wanted`, and raises `Interrupted` if not. Raises
    `DigestError` when the run as a whole cannot go on; what is wrong with one seed is in the report.
    """
    with alone(settings.cache / "lock"):
        for folder in (settings.docs, settings.memory):
            sweep(folder)
        return _generate(settings, use_memory, progress, wanted)


def _generate(settings: Settings, use_memory: bool, progress: Progress, wanted: Callable[[], bool]) -> Report:
    report = Report()
    report.corrections += corrections.take(settings.docs, settings.memory, settings.target)
    seeds = _seeds(settings, report)
    last, now = state.load(settings.cache), state.State(code=_code(settings))
    now.inputs = _inputs(settings, now.code, seeds, repr((report.problems, use_memory)))
    if last.inputs == now.inputs and last.outputs == state.stamps(settings.docs):
        return Report(**last.report | {"written": 0, "removed": 0, "corrections": [], "unchanged": True})

    shelf = store.Shelf(settings.docs)
    entries: list[render.Entry] = []
    stage = translator(settings, use_memory)
    intake = Intake(settings, last, now, report.problems)
    for batch in _batches(_works(intake, seeds, progress)):
        for translation in _translated(batch, stage, settings):
            report.count(translation)
            entries.append(render.entry(translation))
            _publish(translation, shelf, now)
            if not wanted():
                raise Interrupted(max(len(seeds) - len(entries), 0))
    trees = render.trees((entry.language for entry in entries), settings.target)
    shelf.put(render.index_pages(entries, settings.target, trees))
    names = {tree: settings.name_in(tree) for tree in trees}
    shelf.put(render.feeds(entries, settings.target, trees, settings.site_url, names))
    shelf.put(render.catalogue(entries, settings.target, trees))
    report.written, report.removed = shelf.written, len(shelf.prune())
    report.problems += shelf.refused
    _remember(settings, now, report)
    return report


def _seeds(settings: Settings, report: Report) -> dict[Path, str]:
    """Give the seed files with the hashes of their bytes, in the order of their names."""
    if not settings.seeds.is_dir():
        raise DigestError(f"{settings.seeds}: no such folder; make it and put articles into it")
    files, problems = list_seeds(settings.seeds)
    report.problems += map(str, problems)
    return {file: state.fingerprint([file, *sidecars_of(file)]) for file in files}


def _code(settings: Settings) -> str:
    """Give a fingerprint of the program and of the settings that can change an analysis."""
    chosen = asdict(replace(settings, root=Path(), docs=Path(), seeds=Path(), memory=Path(), model=None))
    return state.fingerprint(state.code_files(), repr(chosen))


def _inputs(settings: Settings, code: str, seeds: dict[Path, str], words: str) -> str:
    """Give one hash of all that the pages depend on."""
    named = repr([(file.relative_to(settings.seeds).as_posix(), sha) for file, sha in seeds.items()])
    return state.fingerprint(sorted(settings.memory.glob("*.*")), code, named, words)


def _works(intake: Intake, seeds: dict[Path, str], progress: Progress) -> Iterator[Work]:
    for done, (seed, sha) in enumerate(seeds.items()):
        progress(done, len(seeds))
        yield from intake.works(seed, sha)
    progress(len(seeds), len(seeds))


def _batches(works: Iterable[Work]) -> Iterator[list[Work]]:
    """Group articles until a group has enough sentences to keep an engine busy."""
    batch: list[Work] = []
    sentences = 0
    for work in works:
        batch.append(work)
        sentences += len(work.digest.document.sentences)
        if sentences >= BATCH:
            yield batch
            batch, sentences = [], 0
    if batch:
        yield batch


def translator(settings: Settings, use_memory: bool) -> Translator:
    """Give the translate stage with this digest's memories, engines and checks."""

    def open_memory(source: str) -> memory.Memory:
        return memory.load(settings.memory, source, settings.target) if use_memory else memory.Memory({}, {})

    def open_engine(source: str) -> Engine | None:
        return engines.load(
            source, settings.target, quality=settings.quality, lock=settings.lock, folder=settings.model
        )

    @cache
    def terms(source: str) -> tuple[Callable[[Pair], str | None], Callable[[str, str], str]]:
        found = glossary.load(settings.memory, source, settings.target) if use_memory else ()
        return glossary.check_for(found), glossary.enforce_for(found)

    def enforce(language: str, target: str, source: str) -> str:
        return terms(language)[1](target, source)

    def checked(pair: Pair) -> tuple[Finding, ...]:
        detail = terms(pair.source_language)[0](pair)
        return (*check(pair), *([] if detail is None else [Finding("glossary", detail)]))

    return Translator(settings.target, open_memory, open_engine, tidy, enforce, checked)


def _translated(works: Sequence[Work], stage: Translator, settings: Settings) -> Iterator[Translation]:
    """Give each article with its segments; all missing sentences of the batch go to the engine together."""
    known: dict[Request, Segment] = {}
    wanted: list[list[Request]] = []
    for work in works:
        wanted.append(_requests(work.digest))
        known |= _known(work.previous)
    segments = stage.segments([request for requests in wanted for request in requests], known)
    for work, requests in zip(works, wanted, strict=True):
        made = tuple(next(segments) for _ in requests)
        own = made[len(made) - len(work.digest.document.sentences) :]
        title = made[0] if len(made) > len(own) else _derived_title(work.digest, own[0], settings)
        yield Translation(work.digest, settings.target, title, own)


def request(language: str, source: str) -> Request:
    """Give the request for one sentence that stands alone."""
    sentence = repaired(Sentence(source, 0, 0, len(source), language))
    return Request(language, source, sentence.repaired)


def needed_pairs(settings: Settings) -> list[str]:
    """Give the language pairs that published articles have or want machine translations for."""
    pairs = set()
    for file in sorted(settings.docs.glob(record.path_of(settings.target, "*"))):
        translation = record.load(file.read_bytes(), str(file))
        for sentence, segment in zip(
            translation.digest.document.sentences, translation.segments, strict=True
        ):
            if segment.origin in ("machine", "none") and sentence.language != UNKNOWN:
                pairs.add(f"{sentence.language}-{settings.target}")
    return sorted(pairs)


def _requests(digest: Digest) -> list[Request]:
    """Give what the translator has to settle: the headline where one was published, then every sentence."""
    document = digest.document
    title = document.article.title
    head = [Request(document.language, title, title)] if title else []
    return head + [
        Request(sentence.language, sentence.text, sentence.repaired) for sentence in document.sentences
    ]


def _known(previous: Translation | None) -> Known:
    """Give the machine segments of an earlier run, which stay until their source changes."""
    if previous is None:
        return {}
    title = (previous.title,) if previous.digest.document.article.title else ()
    pairs = zip(_requests(previous.digest), (*title, *previous.segments), strict=True)
    return {request: segment for request, segment in pairs if segment.origin == "machine"}


def _derived_title(digest: Digest, first: Segment, settings: Settings) -> Segment:
    """Give a headline made of the first sentence, shortened in both languages."""
    language = digest.document.sentences[0].language
    limit = settings.headline_length
    return Segment(
        source=headline(first.source, language, limit),
        target=None if first.target is None else headline(first.target, settings.target, limit),
        origin=first.origin,
        signature=first.signature,
    )


def _publish(translation: Translation, shelf: store.Shelf, now: state.State) -> None:
    """Write an article's record first, which spares a killed run its translation, then its pages."""
    article = translation.digest.document.article
    path = record.path_of(translation.target_language, article.slug)
    content = record.dump(translation)
    now.records[path] = state.sha256(content)
    trees = render.trees([translation.digest.document.language], translation.target_language)
    shelf.put([Output(path, content)])
    shelf.put(render.article_pages(translation, trees))


def _remember(settings: Settings, now: state.State, report: Report) -> None:
    """Keep what the next run can build on; a run that left something open is not remembered as complete."""
    if report.untranslated or report.problems:
        now.inputs = ""
    now.outputs = state.stamps(settings.docs)
    now.report = asdict(report)
    state.save(settings.cache, now)
