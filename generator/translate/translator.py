"""The translate stage: digests → translations, by what people settled, else by engines.

Each sentence becomes a `Request`. The memory answers it, else an earlier run's record; what neither knows is
decoded in batches of about 256 sentences, which an executor works on while the next articles are read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import islice

from generator.config import Settings
from generator.model import UNKNOWN, Digest, Hypothesis, Job, Segment, Translation
from generator.models.lock import read_lock
from generator.translate.decode import Request, decode_batch, finished
from generator.translate.engines import EngineSpec
from generator.translate.executor import TranslationExecutor
from generator.translate.glossary import Glossary
from generator.translate.headline import headline_of, headline_of_article
from generator.translate.memory import Memory, Signature

BATCH = 256
"""Sentences, about, between two moments at which all is safe on disk: some seconds of an engine's work."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Requests, some answered, some still being decoded."""

    requests: Sequence[Request]
    answered: dict[Request, Segment | None]
    """None for what is being decoded."""
    in_work: list[tuple[tuple[Request, ...], Future[list[Segment] | None]]]

    def done(self) -> bool:
        """Return whether the segments can be had without waiting."""
        return all(future.done() for _, future in self.in_work)

    def segments(self) -> Iterator[Segment]:
        """Return one segment for each request, in order; wait for those that are being decoded."""
        answered = dict(self.answered)
        for requests, future in self.in_work:
            made = future.result()
            if made is not None:  # None: no machine has a model
                answered |= zip(requests, made, strict=True)
        for request in self.requests:
            yield answered[request] or Segment(request.source, None, "none")


