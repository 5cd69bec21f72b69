"""What is left of a text where spelling is put aside: for comparing texts, and for naming files after them.

Memories, glossaries, word lists and summaries compare texts that people typed and scrapers copied, in which the
same words differ in marks, blanks and forms of letters.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import category, normalize

from generator.languages.arabic import TATWEEL, VOWEL_SIGNS
from generator.languages.scripts import COMBINING_MARKS, UNSPACED_LETTERS

WORD = re.compile(rf"\w[\w{COMBINING_MARKS}]*")
"""A word with the vowel signs above, below and beside its letters, which `\\w` alone takes for gaps."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""

_INVISIBLE = "".join(
    [TATWEEL, *map(chr, [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])]
)
"""Tatweel, and what has no shape at all."""
_LETTER = re.compile(f"([^{VOWEL_SIGNS}])([{VOWEL_SIGNS}]*)")
_OWN = str.maketrans("ٱیک“”„«»‘’", "ايك" + '"' * 5 + "'" * 2, _INVISIBLE)
_SIGNLESS = str.maketrans("", "", VOWEL_SIGNS)
_NORMAL = _OWN | _SIGNLESS | str.maketrans("أإآى", "اااي")
_FOLDED = str.maketrans("أإآٱىیک", "ااااييك", TATWEEL + VOWEL_SIGNS)
_GAP = re.compile(
    r"""(?<![\s"'،؛؟.,;:!?()])(?:["'،؛؟.,;:!?()]++\s[\s"'،؛؟.,;:!?()]*|\s[\s"'،؛؟.,;:!?()]+|[^\S ])"""
)
"""What stands between words, blanks and marks, unless it is in normal form: one blank, or marks alone."""
_YA_TELLS = re.compile(r"\b[وف]?(?:عل|[إا]ل|لد)([ىي])\b")
"""Words that are others with ya: on and on me (or Ali), to and to me, at and at mine."""
_WORD = re.compile(
    rf"[{UNSPACED_LETTERS}]|[^\W{UNSPACED_LETTERS}](?:[^\W{UNSPACED_LETTERS}]|[{COMBINING_MARKS}])*"
)
"""A word, or one letter where words are not set apart."""
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")


def normal_form(text: str) -> str:
    """Return `text` without what editors and scrapers vary: spacing, quotes, diacritics, alef and ya forms."""
    return _translated(text, _NORMAL)


def source_key(text: str) -> int:
    """Return a number of 63 bits that texts of one normal form share, and hardly any others."""
    return int.from_bytes(blake2b(normal_form(text).encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def normal_words(text: str) -> list[str]:
    """Return the words of a text's normal form in lower case; each letter where words are not set apart."""
    return _WORD.findall(normal_form(text).lower())


def fold_letters(text: str) -> str:
    """Return `text` without case, Arabic vowel signs and variants of letters; marks and blanks stay."""
    return normalize("NFKC", text).casefold().translate(_FOLDED)


def without_marks(text: str) -> str:
    """Return `text` without case and without what stands above or below letters, in any script."""
    return "".join(char for char in normalize("NFKD", fold_letters(text)) if category(char)[0] != "M")


def is_reserved_name(name: str) -> bool:
    """Return whether Windows cannot store a file or folder of this name, given in lower case."""
    return _RESERVED.fullmatch(name) is not None


def _translated(text: str, table: dict[int, int | None]) -> str:
    return _GAP.sub(_gap, normalize("NFC", writable(text)).translate(table)).strip()


def _gap(found: re.Match[str]) -> str:
    """Return the marks of a gap; its blanks only where there are none, or where they tell 5, 3 from 5,3."""
    text, start, end = found.string, found.start(), found.end()
    if text[max(start - 1, 0) : start].isdigit() and text[end : end + 1].isdigit():
        return re.sub(r"\s+", " ", found[0])
    return "".join(found[0].split()) or " "


def can_be_same(one: str, other: str) -> bool:
    """Return whether two texts of one normal form do not contradict each other.

    One may leave out what the other writes: vowel signs, the hamza on an alef, the dots of a final ya. Two
    different signs on a letter are two words. So are two different hamzas, and ya in words that it changes,
    in a text of fewer than five words; in a longer one they are slips of the pen.
    """
    one, other = _translated(one, _OWN), _translated(other, _OWN)
    letters, others = _LETTER.findall(one), _LETTER.findall(other)
    if len(letters) != len(others):  # a sign stands between blanks
        return False
    both = list(zip(letters, others, strict=True))
    if not all(set(a) <= set(b) or set(b) <= set(a) for (_, a), (_, b) in both):
        return False
    if len(one.split()) >= 5:
        return True
    other_hamza = any(a != b and {a, b} <= set("أإآ") for (a, _), (b, _) in both)
    ya, other_ya = (_YA_TELLS.findall(text.translate(_SIGNLESS)) for text in (one, other))
    return not other_hamza and ya == other_ya


def writable(text: str) -> str:
    """Return `text` without the characters that XML cannot hold; old line ends among them become blanks."""
    return _UNWRITABLE.sub(lambda found: " " if found[0] in "\v\f" else "", text)
