"""Decode one batch of sentences, here or on a worker of a cluster, with the same result."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from itertools import chain
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from generator.languages import is_unspaced
from generator.languages.protected_spans import SpanKind
from generator.model import DigestError, Engine, Finding, Hypothesis, ModelError, Pair, Segment
from generator.translate.calibration import unsure_below
from generator.translate.currency_repair import with_currency
from generator.translate.engines import EngineSpec, load_engine
from generator.translate.engines.hardware import prefers_gpu
from generator.translate.glossary import Glossary
from generator.translate.latin_words import spelled_as_in_source
from generator.translate.postprocess import postprocess
from generator.translate.quality_checks import doubled_phrase, quality_findings
from generator.translate.quotation_repair import with_quotations
from generator.translate.shield import UNREAD, UNTOUCHED, Shielded, shielded
from generator.translate.word_alignment import links_moved, links_of, proven

BROKEN = frozenset({"empty", "length", "repetition"})
"""Checks that find what is no translation at all, where all that has more of the source is better."""
NOT_DECODED_AGAIN = frozenset(
    {"brief", "country", "glossary", "latin", "quotation", "quotes", "score", "unread"}
)
"""Checks for whose findings there are other ways, or none."""
CLOSE = 0.6
"""The least similarity, of characters in order, of a translation that may take another's place."""
LOOKED_AT = 2000
"""Characters: comparing whole texts takes time by the square of their length."""
LESS_SURE = 0.05
"""How much lower a token's log-probability may be then, since a penalty for repetition lowers all."""

_WITH_TERMS = re.compile(r"(?:\|terms)?(?:\+glossary(?::(\w+))?)?$")
"""Ends the signature of a target that was made with the glossary: which terms, and whether they were written
into the source. Older versions did not say which."""

_engines: dict[tuple[EngineSpec, int | None], Engine] = {}
"""The engines of this process, each loaded once."""
_loading = Lock()


@dataclass(frozen=True, slots=True)
class Request:
    """One source sentence that wants a translation."""

    language: str
    source: str
    """As published."""
    repaired: str
    """As the machine should read it."""
    article: str = ""
    """The slug of the article that it stands in."""


Spread = Callable[
    [Callable[[tuple[Request, Hypothesis]], Segment], Iterable[tuple[Request, Hypothesis]]], Iterable[Segment]
]
"""Does what `map` does, on many cores."""


def decode_batch(
    spec: EngineSpec,
    glossary: Glossary,
    requests: Sequence[Request],
    threads: int | None = None,
    spread: Spread = map,
) -> list[Segment] | None:
    """Return a segment for each request; None where this machine has no model for them.

    The same requests give the same segments on every machine; `threads` are the cores to use, and `spread` does
    on many of them what a GPU leaves to do. Raises `ModelError` like `shared_engine`.
    """
    engine = shared_engine(spec, threads)
    if engine is None:
        return None
    read = [_read(engine, request.repaired, request.language) for request in requests]
    made = engine.translate([each.shield.text for each in read])
    hypotheses = proven(list(map(_restored, read, made)))
    least = unsure_below(engine)  # now, while other batches keep the cores busy
    is_attentive = any(hypothesis.alignments for hypothesis in hypotheses)

    checked = partial(_checked, spec.target, glossary, least)
    each = spread if prefers_gpu(spec.hardware) else map  # a processor's cores decode other batches meanwhile
    segments = list(each(checked, zip(requests, hypotheses, strict=True)))
    for ways in _second_thoughts(engine, glossary):
        for index, way, other in _decoded_again(engine, ways, requests, segments):
            if other and any(map(way.mends, _checks(segments[index]))):
                again = proven([other])[0] if is_attentive else replace(other, alignments=())
                if way.has_terms:
                    signature = _signed(f"{again.signature}|terms", glossary, requests[index].repaired)
                    again = replace(again, signature=signature)
                segments[index] = better_of(segments[index], checked((requests[index], again)))
    for index, segment in enumerate(segments):
        if "glossary" in _checks(segment):  # tried, once for these terms
            signature = _signed(segment.signature, glossary, requests[index].repaired)
            segments[index] = replace(segment, signature=signature)
    _require(engine, spec)
    return segments


def _checked(
    target: str, glossary: Glossary, unsure_below: float | None, made: tuple[Request, Hypothesis]
) -> Segment:
    request, hypothesis = made
    return finished(request, replace(hypothesis, unsure_below=unsure_below), target, glossary)


