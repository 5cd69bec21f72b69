"""A site that is built in parts is, byte for byte, the site that is built at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from mkdocs.exceptions import Abort

from generator.config import load
from generator.model import DigestError
from tests.support import corpus, samples
from tests.support.site_projects import build_here, contents, cut, first_difference, write_project

PARTS = Path(".cache/site")
DEADLY = """

def filled(frame, content):
    import multiprocessing, os
    os.kill(os.getpid(), 9 if multiprocessing.parent_process() else 0)
    return frame_of(frame, content)
"""
"""Kills the process that fills a page, if it is one that helps."""


def memories(project: Path) -> dict[str, Path]:
    """Return the file that remembers each part."""
    return {file.stem: file for file in (project / PARTS).glob("*.parts/*.sqlite")}


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a digest in three languages with articles of many months, and some without a date."""
    return write_project(tmp_path_factory.mktemp("news"), corpus.translations(40))


@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize("parts", ["month", "language"])
def test_parts_make_the_same_site(news: Path, tmp_path: Path, parts: str, processes: int) -> None:
    project = shutil.copytree(news, tmp_path / "project")
    whole = build_here(project, "whole")
    in_parts = build_here(cut(project, parts, processes))
    assert first_difference(whole, in_parts) == ""
    assert sum("/articles/" in path for path in contents(in_parts) if path.endswith("index.html")) > 60


def test_articles_are_cut_by_month_or_by_language_and_lists_by_their_name(news: Path, tmp_path: Path) -> None:
    project = cut(shutil.copytree(news, tmp_path / "project"), "month")
    build_here(project)
    months = {str(each.published)[:7] for each in corpus.reports(40) if each.published}
    assert {*months, "undated"} <= {*memories(project)}
    assert {name.rpartition("-")[0] for name in {*memories(project)} - months - {"undated"}} >= {"archive"}
    build_here(cut(project, "language"))
    assert {"ar", "zh", "es"} <= {*memories(project)}


def test_one_search_knows_the_articles_of_all_parts(news: Path, tmp_path: Path) -> None:
    project = cut(shutil.copytree(news, tmp_path / "project"), "month")
    site = build_here(project)
    texts = [json.loads(file.read_bytes()) for file in site.glob("search-index/texts/*-0.json")]
    assert {text["slug"] for text in texts} == {report.slug for report in corpus.reports(40)}
    feed = (site / "en/feed.xml").read_text("utf-8")
    assert (project / "docs/en/feed.xml").read_text("utf-8") == feed


def test_a_build_looks_into_those_parts_alone_that_changed(news: Path, tmp_path: Path) -> None:
    project = cut(shutil.copytree(news, tmp_path / "project"), "month")
    site = build_here(project)
    report = next(each for each in corpus.reports(40) if each.published)
    for pieces in memories(project).values():
        with sqlite3.connect(pieces) as database:
            database.execute("DELETE FROM piece WHERE kind = 'page'")
    before = contents(site)
    page = site / "en/articles" / report.slug / "index.html"
    page.write_text("damaged", "utf-8")
    assert contents(build_here(project)) == before
    filled = {}
    for name, pieces in memories(project).items():
        with sqlite3.connect(pieces) as database:
            filled[name] = database.execute("SELECT count(*) FROM piece WHERE kind = 'page'").fetchone()[0]
    assert [name for name, pages in filled.items() if pages] == [str(report.published)[:7]]


def test_an_article_may_move_from_part_to_part(tmp_path: Path) -> None:
    project = cut(write_project(tmp_path, samples.every_kind()), "month")
    build_here(project)
    record = project / "docs/en/articles" / samples.STAYS / "article.json"
    for date in ("2024-05-01", "2023-01-02", "soon", None):
        record.write_text(json.dumps(json.loads(record.read_bytes()) | {"published": date}), "utf-8")
        kept = contents(build_here(project))
        assert (date or "undated")[:7].replace("soon", "undated") in memories(project)
        shutil.rmtree(project / PARTS)
        assert contents(build_here(project)) == kept
    assert not {"2024-05", "2023-01"} & {*memories(project)}


def test_parts_come_and_go_on_a_site_that_stands(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    whole = contents(build_here(project))
    for parts in ("month", "language", "", "month"):
        assert contents(build_here(cut(project, parts))) == whole


def test_a_preview_is_built_in_parts_too(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    whole = contents(build_here(project, "preview", command="serve"))
    assert contents(build_here(cut(project, "language"), "preview", command="serve")) == whole
    assert memories(project)


def test_a_process_that_is_killed_ends_the_build_with_the_way_out(news: Path, tmp_path: Path) -> None:
    project = cut(shutil.copytree(news, tmp_path / "project"), "language")
    loop = project / "generator/theme/page_loop.py"
    whole = loop.read_text("utf-8")
    loop.write_text(whole + DEADLY, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "set extra.digest.processes to 1" in done.stderr
    assert "Traceback" not in done.stderr
    loop.write_text(whole, "utf-8")
    assert first_difference(build_here(project), build_here(cut(project, ""), "whole")) == ""


def test_pages_that_people_wrote_link_to_any_part(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    project = cut(write_project(tmp_path, samples.every_kind()), "language")
    page = project / "docs/en/articles/mine/index.md"
    page.parent.mkdir()
    page.write_text(f"# Mine\n\n[There](../{samples.STAYS}/index.md)\n", "utf-8")
    site = build_here(project)
    assert f'href="../{samples.STAYS}/"' in (site / "en/articles/mine/index.html").read_text("utf-8")
    assert not [each for each in caplog.records if each.levelname in ("WARNING", "ERROR")]
    assert first_difference(site, build_here(cut(project, ""), "whole")) == ""


def test_what_is_no_cut_is_refused(tmp_path: Path) -> None:
    project = cut(write_project(tmp_path, samples.seeds()), "week")
    with pytest.raises(Abort, match=r"extra\.digest\.parts is 'week' but must be month or language$"):
        build_here(project)
    with pytest.raises(DigestError, match=r"extra\.digest\.parts is 'week' but must be month or language"):
        load(project / "mkdocs.yml")


def test_a_sitemap_of_too_many_addresses_leads_to_several(news: Path, tmp_path: Path) -> None:
    one = etree.parse(build_here(news, "one") / "sitemap.xml").getroot()
    project = shutil.copytree(news, tmp_path / "project")
    hook = project / "generator/theme/hook.py"
    hook.write_text(re.sub(r"(?m)^SITEMAP = .*", "SITEMAP = 30", hook.read_text("utf-8")), "utf-8")
    site = build_here(cut(project, "language"))
    index = etree.parse(site / "sitemap.xml").getroot()
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    names = [str(place.text).rpartition("/")[2] for place in index.iterfind("{*}sitemap/{*}loc")]
    assert names == [f"sitemap-{number}.xml" for number in range(1, len(names) + 1)]
    several = [url for name in names for url in etree.parse(site / name).getroot()]
    assert [etree.tostring(url) for url in several] == [etree.tostring(url) for url in one]
    assert len(names) > 2
