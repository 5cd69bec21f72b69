"""The record behind each page: a `Translation` as JSON, published beside it.

It is the translation lock: rendering again needs nothing else, and when an article changes, only its new
sentences go to an engine.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote as percent_encoded

from generator.config import Settings
from generator.model import (
    Article,
    Digest,
    DigestError,
    Document,
    Finding,
    KnownName,
    Link,
    Origin,
    Repair,
    Segment,
    Sentence,
    SubjectKind,
    Translation,
)

FORMAT = 1
_ORIGINS = frozenset(get_args(Origin))


def record_path(target: str, slug: str) -> str:
    """Return a record's place below the docs folder."""
    return f"{target}/articles/{slug}/article.json"


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a digest, by the slugs of their articles."""

    docs: Path
    target: str

    @classmethod
    def of(cls, settings: Settings) -> Records:
        """Return the records of the digest with these settings."""
        return cls(settings.docs, settings.target)

    def path(self, slug: str) -> str:
        """Return a record's place below the docs folder."""
        return record_path(self.target, slug)

    def file(self, slug: str) -> Path:
        """Return a record's file."""
        return self.docs / self.path(slug)

    def load(self, slug: str) -> Translation:
        """Read one record. Raises `DigestError` when there is none that can be read."""
        return self._parsed(slug, parse_record)

    def quote(self, slug: str, places: Iterable[int]) -> Translation:
        """Return what `load(slug).only(places)` is, and look at no other sentence; raises as it does."""
        return self._parsed(slug, partial(parse_record, places=tuple(places)))

    def _parsed(self, slug: str, parse: Callable[[bytes, str], Translation]) -> Translation:
        file = self.file(slug)
        try:
            return parse(file.read_bytes(), str(file))
        except OSError as error:
            raise DigestError(f"{file}: cannot be read ({error.strerror}); run digest generate") from error

    def all(self) -> Iterator[Translation]:
        """Read every record, in the order of the slugs. Raises `DigestError` for one that cannot be read."""
        for file in sorted(self.docs.glob(self.path("*"))):
            yield self.load(file.parent.name)

    def language_pairs(self) -> list[str]:
        """Return the language pairs, such as ar-en, that articles have or want machine translations for."""
        pairs = {pair for translation in self.all() for pair in translation.language_pairs("machine", "none")}
        return sorted(pairs)


def dump_record(translation: Translation) -> bytes:
    """Return the record of a translation, readable and with its keys in a fixed order."""
    digest = translation.digest
    document = digest.document
    article = asdict(document.article)
    del article["paragraphs"], article["title"], article["language"]
    title = _segment(translation.title)
    rows = [
        _sentence(sentence, score) | _segment(segment)
        for sentence, score, segment in zip(
            document.sentences, digest.scores, translation.segments, strict=True
        )
    ]
    content = {
        "format": FORMAT,
        **{name: value for name, value in article.items() if value not in (None, (), 0)},
        "language": document.language,
        "confidence": document.confidence,
        "declared_language": document.article.language,
        "target_language": translation.target_language,
        **_annotated([title, *rows]),
        "title": {"published": document.article.title is not None, **title},
        "picked": digest.picked,
        **({"names": [asdict(name) for name in translation.names]} if translation.names else {}),
        "sentences": rows,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "replace")  # an unpaired surrogate is no text anywhere


