"""A date as seeds, pages and feeds write it, in any language and calendar → ISO 8601, or none if it is unsure.

dateparser, which trafilatura brings, is not used: it reads `yesterday` and 03/04/2016, takes a Thai 2567 as our
year, and knows no Levantine or Maghrebi months.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from generator.languages.calendars import Calendar, Month, fold_name, gregorian_day, month_names

UNSET = (date(1969, 12, 31), date(1970, 1, 1))
"""What programs write, to the second, for a time that nobody has set."""
LONGEST_DATE = 80
"""Characters; what declares more declares something else as well."""
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4}) ?[-/.年년] ?(\d\d?) ?[-/.月월] ?(\d\d?)(?: ?[日일.])?(?!\d)")
DAY_FIRST = re.compile(r"(?<![\d.:/-])(\d\d?)([./-]) ?(\d\d?)\2 ?(\d{4})(?!\d)")
ERA = re.compile(r"(民國|民国|令和|平成|昭和) ?(\d{1,3}|元) ?年")
ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first of each."""
CLOCK = re.compile(r" ?(\d{1,2}) ?[点點时時시] ?(?:(\d{1,2}) ?[分분]?)?(?: ?(\d{1,2}) ?[秒초])?")
TIME = re.compile(
    r"(?<![\d:.])(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d{1,9})? ?(Z\b|[+-]\d\d:?\d\d(?!\d))?(?![\d:])"
)
_LEADING = {**dict.fromkeys("上午 凌晨 早上 早晨 清晨 午前 오전".split(), 0)}
_LEADING |= dict.fromkeys("下午 傍晚 晚上 夜间 中午 午後 오후".split(), 12)
_TRAILING = {**dict.fromkeys("am a.m. ق.ظ ص صباحا صباحًا π.μ. πμ पूर्वाह्न".split(), 0)}
_TRAILING |= dict.fromkeys("pm p.m. ب.ظ م مساء مساءً μ.μ. μμ अपराह्न".split(), 12)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


