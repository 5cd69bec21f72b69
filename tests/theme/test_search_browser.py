"""The search page in a real browser: what it finds, what it loads, and how it is used."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from generator import render
from generator.model import Article, Digest, Document, Output, Segment, Sentence, Translation
from generator.storage import records
from generator.storage.docs_folder import DocsFolder
from tests.support.barriers import barriers
from tests.support.browser import chromium
from tests.support.searching import FINDS, ROOT, STAYS, article, served, translation_of

HOSTILE = "<img src=x onerror=document.title='broken'> zqhostile <b>bold</b> &amp; \"quoted\""
COUNTS = {
    "en": {0: "Nothing found", 1: "1 article", 2: "2 articles", 23: "23 articles"},
    "ar": {0: "لا توجد نتائج", 1: "مقال واحد", 2: "مقالان", 23: "23 مقالًا"},
}


KOBLER = f"""---
kind: "person"
name: "Martin Kobler"
articles: [{{"link": "../../articles/{STAYS.replace("_", "&#95;")}/", "title": "x", "language": "en"}}]
---

<h1 id="names">Martin Kobler</h1>
""".encode()


def by_machine() -> Translation:
    """Return an article of two sentences that a machine translated."""
    rows = [("خبر أول.", "First news."), ("خبر ثان.", "Second zqmachine news.")]
    places = [(0, 8), (9, 17)]
    sentences = tuple(
        Sentence(source, 0, start, end, "ar") for (source, _), (start, end) in zip(rows, places, strict=True)
    )
    told = Article(
        "m.txt", "m", (" ".join(row[0] for row in rows),), published="2018-10-05", source="Port News"
    )
    segments = tuple(Segment(*row, "machine", "argos|1") for row in rows)
    digest = Digest(Document(told, "ar", 1.0, sentences), (0,), (1.0, 1.0))
    return Translation(digest, "en", segments[0], segments)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build, with plain MkDocs, a site of the two seeds, of 23 short articles and of a hostile one."""
    project = tmp_path_factory.mktemp("project")
    translations = [translation_of(seed) for seed in sorted((ROOT / "seeds").glob("*.txt"))]
    translations += [article(f"short-{number}", f"zqshort number {number}.") for number in range(23)]
    translations += [article("hostile", HOSTILE), by_machine()]
    translations += [article(f"phrase-a{number}", "zqone zqtwo.") for number in range(10)]
    translations += [article(f"phrase-b{number}", "zqtwo, and not before that zqone.") for number in range(3)]
    shelf = DocsFolder(project / "docs")
    for translation in translations:
        publish(translation, shelf)
    articles = [render.ListedArticle.of(each) for each in translations]
    shelf.write(page.output() for page in render.index_pages(articles, "en", ("en", "ar")))
    shelf.write([Output(f"{tree}/names/martin-kobler/index.md", KOBLER) for tree in ("en", "ar")])
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    theme = str(ROOT / "generator/theme")
    (project / "mkdocs.yml").write_text(settings.replace("generator/theme", theme), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=project, check=True)
    return project / "site"


def publish(translation: Translation, shelf: DocsFolder) -> None:
    slug = translation.digest.document.article.slug
    shelf.write([Output(records.record_path("en", slug), records.dump_record(translation))])
    shelf.write(render.article_pages(translation, ("en", "ar")))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Return a page that keeps its requests and errors in `requests` and `errors`."""
    page = browser.new_page()
    page.requests, page.errors = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    assert not page.errors
    page.close()


def ask(page: Any, query: str) -> list[str]:
    """Search for a query and give the addresses of what is found."""
    page.locator("#query").fill(query)
    page.locator("#query").press("Enter")
    page.wait_for_function(
        "query => !query || !['', JSON.parse(document.querySelector('[data-words]').dataset.words).working]"
        ".includes(document.querySelector('[role=status]').textContent)",
        arg=query.strip(),
    )
    links: list[str] = page.locator("ol.articles h2 a").evaluate_all("links => links.map(link => link.href)")
    return [unquote(link) for link in links]


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_every_interface_searches_both_languages(page: Any, address: str, tree: str) -> None:
    page.goto(f"{address}{tree}/search/")
    for query, slugs in FINDS.items():
        links = ask(page, query)
        assert {link.split("/articles/")[1].split("/")[0] for link in links} == slugs, query
        assert all(link.startswith(f"{address}{tree}/articles/") for link in links), query
        assert not slugs or len(links) == len(slugs), query
    assert all(request.startswith(address) for request in page.requests)


def test_nothing_more_may_have_a_phrase(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/")
    assert len(ask(page, '"zqone zqtwo"')) == 10
    page.locator("li.more button").click()
    page.wait_for_selector("li.more", state="detached")
    assert page.get_by_role("status").text_content() == "10 articles"
    last = "document.querySelector('ol.articles > :last-child')"
    assert page.evaluate(f"{last}.contains(document.activeElement)")


def test_what_is_no_choice_any_more_narrows_nothing(page: Any, site: Path, tmp_path: Path) -> None:
    index = shutil.copytree(site, tmp_path / "site") / "search-index"
    told = json.loads((index / "index.json").read_bytes()) | {"publishers": ["Hill News", "Port News"]}
    (index / "index.json").write_text(json.dumps(told), "utf-8")
    for place in (0, 1):
        (index / f"fields/publishers-{place}.json").write_text("[0]", "utf-8")
    with served(tmp_path / "site") as address:
        for publisher, shown, count in (
            ("Port News", "Port News", "Nothing found"),
            ("Gone", "", "23 articles"),
        ):
            page.goto(f"{address}en/search/?q=zqshort&publishers={publisher}")
            page.get_by_text(count, exact=True).wait_for()
            select = page.locator("select[name=publishers]")
            assert select.evaluate("select => [select.value, select.selectedIndex < 0]") == [shown, False]


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_the_number_of_results_is_announced(page: Any, address: str, tree: str) -> None:
    page.goto(f"{address}{tree}/search/")
    status = page.get_by_role("status")
    assert status.text_content() == ""
    for query, count in {"xyzzyplugh": 0, "Kobler": 1, "ليبيا": 2, "zqshort": 23}.items():
        ask(page, query)
        assert status.text_content() == COUNTS[tree][count]
    ask(page, "Kobler Rasmussen")
    assert COUNTS[tree][2] not in (status.text_content() or "")
    ask(page, "")
    assert status.text_content() == ""


def test_nothing_is_loaded_until_a_search(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/", wait_until="networkidle")
    assert not [request for request in page.requests if "search-index" in request or "rules" in request]
    ask(page, "Libya")
    assert [request for request in page.requests if "search-index" in request]


def test_the_scripts_come_while_a_query_is_typed_on_another_page(page: Any, address: str) -> None:
    page.goto(f"{address}en/", wait_until="networkidle")
    assert not [request for request in page.requests if "search-" in request]
    with page.expect_request("**/assets/search.js"), page.expect_request("**/assets/search-slips.js"):
        page.locator("#masthead-query").focus()
    page.wait_for_load_state("networkidle")
    assert page.url == f"{address}en/"


SAID = """() => {
  const status = document.querySelector("[role=status]"), said = window.said = [];
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
}"""


def test_each_result_stands_as_soon_as_those_before_it_and_stays_there(page: Any, address: str) -> None:
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        waiting.append(route)

    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{address}en/search/")
    page.evaluate(SAID)
    page.route("**/search-index/texts/*", hold)
    page.locator("#query").fill("Kobler zqshort")
    page.locator("#query").press("Enter")
    results, status = page.locator("ol.articles > li"), page.get_by_role("status")
    while len(waiting) < 10:
        page.wait_for_timeout(20)
    for number in (4, 0, 1):
        waiting[number].continue_()
    results.nth(1).wait_for()
    assert (results.count(), status.text_content()) == (2, "Searching…")
    places = "lines => lines.map(line => [line.getBoundingClientRect().x, line.getBoundingClientRect().y])"
    before = results.evaluate_all(places)
    for number in (2, 3, *range(5, 10)):
        waiting[number].continue_()
    page.locator("li.more").wait_for()
    assert results.count() == 11
    assert results.evaluate_all(places)[:2] == before
    assert page.evaluate("said") == ["Searching…", status.text_content()]
    assert status.evaluate("status => status.offsetHeight > 30")  # two lines, for which there was room


def test_the_keyboard_leads_from_the_query_to_the_sentence(page: Any, address: str) -> None:
    page.goto(f"{address}ar/search/")
    page.locator("#query").focus()
    page.keyboard.type("متمسك")
    page.keyboard.press("Enter")
    page.locator("ol.articles h2 a").wait_for()
    assert page.locator("ol.articles mark").first.text_content() == "متمسكٌ"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/articles/**")
    assert page.url.endswith("#s1")
    assert "متمسكٌ" in page.locator(":target").text_content()


def test_more_results_come_ten_at_a_time_and_get_the_focus(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/?q=zqshort")
    results, more = page.locator("ol.articles h2"), page.locator("ol.articles .more button")
    for shown in (10, 20):
        results.nth(shown - 1).wait_for()
        assert results.count() == shown
        more.press("Enter")
        results.nth(shown).wait_for()
        assert page.evaluate("document.activeElement.textContent") == results.nth(shown).text_content()
    assert results.count() == 23
    assert more.count() == 0


def test_a_query_comes_from_any_page_and_goes_along_to_the_other_language(page: Any, address: str) -> None:
    page.goto(f"{address}en/")
    page.locator("header input[name=q]").fill("والحكومة")
    page.locator("header input[name=q]").press("Enter")
    page.wait_for_url("**/en/search/?q=*")
    page.locator("ol.articles h2").nth(1).wait_for()
    assert page.locator("#query").input_value() == "والحكومة"
    page.locator("header a[hreflang=ar]").click()
    page.wait_for_url(f"**/ar/search/?q={quote('والحكومة')}")
    page.locator("ol.articles h2").nth(1).wait_for()
    assert page.locator("ol.articles h2").first.get_attribute("lang") == "ar"
    assert page.locator("ol.articles h2").first.get_attribute("dir") == "rtl"
    assert page.locator("ol.articles .other").first.get_attribute("lang") == "en"
    assert page.locator("ol.articles .other").first.get_attribute("dir") == "ltr"


def test_going_back_brings_the_last_search_back(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/")
    ask(page, "Kobler")
    ask(page, "Rasmussen")
    page.go_back()
    page.wait_for_function("document.querySelector('#query').value === 'Kobler'")
    page.locator("ol.articles h2 a[href*='000_']").wait_for()


def test_hostile_text_stays_text(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/")
    ask(page, "zqhostile")
    assert page.locator("ol.articles h2").text_content() == HOSTILE
    assert page.locator("ol.articles").locator("img, b").count() == 0
    ask(page, HOSTILE)
    assert page.locator("#query").input_value() == HOSTILE
    assert page.title() != "broken"


def test_the_list_of_suggestions_is_a_combobox(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/")
    query, options = page.get_by_role("combobox", name="Search the articles"), page.get_by_role("option")
    query.press_sequentially("gov")
    options.first.wait_for()
    assert query.get_attribute("aria-expanded") == "true"
    assert query.get_attribute("aria-activedescendant") is None
    query.press("ArrowDown")
    active = query.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    taken = page.locator(f"#{active}").text_content()
    query.press("Enter")
    page.wait_for_url("**?q=gov*")
    assert query.input_value() == taken
    assert query.get_attribute("aria-expanded") == "false"
    page.locator("ol.articles h2").first.wait_for()


def test_escape_closes_the_list_then_clears_the_field(page: Any, address: str) -> None:
    page.goto(f"{address}ar/search/")
    query = page.locator("#query")
    query.press_sequentially("الحك")
    page.get_by_role("option").first.wait_for()
    field, listed = query.bounding_box(), page.get_by_role("listbox").bounding_box()
    assert abs(field["x"] + field["width"] - listed["x"] - listed["width"]) < 2  # below the field, also in RTL
    query.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert query.input_value() == "الحك"
    query.press("Escape")
    assert query.input_value() == ""


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_a_word_that_was_taken_for_another_is_said_and_can_be_had(page: Any, address: str, tree: str) -> None:
    page.goto(f"{address}{tree}/search/")
    assert len(ask(page, "goverment")) == 2
    assert "government" in page.get_by_role("status").text_content()
    page.locator("[data-search-note] a").click()
    page.wait_for_function(
        "status => document.querySelector('[role=status]').textContent === status", arg=COUNTS[tree][0]
    )
    assert page.locator("#query").input_value() == '"goverment"'


def test_a_name_stands_above_the_articles(page: Any, address: str) -> None:
    page.goto(f"{address}ar/search/")
    ask(page, "Kobler")
    subject = page.locator("[data-search-subjects] li")
    assert "شخص" in subject.text_content()
    assert "مقال واحد" in subject.text_content()
    subject.locator("a").click()
    page.wait_for_url("**/ar/names/martin-kobler/")
    page.locator("h1").wait_for()


def test_results_say_language_publisher_and_what_a_machine_translated(page: Any, address: str) -> None:
    page.goto(f"{address}en/search/")
    ask(page, "zqmachine")
    byline = page.locator("ol.articles .byline")
    assert byline.locator("span").all_text_contents() == [
        "Arabic",
        "Port News",
        "October 5, 2018",
        "machine translation",
    ]
    assert "machine" in page.locator("ol.articles .sentence").get_attribute("class")
    page.goto(f"{address}ar/search/")
    ask(page, "zqmachine")
    assert byline.locator("span").all_text_contents() == ["العربية", "Port News", "5 أكتوبر 2018", "ترجمة آلية"]
    line = page.locator("ol.articles .sentence")
    assert line.get_attribute("dir") == "ltr"
    assert line.evaluate("line => getComputedStyle(line).textAlign") == "right"
    assert "Source Serif" in line.evaluate("line => getComputedStyle(line).fontFamily").split(",")[0]


def test_where_search_cannot_run_it_says_so(browser: Any, site: Path, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'en/search/index.html').as_uri()}?q=Libya")
    assert "web server" in page.get_by_role("status").text_content()
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ar/search/?q=x")
    assert "JavaScript" in page.locator("[role=status]").text_content()
    context.close()


def test_an_index_that_cannot_be_loaded_is_reported_and_tried_again(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.route("**/search-index/**", lambda route: route.abort())
    page.goto(f"{address}en/search/")
    ask(page, "Libya")
    assert "could not be loaded" in page.get_by_role("status").text_content()
    page.unroute("**/search-index/**")
    assert len(ask(page, "Libya")) == 2
    page.close()


@pytest.mark.parametrize("tree", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results_are_accessible_and_fit(page: Any, address: str, tree: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}{tree}/search/")
    ask(page, "ليبيا")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page) == []
    page.locator("#query").fill("")
    page.locator("#query").press_sequentially("gov")
    page.get_by_role("option").first.wait_for()
    page.locator("#query").press("ArrowDown")
    assert barriers(page) == []
