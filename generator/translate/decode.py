"""One unit of translation, which any machine with the right model does alike, and this machine to do it."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeAlias

from generator.config import Quality
from generator.model import DigestError, Engine, Finding, Pair, Segment
from generator.translate import engines, glossary
from generator.translate.postprocess import tidy
from generator.translate.quality_checks import check
from generator.translate.translator import Finish, Request, decoded, finishing

Promise: TypeAlias = "Future[list[Segment] | None]"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which engine a digest wants for a language pair, such that any machine can look for it."""

    source: str
    target: str
    quality: Quality
    lock: bytes
    """What stands in `models.lock`; empty where there is none."""
    folder: Path | None
    """Where a CTranslate2 model lies, on every machine; None for Argos packages."""
    signature: str = ""
    """What the engine must call itself; empty where that is not settled."""

    def __str__(self) -> str:
        return f"{self.source}-{self.target}"


class Machines(Executor):
    """Who translates: an executor that knows how much to be given, and which engine all must have."""

    def ahead(self) -> int:
        """Return how many groups of articles should be in work behind the one that is waited for."""
        return 1

    def signature(self, recipe: Recipe) -> str:
        """Return the signature that every engine for a recipe must have; empty where there is one alone."""
        return recipe.signature


class ThisMachine(Machines, ThreadPoolExecutor):
    """Threads of its own, so that the engine decodes while the caller reads and renders other articles.

    Three, so that the batches of one group fill the cores that the last batches of another leave idle.
    """

    def __init__(self) -> None:
        super().__init__(max_workers=3)
        _engines.clear()  # models may have come or changed since an earlier run of this process

    def ahead(self) -> int:
        """Return one group for each thread, counted without the one that is waited for."""
        return 2


_engines: dict[tuple[Recipe, int | None], Engine] = {}
"""The engines of this process, each loaded once."""
_loading = Lock()


def engine(recipe: Recipe, threads: int | None = None) -> Engine | None:
    """Return the engine for a recipe; None where this machine has no model for it.

    Raises `DigestError` when the model is damaged, is not the trusted one, or not of the right signature.
    """
    key = (recipe, threads)
    with _loading:
        if key not in _engines:
            found = _loaded(recipe, threads)
            if found is None:
                return None
            if recipe.signature not in ("", found.signature):
                raise DigestError(difference(found.signature, recipe.signature))
            _engines[key] = found
        return _engines[key]


def _loaded(recipe: Recipe, threads: int | None) -> Engine | None:
    with TemporaryDirectory() as scratch:
        lock = Path(scratch) / "models.lock"
        lock.write_bytes(recipe.lock)
        return engines.load(
            recipe.source,
            recipe.target,
            quality=recipe.quality,
            threads=threads,
            lock=lock if recipe.lock else None,
            folder=recipe.folder,
        )


def work(
    recipe: Recipe,
    terms: tuple[glossary.Term, ...],
    requests: tuple[Request, ...],
    threads: int | None = None,
) -> list[Segment] | None:
    """Return a segment for each request; None where this machine has no model for them.

    The same requests give the same segments on every machine; `threads` are the cores to use. Raises
    `DigestError` like `engine`.
    """
    found = engine(recipe, threads)
    if found is None:
        return None
    return decoded(found, requests, finish_for(recipe.target, terms), glossary.insert_for(terms))


def signature(recipe: Recipe, threads: int | None = None) -> str | None:
    """Return what this machine's engine for a recipe calls itself; None and `DigestError` like `engine`."""
    found = engine(recipe, threads)
    return None if found is None else found.signature


@lru_cache
def finish_for(target: str, terms: tuple[glossary.Term, ...]) -> Finish:
    """Return the function that makes segments of hypotheses, with a glossary's spellings and all checks."""
    enforce, follows = glossary.enforce_for(terms), glossary.check_for(terms)

    def checked(pair: Pair) -> tuple[Finding, ...]:
        detail = follows(pair)
        return (*check(pair), *([] if detail is None else [Finding("glossary", detail)]))

    return finishing(target, tidy, enforce, checked)


def difference(found: str, wanted: str) -> str:
    """Say in which parts two signatures differ."""
    ours, theirs = found.split("|"), wanted.split("|")
    has = ", ".join(part for part in ours if part not in theirs) or found
    wants = ", ".join(part for part in theirs if part not in ours) or wanted
    return f"has {has}, not {wants}; install the same everywhere"
