"""Countries that translations into English exchange or leave out, in the forms in which languages name them."""

from __future__ import annotations

import pytest

from generator.model import Pair
from generator.translate.country_checks import changed_country

CHANGED = [
    ("de", "Das indonesische Rote Kreuz hilft in Indonesien.", "The Indonesian Red Cross helps in Malaysia."),
    ("de", "Großbritannien verlässt die Union.", "Spain is leaving the union."),
    ("de", "Regen fiel in Nordmexiko.", "Rain fell in northern Hungary."),
    ("ar", "أعلنت الحكومة الصينية خطة جديدة.", "The Japanese government announced a new plan."),
    ("ar", "تعادل المنتخب السوري أمس.", "The Libyan team drew yesterday."),
    ("es", "El equipo estadounidense ganó.", "The German team won."),
    ("es", "Un diplomático sueco llegó ayer.", "A Swiss diplomat arrived yesterday."),
    ("fa", "روسیه در پاسخ گفت روسیه تسلیم نمی‌شود.", "Russia answered that Poland would not give in."),
    ("hi", "उत्तरी मेक्सिको में बाढ़ आई।", "Floods hit northern Brazil."),
    ("ja", "英国がEUを離脱する。", "Spain is leaving the EU."),
    ("ja", "米国の当局者が語った。", "French officials said so."),
    ("ko", "볼리비아 국민은 볼리비아의 주장을 지지한다.", "Bolivians support Peru's claim."),
    ("ru", "Немецкие промышленники недовольны.", "Swedish industrialists are not pleased."),
    ("ru", "Турецкий министр прибыл.", "The Greek minister arrived."),
    ("tr", "Rusya'nın müdahalesi ve Rusya ile bağlar", "Russian interference and ties with Poland"),
    ("zh", "印尼海啸已造成800人死亡。", "The tsunami in Malaysia has killed 800 people."),
    ("zh", "中国日前宣布反制措施。", "Japan announced countermeasures some days ago."),
    ("zh", "意大利利率西部最低。", "Libya has the lowest interest rates in the west."),
    ("fr", "Le ministre grec est arrivé.", "The Turkish minister arrived."),
    ("ar", "أطلق على الأبجدية الهنجولية اسم هانمن.", "He called the Hungarian alphabet Hanmen."),
    (
        "zh",
        "印度尼西亚龙目岛地震，该岛北部受灾。",
        "The north of Indonesia suffered as the Indonesian isle shook.",
    ),
    ("zh", "她想要的是一名菲佣。", "She wanted a maid."),
    ("zh", "朝鲜外交部长昨日抵达。", "The Foreign Minister of Korea arrived yesterday."),
    ("ar", "أطلقت كوريا الشمالية صاروخا.", "Korea fired a missile."),
    ("zh", "他反对英国脱欧。", "He opposes the British Deutsche."),
    ("zh", "总统宣布辞职。", "The Brazilian president announced his resignation."),
]
KEPT = [
    ("zh", "法国总统访日，日方表示欢迎。", "The French president visited Japan, which welcomed him."),
    ("zh", "印尼与印度", "Indonesia and India"),
    ("ru", "Москва и Берлин договорились.", "Russia and Germany have agreed."),
    ("ja", "インドネシアの大統領", "the Indonesian president"),
    ("ko", "미군이 한국에 남는다.", "US troops stay in South Korea."),
    ("es", "El Salvador es un país centroamericano.", "El Salvador is a Central American country."),
    ("id", "Perusahaan itu ada di Cina.", "The company is in China."),
    ("ar", "افتتح في نيويورك مطعم فلبيني.", "A Philippine restaurant opened in New York."),
    ("fa", "مجموعه‌ای از جزیره‌ها در اندونزی", "a group of islands in Indonesia"),
    ("nl", "De Nederlandse en de Duitse premier", "the Dutch and German prime ministers"),
    ("ar", "خسرت الشركة مليارات الدولارات.", "The company lost billions of US dollars."),
    ("ar", "يعيش السكان الأصليون في جرينلاند.", "Indigenous people live in Greenland."),
    ("zh", "昨日军方表示", "The military said yesterday"),
    ("zh", "美军撤离。", "US troops are leaving."),
    ("zh", "朝鲜半岛无核化", "the denuclearization of the Korean peninsula"),
    ("zh", "韩国总统", "the president of Korea"),
    ("zh", "朝鲜问题", "the Korean issue"),
    ("zh", "他是英国广播公司的评论员。", "He is a commentator for the BBC."),
    ("zh", "美国联邦调查局开始调查。", "The FBI has begun to investigate."),
    ("zh", "他是乌兹别克斯坦人。", "He is Uzbek."),
    ("zh", "美国驻华大使指责中国。", "The US ambassador in China accused China."),
    ("zh", "中美贸易", "trade between China and the United States of America"),
    ("es", "El presidente salvadoreño de El Salvador", "the Salvadoran president"),
    ("zh", "舰艇驶入南海。", "The ships entered the South China Sea."),
    ("zh", "我国经济增长。", "China's economy is growing."),
    ("zh", "印第安人", "American Indians"),
    ("ja", "独誌を訴える", "to sue a German magazine"),
    ("hi", "यू.के. सरकार", "the UK government"),
    ("ru", "Авиакатастрофа в Микронезии", "A plane crash in Micronesia"),
    ("bn", "ক্ষমতার লড়াই রুয়ান্ডায়", "the struggle for power in Rwanda"),
]


@pytest.mark.parametrize(("language", "source", "target"), CHANGED)
def test_another_country_is_marked(language: str, source: str, target: str) -> None:
    assert changed_country(Pair(source, target, language, "en"))


@pytest.mark.parametrize(("language", "source", "target"), KEPT)
def test_a_country_named_otherwise_is_left_alone(language: str, source: str, target: str) -> None:
    assert changed_country(Pair(source, target, language, "en")) is None
