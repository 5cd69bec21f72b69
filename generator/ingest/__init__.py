"""Seed file → articles, in whatever format and encoding it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from generator.ingest import seeds as folder
from generator.ingest.decode import decode
from generator.ingest.metadata import article_of
from generator.ingest.raw_article import Unreadable
from generator.ingest.readers import READERS, reader_for
from generator.ingest.seeds import SIDECARS, sidecars_of, slug_of
from generator.ingest.sidecar import read_mapping
from generator.model import Article, DigestError

__all__ = ["SIDECARS", "list_seeds", "read_seed", "sidecars_of", "slug_of"]


def list_seeds(seeds: Path) -> tuple[tuple[Path, ...], tuple[DigestError, ...]]:
    """Return the seed files below `seeds`, sorted by path, and one error for each entry that cannot be one."""
    return folder.list_seeds(seeds, READERS)


def _refuse(problem: DigestError) -> None:
    raise problem


def read_seed(
    path: Path, seeds: Path, complain: Callable[[DigestError], None] = _refuse
) -> tuple[Article, ...]:
    """Read the articles of one seed file; what its sidecar says overrides what is found in it.

    `complain` is given a `DigestError`, one line with file, fault and way out, for a file that yields no
    article, and for each record that yields none in a file that yields some. If nobody asks, it is raised.
    """
    place = path
    articles: list[Article] = []
    faults: list[Unreadable] = []
    try:
        overrides: Mapping[str, object] = {}
        for place in sidecars_of(path):
            overrides = {**overrides, **read_mapping(decode(folder.read_bytes(place, seeds)).text)}
        place = path
        charset = overrides.get("charset")
        for entry in reader_for(path.suffix)(
            folder.read_bytes(path, seeds), charset if isinstance(charset, str) else None
        ):
            if isinstance(entry, Unreadable):
                faults.append(entry)
            else:
                articles.append(article_of(entry, folder.seed_name(path, seeds), overrides))
    except Unreadable as unreadable:
        faults.append(unreadable)
    if not articles:
        faults = faults[:1] or [Unreadable("holds no article with text; add one or delete it")]
    for fault in faults:
        complain(DigestError(f"{folder.place(place, seeds)}: {fault}"))
    return tuple(articles)
