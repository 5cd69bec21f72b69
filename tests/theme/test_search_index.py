"""The search index, its two analysers, and what a search of the two seeds finds."""

from __future__ import annotations

import itertools
import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel import Locale

from generator.languages import LANGUAGES
from generator.model import Digest, Document, Translation
from generator.theme import search_index
from generator.theme.search_index import build
from generator.theme.text_analysis import Terms, fold, terms, words
from tests.support.searching import (
    ASSETS,
    FINDS,
    ROOT,
    STAYS,
    ScriptRunner,
    article,
    put,
    script_runner,
    searchable,
    served,
    translation_of,
)

RULES = ASSETS / "search-rules.json"

FOLDED = {
    "متمسكٌ": "متمسك",
    "الأمـــن": "الامن",
    "إلى": "الي",
    "آلة مسؤولة مسئول شيء": "اله مسءوله مسءول شيء",
    "٢٠١١ ۲۰۱۱": "2011 2011",
    "«ليبيا»، أولا؛ (الآن)": " ليبيا   اولا   الان ",
    "Côte d’Ivoire, STRASSE/Straße": "cote d ivoire  strasse strasse",
    "İstanbul ΟΔΟΣ": "istanbul οδοσ",
    "ｶﾞﾗｽ": "ガラス",
    "한국어": "한국어",
    "می‌روم": "ميروم",
}

SAME_TERM = {
    "Libya": ("ليبيا", "الليبية", "ليبي", "ليبيين", "الليبيون", "وليبيا", "بليبيا", "لليبيا", "فليبيا"),
    "government": ("حكومة", "والحكومة", "للحكومة", "حكومات", "الحكومي", "بحكومتها", "لحكوماتهم", "وبالحكومة"),
    "Iraq": ("العراق", "بالعراق", "والعراق", "عراقي", "العراقية", "للعراقيين"),
    "security": ("أمن", "الامن", "الأمنية", "الأمني", "للأمن", "والأمن"),
    "Palestine": ("فلسطين", "فلسطيني", "الفلسطينيين"),
    "Iran": ("إيران", "ايرانية", "الإيرانيون"),
    "Germany, whose first letters are no article": (
        "ألمانيا",
        "المانيا",
        "الألمانية",
        "الالماني",
        "بألمانيا",
    ),
    "commitment, which has an article only in looks": ("التزام", "الالتزام", "التزامات", "والتزامها"),
    "forces": ("قوات", "قوة", "القوات", "وقواتها"),
    "commit": ("commit", "commits", "committed", "committing"),
    "Libyan": ("Libya", "Libyan", "Libyans", "Libya’s"),
    "states": ("government", "governments", "Government's"),
    "Syrian": ("Syria", "Syrians"),
    "Iraqi": ("Iraq", "Iraqis"),
    "European": ("Europe", "Europeans"),
    "Jordanian": ("Jordan", "Jordanians"),
    "Germans": ("German", "Germany"),
    "try": ("try", "tries", "tried"),
    "vote": ("vote", "votes", "voted", "voting"),
    "attack": ("attack", "attacks", "attacked", "attacking"),
}

DIFFERENT = [
    ("army", "arms"),
    ("party", "parts"),
    ("news", "new"),
    ("area", "are"),
    ("status", "state"),
    ("عراق", "عراقيل"),
    ("ليبيا", "لبنان"),
    ("حكومة", "حكم"),
]


def readings(text: str) -> set[str]:
    return {term for word in words(text) for group in terms(word) for term in group}


