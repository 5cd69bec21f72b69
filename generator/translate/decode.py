"""Decode one batch of sentences, here or on a worker of a cluster, with the same result."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from threading import Lock

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
    hypotheses = proven(list(_translated(engine, requests)))
    least = unsure_below(engine)  # now, while other batches keep the cores busy
    is_attentive = any(hypothesis.alignments for hypothesis in hypotheses)

    checked = partial(_checked, spec.target, glossary, least)
    each = spread if prefers_gpu(spec.hardware) else map  # a processor's cores decode other batches meanwhile
    segments = list(each(checked, zip(requests, hypotheses, strict=True)))
    for ways in _second_thoughts(engine, glossary):
        for index, other, mends in _decoded_again(ways, requests, segments):
            if other and any(map(mends, _checks(segments[index]))):
                again = proven([other])[0] if is_attentive else replace(other, alignments=())
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


_Mends = Callable[[str], bool]
_Decode = Callable[[Sequence[Request]], Iterable[Hypothesis | None]]
_Way = tuple[_Mends, _Decode]


def _decoded_again(
    ways: Sequence[_Way], requests: Sequence[Request], segments: Sequence[Segment]
) -> list[tuple[int, Hypothesis | None, _Mends]]:
    """Decode what each way may mend, all ways at once: each has so few sentences that cores would be idle."""
    doubtful = [
        [index for index, segment in enumerate(segments) if any(map(mends, _checks(segment)))]
        for mends, _ in ways
    ]
    with ThreadPoolExecutor(len(ways)) as threads:
        made = threads.map(
            lambda way, indexes: list(way[1]([requests[index] for index in indexes])), ways, doubtful
        )
        return [
            (index, other, mends)
            for (mends, _), indexes, others in zip(ways, doubtful, made, strict=True)
            for index, other in zip(indexes, others, strict=True)
        ]


def _second_thoughts(engine: Engine, glossary: Glossary) -> Iterator[list[_Way]]:
    """Return the ways to decode again, each behind the test for the findings that it may mend.

    Those that come together are tried at once, the first of them to mend a sentence counts. What is no
    translation at all is decoded in clauses at last. For any other doubt that would be worse than the doubt: a
    clause alone makes a model invent. Of 39 news sentences that were decoded in clauses for a number, 5 said
    what no source did.
    """

    def is_doubt(check: str) -> bool:
        return check not in BROKEN | NOT_DECODED_AGAIN

    broken: list[_Way] = [
        (BROKEN.__contains__, partial(_retranslated, engine, attempt=attempt))
        for attempt in range(1, engine.attempts)
    ]
    yield [
        ("latin".__eq__, lambda requests: _translated(engine, requests, UNTOUCHED)),
        (is_doubt, lambda requests: _unshielded(engine, requests)),
        (is_doubt, lambda requests: _retranslated(engine, requests, 0)),
        *broken[:1],
    ]
    yield from ([way] for way in broken[1:])
    yield [("glossary".__eq__, lambda requests: _with_terms(engine, glossary, requests))]


def _translated(
    engine: Engine, requests: Sequence[Request], kinds: Collection[SpanKind] = UNREAD
) -> Iterator[Hypothesis]:
    """Translate what a model may read of each request: spans of these kinds it may not."""
    shields = [_shielded(engine, request, kinds) for request in requests]
    hypotheses = engine.translate(shield.text for shield, _ in shields)
    for (shield, unread), hypothesis in zip(shields, hypotheses, strict=True):
        yield replace(hypothesis, text=shield.restored(hypothesis.text), unread=unread)


def _shielded(engine: Engine, request: Request, kinds: Collection[SpanKind]) -> tuple[Shielded, str]:
    """Return what a model may read of a request, and the letters of it that it cannot.

    Where every letter may be a word they get stand-ins: 𠮷田先生 was "Mr. Hata".
    """
    shield = shielded(request.repaired, request.language, kinds)
    unread = engine.unread(shield.text)
    if unread and is_unspaced(request.language):
        shield = shielded(request.repaired, request.language, kinds, unread.split())
    return shield, unread


def _unshielded(engine: Engine, requests: Sequence[Request]) -> Iterator[Hypothesis | None]:
    """Translate sources as they are; None where nothing stood in for anything."""
    had = [request for request in requests if shielded(request.repaired, request.language).stand_ins]
    return _those_of(requests, had, _translated(engine, had, ()))


def _those_of(
    requests: Sequence[Request], some: Sequence[Request], made: Iterable[Hypothesis]
) -> Iterator[Hypothesis | None]:
    """Return what was made of some of the requests, for each of them all in order."""
    found = dict(zip(some, made, strict=True))
    return (found.get(request) for request in requests)


def _retranslated(engine: Engine, requests: Sequence[Request], attempt: int) -> Iterator[Hypothesis | None]:
    shields = [_shielded(engine, request, UNREAD) for request in requests]
    others = engine.retranslate([shield.text for shield, _ in shields], attempt)
    for (shield, unread), other in zip(shields, others, strict=True):
        yield other and replace(other, text=shield.restored(other.text), unread=unread)


def _with_terms(engine: Engine, glossary: Glossary, requests: Sequence[Request]) -> Iterator[Hypothesis | None]:
    """Translate sources with the glossary's terms written into them; None where there are none to write."""
    texts = {request: glossary.insert(request.repaired) for request in requests}
    written = [request for request, text in texts.items() if text != request.repaired]
    made = _translated(engine, [replace(request, repaired=texts[request]) for request in written])
    for request, other in zip(requests, _those_of(requests, written, made), strict=True):
        yield other and replace(
            other, signature=_signed(f"{other.signature}|terms", glossary, request.repaired)
        )


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