def _checks(segment: Segment) -> list[str]:
    """Return the checks that a segment fails; a phrase that it merely doubles is a doubt, and no loop."""
    doubled = Finding("repetition", doubled_phrase(segment.target or "") or "")
    return ["doubled" if finding == doubled else finding.check for finding in segment.findings]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to decode doubtful sentences again."""

    mends: Callable[[str], bool]
    """Whether it may mend what a check finds."""
    attempt: int | None = None
    """Which of the engine's other decodings it takes; None for the first translation's."""
    spared: Collection[SpanKind] = UNREAD
    """What no model reads then."""
    source_of: Callable[[Request], str | None] = attrgetter("repaired")
    """What it reads for a request; None where that would be nothing else."""
    has_terms: bool = False
    """Whether that has terms of the glossary in it."""


def _second_thoughts(engine: Engine, glossary: Glossary) -> Iterator[list[_Way]]:
    """Return the ways to decode again.

    Those that come together are tried at once, the first of them to mend a sentence counts. What is no
    translation at all is decoded in clauses at last. For any other doubt that would be worse than the doubt: a
    clause alone makes a model invent. Of 39 news sentences that were decoded in clauses for a number, 5 said
    what no source did.
    """

    def is_doubt(check: str) -> bool:
        return check not in BROKEN | NOT_DECODED_AGAIN

    def with_stand_ins(request: Request) -> str | None:
        return request.repaired if shielded(request.repaired, request.language).stand_ins else None

    def with_terms(request: Request) -> str | None:
        written = glossary.insert(request.repaired)
        return None if written == request.repaired else written

    broken = [_Way(BROKEN.__contains__, attempt) for attempt in range(1, engine.attempts)]
    yield [
        _Way("latin".__eq__, spared=UNTOUCHED),
        _Way(is_doubt, spared=(), source_of=with_stand_ins),
        _Way(is_doubt, attempt=0),
        *broken[:1],
    ]
    yield from ([way] for way in broken[1:])
    yield [_Way("glossary".__eq__, source_of=with_terms, has_terms=True)]


def _decoded_again(
    engine: Engine, ways: Sequence[_Way], requests: Sequence[Request], segments: Sequence[Segment]
) -> list[tuple[int, _Way, Hypothesis | None]]:
    """Decode what each way may mend: by index, in the order of the ways.

    Each way has so few sentences that cores would be idle, and a call costs nearly as much for few as for more.
    So those that decode alike share a call, and calls go at once.
    """
    doubtful = [
        (index, way, source)
        for way in ways
        for index, segment in enumerate(segments)
        if any(map(way.mends, _checks(segment))) and (source := way.source_of(requests[index])) is not None
    ]
    calls: dict[int | None, list[int]] = {}
    for place, (_, way, _) in enumerate(doubtful):
        calls.setdefault(way.attempt, []).append(place)

    def decoded(attempt: int | None) -> list[Hypothesis | None]:
        asked = [doubtful[place] for place in calls[attempt]]
        read = [_read(engine, source, requests[index].language, way.spared) for index, way, source in asked]
        texts = [each.shield.text for each in read]
        made = engine.translate(texts) if attempt is None else engine.retranslate(texts, attempt)
        return [other and _restored(each, other) for each, other in zip(read, made, strict=True)]

    with ThreadPoolExecutor(max(1, len(calls))) as threads:
        made = dict(zip(chain(*calls.values()), chain(*threads.map(decoded, calls)), strict=True))
    return [(index, way, made[place]) for place, (index, way, _) in enumerate(doubtful)]


class _Read(NamedTuple):
    """What a model may read of a source."""

    shield: Shielded
    unread: str
    """Letters of the source that the model cannot read."""


def _read(engine: Engine, source: str, language: str, kinds: Collection[SpanKind] = UNREAD) -> _Read:
    """Put stand-ins for spans of these kinds; where every letter may be a word, for letters unread as well.

    Without those 𠮷田先生 was "Mr. Hata".
    """
    shield = shielded(source, language, kinds)
    unread = engine.unread(shield.text)
    if unread and is_unspaced(language):
        shield = shielded(source, language, kinds, unread.split())
    return _Read(shield, unread)


def _restored(read: _Read, hypothesis: Hypothesis) -> Hypothesis:
    """Return what was made of a source as if the model had read all of it."""
    return replace(hypothesis, text=read.shield.restored(hypothesis.text), unread=read.unread)


def better_of(first: Segment, again: Segment) -> Segment:
    """Return the better of two translations of a sentence: the first, unless the other has fewer findings.

    Unless the first is no translation at all, or lacks what people want to read, the other must be close to
    it, and the model no less sure of it: else it may say something else.
    """
    if len(again.findings) >= len(first.findings):
        return first
    if {*BROKEN, "glossary"}.intersection(_checks(first)):
        return again
    texts = [(segment.target or "")[:LOOKED_AT] for segment in (first, again)]
    is_close = SequenceMatcher(None, texts[0], texts[1], autojunk=False).ratio() >= CLOSE
    return again if is_close and _score(again) >= _score(first) - LESS_SURE else first


def _score(segment: Segment) -> float:
    return -math.inf if segment.score is None else segment.score


def finished(request: Request, hypothesis: Hypothesis, target: str, glossary: Glossary) -> Segment:
    """Return a hypothesis as a segment: cleaned up, with the glossary's spellings, and checked."""
    cleaned = postprocess(hypothesis.text, request.repaired, in_parts="|parts:" in hypothesis.signature)
    cleaned = spelled_as_in_source(cleaned, request.repaired, request.language)
    text = glossary.enforce(cleaned, request.repaired)
    signature = hypothesis.signature
    if text != cleaned:
        signature = _signed(signature, glossary, request.repaired)
    mended = []
    if (quoted := with_quotations(hypothesis, text, request.language)) != text:
        mended.append("quotation")
    pair = Pair(
        *(request.repaired, quoted, request.language, target),
        *(hypothesis.score, hypothesis.unsure_below, hypothesis.unread),
    )
    if (text := with_currency(pair, lambda: links_of(hypothesis, request.repaired, quoted))) != quoted:
        mended.append("currency")
        pair = replace(pair, target=text)
    findings = quality_findings(pair, glossary)
    links = links_moved(hypothesis.links, hypothesis.text, text) or links_of(hypothesis, request.source, text)
    return Segment(
        *(request.source, text, "machine", signature, hypothesis.score, findings),
        links=links,
        mended=hypothesis.mended or tuple(mended),
    )


