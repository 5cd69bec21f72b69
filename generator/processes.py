"""Pure work on all cores: one function over many items, in several processes, results in order.

A module of its own since every stage that knows one article at a time is such work; the run decides which.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from generator.model import DigestError

if TYPE_CHECKING:  # importing it at run time costs more than an unchanged run
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

FEW = 200
"""Up to so many items one process is faster than others are started."""
_CHUNK = 16
"""Items that travel together."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Processes:
    """So many processes, by default one for each core; they start when there is much to do."""

    def __init__(self, count: int | None = None, prepare: Callable[[], object] | None = None) -> None:
        """Note how many there may be, and what each must do first, which must be picklable."""
        self._count = count or _cores()
        self._prepare = prepare
        self._pool: ProcessPoolExecutor | None = None
        self._starting = threading.Lock()

    def begin(self, expected: int) -> None:
        """Start already where so many items may come: to start and to load models takes them a second."""
        if self._count > 1 and expected > FEW:
            for _ in range(self._count):
                self._started().submit(os.getpid)

    def map(self, function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Return a function's results in the order of the items, taking few more of these than are asked for.

        The function and all that it is given and returns must be picklable. Raises what the function raises,
        and `DigestError` where a process was killed.
        """
        items = iter(items)
        first = list(islice(items, FEW + 1)) if self._count > 1 else []
        if len(first) <= FEW:
            yield from map(function, chain(first, items))
            return
        from concurrent.futures.process import BrokenProcessPool

        pool = self._started()
        in_work = deque[Future[list[_Result]]]()
        try:
            for chunk in _chunks(chain(first, items)):
                in_work.append(pool.submit(_apply, function, chunk))
                if len(in_work) > 3 * self._count:
                    yield from in_work.popleft().result()
            while in_work:
                yield from in_work.popleft().result()
        except BrokenProcessPool as error:
            raise DigestError(
                "a process that helped was killed, perhaps for want of memory; set extra.digest.processes to "
                "1 in mkdocs.yml and run again"
            ) from error

    def __enter__(self) -> Processes:
        """Return itself, to be ended with the block."""
        return self

    def __exit__(self, *exception: object) -> None:
        """End the processes once they have done what they are at; what was still to come is not done."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with self._starting:  # threads that decode ask, too
            if not self._pool:
                # Not forked: the engines have threads, and a fork of a process with threads may hang.
                self._pool = ProcessPoolExecutor(self._count, get_context("spawn"), _begin, (self._prepare,))
            return self._pool


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _chunks(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _apply(function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    return [function(item) for item in items]


def _begin(prepare: Callable[[], object] | None) -> None:
    _live_with_parent()
    if prepare:
        prepare()


def _live_with_parent() -> None:
    """Leave interrupts to the parent, and end with it: one that is killed cannot say so."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is None:
        return

    def end_with(parent: BaseProcess) -> None:
        parent.join()
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
