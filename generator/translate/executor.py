"""Who decodes batches: threads of this machine, or behind the same interface other machines (see `cluster`)."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor

from generator.translate import decode
from generator.translate.engines import EngineSpec


class TranslationExecutor(Executor):
    """An executor that knows how many batches to be given, and which engine all its machines must have."""

    def batches_in_flight(self) -> int:
        """Return how many batches should be decoded at a time, or wait for it."""
        return 2

    def signature(self, spec: EngineSpec) -> str:
        """Return the signature that every engine for a spec must have; empty where one machine does all."""
        return spec.signature


class LocalExecutor(TranslationExecutor, ThreadPoolExecutor):
    """Threads of this process, so that engines decode while the caller reads and renders other articles.

    Three, so that one batch fills the cores that the end of another leaves idle.
    """

    THREADS = 3

    def __init__(self) -> None:
        super().__init__(max_workers=self.THREADS)
        decode.forget_engines()

    def batches_in_flight(self) -> int:
        """Return one batch for each thread."""
        return self.THREADS
