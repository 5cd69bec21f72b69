"""The formats by suffix, each with the function that reads it; its module loads when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import cast

from generator.ingest.raw_article import Entry, Unreadable, unknown_format

Reader = Callable[[bytes, str | None], Iterable[Entry | Unreadable]]
"""Takes a file's bytes and the charset declared for them outside of the file; raises `Unreadable`.

Gives `Unreadable` for a record that spoils no other.
"""


READERS = {
    ".txt": "text.read_text",
    ".md": "html.read_markdown",
    ".markdown": "html.read_markdown",
    ".html": "html.read_html",
    ".htm": "html.read_html",
    ".xhtml": "html.read_html",
    ".json": "json.read_json",
    ".jsonl": "json.read_jsonl",
    ".xml": "feed.read_feed",
    ".rss": "feed.read_feed",
    ".atom": "feed.read_feed",
    ".docx": "docx_epub.read_docx",
    ".epub": "docx_epub.read_epub",
}
"""Suffix, lower-case → module and function."""


def reader_for(suffix: str) -> Reader:
    """Return the function that reads files of a suffix; raises `Unreadable` for one that is in no table."""
    if suffix.lower() not in READERS:
        raise Unreadable(unknown_format(READERS))
    module, function = READERS[suffix.lower()].split(".")
    return cast(Reader, getattr(import_module(f"generator.ingest.readers.{module}"), function))
