"""Seed file → articles, in whatever format and encoding it comes."""

from __future__ import annotations

from pathlib import Path

from generator.model import Article, DigestError
from generator.read import seeds as folder
from generator.read.entry import Entry, Unreadable
from generator.read.formats import READERS
from generator.read.seeds import slug_of, with_unique_slugs

__all__ = ["list_seeds", "read_seed", "slug_of", "with_unique_slugs"]


def list_seeds(seeds: Path) -> tuple[tuple[Path, ...], tuple[DigestError, ...]]:
    """Give the seed files below `seeds`, sorted by path, and one error for each entry that cannot be one."""
    return folder.list_seeds(seeds, READERS)


def read_seed(path: Path, seeds: Path) -> tuple[Article, ...]:
    """Read the articles of one seed file.

    Raises `DigestError`, one line with file, fault and way out, for whatever yields no article.
    """
    try:
        entries = READERS[path.suffix.lower()](_bytes(path), None)
        return tuple(_article(entry, folder.seed_name(path, seeds)) for entry in entries)
    except Unreadable as error:
        raise DigestError(f"{folder.place(path, seeds)}: {error}") from error


def _bytes(path: Path) -> bytes:
    try:
        data = folder.read_bytes(path)
    except FileNotFoundError as error:
        raise Unreadable("is gone; run again without it") from error
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror}); mend its permissions or delete it") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if not data.strip(b"\xef\xbb\xbf\0\t\n\r\f "):
        raise Unreadable("is empty; write an article into it or delete it")
    return data


def _article(entry: Entry, file: str) -> Article:
    seed = f"{file}#{entry.key}" if entry.key else file
    paragraphs = tuple(filter(None, (paragraph.strip() for paragraph in entry.paragraphs)))
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        raise Unreadable("holds no words; write an article into it or delete it")
    return Article(seed, slug_of(file, entry.key), paragraphs, changes=entry.changes)
