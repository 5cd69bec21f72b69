"""Memory, then what the last run already translated, then an engine: every sentence as a `Segment`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from generator.model import UNKNOWN, Engine, Finding, Hypothesis, Pair, Segment


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
        """Give the reviewed target of a source sentence."""
        ...


Known = Mapping[Request, Segment]
"""Machine segments of earlier runs."""

Check = Callable[[Pair], tuple[Finding, ...]]
"""Gives what is wrong with a machine's target."""

Tidy = Callable[[str, str], str]
"""Gives a hypothesis for a source, without what models leave in their output."""


Enforce = Callable[[str, str, str], str]
"""Source language, target and source; gives the target with the spellings that people settled."""

_ENFORCED = "+glossary"
"""Ends the signature of a target that the glossary changed."""


@dataclass(slots=True)
class Translator:
    """Turns requests into segments for one target language; memories and engines are opened when needed."""

    target: str
    open_memory: Callable[[str], Lookup]
    """Gives the memory for a source language."""
    open_engine: Callable[[str], Engine | None]
    """Gives the engine for a source language; None where no model is installed."""
    tidy: Tidy
    enforce: Enforce
    check: Check
    _memories: dict[str, Lookup] = field(default_factory=dict)
    _engines: dict[str, Engine | None] = field(default_factory=dict)

    def segments(self, requests: Sequence[Request], known: Known) -> Iterator[Segment]:
        """Give one segment for each request, in order; each distinct missing sentence is translated once."""
        settled = {request: self._settled(request, known) for request in dict.fromkeys(requests)}
        missing: dict[str, list[Request]] = {}
        for request, segment in settled.items():
            if segment is None:
                missing.setdefault(request.language, []).append(request)
        for language, wanted in missing.items():
            settled |= zip(wanted, self._from_engine(language, wanted), strict=True)
        for request in requests:
            yield settled[request] or Segment(request.source, None, "none")

    def _settled(self, request: Request, known: Known) -> Segment | None:
        """Give the segment that needs no engine: reviewed, translated before, or not to be translated."""
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
        return self._checked(request, Hypothesis(earlier.target, earlier.score, earlier.signature))

    def _from_engine(self, language: str, requests: Sequence[Request]) -> Sequence[Segment | None]:
        """Give a segment for each request: the first hypothesis, or the one with the fewest findings."""
        if language not in self._engines:
            self._engines[language] = self.open_engine(language)
        engine = self._engines[language]
        if engine is None:
            return [None] * len(requests)
        hypotheses = engine.translate(request.repaired for request in requests)
        segments = list(map(self._checked, requests, hypotheses))
        doubted = [index for index, segment in enumerate(segments) if segment.findings]
        others = engine.retranslate_all(requests[index].repaired for index in doubted)
        for index, several in zip(doubted, others, strict=True):
            again = (self._checked(requests[index], other) for other in several)
            segments[index] = min((segments[index], *again), key=lambda segment: len(segment.findings))
        return segments

    def _checked(self, request: Request, hypothesis: Hypothesis) -> Segment:
        """Give a hypothesis as a segment: tidied, with the glossary's spellings, and checked."""
        tidied = self.tidy(hypothesis.text, request.repaired)
        text = self.enforce(request.language, tidied, request.repaired)
        signature = hypothesis.signature
        if text != tidied and not signature.endswith(_ENFORCED):
            signature += _ENFORCED
        pair = Pair(request.repaired, text, request.language, self.target, hypothesis.score)
        return Segment(request.source, text, "machine", signature, hypothesis.score, self.check(pair))
