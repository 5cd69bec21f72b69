"""Translations to pages: pure functions, one module for each kind of page."""

from __future__ import annotations

from generator.render.article import article_pages
from generator.render.catalogue import catalogue
from generator.render.connected import Linked, Links, links
from generator.render.entry import Entry, Line, dump_entry, entry, load_entry
from generator.render.epub import write_epub
from generator.render.feeds import feeds
from generator.render.indexes import index_pages, trees
from generator.render.parts import newest_first
from generator.render.related import without_links
from generator.render.stories import story_pages
from generator.render.subjects import subject_pages

__all__ = [
    "Entry",
    "Line",
    "Linked",
    "Links",
    "article_pages",
    "catalogue",
    "dump_entry",
    "entry",
    "feeds",
    "index_pages",
    "links",
    "load_entry",
    "newest_first",
    "story_pages",
    "subject_pages",
    "trees",
    "without_links",
    "write_epub",
]
