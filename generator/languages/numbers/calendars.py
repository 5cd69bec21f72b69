"""Years of other calendars, as the years of our era that a translation may name instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.languages.calendars import fold_name, gregorian_day, month_names

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""What is to be added to a year of an era of Japan or of the Republic of China."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?$")
_HIJRI = re.compile(r"\s?(?:هـ|ه\b|هجري|ہجری|AH\b)")
_HIJRI_MONTH = re.compile(
    r"(?:محرم|صفر|الأول|الاول|الأولى|الآخر|الآخرة|الثاني|الثانية|رجب|شعبان|رمضان|شوال|القعدة|الحجة)"
    r"[\s،,]{1,2}(?:من\s)?(?:عام\s|سنة\s)?$"
)


_MONTH = re.compile(r"\s(?:من\s)?([^\W\d_]+(?:\s[^\W\d_]+)?)(?:[\s،,]{1,2}(\d{4}))?")
_OTHER_CALENDARS = frozenset("ar fa ps ur ckb".split())


def days_meant(day: float, behind: str, language: str) -> Iterator[float]:
    """Return the days of our months that a day of another calendar's month may be; all where no year is named.

    `behind` is the text behind the day, with digits 0 to 9.
    """
    match = _MONTH.match(behind) if language in _OTHER_CALENDARS and 1 <= day <= 31 else None
    if match is None or not day.is_integer():
        return
    names = month_names(language)
    name = fold_name(match[1])
    month = names.get(name) or names.get(name.split()[0])
    if month is None or month.calendar == "gregorian":
        return
    try:
        meant = gregorian_day(month.calendar, int(match[2]), month.number, int(day)).day if match[2] else 0
    except (ValueError, OverflowError):
        meant = 0
    yield from (meant - 1, meant, meant + 1) if meant else range(1, 32)


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
    elif (1 <= value <= 1500 and _HIJRI.match(behind)) or (
        1300 <= value <= 1500 and _HIJRI_MONTH.search(before)
    ):
        yield value
        middle = int(value * 0.970224 + 621.5774)
        yield from (middle - 1, middle, middle + 1)
