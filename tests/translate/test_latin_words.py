"""Words in Latin letters amid another script: kept, found lost, or spelled again as they were."""

from generator.translate.latin_words import latin_words, spelled_as_in_source, words_lacking


def test_units_are_no_names() -> None:
    assert latin_words("他以 80 km/h 驾驶F-35，用iPhone拨打 AT&T", "zh") == ["F-35", "iPhone", "AT&T"]
    assert latin_words("Il conduit une F-35", "fr") == []


def test_a_word_that_others_write_a_little_otherwise_is_there() -> None:
    there = "The AMs of the U.K. met Andrés."
    assert words_lacking(there, ["AM", "UK", "Andres"]) == []
    assert words_lacking("Superdrag", ["Superdrug"]) == ["Superdrug"]
    assert words_lacking("Beams", ["AM"]) == ["AM"]


def test_a_misspelled_name_gets_its_spelling_and_no_other_word_does() -> None:
    source = "店铺如Boots和Superdrug，由Gerrard管理"
    assert (
        spelled_as_in_source("Boots and Superdrag of Gerard", source, "zh") == "Boots and Superdrug of Gerrard"
    )
    assert spelled_as_in_source("A cell was found", "发现了cella", "zh") == "A cell was found"
    assert spelled_as_in_source("Said Cooper", "Coupe说", "zh") == "Said Cooper"
    assert spelled_as_in_source("Marc and Marco", "Marc和Marco", "zh") == "Marc and Marco"
