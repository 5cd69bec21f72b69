"""Speed, memory and quality of translation, against argostranslate and bare CTranslate2.

    python benchmarks/translate.py [DATA.tsv] [--rounds 3] [--slow 96]    speed and memory
    python benchmarks/translate.py [DATA.tsv] --memory 10000              memory on many sentences
    python benchmarks/translate.py [DATA.tsv] --quality                   BLEU and chrF
    python benchmarks/translate.py [DATA.tsv] --long                      inputs longer than the model likes
    python benchmarks/translate.py [DATA.tsv] --path                      `digest generate`, stage by stage
    python benchmarks/translate.py [DATA.tsv] --killed 5                  what killed runs lose
    python benchmarks/translate.py [DATA.tsv] --device cuda               speed and quality on a GPU; where none
                                                                          works, a line and exit code 1

DATA.tsv holds a Chinese sentence and its English reference a line; without it, sentences of the tests' data.
Systems run one after the other, each in a process of its own, round by round, so that a noisy machine
disturbs all alike; figures are medians. Loading a model isn't counted.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator import analyze, build, changes, config, connect, ingest, publish
from generator.models import packages
from generator.translate import decode, engines
from generator.translate.engines import EngineSpec, hardware
from generator.translate.engines import ctranslate2 as local
from generator.translate.engines.decoding import QUALITIES, Decoding
from tests.support.argos_package import install_real_package

Translate = Callable[[Sequence[str]], list[str]]
BEST_SETTINGS = {
    "ARGOS_INTER_THREADS": str(os.cpu_count()),
    "ARGOS_INTRA_THREADS": "1",
    "ARGOS_BATCH_SIZE": "512",
}
"""What makes argostranslate fastest by its own environment variables."""
IN_ARTICLE = 20
"""Sentences that argostranslate gets at once where it translates an article at a time, as people use it."""


def ours(quality: config.Quality, *, restricted: bool = True) -> Translate:
    """Translate as `digest generate` does."""
    engine = engines.make_engine(packages.installed()[0], EngineSpec("zh", "en", quality))
    engine._decoding = replace(QUALITIES[quality], restricted=restricted)
    list(engine.translate(["热身"]))
    return lambda sentences: [hypothesis.text for hypothesis in engine.translate(sentences)]


def bare(decoding: Decoding, length_penalty: float = 1.0) -> Translate:
    """Call translate_batch once, with our options and the whole vocabulary."""
    import ctranslate2
    import sentencepiece

    path = packages.installed()[0].path
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(path / "sentencepiece.model"))
    model = ctranslate2.Translator(
        str(path / "model"), compute_type="default", inter_threads=os.cpu_count() or 1, intra_threads=1
    )

    def translate(sentences: Sequence[str]) -> list[str]:
        results = model.translate_batch(
            pieces.encode(list(sentences), out_type=str),
            max_batch_size=decoding.batch_tokens,
            batch_type="tokens",
            beam_size=decoding.beam,
            length_penalty=length_penalty,
            replace_unknowns=True,
            return_scores=True,
        )
        return [pieces.decode_pieces(result.hypotheses[0]).replace("▁", " ").strip() for result in results]

    translate(["热身"])
    return translate


def argostranslate(together: int = sys.maxsize) -> Translate:
    """Drive argostranslate itself, with so many sentences a text: an article's, or all in one.

    Its splitter would ask the network, so a plain one stands in.
    """
    from argostranslate import package, translate

    class Plain:
        def split_sentences(self, text: str) -> list[str]:
            return text.split("\x1e")

    (installed,) = package.get_installed_packages()
    translation = translate.PackageTranslation(None, None, installed)
    translation.sentencizer = Plain()
    translation.translate("热身")
    return lambda sentences: [
        translation.translate("\x1e".join(sentences[start : start + together]))
        for start in range(0, len(sentences), together)
    ]


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
    "argostranslate, best, by article": (lambda: argostranslate(IN_ARTICLE), BEST_SETTINGS),
    "argostranslate, defaults": (argostranslate, {}),
}
RATIOS = (
    ("ours, best (beam 4)", "argostranslate, defaults", 10.0),
    ("ours, best (beam 4)", "argostranslate, best settings", 2.4),
    ("ours, best (beam 4)", "argostranslate, best, by article", 2.4),
    ("ours, beam 4, whole vocabulary", "bare CTranslate2, beam 4", 0.95),
    ("ours, beam 2, whole vocabulary", "bare CTranslate2, beam 2", 0.95),
    ("ours, balanced (beam 2)", "bare CTranslate2, beam 2", 1.25),
    ("ours, best (beam 4)", "bare CTranslate2, beam 4", 1.25),
    ("ours, fast (beam 1)", "bare CTranslate2, beam 1", 1.25),
    ("ours, balanced (beam 2)", "argostranslate, defaults", 20.0),
)


@dataclass(frozen=True)
class Run:
    """What one system took for some sentences."""

    sentences: int
    seconds: float
    processor: float
    """Seconds of all cores together; other programs on the machine disturb it less."""
    megabytes: float
    """The highest memory use of the whole process, model and libraries included."""


def measured(name: str, sentences: Sequence[str]) -> Run:
    """Run one system in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, "--system", name],
        input="\n".join(sentences),
        env=os.environ | SYSTEMS[name][1],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Run(len(sentences), *json.loads(done.stdout.splitlines()[-1]))


