"""Marks, letters, names and months that several stages take alike."""

import pytest

from generator.analyze.summarize import select
from generator.languages.normalize import fold_letters, is_reserved_name, normal_words
from generator.languages.quotations import CLOSED_BY, CLOSING, FAMILIES, OPENING, has_whole_quotations
from generator.languages.term_matcher import TermMatcher, any_of, mentions_of
from generator.model import Pair, Sentence
from generator.review.fuzzy_match import Sources
from generator.translate.quality_checks import quality_findings


def found(check: str, pair: Pair) -> list[str]:
    """Return what a quality check finds."""
    return [finding.detail for finding in quality_findings(pair) if finding.check == check]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"a"',
        "“a”",
        "„a“",
        "„a”",
        "„a“ “b”",
        "”a”",
        "«a»",
        "»a«",
        "「a『b』」",
        "﹁a﹂",
        "＂a＂",
        '＂a"',
        "It’s his’",
    ],
)
def test_whole_quotations(text: str) -> None:
    assert has_whole_quotations(text)


@pytest.mark.parametrize(
    "text", ['"a', "“a", "a”", "„a", "„a” “", "“a “b", "«a", "a»", "「a『b」", "a﹂", "“a»"]
)
def test_half_quotations(text: str) -> None:
    assert not has_whole_quotations(text)


def test_every_mark_has_a_family_and_every_opening_mark_is_closed() -> None:
    _, *paired = FAMILIES
    assert set(OPENING + CLOSING) == set("".join(paired))
    assert set(OPENING) <= CLOSED_BY.keys()
    assert set("".join(CLOSED_BY.values())) <= set(CLOSING) | {'"', "“"}


def test_german_quotations_are_whole_for_the_check_too() -> None:
    """It took „ for no mark, and so held every German source for broken."""
    pair = Pair("Er nannte es „furchtbar“.", 'He called it "terrible.', "de", "en")
    assert found("quotes", pair) == [""]


def test_a_quotation_between_vertical_marks_is_not_cut_in_half() -> None:
    texts = [
        "﹁政府宣布這項決定將從下週開始實施。",
        "這項政策的影響仍有待觀察研究。﹂",
        "天氣將會逐漸轉涼請多加衣服。",
    ]
    sentences = [Sentence(text, 0, 0, len(text), "zt") for text in texts]
    assert select(sentences, [3.0, 1.0, 2.0], 1) == {2}


def test_an_invented_month_is_seen_in_traditional_chinese() -> None:
    target = "The command spoke about the landing on 4 April."
    assert found("month", Pair("他說，4日指揮部商談過著陸事宜。", target, "zt", "en")) == ["4 April"]
    assert found("month", Pair("他說，4月4日指揮部商談過著陸事宜。", target, "zt", "en")) == []


def test_words_without_spaces_are_compared_letter_by_letter_in_every_script() -> None:
    """Similar sources once took a Thai, Lao, Burmese or Khmer sentence for a word or two."""
    assert normal_words("中文 ABC") == ["中", "文", "abc"]
    assert normal_words("ลาว") == ["ล", "า", "ว"]
    known = "นายกรัฐมนตรีแถลงข่าวที่ทำเนียบรัฐบาลเมื่อวานนี้"
    ((found, similarity),) = Sources.of([known]).similar(known.replace("เมื่อวานนี้", "วันนี้"))
    assert found == known
    assert similarity > 0.75


def test_letters_are_folded_and_marks_stay() -> None:
    assert fold_letters("Straße «قُرْآنٌۖ» ＡＢ") == "strasse «قران» ab"


@pytest.mark.parametrize(
    ("name", "reserved"),
    [("con", True), ("aux", True), ("com1", True), ("lpt9", True), ("index", False), ("console", False)],
)
def test_names_that_windows_keeps(name: str, reserved: bool) -> None:
    assert is_reserved_name(name) is reserved


@pytest.mark.parametrize(
    ("spellings", "text"),
    [
        (["Tom Cruz", "Cruz"], "Tom Cruz and Cruz's Cruzado, Cruz-Lee: Tom Cruzx Cruz"),
        (["Cruz", "Cruz Lee", "e"], "e Cruz Lee e"),
        (["كروز", "كروز الثاني"], "قال كروز الثاني وكروز كروز."),
        (["特朗普"], "特朗普见特朗普A特朗普"),
        (["aa", ""], "aaa aa aaaa aa"),
        (["e\u0301"], "e\u0301 e\u0301\u0301"),
    ],
)
def test_mentions_are_what_a_pattern_finds(spellings: list[str], text: str) -> None:
    pattern = any_of([each for each in spellings if each])
    assert list(mentions_of(spellings, text)) == [match.span() for match in pattern.finditer(text)]


def test_a_matcher_finds_the_longest_term_behind_what_arabic_joins_to_it() -> None:
    matcher = TermMatcher([("ليبيا", 1), ("الأمم المتحدة", 2), ("المتحدة", 3), ("汉堡", 4)])
    assert matcher.find("قالت للأمم المتحدة وبليبيا، ثم ليبيا") == [2, 1]
    assert matcher.find("他在汉堡。") == [4]
    assert matcher.find("") == []
