"""What a seed declares about itself → the fields of an `Article`; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from generator.ingest.cuts import NAMES_OF_CUTS, Cuts
from generator.ingest.dates import iso_date
from generator.ingest.raw_article import RawArticle, Unreadable
from generator.ingest.seeds import is_slug, shown, slug_of
from generator.ingest.text_repair import repair_text
from generator.ingest.titles import has_headline, letters_of
from generator.languages import code_of
from generator.model import Article

NAMES = {
    "title": ("title", "headline"),
    "language": ("language", "lang"),
    "published": ("published", "date", "date_published"),
    "added": ("added",),
    "author": ("author", "authors", "byline"),
    "source": ("source", "publisher", "site"),
    "url": ("url", "link"),
    "licence": ("licence", "license", "rights"),
    "topics": ("topics", "tags", "keywords", "categories"),
    "slug": ("slug",),
    "aliases": ("aliases", "alias"),
    "also": ("also",),
    "archived": ("archived",),
}
"""Each field of an article and the names it goes by in seeds and sidecars; the first found counts."""


def article_of(raw: RawArticle, file: str, overrides: Mapping[str, object], cuts: Cuts) -> Article:
    """Return the checked and repaired article for a raw one of a seed file.

    Its sidecars give `overrides`, and what is to be cut out of its text. Raises `Unreadable` if there is not
    one word in it.
    """
    found = {field: _first(names, overrides, raw.fields) for field, names in NAMES.items()}
    language = code_of(_line(found["language"])) or ""
    checked = {field: check(_line(found[field]), language) for field, (check, _) in CHECKS.items()}
    free = [_line(found[field]) for field in FREE]
    topics = [topic for line in _lines(found["topics"]) for topic in re.split(r"[,;،؛、]", line)]
    also = _lines(found["also"])
    repaired, changes = repair_text((*free, *topics, *also, *raw.paragraphs))
    lines = iter([line.strip() for line in repaired])
    in_words = [next(lines) or None for _ in free]
    topics, also = ([next(lines) for _ in texts] for texts in (topics, also))
    paragraphs = cuts.made_in(tuple(filter(None, lines)))
    words = dict(zip(FREE, in_words, strict=True))
    if title := letters_of(words["title"] or ""):
        paragraphs = paragraphs[letters_of("".join(paragraphs[:1])) == title :] or paragraphs
    elif has_headline(paragraphs) and _field_of(paragraphs[0]) not in KNOWN:
        words["title"], paragraphs = paragraphs[0], paragraphs[1:]
    if not any(char.isalnum() for paragraph in paragraphs for char in paragraph):
        raise Unreadable("holds no words; write an article into it or delete it")
    dropped = [
        f"declared {field} dropped: not {wanted}"
        for field, (_, wanted) in CHECKS.items()
        if checked[field] is None and _line(found[field])
    ]
    is_archived = bool(checked.pop("archived"))
    return Article(
        seed=f"{file}#{raw.key}" if raw.key else file,
        slug=_slug(raw, file, overrides),
        paragraphs=paragraphs,
        topics=tuple(dict.fromkeys(filter(None, topics))),
        changes=(*raw.changes, *changes, *dropped),
        aliases=_aliases(raw, file, overrides),
        also=tuple(dict.fromkeys(filter(None, also))),
        archived=is_archived,
        pictures=raw.pictures,
        **checked,
        **words,
    )


def _field_of(line: str) -> str:
    """Return what stands before a colon, as a mistaken field would."""
    return line.partition(":")[0].casefold()


def _slug(raw: RawArticle, file: str, overrides: Mapping[str, object]) -> str:
    """Return the article's name in addresses: one chosen for it, or for its file, or the file's own."""
    own, chosen = _line(raw.fields.get("slug")), _line(overrides.get("slug"))
    if is_slug(own) and (raw.key or not is_slug(chosen)):
        return own
    return slug_of(file, raw.key, chosen if is_slug(chosen) else "")


def _aliases(raw: RawArticle, file: str, overrides: Mapping[str, object]) -> tuple[str, ...]:
    given, own = (_lines(_first(NAMES["aliases"], fields)) for fields in (overrides, raw.fields))
    of_file = (slug_of(file, raw.key, alias) for alias in given if is_slug(alias))
    return tuple(dict.fromkeys([*of_file, *filter(is_slug, own if raw.key or not given else ())]))


def mistakes(fields: Mapping[str, object], *, every_name: bool) -> Iterator[str]:
    """Return a line for each value that cannot be used, and for each name that is none of ours.

    Not `every_name` but only slips are mistakes where other programs have fields of their own.
    """
    for name in fields:
        if name not in KNOWN and (every_name or _is_slip(name)):
            yield f"{shown(name)} is no field; there are {', '.join((*NAMES, *NAMES_OF_CUTS, 'charset'))}"
    language = code_of(_line(_first(NAMES["language"], fields))) or ""
    for field, names in NAMES.items():
        name = next((name for name in names if name in fields), "")
        value = fields.get(name)
        text = _line(value)
        if value and not text:
            yield f"{name}: holds no text; write it on the same line"
        elif field in CHECKS and text and CHECKS[field][0](text, language) is None:
            yield f"{name}: {shown(text)[:60]} is not {CHECKS[field][1]}; {_advice(field, text)}"
        for slug in _lines(value) if field in ("slug", "aliases") else ():
            if not is_slug(slug) and (every_name or "/" not in slug):  # Hugo's and Jekyll's are paths
                better = slug_of(f"{slug.strip('/')}.txt")
                yield f"{name}: {shown(slug)[:60]} cannot stand in addresses; write {better}"


def _is_slip(name: str) -> bool:
    """Return whether a name is one or two slips away from one of ours, of four letters or fewer one."""
    return name not in OF_OTHERS and any(
        name[:1] == known[0] and _distance(name, known) <= (1 if len(known) < 5 else 2) for known in KNOWN
    )


def _distance(one: str, other: str) -> int:
    """Return in how many letters two names differ; two that changed places count once."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, its in enumerate(other, 1):
            steps = [last[column] + 1, line[-1] + 1, last[column - 1] + (letter != its)]
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                steps.append(before[column - 2] + 1)
            line.append(min(steps))
        before, last = last, line
    return last[-1]