class Translator:
    """Translates into a digest's language; memories, glossaries and engines are loaded when needed."""

    def __init__(self, settings: Settings, executor: TranslationExecutor, *, use_memory: bool = True) -> None:
        """Without `use_memory`, nothing that people settled counts: the machine alone is heard."""
        self.settings = settings
        self.executor = executor
        self._use_memory = use_memory
        self._memories: dict[str, Memory] = {}
        self._glossaries: dict[str, Glossary] = {}
        self._specs: dict[str, EngineSpec] = {}

    def memory(self, language: str) -> Memory:
        """Return what people settled of a source language. Raises `DigestError` for a file that is no TMX."""
        if language not in self._memories:
            pair = (self.settings.memory, language, self.settings.target)
            self._memories[language] = Memory.load(*pair) if self._use_memory else Memory()
        return self._memories[language]

    def glossary(self, language: str) -> Glossary:
        """Return the terms of a source language. Raises `DigestError` for a table that is none."""
        if language not in self._glossaries:
            pair = (self.settings.memory, language, self.settings.target)
            self._glossaries[language] = Glossary.load(*pair) if self._use_memory else Glossary()
        return self._glossaries[language]

    def spec(self, language: str) -> EngineSpec:
        """Return which engine must translate a source language, on whatever machine.

        Raises `DigestError` for a damaged lock, and as the executor does.
        """
        if language not in self._specs:
            settings = self.settings
            trusted = read_lock(settings.lock)
            wanted = EngineSpec(language, settings.target, settings.quality, trusted, settings.model)
            self._specs[language] = replace(wanted, signature=self.executor.signature(wanted))
        return self._specs[language]

    def translated(self, jobs: Iterable[Job]) -> Iterator[Translation]:
        """Return each article with its segments, in order.

        Articles are read on while earlier ones are decoded, as far as the executor wants batches.
        """
        in_flight = deque[tuple[list[Job], Pending]]()
        for batch in _batches(jobs):
            in_flight.append((batch, self._begun(batch)))
            while in_flight and (in_flight[0][1].done() or len(in_flight) >= self.executor.batches_in_flight()):
                yield from self._finished(*in_flight.popleft())
        for batch, pending in in_flight:
            yield from self._finished(batch, pending)

    def begin(self, requests: Sequence[Request], known: Mapping[Request, Segment] | None = None) -> Pending:
        """Answer what needs no engine, and have the rest decoded, each distinct sentence once.

        `known` are machine segments of earlier runs. Sentences that nobody knows are sent to the executor
        together with the glossary, so that a worker can decode a doubtful one again without asking back.
        """
        known = known or {}
        answered = {request: self._answer(request, known.get(request)) for request in dict.fromkeys(requests)}
        missing: dict[str, list[Request]] = {}
        for request, segment in answered.items():
            if segment is None:
                missing.setdefault(request.language, []).append(request)
        in_work = []
        for language, several in missing.items():
            batch = tuple(several)
            spec, glossary = self.spec(language), self.glossary(language)
            in_work.append((batch, self.executor.submit(decode_batch, spec, glossary, batch)))
        return Pending(requests, answered, in_work)

    def _answer(self, request: Request, earlier: Segment | None) -> Segment | None:
        """Return the segment that needs no engine: reviewed, translated before, or not to be translated."""
        if request.language == self.settings.target:
            return Segment(request.source, None, "original")
        if request.language == UNKNOWN:
            return Segment(request.source, None, "none")
        memory = self.memory(request.language)
        for text in dict.fromkeys((request.source, request.repaired)):
            found = memory.find(text, request.article)
            if found:
                return _reviewed(request.source, *found)
        if earlier is None or earlier.target is None:
            return None
        # The glossary and the checks may have changed since, so that the earlier target is finished again.
        hypothesis = Hypothesis(earlier.target, earlier.score, earlier.signature)
        return finished(request, hypothesis, self.settings.target, self.glossary(request.language))

    def _begun(self, batch: Iterable[Job]) -> Pending:
        known: dict[Request, Segment] = {}
        requests: list[Request] = []
        for job in batch:
            requests += self._requests(job.digest)
            if job.previous:
                known |= self._machine_segments(job.previous)
        return self.begin(requests, known)

    def _requests(self, digest: Digest) -> list[Request]:
        """Return what an article wants translated: the headline where it has its own, then every sentence."""
        document = digest.document
        slug, title = document.article.slug, document.article.title
        texts = [(document.language, title, title)] if title else []
        texts += [(sentence.language, sentence.text, sentence.repaired) for sentence in document.sentences]
        return [Request(*each, slug if slug in self.memory(each[0]).articles else "") for each in texts]

    def _machine_segments(self, previous: Translation) -> dict[Request, Segment]:
        """Return the machine segments of an earlier run, which stay until their source changes."""
        title = (previous.title,) if previous.digest.document.article.title else ()
        pairs = zip(self._requests(previous.digest), (*title, *previous.segments), strict=True)
        return {request: segment for request, segment in pairs if segment.origin == "machine"}

    def _finished(self, batch: Iterable[Job], pending: Pending) -> Iterator[Translation]:
        segments = pending.segments()
        for job in batch:
            document = job.digest.document
            published = next(segments) if document.article.title else None
            own = tuple(islice(segments, len(document.sentences)))
            title = published or self._derived_title(job.digest, own[0])
            names = self.glossary(document.language).names(each.repaired for each in document.sentences)
            yield Translation(job.digest, self.settings.target, title, own, names)

    def _derived_title(self, digest: Digest, first: Segment) -> Segment:
        """Return what a person made the headline, else the first sentence shortened in both languages."""
        language, target = digest.document.sentences[0].language, self.settings.target
        limit = self.settings.headline_length
        source = headline_of(first.source, language, limit)
        own = self.memory(language).articles.get(headline_of_article(digest.document.article.slug))
        if own and (found := own.find(source)):
            return _reviewed(source, *found)
        return Segment(
            source=source,
            target=None if first.target is None else headline_of(first.target, target, limit),
            origin=first.origin,
            signature=first.signature,
        )


def _reviewed(source: str, target: str, signature: Signature) -> Segment:
    return Segment(source, target, "reviewed", reviewed_by=signature.name, reviewed_on=signature.date)


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
