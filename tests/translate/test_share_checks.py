"""Fractions, scores, vague numbers and places that a translation changed, and those that it kept."""

from __future__ import annotations

import pytest

from generator.model import Pair
from generator.translate.quality_checks import quality_findings

CHANGED = [
    ("zh", "三分之二的选民反对。", "A third of voters were against."),
    ("ar", "ثلثا الأعضاء", "a third of the members"),
    ("tr", "Nüfusun üçte ikisi", "One third of the population"),
    ("fr", "deux tiers des Français", "one third of the French"),
    ("de", "zwei Drittel der Abgeordneten", "three quarters of the deputies"),
    ("zh", "双方1-1战平。", "The match ended 2-1."),
    ("ja", "日本は2対1で勝った。", "Japan won 3-1."),
    ("ar", "فاز الأهلي 3-1.", "Al-Ahly won 3-2."),
    ("es", "Ganó por 3 a 1.", "They won 3-2."),
    ("it", "ha vinto 6-4, 7-5", "won 6-4, 7-6"),
    ("zh", "他们以2&1战胜了对手。", "They beat their opponents with two +1."),
    ("zh", "1950电影", "the 1950s film"),
    ("zh", "1950年代", "in 1950"),
    ("zh", "引来观众两次嘘声", "drew boos for the second time"),
    ("zh", "第三季度", "the second quarter"),
    ("ar", "المركز الثالث", "second place"),
    ("ar", "في القرن التاسع عشر", "in the 17th century"),
    ("fa", "دوازدهمین دوره", "the twentieth round"),
    ("zh", "第十五条", "Article 50"),
    ("zh", "数十万人逃离。", "Tens of thousands of people fled."),
    ("ar", "فر عشرات الآلاف من السكان.", "Hundreds of thousands of residents fled."),
    ("ru", "Сотни тысяч жителей бежали.", "Tens of thousands of residents fled."),
    ("ko", "수만 명이 모였다.", "Hundreds of thousands gathered."),
]
KEPT = [
    ("zh", "三分之二的选民反对。", "Two thirds of voters were against."),
    ("hi", "दो तिहाई बहुमत", "a two-thirds majority"),
    ("ru", "пятая часть населения", "a fifth of the population"),
    ("es", "una tercera parte", "a third"),
    ("fr", "la troisième personne", "a third person"),
    ("zh", "中国队以3比1获胜。", "China won 3-1."),
    ("zh", "他们以2&1战胜了对手。", "They beat their opponents 2 and 1."),
    ("de", "Bayern gewann mit 4:2.", "Bayern won 4-2."),
    ("de", "von 9:30 bis 17:45", "from 9.30 a.m. to 5.45 p.m."),
    ("zh", "2019-20赛季", "the 2019/20 season"),
    ("zh", "20世纪50年代", "in the 1950s"),
    ("ko", "1950년대 초", "the early 1950s"),
    ("zh", "两人参加了第二次会议", "both attended the second meeting"),
    ("zh", "5月1日至7日", "from 1 to 7 May"),
    ("zh", "第二次世界大战", "World War II"),
    ("ar", "وينتهون في الثامنة عشرة", "they end at the eighteenth"),
    ("ar", "خلال القرنين التاسع عشر والعشرين", "during the nineteenth and twentieth centuries"),
    ("ru", "Обе стороны", "Both sides"),
    ("de", "Zehntausende flohen.", "Tens of thousands fled."),
    ("zh", "成千上万的人", "thousands of people"),
    ("zh", "数百名学生", "hundreds of students"),
    ("zh", "数十万人", "half a million people"),
]


def numbers(language: str, source: str, target: str) -> str | None:
    found = quality_findings(Pair(source, target, language, "en"))
    return next((each.detail for each in found if each.check == "numbers"), None)


@pytest.mark.parametrize(("language", "source", "target"), CHANGED)
def test_what_numbers_mean_together_is_compared(language: str, source: str, target: str) -> None:
    assert numbers(language, source, target)


@pytest.mark.parametrize(("language", "source", "target"), KEPT)
def test_the_same_in_other_words_is_left_alone(language: str, source: str, target: str) -> None:
    assert numbers(language, source, target) is None
