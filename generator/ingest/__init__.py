"""The first stage: a seed file, in whatever format and encoding it comes → articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.ingest.decode import decode_bytes
from generator.ingest.metadata import article_of
from generator.ingest.raw_article import Unreadable
from generator.ingest.readers import reader_for
from generator.ingest.seeds import SIDECARS, list_seeds, read_bytes, seed_name, shown_path, sidecars_of, slug_of
from generator.ingest.sidecar import read_mapping
from generator.model import Article, DigestError

__all__ = ["SIDECARS", "list_seeds", "read_seed", "sidecars_of", "slug_of"]


def _refuse(problem: DigestError) -> None:
    raise problem


def read_seed(
    path: Path, seeds: Path, complain: Callable[[DigestError], None] = _refuse
) -> tuple[Article, ...]:
    """Return the articles of one seed file; what its sidecars say overrides what is found in it.

    1. Read the sidecars. 2. Read the file by its format, into raw articles. 3. Check and repair each of them.

    `complain` is given a `DigestError`, one line with file, fault and way out, for a file that yields no
    article, and for each record that yields none in a file that yields some. If nobody asks, it is raised.
    """
    try:
        declared = _sidecar_fields(path, seeds)
    except DigestError as error:
        complain(error)
        return ()
    charset = declared.get("charset")
    articles: list[Article] = []
    faults: list[Unreadable] = []
    try:
        read = reader_for(path.suffix)
        for raw in read(read_bytes(path, seeds), charset if isinstance(charset, str) else None):
            if isinstance(raw, Unreadable):
                faults.append(raw)
            else:
                articles.append(article_of(raw, seed_name(path, seeds), declared))
    except Unreadable as unreadable:
        faults.append(unreadable)
    if not articles:  # one line says enough of a file that yields nothing
        faults = faults[:1] or [Unreadable("holds no article with text; add one or delete it")]
    for fault in faults:
        complain(DigestError(f"{shown_path(path, seeds)}: {fault}"))
    return tuple(articles)


def _sidecar_fields(path: Path, seeds: Path) -> dict[str, object]:
    """Return what the sidecars of a seed declare, the more particular one over the other."""
    fields: dict[str, object] = {}
    for sidecar in sidecars_of(path):
        try:
            fields |= read_mapping(decode_bytes(read_bytes(sidecar, seeds)).text)
        except Unreadable as fault:
            raise DigestError(f"{shown_path(sidecar, seeds)}: {fault}") from fault
    return fields
