"""The site in the engines of all readers' browsers: what Chromium, Firefox and WebKit must show alike."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.render.strings import strings_in
from tests.support import showcase
from tests.support.barriers import barriers
from tests.support.browser import chromium, served
from tests.support.contrast import RATIO
from tests.support.engines import STARTERS, Engine, click, wait_until
from tests.support.rows import place_in_rows

TREES = ("en", "ar", "zh")
WIDTHS = (320, 390, 850, 1280)
VIEWS = ("source", "under", "target", "both")
REVIEWED, HUNDRED = (f"articles/{showcase.KINDS[kind]}/" for kind in ("reviewed", "a hundred sentences"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return showcase.build(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="module", params=STARTERS)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with STARTERS[request.param]() as started:
        yield started


def articles(site: Path) -> list[str]:
    """Return the address of an article of each kind in each interface."""
    found = [(showcase.pages(site, tree), kind) for tree in TREES for kind in showcase.KINDS]
    return [pages[kind] for pages, kind in found if kind in pages]


def in_all_widths(engine: Engine, address: str, widths: Sequence[int] = WIDTHS) -> Iterator[int]:
    """Load a page once, in one width or another, and give its window each width: styles alone depend on them."""
    at = sum(map(ord, address.split("/", 3)[3])) % len(widths)
    engine.open(address, widths[at])
    for width in (*widths[at:], *widths[:at]):
        engine.resize(width)
        yield width


def has_views(engine: Engine) -> bool:
    return bool(engine.evaluate("() => !!document.querySelector('.views')"))


def choose(engine: Engine, view: str) -> None:
    click(engine, f".views label:has([value={view}]) span")
    assert engine.evaluate("() => document.querySelector('.views input:checked').value") == view


SEEN = """() => {
  const isSeen = (text) => text.innerText.trim() && text.getClientRects().length > 0;
  const isMarked = (item) => {
    const text = item.querySelector(".target"), style = getComputedStyle(text);
    const beside = getComputedStyle(text, "::before");
    const hasLine = beside.content !== "none" && beside.borderInlineStartStyle === "dotted"
      && beside.borderInlineStartWidth !== "0px";
    return hasLine || (style.textDecorationLine === "underline" && style.textDecorationStyle === "dotted");
  };
  const items = [...document.querySelectorAll(".summary li, section.text li")];
  const ids = (found) => found.map((item) => item.id || item.outerHTML);
  const isAlone = document.querySelector(".views :is([value=source], [value=target]):checked");
  const ink = getComputedStyle(document.querySelector("h1")).color;
  const isOdd = (text) => isSeen(text) && getComputedStyle(text).color !== ink;
  const machine = items.filter((item) => item.matches(".machine") && isSeen(item.querySelector(".target")));
  return {
    empty: ids(items.filter((item) => ![...item.querySelectorAll("p[lang]")].some(isSeen))),
    ruled: ids(items.filter((item) => parseFloat(getComputedStyle(item).borderTopWidth))),
    unmarked: ids(machine.filter((item) => !isMarked(item))),
    machine: machine.length,
    pale: isAlone ? ids(items.filter((item) => [...item.querySelectorAll("p[lang]")].some(isOdd))) : [],
    indented: isAlone ? parseFloat(getComputedStyle(document.querySelector(".pairs")).paddingInlineStart) : 0,
    titles: ids([...document.querySelectorAll(".opening > .machine")].filter((title) =>
      getComputedStyle(title).textDecorationLine !== "none" || getComputedStyle(title, "::after").content === "none")),
  };
}"""
"""What is wrong with an article's sentences: nothing to be seen, a rule through it, a machine's not marked, paler or
further in than text that stands alone should be; which headlines of machines look like links, or do not say what they
are."""


def test_each_view_shows_each_sentence_and_marks_a_machines(engine: Engine, site: Path, address: str) -> None:
    machine = dict.fromkeys(WIDTHS, 0)
    for path in articles(site):
        for width in in_all_widths(engine, address + path):
            views = VIEWS if has_views(engine) else ()
            for view in views or ("both",):
                if views:
                    choose(engine, view)
                seen = engine.evaluate(SEEN)
                machine[width] += seen.pop("machine")
                assert not any(seen.values()), (path, width, view, seen)
                assert engine.evaluate(WIDER) == [], (path, width, view)
    assert all(machine.values())


WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth || each.getBoundingClientRect().left < 0)
  .map((each) => each.outerHTML.slice(0, 200))"""
