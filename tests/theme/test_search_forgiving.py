"""What a search forgives and understands: slips, spellings, quotes, minus, months, publishers, scripts without blanks."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import build, config
from generator.model import Article, Digest, Document, KnownName, Origin, Segment, Sentence, Translation
from generator.storage.records import dump_record, record_path
from generator.theme.search_subjects import read_subjects
from generator.theme.text_analysis import fold, terms, words
from tests.support.searching import ASSETS, ROOT, ScriptRunner, script_runner, searchable, served

LEADER = KnownName(("سولنغ", "سولينغ"), ("Maria Solling", "Soling"), "person")
LEADER_IN_CHINESE = KnownName(("索林", "梭林"), ("Maria Solling",), "person")
ISLANDS = KnownName(("جزر الريح",), ("Wind Islands",), "place")

NEWS: dict[str, dict[str, Any]] = {
    "wave": {
        "source": "ضرب تسونامي جزر الريح. وقالت سولنغ إن الزلزال كان قويًا.",
        "target": "A tsunami struck the Wind Islands. The quake was strong, Maria Solling said.",
        "published": "2018-10-05",
        "publisher": "Harbour Post",
        "author": "Jonas Ebel",
        "topics": ("Seismology",),
        "known": (LEADER, ISLANDS),
    },
    "wave2": {
        "source": "وصل تسونامي آخر إلى الجزيرة، وقالت سولنغ إن رئيس البلدية مسؤول عن الإنذار.",
        "target": "Another tsunami reached the island, and the mayor is responsible, said Maria Solling.",
        "published": "2018-11-20",
        "publisher": "Harbour Post",
        "known": (LEADER,),
        "origin": "machine",
    },
    "council": {
        "source": "اجتمع رؤساء المجالس في مجلس الأمن.",
        "target": "The heads of councils met at the UN. The U.S. envoy praised the court of last resort.",
        "published": "2018-10-21",
    },
    "french": {
        "language": "fr",
        "source": "Un homme et un chien dorment. Ils nous ont vus, us et coutumes.",
        "published": "2017-03-01",
    },
    "untranslated": {"source": "تحدثت سولينغ عن شؤون المدينة.", "published": "2017-05-02", "known": (LEADER,)},
    "quake": {
        "language": "zh",
        "source": "印尼发生地震，海啸随后袭来。索林表示关切。",
        "target": "Indonesia was hit by an earthquake, and a tsunami followed. Maria Solling was concerned.",
        "published": "2018-10-07",
        "publisher": "新华网",
        "known": (LEADER_IN_CHINESE,),
    },
    "union": {"language": "zh", "source": "联合国秘书长谈到核武器。", "published": "2018-12-01"},
    "weapons": {"language": "zh", "source": "朝鲜拒绝放弃核武。", "published": "2018-12-02"},
    "persian": {"language": "fa", "source": "دولت از کشورهای همسایه کمک خواست."},
    "hebrew": {"language": "he", "source": "הממשלה דנה בתקציב."},
    "envoy": {"language": "he", "source": "מנכ״ל החברה נפגש עם שגריר ארה“ב ועם ג'ונס, יו\"ר הוועד."},
    "radio": {"language": "en", "source": "Sunshine is expected.", "publisher": "KBC"},
    "rain": {"language": "en", "source": "Rain has come, says the KBC."},
    "misprint": {"language": "en", "source": "The goverment met."},
    **{f"rule{n}": {"language": "en", "source": f"The government met again, {n}."} for n in range(12)},
}


def news(slug: str, source: str, **told: Any) -> Translation:
    language, target = told.get("language", "ar"), told.get("target")
    origin: Origin = told.get("origin", "reviewed") if target else "original" if language == "en" else "none"
    segment = Segment(source, target, origin, "argos|1" if origin == "machine" else "")
    declared = Article(
        f"{slug}.txt",
        slug,
        (source,),
        published=told.get("published"),
        source=told.get("publisher"),
        author=told.get("author"),
        topics=told.get("topics", ()),
    )
    document = Document(declared, language, 1.0, (Sentence(source, 0, 0, len(source), language),))
    return Translation(Digest(document, (0,), (1.0,)), "en", segment, (segment,), told.get("known", ()))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("digest")
    (project / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    for slug, told in NEWS.items():
        file = project / "docs" / record_path("en", slug)
        file.parent.mkdir(parents=True)
        file.write_bytes(dump_record(news(slug, **told)))
    build.render_again(config.load(project / "mkdocs.yml"))
    return project


@pytest.fixture(scope="module")
def run_script(tmp_path_factory: pytest.TempPathFactory) -> ScriptRunner:
    return script_runner(tmp_path_factory.mktemp("node"))


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    with served(searchable(project / "docs", project / "site")) as address:
        yield address


def slugs(answer: dict[str, Any]) -> list[str]:
    return [hit["slug"] for hit in answer["found"]]


RULES = {f"rule{n}" for n in range(12)}
WAVES = {"wave", "wave2", "quake"}
MENTIONS = {"wave", "wave2", "quake", "untranslated"}

ANSWERS = {
    # one letter wrong, too many, too few, two exchanged; at the beginning, too
    "tsunamy": WAVES,
    "tsunnami": WAVES,
    "tsunmi": WAVES,
    "tusnami": WAVES,
    "zsunami": WAVES,
    "تسونمي": {"wave", "wave2"},
    # spellings of the glossary, of every language, and of what is not translated
    "سولينغ": MENTIONS,
    "Soling": MENTIONS,
    "梭林": MENTIONS,
    "索林": MENTIONS,
    # phrases stand in order, and a particle may stand before them
    '"wind islands"': {"wave"},
    '"islands wind"': set(),
    "«رئيس البلدية»": {"wave2"},
    "“核武器”": {"union"},
    '"tsunamy"': set(),
    '"the mayor is"': {"wave2"},
    # minus, of words and of phrases
    "tsunami -islands": {"quake"},
    'tsunami -"wind islands"': {"wave2", "quake"},
    "tsunami −سولنغ": set(),
    "تسونامي -قويا": {"wave2"},
    "-misprint goverment": {"misprint"},
    # publishers, authors, topics, months and days
    "Harbour Post": {"wave", "wave2"},
    "新华网": {"quake"},
    "Jonas Ebel": {"wave"},
    "seismology": {"wave"},
    "October 2018": {"wave", "council", "quake"},
    "Oct. 2018": {"wave", "council", "quake"},
    "2018年10月": {"wave", "council", "quake"},
    "أكتوبر 2018": {"wave", "council", "quake"},
    "تشرين الأول ٢٠١٨": {"wave", "council", "quake"},
    "2018-10": {"wave", "council", "quake"},
    "5 October 2018": {"wave"},
    "October 5, 2018": {"wave"},
    "tsunami october 2018": {"wave", "quake"},
    "October of 2018": {"wave", "council", "quake"},
    "5 October of 2018": {"wave"},
    "أكتوبر من عام 2018": {"wave", "council", "quake"},
    # a publisher in capitals is none of those that shout
    "KBC": {"radio", "rain"},
    # the marks within Hebrew words, as they are typed and as they are printed
    'ארה"ב': {"envoy"},
    "בארה״ב": {"envoy"},
    "ארה”ב": {"envoy"},
    'מנכ"ל': {"envoy"},
    "ליו״ר": {"envoy"},
    "ג׳ונס": {"envoy"},
    # without blanks: both words, in whatever order; else most of the letters
    "印尼海啸": {"quake"},
    "海啸印尼": {"quake"},
    "朝鲜核武": {"weapons"},
    "聯合國秘書長": {"union"},
    "聯合國": {"union"},
    # abbreviations, and capitals that say more than small letters
    "U.S.": {"council"},
    "US": {"council"},
    "U.N.": {"council"},
    "UN": {"council"},
    "un homme": {"french"},
    # letters and forms
    "مسئول": {"wave2"},
    "شئون": {"untranslated"},
    "الرئيس": {"council", "wave2"},
    "جزيرة": {"wave", "wave2"},
    "کشور": {"persian"},
    "دولت‌ها": {"persian"},
    "ממשלה": {"hebrew"},
    "שבממשלה": {"hebrew"},
}


def test_searches_find_what_was_meant(run_script: ScriptRunner, address: str) -> None:
    answers = run_script("search", address, "en", given=list(ANSWERS))
    found = {query: set(slugs(answer)) for query, answer in zip(ANSWERS, answers, strict=True)}
    assert found == ANSWERS


def test_a_slip_is_said_and_a_rare_word_is_not_replaced(run_script: ScriptRunner, address: str) -> None:
    asked = ["tsunamy", "goverment", "xyzzyplugh", "tsunami", "reched island"]
    slip, rare, nonsense, right, two = run_script("search", address, "en", given=asked)
    assert (slip["corrected"], slip["instead"]) == (["tsunami"], "")
    assert (slugs(rare), rare["corrected"], rare["instead"]) == (["misprint"], [], "government")
    assert (slugs(nonsense), nonsense["corrected"], nonsense["instead"]) == ([], [], "")
    assert (right["corrected"], right["instead"]) == ([], "")
    assert (slugs(two), two["corrected"]) == (["wave2"], ["reached"])


@pytest.mark.parametrize("query", ["Maria Solling", "solling", "سولينغ", "梭林", "Soling tsunami"])
def test_a_name_is_a_result_of_its_own(run_script: ScriptRunner, address: str, query: str) -> None:
    [answer] = run_script("search", address, "en", given=[query])
    [subject, *_] = answer["subjects"]
    assert (subject["kind"], subject["place"]) == ("person", "names/maria-solling/")
    assert subject["articles"] == 4
    assert subject["names"]["en"] == "Maria Solling"


def test_subjects_are_those_that_have_pages(project: Path) -> None:
    for subject in read_subjects(project / "docs"):
        for tree in subject.names:
            assert (project / "docs" / tree / subject.place / "index.md").exists()
        assert subject.articles <= set(NEWS)


def test_a_name_that_is_found_by_another_spelling_is_marked(run_script: ScriptRunner, address: str) -> None:
    [answer] = run_script("search", address, "en", given=["梭林"])
    marked = {hit["slug"]: hit["marked"] for hit in answer["found"]}
    assert "Solling" in " ".join(marked["wave"])


def test_suggestions_are_names_first_then_words(run_script: ScriptRunner, address: str) -> None:
    asked = ["sol", "tsu", "strong tsu", "التس", "索", "gov", "s", "tsunami "]
    found = dict(zip(asked, run_script("suggest", address, "en", given=asked), strict=True))
    assert found["sol"][0] == "Maria Solling"
    assert found["tsu"] == ["tsunami"]
    assert found["strong tsu"] == ["strong tsunami"]
    assert found["التس"] == ["التسونامي"]
    assert found["索"] == ["索林"]
    assert found["gov"][0] == "government"
    assert found["s"] == found["tsunami "] == []


def test_a_search_is_narrowed(run_script: ScriptRunner, address: str) -> None:
    for chosen, found in (
        ({"languages": "zh"}, {"quake"}),
        ({"publishers": "Harbour Post"}, {"wave", "wave2"}),
        ({"years": "2018", "languages": "ar"}, {"wave", "wave2"}),
        ({"years": "1999"}, WAVES),  # which is no choice
    ):
        [answer] = run_script("search", address, "en", json.dumps(chosen), given=["tsunami"])
        assert set(slugs(answer)) == found


ARABIC = json.loads((ASSETS / "search-rules-arabic.json").read_text(encoding="utf-8"))


def test_listed_plurals_are_folded_words_that_meet_their_singulars() -> None:
    listed = ARABIC["words"]
    assert len(listed) > 500
    for plural, singular in listed.items():
        assert (fold(plural), fold(singular)) == (plural, singular)
        assert terms(plural).sure == terms(singular).sure, plural
        assert singular not in listed or terms(listed[singular]).sure == terms(singular).sure, plural


PLURALS = (
    "زلزال والزلازل",
    "رئيس رؤسائهم",
    "سعر أسعارها",
    "سؤال للأسئلة",
    "لون الألوان",
    "قصيدة قصائد",
    "مرفأ بالمرافئ",
    "دواء أدويته",
)


@pytest.mark.parametrize("pair", PLURALS)
def test_broken_plurals_meet_their_singulars(pair: str) -> None:
    for one, other in itertools.pairwise(pair.split()):
        first, second = (terms(words(word)[0]) for word in (one, other))
        assert {*first.sure, *first.maybe} & {*second.sure, *second.maybe}, pair


SPELLINGS = (
    "organisation organizations",
    "labour labor",
    "colours colored",
    "favourite favorite",
    "centre centers",
    "theatres theater",
    "defence defense",
    "analysed analyze",
    "dialogue dialogs",
    "Regierung Regierungen",
    "Krankheit Krankheiten",
    "أوربا أوروبا",
    "الأوربية الأوروبية",
    "الإنكليزية الإنجليزية",
    "مئة بالمائة",
    "خمسمئة خمسمائة",
    "تليفزيون التلفزيون",
    "غوغل جوجل",
    "هونغ هونج",
)


@pytest.mark.parametrize("pair", SPELLINGS)
def test_spellings_of_a_word_that_are_both_right_meet(pair: str) -> None:
    one, other = (terms(words(word)[0]) for word in pair.split())
    assert {one.sure} & {other.sure, *((term,) for term in other.maybe)}, pair


@pytest.mark.parametrize("pair", ("hour hor", "four for", "مائة ماء", "paris pariah", "our or"))
def test_spellings_of_other_words_stay_apart(pair: str) -> None:
    one, other = (terms(words(word)[0]) for word in pair.split())
    assert not {*one.sure, *one.maybe} & {*other.sure, *other.maybe}, pair


def test_characters_have_one_simplified_form_each() -> None:
    table = json.loads((ASSETS / "search-rules-han.json").read_text(encoding="utf-8"))
    traditional, simplified = table["variants"]
    assert len(traditional) == len(set(traditional)) == len(simplified)
    assert not set(traditional) & set(simplified)
    assert words("聯合國與地震災區") == words("联合国与地震灾区")
