"""What months are called in each language, and which day of ours a day of another calendar is.

Babel knows the months of the Gregorian calendar alone; those of the others are here, as the countries that date
their news by them write them.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from generator.languages import LANGUAGES
from generator.languages.locales import babel_locale
from generator.languages.normalize import without_marks

Calendar = Literal["gregorian", "jalali", "hijri"]


class Month(NamedTuple):
    """A month of a calendar, counted from 1."""

    calendar: Calendar
    number: int


_OTHERS: dict[Calendar, tuple[str, ...]] = {
    "jalali": (
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
        "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
        "وری غویی غبرگولی چنگاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
        "xakelêwe gulan cozerdan pûşper gelawêj xermanan rezber gelarêzan sermawez befranbar rêbendan reşeme",
    ),
    "hijri": (
        "محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة",
        "المحرم صفر ربيع_أول ربيع_الثاني جمادى_الأول جمادى_الثانية رجب شعبان رمضان شوال ذي_القعدة ذي_الحجة",
        "محرم صفر ربيع_1 ربيع_ثاني جمادى_الاول جمادى_الثاني رجب شعبان رمضان شوال ذوالقعدة ذوالحجة",
        "محرم صفر ربیع_الاول ربیع_الثانی جمادی_الاول جمادی_الثانی رجب شعبان رمضان شوال ذیقعده ذی_الحجہ",
    ),
}
_SPOKEN = {"jalali": ("fa", "ps", "ckb", "ku"), "hijri": ("ar", "ur", "fa", "ps")}
"""Languages in which the names of the other calendars' months are read; elsewhere they are words."""
_EXTRA = {"sept": 9, "jänner": 1, "feber": 2, "mrz": 3, "maerz": 3, "agt": 8, "ags": 8}
_REGIONAL = {"ar": ("ar-LB", "ar-TN", "ar-MA"), "sr": ("sr-Latn",), "de": ("de-AT",), "nb": ("nn",)}
"""Locales of a language that have months of their own."""
_CODES = {"tl": "fil", "nb": "no"}


def fold_name(name: str) -> str:
    """Return a name of a month, or a text that may hold one, in the form in which they are compared."""
    return re.sub(r"(?<=[^\W\d_])[.'’]", "", without_marks(name)).replace("ı", "i")


@cache
def month_names(language: str) -> dict[str, Month]:
    """Return the months by their folded names in a language; of no language those that mean one in all."""
    if not language:
        return _common_names()
    names: dict[str, Month] = {}
    for locale in (_CODES.get(language, language), *_REGIONAL.get(language, ())):
        for number, name in _gregorian(locale):
            names.setdefault(name, Month("gregorian", number))
            if language == "he":
                names.setdefault("ב" + name, Month("gregorian", number))  # in February
    for calendar, languages in _SPOKEN.items():
        for line in _OTHERS[calendar] if language in languages else ():  # type: ignore[index]
            for number, name in enumerate(line.split(), 1):
                month = Month(calendar, number)  # type: ignore[arg-type]
                names.setdefault(fold_name(name.replace("_", " ")), month)
    return names


def _gregorian(locale: str) -> list[tuple[int, str]]:
    known = babel_locale(locale)
    named = [
        (number, fold_name(name))
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in (known.months[context][width].items() if known else ())
    ]
    return [(number, name) for number, name in named if name and not any(map(str.isdigit, name))]


def _common_names() -> dict[str, Month]:
    from babel import localedata

    known: dict[str, set[Month]] = {}
    for code in {*LANGUAGES, *(name for name in localedata.locale_identifiers() if "_" not in name)}:
        for name, month in month_names(code).items():
            known.setdefault(name, set()).add(month)
    for name, number in _EXTRA.items():
        known.setdefault(fold_name(name), set()).add(Month("gregorian", number))
    return {name: months.pop() for name, months in known.items() if len(months) == 1}


def gregorian_day(calendar: Calendar, year: int, month: int, day: int) -> date:
    """Return our date for a day of a calendar; raises `ValueError` for a day that there is not.

    A Gregorian year from 2400 to 2700 is one of the Thai Buddhist era. Hijri dates are those of Umm al-Qura.
    """
    if calendar == "jalali":
        return _from_jalali(year, month, day)
    if calendar == "hijri":
        from hijridate import Hijri

        return date(*Hijri(year, month, day).to_gregorian().datetuple())
    return date(year - 543 if 2400 <= year <= 2700 else year, month, day)


def _from_jalali(year: int, month: int, day: int) -> date:
    """Return our date by the cycle of 33 years, which is that of the astronomers from 1178 to 1633."""
    is_leap = (25 * year + 11) % 33 < 8
    if not 1178 <= year <= 1633 or not 1 <= month <= 12:
        raise ValueError(f"no month {month} of {year}")
    longest = 31 if month < 7 else 30 if month < 12 or is_leap else 29
    if not 1 <= day <= longest:
        raise ValueError(f"no day {day} of month {month}")
    before = 31 * (month - 1) - max(month - 7, 0)
    return date.fromordinal(226_894 + 365 * (year - 1) + (8 * year + 21) // 33 + before + day)
