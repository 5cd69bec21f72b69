"""Text → text without what was done to it on the way: mojibake, stray controls, Arabic presentation forms.

Clean text comes out as it went in, character by character.

ftfy is not used, since it knows no windows-1256: UTF-8 read as that is the usual damage of Arabic text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from unicodedata import normalize

from generator.ingest.decode import LEGACY, SURROGATES, detect, join_surrogates

SURROGATE = re.compile("[\ud800-\udfff]")
BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: unbalanced ones turn round whatever follows on the page.
The marks U+200E, U+200F and U+061C cannot, and stay."""
CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\ufeff\u206a-\u206f\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    + "".join(map(chr, (plane << 16 | low for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))))
    + "]"
)
"""Controls, byte order marks, deprecated format characters and noncharacters: none is text."""
C1 = re.compile("[\x80-\x9f]")
C1_MEANT = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
"""Nobody writes C1 controls; quotes and dashes of windows-1252 turn into them, and HTML reads them so."""
PRESENTATION_FORM = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")
"""Arabic letters in the shape of their place in the word; U+FDF0 and on (ﷲ ﷺ ﷼) are signs in use."""
MISREAD_AS = ("cp1252", "cp1256", "cp1251", "cp1250", "mac-roman")
"""What UTF-8 is read as by mistake, the usual one first."""


def repair_text(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines, as many, without damage, and one phrase for each kind of change made."""
    text = "\n".join(re.sub("[\n\r\v\f\u2028\u2029]", " ", line) for line in lines)
    changes: list[str] = []
    before = None
    while text != before:  # what one step mends may be what another looks for; each leaves less to mend
        before = text
        for step in STEPS:
            text, change = step(text)
            changes += change
    return tuple(text.split("\n")), tuple(dict.fromkeys(changes))


def _join_surrogates(text: str) -> tuple[str, list[str]]:
    return (join_surrogates(text), [SURROGATES]) if SURROGATE.search(text) else (text, [])


def _remove_controls(text: str) -> tuple[str, list[str]]:
    text, bidi = BIDI_CONTROL.subn("", text)
    text, other = CONTROL.subn("", text)
    counts = ((bidi, "bidirectional control"), (other, "control character"))
    return text, [f"{_count(number, noun)} removed" for number, noun in counts if number]


def _read_c1(text: str) -> tuple[str, list[str]]:
    text, number = C1.subn(lambda found: C1_MEANT[found[0]], text)
    return text, [f"{_count(number, 'control character')} read as windows-1252"] if number else []


def _fold_forms(text: str) -> tuple[str, list[str]]:
    folded = PRESENTATION_FORM.sub(lambda run: "".join(map(_letter, run[0])), text)
    return folded, ["Arabic presentation forms folded to letters"] if folded != text else []


def _letter(char: str) -> str:
    """Return the letters that a presentation form shows; that of a vowel sign alone has a space or tatweel."""
    folded = normalize("NFKC", char)
    return folded[1:] if len(folded) > 1 and folded[0] in " ـ" else folded


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _mend_mojibake(text: str) -> tuple[str, list[str]]:
    """Undo wrong decodings of the whole text or else of single lines; twice, for damage done twice over."""
    changes: list[str] = []
    for mend in (_utf8_misread, _legacy_misread):
        for _ in range(2):
            mended, change = mend(text)
            if not change:
                lines = [mend(line) for line in text.split("\n")]
                mended, change = "\n".join(line for line, _ in lines), max(change for _, change in lines)
            if not change:
                break
            text = mended
            changes.append(change)
    return text, changes


def _utf8_misread(text: str) -> tuple[str, str]:
    """Mend text in which nine in ten of the characters beyond ASCII, six at least, form sequences of UTF-8.

    In 2,532 clean texts in 59 languages at most four in ten do, and none is changed.
    """
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if foreign < 6:
        return text, ""
    chars = frozenset(text)
    misreadings = [found for found in map(_misreading, MISREAD_AS) if not found.leads.isdisjoint(chars)]
    covered = [sum(map(len, found.sequence.findall(text))) for found in misreadings]
    if not covered or 10 * max(covered) < 9 * foreign:
        return text, ""
    likely = misreadings[covered.index(max(covered))]
    mended = likely.sequence.sub(partial(_reread, likely.bytes_of), text)
    return mended, f"mojibake mended: UTF-8 had been read as {likely.name}"


@dataclass(frozen=True, slots=True)
class Misreading:
    """What UTF-8 looks like when it is read as a legacy encoding."""

    name: str
    bytes_of: dict[str, int]
    """The byte for each character beyond ASCII. Control characters stand for their bytes too: readers leave
    them where an encoding has nothing."""
    leads: frozenset[str]
    """What the first bytes of sequences look like."""
    sequence: re.Pattern[str]


@cache
def _misreading(codec: str) -> Misreading:
    read = {byte: bytes([byte]).decode(codec, "ignore") for byte in range(0x80, 0x100)}
    chars = {byte: {char, chr(byte) if byte < 0xA0 else char} - {""} for byte, char in read.items()}

    def some(first: int, last: int) -> str:
        return "".join(char for byte in range(first, last) for char in sorted(chars[byte]))

    following = f"[{re.escape(some(0x80, 0xC0))}]"
    lengths = ((0xC2, 0xE0, 1), (0xE0, 0xF0, 2), (0xF0, 0xF5, 3))
    kinds = (f"[{re.escape(some(first, last))}]{following}{{{more}}}" for first, last, more in lengths)
    return Misreading(
        LEGACY.get(codec, codec),
        {char: byte for byte, named in chars.items() for char in named},
        frozenset(some(0xC2, 0xF5)),
        re.compile("|".join(kinds)),
    )


def _reread(bytes_of: dict[str, int], sequence: re.Match[str]) -> str:
    try:
        return bytes(bytes_of[char] for char in sequence[0]).decode()
    except UnicodeDecodeError:
        return sequence[0]


def _legacy_misread(text: str) -> tuple[str, str]:
    """Mend text of which half the letters, eight at least, are accented Latin ones, as in no language.

    In 2,532 clean texts in 59 languages the share is 23 % at most, in Vietnamese.
    """
    accented = len(re.findall("[\xc0-\xff]", text))
    if accented < 8 or 2 * accented < sum(map(str.isalpha, text)):
        return text, ""
    bytes_of = _misreading("cp1252").bytes_of
    try:
        data = bytes(ord(char) if char < "\x80" else bytes_of[char] for char in text)
    except KeyError:
        return text, ""
    codec = detect(data)
    mended = data.decode(codec, "replace") if codec else ""
    letters = sum(map(str.isalpha, mended))
    if not letters or 5 * sum(char.isalpha() and char > "\u02af" for char in mended) < 4 * letters:
        return text, ""  # mended, four letters in five at least must be of another script than Latin
    return mended, f"mojibake mended: {LEGACY[codec]} had been read as windows-1252"


STEPS = (_join_surrogates, _remove_controls, _mend_mojibake, _remove_controls, _read_c1, _fold_forms)
"""Controls twice: they hide mojibake, and mojibake hides them."""
