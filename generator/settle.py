"""From digests to translations: memory, records and engines of one digest behind one stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from generator import engines, glossary, memory
from generator.check import check
from generator.config import Settings
from generator.headline import headline
from generator.intake import Work, repaired
from generator.model import Digest, Engine, Finding, Pair, Segment, Sentence, Translation
from generator.tidy import tidy
from generator.translate import Known, Request, Translator


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


def translated(works: Sequence[Work], stage: Translator, settings: Settings) -> Iterator[Translation]:
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
