"""Which marks open and close quotations, for every stage that follows them or must not cut them in half."""

from __future__ import annotations

import re

from generator.languages.scripts import UNSPACED_LETTERS
from generator.model import Span

STRAIGHT = '"＂'
OPENING = "“„‟«‹「『﹁﹃〝"
CLOSING = "”»›」』﹂﹄〟〞"
QUOTATION_MARKS = STRAIGHT + OPENING + CLOSING
"""For a character class of a regular expression; without single ones, which are mostly apostrophes."""

FAMILIES = (STRAIGHT, "“”„‟", "«»", "‹›", "「」", "『』", "﹁﹂", "﹃﹄", "〝〟〞")
"""Marks that open and close each other: the usual opening one, the usual closing one, others."""

CLOSED_BY = {
    '"': '"”', "“": '”"', "„": "“”", "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』", "﹁": "﹂",
    "﹃": "﹄", "〝": "〟〞",
}  # fmt: skip
"""From a mark that opens to those that close it, the usual one first; straight and curved ones are mixed."""
OPENING_TOO = {"”": "”", "»": "«", "›": "‹"}
"""Closing marks that open in Swedish and Danish, with what closes them then."""


def has_whole_quotations(text: str) -> bool:
    """Return whether every quotation in a text is both opened and closed there.

    What „ opens ends in “ or ”, by language; where nothing opens, closing marks open too, as in Swedish.
    """
    text = _plain(text)
    if sum(map(text.count, STRAIGHT)) % 2:
        return False
    for family in FAMILIES[1:]:
        opened, *others = ((mark, text.count(mark)) for mark in family)
        closed = sum(count for mark, count in others if mark in CLOSING)
        lows = sum(count for mark, count in others if mark in OPENING)
        is_paired = abs(opened[1] - closed) <= lows <= opened[1] + closed or not opened[1] + lows
        if not is_paired or (opened[1] + closed + lows) % 2:
            return False
    return True


_TURNED = {"”": "”“", "»": "«»", "›": "‹›"}
"""Closing marks in front of a word, with what closes them there: in Swedish, German books, much of Urdu."""
_JOINED = f"{UNSPACED_LETTERS}\uac00-\ud7af"
"""Letters that stand beside a mark without a blank: of scripts without any, and the particles of Korean."""
_NOT_ELIDED = r"(?!(?i:\d\ds?|tis|twas|til|cause|em|n|s|t)\b)"
"""What an apostrophe in front is not a mark of: '90s, 'tis, 's avonds, rock 'n' roll."""
_SINGLY = rf"(?:[^'‘’‚`\n]|(?<=\w)['’](?=\w)(?!.[{_JOINED}])){{3,600}}?"
"""What single marks enclose, with the apostrophes in it that have letters on both sides."""
_SINGLE = "|".join(
    rf"(?:(?<!\w)|(?<=[{_JOINED}])){opening}(?=[^\s'‘’])(?P<{name}>{_SINGLY})(?<=[^\s'‘’]){closing}"
    rf"(?:(?=[{_JOINED}])|(?!\w))"
    for name, opening, closing in (
        ("single", f"['‘]{_NOT_ELIDED}", "['’]"),
        ("low", "‚", "[‘’']"),
        ("high", f"’{_NOT_ELIDED}", "[‘’]"),
        ("doubled", "(?:``|'')", "''"),
    )
)
_SINGLE_MARKS = re.compile(_SINGLE)
_QUOTATION = re.compile(
    "|".join(
        [
            *(
                rf"{opening}(?P<{name}>[^{closing}]{{1,2000}})[{closing}]"
                for name, opening, closing in (
                    ("straight", f"[{STRAIGHT}]", f"{STRAIGHT}”"),
                    *((f"mark{number}", mark, CLOSED_BY[mark]) for number, mark in enumerate(OPENING)),
                    *(
                        (f"turned{number}", rf"(?<![^\s:(,،]){mark}(?=\w)", closes)
                        for number, (mark, closes) in enumerate(_TURNED.items())
                    ),
                )
            ),
            _SINGLE,
        ]
    )
)
_HEBREW = re.compile(r"(?<![א-ת])(?P<before>[א-ת]++)[\"״](?=(?P<after>[א-ת]+))")
_PREFIXES = frozenset("בהוכלמש")
"""In, the, and, like, to, from, that: one letter each, written to the next word, be it quoted."""
_INCHES = re.compile(r"(?<=\d['’′])(\d{1,2})\"")


def _plain(text: str) -> str:
    """Return a text of the same length without marks that quote nothing: of Hebrew initials, of inches."""
    text = _HEBREW.sub(_with_initials, text).replace("״", '"')
    return _INCHES.sub(r"\1″", text) if '"' in text else text


def _with_initials(found: re.Match[str]) -> str:
    is_initials = len(found["after"]) == 1 or not _PREFIXES.issuperset(found["before"])
    return found["before"] + ("׳" if is_initials else '"')


def quotations_in(text: str) -> list[Span]:
    """Return what stands between marks that open and close it, in order; of nested quotations the outer one."""
    return [match.span(match.lastgroup or 0) for match in _QUOTATION.finditer(_plain(text))]


def has_quotation_marks(text: str) -> bool:
    """Return whether a text has any, single ones that enclose words included."""
    text = _plain(text)
    return not set(QUOTATION_MARKS).isdisjoint(text) or _SINGLE_MARKS.search(text) is not None
