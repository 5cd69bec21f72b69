"""What a lexical shortlist would gain: for each source piece the target pieces that it was seen to become.

    python benchmarks/shortlist.py CORPUS.txt [DATA.tsv] [--keep FILE]

The zh→en model translates CORPUS, one Chinese sentence a line, and its attention tells which piece became
which (Jean et al. 2015). Printed are, for parts of the corpus that double in size, how much of the output
on DATA the shortlists of its batches lack; then speed and quality with the whole of it. Output pieces of few
letters and the most frequent ones are always allowed. --keep FILE spares a second run the translation.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.models import packages
from generator.translate.engines import vocabulary_map
from generator.translate.engines.decoding import QUALITIES
from tests.support.argos_package import install_real_package

Learnt = tuple[list[str], list[str], list[int]]
"""Pieces of a source, pieces of its target, and for each of these the place of the source's it came from."""
Pieces = Sequence[Sequence[str]]
Translate = Callable[..., list[Any]]

BALANCED = QUALITIES["balanced"]
SEARCH = {"beam_size": BALANCED.beam, "max_batch_size": BALANCED.batch_tokens, "length_penalty": 1.0}
FREQUENT, EACH = (4000, 8000, 12000, 16000, 20000), 100
FEW = re.compile("▁?[!-~]{1,3}")
DOUBLINGS = 4
TOGETHER = 2048
"""Sentences."""


class Model:
    """The zh→en model with one thread, and whatever map of its vocabulary."""

    def __init__(self) -> None:
        import sentencepiece

        self.path = packages.installed()[0].path
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(self.path / "sentencepiece.model"))
        self.vocabulary = vocabulary_map.pieces_of(self.path / "model")
        self.by_script = vocabulary_map.restriction(self.vocabulary, "zh", "en") or ""

    def loaded(self, mapping: str) -> Translate:
        """Load the model with a map; an empty one is the whole vocabulary."""
        import ctranslate2

        folder = self.path / "model"
        files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        files |= {"vmap.txt": mapping.encode()} if mapping else {}
        translator = ctranslate2.Translator(
            str(folder), files=files, compute_type="int8", inter_threads=1, intra_threads=1
        )
        return partial(
            translator.translate_batch, batch_type="tokens", replace_unknowns=True, use_vmap=bool(mapping)
        )

    def text(self, result: Any) -> str:
        """Return the text of a result."""
        return str(self.pieces.decode_pieces(result.hypotheses[0]).replace("▁", " ").strip())


def learnt(model: Model, sentences: Sequence[str]) -> Iterator[Learnt]:
    """Translate a corpus and tell what became what."""
    sources = model.pieces.encode(list(sentences), out_type=str)
    translate = model.loaded(model.by_script)
    for begin in range(0, len(sources), TOGETHER):
        some = sources[begin : begin + TOGETHER]
        results = translate(
            some, beam_size=1, max_batch_size=TOGETHER, return_attention=True, max_decoding_length=200
        )
        for source, result in zip(some, results, strict=True):
            places = [max(range(len(row)), key=row.__getitem__) for row in result.attention[0]]
            yield source, result.hypotheses[0], places
        print(f"learnt from {min(begin + TOGETHER, len(sources))} of {len(sources)}", file=sys.stderr)


def frequencies(pairs: Sequence[Learnt]) -> Counter[str]:
    """Count the target pieces."""
    return Counter(piece for _, target, _ in pairs for piece in target)


def lexicon(pairs: Sequence[Learnt]) -> dict[str, set[str]]:
    """Return for each source piece the target pieces that it became most often."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for source, target, places in pairs:
        for piece, place in zip(target, places, strict=True):
            if place < len(source):
                counts[source[place]][piece] += 1
    return {source: {piece for piece, _ in row.most_common(EACH)} for source, row in counts.items()}


def batches(sources: Pieces) -> Iterator[list[int]]:
    """Return which sentences CTranslate2 puts into one batch: of like length, up to so many tokens."""
    batch: list[int] = []
    for index in sorted(range(len(sources)), key=lambda index: -len(sources[index])):
        if batch and len(sources[batch[0]]) * (len(batch) + 1) > BALANCED.batch_tokens:
            yield batch
            batch = []
        batch.append(index)
    yield batch


def coverage(sources: Pieces, outputs: Pieces, always: set[str], known: Mapping[str, set[str]]) -> str:
    """Say how much of the output the batches' shortlists lack, and how long they are."""
    sizes, lacking, hurt = [], 0, 0
    for batch in batches(sources):
        allowed = always.union(*(known.get(piece, ()) for index in batch for piece in sources[index]))
        sizes.append(len(allowed))
        lacks = [sum(p not in allowed and p not in sources[i] for p in outputs[i]) for i in batch]
        lacking, hurt = lacking + sum(lacks), hurt + sum(map(bool, lacks))
    share, size = lacking / sum(map(len, outputs)), sum(sizes) / len(sizes)
    return f"lacks {share:.1%} of pieces, in {hurt / len(sources):.0%} of sentences; {size:.0f} a batch"