"""What makes a page scroll sideways."""

UNTOLD = """() => {
  const shows = (link) => {
    const style = getComputedStyle(link), around = getComputedStyle(link.parentElement);
    return style.textDecorationLine === "underline" || style.color !== around.color;
  };
  const textOf = (node) => node.textContent.replace(/[\\s\\p{P}]/gu, "");
  const isAmidText = (link) => {
    const block = link.closest("p, li, td, dd, h1, h2, h3, figcaption");
    const links = block ? [...block.querySelectorAll("a")] : [];
    return block && textOf(block) !== links.map(textOf).join("");
  };
  const links = [...document.querySelectorAll(".page a[href], .colophon a[href]")];
  return links.filter((link) => link.getClientRects().length && !link.matches(".number, .unseen, .languages a")
    && isAmidText(link) && !link.closest(".summary li, .differences li, .articles h2, .articles h3, .stories h3")
    && !shows(link)).map((link) => link.outerHTML);
}"""
"""Links amid other text that look like it. Those that are a whole sentence or headline are told by their place."""


LENGTHEN = """(word) => {
  for (const text of document.querySelectorAll("h1, h2, h3, bdi, mark, p[lang]")) text.textContent = word;
  return document.querySelectorAll("bdi").length;
}"""
LONG = {"en": "Donaudampfschifffahrt" * 6, "ar": "فأسقيناكموها" * 9}
"""Names, topics, publishers and headlines may be longer than a line, and have no blank."""


@pytest.mark.parametrize("tree", TREES)
def test_no_page_scrolls_sideways_whatever_its_words_and_links_look_like_links(
    engine: Engine, site: Path, address: str, tree: str
) -> None:
    pages, replaced = showcase.pages(site, tree).values(), 0
    for path in (*pages, "", "404.html"):
        for width in in_all_widths(engine, address + path):
            assert engine.evaluate(WIDER) == [], (path, width)
            assert engine.evaluate(UNTOLD) == [], (path, width)
        if tree in LONG and path in pages:
            engine.resize(320)
            replaced += engine.evaluate(LENGTHEN, LONG[tree])
            assert engine.evaluate(WIDER) == [], path
    assert tree not in LONG or replaced > 100


COLUMNS = """() => [...document.querySelectorAll(".articles > li > div:nth-of-type(2)")].map((column) => {
  const box = column.querySelector("h2, .headline").getBoundingClientRect();
  return Math.round(document.dir === "rtl" ? box.right : box.left);
})"""


@pytest.mark.parametrize("width", [850, 1280])
def test_headlines_that_nobody_translated_stand_in_the_column_of_their_language(
    engine: Engine, address: str, width: int
) -> None:
    for path in ("en/", "en/archive/language/ar/"):
        engine.open(address + path, width)
        assert engine.evaluate("() => document.querySelectorAll('.articles > li > div:empty').length") > 0
        assert len(set(engine.evaluate(COLUMNS))) == 1, path


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_a_sentence_that_needed_no_translation_stands_among_translations(
    engine: Engine, address: str, tree: str
) -> None:
    left = "(place) => Math.round(document.querySelector(place).getBoundingClientRect().left)"
    for width in (850, 1280):
        engine.open(f"{address}{tree}/articles/{showcase.KINDS['half-translated']}/", width)
        choose(engine, "both")
        assert engine.evaluate(left, "#s4 .source") == engine.evaluate(left, "#s2 .target")


