"""The engine behind every local model: one stream of CTranslate2 batches, in order, in bounded memory."""

from __future__ import annotations

import hashlib
import os
import re
from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from generator.config import DEFAULTS, Hardware
from generator.languages import is_unspaced
from generator.model import Alignment, Hypothesis, ModelError
from generator.translate.engines.attention import alignment_of, unknown_word
from generator.translate.engines.decoding import GPU_BATCH_TOKENS, SECOND_THOUGHTS, Decoding
from generator.translate.engines.hardware import (
    FAILURES,
    LoadedModel,
    load_model,
    load_on_processor,
    say_that_gpu_fails,
)
from generator.translate.engines.tokenizers import BytePairs, SentencePiece

WINDOW = 512
"""Sentences read, sorted by length and decoded together; two windows are in work at a time."""

GPU_WINDOW = 2048
"""On a GPU, enough sentences to fill its batches."""

LONGEST = 100
"""Source pieces decoded at once; longer sentences go in parts of even length.

Models skip what is in the middle of a long input: of inputs of 320 pieces and more, zh→en gives 44 % of the
reference's length decoded whole (BLEU 5.7), 87 % in parts of up to 240 (16.2), 98 % of up to 100 (18.6); in
parts of up to 40 BLEU falls again, to 12.9 (python benchmarks/translate.py --long).
"""

LONGEST_OUTPUT = 320
"""Target pieces a part may become, before a looping model is stopped."""

UNKNOWN_PIECE = "<unk>"
"""What a model writes where its vocabulary ends."""

Parts = list[list[str]]
"""The pieces of a sentence: mostly one part, none for a blank sentence."""

STOPS = re.compile(r"(?<=[;؛；。！？؟!?])(?=\D)|(?<=\.)(?=\s)")
CLAUSES = re.compile(r"(?<=[,;:،؛，；：、。！？؟!?])(?=\D)")
"""Where a long sentence is cut, in any script: after marks that nearly end one, else after any clause.

Of 40 inputs each of 120, 200 and 320 pieces and more, clauses alone give zh→en chrF 50.7, 53.3 and 54.4 (BLEU
17.8, 17.2, 18.9), stops first 52.6, 55.6 and 56.2 (17.2, 18.5, 19.7).
"""


@dataclass(frozen=True, slots=True)
class LocalModel:
    """What an engine needs to know of a model on this machine."""

    name: str
    """Kind, pair, version and content, as the signature begins."""
    source: str
    target: str
    folder: Path
    """The CTranslate2 model."""
    tokenizer: SentencePiece | BytePairs
    target_prefix: str = ""
    vocabulary: str | None = None
    """The vocabulary map that spares what only the source language needs; None for the whole vocabulary."""
    readable: Container[str] = frozenset()
    """The pieces that the model knows of its source."""
    end: str = ""
    """A piece to end every source with, where CTranslate2 doesn't do so itself."""


