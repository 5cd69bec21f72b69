"""What the path around a model does to its translations: stand-ins, second decodings, marks on sentences.

    python benchmarks/protect.py DATA.tsv

DATA.tsv holds a Chinese sentence and its English reference a line. For the first table something protected is
put into 240 of them, and taken out of the translations before these are scored.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sacrebleu import BLEU, CHRF, sentence_chrf
from sacrebleu.significance import PairedTest

from generator.config import Quality
from generator.languages.protected_spans import protected_spans
from generator.model import Engine, Segment
from generator.translate import decode
from generator.translate.calibration import unsure_below
from generator.translate.decode import Request, decode_batch, shared_engine
from generator.translate.engines import EngineSpec
from generator.translate.glossary import Glossary
from generator.translate.postprocess import postprocess
from generator.translate.shield import shielded
from generator.translate.translator import batch_size
from tests.support.argos_package import install_real_package

Rows = Sequence[tuple[str, str]]
SPANS = (
    *(
        "https://www.example.com/新闻/2024?id=12",
        "hr_zhang.san@example.com.cn",
        "http://t.cn/A6bXyZ",
        "@john_doe",
    ),
    *("@人民日报_官方", "#北京冬奥会#", "{name}", "%1$s", "`<b>`", "my_file.txt", "😆", "🎉🎉🎉"),
)
QUALITIES: tuple[Quality, ...] = ("fast", "balanced", "best")


def engine_of(quality: Quality) -> Engine:
    """Return an engine on one thread, loaded."""
    engine = cast(Engine, shared_engine(EngineSpec("zh", "en", quality), 1))
    list(engine.translate(["热身。"]))
    return engine


def scores(targets: Sequence[str], rows: Rows) -> str:
    """Return BLEU and chrF in words."""
    references = [[reference for _, reference in rows]]
    bleu, chrf = (metric.corpus_score(targets, references).score for metric in (BLEU(), CHRF()))
    return f"BLEU {bleu:.2f}  chrF {chrf:.2f}"


def stand_ins(rows: Rows) -> None:
    """Print how many spans come through a model, read by it or not, and what becomes of the words around."""
    rows = [row for row in rows if _is_plain(row[0])][:240]
    engine = engine_of("balanced")
    spans = [SPANS[index % len(SPANS)] for index in range(len(rows))]
    sources = [_with_span(source, spans[index], index) for index, (source, _) in enumerate(rows)]
    shields = [shielded(source, "zh") for source in sources]
    through = engine.translate(shield.text for shield in shields)
    outputs = {
        "no span": [each.text for each in engine.translate(source for source, _ in rows)],
        "read by the model": [each.text for each in engine.translate(sources)],
        "stand-ins": [shield.restored(each.text) for shield, each in zip(shields, through, strict=True)],
    }
    for name, targets in outputs.items():
        kept = sum(span in target for span, target in zip(spans, targets, strict=True))
        bare = [" ".join(target.replace(span, "").split()) for span, target in zip(spans, targets, strict=True)]
        bare = [re.sub(r" ?\( ?\)", "", target) for target in bare]
        print(f"{name:20} kept {kept:3} of {len(rows)}  the rest: {scores(bare, rows)}")


def _is_plain(source: str) -> bool:
    is_sentence = "，" in source and source[-1] in "。！？" and 20 < len(source) < 80
    return is_sentence and all(span.kind == "latin" for span in protected_spans(source, "zh"))


def _with_span(source: str, span: str, number: int) -> str:
    """Put a span behind the first clause or at the end, in brackets or without."""
    if span[0] in "😆🎉":
        return source.replace("，", span, 1) if number // 12 % 2 else source + span
    put = f"（{span}）" if number // 24 % 2 else f" {span} "
    return source.replace("，", f"{put}，", 1) if number // 12 % 2 else source[:-1] + put + source[-1]


class SecondDecodings:
    """Counts the processor time that second decodings take."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.real = decode._decoded_again

    def __call__(self, *given: Any) -> Any:
        """Decode again, with a clock around it: nothing else is decoded meanwhile."""
        begun = time.process_time()
        made = self.real(*given)
        self.seconds += time.process_time() - begun
        return made


def whole_path(rows: Rows) -> None:
    """Print, by quality, what the path makes of a model's output, what it marks, and what that costs."""
    references = [reference for _, reference in rows]
    for quality in QUALITIES:
        engine = engine_of(quality)
        bound = unsure_below(engine)
        first = [
            postprocess(each.text, source)
            for each, (source, _) in zip(engine.translate(source for source, _ in rows), rows, strict=True)
        ]
        clock = SecondDecodings()
        decode._decoded_again = clock
        begun = time.process_time()
        segments = [
            segment
            for start in range(0, len(rows), batch_size(quality))
            for segment in _decoded(rows, start, quality)
        ]
        seconds = time.process_time() - begun
        decode._decoded_again = clock.real
        systems = [("decoding alone", first), ("whole path", [segment.target or "" for segment in segments])]
        _, found = PairedTest(systems, {"BLEU": BLEU(), "chrF": CHRF()}, [references], "bs", n_samples=1000)()
        print(f"\n{quality}; second decodings {clock.seconds / (seconds - clock.seconds):.1%} of the first")
        for place, (name, _) in enumerate(systems):
            shown = (values[place] for metric, values in found.items() if metric != "System")
            print(f"{name:16}", *(f"{each.score:.2f} p {each.p_value or 1:.3f}" for each in shown))
        marks(segments, references, bound)


def _decoded(rows: Rows, start: int, quality: Quality) -> list[Segment]:
    requests = [Request("zh", source, source) for source, _ in rows[start : start + batch_size(quality)]]
    return decode_batch(EngineSpec("zh", "en", quality), Glossary(), requests, 1) or []


def marks(segments: Sequence[Segment], references: Sequence[str], bound: float | None) -> None:
    """Print which checks fire, and how many of the sentences by chrF those of the score find."""
    print(
        "bound",
        bound and round(bound, 2),
        dict(Counter(each.check for one in segments for each in one.findings)),
    )
    chrf = [
        sentence_chrf(segment.target or "", [reference]).score
        for segment, reference in zip(segments, references, strict=True)
    ]
    worst = sorted(range(len(chrf)), key=chrf.__getitem__)
    tenth, quarter = set(worst[: len(worst) // 10]), set(worst[: len(worst) // 4])
    for name, checks in (("score", {"score"}), ("any check", None)):
        marked = {
            index
            for index, segment in enumerate(segments)
            if any(checks is None or finding.check in checks for finding in segment.findings)
        }
        print(
            f"{name:10} marks {len(marked)}, {len(marked & quarter) / max(1, len(marked)):.0%} of them in the "
            f"worst quarter; {len(marked & tenth) / len(tenth):.0%} of the worst tenth"
        )


if __name__ == "__main__":
    import os

    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    data = [(source, reference) for source, reference in (line.split("\t") for line in lines)]
    with tempfile.TemporaryDirectory() as packages:
        install_real_package(Path(packages))
        os.environ["ARGOS_PACKAGES_DIR"] = packages
        stand_ins(data)
        whole_path(data)
