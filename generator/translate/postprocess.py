"""Deterministic clean-up of what models leave in their output; no word is added, dropped or changed."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&\s?(#?\w{2,6})\s?;")
_BEFORE_MARK = re.compile(r"(?<=[\w\"')\]%])\s+(?=[,.;:!?)\]](?:\s|$))")
_APOSTROPHE = re.compile(r"(?<=\w)\s*'\s+(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=s)\s+'(?=\s)")


def postprocess(text: str, source: str) -> str:
    """Return a translation of `source` without HTML escapes, stray and doubled blanks.

    Escapes that the source has as well stay as they are.
    """
    if not _ENTITY.search(source):
        text, escapes = _ENTITY.subn(lambda match: html.unescape(f"&{match[1]};"), text)
        if escapes:
            text = _with_close_quotes(_APOSTROPHE.sub("'", text))
    return " ".join(_BEFORE_MARK.sub("", text).split())


def _with_close_quotes(text: str) -> str:
    """Return `text` with straight quotation marks that come in pairs set against what they enclose."""
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return '"'.join(part.strip() if index % 2 else part for index, part in enumerate(parts))
