"""The front page is brief: how long it is in a real browser, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import corpus, samples
from tests.support.browser import chromium, served
from tests.support.real_news import real_news
from tests.support.samples import by_hand, translation

ARTICLES = 25
SCREEN = 900
LENGTHS = (80, 150, 290)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a page in a browser, on a site of 25 articles, real news and long headlines among them."""
    news = real_news()
    long = [
        translation(
            f"long-{length}", "ar", [[by_hand("جملة.", "A sentence.")]], title=by_hand(*headline(length))
        )
        for length in LENGTHS
    ]
    articles = [*news, *long, *corpus.translations(ARTICLES - len(news) - len(long))]
    site = samples.build_site(tmp_path_factory.mktemp("project"), articles)
    with chromium() as browser, served(site) as address:
        yield browser.new_page(base_url=address)


def headline(length: int) -> tuple[str, str]:
    """Return a headline of so many characters, in Arabic and in English."""
    return ("كلمة أخرى " * length)[:length].strip(), ("more words " * length)[:length].strip()


def height(page: Any, path: str, width: int) -> int:
    page.set_viewport_size({"width": width, "height": SCREEN})
    page.goto(path)
    page.evaluate("document.fonts.ready")
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


def test_25_articles_are_at_most_six_screens(page: Any) -> None:
    assert height(page, "en/", 1280) <= 6 * SCREEN
    assert page.locator(".articles > li").count() == ARTICLES
    assert height(page, "en/", 390) <= 10 * SCREEN


def test_a_story_alone_leaves_no_row_empty(page: Any) -> None:
    height(page, "en/", 1280)
    widths = page.evaluate(
        """() => {
            document.querySelector(".page").insertAdjacentHTML("afterbegin",
                "<section class='stories'><ul><li><h3>A story</h3></li></ul></section>");
            return [".stories li", ".page > .stories"].map(
                (each) => document.querySelector(each).getBoundingClientRect().width);
        }"""
    )
    assert widths[0] == widths[1]


def test_a_card_is_two_headlines_one_sentence_and_a_byline(page: Any) -> None:
    height(page, "en/", 1280)
    cards = page.locator(".articles > li").evaluate_all(
        "(cards) => cards.map((card) => ["
        "card.querySelectorAll('h2').length, card.querySelectorAll('.headline').length,"
        "card.querySelectorAll('p[lang]:not(.headline)').length, card.querySelectorAll('.byline').length])"
    )
    assert {tuple(card[:2]) + tuple(card[3:]) for card in cards} == {(1, 1, 1)}
    assert {card[2] for card in cards} <= {0, 1}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_long_headline_is_set_smaller(page: Any, width: int) -> None:
    sizes, lines = [], []
    for length in LENGTHS:
        height(page, f"en/articles/long-{length}/", width)
        size, tall = page.locator("h1").evaluate(
            "(title) => [parseFloat(getComputedStyle(title).fontSize), title.getBoundingClientRect().height]"
        )
        sizes.append(size)
        lines.append(tall / size)
    assert sizes == sorted(sizes, reverse=True) and len({*sizes}) == 3
    if width == 1280:
        assert lines[-1] / 1.3 < 7  # today 290 letters are not twelve lines
