"""What is known of each script: its letters, its direction, whether it writes spaces between words.

Kept once, since splitting, matching, checking and rendering must agree on it. Letters are written as ranges for
a character class of a regular expression.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Literal
from unicodedata import category

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Script:
    """The traits of one script."""

    letters: str = ""
    """Its blocks of Unicode; none for Latin, which texts in every script quote."""
    unicode_names: tuple[str, ...] = ()
    """How the Unicode names of all letters begin that a text in it may hold."""
    direction: Direction = "ltr"
    is_unspaced: bool = False
    """Whether no spaces separate words."""
    latin_length: float = 1.0
    """Characters of a Latin-script translation for one letter, measured on references of news."""


_HAN = "\u3400-\u9fff"
_KANA = "\u3040-\u30ff"

SCRIPTS: dict[str, Script] = {
    "Arab": Script(
        "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", ("ARABIC",), "rtl", latin_length=1.15
    ),
    "Beng": Script("\u0980-\u09ff", ("BENGALI",)),
    "Cyrl": Script("\u0400-\u04ff", ("CYRILLIC",)),
    "Deva": Script("\u0900-\u097f", ("DEVANAGARI",)),
    "Grek": Script("\u0370-\u03ff", ("GREEK",)),
    "Hans": Script(_HAN, ("CJK", "BOPOMOFO"), is_unspaced=True, latin_length=3.4),
    "Hant": Script(_HAN, ("CJK", "BOPOMOFO"), is_unspaced=True, latin_length=3.4),
    "Hebr": Script("\u0590-\u05ff", ("HEBREW",), "rtl", latin_length=1.25),
    "Jpan": Script(_KANA + _HAN, ("CJK", "HIRAGANA", "KATAKANA"), is_unspaced=True, latin_length=2.3),
    "Khmr": Script("\u1780-\u17ff", ("KHMER",), is_unspaced=True),
    "Kore": Script("\uac00-\ud7af", ("HANGUL", "CJK"), latin_length=2.1),
    "Laoo": Script("\u0e80-\u0eff", ("LAO",), is_unspaced=True),
    "Mymr": Script("\u1000-\u109f", ("MYANMAR",), is_unspaced=True),
    "Syrc": Script("\u0700-\u074f", ("SYRIAC",), "rtl"),
    "Thaa": Script("\u0780-\u07bf", ("THAANA",), "rtl"),
    "Thai": Script("\u0e00-\u0e7f", ("THAI",), is_unspaced=True),
}
"""By ISO 15924 code; a script that is not listed is spaced and left to right, and of unknown letters."""

_NEUTRAL = Script()

UNSPACED_LETTERS = "".join(dict.fromkeys(script.letters for script in SCRIPTS.values() if script.is_unspaced))
"""Letters of all scripts without spaces between words, each of which can stand for a word."""

COMBINING_MARKS = "\u200c\u200d" + "".join(
    character
    for character in map(chr, chain(range(0x300, 0x1E00), range(0x3099, 0x309B), range(0xA660, 0xAC00)))
    if category(character)[0] == "M"
)
"""What is written above, below and beside letters, vowels in India among it, and what joins letters."""

EAST_ASIAN = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Characters and marks of Chinese and Japanese, between which a line may end without a space."""

RTL_CHARACTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""All blocks of Unicode that are kept for scripts from right to left, listed here or not."""


def script_of(code: str) -> Script:
    """Return the traits of a script; an unlisted one gets neutral ones."""
    return SCRIPTS.get(code, _NEUTRAL)
