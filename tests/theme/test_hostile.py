"""Nothing in an article becomes more than text: sites of attacks beside harmless ones of the same shape."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import pytest
from lxml import html

from generator.render.escape import clean
from generator.render.provenance import engine_names
from tests.support.browser import Watch, chromium, served
from tests.support.hostile_site import (
    EXTENSIONS,
    SIGNED,
    Elements,
    attacked,
    attacking,
    elements,
    expected_values,
    mkdocs,
    nodes,
    number_of,
    pages_of,
    peaceful,
    publish,
    text_of,
)
from tests.support.hostile_texts import ATTACKS, valid

NUMBERS = {attack: number for number, attack in enumerate(ATTACKS)}
SHOWN = {number: clean(attack) for number, attack in enumerate(ATTACKS.values())} | {
    number + SIGNED: clean(", ".join(engine_names([attack]))) for number, attack in enumerate(ATTACKS.values())
}
"""What a page shows of each attack, and of each attack as an engine's signature."""

Pages = dict[str, html.HtmlElement]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both digests, and that of attacks once more with every Markdown extension there is."""
    project = tmp_path_factory.mktemp("project")
    publish(project / "hostile/docs", map(attacking, ATTACKS.values()))
    publish(project / "harmless/docs", (peaceful(text, n) for n, text in enumerate(ATTACKS.values())))
    builds = [("hostile", "extended", EXTENSIONS), ("hostile", "site", []), ("harmless", "site", [])]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda build: mkdocs(project / build[0], *build[1:]), builds))
    return project


@pytest.fixture(scope="module")
def sites(project: Path) -> dict[str, Pages]:
    return {name: pages_of(project / name) for name in ("hostile/site", "hostile/extended", "harmless/site")}


@pytest.fixture(scope="module")
def harmless(sites: dict[str, Pages]) -> Pages:
    return sites["harmless/site"]


@pytest.fixture(scope="module", params=["site", "extended"])
def hostile(request: pytest.FixtureRequest, sites: dict[str, Pages]) -> Pages:
    return sites[f"hostile/{request.param}"]


def test_every_extension_is_tried() -> None:
    assert len(EXTENSIONS) > 45
    assert {"attr_list", "md_in_html", "pymdownx.snippets", "pymdownx.blocks.html"} <= set(EXTENSIONS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_adds_no_element_and_is_shown_as_it_is(hostile: Pages, harmless: Pages, attack: str) -> None:
    number = NUMBERS[attack]
    expected = expected_values(ATTACKS[attack], number)
    compared = [path for path in hostile if number_of(path) == number]
    assert len(compared) in (2, 3)
    for path in compared:
        assert elements(nodes(hostile[path]), expected) == elements(nodes(harmless[path]), {}), path
        assert text_of(hostile[path]) == attacked(text_of(harmless[path]), SHOWN), path


def test_no_other_page_differs_either(hostile: Pages, harmless: Pages) -> None:
    others = [path for path in harmless if number_of(path) is None]
    assert others == [path for path in hostile if number_of(path) is None]
    for path in others:
        bad, good = hostile[path], harmless[path]
        assert elements(nodes(bad), {}) == elements(nodes(good), {}), path
        assert text_of(bad) == attacked(text_of(good), SHOWN), path


def test_data_for_machines_is_data(sites: dict[str, Pages]) -> None:
    """JSON-LD stands in a script element, which ends where markup says so."""
    for path, page in sites["hostile/site"].items():
        data = page.xpath("//script[@type='application/ld+json']/text()")
        twin = sites["harmless/site"][path].xpath("//script[@type='application/ld+json']/text()")
        assert len(data) == len(twin)
        for text, other in zip(data, twin, strict=True):
            assert shape(json.loads(text)) == shape(json.loads(other)), path
            assert not re.search("[<>&\u2028\u2029]", text), path


def shape(value: Any) -> Any:
    """Return what JSON is made of, without its texts; whether it has an address hangs on the texts."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items() if name != "sameAs"}
    return [shape(each) for each in value] if isinstance(value, list) else type(value)


def test_the_sitemap_is_that_of_the_harmless_site(project: Path) -> None:
    maps = [(project / kind / "site/sitemap.xml").read_bytes() for kind in ("hostile", "harmless")]
    assert maps[0] == maps[1]


