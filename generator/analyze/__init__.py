"""The second stage: article → digest, with its language, sentences, repairs and summary.

`analyze` is all of it for one article, so that a run and `digest summarize` cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.analyze.identify import identify_paragraphs
from generator.analyze.repair import repairs
from generator.analyze.split import split_sentences
from generator.analyze.summarize import summarize_document
from generator.config import Settings
from generator.languages.furniture import dateline_end, is_furniture
from generator.model import Article, Digest, DigestError, Document, Sentence

_OPENING = 4
"""Sentences, among which the news begins: a caption and a byline may stand before it."""


def analyze(article: Article, settings: Settings, count: int | None = None) -> Digest:
    """Identify, split, repair and summarize one article, in `count` sentences if given.

    Touches no file and no network.

    Raises `DigestError` for an article without a sentence.
    """
    identified, languages = identify_paragraphs(article.paragraphs, article.language)
    split = without_dateline(split_sentences(article.paragraphs, languages))
    sentences = tuple(map(repaired, split))
    if not sentences:
        raise DigestError(f"{article.seed}: holds no sentence; write an article into it or delete it")
    document = Document(article, identified.language, identified.confidence, sentences)
    return summarize_document(document, count, settings)


def without_dateline(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return sentences with the place line that opens the news, such as `LONDON (Reuters) -`, set apart.

    So neither the headline nor the summary begins with it.
    """
    found = list(sentences)
    for index, sentence in enumerate(sentences[:_OPENING]):
        if is_furniture(sentence.text, sentence.language):
            continue
        if end := dateline_end(sentence.text, sentence.language):
            place, start = sentence.text[:end].rstrip(), sentence.start
            found[index : index + 1] = [
                replace(sentence, text=place, end=start + len(place)),
                replace(sentence, text=sentence.text[end:], start=start + end),
            ]
        break
    return found


def repaired(sentence: Sentence) -> Sentence:
    """Return a sentence with the repairs that it needs."""
    found = repairs(sentence.text, sentence.language)
    return replace(sentence, repairs=found) if found else sentence
