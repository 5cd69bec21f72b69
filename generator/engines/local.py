"""The engine behind every local model: one stream of CTranslate2 batches, in order, in bounded memory."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from generator.engines.decoding import SECOND_THOUGHTS, Decoding
from generator.engines.pieces import Pieces
from generator.languages import language_of
from generator.model import DigestError, Hypothesis

WINDOW = 512
"""Sentences read, sorted by length and decoded together; two windows are in work at a time."""

LONGEST = 160
"""Source pieces decoded at once. Longer sentences go in parts; CTranslate2 would cut at 1,024 silently."""

LONGEST_OUTPUT = 320
"""Target pieces a part may become, before a looping model is stopped."""

Clauses = Callable[[str], Sequence[str]]
"""Cuts a sentence into stretches that give it again when joined."""


@dataclass(frozen=True, slots=True)
class LocalModel:
    """What an engine needs to know of a model on this machine."""

    name: str
    """Kind, pair, version and content, as the signature begins."""
    source: str
    target: str
    folder: Path
    """The CTranslate2 model."""
    pieces: Pieces
    target_prefix: str = ""


def clauses(sentence: str) -> Sequence[str]:
    """Cut a sentence after the marks that end a clause, in any script."""
    return re.split(r"(?<=[,;:،؛，；：、。！？؟!?])(?=\D)", sentence)


class LocalEngine:
    """A `model.Engine` for a local CTranslate2 model; the model itself is loaded at the first sentence.

    Results depend, in about 1 sentence in 100 and within the model's rounding, on which sentences share a
    batch. So batches are cut from the sentences alone, never from the number of threads or the time: the
    same sentences in the same order give the same bytes.
    """

    def __init__(
        self, model: LocalModel, decoding: Decoding, *, threads: int | None = None, cut: Clauses = clauses
    ) -> None:
        self.source = model.source
        self.target = model.target
        self._model = model
        self._decoding = decoding
        self._threads = threads or cores()
        self._cut = cut
        self.signature = self._signed(decoding)

    def translate(self, sentences: Iterable[str]) -> Iterator[Hypothesis]:
        """Give one hypothesis for each sentence, in order; memory holds two windows of sentences."""
        rest, waiting = iter(sentences), deque[_Window]()
        while window := list(islice(rest, WINDOW)):
            waiting.append(self._start([self._parts(sentence) for sentence in window], self._decoding))
            if len(waiting) == 2:  # the next window keeps the threads busy while this one is read
                yield from self._finish(waiting.popleft())
        for window_in_work in waiting:
            yield from self._finish(window_in_work)

    def retranslate(self, sentence: str) -> list[Hypothesis]:
        """Give other translations of one sentence, for a caller whose checks distrust the first.

        One for each of `SECOND_THOUGHTS`, and one in clauses where it has several; without repeats.
        """
        tries = [(self._parts(sentence), decoding) for decoding in SECOND_THOUGHTS]
        if len(parts := [self._encode(clause) for clause in self._cut(sentence)]) > 1:
            tries.append((parts, self._decoding))
        windows = [self._start([parts], decoding) for parts, decoding in tries]
        found = [hypothesis for window in windows for hypothesis in self._finish(window)]
        return list({hypothesis.text: hypothesis for hypothesis in reversed(found)}.values())[::-1]

    def _signed(self, decoding: Decoding, parts: int = 1) -> str:
        """Name everything that can change the output."""
        import ctranslate2  # type: ignore[import-untyped]  # noqa: PLC0415  heavy

        kind = "int8" if "int8" in ctranslate2.get_supported_compute_types("cpu") else "float32"
        names = [self._model.name, f"ct2:{ctranslate2.__version__}", self._model.pieces.signature, kind]
        return "|".join([*names, decoding.signature, *([f"parts:{parts}"] if parts > 1 else [])])

    @cached_property
    def _translator(self) -> Any:
        import ctranslate2  # noqa: PLC0415  heavy

        try:
            return ctranslate2.Translator(
                str(self._model.folder), compute_type="int8", inter_threads=self._threads, intra_threads=1
            )
        except (RuntimeError, ValueError) as error:
            raise DigestError(
                f"{self._model.folder}: damaged, CTranslate2 can't load it; install the model again"
            ) from error

    def _encode(self, text: str) -> list[str]:
        return self._model.pieces.encode(" ".join(text.split()))

    def _parts(self, sentence: str) -> list[list[str]]:
        """Cut a sentence into pieces: one part, more when it is too long for the model, none when blank."""
        pieces = self._encode(sentence)
        if len(pieces) <= LONGEST:
            return [pieces] if pieces else []
        even = -(-len(pieces) // -(-len(pieces) // LONGEST))
        parts, part = [], ""
        for clause in self._cut(sentence):
            if part and len(self._encode(part + clause)) > even:
                parts.append(part)
                part = ""
            part += clause
        return [piece for text in [*parts, part] for piece in _halved(self._encode(text))]

    def _start(self, sentences: list[list[list[str]]], decoding: Decoding) -> _Window:
        parts = [part for sentence in sentences for part in sentence]
        prefix = self._model.target_prefix
        results = self._translator.translate_batch(
            parts,
            target_prefix=[[prefix]] * len(parts) if prefix else None,
            asynchronous=True,
            max_batch_size=decoding.batch_tokens,
            batch_type="tokens",
            beam_size=decoding.beam,
            length_penalty=1.0,
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            max_input_length=0,
            max_decoding_length=LONGEST_OUTPUT,
            return_scores=True,
            replace_unknowns=True,
        )
        return _Window(decoding, [len(sentence) for sentence in sentences], iter(results))

    def _finish(self, window: _Window) -> Iterator[Hypothesis]:
        for count in window.parts:
            results = [result.result() for result in islice(window.results, count)]
            targets = [self._without_prefix(result.hypotheses[0]) for result in results]
            texts = [self._model.pieces.decode(pieces) for pieces in targets]
            lengths = [len(pieces) + 1 for pieces in targets]  # the end mark is scored too
            scores = [result.scores[0] for result in results]
            yield Hypothesis(
                _space(self.target).join(text for text in texts if text),
                sum(map(float.__mul__, scores, map(float, lengths))) / sum(lengths) if count else None,
                self._signed(window.decoding, count),
            )

    def _without_prefix(self, pieces: list[str]) -> list[str]:
        prefix = self._model.target_prefix
        return pieces[1:] if prefix and pieces[:1] == [prefix] else pieces


def cores() -> int:
    """Give the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Window:
    """Sentences in work."""

    decoding: Decoding
    parts: list[int]
    """How many parts each sentence was cut into."""
    results: Iterator[Any]


def _halved(pieces: list[str]) -> Iterator[list[str]]:
    """Cut pieces in halves at the word nearest to the middle until each fits the model."""
    if len(pieces) <= LONGEST:
        yield pieces
        return
    middle = len(pieces) // 2
    words = [i for i in range(1, len(pieces)) if pieces[i].startswith("▁")]
    near = min(words, key=lambda i: abs(i - middle), default=middle)
    cut = near if abs(near - middle) <= middle // 2 else middle
    yield from _halved(pieces[:cut])
    yield from _halved(pieces[cut:])


def _space(language: str) -> str:
    """Give what stands between two sentences of a language."""
    return "" if language_of(language).script in ("Hans", "Hant", "Jpan", "Thai") else " "
