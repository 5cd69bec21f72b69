"""The fifth stage: translations and connections → pages, one module for each kind of page.

Pages say what they show before they are made, and nothing is written here: `publish` decides what must be.
"""

from __future__ import annotations

from generator.render.article import article_pages
from generator.render.home import index_pages, trees
from generator.render.html import newest_first
from generator.render.links import AllLinks, ArticleLinks, with_pages
from generator.render.listed_article import Line, ListedArticle
from generator.render.redirects import claim_aliases, redirect_pages
from generator.render.stories import story_pages
from generator.render.strings import use_own_strings
from generator.render.subjects import subject_pages

__all__ = [
    "AllLinks",
    "ArticleLinks",
    "Line",
    "ListedArticle",
    "article_pages",
    "claim_aliases",
    "index_pages",
    "newest_first",
    "redirect_pages",
    "story_pages",
    "subject_pages",
    "trees",
    "use_own_strings",
    "with_pages",
]
