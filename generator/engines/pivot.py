"""Two engines one after the other, for pairs that no single model translates."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from generator.engines.local import LocalEngine
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

    def retranslate(self, sentence: str) -> list[Hypothesis]:
        """Give other translations of one sentence: the best pivot in other ways, other pivots once."""
        (pivot,) = self._first.translate([sentence])
        others = self._first.retranslate(sentence)
        found = [_chained(pivot, second) for second in self._second.retranslate(pivot.text)]
        again = self._second.translate([other.text for other in others])
        found += [_chained(other, second) for other, second in zip(others, again, strict=True)]
        return list({hypothesis.text: hypothesis for hypothesis in reversed(found)}.values())[::-1]


def _chained(first: Hypothesis, second: Hypothesis) -> Hypothesis:
    """Join two steps; the score is the lower of both, since the weaker step decides what is lost."""
    scores = [score for score in (first.score, second.score) if score is not None]
    return Hypothesis(second.text, min(scores, default=None), _joined(first.signature, second.signature))


def _joined(first: str, second: str) -> str:
    return f"{first} > {second}"
