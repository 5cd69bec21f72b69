"""What a reader finds in a file, before it becomes an `Article`: the one type that all readers return."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256


class Unreadable(Exception):  # noqa: N818 - names the state of the file, not a fault of ours
    """Why a file gives no article and the way out, without the place: the caller knows it."""


class Skipped(Unreadable):
    """What of a file is left out as usual, of which a line tells and nothing more."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its format gives it: nothing checked, nothing repaired."""

    paragraphs: tuple[str, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    """Title, date and so on under one of the names in `metadata.NAMES`."""
    key: str = ""
    """Tells it from the other articles of its file; empty where the file is one article."""
    changes: tuple[str, ...] = ()
    """What decoding and unpacking changed."""
    record: int = 0
    """Its number, from 0, among the entries of a feed or list, those without text included."""
    pictures: int = 0
    """How many pictures stood in its text."""


def stable_keys(identities: Iterable[str]) -> list[str]:
    """Return a key for each article of a file that stays when others come and go around it.

    A short identity that is safe in an address is the key itself, another is hashed; repeats are numbered.
    """
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for identity in identities:
        key = identity if re.fullmatch(r"[a-z0-9_-]{1,32}", identity) else short_hash(identity)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def short_hash(text: str) -> str:
    """Return twelve hexadecimal digits that stand for a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
