"""Dates as people, pages and feeds of many languages and calendars write them."""

from __future__ import annotations

import pytest

from generator.ingest.dates import date_in, date_in_address, iso_date
from generator.languages.calendars import gregorian_day


@pytest.mark.parametrize(
    ("declared", "language", "published"),
    [
        ("Sat, Oct 28 2023 08:28:28 PM", "", "2023-10-28T20:28:28"),
        ("Sun, 15 Dec 2024 03:15 PM", "", "2024-12-15T15:15:00"),
        ("Sat, 28 Oct 2023 12:05 a.m.", "en", "2023-10-28T00:05:00"),
        ("2023-03-01 12:05 PM", "", "2023-03-01T12:05:00"),
        ("2023-03-01 13:05 PM", "", "2023-03-01T13:05:00"),
        ("Oct 28, 2023 3 PM", "", "2023-10-28T15:00:00"),
        ("2024-03-05 下午 3:15", "zh", "2024-03-05T15:15:00"),
        ("2024년 3월 5일 오후 3시 15분", "ko", "2024-03-05T15:15:00"),
        ("平成31年4月30日 午後8時05分", "ja", "2019-04-30T20:05:00"),
        ("5 جانفي 2016 10:15 م", "ar", "2016-01-05T22:15:00"),
        ("5 Φεβρουαρίου 2016 3:15 μμ", "el", "2016-02-05T15:15:00"),
        ("2021-01-03T17:40:00EET", "", "2021-01-03T17:40:00+02:00"),
        ("2021-01-03T17:40:00+02:00[Europe/Riga]", "", "2021-01-03T17:40:00+02:00"),
        ("Fri Feb 05 2016 10:00:00 GMT+0200 (Eastern European Time)", "", "2016-02-05T10:00:00+02:00"),
        ("Mon, 02 Jan 2023 10:00:00 MSK", "", "2023-01-02T10:00:00+03:00"),
        ("Mon, 02 Jan 2023 10:00:00 CST", "zh", "2023-01-02T10:00:00+08:00"),
        ("Mon, 02 Jan 2023 10:00:00 CST", "", "2023-01-02T10:00:00-06:00"),
        ("Mon, 02 Jan 2023 10:00:00 IST", "", "2023-01-02T10:00:00"),
        ("Seg, 24 Set 2018 19:42:40 -0300", "", "2018-09-24T19:42:40-03:00"),
        ("۱۵ مرداد ۱۳۹۹ ساعت ۱۲:۳۰", "fa", "2020-08-05T12:30:00"),
        ("1399/05/15", "fa", "2020-08-05"),
        ("1399/05/15", "", None),
        ("15 رمضان 1445هـ", "ar", "2024-03-25"),
        ("1445-09-01", "ar", "2024-03-11"),
        ("5 ก.พ. 2559 10:15 น.", "th", "2016-02-05T10:15:00"),
        ("2567-05-01", "", "2024-05-01"),
        ("中華民國112年3月5日", "zt", "2023-03-05"),
        ("令和6年3月5日", "ja", "2024-03-05"),
        ("2081-05-12", "ne", None),
        ("5 شباط 2016", "ar", "2016-02-05"),
        ("5 تشرين الثاني 2016", "", "2016-11-05"),
        ("27 listopada 2026", "pl", "2026-11-27"),
        ("27 listopada 2026", "hr", "2026-10-27"),
        ("27 listopada 2026", "", None),
        ("27 KASIM 2026", "tr", "2026-11-27"),
        ("2026 m. lapkričio 27 d.", "lt", "2026-11-27"),
        ("2026. gada 27. novembris", "lv", "2026-11-27"),
        ("27 tháng 11, 2026", "vi", "2026-11-27"),
        ("5 בפברואר 2016", "he", "2016-02-05"),
        ("5 फ़रवरी 2016", "hi", "2016-02-05"),
        ("27.11.2026", "de", None),
        ("May 2016", "en", None),
    ],
)
def test_declared_dates(declared: str, language: str, published: str | None) -> None:
    assert iso_date(declared, language) == published


@pytest.mark.parametrize(
    ("text", "language", "published"),
    [
        ("Published: 5 February 2016 at 10:15. Updated: 6 February 2016", "en", "2016-02-05T10:15:00"),
        ("发布时间：2016-02-05 15:15 来源：新华社", "zh", "2016-02-05T15:15:00"),
        ("27.11.2026, 14:05 Uhr", "de", "2026-11-27T14:05:00"),
        ("28/10/2023 08:28:28 PM", "es", "2023-10-28T20:28:28"),
        ("3/4/2016", "fr", "2016-04-03"),
        ("3/4/2016", "en", None),
        ("3/25/2016", "en", "2016-03-25"),
        ("yesterday", "en", None),
        ("Sat 28 Nov 2026", "en", "2026-11-28"),
        ("Sat, Nov 28, 2026", "", "2026-11-28"),
        ("Fri, Nov 27, 2026 | 2:05 PM", "en", "2026-11-27T14:05:00"),
        ("mar. 24 nov. 2026", "fr", "2026-11-24"),
        ("Mar, 24 Nov 2026", "es", "2026-11-24"),
        ("Posted Sat 28 Nov 2026 by May Mar", "en", "2026-11-28"),
        ("Sat 28 Nov 2026, updated Sun 29 Nov 2026", "en", "2026-11-28"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "en", None),
        ("1970-01-01T00:00:00Z", "", None),
        ("Thu, 1 Jan 1970 01:00:00 +0100", "", None),
        ("1970-01-01", "", "1970-01-01"),
    ],
)
def test_a_line_of_a_page_that_names_a_date(text: str, language: str, published: str | None) -> None:
    assert date_in(text, language) == published


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026/11/26/nuovo-piano/", "2026-11-26"),
        ("2026-11/26/c_1125597921.htm", "2026-11-26"),
        ("n/t20261126_123.html", "2026-11-26"),
        ("2026/13/26/x", None),
        ("2026/11/x", None),
        ("world/2026/nov/26/floods", "2026-11-26"),
        ("world/2026/now/26/floods", None),
        ("a/12345678901", None),
    ],
)
def test_dates_in_addresses(path: str, day: str | None) -> None:
    assert date_in_address(f"https://example.org/{path}") == day


def test_jalali_leap_years_and_ends_of_months() -> None:
    assert gregorian_day("jalali", 1403, 12, 30).isoformat() == "2025-03-20"
    assert gregorian_day("jalali", 1404, 1, 1).isoformat() == "2025-03-21"
    with pytest.raises(ValueError, match="no day 30"):
        gregorian_day("jalali", 1404, 12, 30)
