"""From digests to translations: memory, records and engines of one digest behind one stage."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from generator.config import Settings
from generator.model import Digest, Document, Hypothesis, Job, KnownName, Segment, Translation
from generator.models import lock
from generator.translate import decode, glossary, memory
from generator.translate.headline import headline
from generator.translate.translator import Known, Pending, Request, Translator


def translator(settings: Settings, use_memory: bool, machines: decode.Machines | None = None) -> Translator:
    """Return the translate stage with this digest's memories and glossary, and machines to work: this one.

    Memories are asked here; what they do not know goes to the machines with all that its segments hang on, so
    that a doubted sentence is decoded again where the model is, without a second way there and back.
    """
    workers = machines or decode.ThisMachine()

    def open_memory(source: str) -> memory.Memory:
        return memory.load(settings.memory, source, settings.target) if use_memory else memory.Memory({}, {})

    @cache
    def terms(source: str) -> tuple[glossary.Term, ...]:
        return glossary.load(settings.memory, source, settings.target) if use_memory else ()

    @cache
    def recipe(source: str) -> decode.Recipe:
        lock.read(settings.lock)  # complains of a damaged one by its name
        trusted = settings.lock.read_bytes() if settings.lock.is_file() else b""
        wanted = decode.Recipe(source, settings.target, settings.quality, trusted, settings.model)
        return replace(wanted, signature=workers.signature(wanted))

    def finish(request: Request, hypothesis: Hypothesis) -> Segment:
        return decode.finish_for(settings.target, terms(request.language))(request, hypothesis)

    def submit(language: str, requests: tuple[Request, ...]) -> decode.Promise:
        return workers.submit(decode.work, recipe(language), terms(language), requests)

    @cache
    def finder(source: str) -> Callable[[Iterable[str]], tuple[KnownName, ...]]:
        return glossary.names_for(terms(source))

    def names(document: Document) -> tuple[KnownName, ...]:
        return finder(document.language)(sentence.repaired for sentence in document.sentences)

    return Translator(settings.target, open_memory, finish, submit, names)


BATCH = 256
"""Sentences, about, between two moments at which all is safe on disk: some seconds of an engine's work."""


def batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
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


def translated(
    groups: Iterable[Sequence[Job]], stage: Translator, settings: Settings, ahead: Callable[[], int]
) -> Iterator[Translation]:
    """Return each article with its segments, in order; what a group's memories miss is translated together.

    While the first group is in work, `ahead` more are read and put to work behind it.
    """
    waiting = deque[tuple[list[_Part], Pending]]()
    for group in groups:
        waiting.append(_begun(group, stage))
        while waiting and (waiting[0][1].done() or len(waiting) > ahead()):
            yield from _finished(*waiting.popleft(), stage, settings)
    for parts, pending in waiting:
        yield from _finished(parts, pending, stage, settings)


_Part = tuple[Digest, int]
"""An article, and how many requests are its."""


def _begun(jobs: Sequence[Job], stage: Translator) -> tuple[list[_Part], Pending]:
    known: dict[Request, Segment] = {}
    wanted: list[list[Request]] = []
    for job in jobs:
        wanted.append(_requests(job.digest))
        known |= _known(job.previous)
    parts = [(job.digest, len(requests)) for job, requests in zip(jobs, wanted, strict=True)]
    return parts, stage.begin([request for requests in wanted for request in requests], known)


def _finished(
    parts: Iterable[_Part], pending: Pending, stage: Translator, settings: Settings
) -> Iterator[Translation]:
    segments = pending.segments()
    for digest, count in parts:
        made = tuple(islice(segments, count))
        own = made[count - len(digest.document.sentences) :]
        title = made[0] if count > len(own) else _derived_title(digest, own[0], settings)
        yield Translation(digest, settings.target, title, own, stage.names(digest.document))


def _requests(digest: Digest) -> list[Request]:
    """Return what the translator has to settle: the headline where one was published, then every sentence."""
    document = digest.document
    title = document.article.title
    head = [Request(document.language, title, title)] if title else []
    return head + [
        Request(sentence.language, sentence.text, sentence.repaired) for sentence in document.sentences
    ]


def _known(previous: Translation | None) -> Known:
    """Return the machine segments of an earlier run, which stay until their source changes."""
    if previous is None:
        return {}
    title = (previous.title,) if previous.digest.document.article.title else ()
    pairs = zip(_requests(previous.digest), (*title, *previous.segments), strict=True)
    return {request: segment for request, segment in pairs if segment.origin == "machine"}


def _derived_title(digest: Digest, first: Segment, settings: Settings) -> Segment:
    """Return a headline made of the first sentence, shortened in both languages."""
    language = digest.document.sentences[0].language
    limit = settings.headline_length
    return Segment(
        source=headline(first.source, language, limit),
        target=None if first.target is None else headline(first.target, settings.target, limit),
        origin=first.origin,
        signature=first.signature,
    )
