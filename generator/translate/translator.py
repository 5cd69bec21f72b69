"""Memory, then what the last run already translated, then an engine: every sentence as a `Segment`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from generator.model import UNKNOWN, Document, Engine, Finding, Hypothesis, KnownName, Pair, Segment


@dataclass(frozen=True, slots=True)
class Request:
    """One source sentence that wants a translation."""

    language: str
    source: str
    """As published."""
    repaired: str
    """As the machine should read it."""


class Lookup(Protocol):
    """What people settled for one language pair."""

    def lookup(self, source: str) -> str | None:
        """Return the reviewed target of a source sentence."""
        ...


Known = Mapping[Request, Segment]
"""Machine segments of earlier runs."""

Finish = Callable[[Request, Hypothesis], Segment]
"""Makes a segment of what an engine gave: cleaned up, and checked."""

Check = Callable[[Pair], tuple[Finding, ...]]
"""Gives what is wrong with a machine's target."""

Tidy = Callable[[str, str], str]
"""Gives a hypothesis for a source, without what models leave in their output."""

Enforce = Callable[[str, str], str]
"""Target and source; gives the target with the spellings that people settled."""

Submit = Callable[[str, tuple[Request, ...]], "Future[list[Segment] | None]"]
"""Hands sentences of a language to a machine, which gives their segments, or None if it has no engine."""

_ENFORCED = "+glossary"
"""Ends the signature of a target that the glossary changed."""


def finishing(target: str, tidy: Tidy, enforce: Enforce, check: Check) -> Finish:
    """Return the function that tidies a hypothesis, puts in the glossary's spellings, and checks it."""

    def finish(request: Request, hypothesis: Hypothesis) -> Segment:
        tidied = tidy(hypothesis.text, request.repaired)
        text = enforce(tidied, request.repaired)
        signature = hypothesis.signature
        if text != tidied and not signature.endswith(_ENFORCED):
            signature += _ENFORCED
        pair = Pair(request.repaired, text, request.language, target, hypothesis.score)
        return Segment(request.source, text, "machine", signature, hypothesis.score, check(pair))

    return finish


def decoded(
    engine: Engine,
    requests: Sequence[Request],
    finish: Finish,
    insert: Callable[[str], str] = lambda source: source,
) -> list[Segment]:
    """Return a segment for each request: the first hypothesis, or the one with the fewest findings.

    A doubted one is decoded again in one way after the other, until nothing is left to doubt. `insert` writes
    a doubted source so that settled terms stand in it as they must read.
    """
    hypotheses = engine.translate(request.repaired for request in requests)
    segments = list(map(finish, requests, hypotheses))

    others = [partial(engine.retranslate, attempt=attempt) for attempt in range(engine.attempts)]
    for again in (*others, partial(_inserted, engine, insert)):
        doubted = [index for index, segment in enumerate(segments) if segment.findings]
        found = again([requests[index].repaired for index in doubted])
        for index, other in zip(doubted, found, strict=True):
            tries = [segments[index], *([finish(requests[index], other)] if other else [])]
            segments[index] = min(tries, key=lambda segment: len(segment.findings))
    return segments


def _inserted(
    engine: Engine, insert: Callable[[str], str], sources: Sequence[str]
) -> Iterator[Hypothesis | None]:
    """Translate sources with settled terms written into them; None where there are none to write."""
    written = {source: text for source in sources if (text := insert(source)) != source}
    found = dict(zip(written, engine.translate(written.values()), strict=True))
    for source in sources:
        other = found.get(source)
        yield other and replace(other, signature=f"{other.signature}|terms")


@dataclass(frozen=True, slots=True)
class Pending:
    """Requests of which some are settled and others are in work."""

    _requests: Sequence[Request]
    _settled: dict[Request, Segment | None]
    _in_work: list[tuple[tuple[Request, ...], Future[list[Segment] | None]]]

    def done(self) -> bool:
        """Return whether the segments can be had without waiting."""
        return all(future.done() for _, future in self._in_work)

    def segments(self) -> Iterator[Segment]:
        """Return one segment for each request, in order."""
        settled = dict(self._settled)
        for requests, future in self._in_work:
            made = future.result()
            if made is not None:
                settled |= zip(requests, made, strict=True)
        for request in self._requests:
            yield settled[request] or Segment(request.source, None, "none")


@dataclass(slots=True)
class Translator:
    """Turns requests into segments for one target language; memories are opened when needed."""

    target: str
    open_memory: Callable[[str], Lookup]
    """Gives the memory for a source language."""
    finish: Finish
    submit: Submit
    names: Callable[[Document], tuple[KnownName, ...]]
    """Gives the names in a document that people settled."""
    _memories: dict[str, Lookup] = field(default_factory=dict)

    def begin(self, requests: Sequence[Request], known: Known) -> Pending:
        """Settle what needs no engine, and put to work what does, each distinct sentence of it once."""
        settled = {request: self._settled(request, known) for request in dict.fromkeys(requests)}
        missing: dict[str, list[Request]] = {}
        for request, segment in settled.items():
            if segment is None:
                missing.setdefault(request.language, []).append(request)
        wanted = [(language, tuple(several)) for language, several in missing.items()]
        return Pending(requests, settled, [(each, self.submit(language, each)) for language, each in wanted])

    def _settled(self, request: Request, known: Known) -> Segment | None:
        """Return the segment that needs no engine: reviewed, translated before, or not to be translated."""
        if request.language == self.target:
            return Segment(request.source, None, "original")
        if request.language == UNKNOWN:
            return Segment(request.source, None, "none")
        memory = self._memories.get(request.language)
        if memory is None:
            memory = self._memories[request.language] = self.open_memory(request.language)
        for text in dict.fromkeys((request.source, request.repaired)):
            target = memory.lookup(text)
            if target is not None:
                return Segment(request.source, target, "reviewed")
        earlier = known.get(request)
        if earlier is None or earlier.target is None:
            return None
        return self.finish(request, Hypothesis(earlier.target, earlier.score, earlier.signature))
