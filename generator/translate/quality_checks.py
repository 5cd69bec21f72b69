"""Quality checks: what a reader should know about one machine-made segment.

Each check is one function and one row of `CHECKS`, which explains it to translators. Thresholds were set on 997
real outputs of the Argos Arabic→English model beside human references; `benchmarks/check.py` prints how often
each check fires there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.languages import is_unspaced, language_of
from generator.languages.normalize import WORD
from generator.languages.protected_spans import protected_spans
from generator.languages.quotations import has_whole_quotations
from generator.languages.scripts import UNSPACED_LETTERS, Script, script_of
from generator.model import Finding, Pair
from generator.translate.country_checks import changed_country
from generator.translate.glossary import Glossary
from generator.translate.number_checks import (
    changed_currency,
    changed_month,
    changed_numbers,
    changed_sign,
    changed_unit,
)
from generator.translate.quotation_repair import lost_quotations
from generator.translate.span_checks import lost_addresses, lost_code, lost_latin_words, other_emoji

_REPEATED = re.compile(r"(\w{1,8}?)(?:\W{0,2}\1){2}")
"""What a source repeats where no blanks part words: 加油加油加油, 哈哈哈."""

_LOOP = re.compile(rf"([{UNSPACED_LETTERS}]{{2,12}}?)(?:\W{{0,2}}\1){{2}}|([{UNSPACED_LETTERS}])\2{{4}}")
_REPEATED_ONCE = re.compile(r"(\w{2,8}?)\W{0,2}\1")
_DOUBLED = re.compile(rf"(?<!\w)((?!\d){WORD.pattern}(?: {WORD.pattern}){{1,3}}) \1(?![\w'’-])", re.IGNORECASE)
"""Two to four words that stand there again at once, without a mark between. Of 6,700 texts that people wrote in
59 languages three have such: two slips, and Swahili's `moja kwa moja kwa`."""

LOW_SCORE = -1.1
"""Log-probability a token under which a hypothesis is a guess, where no better bound is known."""

BRIEF = 7
"""Latin letters that what is written without blanks is as long as; it is no more than a word then."""
_BRIEF_LINE = 4
"""Blanks of what may be a word with an address beside it."""


def _empty(pair: Pair) -> str | None:
    wordless = re.search(r"\w", pair.source) and not re.search(r"\w", pair.target)
    return "" if wordless or (pair.source.strip() and not pair.target.strip()) else None


