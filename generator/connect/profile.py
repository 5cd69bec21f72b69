"""`Profile`: what of an article decides on its connections, small enough to be kept for every article.

A run draws connections from the profiles of all articles, but makes only those of articles that changed. So a
profile depends on nothing but its article, and is kept as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from heapq import nsmallest
from sys import intern
from typing import Any, NamedTuple
from zlib import crc32

from generator.connect.linked_spellings import linked_spelling
from generator.connect.name_keys import key_of
from generator.connect.names import FoundName, kind_of_name, names_in, spellings_in_source
from generator.connect.noun_phrases import noun_phrases
from generator.connect.tokens import TokenizedText, content, stem, tokenize, words_of
from generator.languages import is_unspaced
from generator.languages.furniture import is_furniture
from generator.languages.normalize import WORD
from generator.model import SubjectKind, Translation

NAMES, WORDS, SOURCE_WORDS, TOPICS = 24, 28, 24, 10
"""At most so many of each are kept, which bounds what an article costs."""
PLACES = 3
"""Sentences that readers of a name's page see of each article."""
SKETCH = 32
"""Hashes: shared text is estimated to within 0.09 (one standard deviation)."""
_BETWEEN_NAMES = re.compile(r"\s[-–—|·]\s|[|_｜]")
"""Between a headline and the names of site and section that many sites add to it."""
_ENOUGH = 0.25
"""Share of the sentences that can be read in the target language, from which articles are compared there: those
of other languages are known to be near in no other way."""
_OPENING = (2, 2, 1)
"""What a phrase counts more in the headline and in the first and second sentence."""


class Name(NamedTuple):
    """A proper name in one article."""

    title: str
    """In the target language."""
    sentences: int
    """How many mention it."""
    kind: SubjectKind = "name"
    sources: tuple[str, ...] = ()
    """How the source writes it, where that is sure."""
    known: bool = False
    """Whether the glossary has it."""
    is_place: bool = False
    """Whether it stands where places do: in it, near it."""
    is_sure: bool = True
    """Whether it stands amid a sentence too; at the head of one anything has a capital."""
    is_person: bool = False
    """Whether it stands where only persons do."""
    places: tuple[int, ...] = ()
    """The first of the sentences that mention it, by their indexes."""


@dataclass(frozen=True, slots=True)
class ProfileTerms:
    """Words or phrases of one article by their stems, the weightiest first."""

    sentences: dict[str, int]
    """How many sentences mention each."""
    titles: dict[str, str] = field(default_factory=dict)
    """How readers should see those that are not spelled like their stems."""

    def title(self, key: str) -> str:
        """Return how readers should see a term."""
        return self.titles.get(key, key)


@dataclass(frozen=True, slots=True)
class Profile:
    """What connections are drawn from, for one article."""

    slug: str
    language: str
    target_language: str
    published: str | None
    is_translated: bool
    """Whether enough of it can be read in the target language to compare it with others there."""
    names: tuple[Name, ...]
    words: ProfileTerms
    """Of the target side, without the words of names."""
    source_words: ProfileTerms
    """Of the source side; without titles where readers see the translation."""
    topics: ProfileTerms
    """What may be a topic: nouns of the target side, and noun phrases."""
    headed: tuple[str, ...]
    """Those of which the headline has every word."""
    topic_sources: dict[str, str]
    """How the source writes those whose links tell it."""
    declared: tuple[str, ...]
    """Topics as the publisher gave them."""
    sketch: tuple[int, ...]
    """The smallest hashes of runs of words of the source, to estimate how much text two articles share."""


