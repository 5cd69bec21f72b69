"""Finished pages let by without Markdown come out as Markdown makes them, and nothing of MkDocs is lost."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from generator.storage.docs_folder import Author, author_of, signed
from generator.theme import finished_pages
from tests.support import corpus, digests, samples
from tests.support.hostile_site import attacking
from tests.support.hostile_site import translation as hostile
from tests.support.hostile_texts import ATTACKS
from tests.support.site_projects import (
    build_here,
    build_slowly,
    first_difference,
    warnings_of,
    with_theme,
    write_project,
)

PERSONS = "---\ntitle: Mine\n---\n\n# Mine\n\nSee [this]({}).\n"


def remembered(project: Path) -> set[str]:
    """Return the pages that a build remembered: those which it let by."""
    [file] = (project / ".cache/site").glob("*.sqlite")
    rows = sqlite3.connect(file).execute("SELECT name FROM piece WHERE kind = 'page'")
    return {str(name) for (name,) in rows}


def test_all_pages_of_a_run_are_as_markdown_makes_them(tmp_path: Path) -> None:
    project = with_theme(tmp_path)
    corpus.write(project, 60)
    digests.finish(project)
    assert first_difference(build_here(project), build_slowly(project, "slow")) == ""
    pages = {file.relative_to(project / "docs").as_posix() for file in project.glob("docs/*/*/**/*.md")}
    assert {path.replace(".md", ".html") for path in pages} == remembered(project)
    assert {path.split("/")[1] for path in pages} >= {
        "articles",
        "names",
        "topics",
        "stories",
        "page",
        "archive",
    }


@pytest.mark.parametrize("kind", ["every kind", "attacks"])
def test_articles_of_all_kinds_are_as_markdown_makes_them(tmp_path: Path, kind: str) -> None:
    attacks = (hostile(attacking(text), f"a{n:03}", "ar") for n, text in enumerate(ATTACKS.values()))
    articles = samples.every_kind() if kind == "every kind" else list(attacks)[::2]
    project = write_project(tmp_path, articles)
    assert first_difference(build_here(project), build_slowly(project, "slow")) == ""
    assert len([page for page in remembered(project) if "/articles/" in page]) >= len(articles)


def test_who_wrote_a_page_is_told_as_the_generator_tells_it(tmp_path: Path) -> None:
    own = signed(b'---\ntitle: "x"\n---\n\n<p>x</p>\n')
    for page in (
        own,
        own.replace(b"<p>", b"<p >"),
        b"\xef\xbb\xbf" + own.replace(b"\n", b"\r\n"),
        own[4:],
        b"",
    ):
        (tmp_path / "page.md").write_bytes(page)
        found = finished_pages.source_if_finished(finished_pages.read_source(tmp_path / "page.md"))
        assert bool(found) == (author_of(tmp_path / "page.md") is Author.GENERATOR)


@pytest.mark.parametrize(
    "content",
    [
        "# Heading",
        "<p>a</p>\n\ntext",
        "<p>a</p> tail",
        "<section>\n\n<p>a</p>\n\n</section>",
        "<section><section></section>",
        "<p>a</p></p>",
        "<p>a\tb</p>",
        "<p>a</p><p>b</p>",
        "<b>a</b>",
        "<p>a</p>\n[x]: y",
        "",
    ],
)
def test_what_is_not_plainly_html_is_left_to_markdown(content: str) -> None:
    page = signed(f'---\ntitle: "x"\n---\n\n{content}\n'.encode())
    assert finished_pages.source_if_finished(page) is None


def test_links_in_a_persons_pages_are_looked_after(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    project = write_project(tmp_path, samples.seeds())
    own = project / "docs/en/articles/own/index.md"
    own.parent.mkdir()
    article = f"../{samples.STAYS}/index.md"
    for link, complaint in (
        (f"{article}#s2", None),
        (article, None),
        (f"{article}#nowhere", "does not contain an anchor '#nowhere'"),
        ("../gone/index.md", "is not found among documentation files"),
    ):
        own.write_text(PERSONS.format(link), "utf-8")
        caplog.clear()
        page = build_here(project) / "en/articles/own/index.html"
        assert [each for each in warnings_of(caplog) if complaint and complaint in each] == list(
            warnings_of(caplog)
        )
        assert bool(complaint) == bool(list(warnings_of(caplog)))
        assert complaint or f'href="../{samples.STAYS}/' in page.read_text("utf-8")


@pytest.mark.parametrize(
    "event",
    [
        "def on_page_markdown(markdown, page, config, files):\n    return markdown + '\\n\\nSEEN\\n'\n",
        "def on_page_content(html, page, config, files):\n    return html + 'SEEN'\n",
        "def on_post_page(output, page, config):\n    return output + 'SEEN'\n",
        "def on_env(env, config, files):\n    assert all(f.page.content for f in files.documentation_pages())\n"
        "    env.globals['language_name'] = lambda code, tree: 'SEEN'\n",
    ],
)
def test_hooks_of_others_see_every_page(tmp_path: Path, event: str) -> None:
    project = write_project(tmp_path, samples.seeds())
    (project / "theirs.py").write_text(event, "utf-8")
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("hook.py]", "hook.py, theirs.py]")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    build_here(project)  # and again, so that a memory would show
    site = build_here(project)
    assert "SEEN" in (site / f"ar/articles/{samples.STAYS}/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("addition", "shown"),
    [
        ("{% for each in pages %}[{{ each.page.title }}]{% endfor %}", "[Search]"),
        ("{{ page.update_date }}", "20"),
        ("{{ build_date_utc.year }}", "20"),
    ],
)
def test_templates_may_show_all_pages_or_the_day(tmp_path: Path, addition: str, shown: str) -> None:
    project = write_project(tmp_path, samples.seeds())
    template = project / "generator/theme/templates/partials/colophon.html"
    template.write_text(f"{template.read_text('utf-8')}\n<p>of all: {addition}</p>\n", "utf-8")
    page = (build_here(project) / f"en/articles/{samples.STAYS}/index.html").read_text("utf-8")
    assert re.search(rf"<p>of all: .*{re.escape(shown)}.*</p>", page)
    assert not (project / ".cache/site").exists()


def test_markdown_extensions_that_may_change_html_are_heard(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.seeds())
    settings = project / "mkdocs.yml"
    strip = "markdown_extensions: [{pymdownx.striphtml: {strip_attributes: [aria-labelledby]}}]"
    settings.write_text(re.sub("markdown_extensions: .*", strip, settings.read_text("utf-8")), "utf-8")
    assert "aria-labelledby" not in (build_here(project) / f"en/articles/{samples.STAYS}/index.html").read_text(
        "utf-8"
    )


def test_texts_are_dropped_as_soon_as_they_are_written(tmp_path: Path) -> None:
    project = write_project(tmp_path, samples.every_kind())
    (project / "counter.py").write_text(
        "import gc\nfrom pathlib import Path\nfrom mkdocs.structure.pages import Page\n\n"
        "def on_post_build(config):\n    gc.collect()\n"
        "    held = [p for p in gc.get_objects() if isinstance(p, Page) and 'articles' in p.file.src_uri]\n"
        "    Path(config.docs_dir).with_name('held').write_text(str(len(held)))\n",
        "utf-8",
    )
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("hook.py]", "hook.py, counter.py]")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    build_here(project)
    assert (project / "held").read_text("utf-8") == "0"
