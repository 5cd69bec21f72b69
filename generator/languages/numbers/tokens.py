"""Cuts a sentence into what numbers are made of: digits, words, scales, and what joins them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.languages.normalize import fold_letters
from generator.languages.numbers.digits import Reading, readings
from generator.languages.numbers.lexicon import Lexicon

_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0780-\u07bf\u0900-\u0963\u0970-\u0dff\u0e00-\u0e7f"
)
"""Vowel signs and the like, which belong to words."""
WORD = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])+")
NUMBER = r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:٫٬،'’]\d+)*"
_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<word>{WORD.pattern})")
_GAP = re.compile(r"[\s\u00a0\u200c-]{1,2}")
_DAY = "\u200cشنبه"
"""Ends days of the week in Persian, which are numbered."""
_LONGEST_COMPOUND = 60
_ENDING, _SHORT_ENDING = 5, 2
"""Letters that inflection adds to a scale, at most; in Arabic letters fewer."""
_LETTERS = {"m": 1e6, "b": 1e9, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9}
"""Scales that English writes next to digits: $3m."""


@dataclass(frozen=True, slots=True)
class Part:
    """A token that can be a part of a number."""

    start: int
    end: int
    role: Literal["digits", "atom", "scale", "join", "half", "ordinal", "other"]
    value: float = 0
    readings: tuple[Reading, ...] = ()
    """Of digits, what they can mean."""


def parts_of(flat: str, language: str, lexicon: Lexicon) -> Iterator[Part]:
    """Return the parts of numbers in a text with digits 0 to 9, and other words as what separates them."""
    place = 0
    while match := _TOKEN.search(flat, place):
        place = match.end()
        if match.lastgroup == "number":
            yield from digits_of(match, lexicon)
        else:
            for part in _word(match, flat, language, lexicon):
                place = part.end
                yield part


def digits_of(match: re.Match[str], lexicon: Lexicon) -> Iterator[Part]:
    """Return a number; digits with blanks between them are one number only where the language groups so."""
    digits = match[0]
    whole = re.sub(r"\s", "", digits)
    if whole == digits:
        yield Part(*match.span(), "digits", readings=tuple(readings(digits, lexicon.decimal)))
    elif " " in digits and "," not in lexicon.decimal:
        for each in re.finditer(r"\S+", digits):
            start = match.start() + each.start()
            yield Part(
                start, start + len(each[0]), "digits", readings=tuple(readings(each[0], lexicon.decimal))
            )
    else:
        several = frozenset(float(each) for each in re.findall(r"\d+", digits))
        one = frozenset({float(whole.replace(",", "."))})
        yield Part(*match.span(), "digits", readings=(one, several))


def _word(match: re.Match[str], flat: str, language: str, lexicon: Lexicon) -> Iterator[Part]:
    start, end = match.span()
    digits_before = re.search(r"\d[\s\u00a0-]?$", flat[max(start - 2, 0) : start]) is not None
    word = fold_letters(match[0])
    if language in ("ko", "th"):
        yield from _begun(match, lexicon)
        return
    if digits_before and match[0].isascii() and len(match[0]) < 3 and match[0] != match[0].lower():
        is_scale = (
            language == "en"
            and match[0] in _LETTERS
            and flat[start - 1].isdecimal()
            and flat[end : end + 1] != "."
        )
        yield Part(start, end, "scale", _LETTERS[match[0]]) if is_scale else Part(start, end, "other")
        return
    if language == "en" and match[0] in _LETTERS:
        is_scale = digits_before and flat[start - 1].isdecimal() and flat[end : end + 1] != "/"
        yield Part(start, end, "scale", _LETTERS[match[0]]) if is_scale else Part(start, end, "other")
        return
    if word in lexicon.joins:
        yield Part(start, end, "join")
        return
    if flat.startswith(_DAY, end) or (digits_before and lexicon.units.get(word) == "percent"):
        yield Part(start, end, "other")
        return
    for form in forms_of(word, lexicon):
        if form is not word and word.startswith(("و", "ו")):
            yield Part(start, start, "join")
        if found := _known(form, match, flat, lexicon, digits_before):
            yield found
            return
    yield from _compound(word, start, end, lexicon) or (Part(start, end, "other"),)


def forms_of(word: str, lexicon: Lexicon) -> Iterator[str]:
    """Return a word as it is, and without what the language writes onto words."""
    yield word
    for prefix in lexicon.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) > 1:
            yield word[len(prefix) :]


def _known(form: str, match: re.Match[str], flat: str, lexicon: Lexicon, digits_before: bool) -> Part | None:
    """Return the part that a word is, with the words behind it where they are one phrase of the lexicon."""
    start, end = match.span()
    if digits_before and form in lexicon.scales:
        return Part(start, end, "scale", lexicon.scales[form])
    if form in lexicon.halves:
        return Part(start, end, "half", lexicon.halves[form])
    if form in lexicon.longest:
        words, ends = [form], [end]
        while len(words) < lexicon.longest[form] and (gap := _GAP.match(flat, ends[-1])):
            following = WORD.match(flat, gap.end())
            if following is None:
                break
            words.append(fold_letters(following[0]))
            ends.append(following.end())
        for size in range(len(words), 0, -1):
            phrase = " ".join(words[:size])
            if phrase in lexicon.words:
                value = lexicon.words[phrase]
                is_scale = phrase in lexicon.scales or (size == 1 and value in (100, 1000, 10**6, 10**9))
                return Part(start, ends[size - 1], "scale" if is_scale else "atom", value)
            if phrase in lexicon.ordinals:
                return Part(start, ends[size - 1], "ordinal", lexicon.ordinals[phrase])
    most = _SHORT_ENDING if "\u0600" <= form[:1] < "\u0700" else _ENDING  # 12 الفردية are no thousands
    for stem in lexicon.stems if len(form) > 2 and form not in lexicon.units else ():
        if form.startswith(stem) and (digits_before or len(stem) > 4) and len(form) - len(stem) <= most:
            return Part(start, end, "scale", lexicon.scales[stem])
    return None


def _begun(match: re.Match[str], lexicon: Lexicon) -> Iterator[Part]:
    """Return the scales with which a word begins in a language that writes them together: 천만원, ล้านบาท."""
    word, start = match[0], match.start()
    if word in lexicon.words and word not in lexicon.scales:
        yield Part(start, match.end(), "atom", lexicon.words[word])
        return
    while stem := next((stem for stem in lexicon.stems if word.startswith(stem)), ""):
        yield Part(start, start + len(stem), "scale", lexicon.scales[stem])
        start, word = start + len(stem), word[len(stem) :]
    if word:
        yield Part(start, match.end(), "other")


def _compound(word: str, start: int, end: int, lexicon: Lexicon) -> list[Part]:
    """Return the parts of a number that is one word, as dreihundertfünfzig is; all get the word's place."""
    if not lexicon.is_compounding or not 5 < len(word) < _LONGEST_COMPOUND:
        return []
    best: dict[int, list[Part]] = {0: []}
    for place in range(len(word)):
        if place not in best:
            continue
        for size in range(1, len(word) - place + 1):
            piece = word[place : place + size]
            if piece in lexicon.joins and place:
                part = Part(start, end, "join")
            elif size > 1 and piece in lexicon.words:
                value = lexicon.words[piece]
                part = Part(
                    start, end, "scale" if piece in lexicon.scales or value in (100, 1000) else "atom", value
                )
            else:
                continue
            known = best.get(place + size)
            if known is None or len(known) > len(best[place]) + 1:
                best[place + size] = [*best[place], part]
    return best.get(len(word), [])
