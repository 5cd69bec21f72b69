"""How many damaged numbers the checks find, in translations of ten languages that were right before.

    python benchmarks/damage.py NTREX-128                        # a folder of newstest2019-ref.*.txt
    python benchmarks/damage.py NTREX-128 --write FILE --each 5  # a slice for the tests

NTREX-128 (github.com/MicrosoftTranslator/NTREX, CC BY-SA 4.0) has news in many languages and English. In each
of 50 pairs a language one thing is damaged in the English: a digit, a number in words, a scale, a currency, a
unit, a direction, a sign, a month; in 20 others a day of the week or a country. The draw is seeded. Prints the
share that is found, by kind and by language, and the share of each language's undamaged pairs in which a check
fires.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.languages.numbers.months import MONTHS
from generator.languages.numbers.weekdays import WEEKDAYS
from generator.model import Pair
from generator.translate.quality_checks import CHECKS

LANGUAGES = {
    "ar": "arb", "de": "deu", "es": "spa", "fa": "fas", "hi": "hin", "ja": "jpn", "ko": "kor", "ru": "rus",
    "tr": "tur", "zh": "zho-CN",
}  # fmt: skip
NAMES = ("numbers", "currency", "unit", "sign", "month", "country")
FUNCTIONS = {check.name: check.function for check in CHECKS if check.name in NAMES}
_SPELLED = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_SCALES = {
    "thousand": "million",
    "million": "billion",
    "billion": "million",
    "m": "bn",
    "bn": "m",
    "trillion": "billion",
}
_UNITS = {
    "miles": "kilometers", "km": "miles", "days": "weeks", "weeks": "months", "months": "years",
    "years": "months", "hours": "days", "minutes": "hours", "meters": "feet", "percent": "kilometers",
    "kilometers": "miles",
}  # fmt: skip
_MONEY = {
    "$": "€",
    "€": "£",
    "£": "$",
    "dollars": "euros",
    "euros": "dollars",
    "pounds": "euros",
    "yuan": "dollars",
}
_COUNTRIES = {
    "Germany": "Sweden", "France": "Italy", "China": "Japan", "Russia": "Poland", "Bolivia": "Peru",
    "Indonesia": "Malaysia", "Syria": "Libya", "Britain": "Spain", "Mexico": "Brazil", "Chile": "Argentina",
    "Canada": "Australia",
}  # fmt: skip
_TURNED = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "grew": "shrank", "dropped": "jumped",
    "decreased": "increased", "loss": "profit", "profit": "loss", "profits": "losses", "losses": "profits",
    "declined": "rose", "climbed": "plunged", "jumped": "plunged",
}  # fmt: skip


def _swapped(pattern: str, table: dict[str, str]) -> Callable[[str, random.Random], str | None]:
    """Return a damage that puts another word of a table for a word where a pattern finds it."""

    def damage(text: str, draw: random.Random) -> str | None:
        found = list(re.finditer(pattern.format("|".join(map(re.escape, table))), text))
        if not found:
            return None
        match = draw.choice(found)
        return text[: match.start(1)] + table[match[1]] + text[match.end(1) :]

    return damage


def _digit(text: str, draw: random.Random) -> str | None:
    found = list(re.finditer(r"(?<![\w.,:])\d[\d,.]*(?<=\d)(?![\w:/])", text))
    if not found:
        return None
    match = draw.choice(found)
    place = draw.choice([index for index in range(*match.span()) if text[index].isdecimal()])
    other = draw.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def _scale_lost(text: str, draw: random.Random) -> str | None:
    found = list(re.finditer(r"(?<=\d) (?:thousand|million|billion)\b", text))
    match = draw.choice(found) if found else None
    return text[: match.start()] + text[match.end() :] if match else None


def _negated(text: str, draw: random.Random) -> str | None:
    found = list(
        re.finditer(
            r"(?<=[a-z] )[$€£]?\d+(?:\.\d+)?(?= ?(?:per|%|million|billion|degrees|points|[a-z]+s\b))", text
        )
    )
    match = draw.choice(found) if found else None
    return text[: match.start()] + "-" + text[match.start() :] if match else None


def _currency(text: str, draw: random.Random) -> str | None:
    found = list(re.finditer(r"(?<!\w)[$€£](?=\d)|(?<=[\dn] )(?:dollars|euros|pounds|yuan)\b", text))
    match = draw.choice(found) if found else None
    return text[: match.start()] + _MONEY[match[0]] + text[match.end() :] if match else None


DAMAGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "digit": _digit,
    "word": _swapped(
        r"\b({})(?= [a-z]{{3,}}s\b)", dict(zip(_SPELLED, [*_SPELLED[3:], *_SPELLED[:3]], strict=True))
    ),
    "scale": _swapped(r"(?<=\d[ -])({})\b", _SCALES),
    "scale lost": _scale_lost,
    "currency": _currency,
    "unit": _swapped(r"(?<=\d[ -])({})\b", _UNITS),
    "direction": _swapped(
        r"\b({})\b(?= (?:by |to |of |about |nearly |more than |almost ){{0,2}}[\d$€£])", _TURNED
    ),
    "sign": _negated,
    "month": _swapped(r"\b({})\b(?= \d)", dict(zip(MONTHS, [*MONTHS[5:], *MONTHS[:5]], strict=True))),
}


OTHER_DAMAGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "weekday": _swapped(r"\b({})\b", dict(zip(WEEKDAYS, [*WEEKDAYS[3:], *WEEKDAYS[:3]], strict=True))),
    "country": _swapped(r"\b({})\b(?! Korea)", _COUNTRIES),
}


def findings(pair: Pair) -> list[str]:
    """Return the checks of numbers that fire."""
    return [name for name, function in FUNCTIONS.items() if function(pair) is not None]


def damaged(
    language: str,
    pairs: list[tuple[str, str]],
    each: int,
    damages: dict[str, Callable[[str, random.Random], str | None]] = DAMAGES,
) -> Iterator[tuple[str, Pair]]:
    """Return damaged pairs with the kind of damage, all kinds in turn as long as there are pairs for them."""
    draw = random.Random(f"numbers {language}")
    order = draw.sample(pairs, len(pairs))
    used: set[str] = set()
    kinds = list(damages)
    made = turn = 0
    while made < each and kinds:
        kind = kinds[turn % len(kinds)]
        for source, target in order:
            other = None if target in used else damages[kind](target, draw)
            if other and other != target and not findings(Pair(source, target, language, "en")):
                used.add(target)
                made, turn = made + 1, turn + 1
                yield kind, Pair(source, other, language, "en")
                break
        else:
            kinds.remove(kind)


def main() -> None:
    """Print recall on damaged pairs, and base rates on the others."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--each", type=int, default=50)
    options.add_argument("--write", type=Path)
    options.add_argument("--missed", action="store_true")
    given = options.parse_args()
    english = (given.folder / "newstest2019-src.eng.txt").read_text("utf-8").splitlines()
    found, whole, rows = Counter[str](), Counter[str](), ["language\tkind\tsource\ttarget\n"]
    for language, code in LANGUAGES.items():
        sources = (given.folder / f"newstest2019-ref.{code}.txt").read_text("utf-8").splitlines()
        pairs = list(zip(sources, english, strict=True))
        fires = Counter(name for pair in pairs for name in findings(Pair(*pair, language, "en")))
        for kind, pair in damaged(language, pairs, given.each):
            rows.append(f"{language}\t{kind}\t{pair.source}\t{pair.target}\n")
            is_found = bool(findings(pair))
            for key in (kind, language, "all"):
                whole[key] += 1
                found[key] += is_found
            if given.missed and not is_found:
                print(kind, pair, sep="\t")
        for kind, pair in damaged(language, pairs, 20, OTHER_DAMAGES):
            whole[kind] += 1
            found[kind] += bool(findings(pair))
        rates = ", ".join(f"{name} {100 * fires[name] / len(pairs):.2f}" for name in NAMES)
        print(f"{language}: on references, percent: {rates}")
    for key, count in whole.items():
        print(f"{key:12}{found[key]:5} of {count:4}  {100 * found[key] / count:5.1f} %")
    if given.write:
        given.write.write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    main()
