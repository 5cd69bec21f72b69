"""Any text comes out of pages, front matter, records, search index and memories as the text it was."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from mkdocs.utils.meta import get_data

from generator import render
from generator.model import DigestError
from generator.render.escape import clean, encode, encode_attribute, isolate, web_address
from generator.render.html import instant, page_content, time_element
from generator.render.provenance import engine_names
from generator.render.strings import strings_in
from generator.storage import records
from generator.theme import hook, search_index
from generator.translate.memory import Memory
from tests.support.hostile_site import (
    EXTENSIONS,
    SIGNED,
    attacked,
    attacking,
    elements,
    expected_values,
    nodes,
    number_of,
    peaceful,
    publish,
    text_of,
    translation,
)
from tests.support.hostile_texts import ATTACKS, valid, writable
from tests.support.memories import save_memory
from tests.support.pages import text_of as text_of_page

MARKS = (
    "<>&\"'`=/\\{}[]()|~^*_#!%$@:;,.?+- \t\n\r\f\v\0\x02\x03\x85\u2028\u202e\u2066\ufeff\ud800\udc00aZ0بم中é"
)
PIECES = [
    *ATTACKS.values(),
    "<script>",
    "{{",
    "{%",
    "]]>",
    "-->",
    "&lt;",
    "&#",
    "javascript:",
    "wzxhzdk:0",
    "---\n",
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(MARKS, max_size=12) | st.text(max_size=8), max_size=4).map(
    "".join
)
"""Text that is made of what means something to somebody."""
SETTINGS = settings(max_examples=150, deadline=None, derandomize=True)
CONVERTER = markdown.Markdown(extensions=EXTENSIONS)


def html_of(page: bytes) -> html.HtmlElement:
    """Return a page's body as MkDocs and every extension there is make it."""
    body, _ = get_data(page.decode())
    return html.document_fromstring(CONVERTER.reset().convert(body) or "<p></p>")


@SETTINGS
@given(TEXT.filter(clean), st.sampled_from(["en", "ar"]))
def test_a_page_of_any_text_holds_the_elements_of_a_harmless_one(text: str, tree: str) -> None:
    pages = []
    for texts in (attacking(text), peaceful(text, 0)):
        (page,) = render.article_pages(translation(texts, "a000", "ar"), (tree,))
        pages.append(html_of(page.content))
    hostile, harmless = pages
    shown = {0: clean(text), SIGNED: clean(", ".join(engine_names([text])))}
    assert elements(nodes(hostile), expected_values(text, 0)) == elements(nodes(harmless), {})
    assert text_of(hostile) == attacked(text_of(harmless), shown)


@SETTINGS
@given(TEXT)
def test_front_matter_gives_back_the_cleaned_text(text: str) -> None:
    page = page_content(["body"], title=text, description=text).decode()
    body, meta = get_data(page)
    assert (body, set(meta)) == ("body\n", {"title", "description"})
    shown = hook.escape_once(hook.escape_once(meta["title"]))
    (element,) = html.fragments_fromstring(f'<p title="{shown}">{shown}</p>')
    assert (element.get("title"), element.text_content(), len(element)) == (clean(text), clean(text), 0)


@SETTINGS
@given(TEXT, st.sampled_from(["en", "ar", "xx"]))
def test_every_way_of_writing_text_into_html_gives_it_back(text: str, foreign: str) -> None:
    for written in (encode(text), isolate(text, "ltr", foreign), isolate(text, "rtl", foreign)):
        (element,) = html.fragments_fromstring(f"<p>{written}</p>")
        assert element.text_content() == clean(text)
    (element,) = html.fragments_fromstring(f'<p title="{encode_attribute(text)}"></p>')
    assert element.attrib == {"title": clean(text)}


@SETTINGS
@given(st.lists(TEXT, min_size=3, max_size=3))
def test_translations_are_read_back_from_a_page_as_they_were(targets: list[str]) -> None:
    made = translation(attacking("x"), "a000", "ar")
    segments = tuple(replace(s, target=t) for s, t in zip(made.segments, targets, strict=True))
    (page,) = render.article_pages(replace(made, segments=segments), ("en",))
    expected = {number: clean(target) for number, target in enumerate(targets, 1) if clean(target)}
    assert text_of_page(page.content.decode()) == expected


@SETTINGS
@given(
    TEXT
    | st.sampled_from(["http://", "https://x/", "//x", "mailto:"]).flatmap(
        lambda at: TEXT.map(lambda rest: at + rest)
    )
)
def test_a_link_leads_to_the_web_or_is_none(text: str) -> None:
    address = web_address(text)
    if address is not None:
        (link,) = html.fragments_fromstring(f'<a href="{address}">x</a>')
        assert set(link.attrib) == {"href"}
        assert urlsplit(link.get("href")).scheme.lower() in ("http", "https")
        assert not re.search(r"\s", link.get("href"), re.ASCII)


