"""Translations to pages: pure functions, one module for each kind of page."""

from __future__ import annotations

from generator.render.article import article_pages
from generator.render.entry import Entry, Line, entry
from generator.render.indexes import index_pages, trees

__all__ = ["Entry", "Line", "article_pages", "entry", "index_pages", "trees"]
