"""How packages and people call languages and pairs."""

import pytest

from generator.languages import LANGUAGES, code_of
from generator.languages.model_codes import model_code, pair_in, pairs_like

CODES = {
    "AR": "ar",
    "pb": "pb",
    "PB": "pb",
    "pt-BR": "pb",
    "pt_br": "pb",
    "pob": "pb",
    "pt": "pt",
    "pt-PT": "pt",
    "zh-Hant": "zt",
    "zh_TW": "zt",
    "zh-Hans": "zh",
    "no": "nb",
    "nb-NO": "nb",
    "nn": "nn",
    "iw": "he",
    "eng_Latn": "en",
    "xx": "xx",
    "?": "?",
}


@pytest.mark.parametrize("tag", CODES)
def test_a_package_may_spell_its_languages_as_it_likes(tag: str) -> None:
    assert model_code(tag) == CODES[tag]


PAIRS = {
    "ar-en": "ar-en",
    "AR-EN": "ar-en",
    "ar_en": "ar-en",
    "translate-ar_en": "ar-en",
    "translate-ar_en-1_0": "ar-en",
    "translate-zh_en-1_9_6": "zh-en",
    "pb-en": "pb-en",
    "en-pb": "en-pb",
    "pt-BR-en": "pb-en",
    "en-pt-BR": "en-pb",
    "en-pt-br": "en-pb",
    "zh-Hant-en": "zt-en",
    "en-zh-hant": "en-zt",
    "translate-zh-Hant_en": "zt-en",
    "no-en": "nb-en",
    "nb-NO-en": "nb-en",
    "fr-CA-en": "fr-en",
    "en-fr-CA": "en-fr",
    "de-DE-en-GB": "de-en",
    "Arabic-English": "ar-en",
    "xx-en": "xx-en",
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_understood_however_it_is_written(name: str) -> None:
    found = pair_in(name)
    assert found is not None
    assert "-".join(found) == PAIRS[name]


@pytest.mark.parametrize(
    "name", ["", "ar", "translate-ar_en.argosmodel", "https://example.org/ar-en", "a/b-c", "x-1"]
)
def test_other_names_are_no_pair(name: str) -> None:
    assert pair_in(name) is None


@pytest.mark.parametrize("source", sorted({*LANGUAGES, "pb"}))
def test_every_code_makes_a_pair_in_both_directions(source: str) -> None:
    for target in {*LANGUAGES, "pb"} - {source}:
        assert pair_in(f"{source}-{target}") == (source, target)
        assert pair_in(f"translate-{source}_{target}-1_9") == (source, target)


def test_near_languages_come_after_the_language_itself() -> None:
    assert list(pairs_like("pt", "en")) == [("pt", "en"), ("pb", "en")]
    assert list(pairs_like("zt", "pb")) == [("zt", "pb"), ("zt", "pt"), ("zh", "pb"), ("zh", "pt")]
    assert list(pairs_like("ar", "en")) == [("ar", "en")]


def test_texts_are_portuguese_wherever_they_are_from() -> None:
    assert {code_of(tag) for tag in ("pt", "pb", "pt-BR", "pt-PT", "Brazilian")} == {"pt"}
