"""How an article was translated, in words: readers must be able to tell a machine's work from a person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from generator.languages.protected_spans import has_words
from generator.model import Origin, Segment, Translation
from generator.render.escape import encode
from generator.render.listed_article import ListedArticle
from generator.render.strings import Strings


def how_translated(translation: Translation, says: Strings, *, names_reviewers: bool = False) -> str:
    """Say from which language, by whom, with which engine, and what needs care; encoded HTML.

    Reviewers are named only where that is asked for.
    """
    segments = translation.segments
    counts = Counter(
        segment.origin
        for sentence, segment in translation.pairs()
        if segment.origin != "original" or has_words(segment.source, sentence.language)
    )
    target = says.language_name(translation.target_language)
    if set(counts) <= {"original"}:
        return encode(says("provenance.only", language=target))
    source = says.language_name(translation.digest.document.language)
    if not translation.title.target and set(counts) == {"none"}:
        return encode(says("provenance.untranslated", source=source, target=target))
    reviewers = sorted({each.reviewed_by for each in segments if each.reviewed_by}) if names_reviewers else []
    facts = _by_whom(counts, segments, reviewers, target, says)
    if translation.title.origin == "machine" and "machine" not in counts:
        facts.append(encode(says("provenance.title_machine")))
    care = [number for number, segment in enumerate(segments, 1) if segment.findings]
    if care:
        said = encode(says.count("provenance.care", len(care), total=len(segments)))
        facts.append(f'<a class="care" href="#s{care[0]}">{said}</a>')
    pair = encode(says("provenance.pair", source=source, target=target))
    return pair + says("provenance.heading_separator") + says("provenance.separator").join(facts)


def _by_whom(
    counts: Counter[Origin], segments: tuple[Segment, ...], reviewers: list[str], target: str, says: Strings
) -> list[str]:
    """Say who translated: without figures where it is the same for all, else with the number of each."""
    named = engine_names(segment.signature for segment in segments if segment.origin == "machine")
    machine = f'<bdi dir="ltr">{encode(", ".join(named))}</bdi>'
    people = ", ".join(f"<bdi>{encode(name)}</bdi>" for name in reviewers)
    who = {"machine": machine if named else "", "reviewed": people}
    if len(counts) == 1:
        (origin,) = counts
        if origin == "machine" and named:
            return [says("provenance.machine", engine=machine)]
        return [_by_one(origin, says) + (f" ({people})" if origin == "reviewed" and people else "")]
    facts = []
    for origin in get_args(Origin):
        if counts[origin]:
            fact = encode(says.count(f"provenance.{origin}_count", counts[origin], language=target))
            facts.append(f"{fact} ({who[origin]})" if who.get(origin) else fact)
    return facts


def _by_one(origin: Origin, says: Strings) -> str:
    return encode(says("provenance.machine_unnamed" if origin == "machine" else f"provenance.{origin}"))


def origins(article: ListedArticle, says: Strings) -> Iterator[tuple[str, str]]:
    """Say who translated an article: each origin with its encoded words, and what needs care."""
    translated = [(origin, count) for origin, count in article.origins if origin != "original"]
    for origin, count in translated:
        if len(translated) == 1:
            yield origin, _by_one(origin, says)
        else:
            yield origin, encode(says.count(f"provenance.{origin}_count", count))
    if article.findings:
        yield "care", encode(says.count("provenance.care", article.findings, total=article.sentences))


def engine_names(signatures: Iterable[str]) -> list[str]:
    """Return the name, the language pair and the version of each engine that signed, each once, in order."""
    return list(
        dict.fromkeys(", ".join(map(_engine, signature.split(" > "))) for signature in signatures if signature)
    )


def _engine(signature: str) -> str:
    """Read `argos:zh-en:1.9:…|…` as `Argos zh→en 1.9`."""
    name, *rest = signature.split("|", maxsplit=1)[0].split(":")
    pair, version = [*rest, "", ""][:2]
    return " ".join(part for part in (name[:1].upper() + name[1:], pair.replace("-", "→"), version) if part)
