"""Trains the weights of `generator/analyze/sentence_scoring.py` on human summaries.

    python benchmarks/train_summarizer.py DATA.jsonl [--write]

Each line of DATA.jsonl holds an article's `text`, its `sentences` and `ref_sentences`: for each annotator the
indexes of the sentences picked. The model is a ridge regression towards the share of the annotators who
picked a sentence, within articles: only how a sentence differs from the others of its article ranks it.
All weights are pulled towards zero, those of place and dependence gently, those of the other features, which
tell little each, strongly. How gently and how strongly is what makes the picks likeliest (the evidence: MacKay,
Bayesian interpolation, 1992), so nothing is left to choose by looking at results. What features owe to the
length of sentences is taken out before: annotators prefer long sentences, but not for their words, and at an
equal number of words a taste for long ones loses.
`--write` replaces the weights in the project.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from itertools import product
from pathlib import Path
from statistics import mean

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.analyze.sentence_scoring import WEIGHTS_FILE, Features, features
from generator.model import Article, Document, Sentence

NAMES = tuple(field.name for field in fields(Features))
LENGTH = NAMES.index("length")
GENTLE = np.isin(NAMES, ("first", "position", "dependent"))
BINARY = np.isin(NAMES, ("first", "dependent", "digits", "paragraph"))
PULLS = tuple(product((2.0, 4.0, 8.0, 16.0, 32.0), (100.0, 200.0, 400.0, 800.0, 1600.0, 3200.0, 6400.0)))
"""Gentle and strong ones to choose from."""


@dataclass(frozen=True)
class Summarized:
    """An article with what people picked of it."""

    document: Document
    picks: tuple[frozenset[int], ...]
    """One for each annotator."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over sentences of how each differs from the mean of its article: all that a fit needs."""

    products: np.ndarray
    """Of every feature with every other."""
    picked: np.ndarray
    """Of every feature with the share of annotators who picked the sentence."""
    variation: float
    """Of that share with itself."""
    shares: float
    """Those shares as they are."""
    sentences: int
    freedom: int
    """Sentences, less one for each article."""


def read(path: Path) -> list[Summarized]:
    """Read the corpus; annotators who picked nothing are left out."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Summarized(_document(row), tuple(map(frozenset, filter(None, row["ref_sentences"])))) for row in rows
    ]


def _document(row: dict[str, object]) -> Document:
    """Place the corpus's own sentences in the paragraphs of its text."""
    paragraphs = tuple(str(row["text"]).split("\n"))
    sentences, number, start = [], 0, 0
    for text in row["sentences"]:  # type: ignore[attr-defined]
        while (found := paragraphs[number].find(text, start)) < 0:
            number, start = number + 1, 0
        sentences.append(Sentence(text, number, found, found + len(text), "ar"))
        start = found + len(text)
    article = Article(str(row["id"]), str(row["id"]), paragraphs, language="ar")
    return Document(article, "ar", 1.0, tuple(sentences))


@cache
def moments(article: Summarized) -> Moments:
    """Sum up one article."""
    table = np.array([astuple(each) for each in features(article.document.sentences)])
    shares = np.array([mean(index in picks for picks in article.picks) for index in range(len(table))])
    within, picked = table - table.mean(axis=0), shares - shares.mean()
    return Moments(
        products=within.T @ within,
        picked=within.T @ picked,
        variation=picked @ picked,
        shares=shares.sum(),
        sentences=len(table),
        freedom=len(table) - 1,
    )


def total(corpus: Iterable[Summarized]) -> Moments:
    """Sum up a corpus."""
    rows = [moments(article) for article in corpus]
    return Moments(*(sum(getattr(row, field.name) for row in rows) for field in fields(Moments)))


def train(corpus: Iterable[Summarized]) -> Features:
    """Fit the weights by the likeliest pull, as log-odds around the share of sentences picked."""
    summed = total(corpus)
    return log_odds(max((fit(summed, pull) for pull in PULLS), key=lambda fitted: fitted[0])[1], summed)


def fit(summed: Moments, pull: tuple[float, float], kept: Collection[str] = NAMES) -> tuple[float, np.ndarray]:
    """Return the logarithm of the evidence, up to a constant, and the weights; zero for features not `kept`."""
    chosen = np.isin(NAMES, list(kept))
    chosen[LENGTH] = False
    owed = np.where(GENTLE, 0.0, summed.products[LENGTH] / summed.products[LENGTH, LENGTH])
    change = np.eye(len(NAMES))
    change[LENGTH] = -owed
    change = change[:, chosen]
    products, picked = change.T @ summed.products @ change, change.T @ summed.picked
    # Features that few sentences have are pulled as if half had them: less is known of what they tell.
    variance = np.where(BINARY[chosen], 0.25, products.diagonal() / summed.sentences)
    pulls = np.where(GENTLE[chosen], *pull) * np.maximum(variance, 1e-9)
    curvature = products + np.diag(pulls)
    solution = np.linalg.solve(curvature, picked)
    unexplained = summed.variation - picked @ solution
    narrowed = np.log(pulls).sum() - np.linalg.slogdet(curvature)[1]
    return (narrowed - summed.freedom * np.log(unexplained)) / 2, change @ solution


def log_odds(solution: np.ndarray, summed: Moments) -> Features:
    """Return weights that add up to shares as such that add up to log-odds."""
    share = summed.shares / summed.sentences
    return Features(*(solution / share / (1 - share)).round(4).tolist())


def main(arguments: Sequence[str]) -> None:
    """Print the weights, and keep them when told to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    corpus = read(options.data)
    lines = [f"# Trained by benchmarks/train_summarizer.py on {len(corpus)} articles."]
    lines += [f"{name}\t{value}" for name, value in zip(NAMES, astuple(train(corpus)), strict=True)]
    print("\n".join(lines))
    if options.write:
        WEIGHTS_FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
