"""Which marks open and close quotations, for every stage that follows them or must not cut them in half."""

from __future__ import annotations

import re

from generator.model import Span

STRAIGHT = '"＂'
OPENING = "“„‟«「『﹁﹃"
CLOSING = "”»」』﹂﹄"
QUOTATION_MARKS = STRAIGHT + OPENING + CLOSING
"""For a character class of a regular expression; without single ones, which are mostly apostrophes."""

FAMILIES = (STRAIGHT, "“”„‟", "«»", "「」", "『』", "﹁﹂", "﹃﹄")
"""Marks that open and close each other: the usual opening one, the usual closing one, others that open."""

CLOSED_BY = {
    '"': '"”', "“": '”"', "„": "“”", "‟": "”", "«": "»", "「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄"
}  # fmt: skip
"""From a mark that opens to those that close it, the usual one first; straight and curved ones are mixed."""
OPENING_TOO = {"”": "”", "»": "«"}
"""Closing marks that open in Swedish and Danish, with what closes them then."""


def has_whole_quotations(text: str) -> bool:
    """Return whether every quotation in a text is both opened and closed there.

    What „ opens ends in “ or ”, by language; where nothing opens, closing marks open too, as in Swedish.
    """
    if sum(map(text.count, STRAIGHT)) % 2:
        return False
    for family in FAMILIES[1:]:
        opened, closed = text.count(family[0]), text.count(family[1])
        lows = sum(map(text.count, family[2:]))
        is_paired = abs(opened - closed) <= lows <= opened + closed or not opened + lows
        if not is_paired or (opened + closed + lows) % 2:
            return False
    return True


_TURNED = {"”": "”“", "»": "«»"}
"""Closing marks in front of a word, with what closes them there: in Swedish, German books, much of Urdu."""
_SINGLE = r"(?<!\w)['‘](?=\w)[^'‘’]{3,}[’'](?!\w)"
_QUOTATION = re.compile(
    "|".join(
        rf"{opening}(?P<{name}>[^{closing}]{{1,2000}})[{closing}]"
        for name, opening, closing in (
            ("straight", f"[{STRAIGHT}]", f"{STRAIGHT}”"),
            *((f"mark{number}", mark, CLOSED_BY[mark]) for number, mark in enumerate(OPENING)),
            *(
                (f"turned{number}", rf"(?<![^\s:(,،]){mark}(?=\w)", closes)
                for number, (mark, closes) in enumerate(_TURNED.items())
            ),
        )
    )
)


def quotations_in(text: str) -> list[Span]:
    """Return what stands between marks that open and close it, in order; of nested quotations the outer one."""
    return [match.span(match.lastgroup or 0) for match in _QUOTATION.finditer(text)]


def has_quotation_marks(text: str) -> bool:
    """Return whether a text has any, single ones that enclose words included."""
    return not set(QUOTATION_MARKS).isdisjoint(text) or re.search(_SINGLE, text) is not None
