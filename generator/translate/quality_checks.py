"""Quality checks: what a reader should know about one machine-made segment.

Each check is one function and one row of `CHECKS`, which explains it to translators. Thresholds were set on 997
real outputs of the Argos Arabic→English model beside human references; `benchmarks/check.py` prints how often
each check fires there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.languages import language_of
from generator.languages.numbers import MONTHS, added_numbers, lost_numbers
from generator.model import Finding, Pair
from generator.translate.glossary import Glossary

LOW_SCORE = -1.1
"""Log-probability a token under which a hypothesis is a guess."""

_ENGLISH_LENGTH = {"Hans": 3.4, "Hant": 3.4, "Jpan": 2.3, "Kore": 2.1, "Arab": 1.15, "Hebr": 1.25}
"""Characters of a Latin-script translation for one letter of the source, by the source's script; elsewhere 1.

Blanks, digits and foreign words count as they are: with 3.4 for them too, 8 % of 600 references were "short".
"""

_SCRIPTS = {
    "Arab": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Hans": "\u3400-\u9fff",
    "Hant": "\u3400-\u9fff",
    "Jpan": "\u3040-\u30ff\u3400-\u9fff",
    "Kore": "\uac00-\ud7af",
    "Cyrl": "\u0400-\u04ff",
    "Grek": "\u0370-\u03ff",
    "Hebr": "\u0590-\u05ff",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Thai": "\u0e00-\u0e7f",
}

_NUMERIC_DATE = r"(?<!\d)\d{1,2}\s?[-/.·]\s?\d{1,2}(?!\d)"
_MONTH_NAMES = {
    language: re.compile(f"{names}|{_NUMERIC_DATE}")
    for language, names in {
        "ar": "شهر|أشهر|يناير|فبراير|مارس|[أاإ]بريل|مايو|يوني[وه]|يولي[وه]|[أا]غسطس"
        "|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|آب|[أا]يلول|تشرين|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت"
        "|محرم|صفر|ربيع|جماد|رجب|شعبان|رمضان|شوال|ذو|ذي|عيد",
        "ja": "月|元旦|元日",
        "ko": "월",
        "zh": "月|元旦|五一|八一|国庆|國慶|圣诞|聖誕",
    }.items()
}
"""How sentences name a month, or a day whose month everybody knows."""
_MONTHS = "|".join(MONTHS)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ENGLISH_DATE = re.compile(rf"\b{_DAY}(?: of)? (?:{_MONTHS})\b|(?<!Long )\b(?:{_MONTHS}) {_DAY}\b(?!:)")


def _empty(pair: Pair) -> str | None:
    wordless = re.search(r"\w", pair.source) and not re.search(r"\w", pair.target)
    return "" if wordless or (pair.source.strip() and not pair.target.strip()) else None


def _repetition(pair: Pair) -> str | None:
    words = re.findall(r"\w+", pair.target.lower())
    source = re.findall(r"\w+", pair.source.lower())
    for size in range(1, len(words) // 2 + 1):
        times = 2 if size >= 5 else 3
        if _repeats(words, size, times) and not _repeats(source, size, times):
            return " ".join(_repeats(words, size, times))
    return None


def _repeats(words: list[str], size: int, times: int) -> list[str]:
    """Return the first run of `size` words, at most 40, that stands `times` times in a row."""
    run = 0
    for index in range(size, len(words)) if size <= 40 else ():
        run = run + 1 if words[index] == words[index - size] else 0
        if run >= size * (times - 1):
            return words[index - size + 1 : index + 1]
    return []


def _length(pair: Pair) -> str | None:
    source, target = language_of(pair.source_language).script, language_of(pair.target_language).script
    own = len(re.findall(f"[{_SCRIPTS[source]}]", pair.source)) if source in _SCRIPTS else 0
    english = own * _ENGLISH_LENGTH.get(source, 1.0) + len(pair.source) - own
    expected = english / _ENGLISH_LENGTH.get(target, 1.0)
    if expected >= 40 and len(pair.target) < 0.55 * expected:
        return "short"
    if len(pair.target) > 2.0 * expected + 20:
        return "long"
    return None


def _copied(pair: Pair) -> str | None:
    same = pair.source.split() == pair.target.split()
    return "" if same and len(re.findall(r"[^\W\d_]{2,}", pair.source)) > 2 else None


def _script(pair: Pair) -> str | None:
    letters = _SCRIPTS.get(language_of(pair.source_language).script)
    if letters is None or language_of(pair.target_language).script == language_of(pair.source_language).script:
        return None
    left = re.findall(f"[{letters}]+", pair.target)
    return " ".join(left) if left else None


def _numbers(pair: Pair) -> str | None:
    """Return the numbers of one side alone. Digits, separators, words and 8:30 p.m. for 20:30 may differ."""
    odd = lost_numbers(pair.source, pair.target) + added_numbers(pair.source, pair.target)
    return ", ".join(odd) if odd else None


def _month(pair: Pair) -> str | None:
    """Return the month that a model guessed for a day.

    "4日" became "4 April" and "21日" "21 December" in news; of 28,672 translations, zh→en, it happened in 55.
    """
    named = _MONTH_NAMES.get(pair.source_language.partition("-")[0])
    if named is None or pair.target_language != "en" or named.search(pair.source):
        return None
    guessed = _ENGLISH_DATE.search(pair.target)
    return guessed[0] if guessed else None


def _residue(pair: Pair) -> str | None:
    found = re.search(r"&\s?#?\w{2,6}\s?;|<unk>|</?s>|⁇|\u2581|@@", pair.target)
    return found[0] if found and found[0] not in pair.source else None


def _quotes(pair: Pair) -> str | None:
    return "" if _balanced(pair.source) and not _balanced(pair.target) else None


def _balanced(text: str) -> bool:
    opening = sum(map(text.count, "“«「『《"))
    closing = sum(map(text.count, "”»」』》"))
    return opening == closing and text.count('"') % 2 == 0


def _score(pair: Pair) -> str | None:
    return f"{pair.score:.2f}" if pair.score is not None and pair.score < LOW_SCORE else None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a machine's translation."""

    name: str
    explanation: str
    """What it means, in a sentence for translators; readers get one from `theme/strings/`."""
    function: Callable[[Pair], str | None]
    """Returns what it objects to, which may be nothing in particular (""), or None for a good translation."""