def as_made(segment: Segment) -> Hypothesis:
    """Return the hypothesis that a machine's segment was made of, with what no check can find out again."""
    found = {finding.check: finding.detail for finding in segment.findings}
    unsure_below = math.inf if "score" in found else -math.inf
    return Hypothesis(
        *(segment.target or "", segment.score, segment.signature, unsure_below, found.get("unread", "")),
        links=segment.links,
        mended=segment.mended,
    )


def _signed(signature: str, glossary: Glossary, source: str) -> str:
    """Return a signature that says with which terms of the glossary; the first to be named stay."""
    return signature if "+glossary" in signature else f"{signature}+glossary:{glossary.hash_of(source)}"


def terms_in(signature: str) -> str:
    """Return the hash of the terms that a target was made with, or tried with; `?` for terms unknown."""
    found = _WITH_TERMS.search(signature)
    return (found[1] or (found[0] and "?")) if found else ""


def settings_in(signature: str) -> str:
    """Return a signature without what differs from sentence to sentence."""
    return re.sub(r"\|parts:\d+", "", _WITH_TERMS.sub("", signature))


def shared_engine(spec: EngineSpec, threads: int | None = None) -> Engine | None:
    """Return this process's engine for a spec; None where this machine has no model for it.

    Raises `ModelError` when the model is damaged, is not the trusted one, or not of the right signature.
    """
    key = (spec, threads)
    with _loading:
        if key not in _engines:
            try:
                engine = load_engine(spec, threads)
                _require(engine, spec)
            except DigestError as error:
                raise ModelError(str(error)) from error
            if engine is None:
                return None
            _engines[key] = engine
        _require(_engines[key], spec)
        return _engines[key]


def _require(engine: Engine | None, spec: EngineSpec) -> None:
    """Raise `ModelError` where an engine is not what its spec names, or no longer, since its GPU failed."""
    signature = engine.signature if engine else ""  # loads the model
    if engine and spec.signature not in ("", signature):
        raise ModelError(signature_difference(signature, spec.signature))


def forget_engines() -> None:
    """Load engines anew when they are next asked for: models may have come or changed meanwhile."""
    _engines.clear()


def engine_signature(spec: EngineSpec, threads: int | None = None) -> str | None:
    """Return what this machine's engine calls itself; None and `ModelError` like `shared_engine`."""
    engine = shared_engine(spec, threads)
    return None if engine is None else engine.signature


def signature_difference(found: str, wanted: str) -> str:
    """Say in which parts two signatures differ."""
    ours, theirs = found.split("|"), wanted.split("|")
    has = ", ".join(part for part in ours if part not in theirs) or found
    wants = ", ".join(part for part in theirs if part not in ours) or wanted
    return f"has {has}, not {wants}; install the same everywhere"
