"""What lists need to know of an article, light enough to hold thousands."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import astuple, dataclass, field

from generator.model import Origin, Segment, Translation


@dataclass(frozen=True, slots=True)
class Line:
    """A headline or a sentence in both languages."""

    source: str
    source_language: str
    target: str | None
    target_language: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as lists show it."""

    slug: str
    language: str
    title: Line
    summary: tuple[Line, ...]
    published: str | None
    source: str | None
    topics: tuple[str, ...]
    origins: tuple[tuple[Origin, int], ...]
    """How many sentences are of each origin; origins that do not occur are left out."""
    findings: int
    """How many sentences a quality check objects to."""
    content: str = field(repr=False)
    """A hash of all sentences and what was made of them. It is no part of what lists show."""
    version: str = field(repr=False)
    """A hash of what a row shows of it."""

    @property
    def sentences(self) -> int:
        """How many sentences the article has."""
        return sum(count for _, count in self.origins)


def entry(translation: Translation) -> Entry:
    """Return what lists show of a translated article."""
    digest, document = translation.digest, translation.digest.document
    target = translation.target_language
    title = line(translation.title, document.language, target)
    published, source = document.article.published, document.article.source
    return Entry(
        slug=document.article.slug,
        language=document.language,
        title=title,
        summary=tuple(
            line(translation.segments[index], document.sentences[index].language, target)
            for index in digest.picked
        ),
        published=published,
        source=source,
        topics=document.article.topics,
        origins=tuple(sorted(Counter(segment.origin for segment in translation.segments).items())),
        findings=sum(bool(segment.findings) for segment in translation.segments),
        content=_hash(translation.segments),
        version=_hash((document.article.slug, document.language, title, published, source)),
    )


def _hash(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


def dump_entry(entry: Entry) -> bytes:
    """Return an entry as one line of JSON in UTF-8."""
    return json.dumps(astuple(entry), ensure_ascii=False).encode("utf-8", "surrogatepass")


def load_entry(text: bytes) -> Entry:
    """Read an entry back."""
    slug, language, title, summary, published, source, topics, origins, *rest = json.loads(text)
    return Entry(
        slug,
        language,
        Line(*title),
        tuple(Line(*line) for line in summary),
        published,
        source,
        tuple(topics),
        tuple((origin, count) for origin, count in origins),
        *rest,
    )


def line(segment: Segment, source_language: str, target_language: str) -> Line:
    """Return a segment with the languages of its two sides."""
    return Line(segment.source, source_language, segment.target, target_language, segment.origin)
