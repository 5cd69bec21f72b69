"""Articles on paper: what Chromium prints of them, read back by a program that knows nothing of our pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support import samples
from tests.support.browser import chromium, served
from tests.support.samples import STAYS

CITED = samples.translation(
    "cited", "ar", [[samples.by_hand("جملة.", "A sentence.")]], url="https://example.org/of-the-original"
)
Printer = Callable[..., tuple[Any, list[str]]]
"""Prints the page at an address; gives the page in the browser, and the text of each sheet."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printer]:
    if not shutil.which("pdftotext"):
        assert os.environ.get("CI") != "true", "CI needs pdftotext: install Debian's package poppler-utils"
        pytest.skip("no pdftotext here (Debian's package poppler-utils)")
    folder = tmp_path_factory.mktemp("project")
    site = samples.build_site(folder, [*samples.every_kind(), CITED])
    with chromium() as browser, served(site) as address:

        def sheets(path: str, view: str = "both", **choices: Any) -> tuple[Any, list[str]]:
            page = browser.new_page(**choices)
            page.goto(address + path)
            if page.locator(f".views [value={view}]").count():
                page.locator(f".views [value={view}]").check(force=True)
            page.evaluate("document.fonts.ready")
            page.pdf(path=folder / "page.pdf", format="A4", prefer_css_page_size=True)
            command = ["pdftotext", "-raw", str(folder / "page.pdf"), "-"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            return page, done.stdout.removesuffix("\f").split("\f")

        yield sheets


def latin(text: str) -> str:
    """Return the Latin letters and digits of a text."""
    return "".join(re.findall("[0-9A-Za-z]", unicodedata.normalize("NFKD", text)))


def arabic(text: str) -> str:
    """Return the Arabic letters of a text, from which a PDF may have taken ligatures and joined forms."""
    return "".join(re.findall("[\u0621-\u064a]", unicodedata.normalize("NFKC", text)))


def place(text: str, wanted: str, start: int) -> int:
    """Return the end of the stretch of `text` that has the letters of `wanted`; -1 where there is none.

    Glyphs of a line are drawn in any order, so that letters swap places within it, yet never between sentences.
    """
    letters = Counter(wanted)
    for at in range(start, len(text) - len(wanted) + 1):
        if Counter(text[at : at + len(wanted)]) == letters:
            return at + len(wanted)
    return -1


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_the_whole_article_is_on_paper_in_both_languages_and_in_order(printed: Printer, tree: str) -> None:
    _, found = printed(f"{tree}/articles/{STAYS}/")
    assert 2 <= len(found) <= 5
    pairs = samples.reviewed()[STAYS]
    for letters, side in ((arabic, 0), (latin, 1)):
        text, end = letters("".join(found)), 0
        for pair in pairs:
            end = place(text, letters(pair[side]), end)
            assert end > 0, pair[side]
            assert place(text, letters(pair[side]), end) < 0, "nothing is printed twice"


@pytest.mark.parametrize(("view", "shown"), [("source", 0), ("target", 1)])
def test_one_language_is_printed_where_one_is_shown(printed: Printer, view: str, shown: int) -> None:
    _, found = printed(f"en/articles/{STAYS}/", view)
    letters = (arabic, latin)
    text = re.sub(r"(?m)^\s*[0-9]+\s*$", "", "\n".join(found))  # a sheet's number may stand amid a sentence
    for pair in samples.reviewed()[STAYS]:
        assert place(letters[shown](text), letters[shown](pair[shown]), 0) > 0, pair[shown]
        assert place(letters[1 - shown](text), letters[1 - shown](pair[1 - shown]), 0) < 0, pair[1 - shown]


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_sheets_are_numbered_and_no_pair_is_torn(printed: Printer, tree: str) -> None:
    _, found = printed(f"{tree}/articles/{STAYS}/")
    for number, text in enumerate(found, 1):
        assert re.search(rf"(?m)^\s*{number}\s*$", text), f"sheet {number} has no number"
    for source, target in samples.reviewed()[STAYS]:
        assert any(
            place(latin(text), latin(target), 0) > 0 and place(arabic(text), arabic(source), 0) > 0
            for text in found
        ), target


def test_only_what_is_read_is_printed(printed: Printer) -> None:
    page, found = printed("en/articles/zh-news/")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('nav, form, button, input, .views, .colophon, .skip, .keys')]"
        ".filter(each => each.getClientRects().length).map(each => each.outerHTML)"
    )
    assert shown == []
    text = " ".join("".join(found).split())
    assert "https://example.com/news?id=1&lang=zh#top" in text.replace(" ", "")
    assert "A dotted line marks machine translation." in text
    assert "Check this" in text and "not translated yet" in text


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_the_address_of_the_original_is_printed_apart_from_the_words_that_lead_there(
    printed: Printer, tree: str
) -> None:
    _, (text,) = printed(f"{tree}/articles/cited/")
    assert re.search(r"(?<!\S)https://example\.org/of-the-original(?!\S)", text)


@pytest.mark.parametrize(("tree", "scheme"), [("en", "light"), ("ar", "light"), ("en", "dark")])
def test_marks_are_seen_without_colour_and_within_the_paper(printed: Printer, tree: str, scheme: str) -> None:
    """A dotted line stands beside a machine's sentence; ink is dark even where the reader's screen is."""
    page, _ = printed(f"{tree}/articles/mixed/", color_scheme=scheme)
    page.evaluate(f"document.documentElement.dataset.theme = '{scheme}'")
    page.emulate_media(media="print", color_scheme=scheme)
    page.set_viewport_size({"width": 680, "height": 1000})  # what A4 leaves between its margins
    marks = page.evaluate(
        """[...document.querySelectorAll('li.machine > .target')].map(each => {
            const mark = getComputedStyle(each, '::before'), box = each.getBoundingClientRect();
            const ltr = getComputedStyle(each).direction === 'ltr', edge = parseFloat(mark.insetInlineStart);
            return [mark.borderInlineStartStyle, ltr ? box.left + edge : box.right - edge];
        })"""
    )
    assert [style for style, _ in marks] == ["dotted"]
    assert all(0 <= place <= 680 for _, place in marks)
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 64


def test_a_list_is_printed_too(printed: Printer) -> None:
    _, found = printed("ar/")
    assert len(found) <= 5
    assert "NATO remains committed" in " ".join("".join(found).split())
