"""One article → its `Profile`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from zlib import crc32

from generator.connect.names import Found, names_in
from generator.connect.phrases import phrases
from generator.connect.profile import Name, Profile, Term
from generator.connect.words import content, is_unspaced, stem, tokens
from generator.model import Translation

NAMES, WORDS, SOURCE_WORDS, TOPICS = 24, 28, 24, 10
"""At most so many of each are kept, which bounds what an article costs."""
SKETCH = 32
"""Hashes: shared text is estimated to within 0.09 (one standard deviation)."""
_OPENING = (2, 2, 1)
"""What a term counts more in the headline and in the first and second sentence."""
_TRANSLATIONS = 3
"""Words of the source that may translate a term; where there are more, none is told."""


def profile(translation: Translation) -> Profile:
    """Give what connections are drawn from; depends on nothing but the translation."""
    document = translation.digest.document
    target_language = translation.target_language
    texts = [
        sentence.text if sentence.language == target_language else segment.target or ""
        for sentence, segment in zip(document.sentences, translation.segments, strict=True)
    ]
    sources = [sentence.repaired for sentence in document.sentences]
    names = names_in(texts, sources, translation.names, target_language)
    own = _parts_of(names)
    title = translation.title
    texts, sources = [title.target or "", *texts], [title.source, *sources]
    words, source_words = _uses(texts, target_language), _uses(sources, document.language)
    return Profile(
        slug=document.article.slug,
        language=document.language,
        target_language=target_language,
        published=document.article.published,
        is_translated=2 * sum(map(bool, texts[1:])) > len(texts[1:]),
        names=_names(names, sources[1:]),
        words=_terms({key: use for key, use in words.items() if key not in own}, WORDS),
        source_words=_terms(source_words, SOURCE_WORDS),
        topics=_topics(texts, target_language, own, _places(source_words)),
        declared=document.article.topics,
        sketch=sketch(sources[1:], document.language),
    )


def _names(names: Iterable[Found], sources: Sequence[str]) -> tuple[Name, ...]:
    def rank(name: Found) -> tuple[bool, bool, int, int]:
        return not name.known, not name.is_sure, -len(name.sentences), min(name.sentences)

    return tuple(
        Name(
            title=name.title,
            kind=name.known.kind if name.known else "name",
            sentences=len(name.sentences),
            sources=_spellings(name, sources),
            known=bool(name.known),
            is_place=name.is_place,
            is_sure=name.is_sure,
        )
        for name in sorted(names, key=rank)[:NAMES]
    )


def _spellings(name: Found, sources: Sequence[str]) -> tuple[str, ...]:
    """Give the glossary's spelling, or the name itself where the source writes it the same way."""
    if name.known:
        return name.known.sources[:1]
    return (name.title,) if any(name.title in sources[index] for index in name.sentences) else ()


def _parts_of(names: Iterable[Found]) -> frozenset[str]:
    """Give the stems of the words of names: they count as names and not once more as words."""
    return frozenset(stem(token.text) for name in names for token in tokens(name.title))


@dataclass(slots=True)
class _Use:
    """How an article uses a word or a phrase."""

    sentences: set[int] = field(default_factory=set)
    """0 is the headline."""
    spelled: list[str] = field(default_factory=list)


def _uses(texts: Sequence[str], language: str) -> dict[str, _Use]:
    """Give the words of a headline and of sentences by what their forms have in common."""
    found: dict[str, _Use] = {}
    for index, text in enumerate(texts):
        for key, word in content(text, language):
            use = found.setdefault(key, _Use())
            use.sentences.add(index)
            use.spelled.append(word)
    return found


def _terms(uses: Mapping[str, _Use], most: int) -> tuple[Term, ...]:
    """Give the words of many and of early sentences."""
    ordered = sorted((-len(use.sentences), min(use.sentences), key) for key, use in uses.items())[:most]
    return tuple(Term(key, _plainest(uses[key].spelled), -count) for count, _, key in ordered)


def _plainest(spelled: Sequence[str]) -> str:
    """Give the commonest spelling, one without capitals if there is: the head of a sentence gives them."""
    return min(set(spelled), key=lambda word: (not word.islower(), -spelled.count(word), word))


def _topics(
    texts: Sequence[str],
    language: str,
    without: frozenset[str],
    places: Mapping[frozenset[int], Sequence[str]],
) -> tuple[Term, ...]:
    """Give the phrases that the headline, the opening or several sentences are about.

    `places` gives the words of the source by the sentences in which they stand.
    """
    found: dict[str, _Use] = {}
    for index, text in enumerate(texts):
        for phrase in phrases(text, language):
            parts = [stem(word) for word in phrase.split()]
            if all(parts) and not without.intersection(parts):
                use = found.setdefault("_".join(parts), _Use())
                use.sentences.add(index)
                use.spelled.append(phrase)
    opening = dict(enumerate(_OPENING))
    weights = {
        key: len(use.sentences) + sum(opening.get(index, 0) for index in use.sentences)
        for key, use in found.items()
    }
    first = {key: min(use.sentences) for key, use in found.items()}
    ordered = sorted(found, key=lambda key: (-weights[key], -key.count("_"), first[key], key))
    return tuple(
        Term(
            stem=key,
            title=_plainest(found[key].spelled),
            sentences=len(found[key].sentences - {0}) or 1,
            sources=_translations(found[key].sentences, places),
        )
        for key in ordered[:TOPICS]
        if weights[key] > 1
    )


def _places(uses: Mapping[str, _Use]) -> dict[frozenset[int], list[str]]:
    places: dict[frozenset[int], list[str]] = {}
    for key, use in uses.items():
        places.setdefault(frozenset(use.sentences), []).append(key)
    return places


def _translations(sentences: set[int], places: Mapping[frozenset[int], Sequence[str]]) -> tuple[str, ...]:
    """Give the words of the source that stand where a term stands; one sentence alone proves nothing."""
    words = places.get(frozenset(sentences), ()) if len(sentences) > 1 else ()
    return tuple(words) if len(words) <= _TRANSLATIONS else ()


def sketch(sources: Iterable[str], language: str) -> tuple[int, ...]:
    """Give the smallest hashes of the runs of three words of a text, or of six characters if unspaced."""
    text = " ".join(sources).lower()
    units = re.findall(r"\w+", text)
    size = 3
    if is_unspaced(language):
        units, size = list("".join(units)), 6
    runs = {" ".join(units[start : start + size]) for start in range(max(len(units) - size + 1, 1))}
    return tuple(nsmallest(SKETCH, {crc32(run.encode("utf-8", "replace")) for run in runs}))