def _annotated(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Add each machine's confidence by the names of W3C ITS 2.0, section 8.18; `parse_record` ignores them.

    `mtConfidence` is the geometric mean of the probabilities of the tokens, from 0 to 1; `annotatorsRef`
    names the engine that says so, once for the whole record unless there are several.
    """
    machine = [row for row in rows if "score" in row]
    engines = {_annotator(row["signature"]) for row in machine}
    for row in machine:
        row["mtConfidence"] = round(min(math.exp(row["score"]), 1.0), 4)
        if len(engines) > 1:
            row["annotatorsRef"] = _annotator(row["signature"])
    return {"annotatorsRef": engines.pop()} if len(engines) == 1 else {}


def _annotator(signature: str) -> str:
    engine = "+".join(part.split("|", maxsplit=1)[0] for part in signature.split(" > "))
    return f"mt-confidence|{percent_encoded(engine, safe=':+', errors='replace')}"


def _segment(segment: Segment) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "source": segment.source,
        "target": segment.target,
        "origin": segment.origin,
        "signature": segment.signature,
        "score": segment.score,
        "findings": [asdict(finding) for finding in segment.findings],
        "reviewed_by": segment.reviewed_by,
        "reviewed_on": segment.reviewed_on,
        "links": " ".join("{}-{}={}-{}".format(*link) for link in segment.links),
        "mended": list(segment.mended),
    }
    return {name: value for name, value in fields.items() if value not in ("", []) and value is not None}


def _sentence(sentence: Sentence, score: float) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "paragraph": sentence.paragraph,
        "start": sentence.start,
        "end": sentence.end,
        "language": sentence.language,
        "salience": round(score, 6),
    }
    if sentence.repairs:
        fields["repairs"] = [asdict(repair) for repair in sentence.repairs]
    return fields


def parse_record(content: bytes, name: str, places: Sequence[int] | None = None) -> Translation:
    """Read a record called `name` back; its paragraphs are its sentences with blanks between them.

    Only the sentences at some places, where such are given. Raises `DigestError` for anything that is no record
    of this format.
    """
    try:
        fields = json.loads(content)
        if fields["format"] != FORMAT:
            raise ValueError(f"format {fields['format']!r}")
        if places is not None:
            fields |= {"sentences": [fields["sentences"][place] for place in places], "picked": ()}
        _refuse_strange_names(fields)
        return _translation(fields)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DigestError(
            f"{name}: is not a record of this version ({error}); delete it and run again"
        ) from error


def _refuse_strange_names(fields: dict[str, Any]) -> None:
    """Refuse what becomes part of a path or a class as it is, and that no run of ours has written."""
    rows = fields["sentences"]
    codes = {fields["language"], fields["target_language"], *(row["language"] for row in rows)}
    strange = sorted(code for code in codes if not re.fullmatch("[a-z]{2,8}", code))
    strange += sorted({row["origin"] for row in [fields["title"], *rows]} - _ORIGINS)
    strange += [row["kind"] for row in fields.get("names", ()) if row["kind"] not in get_args(SubjectKind)]
    names = (fields["slug"], *fields.get("aliases", ()))
    strange += [name for name in names if not re.fullmatch(r"[^./\\\0][^/\\\0]*", name)]
    if strange:
        raise ValueError(f"strange name {strange[0]!r}")


def _translation(fields: dict[str, Any]) -> Translation:
    rows = fields["sentences"]
    sentences = tuple(
        Sentence(
            text=row["source"],
            paragraph=row["paragraph"],
            start=row["start"],
            end=row["end"],
            language=row["language"],
            repairs=tuple([Repair(**repair) for repair in row["repairs"]]) if "repairs" in row else (),
        )
        for row in rows
    )
    article = Article(
        seed=fields["seed"],
        slug=fields["slug"],
        paragraphs=_paragraphs(sentences),
        title=fields["title"]["source"] if fields["title"]["published"] else None,
        language=fields["declared_language"],
        **{name: fields.get(name) for name in ("published", "added", "author", "source", "url", "licence")},
        topics=tuple(fields.get("topics", ())),
        changes=tuple(fields.get("changes", ())),
        aliases=tuple(fields.get("aliases", ())),
        pictures=int(fields.get("pictures", 0)),
        also=tuple(fields.get("also", ())),
        archived=fields.get("archived") is True,
    )
    document = Document(article, fields["language"], fields["confidence"], sentences)
    digest = Digest(document, tuple(fields["picked"]), tuple(row["salience"] for row in rows))
    segments = tuple(_read_segment(row) for row in rows)
    known = fields.get("names", ())
    names = tuple(KnownName(tuple(row["sources"]), tuple(row["targets"]), row["kind"]) for row in known)
    return Translation(digest, fields["target_language"], _read_segment(fields["title"]), segments, names)


def _read_segment(row: dict[str, Any]) -> Segment:
    return Segment(
        source=row["source"],
        target=row.get("target"),
        origin=row["origin"],
        signature=row.get("signature", ""),
        score=row.get("score"),
        findings=tuple([Finding(**finding) for finding in row["findings"]]) if "findings" in row else (),
        reviewed_by=row.get("reviewed_by", ""),
        reviewed_on=row.get("reviewed_on", ""),
        links=_links(row) if "links" in row else (),
        mended=tuple(row.get("mended", ())),
    )


_NUMBER = re.compile("[0-9]+")
_LINKS = re.compile("[0-9]+-[0-9]+=[0-9]+-[0-9]+(?: [0-9]+-[0-9]+=[0-9]+-[0-9]+)*")


def _links(row: dict[str, Any]) -> tuple[Link, ...]:
    """Read which word became which: `3-5=0-8` says `source[3:5]` and `target[0:8]`, in Unicode characters.

    What does not point into both, so that no run of ours has written it, is an error.
    """
    if not _LINKS.fullmatch(row["links"]):
        raise ValueError(f"strange links {row['links'][:80]!r}")
    numbers = list(map(int, _NUMBER.findall(row["links"])))
    links = tuple(map(Link, numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4]))
    longest, longest_target = len(row["source"]), len(row["target"])
    for start, end, target_start, target_end in links:
        if not (start < end <= longest and target_start < target_end <= longest_target):
            raise ValueError(f"strange link {start}-{end}={target_start}-{target_end}")
    return links


def _paragraphs(sentences: tuple[Sentence, ...]) -> tuple[str, ...]:
    paragraphs = [""] * (max((sentence.paragraph for sentence in sentences), default=-1) + 1)
    for sentence in sentences:
        paragraphs[sentence.paragraph] = paragraphs[sentence.paragraph].ljust(sentence.start) + sentence.text
    return tuple(paragraphs)
