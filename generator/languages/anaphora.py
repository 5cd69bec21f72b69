"""Sentences that lean on the one before: this, but, he added."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from generator.languages import language_of

QUOTATION_MARKS = ('"＂', "“”„‟", "«»", "「」", "『』")
"""Families of marks that open and close each other."""

_FILE = Path(__file__).parent.parent / "data" / "leaning.tsv"
_MARKS = "".join(QUOTATION_MARKS)
_UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Thai"})
"""Scripts that put no space between words."""
_ARABIC = str.maketrans("أإآٱىیک", "ااااييك", "\u0640\u0670" + "".join(map(chr, range(0x64B, 0x660))))


def fold(text: str) -> str:
    """Return a text as it is compared: without case, Arabic vowel marks and variants of Arabic letters."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC)


def leans(text: str, language: str) -> bool:
    """Return whether a sentence points to the one before, as with this, but, he added.

    Knows the languages of `data/leaning.tsv`; sentences of others never lean.
    """
    patterns = _leaning_patterns().get(language)
    if not patterns:
        return False
    leaning, standing = patterns
    folded = fold(text)
    return bool(leaning.search(folded)) and not standing.match(folded)


@cache
def _leaning_patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Compile for each language what leans, and what only looks like it."""
    rows: dict[str, dict[str, str]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, kind, alternatives = line.split("\t")
            rows.setdefault(language, {})[kind] = f"(?:{fold(alternatives)})"
    return {language: _compiled(row, language) for language, row in rows.items()}


def _compiled(row: dict[str, str], language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    end = "" if language_of(language).script in _UNSPACED else r"\b"
    start = rf"^\W*{row.get('prefix', '(?:)')}?"
    leaning = [f"{start}{row['words']}{end}"]
    if "speech" in row:
        leaning.append(rf"{start}{row['speech']}\s*(?:[:{_MARKS}]|{row['silent']}\b)")
    if "tag" in row:
        leaning.append(rf"[{_MARKS}][,،]?\s*{row['tag']}\b")
    standing = rf"\W*{row['standing']}{end}" if "standing" in row else "(?!)"
    return re.compile("|".join(leaning)), re.compile(standing)
