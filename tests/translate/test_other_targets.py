"""Checks with targets other than English: people's good translations are left alone, and faults are found."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from generator.model import Pair
from generator.translate.quality_checks import quality_findings

ROOT = Path(__file__).parents[2]

GOOD = [
    # Two of a thing has its own form.
    ("en", "ar", "During his 2 hour speech he spoke of 3 phones.", "تحدث خلال خطابه الذي استمر ساعتين عن 3 هواتف."),
    ("en", "he", "They waited for 2 hours.", "הם המתינו שעתיים."),
    ("en", "ar", "It has flown since the 1970s.", "وهي تحلّق منذ سبعينيات القرن العشرين."),
    # ق and م, or 前, that say nothing of an era.
    ("en", "ar", "Ten people live in the areas of the east.", "يعيش عشرة أشخاص في مناطق من الشرق."),
    ("en", "zh", "He resigned 3 years ago.", "他在 3 年前辞职。"),
    ("en", "zh", "The top 3 firms met.", "前三家公司举行了会议。"),
    # Chinese letters are Japanese ones, too.
    ("zh", "ja", "会议在东京举行。", "会議は東京で開かれた。"),
    # Names are transliterated.
    ("zh", "ar", "他在 Facebook 上宣布了这一消息。", "أعلن الخبر على فيسبوك."),
    ("ja", "ru", "彼はTwitterで発表した。", "Он сообщил об этом в Твиттере."),
    ("ar", "fr", "وقع الهجوم في 5 مارس 2011.", "L’attaque a eu lieu le 5 mars 2011."),
    ("ar", "de", "بلغ العدد 1.5 مليون شخص.", "Die Zahl lag bei 1,5 Millionen Menschen."),
    ("zh", "es", "公司去年亏损 3 亿元。", "La empresa perdió 300 millones de yuanes el año pasado."),
    ("en", "fr", "He said: “We are ready.”", "Il a déclaré : « Nous sommes prêts. »"),
    ("en", "de", "He said: “We are ready.”", "Er sagte: „Wir sind bereit.“"),
    ("ar", "fa", "قُتل 12 شخصًا.", "۱۲ نفر کشته شدند."),
]  # fmt: skip

FAULTS = [
    ("numbers", "en", "ar", "There were 12 people.", "كان هناك 21 شخصًا."),
    ("numbers", "ar", "fr", "بلغ العدد 1.5 مليون شخص.", "Le nombre était de 15 millions."),
    ("sign", "en", "zh", "It was built in 221.", "它建于公元前 221 年。"),
    ("script", "ja", "zh", "会議は東京で開かれた。", "会议は东京举行。"),
    ("script", "zh", "fr", "会议在东京举行。", "La réunion a eu lieu à 东京."),
    ("latin", "zh", "fr", "他在 Facebook 上宣布了这一消息。", "Il a annoncé la nouvelle sur son réseau."),
    ("quotes", "en", "fr", "He said: “We are ready.”", "Il a déclaré : « Nous sommes prêts."),
]


@pytest.mark.parametrize(("source_language", "target_language", "source", "target"), GOOD)
def test_a_good_translation_into_any_language_is_left_alone(
    source_language: str, target_language: str, source: str, target: str
) -> None:
    assert quality_findings(Pair(source, target, source_language, target_language)) == ()


@pytest.mark.parametrize(("check", "source_language", "target_language", "source", "target"), FAULTS)
def test_a_fault_is_found_in_any_language(
    check: str, source_language: str, target_language: str, source: str, target: str
) -> None:
    found = quality_findings(Pair(source, target, source_language, target_language))
    assert check in {finding.check for finding in found}


def test_people_who_translate_into_arabic_are_seldom_objected_to() -> None:
    """The reference of each of these sentences is the source here, and what was translated the translation."""
    with (ROOT / "tests/data/argos-output.ar-en.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = [Pair(row["reference"], row["ar"], "en", "ar") for row in rows]
    flagged = [pair for pair in pairs if quality_findings(pair)]
    assert len(flagged) <= 2, flagged
