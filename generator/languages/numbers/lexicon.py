"""The words of each language that tell of numbers, out of two tables: what CLDR knows, and what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.languages.normalize import fold_letters

_DATA = Path(__file__).parents[2] / "data"
_TABLES = ("number-words.tsv", "quantities.tsv")
_COMPOUNDING = frozenset("da de et fi hu it nb nl sk sv".split())
"""Languages that write a number as one word."""
_PREFIXES = {
    "ar": ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ف", "ل", "ك"),
    "he": ("וה", "ו", "ב", "ל", "ה", "כ"),
}
"""What is written onto words; and, first of all."""
_INFLECTED = 1000
"""Scales from which inflected forms are known by their beginnings."""
_EITHER_MARK = frozenset("ar fa ur ps ckb ug he es".split())
"""Languages whose press uses both marks of decimals."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language has of words for numbers; words have their letters folded."""

    words: Mapping[str, float]
    """Also phrases, with blanks between their words."""
    longest: Mapping[str, int]
    """By their first words, how many words phrases have at most."""
    ordinals: Mapping[str, float]
    scales: Mapping[str, float]
    stems: tuple[str, ...]
    """Scales, longest first, of which inflected forms are known by their beginnings."""
    joins: frozenset[str]
    halves: frozenset[str]
    hours: frozenset[str]
    signs: Mapping[str, frozenset[str]]
    """Words that turn a number round, by kind, as in quantities.tsv."""
    months: Mapping[str, int]
    units: Mapping[str, str]
    decimal: str
    """The mark before decimals, or both where the press uses both."""
    prefixes: tuple[str, ...]
    is_compounding: bool


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return what is known of a language's words for numbers; next to nothing of one without rows."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, value, forms in _rows().get("zh" if language == "zt" else language, ()):
        for form in forms.split("|"):
            rows[kind].setdefault(" ".join(fold_letters(form).replace("-", " ").split()), value)
    scales = {form: float(value) for form, value in rows["scale"].items()}
    words = {form: float(value) for form, value in rows["word"].items()}
    words |= {form: value for form, value in scales.items() if form not in words}
    longest: dict[str, int] = {}
    for form in [*words, *rows["ordinal"]]:
        first, *others = form.split()
        longest[first] = max(longest.get(first, 1), 1 + len(others))
    mark = next(iter(rows["decimal"]), ".") or "."
    return Lexicon(
        words,
        longest,
        {form: float(value) for form, value in rows["ordinal"].items()},
        scales,
        tuple(
            sorted(
                (form for form, value in scales.items() if value >= _INFLECTED or language in ("ko", "th")),
                key=len,
                reverse=True,
            )
        ),
        frozenset(rows["join"]),
        frozenset(rows["half"]),
        frozenset(rows["hour"]),
        {
            kind: frozenset(rows[kind])
            for kind in ("negative", "loss", "gain", "up", "down", "more", "less", "bc")
        },
        {form: int(value) for form, value in rows["month"].items()},
        dict(rows["unit"]) | dict.fromkeys(rows["percent"], "percent"),
        ".," if language in _EITHER_MARK else mark.replace("٫", ".,"),
        _PREFIXES.get(language, ()),
        language in _COMPOUNDING,
    )


@cache
def _rows() -> dict[str, list[tuple[str, str, str]]]:
    """Return the rows of both tables by language: kind, value and forms."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for language, *row in table_rows(*_TABLES):
        kind, value, forms = row
        found[language].append((kind, value, forms))
    return found


def table_rows(*names: str) -> Iterator[list[str]]:
    """Return the rows of tables in `data/`, cell by cell."""
    for name in names:
        for line in (_DATA / name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.split("\t")
