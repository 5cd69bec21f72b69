"""What the attention of an installed model is good for: links between words, and quotation marks.

    python benchmarks/align.py zh-en.tsv [--links 200]

The file has a source and a reference a line. Anchors are digits and words in Latin letters that both sides have
once; `--links` prints so many links, drawn at random, to be read.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.languages.quotations import has_quotation_marks, quotations_in
from generator.model import Segment
from generator.translate.decode import Request, decode_batch, shared_engine
from generator.translate.engines import EngineSpec
from generator.translate.glossary import Glossary
from generator.translate.quotation_repair import lost_quotations
from generator.translate.word_alignment import anchors_linked, links_of, proven
from tests.support import samples

SEED = 7


def main(file: Path, links: int = 0, source: str = "zh", target: str = "en") -> None:
    """Print how many links there are and how many anchors they get right, and what becomes of quotations."""
    texts = [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()]
    spec = EngineSpec(source, target)
    segments = decode_batch(spec, Glossary(), [Request(source, text, text) for text in texts])
    if segments is None:
        sys.exit(f"{source}-{target} is not installed")
    print_links(segments, source, links)
    print_cost(spec, texts[:300])
    for name, long in (("any quotation", False), ("a statement", True)):
        quoting = [
            each for each in segments
            if quotations_in(each.source) and (not long or lost_quotations(each.source, "", source) is not None)
        ]  # fmt: skip
        print(f"{name}: {len(quoting)} sentences;", dict(Counter(map(fate, quoting))))
    for each in segments:
        if "quotation" in each.mended:
            print(f"  {each.source}\n  {each.target}")


def print_links(segments: list[Segment], source: str, wanted: int) -> None:
    """Print counts, and some links amid their sentences."""
    anchors = anchors_linked([samples.translation("all", source, [segments])])
    found = [(segment, link) for segment in segments for link in segment.links]
    print(f"{len(segments)} sentences, {len(found)} links; anchors: {anchors}")
    for segment, link in random.Random(SEED).sample(found, wanted):
        print(amid(segment.source, *link[:2], 8), "|", amid(segment.target or "", *link[2:], 25))


def amid(text: str, start: int, end: int, around: int) -> str:
    """Return a stretch in brackets amid what stands around it."""
    return f"{text[max(start - around, 0) : start]}[{text[start:end]}]{text[end : end + around]}"


def print_cost(spec: EngineSpec, texts: list[str]) -> None:
    """Print what links take beside decoding."""
    engine = shared_engine(spec)
    if engine is None:
        return
    begin = process_time()
    hypotheses = list(engine.translate(texts))
    decoded = process_time()
    for text, hypothesis in zip(texts, proven(hypotheses), strict=True):
        links_of(hypothesis, text, hypothesis.text)
    print(f"decoding {decoded - begin:.2f} s, links {process_time() - decoded:.2f} s")


def fate(segment: Segment) -> str:
    """Return what became of a sentence's quotation marks."""
    if "quotation" in segment.mended:
        return "regained"
    if has_quotation_marks(segment.target or ""):
        return "kept"
    return "marked" if any(each.check == "quotation" for each in segment.findings) else "lost"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    count = int(arguments[arguments.index("--links") + 1]) if "--links" in arguments else 0
    main(Path(arguments[0]), count)
