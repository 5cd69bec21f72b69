"""The size of text is the reader's: all of it follows what the browser is set to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import samples
from tests.support.browser import chromium, served

SIZES = """() => [...document.querySelectorAll("body *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => each.getClientRects().length)
  .map((each) => [each.tagName + "." + each.className, parseFloat(getComputedStyle(each).fontSize)])"""
PATHS = ("en/", "en/articles/zh-news/", "ar/articles/mixed/", "en/search/", "zh/about/")


def test_text_is_as_large_as_the_reader_has_set_the_browser(tmp_path: Path) -> None:
    site = samples.build_site(tmp_path, samples.every_kind())
    sizes = []
    for default in (16, 24):
        with served(site) as address, chromium(f"--blink-settings=defaultFontSize={default}") as browser:
            page = browser.new_page(viewport={"width": 1600, "height": 900}, base_url=address)
            shown = []
            for path in PATHS:
                page.goto(path)
                shown += page.evaluate(SIZES)
            sizes.append(shown)
    assert len(sizes[0]) > 100
    for (name, usual), (_, large) in zip(*sizes, strict=True):
        assert large / usual == pytest.approx(1.5, abs=0.06), name  # headlines grow with the window, too
