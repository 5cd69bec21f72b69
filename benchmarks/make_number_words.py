"""Makes `generator/data/number-words.tsv` of what CLDR knows: number words, scales, months, units, separators.

    python benchmarks/make_number_words.py

Needs PyICU, which spells numbers out by CLDR's rules, and Babel. What the reader composes itself out of shorter
words is left out, and so are languages that CLDR spells in English. CLDR is under the Unicode licence.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import icu
from babel import Locale

from generator.languages import LANGUAGES
from generator.languages.normalize import fold_letters

FILE = Path(__file__).parent.parent / "generator" / "data" / "number-words.tsv"
LOCALES = {"tl": "fil", "zt": "zh_Hant"}
NOT_BY_WORDS = {"zh", "zt", "ja", "ko", "th"}
"""Their numerals are read letter by letter."""
SPELLED = [*range(1, 100), *range(100, 1000, 100), 1000, 2000, 10**6, 2 * 10**6, 5 * 10**6, 10**9, 2 * 10**9]
JOINS = {"und", "en", "og", "och", "e"}
UNITS = {
    "duration-second": "second", "duration-minute": "minute", "duration-hour": "hour", "duration-day": "day",
    "duration-week": "week", "duration-month": "month", "duration-year": "year", "length-kilometer": "km",
    "length-meter": "m", "length-centimeter": "cm", "length-mile": "mile", "length-foot": "foot",
    "mass-kilogram": "kg", "mass-tonne": "ton", "area-hectare": "hectare", "area-acre": "acre",
    "temperature-celsius": "celsius", "temperature-fahrenheit": "fahrenheit", "concentr-percent": "percent",
}  # fmt: skip
HEAD = """\
# Made by benchmarks/make_number_words.py from CLDR (Unicode licence): language, kind, value, forms.
# word, ordinal and scale: see quantities.tsv; month: its number; unit: see measures.tsv; decimal: the mark
"""


def spelled(code: str, kind: str) -> Iterator[tuple[int, str]]:
    """Return numbers with their spelling by each rule set of a kind; a soft hyphen stands at seams in words."""
    locale = icu.Locale(LOCALES.get(code, code))
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, locale)
    names = [rules.getRuleSetName(index) for index in range(rules.getNumberOfRuleSetNames())]
    for name in names:
        if kind not in name or "verbose" in name or "financial" in name:
            continue
        for number in SPELLED if kind != "ordinal" else [*range(1, 32), *range(40, 101, 10)]:
            text = rules.format(number, name)
            if not re.search(r"\d", text):
                yield number, text


def words(code: str) -> Iterator[tuple[str, int, str]]:
    """Return the number words of a language, without those that a reader puts together itself."""
    english, short = dict(spelled("en", "cardinal")), set[str]()
    for kind in ("cardinal", "numbering", "ordinal") if code not in NOT_BY_WORDS else ():
        for number, text in spelled(code, kind):
            parts = re.split("[\u00ad\\s-]+", fold_letters(text))
            composed = 20 < number < 100 and number % 10 and len(parts) > 1 and set(parts) <= short | JOINS
            if not composed and (code == "en" or text not in english.values()):
                short.add("".join(parts))
                word = fold_letters(text).replace("\u00ad", "").replace("-", " ")
                yield "ordinal" if kind == "ordinal" else "word", number, " ".join(word.split())


def scales(locale: Locale) -> Iterator[tuple[str, int, str]]:
    """Return the words that multiply numbers."""
    pattern = re.compile(r"(0+)[\s\u00a0]?([^\W\d_]{2,}|[\u0900-\u0dff]+)\W*")
    for style in ("long", "short"):
        for plural in locale.compact_decimal_formats.get(style, {}).values():
            for power, form in plural.items():
                if found := pattern.fullmatch(str(form).replace("'", "")):
                    yield "scale", int(power) // 10 ** (len(found[1]) - 1), fold_letters(found[2])


def months(code: str) -> Iterator[tuple[str, int, str]]:
    """Return the months, alone and in dates. ICU's: Babel mixes in another language's."""
    symbols = icu.DateFormatSymbols(icu.Locale(LOCALES.get(code, code)))
    for context in (icu.DateFormatSymbols.FORMAT, icu.DateFormatSymbols.STANDALONE):
        for number, name in enumerate(symbols.getMonths(context, icu.DateFormatSymbols.WIDE), 1):
            if not re.search(r"\d", name):
                yield "month", number, fold_letters(name)


def units(locale: Locale) -> Iterator[tuple[str, str, str]]:
    """Return the names of units, alone."""
    for unit, name in UNITS.items():
        for length in ("long", "short"):
            for plural, pattern in locale._data["unit_patterns"].get(unit, {}).get(length, {}).items():
                word = (
                    ""
                    if plural == "per"
                    else fold_letters(str(pattern)).replace("{0}", "").strip(" \u00a0\u200f")
                )
                if word and "{" not in word and (len(word) > 1 or not word.isascii() or word == "%"):
                    yield "unit", name, word


def forms(code: str) -> Iterator[tuple[str, float | str, str]]:
    """Return all that is known of a language."""
    yield from words(code)
    try:
        locale = Locale.parse(LOCALES.get(code, code))
    except ValueError:
        return
    yield "decimal", 0, locale.number_symbols.get("latn", locale.number_symbols).get("decimal", ".")
    yield from scales(locale)
    yield from months(code)
    yield from units(locale)


def main() -> None:
    """Write the table."""
    lines = []
    for code in LANGUAGES:
        rows: dict[tuple[str, float | str], dict[str, None]] = defaultdict(dict)
        for kind, value, form in forms(code):
            rows[kind, value][form] = None
        known = {form for (kind, _), row in rows.items() if kind in ("word", "ordinal") for form in row}
        for (kind, value), row in rows.items():
            kept = [
                form
                for form in row
                if kind not in ("word", "ordinal") or " " not in form or needed(form, known)
            ]
            if kept:
                lines.append(f"{code}\t{kind}\t{value}\t{'|'.join(kept)}\n")
    FILE.write_text(HEAD + "".join(lines), "utf-8")


def needed(form: str, known: set[str]) -> bool:
    """Return whether a phrase is more than the sum of its words."""
    return not all(word in known for word in form.split() if len(word) > 2)


if __name__ == "__main__":
    main()
