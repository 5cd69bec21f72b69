"""Bytes → text: a byte order mark, then the declared charset, then UTF-8, then a detector."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from generator.read.entry import Unreadable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the little-endian mark of one begins with that of the other."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what had to be done to get it."""

    text: str
    changes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Give the text of a file; `declared` is the charset that its metadata names.

    Raises `Unreadable` for bytes that are no text in any encoding tried.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            changes: tuple[str, ...] = ("byte order mark removed",)
            if encoding != "utf-8":
                changes = (*changes, f"decoded from {encoding}")
            return Decoded(data[len(mark) :].decode(encoding, "surrogatepass"), changes)
    for encoding in filter(None, (declared, "utf-8")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return Decoded(text, () if encoding == "utf-8" else (f"decoded from {encoding}",))
    raise Unreadable("is in no encoding known here; save it as UTF-8")
