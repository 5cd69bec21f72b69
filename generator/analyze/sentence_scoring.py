"""What tells which sentences of an article a person would pick to sum it up, and how far.

All of it is counted in the article alone, in time linear in its length, and means the same in any language;
the weights are trained on human summaries by `benchmarks/train_summarizer.py`. Features that came to
weigh little stay: by `benchmarks/summarize.py --nested`, choosing among them is no better.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from math import log, sqrt
from operator import attrgetter
from pathlib import Path

from generator.languages import is_unspaced
from generator.languages.anaphora import depends_on_previous
from generator.languages.furniture import is_furniture
from generator.languages.normalize import WORD, fold_letters
from generator.model import Document, Sentence

WEIGHTS_FILE = Path(__file__).parent.parent / "data" / "summary-weights.tsv"

_DIGIT = re.compile(r"\d")
_COMMA = re.compile("[,،、，;؛；]")
_STEM = 5
"""Letters of a word that stand for all of it; light stems of Arabic did no better."""
_FURNITURE = -9.0
"""Far below what any sentence scores."""
_FAR = 20
"""Sentences from which on it no longer matters how far down one stands."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the ranker knows of a sentence; or what each of that weighs, in log-odds."""

    first: float
    """Being the first of the article."""
    position: float
    """Sentences before it."""
    dependent: float
    """Depending on the sentence before."""
    length: float
    """Logarithm of its words. Weighs just what takes back the advantage that length gives in the others."""
    previous: float
    """Likeness to the sentence before."""
    past: float
    """Likeness to those before, added up, as a share of the other sentences."""
    ahead: float
    """Likeness to those behind, in the same way."""
    opening: float
    """Likeness to the first one."""
    new: float
    """Share of its terms that no sentence before has."""
    introduced: float
    """Share of its terms that no sentence before has, but one behind."""
    digits: float
    """Holding a digit."""
    paragraph: float
    """Beginning a paragraph, but not the article."""
    commas: float
    """Commas and semicolons, for each of its terms."""
    letters: float
    """Letters in a word, in the mean; none in unspaced scripts."""


_values = attrgetter(*(each.name for each in fields(Features)))


@cache
def weights() -> Features:
    """Read the trained weights."""
    lines = WEIGHTS_FILE.read_text("utf-8").splitlines()
    table = dict(line.split("\t") for line in lines if not line.startswith("#"))
    return Features(**{each.name: float(table[each.name]) for each in fields(Features)})


def scores(document: Document, trained: Features | None = None) -> tuple[float, ...]:
    """Return for each sentence the log-odds that a person would pick it, up to a constant.

    Place lines, bylines and the like, which nobody would, count neither as first nor as text.
    """
    weight = _values(trained or weights())
    sentences = document.sentences
    texts = [index for index, each in enumerate(sentences) if not is_furniture(each.text, each.language)]
    found = [_FURNITURE] * len(sentences)
    for index, known in zip(texts, features([sentences[index] for index in texts]), strict=True):
        found[index] = round(sum(one * each for one, each in zip(weight, _values(known), strict=True)), 6)
    return tuple(found)


def features(sentences: Sequence[Sentence]) -> list[Features]:
    """Return what the ranker knows of each sentence of an article."""
    terms = [_terms(sentence) for sentence in sentences]
    spread = Counter(term for each in terms for term in set(each))
    vectors = [_vector(each, spread, len(terms)) for each in terms]
    whole, past = defaultdict[str, float](float), defaultdict[str, float](float)
    for vector in vectors:
        _add(whole, vector)
    others = max(1, len(terms) - 1)
    seen: set[str] = set()
    found = []
    for index, (sentence, vector) in enumerate(zip(sentences, vectors, strict=True)):
        words = [] if is_unspaced(sentence.language) else WORD.findall(sentence.text)
        new = vector.keys() - seen
        before = _dot(vector, past)
        found.append(
            Features(
                first=float(index == 0),
                position=float(min(index, _FAR)),
                dependent=float(index > 0 and depends_on_previous(sentence.text, sentence.language)),
                length=log(max(1, len(terms[index]))),
                previous=_dot(vector, vectors[index - 1]) if index else 0.0,
                past=before / others,
                ahead=(_dot(vector, whole) - before - _dot(vector, vector)) / others,
                opening=_dot(vector, vectors[0]) if index else 0.0,
                new=len(new) / max(1, len(vector)),
                introduced=sum(spread[term] > 1 for term in new) / max(1, len(vector)),
                digits=float(bool(_DIGIT.search(sentence.text))),
                paragraph=float(index > 0 and sentence.paragraph != sentences[index - 1].paragraph),
                commas=len(_COMMA.findall(sentence.text)) / max(1, len(terms[index])),
                letters=sum(map(len, words)) / max(1, len(words)),
            )
        )
        seen |= new
        _add(past, vector)
    return found


def _terms(sentence: Sentence) -> list[str]:
    """Return the beginnings of the words, or each two characters in unspaced scripts."""
    words = WORD.findall(fold_letters(sentence.text))
    if is_unspaced(sentence.language):
        text = "".join(words)
        return [text[start : start + 2] for start in range(len(text) - 1)]
    return [word[:_STEM] for word in words]


def _vector(terms: Sequence[str], spread: Counter[str], total: int) -> dict[str, float]:
    """Return the TF-IDF vector of length 1."""
    vector = {term: count * log(1 + total / spread[term]) for term, count in Counter(terms).items()}
    norm = sqrt(sum(value * value for value in vector.values()))
    return {term: value / norm for term, value in vector.items()}


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(value * other.get(term, 0.0) for term, value in one.items())


def _add(total: dict[str, float], vector: dict[str, float]) -> None:
    for term, value in vector.items():
        total[term] += value
