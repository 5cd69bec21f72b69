"""`digest init`: a new digest that builds at once, with the theme of whichever program is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from generator.cli import init, main
from tests.support import samples
from tests.support.samples import ROOT

PLAIN = """site_name: {name}
site_url: https://example.org/
theme: material
plugins: [digest]
extra:
  names: {{ar: موجز متعدد اللغات, zh: 多语文摘}}
"""


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment in a folder, as a newsroom would."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def digest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from generator.cli import main; main()"
    return run(folder, sys.executable, "-c", program, str(ROOT), *arguments)


def mkdocs(folder: Path, site: str = "site") -> dict[str, bytes]:
    """Build a site strictly and give its files."""
    done = run(folder, sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", site)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return files(folder / site)


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".cache" not in file.parts
    }


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    done = digest(folder, "init", "our digest")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "our digest: a digest with a sample article; go there and run: digest serve\n"
    return folder / "our digest"


def test_the_new_digest_holds_what_an_editor_needs_and_no_path_of_this_machine(new: Path) -> None:
    made = files(new)
    own = {name for name in made if not name.startswith("docs/")}
    assert own == set(init.PLACES.values())
    assert {"docs/en/articles/welcome/index.md", "docs/ar/articles/welcome/index.md"} <= set(made)
    assert len(made["README.md"].splitlines()) <= 20  # with the recipe for two editors
    for name, content in made.items():
        for path in (str(ROOT), str(new), sys.prefix):
            assert path.encode() not in content, name


def test_it_builds_at_once_strictly_and_twice_the_same(new: Path) -> None:
    docs = files(new / "docs")
    first = mkdocs(new)
    again = digest(new, "generate")
    assert (again.returncode, again.stdout, again.stderr) == (0, "1 article, nothing to do\n", "")
    shutil.rmtree(new / ".cache")
    assert digest(new, "generate").returncode == 0
    assert files(new / "docs") == docs
    assert mkdocs(new) == first


def test_two_new_digests_are_the_same(new: Path, tmp_path: Path) -> None:
    assert digest(tmp_path, "init", "other", "--quiet").stdout == ""
    assert {name: content for name, content in files(new).items() if not name.startswith("site/")} == (
        files(tmp_path / "other")
    )


def test_the_sample_is_translated_by_people_and_shown_both_ways(new: Path) -> None:
    site = mkdocs(new)
    for tree, direction in (("en", "ltr"), ("ar", "rtl")):
        page = html.fromstring(site[f"{tree}/articles/welcome/index.html"])
        assert (page.get("lang"), page.get("dir")) == (tree, direction)
        assert len(page.xpath("//li[starts-with(@id, 's')][contains(@class, 'reviewed')]")) == 8
        assert not page.xpath("//li[contains(@class, 'machine') or contains(@class, 'none')]")
    home = html.fromstring(site["ar/index.html"])
    assert "موجزنا" in home.findtext(".//title")


def test_an_article_added_later_is_on_the_site(new: Path, tmp_path: Path) -> None:
    project = shutil.copytree(new, tmp_path / "moved elsewhere", ignore=shutil.ignore_patterns(".cache"))
    shutil.copy(ROOT / "seeds/003_3833091f4ec1012b.txt", project / "seeds/nato.txt")
    (project / "seeds/welcome.txt").unlink()
    (project / "seeds/welcome.yml").unlink()
    done = digest(project, "generate")
    assert done.returncode == 0, done.stderr
    assert "1 article," in done.stdout and "digest models install ar-en" in done.stderr
    site = mkdocs(project)
    assert "en/articles/nato/index.html" in site and "en/articles/welcome/index.html" not in site


def test_the_plugin_makes_the_same_site_as_the_hook_and_the_folder_of_templates(tmp_path: Path) -> None:
    articles = samples.every_kind()
    by_hook = files(samples.build_site(tmp_path / "hook", articles))
    samples.write_docs(tmp_path / "plugin", articles)
    shutil.rmtree(tmp_path / "plugin/generator")
    (tmp_path / "plugin/mkdocs.yml").write_text(PLAIN.format(name="Multilingual Digest"), "utf-8")
    by_plugin = mkdocs(tmp_path / "plugin")
    assert by_plugin.keys() == by_hook.keys()
    assert {name for name in by_hook if by_hook[name] != by_plugin[name]} == set()


def test_a_sites_own_templates_come_first(new: Path, tmp_path: Path) -> None:
    project = shutil.copytree(new, tmp_path / "own")
    (project / "theme/partials").mkdir(parents=True)
    (project / "theme/partials/colophon.html").write_text("<footer>Printed in Tunis</footer>")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("theme: digest", "theme: {name: digest, custom_dir: theme}")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    page = mkdocs(project)["en/articles/welcome/index.html"].decode()
    assert "<footer>Printed in Tunis</footer>" in page and 'class="pairs"' in page


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name, complaint in (("full", "is not empty"), ("file", "is a file")):
        result = CliRunner().invoke(main, ["init", str(tmp_path / name)])
        assert result.exit_code == 1
        assert result.stderr == f"digest: {tmp_path / name}: {complaint}; name a new or an empty folder\n"
    assert files(tmp_path) == {"file": b"mine", "full/notes.txt": b"mine"}


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert (result.exit_code, (tmp_path / "docs/en/index.md").is_file()) == (0, True)


def test_the_package_brings_what_a_new_digest_needs() -> None:
    """Wheels hold only what these patterns name; each file of theme and starter must match one."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["project"]["entry-points"]["mkdocs.plugins"] == {"digest": "generator.plugin:DigestPlugin"}
    patterns = settings["tool"]["setuptools"]["package-data"]["generator"]
    packed = {file for pattern in patterns for file in (ROOT / "generator").glob(pattern) if file.is_file()}
    wanted = {
        file
        for folder in ("theme", "data")
        for file in (ROOT / "generator" / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert wanted <= packed
    assert not [file for file in wanted if re.match(r"\.", file.name)], "globs pass hidden files by"
    assert {file.name for file in (ROOT / "generator/data/starter").iterdir()} == set(init.PLACES)


@pytest.mark.parametrize(("given", "code"), [("fr", "fr"), ("Deutsch", "de"), ("pt-BR", "pt"), ("ar", "ar")])
def test_a_digest_may_start_with_any_target(tmp_path: Path, given: str, code: str) -> None:
    folder = tmp_path / "notre_revue-du-matin"
    done = CliRunner().invoke(main, ["init", str(folder), "--target", given])
    assert done.exit_code == 0, done.output
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    assert f"target: {code} #" in settings
    assert 'site_name: "Notre revue du matin"\n' in settings
    assert (folder / f"docs/{code}/articles/welcome/index.md").is_file()
    assert not (folder / "memory/ar-en.tmx").exists()


def test_a_target_that_is_no_language_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "digest"), "--target", "qq"])
    assert done.exit_code == 1
    assert "qq: is no language known here; name its code, such as fr" in done.output
    assert not (tmp_path / "digest").exists()
