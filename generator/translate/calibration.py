"""From which score down a model guesses: found for each model on the same ordinary text.

The scores of models differ in scale, so that one bound for all would be none for some. A digest's own scores
would give another bound, and old sentences other marks, with every article that is added; some sentences of
news that come with the program, which a model decodes once in a run, do not.
"""

from __future__ import annotations

import statistics
from functools import cache
from pathlib import Path
from threading import Lock

from generator.model import Engine

SENTENCES_FILE = Path(__file__).parent.parent / "data" / "calibration.tsv"

TIMES_THE_MEDIAN = 1.8
"""How far below its usual log-probability a token a model guesses. That marks 1 to 3 % of news zh→en, two to
three quarters of them in the worst quarter by chrF, and 16 % of harder text (benchmarks/RESULTS.md). The median
of 20 sentences is sure to 0.03, where the lowest tenth of as many would be to 0.14."""

_bounds: dict[str, float | None] = {}
_finding = Lock()


def unsure_below(engine: Engine) -> float | None:
    """Return the score under which an engine guesses; None for a language without sentences to tell by."""
    with _finding:
        if engine.signature not in _bounds:
            scores = [
                each.score for each in engine.translate(_sentences(engine.source)) if each.score is not None
            ]
            _bounds[engine.signature] = TIMES_THE_MEDIAN * statistics.median(scores) if scores else None
        return _bounds[engine.signature]


@cache
def _sentences(language: str) -> list[str]:
    rows = (line.split("\t") for line in SENTENCES_FILE.read_text("utf-8").splitlines() if line[0] != "#")
    return [row[1] for row in rows if row[0] == language]