def _repetition(pair: Pair) -> str | None:
    words = WORD.findall(pair.target.lower())
    source = WORD.findall(pair.source.lower())
    if is_unspaced(pair.source_language) and _REPEATED.search(pair.source):
        return None
    if is_unspaced(pair.target_language) and (loop := _LOOP.search(pair.target)):
        return None if any(_repeats(source, size, 3) for size in range(1, 5)) else loop[1] or loop[2]
    for size in range(1, len(words) // 2 + 1):
        times = 2 if size >= 5 else 3
        if _repeats(words, size, times) and not _repeats(source, size, times):
            return " ".join(_repeats(words, size, times))
    is_doubled_too = is_unspaced(pair.source_language) and _REPEATED_ONCE.search(pair.source)
    if is_doubled_too or any(_repeats(source, size, 2) for size in range(1, 5)):
        return None
    return doubled_phrase(pair.target)


def doubled_phrase(text: str) -> str | None:
    """Return the first two to four words of a text that it says twice at once, not thrice."""
    found = _DOUBLED.search(text)
    return found[1] if found and " ".join([found[1]] * 3).lower() not in text.lower() else None


def _repeats(words: list[str], size: int, times: int) -> list[str]:
    """Return the first run of `size` words, at most 40, that stands `times` times in a row."""
    run = 0
    for index in range(size, len(words)) if size <= 40 else ():
        run = run + 1 if words[index] == words[index - size] else 0
        if run >= size * (times - 1):
            return words[index - size + 1 : index + 1]
    return []


def _length(pair: Pair) -> str | None:
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


def _copied(pair: Pair) -> str | None:
    same = pair.source.split() == pair.target.split()
    return "" if same and len(re.findall(r"[^\W\d_]{2,}", pair.source)) > 2 else None


def _script(pair: Pair) -> str | None:
    source, target = _script_of(pair.source_language), _script_of(pair.target_language)
    if not source.letters or source is target:
        return None
    own = pair.target
    kept = [span.text for span in protected_spans(pair.source, pair.source_language)]
    for text in (*kept, *pair.unread.split()):  # 新闻 in an address is right there
        own = own.replace(text, "")
    # Japanese is written in Chinese letters, too.
    left = re.findall(f"(?:(?![{target.letters or '-'}])[{source.letters}])+", own)
    return " ".join(left) if left else None


def _residue(pair: Pair) -> str | None:
    found = re.search(r"&\s?#?\w{2,6}\s?;|<unk>|</?s>|[⁇♪♫]|\u2581|@@", pair.target)
    return found[0] if found and found[0] not in pair.source else None


def _quotes(pair: Pair) -> str | None:
    return "" if has_whole_quotations(pair.source) and not has_whole_quotations(pair.target) else None


def _score(pair: Pair) -> str | None:
    if pair.score is None:
        return None
    low = LOW_SCORE if pair.unsure_below is None else pair.unsure_below
    return f"{pair.score:.2f}" if pair.score < low else None


def _brief(pair: Pair) -> str | None:
    """Find a machine's translation of a word alone: "否" became "Yes", and "例外" "Organisation"."""
    text = pair.source
    for span in protected_spans(text, pair.source_language) if text.count(" ") < _BRIEF_LINE else ():
        text = text.replace(span.text, " ") if span.kind in ("address", "code") else text
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    letters = sum(map(str.isalpha, text))
    script = _script_of(pair.source_language)
    is_brief = 0 < letters * script.latin_length <= BRIEF if script.is_unspaced else len(words) == 1
    return "" if is_brief and pair.score is not None else None


def _unread(pair: Pair) -> str | None:
    return pair.unread or None


def _quotation(pair: Pair) -> str | None:
    """Return what somebody says in the source if the target doesn't show that anybody does."""
    return lost_quotations(pair.source, pair.target, pair.source_language)


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
        "A phrase repeats itself, as when a model loops: a word thrice, two to four words twice without a mark"
        " between, or more twice.",
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
    Check("numbers", "A number of the source is missing, or one that it has not was added.", changed_numbers),
    Check("currency", "An amount has another currency or none, or one came from nowhere.", changed_currency),
    Check("unit", "A number measures or counts something else than in the source.", changed_unit),
    Check("sign", "A loss became a profit, a fall a rise, or a number lost or got its minus.", changed_sign),
    Check(
        "month",
        "The translation names a month beside a day, or a weekday, and the sentence names none or another.",
        changed_month,
    ),
    Check(
        "country",
        "A country of the sentence is missing, or the translation names one that the sentence does not.",
        changed_country,
    ),
    Check("residue", "Markup or control pieces of the model are left in the translation.", _residue),
    Check(
        "quotes",
        "Quotation marks of the translation do not come in pairs although those of the source do.",
        _quotes,
    ),
    Check("address", "An address, handle or hashtag of the sentence is missing or changed.", lost_addresses),
    Check("code", "A placeholder, markup or program text of the sentence is missing or changed.", lost_code),
    Check("emoji", "The translation has not the emoji of the sentence, or not as many.", other_emoji),
    Check("latin", "A word that the sentence has in Latin letters is missing or changed.", lost_latin_words),
    Check("brief", "The sentence is a word alone, which models often get wrong.", _brief),
    Check("unread", "The model does not know a character of the sentence.", _unread),
    Check("quotation", "The sentence quotes a statement, and its translation has no such marks.", _quotation),
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
        if glossary.is_term(pair.source):
            details = [(name, detail) for name, detail in details if name != "brief"]
        details.append(("glossary", glossary.check(pair)))
    return tuple(Finding(name, detail) for name, detail in details if detail is not None)
