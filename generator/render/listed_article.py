"""What lists, feeds and catalogues need to know of an article, light enough to hold tens of thousands."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

from generator.model import Digest, Origin, Segment, Translation

SHORT = 2
"""Sentences that stand for an article whose page marks none."""


def marked_summary(digest: Digest) -> tuple[int, ...]:
    """Return the sentences that an article's page marks as its summary.

    None where they would be over a third of it, or no more than its beginning, which readers see anyway.
    """
    picked, total = digest.picked, len(digest.document.sentences)
    return () if 3 * len(picked) > total or picked == tuple(range(len(picked))) else picked


class Line(NamedTuple):
    """A headline or a sentence in both languages."""

    source: str
    source_language: str
    target: str | None
    target_language: str
    origin: Origin

    @classmethod
    def of(cls, segment: Segment, source_language: str, target_language: str) -> Line:
        """Return a segment with the languages of its two sides."""
        return cls(segment.source, source_language, segment.target, target_language, segment.origin)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as lists show it.

    Its `repr` is short and still tells two apart that a row shows differently: pages are compared by it.
    """

    slug: str
    language: str = field(repr=False)
    title: Line = field(repr=False)
    summary: tuple[Line, ...] = field(repr=False)
    """Its most telling sentences: those that its page marks, else the first ones."""
    published: str | None = field(repr=False)
    """The date it declares, else the day on which it was added."""
    is_undated: bool = field(repr=False)
    """Whether it declares no date."""
    archived: bool = field(repr=False)
    source: str | None = field(repr=False)
    also: tuple[str, ...] = field(repr=False)
    """Who else published it."""
    topics: tuple[str, ...] = field(repr=False)
    aliases: tuple[str, ...] = field(repr=False)
    """Names that it had in addresses before."""
    origins: tuple[tuple[Origin, int], ...] = field(repr=False)
    """How many sentences are of each origin; origins that do not occur are left out."""
    findings: int = field(repr=False)
    """How many sentences a quality check objects to."""
    machines: tuple[tuple[str, str, int], ...] = field(repr=False)
    """The language and signature of sentences that machines translated, and how many have it."""
    content: str = field(repr=False)
    """A hash of all sentences and what was made of them. It is no part of what lists show."""
    version: str
    """A hash of what a row of a list shows of it."""
    interfaces: tuple[str, ...] = field(default=(), repr=False)
    """Languages that it has a page in because the digest's settings name them."""

    @classmethod
    def of(cls, translation: Translation, interfaces: tuple[str, ...] = ()) -> ListedArticle:
        """Return what lists show of a translated article; the site's settings name `interfaces`."""
        digest, document = translation.digest, translation.digest.document
        target = translation.target_language
        title = Line.of(translation.title, document.language, target)
        pairs = zip(document.sentences, translation.segments, strict=True)
        machines = Counter((each.language, made.signature) for each, made in pairs if made.origin == "machine")
        article = document.article
        own, published, source = article.published, article.day, article.source
        return cls(
            slug=article.slug,
            language=document.language,
            title=title,
            summary=tuple(
                Line.of(translation.segments[index], document.sentences[index].language, target)
                for index in marked_summary(digest) or digest.picked[:SHORT]
            ),
            published=published,
            is_undated=own is None,
            archived=article.archived,
            source=source,
            also=article.also,
            topics=article.topics,
            aliases=article.aliases,
            origins=tuple(sorted(Counter(segment.origin for segment in translation.segments).items())),
            findings=sum(bool(segment.findings) for segment in translation.segments),
            machines=tuple((*machine, count) for machine, count in sorted(machines.items())),
            content=_hash(translation.segments),
            version=_hash(
                (article.slug, document.language, title, published, source, own is None, article.also)
            ),
            interfaces=interfaces,
        )

    @property
    def sentences(self) -> int:
        """How many sentences the article has."""
        return sum(count for _, count in self.origins)

    def stands_in(self, tree: str) -> bool:
        """Return whether the article has a page in a tree."""
        return tree in (self.title.target_language, self.language, *self.interfaces)

    def as_row(self) -> ListedArticle:
        """Return as much as rows of lists show: each article travels with many of them to other processes."""
        return replace(self, summary=(), topics=(), aliases=(), machines=())

    def to_json(self) -> bytes:
        """Return the article as one line of JSON in UTF-8."""
        row = {each.name: getattr(self, each.name) for each in fields(self)}
        row |= {"title": self.title._asdict(), "summary": [line._asdict() for line in self.summary]}
        return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_json(cls, text: bytes) -> ListedArticle:
        """Read an article back; raises `ValueError` or `TypeError` for what is none of this version."""
        row: dict[str, Any] = json.loads(text)
        return cls(
            **row
            | {
                "title": Line(**row["title"]),
                "summary": tuple([Line(**line) for line in row["summary"]]),
                "topics": tuple(row["topics"]),
                "also": tuple(row["also"]),
                "aliases": tuple(row["aliases"]),
                "interfaces": tuple(row["interfaces"]),
                "origins": tuple([(origin, count) for origin, count in row["origins"]]),
                "machines": tuple([(language, name, count) for language, name, count in row["machines"]]),
            }
        )


def _hash(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]
