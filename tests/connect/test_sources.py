"""What sources call the topics and names of a digest."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from generator import connect
from generator.connect.alignment import translations
from generator.connect.sound import spelling
from generator.connect.topics import topics
from generator.model import Segment, Translation
from tests.support import corpus, samples
from tests.support.real_news import real_news

ARABIC_SOUNDS = [
    ("Barack Obama", "وقال باراك أوباما في البيت الأبيض.", "باراك أوباما"),
    ("Kowalski", "فاز كوفالسكي بالانتخابات.", "كوفالسكي"),
    ("Pakistan", "في الهند وباكستان وأفغانستان.", "باكستان"),
    ("Beirut", "وصلوا ببيروت إلى الميناء.", "بيروت"),
    ("Iraq", "مساعدة العراق.", "العراق"),
    ("NATO", "قال حلف الناتو.", "الناتو"),
    ("Los Angeles", "في لوس أنجلوس.", "لوس أنجلوس"),
    ("Wellington", "جمهور مدينة وويلنجتون.", "ويلنجتون"),
    ("Muammar al-Gaddafi", "سقوط معمر القذافي.", "معمر القذافي"),
    ("China", "وزارة الصناعة في الصين.", None),
    ("Italy", "الحكومة الإيطالية.", None),
    ("Peru", "من بر إلى بحر.", None),
    ("Egypt", "سافر إلى مصر.", None),
    ("Ann Lee", "كتاب جديد.", None),
]
CHINESE_SOUNDS = [
    ("Trump", "周二特朗普表示。", "特朗普"),
    ("Joseph Kowalski", "候选人约瑟夫·科瓦尔斯基获胜。", "约瑟夫·科瓦尔斯基"),
    ("Daniel Haddad", "市长丹尼尔·哈达德说。", "丹尼尔·哈达德"),
    ("Elena Romero", "医生埃琳娜·罗梅罗负责。", "埃琳娜·罗梅罗"),
    ("Arizona", "周三亚利桑那州下雨。", "亚利桑那"),
    ("Maria Santoro", "教练玛丽亚·桑托罗称赞。", "玛丽亚·桑托罗"),
    ("Spain", "来自西班牙的球队。", None),
    ("China", "青海的西宁。", None),
    ("Russia", "我国与俄罗斯。", None),
    ("London", "在伦敦发生。", None),
    ("Japan", "日本队获胜。", None),
]


@pytest.mark.parametrize(
    ("language", "name", "source", "expected"),
    [("ar", *row) for row in ARABIC_SOUNDS] + [("zh", *row) for row in CHINESE_SOUNDS],
)
def test_a_name_is_found_by_its_sound(language: str, name: str, source: str, expected: str | None) -> None:
    assert spelling(name, [0], [source], language) == expected


def test_what_other_sentences_have_as_often_is_no_short_name() -> None:
    sources = ["قال ليما ذلك.", "ليما أخرى."]
    assert spelling("Lima", [0, 1], sources, "ar") == "ليما"
    assert spelling("Lima", [0], sources, "ar") is None
    assert spelling("Lima", [0], sources, "es") is None


def test_names_without_end_take_no_time() -> None:
    """Each n of these can close one character or open the next."""
    assert spelling("Na" * 20, [0], ["那" * 200], "zh") == "那" * 20
    assert spelling("Lana" * 10, [0], ["兰那" * 200], "zh") == "兰那" * 10
    assert spelling("Lana" * 11, [0], ["兰那" * 200], "zh") is None


def written(translation: Translation) -> dict[str, str]:
    """Return how the source spells the names that it spells in another way."""
    names = connect.profile(translation).names
    return {name.title: name.sources[0] for name in names if name.sources and name.sources[0] != name.title}


SEEDS = {
    "Libya": "ليبيا",
    "ISIS": "داعش",
    "Martin Kobler": "مارتن كوبلر",
    "NATO": "الناتو",
    "Peter Cook": "بيتر كوك",
    "Barack Obama": "باراك أوباما",
    "Sirte": "سرت",
    "Ashton Carter": "أشتون كارتر",
    "Der Spiegel": "دير شبيغل",
    "Muammar Gaddafi": "معمر القذافي",
    "Niger": "النيجر",
    "Chad": "تشاد",
    "Pentagon": "البنتاغون",
    "Iraq": "العراق",
    "Anders Fogh Rasmussen": "أندريس فوج راسموسن",
    "Wales": "ويلز",
    "Africa": "افريقيا",
    "Kosovo": "كوسوفو",
    "Afghanistan": "أفغانستان",
    "Montenegro": "مونتينيجرو",
    "Georgia": "جورجيا",
    "Russia": "روسيا",
}
NEWS = {
    "Macedonia": "马其顿",
    "Palu": "巴鲁",
    "Indonesia": "印度尼西亚",
    "Sulawesi": "苏拉威西",
    "Jakarta": "雅加达",
    "Hibernian": "希伯尼安",
    "Livingston": "利文斯顿",
    "Rangers": "流浪者队",
    "Kavanaugh": "卡瓦诺",
    "Trump": "特朗普",
    "Mexico": "墨西哥",
}


def test_names_of_the_seeds_and_of_real_news_are_spelled_as_their_sources_do() -> None:
    """None is wrong; ISIS, whose letters say nothing, and Rangers are told by their sentences alone."""
    found = [written(each) for each in (*samples.seeds(), *real_news())]
    assert {name: each for row in found for name, each in row.items()} == SEEDS | NEWS


@cache
def truth() -> dict[str, corpus.Spelling]:
    people = [corpus._full(*pair) for pair in product((*corpus.MEN, *corpus.WOMEN), corpus.FAMILIES)]
    return {each["en"]: each for each in (*corpus.PLACES, *corpus.GROUPS, *corpus.FAMILIES, *people)}


def test_hardly_any_name_of_the_corpus_is_spelled_wrongly() -> None:
    """Measured without a glossary: of 305 Arabic ones 254 found, of 296 Chinese ones 222, none wrong."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in corpus.translations(200):
        profile = connect.profile(each)
        for name in profile.names:
            expected = truth().get(name.title, {}).get(profile.language)
            if expected and profile.language in ("ar", "zh"):
                kind = "none" if not name.sources else "right" if name.sources[0] == expected else "wrong"
                counts[profile.language, kind] += 1
    for language, floor in (("ar", 0.8), ("zh", 0.7)):
        right, wrong = counts[language, "right"], counts[language, "wrong"]
        assert wrong <= 0.01 * right
        assert right >= floor * (right + wrong + counts[language, "none"])


