"""Deterministic clean-up of what models leave in their output; no word is added or changed."""

from __future__ import annotations

import html
import re
from unicodedata import normalize

from generator.languages.scripts import COMBINING_MARKS

_ENTITY = re.compile(r"&\s?(#?\w{2,6})\s?;")
_BEFORE_MARK = re.compile(
    rf"(?<=[\w{COMBINING_MARKS}\"')\]%”’])\s+(?=[,.;:!?)\]，。、；：！？）،؛؟।۔”](?:\s|$))"
)
_BEHIND_OPENING = re.compile(r"(?<=[(\[“（¿¡])\s+|(?<=[$€£¥])\s(?=\d)")
_CLOCK = re.compile(r"(?<=\d) : (?=\d)")
_APOSTROPHE = re.compile(r"(?<=\w)\s*['’]\s+(?=(?:s|t|re|ve|ll|d|m)\b)")
_CONTRACTION = re.compile(r"(?<=[^\W\d_])\s+(['’])(?=(?:s|t|re|ve|ll|d|m)\b(?!['’]))")
"""it 's, don 't"""
_ELISION = re.compile(
    r"(?<![\w'’])((?i:[cdjlmnst]|qu|un|(?:d|n|s|qu)?(?:all|ell|ull|est)))\s*(['’])\s+(?=[^\W\d_])"
)
"""l ' homme, dell ' Italia"""
_STRAY = re.compile(r"(?<=[\w)\]])\s?[,;:](?=\s?[,;.!?](?!\.))")
"""A mark in front of another, which models leave where parts of a sentence meet."""
_LONE_APOSTROPHE = re.compile(r"(?<=\w)\s+['’](?=\s+\w)")
"""Of a plural, "years ' work", unless there is another, and they are marks of a quotation."""
_FRACTION = re.compile(r"\d*[¼-¾⅐-⅞]")
"""What models read as its parts: 14½ as 141⁄2."""
_TWICE = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE)


def postprocess(text: str, source: str, *, in_parts: bool = False) -> str:
    """Return a translation of `source` without HTML escapes, and without stray and doubled blanks.

    Escapes that the source has as well stay as they are, and so do its signs for fractions. Of a translation
    that was made in parts, a word that both sides of a seam have stands once.
    """
    escapes = 0
    if not _ENTITY.search(source):
        text, escapes = _ENTITY.subn(lambda match: html.unescape(f"&{match[1]};"), text)
    if len(_LONE_APOSTROPHE.findall(text)) == 1:
        text = re.sub(r"(?<=s)\s+(['’])(?=\s)", r"\1", text)
    text = _CONTRACTION.sub(r"\1", _APOSTROPHE.sub(lambda match: match[0].strip(), text))
    text = _CLOCK.sub(":", _ELISION.sub(r"\1\2", text))
    text = text if _STRAY.search(source) else _STRAY.sub("", text)
    text = _with_close_quotes(text, all_of_them=bool(escapes))
    text = _BEHIND_OPENING.sub("", _BEFORE_MARK.sub("", text))
    for fraction in dict.fromkeys(_FRACTION.findall(source)):
        text = text.replace(normalize("NFKC", fraction), fraction)
    if in_parts and not _TWICE.search(source):
        text = _TWICE.sub(r"\1", text)
    return " ".join(text.split())


def _with_close_quotes(text: str, *, all_of_them: bool) -> str:
    """Return `text` with straight quotation marks that come in pairs set against what they enclose.

    Else only those with blanks on both inner sides, since 5" x 3" is no quotation.
    """
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    for index in range(1, len(parts), 2):
        if all_of_them or parts[index][:1] == parts[index][-1:] == " ":
            parts[index] = parts[index].strip()
    return '"'.join(parts)
