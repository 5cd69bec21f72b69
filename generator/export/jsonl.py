"""Every article of the digest as a line of JSON, for other programs: `digest.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.export.feeds import MAKER
from generator.model import Output
from generator.render.escape import clean
from generator.render.html import page_path
from generator.render.listed_article import Entry, Line


def catalogue(entries: Sequence[Entry], target: str, trees: tuple[str, ...]) -> Iterator[Output]:
    """Return `digest.jsonl`, in the order of the articles' names; nothing where there are none.

    Paths are relative to the site's root, so that the file holds wherever the site stands.
    """
    if entries:
        lines = (
            json.dumps(_fields(entry, target, trees), ensure_ascii=False)
            for entry in sorted(entries, key=lambda entry: entry.slug)
        )
        yield Output("digest.jsonl", "".join(f"{line}\n" for line in lines).encode())


def _fields(entry: Entry, target: str, trees: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": entry.slug,
        "generator": MAKER,
        "language": clean(entry.language),
        "target_language": target,
        "published": entry.published and clean(entry.published),
        "source": entry.source and clean(entry.source),
        "topics": [clean(topic) for topic in entry.topics],
        "title": _pair(entry.title),
        "summary": [_pair(line) for line in entry.summary],
        "sentences": dict(entry.origins),
        "findings": entry.findings,
        "pages": {tree: page_path(tree, entry.slug) for tree in trees if tree in (target, entry.language)},
        "record": f"{page_path(target, entry.slug)}article.json",
    }
    return {name: value for name, value in fields.items() if value not in (None, [])}


def _pair(line: Line) -> dict[str, str]:
    """Return both sides of a line; one that is untranslated or in the target language already has one."""
    pair = {"source": clean(line.source), "language": clean(line.source_language), "origin": line.origin}
    return pair if line.target is None else {**pair, "target": clean(line.target)}