DATES = {
    '2016-01-30"10:00:00': '<time datetime="2016-01-30">',
    "2016-01-30<10:00": '<time datetime="2016-01-30">',
    "2016-01-30T10:00:00+23:59": '<time datetime="2016-01-30">',
    "2016-01-30 onclick=alert(1)": None,
    "2016-01-30><script>": None,
    "0000-00-00": None,
    "9999-12-31T23:59:59-23:59": '<time datetime="9999-12-31">',
    "0001-01-01T00:00:00+23:59": '<time datetime="0001-01-01">',
    "٢٠١٦-٠١-٣٠": None,
    "2016-W01-1": None,
    "": None,
}


@pytest.mark.parametrize(("published", "start"), DATES.items())
def test_a_date_is_a_date_or_nothing(published: str, start: str | None) -> None:
    made = time_element(published, strings_in("en"))
    assert made is None if start is None else made.startswith(start)
    assert sorted(filter(None, map(instant, [*DATES, "2016-01-30"])))


@SETTINGS
@given(TEXT)
def test_any_date_is_a_date_or_nothing(text: str) -> None:
    for published in (text, f"2016-01-30{text}"):
        made = time_element(published, strings_in("ar"))
        assert made is None or re.fullmatch(r'<time datetime="\d{4}-\d\d-\d\d">[^<>&"]+</time>', made, re.ASCII)


@SETTINGS
@given(TEXT.filter(bool))
def test_a_record_gives_back_any_text(text: str) -> None:
    made, expected = (
        translation(replace(attacking(each), language="ar"), "a000", "ar") for each in (text, valid(text))
    )
    assert records.parse_record(records.dump_record(made), "x") == expected