def run_system(name: str) -> None:
    """Be the fresh process: translate standard input and print what it took."""
    sentences = sys.stdin.read().splitlines()
    translate = SYSTEMS[name][0]()
    begun, processor = time.perf_counter(), time.process_time()
    translate(sentences)
    seconds, processor = time.perf_counter() - begun, time.process_time() - processor
    print(json.dumps([seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def speed(sentences: Sequence[str], slow: int, rounds: int) -> None:
    """Print sentences a second and memory of every system, and the ratios that matter."""
    few = sentences[:: max(1, len(sentences) // slow)][:slow]
    runs: dict[str, list[Run]] = {name: [] for name in SYSTEMS}
    for _ in range(rounds):
        for name, results in runs.items():
            results.append(measured(name, few if name == "argostranslate, defaults" else sentences))
    print(f"{'medians of ' + str(rounds):34}{'sentences/s':>12}{'a core-s':>10}{'peak MB':>9}")
    for name, results in runs.items():
        rate = statistics.median(run.sentences / run.seconds for run in results)
        work = statistics.median(run.sentences / run.processor for run in results)
        memory = statistics.median(run.megabytes for run in results)
        print(f"{name:34}{rate:12.1f}{work:10.1f}{memory:9.0f}")
    for ahead, behind, goal in RATIOS:
        pairs = list(zip(runs[ahead], runs[behind], strict=True))
        sizes = [mine.sentences / theirs.sentences for mine, theirs in pairs]
        ratio = statistics.median(s * b.seconds / a.seconds for s, (a, b) in zip(sizes, pairs, strict=True))
        work = statistics.median(s * b.processor / a.processor for s, (a, b) in zip(sizes, pairs, strict=True))
        print(f"{ahead} / {behind}: {ratio:.2f}, by processor time {work:.2f} (goal {goal})")


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
    outputs["argostranslate's (beam 4, lp 0.2)"] = bare(QUALITIES["best"], 0.2)(sources)
    metrics = {"BLEU": BLEU(), "chrF": CHRF()}
    for base in ("balanced", "fast", "best"):
        first = f"{base}, whole vocabulary"
        chosen = [(first, outputs[first]), *((name, out) for name, out in outputs.items() if name != first)]
        if base != "balanced":
            chosen = chosen[:1] + [each for each in chosen if each[0].startswith(base) and each[0] != first]
        signatures, scores = PairedTest(chosen, metrics, [references], "bs", n_samples=1000)()
        print(f"\nagainst {first}:")
        for i, (name, targets) in enumerate(chosen):
            results = [(metric, values[i]) for metric, values in scores.items() if metric != "System"]
            shown = [f"{metric} {result.score:.2f}" for metric, result in results]
            shown += [f"p {result.p_value:.3f}" for _, result in results if result.p_value is not None]
            print(f"{name:32}{'  '.join(shown)}  numbers kept {numbers_kept(sources, targets):.1%}")
    print(*signatures.values(), sep="\n")


def numbers_kept(sources: Sequence[str], targets: Sequence[str]) -> float:
    """Return the part of the sources' Arabic numerals that stand in the targets as they are."""
    pairs = [
        (number, target)
        for source, target in zip(sources, targets, strict=True)
        for number in re.findall(r"\d+", source)
    ]
    return sum(number in re.findall(r"\d+", target) for number, target in pairs) / len(pairs)


def long_sentences(rows: Sequence[tuple[str, str]]) -> None:
    """Print what becomes of long inputs, here sentences run together, by the length decoded at once."""
    from sacrebleu import corpus_bleu, corpus_chrf

    engine = engines.make_engine(packages.installed()[0], EngineSpec("zh", "en", "fast"))
    for least in (120, 200, 320):
        texts: list[list[tuple[str, str]]] = [[]]
        for row in rows:
            texts[-1].append(row)
            if len(engine._encode("".join(source for source, _ in texts[-1]))) >= least:
                texts.append([])
        texts = texts[:-1][:15]
        references = [" ".join(reference for _, reference in text) for text in texts]
        for longest in (40, 80, 100, 120, 240, 1000):
            local.LONGEST, local.LONGEST_OUTPUT = longest, 1000
            targets = [each.text for each in engine.translate("".join(s for s, _ in text) for text in texts)]
            scores = [score(targets, [references]).score for score in (corpus_bleu, corpus_chrf)]
            length = sum(map(len, targets)) / sum(map(len, references))
            print(
                f"{len(texts)} of {least}+ pieces, at once {longest:4}: BLEU {scores[0]:.1f} "
                f"chrF {scores[1]:.1f}, {length:.0%} of the reference's length"
            )


def gpu_table(rows: Sequence[tuple[str, str]]) -> None:
    """Print speed and quality of the GPU by quality, numbers and size of batches.

    Ends with a line and exit code 1 where it does not work: what is measured would be the processor.
    """
    from sacrebleu import corpus_bleu, corpus_chrf

    sources, references = zip(*rows, strict=True)
    print(f"{len(rows)} sentences; {'sentences/s':>12}{'BLEU':>8}{'chrF':>8}")
    for name in ("fast", "balanced", "best"):
        for kind in ("float16", "int8_float16"):
            for local.GPU_BATCH_TOKENS in (8_192, 32_768):
                spec = EngineSpec("zh", "en", name, hardware=config.Hardware("cuda", kind))
                engine = engines.make_engine(packages.installed()[0], spec)
                list(engine.translate(sources[:64]))  # warm up
                if "|cuda:" not in engine.signature:
                    sys.exit("the GPU cannot be used, as said above, so there is nothing to measure")
                begun = time.perf_counter()
                targets = [hypothesis.text for hypothesis in engine.translate(sources)]
                rate = len(sources) / (time.perf_counter() - begun)
                if "|cuda:" not in engine.signature:
                    sys.exit("the GPU failed in the midst, as said above; the figures before this line hold")
                scores = [score(targets, [references]).score for score in (corpus_bleu, corpus_chrf)]
                print(f"{rate:12.0f}{scores[0]:8.2f}{scores[1]:8.2f}  {engine.signature}")


class Clock:
    """Processor seconds by stage, without those of the stages within; what other threads do doesn't count."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = threading.local()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with a clock around it."""

        @functools.wraps(function)
        def run(*given: Any, **named: Any) -> Any:
            begun, before = time.thread_time(), getattr(self._inner, "seconds", 0.0)
            self._inner.seconds = 0.0
            try:
                return function(*given, **named)
            finally:
                seconds = time.thread_time() - begun
                self.seconds[name] += seconds - self._inner.seconds
                self._inner.seconds = before + seconds

        return run


STAGES: tuple[tuple[str, Any, str], ...] = (
    ("read", ingest, "read_seed"),
    ("identify", analyze, "identify_paragraphs"),
    ("split", analyze, "split"),
    ("repair", analyze, "repairs"),
    ("summarize", analyze, "summarize"),
    ("connect", connect, "make_profile"),
    ("connect", connect, "connect"),
    ("write records", publish.Publisher, "record"),
    ("write pages", publish.Publisher, "publish"),
    ("tokenize, check", decode, "decode_batch"),
    ("all else", build, "generate"),
)
"""What each stage is called and the function that does it."""


def digest_of(sentences: Sequence[str], root: Path) -> Path:
    """Write a digest of articles that no run has seen."""
    (root / "mkdocs.yml").write_text("site_name: Digest\n")
    (root / "seeds").mkdir()
    for begin in range(0, len(sentences), IN_ARTICLE):
        text = "\n\n".join(sentences[begin : begin + IN_ARTICLE])
        (root / "seeds" / f"article-{begin:05}.txt").write_text(text, encoding="utf-8")
    return root


def killed_runs(sentences: Sequence[str], times: int) -> None:
    """Print how many seconds of work are not on disk when a run is killed, at even distances of time."""
    whole = 0.0
    for kill in range(times + 1):
        with tempfile.TemporaryDirectory() as folder:
            root = digest_of(sentences, Path(folder))
            begun = time.perf_counter()
            run = subprocess.Popen(
                [sys.executable, "-m", "generator", "generate"],
                cwd=root,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
            )
            try:
                run.wait(timeout=kill * whole / (times + 1) or None)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
            seconds = time.perf_counter() - begun
            saved = len(list(root.glob("docs/*/articles/*/article.json"))) * IN_ARTICLE / len(sentences)
        if kill:
            print(f"killed after {seconds:5.1f} s: {saved:4.0%} on disk, {seconds - saved * whole:4.1f} s lost")
        else:
            whole = seconds
            print(f"{len(sentences)} sentences, undisturbed: {whole:.1f} s, {saved:.0%} on disk")


def whole_path(rows: Sequence[tuple[str, str]], slow: int) -> None:
    """Print what each stage of `digest generate` costs on new articles, and its speed as a whole.

    Loading the model counts here, among what tokenizes and checks.
    """
    clock = Clock()
    for name, place, attribute in STAGES:
        function = getattr(place, attribute)
        timed = clock.timed(name, function)
        setattr(place, attribute, timed)
        if getattr(changes, attribute, None) is function:
            setattr(changes, attribute, timed)
    with tempfile.TemporaryDirectory() as folder:
        root = digest_of([source for source, _ in rows], Path(folder))
        begun, processor = time.perf_counter(), time.process_time()
        report = build.generate(config.load(root / "mkdocs.yml"))
        seconds, processor = time.perf_counter() - begun, time.process_time() - processor
    if report.machine < len(rows):
        sys.exit("not every sentence was translated")
    stages = dict(clock.seconds) | {"decode": processor - sum(clock.seconds.values())}
    print(f"{report.sentences} sentences in {report.articles} articles: {processor:.1f} core-s, of which")
    for name, spent in sorted(stages.items(), key=lambda stage: -stage[1]):
        print(f"{name:16}{spent / processor:8.1%}{1000 * spent / report.sentences:10.2f} ms a sentence")
    theirs = measured("argostranslate, defaults", [source for source, _ in rows[:: len(rows) // slow]][:slow])
    ratios = [
        report.sentences / mine * other / theirs.sentences
        for mine, other in ((seconds, theirs.seconds), (processor, theirs.processor))
    ]
    print(f"{report.sentences / seconds:.1f} sentences/s; digest generate / argostranslate, defaults: ", end="")
    print(f"{ratios[0]:.2f}, by processor time {ratios[1]:.2f} (goal 20.0)")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=ROOT / "tests/data/zh-en.tsv")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=int, default=96, help="sentences for argostranslate's defaults")
    parser.add_argument("--memory", type=int, default=0, help="measure ours on so many sentences instead")
    parser.add_argument("--quality", action="store_true", help="measure BLEU and chrF instead")
    parser.add_argument("--long", action="store_true", help="measure long inputs instead")
    parser.add_argument("--path", action="store_true", help="measure the stages of digest generate instead")
    parser.add_argument("--killed", type=int, default=0, help="kill so many runs and see what is lost instead")
    parser.add_argument("--device", choices=("cuda",), help="measure a GPU instead")
    parser.add_argument("--system", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.system:
        run_system(given.system)
        return
    if given.device and not hardware.prefers_gpu(config.Hardware(given.device)):
        sys.exit("no GPU: CTranslate2 sees none on this machine, so there is nothing to measure")
    rows = [tuple(line.split("\t")) for line in given.data.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ARGOS_PACKAGES_DIR"] = folder
        install_real_package(Path(folder))
        if given.device:
            gpu_table([(row[0], row[1]) for row in rows])
        elif given.quality:
            quality([(row[0], row[1]) for row in rows])
        elif given.long:
            long_sentences([(row[0], row[1]) for row in rows])
        elif given.path:
            whole_path([(row[0], row[1]) for row in rows], given.slow)
        elif given.killed:
            killed_runs([f"{row[0]}（{again}）" for again in range(3) for row in rows], given.killed)
        elif given.memory:
            many = [rows[i % len(rows)][0] for i in range(given.memory)]
            run = measured("ours, balanced (beam 2)", many)
            print(
                f"{run.sentences} sentences: {run.sentences / run.seconds:.1f}/s, peak {run.megabytes:.0f} MB"
            )
        else:
            speed([row[0] for row in rows], given.slow, given.rounds)


if __name__ == "__main__":
    main()