# ------------------------------------------------------------------ the same in a real browser

COUNT = """
page => {
  const counts = {};
  for (const element of page.querySelectorAll("*")) {
    const attributes = [...element.attributes].map(({ name, value }) => [name.toLowerCase(), value]).sort();
    const key = JSON.stringify([element.localName, Object.fromEntries(attributes)]);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
"""
"""Counts the elements that markup and scripts have made."""
SIDE_BY_SIDE = f"""
async addresses => {{
  const frames = addresses.map(src => Object.assign(document.createElement("iframe"), {{ src }}));
  const loaded = frames.map(frame => new Promise(done => {{ frame.onload = done }}));
  document.body.replaceChildren(...frames);
  await Promise.all(loaded);
  return frames.map(frame => ({COUNT})(frame.contentDocument));
}}
"""
WAIT = """
async done => {
  for (let times = 0; !done(); times++) {
    if (times > 24000) throw new Error("nothing happens any more");
    await new Promise(next => setTimeout(next, 5));
  }
}
"""
ASK = f"""
async query => {{
  const form = document.querySelector("form[data-search]"), status = document.querySelector("[role=status]");
  const {{ working }} = JSON.parse(form.dataset.words);
  document.querySelector("#query").value = query;
  form.requestSubmit();
  await ({WAIT})(() => !query.trim() || !["", working].includes(status.textContent));
  return status.textContent;
}}
"""
ASK_ALL = f"""
async queries => {{
  const places = ".articles *, .subjects *, .notes *, .filters *, #suggestions *, [role=status] *";
  const outside = () => [...document.querySelectorAll(`body *:not(${{places}}, a[hreflang])`)]
    .map(element => element.cloneNode().outerHTML).join("");
  const usual = outside(), found = {{}};
  for (const query of queries) {{
    const status = await ({ASK})(query), inside = [...document.querySelectorAll(places)];
    const made = new Set(inside.flatMap(element => [element.localName, ...element.getAttributeNames()]));
    found[query] = [status, outside() === usual, [...made], location.search];
  }}
  return found;
}}
"""
"""Makes queries; tells of each what the page says, whether anything around results has changed, and their names."""
MADE = set("br li article h2 p span a bdi mark button select option label strong b em time".split())
MADE |= set(
    "name class lang dir href type id role value selected for aria-label aria-selected aria-pressed hidden".split()
)
"""Elements and attributes that results, names, filters and notes are made of."""
ALL_RESULTS = f"""
async () => {{
  const list = document.querySelector("ol.articles");
  await ({WAIT})(() => list.children.length);
  for (let button; button = list.querySelector(".more button");) {{
    button.click();
    await ({WAIT})(() => !button.isConnected);
  }}
  return [...list.children].map(item => [item.querySelector("a").href, item.querySelector("h2").textContent]);
}}
"""
VIOLATED = 'addEventListener("securitypolicyviolation", event => console.error(event.violatedDirective))'
AT_ONCE = 30


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """Serve all sites, and a page without a policy of its own that can hold others in frames."""
    (project / "frames.html").write_text('<!doctype html><link rel="icon" href="data:,"><body></body>')
    with served(project) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """Return a new tab, in which nothing may go wrong."""
    page = browser.new_page()
    page.add_init_script(VIOLATED)
    watch = Watch(page)
    page.on("popup", lambda popup: watch.errors.append(f"popup: {popup.url}"))
    yield page
    page.close()
    assert (watch.errors, watch.foreign(address)) == ([], [])


def counted(live: Mapping[str, int], site: str = "") -> Elements:
    """Return what `COUNT` has counted; links are those below the site's address."""
    found: Elements = Counter()
    for key, count in live.items():
        name, attributes = json.loads(key)
        relative = {key: value.removeprefix(site) for key, value in attributes.items()}
        for element in elements([(name, relative)], {}):
            found[element] += count
    return found


def changes(page: html.HtmlElement, live: Mapping[str, int]) -> tuple[Elements, Elements]:
    """Return what a browser and its scripts have added to a page's markup, and what they have taken away."""
    marked_up, made = elements(nodes(page), {}), counted(live)
    return made - marked_up, marked_up - made


