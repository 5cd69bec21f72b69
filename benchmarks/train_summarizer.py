"""Trains the weights of `generator/summarize.py` on human summaries.

    python benchmarks/train_summarizer.py DATA.jsonl [--write]

Each line of DATA.jsonl holds an article's `text`, its `sentences` and `ref_sentences`: for each annotator the
indexes of the sentences picked. The model is a logistic regression over the annotators' single decisions.
`--write` replaces the weights in the project.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from math import log
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.leaning import leans
from generator.model import Article, Document, Sentence
from generator.summarize import WEIGHTS_FILE, Weights

RIDGE = 20.0
"""Strength of the pull towards zero; the weights hardly move from 1 to 50."""


@dataclass(frozen=True)
class Summarized:
    """An article with what people picked of it."""

    document: Document
    picks: tuple[frozenset[int], ...]
    """One for each annotator."""


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


def train(corpus: Iterable[Summarized]) -> Weights:
    """Fit the weights by Newton's method; the intercept is dropped, since only differences count."""
    features, picked = [], []
    for article in corpus:
        known = [
            (
                1.0,
                float(index == 0),
                log(index + 1),
                float(index > 0 and leans(sentence.text, sentence.language)),
            )
            for index, sentence in enumerate(article.document.sentences)
        ]
        for picks in article.picks:
            features += known
            picked += [index in picks for index in range(len(known))]
    return Weights(*_logistic(np.array(features), np.array(picked, float))[1:].round(3).tolist())


def _logistic(features: np.ndarray, picked: np.ndarray) -> np.ndarray:
    ridge = RIDGE * np.diag([0.0] + [1.0] * (features.shape[1] - 1))
    solution = np.zeros(features.shape[1])
    for _ in range(30):
        expected = 1 / (1 + np.exp(-features @ solution))
        gradient = features.T @ (expected - picked) + ridge @ solution
        curvature = (features * (expected * (1 - expected))[:, None]).T @ features + ridge
        solution -= np.linalg.solve(curvature, gradient)
    return solution


def main(arguments: Sequence[str]) -> None:
    """Print the weights, and keep them when told to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    corpus = read(options.data)
    lines = [f"# Trained by benchmarks/train_summarizer.py on {len(corpus)} articles."]
    names = [field.name for field in fields(Weights)]
    lines += [f"{name}\t{value}" for name, value in zip(names, astuple(train(corpus)), strict=True)]
    print("\n".join(lines))
    if options.write:
        WEIGHTS_FILE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
