"""Sentences in a form that is comparable across articles.

The joint summary of a story and the numbers that its articles dispute are both drawn from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from generator.connect.tokens import TokenizedText, details, tokenize
from generator.languages.anaphora import depends_on_previous
from generator.languages.furniture import is_furniture
from generator.languages.quotations import has_whole_quotations
from generator.model import Place, Segment, Translation

_LEAST_WORDS = 4
"""Without function words, or it is a fragment; in unspaced scripts pairs of characters."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as it can be compared: in the target language, or as its source if nobody translated it."""

    place: Place
    text: TokenizedText
    language: str
    words: dict[str, str]
    """By what their forms have in common."""
    quality: float
    """How well this sentence says it: settled by people, opening its article."""
    is_whole: bool
    """Whether it can stand alone."""
    opens: bool
    """Whether it is the first of its article that is no byline or the like."""


def statements_of(translation: Translation) -> Iterator[Statement]:
    """Return every sentence of an article."""
    digest = translation.digest
    sentences = digest.document.sentences
    news = [not is_furniture(each.text, each.language) for each in sentences]
    lead = news.index(True) if any(news) else -1
    rows = zip(sentences, translation.segments, digest.scores, strict=True)
    for index, (sentence, segment, score) in enumerate(rows):
        text = tokenize(segment.target or sentence.repaired)
        language = translation.target_language if segment.target else sentence.language
        words = dict(details(text, language))
        yield Statement(
            place=Place(digest.document.article.slug, index),
            text=text,
            language=language,
            words=words,
            quality=_quality_of(segment) / 2 + 1 / (1 + exp(-score)),
            is_whole=news[index]
            and len(words) >= _LEAST_WORDS
            and not depends_on_previous(sentence.text, sentence.language)
            and not depends_on_previous(text.text, language)
            and has_whole_quotations(text.text),
            opens=index == lead,
        )


def _quality_of(segment: Segment) -> float:
    """Prefer what people settled to what no check objects to, then what is flagged; last comes nothing."""
    if segment.origin in ("reviewed", "original"):
        return 1.0
    return (0.8 if not segment.findings else 0.4) if segment.target else 0.0
