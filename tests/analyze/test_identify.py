"""Languages of real texts, of odd ones and of articles that mix them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analyze.identify import identify_paragraphs, identify_text
from generator.languages import LANGUAGES
from generator.model import UNKNOWN

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
OURS = {"no": "nb", "ku": "ckb"}
TEXTS = [
    (
        text["kind"],
        "zt" if text["code"] == "zho-TW" else OURS.get(text["lang"], text["lang"]),
        text["text"],
    )
    for text in map(json.loads, (HERE / "data" / "languages.jsonl").read_text("utf-8").splitlines())
]
ARTICLES = [(language, text.split("\n")) for kind, language, text in TEXTS if kind == "article"]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
ARABIC = "وقال المتحدث باسم الحكومة إن القرار سيطبق اعتبارا من يوم الأحد المقبل في جميع المحافظات."
ENGLISH = "The spokesman said that the decision would be applied from next Sunday in all of the provinces."
FRENCH = "Le porte-parole a déclaré que la décision serait appliquée dès dimanche dans toutes les provinces."


@pytest.mark.parametrize(("kind", "floor"), [("headline", 0.95), ("sentence", 0.98), ("article", 1.0)])
def test_languages_of_texts(kind: str, floor: float) -> None:
    found = [(identify_text(text).language, language) for its_kind, language, text in TEXTS if its_kind == kind]
    assert sum(ours == gold for ours, gold in found) / len(found) >= floor, [
        pair for pair in found if pair[0] != pair[1]
    ]


@pytest.mark.parametrize("language", ["fa", "ur", "ps", "ckb", "ug", "sd"])
def test_neighbours_of_arabic_are_never_called_arabic(language: str) -> None:
    texts = [text for _, gold, text in TEXTS if gold == language]
    assert len(texts) >= 5
    assert "ar" not in {identify_text(text).language for text in texts}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_seeds_are_arabic(seed: Path) -> None:
    identified, languages = identify_paragraphs(seed.read_text("utf-8").splitlines())
    assert identified.language == "ar"
    assert identified.confidence > 0.9
    assert set(languages) == {"ar"}


CASES = {
    "Persian typed with Arabic letters": ("fa", "حكومت ايران اعلام كرد كه اين تصميم را اجرا مي كند"),
    "Arabic typed with Persian letters": ("ar", "قالت الحکومة العراقیة إن القرار سیطبق علی الجمیع"),
    "Arabic with letters of foreign names": ("ar", "أعلنت مجموعة ڤولكسڤاغن في پاريس عن سيارة جديدة"),
    "Arabic presentation forms": ("ar", "ﺍﻟﺤﻜﻮﻣﺔ ﺍﻟﻌﺮﺍﻗﻴﺔ ﻗﺎﻟﺖ ﺍﻟﻴﻮﻡ"),
    "Arabic around an English name": ("ar", "قالت شركة Microsoft Corporation إنها ستفتح مكتبا في بغداد"),
    "English around an Arabic name": (
        "en",
        "The paper الشرق الأوسط wrote that the minister would leave soon.",
    ),
    "Kurmanji": ("ku", "Dewletê biryar da ku li bajarê Amedê dibistanên nû werin vekirin"),
    "Kurdish in Arabic letters": ("ckb", "ل دهۆکێ هەژمارا خەلکێ یا زێدە بووی ژ بەر کو"),
    "simplified Chinese": ("zh", "政府宣布这项决定将从下周开始实施"),
    "traditional Chinese": ("zt", "政府宣布這項決定將從下週開始實施"),
    "Japanese without kana": ("ja", "気象庁、関東地方全域対象警報発表"),
    "Korean with Chinese characters": ("ko", "대한민국 정부는 美國과 中國의 관계에 대해 발표했다"),
    "Croatian": ("hr", "Tijekom tjedna vlak je prevezao tisuću putnika, priopćio je sustav željeznica."),
    "Bosnian": (
        "bs",
        "Šta je historija? Neko je u evropi prije hiljadu godina uvijek ovdje čekao, saopćeno je.",
    ),
    "Serbian in Latin letters": ("sr", "Predsednik je posle sednice rekao da će uvek biti lepo vreme ovde."),
    "Serbian with Latin letters among the Cyrillic": (
        "sr",
        "Кoнцeпт рeклaмe зaснивa сe нa сaзнaњу дa мнoгe мajкe",
    ),
    "Nynorsk": ("nn", "Eg veit ikkje kva dei vil gjere, men det er mykje å tenkje på frå no av."),
    "Yiddish": ("yi", "די רעגירונג האָט געזאָגט אַז דער באַשלוס איז ניט גוט און זיי וועלן עס ענדערן"),
    "Tigrinya": ("ti", "መንግስቲ እቲ ውሳነ ኣብ ዝመጽእ ሰሙን ክትግበር እዩ ኢሉ"),
    "Assamese": ("as", "চৰকাৰে কৈছে যে এই সিদ্ধান্ত অহা সপ্তাহৰ পৰা কাৰ্যকৰী হ'ব"),
    "soft hyphens": ("de", "Zusam\u00admen\u00adarbeit mit der Regie\u00adrung"),
    "capitals": ("en", ENGLISH.upper()),
    "an address": (
        "de",
        "Mehr dazu lesen Sie hier: https://www.example.com/the/latest/news/from/england me@example.org",
    ),
}


@pytest.mark.parametrize(("language", "text"), CASES.values(), ids=CASES)
def test_hard_cases(language: str, text: str) -> None:
    assert identify_text(text).language == language


SILENT = {
    "nothing": "",
    "space": " \n\t",
    "digits": "2024-05-01 12:30, 45 %",
    "emoji": "😀🎉👍🏽 ❤️",
    "addresses": "https://example.com/the/news me@example.org @example",
    "two letters": "ok",
    "an abbreviation": "BBC",
    "keystrokes": "asdf qwer zxcv hjkl uiop",
    "part numbers": "X7K2-99 ZB441 QRT 5511-KL",
    "code": "for (int i = 0; i < n; i++) { x[i] += y[i]; }",
    "a Private Use text": "\ue000\ue001\ue002",
    "noncharacters": "\ufdd0\uffff\U0010ffff",
    "controls": "\x00\x01\x02\x7f\x9f",
    "unpaired surrogates": "\ud800\udfff",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_says_nothing_is_unknown(text: str) -> None:
    assert identify_text(text).language == UNKNOWN


def test_controls_and_surrogates_do_not_hide_the_language() -> None:
    assert identify_text("\x00\ud800".join(ENGLISH.split(" "))).language == "en"


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    found = identify_text(text)
    assert 0 <= found.confidence <= 1
    assert found.language == UNKNOWN or found.language.isalpha()


def test_a_long_text_is_sampled_from_start_to_end() -> None:
    assert identify_text(ARABIC * 12_000).language == "ar"
    assert identify_text("12 %, " * 1000 + ENGLISH * 1000).language == "en"
    mixed = identify_text(ARABIC * 2000 + ENGLISH * 8000)
    assert mixed.language == "en"
    assert mixed.confidence < 0.95


DECLARATIONS = {
    "settles a close call": ("ms", "ms", "Kajian Sejarah"),
    "settles it the other way": ("id", "id", "Kajian Sejarah"),
    "settles a very short text": ("da", "da", "Kend historien"),
    "speaks for a text without letters": ("fa", "fa", "2024"),
    "overridden by another script": ("ar", "en", ARABIC),
    "overridden by letters": ("ar", "fa", ARABIC),
    "overridden by words": ("en", "fr", ENGLISH),
    "a BCP 47 tag": ("da", "da-DK", "Kend historien"),
    "a name": ("da", "Danish", "Kend historien"),
    "an endonym": ("da", "dansk", "Kend historien"),
    "a region for a script": ("zt", "zh-TW", "中山大學"),
    "an older code": ("nb", "no", "Kjenn historien"),
    "Kurdish in Arabic letters": ("ckb", "ku", "هەولێر"),
    "a language that cannot be checked": ("wo", "wo", "Njiit li wax na ne dina def ko ci ayubés bii di ñëw"),
    "no language": (UNKNOWN, "x-default", "2024"),
}


@pytest.mark.parametrize(("language", "declared", "text"), DECLARATIONS.values(), ids=DECLARATIONS)
def test_a_declared_language(language: str, declared: str, text: str) -> None:
    assert identify_paragraphs([text], declared)[0].language == language


def test_no_article_is_talked_out_of_its_language() -> None:
    codes = sorted(LANGUAGES)
    for number, (language, paragraphs) in enumerate(ARTICLES):
        assert identify_paragraphs(paragraphs, codes[number * 7 % len(codes)])[0].language == language


def test_paragraphs_of_one_language_all_have_it() -> None:
    for language, paragraphs in ARTICLES:
        assert set(identify_paragraphs(paragraphs)[1]) == {language}


def test_a_paragraph_in_another_language_has_its_own() -> None:
    article, languages = identify_paragraphs([ARABIC, ENGLISH, ARABIC, FRENCH, ARABIC, "BBC", "2024", ""])
    assert article.language == "ar"
    assert languages == ("ar", "en", "ar", "fr", "ar", "ar", "ar", "ar")


def test_nothing_has_no_language() -> None:
    article, languages = identify_paragraphs([])
    assert (article.language, article.confidence, languages) == (UNKNOWN, 0.0, ())


def run(program: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_the_model_loads_only_when_scripts_letters_and_words_leave_it_open() -> None:
    program = (
        "import sys; from generator.analyze.identify import identify_text\n"
        f"for text in ('', {ARABIC!r}, '政府宣布这项决定将从下周开始实施', {ENGLISH!r}):\n"
        "    print(identify_text(text).language, 'numpy' in sys.modules, 'py3langid' in sys.modules)"
    )
    assert run(program).split("\n")[:4] == [
        "unknown False False",
        "ar False False",
        "zh False False",
        "en True True",
    ]


def test_the_same_text_gets_the_same_answer_in_every_process() -> None:
    program = (
        "import json; from generator.analyze.identify import identify_text\n"
        "for line in open('tests/data/languages.jsonl', encoding='utf-8'):\n"
        "    print(identify_text(json.loads(line)['text'][:60]))"
    )
    assert run(program, PYTHONHASHSEED="1") == run(program, PYTHONHASHSEED="2")


def test_every_language_with_a_package_can_be_found() -> None:
    marks = json.loads((ROOT / "generator" / "data" / "marks.json").read_text("utf-8"))
    known = {code for script in marks["scripts"].values() for code in script["languages"].split()}
    assert set(LANGUAGES) <= known
    assert all(set(group) <= known for group in marks["words"])
    assert set(marks["han"]["zh"]).isdisjoint(marks["han"]["zt"])


SERBIAN = [
    "Predsednik je danas izjavio da će vlada smanjiti poreze u narednoj godini.",
    "Gradonačelnik je rekao da opština može da završi most do kraja meseca.",
    "Premijer je najavio da će cene hleba biti snižene pre avgusta, jer ljudi nigde ne mogu da nađu posao.",
    "Nakon što je stigao, razgovarao je sa novinarima.",
    "Svedoci kažu da je vozač bio trezan, a predlog je primljen.",
]
CROATIAN = [
    "Predsjednik je danas izjavio da će vlada smanjiti poreze u sljedećoj godini.",
    "Gradonačelnik je rekao da općina može završiti most do kraja mjeseca.",
    "Razgovarao je s direktorom pošte o novom ugovoru, a zatim sa studentima.",
]
SLOVENE = [
    "Na severu je zapadel sneg, zato je mesto brez elektrike.",
    "Lepa reka teče skozi belo mesto s parki.",
]


def test_serbian_in_latin_letters_is_told_from_croatian() -> None:
    assert [identify_text(text).language for text in SERBIAN] == ["sr"] * len(SERBIAN)
    assert [identify_text(text).language for text in CROATIAN] == ["hr"] * len(CROATIAN)
    assert [identify_text(text).language for text in SLOVENE] == ["sl"] * len(SLOVENE)


@pytest.mark.parametrize(
    "text",
    [
        "salam, hale shoma chetore? emrooz hava kheili khoob ast va ma be park miravim",
        "wazir e azam ne kaha ke hukumat awam ko relief dene ke liye iqdamat kar rahi hai",
    ],
)
def test_what_is_written_in_foreign_letters_is_unknown(text: str) -> None:
    assert identify_text(text).language == "unknown"


def test_a_line_in_another_script_is_not_of_the_articles_language() -> None:
    lines = [ENGLISH, "وصول القطار", "第一列火车抵达河城。", "Поезд прибыл в город", "Το τρένο", ENGLISH]
    assert identify_paragraphs(lines)[1] == ("en", "ar", "zh", "ru", "el", "en")
    assert identify_paragraphs([ARABIC, "Train arrives in town", ARABIC])[1] == ("ar", "en", "ar")
    assert identify_paragraphs([ENGLISH, "ק", ENGLISH], "en")[1][1] in ("he", "unknown")
