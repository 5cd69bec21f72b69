"""Glued words found, false splits, speed and load time of `generator/analyze/repair.py`.

    python benchmarks/repair.py [FOLDER]

FOLDER has glued-words.ar.jsonl (`id` begins with the kind of pair, `noisy`, `gold`) and clean.ar.jsonl
(`gold`: undamaged sentences). Times are of the processor.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from time import process_time

from generator.analyze.repair import lexicon, repairs
from generator.model import mended

KINDS = {
    "entity": "both with article, as in الولاياتالمتحدة",
    "wa_al": "the second with و or ال, as in سورياوالعراق",
    "any": "any two neighbours",
}
NAMES = "هوليوود الوالدين جوالا موالفينا نوالعالي".split()


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fixed(sentence: str) -> str:
    """Return the sentence as repaired."""
    return mended(sentence, repairs(sentence, "ar"))


def main(folder: str = "tests/data") -> None:
    """Print every figure."""
    start = process_time()
    words = lexicon("ar")
    print(f"lexicon: {len(words):,} words loaded in {process_time() - start:.3f} s\n")

    glued = read(Path(folder, "glued-words.ar.jsonl"))
    asked = Counter(row["id"].split("-")[0] for row in glued)
    found = Counter(row["id"].split("-")[0] for row in glued if fixed(row["noisy"]) == row["gold"])
    for kind, text in KINDS.items():
        print(f"{found[kind] / asked[kind]:6.1%} of {asked[kind]} sentences repaired exactly ({text})")

    clean = [row["gold"] for row in read(Path(folder, "clean.ar.jsonl"))]
    size = sum(len(sentence.split()) for sentence in clean)
    false = [repair.text for sentence in clean for repair in repairs(sentence, "ar")]
    print(f"\n{len(false)} false splits in {size:,} words: {1e4 * len(false) / size:.2f} in 10,000", *false)
    split = [name for name in NAMES if fixed(name) != name]
    print(f"{len(split)} of {len(NAMES)} words that look glued and are not", *split)

    start = process_time()
    for sentence in clean:
        fixed(sentence)
    print(f"\n{len(clean) / (process_time() - start):,.0f} sentences/s")


if __name__ == "__main__":
    main(*sys.argv[1:])
