"""From which score down a model guesses: found for each model on the same ordinary text.

The scores of models differ in scale, so that one bound for all would be none for some. A digest's own scores
would give another bound, and old sentences other marks, with every article that is added; some sentences of
news that come with the program, which a model decodes once for a digest, do not.
"""

from __future__ import annotations

import json
import statistics
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

from generator.model import Engine
from generator.storage.files import write_file

SENTENCES_FILE = Path(__file__).parent.parent / "data" / "calibration.tsv"

TIMES_THE_MEDIAN = 1.8
"""How far below its usual log-probability a token a model guesses. That marks 1 to 3 % of news zh→en, two to
three quarters of them in the worst quarter by chrF, and 16 % of harder text (benchmarks/RESULTS.md). The median
of 20 sentences is sure to 0.03, where the lowest tenth of as many would be to 0.14."""

_medians: dict[str, float | None] = {}
"""The usual score of each engine, by its signature and by what it was found on."""
_finding = Lock()


def unsure_below(engine: Engine) -> float | None:
    """Return the score under which an engine guesses; None for a language without sentences to tell by."""
    sentences = _sentences(engine.source)
    key = f"{sha256(repr(sentences).encode()).hexdigest()[:8]}|{engine.signature}"
    with _finding:
        if key not in _medians:
            scores = [each.score for each in engine.translate(sentences) if each.score is not None]
            _medians[key] = statistics.median(scores) if scores else None
        median = _medians[key]
    return None if median is None else TIMES_THE_MEDIAN * median


def remember(file: Path) -> None:
    """Take over what an earlier run found; what cannot be read is found anew."""
    with suppress(OSError, ValueError, AttributeError), _finding:
        known = json.loads(file.read_bytes()).items()
        _medians.update({key: value for key, value in known if isinstance(value, float | None)})


def keep(file: Path) -> None:
    """Write what is known now, for the next run, if that is more than `file` says."""
    with _finding:
        content = json.dumps(_medians, indent=1, sort_keys=True).encode()
    if _medians and not (file.is_file() and file.read_bytes() == content):
        write_file(file, content)


@cache
def _sentences(language: str) -> list[str]:
    rows = (line.split("\t") for line in SENTENCES_FILE.read_text("utf-8").splitlines() if line[0] != "#")
    return [row[1] for row in rows if row[0] == language]
