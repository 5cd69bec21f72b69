"""Translations to pages: pure functions, one module for each kind of page."""

from __future__ import annotations

from generator.render.article import article_pages
from generator.render.catalogue import catalogue
from generator.render.entry import Entry, Line, dump_entry, entry, load_entry
from generator.render.feeds import feeds
from generator.render.indexes import index_pages, trees

__all__ = [
    "Entry",
    "Line",
    "article_pages",
    "catalogue",
    "dump_entry",
    "entry",
    "feeds",
    "index_pages",
    "load_entry",
    "trees",
]
