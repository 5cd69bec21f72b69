"""The second stage: article → digest, with its language, sentences, repairs and summary.

`analyze` is all of it for one article, so that a run and `digest summarize` cannot differ.
"""

from __future__ import annotations

from dataclasses import replace

from generator.analyze.identify import identify_paragraphs, load_models
from generator.analyze.repair import repairs
from generator.analyze.split import split_sentences
from generator.analyze.summarize import summarize_document
from generator.config import Settings
from generator.model import Article, Digest, DigestError, Document, Sentence

__all__ = ["analyze", "load_models", "repaired"]


def analyze(article: Article, settings: Settings, count: int | None = None) -> Digest:
    """Identify, split, repair and summarize one article, in `count` sentences if given.

    Touches no file and no network.

    Raises `DigestError` for an article without a sentence.
    """
    identified, languages = identify_paragraphs(article.paragraphs, article.language)
    sentences = tuple(map(repaired, split_sentences(article.paragraphs, languages)))
    if not sentences:
        raise DigestError(f"{article.seed}: holds no sentence; write an article into it or delete it")
    document = Document(article, identified.language, identified.confidence, sentences)
    return summarize_document(document, count, settings)


def repaired(sentence: Sentence) -> Sentence:
    """Return a sentence with the repairs that it needs."""
    found = repairs(sentence.text, sentence.language)
    return replace(sentence, repairs=found) if found else sentence
