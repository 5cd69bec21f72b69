"""The formats by suffix, each with the function that reads it: to read another one, add it to the table.

A reader's module loads when it is first used, since some need libraries that take long to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import cast

from generator.ingest.raw_article import RawArticle, Unreadable

Reader = Callable[[bytes, str | None], Iterable[RawArticle | Unreadable]]
"""Takes a file's bytes and the charset declared for them outside of the file; raises `Unreadable`.

Of a record that cannot be read, but spoils no other, it returns the `Unreadable`.
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
    ".odt": "odt.read_odt",
    ".eml": "mail.read_eml",
    ".mhtml": "mail.read_mhtml",
    ".mht": "mail.read_mhtml",
}
"""Suffix, lower-case → module and function."""


def reader_for(suffix: str) -> Reader:
    """Return the function that reads files of a suffix; raises `Unreadable` for one not in the table."""
    if suffix.lower() not in READERS:
        raise Unreadable(unknown_format())
    module, function = READERS[suffix.lower()].split(".")
    return cast(Reader, getattr(import_module(f"generator.ingest.readers.{module}"), function))


def unknown_format() -> str:
    """Return the fault of a file that has none of the known suffixes."""
    *most, last = sorted(READERS.keys() - {".txt"})
    return f"has no format known here; save its text as .txt, or it as {', '.join(most)} or {last}"
