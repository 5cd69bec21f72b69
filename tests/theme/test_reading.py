"""Reading in a real browser: words that light each other, voices, citations, reports, and the original below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support import linked, samples
from tests.support.barriers import barriers
from tests.support.browser import Watch, chromium, served
from tests.support.contrast import RATIO
from tests.support.samples import STAYS

LINKED, CHINESE, REVIEWED = "en/articles/linked/", "zh/articles/chinese/", f"en/articles/{STAYS}/"
SETTINGS = "    target: en\n    report: mailto:desk@example.org\n"

VOICES = """(tags) => {
  window.spoken = [];
  window.tell = [];
  const speech = new EventTarget();
  speech.getVoices = () => tags.map((lang) => ({ lang, localService: !lang.endsWith("-remote") }));
  speech.speak = (utterance) => { spoken.push([utterance.lang, utterance.text]); tell.push(utterance); };
  speech.cancel = () => { for (const each of tell.splice(0)) each.onend?.(); };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
"""No machine that runs tests has voices: one that says nothing and is done when the test says so."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("reading")
    articles = [
        linked.article("linked", "ar", linked.ARABIC, samples.by_hand("قال ذلك.", "He said so.")),
        linked.article("chinese", "zh", linked.CHINESE, samples.untranslated("各国代表均已抵达。")),
        *samples.seeds(),
    ]
    samples.write_docs(project, articles)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(settings.replace("    target: en\n", SETTINGS), "utf-8")
    edited = project / "docs/ar/articles/linked/index.md"
    edited.write_text(
        edited.read_text("utf-8").replace("delegation Obama came", "Delegates Obamas came"), "utf-8"
    )
    result = samples.mkdocs_build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    watch = Watch(page)
    yield page
    context.close()
    assert watch.errors == []


LIT = """() => "highlights" in CSS ? [...(CSS.highlights.get("word") ?? [])].map(String)
  : [...document.querySelectorAll("mark.word")].map((mark) => mark.textContent)"""


def lit(page: Any) -> set[str]:
    return set(page.evaluate(LIT))


def at(page: Any, selector: str, word: str) -> tuple[float, float]:
    """Bring a word onto the screen and return its middle."""
    place = page.locator(selector).evaluate(
        """(holder, word) => {
          holder.scrollIntoView({ block: "center", behavior: "instant" });
          const nodes = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
          for (let node; (node = nodes.nextNode()); ) {
            const start = node.data.indexOf(word);
            if (start < 0) continue;
            const range = document.createRange();
            range.setStart(node, start);
            range.setEnd(node, start + word.length);
            const box = range.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
          }
        }""",
        word,
    )
    return place[0], place[1]


# Words


@pytest.mark.parametrize("fallback", [False, True])
def test_pointing_at_a_word_lights_its_counterpart_on_the_other_side(page: Any, fallback: bool) -> None:
    if fallback:
        page.add_init_script("delete CSS.highlights")
    page.goto(LINKED)
    before = page.locator("#s1").inner_html()
    for side, word, counterpart in (
        ("target", "delegation", "الوفد"),
        ("source", "طرابلس", "Tripoli"),
        ("source", "Obama", "Obama"),
    ):
        page.mouse.move(*at(page, f"#s1 p.{side}", word))
        assert lit(page) == {word, counterpart}
    page.mouse.move(*at(page, "#s1 p.target", "The"))
    assert lit(page) == set()
    page.mouse.move(*at(page, "#s2 p.target", "said"))
    assert lit(page) == set()
    assert page.locator("#s1").inner_html() == before


def test_words_of_a_script_without_blanks_are_told_apart(page: Any) -> None:
    page.goto(CHINESE)
    for word, counterpart in (("会议", "meeting"), ("布鲁塞尔", "Brussels"), ("举行", "held")):
        page.mouse.move(*at(page, "#s1 p.source", word))
        assert lit(page) == {word, counterpart}


def test_arrows_lead_from_word_to_word_of_the_lit_sentence(page: Any) -> None:
    page.goto(LINKED)
    assert "→" in page.locator(".hints .keys").inner_text()
    page.locator("#s1 .number").focus()
    page.keyboard.press("ArrowRight")
    assert lit(page) == set()  # no sentence is lit
    page.keyboard.press("j")
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(lit(page))
    first, second = {"delegation", "الوفد"}, {"Obama"}
    assert seen == [first, second, first, first, first]
    assert page.locator("section.text > [role=status]").inner_text() == "delegation – الوفد"
    page.keyboard.press("j")
    assert lit(page) == set()
    page.keyboard.press("Escape")
    page.goto(CHINESE)
    page.locator("#s1 .number").focus()
    page.keyboard.press("j")
    page.keyboard.press("ArrowLeft")
    assert lit(page) == {"举行", "held"}  # from the end, on the side that this page shows first


def test_a_tap_lights_a_word_and_the_same_again_lets_go(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, base_url=address)
    page = context.new_page()
    page.goto(LINKED)
    page.locator("#s1").scroll_into_view_if_needed()
    page.touchscreen.tap(*at(page, "#s1 p.target", "came"))
    assert lit(page) == {"came", "وصل"}
    assert page.locator("#s1.lit").count() == 1
    page.touchscreen.tap(*at(page, "#s1 p.source", "طرابلس"))
    assert lit(page) == {"Tripoli", "طرابلس"}
    assert page.locator("#s1.lit").count() == 1
    page.touchscreen.tap(*at(page, "#s1 p.source", "طرابلس"))
    assert lit(page) == set()
    assert page.locator("#s1.lit").count() == 0
    context.close()


def test_a_correction_that_no_run_has_seen_has_no_lit_words(page: Any) -> None:
    page.goto("ar/articles/linked/")
    page.mouse.move(*at(page, "#s1 p.target", "Obamas"))
    assert lit(page) == set()


def test_a_page_without_links_loads_no_script_for_them(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(REVIEWED, wait_until="networkidle")
    assert any(url.endswith("reading.js") for url in asked)
    assert not any("words.js" in url for url in asked)
    assert "→" not in page.locator(".hints .keys").inner_text()
    page.goto(LINKED, wait_until="networkidle")
    assert any("words.js" in url for url in asked)


CONTRAST = f"""() => {{{RATIO}
  const style = getComputedStyle(document.querySelector("#s1 mark.word"));
  const [bar, ink, behind, page] = [style.textDecorationColor, style.color, style.backgroundColor,
    getComputedStyle(document.body).backgroundColor];
  return [ratio(bar, page), ratio(bar, behind), ratio(ink, behind)];
}}"""


def test_words_are_lit_in_forced_colours(browser: Any, address: str) -> None:
    context = browser.new_context(forced_colors="active", base_url=address)
    page = context.new_page()
    page.add_init_script("delete CSS.highlights")
    page.goto(LINKED, wait_until="networkidle")
    page.mouse.move(*at(page, "#s1 p.target", "delegation"))
    colours = page.locator("#s1 p.target mark.word").evaluate(
        """(mark) => {
          const probe = document.body.appendChild(document.createElement("p"));
          probe.style.cssText = "forced-color-adjust: none; background: Highlight; color: HighlightText";
          return [mark, probe].map((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]);
        }"""
    )
    assert colours[0] == colours[1]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lit_word_stands_out_and_can_be_read(browser: Any, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, base_url=address)
    page = context.new_page()
    page.add_init_script("delete CSS.highlights")  # an element is drawn alike, and can be asked
    page.goto(LINKED, wait_until="networkidle")
    page.mouse.move(*at(page, "#s1 p.target", "delegation"))
    bar_on_page, bar_on_word, ink_on_word = page.evaluate(CONTRAST)
    assert bar_on_page >= 3
    assert bar_on_word >= 3
    assert ink_on_word >= 4.5
    context.close()


# Listening


def with_voices(page: Any, *tags: str) -> None:
    page.add_init_script(f"({VOICES})({list(tags)})")


def ends(page: Any) -> None:
    """Let what is being said come to its end."""
    page.evaluate("tell.shift().onend()")


def light(page: Any, sentence: str) -> None:
    page.locator(f"#{sentence} p.target").click(position={"x": 2, "y": 2})
    assert page.locator(f"#{sentence}.lit").count() == 1


def test_both_languages_are_read_in_turn_with_the_sentence_lit(page: Any) -> None:
    with_voices(page, "en-GB", "ar_SA", "zh-CN")
    page.goto(LINKED)
    light(page, "s1")
    button = page.get_by_role("button", name="Read aloud from here")
    button.click()
    assert page.evaluate("spoken") == [["en", "The 😀 delegation Obama came to Tripoli."]]
    ends(page)
    ends(page)
    assert [tag for tag, _ in page.evaluate("spoken")] == ["en", "ar", "en"]
    assert page.locator("li.lit").get_attribute("id") == "s2"
    page.get_by_role("button", name="Stop reading").click()  # the same button, which moved along
    assert page.evaluate("tell.length") == 0
    assert button.count() == 1
    button.click()
    ends(page)
    ends(page)
    assert page.evaluate("spoken.length") == 5
    assert button.count() == 1  # it came to the end
    button.click()
    page.keyboard.press("Escape")
    assert page.evaluate("[spoken.length, tell.length]") == [6, 0]
    assert page.locator("#s2.lit").count() == 1


def test_a_view_of_one_language_is_read_in_that_one(page: Any) -> None:
    with_voices(page, "en", "ar")
    page.goto(LINKED)
    page.locator(".views input[value=source]").check()
    page.locator("#s1 p.source").click(position={"x": 2, "y": 2})
    page.get_by_role("button", name="Read aloud from here").click()
    ends(page)
    assert [tag for tag, _ in page.evaluate("spoken")] == ["ar", "ar"]


def test_a_voice_that_fails_ends_the_reading(page: Any) -> None:
    with_voices(page, "en", "ar")
    page.goto(LINKED)
    light(page, "s1")
    page.get_by_role("button", name="Read aloud from here").click()
    page.evaluate("tell.shift().onerror()")
    assert page.evaluate("spoken.length") == 1
    assert page.get_by_role("button", name="Read aloud from here").count() == 1


def test_one_sentence_is_read_alone(page: Any) -> None:
    with_voices(page, "cmn-Hans-CN", "ar")
    page.goto(CHINESE)
    light(page, "s1")
    page.locator("[data-tool=open]").click()
    assert page.get_by_role("button", name="用英语朗读这一句").count() == 0  # no voice for English
    page.get_by_role("button", name="用中文朗读这一句").click()
    assert page.evaluate("spoken") == [["zh", "会议在布鲁塞尔举行。"]]
    page.locator("[data-tool=source]", has_text="停止朗读").click()
    assert page.evaluate("tell.length") == 0
    page.get_by_role("button", name="用中文朗读这一句").click()
    ends(page)
    assert page.get_by_role("button", name="用中文朗读这一句").count() == 1
    assert page.evaluate("spoken.length") == 2


@pytest.mark.parametrize("tags", [(), ("fr-FR",), ("en-remote", "ar-remote")])
def test_without_a_voice_on_this_device_nothing_is_offered(page: Any, tags: tuple[str, ...]) -> None:
    with_voices(page, *tags)
    page.goto(LINKED)
    light(page, "s1")
    page.locator("[data-tool=open]").click()
    assert page.get_by_role("button", name=re.compile("aloud")).count() == 0
    page.evaluate("speechSynthesis.getVoices = () => [{ lang: 'ar', localService: true }]")
    page.evaluate("speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    assert page.get_by_role("button", name="Read this sentence aloud in Arabic").count() == 1


# Citing and reporting


def copied(page: Any) -> str:
    return page.evaluate("navigator.clipboard.readText()")  # type: ignore[no-any-return]


def test_the_menu_is_reached_by_keys_and_closes_by_escape(page: Any) -> None:
    page.goto(LINKED)
    assert page.locator(".tools").count() == 0
    page.locator("#s1 .number").focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    assert page.locator("[data-tool=open]").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert copied(page) == "https://example.org/en/articles/linked/#s1"
    assert page.locator(".tools [role=status]").inner_text() == "Copied"
    page.keyboard.press("Escape")
    assert page.locator(".tools-menu").is_hidden()
    assert page.evaluate("document.activeElement.dataset.tool") == "open"
    assert page.locator("#s1.lit").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"


@pytest.mark.parametrize("width", [320, 390, 850])
@pytest.mark.parametrize("path", [REVIEWED, f"ar/articles/{STAYS}/"])
def test_on_narrow_screens_the_tools_cover_nothing_of_the_sentence(
    browser: Any, address: str, path: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700}, has_touch=True, is_mobile=True, base_url=address
    )
    page = context.new_page()
    page.goto(path)

    def tap(place: str) -> None:
        page.evaluate(f"document.querySelector('#s2').scrollIntoView({{ block: '{place}' }})")
        first = page.evaluate("document.querySelector('#s2 > p.source').getClientRects()[0].toJSON()")
        page.touchscreen.tap(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)

    for view in ("both", "source"):
        page.locator(f".views input[value={view}]").check(force=True)
        tap("end")
        page.wait_for_function("getComputedStyle(document.querySelector('.tools')).position === 'fixed'")
        bar = page.locator(".tools").bounding_box()
        assert bar["x"] == 0 and bar["width"] == width and abs(bar["y"] + bar["height"] - 700) < 1
        page.wait_for_function(
            "(top) => document.querySelector('#s2').getBoundingClientRect().bottom < top + 1", arg=bar["y"]
        )
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        end = page.locator(".colophon > :last-child").bounding_box()
        assert end["y"] + end["height"] <= bar["y"]
        tap("center")
        assert page.locator(".tools").count() == 0
    context.close()


def test_a_citation_has_both_languages_and_says_who_translated(page: Any) -> None:
    page.goto(LINKED)
    light(page, "s1")
    page.locator("[data-tool=open]").click()
    page.get_by_role("button", name="Copy citation").click()
    assert copied(page).splitlines() == [
        "“The 😀 delegation Obama came to Tripoli.”",
        "“وصل 😀 الوفد Obama إلى طرابلس.”",
        "وصل 😀 الوفد Obama إلى طرابلس., Daily, By A. Writer, November 2, 2019",
        "machine translation by Argos zh→en 1.9",
        "https://example.org/en/articles/linked/#s1",
    ]
    light(page, "s2")
    page.locator("[data-tool=open]").click()
    page.get_by_role("button", name="Copy citation").click()
    assert "translation reviewed" in copied(page).splitlines()
    page.goto(CHINESE)
    page.locator("#s2 p.source").click(position={"x": 2, "y": 2})
    page.locator("[data-tool=open]").click()
    page.get_by_role("button", name="复制引文").click()
    assert copied(page).splitlines()[0] == "“各国代表均已抵达。”"
    assert "翻译" not in copied(page)


def test_a_page_that_may_not_write_to_the_clipboard_copies_all_the_same(page: Any) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page.goto(LINKED)
    light(page, "s1")
    page.locator("[data-tool=open]").click()
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("document.querySelector('.tools [role=status]').textContent === 'Copied'")
    assert copied(page).endswith("/en/articles/linked/#s1")


def test_sharing_is_offered_where_the_device_shares(page: Any) -> None:
    page.add_init_script("window.shared = []; navigator.share = undefined;")
    page.goto(LINKED)
    light(page, "s1")
    page.locator("[data-tool=open]").click()
    assert page.locator("[data-tool=share]").is_hidden()
    page.add_init_script("navigator.share = async (what) => { shared.push(what); }")
    page.goto(LINKED)
    light(page, "s1")
    page.locator("[data-tool=open]").click()
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("shared[0].url") == "https://example.org/en/articles/linked/#s1"


def test_a_better_translation_is_proposed_for_the_sentence(page: Any) -> None:
    page.goto(LINKED)
    light(page, "s2")
    page.locator("[data-tool=open]").click()
    link = page.get_by_role("group", name="Sentence 2").get_by_role("link", name="Suggest a better translation")
    sent = urlsplit(link.get_attribute("href"))
    fields = {name: values[0] for name, values in parse_qs(sent.query).items()}
    assert (sent.scheme, sent.path) == ("mailto", "desk@example.org")
    assert fields["subject"].endswith("Tripoli. 2")
    assert fields["body"] == "He said so.\nقال ذلك.\n\nhttps://example.org/en/articles/linked/#s2"


def test_without_scripts_an_article_ends_with_the_report_and_offers_no_more(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(LINKED)
    href = page.get_by_role("link", name="Suggest a better translation").get_attribute("href")
    assert href.startswith("mailto:desk@example.org?subject=The%20%F0%9F%98%80%20delegation")
    assert "https%3A%2F%2Fexample.org%2Fen%2Farticles%2Flinked%2F" in href
    assert page.locator(".tools").count() == 0
    assert page.locator(".reads").is_hidden()
    context.close()


# Views


SIDES = """() => [...document.querySelectorAll(".pairs > li[id]")].map((item) =>
  Object.fromEntries([...item.querySelectorAll(":scope > p[lang]:not(:empty)")].map((text) => {
    const { top, bottom, left, width } = text.getBoundingClientRect();
    const shown = text.checkVisibility({ visibilityProperty: true }) && width > 0 && bottom > top;
    return [text.classList[0], { shown, top, bottom, left, width }];
  })))"""
"""Of each sentence its sides that say something: whether they are seen, and where."""


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 390, 850, 1280])
@pytest.mark.parametrize("path", [REVIEWED, f"ar/articles/{STAYS}/", CHINESE])
def test_the_original_stands_under_the_translation(
    browser: Any, address: str, path: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=address
    )
    page = context.new_page()
    page.goto(path)
    page.locator(".views input[value=under]").check(force=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    items = page.evaluate(SIDES)
    assert len(items) == page.locator(".pairs > li").count() > 1
    for sides in items:
        assert sides and all(side["shown"] for side in sides.values())
        if len(sides) == 2:
            target, source = sides["target"], sides["source"]
            assert target["bottom"] <= source["top"]
            assert abs(target["left"] - source["left"]) < 1
            assert abs(target["width"] - source["width"]) < 1
            assert target["width"] <= 42 * 16
    assert all(each.is_visible() for each in page.locator(".summary li > p:first-of-type").all())
    if scripts:
        page.goto(LINKED)
        assert page.locator(".views input:checked").get_attribute("value") == "under"
    context.close()


def test_who_reads_a_language_sees_its_articles_in_the_original_at_once(page: Any) -> None:
    page.goto(LINKED)
    page.locator(".views input[value=under]").check()
    page.get_by_role("checkbox", name=re.compile("I read Arabic")).check()
    assert page.locator("#s1 p.target").is_hidden()
    page.goto(f"ar/articles/{STAYS}/")
    assert page.locator(".views input:checked").get_attribute("value") == "source"
    assert page.locator(".reads input").is_checked()
    page.goto(CHINESE)
    assert page.locator(".views input:checked").get_attribute("value") == "under"
    page.locator(".reads input").check()
    page.goto(LINKED)
    page.locator(".reads input").uncheck()
    assert page.locator(".views input:checked").get_attribute("value") == "under"
    page.goto(CHINESE)
    assert page.locator(".views input:checked").get_attribute("value") == "source"
    assert page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [LINKED, "ar/articles/linked/", CHINESE])
def test_axe_finds_no_barrier_with_the_menu_open(
    browser: Any, address: str, path: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=address
    )
    page = context.new_page()
    with_voices(page, "en", "ar", "zh")
    page.goto(path, wait_until="networkidle")
    for view in ("both", "under", "source"):
        page.locator(f".views input[value={view}]").check(force=True)
        page.locator("#s1 p.source").click(position={"x": 4, "y": 4})
        page.locator("[data-tool=open]").click()
        box = page.locator(".tools-menu").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(page) == []
        page.keyboard.press("Escape")
        page.locator("#s1 p.source").click(position={"x": 4, "y": 4})
    context.close()
