"""How an article was translated, in the words of the interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from generator.model import Origin, Segment, Translation
from generator.render.escape import encode
from generator.render.strings import Words


def provenance(translation: Translation, words: Words) -> str:
    """Say from which language, by whom, with which engine, and what needs care; encoded HTML."""
    segments = translation.segments
    origins = Counter(segment.origin for segment in segments)
    target = words.language_name(translation.target_language)
    if set(origins) <= {"original"}:
        return encode(words("provenance.only", language=target))
    pair = words(
        "provenance.pair", source=words.language_name(translation.digest.document.language), target=target
    )
    facts = _origins(origins, segments, target, words)
    if translation.title.origin == "machine" and "machine" not in origins:
        facts.append(encode(words("provenance.title_machine")))
    care = sum(bool(segment.findings) for segment in segments)
    if care:
        facts.append(encode(words.count("provenance.care", care, total=len(segments))))
    return encode(pair) + words("provenance.heading_separator") + words("provenance.separator").join(facts)


def _origins(origins: Counter[Origin], segments: tuple[Segment, ...], target: str, words: Words) -> list[str]:
    """Say who translated: without figures where it is the same for all, else with the number of each."""
    named = engines(segment.signature for segment in segments if segment.origin == "machine")
    machine = f'<bdi dir="ltr">{encode(", ".join(named))}</bdi>'
    if len(origins) == 1:
        (origin,) = origins
        if origin == "machine" and named:
            return [words("provenance.machine", engine=machine)]
        return [encode(words("provenance.machine_unnamed" if origin == "machine" else f"provenance.{origin}"))]
    facts = []
    for origin in get_args(Origin):
        if origins[origin]:
            fact = encode(words.count(f"provenance.{origin}_count", origins[origin], language=target))
            facts.append(f"{fact} ({machine})" if origin == "machine" and named else fact)
    return facts


def engines(signatures: Iterable[str]) -> list[str]:
    """Return the name, the language pair and the version of each engine that signed, each once, in order."""
    return list(
        dict.fromkeys(", ".join(map(_engine, signature.split(" > "))) for signature in signatures if signature)
    )


def _engine(signature: str) -> str:
    """Read `argos:zh-en:1.9:…|…` as `Argos zh→en 1.9`."""
    name, *rest = signature.split("|", maxsplit=1)[0].split(":")
    pair, version = [*rest, "", ""][:2]
    return " ".join(part for part in (name[:1].upper() + name[1:], pair.replace("-", "→"), version) if part)