HALF_DAY = re.compile(
    rf"(?:(?P<before>{_any(_LEADING)}) ?)?(?<![\d:./-])(?P<hour>\d{{1,2}})(?P<rest>(?::\d\d){{0,2}})(?![\d:])"
    rf"(?: ?(?P<after>{_any(_TRAILING)})(?!\w))?",
    re.IGNORECASE,
)
"""An hour of twelve with what says which half of the day it is in, before it or behind."""
ZONE = re.compile(r"(?<=\d:\d\d) ?\(?([A-Z]{2,5})\b\)?(?: ?([+-])(\d\d?)(?::?(\d\d))?)?(?: ?\([^()]*\))?")
"""A zone by its name behind a time; GMT+3 gives hours as well."""
ZONES = {
    **dict.fromkeys("UTC GMT WET UT".split(), 0),
    **dict.fromkeys("WEST CET WAT BST".split(), 1),
    **dict.fromkeys("CEST MEZ EET CAT SAST".split(), 2),
    **dict.fromkeys("EEST MSK EAT TRT FET MESZ".split(), 3),
    **{"MEZ": 1, "MESZ": 2, "GST": 4, "SAMT": 4, "PKT": 5, "UZT": 5, "NPT": 5.75, "BDT": 6, "ICT": 7, "WIB": 7},
    **{"WITA": 8, "SGT": 8, "MYT": 8, "PHT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "WIT": 9, "ACST": 9.5},
    **{"AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "IRST": 3.5, "IRDT": 4.5, "EST": -5, "EDT": -4},
    **{"CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKST": -9, "HST": -10, "BRT": -3, "ART": -3},
    **{"CLT": -4, "CLST": -3, "COT": -5, "PET": -5, "VET": -4, "NST": -3.5},
}
"""Hours that each is ahead of UTC; names that mean several are left to `_AMBIGUOUS`."""
_AMBIGUOUS: dict[str, dict[str, float]] = {
    "CST": {"zh": 8, "zt": 8, "en": -6, "es": -6, "": -6},
    "IST": {"he": 2, **dict.fromkeys("hi bn ta te mr gu pa ml kn ur".split(), 5.5)},
    "AST": {"ar": 3, "es": -4},
}
"""A zone's name → language of the text → hours; in another language the time stays without a zone."""
_LATIN_DAY_FIRST = frozenset(
    "ar az bg bn ca cs da de el es et fi fr gl he hi hr hu id it ka kk lt lv mk ms nb nl nn no pl pt ro ru sk "
    "sl sq sr sv sw th tr uk ur vi".split()
)
"""Languages in which 3/4/2016 is the third of April, wherever they are spoken."""


def iso_date(declared: str, language: str = "") -> str | None:
    """Return a declared date or time in ISO 8601, as exact and in the zone it was declared in.

    Takes ISO 8601, written loosely too (2016/2/5, 2016年2月5日), the format of mail and RSS (RFC 5322), names
    of months in any language, and other calendars' dates where language or era tell them. Whatever could be
    read in two ways, such as 03/04/2016, is no date.
    """
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", declared):
        return declared
    if len(declared) > LONGEST_DATE:
        return None
    text = _plain(declared, language)
    found = YEAR_FIRST.match(text)
    if found and _calendar_of(int(found[1]), language) != "gregorian":
        return next((iso for iso in _dates(text, language, day_first=False)), None)
    try:
        if found or re.match(r"\d{4}-?\d\d", text):
            iso = _from_iso(text)
            return None if "T" in iso and date.fromisoformat(iso[:10]) in UNSET else iso
        exact = parsedate_to_datetime(text)
        if 1900 <= exact.year < 2200 and exact.date() not in UNSET:
            return exact.isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    isos = set(_dates(text, language, day_first=False))
    return isos.pop() if len(isos) == 1 and not found else None


def date_in(text: str, language: str = "") -> str | None:
    """Return the date that a short text of a page or feed names, the earliest of several: others are updates.

    As `iso_date`, but 27.11.2026 and 27/11/2026 are dates, too, and 3/4/2016 where a language has days first.
    """
    text = " ".join(text.split())
    if exact := iso_date(text, language):
        return exact
    plain = _plain(text[: 4 * LONGEST_DATE], language)
    return min((iso for iso in _dates(plain, language, day_first=True)), default=None)


def date_in_address(url: str) -> str | None:
    """Return the day in the path of an address: /2026/11/26/, /2026/nov/26/, /20261126/ or the like."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    path = re.sub(r"(?<=/)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?=/\d)", _numbered, path)
    found = re.search(
        r"(?<!\d)(20[0-4]\d|19[89]\d)(?:[/-](\d\d?)[/-](\d\d?)|/?-?(\d\d)-?(\d\d))(?=[/_.-]|$)", f"/{path}"
    )
    if not found:
        return None
    month, day = (found[2], found[3]) if found[2] else (found[4], found[5])
    try:
        return date(int(found[1]), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _numbered(month: re.Match[str]) -> str:
    return str(month_names("en")[month[0]].number)


def _from_iso(text: str) -> str:
    """Return ISO 8601, read loosely; raises `ValueError`."""
    text = YEAR_FIRST.sub(
        lambda part: gregorian_day("gregorian", *map(int, part.groups())).isoformat(), text, count=1
    )
    if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text):
        return date.fromisoformat(text).isoformat()
    return datetime.fromisoformat(re.sub(r"(:\d\d) ([+-]\d\d:?\d\d)$", r"\1\2", text)).isoformat()


def _plain(declared: str, language: str) -> str:
    """Return a date with ASCII digits, years of eras as ours, hours from 0 to 23 and zones as offsets."""
    text = "".join(str(unicodedata.digit(char, char)) if char.isdigit() else char for char in declared)
    text = " ".join(text.replace("\u200f", "").replace("\u200e", "").split())
    text = ERA.sub(lambda era: f"{ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)
    text = CLOCK.sub(lambda clock: f" {clock[1]}:{int(clock[2] or 0):02}:{int(clock[3] or 0):02}", text)
    text = " ".join(text.split())
    text = HALF_DAY.sub(_whole_day, text)
    text = re.sub(r"\[[\w/+-]*\]$", "", text)  # 2021-01-03T17:40:00+02:00[Europe/Riga]
    return " ".join(ZONE.sub(lambda zone: _offset(zone, language), text).split())


def _whole_day(found: re.Match[str]) -> str:
    half, hour = found["before"] or (found["after"] or "").lower(), int(found["hour"])
    if not half or hour > 23 or not (found["rest"] or half[0] in "ap"):  # 3 PM has no minutes
        return found[0]
    if hour <= 12:
        hour = hour % 12 + {**_LEADING, **_TRAILING}[half]
    return f" {hour:02}{found['rest'] or ':00'} "


def _offset(zone: re.Match[str], language: str) -> str:
    """Return the offset of a named zone; nothing for one that is unknown or could be several."""
    hours = ZONES.get(zone[1], _AMBIGUOUS.get(zone[1], {}).get(language))
    if zone[2] and hours == 0:
        return f" {zone[2]}{int(zone[3]):02}{zone[4] or '00'}"
    if hours is None:
        return " " if len(zone[1]) > 2 else zone[0]
    minutes = round(abs(hours) * 60)
    return f" {'-' if hours < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"


def _dates(text: str, language: str, *, day_first: bool) -> Iterator[str]:
    """Return each date in a text that `_plain` made."""
    times = list(TIME.finditer(text))
    clock = times[0] if len(times) == 1 else None
    found = [(part[1], part[2], part[3]) for part in YEAR_FIRST.finditer(text)]
    for part in DAY_FIRST.finditer(text) if day_first else ():
        if part[2] == "." or int(part[1]) > 12 or language in _LATIN_DAY_FIRST:
            found.append((part[4], part[3], part[1]))
        elif int(part[3]) > 12:
            found.append((part[4], part[1], part[3]))
    days = [_day(_calendar_of(int(year), language), year, month, day) for year, month, day in found]
    for day in (*days, *_named_days(text, language, clock)):
        if day and not (clock and day in UNSET):
            yield _timed(day, clock)


def _calendar_of(year: int, language: str) -> Calendar | None:
    """Return the calendar of a year that stands among digits alone; none if that cannot be told."""
    if 1300 <= year <= 1500:
        return "jalali" if language in ("fa", "ps", "ckb") else "hijri" if language in ("ar", "ur") else None
    is_strange = language == "ne" and year > 2050  # the calendar of Nepal is 57 years ahead
    return "gregorian" if _is_ours(year) and not is_strange else None


def _is_ours(year: int) -> bool:
    return 1900 <= year <= 2200 or 2400 <= year <= 2700


def _day(calendar: Calendar | None, year: str, month: str, day: str) -> date | None:
    try:
        return gregorian_day(calendar, int(year), int(month), int(day)) if calendar else None
    except (ValueError, OverflowError):
        return None


def _timed(day: date, clock: re.Match[str] | None) -> str:
    iso = day.isoformat()
    try:
        whole = f"{iso}T{int(clock[1]):02}:{clock[2]}:{clock[3] or '00'}{clock[4] or ''}" if clock else iso
        return datetime.fromisoformat(whole).isoformat() if clock else iso
    except ValueError:
        return iso


def _named_days(text: str, language: str, clock: re.Match[str] | None) -> Iterator[date | None]:
    """Return the days whose month is a word: 5 February 2016, Feb 5, 2016, 2016. gada 5. februāris."""
    dated = text[: clock.start()] + " " + text[clock.end() :] if clock else text
    tokens = re.findall(r"\d+|[^\W\d_]+", fold_name(dated))
    nearest: dict[int, tuple[int, Month, int]] = {}
    for at, token in enumerate(tokens):
        # Most words stand near no year, and the months of all languages take a second to learn.
        is_near = any(_year_and_day(tokens, at, at + words) for words in (1, 2))
        month, words = _month_at(tokens, at, language) if is_near and not token.isdigit() else (None, 0)
        if month and (places := _year_and_day(tokens, at, at + words)):
            reach = max(*places, at) - min(*places, at)
            nearest[places[0]] = min(
                nearest.get(places[0], (reach, month, places[1])), (reach, month, places[1])
            )
    for year_at, (_, month, day_at) in nearest.items():  # Sat 28 Nov: somewhere Sat is a month, too
        year = int(tokens[year_at])
        fits = _is_ours(year) if month.calendar == "gregorian" else 1300 <= year <= 1500
        yield _day(month.calendar if fits else None, tokens[year_at], str(month.number), tokens[day_at])


def _month_at(tokens: list[str], at: int, language: str) -> tuple[Month | None, int]:
    """Return the month that begins at a word, and of how many words its name is."""
    if tokens[at] in ("thang", "thg") and at + 1 < len(tokens) and tokens[at + 1].isdigit():
        return Month("gregorian", int(tokens[at + 1])), 2
    for names in (month_names(language) if language else {}, month_names("en"), month_names("")):
        for words in (2, 1):
            name = " ".join(tokens[at : at + words])
            if name in names:
                return names[name], words
    return None, 0


def _year_and_day(tokens: list[str], start: int, end: int) -> tuple[int, int] | None:
    """Return where year and day stand around a month's name, two short words away at most; none if unsure."""
    before, after = (
        _near(tokens, range(start - 1, max(start - 7, -1), -1)),
        _near(tokens, range(end, min(end + 6, len(tokens)))),
    )
    ways = (
        (after[:1], before[:1]),
        (after[1:2], after[:1]),
        (before[:1], after[:1]),
        (before[1:2], before[:1]),
    )
    for year, day in ways:
        if year and day and len(tokens[year[0]]) == 4 and len(tokens[day[0]]) <= 2:
            return year[0], day[0]
    return None


def _near(tokens: list[str], places: Iterable[int]) -> list[int]:
    numbers: list[int] = []
    words = 0
    for place in places:
        token = tokens[place]
        if token.isdigit():
            numbers.append(place)
            words = 0
        elif len(token) > 4 or (words := words + 1) > 2:
            break
        if len(numbers) == 2:
            break
    return numbers
