"""A feed shows what its publisher wrote last; its seed keeps the entries that are no longer shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.ingest.decode import codec_of, decode_bytes
from generator.ingest.raw_article import RawArticle, Unreadable
from generator.ingest.readers import READERS, reader_for

FEEDS = (".xml", ".rss", ".atom", ".json", ".jsonl")
"""Suffixes of seeds that may hold a list of entries which rolls on."""
_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?P<name>([\w.-]+:)?(item|entry))(?=[\s/>])(?P<rest>[^>]*)>",
    re.DOTALL,
)
"""Where an entry begins or ends; comments and quoted text are matched first, so that no tag in them counts."""
_NAMESPACE = re.compile(r"""\s(xmlns(?::[\w.-]+)?)\s*=\s*("[^"]*"|'[^']*')""")


def with_earlier_entries(before: Path, answer: bytes, suffix: str, charset: str | None) -> bytes:
    """Return a feed's new answer, followed by the entries of its seed that are not in it any more.

    Entries are told apart as the reader does it, so articles keep their names; what is no feed is returned as
    it is. Raises `Unreadable` where entries of the seed would be lost.
    """
    old = before.read_bytes()
    known = _entries(old, before.suffix, charset) if before.suffix in FEEDS else {}
    if not known:
        return answer
    if READERS[suffix] != READERS[before.suffix]:
        raise Unreadable(f"is a feed, and the address gives {suffix} now; rename the seed to keep its articles")
    came = _entries(answer, suffix, charset)
    left = [raw.record for key, raw in known.items() if key not in came]
    if not left or not came:  # an answer without articles is refused later on
        return answer
    join, codec = _joined_xml, codec_of(charset) if charset else ""
    if suffix in (".json", ".jsonl"):
        join = _joined_json if suffix == ".json" else _joined_lines
    else:
        from generator.ingest.readers.html import declared_charset

        codec = codec or codec_of(declared_charset(answer) or "")
    texts = decode_bytes(answer, codec or None).text, decode_bytes(old, codec or None).text
    try:
        whole = join(*texts, left).encode(codec or "utf-8", "xmlcharrefreplace")
        found = _entries(whole, suffix, charset)
    except (Unreadable, LookupError, TypeError, ValueError):
        found = {}
    wanted = {key: raw.paragraphs for key, raw in (known | came).items()}
    if {key: raw.paragraphs for key, raw in found.items()} != wanted:
        raise Unreadable(
            "has entries that the address does not give any more, and they cannot be joined with the new ones; "
            "rename the seed to keep its articles"
        )
    return whole


def _entries(content: bytes, suffix: str, charset: str | None) -> dict[str, RawArticle]:
    """Return the articles of a feed by their keys; none for a file that is one article."""
    read: Iterable[RawArticle | Unreadable] = reader_for(suffix)(content, charset)
    return {raw.key: raw for raw in read if isinstance(raw, RawArticle) and raw.key}


def _joined_xml(new: str, old: str, left: Sequence[int]) -> str:
    """Put entries behind the last one of the new text, character by character as they were."""
    entries, places = entry_places(old), entry_places(new)
    kept = "".join(f"\n{old[slice(*entries[number])]}" for number in left)
    end = places[-1][1]
    head = new[: places[0][0]]
    declared = dict(_NAMESPACE.findall(head))
    lacking = dict(_NAMESPACE.findall(old[: entries[0][0]])).items() - declared.items()
    names = "".join(f" {name}={value}" for name, value in sorted(lacking) if name not in declared)
    head = re.sub(r"<[A-Za-z_][^\s/>]*", lambda root: root[0] + names, head, count=1)
    return head + new[places[0][0] : end] + kept + new[end:]


def entry_places(text: str) -> list[tuple[int, int]]:
    """Return where each entry of an RSS or Atom text begins and ends."""
    places: list[tuple[int, int]] = []
    name, start = "", 0
    for tag in _TAG.finditer(text):
        if tag["name"] and not name and not tag["end"]:
            name, start = tag["name"], tag.start()
        if name and tag["name"] == name and (tag["end"] or tag["rest"].endswith("/")):
            places.append((start, tag.end()))
            name = ""
    return places


def _joined_json(new: str, old: str, left: Sequence[int]) -> str:
    whole, earlier = json.loads(new, strict=False), json.loads(old, strict=False)
    there, gone = (each["items"] if isinstance(each, dict) else each for each in (whole, earlier))
    there += [gone[number] for number in left]
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return text if text.isascii() or not re.search("[\ud800-\udfff]", text) else json.dumps(whole, indent=1)


def _joined_lines(new: str, old: str, left: Sequence[int]) -> str:
    lines = [line for line in old.split("\n") if line.strip()]
    return "\n".join([new.rstrip("\n"), *(lines[number] for number in left), ""])
