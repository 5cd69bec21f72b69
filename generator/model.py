"""The types that travel from stage to stage, all that these know of each other; and errors users can cause."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

UNKNOWN = "unknown"
"""The language of a text that identification declines to name."""


class DigestError(Exception):
    """Something that a user caused and can mend.

    Its text is one line that names the place (a file, a setting, a package) and the way out.
    Every other exception is a bug.
    """


class ModelError(DigestError):
    """A translation model that cannot be used; what others translate goes on."""


class FieldError(DigestError):
    """A mistake in what somebody declared of an article, which goes on without it."""


@dataclass(frozen=True, slots=True)
class Article:
    """What one seed says, before anything is understood of it."""

    seed: str
    """Path below the seeds folder, with forward slashes; `#entry` follows for one of several in a file."""
    slug: str
    """Names the article in addresses; unique in a digest, safe in a path."""
    paragraphs: tuple[str, ...]
    """The running text, one string a paragraph, exactly as published but for `changes`."""
    title: str | None = None
    """The headline as published; None where the seed has none."""
    language: str | None = None
    """The declared language code, to be checked; None where nothing is declared."""
    published: str | None = None
    """ISO 8601 date or time as declared; never guessed."""
    author: str | None = None
    source: str | None = None
    """Who published it: a newspaper, an agency, a site."""
    url: str | None = None
    licence: str | None = None
    topics: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """What reading changed in the bytes, one phrase each: an encoding decoded, controls removed."""
    aliases: tuple[str, ...] = ()
    """Names that it had in addresses before, and that still lead to it."""
    added: str | None = None
    """The day on which it came into the digest, where that is noted; counts where it declares no date."""
    pictures: int = 0
    """How many pictures stood in its text."""
    also: tuple[str, ...] = ()
    """Who else published the same."""
    archived: bool = False
    """Whether only the archive leads to it, and no list of what is new."""

    @property
    def day(self) -> str | None:
        """When it was published, else when it was added."""
        return self.published or self.added


@dataclass(frozen=True, slots=True)
class Identification:
    """A language and how sure of it identification is."""

    language: str
    """ISO 639 code as Argos packages use it, or `UNKNOWN`."""
    confidence: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged stretch of a sentence and what it should read."""

    start: int
    end: int
    text: str
    """Replaces `sentence[start:end]` for the machine and for search; the page shows what was published."""


def mended(text: str, repairs: tuple[Repair, ...]) -> str:
    """Return `text` with its repairs, which stand in order and apart, made."""
    for repair in reversed(repairs):
        text = text[: repair.start] + repair.text + text[repair.end :]
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands in its article."""

    text: str
    """Equals `article.paragraphs[paragraph][start:end]`."""
    paragraph: int
    start: int
    end: int
    language: str
    """Usually the document's; another where a paragraph is in another language."""
    repairs: tuple[Repair, ...] = ()

    @property
    def repaired(self) -> str:
        """The text with its damage mended, as the machine and the search read it."""
        return mended(self.text, self.repairs)


@dataclass(frozen=True, slots=True)
class Document:
    """An article, understood: its language and its sentences."""

    article: Article
    language: str
    confidence: float
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A document with its extractive summary."""

    document: Document
    picked: tuple[int, ...]
    """Indexes of the summary's sentences, in reading order."""
    scores: tuple[float, ...]
    """One for each sentence of the document; higher is more worth picking."""


BECAME = " → "
"""Stands in the details of findings between what the source says and what the translation made of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a quality check found in one segment."""

    check: str
    """The check's name; interface strings explain it in words."""
    detail: str = ""
    """What exactly, for instance the number that is missing."""


Span = tuple[int, int]
"""Where a stretch of a text begins and ends."""


class Link(NamedTuple):
    """A word, or a few in a row, of a source, and the word that a machine made of it."""

    start: int
    end: int
    """The word is `segment.source[start:end]`; where no blanks part words, it may be a part of one."""
    target_start: int
    target_end: int
    """Likewise in `segment.target`."""


