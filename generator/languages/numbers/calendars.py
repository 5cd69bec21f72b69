"""Years of other calendars, as the years of our era that a translation may name instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""What is to be added to a year of an era of Japan or of the Republic of China."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?$")
_HIJRI = re.compile(r"\s?(?:هـ|ه\b|هجري|ہجری|AH\b)")


def years_meant(value: float, before: str, behind: str, language: str) -> Iterator[float]:
    """Return the years of our era that a number may stand for, given the text around it.

    The first is certain where the number itself is not among them: a Buddhist year in Thai.
    """
    if era := _ERA.search(before):
        yield _ERAS[era[1]] + value
        yield value
    elif language == "th" and 2400 <= value <= 2700:
        yield value - 543
    elif language in ("fa", "ps") and 1200 <= value <= 1450 and not _HIJRI.match(behind):
        yield value
        yield from (value + 621, value + 622)
    elif 1 <= value <= 1500 and _HIJRI.match(behind):
        yield value
        middle = int(value * 0.970224 + 621.5774)
        yield from (middle - 1, middle, middle + 1)
