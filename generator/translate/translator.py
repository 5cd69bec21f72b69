"""The translate stage: digests → translations, by what people settled, else by engines.

Each sentence becomes a `Request`. The memory answers it, else an earlier run's record; what neither knows is
decoded in batches of some hundred sentences, which an executor works on while the next articles are read. So is
what an earlier run made with other terms of the glossary than today's; where no model is, it stays.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import islice

from generator.config import Quality, Settings
from generator.languages.furniture import lead_of
from generator.languages.protected_spans import has_words
from generator.model import UNKNOWN, Digest, Job, ModelError, Segment, Translation
from generator.models.lock import read_lock
from generator.translate.decode import (
    Request,
    as_made,
    finished,
    settings_in,
    shared_engine,
    terms_in,
)
from generator.translate.engines import EngineSpec
from generator.translate.engines.hardware import prefers_gpu
from generator.translate.executor import IdleExecutor, TranslationExecutor
from generator.translate.glossary import Glossary
from generator.translate.headline import headline_like, headline_of, headline_of_article
from generator.translate.memory import Memory, Signature
from generator.translate.memory_index import MemoryIndex
from generator.translate.word_alignment import links_moved

BATCH = 384
"""Sentences, about, between two moments at which all is safe on disk: some seconds of an engine's work."""

FAST_BATCH = 768
"""The same for the quality `fast`: decoding a few doubted ones again costs nearly as much as more."""

FIRST_BATCH = 64
"""The first group has no more, so that a model loads while further articles are read."""

GPU_BATCH = 2048
"""The same for a GPU, which needs no second for them."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Requests, some answered, some still being decoded."""

    requests: Sequence[Request]
    answered: dict[Request, Segment]
    """What is being decoded has what stays where no machine has a model."""
    in_work: list[tuple[list[Request], Future[list[Segment] | None]]]
    faults: dict[str, str]
    """What is wrong with a model, one line, by the language that it should translate."""
    kept: set[Request] = field(default_factory=set)
    """What no machine had a model for, known once the segments are."""

    def done(self) -> bool:
        """Return whether the segments can be had without waiting."""
        return all(future.done() for _, future in self.in_work)

    def segments(self) -> Iterator[Segment]:
        """Return one segment for each request, in order; wait for those that are being decoded."""
        answered = dict(self.answered)
        for requests, future in self.in_work:
            made = self._made(requests, future)
            if made is None:
                self.kept.update(requests)
            else:
                distinct = dict(zip(_distinct(requests), made, strict=True))
                answered |= {request: distinct[_anywhere(request)] for request in requests}
        for request in self.requests:
            yield answered[request]

    def _made(self, requests: list[Request], future: Future[list[Segment] | None]) -> list[Segment] | None:
        try:
            return future.result()
        except ModelError as error:  # other languages go on
            self.faults.setdefault(requests[0].language, str(error))
            return None