Origin = Literal["reviewed", "machine", "none", "original"]
"""reviewed: settled by a person. machine: an engine's. none: not translated yet.
original: the source is in the target language already, or has no word."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A source sentence and its translation."""

    source: str
    target: str | None
    """None as long as nobody translated it, and where the source needs no translation."""
    origin: Origin
    signature: str = ""
    """Everything that can change this target: for a machine, engine, package, version and settings."""
    score: float | None = None
    """The engine's log-probability a token, length-normalised; None where no machine was asked."""
    findings: tuple[Finding, ...] = ()
    reviewed_by: str = ""
    """Who settled the target, where that is known."""
    reviewed_on: str = ""
    """When, as TMX writes it: 20261127T083500Z."""
    links: tuple[Link, ...] = ()
    """Which word became which, in the order of the target, where a machine's attention is sure of it."""
    mended: tuple[str, ...] = ()
    """What was put right in a machine's words after it had written them: `quotation`, `currency`."""


SubjectKind = Literal["topic", "person", "place", "organization", "name"]
"""name: a proper name of which nobody has said whose or what it is."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the glossary knows."""

    sources: tuple[str, ...]
    """How sources spell it."""
    targets: tuple[str, ...]
    """How it reads in the target language, the spelling to use first; `*` stands for any ending."""
    kind: SubjectKind


class PlacedSegment(NamedTuple):
    """A segment with its place in its article."""

    place: str
    """`title`, or `s` and the sentence's number: what its place is called on the article's page."""
    language: str
    """The source's."""
    segment: Segment


@dataclass(frozen=True, slots=True)
class Translation:
    """A digest with its translation, sentence by sentence."""

    digest: Digest
    target_language: str
    title: Segment
    segments: tuple[Segment, ...]
    """One for each sentence of the document, in the same order."""
    names: tuple[KnownName, ...] = ()
    """The names of the glossary that the document mentions."""

    def __post_init__(self) -> None:
        """Hold the alignment that every page depends on."""
        if len(self.segments) != len(self.digest.document.sentences):
            raise ValueError(
                f"{self.digest.document.article.seed}: {len(self.segments)} segments for "
                f"{len(self.digest.document.sentences)} sentences"
            )

    def pairs(self) -> Iterator[tuple[Sentence, Segment]]:
        """Return each sentence with its segment."""
        return zip(self.digest.document.sentences, self.segments, strict=True)

    def only(self, places: Iterable[int]) -> Translation:
        """Return the translation of some of the sentences alone, given by their indexes, without a summary."""
        places, digest = tuple(places), self.digest
        sentences = tuple([digest.document.sentences[place] for place in places])
        scores = tuple([digest.scores[place] for place in places])
        part = Digest(replace(digest.document, sentences=sentences), (), scores)
        return replace(self, digest=part, segments=tuple([self.segments[place] for place in places]))

    def language_pairs(self, *origins: Origin) -> Iterator[str]:
        """Return the language pair, such as ar-en, of each segment of these origins whose language is known."""
        for sentence, segment in self.pairs():
            if segment.origin in origins and sentence.language != UNKNOWN:
                yield f"{sentence.language}-{self.target_language}"

    def rows(self) -> Iterator[PlacedSegment]:
        """Return the headline and every sentence with its translation, in order."""
        document = self.digest.document
        yield PlacedSegment("title", document.language, self.title)
        for number, (sentence, segment) in enumerate(self.pairs(), 1):
            yield PlacedSegment(f"s{number}", sentence.language, segment)


@dataclass(frozen=True, slots=True)
class Subject:
    """A key term or a proper name with a page of its own, spelled in one way all over the site."""

    kind: SubjectKind
    slug: str
    """Names the page in addresses; unique among topics, and among all names."""
    title: str
    """In the target language."""
    sources: tuple[tuple[str, str], ...]
    """How sources write it: language and spelling."""
    articles: tuple[tuple[str, int], ...]
    """Slugs of the articles that mention it, and in how many sentences; most mentions first."""
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The indexes of the first sentences that mention a name in each of them; none of a topic."""


@dataclass(frozen=True, slots=True)
class Related:
    """An article that is near to another."""

    slug: str
    shared: tuple[str, ...]
    """Why: the names and terms that both share, the most telling first, as readers should see them."""
    duplicate: bool = False
    """Whether it says nearly the same in nearly the same words."""
    language: str = ""
    """Of what both share; empty for the target language."""


@dataclass(frozen=True, slots=True)
class Story:
    """Three or more articles about one thing."""

    slug: str
    """Names the page in addresses: the slug of the story's earliest article."""
    articles: tuple[str, ...]
    """Slugs, the most central article first."""
    shared: tuple[str, ...]
    """The names and terms that hold it together, the most telling first."""
    language: str = ""
    """Of these; empty for the target language."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an article."""

    slug: str
    sentence: int
    """Its index among the article's sentences."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing for which the articles of a story give different numbers."""

    about: tuple[str, ...]
    """The words around the number that the sentences share."""
    readings: tuple[tuple[str, Place], ...]
    """Each number as it is written there, and the sentence that says so."""
    language: str = ""
    """Of words and numbers; empty for the target language."""


