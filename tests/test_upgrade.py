"""A digest that version 0.1.0 made is taken over by this one, and nothing that people did in it is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html

from generator import build, config
from generator.build import Report
from generator.formats import tmx
from generator.model import Translation
from generator.storage.records import Records
from tests.support.digests import earlier

CORRECTED = "Ash from Popocatépetl has reached the southern suburbs of the Mexican capital."
PENDING = "The centre recorded several rumbles and tremors."
"""Written into a page, and not taken over by the version before."""
VOLCANO = "docs/en/articles/volcano/index.md"


def reviewed(folder: Path) -> set[tuple[str, str]]:
    """Return the pairs in the memory of a digest."""
    languages = {file: file.name.removesuffix("-en.tmx") for file in (folder / "memory").glob("*.tmx")}
    return {
        (unit.source, unit.target)
        for file, language in languages.items()
        for unit in tmx.read_tmx(BytesIO(file.read_bytes()), language, "en", file.name)
    }


def pages(folder: Path) -> set[str]:
    """Return the addresses that readers may have: of articles and stories, in all languages."""
    found = (file.relative_to(folder / "docs").parent.as_posix() for file in folder.rglob("index.md"))
    return {address for address in found if re.match(r"\w+/(articles|stories)/", address)}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return earlier(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module", params=["in place", "from a fresh clone"])
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Report, list[Translation]]:
    """Return the digest as this version leaves it, its report, and what the old records held."""
    folder = earlier(tmp_path_factory.mktemp("upgraded"))
    if request.param == "from a fresh clone":
        for file in (folder / ".cache/digest").iterdir():
            file.unlink()
    settings = config.load(folder / "mkdocs.yml")
    old = list(Records.of(settings).all())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARGOS_PACKAGES_DIR", str(folder / "none"))
        report = build.generate(settings)
    return folder, report, old


Upgraded = tuple[Path, Report, list[Translation]]


def test_corrections_and_the_memory_are_there(before: Path, upgraded: Upgraded) -> None:
    folder, report, _ = upgraded
    assert reviewed(before) < reviewed(folder)
    assert {target for _, target in reviewed(folder) - reviewed(before)} == {PENDING}
    assert any("1 corrected sentence is now in memory/" in line for line in report.corrections)
    page = html.fromstring((folder / VOLCANO).read_text("utf-8"))
    for text in (CORRECTED, PENDING):
        (item,) = page.xpath("//li[@id][p[contains(@class, 'target')]=$text]", text=text)
        assert "reviewed" in item.get("class"), text


def test_what_machines_translated_needs_no_model_again(upgraded: Upgraded) -> None:
    folder, report, old = upgraded
    records = Records.of(config.load(folder / "mkdocs.yml"))
    assert (report.articles, report.untranslated, report.problems) == (5, 0, [])
    compared = 0
    for translation in old:
        then = {segment.source: segment for segment in translation.segments}
        for segment in records.load(translation.digest.document.article.slug).segments:
            if segment.origin == "machine" and segment.source in then:
                assert segment.target == then[segment.source].target
                assert segment.signature == then[segment.source].signature
                compared += 1
    assert compared >= 4


def test_what_people_wrote_themselves_is_the_same_to_the_byte(before: Path, upgraded: Upgraded) -> None:
    folder, _, _ = upgraded
    own = ["mkdocs.yml", "docs/en/imprint.md", "memory/glossary.zh-en.csv", "README.md"]
    own += ["memory/kept/en-articles-quake-27-index.md"]
    own += [file.relative_to(before).as_posix() for file in (before / "seeds").iterdir()]
    for name in own:
        assert (folder / name).read_bytes() == (before / name).read_bytes(), name


def test_every_address_is_there_and_the_site_is_built(before: Path, upgraded: Upgraded) -> None:
    folder, _, _ = upgraded
    assert len(pages(before)) == 12
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.findall("WARNING.*", done.stderr) == [
        "WARNING -  mkdocs.yml: theme.features (navigation.tabs) has no effect: pages load none of Material's "
        "scripts; take it out"
    ]
    for address in pages(before):
        assert (folder / "site" / address / "index.html").is_file(), address
    page = html.fromstring((folder / "site/ar/articles/welcome/index.html").read_bytes())
    assert page.xpath("string(//a[@class='masthead-name'])").strip() == "الموجز القديم"
    assert page.xpath("//footer/p/span[.='The newsroom']")
    assert "--primary" in (folder / "site/assets/digest.css").read_text("utf-8")
    assert (folder / "site/en/imprint/index.html").is_file()


def test_settings_of_then_mean_the_same(upgraded: Upgraded) -> None:
    settings = config.load(upgraded[0] / "mkdocs.yml")
    assert (settings.summary_share, settings.summary_least, settings.summary_most) == (0.3, 2, 4)
    assert (settings.target, settings.headline_length, settings.quality) == ("en", 80, "balanced")
    assert settings.pages_names and settings.pages_stories and settings.pages_book


def test_the_next_run_has_nothing_to_write(upgraded: Upgraded, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _, _ = upgraded
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder / "none"))
    report = build.generate(config.load(folder / "mkdocs.yml"))
    assert (report.written, report.removed, report.corrections) == (0, 0, [])
