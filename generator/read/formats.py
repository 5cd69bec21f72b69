"""The formats by suffix, each with the function that reads it; its module loads when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import cast

from generator.read.decode import decode
from generator.read.entry import Entry, Unreadable, paragraphs_of, unknown_format

Reader = Callable[[bytes, str | None], Iterable[Entry | Unreadable]]
"""Takes a file's bytes and the charset declared for them outside of the file; raises `Unreadable`.

Gives `Unreadable` for a record that spoils no other.
"""


def read_text(data: bytes, charset: str | None) -> Iterable[Entry]:
    """Read plain text: paragraphs, no title."""
    decoded = decode(data, charset)
    paragraphs, changes = paragraphs_of(decoded.text)
    return [Entry(paragraphs, changes=(*decoded.changes, *changes))]


READERS = {
    ".txt": "formats.read_text",
    ".md": "markup.read_markdown",
    ".markdown": "markup.read_markdown",
    ".html": "markup.read_html",
    ".htm": "markup.read_html",
    ".xhtml": "markup.read_html",
    ".json": "records.read_json",
    ".jsonl": "records.read_jsonl",
    ".xml": "feeds.read_feed",
    ".rss": "feeds.read_feed",
    ".atom": "feeds.read_feed",
    ".docx": "archives.read_docx",
    ".epub": "archives.read_epub",
}
"""Suffix, lower-case → module and function."""


def reader_for(suffix: str) -> Reader:
    """Give the function that reads files of a suffix; raises `Unreadable` for one that is in no table."""
    if suffix.lower() not in READERS:
        raise Unreadable(unknown_format(READERS))
    module, function = READERS[suffix.lower()].split(".")
    return cast(Reader, getattr(import_module(f"generator.read.{module}"), function))