CHECKS = (
    Check("empty", "The translation is empty, or has no word although the sentence has one.", _empty),
    Check(
        "repetition",
        "A phrase repeats itself, as when a model loops: thrice, or twice for five words and more.",
        _repetition,
    ),
    Check(
        "length",
        "The translation is far shorter or longer than translations of such sentences are.",
        _length,
    ),
    Check("copied", "The translation is the source itself.", _copied),
    Check(
        "script",
        "Words in the source's script are left in a translation that is written in another.",
        _script,
    ),
    Check("numbers", "A number of the source is missing, or one that it has not was added.", _numbers),
    Check(
        "month",
        "The translation names a month beside a day, and the sentence names none: models guess one.",
        _month,
    ),
    Check("residue", "Markup or control pieces of the model are left in the translation.", _residue),
    Check(
        "quotes",
        "Quotation marks of the translation do not come in pairs although those of the source do.",
        _quotes,
    ),
    Check("score", "The model itself was unsure of its translation.", _score),
)
EXPLANATIONS = {check.name: check.explanation for check in CHECKS} | {
    "glossary": "A name or a term does not read as the glossary has it."
}
"""Of every check, that of the glossary included."""


def quality_findings(pair: Pair, glossary: Glossary | None = None) -> tuple[Finding, ...]:
    """Return every finding of every check, in a fixed order; the glossary's last."""
    details = [(check.name, check.function(pair)) for check in CHECKS]
    if glossary:
        details.append(("glossary", glossary.check(pair)))
    return tuple(Finding(name, detail) for name, detail in details if detail is not None)