class Translator:
    """Translates into a digest's language; memories, glossaries and engines are loaded when needed."""

    def __init__(
        self,
        settings: Settings,
        executor: TranslationExecutor,
        index: MemoryIndex | None = None,
        *,
        use_memory: bool = True,
        again: Collection[str] = (),
    ) -> None:
        """Ask the memories through an `index` where there is one, else read them whole.

        Without `use_memory`, nothing that people settled counts: the machine alone is heard.

        In the articles `again`, named by their slugs, machines translate anew what they translated before.
        """
        self.settings = settings
        self.executor = executor
        self.kept = Counter[tuple[str, str]]()
        """Sentences that stay as an earlier run made them for want of a model, by slug and language."""
        self.faults: dict[str, str] = {}
        """What is wrong with a model, one line, by the language that it should translate."""
        self._index = index
        self._use_memory = use_memory
        self._again = again
        self._former: dict[str, tuple[str, ...]] = {}
        """Names that articles had before, by those that they have now."""
        self._memories: dict[str, Memory] = {}
        self._glossaries: dict[str, Glossary] = {}
        self._specs: dict[str, EngineSpec] = {}

    def memory(self, language: str) -> Memory:
        """Return what people settled of a source language. Raises `DigestError` for a file that is no TMX."""
        if language not in self._memories:
            pair = (self.settings.memory, language, self.settings.target)
            self._memories[language] = Memory.load(*pair) if self._use_memory else Memory()
        return self._memories[language]

    def _find(
        self, language: str, text: str, names: Iterable[str], *, own: bool = False
    ) -> tuple[str, Signature] | None:
        if self._index:
            return self._index.find(language, text, *names, own=own)
        return self.memory(language).find(text, *names, own=own)

    def _names(self, slug: str) -> tuple[str, ...]:
        """Return what the memory may call an article: its name, then those that it had before."""
        return (slug, *self._former.get(slug, ()))

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
            wanted = self._any_spec(language)
            self._specs[language] = replace(wanted, signature=self.executor.signature(wanted))
        return self._specs[language]

    def _any_spec(self, language: str) -> EngineSpec:
        settings = self.settings
        trusted = read_lock(settings.lock)
        pair = (language, settings.target)
        return EngineSpec(*pair, settings.quality, trusted, settings.model, settings.hardware)

    def made_otherwise(self, made: Iterable[tuple[str, str, int]], ask: bool) -> int:
        """Count the sentences, given by language and signature, that today's engines would sign otherwise.

        Of engines that this run had no work for, only those on this machine, and only to `ask`, which takes
        them a second but no weights.
        """
        counts = Counter[tuple[str, str]]()
        for language, signature, count in made:
            counts[language, settings_in(signature)] += count
        asked = {language for language, _ in counts if ask or language in self._specs}
        todays = {language: self._signatures(language) for language in asked}
        return sum(
            count
            for (language, signature), count in counts.items()
            if todays.get(language) and signature not in todays[language]
        )

    def _signatures(self, language: str) -> Collection[str]:
        try:
            engine = shared_engine(self._any_spec(language))
        except ModelError:  # a run that has no work for it need not know
            return ()
        return engine.signatures if engine else ()

    def translated(self, jobs: Iterable[Job]) -> Iterator[Translation]:
        """Return each article with its segments, in order.

        Articles are read on while earlier ones are decoded, as far as the executor wants batches.
        """
        in_flight = deque[tuple[list[Job], Pending]]()
        for batch in _batches(jobs, self.settings):
            in_flight.append((batch, self._begun(batch)))
            while in_flight and (in_flight[0][1].done() or len(in_flight) >= self.executor.batches_in_flight()):
                yield from self._finished(*in_flight.popleft())
        for batch, pending in in_flight:
            yield from self._finished(batch, pending)

    def begin(self, requests: Sequence[Request], known: Mapping[Request, Segment] | None = None) -> Pending:
        """Answer what needs no engine, and have the rest decoded, each distinct sentence once.

        `known` are machine segments of earlier runs. What must be decoded is sent to the executor together
        with the glossary, so that a worker can decode a doubtful one again without asking back.
        """
        known = known or {}
        answered = {request: self._answer(request, known.get(request)) for request in dict.fromkeys(requests)}
        missing: dict[str, list[Request]] = {}
        for request, segment in answered.items():
            if self._must_be_decoded(request, segment):
                missing.setdefault(request.language, []).append(request)
        in_work = []
        for language, several in missing.items():
            batch = self._submitted(language, _distinct(several))
            in_work.append((several, batch))
        return Pending(requests, answered, in_work, self.faults)

    def _submitted(self, language: str, requests: tuple[Request, ...]) -> Future[list[Segment] | None]:
        """Have requests decoded; a model that is known to fail is not asked again."""
        glossary = self.glossary(language)
        try:
            if language not in self.faults:
                return self.executor.decode_batch(self.spec(language), glossary, requests)
        except ModelError as error:
            self.faults[language] = str(error)
        return IdleExecutor().decode_batch(self._any_spec(language), glossary, requests)

    def _must_be_decoded(self, request: Request, segment: Segment) -> bool:
        """Return whether nobody translated a sentence, or a machine must translate it again.

        It must where an earlier run put other terms into it than the glossary has now, and where the glossary
        alone objects to it and today's terms were not tried.
        """
        if segment.origin == "none":
            return request.language != UNKNOWN
        if segment.origin != "machine":
            return False
        if request.article in self._again:
            return True
        terms = terms_in(segment.signature)
        if not terms and [finding.check for finding in segment.findings] != ["glossary"]:
            return False
        return terms != self.glossary(request.language).hash_of(request.repaired)

    def _answer(self, request: Request, earlier: Segment | None) -> Segment:
        """Return the segment that needs no engine: reviewed, translated before, without a word, or none."""
        if request.language == self.settings.target:
            return Segment(request.source, None, "original")
        for text in dict.fromkeys((request.source, request.repaired)) if request.language != UNKNOWN else ():
            found = self._find(request.language, text, self._names(request.article))
            if found:
                return _reviewed(request.source, *found)
        if not has_words(request.repaired, request.language):  # a model makes "I don't know." of "……"
            return Segment(request.source, None, "original")
        if request.language == UNKNOWN:
            return Segment(request.source, None, "none")
        if earlier is None or earlier.target is None:
            return Segment(request.source, None, "none")
        # The glossary and the checks may have changed since, so that the earlier target is finished again.
        return finished(request, as_made(earlier), self.settings.target, self.glossary(request.language))

    def _begun(self, batch: Iterable[Job]) -> Pending:
        known: dict[Request, Segment] = {}
        requests: list[Request] = []
        for job in batch:
            requests += _requests(job.digest)
            self._former[job.slug] = job.former
            if job.previous:
                known |= _machine_segments(job.previous)
        return self.begin(requests, known)

    def _finished(self, batch: Iterable[Job], pending: Pending) -> Iterator[Translation]:
        segments = pending.segments()
        for job in batch:
            document = job.digest.document
            published = next(segments) if document.article.title else None
            own = tuple(islice(segments, len(document.sentences)))
            wanted = dict.fromkeys(_requests(job.digest))
            stay = (each for each in wanted if each in pending.kept and pending.answered[each].target)
            self.kept.update((job.slug, request.language) for request in stay)
            if published and published.origin == "machine" and published.target:
                headline = headline_like(published.target, published.source, self.settings.target)
                links = links_moved(published.links, published.target, headline)
                published = replace(published, target=headline, links=links)
            title = published or self._derived_title(job.digest, own)
            names = self.glossary(document.language).names(each.repaired for each in document.sentences)
            yield Translation(job.digest, self.settings.target, title, own, names)

    def _derived_title(self, digest: Digest, segments: Sequence[Segment]) -> Segment:
        """Return what a person made the headline, else the first sentence shortened in both languages."""
        sentences = digest.document.sentences
        lead = lead_of((each.text for each in sentences), digest.document.language)
        first, language, target = segments[lead], sentences[lead].language, self.settings.target
        limit = self.settings.headline_length
        source = headline_of(first.source, language, limit)
        names = map(headline_of_article, self._names(digest.document.article.slug))
        if found := self._find(language, source, names, own=True):
            return _reviewed(source, *found)
        return Segment(
            source=source,
            target=None if first.target is None else headline_of(first.target, target, limit),
            origin=first.origin,
            signature=first.signature,
        )


