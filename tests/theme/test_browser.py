"""The site in a real browser: what readers see, press and hear, and what their browser is asked to load."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import samples, showcase
from tests.support.barriers import barriers
from tests.support.browser import Watch, chromium, served
from tests.support.samples import READY, ROOT, STAYS

SCREENSHOTS = ROOT / "screenshots"
PAGES = [
    "",
    "en/",
    "ar/",
    "zh/",
    f"en/articles/{STAYS}/",
    f"ar/articles/{STAYS}/",
    "en/articles/zh-news/",
    "zh/articles/zh-news/",
    "en/articles/mixed/",
    "ar/articles/mixed/",
    "en/articles/english/",
    "ar/articles/pending/",
    "en/search/",
    "ar/search/",
    "en/about/",
    "ar/about/",
    "en/hand-written/",
    "nowhere/",
]
ARTICLES = [f"en/articles/{STAYS}/", f"ar/articles/{STAYS}/"]
WIDTHS = [320, 390, 768, 1280, 2560]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    samples.write_docs(project, samples.every_kind())
    (project / "docs/en/hand-written.md").write_text(showcase.HAND_WRITTEN, encoding="utf-8")
    return samples.build_site(project, samples.every_kind())


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Return a page of a common screen's size, on which nothing may go wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch = Watch(page)
    yield page
    errors = [error for error in watch.errors if "404" not in error]
    context.close()
    assert errors == []


def box(page: Any, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()  # type: ignore[no-any-return]


# Every page

SHIFTS = """() => {
  const observer = new PerformanceObserver(() => null);
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().map((entry) => entry.value);
}"""
"""How far the page jumped while it loaded, shift by shift."""

FACES = """() => ({
  loaded: [...document.fonts].filter((face) => face.status !== "unloaded")
    .map((face) => face.family.replaceAll('"', "").toLowerCase().replaceAll(" ", "-") + " " + face.weight),
  preloaded: [...document.querySelectorAll("link[rel=preload][as=font]")]
    .map((link) => link.href.split("/").pop().replace(/-(latin|arabic)-(\\d+)-normal.woff2$/, " $2")),
})"""
"""The faces that the page used, and those that were there before its first paint."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_only_from_its_own_host_and_moves_nothing(browser: Any, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch = Watch(page)
    page.goto(address + path, wait_until="networkidle")
    assert watch.foreign(address) == []
    assert [error for error in watch.errors if "404" not in error] == []
    # A face that a busy machine delivers after the first paint moves a line by a hair; anything else moves far more.
    assert sum(page.evaluate(SHIFTS)) < 0.01
    faces = page.evaluate(FACES)
    assert set(faces["loaded"]) <= set(faces["preloaded"])
    assert page.evaluate("[document.documentElement.lang, document.dir]") == {
        "ar": ["ar", "rtl"],
        "zh": ["zh", "ltr"],
    }.get(path.split("/", maxsplit=1)[0], ["en", "ltr"])
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_barrier(page: Any, address: str, path: str) -> None:
    """A page is loaded once: its styles alone depend on the width and the scheme."""
    page.goto(address + path)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours do not fade over
            assert barriers(page) == [], (width, scheme)


