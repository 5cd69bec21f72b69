"""How often each quality check fires on real machine output and on human references.

    python benchmarks/check.py argos-output.ar-en.tsv

The file has a header and three columns: source, machine output, human reference. A check that fires often on
people's translations is noise; one that never fires on the machine's is of no use.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.model import Pair
from generator.translate.postprocess import postprocess
from generator.translate.quality_checks import CHECKS, quality_findings


def main(file: Path, source: str = "ar", target: str = "en") -> None:
    """Print the share of sentences in which each check fires, raw, tidied, and in the references."""
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
    versions = {
        "machine, raw": [(row[0], row[1]) for row in rows],
        "machine, tidied": [(row[0], postprocess(row[1], row[0])) for row in rows],
        "people": [(row[0], row[2]) for row in rows],
    }
    print(f"{len(rows)} sentences {source}-{target}; share in which a check fires, in percent\n")
    print(f"{'check':12}" + "".join(f"{name:>18}" for name in versions))
    counts = {
        name: Counter(
            finding.check for pair in pairs for finding in quality_findings(Pair(*pair, source, target))
        )
        for name, pairs in versions.items()
    }
    for name in (check.name for check in CHECKS):
        print(
            f"{name:12}" + "".join(f"{100 * counts[version][name] / len(rows):18.2f}" for version in versions)
        )
    print(f"{'any':12}" + "".join(
        f"{100 * sum(bool(quality_findings(Pair(*pair, source, target))) for pair in pairs) / len(rows):18.2f}"
        for pairs in versions.values()
    ))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:4])
