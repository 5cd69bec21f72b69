"""Whose words a page holds: what an earlier run's machine wrote is never a person's, whatever was killed or merged."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, config
from generator.model import DigestError
from generator.storage import docs_folder
from generator.translate.memory import Memory
from tests.support.digests import make
from tests.support.memories import save_memory
from tests.support.samples import READY, STAYS


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    settings = config.load(make(tmp_path / "digest", 0) / "mkdocs.yml")
    build.generate(settings)
    return settings


def page_of(digest: config.Settings, slug: str = STAYS, tree: str = "en") -> Path:
    return digest.docs / tree / "articles" / slug / "index.md"


def rows(digest: config.Settings, slug: str = STAYS) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(page_of(digest, slug).with_name("article.json").read_bytes())[
        "sentences"
    ]
    return found


def correct(page: Path, number: int, text: str) -> None:
    """Put a text in place of the translation of a sentence."""
    before, start, after = page.read_text("utf-8").partition(f'<li id="s{number}"')
    after, count = re.subn('(<p class="target"[^>]*>)[^<]*', rf"\g<1>{text}", after, count=1)
    assert start and count == 1
    page.write_text(before + start + after, "utf-8")


def memory(digest: config.Settings) -> dict[str, str]:
    return dict(Memory.load(digest.memory, "ar", "en").exact)


def kill_once_recorded(digest: config.Settings) -> None:
    """Run until the first record is written: pages are still as they were."""

    def kill() -> bool:
        raise Killed

    with pytest.raises(Killed):
        build.generate(digest, wanted=kill)


def retranslate(digest: config.Settings, number: int, target: str) -> None:
    """Have the record of an article say something else than its page, as after an engine's work."""
    source = rows(digest)[number - 1]["source"]
    save_memory(digest.memory, "ar", "en", {**memory(digest), source: target})


def begin_with_another_sentence(digest: config.Settings) -> None:
    seed = digest.seeds / f"{STAYS}.txt"
    seed.write_text("سافر الوزير إلى تونس اليوم. " + seed.read_text("utf-8"), "utf-8")


def test_a_correction_survives_a_killed_run_and_nothing_else_counts_as_one(digest: config.Settings) -> None:
    before, source = memory(digest), rows(digest)[2]["source"]
    correct(page_of(digest), 3, "Corrected before the kill.")
    begin_with_another_sentence(digest)  # sentence 3 is sentence 4 from now on
    kill_once_recorded(digest)
    report = build.generate(digest)
    assert memory(digest) == {**before, source: "Corrected before the kill."}
    assert "1 corrected sentence is now in memory/" in report.corrections[0]
    assert (report.kept, report.problems) == ([], [])
    assert "Corrected before the kill." in page_of(digest).read_text("utf-8")
    assert build.generate(digest).corrections == []


def test_a_page_that_is_older_than_its_record_is_kept(digest: config.Settings) -> None:
    before = memory(digest)
    begin_with_another_sentence(digest)
    kill_once_recorded(digest)
    correct(page_of(digest), 3, "Corrected after the kill.")
    report = build.generate(digest)
    assert memory(digest) == before
    assert report.kept == [f"memory/kept/en-articles-{STAYS}-index.1.md"]
    assert "Corrected after the kill." in (digest.root / report.kept[0]).read_text("utf-8")


def test_a_clone_takes_no_sentence_for_the_translation_of_another(digest: config.Settings) -> None:
    """As where a merge took the page of one side and the record of the other, and nothing is remembered."""
    page, before = page_of(digest), memory(digest)
    old = page.read_bytes()
    begin_with_another_sentence(digest)
    build.generate(digest)
    page.write_bytes(old)
    correct(page, 3, "Corrected on the other side.")
    shutil.rmtree(digest.cache)
    report = build.generate(digest)
    assert memory(digest) == before
    assert "Corrected on the other side." in (digest.root / report.kept[0]).read_text("utf-8")


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_what_a_page_was_made_without_nobody_wrote_or_emptied(digest: config.Settings, tree: str) -> None:
    """As where a run was killed that had translated the rest, and nothing is remembered.

    The open headline is no translation of itself, nor is an open sentence one that somebody gave back.
    """
    sentences = ["سافر الوزير إلى تونس اليوم.", "وصل القطار إلى الرباط أمس.", "عاد الفريق من عمان غدا."]
    (digest.seeds / "open.txt").write_text(" ".join(sentences), "utf-8")
    build.generate(digest)
    page = page_of(digest, "open", tree)
    correct(page, 1, "The minister went to Tunis today.")
    save_memory(digest.memory, "ar", "en", {**memory(digest), sentences[1]: "The train reached Rabat."})
    settled = {**memory(digest), sentences[0]: "The minister went to Tunis today."}
    kill_once_recorded(digest)
    assert rows(digest, "open")[1]["target"] == "The train reached Rabat."
    shutil.rmtree(digest.cache)
    report = build.generate(digest)
    assert memory(digest) == settled
    assert not list(Memory.load(digest.memory, "ar", "en").articles)
    assert report.problems == []
    assert "The minister went to Tunis today." in page.read_text("utf-8")
    assert "The train reached Rabat." in page.read_text("utf-8")


