"""`Profile`: what of an article decides on its connections, small enough to be kept for every article."""

from __future__ import annotations

import json
import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass, fields
from sys import intern
from typing import Any, NamedTuple

from generator.model import SubjectKind

SEEN = 60
"""Sentences, the headline among them, whose words can be told to translate each other."""


class Name(NamedTuple):
    """A proper name in one article."""

    title: str
    """In the target language."""
    kind: SubjectKind
    sentences: int
    """How many mention it."""
    sources: tuple[str, ...] = ()
    """How the source writes it, as the glossary says or as sound or its sentences tell."""
    known: bool = False
    """Whether the glossary has it."""
    is_place: bool = False
    """Whether it stands where places do: in it, near it."""
    is_sure: bool = True
    """Whether it stands amid a sentence too; at the head of one anything has a capital."""
    where: int = 0
    """Bits of the sentences that mention it, as of terms."""


class Term(NamedTuple):
    """A word or a phrase in one article."""

    stem: str
    """What its forms have in common."""
    title: str
    """As readers should see it."""
    sentences: int
    """How many mention it."""
    where: int = 0
    """Bits of the sentences that mention it: 1 is the headline, 2 the first sentence; none beyond `SEEN`."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What connections are drawn from, for one article."""

    slug: str
    language: str
    target_language: str
    published: str | None
    is_translated: bool
    """Whether most of it can be read in the target language."""
    names: tuple[Name, ...]
    words: tuple[Term, ...]
    """Of the target side, the weightiest first."""
    source_words: tuple[Term, ...]
    """Of the source side, the weightiest first."""
    aligned: tuple[Term, ...]
    """More of the source side: words, and runs of words, that may be what it calls the topics."""
    topics: tuple[Term, ...]
    """Candidates of the target side: heads of noun phrases, and such phrases."""
    declared: tuple[str, ...]
    """Topics as the publisher gave them."""
    sketch: tuple[int, ...]
    """The smallest hashes of runs of words of the source, to estimate how much text two articles share."""


def dump_profile(profile: Profile) -> bytes:
    """Return a profile as one line of JSON in UTF-8."""
    *rows, numbers = (getattr(profile, field.name) for field in fields(Profile))
    packed = struct.pack(f"<{len(numbers)}I", *numbers)
    short = [[*map(_short, row)] if isinstance(row, tuple) else row for row in rows]
    text = json.dumps([*short, b64encode(packed).decode()], ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _short(item: Name | Term | str) -> object:
    """Leave out spellings that are stems."""
    return item._replace(title="") if isinstance(item, Term) and item.stem == item.title else item


def load_profile(text: bytes) -> Profile:
    """Read back what `dump_profile` gave."""
    slug, language, target_language, published, translated, names, *terms, declared, sketch = json.loads(text)
    target, source, aligned, topics = terms
    return Profile(
        slug=slug,
        language=language,
        target_language=target_language,
        published=published,
        is_translated=translated,
        names=tuple(
            [
                Name(intern(title), kind, count, tuple(map(intern, row)), *rest)
                for title, kind, count, row, *rest in names
            ]
        ),
        words=_terms(target),
        source_words=_terms(source),
        aligned=_terms(aligned),
        topics=_terms(topics),
        declared=tuple(declared),
        sketch=tuple(number for (number,) in struct.iter_unpack("<I", b64decode(sketch))),
    )


def _terms(rows: list[list[Any]]) -> tuple[Term, ...]:
    """Return the terms of rows; articles share most of their words, so each is kept but once."""
    return tuple(
        [Term(intern(stem), intern(title or stem), count, where) for stem, title, count, where in rows]
    )
