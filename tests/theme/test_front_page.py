"""The front page is brief: how long it is in a real browser, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import corpus, samples
from tests.support.browser import chromium, served
from tests.support.real_news import real_news

ARTICLES = 25
SCREEN = 900


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a page in a browser, and the address of a site of 25 articles, real news among them."""
    news = real_news()
    articles = [*news, *corpus.translations(ARTICLES - len(news))]
    site = samples.build_site(tmp_path_factory.mktemp("project"), articles)
    with chromium() as browser, served(site) as address:
        yield browser.new_page(base_url=address)


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


def test_a_card_is_two_headlines_one_sentence_and_a_byline(page: Any) -> None:
    height(page, "en/", 1280)
    cards = page.locator(".articles > li").evaluate_all(
        "(cards) => cards.map((card) => ["
        "card.querySelectorAll('h2').length, card.querySelectorAll('.headline').length,"
        "card.querySelectorAll('p[lang]:not(.headline)').length, card.querySelectorAll('.byline').length])"
    )
    assert {tuple(card[:2]) + tuple(card[3:]) for card in cards} == {(1, 1, 1)}
    assert {card[2] for card in cards} <= {0, 1}
