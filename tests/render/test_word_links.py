"""Which word became which, in an article's page: numbers that hold as long as nobody corrects the sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import render
from generator.model import Link, Segment
from generator.render.escape import clean, shown_offsets
from generator.render.page_markup import without_translations
from generator.render.word_links import word_links
from tests.support import linked, samples


def in_utf16(text: str) -> list[str]:
    """Return a text's units as scripts count them."""
    units = text.encode("utf-16-le")
    return [units[at : at + 2].hex() for at in range(0, len(units), 2)]


def words_of(segment: Segment) -> list[tuple[str, str]]:
    """Read links as the script does."""
    total, *numbers = word_links(segment).split(" ")
    assert total == f"{crc32(clean(segment.target or '').encode()) & 0xFFFF:x}"
    source, target = (in_utf16(clean(text or "")) for text in (segment.source, segment.target))
    found, source_at, target_at = [], 0, 0
    for gap, length, shift, width in zip(*[map(int, numbers)] * 4, strict=True):
        words = target[target_at + gap :][:length], source[source_at + shift :][:width]
        target_at, source_at = target_at + gap + length, source_at + shift + width
        found.append(tuple(bytes.fromhex("".join(word)).decode("utf-16-le") for word in reversed(words)))
    return found  # type: ignore[return-value]


def test_words_are_found_again_in_the_units_that_scripts_count() -> None:
    assert words_of(linked.ARABIC) == [
        ("الوفد", "delegation"),
        ("Obama", "Obama"),
        ("وصل", "came"),
        ("طرابلس", "Tripoli"),
    ]


def test_blanks_and_controls_that_a_page_does_not_show_do_not_count() -> None:
    messy = linked.linked("  a\u202e  𠀀 \t b\x00c ", " x \n y\u2028z ", ("𠀀", "x"), ("b\x00c", "y\u2028z"))
    assert words_of(messy) == [("𠀀", "x"), ("bc", "y z")]


@given(st.text())
def test_each_place_of_a_text_is_found_in_what_is_shown(text: str) -> None:
    offsets = shown_offsets(text)
    assert len(offsets) == len(text) + 1
    shown = in_utf16(clean(text))
    for at, char in enumerate(text):
        if clean(char):
            assert shown[offsets[at] : offsets[at + 1]] == in_utf16(char)


@pytest.mark.parametrize(
    "segment", [samples.by_hand("a", "b"), samples.untranslated("a"), samples.original("a")]
)
def test_what_no_machine_linked_says_nothing(segment: Segment) -> None:
    assert word_links(segment) == ""
    assert word_links(replace(segment, target=None, links=(Link(0, 1, 0, 1),))) == ""


def pages(*segments: Segment) -> str:
    (page,) = render.article_pages(linked.article("a", "ar", *segments), ("en",))
    return page.content.decode()


def test_pages_carry_them_and_are_else_as_they_were() -> None:
    page = pages(linked.ARABIC, samples.by_hand("a", "b"))
    plain = pages(replace(linked.ARABIC, links=()), samples.by_hand("a", "b"))
    assert page.count(" data-links=") == 1
    assert re.sub(' data-links="[^"]*"', "", page) == plain


def test_an_edited_page_of_an_earlier_version_is_compared_without_them() -> None:
    page = pages(linked.ARABIC)
    plain = re.sub(' data-links="[^"]*"', "", page)
    assert without_translations(page, headed=True) == without_translations(plain, headed=True)


def test_each_sentence_names_its_machine_where_there_are_several() -> None:
    other = linked.linked("ج", "c", ("ج", "c"), signature=samples.SIGNATURE.replace("zh-en", "ar-en"))
    assert "data-by" not in pages(linked.ARABIC)
    page = pages(linked.ARABIC, other, samples.by_hand("a", "b"))
    assert re.findall('data-by="([^"]*)"', page) == ["Argos zh→en 1.9", "Argos ar→en 1.9"]
    assert without_translations(page, headed=True) == without_translations(
        re.sub(' data-[a-z]+="[^"]*"', "", page), headed=True
    )


def test_links_of_a_long_sentence_are_drawn_in_linear_time() -> None:
    words = " ".join(f"w{number}  " for number in range(20_000))  # not clean, so the slow way
    spans = [match.span() for match in re.finditer(r"\S+", words)]
    links = tuple(Link(*span, *span) for span in spans)
    segment = Segment(words, words, "machine", links=links)
    assert len(word_links(segment).split(" ")) == 1 + 4 * len(spans)