@pytest.mark.parametrize("tree", ["en", "ar"])
@pytest.mark.parametrize("kind", ["articles", "lists"])
def test_a_browser_makes_no_more_of_an_attack(
    page: Any, address: str, sites: dict[str, Pages], tree: str, kind: str
) -> None:
    """What is changed in a harmless page is all that is changed in any other as deep in the site."""
    page.goto(f"{address}frames.html")
    pattern = {"articles": rf"{tree}/articles/a.*", "lists": rf"{tree}/(page/\d/)?index\.html"}[kind]
    paths = [path for path in sites["hostile/site"] if re.fullmatch(pattern, path)]
    assert len(paths) >= 7
    examples = list({path.count("/"): path for path in paths}.values())
    loaded = page.evaluate(SIDE_BY_SIDE, [f"harmless/site/{path}" for path in examples])
    usual = {
        path.count("/"): changes(sites["harmless/site"][path], live)
        for path, live in zip(examples, loaded, strict=True)
    }
    for start in range(0, len(paths), AT_ONCE):
        some = paths[start : start + AT_ONCE]
        loaded = page.evaluate(SIDE_BY_SIDE, [f"hostile/site/{path}" for path in some])
        for path, live in zip(some, loaded, strict=True):
            assert changes(sites["hostile/site"][path], live) == usual[path.count("/")], path


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_search_results_hold_the_elements_of_harmless_results(page: Any, address: str, tree: str) -> None:
    found = []
    for kind in ("hostile", "harmless"):
        site = f"{address}{kind}/site/"
        page.goto(f"{site}{tree}/search/")
        page.evaluate(ASK, "zqazq")
        results = page.evaluate(ALL_RESULTS)
        assert sorted(number_of(link) or 0 for link, _ in results) == list(NUMBERS.values())
        found.append(counted(page.locator("ol.articles").evaluate(COUNT), site))
        if kind == "hostile":
            headlines = {number_of(link): clean(headline) for link, headline in results}
    assert found[0] == found[1]
    for number, attack in enumerate(ATTACKS.values()):
        whole, shown = clean(valid(attack)), headlines[number]
        assert shown == whole or (shown[-1] == "…" and whole.startswith(shown[:200])), attack


def test_a_hostile_query_stays_a_query(page: Any, address: str) -> None:
    search = f"{address}hostile/site/en/search/"
    page.goto(search)
    answers = page.evaluate(ASK_ALL, list(map(valid, ATTACKS.values())))
    for query, (status, unchanged, made, asked) in answers.items():
        assert unchanged, query
        assert set(made) <= MADE, query
        assert re.fullmatch(r"Nothing found|.*[0-9].*|", status), query
        assert parse_qs(asked[1:]).get("q", [""]) == [page_value(query)], query
    hostile = ATTACKS["end of raw text"]
    page.goto(f"{search}?q={quote(hostile)}#{quote(hostile)}")
    assert page.locator("#query").input_value() == hostile


def page_value(query: str) -> str:
    """Return what a text field makes of a query: it drops line ends."""
    return re.sub("[\r\n]", "", query)


def test_an_attack_that_worked_would_be_noticed(browser: Any, address: str, project: Path) -> None:
    """Write attacks into pages as no page of ours has them, with and without our policy."""
    folder = "harmless/site/en/articles/a000"
    plain = (project / folder / "index.html").read_text("utf-8")
    raw = "".join(ATTACKS[name] for name in ("script", "image", "image from elsewhere", "style attribute"))
    broken = plain.replace("<h1", f"{raw}<h1")
    (project / folder / "held.html").write_text(broken, "utf-8")
    free = broken.replace('http-equiv="Content-Security-Policy"', "")
    (project / folder / "free.html").write_text(free, "utf-8")
    page = browser.new_page()
    page.add_init_script(VIOLATED)
    watch = Watch(page)
    page.goto(f"{address}{folder}/held.html")
    assert {"script-src-elem", "script-src-attr", "img-src", "style-src-attr"} <= set(watch.errors)
    assert "dialog: 1" not in watch.errors
    added, _ = changes(html.document_fromstring(plain), page.evaluate(f"() => ({COUNT})(document)"))
    assert {"script", "img", "p"} <= {name for name, _ in added}
    page.goto(f"{address}{folder}/free.html")
    assert "dialog: 1" in watch.errors
    assert "https://evil.invalid/pixel.png" in watch.foreign(address)
    page.close()
