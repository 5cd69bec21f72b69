"""Decodes batches on the workers of a Dask cluster; the caller alone reads and writes files.

Dask carries pickles: whoever reaches the scheduler can run code on its workers and clients. So it belongs
into a trusted network, or behind TLS (`tls://`, with the certificates in Dask's own configuration).
"""

from __future__ import annotations

import ctypes
import logging
import pickle
import re
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from functools import cache
from threading import Lock
from time import monotonic, sleep
from typing import Any, ParamSpec, TypeVar

from generator import __version__
from generator.model import DigestError
from generator.storage import run_state
from generator.translate import decode
from generator.translate.engines import EngineSpec
from generator.translate.executor import TranslationExecutor

P = ParamSpec("P")
T = TypeVar("T")

Answer = tuple[str, str, Any]
"""A worker's address, why it could not do what it was asked, and what it made."""

_ONE_UNIT = Lock()
"""A worker process decodes one unit at a time, with all its threads."""


class ClusterExecutor(TranslationExecutor):
    """An executor that asks another worker where one cannot do what it was asked.

    The first argument of a function names the kind of work; the function raises `DigestError` or returns None
    where it cannot be done. Such a worker gets no work of that kind again; if all are such, None comes back.

    How long to wait for a scheduler, and for a worker when there is none, is Dask's setting
    `distributed.comm.timeouts.connect`.
    """

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        """Connect, or raise `DigestError`; `say` gets a line for each worker that cannot help."""
        try:
            import distributed
        except ImportError as error:
            raise DigestError(
                "--scheduler: Dask is not installed; install with: pip install distributed"
            ) from error
        if not re.fullmatch(r"((tcp|tls)://)?[^/\s]+:\d{1,5}", address):
            raise DigestError(f"--scheduler {address}: is no address of one; write it like tcp://host:8786")
        if address.startswith("tls:"):
            security = distributed.Security()  # type: ignore[no-untyped-call]
            if not security.get_connection_args("client").get("ssl_context"):  # type: ignore[no-untyped-call]
                raise DigestError(f"{address}: name your certificates in Dask's configuration, under comm.tls")
        for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # they would report what our lines say
        self.address = address
        self._say = say
        self._refused: dict[object, dict[str, str]] = {}
        self._idle_since = monotonic()
        self._waiting = ThreadPoolExecutor(max_workers=1_000)
        try:
            self._client = distributed.Client(address, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise DigestError(
                f"{address}: no Dask scheduler answers there ({reason}); start one with: dask scheduler"
            ) from error

    def batches_in_flight(self) -> int:
        """Return two batches a worker, one to decode and one to go on with, and one more that is read back."""
        return 2 * max(1, len(self._workers())) + 1

    def signature(self, spec: EngineSpec) -> str:
        """Return the signature of this machine's engine, else of all the workers', and leave out who differs.

        Raises `DigestError` when the workers differ and this machine has no model to tell who is right.
        """
        while not self._workers():
            sleep(0.1)
        own = decode.shared_engine(spec)
        spec = spec if own is None else replace(spec, signature=own.signature)
        answers = self._client.run(
            _errand(), _program(), pickle.dumps((decode.engine_signature, spec, ())), on_error="ignore"
        )
        found = {signature: worker for worker, why_not, signature in answers.values() if not why_not}
        if len(found) > 1:
            (one, first), (other, second), *_ = found.items()
            raise DigestError(f"{first}, {second}: {decode.signature_difference(one, other)}")
        signature: str = next(iter(found), spec.signature)
        refusals = {worker: why_not for worker, why_not, _ in answers.values() if why_not}
        self._refused[replace(spec, signature=signature)] = refusals
        if found:
            for worker, why_not in refusals.items():
                self._say(f"{worker}: {why_not}; other workers do its share")
        else:
            reasons = "; ".join(dict.fromkeys(refusals.values()))
            self._say(f"{self.address}: no worker can translate {spec}: {reasons}")
        return signature

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker run `fn`, whose first argument names the kind of work."""
        return self._waiting.submit(self._done, fn, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster."""
        self._waiting.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._client.close(timeout=1)  # type: ignore[no-untyped-call]

    def _done(self, fn: Callable[..., Any], kind: object, *args: object) -> Any:
        """Return what the first worker makes that can; None where none can."""
        payload = pickle.dumps((fn, kind, args))
        refused = self._refused.setdefault(kind, {})
        while workers := [worker for worker in self._workers() if worker not in refused]:
            # Other workers are allowed, so that nothing waits for one that is gone; the loop asks again.
            executor = self._client.get_executor(  # type: ignore[no-untyped-call]
                workers=workers, allow_other_workers=True
            )
            worker, why_not, made = self._awaited(executor.submit(_errand(), _program(), payload))
            if not why_not:
                return made
            if worker not in refused:
                refused[worker] = why_not
                self._say(f"{worker}: {why_not}; other workers do its share")
        return None

    def _awaited(self, future: Future[Answer]) -> Answer:
        from distributed import KilledWorker

        try:
            while not wait([future], timeout=5).done:
                self._workers()
            return future.result()
        except CancelledError as error:
            raise self._gone() from error
        except KilledWorker as error:
            raise DigestError(
                f"{self.address}: several workers died over the same sentences; give them more memory"
            ) from error

    def _workers(self) -> list[str]:
        """Return the workers' addresses; raises `DigestError` where none came for long, or no scheduler."""
        import dask
        from dask.utils import parse_timedelta

        try:
            found = list(self._client.scheduler_info()["workers"])
        except (OSError, RuntimeError, ValueError, TimeoutError, CancelledError) as error:
            raise self._gone() from error
        patience = parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"))
        if found:
            self._idle_since = monotonic()
        elif self._client.status != "running":  # without a scheduler there are no workers either
            raise self._gone()
        elif monotonic() - self._idle_since > patience:
            raise DigestError(f"{self.address}: has no worker; start one with: dask worker {self.address}")
        return found

    def _gone(self) -> DigestError:
        return DigestError(
            f"{self.address}: the Dask scheduler is gone; what was written stays, start it and run again"
        )


def perform(program: str, payload: bytes, threads: int) -> tuple[str, Any]:
    """Do on a worker what `ClusterExecutor` asks for; return why not, and the result."""
    if program != _program():
        return f"runs digest {_program()}, not {program}; install the same there", None
    _keep_memory()
    fn, kind, args = pickle.loads(payload)  # noqa: S301  Dask itself unpickles what comes
    try:
        with _ONE_UNIT:
            made = fn(kind, *args, threads=threads)
    except DigestError as error:
        return str(error), None
    return ("" if made is not None else f"has no model for {kind}"), made


@cache
def _keep_memory() -> None:
    """Undo, where the C library allows it, Dask's way to give freed memory back at once.

    Engines want it again: with `MALLOC_TRIM_THRESHOLD_=65536` zh→en takes 2.8 times the processor time.
    """
    trim_threshold, mmap_threshold = -1, -3  # malloc.h of glibc
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(trim_threshold, 64 << 20)
        library.mallopt(mmap_threshold, 32 << 20)


def _errand() -> Callable[..., Answer]:
    """Return what goes to workers: a closure, since Dask sends it by value.

    So a scheduler needs no program at all, and a worker without it can say so.
    """

    def errand(program: str, payload: bytes, dask_worker: Any = None) -> Answer:
        from distributed import get_worker

        worker = dask_worker or get_worker()
        try:
            from generator.translate.cluster import perform
        except ImportError as error:
            return worker.address, f"lacks the program ({error}); install digest {program} there", None
        return worker.address, *perform(program, payload, worker.state.nthreads)

    return errand


@cache
def _program() -> str:
    """Name this program's version and code, which must be the same everywhere."""
    return f"{__version__} ({run_state.files_hash(run_state.code_files())[:8]})"
