"""What a seed declares about itself → the fields of an `Article`; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from generator.ingest.raw_article import RawArticle, Unreadable
from generator.ingest.seeds import slug_of
from generator.ingest.text_repair import repair_text
from generator.languages import code_of
from generator.model import Article

NAMES = {
    "title": ("title", "headline"),
    "language": ("language", "lang"),
    "published": ("published", "date", "date_published"),
    "author": ("author", "authors", "byline"),
    "source": ("source", "publisher", "site"),
    "url": ("url", "link"),
    "licence": ("licence", "license", "rights"),
    "topics": ("topics", "tags", "keywords", "categories"),
}
"""Each field of an article and the names it goes by in seeds and sidecars; the first found counts."""


def article_of(raw: RawArticle, file: str, overrides: Mapping[str, object]) -> Article:
    """Return the checked and repaired article for a raw one of a seed file; `overrides` come from its sidecars.

    Raises `Unreadable` if there is not one word in it.
    """
    found = {field: _first(names, overrides, raw.fields) for field, names in NAMES.items()}
    checked = {field: check(_line(found[field])) for field, (check, _) in CHECKS.items()}
    free = [_line(found[field]) for field in FREE]
    topics = [topic for line in _lines(found["topics"]) for topic in re.split(r"[,;،؛、]", line)]
    repaired, changes = repair_text((*free, *topics, *raw.paragraphs))
    lines = [line.strip() for line in repaired]
    paragraphs = tuple(filter(None, lines[len(free) + len(topics) :]))
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        raise Unreadable("holds no words; write an article into it or delete it")
    dropped = (
        f"declared {field} dropped: not {wanted}"
        for field, (_, wanted) in CHECKS.items()
        if checked[field] is None and _line(found[field])
    )
    return Article(
        seed=f"{file}#{raw.key}" if raw.key else file,
        slug=slug_of(file, raw.key),
        paragraphs=paragraphs,
        topics=tuple(dict.fromkeys(filter(None, lines[len(free) : len(free) + len(topics)]))),
        changes=(*raw.changes, *changes, *dropped),
        **checked,
        **{field: line or None for field, line in zip(FREE, lines, strict=False)},
    )


def _first(names: tuple[str, ...], *mappings: Mapping[str, object]) -> object:
    """Return the first value under one of the names; an empty one counts: a sidecar clears a field."""
    return next((mapping[name] for mapping in mappings for name in names if name in mapping), None)


def _line(value: object) -> str:
    """Return a value as one line; of a list its lines joined by commas."""
    return ", ".join(_lines(value))


def _lines(value: object) -> list[str]:
    """Return a value as lines: one of a scalar, several of a list; of an object, as authors are, its name."""
    values = value if isinstance(value, list | tuple) else [value]
    named = (item.get("name") if isinstance(item, Mapping) else item for item in values)
    lines = (" ".join(str(item).split()) for item in named if isinstance(item, str | int | float))
    return [line for line in lines if line]


def iso_date(declared: str) -> str | None:
    """Return a date or time in ISO 8601, as exact and in the zone it was declared in.

    Takes ISO 8601, written loosely too (2016/2/5, 2016年2月5日), and the format of mail and RSS (RFC 5322).
    Whatever could be read in two ways, such as 03/04/2016, is no date.
    """
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", declared):
        return declared
    try:
        text = YEAR_FIRST.sub(lambda part: f"{part[1]}-{int(part[2]):02}-{int(part[3]):02}", declared, count=1)
        if re.match(r"\d{4}-", text):
            text = re.sub(r" ?(UTC|GMT)$", "+00:00", text)
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text):
            return date.fromisoformat(text).isoformat()
        if re.match(r"\d{4}-?\d\d", text):
            return datetime.fromisoformat(text).isoformat()
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


YEAR_FIRST = re.compile(r"^([12]\d{3})[-/.年](\d\d?)[-/.月](\d\d?)日?(?!\d)")


def safe_url(declared: str) -> str | None:
    """Return an address that is safe to link to: http, https or mailto, without a name and password."""
    if not declared.isprintable() or re.search(r"[\s<>\"\\^`{|}]", declared):
        return None
    try:
        parts = urlsplit(declared)
        whole = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return declared if "@" in parts.path else None
    return declared if parts.scheme in ("http", "https") and whole else None


_Check = Callable[[str], str | None]
CHECKS: dict[str, tuple[_Check, str]] = {
    "language": (code_of, "a language code or name"),
    "published": (iso_date, "a date in ISO 8601 or RFC 5322"),
    "url": (safe_url, "a web or mail address"),
}
"""Fields with a form, what returns a value in it or none, and what was expected."""
FREE = ("title", "author", "source", "licence")
"""Fields in free words."""
