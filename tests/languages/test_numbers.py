"""Quantities in all languages, digits and ways of writing them."""

from __future__ import annotations

import random
import time

import pytest

from generator.languages import LANGUAGES
from generator.languages.numbers.lexicon import lexicon_of
from generator.languages.numbers.quantity import Quantity
from generator.languages.numbers.reader import quantities

VALUES = [
    ("de", "1.234,56 Euro", [1234.56]),
    ("en", "1,234.56 euros", [1234.56]),
    ("fr", "1 234 567 habitants et 3,2 milliards", [1_234_567, 3_200_000_000]),
    ("hi", "1,23,456 लोग, 2.5 करोड़ रुपये", [123_456, 25_000_000]),
    ("hi", "साढ़े तीन लाख", [350_000]),
    ("en", "5 crore 30 lakh", [53_000_000]),
    ("ar", "١٢٣ شخصا و٣ مليارات", [123, 3_000_000_000]),
    ("ar", "ثلاثمائة شخص ومئتا جندي", [300, 200]),
    ("ar", "خمسة وعشرون ألفا", [25_000]),
    ("ar", "نصف مليون", [500_000]),
    ("ar", "بين مليوني وثلاثة ملايين", [2_000_000, 3_000_000]),
    ("fa", "بیست و پنج هزار تومان", [25_000]),
    ("zh", "三千五百万人", [35_000_000]),
    ("zh", "九百一十二万二千三百四十一", [9_122_341]),
    ("zh", "二〇二四年", [2024]),
    ("zh", "1,234.56亿", [123_456_000_000]),
    ("zh", "550多万", [5_500_000]),
    ("zh", "六成", [60]),
    ("zh", "百分之三十", [30]),
    ("zt", "1億2千萬", [120_000_000]),
    ("ja", "1億2千万円", [120_000_000]),
    ("ko", "1억 2천만 원", [120_000_000]),
    ("ko", "3만5000명", [35_000]),
    ("de", "dreihundertfünfzig Menschen, zweitausenddreihundert", [350, 2300]),
    ("de", "1,5 Mio. Euro", [1_500_000]),
    ("fr", "quatre-vingt-dix-sept mille", [97_000]),
    ("ru", "двадцать пять тысяч, 200 тыс. и 3,5 млн", [25_000, 200_000, 3_500_000]),
    ("tr", "iki bin beş yüz", [2500]),
    ("vi", "3 nghìn tỷ đồng", [3_000_000_000_000]),
    ("th", "5 ล้านบาท", [5_000_000]),
    ("he", "200 אלף", [200_000]),
    ("pl", "3,5 mln i 20 tys.", [3_500_000, 20_000]),
    ("id", "Rp5,5 miliar", [5_500_000_000]),
    ("fi", "3,2 miljoonaa", [3_200_000]),
    ("en", "two hundred and fifty thousand", [250_000]),
    ("en", "three and a half million, half a million", [3_500_000, 500_000]),
    ("en", "$3.5m and €2bn", [3_500_000, 2_000_000_000]),
]


def counted(text: str, language: str) -> list[Quantity]:
    return [each for each in quantities(text, language) if each.kind == "number"]


@pytest.mark.parametrize(("language", "text", "expected"), VALUES)
def test_numbers_are_read(language: str, text: str, expected: list[float]) -> None:
    assert [each.value for each in counted(text, language)] == expected


READINGS = [
    ("zh", "9点半", 9.3),
    ("zh", "14时", 1400),
    ("en", "at 8.30 p.m.", 20.3),
    ("de", "um 20.30 Uhr", 8.3),
    ("th", "ปี 2567", 2024),
    ("fa", "سال ۱۳۹۷", 2018),
    ("ar", "عام 1445 هـ", 2023),
    ("ja", "令和6年", 2024),
    ("zt", "民國107年", 2018),
    ("zh", "90年代", 1990),
    ("zh", "三分之一", 0.333333333),
    ("en", "3 to 4 million", 3_000_000),
    ("zh", "用户增长1倍", 2),
]


@pytest.mark.parametrize(("language", "text", "value"), READINGS)
def test_times_and_years_have_all_that_they_can_mean(language: str, text: str, value: float) -> None:
    assert any(
        frozenset({value}) == reading for each in quantities(text, language) for reading in each.readings
    )


