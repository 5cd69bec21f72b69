"""Sentences that depend on the one before: this, but, he added.

Without that sentence a reader does not know what they speak of, so a summary may not begin with one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator.languages import is_unspaced
from generator.languages.normalize import fold_letters
from generator.languages.quotations import QUOTATION_MARKS
from generator.languages.scripts import COMBINING_MARKS

_FILE = Path(__file__).parent.parent / "data" / "anaphora.tsv"


def depends_on_previous(text: str, language: str) -> bool:
    """Return whether a sentence points to the one before, as with this, but, he added.

    Knows the languages of `data/anaphora.tsv`; sentences of others never do.
    """
    if not (patterns := _patterns(language)):
        return False
    folded = fold_letters(text)
    return bool(patterns.dependent.search(folded)) and not patterns.standing.match(folded)


def continues_report(text: str, language: str) -> bool:
    """Return whether a sentence depends on the one before, or begins with a verb of speech.

    As `And the engineer said` does in Arabic: who speaks is named, but of what was told before.
    """
    patterns = _patterns(language)
    is_speech = bool(patterns and patterns.speech.match(fold_letters(text)))
    return is_speech or depends_on_previous(text, language)


class _Patterns(NamedTuple):
    dependent: re.Pattern[str]
    standing: re.Pattern[str]
    """What only looks like it."""
    speech: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns | None:
    """Compile what points back in a language; None where nothing is known."""
    lines = (line.split("\t") for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    row = {kind: f"(?:{fold_letters(alternatives)})" for code, kind, alternatives in lines if code == language}
    if not row:
        return None
    end = "" if is_unspaced(language) else rf"(?![\w{COMBINING_MARKS}])"
    start = rf"^\W*{row.get('prefix', '(?:)')}?"
    dependent = [f"{start}{row['words']}{end}"]
    if "speech" in row:
        dependent.append(rf"{start}{row['speech']}\s*(?:[:{QUOTATION_MARKS}]|{row['silent']}\b)")
    if "tag" in row:
        dependent.append(rf"[{QUOTATION_MARKS}][,،]?\s*{row['tag']}\b")
    standing = rf"\W*{row['standing']}{end}" if "standing" in row else "(?!)"
    speech = f"{start}{row['speech']}{end}" if "speech" in row else "(?!)"
    return _Patterns(*map(re.compile, ("|".join(dependent), standing, speech)))
