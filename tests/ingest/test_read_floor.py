"""What is read of real pages must not get worse: a floor on the slice of pages in tests/data/pages."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_read", ROOT / "benchmarks" / "read.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_pages_are_read_as_well_as_ever_and_better_than_by_trafilatura_alone() -> None:
    module = benchmark()
    ours, alone = module.Score(), module.Score()
    for sample in module.samples_of(ROOT / "tests/data/pages"):
        module.score(sample, module.ours(sample), ours)
        module.score(sample, module.trafilatura_alone(sample), alone)
    assert ours.found[0] == ours.found[1] == 70
    assert ours.wrong[0] == 0 < alone.wrong[0]
    assert ours.published == [8, 0, 0]
    assert ours.title == [8, 0, 0]
    assert ours.authors == [2, 0, 0]
    assert ours.title[0] > alone.title[0]