MEASURES = [
    ("zh", "90亿元", "CNY"),
    ("zh", "90亿美元", "USD"),
    ("zh", "港币100元", "HKD"),
    ("zt", "100元", "yuan"),
    ("ja", "100円", "JPY"),
    ("ko", "100억원", "KRW"),
    ("ar", "3 مليارات دولار", "dollar"),
    ("ar", "50 ريالا سعوديا", "SAR"),
    ("ru", "5 млн рублей", "RUB"),
    ("de", "125 Millionen britische Pfund", "pound"),
    ("tr", "26.750 ABD dolarını", "dollar"),
    ("fa", "200 میلیون تومان", "toman"),
    ("hi", "5 लाख रुपये", "rupee"),
    ("en", "US$3 million", "USD"),
    ("en", "-$5", "dollar"),
    ("zh", "八百公里", "km"),
    ("ar", "30 بالمائة", "percent"),
    ("tr", "%5", "percent"),
    ("en", "-5°C", "celsius"),
    ("en", "3 days", "day"),
]


@pytest.mark.parametrize(("language", "text", "name"), MEASURES)
def test_currencies_and_units_are_found(language: str, text: str, name: str) -> None:
    (found,) = counted(text, language)
    assert found.measure is not None
    assert found.measure.name == name


@pytest.mark.parametrize("language", ["ar", "bn", "de", "en", "fa", "hi", "ja", "ko", "ru", "th", "tr", "zh"])
def test_no_row_of_digits_marks_and_words_breaks_the_reading(language: str) -> None:
    """9·11 once did."""
    draw = random.Random(language)
    words = [*lexicon_of(language).words, *lexicon_of(language).halves][:40] or [
        "三",
        "点",
        "百",
        "半",
        "第",
        "分之",
    ]
    pieces = [
        *words,
        *"0123456789",
        *".,:·'’٫٬،/-–%年点半万亿千百第成折倍",
        " ",
        " ",
        "a.m.",
        "XIX",
        "½",
        "\u0301",
        "\u0640",
    ]
    for _ in range(400):
        text = "".join(draw.choices(pieces, k=draw.randint(1, 12)))
        for each in quantities(text, language):
            assert text[each.start : each.end] == each.text
            assert each.readings


SIGNED = [
    ("en", "It was -5 degrees", True),
    ("zh", "净利润为-5.2亿元", True),
    ("zh", "20负7平", False),
    ("en", "won 26-3", False),
    ("es", "al menos 50 votos", False),
    ("de", "minus 5 Grad", True),
]


@pytest.mark.parametrize(("language", "text", "negative"), SIGNED)
def test_signs(language: str, text: str, negative: bool) -> None:
    assert any(each.is_negative for each in quantities(text, language)) is negative


@pytest.mark.parametrize("text", ["周二", "三四百", "数百人", "3136 mm2", "几十"])
def test_what_is_no_number_or_a_vague_one_counts_nothing(text: str) -> None:
    assert [each for each in counted(text, "zh") if each.text != "3136"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_reads_digits_and_its_own_million(language: str) -> None:
    """A language of the table that lacks words would have all its millions flagged."""
    assert [each.value for each in quantities("12", language)] == [12]
    if language not in ("zh", "zt", "ja", "ko"):
        million = next(form for form, value in lexicon_of(language).scales.items() if value in (10**6, 10**5))
        value = lexicon_of(language).scales[million]
        assert [each.value for each in quantities(f"3 {million}", language)] == [3 * value]


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "1,",
        "1.",
        "三",
        "1万",
        "two ",
        "thousand ",
        "million and ",
        "ein",
        "وألف ",
        "1:",
        "1 000 ",
        "-1",
        "负",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh", "ar", "de", "fr", "ko", "th"])
def test_reading_costs_no_more_than_the_text_is_long(language: str, unit: str) -> None:
    """Eight times the text may not cost far more than eight times the work."""

    def work(size: int) -> float:
        before = time.process_time()
        quantities(unit * size, language)
        return time.process_time() - before

    work(100)
    assert work(4000) < 60 * work(500) + 0.5