STRANGE = {
    "a path out of the folder": {"slug": "../../evil"},
    "the folder above": {"slug": ".."},
    "a path with backslashes": {"slug": "..\\evil"},
    "an absolute path": {"slug": "/evil"},
    "no name": {"slug": ""},
    "NUL": {"slug": "a\0b"},
    "a language that is a path": {"language": "../evil"},
    "a target that is a path": {"target_language": "/evil"},
    "a sentence's language that is a path": {"sentences": [{"language": "../evil"}]},
    "an origin that is markup": {"sentences": [{"origin": "x' onclick='alert(1)"}]},
    "a title's origin that is markup": {"title": {"origin": '"><script>'}},
    "a paragraph that is not there": {"sentences": [{"paragraph": -9}]},
    "another format": {"format": "2\n"},
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_a_record_that_was_tampered_with_is_refused_in_one_line(change: dict[str, Any]) -> None:
    fields = json.loads(records.dump_record(translation(attacking("ar"), "a000", "ar")))
    for name, value in change.items():
        if name == "sentences":
            fields[name][0] |= value[0]
        else:
            fields[name] = fields[name] | value if name == "title" else value
    with pytest.raises(DigestError, match="is not a record of this version") as caught:
        records.parse_record(json.dumps(fields).encode(), "x")
    assert str(caught.value).isprintable()


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the docs folder of a digest of attacks and that of a harmless one."""
    folder = tmp_path_factory.mktemp("docs")
    publish(folder / "hostile/docs", map(attacking, ATTACKS.values()))
    publish(folder / "harmless/docs", (peaceful(text, n) for n, text in enumerate(ATTACKS.values())))
    assert {path.name for path in folder.iterdir()} == {"hostile", "harmless"}
    assert [path.name for path in (folder / "hostile").iterdir()] == ["docs"]
    return folder / "hostile/docs", folder / "harmless/docs"


SHOWN = {number: clean(attack) for number, attack in enumerate(ATTACKS.values())}


def same_html(attack: str, number: int, hostile: str, harmless: str) -> None:
    """Compare two pieces of HTML, as feeds hold them."""
    bad, good = (html.fragment_fromstring(text, create_parent=True) for text in (hostile, harmless))
    assert elements(nodes(bad), expected_values(attack, number)) == elements(nodes(good), {})
    assert text_of(bad) == attacked(text_of(good), SHOWN)


@pytest.mark.parametrize("tree", ["en", "ar"])
@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feeds_in_xml_hold_attacks_as_text(docs: tuple[Path, Path], tree: str, name: str) -> None:
    feeds = [etree.parse(folder / tree / name).getroot() for folder in docs]
    items = [feed.xpath("//*[local-name() = 'item' or local-name() = 'entry']") for feed in feeds]
    assert len(items[0]) == len(items[1]) == 100
    for bad, good in zip(*items, strict=True):
        number = number_of(etree.tostring(good, encoding="unicode")) or 0
        attack = list(ATTACKS.values())[number]
        expected = {("term", clean(attack)): peaceful(attack, number).text}
        assert elements(nodes(bad), expected) == elements(nodes(good), {})
        for one, other in zip(bad.iter(), good.iter(), strict=True):
            if etree.QName(one).localname in ("content", "description"):
                same_html(attack, number, one.text, other.text)
            else:
                assert (one.text or "").strip() == attacked(other.text or "", SHOWN).strip()


def same_json(hostile: Any, harmless: Any) -> None:
    """Compare data: the same but for what twins stand for."""
    if isinstance(harmless, dict):
        assert list(hostile) == list(harmless)
        number = number_of(str(harmless.get("url"))) or 0
        for name, value in harmless.items():
            if name == "content_html":
                same_html(list(ATTACKS.values())[number], number, hostile[name], value)
            else:
                same_json(hostile[name], value)
    elif isinstance(harmless, list):
        for one, other in zip(hostile, harmless, strict=True):
            same_json(one, other)
    elif isinstance(harmless, str):
        assert clean(hostile) == attacked(harmless, SHOWN)
    else:
        assert hostile == harmless


@pytest.mark.parametrize("name", ["en/feed.json", "ar/feed.json", "digest.jsonl"])
def test_exports_in_json_hold_attacks_as_text(docs: tuple[Path, Path], name: str) -> None:
    lines = [(folder / name).read_text("utf-8") for folder in docs]
    hostile, harmless = (text.strip().split("\n") if name.endswith("l") else [text] for text in lines)
    for bad, good in zip(hostile, harmless, strict=True):
        same_json(json.loads(bad), json.loads(good))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_archive_of_attacks_is_that_of_harmless_texts(attack: str) -> None:
    """Its folders are named after languages and sources; in a path stand letters and digits alone."""
    archives = []
    for texts in (attacking(attack), peaceful(attack, 0)):
        entries = [
            render.ListedArticle.of(translation(attacking("x"), "x000", "ar")),
            render.ListedArticle.of(translation(texts, "a000", texts.language)),
        ]
        pages = {page.path: page.make() for page in render.index_pages(entries, "en", ("en",))}
        archives.append({path: page for path, page in pages.items() if "/archive/" in path})
    hostile, harmless = archives
    assert len(hostile) == len(harmless) == 5
    for path in hostile:
        assert re.fullmatch(r"en/archive/((language|source)/([^\W_]+-)*[^\W_]+/)?index\.md", path), path
        assert not re.search("/(con|nul)/", path)
    strange = [[html_of(page) for path, page in sorted(pages.items()) if b"a000" in page] for pages in archives]
    for bad, good in zip(*strange, strict=True):
        assert elements(nodes(bad), expected_values(attack, 0)) == elements(nodes(good), {})
        assert text_of(bad) == attacked(text_of(good), {0: clean(attack)})
    overviews = [html_of(pages["en/archive/index.md"]) for pages in archives]
    links = [[link.get("href") for link in page.iter("a")] for page in overviews]
    for href, path in zip(sorted(map(unquote, links[0])), sorted(hostile)[1:], strict=True):
        assert f"en/archive/{href}index.md" == path
    for page in overviews:
        for link in page.iter("a"):
            link.set("href", "")
    assert elements(nodes(overviews[0]), expected_values(attack, 0)) == elements(nodes(overviews[1]), {})


def test_the_search_index_holds_attacks_as_text(docs: tuple[Path, Path], tmp_path: Path) -> None:
    search_index.build(docs[0], tmp_path)
    texts = [json.loads(file.read_bytes()) for file in (tmp_path / "search-index/texts").iterdir()]
    titles = {text["slug"]: text["title"] for text in texts}
    for number, attack in enumerate(ATTACKS.values()):
        assert titles[f"a{number:03}"] == titles[f"b{number:03}"] == [valid(attack)] * 2
    for file in (tmp_path / "search-index/terms").iterdir():
        for term in json.loads(file.read_bytes()):
            is_date = re.fullmatch(r"#\d{4}-\d\d(-\d\d)?", term)
            assert is_date or all(letter.isalnum() or not letter.isascii() for letter in term), term


def test_a_memory_gives_back_every_attack_and_no_other_segment(tmp_path: Path) -> None:
    save_memory(tmp_path, "ar", "en", {f"{name} {attack}": attack for name, attack in ATTACKS.items()})
    found = Memory.load(tmp_path, "ar", "en").exact.values()
    assert sorted(found) == sorted(map(writable, ATTACKS.values()))
