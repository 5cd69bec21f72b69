"""The first stage: a seed file, in whatever format and encoding it comes → articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator.ingest.cuts import Cuts
from generator.ingest.dates import iso_date
from generator.ingest.decode import decode_bytes
from generator.ingest.metadata import NAMES, article_of, mistakes
from generator.ingest.raw_article import RawArticle, Skipped, Unreadable
from generator.ingest.readers import reader_for
from generator.ingest.seeds import SIDECARS, list_seeds, read_bytes, seed_name, shown_path, sidecars_of, slug_of
from generator.ingest.sidecar import declare_slug, read_mapping
from generator.model import Article, DigestError, FieldError

__all__ = ["SIDECARS", "declare_slug", "list_seeds", "read_seed", "sidecars_of", "slug_of"]


MARKDOWN = (".md", ".markdown")
NAMES_OF_DATE = frozenset(NAMES["published"])


def _refuse(problem: DigestError) -> None:
    if not isinstance(problem, FieldError):
        raise problem


def read_seed(
    path: Path, seeds: Path, complain: Callable[[DigestError], None] = _refuse
) -> tuple[Article, ...]:
    """Return the articles of one seed file; what its sidecars say overrides what is found in it.

    1. Read the sidecars. 2. Read the file by its format, into raw articles. 3. Check and repair each of them.

    `complain` is given a `DigestError`, one line with file, fault and way out, for a file that yields no
    article, and for each record that yields none in a file that yields some. If nobody asks, it is raised.
    It is given a `FieldError` for each declared field that cannot be used.
    """
    try:
        declared = _sidecar_fields(path, seeds, complain)
    except DigestError as error:
        complain(error)
        return ()
    charset, cuts = declared.get("charset"), Cuts.of(declared)
    articles: list[Article] = []
    faults: list[Unreadable] = []
    skipped: Skipped | None = None
    try:
        read = reader_for(path.suffix)
        for raw in read(read_bytes(path, seeds), charset if isinstance(charset, str) else None):
            try:
                if isinstance(raw, Unreadable):
                    raise raw
                raw = replace(raw, key="") if "entry" in declared else raw  # noqa: PLW2901 - it is alone there
                raw = _dated(raw, path)  # noqa: PLW2901
                articles.append(article_of(raw, seed_name(path, seeds), declared, cuts))
            except Skipped as left_out:
                skipped = left_out
                complain(FieldError(f"{shown_path(path, seeds)}: {skipped}"))
                continue
            except Unreadable as unreadable:
                faults.append(unreadable)
                continue
            for line in _own_mistakes(raw, path.suffix.lower(), declared):
                complain(FieldError(f"{shown_path(path, seeds)}: {line}"))
    except Unreadable as unreadable:
        faults.append(unreadable)
    for line in cuts.mistakes() if articles else ():
        complain(FieldError(f"{shown_path(path, seeds)}: {line}"))
    if not articles and not (skipped and not faults):  # one line says enough of a file that yields nothing
        faults = faults[:1] or [Unreadable("holds no article with text; add one or delete it")]
    for fault in faults:
        complain(DigestError(f"{shown_path(path, seeds)}: {fault}"))
    return tuple(articles)


def _dated(raw: RawArticle, path: Path) -> RawArticle:
    """Return an article with the date in its file's name, as Jekyll has it, if it says none itself."""
    day = re.match(r"\d{4}-\d\d-\d\d(?=[-_ ])", path.name) if path.suffix.lower() in MARKDOWN else None
    if not day or not NAMES_OF_DATE.isdisjoint(raw.fields) or not iso_date(day[0]):
        return raw
    return replace(raw, fields={**raw.fields, "published": day[0]})


def _own_mistakes(raw: RawArticle, suffix: str, declared: Mapping[str, object]) -> Iterator[str]:
    """Return what is wrong with fields that a person wrote into the seed itself and no sidecar declares.

    These are front matter, which has fields of other programs too, and addresses chosen in JSON.
    """
    settled = {name for names in NAMES.values() if not declared.keys().isdisjoint(names) for name in names}
    if suffix.startswith(".json"):
        settled |= set(raw.fields) - {"slug", "aliases", "alias"}
    if suffix in (*MARKDOWN, ".json", ".jsonl"):
        own = {name: value for name, value in raw.fields.items() if name not in settled}
        yield from mistakes(own, every_name=False)


def _sidecar_fields(path: Path, seeds: Path, complain: Callable[[DigestError], None]) -> dict[str, object]:
    """Return what the sidecars of a seed declare, the more particular one over the other."""
    fields: dict[str, object] = {}
    for sidecar in sidecars_of(path):
        try:
            found = read_mapping(decode_bytes(read_bytes(sidecar, seeds)).text)
            fields |= found
            for line in mistakes(found, every_name=True):
                complain(FieldError(f"{shown_path(sidecar, seeds)}: {line}"))
        except Unreadable as fault:
            raise DigestError(f"{shown_path(sidecar, seeds)}: {fault}") from fault
    return fields
