"""What translations do to numbers: value, scale, sign, unit, currency, month."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from generator.model import Pair
from generator.translate.number_checks import currency_slip
from generator.translate.quality_checks import quality_findings

DAMAGED = Path(__file__).parents[1] / "data" / "damaged-numbers.tsv"
REFERENCES = Path(__file__).parents[1] / "data" / "zh-en.tsv"
OF_NUMBERS = {"numbers", "currency", "unit", "sign", "month"}


def found(language: str, source: str, target: str) -> set[str]:
    return {each.check for each in quality_findings(Pair(source, target, language, "en"))}


WRONG = [
    ("numbers", "ar", "بلغت الخسائر 3 مليارات دولار.", "Losses were 3 million dollars."),
    ("numbers", "ar", "قتل 200 ألف شخص.", "200 people were killed."),
    ("numbers", "de", "Der Haushalt umfasst 3,2 Milliarden Euro.", "The budget comprises 3.2 million euros."),
    ("numbers", "zh", "会议于二〇二四年三月举行。", "The meeting was held in March 2004."),
    ("numbers", "zh", "三千五百万人受影响。", "3.5 million people were affected."),
    ("numbers", "th", "เริ่มในปี 2567", "It started in 2567."),
    ("numbers", "de", "1.234 Menschen", "1.234 people"),
    ("numbers", "ru", "Погибли двадцать пять человек.", "Thirty-five people died."),
    ("currency", "zh", "这座桥耗资超过90亿元。", "The bridge cost over $9 billion."),
    ("currency", "zh", "价值500亿日元", "worth 50 billion yuan"),
    ("currency", "zh", "票价100港元。", "The fare is $100."),
    ("currency", "ar", "بلغت 3 ملايين يورو", "It reached $3 million"),
    ("currency", "tr", "26.750 ABD doları", "€26,750"),
    ("currency", "ar", "سعرها 10 قروش", "It costs 10 sharks"),
    ("currency", "zh", "票价25元。", "The ticket is 25."),
    ("currency", "zh", "某品牌票价25元。", "A ticket of some brand is 25."),
    ("currency", "zh", "每度电5美分", "5 dollars per kilowatt hour"),
    ("currency", "de", "Das Porto kostet 85 Cent.", "The postage costs 85 euros."),
    ("currency", "ru", "Хлеб стоит 50 копеек.", "The bread costs 50 roubles."),
    ("numbers", "zh", "拨打116 123", "call 116,123"),
    ("unit", "zh", "10公里外", "10 miles away"),
    ("unit", "zh", "主队周五晚以 5：2 取胜", "The home team won at 5:2 p.m. on Friday night"),
    ("unit", "ar", "بعد 5 أيام", "after 5 years"),
    ("sign", "zh", "净利润为-5.2亿元", "The net profit was 520 million yuan"),
    ("sign", "zh", "公司亏损3亿元。", "The company made a profit of 300 million yuan."),
    ("sign", "de", "Die Aktie stieg um 5 Prozent.", "The share fell 5 per cent."),
    ("sign", "ar", "بدأت في عام 400 بعد الميلاد.", "It began in 400 B.C."),
    ("month", "ru", "Это было 3 сентября 2009 года.", "It was on 3 March 2009."),
    ("month", "he", "ב-17 במאי 2023", "on 17 March 2023"),
    ("numbers", "zh", "有3人死亡。", "Five people died."),
    ("numbers", "zh", "他应在两分钟内得分。", "He should have scored."),
    ("numbers", "zh", "里氏7.8级地震", "an 8.7-magnitude earthquake"),
    ("numbers", "zh", "七成受访者反对。", "7 per cent of those asked were against."),
    ("numbers", "es", "Costó 2.500 millones de euros.", "It cost 2.5 million euros."),
    ("numbers", "es", "en el siglo XVI", "in the 17th century"),
    ("numbers", "uk", "у XX столітті", "in the 19th century"),
    ("numbers", "ko", "열두 명이 숨졌다.", "Twenty people died."),
    ("numbers", "de", "halb zehn abends", "half past ten in the evening"),
    ("currency", "zh", "工资为每月8000元。", "The wage is 8,000 dollars a month."),
    ("currency", "ar", "بقيمة 300 مليون درهم", "worth 300 million dinars"),
    ("currency", "th", "ราคา 500 บาท", "The price is 500 dollars"),
    ("currency", "cs", "Stojí 500 korun.", "It costs 500 euros."),
    ("unit", "zh", "气温为30摄氏度。", "It was 30 degrees Fahrenheit."),
    ("unit", "zh", "降雨量达120毫米。", "120 centimetres of rain fell."),
    ("unit", "zh", "工人将享受三天的周末。", "Workers will enjoy three weekends."),
    ("unit", "zh", "这位五次大满贯得主的一天", "the five-day day of the winner"),
    ("unit", "zh", "他场均17.4分钟，5.6分。", "He averages 17.4 minutes, 5.6 minutes."),
    ("currency", "zh", "他辩论，赞美金正恩。", "He debates the Kim dollar."),
    ("currency", "ar", "وصل الوفد أمس.", "The delegation arrived for a dollar."),
    ("unit", "zh", "收了5斤。", "They got 5 kilograms."),
    ("unit", "ar", "بعد أسبوعين", "after two months"),
    ("unit", "ko", "5톤", "5 kilograms"),
    ("sign", "zh", "今晚气温降至零下12度。", "The temperature will drop to 12 degrees tonight."),
    ("sign", "ar", "وصلت درجة الحرارة إلى 5 درجات تحت الصفر.", "The temperature reached 5 degrees."),
    ("sign", "ru", "Ночью было 20 градусов мороза.", "It was 20 degrees at night."),
    ("sign", "hi", "तापमान शून्य से 5 डिग्री नीचे रहा।", "The temperature was 5 degrees."),
    ("sign", "hi", "निर्यात में 9 प्रतिशत की गिरावट आई।", "Exports rose by 9 per cent."),
    ("sign", "bn", "রপ্তানি ৫ শতাংশ কমেছে।", "Exports rose 5 per cent."),
    ("sign", "hi", "40 प्रतिशत की वृद्धि", "a fall of 40 per cent"),
    ("country", "ko", "화요일에 프랑스를 방문했다.", "He visited Germany on Tuesday."),
    ("sign", "es", "Las ventas han aumentado un 5 %.", "Sales have dropped by 5%."),
    ("sign", "ja", "前年比2.3%減", "up 2.3% from the previous year"),
    ("sign", "zh", "公元前221年", "in AD 221"),
    ("sign", "ru", "в 44 году до н. э.", "in 44 AD"),
]

RIGHT = [
    ("ar", "بلغت الخسائر 3 مليارات دولار.", "Losses were 3 billion dollars."),
    ("ar", "قتل 200 ألف شخص.", "200,000 people were killed."),
    ("ar", "حضر مئة شخص.", "100 people attended."),
    ("ar", "في الذكرى الرابعة والثلاثين", "On the 34th anniversary"),
    ("ar", "نسبة 40 بالمائة", "40 per cent"),
    ("de", "Der Haushalt umfasst 3,2 Milliarden Euro.", "The budget comprises 3.2 billion euros."),
    ("zh", "会议于二〇二四年三月举行。", "The meeting was held in March 2024."),
    ("zh", "该厂建于一九四九年。", "The factory was built in 1949."),
    ("zh", "共有九百一十二万二千三百四十一人。", "There are 9,122,341 people in all."),
    ("th", "เริ่มในปี 2567", "It started in 2024."),
    ("zh", "截至7月25日14时，全市累计采样21万余人次。", "As at 1400 hours on 25 July, 210,000 people."),
    ("zh", "上午9点半，会议开始。", "The meeting began at 9.30 a.m."),
    ("zh", "7日19时54分抵达。", "He arrived at 1954 hours on the 7th."),
    ("zh", "用户同比增长1倍多。", "The number of users more than doubled."),
    ("zh", "上世纪90年代", "In the 1990s"),
    ("zh", "成交额为1,234.56亿元", "The turnover was 123.456 billion yuan"),
    ("zh", "百余位观众鼓掌。", "More than 100 spectators applauded."),
    ("zh", "拨打116 123", "call 116-123"),
    ("ar", "مساحتها 300،948 ميلا", "an area of 300, 948 miles"),
    ("it", "Nel 2007 le navi sostituirono le altre", "In 2007 the ships replaced the others"),
    ("sv", "En 13-åring som skadades", "A 13-year-old who was hurt"),
    ("de", "Es kostet 50 Cent.", "It costs 50 cents."),
    ("de", "Es kostet 50 Eurocent.", "It costs 50 euro cents."),
    ("zh", "每度电5美分", "5 US cents per kilowatt hour"),
    ("de", "5 Center wurden eröffnet.", "5 centres were opened."),
    ("ar", "دفع 50 قرشا", "He paid 50 piastres"),
    ("zh", "这座城市的40周年纪念日", "The fortieth anniversary of the city"),
    ("ja", "令和6年に始まった。", "It began in 2024."),
    ("fr", "Au moins 50 personnes", "At least 50 people"),
    ("ar", "بلغ 50 جنيها", "It was £50"),
    ("zt", "票價100元。", "The fare is $100."),
    ("zh", "9·11恐怖袭击", "the 9/11 attacks"),
    ("zh", "工人将享受三天的周末。", "Workers will enjoy a three-day weekend."),
    ("zh", "这位五次大满贯得主", "the winner of five Grand Slams"),
    ("zh", "三次会议在三天内举行", "Three meetings were held in three days"),
    ("zh", "每公斤12元", "12 yuan a kilo"),
    ("ja", "1 万 5 千ドル", "$15,000"),
    ("de", "2011 und Millionen mehr", "2011 and millions more"),
    ("de", "in den letzten paar Tagen", "in the last days"),
    ("es", "a unas 10 millas de la costa", "about 10 miles offshore"),
    ("ar", "المباريات الـ 12 الفردية", "the 12 singles"),
    ("sv", "på 1800-talet", "in the 19th century"),
    ("zh", "装机容量500兆瓦", "The capacity is 500 megawatts"),
    ("zh", "全程5千米", "5 kilometres in all"),
    ("zh", "全场打八折", "20 per cent off everything"),
    ("zh", "增长三点五亿元", "It grew by 350 million yuan"),
    ("zh", "歼-20战机", "J-20 fighters"),
    ("zh", "上万人参加", "Thousands took part"),
    ("zh", "十一黄金周", "the Golden Week of October 1"),
    ("zh", "百分之零点五", "0.5 per cent"),
    ("ja", "第3四半期", "the third quarter"),
    ("ja", "重さ5キロ", "It weighs 5 kilos"),
    ("ja", "5キロ離れた", "5 kilometres away"),
    ("ru", "в XIX веке", "in the nineteenth century"),
    ("ru", "XXI век", "the 21st century"),
    ("ru", "Людовик XIV", "Louis XIV"),
    ("fr", "en 52 av. J.-C.", "in 52 BC"),
    ("de", "um halb neun", "at half past eight"),
    ("de", "Drei Viertel der Befragten", "75 per cent of those asked"),
    ("es", "a las ocho y media", "at half past eight"),
    ("hi", "शाम साढ़े पांच बजे", "at 5:30 p.m."),
    ("hi", "करीब सवा लाख लोग", "about 125,000 people"),
    ("hi", "पौने दो करोड़ रुपये", "17.5 million rupees"),
    ("bn", "১০ হাজার ৫০০ কোটি টাকা", "105 billion taka"),
    ("fa", "۲۲ بهمن ۱۳۵۷", "11 February 1979"),
    ("fa", "یک میلیون و ۲۰۰ هزار نفر", "1.2 million people"),
    ("fa", "۲/۵ میلیون", "2.5 million"),
    ("ar", "في 3 رمضان 1445", "on 13 March 2024"),
    ("ar", "شارك ١٢٫٥٠٠ شخص.", "12,500 people took part."),
    ("ko", "서른다섯 살", "thirty-five years old"),
    ("ru", "температура −5 °C", "a temperature of 5 degrees below zero"),
]


@pytest.mark.parametrize(("check", "language", "source", "target"), WRONG)
def test_a_change_is_found(check: str, language: str, source: str, target: str) -> None:
    assert check in found(language, source, target)


@pytest.mark.parametrize(("language", "source", "target"), RIGHT)
def test_other_ways_to_write_a_number_are_left_alone(language: str, source: str, target: str) -> None:
    assert found(language, source, target) == set()


def test_nine_in_ten_damaged_numbers_are_found_in_ten_languages() -> None:
    with DAMAGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    hits = [bool(OF_NUMBERS & found(row["language"], row["source"], row["target"])) for row in rows]
    assert len(rows) == 120
    assert Counter(row["language"] for row in rows).keys() == set("ar de es fa hi ja ko ru tr zh".split())
    assert sum(hits) >= 0.9 * len(hits)


def test_references_are_hardly_ever_flagged() -> None:
    rows = [line.split("\t") for line in REFERENCES.read_text("utf-8").splitlines()]
    flagged = [source for source, target in rows if OF_NUMBERS & found("zh", source, target)]
    assert len(flagged) <= 0.01 * len(rows)


def test_a_currency_that_alone_is_wrong_can_be_mended() -> None:
    pair = Pair("这座桥耗资超过90亿元。", "The bridge cost over $9 billion.", "zh", "en")
    slip = currency_slip(pair)
    assert slip is not None
    assert slip.currency == "CNY"
    assert (
        pair.target[: slip.start] + slip.amount + pair.target[slip.end :]
        == "The bridge cost over 9 billion yuan."
    )


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("耗资90亿元。", "It cost 9 billion yuan."),
        ("耗资90亿元，1949年建成。", "It cost $9 billion and was built in 1994."),
        ("票价25元，折扣价20元。", "The fare is $25, reduced $20."),
    ],
)
def test_what_is_right_or_wrong_in_more_is_not_mended(source: str, target: str) -> None:
    assert currency_slip(Pair(source, target, "zh", "en")) is None


def test_the_detail_names_value_and_currency_on_both_sides() -> None:
    (finding,) = quality_findings(Pair("票价25元。", "The fare is $25.", "zh", "en"))
    assert finding.detail == "25元 → $25"
