"""Checks that find where a translation has not kept what no translation may change."""

from __future__ import annotations

import re

from generator.languages import language_of
from generator.languages.numbers.digits import roman
from generator.languages.numbers.reader import quantities
from generator.languages.protected_spans import SpanKind, protected_spans
from generator.languages.scripts import script_of
from generator.model import Pair
from generator.translate.latin_words import latin_words, words_lacking


def lost_addresses(pair: Pair) -> str | None:
    """Return the addresses, handles and hashtags that a translation lacks as they stand in the source."""
    return _lost(pair, "address")


def lost_code(pair: Pair) -> str | None:
    """Return the placeholders, markup and program text that a translation lacks."""
    return _lost(pair, "code")


def other_emoji(pair: Pair) -> str | None:
    """Return the emoji that a translation has not as often as the source."""
    spans = _texts(pair, "emoji")
    pictures = dict.fromkeys("".join(spans).replace("\ufe0f", ""))
    counts = {
        each: (pair.source.count(each), pair.target.count(each)) for each in pictures if not each.isascii()
    }
    odd = [each for each, (ours, theirs) in counts.items() if ours != theirs]
    return "".join(odd) or None


def lost_latin_words(pair: Pair) -> str | None:
    """Return the words in Latin letters, amid another script, that a translation lacks.

    Nothing where it is in another script itself: Facebook is فيسبوك there.
    """
    if script_of(language_of(pair.target_language).script).letters:
        return None
    words = latin_words(pair.source, pair.source_language)
    lacking = words_lacking(pair.target, words)
    if numerals := {word: float(roman(word)) for word in lacking if roman(word)}:  # of XIX makes 19th
        found = {each.value for each in quantities(pair.target, pair.target_language)}
        lacking = [word for word in lacking if numerals.get(word) not in found]
    return ", ".join(lacking) or None


def _lost(pair: Pair, kind: SpanKind) -> str | None:
    lost = [text for text in dict.fromkeys(_texts(pair, kind)) if not _stands_in(text, pair.target)]
    return ", ".join(lost) or None


def _stands_in(text: str, target: str) -> bool:
    """Return whether a text stands in a target and is not a part of another: a.com is none of a.com.cn."""
    before = r"(?<![A-Za-z0-9_.@])" if text[0].isascii() and text[0].isalnum() else ""
    behind = r"(?![A-Za-z0-9_]|[.@][A-Za-z0-9])" if text[-1].isascii() and text[-1].isalnum() else ""
    return text in target and re.search(f"{before}{re.escape(text)}{behind}", target) is not None


def _texts(pair: Pair, kind: SpanKind) -> list[str]:
    return [span.text for span in protected_spans(pair.source, pair.source_language) if span.kind == kind]
