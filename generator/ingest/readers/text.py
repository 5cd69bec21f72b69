"""Plain text: paragraphs, no title."""

from __future__ import annotations

from collections.abc import Iterable

from generator.ingest.decode import decode
from generator.ingest.raw_article import Entry, paragraphs_of


def read_text(data: bytes, charset: str | None) -> Iterable[Entry]:
    """Read plain text: paragraphs, no title."""
    decoded = decode(data, charset)
    paragraphs, changes = paragraphs_of(decoded.text)
    return [Entry(paragraphs, changes=(*decoded.changes, *changes))]
