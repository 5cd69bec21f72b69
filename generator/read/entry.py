"""What a format finds in a file, and how it becomes an `Article`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Unreadable(Exception):  # noqa: N818 - names the state of the file, not a fault of ours
    """Why a file gives no article and the way out, without the place: the caller knows it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as its format gives it: nothing checked, nothing cleaned."""

    paragraphs: tuple[str, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    """Title, date and so on under the names the file uses."""
    key: str = ""
    """Tells it from the other entries of its file; empty where the file is one article."""
    changes: tuple[str, ...] = ()
    """What decoding changed."""
