"""Digests in other languages than English: any target, and interfaces that the settings name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from lxml import html

from generator.config import load
from generator.model import DigestError
from generator.storage.files import write_file
from generator.theme.interface_strings import load_strings
from tests.support import digests, samples
from tests.support.browser import chromium, served
from tests.support.samples import ROOT, STAYS, reviewed

ARTICLES = {
    "fr": (
        "ar",
        [
            ("قال الأمين العام يوم الثلاثاء إن الحلف ملتزم بالمسار السياسي في ليبيا.",
             "Le secrétaire général a dit mardi que l’Alliance restait attachée à la voie politique en Libye."),
            ("وأضاف: «نحن مستعدون للمساعدة».", "« Nous sommes prêts à aider », a-t-il ajouté."),
            ("عُقد الاجتماع في 5 مارس 2011 بحضور 28 وزيرًا.", "La réunion s’est tenue le 5 mars 2011 avec 28 ministres."),
        ],
    ),
    "de": (
        "zh",
        [
            ("北约秘书长周二在布鲁塞尔发表讲话。", "Der NATO-Generalsekretär sprach am Dienstag in Brüssel."),
            ("他说会议将于2011年举行。", "Er sagte, das Treffen werde 2011 stattfinden."),
        ],
    ),
    "ar": ("en", [(target, source) for source, target in reviewed()[STAYS]]),
    "es": (
        "en",
        [
            ("The minister spoke on Tuesday in Madrid.", "El ministro habló el martes en Madrid."),
            ("“We are ready,” he said.", "«Estamos listos», dijo."),
        ],
    ),
}  # fmt: skip
"""For each target an article's language, and its sentences with translations that people made."""


def make(folder: Path, target: str, interfaces: list[str] | None = None) -> Path:
    """Make a digest of one article, of which every sentence is in the memory."""
    source, pairs = ARTICLES[target]
    write_file(folder / "seeds/news.txt", " ".join(text for text, _ in pairs).encode())
    write_file(folder / "seeds/news.yml", f"language: {source}\n".encode())
    units = "".join(
        f'<tu><tuv xml:lang="{source}"><seg>{text}</seg></tuv>'
        f'<tuv xml:lang="{target}"><seg>{translated}</seg></tuv></tu>\n'
        for text, translated in pairs
    )
    head = '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="TMX" adminlang="en"'
    tmx = f'<?xml version="1.0"?>\n<tmx version="1.4">\n{head} srclang="{source}" datatype="plaintext"/>'
    write_file(folder / f"memory/{source}-{target}.tmx", f"{tmx}\n<body>\n{units}</body>\n</tmx>\n".encode())
    shutil.copytree(ROOT / "generator/theme", folder / "generator/theme")
    choose(folder, target, interfaces)
    return folder


def choose(folder: Path, target: str, interfaces: list[str] | None) -> None:
    given = re.sub(r"(?m)^  digest:\n(    .*\n)+", "", (ROOT / "mkdocs.yml").read_text("utf-8"))
    chosen = f"  digest:\n    target: {target}\n" + (f"    interfaces: {interfaces}\n" if interfaces else "")
    (folder / "mkdocs.yml").write_text(given + chosen, encoding="utf-8")


def page(folder: Path, address: str) -> html.HtmlElement:
    return html.fromstring((folder / "site" / address / "index.html").read_bytes())


def words(strings: object) -> set[str]:
    """Return what an interface says in so many words that no other language says the same by chance."""
    if isinstance(strings, dict):
        return {each for value in strings.values() for each in words(value)}
    if isinstance(strings, list):
        return {each for value in strings for each in words(value)}
    return {str(strings)} if len(str(strings).split()) > 2 and "{" not in str(strings) else set()


@pytest.mark.parametrize("target", list(ARTICLES))
def test_a_site_speaks_its_target_language(tmp_path: Path, target: str) -> None:
    source, pairs = ARTICLES[target]
    assert "0 machine-translated" in digests.finish(make(tmp_path, target))
    result = samples.mkdocs_build(tmp_path)
    assert result.returncode == 0, result.stderr
    assert {each.parent.name for each in (tmp_path / "site").glob("*/index.html")} == {target, source}
    sides = {"ar": "rtl"}
    english = words(load_strings("en")[0])
    for address in ("", target, f"{target}/about", f"{target}/search", f"{target}/articles/news"):
        shown = page(tmp_path, address)
        assert (shown.get("lang"), shown.get("dir")) == (target, sides.get(target, "ltr")), address
        if target == "ar" or source != "en":
            assert not [text for text in english if address and text in shown.text_content()], address
    article = page(tmp_path, f"{target}/articles/news")
    items = article.xpath("//section[@class='text']//li")
    for item, (text, translated) in zip(items, pairs, strict=True):
        first, second = item.xpath("./p[@lang]")
        assert (first.get("lang"), first.get("dir"), first.text_content()) == (
            target, sides.get(target, "ltr"), translated,
        )  # fmt: skip
        assert (second.get("lang"), second.get("dir"), second.text_content()) == (
            source, sides.get(source, "ltr"), text,
        )  # fmt: skip
    assert not article.find_class("care")