def make_profile(translation: Translation) -> Profile:
    """Return what connections are drawn from; depends on nothing but the translation."""
    document = translation.digest.document
    language, target_language = document.language, translation.target_language
    # Whom a byline or a caption names, the article does not tell of.
    sources, targets = [], []
    for sentence, segment in translation.pairs():
        told = not is_furniture(sentence.text, sentence.language)
        target = sentence.text if sentence.language == target_language else segment.target or ""
        sources.append(sentence.repaired if told else "")
        targets.append(target if told else "")
    parts = _BETWEEN_NAMES.split(translation.title.target or "")
    title = max(parts, key=len)
    headline, *body = map(tokenize, [title, *targets])
    article = document.article
    publishers = filter(None, (article.source, *article.also, *parts[parts.index(title) + 1 :]))
    sites = set(map(key_of, publishers))
    found = names_in(body, sources, translation.names, target_language)
    names = [name for name in found if name.known or key_of(name.title) not in sites]
    # The words of names count as names and not once more as words.
    own = {stem(token) for name in names for token in tokenize(name.title).tokens}
    is_translated = any(targets) and sum(map(bool, targets)) >= _ENOUGH * len(targets)
    source = map(tokenize, [translation.title.source, *sources])
    source_words = _words(source, language, SOURCE_WORDS)
    topics = _topics([headline, *body], target_language, own)
    in_title = set(map(stem, tokenize(translation.title.target or "").tokens))
    return Profile(
        slug=document.article.slug,
        language=language,
        target_language=target_language,
        published=document.article.published,
        is_translated=is_translated,
        names=tuple(_names(names, translation, sources)),
        words=_words([headline, *body], target_language, WORDS, own),
        source_words=ProfileTerms(source_words.sentences) if is_translated else source_words,
        topics=topics,
        headed=tuple([key for key in topics.sentences if in_title.issuperset(key.split("_"))]),
        topic_sources=dict(_topic_sources(topics, translation)),
        declared=document.article.topics,
        sketch=sketch(sources, language),
    )


def _names(names: Iterable[FoundName], translation: Translation, sources: Sequence[str]) -> Iterator[Name]:
    """Return the names of the glossary first, then those that are surest and most mentioned."""
    ranked = sorted(
        names, key=lambda each: (not each.known, not each.is_sure, -len(each.sentences), min(each.sentences))
    )
    language, target_language = translation.digest.document.language, translation.target_language
    for name in ranked[:NAMES]:
        spellings = spellings_in_source(name, sources, language, target_language)
        kind = kind_of_name(name, target_language, is_proven=bool(spellings))
        places = sorted(name.sentences)
        if not spellings and name.is_sure:
            mentions = (translation.segments[index] for index in places)
            spellings = tuple(filter(None, [linked_spelling(name.title, mentions, language)]))
        if not name.known:
            spellings = tuple(spelling for spelling in spellings if spelling != name.title)
        traits = (bool(name.known), name.is_place, name.is_sure, name.is_person)
        yield Name(name.title, len(places), kind, spellings, *traits, tuple(places[:PLACES]))


@dataclass(slots=True)
class _Occurrences:
    """Where an article uses a word or a phrase."""

    sentences: dict[int, None] = field(default_factory=dict)
    """Their places in ascending order; 0 is the headline."""
    spelled: list[str] = field(default_factory=list)

    @property
    def first(self) -> int:
        return next(iter(self.sentences))

    @property
    def title(self) -> str:
        """The commonest spelling, one without capitals if there is: the head of a sentence gives them."""
        spelled = self.spelled
        return min(set(spelled), key=lambda word: (not word.islower(), -spelled.count(word), word))


def _occurrences(rows: Iterable[Iterable[tuple[str, str]]]) -> dict[str, _Occurrences]:
    """Return where sentences have the terms that are given for each of them as stems and spellings."""
    found: dict[str, _Occurrences] = {}
    for place, row in enumerate(rows):
        for key, spelling in row:
            if (term := found.get(key)) is None:
                term = found[key] = _Occurrences()
            term.sentences[place] = None
            term.spelled.append(spelling)
    return found


