"""Speed, memory and quality of translation, against argostranslate and bare CTranslate2.

    python benchmarks/translate.py [DATA.tsv] [--rounds 3] [--sentences 96] [--memory 10000] [--quality]

DATA.tsv holds a Chinese sentence and its English reference a line; without it, sentences of the tests' data.
Systems run one after the other, each in a process of its own, round by round, so that a noisy machine
disturbs all alike; figures are medians. Loading a model isn't counted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.engines import argos, packages
from generator.engines.decoding import QUALITIES, Decoding, Quality
from tests.argos_package import install_real_package

Translate = Callable[[Sequence[str]], list[str]]
BEST_SETTINGS = {
    "ARGOS_INTER_THREADS": str(os.cpu_count()),
    "ARGOS_INTRA_THREADS": "1",
    "ARGOS_BATCH_SIZE": "512",
}
"""What makes argostranslate fastest by its own environment variables."""


def ours(quality: Quality, *, restricted: bool = True) -> Translate:
    """Translate as `digest generate` does."""
    from dataclasses import replace

    engine = argos.engine(packages.installed()[0], quality=quality)
    engine._decoding = replace(QUALITIES[quality], restricted=restricted)
    list(engine.translate(["热身"]))
    return lambda sentences: [hypothesis.text for hypothesis in engine.translate(sentences)]


def bare(decoding: Decoding) -> Translate:
    """Call translate_batch once, with our options and the whole vocabulary."""
    import ctranslate2
    import sentencepiece

    path = packages.installed()[0].path
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(path / "sentencepiece.model"))
    translator = ctranslate2.Translator(
        str(path / "model"), compute_type="int8", inter_threads=os.cpu_count() or 1, intra_threads=1
    )

    def translate(sentences: Sequence[str]) -> list[str]:
        results = translator.translate_batch(
            pieces.encode(list(sentences), out_type=str),
            max_batch_size=decoding.batch_tokens,
            batch_type="tokens",
            beam_size=decoding.beam,
            length_penalty=1.0,
            replace_unknowns=True,
            return_scores=True,
        )
        return [pieces.decode_pieces(result.hypotheses[0]) for result in results]

    translate(["热身"])
    return translate


def argostranslate() -> Translate:
    """Drive argostranslate itself; its splitter would ask the network, so a plain one stands in."""
    from argostranslate import package, translate

    class Plain:
        def split_sentences(self, text: str) -> list[str]:
            return text.split("\x1e")

    (installed,) = package.get_installed_packages()
    translation = translate.PackageTranslation(None, None, installed)
    translation.sentencizer = Plain()
    translation.translate("热身")
    return lambda sentences: [translation.translate("\x1e".join(sentences))]


SYSTEMS: dict[str, tuple[Callable[[], Translate], dict[str, str]]] = {
    "ours, best (beam 4)": (lambda: ours("best"), {}),
    "ours, balanced (beam 2)": (lambda: ours("balanced"), {}),
    "ours, fast (beam 1)": (lambda: ours("fast"), {}),
    "ours, beam 4, whole vocabulary": (lambda: ours("best", restricted=False), {}),
    "ours, beam 2, whole vocabulary": (lambda: ours("balanced", restricted=False), {}),
    "bare CTranslate2, beam 4": (lambda: bare(QUALITIES["best"]), {}),
    "bare CTranslate2, beam 2": (lambda: bare(QUALITIES["balanced"]), {}),
    "bare CTranslate2, beam 1": (lambda: bare(QUALITIES["fast"]), {}),
    "argostranslate, best settings": (argostranslate, BEST_SETTINGS),
    "argostranslate, defaults": (argostranslate, {}),
}
RATIOS = (
    ("ours, best (beam 4)", "argostranslate, defaults", 10.0),
    ("ours, best (beam 4)", "argostranslate, best settings", 2.4),
    ("ours, beam 4, whole vocabulary", "bare CTranslate2, beam 4", 0.95),
    ("ours, beam 2, whole vocabulary", "bare CTranslate2, beam 2", 0.95),
    ("ours, balanced (beam 2)", "bare CTranslate2, beam 2", 1.2),
    ("ours, best (beam 4)", "bare CTranslate2, beam 4", 1.2),
    ("ours, fast (beam 1)", "bare CTranslate2, beam 1", 1.2),
    ("ours, balanced (beam 2)", "argostranslate, defaults", 20.0),
)


def measured(name: str, sentences: Sequence[str]) -> tuple[float, float]:
    """Give sentences a second and peak megabytes of one system in a fresh process."""
    run = [sys.executable, __file__, "--system", name]
    environment = os.environ | SYSTEMS[name][1]
    done = subprocess.run(
        run, input="\n".join(sentences), env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return len(sentences) / seconds, megabytes


def run_system(name: str) -> None:
    """Be the fresh process: translate standard input and print seconds and peak megabytes."""
    sentences = sys.stdin.read().splitlines()
    translate = SYSTEMS[name][0]()
    begun = time.perf_counter()
    translate(sentences)
    seconds = time.perf_counter() - begun
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def speed(sentences: Sequence[str], slow: int, rounds: int) -> None:
    """Print sentences a second and memory of every system, and the ratios that matter."""
    few = sentences[:: max(1, len(sentences) // slow)][:slow]
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in SYSTEMS}
    for _ in range(rounds):
        for name, runs in results.items():
            runs.append(measured(name, few if name == "argostranslate, defaults" else sentences))
    print(f"{'system':34}{'sentences/s':>12}{'peak MB':>9}   (medians of {rounds})")
    rate = {name: statistics.median(run[0] for run in runs) for name, runs in results.items()}
    for name, runs in results.items():
        print(f"{name:34}{rate[name]:12.1f}{statistics.median(run[1] for run in runs):9.0f}")
    for ahead, behind, goal in RATIOS:
        pairs = zip(results[ahead], results[behind], strict=True)
        ratio = statistics.median(mine[0] / theirs[0] for mine, theirs in pairs)
        print(f"{ahead} / {behind}: {ratio:.2f} (goal {goal})")


def quality(rows: Sequence[tuple[str, str]]) -> None:
    """Print BLEU and chrF of each quality with both vocabularies, and paired bootstraps."""
    from sacrebleu import BLEU, CHRF
    from sacrebleu.significance import PairedTest

    sources, references = zip(*rows, strict=True)
    outputs: dict[str, list[str]] = {}
    for name in ("balanced", "fast", "best"):
        for restricted in (False, True):
            system = f"{name}, {'restricted' if restricted else 'whole'} vocabulary"
            outputs[system] = ours(name, restricted=restricted)(sources)
    metrics = {"BLEU": BLEU(), "chrF": CHRF()}
    for base in ("balanced", "fast", "best"):
        first = f"{base}, whole vocabulary"
        chosen = [(first, outputs[first]), *((name, out) for name, out in outputs.items() if name != first)]
        if base != "balanced":
            chosen = chosen[:1] + [each for each in chosen if each[0].startswith(base) and each[0] != first]
        signatures, scores = PairedTest(chosen, metrics, [references], "bs", n_samples=1000)()
        print(f"\nagainst {first}:")
        for i, (name, targets) in enumerate(chosen):
            results = [(metric, scores[metric][i]) for metric in metrics]
            shown = [f"{metric} {result.score:.2f}" for metric, result in results]
            shown += [f"p {result.p_value:.3f}" for _, result in results if result.p_value is not None]
            print(f"{name:32}{'  '.join(shown)}  numbers kept {numbers_kept(sources, targets):.1%}")
    print(*signatures.values(), sep="\n")


def numbers_kept(sources: Sequence[str], targets: Sequence[str]) -> float:
    """Give the part of the sources' Arabic numerals that stand in the targets as they are."""
    pairs = [
        (number, target)
        for source, target in zip(sources, targets, strict=True)
        for number in re.findall(r"\d+", source)
    ]
    return sum(number in re.findall(r"\d+", target) for number, target in pairs) / len(pairs)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=ROOT / "tests/data/zh-en.tsv")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=int, default=96, help="sentences for argostranslate's defaults")
    parser.add_argument("--memory", type=int, default=0, help="measure ours on so many sentences instead")
    parser.add_argument("--quality", action="store_true", help="measure BLEU and chrF instead")
    parser.add_argument("--system", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.system:
        run_system(given.system)
        return
    rows = [tuple(line.split("\t")) for line in given.data.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ARGOS_PACKAGES_DIR"] = folder
        install_real_package(Path(folder))
        if given.quality:
            quality([(row[0], row[1]) for row in rows])
        elif given.memory:
            many = [rows[i % len(rows)][0] for i in range(given.memory)]
            rate, megabytes = measured("ours, balanced (beam 2)", many)
            print(f"{given.memory} sentences: {rate:.1f}/s, peak {megabytes:.0f} MB")
        else:
            speed([row[0] for row in rows], given.slow, given.rounds)


if __name__ == "__main__":
    main()
