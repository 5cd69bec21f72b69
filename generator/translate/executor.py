"""Who decodes batches: threads of this machine, or behind the same interface other machines (see `cluster`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from generator.model import Segment
from generator.translate import calibration, decode
from generator.translate.engines import EngineSpec
from generator.translate.glossary import Glossary

P = ParamSpec("P")
T = TypeVar("T")


class TranslationExecutor(Executor):
    """An executor that knows how many batches to be given, and which engine all its machines must have."""

    def batches_in_flight(self) -> int:
        """Return how many batches should be decoded at a time, or wait for it."""
        return 2

    def decode_batch(
        self, spec: EngineSpec, glossary: Glossary, requests: Sequence[decode.Request]
    ) -> Future[list[Segment] | None]:
        """Have `decode.decode_batch` done."""
        return self.submit(decode.decode_batch, spec, glossary, requests)

    def signature(self, spec: EngineSpec) -> str:
        """Return the signature that every engine for a spec must have; empty where one machine does all."""
        return spec.signature


class IdleExecutor(TranslationExecutor):
    """Decodes nothing, as where no machine has a model: what is left is what an engine is wanted for."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what stands for no translation."""
        nothing: Future[Any] = Future()
        nothing.set_result(None)
        return nothing


class LocalExecutor(TranslationExecutor, ThreadPoolExecutor):
    """Threads of this process, so that engines decode while the caller reads and renders other articles.

    Three, so that one batch fills the cores that the end of another leaves idle.
    """

    THREADS = 3

    def __init__(self, cache: Path | None = None, spread: decode.Spread = map) -> None:
        """Keep in the folder `cache`, where there is one, what is found out about engines.

        `spread` checks on many cores what a GPU made: threads share one, which is too slow for it.
        """
        super().__init__(max_workers=self.THREADS)
        self._spread = spread
        self._calibration = cache and cache / "calibration.json"
        decode.forget_engines()
        if self._calibration:
            calibration.remember(self._calibration)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Start no more batches."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        if self._calibration:
            calibration.keep(self._calibration)

    def decode_batch(
        self, spec: EngineSpec, glossary: Glossary, requests: Sequence[decode.Request]
    ) -> Future[list[Segment] | None]:
        """Have a thread do it."""
        return self.submit(decode.decode_batch, spec, glossary, requests, spread=self._spread)

    def batches_in_flight(self) -> int:
        """Return one batch for each thread."""
        return self.THREADS
