"""Translations to pages: pure functions, one module for each kind of page."""

from __future__ import annotations

from generator.render.article import article_pages
from generator.render.home import index_pages, trees
from generator.render.html import newest_first
from generator.render.links import Linked, Links, links
from generator.render.listed_article import Entry, Line, dump_entry, entry, load_entry
from generator.render.related import without_links
from generator.render.stories import story_pages
from generator.render.subjects import subject_pages

__all__ = [
    "Entry",
    "Line",
    "Linked",
    "Links",
    "article_pages",
    "dump_entry",
    "entry",
    "index_pages",
    "links",
    "load_entry",
    "newest_first",
    "story_pages",
    "subject_pages",
    "trees",
    "without_links",
]