class CTranslate2Engine:
    """A `model.Engine` for a local CTranslate2 model; the model itself is loaded at the first sentence.

    Rounding depends on which sentences share a batch: of 300, 3 read differently in batches of 512 tokens
    than of 1,024, and 7 when each is decoded alone. So batches are cut from the sentences alone, never from
    the number of threads or the time: the same sentences in the same order give the same bytes.
    """

    attempts = len(SECOND_THOUGHTS) + 1
    """One for each of the decodings, and one in clauses."""

    def __init__(
        self,
        model: LocalModel,
        decoding: Decoding,
        *,
        hardware: Hardware = DEFAULTS.hardware,
        threads: int | None = None,
    ) -> None:
        self.source = model.source
        self.target = model.target
        self._model = model
        self._decoding = decoding
        self._hardware = hardware
        self._threads = threads or hardware.threads or cores()
        self._loading = Lock()
        self._loaded: LoadedModel | None = None

    @property
    def signature(self) -> str:
        """What the engine's hypotheses are signed with; loads the model, which knows how it is computed."""
        return self._signed(self._decoding, self._running())

    @property
    def signatures(self) -> set[str]:
        """Every signature that a hypothesis may have, without the number of its parts."""
        running = self._running()
        return {self._signed(decoding, running) for decoding in (self._decoding, *SECOND_THOUGHTS)}

    def translate(self, sentences: Iterable[str]) -> Iterator[Hypothesis]:
        """Return one hypothesis for each sentence, in order; memory holds two windows of sentences."""
        return self._stream(map(self._parts, sentences), self._decoding)

    def retranslate(self, sentences: Iterable[str], attempt: int) -> Iterator[Hypothesis | None]:
        """Return another translation of each sentence, for a caller whose checks distrust the earlier ones.

        By one of `SECOND_THOUGHTS` after the other, and last in clauses where there are several.
        """
        if attempt < len(SECOND_THOUGHTS):
            found = self._stream(map(self._parts, sentences), SECOND_THOUGHTS[attempt])
        else:
            found = self._stream(map(self._clauses, sentences), self._decoding)
        return (hypothesis if hypothesis.text else None for hypothesis in found)

    def unread(self, sentence: str) -> str:
        """Return the letters of a sentence that the model has no pieces for, with blanks between them."""
        pieces = (piece.strip("▁@") for piece in self._encode(sentence) if piece not in self._model.readable)
        return " ".join(piece for piece in pieces if any(map(str.isalpha, piece)) and not piece.isascii())

    def _stream(self, sentences: Iterable[Parts], decoding: Decoding) -> Iterator[Hypothesis]:
        waiting = deque[_Window]()
        for window in _windows(sentences, WINDOW if self._running().device == "cpu" else GPU_WINDOW):
            waiting.append(self._start(window, decoding))
            if len(waiting) == 2:  # the next window keeps the threads busy while this one is read
                yield from self._finish(self._decoded(waiting.popleft()))
        for last in waiting:
            yield from self._finish(self._decoded(last))

    def _decoded(self, window: _Window) -> _Window:
        """Wait for a window; where a GPU fails at it, decode it again on the processor, which then goes on."""
        try:
            return replace(window, results=iter([result.result() for result in window.results]))
        except FAILURES as error:  # a GPU's memory is full, or a library of it is missing
            if window.running.device == "cpu":
                raise ModelError(
                    f"{self._model.folder}: damaged, CTranslate2 can't use it; install the model again"
                ) from error
            with self._loading:
                if self._loaded is window.running:
                    say_that_gpu_fails(error)
                    model = self._model
                    self._loaded = load_on_processor(
                        model.folder, model.vocabulary, self._hardware, self._threads
                    )
            return self._decoded(self._start(window.sentences, window.decoding))

    def _signed(self, decoding: Decoding, running: LoadedModel) -> str:
        """Name everything that can change the output."""
        import ctranslate2  # type: ignore[import-untyped]

        tokenizer = self._model.tokenizer.signature
        names = [self._model.name, f"ct2:{ctranslate2.__version__}", tokenizer, running.signature]
        if self._restricts(decoding):
            digest = hashlib.sha256((self._model.vocabulary or "").encode())
            names.append(f"vocabulary:{digest.hexdigest()[:8]}")
        return "|".join([*names, _on(running, decoding).signature, f"longest:{LONGEST}"])

    def _restricts(self, decoding: Decoding) -> bool:
        return decoding.restricted and self._model.vocabulary is not None

    def _running(self) -> LoadedModel:
        """Return the model, loaded once; raises `ModelError` where it is damaged."""
        model = self._model
        with self._loading:  # several threads may have the first sentence
            if self._loaded is None:
                self._loaded = load_model(model.folder, model.vocabulary, self._hardware, self._threads)
            return self._loaded

    def _encode(self, text: str) -> list[str]:
        return self._model.tokenizer.encode(" ".join(text.split()))

    def _parts(self, sentence: str) -> Parts:
        """Cut a sentence into pieces: one part, more when it is too long for the model, none when blank."""
        return [part for part in self._cut(sentence, (STOPS, CLAUSES)) if part]

    def _cut(self, text: str, marks: Sequence[re.Pattern[str]]) -> Iterator[list[str]]:
        """Cut a text into even parts that fit the model, at the first of the marks where that will do."""
        pieces = self._encode(text)
        if len(pieces) <= LONGEST:
            yield pieces
        elif not marks:
            yield from self._halved(pieces)
        else:
            even = -(-len(pieces) // -(-len(pieces) // LONGEST))
            part = ""
            for stretch in marks[0].split(text):
                if part and len(self._encode(part + stretch)) > even:
                    yield from self._cut(part, marks[1:])
                    part = ""
                part += stretch
            yield from self._cut(part, marks[1:])

    def _halved(self, pieces: list[str]) -> Iterator[list[str]]:
        """Cut pieces in halves at the word nearest to the middle until each fits the model."""
        if len(pieces) <= LONGEST:
            yield pieces
            return
        middle = len(pieces) // 2
        words = [i for i in range(1, len(pieces)) if self._model.tokenizer.begins_word(pieces, i)]
        near = min(words, key=lambda i: abs(i - middle), default=middle)
        cut = near if abs(near - middle) <= middle // 2 else middle
        yield from self._halved(pieces[:cut])
        yield from self._halved(pieces[cut:])

    def _clauses(self, sentence: str) -> Parts:
        """Cut a sentence into the pieces of each clause; none where it is all one clause."""
        parts = [self._parts(clause) for clause in CLAUSES.split(sentence)]
        return [part for parts_of_clause in parts for part in parts_of_clause] if len(parts) > 1 else []

    def _start(self, sentences: list[Parts], decoding: Decoding) -> _Window:
        end = [self._model.end] if self._model.end else []
        parts = [[*part, *end] for sentence in sentences for part in sentence]
        prefix, running = self._model.target_prefix, self._running()
        results = running.translator.translate_batch(
            parts,
            target_prefix=[[prefix]] * len(parts) if prefix else None,
            asynchronous=True,
            max_batch_size=_on(running, decoding).batch_tokens,
            batch_type="tokens",
            beam_size=decoding.beam,
            length_penalty=1.0,
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            use_vmap=self._restricts(decoding),
            max_input_length=0,
            max_decoding_length=LONGEST_OUTPUT,
            return_scores=True,
            return_attention=True,
        )
        return _Window(sentences, decoding, running, iter(results))

    def _finish(self, window: _Window) -> Iterator[Hypothesis]:
        signature = self._signed(window.decoding, window.running)
        space = "" if is_unspaced(self.target) else " "
        for sentence in window.sentences:
            results = islice(window.results, len(sentence))
            parts = [self._written(*both) for both in zip(sentence, results, strict=True)]
            # CTranslate2's score is the mean over the pieces and the end mark.
            length = sum(part.length for part in parts)
            yield Hypothesis(
                space.join(part.text for part in parts if part.text),
                sum(part.score * part.length for part in parts) / length if parts else None,
                f"{signature}|parts:{len(parts)}" if len(parts) > 1 else signature,
                alignments=tuple(part.alignment for part in parts),
            )

    def _written(self, source: list[str], result: Any) -> _Part:
        """Return what the model made of one part; an unknown piece is what it looked at as it wrote that."""
        target, attention = result.hypotheses[0], result.attention[0]
        if self._model.target_prefix and target[:1] == [self._model.target_prefix]:
            target, attention = target[1:], attention[1:]
        for place, piece in enumerate(target):
            if piece == UNKNOWN_PIECE:
                known = self._model.readable
                target[place] = unknown_word(source, attention[place : place + 2], known)
        tokenizer = self._model.tokenizer
        alignment = alignment_of(tokenizer.texts(source), tokenizer.texts(target), attention)
        return _Part(tokenizer.decode(target), result.scores[0], len(target) + 1, alignment)


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Window:
    """Sentences in work."""

    sentences: list[Parts]
    decoding: Decoding
    running: LoadedModel
    results: Iterator[Any]
    """One for each part of each sentence."""


class _Part(NamedTuple):
    """What the model made of one part of a sentence."""

    text: str
    score: float
    """The mean of its pieces and the end mark."""
    length: int
    """Of these."""
    alignment: Alignment


def _on(running: LoadedModel, decoding: Decoding) -> Decoding:
    """Return a decoding as a device does it: a GPU likes large batches."""
    return decoding if running.device == "cpu" else replace(decoding, batch_tokens=GPU_BATCH_TOKENS)


def _windows(sentences: Iterable[Parts], size: int) -> Iterator[list[Parts]]:
    """Group sentences until a window is full of them, or of their parts."""
    window: list[Parts] = []
    parts = 0
    for sentence in sentences:
        window.append(sentence)
        parts += max(1, len(sentence))
        if parts >= size:
            yield window
            window, parts = [], 0
    if window:
        yield window