def test_english_stands_to_the_left_of_arabic_in_an_arabic_digest(tmp_path: Path) -> None:
    digests.finish(make(tmp_path, "ar"))
    assert samples.mkdocs_build(tmp_path).returncode == 0
    with served(tmp_path / "site") as address, chromium() as browser:
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        for tree in ("ar", "en"):
            shown.goto(f"{address}{tree}/articles/news/")
            source = shown.locator("#s1 .source").bounding_box()
            target = shown.locator("#s1 .target").bounding_box()
            assert source["y"] == pytest.approx(target["y"], abs=12)
            assert source["x"] < target["x"], tree
            assert shown.locator("#s1 .target").evaluate("(p) => getComputedStyle(p).direction") == "rtl"
            assert shown.locator("#s1 .source").evaluate("(p) => getComputedStyle(p).direction") == "ltr"


def test_a_named_interface_has_every_article_and_leaves_nothing_when_it_goes(tmp_path: Path) -> None:
    before, after = make(tmp_path / "one", "fr"), tmp_path / "two"
    digests.finish(before)
    shutil.copytree(before, after)
    choose(after, "fr", ["de", "fa", "fr"])
    assert "0 removed" in digests.finish(after)
    for tree, direction in (("de", "ltr"), ("fa", "rtl")):
        shown = html.fromstring(
            (after / f"docs/{tree}/articles/news/index.md").read_bytes().partition(b"---\n\n")[2]
        )
        first = shown.xpath("//li[@id='s1']/p")[0]
        assert first.get("class") == "target"  # the reader's best guess, since neither is in its language
        assert samples.mkdocs_build(after).returncode == 0
        built = page(after, f"{tree}/articles/news")
        assert (built.get("lang"), built.get("dir")) == (tree, direction)
    assert "docs/de/feed.xml" in digests.tree(after)
    choose(after, "fr", None)
    digests.finish(after)
    assert digests.tree(after) == digests.tree(before)
    assert not (after / "docs/de").exists()
    assert samples.mkdocs_build(after).returncode == 0
    assert not (after / "site/de").exists()
    assert samples.mkdocs_build(before).returncode == 0
    files = [
        {
            file.relative_to(each).as_posix(): file.read_bytes()
            for file in (each / "site").rglob("*")
            if file.is_file()
        }
        for each in (after, before)
    ]
    assert files[0] == files[1]


@pytest.mark.parametrize("tree", ["de", "fa"])
def test_a_correction_in_a_named_interface_is_taken(tmp_path: Path, tree: str) -> None:
    digests.finish(make(tmp_path, "fr", [tree]))
    file = tmp_path / f"docs/{tree}/articles/news/index.md"
    content = file.read_text("utf-8")
    content = re.sub(r'(<h1 id="title"[^>]*>)[^<]*', r"\1Un titre corrigé", content)
    content = content.replace("La réunion s’est tenue", "La rencontre a eu lieu")
    file.write_text(content, encoding="utf-8")
    said = digests.finish(tmp_path)
    assert f"docs/{tree}/articles/news/index.md: the corrected headline and 1 corrected sentence" in said
    for each in ("fr", "ar", tree):
        made = (tmp_path / f"docs/{each}/articles/news/index.md").read_text("utf-8")
        assert "Un titre corrigé" in made
        assert "La rencontre a eu lieu" in made


@pytest.mark.parametrize("given", ["[eo]", "fr", "[en, 1]", "[xx]"])
def test_an_interface_without_words_is_refused(tmp_path: Path, given: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"site_name: x\nextra: {{digest: {{interfaces: {given}}}}}\n", encoding="utf-8")
    with pytest.raises(DigestError, match=r"extra\.digest\.interfaces is .* the interface speaks: ar, .*en, "):
        load(file)


def test_the_target_is_no_interface_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    settings = {"site_name": "x", "extra": {"digest": {"target": "fr", "interfaces": ["fr", "ru", "de", "ru"]}}}
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert load(file).interfaces == ("de", "ru")
