"""Two engines one after the other, for pairs that no single model translates."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.engines.local import WINDOW, LocalEngine
from generator.model import Hypothesis


class PivotEngine:
    """A `model.Engine` that translates through a third language, and says so in its signature."""

    def __init__(self, first: LocalEngine, second: LocalEngine) -> None:
        self.source = first.source
        self.target = second.target
        self._first = first
        self._second = second
        self.signature = _joined(first.signature, second.signature)

    def translate(self, sentences: Iterable[str]) -> Iterator[Hypothesis]:
        """Give one hypothesis for each sentence, in order; memory holds two windows of each engine."""
        waiting = deque[Hypothesis]()

        def pivots() -> Iterator[str]:
            for hypothesis in self._first.translate(sentences):
                waiting.append(hypothesis)
                yield hypothesis.text

        for second in self._second.translate(pivots()):
            yield _chained(waiting.popleft(), second)

    def retranslate_all(self, sentences: Iterable[str]) -> Iterator[list[Hypothesis]]:
        """Give other translations of each sentence: the usual pivot in other ways, other pivots as usual."""
        rest = iter(sentences)
        while window := list(islice(rest, WINDOW)):
            pivots = list(self._first.translate(window))
            others = list(self._first.retranslate_all(window))
            again = self._second.translate(other.text for several in others for other in several)
            ways = self._second.retranslate_all(pivot.text for pivot in pivots)
            for pivot, several, found in zip(pivots, others, list(ways), strict=True):
                chained = [_chained(pivot, second) for second in found]
                chained += [_chained(other, next(again)) for other in several]
                texts = {hypothesis.text: hypothesis for hypothesis in reversed(chained)}
                yield [texts[text] for text in reversed(texts) if text]


def _chained(first: Hypothesis, second: Hypothesis) -> Hypothesis:
    """Join two steps; the score is the lower of both, since the weaker step decides what is lost."""
    scores = [score for score in (first.score, second.score) if score is not None]
    return Hypothesis(second.text, min(scores, default=None), _joined(first.signature, second.signature))


def _joined(first: str, second: str) -> str:
    return f"{first} > {second}"