@pytest.mark.parametrize(("text", "folded"), FOLDED.items())
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("forms", SAME_TERM.values(), ids=SAME_TERM)
def test_forms_of_a_word_meet_in_a_term(forms: tuple[str, ...]) -> None:
    for one, other in itertools.combinations(forms, 2):
        assert readings(one) & readings(other), (one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_have_no_sure_term_in_common(one: str, other: str) -> None:
    assert not set(terms(fold(one)).sure) & set(terms(fold(other)).sure)


def test_scripts_without_spaces_are_found_by_pairs_of_letters() -> None:
    assert words("G7利比亚政府 2011") == ["g7", "利比亚政府", "2011"]
    assert terms("利比亚政府") == Terms(("利比", "比亚", "亚政", "政府"), ("利", "比", "亚", "政", "府"))
    assert terms("法") == Terms(("法",))


def test_single_letters_say_nothing_and_endless_words_are_cut() -> None:
    assert terms("s") == Terms(())
    assert terms("x" * 500) == terms("x" * 600)


def test_right_to_left_languages_are_those_of_the_language_table() -> None:
    listed = set(json.loads(RULES.read_text(encoding="utf-8"))["rtl"])
    assert {code for code, language in LANGUAGES.items() if language.direction == "rtl"} <= listed
    assert not {code for code, language in LANGUAGES.items() if language.direction == "ltr"} & listed


@pytest.mark.parametrize("file", sorted((ROOT / "generator/theme/strings").glob("*.yml")), ids=lambda f: f.stem)
def test_interface_counts_results_in_every_plural_form(file: Path) -> None:
    strings = yaml.safe_load(file.read_text(encoding="utf-8"))["search"]
    needed = {Locale.parse(file.stem).plural_form(n) for n in range(2000)} | {"zero"}
    assert needed <= set(strings["results"])
    assert needed - {"zero"} <= set(strings["some"])


# ------------------------------------------------------------------ the index of the two seeds


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = tmp_path_factory.mktemp("docs")
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        put(docs, translation_of(seed), ("en", "ar"))
    return docs


@pytest.fixture(scope="module")
def site(docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searchable(docs, tmp_path_factory.mktemp("site"))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def test_building_again_gives_the_same_bytes(docs: Path, site: Path, tmp_path: Path) -> None:
    build(docs, tmp_path)
    (tmp_path / search_index.FOLDER / "terms/999.json").write_text("left over")
    build(docs, tmp_path)
    assert contents(tmp_path / search_index.FOLDER) == contents(site / search_index.FOLDER)


def test_postings_put_aside_on_disk_come_back(
    docs: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_PENDING", 100)
    build(docs, tmp_path)
    assert contents(tmp_path / search_index.FOLDER) == contents(site / search_index.FOLDER)


def test_the_newest_article_comes_first_and_those_without_a_date_last(tmp_path: Path) -> None:
    for name, published in [("a", None), ("b", "2016-01-30"), ("c", "2020-05-01T10:00:00Z"), ("d", None)]:
        put(tmp_path / "docs", article(name, "NATO", published), ("en",))
    build(tmp_path / "docs", tmp_path)
    texts = sorted((tmp_path / search_index.FOLDER / "texts").iterdir())
    assert [json.loads(text.read_bytes())["slug"] for text in texts] == ["c", "b", "a", "d"]


def test_a_site_without_articles_has_an_empty_index(tmp_path: Path) -> None:
    build(tmp_path / "docs", tmp_path / "site")
    index = json.loads((tmp_path / "site" / search_index.FOLDER / "index.json").read_bytes())
    assert (index["articles"], index["shards"]) == (0, 1)


def test_a_long_article_is_cut_into_parts(tmp_path: Path) -> None:
    one = translation_of(ROOT / "seeds" / f"{STAYS}.txt")
    document = one.digest.document
    long = Translation(
        Digest(
            Document(document.article, "ar", 1.0, document.sentences * 20),
            (0,),
            (1.0,) * 20 * len(one.segments),
        ),
        "en",
        one.title,
        one.segments * 20,
    )
    put(tmp_path / "docs", long, ("en",))
    build(tmp_path / "docs", tmp_path)
    texts = sorted((tmp_path / search_index.FOLDER / "texts").iterdir(), key=lambda file: int(file.stem[2:]))
    parts = [json.loads(text.read_bytes()) for text in texts]
    assert max(text.stat().st_size for text in texts) < 14_000
    assert [sentence[0] for part in parts for sentence in part["sentences"]] == [
        segment.source for segment in long.segments
    ]
    assert [part["first"] for part in parts][:2] == [0, len(parts[0]["sentences"])]


# ------------------------------------------------------------------ the script that searches it


@pytest.fixture(scope="module")
def run_script(tmp_path_factory: pytest.TempPathFactory) -> ScriptRunner:
    """Return a function that runs the site's own scripts in Node."""
    return script_runner(tmp_path_factory.mktemp("node"))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def test_script_and_index_analyse_every_word_alike(run_script: ScriptRunner) -> None:
    texts = [
        *FOLDED,
        *(form for forms in SAME_TERM.values() for form in forms),
        *(segment.source for seed in ROOT.glob("seeds/*.txt") for segment in translation_of(seed).segments),
        *(
            segment.target or ""
            for seed in ROOT.glob("seeds/*.txt")
            for segment in translation_of(seed).segments
        ),
        "利比亚政府与G7 2011年",
        "ประเทศลิเบียและรัฐบาล",
        "リビア政府はＮＡＴＯと合意した",
        "리비아 정부가 합의했다",
        "हिन्दी में सरकार",
        "Правительство Ливии, ещё йод",
        "ממשלת לוב",
        "ﷺ ½ ﬁn x² 𝔏ibya 🇱🇾 a\u0301e\u0300",
        "x" * 60,
        "",
    ]
    expected = [
        [fold(text), [[list(group) for group in terms(word)] for word in words(text)]] for text in texts
    ]
    assert run_script("analyse", str(RULES), given=texts) == expected


def test_searches_of_the_two_seeds(run_script: ScriptRunner, address: str) -> None:
    answers = run_script("search", address, "en", given=list(FINDS))
    found = {
        query: {hit["slug"] for hit in answer["found"]} for query, answer in zip(FINDS, answers, strict=True)
    }
    assert found == FINDS
    incomplete = [query for query, answer in zip(FINDS, answers, strict=True) if not answer["complete"]]
    assert incomplete == ["kobler rasmussen"]


FEW = {
    "وزارة": 8,  # ministry, which is not "and he visited"
    "زار": 2,
    "حكومة": 4,
    "وحكومة": 1,  # and a government
    "بحكومة": 1,
    "كتاب": 6,  # a book, which is not "like he repented"
    "تاب": 1,
    "利比亚政府": 1,
    "政府": 1,
    "利比": 1,
}
SOME = {
    "وزارة": 8,
    "زار": 2,
    "كتاب": 6,
    "تاب": 1,
    "حكومة": 6,
    "وحكومة": 6,
    "فحكومة": 6,
    "الحكومة": 6,
    "政府": 2,
    "亚政": 1,
    "利比亚": 1,
    "政": 2,
    "饕": 0,
    "政府利比亚": 1,  # both words, in another order
}


def test_first_letters_count_as_particles_only_where_the_texts_say_so(
    run_script: ScriptRunner, tmp_path: Path
) -> None:
    articles = [word for word, count in FEW.items() for _ in range(count)]
    for number, word in enumerate(articles):
        put(tmp_path / "docs", article(f"a{number}", f"x{number} {word}"), ("en",))
    with served(searchable(tmp_path / "docs", tmp_path / "site")) as address:
        answers = run_script("search", address, "en", given=list(SOME))
    assert {query: len(answer["found"]) for query, answer in zip(SOME, answers, strict=True)} == SOME


def test_a_search_of_a_thousand_articles_loads_under_300_kilobytes(
    run_script: ScriptRunner, tmp_path: Path
) -> None:
    """Uncompressed, with script and rules, for queries of one to three words in either language."""
    bench = runpy.run_path(str(ROOT / "benchmarks/search.py"))
    pair = bench["zipf_pairs"]()
    asked = bench["queries"](list(bench["write_articles"](tmp_path / "docs", 1000, pair)))
    build(tmp_path / "docs", tmp_path / "site")
    results = bench["searches"](tmp_path / "site", asked, tmp_path)
    assert len(results) == 30
    assert all(result["hits"] for result in results)
    assert max(result["bytes"] for result in results) < 300_000


def test_a_query_that_never_ends_loads_few_files(
    run_script: ScriptRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole paragraph may be pasted, in quotation marks or in a script without spaces."""
    monkeypatch.setattr(search_index, "_SHARD", 1)  # a file for each term
    run = "".join(chr(0x4E00 + number) for number in range(200))
    phrase = " ".join(f"zq{first}{second}" for first in "bcdfghjklm" for second in "bcdfghjklm")
    put(tmp_path / "docs", article("a", f"{run}. {phrase}."), ("en",))
    with served(searchable(tmp_path / "docs", tmp_path / "site")) as address:
        queries = [run, f'"{phrase}"']
        assert [len(answer["found"]) for answer in run_script("search", address, "en", given=queries)] == [1, 1]
        assert max(run_script("loads", address, "en", given=queries)) <= 40


def test_a_result_leads_to_its_best_sentence_and_marks_the_words(
    run_script: ScriptRunner, address: str
) -> None:
    queries = ["متمسك", "commit", "سوريا والعراق تدريب", "German army"]
    shown = [answer["found"][0] for answer in run_script("search", address, "en", given=queries)]
    assert shown[0] == {"slug": STAYS, "number": 1, "side": 0, "marked": ["متمسكٌ"]}
    assert shown[1] == {"slug": STAYS, "number": 1, "side": 1, "marked": ["committed"]}
    assert (shown[2]["number"], shown[2]["marked"]) == (8, ["تدريب", "العراقوسوريا"])
    assert (shown[3]["number"], shown[3]["marked"]) == (15, ["German", "army"])


def test_long_sentences_are_cut_round_the_first_mark(run_script: ScriptRunner) -> None:
    text = " ".join(f"word{number}" for number in range(200))
    at = text.index("word150")
    cut, short = run_script("pieces", given=[[text, [[at, at + 7]], 100], ["plain", [], 100]])
    assert cut[0] == {"text": "… ", "mark": False}
    assert {"text": "word150", "mark": True} in cut
    assert cut[-1]["text"].endswith(" …")
    assert len("".join(piece["text"] for piece in cut)) <= 104
    assert "".join(piece["text"] for piece in cut)[2:-2] in text
    assert short == [{"text": "plain", "mark": False}]


def test_direction_of_texts(run_script: ScriptRunner) -> None:
    cases = {
        ("NATO قال", "ar"): "rtl",
        ("2011", "ar"): "rtl",
        ("NATO", "ar"): "ltr",
        ("NATO قال", "en"): "ltr",
        ("قال", "en"): "rtl",
    }
    assert run_script("direction", str(RULES), given=list(cases)) == list(cases.values())


INFLECTED = {
    "ar": (
        "كتاب الكتب",
        "وزير وزراء",
        "مدينة المدن",
        "مسؤول مسئول",
        "أمريكا أميركا",
        "طفل والأطفال",
        "ترامب ترمب",
    ),
    "bg": ("град градът",),
    "en": ("woman women",),
    "ru": (
        "книга книги книге книгу книгами",
        "новый новая новое нового новым",
        "школа школы школ школами",
        "работать работает работала",
    ),
    "uk": ("країна країни країну країною", "уряд уряду урядом уряди"),
    "sr": ("град града граду градови", "влада владе владу"),
    "el": ("δρόμος δρόμου δρόμοι δρόμους", "πρόβλημα προβλήματος προβλήματα", "κυβέρνηση κυβερνήσεις"),
    "hy": ("քաղաք քաղաքի քաղաքը քաղաքներ", "դպրոց դպրոցում դպրոցներ"),
    "he": ("רכבת הרכבת ברכבת", "תחנה התחנה תחנות", "נהר הנהר נהרות"),
    "hi": ("किताब किताबें किताबों", "लड़का लड़के लड़कों", "ज़मीन जमीन"),
}


@pytest.mark.parametrize("language", INFLECTED)
def test_a_word_finds_its_other_forms(language: str) -> None:
    for group in INFLECTED[language]:
        asked, *others = (terms(words(word)[0]) for word in group.split())
        readings = {*asked.sure, *asked.maybe}
        assert all(readings & {*other.sure, *other.maybe} for other in others), group


def test_a_word_does_not_find_quite_another() -> None:
    for one, other in (("книга", "кнут"), ("רכבת", "רכוש"), ("πόλη", "πόλεμος"), ("शहर", "शहद")):
        first, second = (terms(words(word)[0]) for word in (one, other))
        assert not {*first.sure} & {*second.sure}, (one, other)
