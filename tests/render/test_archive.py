"""The archive: by month, language and source, only where there is something to list."""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from generator import render
from generator.export.feeds import feed_files
from generator.model import Translation
from generator.storage import records
from tests.support import samples
from tests.support.hostile_texts import ATTACKS
from tests.support.samples import by_hand, by_machine, translation


def archive(articles: Sequence[Translation], tree: str = "en") -> dict[str, str]:
    """Return the archive's pages by their folders below it."""
    entries = [render.ListedArticle.of(each) for each in articles]
    trees = render.trees((entry.language for entry in entries), "en")
    start = f"{tree}/archive/"
    return {
        page.path.removeprefix(start).removesuffix("index.md"): page.make().decode()
        for page in render.index_pages(entries, "en", trees)
        if page.path.startswith(start)
    }


def article(slug: str, language: str = "ar", **facts: object) -> Translation:
    return translation(slug, language, [[by_hand("جملة.", "A sentence.")]], **facts)


def slugs(page: str) -> list[str]:
    return re.findall(r'<h2.*?href="(?:\.\./)+articles/([^/]+)/"', page)


CASES = [
    ("the two seeds", samples.seeds(), set()),
    ("nothing", [], set()),
    ("one date", [article("a", published="2016-01-30"), article("b")], {"", "2016-01/"}),
    ("no date that can be read", [article("a", published="yesterday")], set()),
    ("one source", [article("a", source="Al Jazeera"), article("b")], {"", "source/al-jazeera/"}),
    ("no source", [article("a", source=" \u202e")], set()),
    ("two languages", [article("a"), article("b", "zh")], {"", "language/ar/", "language/zh/"}),
]


@pytest.mark.parametrize(("name", "articles", "folders"), CASES, ids=[case[0] for case in CASES])
def test_there_is_an_archive_where_something_divides_the_articles(
    name: str, articles: list[Translation], folders: set[str]
) -> None:
    assert set(archive(articles)) == folders


def test_a_page_of_a_long_list_takes_no_other_articles_along_to_another_process() -> None:
    def largest(count: int) -> int:
        entries = [render.ListedArticle.of(article(f"a{number:04}", source="One")) for number in range(count)]
        pages = render.index_pages(entries, "en", ("en", "ar"))
        return max(len(pickle.dumps(page)) for page in pages)

    assert largest(600) < 1.1 * largest(60)


def test_the_home_page_leads_to_the_archive_where_there_is_one() -> None:
    for articles, leads in ((samples.seeds(), False), (samples.every_kind(), True)):
        entries = [render.ListedArticle.of(each) for each in articles]
        pages = {page.path: page.make().decode() for page in render.index_pages(entries, "en", ("en", "ar"))}
        for tree in ("en", "ar"):
            assert ('<a href="archive/">' in pages[f"{tree}/index.md"]) == leads


def test_every_group_lists_its_articles_newest_first() -> None:
    pages = archive(
        [
            article("old", published="2016-01-02", source="Reuters"),
            article("new", "zh", published="2016-01-30", source="Reuters"),
            article("other", published="2015-12-31T23:00:00Z", source="新华社"),
            article("undated"),
        ]
    )
    assert {folder: slugs(page) for folder, page in pages.items() if folder} == {
        "2016-01/": ["new", "old"],
        "2015-12/": ["other"],
        "language/ar/": ["old", "other", "undated"],
        "language/zh/": ["new"],
        "source/reuters/": ["new", "old"],
        "source/新华社/": ["other"],
    }
    links = re.findall(r'<li><a href="(.*?)">(.*?)</a> <span>(.*?)</span>', pages[""])
    assert [(unquote(address), count) for address, _, count in links] == [
        ("2016-01/", "2 articles"),
        ("2015-12/", "1 article"),
        ("language/ar/", "3 articles"),
        ("language/zh/", "1 article"),
        ("source/reuters/", "2 articles"),
        ("source/新华社/", "1 article"),
    ]


def test_months_and_languages_are_named_in_the_words_of_the_tree() -> None:
    pages = {tree: archive(samples.every_kind(), tree) for tree in ("en", "ar", "zh")}
    for tree, month in (("en", "January 2016"), ("ar", "يناير"), ("zh", "2019年11月")):
        assert month in pages[tree][""]
    assert ">Arabic</a>" in pages["en"][""] and "language/" not in pages["ar"][""]
    assert '<h1 id="archive"><bdi lang="zh" dir="ltr">新华社</bdi></h1>' in pages["en"]["source/新华社/"]