def test_a_headline_corrected_to_what_its_source_says_is_a_correction(digest: config.Settings) -> None:
    """On the page in the article's own language, where the source is the first line, too."""
    page = page_of(digest, tree="ar")
    title = json.loads(page_of(digest).with_name("article.json").read_bytes())["title"]
    text = page.read_text("utf-8")
    text, count = re.subn('(<p class="headline target[^>]*>)[^<]*', rf"\g<1>{title['source']}", text, count=1)
    assert count == 1
    page.write_text(text, "utf-8")
    retranslate(digest, 3, "Settled elsewhere.")
    kill_once_recorded(digest)
    shutil.rmtree(digest.cache)
    build.generate(digest)
    found = [target for _, target, _ in Memory.load(digest.memory, "ar", "en").entries()]
    assert title["source"] in found


def test_a_clone_takes_nothing_back_that_was_settled_since(digest: config.Settings) -> None:
    """As where a merge took the page of one side and the record of the other: the rest of it is nobody's edit."""
    page = page_of(digest)
    correct(page, 3, "Corrected on this side.")
    edited = page.read_bytes()
    retranslate(digest, 5, "Settled on the other side.")
    build.generate(digest)
    page.write_bytes(edited)
    shutil.rmtree(digest.cache)
    report = build.generate(digest)
    assert "Settled on the other side." in page.read_text("utf-8")
    assert "Settled on the other side." in memory(digest).values()
    (kept,) = report.kept
    assert (digest.root / kept).read_bytes() == edited
    assert f"{kept}, since its article was translated anew meanwhile; correct the new page" in " ".join(
        report.corrections
    )


def test_a_page_that_came_with_its_record_is_taken_over(digest: config.Settings, tmp_path: Path) -> None:
    """A colleague ran the program, then corrected a page and committed both."""
    shutil.copytree(digest.root, tmp_path / "colleague", ignore=shutil.ignore_patterns(".cache"))
    colleague = config.load(tmp_path / "colleague/mkdocs.yml")
    retranslate(colleague, 5, "Settled there.")
    build.generate(colleague)
    correct(page_of(colleague), 3, "Corrected there.")
    for name in ("docs", "memory"):
        shutil.rmtree(digest.root / name)
        shutil.copytree(colleague.root / name, digest.root / name)
    report = build.generate(digest)
    assert report.kept == []
    assert {"Corrected there.", "Settled there."} <= set(memory(digest).values())


def test_what_a_refused_run_took_is_told_by_the_next(digest: config.Settings) -> None:
    correct(page_of(digest), 3, "Corrected.")
    aside = digest.root / "aside"
    digest.seeds.rename(aside)
    digest.seeds.mkdir()
    with pytest.raises(DigestError, match="--allow-removals"):
        build.generate(digest)
    assert "Corrected." in memory(digest).values()
    digest.seeds.rmdir()
    aside.rename(digest.seeds)
    report = build.generate(digest)
    assert len(report.corrections) == 1 and "is now in memory/" in report.corrections[0]


def test_a_memory_that_was_put_back_is_asked_again(digest: config.Settings) -> None:
    files = {file: file.read_bytes() for file in digest.memory.glob("*.tmx")}
    correct(page_of(digest), 3, "Corrected.")
    kill_once_recorded_of_another(digest)
    for file, content in files.items():
        file.write_bytes(content)
    build.generate(digest)
    assert "Corrected." in memory(digest).values()


def kill_once_recorded_of_another(digest: config.Settings) -> None:
    (digest.seeds / f"0-{READY}.txt").write_text("سافر الوزير إلى تونس اليوم.", "utf-8")
    kill_once_recorded(digest)


