"""What people change in generated pages, also in those that the version before this one wrote."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, config
from generator.storage import docs_folder
from generator.translate.memory import Memory
from tests.support.digests import make, tree
from tests.support.pages import with_old_summary

PAGE = "en/articles/003_3833091f4ec1012b/index.md"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """Return a generated digest of the user's two articles."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    settings = config.load(make(tmp_path, 0) / "mkdocs.yml")
    build.generate(settings)
    return settings


def as_before(page: bytes) -> bytes:
    """Return a page as a version before wrote it: no numbers that are links, less front matter, a summary."""
    text = docs_folder.unsigned(page).decode()
    if '<li id="s1"' in text:
        text = with_old_summary(text, (1, 2, 3))
        text = re.sub('<p class="byline"><span class="published">[^<]*</span></p>\n', "", text)
    text = re.sub('<a class="number".*\n', "", text)
    text = re.sub("^(stories|topics|names|kind|name|spellings|about|articles): .*\n", "", text, flags=re.M)
    if block := re.search('\n<aside class="connections".*', text, re.DOTALL):
        shown = hashlib.sha256(block[0].strip().encode()).hexdigest()[:16]
        text = re.sub("^connections: .*", f'connections: "{shown}"', text, flags=re.M)
    return docs_folder.signed(text.encode())


def written_before(settings: config.Settings) -> None:
    """Let a digest be as the version before left it."""
    for page in settings.docs.rglob("*.md"):
        page.write_bytes(as_before(page.read_bytes()))
    shutil.rmtree(settings.cache)


def edit(settings: config.Settings, change: Callable[[str], str]) -> None:
    file = settings.docs / PAGE
    before = file.read_text("utf-8")
    file.write_text(change(before), "utf-8")
    assert file.read_text("utf-8") != before


def corrected(page: str) -> str:
    """Return a page whose second sentence somebody corrected."""
    start = page.index('<li id="s2"')
    return page[:start] + re.sub('(<p class="target"[^>]*>)[^<]*', r"\1Corrected.", page[start:], count=1)


def test_pages_of_the_version_before_are_written_again(digest: config.Settings) -> None:
    now = tree(digest.root)
    written_before(digest)
    assert tree(digest.root) != now
    report = build.generate(digest)
    assert (report.corrections, report.problems) == ([], [])
    assert tree(digest.root) == now


@pytest.mark.parametrize("old", [True, False])
def test_a_correction_is_taken_over_from_a_page_of_either_version(digest: config.Settings, old: bool) -> None:
    if old:
        written_before(digest)
    edit(digest, corrected)
    (said,) = build.generate(digest).corrections
    assert said.startswith(f"docs/{PAGE}: 1 corrected sentence is now in memory/ in place of “")
    assert "Corrected." in Memory.load(digest.memory, "ar", "en").exact.values()
    assert not list((digest.memory / "kept").glob("*.md"))


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("</h2>", "!</h2>", 1),
        lambda page: page.replace("</aside>", "<p>Mine.</p></aside>"),
        lambda page: page.replace("\nconnections: ", "\nmine: 1\nconnections: "),
        lambda page: page.replace('<p class="source"', '<p class="source mine"', 1),
    ],
    ids=["a heading", "connections", "front matter", "source"],
)
def test_any_other_edit_is_kept_aside(digest: config.Settings, old: bool, change: Callable[[str], str]) -> None:
    if old:
        written_before(digest)
    edit(digest, change)
    edited = (digest.docs / PAGE).read_bytes()
    (said,) = build.generate(digest).corrections
    (kept,) = (digest.memory / "kept").iterdir()
    assert kept.read_bytes() == edited and f"memory/kept/{kept.name}" in said


def test_an_edit_of_what_a_page_tells_programs_is_kept_aside(digest: config.Settings) -> None:
    edit(digest, lambda page: re.sub('^(names: .*"name": )"', r'\1"My ', page, count=1, flags=re.M))
    (said,) = build.generate(digest).corrections
    assert "since only the headline and sentences can be changed there" in said
