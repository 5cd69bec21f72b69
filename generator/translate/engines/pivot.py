"""Two engines one after the other, for pairs that no single model translates."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.model import Hypothesis
from generator.translate.engines.ctranslate2 import WINDOW, CTranslate2Engine


class PivotEngine:
    """A `model.Engine` that translates through a third language, and says so in its signature."""

    def __init__(self, first: CTranslate2Engine, second: CTranslate2Engine) -> None:
        self.source = first.source
        self.target = second.target
        self._first = first
        self._second = second
        self.attempts = first.attempts + second.attempts

    @property
    def signature(self) -> str:
        """What both engines sign with."""
        return f"{self._first.signature} > {self._second.signature}"

    @property
    def signatures(self) -> set[str]:
        """Every signature that a hypothesis may have, without the numbers of its parts."""
        return {f"{first} > {second}" for first in self._first.signatures for second in self._second.signatures}

    def translate(self, sentences: Iterable[str]) -> Iterator[Hypothesis]:
        """Return one hypothesis for each sentence, in order; memory holds two windows of each engine."""
        waiting = deque[Hypothesis]()

        def pivots() -> Iterator[str]:
            for hypothesis in self._first.translate(sentences):
                waiting.append(hypothesis)
                yield hypothesis.text

        for second in self._second.translate(pivots()):
            yield _chained(waiting.popleft(), second)

    def unread(self, sentence: str) -> str:
        """Return the letters of a sentence that the first engine has no pieces for."""
        return self._first.unread(sentence)

    def retranslate(self, sentences: Iterable[str], attempt: int) -> Iterator[Hypothesis | None]:
        """Return another translation of each sentence: the usual pivot in another way, then other pivots."""
        rest = iter(sentences)
        while window := list(islice(rest, WINDOW)):
            pivots: list[Hypothesis | None]
            targets: Iterator[Hypothesis | None]
            if attempt < self._second.attempts:
                pivots = list(self._first.translate(window))
                targets = self._second.retranslate([_text(pivot) for pivot in pivots], attempt)
            else:
                pivots = list(self._first.retranslate(window, attempt - self._second.attempts))
                targets = iter(list(self._second.translate(map(_text, pivots))))
            for pivot, target in zip(pivots, targets, strict=True):
                yield _chained(pivot, target) if pivot and target and target.text else None


def _text(hypothesis: Hypothesis | None) -> str:
    return hypothesis.text if hypothesis else ""


def _chained(first: Hypothesis, second: Hypothesis) -> Hypothesis:
    """Join two steps; the score is the lower of both, since the weaker step decides what is lost."""
    scores = [score for score in (first.score, second.score) if score is not None]
    return Hypothesis(second.text, min(scores, default=None), f"{first.signature} > {second.signature}")
