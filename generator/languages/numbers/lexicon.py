"""The words of each language that tell of numbers, out of two tables: what CLDR knows, and what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
_ORDINAL_ENDINGS = {"fa": ("م", "مین"), "ur": ("واں", "ویں"), "hi": ("वां", "वीं", "वें")}
"""What makes a place of a number, where CLDR does not say so."""
_EITHER_MARK = frozenset("ar fa ur ps ckb ug he es".split())
"""Languages whose press uses both marks of decimals."""
_COMMA_FIRST = frozenset(("es",))
"""Those of them in which a point mostly parts thousands: 2.500 is no 2.5."""


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
    halves: Mapping[str, float]
    """Also quarters, and what lacks one, where languages say them before the number."""
    hours: frozenset[str]
    signs: Mapping[str, frozenset[str]]
    """Words that turn a number round, by kind, as in quantities.tsv."""
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    counted: Mapping[str, tuple[float, str]]
    """Words that say how many of a unit in one: two days."""
    about: Mapping[str, float]
    """Words for so many or somewhat more."""
    shares: Mapping[str, float]
    """Words for parts of a whole: what it is parted into, or, below 1, the part itself."""
    manifold: Mapping[str, float]
    """Words that say how often, or their beginnings: threefold; or 0, where they do so behind a number."""
    labels: Mapping[str, str]
    """Words that make a number a name, as channel does, by where they stand: before, last before, behind."""
    decimal: str
    """The mark before decimals, or both where the press uses both."""
    prefixes: tuple[str, ...]
    is_compounding: bool


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return what is known of a language's words for numbers; next to nothing of one without rows."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, value, forms in _rows().get("zh" if language == "zt" else language, ()):
        for form in _spellings(forms.split("|")):
            rows[kind].setdefault(" ".join(fold_letters(form).replace("-", " ").split()), value)
    scales = {form: float(value) for form, value in rows["scale"].items()}
    words = {form: float(value) for form, value in rows["word"].items()}
    words |= {form: value for form, value in scales.items() if form not in words}
    endings = [fold_letters(each) for each in _ORDINAL_ENDINGS.get(language, ())]
    ordinals = {f"{form}{end}": value for form, value in words.items() if 1 < value <= 100 for end in endings}
    ordinals |= {form: float(value) for form, value in rows["ordinal"].items()}
    tens = {form: float(value) for form, value in rows["tens"].items()}
    words |= tens | {ten + one: tens[ten] + words[one] for ten in tens for one in words if words[one] < 10}
    longest: dict[str, int] = {}
    for form in [*words, *ordinals]:
        first, *others = form.split()
        longest[first] = max(longest.get(first, 1), 1 + len(others))
    mark = next(iter(rows["decimal"]), ".") or "."
    return Lexicon(
        words,
        longest,
        ordinals,
        scales,
        tuple(
            sorted(
                (form for form, value in scales.items() if value >= _INFLECTED or language in ("ko", "th")),
                key=len,
                reverse=True,
            )
        ),
        frozenset(rows["join"]),
        {form: float(value) for form, value in rows["half"].items()},
        frozenset(rows["hour"]),
        {
            kind: frozenset(rows[kind])
            for kind in ("negative", "loss", "gain", "up", "down", "more", "less", "bc", "freezing")
        },
        {form: int(value) for form, value in rows["month"].items()},
        {form: int(value) for form, value in rows["weekday"].items()},
        dict(rows["unit"]) | dict.fromkeys(rows["percent"], "percent"),
        {form: (float(value.split()[0]), value.split()[1]) for form, value in rows["counted"].items()},
        {form: float(value) for form, value in rows["about"].items()},
        {form: float(value) for form, value in rows["share"].items()},
        {form: float(value) for form, value in rows["manifold"].items()},
        dict(rows["label"]),
        ",." if language in _COMMA_FIRST else ".," if language in _EITHER_MARK else mark.replace("٫", ".,"),
        _PREFIXES.get(language, ()),
        language in _COMPOUNDING,
    )


def _spellings(forms: Iterable[str]) -> Iterator[str]:
    """Return forms, and those in Devanagari as they are also written: with anusvara, without dots below."""
    for form in forms:
        yield from dict.fromkeys(
            (form, form.replace("ँ", "ं"), form.replace("़", ""), form.replace("ँ", "ं").replace("़", ""))
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