def _advice(field: str, text: str) -> str:
    if field not in ("published", "added"):
        return {
            "language": "write for instance ar or Arabic",
            "url": "write it whole, such as https://example.org/article",
            "archived": "write archived: true, or take the line out",
        }[field]
    found = re.search(r"(?<!\d)(\d\d?)([./-])(\d\d?)\2(\d{4})(?!\d)", text)
    days = [(found[1], found[3]), (found[3], found[1])][: 1 if found[2] == "." else 2] if found else []
    dates = [iso_date(f"{found[4]}-{month}-{day}") for day, month in days if found]
    return f"write it as {' or '.join(sorted({each for each in dates if each})) or '2026-11-27'}"


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


def _switch(declared: str, _: str) -> str | None:
    """Return `true` or nothing for words that switch something on or off, None for others."""
    return {"true": "true", "yes": "true", "": "", "false": "", "no": ""}.get(declared.lower())


_Check = Callable[[str, str], str | None]
CHECKS: dict[str, tuple[_Check, str]] = {
    "language": (lambda tag, _: code_of(tag), "a language code or name"),
    "published": (iso_date, "a date in ISO 8601 or RFC 5322"),
    "added": (iso_date, "a date in ISO 8601 or RFC 5322"),
    "url": (lambda url, _: safe_url(url), "a web or mail address"),
    "archived": (_switch, "true or false"),
}
"""Fields with a form, what returns a value (in a language) in it or none, and what was expected."""
FREE = ("title", "author", "source", "licence")
"""Fields in free words."""
NOTED = ("etag", "last-modified", "sha256", "feed", "entry", "known_as")
"""What `digest add` and `digest fetch` note in a sidecar for themselves."""
KNOWN = frozenset([*(name for names in NAMES.values() for name in names), *NAMES_OF_CUTS, "charset", *NOTED])
"""Every name in a sidecar that means something."""
OF_OTHERS = frozenset("data line lines links list publish side size slide state tag uri".split())
"""Names in the front matter of other programs that resemble ours and are no slips."""
