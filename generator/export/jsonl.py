"""`digest.jsonl`: every article as a line of JSON, so that programs need not read pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.export.feeds import MAKER
from generator.model import Output
from generator.render.escape import clean
from generator.render.html import page_path
from generator.render.listed_article import Line, ListedArticle


def catalogue(articles: Sequence[ListedArticle], target: str, trees: tuple[str, ...]) -> Iterator[Output]:
    """Return `digest.jsonl`, in the order of the articles' names; nothing where there are none.

    Paths are relative to the site's root, so that the file holds wherever the site stands.
    """
    if articles:
        lines = (
            json.dumps(_fields(article, target, trees), ensure_ascii=False)
            for article in sorted(articles, key=lambda article: article.slug)
        )
        yield Output("digest.jsonl", "".join(f"{line}\n" for line in lines).encode())


def _fields(article: ListedArticle, target: str, trees: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": article.slug,
        "generator": MAKER,
        "aliases": list(article.aliases),
        "language": clean(article.language),
        "target_language": target,
        "added" if article.is_undated else "published": article.published and clean(article.published),
        "source": article.source and clean(article.source),
        "also": [clean(name) for name in article.also],
        "topics": [clean(topic) for topic in article.topics],
        "title": _sides(article.title),
        "summary": [_sides(line) for line in article.summary],
        "sentences": dict(article.origins),
        "findings": article.findings,
        "pages": {tree: page_path(tree, article.slug) for tree in trees if article.stands_in(tree)},
        "record": f"{page_path(target, article.slug)}article.json",
    }
    return {name: value for name, value in fields.items() if value not in (None, [])}


def _sides(line: Line) -> dict[str, str]:
    """Return both sides of a line; one that is untranslated or in the target language already has one."""
    pair = {"source": clean(line.source), "language": clean(line.source_language), "origin": line.origin}
    return pair if line.target is None else {**pair, "target": clean(line.target)}