def test_no_page_scrolls_sideways(page: Any, address: str) -> None:
    for path in PAGES:
        page.goto(address + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [
                width,
                True,
            ], path


LINES_OF_FACTS = """() => [...document.querySelectorAll(".byline")].flatMap((byline) => {
  const lines = [];
  for (const fact of byline.querySelectorAll(":scope > span")) {
    const range = document.createRange();
    range.selectNodeContents(fact);
    for (const box of range.getClientRects()) {
      const line = lines.find((each) => Math.abs(each.bottom - box.bottom) < 8);
      if (!line) lines.push({ top: box.top + scrollY, bottom: box.bottom, left: box.left, right: box.right });
      else [line.left, line.right] = [Math.min(line.left, box.left), Math.max(line.right, box.right)];
    }
  }
  return lines.length > 1 ? lines.map(({ top, left, right }) => [top, left, right]) : [];
})"""
"""Of each line of facts that wrap: where it is, and where its words begin and end."""

HIDE_DOTS = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".byline span::before, .byline span::after { visibility: hidden }");
  document.adoptedStyleSheets.push(sheet);
}"""


@pytest.mark.parametrize("path", ["en/articles/zh-news/", "zh/articles/zh-news/", "ar/", "en/"])
def test_no_wrapped_line_of_facts_begins_or_ends_with_a_dot(page: Any, address: str, path: str) -> None:
    page.set_viewport_size({"width": 256, "height": 900})
    page.goto(address + path)
    lines = page.evaluate(LINES_OF_FACTS)
    assert len(lines) > 1

    def seen(sides: bool) -> list[bytes]:
        strips = []
        for top, left, right in lines:
            for start, end in ((0, left - 1), (right + 1, 256)) if sides else ((left, right),):
                clip = {"x": start, "y": top, "width": max(end - start, 1), "height": 12}
                strips.append(page.screenshot(full_page=True, clip=clip))
        return strips

    edges, between = seen(True), seen(False)
    page.evaluate(HIDE_DOTS)
    assert seen(True) == edges
    assert seen(False) != between or path == "zh/articles/zh-news/"


def test_zoomed_to_400_percent_everything_is_there_and_readable(browser: Any, address: str) -> None:
    """A window of 1280 by 1024 pixels at 400 % is one of 320 by 256."""
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    for path in ARTICLES:
        page.goto(f"{address}{path}#s3")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        covered = box(page, ".views")["y"] + box(page, ".views")["height"]
        assert covered < box(page, "#s3")["y"] < 256
    context.close()


# The article

BOXES = """() => [...document.querySelectorAll(".pairs > li")].map((item) =>
  [".source", ".target"].map((side) => item.querySelector(side).getBoundingClientRect().toJSON()))"""

FOCUS = """() => {
  const focused = document.activeElement;
  const shown = focused.matches(".views input") ? focused.nextElementSibling : focused;
  return [focused.className || focused.name || focused.tagName, getComputedStyle(shown).outlineStyle];
}"""
"""What has the focus, and how it shows that."""


@pytest.mark.parametrize("path", ARTICLES)
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_translations_stand_beside_their_originals(page: Any, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path)
    boxes = page.evaluate(BOXES)
    assert len(boxes) == 21
    for source, target in boxes:
        if width == 390:
            first, second = (target, source) if path.startswith("en") else (source, target)
            assert first["y"] + first["height"] <= second["y"]
            assert first["x"] == second["x"]
        else:
            left, right = (target, source)  # English is on the left of either interface
            assert left["x"] + left["width"] <= right["x"]
            assert abs(left["y"] - right["y"]) < 1
            assert abs(left["width"] - right["width"]) < 1


def visible(page: Any, selector: str) -> int:
    return page.locator(f"{selector} >> visible=true").count()  # type: ignore[no-any-return]


@pytest.mark.parametrize("scripts", [True, False])
def test_views_show_both_languages_or_one(browser: Any, address: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}en/articles/mixed/")
    count = {side: f"section.text p.{side}:not(:empty)" for side in ("source", "target")}
    seen = {}
    for label in ("Both", "Arabic", "English"):
        page.get_by_label(label, exact=True).check()
        seen[label] = (visible(page, count["source"]), visible(page, count["target"]))
    assert seen == {"Both": (4, 2), "Arabic": (4, 0), "English": (2, 2)}  # what has no translation stays
    context.close()


def test_the_choice_of_a_view_is_kept_from_page_to_page(page: Any, address: str) -> None:
    page.goto(address + ARTICLES[0])
    page.get_by_label("English", exact=True).check()
    for path in ("en/articles/mixed/", ARTICLES[1]):
        page.goto(address + path)
        assert page.locator(".views input:checked").get_attribute("value") == "target"
        assert visible(page, "#s1 p.source") == 0
    page.locator(".views input[value=both]").check()
    assert visible(page, "#s1 p.source") == 1


@pytest.mark.parametrize(
    ("path", "view", "direction"), [(ARTICLES[0], "source", "rtl"), (ARTICLES[1], "target", "ltr")]
)
def test_one_language_alone_runs_in_its_own_direction(
    page: Any, address: str, path: str, view: str, direction: str
) -> None:
    page.goto(address + path)
    page.locator(f".views input[value={view}]").check()
    assert page.locator(".pairs").evaluate("(list) => getComputedStyle(list).direction") == direction
    ends, begins = (
        page.locator(f"#s{number} p.{view}").evaluate(f"(p) => [...p.getClientRects()].at({line}).toJSON()")
        for number, line in ((9, -1), (10, 0))
    )
    if ends["top"] == begins["top"]:  # the next sentence goes on in the same line
        assert (begins["left"] >= ends["right"]) == (direction == "ltr")
    assert page.locator(f"#s1 p.{view}").evaluate("(p) => getComputedStyle(p).display") == "inline"


def test_an_untranslated_article_is_one_column_whose_edges_line_up(page: Any, address: str) -> None:
    page.goto(f"{address}en/articles/pending/")
    assert page.locator(".views input[name=view]").count() == 0
    assert visible(page, ".note") == visible(page, "section.text p.target") == 0
    edges = page.evaluate(
        "[...document.querySelectorAll('h1, section.text p.source')].map((text) => {"
        "const box = text.getBoundingClientRect(); return [box.left, box.right].map(Math.round); })"
    )
    assert len(edges) == 5 and len({tuple(edge) for edge in edges}) == 1
    assert page.locator(".single").evaluate("(list) => getComputedStyle(list).direction") == "rtl"
    assert box(page, "#s1 .number")["x"] > edges[0][1]


def test_what_is_not_translated_never_runs_on_in_the_same_line(page: Any, address: str) -> None:
    page.goto(f"{address}en/articles/mixed/")
    page.locator(".views input[value=target]").check()
    before, waiting, after = (
        box(page, f"#s{n} p.{side}") for n, side in ((2, "target"), (3, "source"), (4, "source"))
    )
    assert before["y"] + before["height"] <= waiting["y"] + 1
    assert waiting["y"] + waiting["height"] <= after["y"] + 1
    page.locator(".views input[value=source]").check()
    assert (
        page.locator("#s3 p.source").evaluate("(text) => getComputedStyle(text.parentElement).display")
        == "inline"
    )


def test_no_stylesheet_uses_a_shorthand_that_webkit_drops() -> None:
    sheets = [*(ROOT / "generator").rglob("*.css")]
    assert {"digest.css", "search.css", "book.css"} <= {sheet.name for sheet in sheets}
    for sheet in sheets:
        for value in re.findall(r"text-decoration\s*:\s*([^;}]+)", sheet.read_text("utf-8")):
            assert len(value.split()) == 1, (sheet.name, value)


def test_a_double_click_selects_a_word_and_lights_nothing(page: Any, address: str) -> None:
    page.goto(address + ARTICLES[0])
    page.locator("#s3 p.target").dblclick(position={"x": 30, "y": 12})
    assert page.evaluate("String(getSelection()).trim()")
    assert page.locator("li.lit").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("path", ARTICLES)
def test_the_summary_is_shaded_and_can_be_read_alone(
    browser: Any, address: str, path: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + path)
    shown = "section.text li[id]"
    assert visible(page, shown) == 21
    assert background(page, "#s5") not in (background(page, "#s4"), background(page, "body"))
    page.locator(".brief input").check()
    assert visible(page, shown) == 3
    assert all(visible(page, f"#s{number} p[lang]") == 2 for number in (1, 5, 9))
    page.locator(".views input[value=source]").check()
    assert visible(page, "section.text p.source") == 3 and visible(page, "section.text p.target") == 0
    page.locator(".brief input").uncheck()
    assert visible(page, shown) == 21
    page.goto(f"{address}{path}#s9")
    covered = box(page, ".views")["y"] + box(page, ".views")["height"]
    assert covered <= box(page, "#s9")["y"] < 900
    context.close()


def background(page: Any, selector: str) -> str:
    return page.locator(selector).evaluate("(p) => getComputedStyle(p).backgroundColor")  # type: ignore[no-any-return]


def test_hover_and_tap_light_up_a_sentence_and_its_counterpart(page: Any, address: str) -> None:
    page.goto(address + ARTICLES[0])
    plain = background(page, "#s2 p.source")
    page.locator("#s2 p.target").hover()
    assert plain != background(page, "#s2 p.source") == background(page, "#s2 p.target")
    page.locator("#s3 p.source").click()
    page.mouse.move(0, 0)
    assert plain != background(page, "#s3 p.source") == background(page, "#s3 p.target")
    page.locator("#s3 p.source").click()
    page.mouse.move(0, 0)
    assert background(page, "#s3 p.source") == plain


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.id")  # type: ignore[no-any-return]


def test_the_keyboard_goes_from_sentence_to_sentence(page: Any, address: str) -> None:
    page.goto(address + ARTICLES[0])
    assert "j" in page.locator(".hints").inner_text()
    steps = []
    page.keyboard.press("j")
    assert page.locator("li.lit").count() == 0  # nothing inside the text has the focus (WCAG 2.1.4)
    page.locator("#s1 .number").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("li.lit").count() == 0  # arrows scroll until a key of ours was used
    for key in ("KeyJ", "KeyJ", "ArrowDown", "KeyK", "ArrowUp", "KeyK", "KeyK"):
        page.keyboard.press(key)
        steps.append(focused(page))
    assert steps == ["s1", "s2", "s3", "s2", "s1", "s1", "s1"]
    page.keyboard.press("Escape")
    assert focused(page) not in steps
    assert page.locator("li.lit").count() == 0
    page.locator("#masthead-query").press_sequentially("jk")
    assert page.locator("#masthead-query").input_value() == "jk"


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Any, address: str) -> None:
    page.goto(f"{address}en/articles/zh-news/")
    reached = []
    while "BODY" not in reached:
        page.keyboard.press("Tab")
        name, outline = page.evaluate(FOCUS)
        reached.append(name)
        assert name == "BODY" or outline != "none", name
    assert reached[0] == "skip"
    for expected in ("masthead-name", "q", "masthead-theme", "view", "number"):
        assert expected in reached


def test_the_skip_link_leads_past_the_masthead(page: Any, address: str) -> None:
    page.goto(address + ARTICLES[0])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "content"


def test_marks_are_said_to_screen_readers(page: Any, address: str) -> None:
    page.goto(f"{address}en/articles/zh-news/")
    tree = page.locator("#s2").aria_snapshot()
    assert "Sentence 2" in tree
    assert "machine translation" in tree
    assert "the numbers do not match" in tree
    waiting = page.locator("#s3").aria_snapshot()
    assert "not translated yet" in waiting
    assert not re.search(r"paragraph$", waiting, re.MULTILINE)  # none that is empty


@pytest.mark.parametrize(
    ("path", "sides"), [("en", "target, machine, source"), ("zh", "source, target, machine")]
)
def test_who_translated_a_sentence_is_heard_right_after_the_translation(
    page: Any, address: str, path: str, sides: str
) -> None:
    page.goto(f"{address}{path}/articles/zh-news/")
    source, target = (page.locator(f"#s1 p.{side}").inner_text() for side in ("source", "target"))
    said = {"source": source, "target": target, "machine": page.locator("#s1 .note.machine").inner_text()}
    heard = page.locator("#s1").aria_snapshot()
    assert sorted(said, key=lambda side: heard.index(said[side])) == sides.split(", ")


# The site


def test_the_language_switch_goes_there_and_back_to_the_same_sentence(page: Any, address: str) -> None:
    page.goto(address + ARTICLES[0])
    page.locator("#s7 p.target").click()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url(f"{address}{ARTICLES[1]}#s7")
    assert page.evaluate("document.dir") == "rtl"
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{address}{ARTICLES[0]}#s7")


def test_the_masthead_searches(page: Any, address: str) -> None:
    for tree, query in (("en", "Libya"), ("ar", "ليبيا")):
        page.goto(f"{address}{tree}/")
        page.locator("#masthead-query").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"/{tree}/search/\\?q="))
        page.wait_for_selector("[data-search-results] li")


def test_colours_follow_the_system_until_the_reader_chooses(browser: Any, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + ARTICLES[0])
    dark = background(page, "body")
    page.get_by_role("button", name="Dark mode").click()
    light = background(page, "body")
    assert dark != light
    page.goto(address + ARTICLES[1])
    assert background(page, "body") == light
    assert page.locator(".masthead-theme").get_attribute("aria-pressed") == "false"
    page.locator(".masthead-theme").click()
    for scheme, colour in (("dark", dark), ("light", light)):  # what the system says counts again
        page.emulate_media(color_scheme=scheme)
        page.goto(address + ARTICLES[0])
        assert background(page, "body") == colour
    context.close()


def test_views_and_the_lit_sentence_are_seen_in_forced_colours(browser: Any, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address + ARTICLES[0])
    borders = page.locator(".views input[name=view] + span").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).borderBlockEndColor)"
    )
    assert borders[0] not in borders[1:] and len({*borders[1:]}) == 1
    page.locator("#s3 p.target").click()
    for sentence, outline in (("#s3", "solid"), ("#s4", "none")):
        found = page.locator(f"{sentence} p[lang]").evaluate_all(
            "(all) => all.map((each) => getComputedStyle(each).outlineStyle)"
        )
        assert found == [outline, outline]
    context.close()


LEGENDS = {"en": "Shaded sentences sum the article up.", "ar": "الجمل المظلّلة تلخّص المقال."}


@pytest.mark.parametrize("path", ARTICLES)
def test_print_has_the_languages_that_are_shown_and_no_furniture(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    page.locator(".views input[value=source]").check()
    page.emulate_media(media="print")
    assert page.locator(".hints").inner_text() == LEGENDS[path[:2]]  # what the shading means
    for gone in (
        ".views",
        ".hints .keys",
        ".masthead-pages",
        ".masthead-search",
        ".masthead-theme",
        ".colophon",
    ):
        assert visible(page, gone) == 0, gone
    assert (visible(page, ".pairs p.source"), visible(page, ".pairs p.target")) == (
        21,
        0,
    )  # the view that is shown
    page.emulate_media(media="screen")
    page.locator(".views input[value=both]").check()
    page.emulate_media(media="print")
    assert visible(page, ".pairs p.source") == visible(page, ".pairs p.target") == 21
    page.set_viewport_size({"width": 680, "height": 900})  # about A4 without its margins
    assert abs(box(page, "#s5 p.source")["y"] - box(page, "#s5 p.target")["y"]) < 1
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("blocked", ["**/*.woff2", "**/*.js", "**/*.{woff2,js,css}"])
def test_pages_are_whole_without_fonts_scripts_or_styles(browser: Any, address: str, blocked: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.route(blocked, lambda route: route.abort())
    page.goto(address + ARTICLES[1])
    assert page.locator("h1").is_visible()
    assert visible(page, ".pairs p.source") == visible(page, ".pairs p.target") == 21
    if "css" not in blocked:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize(("path", "limit"), [(ARTICLES[0], 100_000), (ARTICLES[1], 120_000)])
def test_fonts_are_few(page: Any, address: str, path: str, limit: int) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: response.url.endswith("woff2") and sizes.append(len(response.body())))
    page.goto(address + path, wait_until="networkidle")
    assert 0 < sum(sizes) < limit


def test_pages_work_as_files_and_say_what_does_not(browser: Any, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    watch = Watch(page)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="English").first.click()
    page.locator("h2 a").first.click()
    page.wait_for_selector(".pairs, .single")
    page.get_by_role("link", name="About").click()
    assert page.locator("h1").inner_text() == "About this digest"
    page.locator("#masthead-query").fill("Libya")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/index.html?q=Libya")  # and not a list of the folder's files
    page.locator("[data-search-status]", has_text="does not work on files").wait_for()
    assert [url for url in watch.requests if not url.startswith("file:")] == []
    context.close()


def test_a_copy_is_kept_for_reading_offline(browser: Any, tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("offline: false", "offline: true"), "utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    with served(tmp_path / "site") as address:
        context = browser.new_context()
        page = context.new_page()
        watch = Watch(page)
        page.goto(f"{address}en/")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        context.set_offline(True)
        page.goto(address + ARTICLES[1])
        assert visible(page, ".pairs p.source") == 21
        page.goto(f"{address}en/search/?q=Libya")
        page.wait_for_selector("[data-search-results] li")
        assert watch.errors == []
        context.close()


# For people to look at


def test_screenshots_are_taken(browser: Any, address: str) -> None:
    """Not judged here: a folder that git ignores, for eyes."""
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    views = {
        "home": "{tree}/",
        "article": "{tree}/articles/" + READY + "/",
        "search": "{tree}/search/?q=" + "ليبيا",
    }
    context = browser.new_context()
    page = context.new_page()
    for tree in ("en", "ar"):
        for name, path in views.items():
            page.goto(address + path.format(tree=tree), wait_until="networkidle")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for width in (390, 1280):
                    page.set_viewport_size({"width": width, "height": 1000})
                    page.screenshot(path=SCREENSHOTS / f"{name}-{tree}-{width}-{scheme}.png")
    context.close()
    assert len(list(SCREENSHOTS.glob("*.png"))) == 24
