"""Decode one batch of sentences, here or on a worker of a cluster, with the same result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from generator.model import DigestError, Engine, Hypothesis, ModelError, Pair, Segment
from generator.translate.engines import EngineSpec, load_engine
from generator.translate.glossary import Glossary
from generator.translate.postprocess import postprocess
from generator.translate.quality_checks import quality_findings

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


def decode_batch(
    spec: EngineSpec, glossary: Glossary, requests: Sequence[Request], threads: int | None = None
) -> list[Segment] | None:
    """Return a segment for each request; None where this machine has no model for them.

    The same requests give the same segments on every machine; `threads` are the cores to use. Raises
    `ModelError` like `shared_engine`.
    """
    engine = shared_engine(spec, threads)
    if engine is None:
        return None
    hypotheses = engine.translate(request.repaired for request in requests)
    segments = [
        finished(request, hypothesis, spec.target, glossary)
        for request, hypothesis in zip(requests, hypotheses, strict=True)
    ]
    # Doubtful ones are decoded again in one way after the other; of all tries the one with the fewest findings
    # is taken, the earliest of several.
    for attempt in range(engine.attempts + 1):
        doubtful = [index for index, segment in enumerate(segments) if segment.findings]
        sources = [requests[index].repaired for index in doubtful]
        if attempt < engine.attempts:
            others = engine.retranslate(sources, attempt)
        else:
            others = _with_terms(engine, glossary, sources)
        for index, other in zip(doubtful, others, strict=True):
            if other:
                again = finished(requests[index], other, spec.target, glossary)
                segments[index] = min(segments[index], again, key=lambda segment: len(segment.findings))
    for index, segment in enumerate(segments):
        if any(finding.check == "glossary" for finding in segment.findings):  # tried, once for these terms
            signature = _signed(segment.signature, glossary, requests[index].repaired)
            segments[index] = replace(segment, signature=signature)
    return segments


def _with_terms(engine: Engine, glossary: Glossary, sources: Iterable[str]) -> Iterator[Hypothesis | None]:
    """Translate sources with the glossary's terms written into them; None where there are none to write."""
    written = {source: text for source in sources if (text := glossary.insert(source)) != source}
    found = dict(zip(written, engine.translate(written.values()), strict=True))
    for source in sources:
        other = found.get(source)
        yield other and replace(other, signature=_signed(f"{other.signature}|terms", glossary, source))


def finished(request: Request, hypothesis: Hypothesis, target: str, glossary: Glossary) -> Segment:
    """Return a hypothesis as a segment: cleaned up, with the glossary's spellings, and checked."""
    cleaned = postprocess(hypothesis.text, request.repaired)
    text = glossary.enforce(cleaned, request.repaired)
    signature = hypothesis.signature
    if text != cleaned:
        signature = _signed(signature, glossary, request.repaired)
    pair = Pair(request.repaired, text, request.language, target, hypothesis.score)
    findings = quality_findings(pair, glossary)
    return Segment(request.source, text, "machine", signature, hypothesis.score, findings)


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
                signature = engine.signature if engine else ""
            except DigestError as error:
                raise ModelError(str(error)) from error
            if engine is None:
                return None
            if spec.signature not in ("", signature):
                raise ModelError(signature_difference(signature, spec.signature))
            _engines[key] = engine
        return _engines[key]


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
