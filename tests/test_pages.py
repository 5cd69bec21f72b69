"""Which kinds of pages a digest has: `extra.digest.pages` takes some away with all that leads there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from lxml import html

from generator import build, config
from tests.support.digests import earlier

KINDS = ("names", "topics", "stories", "book")


def choose(folder: Path, **pages: bool) -> config.Settings:
    file = folder / "mkdocs.yml"
    whole = yaml.safe_load(file.read_text("utf-8"))
    whole["extra"]["digest"]["pages"] = pages
    whole["theme"] = "digest"
    file.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")
    return config.load(file)


def build_site(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def leading_to(kind: str, site: Path) -> set[str]:
    """Return each file of a site that leads to pages of a kind, or is one."""
    sought = "digest.epub" if kind == "book" else rf'(?:^|[/"]){kind}/'
    texts = (file for file in site.rglob("*") if file.suffix in (".html", ".xml", ".json", ".jsonl"))
    found = {file for file in texts if re.search(sought, file.read_text("utf-8", "replace"))}
    found |= {file for file in site.rglob("*") if re.search(sought, file.relative_to(site).as_posix())}
    return {file.relative_to(site).as_posix() for file in found}


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = earlier(tmp_path_factory.mktemp("pages"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARGOS_PACKAGES_DIR", str(folder / "none"))
        build.generate(choose(folder))
        build_site(folder)
        return folder


def test_what_is_switched_off_vanishes_with_all_that_leads_there_and_comes_back(
    digest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(digest / "none"))
    first = {path: (digest / "docs" / path).read_bytes() for path in files(digest / "docs")}
    for kind in KINDS:
        assert leading_to(kind, digest / "site"), kind
        build.generate(choose(digest, **{kind: False}))
        build_site(digest)
        assert leading_to(kind, digest / "site") == set(), kind
        gone = first.keys() - files(digest / "docs")
        assert gone and all(kind in path or path.endswith("digest.epub") for path in gone), kind
    build.generate(choose(digest))
    assert {path: (digest / "docs" / path).read_bytes() for path in files(digest / "docs")} == first


def test_all_of_them_can_be_off(digest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(digest / "none"))
    folder = earlier(tmp_path)
    build.generate(choose(folder, **dict.fromkeys(KINDS, False)))
    build_site(folder)
    assert [kind for kind in KINDS if leading_to(kind, folder / "site")] == []
    page = html.fromstring((folder / "site/en/articles/quake-06/index.html").read_text("utf-8"))
    assert page.find_class("related"), "articles lead to near ones still"
    assert "Indonesia" in page.text_content()


@pytest.mark.parametrize(
    ("pages", "complaint"),
    [
        ({"name": False}, "extra.digest.pages.name is no setting; there are .*pages.names, pages.topics"),
        ({"book": "no"}, "extra.digest.pages.book is 'no' but must be true or false"),
    ],
)
def test_a_wrong_key_is_one_line(tmp_path: Path, pages: dict[str, object], complaint: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({"extra": {"digest": {"pages": pages}}}), "utf-8")
    with pytest.raises(Exception, match=complaint) as raised:
        config.load(tmp_path / "mkdocs.yml")
    assert len(str(raised.value).splitlines()) == 1
