"""Quality checks: what a reader should know about one machine-made segment.

Each check is one function whose docstring explains it. Thresholds were set on 997 real outputs of the Argos
Arabic→English model beside human references; `benchmarks/check.py` prints how often each check fires there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.languages import language_of
from generator.languages.numbers import added_numbers, invented_date, lost_numbers
from generator.languages.quotations import has_whole_quotations
from generator.languages.scripts import Script, script_of
from generator.model import Finding, Pair

LOW_SCORE = -1.1
"""Log-probability a token under which a hypothesis is a guess."""


def empty(pair: Pair) -> str | None:
    """The translation is empty, or has no word although the sentence has one."""
    wordless = re.search(r"\w", pair.source) and not re.search(r"\w", pair.target)
    return "" if wordless or (pair.source.strip() and not pair.target.strip()) else None


def repetition(pair: Pair) -> str | None:
    """A phrase repeats itself, as when a model loops: thrice, or twice for five words and more."""
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


def length(pair: Pair) -> str | None:
    """The translation is far shorter or longer than translations of such sentences are."""
    source, target = _script_of(pair.source_language), _script_of(pair.target_language)
    # Blanks, digits and foreign words count as they are: with 3.4 for them too, 8 % of 600 Chinese references
    # were "short".
    own = len(re.findall(f"[{source.letters}]", pair.source)) if source.letters else 0
    expected = (own * source.latin_length + len(pair.source) - own) / target.latin_length
    if expected >= 40 and len(pair.target) < 0.55 * expected:
        return "short"
    if len(pair.target) > 2.0 * expected + 20:
        return "long"
    return None


def _script_of(language: str) -> Script:
    return script_of(language_of(language).script)


def copied(pair: Pair) -> str | None:
    """The translation is the source itself."""
    same = pair.source.split() == pair.target.split()
    return "" if same and len(re.findall(r"[^\W\d_]{2,}", pair.source)) > 2 else None


def script(pair: Pair) -> str | None:
    """Words in the source's script are left in a translation that is written in another."""
    source = _script_of(pair.source_language)
    if not source.letters or source is _script_of(pair.target_language):
        return None
    left = re.findall(f"[{source.letters}]+", pair.target)
    return " ".join(left) if left else None


def numbers(pair: Pair) -> str | None:
    """A number of the source is missing, or one that it has not was added.

    Other digits, other separators and numbers in words are the same number; so is 20:30 as 8:30 p.m.
    """
    odd = lost_numbers(pair.source, pair.target) + added_numbers(pair.source, pair.target)
    return ", ".join(odd) if odd else None


def month(pair: Pair) -> str | None:
    """The translation names a month beside a day, and the sentence names none: models guess one.

    "4日" became "4 April" and "21日" "21 December" in news; of 28,672 translations, zh→en, it happened in 55.
    """
    if pair.target_language != "en":
        return None
    return invented_date(pair.source, pair.target, pair.source_language)


def residue(pair: Pair) -> str | None:
    """Markup or control pieces of the model are left in the translation."""
    found = re.search(r"&\s?#?\w{2,6}\s?;|<unk>|</?s>|⁇|\u2581|@@", pair.target)
    return found[0] if found and found[0] not in pair.source else None


def quotes(pair: Pair) -> str | None:
    """Quotation marks of the translation do not come in pairs although those of the source do."""
    return "" if has_whole_quotations(pair.source) and not has_whole_quotations(pair.target) else None


def score(pair: Pair) -> str | None:
    """The model itself was unsure of its translation."""
    return f"{pair.score:.2f}" if pair.score is not None and pair.score < LOW_SCORE else None


CHECKS: dict[str, Callable[[Pair], str | None]] = {
    function.__name__: function
    for function in (empty, repetition, length, copied, script, numbers, month, residue, quotes, score)
}
"""Each gives what it objects to, which may be nothing in particular (""), or None for a good translation."""


def check(pair: Pair) -> tuple[Finding, ...]:
    """Return every finding of every check, in a fixed order."""
    details = ((name, function(pair)) for name, function in CHECKS.items())
    return tuple(Finding(name, detail) for name, detail in details if detail is not None)
