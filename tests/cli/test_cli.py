"""What every command says: numbers and what they count, and how far it is."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.shared import counted
from tests.support.samples import ROOT


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (2, ("article",), "2 articles"),
        (1, ("needs care", "need care"), "1 needs care"),
        (11, ("needs care", "need care"), "11 need care"),
    ],
)
def test_what_is_counted_agrees_with_its_number(number: int, words: tuple[str, ...], said: str) -> None:
    assert counted(number, *words) == said


@pytest.mark.parametrize("group", ["", "export", "memory", "models"])
def test_lists_of_commands_tell_each_ones_whole_first_sentence(group: str) -> None:
    shown = CliRunner().invoke(main, [*group.split(), "--help"]).stdout
    commands = getattr(main.commands.get(group, main), "commands", {})
    told = " ".join(shown.split())
    for name, command in commands.items():
        first = " ".join((command.help or "").split("\n\n")[0].split()).removesuffix(".")
        assert f"{name} {first}" in told


def test_files_are_named_from_where_the_user_is(tmp_path: Path) -> None:
    for name in ("seeds", "memory"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "memory/ar-en.tmx").write_text("<<<<<<< HEAD\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "generate"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("digest: memory/ar-en.tmx: ")


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """Run a command and give what it shows on the terminal that its standard error is."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=end,
    )
    os.close(end)
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:  # nobody holds its other end any more
        pass
    os.close(terminal)
    assert process.wait() == 0
    return shown.decode()


def test_a_terminal_shows_how_far_reading_and_writing_are(tmp_path: Path) -> None:
    for name in ("seeds", "memory"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shown = on_a_terminal(tmp_path, "generate")
    assert re.findall(r"(articles|pages)  \[#+\]  (\d/\d)", shown) == [("articles", "2/2"), ("pages", "2/2")]
    assert on_a_terminal(tmp_path, "generate", "--quiet") == ""
    assert re.findall(r"(articles|pages)  \[#+\]", on_a_terminal(tmp_path, "render")) == ["pages"]