def test_a_row_has_the_headline_in_both_languages() -> None:
    for tree, first in (("en", "target"), ("zh", "source")):
        page = html.fromstring(archive(samples.every_kind(), tree)["2019-11/"].split("---\n", 2)[2])
        heading = page.find(".//h2")
        assert heading.get("class").split()[0] == first
        assert {p.get("lang") for p in page.xpath("//h2 | //p[@lang]")} == {"en", "zh"}
        assert page.xpath("string(//time/@datetime)") == "2019-11-02"


def test_long_lists_are_turned_page_by_page() -> None:
    pages = archive([article(f"a{n:03}", published="2016-01-30") for n in range(151)])
    turned = ["2016-01/", "2016-01/page/2/", "2016-01/page/1/"]
    assert [len(slugs(pages[folder])) for folder in turned] == [51, 50, 50]
    base = "https://example.org/en/archive/"
    for here, rel, there in ((0, "next", 1), (1, "prev", 0), (1, "next", 2), (2, "prev", 1)):
        (link,) = re.findall(f'rel="{rel}" href="([^"]*)"', pages[turned[here]])
        assert urljoin(base + turned[here], link) == base + turned[there]
    (link,) = re.findall(r'href="([^"]*articles/a150/)"', pages[turned[2]])
    assert urljoin(base + turned[2], link) == "https://example.org/en/articles/a150/"


def test_sources_of_one_spelling_have_folders_of_their_own() -> None:
    names = ["Al-Jazeera", "al jazeera", "AP", "…", "!", "ب" * 200, "ب" * 201, "page"]
    folders = set(archive([article(f"a{n}", source=name) for n, name in enumerate(names)]))
    groups = {folder.split("/")[1] for folder in folders if folder}
    assert len(groups) == len(names) and {"ap", "page"} <= groups
    assert all(len(name.encode()) <= 255 and "." not in name for name in groups)


def test_hostile_sources_are_only_text(tmp_path: Path) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in ATTACKS.values()]
    articles = [
        translation(f"a{n:03}", "ar", [[by_machine("جملة.", "A sentence.")]], source=text)
        for n, text in enumerate(texts)
    ]
    site = samples.build_site(tmp_path, articles)
    pages = [html.fromstring(file.read_bytes()) for file in sorted(site.glob("en/archive/**/index.html"))]
    sources = {render.escape.clean(text) for text in texts} - {""}
    assert len(pages) == len(sources) + 1
    assert {page.xpath("string(//h1)") for page in pages[1:]} <= sources | {"Archive"}
    assert {page.find(".//h1").text_content() for page in pages} == sources | {"Archive"}
    for page in pages:
        content = page.get_element_by_id("content")
        assert {each.tag for each in content.iter()} <= set(
            "article h1 h2 ol ul li div p a span bdi section".split()
        )
        assert not page.xpath("//script[not(@src)]")


def test_the_order_of_articles_changes_no_byte() -> None:
    assert archive(samples.every_kind()) == archive(samples.every_kind()[::-1])


def test_what_was_archived_leaves_the_front_and_the_feeds_alone() -> None:
    told = [article("new", published="2026-11-27"), article("old", published="2026-11-26", archived=True)]
    entries = [render.ListedArticle.of(each) for each in told]
    pages = {page.path: page.make().decode() for page in render.index_pages(entries, "en", ("en", "ar"))}
    for front in (pages["en/index.md"], pages["ar/index.md"]):
        assert "articles/new/" in front and "articles/old/" not in front
    assert slugs(pages["en/archive/2026-11/index.md"]) == ["new", "old"]
    feeds = [out.content for out in feed_files(entries, ("en",), "https://example.org/", {"en": "Site"})]
    assert len(feeds) == 3
    assert all(b"articles/new/" in feed and b"articles/old/" not in feed for feed in feeds)
    entries = [render.ListedArticle.of(article("old", published="2026-11-26", archived=True))]
    pages = {page.path: page.make().decode() for page in render.index_pages(entries, "en", ("en",))}
    assert "articles/old/" not in pages["en/index.md"] and 'href="archive/"' in pages["en/index.md"]


def test_one_article_of_two_publishers_names_both_and_stands_under_both() -> None:
    told = article("a", published="2026-11-27", source="The Paper", also=("Al-Sahifa", "<i>x</i>"))
    entry = render.ListedArticle.of(told)
    assert render.ListedArticle.from_json(entry.to_json()) == entry
    assert records.parse_record(records.dump_record(told), "a") == told
    pages = [
        page.make().decode()
        for page in render.index_pages([entry], "en", ("en",))
        if page.path == "en/index.md"
    ]
    pages += [out.content.decode() for out in render.article_pages(told, ("en",))]
    for page in pages:
        assert ">The Paper</bdi>, <bdi" in page and ">Al-Sahifa</bdi>" in page and "<i>" not in page
    assert {"source/the-paper/", "source/al-sahifa/"} < set(archive([told]))
