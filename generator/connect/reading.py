"""One article → its `Profile`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from zlib import crc32

from generator.connect.names import Found, names_in
from generator.connect.noun_phrases import phrases
from generator.connect.profile import Name, Profile, Term
from generator.connect.spellings import Source, spellings
from generator.connect.tokens import stem, tokens
from generator.connect.uses import Use, candidates, together, units, uses
from generator.languages import is_unspaced
from generator.model import Translation

NAMES, WORDS, SOURCE_WORDS, TOPICS = 24, 28, 24, 10
"""At most so many of each are kept, which bounds what an article costs."""
SKETCH = 32
"""Hashes: shared text is estimated to within 0.09 (one standard deviation)."""
_OPENING = (2, 2, 1)
"""What a term counts more in the headline and in the first and second sentence."""


def profile(translation: Translation) -> Profile:
    """Return what connections are drawn from; depends on nothing but the translation."""
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
    words, source_words = uses(texts, target_language), uses(sources, document.language)
    others = {key: use for key, use in words.items() if key not in own}
    source = Source(document.language, sources, units(sources, document.language, source_words))
    topics = _topics(texts, target_language, own, words)
    kept = _terms(source_words, SOURCE_WORDS)
    return Profile(
        slug=document.article.slug,
        language=document.language,
        target_language=target_language,
        published=document.article.published,
        is_translated=2 * sum(map(bool, texts[1:])) > len(texts[1:]),
        names=_names(names, texts[0], others, source),
        words=_terms(others, WORDS),
        source_words=kept,
        aligned=_aligned(topics, words, kept, source),
        topics=topics,
        declared=document.article.topics,
        sketch=sketch(sources[1:], document.language),
    )


def _names(names: Iterable[Found], headline: str, words: Mapping[str, Use], source: Source) -> tuple[Name, ...]:
    """Return the names of an article; `words` are the other words of the translation."""

    def rank(name: Found) -> tuple[bool, bool, int, int]:
        return not name.known, not name.is_sure, -len(name.sentences), min(name.sentences)

    ranked = sorted(names, key=rank)[:NAMES]
    places = [_places(name, headline) for name in ranked]
    found = []
    for name, use in zip(ranked, places, strict=True):
        rivals = [*words.values(), *(other for other in places if other is not use)]
        spelled = spellings(name, use, rivals, source)
        kind = name.known.kind if name.known else "name"
        traits = (bool(name.known), name.is_place, name.is_sure)
        found.append(Name(name.title, kind, len(name.sentences), spelled, *traits, use.where))
    return tuple(found)


def _places(name: Found, headline: str) -> Use:
    """Return the sentences that mention a name, counted from the headline."""
    return Use(
        dict.fromkeys([0] if name.title in headline else [], 0.0)
        | {index + 1: 0.0 for index in sorted(name.sentences)}
    )


def _parts_of(names: Iterable[Found]) -> frozenset[str]:
    """Return the stems of the words of names: they count as names and not once more as words."""
    return frozenset(stem(token.text) for name in names for token in tokens(name.title))


def _terms(uses: Mapping[str, Use], most: int) -> tuple[Term, ...]:
    """Return the words of many and of early sentences."""
    ordered = sorted(uses, key=lambda key: (-len(uses[key].places), min(uses[key].places), key))
    return tuple(_term(key, uses[key]) for key in ordered[:most])


def _term(key: str, use: Use) -> Term:
    return Term(key, _plainest(use.spelled), len(use.places), use.where)


def _plainest(spelled: Sequence[str]) -> str:
    """Return the commonest spelling, one without capitals if there is: the head of a sentence gives them."""
    return min(set(spelled), key=lambda word: (not word.islower(), -spelled.count(word), word))


def _topics(
    texts: Sequence[str], language: str, without: frozenset[str], words: Mapping[str, Use]
) -> tuple[Term, ...]:
    """Return the phrases that the headline, the opening or several sentences are about."""
    found: dict[str, Use] = {}
    for index, text in enumerate(texts):
        for phrase in phrases(text, language):
            parts = [stem(word) for word in phrase.split()]
            if all(parts) and not without.intersection(parts):
                use = found.setdefault("_".join(parts), Use())
                use.places.setdefault(index, 0.0)
                use.spelled.append(phrase)
    opening = dict(enumerate(_OPENING))
    weights = {
        key: len(use.places) + sum(opening.get(index, 0) for index in use.places) for key, use in found.items()
    }
    first = {key: min(use.places) for key, use in found.items()}
    ordered = sorted(found, key=lambda key: (-weights[key], -key.count("_"), first[key], key))
    return tuple(
        Term(
            stem=key,
            title=_plainest(found[key].spelled),
            sentences=len(found[key].places.keys() - {0}) or 1,
            where=together(key, words).where,
        )
        for key in ordered[:TOPICS]
        if weights[key] > 1
    )


def _aligned(
    topics: Iterable[Term], words: Mapping[str, Use], kept: Iterable[Term], source: Source
) -> tuple[Term, ...]:
    """Return what of the source may translate topics and is not kept yet."""
    terms = {topic.stem: together(topic.stem, words) for topic in topics}
    near = candidates(terms, source.words, source.language)
    known = {term.stem for term in kept}
    return tuple(_term(key, source.words[key]) for key in near if key not in known)


def sketch(sources: Iterable[str], language: str) -> tuple[int, ...]:
    """Return the smallest hashes of the runs of three words of a text, or of six characters if unspaced."""
    text = " ".join(sources).lower()
    units = re.findall(r"\w+", text)
    size = 3
    if is_unspaced(language):
        units, size = list("".join(units)), 6
    runs = {" ".join(units[start : start + size]) for start in range(max(len(units) - size + 1, 1))}
    return tuple(nsmallest(SKETCH, {crc32(run.encode("utf-8", "replace")) for run in runs}))