def _reviewed(source: str, target: str, signature: Signature) -> Segment:
    return Segment(source, target, "reviewed", reviewed_by=signature.name, reviewed_on=signature.date)


def batch_size(quality: Quality) -> int:
    """Return how many sentences, about, are decoded together on a processor."""
    return FAST_BATCH if quality == "fast" else BATCH


def _batches(jobs: Iterable[Job], settings: Settings) -> Iterator[list[Job]]:
    """Group articles until a group has enough sentences to keep an engine busy."""
    usual = batch_size(settings.quality)
    is_first = True
    batch: list[Job] = []
    sentences = 0
    for job in jobs:
        batch.append(job)
        sentences += len(job.digest.document.sentences)
        if sentences < (FIRST_BATCH if is_first else usual):
            continue
        if is_first or sentences >= GPU_BATCH or not prefers_gpu(settings.hardware):
            yield batch
            batch, sentences, is_first = [], 0, False
    if batch:
        yield batch


def _requests(digest: Digest) -> list[Request]:
    """Return what an article wants translated: the headline where one was published, then every sentence."""
    document = digest.document
    title, slug = document.article.title, document.article.slug
    head = [Request(document.language, title, title, slug)] if title else []
    return head + [
        Request(sentence.language, sentence.text, sentence.repaired, slug) for sentence in document.sentences
    ]


def _distinct(requests: Iterable[Request]) -> tuple[Request, ...]:
    return tuple(dict.fromkeys(map(_anywhere, requests)))


def _anywhere(request: Request) -> Request:
    return replace(request, article="")


def _machine_segments(previous: Translation) -> dict[Request, Segment]:
    """Return the machine segments of an earlier run, which stay until their source changes."""
    title = (previous.title,) if previous.digest.document.article.title else ()
    pairs = zip(_requests(previous.digest), (*title, *previous.segments), strict=True)
    return {request: segment for request, segment in pairs if segment.origin == "machine"}
