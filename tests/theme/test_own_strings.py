"""A digest's own words for the interface: what they replace, and a line for each mistake in them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from lxml import html

from generator import build, config, export
from generator.model import DigestError
from generator.theme.interface_strings import interface_languages, load_strings
from generator.theme.own_strings import read_own_strings
from tests.support import samples
from tests.support.digests import earlier

EN = {
    "description": "The world, before breakfast.",
    "home": {"title": "This morning", "sentences": {"one": "one line", "other": "{n} lines"}},
    "article": {"text": "Line by line"},
    "search": {"title": "Find"},
    "about": {"text": [{"heading": "Who we are", "paragraphs": ["We are <b>few</b> & many."]}]},
}
AR = {"description": "العالم قبل الفطور.", "article": {"text": "سطرًا سطرًا"}}


def write(folder: Path, language: str, strings: object) -> None:
    (folder / "strings").mkdir(exist_ok=True)
    (folder / f"strings/{language}.yml").write_text(yaml.safe_dump(strings, allow_unicode=True), "utf-8")


def mkdocs(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build"]
    environment = {"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_own_words_are_said_wherever_ours_were_and_go_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    settings = config.load(earlier(tmp_path) / "mkdocs.yml")
    build.generate(settings)
    first = {file: file.read_bytes() for file in settings.docs.rglob("*") if file.is_file()}
    assert mkdocs(tmp_path).returncode == 0  # so that the next build is a warm one
    write(tmp_path, "en", EN)
    write(tmp_path, "ar", AR)
    assert build.generate(settings).written > 0
    done = mkdocs(tmp_path)
    assert done.returncode == 0, done.stderr

    def page(path: str) -> html.HtmlElement:
        return html.fromstring((tmp_path / "site" / path).read_text("utf-8"))

    for path, motto, heading in (
        ("en/articles/volcano/index.html", EN["description"], "Line by line"),
        ("ar/articles/welcome/index.html", AR["description"], "سطرًا سطرًا"),
    ):
        assert page(path).xpath("//footer/p[1]/span/text()") == [motto], path
        assert page(path).xpath(f"//h2[normalize-space()='{heading}']"), path
    home = page("en/index.html")
    assert home.xpath("//p[@class='masthead-motto']/text()") == [EN["description"]]
    assert home.xpath("//meta[@name='description']/@content") == [EN["description"]]
    assert home.xpath("//h1")[0].text_content() == "This morning"
    lengths = home.xpath("//span[@class='length']/text()")
    assert lengths and all(re.fullmatch(r"\d+ lines|one line", length) for length in lengths)
    assert "Find" in home.xpath("string(//nav)") and "Articles" in home.xpath("string(//nav)")
    assert page("en/about/index.html").xpath("//p[contains(., 'We are <b>few</b> & many.')]")
    assert EN["description"] in page("index.html").text_content()
    book = tmp_path / "book.epub"
    assert export.export_epub(settings, book) == 5
    for file in (tmp_path / "strings").iterdir():
        file.unlink()
    build.generate(settings)
    assert {file: file.read_bytes() for file in settings.docs.rglob("*") if file.is_file()} == first
    assert load_strings("en")[0]["home"]["title"] == "Latest articles"


MISTAKES = [
    ({"site": {"hom": "x"}}, "site.hom is no string of the interface; site may have skip, "),
    ({"colour": "red"}, "colour is no string of the interface; the file may have name, "),
    ({"site": "x"}, "site is 'x' but must hold skip, "),
    ({"site": {"home": ["x"]}}, "site.home is ['x'] but must be a text; put quotation marks around it"),
    ({"site": {"home": False}}, "site.home is False but must be a text; put quotation marks around it"),
    ({"article": {"by": "von"}}, "article.by has lost {author}; put it back"),
    ({"article": {"by": "{author} {date}"}}, "article.by has the placeholder {date}, for which there is no"),
    ({"article": {"by": "{author} {"}}, "article.by has a brace without its other half; write {{ or }}"),
    (
        {"home": {"articles": {"other": "{n}"}}},
        "home.articles lacks the plural one; this language has one, other",
    ),
    ({"home": {"articles": {"one": "1", "other": "many"}}}, "home.articles.other has lost {n}; put it back"),
    (
        {"home": {"articles": {"one": "1", "other": "{n}", "few": "{n}"}}},
        "home.articles.few is no plural of this language; it has one, other",
    ),
    ({"home": {"articles": "{n}"}}, "home.articles is '{n}' but must hold one, other"),
    (
        {"about": {"text": ["We"]}},
        "about.text must be a list as in the program's own strings: [{heading: TEXT, ",
    ),
    (["a"], "the file is ['a'] but must hold name, "),
]


@pytest.mark.parametrize(("strings", "line"), MISTAKES)
def test_each_mistake_is_one_line_with_the_file_and_the_way_out(
    tmp_path: Path, strings: object, line: str
) -> None:
    write(tmp_path, "en", strings)
    _, (mistake,) = read_own_strings(tmp_path / "strings")
    assert mistake.startswith(f"{tmp_path / 'strings/en.yml'}: {line}")
    assert "\n" not in mistake


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("en.yml", "b: c\na: ]", "is not valid YAML in line 2 (while parsing a"),
        ("english.yml", "a: b", "is named after no language; name it by a code, such as en.yml"),
        ("en.yaml", "a: b", "is not read; name it en.yml"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_line(tmp_path: Path, name: str, content: str, line: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert [mistake.startswith(f"{tmp_path / name}: {line}") for mistake in read_own_strings(tmp_path)[1]] == [
        True
    ]


def test_plurals_are_those_of_the_language(tmp_path: Path) -> None:
    write(tmp_path, "ar", {"home": {"articles": {"one": "مقال", "other": "{n} مقال"}}})
    _, (mistake,) = read_own_strings(tmp_path / "strings")
    assert "home.articles lacks the plural few and many and two and zero" in mistake


def test_words_are_words_and_never_markup(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    said = 'News & <b>views</b> from "abroad"'
    write(tmp_path, "en", {"description": said, "search": {"label": said}, "site": {"not_found": said}})
    write(tmp_path, "ar", {"name": said, "site": {"home": said}})
    assert mkdocs(tmp_path).returncode == 0

    def page(path: str) -> html.HtmlElement:
        return html.fromstring((tmp_path / "site" / path).read_text("utf-8"))

    home, search = page("en/index.html"), page("en/search/index.html")
    assert home.xpath("//p[@class='masthead-motto']/text()") == [said]
    assert page("404.html").xpath("//meta[@name='description']/@content") == [said]
    assert home.xpath("//input[@name='q']/../@aria-label") == [said]
    assert said in home.xpath("string(//nav[@class='masthead-languages'])")
    assert json.loads(search.xpath("//form/@data-words")[0])["label"] == said
    assert page("404.html").findtext(".//h1") == said
    assert not [path for path in ("en/index.html", "404.html") if page(path).xpath("//b")]


def test_both_programs_stop_for_a_mistake_and_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    settings = config.load(earlier(tmp_path) / "mkdocs.yml")
    build.generate(settings)
    before = {file: file.read_bytes() for file in settings.docs.rglob("*") if file.is_file()}
    write(tmp_path, "en", {"site": {"hom": "x"}, "article": {"by": "von"}})
    with pytest.raises(DigestError) as raised:
        build.generate(settings)
    assert [line.split(" ")[1] for line in str(raised.value).splitlines()] == ["article.by", "site.hom"]
    assert {file: file.read_bytes() for file in settings.docs.rglob("*") if file.is_file()} == before
    done = mkdocs(tmp_path)
    assert done.returncode == 1
    assert [line.split(" ")[:2] for line in done.stderr.splitlines()] == [
        ["strings/en.yml:", "article.by"],
        ["strings/en.yml:", "site.hom"],
    ]


def test_a_language_that_the_program_does_not_speak_can_be_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    assert "cy" not in interface_languages()
    folder = earlier(tmp_path)
    (folder / "seeds/cymru.txt").write_text("Mae'r stori hon yn Gymraeg.\n", "utf-8")
    (folder / "seeds/cymru.yml").write_text("language: cy\n", "utf-8")
    write(folder, "cy", {"description": "Newyddion o dramor.", "site": {"about": "Amdanom"}})
    build.generate(config.load(folder / "mkdocs.yml"))
    done = mkdocs(folder)
    assert done.returncode == 0, done.stderr
    page = html.fromstring((folder / "site/cy/index.html").read_text("utf-8"))
    assert (page.get("lang"), page.get("dir")) == ("cy", "ltr")
    assert page.xpath("//p[@class='masthead-motto']/text()") == ["Newyddion o dramor."]
    assert html.fromstring((folder / "site/en/index.html").read_text("utf-8")).xpath(
        "//a[@hreflang='cy'][.='Cymraeg']"
    )
    assert "Amdanom" in page.xpath("string(//nav)") and "Search" in page.xpath("string(//nav)")