def test_axe_finds_no_barrier_on_any_type_of_page(site: Path, address: str) -> None:
    """Each in one interface, scheme and width or another; benchmarks/axe.py looks at all of them."""
    trees = [showcase.pages(site, tree) for tree in TREES]
    with chromium() as browser:
        schemes = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})
        pages = [browser.new_context(**scheme).new_page() for scheme in schemes]
        for number, kind in enumerate(trees[0]):
            page, path = pages[number % 3], trees[number // 3 % 3].get(kind) or trees[0][kind]
            page.set_viewport_size({"width": WIDTHS[number % 4], "height": 900})
            page.goto(address + path)
            assert barriers(page) == [], path


ADD_LANGUAGES = """(facts) => new Promise((done) => {
  document.querySelector(".provenance").textContent = facts;
  const sheet = document.querySelector("link[href$='/digest.css'], link[href$='/languages.css']");
  const more = sheet.cloneNode();
  more.href = sheet.href.replace("digest.css", "languages.css");
  more.onload = () => done(document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  sheet.after(more);
})"""
"""Add the style of a site in many languages, and tell whether the page still has the width of its window."""


def test_arabic_facts_wrap_in_a_site_of_many_languages(engine: Engine, address: str) -> None:
    engine.open(f"{address}ar/{REVIEWED}", 320)
    assert engine.evaluate(ADD_LANGUAGES, "من العربية إلى الإنجليزية: 10 جمل مراجَعة؛ 10 جمل لم تُترجم بعد")


TIGHT = """() => [...document.querySelectorAll(".beside bdi")].filter((title) => {
  const style = getComputedStyle(title);
  return parseFloat(style.lineHeight) < 1.4 * parseFloat(style.fontSize);
}).length"""
"""Headlines of the articles beside this one whose lines would touch."""


def test_lines_of_headlines_beside_an_article_do_not_touch(engine: Engine, site: Path, address: str) -> None:
    beside = 0
    for tree in TREES:
        engine.open(address + showcase.pages(site, tree)["connected"], 320)
        beside += engine.evaluate("() => document.querySelectorAll('.beside bdi:lang(ar)').length")
        assert engine.evaluate(TIGHT) == 0
    assert beside


FACE = """async () => {
  await document.fonts.ready;
  const text = document.querySelector("#s1 p[lang=ar]");
  return getComputedStyle(text).fontFamily.split(",")[0].replaceAll('"', "");
}"""


def test_arabic_is_set_in_a_face_that_the_engine_can_draw(engine: Engine, address: str) -> None:
    """WebKit on Linux draws the dots of Noto Naskh Arabic beside their letters, those of Vazirmatn where they belong."""
    engine.open(f"{address}ar/{REVIEWED}", 1280)
    is_linux_webkit = engine.evaluate("() => CSS.supports('hanging-punctuation', 'first')")
    assert engine.evaluate(FACE) == ("Vazirmatn" if is_linux_webkit else "Noto Naskh Arabic")


MIDDLES = """(...names) => names.map((name) => {
  const box = document.querySelector(name).getBoundingClientRect();
  return (box.top + box.bottom) / 2;
})"""


ROWS = """() => {
  const links = [...document.querySelectorAll(".masthead-pages a")].map((link) => link.getBoundingClientRect());
  return links.filter((link) => link.width && !links.some((other) => other.width && other.bottom <= link.top)).length
    === links.filter((link) => link.width).length ? 1 : 2;
}"""
"""In how many rows the links to the sections stand."""


@pytest.mark.parametrize("tree", TREES)
def test_nothing_of_the_masthead_is_left_alone_in_a_row(
    engine: Engine, site: Path, address: str, tree: str
) -> None:
    beside = [".masthead-languages", ".masthead-theme"]
    for path, more in ((showcase.pages(site, tree)["connected"], ".masthead-name"), (f"{tree}/", "")):
        for width in in_all_widths(engine, address + path, (*WIDTHS, 768, 930, 1000)):
            third = more or (".masthead-pages" if width >= 768 else "")
            middles = engine.evaluate(MIDDLES, *beside, *([third] if third else []))
            assert max(middles) - min(middles) < 8, (path, width)
            assert tree == "en" or engine.evaluate(ROWS) == 1, (
                path,
                width,
            )  # English has a page of its own there


def test_one_can_skip_past_the_text(engine: Engine, site: Path, address: str) -> None:
    """Firefox would go on from the link, if what it leads to took no focus."""
    engine.open(address + showcase.pages(site, "en")["connected"], 1280)
    skip = """() => {
      const link = document.querySelector("a.skip.past");
      link.focus();
      return link.innerText;
    }"""
    assert engine.evaluate(skip) == "Skip past the text"
    engine.press("Enter")
    wait_until(lambda: engine.evaluate("() => location.hash !== ''"))
    engine.press("Tab")
    assert engine.evaluate("() => document.activeElement.closest('.connections') !== null")


IN_COLUMNS = """() => {
  const links = [...document.querySelectorAll(".masthead-pages a")].map((link) => link.getBoundingClientRect());
  const first = links.filter((link) => link.top === links[0].top), rest = links.slice(first.length);
  return [rest.length, rest.every((link, at) => Math.abs(link.left - first[at].left) < 1)];
}"""


@pytest.mark.parametrize("width", [320, 390])
def test_more_pages_than_fit_one_row_stand_in_columns(engine: Engine, address: str, width: int) -> None:
    engine.open(f"{address}en/", width)
    below, in_columns = engine.evaluate(IN_COLUMNS)
    assert below > 1 and in_columns


FOCUSED = """() => {
  const each = document.activeElement, { top, bottom, left, right } = each.getBoundingClientRect();
  return each.closest(".masthead, .skip") ? { name: each.outerHTML.slice(0, 90), top, bottom, left, right } : null;
}"""


@pytest.mark.parametrize(("tree", "width"), [("en", 1280), ("ar", 1280), ("zh", 850), ("ar", 390), ("en", 320)])
def test_the_keyboard_goes_through_the_nameplate_as_it_is_seen(
    engine: Engine, address: str, tree: str, width: int
) -> None:
    engine.open(f"{address}{tree}/", width)
    boxes = []
    for _ in range(30):
        engine.press("Tab")
        if not (box := engine.evaluate(FOCUSED)):
            break
        boxes.append(box)
    skip, *boxes = boxes
    assert "skip" in skip["name"] and len(boxes) > 8
    assert boxes == sorted(boxes, key=lambda box: place_in_rows(box, boxes, tree == "ar"))


TOP = """() => {
  const bar = document.querySelector(".views").getBoundingClientRect();
  for (const text of document.querySelectorAll(".pairs > li > p[lang]")) {
    const lines = [...text.getClientRects()];
    if (lines.some((line) => line.bottom > bar.bottom)) return [text.parentElement.id, lines[0].top];
  }
}"""
TOPS = """(id) => [...document.querySelectorAll(`#${id} > p[lang]`)]
  .flatMap((text) => [...text.getClientRects()].slice(0, 1)).map((line) => line.top)"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
BAR = "() => document.querySelector('.views').getBoundingClientRect().top"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("tree", ["en", "ar"])
def test_the_sentence_on_top_stays_there_in_another_view(
    engine: Engine, address: str, tree: str, width: int
) -> None:
    engine.open(f"{address}{tree}/{REVIEWED}", width)
    choose(engine, "both")
    engine.evaluate("() => scrollTo(0, document.querySelector('.views').offsetTop - 90)")
    engine.evaluate(SETTLED)
    bar = engine.evaluate(BAR)
    choose(engine, "source")
    assert abs(engine.evaluate(BAR) - bar) <= 2  # nor does the bar move from under the pointer
    choose(engine, "both")
    for number in (4, 11, 20):
        engine.evaluate("(n) => { document.getElementById(`s${n}`).scrollIntoView(); scrollBy(0, 3); }", number)
        for view in VIEWS:
            engine.evaluate(SETTLED)
            sentence, top = engine.evaluate(TOP)
            choose(engine, view)
            assert min(abs(each - top) for each in engine.evaluate(TOPS, sentence)) <= 2, (number, view)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_place_in_a_long_text_is_kept(engine: Engine, address: str, width: int) -> None:
    engine.open(address + "en/" + HUNDRED, width)
    choose(engine, "both")
    engine.evaluate("() => { document.getElementById('s65').scrollIntoView(); scrollBy(0, 3); }")
    numbers = []
    for view in ("target", "both", "source", "under", "both"):
        engine.evaluate(SETTLED)
        sentence, top = engine.evaluate(TOP)
        numbers.append(int(sentence[1:]))
        choose(engine, view)
        assert min(abs(each - top) for each in engine.evaluate(TOPS, sentence)) <= 2, view
    assert min(numbers) > 60 and max(numbers) <= min(numbers) + 1


def test_numbers_of_sentences_pass_behind_the_bar(engine: Engine, address: str) -> None:
    engine.open(f"{address}en/{REVIEWED}", 1280)
    choose(engine, "both")
    covering = """() => {
      const number = document.querySelector("#s9 .number"), place = () => number.getBoundingClientRect();
      scrollBy({ top: place().top - 8, behavior: "instant" });
      return document.elementFromPoint(place().left + place().width / 2, place().top + place().height / 2).className;
    }"""
    assert engine.evaluate(covering) == "views"


def test_both_columns_of_a_story_line_up_from_its_text_to_its_articles(
    engine: Engine, site: Path, address: str
) -> None:
    edges = """() => ["section.summary li > p[lang]", ".articles > li > div"].map((columns) =>
      [...document.querySelectorAll(columns)].slice(0, 2).map((column) =>
        Math.round(column.getBoundingClientRect()[document.dir === "rtl" ? "right" : "left"])).sort())"""
    for tree in ("en", "ar"):
        engine.open(address + showcase.pages(site, tree)["stories"], 1280)
        text, articles = engine.evaluate(edges)
        assert text == articles, tree


LIT = "() => [...document.querySelectorAll('li.lit')].map((item) => item.id)"


MARKED = """() => {
  const bar = getComputedStyle(document.querySelector("#s3"), "::after");
  const below = getComputedStyle(document.querySelector("#s3 p.target")).textDecorationLine === "underline";
  return [bar.content === "none" ? "none" : `${bar.borderInlineStartWidth} ${bar.borderInlineStartStyle}`, below];
}"""
"""How a lit sentence is marked: by a bar at its start, or by a line below it."""


def test_keys_lead_from_sentence_to_sentence_inside_the_text_alone(engine: Engine, address: str) -> None:
    engine.open(f"{address}en/{REVIEWED}", 1280)
    choose(engine, "both")
    engine.evaluate("() => document.activeElement.blur()")
    engine.press("j")
    assert engine.evaluate(LIT) == []  # nothing inside the text has the focus (WCAG 2.1.4)
    engine.evaluate("() => document.querySelector('#s1 .number').focus()")
    engine.press("ArrowDown")
    assert engine.evaluate(LIT) == []  # arrows scroll until a key of ours was used
    lit = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp", "k"):
        engine.press(key)
        lit += engine.evaluate(LIT)
    assert lit == ["s1", "s2", "s3", "s2", "s1", "s1"]
    engine.press("Escape")
    assert engine.evaluate(LIT) == []


@pytest.mark.parametrize("letter", ["ت", "J"])
def test_a_letter_of_any_keyboard_counts_by_its_place(engine: Engine, address: str, letter: str) -> None:
    """An Arabic keyboard says `ت` where a Latin one says `j`, and with Caps Lock `J`."""
    engine.open(f"{address}ar/{REVIEWED}", 1280)
    engine.evaluate(
        """(key) => document.querySelector("#s1 .number").dispatchEvent(
          new KeyboardEvent("keydown", { key, code: "KeyJ", bubbles: true }))""",
        letter,
    )
    assert len(engine.evaluate(LIT)) == 1


IS_AT_REST = """async (above) => {
  const place = scrollY;
  await new Promise((resolve) => setTimeout(resolve, 200));
  return place > above && scrollY === place;
}"""
"""Whether a page has scrolled down and is done with it."""


def test_a_click_lights_a_sentence_and_a_double_click_selects_a_word(engine: Engine, address: str) -> None:
    engine.open(f"{address}en/{REVIEWED}", 1280)
    choose(engine, "both")
    click(engine, "#s3 p.target")
    assert engine.evaluate(LIT) == ["s3"]
    assert engine.evaluate(MARKED) == ["3px solid", False]  # told by more than a tint
    engine.evaluate(
        "() => addEventListener('keydown', (event) => { window.isTaken = event.defaultPrevented; })"
    )
    above = engine.evaluate("() => scrollY")
    engine.press("ArrowDown")
    assert engine.evaluate("() => window.isTaken") is False  # only keys of ours lead on
    wait_until(lambda: engine.evaluate(IS_AT_REST, above))
    assert engine.evaluate(LIT) == ["s3"]
    choose(engine, "target")
    assert engine.evaluate(MARKED) == ["none", True]  # no line through running text
    choose(engine, "both")
    click(engine, "#s3 p.target")
    assert engine.evaluate(LIT) == []
    click(engine, "#s5 p.target", times=2)
    assert engine.evaluate("() => String(getSelection()).trim()")
    assert engine.evaluate(LIT) == []


CONTRASTS = f"""() => {{{RATIO}
  const item = document.querySelector("li.lit"), text = item.querySelector(".target");
  const bar = getComputedStyle(item, "::after"), style = getComputedStyle(text);
  const page = getComputedStyle(document.body).backgroundColor;
  return bar.content === "none" ? [ratio(style.textDecorationColor, style.backgroundColor)]
    : [ratio(bar.borderInlineStartColor, page), ratio(bar.borderInlineStartColor, style.backgroundColor)];
}}"""
"""Of what marks a lit sentence with what is beside it."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_marks_a_lit_sentence_stands_out(engine: Engine, address: str, scheme: str) -> None:
    engine.open(f"{address}en/{REVIEWED}#s3", 1280)
    engine.evaluate("(scheme) => { document.documentElement.dataset.theme = scheme; }", scheme)
    for view, marks in (("both", 2), ("target", 1)):
        choose(engine, view)
        contrasts = engine.evaluate(CONTRASTS)
        assert len(contrasts) == marks and min(contrasts) >= 3  # WCAG 1.4.11


# The search

FOUND = """() => new Promise((done) => {
  const status = document.querySelector("[data-search-status]");
  const { working } = JSON.parse(document.querySelector("[data-words]").dataset.words);
  const look = () => ["", working].includes(status.textContent) || status.querySelector(".needs")
    ? setTimeout(look, 50) : done(document.querySelector(".finding").textContent);
  look();
})"""


@pytest.mark.parametrize(("tree", "query"), [("en", "ministry"), ("ar", "الوزارة")])
def test_a_search_is_answered_in_the_words_and_digits_of_the_interface(
    engine: Engine, address: str, tree: str, query: str
) -> None:
    engine.open(f"{address}{tree}/search/?q={quote(query)}", 1280)
    said = engine.evaluate(FOUND)
    assert re.search(r"[0-9] (articles|مقال)", said) and re.search("202[46]", said)
    assert not re.search("[٠-٩۰-۹]", said)
    assert strings_in(tree)("site.unknown_language") in said and "root" not in said  # a choice of languages


WAYS = """() => [...document.querySelectorAll("[data-search-ways] a")]
  .filter((link) => link.getClientRects().length).map((link) => new URL(link.href).pathname)"""


def test_who_finds_nothing_is_told_where_else_to_look(engine: Engine, address: str) -> None:
    ways = [f"/ar/{section}/" for section in ("stories", "topics", "names")]
    for query, shown in (("qqqqq", ways), ("الوزارة", []), ("", ways)):
        engine.open(f"{address}ar/search/?q={quote(query)}", 390)
        if query:
            engine.evaluate(FOUND)
        wait_until(lambda shown=shown: engine.evaluate(WAYS) == shown)  # type: ignore[misc]


INK = """async (picture) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) dark += data[at] + data[at + 1] + data[at + 2] < 240;
  return dark;
}"""
PUT = """(language, text) => {
  const place = document.querySelector("[data-search-results], .mentions"), title = document.createElement("h2");
  const line = document.createElement("p"), item = document.createElement("li");
  for (const each of [title, line]) {
    each.lang = language;
    each.dir = language === "ar" ? "rtl" : "ltr";
    for (let n = 0; n < 9; n++) each.append(Object.assign(document.createElement("mark"), { textContent: text }), " ");
  }
  item.append(...(place.matches(".mentions") ? [line] : [title, line]));
  place.replaceChildren(item);
  item.scrollIntoView({ behavior: "instant" });
}"""


BLANK = """(isMarked) => {
  document.documentElement.style.setProperty("--lit", "var(--paper)");
  if (isMarked) return;
  for (const mark of document.querySelectorAll("mark")) mark.style.background = mark.style.boxShadow = "none";
}"""
"""Let marks be as white as the page, where they still cover what is below them, or be none."""


@pytest.mark.parametrize(("language", "text"), [("en", "gypsy jogging pygmy"), ("ar", "يرجو جميعهم حججي")])
def test_marked_words_cover_no_letter_of_the_line_above(
    engine: Engine, site: Path, address: str, tmp_path: Path, language: str, text: str
) -> None:
    for path in (f"{language}/search/", showcase.pages(site, language)["names"]):
        engine.open(address + path, 390)
        engine.evaluate(
            "async () => { await document.fonts.ready; document.documentElement.dataset.theme = 'light'; }"
        )
        engine.evaluate(PUT, language, text)
        ink = []
        for marked in (True, False):
            engine.evaluate(BLANK, marked)
            engine.evaluate(SETTLED)
            engine.screenshot(tmp_path / "shot.png")
            ink.append(engine.evaluate(INK, base64.b64encode((tmp_path / "shot.png").read_bytes()).decode()))
        assert ink[0] > 0.998 * ink[1] > 500, (path, ink)