def _terms(
    ranked: Iterable[str], found: Mapping[str, _Occurrences], count: Callable[[_Occurrences], int]
) -> ProfileTerms:
    sentences = {key: count(found[key]) for key in ranked}
    titles = {key: title for key in sentences if (title := found[key].title) != key}
    return ProfileTerms(sentences, titles)


def _words(
    sentences: Iterable[TokenizedText], language: str, most: int, without: Set[str] = frozenset()
) -> ProfileTerms:
    """Return the words of many and of early sentences."""
    found = _occurrences(content(sentence, language) for sentence in sentences)
    keys = found.keys() - without
    ranked = sorted(keys, key=lambda key: (-len(found[key].sentences), found[key].first, key))
    return _terms(ranked[:most], found, lambda each: len(each.sentences))


def _topics(sentences: Iterable[TokenizedText], language: str, without: Set[str]) -> ProfileTerms:
    """Return the phrases that the headline, the opening or several sentences are about."""

    def phrases(sentence: TokenizedText) -> Iterator[tuple[str, str]]:
        for phrase in noun_phrases(sentence, language):
            parts = [stem(word) for word in phrase.split()]
            if all(parts) and without.isdisjoint(parts) and (parts[1:] or parts[0] not in barren):
                yield "_".join(parts), phrase

    barren = _barren(language)

    found = _occurrences(map(phrases, sentences))
    weights = {
        key: sum(1 + (_OPENING[place] if place < len(_OPENING) else 0) for place in each.sentences)
        for key, each in found.items()
    }
    telling = [key for key in found if weights[key] > 1]
    ranked = sorted(telling, key=lambda key: (-weights[key], -key.count("_"), found[key].first, key))
    return _terms(ranked[:TOPICS], found, lambda each: len(each.sentences.keys() - {0}) or 1)


def _topic_sources(topics: ProfileTerms, translation: Translation) -> Iterator[tuple[str, str]]:
    linked = [segment for segment in translation.segments if segment.links]
    for key in topics.sentences if linked else ():
        title = topics.title(key)
        mentions = [segment for segment in linked if title in (segment.target or "")]
        if mentions and (spelling := linked_spelling(title, mentions, translation.digest.document.language)):
            yield key, spelling


@cache
def _barren(language: str) -> frozenset[str]:
    """Return the stems of words that name no topic alone, however many articles have them."""
    return frozenset(map(stem, words_of(language, "topicless")))


def sketch(sources: Iterable[str], language: str) -> tuple[int, ...]:
    """Return the smallest hashes of the runs of three words of a text, or of six characters if unspaced."""
    text = " ".join(sources).lower()
    units, size = WORD.findall(text), 3
    if is_unspaced(language):
        units, size = list("".join(units)), 6
    runs = {" ".join(units[start : start + size]) for start in range(max(len(units) - size + 1, 1))}
    return tuple(nsmallest(SKETCH, {crc32(run.encode("utf-8", "replace")) for run in runs}))


def dump_profile(profile: Profile) -> bytes:
    """Return a profile as one line of JSON in UTF-8."""
    row = {each.name: getattr(profile, each.name) for each in fields(Profile)}
    defaults = Name._field_defaults.items()
    row["names"] = [
        dict(item for item in name._asdict().items() if item not in defaults) for name in profile.names
    ]
    text = json.dumps(row, default=asdict, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def load_profile(text: bytes) -> Profile:
    """Read back what `dump_profile` gave."""
    row = json.loads(text)
    for key in ("words", "source_words", "topics"):
        # Articles share most of their words: each is kept but once for all of them.
        row[key] = ProfileTerms(
            **{name: {intern(word): value for word, value in terms.items()} for name, terms in row[key].items()}
        )
    row["names"] = tuple([Name(**name | _tuples(name, "sources", "places")) for name in row["names"]])
    return Profile(**row | _tuples(row, "declared", "headed", "sketch"))


def _tuples(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: tuple(row[key]) for key in keys if key in row}
