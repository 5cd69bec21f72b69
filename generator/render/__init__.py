"""Translations to pages: pure functions, one module for each kind of page."""

from __future__ import annotations

from generator.render.article import article_pages
from generator.render.catalogue import catalogue
from generator.render.entry import Entry, Line, entry
from generator.render.feeds import feeds
from generator.render.indexes import index_pages, trees

__all__ = ["Entry", "Line", "article_pages", "catalogue", "entry", "feeds", "index_pages", "trees"]
