"""Names, noun phrases and counted things in single sentences."""

from __future__ import annotations

import itertools

import pytest

from generator.connect.name_keys import key_of
from generator.connect.names import kind_of_name, names_in, spellings_in_source
from generator.connect.noun_phrases import noun_phrases
from generator.connect.number_conflicts import counts
from generator.connect.tokens import content, is_general, stem, tokenize
from generator.languages.numbers.figures import figures
from generator.model import KnownName


def names(*texts: str, known: tuple[KnownName, ...] = (), sources: tuple[str, ...] = ()) -> dict[str, int]:
    found = names_in(list(map(tokenize, texts)), sources or [""] * len(texts), known, "en")
    return {name.title: len(name.sentences) for name in found if name.is_sure}


NAMES = [
    (("He met Angela Merkel in Berlin.", "Merkel spoke, and Merkel left."), {"Angela Merkel": 2, "Berlin": 1}),
    (("Yesterday Obama spoke.", "Officials said so."), {"Obama": 1}),
    (
        ("The Turkish President Recep Erdogan met NATO Secretary General Jens Stoltenberg on Friday.",),
        {"Recep Erdogan": 1, "NATO": 1, "Jens Stoltenberg": 1},
    ),
    (("A visit by US Secretary of Defense Ashton Carter in January.",), {"US": 1, "Ashton Carter": 1}),
    (("The French and the Mexicans met on a Sunday in May 2011.",), {}),
    (("I said I would go at 5 PM.", "“And I came,” she said, “so do I, and I’m glad.”"), {}),
    (("In the Bank of Spain and the University of Michigan.",), {"Bank of Spain": 1, "University of Michigan": 1}),
    (("The coach of Real Madrid stayed in Madrid.", "So Madrid won."), {"Real Madrid": 1, "Madrid": 2}),
    (("They left South Korea for Korea.",), {"South Korea": 1, "Korea": 1}),
    (("The U.S. and the EU agreed with St. Martin's church.",), {"U.S.": 1, "EU": 1, "St. Martin": 1}),
    (("He saw Vasco da Gama and Osama bin Laden.",), {"Vasco da Gama": 1, "Osama bin Laden": 1}),
    (("So Anders Fogh Rasmussen met Fogh Rasmussen, that is Rasmussen.",), {"Anders Fogh Rasmussen": 1}),
    (("Dozens Of People Killed As Storm Hits Coast",), {}),
    (("The Foreign Ministry and the Ministry of Health replied.",), {}),
    (("We met John Smith and Jane Smith.", "Then came Smith."), {"John Smith": 1, "Jane Smith": 1, "Smith": 1}),
    (("They wrote to the Ministry of Foreign Affairs and the Publicity Department.",), {}),
    (("The North Korean envoy saw a South African team at Level II.",), {}),
    (("We read it on Example.com and on KP.ru.", "The Speaker and the Epidemiologist came."), {}),
    (("They met President of Peru Ann Lee in Lima.",), {"Peru": 1, "Ann Lee": 1, "Lima": 1}),
    (("They asked Chief of Staff Mark Lee.",), {"Mark Lee": 1}),
    (("So Walid al-Najjar met Michael van den Berg.",), {"Walid al-Najjar": 1, "Michael van den Berg": 1}),
    (("NEW YORK said no.", "It is NOT so.", "They met in New York.", "The new mayor."), {"New York": 2}),
    (("Police named Tomas Berg, 20.", "Then Tomas ran."), {"Tomas Berg": 2}),
    (("She saw Tomas Berg, a 20-year-old, and left.", "Then Berg ran.", "So Tomas ran."), {"Tomas Berg": 3}),
    (("They ate at Burger Hall.", "Later a Burger came."), {"Burger Hall": 1, "Burger": 1}),
    (("A letter from JERUSALEM came.",), {"Jerusalem": 1}),
    (("They spoke of New Crown, of the Disaster Prevention and of the Drinking Water Office.",), {}),
    (("She met Vice-President Mike Pence and the Saudi Crown Prince Mohammed bin Salman.",),
     {"Mike Pence": 1, "Mohammed bin Salman": 1}),
    (("It is in Chapter Two and Annex V, said His Majesty and Granny.",), {}),
    (("Then the People's Republic of China replied.", "China did so."), {"China": 2}),
    (("Then the Republic of China replied.", "So they said to China."), {"Republic of China": 1, "China": 1}),
    (("\"Truly,\" said Ann Lee. \"Lee is right,\" he said.",), {"Ann Lee": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), NAMES)
def test_names_are_runs_of_capitals_that_are_no_offices_days_or_peoples(
    texts: tuple[str, ...], expected: dict[str, int]
) -> None:
    assert names(*texts) == expected


def test_the_glossarys_names_are_found_on_both_sides_under_one_spelling() -> None:
    libya = KnownName(("ليبيا",), ("Libya", "Libyan*"), "place")
    obama = KnownName(("أوباما",), ("Obama",), "person")
    texts = ("The Libyans saw Barack Obama.", "Nobody.", "Then Obama left Libya.")
    sources = ("", "إلى ليبيا", "")
    assert names(*texts, known=(libya, obama), sources=sources) == {"Libya": 3, "Barack Obama": 2}


def test_names_are_not_looked_for_where_all_nouns_or_no_words_have_capitals() -> None:
    assert names_in([tokenize("Der Mann sah den Hund in Berlin.")], [""], (), "de") == []
    assert names_in([tokenize("قال كوبلر ذلك.")], [""], (), "ar") == []


PHRASES = [
    ("A powerful earthquake shakes the city of Lima.", ["earthquake"]),
    ("The battery factory near Cebu began production.", ["factory", "battery factory"]),
    ("They began to vaccinate children against measles.", ["measles"]),
    ("He was convicted of fraud and money laundering.", ["fraud", "money laundering"]),
    ("Rescue teams are searching for hostages.", ["hostages"]),
    ("The Kremlin said so on Monday.", []),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_topics_are_looked_for_among_nouns(text: str, expected: list[str]) -> None:
    found = list(noun_phrases(tokenize(text), "en"))
    assert [phrase for phrase in expected if phrase not in found] == []
    assert not {"shakes", "vaccinate", "vaccinate children", "convicted", "searching", "said"} & set(found)


def test_a_language_without_word_lists_has_no_phrases() -> None:
    assert list(noun_phrases(tokenize("La fábrica de baterías"), "es")) == []


COUNTS = [
    ("At least 12 people were killed and 40 others were injured.", [(12, "!dead"), (40, "!injured")]),
    ("The death toll rose to 1,200.", [(1200, "!dead")]),
    ("Fourteen miners died on 5 May 2011.", [(14, "!dead miner")]),
    ("The factory cost 3.5 million dollars.", [(3_500_000, "=dollars")]),
    ("She won 51% of the votes.", [(51, "=percent")]),
    ("Ninety ships are waiting.", [(90, "ships")]),
    ("It began at 8 p.m. on the 3rd day of 2019.", []),
    ("The 13-year-old boy was first of two.", []),
    ("One man, aged 37, came second in the 1970s.", []),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_what_is_counted_is_found_and_dates_ages_and_ordinals_are_not(
    text: str, expected: list[tuple[float, str]]
) -> None:
    assert [(count.value, count.thing) for count in counts(tokenize(text), "en")] == expected


CONTRADICTIONS = [
    ("12 people died.", "14 people died.", True),
    ("12 people died.", "Twelve people died.", False),
    ("About 300 people died.", "287 people died.", False),
    ("About 300 people died.", "200 people died.", True),
    ("More than 50 people died.", "51 people died.", False),
    ("More than 50 people died.", "49 people died.", True),
    ("Nearly 50 people died.", "48 people died.", False),
    ("Nearly 50 people died.", "52 people died.", True),
]


@pytest.mark.parametrize(("one", "other", "differs"), CONTRADICTIONS)
def test_rough_numbers_contradict_only_what_is_far_off(one: str, other: str, differs: bool) -> None:
    (first,), (second,) = counts(tokenize(one), "en"), counts(tokenize(other), "en")
    assert first.differs(second) is second.differs(first) is differs


FIGURES = [
    ("51 killed, 1,200 hurt", [51, 1200]),
    ("twenty-five cars, two hundred and five vans, three thousand five hundred bikes", [25, 205, 3500]),
    ("3.5 million, five million", [3_500_000, 5_000_000]),
    ("the 2nd of the 1970s at 20:30", []),
    ("the first, a second, a quarter, twice", []),
    ("4500万辆，五百人", [45_000_000, 500]),
    ("١٢ شخصا و77 مليون دولار", [12, 77_000_000]),
]


def language_of_figures(text: str) -> str:
    return "zh" if "万" in text else "ar" if "شخص" in text else "en"


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_are_numbers_that_count(text: str, expected: list[float]) -> None:
    found = figures(text, language_of_figures(text))
    assert [figure.value for figure in found] == expected
    assert all(figure.end <= following.start for figure, following in itertools.pairwise(found))


def test_words_of_one_stem_meet_and_empty_words_do_not_count() -> None:
    assert stem("earthquakes") == stem("earthquake")
    assert stem("الزلزال") == stem("زلزال")
    sentence = tokenize("The officials said that the vaccines arrived on Monday.")
    assert [word for _, word in content(sentence, "en")] == ["vaccines"]
    assert is_general("وقالت", "ar")
    assert not is_general("زلزال", "ar")
    assert [pair for pair, _ in content(tokenize("利马的地震"), "zh")] == ["利马", "地震"]


TOKENS = [
    ("Lima's U.S. plan, 3.5 km", ["Lima", "'s", "U.S.", "plan", ",", "3.5", "km"]),
    ("  St. Martin’s and Ann's cat's. ", ["St.", "Martin", "’s", "and", "Ann", "'s", "cat", "'s", "."]),
    ("'s 's", ["'", "s", "'", "s"]),
    ("利马 10:30", ["利马", "10:30"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens_and_the_gaps_before_them_make_up_the_text(text: str, expected: list[str]) -> None:
    found = tokenize(text)
    assert found.tokens == expected
    whole = "".join(gap + token for gap, token in zip(found.gaps, found.tokens, strict=True))
    assert whole == text.rstrip()


def kind_of(text: str, title: str, source: str = "", language: str = "ar") -> str:
    found = {each.title: each for each in names_in([tokenize(text)], [source], (), "en")}
    spellings = spellings_in_source(found[title], [source], language, "en")
    return kind_of_name(found[title], "en", is_proven=bool(spellings))


def test_a_country_or_city_is_one_where_the_source_says_so_or_where_places_stand() -> None:
    assert kind_of("Then Chad Hammel saw Chad leave.", "Chad Hammel", "ذهب تشاد هامل") == "name"
    assert kind_of("They say that Chad won.", "Chad") == "name"
    assert kind_of("They say that Chad won.", "Chad", "قالوا إن تشاد فازت") == "place"
    assert kind_of("They lived in Chad then.", "Chad") == "place"
    assert kind_of("They lived in Georgia then.", "Georgia") == "name"  # a state of America, too
    assert (
        kind_of("It is the European Union that paid.", "European Union", "欧洲联盟，欧盟", "zh")
        == "organization"
    )


@pytest.mark.parametrize(
    "spellings",
    [
        ["U.S.", "US", "USA", "United States", "the United States of America"],
        ["UK", "U.K.", "Britain", "Great Britain", "United Kingdom"],
        ["EU", "E.U.", "European Union"],
        ["UN", "U.N.", "United Nations"],
        ["Turkey", "Türkiye"],
        ["Czech Republic", "Czechia"],
        ["Hong Kong", "Hong Kong SAR China"],
        ["U.N. General Assembly", "UN General Assembly", "United Nations General Assembly"],
        ["US Senate", "United States Senate"],
    ],
)
def test_what_has_several_usual_names_is_one(spellings: list[str]) -> None:
    assert len({key_of(each.removeprefix("the ")) for each in spellings}) == 1
