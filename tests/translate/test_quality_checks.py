"""Quality checks, on real output of the Argos Arabic→English model and on made cases."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model import Finding, Pair
from generator.translate.glossary import Glossary, Term
from generator.translate.postprocess import postprocess
from generator.translate.quality_checks import CHECKS, EXPLANATIONS, quality_findings

REAL = Path(__file__).parents[1] / "data" / "argos-output.ar-en.tsv"

CASES = [
    ("repetition", "ليبيا", "Libya Libya Libya"),
    (
        "repetition",
        "قال الرئيس إنه سيزور ليبيا.",
        "He said that he would visit he said that he would visit Libya.",
    ),
    ("repetition", "قال إنه سيصل مبكرا", "He said that it is to happen early happen early"),
    ("repetition", "他在东部", "In the east, he is in the east in the east."),
    ("repetition", "他在北京的东部工作", "He works in the east of in the east of Beijing"),
    (
        "length",
        "قال الرئيس إنه سيزور ليبيا غدا. ثم قال إنه لن يزورها أبدا بعد ذلك اليوم.",
        "He would visit Libya.",
    ),
    ("length", "ليبيا", "The State of Libya and all that belongs to it in the north of the continent"),
    ("copied", "قال الرئيس كوبلر هذا", "قال الرئيس كوبلر هذا"),
    ("script", "قال كوبلر إن داعش هناك", "Kobler said that داعش is there"),
    ("script", "威尔士国民议会议员担心", "Members of the 国民议会 are worried"),
    ("numbers", "قتل 17 شخصا", "Seventy people were killed"),
    ("numbers", "عام 2011", "In 2012"),
    ("numbers", "بلغ ٤١٬٧٨٠ شخصا", "It reached 41,78027 people"),
    (
        "month",
        "他说，4日指挥部商谈过着陆事宜。",
        "He said that the command had spoken about the landing on 4 April.",
    ),
    ("month", "وصل الرئيس يوم 17 إلى طرابلس", "The President arrived in Tripoli on May 17"),
    ("residue", "قال الرئيس", "The president &apos; s word"),
    ("residue", "قال الرئيس", "The president ⁇ said"),
    ("quotes", 'قال "نعم" ثم ذهب', 'He said "yes and left'),
    ("empty", "قال الرئيس", " ."),
    ("address", "请发送至 hr_zhang.san@example.com.cn", "Send it to rr_zhang.san@example.com.cn"),
    ("address", "详见https://example.com/新闻/1", "See https://example.com/news/1"),
    ("address", "كتب @اليوم_السابع أمس", "He wrote yesterday"),
    ("address", "请访问a.com", "Visit a.com.cn"),
    ("address", "关注@user", "Follow @user2"),
    ("address", "致信an@b.org", "Write to jan@b.org"),
    ("emoji", "我们👩🏿‍🚀赢了", "We 👩‍🚀 won"),
    ("emoji", "我们🇨🇳赢了", "We 🇨 won"),
    ("code", "您有 %1$s 条新消息，{name}", "You have %1 US$s new messages, {name}"),
    ("emoji", "我们赢了🎉🎉🎉", "We won 🎉🎉"),
    ("emoji", "我们赢了🎉", "We won! 🎉 We won! 🎉"),
    ("latin", "它已DEPRECATED", "It is Deprechad"),
    ("country", "瑞典首相访问北京。", "The Swiss prime minister visited Beijing."),
    ("country", "伊朗和法国签署了协议。", "Iraq and France signed an agreement."),
    ("country", "朝鲜发射了导弹。", "South Korea fired a missile."),
    ("month", "据明镜周刊周五报道，他付了钱。", "According to the weekly Mirror, he paid."),
    ("country", "苏格兰和全英国", "Scotland and all of England"),
    ("country", "他9月份入伍后随军进驻伊拉克一年。", "He joined the army in September for a year."),
    ("month", "他于周一晚间被捕。", "He was arrested on a Sunday night."),
    ("month", "وصل يوم الثلاثاء", "He arrived on Monday"),
    ("country", "他出席了新加坡朝美峰会。", "He attended the Singapore-United States summit."),
    ("country", "وصل الوفد إلى النمسا", "The delegation arrived in Australia"),
    ("residue", "？？？好吧", "♪ I'm not sure ♪"),
]

GOOD = [
    ("قتل ١٧ شخصا", "Seventeen people were killed"),
    ("بلغ 1.2 مليون", "It reached 1,200,000"),
    ("الساعة 20:30", "at 8:30 p.m."),
    ("الساعة 11:20", "at 1120 hours"),
    ("في الستينيات", "in the 1960s"),
    ("ثلاثة آلاف شخص", "3,000 people"),
    ("مساحتها 3136 مم2", "It measures 3136 mm"),
    ("٥ آلاف", "five thousand"),
    ("25 شخصا", "twenty-five people"),
    ("وصل في 17 أيار/مايو", "He arrived on 17 May"),
    ("于1月17日抵达", "Arrived on 17 January"),
    ("1968年10月2日，军队开枪。", "On Oct. 2, 1968, the army opened fire."),
    ("她百分之百确定。", "She was 100 per cent certain."),
    (
        "“英国超能陆战队 (BAMMA)”和“格斗巅峰 (Bellator MMA)”的 Cage Warriors 大赛（2018 年）",
        "The Cage Warriors of BAMMA and Bellator MMA (2018)",
    ),
    ("元旦的讲话", "The speech of January 1"),
    ("长征三号火箭", "The Long March 3 rocket"),
    ("特雷莎·梅29岁", "Teresa May, 29"),
    ("نعم", "Yes"),
    ("", ""),
    ("NATO", "NATO"),
    ("详见https://example.com/新闻/1 。", "See https://example.com/新闻/1."),
    ("我们赢了☀️", "We won ☀"),
    ("第1️⃣名", "Place 1️⃣ of 11"),
    ("请访问a.com，关注@user", "Visit a.com's page. Follow @user."),
    ("他以 80 km/h 驾驶", "He drives at 80 kilometres an hour"),
    ("قال لا لا لا", "He said no no no"),
    ("加油加油加油！", "Go go go!"),
    ("中美关系", "Sino-US relations"),
    ("荷兰首相访问英国。", "The Dutch prime minister visited the UK."),
    ("朝鲜战争", "the Korean War"),
    ("捷克斯洛伐克人和沿海地区", "Czechoslovaks and the coast"),
    ("卫生官员说中国国内有许多人受影响。", "Many in the country are affected, health officials say."),
    ("每周一次，在周二", "once a week, on Tuesday"),
    ("每周四天工作制", "a four-day week"),
    ("朝美峰会", "the summit of North Korea and America"),
    ("如果朝鲜无法信任美国", "If the Democratic People's Republic of Korea cannot trust the United States"),
    ("该国与法国签署了协议。", "The country signed an agreement with Paris."),
    ("他笑了：哈哈哈哈。", "He laughed: Ha ha ha ha."),
    ("هو من الاتحاد", "He is of the Union, of the Union's best"),
    ("نتيجة 6 1 6 1", "A score of 6 1 6 1"),
    ("很快很快他来了", "Very soon very soon he came"),
]


def names(source: str, target: str) -> set[str]:
    language = "zh" if source and source[0] > "\u3000" else "ar"
    return {finding.check for finding in quality_findings(Pair(source, target, language, "en"))}


@pytest.mark.parametrize(("name", "source", "target"), CASES)
def test_a_fault_is_found(name: str, source: str, target: str) -> None:
    assert name in names(source, target)


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_a_good_translation_is_left_alone(source: str, target: str) -> None:
    assert names(source, target) == set()


def test_a_guess_is_flagged() -> None:
    assert [finding.check for finding in quality_findings(Pair("نعم هنا", "Yes here", "ar", "en", -2.5))] == [
        "score"
    ]
    assert quality_findings(Pair("نعم هنا", "Yes here", "ar", "en", -0.4)) == ()


@pytest.mark.parametrize(
    ("source", "target", "language", "loops"),
    [
        ("He said so", "他说他说他说他说", "zh", True),
        ("He went", "เขาไปเขาไปเขาไป", "th", True),
        ("ha ha ha", "哈哈哈哈哈哈", "zh", False),
        ("1000000 people", "1000000人", "zh", False),
        ("He went home slowly", "他慢慢地回家了", "zh", False),
    ],
)
def test_a_loop_is_found_where_no_blanks_part_words(
    source: str, target: str, language: str, loops: bool
) -> None:
    found = quality_findings(Pair(source, target, "en", language))
    assert ("repetition" in {finding.check for finding in found}) == loops


def test_real_output_is_flagged_seldom_and_rightly() -> None:
    rows = [line.split("\t") for line in REAL.read_text("utf-8").splitlines()[1:]]
    flagged = {
        number: {
            finding.check for finding in quality_findings(Pair(source, postprocess(target, source), "ar", "en"))
        }
        for number, (source, target, _, _) in enumerate(rows)
    }
    expected = {number: set(row[3].split()) for number, row in enumerate(rows)}
    assert flagged == expected


def test_every_check_tells_what_it_means() -> None:
    assert list(EXPLANATIONS) == [*(check.name for check in CHECKS), "glossary"]
    for explanation in EXPLANATIONS.values():
        assert explanation.endswith(".")
        assert "\n" not in explanation


@pytest.mark.parametrize(
    ("language", "source", "brief"),
    [
        ("zh", "否", True),
        ("zh", "不。", True),
        ("zh", "例外", True),
        ("zh", "好的，谢谢。", False),
        ("ja", "はい。", True),
        ("th", "ไม่", True),
        ("th", "รถไฟมาถึงแล้ว", False),
        ("ar", "نعم.", True),
        ("ar", "قال نعم", False),
        ("ko", "아니요.", True),
        ("hi", "नहीं", True),
        ("fr", "18 : 30", False),
        ("ru", "Да 😀", True),
        ("ar", "نعم https://a.example/b", True),
        ("tr", "@ahmet Hayır!", True),
        ("de", "- Nein.", True),
        ("zh", "「否」", True),
        ("he", "כן, תודה", False),
    ],
)
def test_a_word_alone_is_too_short_for_a_machine(language: str, source: str, brief: bool) -> None:
    target = source.replace("18 : 30", "18:30")
    found = quality_findings(Pair(source, target, language, "en", -0.1))
    assert ("brief" in {finding.check for finding in found}) == brief
    assert "brief" not in {finding.check for finding in quality_findings(Pair(source, "Yes", language, "en"))}


def test_a_word_that_the_glossary_has_is_not_too_short() -> None:
    glossary = Glossary((Term(("例外",), ("exception",)),))
    assert quality_findings(Pair("例外。", "Exception.", "zh", "en", -0.1), glossary) == ()
    assert glossary.is_term("例外")
    assert not glossary.is_term("例外情况")


def test_an_engine_has_its_own_bound_and_says_what_it_could_not_read() -> None:
    pair = Pair("他说你好了", "He said hello", "zh", "en", -0.95, unsure_below=-0.9, unread="𠮷")
    assert quality_findings(pair) == (Finding("unread", "𠮷"), Finding("score", "-0.95"))
    assert quality_findings(replace(pair, unsure_below=-1.0, unread="")) == ()


def test_letters_that_the_engine_could_not_read_may_stand_in_the_translation() -> None:
    pair = Pair("叡林公司停产了", "叡 Lin stopped production", "zh", "en", -0.5, unread="叡")
    assert [finding.check for finding in quality_findings(pair)] == ["unread"]
