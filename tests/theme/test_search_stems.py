"""Words of languages that share their letters with others meet by the endings of their own language, on a reader's page in it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from generator.languages import LANGUAGES
from generator.theme.text_analysis import fold, has_stems, own_term
from tests.support.searching import ASSETS, ScriptRunner, article, put, script_runner, searchable, served

FORMS = {
    "bn": "ঢাকা ঢাকায়;সরকার সরকারের সরকারকে;শহর শহরে শহরের শহরগুলো",
    "cs": "vláda vlády vládě vládou vlád;Praha Prahy Praze Prahou;republika republiky republice;nový nová nového nových",
    "da": "regering regeringen regeringer regeringerne;by byen byer byerne;skole skolen skoler",
    "de": "Regierung Regierungen;Haus Häuser Häusern Hauses;Präsident Präsidenten;deutsch deutsche deutschen deutscher",
    "es": "gobierno gobiernos;elección elecciones;nuevo nueva nuevos nuevas;vez veces;país países;anunciar anunció",
    "fa": "زن زنان;کتاب کتاب‌ها کتابهای;کشور کشورها کشورهای",
    "fr": "président présidente présidents;journal journaux;nouveau nouveaux;français française;annoncer annoncé annoncent",
    "hr": "vlada vlade vladi vladom;grad grada gradovi gradovima;predsjednik predsjednika predsjednici",
    "it": "amico amici amica amiche;banca banche;elezione elezioni;arrivato arrivata arrivati",
    "nb": "regjering regjeringen regjeringer;skole skolen skoler skolene;by byen byer byene",
    "nl": "regering regeringen;huis huizen;boom bomen;kind kinderen;brief brieven",
    "pl": "rząd rządu rządem;wybory wyborów wyborach;Polska Polski Polsce Polskę;pociąg pociągiem pociągi pociągów",
    "pt": "governo governos;eleição eleições;nacional nacionais;homem homens;país países",
    "ro": "guvern guvernul guvernului guverne;oraș orașul orașului orașe;alegere alegeri alegerile",
    "sr": "vlada vlade vladi vladom;grad grada gradovi gradovima;izbor izbori izbora izborima",
    "ur": "لڑکا لڑکے لڑکوں;کتاب کتابیں کتابوں;حکومت حکومتیں حکومتوں",
    "sv": "regering regeringen regeringarna;skola skolan skolor skolorna;ny nya nytt;barn barnen",
    "tr": "ev evde evler evlerinde evlerden;hükümet hükümetin hükümeti hükümete;kitap kitabı kitapta;çocuk çocuğu çocuklara",
}
BENGALI = ("dhaka", "ঢাকায় সরকারের সভা হয়েছে।", "bn")
SERBIAN = ("vlada", "Влада се састала у Београду.", "sr")
TURKISH = ("evler", "Depremde evlerinden çıkan çocuklar okullara sığındı.", "tr")
POLISH = ("wybory", "Po wyborach rząd wrócił do Polski pociągiem.", "pl")
ENGLISH = ("english", "The evening news.", "en")


@pytest.mark.parametrize(
    ("language", "words"), [(code, row) for code, rows in FORMS.items() for row in rows.split(";")]
)
def test_forms_of_a_word_have_one_term_in_their_language(language: str, words: str) -> None:
    assert len({own_term(fold(word), language) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("tr", "kadın", "kadro"),
        ("pl", "rząd", "rzeka"),
        ("de", "Land", "Lage"),
        ("fr", "loi", "lois d'État"),
        ("es", "pan", "país"),
        ("cs", "strana", "strom"),
        ("it", "porto", "porco"),
    ],
)
def test_other_words_have_another(language: str, one: str, other: str) -> None:
    assert own_term(fold(one), language) != own_term(fold(other).strip(), language) or one in other


def test_languages_with_rules_are_listed_and_others_have_none() -> None:
    listed = json.loads((ASSETS / "search-rules.json").read_text("utf-8"))["languages"]
    files = {file.stem.rpartition("-")[2] for file in ASSETS.glob("search-rules-??.json")}
    assert set(listed) == files == set(FORMS)
    assert set(listed) - {"hr"} <= set(LANGUAGES)
    assert not any(map(has_stems, ("en", "ar", "zh-Hant", "")))
    assert own_term("вода", "tr") is None


@pytest.mark.parametrize(
    "pair", ["Београд Beograd", "Ђоковић Đoković", "људи ljudi", "Џорџ Džordž", "владу Vlada"]
)
def test_serbian_is_found_in_both_its_scripts(pair: str) -> None:
    one, other = (own_term(fold(word), "sr") for word in pair.split())
    assert one == other


@pytest.fixture(scope="module")
def run_script(tmp_path_factory: pytest.TempPathFactory) -> ScriptRunner:
    return script_runner(tmp_path_factory.mktemp("scripts"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    docs, site = tmp_path_factory.mktemp("docs"), tmp_path_factory.mktemp("site")
    for slug, text, language in (TURKISH, POLISH, BENGALI, SERBIAN, ENGLISH):
        put(docs, article(slug, text, language=language), ("en", language))
    with served(searchable(docs, site)) as place:
        yield place


@pytest.mark.parametrize(
    ("reader", "query", "slugs"),
    [
        ("tr", "ev", ["evler"]),
        ("tr", "okul", ["evler"]),
        ("tr", "deprem", ["evler"]),
        ("tr", "çocuğu", ["evler"]),
        ("sr", "Beograd", ["vlada"]),
        ("bn", "ঢাকা", ["dhaka"]),
        ("sr", "влада", ["vlada"]),
        ("pl", "wybory", ["wybory"]),
        ("pl", "Polska", ["wybory"]),
        ("pl", "pociąg", ["wybory"]),
        ("en", "okul", []),
    ],
)
def test_a_reader_finds_by_the_rules_of_the_page(
    run_script: ScriptRunner, address: str, reader: str, query: str, slugs: list[str]
) -> None:
    [answer] = run_script("search", address, reader, given=[query])
    assert [hit["slug"] for hit in answer["found"]] == slugs
    assert all(hit["marked"] for hit in answer["found"])


def test_stems_are_no_words_that_a_search_suggests(run_script: ScriptRunner, address: str) -> None:
    suggested = run_script("suggest", address, "tr", given=["ev", "ço", "tr"])
    assert not any(":" in text for texts in suggested for text in texts)
