"""A build that remembers others gives the same bytes as one that remembers nothing, whatever changed between."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Output
from tests.support import samples
from tests.support.samples import STAYS, by_hand
from tests.support.site_projects import (
    build_here,
    contents,
    cut,
    first_difference,
    publish,
    warnings_of,
    write_project,
)

FOLDER = Path(".cache/site")
THEME = Path("generator/theme")


def build_cold(project: Path) -> Path:
    """Build the site with nothing remembered, and leave what is remembered as it was."""
    shutil.rmtree(project / "cold", ignore_errors=True)
    kept, aside = project / FOLDER, project / ".cache/kept"
    if kept.exists():
        kept.rename(aside)
    build_here(project, "cold")
    shutil.rmtree(kept, ignore_errors=True)
    if aside.exists():
        aside.rename(kept)
    return project / "cold"


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def retitle(project: Path, number: int) -> None:
    """Publish the articles again, one with another headline."""
    articles = samples.every_kind()
    at = number % 3
    articles[at] = replace(articles[at], title=by_hand("عنوان جديد", f"A new headline, {number}"))
    publish(project, list(samples.outputs(articles)))


def drop_article(project: Path, number: int) -> None:
    articles = samples.every_kind()
    del articles[number % len(articles)]
    shutil.rmtree(project / "docs")
    publish(project, list(samples.outputs(articles)))


def restore(project: Path, number: int) -> None:
    shutil.rmtree(project / "docs")
    publish(project, list(samples.outputs(samples.every_kind())))


def edit_page(project: Path, number: int) -> None:
    """Let a person add to a generated page, which keeps its checksum."""
    pages = sorted(project.glob("docs/*/articles/*/index.md"))
    page = pages[number % len(pages)]
    page.write_text(f"{page.read_text('utf-8')}\n**Added by hand, {number}.**\n", "utf-8")


def write_own_page(project: Path, number: int) -> None:
    """Let a person write a page that stands in every masthead."""
    page = f"---\ntitle: Mine {number}\n---\n\n# Mine\n"
    (project / f"docs/en/mine{number % 2}.md").write_text(page, "utf-8")


def hide_page(project: Path, number: int) -> None:
    pages = sorted(project.glob("docs/*/articles/*/index.md"))
    pages[number % len(pages)].unlink()


def drop_language(project: Path, number: int) -> None:
    shutil.rmtree(project / "docs/zh", ignore_errors=True)


def add_first_page(project: Path, number: int) -> None:
    """Let the masthead lead to names."""
    publish(project, [Output("en/names/index.md", b'---\ntitle: "Names"\n---\n\n<h1 id="names">Names</h1>\n')])


def drop_feed(project: Path, number: int) -> None:
    (project / "docs/en/feed.xml").unlink(missing_ok=True)


def change_record(project: Path, number: int) -> None:
    """Let a record say another author, while the page stays as it is."""
    records = sorted(project.glob("docs/en/articles/*/article.json"))
    file = records[number % len(records)]
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"author": f"Author {number}"}), "utf-8")


def drop_record(project: Path, number: int) -> None:
    records = sorted(project.glob("docs/en/articles/*/article.json"))
    records[number % len(records)].unlink()


def set_name(project: Path, number: int) -> None:
    lines = (project / "mkdocs.yml").read_text("utf-8").splitlines()
    named = [f"site_name: Digest {number}" if line.startswith("site_name") else line for line in lines]
    (project / "mkdocs.yml").write_text("\n".join(named), "utf-8")


def set_address(project: Path, number: int) -> None:
    lines = (project / "mkdocs.yml").read_text("utf-8").splitlines()
    other = f"site_url: https://example.org/{'x/' * (number % 3)}"
    moved = [other if line.startswith("site_url") else line for line in lines]
    (project / "mkdocs.yml").write_text("\n".join(moved), "utf-8")


def say_otherwise(project: Path, number: int) -> None:
    file = project / THEME / "strings/en.yml"
    lines = [
        f"  skip: Skip {number}" if line.startswith("  skip:") else line
        for line in file.read_text().split("\n")
    ]
    file.write_text("\n".join(lines), "utf-8")


def say_own(project: Path, number: int) -> None:
    """Let a digest have words of its own for one language, some of which stand on pages in others."""
    (project / "strings").mkdir(exist_ok=True)
    own = f"name: عربية {number}\nsite: {{home: أخبار {number}}}\n"
    (project / "strings/ar.yml").write_text(own, "utf-8")


def add_topic(project: Path, number: int) -> None:
    """Add a page with a feed of its own."""
    page = Output(
        "en/topics/x/index.md", b'---\ntitle: "X"\n---\n\n<h1 id="x">X</h1>\n'
    )  # which the masthead leads not to
    publish(project, [page, Output("en/topics/x/atom.xml", b"<feed/>")])


def drop_feed_of_topic(project: Path, number: int) -> None:
    (project / "docs/en/topics/x/atom.xml").unlink(missing_ok=True)


def leave_article_out(project: Path, number: int) -> None:
    """Tell MkDocs to leave out the pages of an article that stay where they are."""
    slug = sorted(page.parent.name for page in project.glob("docs/en/articles/*/index.md"))[number % 3]
    lines = (project / "mkdocs.yml").read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("exclude_docs")]
    (project / "mkdocs.yml").write_text("\n".join([*kept, f"exclude_docs: /*/articles/{slug}/*.md"]), "utf-8")


def edit_template(project: Path, number: int) -> None:
    file = project / THEME / "templates/partials/colophon.html"
    file.write_text(f"{file.read_text('utf-8')}\n<!-- {number} -->\n", "utf-8")


def edit_asset(project: Path, number: int) -> None:
    file = project / THEME / "templates/assets/digest.css"
    file.write_text(f"{file.read_text('utf-8')}\n/* {number} */\n", "utf-8")


def add_picture(project: Path, number: int) -> None:
    (project / "docs/en/articles" / STAYS).mkdir(parents=True, exist_ok=True)
    (project / "docs/en/articles" / STAYS / "picture.png").write_bytes(b"picture %d" % (number % 10))


def edit_site(project: Path, number: int) -> None:
    """Write into files of the site itself, some with as many bytes as before."""
    files = sorted(file for file in (project / "site").rglob("*") if file.is_file())
    for file in random.Random(number).sample(files, min(5, len(files))):
        content = file.read_bytes()
        file.write_bytes(b"x" + content[1:] if number % 2 else content + b"x")


def litter_site(project: Path, number: int) -> None:
    """Leave files, folders and a link in the site that no build made."""
    (project / f"site/en/articles/gone{number}/empty").mkdir(parents=True, exist_ok=True)
    (project / "site/en/articles/gone.html").write_text("x", "utf-8")
    (project / "site/search-index/old.json").parent.mkdir(parents=True, exist_ok=True)
    (project / "site/search-index/old.json").write_text("x", "utf-8")
    if not (project / "site/en/link").is_symlink():
        (project / "site/en/link").symlink_to(project / "docs", target_is_directory=True)


def drop_site(project: Path, number: int) -> None:
    shutil.rmtree(project / "site", ignore_errors=True)


def drop_pages_of_site(project: Path, number: int) -> None:
    shutil.rmtree(project / "site/en/articles", ignore_errors=True)


def damage_memory(project: Path, number: int) -> None:
    """Overwrite a few bytes of what is remembered, or cut it off."""
    chance = random.Random(number)
    for file in sorted((project / FOLDER).rglob("*.sqlite")):
        content = bytearray(file.read_bytes())
        if number % 4 == 0:
            del content[chance.randrange(len(content)) :]
        for at in (chance.randrange(len(content)) for _ in range(20 if content else 0)):
            content[at] ^= 1 << chance.randrange(8)
        file.write_bytes(content)


def leave_all(project: Path, number: int) -> None:
    """Change nothing."""


CHANGES = (
    *(retitle, drop_article, restore, edit_page, write_own_page, hide_page, drop_language, add_first_page),
    *(drop_feed, change_record, drop_record, set_name, set_address, say_otherwise, edit_template, edit_asset),
    *(say_own, add_topic, drop_feed_of_topic, leave_article_out),
    *(add_picture, edit_site, litter_site, drop_site, drop_pages_of_site, damage_memory, leave_all),
)
Step = tuple[Callable[[Path, int], None], int]


@given(
    steps=st.lists(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 99)), max_size=2), max_size=3),
    parts=st.sampled_from(("", "month", "language")),
)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changes(tmp_path_factory: pytest.TempPathFactory, steps: list[list[Step]], parts: str) -> None:
    project = cut(write_project(tmp_path_factory.mktemp("project"), samples.every_kind()), parts)
    build_here(project)
    for step in steps:
        for change, number in step:
            change(project, number)
        assert first_difference(build_here(project), build_cold(project)) == "", step


@pytest.mark.parametrize("parts", ["", "month"])
def test_one_change_of_each_kind_after_the_other(tmp_path: Path, parts: str) -> None:
    project = cut(write_project(tmp_path, samples.every_kind()), parts)
    build_here(project)
    for number, change in enumerate(CHANGES):
        change(project, number)
        assert first_difference(build_here(project), build_cold(project)) == "", change.__name__


@pytest.mark.parametrize("parts", ["", "month"])
def test_what_did_not_change_is_not_written_again(tmp_path: Path, parts: str) -> None:
    project = cut(write_project(tmp_path, samples.every_kind()), parts)
    site = build_here(project)
    before = {path: (site / path).stat().st_mtime_ns for path in contents(site) if (site / path).is_file()}
    retitle(project, 0)
    build_here(project)
    again = {path for path, then in before.items() if (site / path).stat().st_mtime_ns != then}
    pages = {path for path in again if "/articles/" in path or path.startswith("search-index/texts")}
    assert {path for path in pages if path.endswith("index.html")} == {
        f"{tree}/articles/{STAYS}/index.html" for tree in ("en", "ar")
    }
    texts = {Path(path).stem.partition("-")[0] for path in pages if path.startswith("search-index/texts")}
    assert len(texts) == 1  # of one article, in one part or more


def test_keys_are_the_same_in_every_process(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    for page in project.glob("docs/*/index.md"):
        replaced(page, "---\n", '---\ntitle: "A"\ndescription: "B"\nlanguage: "C"\nkind: "D"\n')
    emoji = "  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji"
    replaced(
        project / "mkdocs.yml",
        "markdown_extensions: [attr_list, tables, toc]",
        f"markdown_extensions:\n{emoji}",
    )
    replaced(project / "mkdocs.yml", "extra:\n", "extra:\n  2026-01-01: New Year\n")
    times = []
    for seed in ("1", "2", "3"):
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=project, env=environment, check=True
        )
        times.append({file: file.stat().st_mtime_ns for file in project.glob("site/*/articles/**/*.html")})
    assert times[0] == times[1] == times[2]


def test_a_lost_site_is_copied_and_not_rendered(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    before = contents(build_here(project))
    shutil.rmtree(project / "site")
    (project / "spy.py").write_text(
        "def on_config(config):\n"
        "    [loop] = [hook.page_loop for hook in config.hooks.values() if hasattr(hook, 'page_loop')]\n"
        "    loop.rendered = None  # whoever calls that fails\n",
        "utf-8",
    )
    replaced(project / "mkdocs.yml", "hook.py]", "hook.py, spy.py]")
    assert contents(build_here(project)) == before


@pytest.mark.parametrize("parts", ["", "language"])
def test_a_build_that_was_killed_leaves_nothing_wrong(tmp_path: Path, parts: str) -> None:
    project = cut(write_project(tmp_path, samples.every_kind()), parts)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    for number in range(6):
        retitle(project, number)
        killed = subprocess.Popen(command, cwd=project, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
        time.sleep(0.4 + 0.15 * number)
        killed.kill()
        killed.wait()
        assert first_difference(build_here(project), build_cold(project)) == ""


@pytest.mark.parametrize("parts", ["", "language"])
def test_a_build_that_failed_leaves_nothing_wrong(tmp_path: Path, parts: str) -> None:
    project = cut(write_project(tmp_path, samples.every_kind()), parts)
    build_here(project)
    retitle(project, 1)
    template = project / THEME / "templates/partials/colophon.html"
    whole = template.read_text("utf-8")
    for broken in ("{{ nothing.at.all }}", "{% if %}"):
        template.write_text(whole + broken, "utf-8")
        with pytest.raises(Exception, match=r"undefined|Expected"):
            build_here(project)
        template.write_text(whole, "utf-8")
        assert first_difference(build_here(project), build_cold(project)) == ""
        assert not list((project / "site").glob(".*"))


def test_a_second_build_at_the_same_time_does_without(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    before = contents(build_here(project))
    [file] = (project / FOLDER).glob("*.sqlite")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert contents(build_here(project)) == before
    other.close()


def test_a_memory_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.seeds())
    (project / ".cache").write_text("in the way", "utf-8")
    assert first_difference(build_here(project), build_here(project, "again")) == ""


def test_what_is_remembered_does_not_grow(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())

    def pieces() -> list[int]:
        """Count what is remembered in each file."""
        files = (sqlite3.connect(file) for file in (project / FOLDER).glob("*.sqlite"))
        return sorted(file.execute("SELECT count(*) FROM piece").fetchone()[0] for file in files)

    build_here(project)
    [all_pieces] = pieces()
    for number in range(5):
        retitle(project, number)
        build_here(project)
    assert pieces() == [all_pieces]
    drop_article(project, 2)
    build_here(project)
    assert pieces()[0] < all_pieces
    for number in range(5):
        set_name(project, number)
        build_here(project)
    assert len(pieces()) == 3


def test_a_preview_and_the_site_do_not_take_turns(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    site, preview = contents(build_here(project)), contents(build_here(project, "preview", command="serve"))
    assert site != preview
    assert contents(build_here(project)) == site
    assert contents(build_here(project, "preview", command="serve")) == preview
    assert contents(build_here(project, command="gh-deploy")) == site
    assert len(list((project / FOLDER).glob("*.sqlite"))) == 2


def test_another_version_of_a_theme_is_another_way_of_building(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    write_project(project, samples.seeds()[:1])
    for number, version in enumerate(("1.0", "1.0", "2.0"), 1):
        folder = tmp_path / f"packages{version}/mkdocs_materialx-{version}.dist-info"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: mkdocs-materialx\nVersion: {version}\n")
        monkeypatch.syspath_prepend(folder.parent)
        build_here(project)
        assert len(list((project / FOLDER).glob("*.sqlite"))) == (1 if number < 3 else 2)


def test_an_article_that_is_left_out_is_not_found(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.seeds())
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"exclude_docs: /*/articles/{STAYS}/*.md\n{settings}", "utf-8")
    for parts in ("", "month"):
        texts = list((build_here(cut(project, parts)) / "search-index/texts").iterdir())
        assert texts and not any(STAYS in text.read_text("utf-8") for text in texts)


@pytest.mark.parametrize("parts", ["", "month"])
@pytest.mark.parametrize("content", ["<<<<<<< ours\n{}", "[]", '{"title": "Mine"}', '{"published": 2024}'])
def test_a_record_that_is_none_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, parts: str, content: str
) -> None:
    project = cut(write_project(tmp_path, samples.seeds()), parts)
    (project / f"docs/en/articles/{STAYS}/article.json").write_text(content, "utf-8")
    (project / "docs/downloads").mkdir()
    (project / "docs/downloads/article.json").write_text("{}", "utf-8")  # none of ours, and of no article
    site = build_here(project)
    (line,) = warnings_of(caplog)
    assert line.endswith(f"{STAYS}/article.json: is no record of an article; run digest generate")
    assert json.loads((site / "search-index/index.json").read_bytes())["articles"] == 1
    assert first_difference(build_here(project), build_cold(project)) == ""


def test_a_site_of_the_plugin_is_remembered_too(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    settings = "site_name: A\nsite_url: https://example.org/\ntheme: material\nplugins: [digest]\n"
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    before = contents(build_here(project))
    [file] = (project / FOLDER).glob("*.sqlite")
    rows = sqlite3.connect(file).execute("SELECT name FROM piece WHERE kind = 'page'").fetchall()
    assert (f"ar/articles/{STAYS}/index.html",) in rows
    assert contents(build_here(project)) == before


def test_version_control_does_not_see_it(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.seeds())
    build_here(project)
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    seen = subprocess.run(
        ["git", "status", "--short", "-uall", ".cache"], cwd=project, capture_output=True, check=True
    )
    assert seen.stdout == b""
