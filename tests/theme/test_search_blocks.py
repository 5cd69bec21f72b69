"""The postings of the search index by blocks of articles: the same bytes however they are cut, and few made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.theme import search_index
from generator.theme.search_index import FOLDER, build
from generator.theme.site_build import SiteBuild
from generator.theme.standing_site import put_aside
from tests.support.searching import article, put

TEXTS = {
    "a": "Parliament in Lima met. NATO met the ministers of Peru.",
    "b": "The ministers of Peru met in Lima.",
    "c": "A government fell.",
    "d": "Governments fall; the Government of Peru stays.",
    "e": "Nothing happened in Lima.",
    "f": "Parliaments met.",
    "g": "The parliament of Peru met NATO.",
}
DAYS = {slug: f"2020-01-{day:02}" for day, slug in enumerate(sorted(TEXTS), 1)}


class Remembering(SiteBuild):
    """A build that tells which articles' pieces it asked for."""

    def __init__(self, site: Path, file: Path) -> None:
        super().__init__(site, file)
        self.asked: list[str] = []

    def made(self, kind: str, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        if kind == "search":
            self.asked.append(name)
        return super().made(kind, name, key, make)


def contents(site: Path) -> dict[str, bytes]:
    folder = site / FOLDER
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.json")}


def cold(docs: Path, site: Path) -> dict[str, bytes]:
    build(docs, site)
    return contents(site)


def warm(docs: Path, site: Path) -> list[str]:
    """Build with what is remembered, as the hook does; give the articles whose pieces were asked for."""
    put_aside(site, [FOLDER])
    last = Remembering(site, site.parent / "memory.sqlite")
    last.stand([], FOLDER, [])
    build(docs, site, last)
    last.finish()
    return last.asked


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for slug, text in TEXTS.items():
        put(tmp_path / "docs", article(slug, text, DAYS[slug]), ("en",))
    return tmp_path / "docs"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_blocks_do_not_show(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    whole = cold(docs, tmp_path / "whole")
    monkeypatch.setattr(search_index, "_BLOCK", size)
    assert cold(docs, tmp_path / "cut") == whole
    monkeypatch.setattr(search_index, "_PENDING", 5)
    assert cold(docs, tmp_path / "put-aside") == whole


def test_a_changed_article_costs_its_block(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_BLOCK", 3)
    assert sorted(warm(docs, tmp_path / "site")) == sorted(TEXTS)
    assert warm(docs, tmp_path / "site") == []
    put(docs, article("b", "The ministers of Chile met in Lima.", DAYS["b"]), ("en",))
    assert sorted(warm(docs, tmp_path / "site")) == ["a", "b", "c"]
    assert contents(tmp_path / "site") == cold(docs, tmp_path / "anew")
    assert warm(docs, tmp_path / "site") == []


def test_a_new_article_leaves_older_blocks(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_BLOCK", 3)
    warm(docs, tmp_path / "site")
    put(docs, article("h", "Parliament met again in Lima.", "2020-02-01"), ("en",))
    warm(docs, tmp_path / "site")
    assert contents(tmp_path / "site") == cold(docs, tmp_path / "anew")
    put(docs, article("c", " ".join(["A very long article of a government."] * 90), DAYS["c"]), ("en",))
    warm(docs, tmp_path / "site")
    assert contents(tmp_path / "site") == cold(docs, tmp_path / "anew")


def test_a_lost_text_comes_back(docs: Path, tmp_path: Path) -> None:
    warm(docs, tmp_path / "site")
    (tmp_path / "site" / FOLDER / "texts/2-0.json").write_text("damaged")
    assert warm(docs, tmp_path / "site") == ["e"]
    assert contents(tmp_path / "site") == cold(docs, tmp_path / "anew")