@dataclass(frozen=True, slots=True)
class JointSummary:
    """What the articles of a story say together."""

    points: tuple[Place, ...]
    """The sentences to show, each from the article that says it best; no two say the same."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Connections:
    """How the articles of a digest hang together."""

    related: Mapping[str, tuple[Related, ...]]
    """For each article its nearest few, nearest first; articles without any are left out."""
    stories: tuple[Story, ...]
    subjects: tuple[Subject, ...]
    """Topics and names, the most mentioned first."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file to publish."""

    path: str
    """Below the docs folder, with forward slashes."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A file that can be made, and what tells whether it must be."""

    path: str
    """Below the docs folder, with forward slashes."""
    facts: object
    """All that the file shows: while its `repr` stays the same, so does the file. None: make it in each run."""
    make: Callable[[], bytes]

    def output(self) -> Output:
        """Make the file."""
        return Output(self.path, self.make())


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where in its source a model looked as it wrote: for one stretch that was decoded at once."""

    source: str
    """The stretch as the model read it; blanks and forms of letters may differ from the sentence's."""
    target: str
    """As it wrote it."""
    source_words: tuple[Span, ...]
    """In `source`; pieces of the model where no blanks part words."""
    target_words: tuple[Span, ...]
    weights: tuple[tuple[float, ...], ...]
    """For each word of the target which part of the attention each word of the source had."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What an engine makes of one sentence."""

    text: str
    score: float | None
    """Log-probability a token, length-normalised."""
    signature: str
    """Which engine, package, version and decoding made it."""
    unsure_below: float | None = None
    """The score under which this engine guesses, where that is known."""
    unread: str = ""
    """What of the source the engine has no pieces for."""
    alignments: tuple[Alignment, ...] = ()
    """One for each stretch; none where the engine can't tell."""
    links: tuple[Link, ...] = ()
    """What is left of the alignments, and `mended`, where an earlier run took the text into a segment."""
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, its translation by a machine, and what the machine thought of it."""

    source: str
    target: str
    source_language: str
    target_language: str
    score: float | None = None
    """None where no machine was asked."""
    unsure_below: float | None = None
    unread: str = ""


class Engine(Protocol):
    """A machine translation system for one language pair."""

    source: str
    target: str

    @property
    def signature(self) -> str:
        """Names everything that can change the output; it is the cache key and the provenance on the page."""
        ...

    @property
    def signatures(self) -> Collection[str]:
        """Every signature that a hypothesis may have, without the number of its parts."""
        ...

    def translate(self, sentences: Iterable[str]) -> Iterator[Hypothesis]:
        """Return one hypothesis for each sentence, in order, in bounded memory."""
        ...

    def unread(self, sentence: str) -> str:
        """Return the letters of a sentence that the engine has no pieces for, with blanks between them."""
        ...

    attempts: int
    """How many other ways there are to decode a sentence."""

    def retranslate(self, sentences: Iterable[str], attempt: int) -> Iterator[Hypothesis | None]:
        """Return another hypothesis for each sentence whose earlier ones were found wanting.

        `attempt` counts from 0, the most promising way first; None where a way is none for a sentence.
        """
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """One article on its way to the translator."""

    digest: Digest
    previous: Translation | None
    """What an earlier run made of it."""
    former: tuple[str, ...] = ()
    """Names that it had in addresses, by which the memory may know what holds in it alone."""

    @property
    def slug(self) -> str:
        """The article's name in addresses."""
        return self.digest.document.article.slug