def mapping_of(always: set[str], known: Mapping[str, set[str]], model: Model) -> str:
    """Write a shortlist as CTranslate2 reads it; what stands in a source can be copied."""
    rows = {piece: known.get(piece, set()) | {piece} for piece in model.vocabulary}
    lines = [(piece, " ".join(sorted(row - always))) for piece, row in rows.items() if piece.strip()]
    first = " ".join(sorted(piece for piece in always if piece.strip()))
    return "\n".join([f"\t{first}", *(f"{piece}\t{row}" for piece, row in lines if row), ""])


def compare(model: Model, mappings: Mapping[str, str], rows: Sequence[Sequence[str]]) -> None:
    """Print speed and quality on sentences with references, against the whole vocabulary."""
    from sacrebleu import BLEU, CHRF
    from sacrebleu.significance import PairedTest

    sources = model.pieces.encode([row[0] for row in rows], out_type=str)
    outputs, seconds = {}, {}
    for name, mapping in mappings.items():
        translate = model.loaded(mapping)
        begun = time.process_time()
        results = translate(sources, **SEARCH)
        seconds[name] = time.process_time() - begun
        outputs[name] = [model.text(result) for result in results]
    test = PairedTest(
        list(outputs.items()),
        {"BLEU": BLEU(), "chrF": CHRF()},
        [[row[1] for row in rows]],
        "bs",
        n_samples=1000,
    )
    scores = test()[1]
    whole = next(iter(mappings))
    for place, name in enumerate(mappings):
        shown = [
            f"{metric} {several[place].score:.2f}"
            + (f" (p {several[place].p_value:.3f})" if several[place].p_value is not None else "")
            for metric, several in scores.items()
            if metric != "System"
        ]
        print(f"{name:44}{seconds[whole] / seconds[name]:5.2f} x  {'  '.join(shown)}", flush=True)


def measure(model: Model, pairs: Sequence[Learnt], rows: Sequence[Sequence[str]]) -> None:
    """Print the coverage by the size of the corpus, then what whole shortlists do."""
    sources = model.pieces.encode([row[0] for row in rows], out_type=str)
    outputs = [result.hypotheses[0] for result in model.loaded(model.by_script)(sources, **SEARCH)]
    few = {piece for piece in model.vocabulary if FEW.fullmatch(piece)}

    def always(some: Sequence[Learnt], frequent: int) -> set[str]:
        return few | {piece for piece, _ in frequencies(some).most_common(frequent)}

    for doubling in reversed(range(DOUBLINGS)):
        some = pairs[: len(pairs) >> doubling]
        told = coverage(sources, outputs, always(some, FREQUENT[0]), lexicon(some))
        print(f"{len(some):7} sentences, {FREQUENT[0]} frequent pieces: {told}", flush=True)
    known = lexicon(pairs)
    mappings = {"whole vocabulary": "", "by script": model.by_script}
    for frequent in FREQUENT:
        told = coverage(sources, outputs, always(pairs, frequent), known)
        print(f"{len(pairs):7} sentences, {frequent} frequent pieces: {told}", flush=True)
        name = f"shortlist, {frequent} frequent, {EACH} for each"
        mappings[name] = mapping_of(always(pairs, frequent), known, model)
    compare(model, mappings, rows)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("data", nargs="?", type=Path, default=ROOT / "tests/data/zh-en.tsv")
    parser.add_argument("--keep", type=Path, help="where to keep what the model made of CORPUS")
    given = parser.parse_args()
    rows = [line.split("\t") for line in given.data.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ARGOS_PACKAGES_DIR"] = folder
        install_real_package(Path(folder))
        model = Model()
        if given.keep and given.keep.is_file():
            pairs = [json.loads(line) for line in given.keep.read_text(encoding="utf-8").splitlines()]
        else:
            pairs = list(learnt(model, given.corpus.read_text(encoding="utf-8").splitlines()))
        if given.keep:
            given.keep.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf-8")
        measure(model, pairs, rows)


if __name__ == "__main__":
    main()
