"""Seed file → articles, in whatever format and encoding it comes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.model import Article, DigestError
from generator.read import seeds as folder
from generator.read.decode import decode
from generator.read.entry import Unreadable
from generator.read.fields import article_of
from generator.read.formats import READERS, reader_for
from generator.read.seeds import sidecars_of, slug_of
from generator.read.sidecar import read_mapping

__all__ = ["list_seeds", "read_seed", "sidecars_of", "slug_of"]


def list_seeds(seeds: Path) -> tuple[tuple[Path, ...], tuple[DigestError, ...]]:
    """Give the seed files below `seeds`, sorted by path, and one error for each entry that cannot be one."""
    return folder.list_seeds(seeds, READERS)


def read_seed(path: Path, seeds: Path) -> tuple[Article, ...]:
    """Read the articles of one seed file; what its sidecar says overrides what is found in it.

    Raises `DigestError`, one line with file, fault and way out, for whatever yields no article.
    """
    place = path
    try:
        overrides: Mapping[str, object] = {}
        for place in sidecars_of(path):
            overrides = {**overrides, **read_mapping(decode(folder.read_bytes(place, seeds)).text)}
        place = path
        charset = overrides.get("charset")
        entries = reader_for(path.suffix)(
            folder.read_bytes(path, seeds), charset if isinstance(charset, str) else None
        )
        articles = tuple(article_of(entry, folder.seed_name(path, seeds), overrides) for entry in entries)
    except Unreadable as error:
        raise DigestError(f"{folder.place(place, seeds)}: {error}") from error
    if not articles:
        raise DigestError(f"{folder.place(path, seeds)}: holds no article with text; add one or delete it")
    return articles
