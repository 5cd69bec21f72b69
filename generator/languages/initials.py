"""Under which letter of an alphabet a name stands in a list, and in which order: as readers look it up.

Names in other scripts than the reader's stand behind, a group for each script.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from generator.languages import language_of
from generator.languages.arabic import ARTICLE
from generator.languages.normalize import without_marks
from generator.languages.scripts import SCRIPTS

_PINYIN = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST_OF_PINYIN = (
    *(0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8),
    *(0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1),
)
"""Where each letter of pinyin begins among the commonest characters, which GB 2312 (1980) orders by it."""
_LAST_OF_PINYIN = 0xD7F9
_FIRST_OF_STROKES = (
    *(0xA440, 0xA442, 0xA454, 0xA4A1, 0xA4FE, 0xA5E0, 0xA6EA, 0xA8C3, 0xAB45, 0xADBC, 0xB0AE, 0xB3C3, 0xB6C3),
    *(0xB9AC, 0xBBF5, 0xBEA7, 0xC075, 0xC24F, 0xC35F, 0xC455, 0xC4D7, 0xC56B, 0xC5C8, 0xC5F1, 0xC655, 0xC665),
)
"""Where the characters of one stroke, of two and so on begin among the commonest, which Big5 orders by them."""
_LAST_OF_STROKES = 0xC67E
_KANA_ROWS = "あかさたなはまやらわ"
_KANJI = "漢字"
"""All names in Chinese characters, whose readings they do not tell."""
_INITIAL_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""Of the syllables of Korean, which Unicode orders by them, 588 each."""
_NUMBERS = "0–9"
_DIGITS = re.compile("[0-9]+")
_OTHER_LETTERS = {"ł": "l", "đ": "d", "ø": "o", "æ": "a", "œ": "o", "ß": "s", "þ": "t", "ð": "d", "ı": "i"}


OTHER_SCRIPT = 2
"""The rank of names in another script than the reader's, which stand behind all others."""


class Initial(NamedTuple):
    """The heading that a name stands under, in the order of the headings."""

    rank: int
    """0 of the reader's alphabet, 1 of numbers, 2 of another script."""
    letter: str
    """Or the code of the script, as ISO 15924 has it."""


def initial_of(name: str, language: str) -> Initial:
    """Return the heading of a name in a list for readers of a language."""
    first = _letters(name, language)[:1]
    script = _script_of(first)
    if not first.isalpha():
        return Initial(1, _NUMBERS)
    if script == "Hans" and language in _HAN_LETTERS:
        letter = _HAN_LETTERS[language](first)
        return Initial(0, letter) if letter else Initial(OTHER_SCRIPT, language_of(language).script)
    if script == "Jpan" and language == "ja":
        return Initial(0, _KANA_ROWS[max(bisect_right(_KANA_ROWS, _hiragana(first)) - 1, 0)])
    if "\uac00" <= first <= "\ud7a3":
        first = _INITIAL_CONSONANTS[(ord(first) - 0xAC00) // 588]
    if script == language_of(language).script or (language in ("zh", "zt") and script == "Latn"):
        return Initial(0, first.upper())
    return Initial(OTHER_SCRIPT, script)


def _letters(name: str, language: str) -> str:
    """Return the letters of a name without accents and case, in Arabic without the article."""
    plain = without_marks(name)
    letters = "".join(char for char in plain if unicodedata.category(char)[0] in "LN" or char == " ").lstrip()
    letters = unicodedata.normalize("NFC", letters)
    if language_of(language).script == "Arab" and len(letters) > len(ARTICLE) + 1:
        letters = letters.removeprefix(ARTICLE)
    first = _OTHER_LETTERS.get(letters[:1], letters[:1])
    return first + letters[1:]


def place_of(name: str, language: str) -> tuple[Initial, str]:
    """Return where a name stands in a list for readers of a language."""
    key = _letters(name, language)
    if language in _ORDERED_BY:  # what the standard has not comes last
        key = "".join(chr(_code(char, language) or ord(char) + 0x10000) for char in key)
    return initial_of(name, language), _DIGITS.sub(lambda number: number[0].zfill(6), key)


_ORDERED_BY = {"zh": "gb2312", "zt": "big5"}
"""Standards that order characters as dictionaries do."""


def _code(character: str, language: str) -> int:
    """Return the code of a character in the standard of a language, 0 if that has none."""
    return int.from_bytes(character.encode(_ORDERED_BY[language], "ignore"))


def _pinyin_letter(character: str) -> str:
    code = _code(character, "zh")
    is_common = _FIRST_OF_PINYIN[0] <= code <= _LAST_OF_PINYIN
    return _PINYIN[bisect_right(_FIRST_OF_PINYIN, code) - 1] if is_common else ""


def _strokes(character: str) -> str:
    """Return how many strokes a character has, right-aligned, as such headings must sort."""
    code = _code(character, "zt")
    is_common = _FIRST_OF_STROKES[0] <= code <= _LAST_OF_STROKES
    return f"{bisect_right(_FIRST_OF_STROKES, code):2}畫" if is_common else ""


_HAN_LETTERS: dict[str, Callable[[str], str]] = {
    "zh": _pinyin_letter,
    "zt": _strokes,
    "ja": lambda _: _KANJI,
}
"""What a name that begins with a Chinese character stands under."""


def _hiragana(letter: str) -> str:
    return chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter


def _script_of(letter: str) -> str:
    """Return the script of a letter by its name in Unicode."""
    name = unicodedata.name(letter, "") if letter else ""
    found = (code for code, script in SCRIPTS.items() if name.startswith(script.unicode_names or ("\0",)))
    return next(found, "Latn" if name.startswith("LATIN") else "Zyyy")
