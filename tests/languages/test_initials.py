"""Under which letter readers of a language find a name."""

import pytest

from generator.languages.initials import initial_of, place_of


@pytest.mark.parametrize(
    ("name", "language", "letter"),
    [
        ("Łódź", "en", "L"),
        ("élan", "fr", "E"),
        ("“Quoted”", "en", "Q"),
        ("9/11", "en", "0–9"),
        ("北约", "en", "Hans"),
        ("Россия", "en", "Cyrl"),
        ("الأمم المتحدة", "ar", "ا"),
        ("الصين", "ar", "ص"),
        ("إيران", "ar", "ا"),
        ("آل", "ar", "ا"),
        ("FBI", "ar", "Latn"),
        ("德国", "zh", "D"),
        ("中国", "zh", "Z"),
        ("埃及", "zh", "A"),
        ("FBI", "zh", "F"),
        ("鑫", "zh", "Hans"),  # beyond the commonest characters
        ("Ελλάδα", "el", "Ε"),
        ("서울", "ko", "ㅅ"),
        ("東京", "ja", "漢字"),
        ("金正恩", "ja", "漢字"),
        ("アメリカ", "ja", "あ"),
        ("ヴェネツィア", "ja", "あ"),
        ("がんばれ", "ja", "か"),
        ("ワシントン", "ja", "わ"),
        ("東京", "zt", " 8畫"),
        ("臺灣", "zt", "14畫"),
        ("FBI", "zt", "F"),
        ("鑫", "zt", "Hant"),  # beyond the commonest characters
        ("Россия", "zt", "Cyrl"),
        ("", "en", "0–9"),
    ],
)
def test_a_name_stands_under_its_letter_or_script(name: str, language: str, letter: str) -> None:
    assert initial_of(name, language).letter == letter


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["Alma 2", "Alma 10", "Écu", "Zoë", "9/11", "Россия", "北约"]),
        ("ar", ["أثينا", "الأرجنتين", "إسبانيا", "باريس", "الصين", "2M", "FBI"]),
        ("zh", ["埃及", "德国", "FBI", "美国", "中国"]),
        ("zt", ["一行", "金正恩", "美國", "習近平", "臺灣", "Россия"]),
        ("ja", ["アメリカ", "インド", "かながわ", "ロシア", "一行", "東京", "FBI"]),
    ],
)
def test_a_list_follows_the_readers_alphabet(language: str, ordered: list[str]) -> None:
    places = [place_of(name, language) for name in ordered]
    assert sorted(places) == places