TOPICS = {
    "battery factory": {"电池工厂", "fábrica de baterías", "مصنع للبطاريات"},
    "drought": {"جفاف", "干旱", "sequía"},
    "earthquake": {"زلزال", "地震", "terremoto"},
    "election": {"انتخابات", "选举", "elecciones"},
    "football cup": {"足球杯", "copa de fútbol"},
    "fraud": {"احتيال", "欺诈", "fraude"},
    "measles": {"حصبة", "麻疹", "sarampión"},
    "presidential election": {"الانتخابات الرئاسية", "总统选举", "elecciones presidenciales"},
    "strike": {"إضراب", "罢工", "huelga"},
}


@pytest.mark.parametrize(("count", "floor"), [(200, 19), (600, 19)])
def test_no_topic_has_the_name_of_something_else(count: int, floor: int) -> None:
    profiles = [replace(connect.profile(each), declared=()) for each in corpus.translations(count)]
    found = {(topic.title, spelling) for topic in topics(profiles) for _, spelling in topic.sources}
    assert {(title, spelling) for title, spelling in found if spelling not in TOPICS[title]} == set()
    assert len(found) >= floor


def news(*pairs: tuple[str, str], language: str = "ar") -> list[connect.Profile]:
    """Return three articles of the same pairs, each about another thing besides."""
    other = {"ar": ("كتاب", "سفينة", "شجرة"), "zh": ("书本", "轮船", "树木")}[language]
    return [
        connect.profile(
            samples.translation(
                f"a{number}",
                language,
                [
                    [
                        Segment(f"{source} {thing}.", f"{target} near the {english}.", "reviewed")
                        for source, target in pairs
                    ]
                ],
            )
        )
        for number, (thing, english) in enumerate(zip(other, ("book", "ship", "tree"), strict=True))
    ]


ALIGNED = [
    ("ar", [("الجفاف طويل", "The drought"), ("والجفاف هنا", "A drought"), ("شيء", "The harbour")], "جفاف"),
    ("zh", [("干旱很长。", "The drought"), ("由于干旱，", "A drought"), ("港口", "The harbour")], "干旱"),
    ("ar", [("الجفاف والقمح", "The drought, the wheat"), ("قمح مع الجفاف", "The wheat, the drought")], None),
    ("ar", [("الجفاف", "The drought"), ("الماء", "The drought"), ("السد", "The drought")], None),
]


@pytest.mark.parametrize(("language", "pairs", "expected"), ALIGNED)
def test_a_word_translates_a_topic_if_no_other_could(
    language: str, pairs: list[tuple[str, str]], expected: str | None
) -> None:
    """The third article's two words always stand together; the fourth calls one thing by three words."""
    profiles = news(*pairs, language=language)
    found = translations({"drought": [profile.slug for profile in profiles]}, profiles)
    assert found == ({"drought": [(language, expected)]} if expected else {})


def test_one_article_alone_tells_no_translation() -> None:
    profiles = news(("الجفاف طويل", "The drought"), ("والجفاف هنا", "A drought"), ("شيء", "The harbour"))
    assert translations({"drought": ["a0"]}, profiles[:1]) == {}
