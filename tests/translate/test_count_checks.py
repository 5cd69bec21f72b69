"""Numbers that name something, or say how often, and count things in a translation; and those that may."""

from __future__ import annotations

import pytest

from generator.model import Pair
from generator.translate.number_checks import changed_unit

CHANGED = [
    ("zh", "这位三届世界冠军说他爱上了一个人。", "The three world champions said they had fallen in love."),
    ("zh", "三次大赢家贾斯汀·托马斯树立了榜样。", "Three big winners, Justin Thomas, set an example."),
    ("zh", "四度夺冠的球员退役了。", "The four champions have retired."),
    ("zh", "五届总统候选人再次参选。", "Five presidential candidates stand again."),
    ("zh", "作为三届大满贯得主，他经验丰富。", "As a three-year master he has experience."),
    ("zh", "他是三冠王。", "He is one of three champions."),
    ("ar", "فاز بطل العالم ثلاث مرات بالسباق.", "The three world champions won the race."),
    ("fa", "قهرمان سه دوره جهان بازنشسته شد.", "The three world champions retired."),
    ("hi", "तीन बार के विश्व चैंपियन ने कहा", "The three world champions said"),
    ("ja", "3度の世界王者が引退した。", "The three world champions have retired."),
    ("ko", "3회 우승자가 은퇴했다.", "The three winners have retired."),
    ("de", "Der dreimalige Weltmeister tritt zurück.", "The three world champions resign."),
    ("de", "Der 4-fache Olympiasieger", "The four Olympic champions"),
    ("ru", "Трёхкратный чемпион мира", "Three world champions"),
    ("es", "El tricampeón del mundo", "The three world champions"),
    ("fr", "Le quintuple champion du monde", "The five world champions"),
    ("tr", "Üç kez dünya şampiyonu olan sporcu", "The three world champions"),
    ("zh", "他首次主持广播4台荒岛电台。", "He first broadcast four deserted island radio stations."),
    ("zh", "英国第5频道现场直播。", "It was broadcast live by five big channels."),
    ("zh", "《堡垒之夜》第6季开始了。", "Six seasons of Fortnite began."),
    ("zh", "他乘坐3号线。", "He took three lines."),
    ("ar", "بثت قناة 4 المقابلة.", "Four channels broadcast the interview."),
    ("ar", "هبطت رحلة 93 بسلام.", "93 flights landed safely."),
    ("fa", "شبکه 3 گزارش داد", "Three networks reported"),
    ("ru", "На канале 5 сообщили", "Five channels reported"),
    ("de", "Das zeigte Kanal 5.", "Five channels showed it."),
    ("es", "Empezó la temporada 6.", "Six seasons began."),
    ("ja", "チャンネル4で放送された。", "It was broadcast on four channels."),
    ("ko", "채널 4에서 방송했다.", "Four channels broadcast it."),
    ("zh", "G7峰会", "seven summits"),
    ("ar", "بدأ سباق فورمولا 1 اليوم.", "The Formula race began today."),
    ("ru", "Это показал канал 1.", "The channel showed it."),
    ("zh", "该国航空公司已有111人遇难。", "111 of the registered airlines have died."),
]
KEPT = [
    ("zh", "这位三届世界冠军说他爱上了一个人。", "The three-time world champion said he had fallen in love."),
    ("zh", "六届世界冠军宣布退役。", "Six-time Ping-Pong world champions announced their farewell."),
    ("zh", "36人在学校受伤。", "36 people were hurt in schools."),
    ("ar", "بدأ سباق فورمولا 1 اليوم.", "The Formula One race began today."),
    ("zh", "第1天", "the opening day"),
    ("zh", "1号线停运。", "Line 1 is out of service."),
    ("id", "mahasiswa S1", "undergraduates"),
    ("zh", "三名三届冠军", "three three-time champions"),
    ("zh", "他三次访问朝鲜。", "He made three visits to North Korea."),
    ("zh", "两届奥运会铜牌得主", "winner of two Olympic bronze medals"),
    ("zh", "三位冠军", "three champions"),
    ("de", "Der dreimalige Weltmeister", "the three-times world champion"),
    ("ar", "ثلاثة أبطال", "three champions"),
    ("zh", "广播4台的听众", "Radio 4 listeners"),
    ("zh", "第5频道的观众", "viewers of the fifth channel"),
    ("zh", "共有5个频道。", "There are five channels."),
    ("zh", "G7领导人", "the Group of Seven leaders"),
    ("zh", "4号种子选手", "No. 4 seeds"),
    ("zh", "唐宁街10号拒绝评论。", "Ten Downing Street refuses to comment."),
    ("zh", "第三天", "three days later"),
    ("de", "Die Gruppe 390 Verpflichtungen", "The group cited 390 commitments"),
    ("es", "La temporada pasada 32 partidos", "32 games last season"),
    ("tr", "geçen sezon 10'unda", "10 starts last season"),
    ("ja", "昨シーズン32試合", "32 games last season"),
    ("ar", "في منطقة 4 جنود", "four soldiers in an area"),
    ("ru", "Формула 2: гонщики", "Formula Two drivers"),
]


@pytest.mark.parametrize(("language", "source", "target"), CHANGED)
def test_what_became_a_count_is_marked(language: str, source: str, target: str) -> None:
    assert changed_unit(Pair(source, target, language, "en"))


@pytest.mark.parametrize(("language", "source", "target"), KEPT)
def test_a_name_or_a_count_that_stayed_one_is_left_alone(language: str, source: str, target: str) -> None:
    assert changed_unit(Pair(source, target, language, "en")) is None