def test_two_translations_in_one_place_stop_the_run(digest: config.Settings) -> None:
    """The marks of a conflict were deleted in haste, and both versions stayed."""
    page, before = page_of(digest), memory(digest)
    text = page.read_text("utf-8")
    (line,) = re.findall('<li id="s3".*?(<p class="target"[^\n]*\n)', text, re.DOTALL)
    two = "".join(re.sub(">[^<]*<", f">{name} was here.<", line) for name in ("Anna", "Omar"))
    page.write_text(text.replace(line, two), "utf-8")
    with pytest.raises(DigestError, match=r"sentence 3 has two .*“Anna was here\.” and “Omar was here\.”"):
        build.generate(digest)
    assert memory(digest) == before
    page.write_text(text.replace("title:", 'title: "Another"\ntitle:', 1), "utf-8")
    with pytest.raises(DigestError, match=r"the headline in the front matter has two .*“Another”"):
        build.generate(digest)


def test_a_translation_where_none_belongs_is_kept(digest: config.Settings) -> None:
    (digest.seeds / f"{STAYS}.yml").write_text("language: ar\n", "utf-8")
    seed = digest.seeds / f"{STAYS}.txt"
    seed.write_text(seed.read_text("utf-8") + "\n\n2016 / 11 / 30\n", "utf-8")
    build.generate(digest)
    assert rows(digest)[-1]["origin"] == "original"
    page, last = page_of(digest), rows(digest)[-1]["source"]
    text = page.read_text("utf-8")
    at = text.rindex("<p", 0, text.index(last, text.index('<ol class="pairs">')))
    page.write_text(f'{text[:at]}<p class="target">30 November 2016</p>\n{text[at:]}', "utf-8")
    report = build.generate(digest)
    assert "30 November 2016" in (digest.root / report.kept[0]).read_text("utf-8")


def decomposed(page: bytes) -> bytes:
    return unicodedata.normalize("NFD", page.decode()).encode()


@pytest.mark.parametrize(
    "save",
    [
        lambda page: page.decode().encode("utf-16"),
        lambda page: page.rstrip(b"\n"),
        lambda page: page + b"\n\n",
        lambda page: page.replace(b"\n", b"\r"),
        decomposed,
    ],
    ids=["UTF-16", "no last line end", "blank lines at the end", "CR", "decomposed letters"],
)
def test_how_an_editor_saves_a_page_changes_nothing(
    digest: config.Settings, save: Callable[[bytes], bytes]
) -> None:
    retranslate(digest, 5, "Él habló en el café de la señora.")
    build.generate(digest)
    page, before = page_of(digest), memory(digest)
    page.write_bytes(save(page.read_bytes()))
    report = build.generate(digest)
    assert (memory(digest), report.kept, report.problems) == (before, [], [])
    correct(page, 3, "Corrected.")
    page.write_bytes(save(page.read_bytes()))
    report = build.generate(digest)
    assert memory(digest) == {**before, rows(digest)[2]["source"]: "Corrected."}
    assert (report.kept, report.problems) == ([], [])
    assert docs_folder.author_of(page) is docs_folder.Author.GENERATOR


def test_an_editors_lock_is_no_page(digest: config.Settings) -> None:
    page_of(digest).with_name(".#index.md").symlink_to("anna@desk.1234:5678")  # as Emacs does
    correct(page_of(digest), 3, "Corrected.")
    build.generate(digest)
    assert "Corrected." in memory(digest).values()


def test_an_article_keeps_its_own_translations_under_a_new_address(digest: config.Settings) -> None:
    shutil.copy(digest.seeds / f"{STAYS}.txt", digest.seeds / "copy.txt")
    build.generate(digest)
    for slug in (STAYS, "copy"):
        correct(page_of(digest, slug), 3, f"As in {slug}.")
    headline = '(<h1 id="title"[^>]*>)[^<]*'
    page = page_of(digest, "copy")
    page.write_text(re.sub(headline, r"\1Its own headline", page.read_text("utf-8")), "utf-8")
    build.generate(digest)
    (digest.seeds / "copy.yml").write_text("slug: better\naliases: copy\n", "utf-8")
    report = build.generate(digest)
    text = page_of(digest, "better").read_text("utf-8")
    assert "As in copy." in text and "Its own headline" in text and report.problems == []
    assert build.generate(digest).unchanged
    shutil.rmtree(digest.docs)
    shutil.rmtree(digest.cache)
    build.generate(digest)
    assert page_of(digest, "better").read_text("utf-8") == text
