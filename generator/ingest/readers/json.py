"""JSON, JSON Lines and JSON Feed → raw articles: how programs hand over texts and what they know of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.ingest.decode import decode_bytes
from generator.ingest.not_article import without_notices
from generator.ingest.raw_article import RawArticle, Unreadable, stable_keys
from generator.ingest.readers.text import paragraphs_of

Record = Mapping[str, object]


def read_json(data: bytes, charset: str | None) -> Iterable[RawArticle | Unreadable]:
    """Read one article, a list of them, or a JSON Feed.

    An article has `text` (a string, or a list of paragraphs) and may have `title`, `url`, `published`,
    `language`, `source`, `author`, `licence`, `topics` and, in a list, `id`.
    """
    decoded = decode_bytes(data, charset)
    value = _parsed(decoded.text, "")
    if isinstance(value, dict) and str(value.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return _feed(value, decoded.changes)
    if isinstance(value, list):
        return _articles(((f"item {number}", item) for number, item in enumerate(value, 1)), decoded.changes)
    (article,) = _articles([("it", value)], decoded.changes)
    return [article if isinstance(article, Unreadable) else replace(article, key="")]


def read_jsonl(data: bytes, charset: str | None) -> Iterable[RawArticle | Unreadable]:
    """Read one article a line, each as in JSON; a line that is none spoils no other."""
    decoded = decode_bytes(data, charset)
    records: list[tuple[str, object]] = []
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if line.strip():
            try:
                records.append((f"line {number}", _parsed(line, f" in line {number}")))
            except Unreadable as fault:
                records.append((f"line {number}", fault))
    return _articles(records, decoded.changes)


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        where = where or f" in line {error.lineno}"
        raise Unreadable(f"is no valid JSON{where} ({error.msg}); mend it") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"is no JSON that can be read{where}; simplify it") from error


def _articles(records: Iterable[tuple[str, object]], changes: tuple[str, ...]) -> list[RawArticle | Unreadable]:
    """Return each record's article, or why there is none; keys count both, so that none depends on another."""
    found, identities = [], []
    for where, record in records:
        article = _article(where, record, changes)
        own = _identity(record) if isinstance(record, dict) else ""
        found.append(article)
        identities.append(own or (article.paragraphs[0] if isinstance(article, RawArticle) else ""))
    return [
        replace(article, key=key, record=number) if isinstance(article, RawArticle) else article
        for number, (article, key) in enumerate(zip(found, stable_keys(identities), strict=True))
    ]


def _article(where: str, record: object, changes: tuple[str, ...]) -> RawArticle | Unreadable:
    """Return the article in a record as yet without a key."""
    if isinstance(record, Unreadable):
        return record
    if not isinstance(record, dict):
        return Unreadable(f'{where} is no article; write it as {{"title": …, "text": …}}')
    paragraphs, joined = _paragraphs(record.get("text"))
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        return Unreadable(f"{where} has no `text`; add it, or take it out of the file")
    return RawArticle(paragraphs, record, changes=(*changes, *joined))


def _feed(feed: Record, changes: tuple[str, ...]) -> list[RawArticle]:
    """Return the items of a JSON Feed that have text; links alone are usual in feeds."""
    common = {"source": feed.get("title"), "language": feed.get("language"), "authors": feed.get("authors")}
    items = feed.get("items")
    found = []
    for number, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict) and (paragraphs := _item_paragraphs(item)):
            fields = {name: value for name, value in item.items() if name not in ("slug", "aliases", "alias")}
            found.append((number, {**common, **fields}, paragraphs))  # addresses are for who runs the digest
    keys = stable_keys(_identity(item) or text[0] for _, item, text in found)
    return [
        RawArticle(paragraphs, item, key, changes, number)
        for key, (number, item, paragraphs) in zip(keys, found, strict=True)
    ]


def _item_paragraphs(item: Record) -> tuple[str, ...]:
    markup = item.get("content_html")
    if isinstance(markup, str) and markup.strip():
        from generator.ingest.readers.html import paragraphs_of_fragment

        return without_notices(paragraphs_of_fragment(markup))
    return _paragraphs(item.get("content_text") or item.get("summary"))[0]


def _paragraphs(text: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if isinstance(text, list):
        parts = (paragraphs_of(part)[0] for part in text if isinstance(part, str))
        return tuple(paragraph for part in parts for paragraph in part), ()
    return paragraphs_of(text) if isinstance(text, str) else ((), ())


def _identity(record: Record) -> str:
    named = (record.get(name) for name in ("id", "url", "title"))
    return next((str(value) for value in named if isinstance(value, str | int) and value), "")
