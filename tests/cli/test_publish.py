"""What `digest init --publish` writes: valid, pinned, and its steps work in a real repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import init, main
from tests.support.samples import ROOT

PLACES = {"github": ".github/workflows/digest.yml", "gitlab": ".gitlab-ci.yml"}


def load(file: Path) -> dict[str, Any]:
    """Read YAML in which `on` is a word, as GitHub does."""
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506


@pytest.fixture(params=list(PLACES))
def digest(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    folder = tmp_path / "digest"
    done = CliRunner().invoke(main, ["init", str(folder), "--publish", request.param])
    assert done.exit_code == 0, done.output
    assert str(folder / PLACES[request.param]) in done.stdout
    return request.param, folder


def steps(publisher: str, folder: Path) -> list[str]:
    """Return the commands that are run, but for those that install."""
    whole = load(folder / PLACES[publisher])
    if publisher == "gitlab":
        commands = whole["pages"]["script"]
    else:
        commands = [
            step["run"] for step in whole["jobs"]["digest"]["steps"] if step.get("name") in ("Run", "Commit")
        ]
    return [command for command in commands if "pip install" not in command]


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    ).stdout


def test_its_commands_commit_what_was_made_and_build_the_site(
    digest: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher, folder = digest
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/digest"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m generator "$@"\n')
    program.chmod(0o755)
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Anna")
    git(folder, "config", "user.email", "anna@example.org")
    git(folder, "remote", "add", "origin", str(remote))
    git(folder, "add", "--all", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    git(folder, "push", "--quiet", "--set-upstream", "origin", "main")
    (folder / "seeds/new.txt").write_text("خبر جديد من المدينة.", "utf-8")
    names = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "CI_COMMIT_BRANCH": "main"}
    names |= {"ARGOS_PACKAGES_DIR": str(tmp_path / "none"), "NO_MKDOCS_2_WARNING": "1"}
    names |= {"ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/", "no_proxy": "*"}  # nobody is there
    address = r'--push-option ci.skip "https://\S+"'
    for command in steps(publisher, folder):
        here = re.sub(address, f'"{remote}"', command)
        subprocess.run(
            ["bash", "-e", "-c", here], cwd=folder, env=os.environ | names, check=True, capture_output=True
        )
    assert (folder / ("public" if publisher == "gitlab" else "site") / "en/articles/new/index.html").is_file()
    committed = git(remote, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert {"seeds/new.txt", "docs/en/articles/new/article.json"} <= set(committed)
    assert [name for name in committed if name.startswith((".cache", "site", "public"))] == []


def test_github_s_workflow_is_pinned_and_may_do_what_it_must(tmp_path: Path) -> None:
    init.lay_out_publishing(tmp_path, "github")
    workflow = load(tmp_path / PLACES["github"])
    assert set(workflow["on"]) == {"schedule", "push", "workflow_dispatch"}
    assert workflow["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    job = workflow["jobs"]["digest"]
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(used) == 5
    assert [each for each in used if not re.fullmatch(r"actions/[\w-]+@v\d+\.\d+\.\d+", each)] == []
    assert not any("continue-on-error" in step for step in job["steps"] if step.get("id") != "run")


def test_it_is_added_to_a_digest_that_is_there_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    (tmp_path / "requirements.txt").write_text("mine\n")
    command = ["init", str(tmp_path), "--publish", "github"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert CliRunner().invoke(main, command).exit_code == 0
    assert (tmp_path / "requirements.txt").read_text() == "mine\n"
    assert not (tmp_path / "seeds").exists()
    (tmp_path / PLACES["github"]).write_text("mine: 1\n")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1 and "is there with other content; delete it" in done.stderr


def test_what_is_installed_is_named_as_it_was_had(tmp_path: Path) -> None:
    lines = init.lay_out_publishing(tmp_path, "gitlab")
    text = (tmp_path / "requirements.txt").read_text()
    said_to_be_left = any("say there where to get the program from" in line for line in lines)
    assert text.startswith("multilingual-digest") is not said_to_be_left
    assert "file:" not in text
