"""Killed, interrupted, locked out, out of disk: a run loses nothing, and the next one completes the tree."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import config
from generator.files import alone
from tests.offline import ROOT

KILLS = int(os.environ.get("DIGEST_KILLS", "20"))
"""How often the run over 300 articles is killed; 100 take minutes."""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "generate", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ARGOS_PACKAGES_DIR": str(folder / "none")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(folder: Path, *arguments: str, code: int = 0) -> str:
    process = start(folder, *arguments)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    return output + errors


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted((folder / "docs").rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def make(folder: Path, articles: int) -> Path:
    """Make a digest of the user's two articles and others, each of its own sentences."""
    for name in ("seeds", "memory"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    texts = [file.read_text("utf-8") for file in sorted((ROOT / "seeds").iterdir())]
    for number in range(articles):
        sentences = texts[number % 2].split(". ")
        own = ". ".join(sentences[number % 5 :][:4])
        (folder / "seeds" / f"made-{number:03}.txt").write_text(f"{own}. انتهى الخبر رقم {number}.", "utf-8")
    return folder


def test_a_killed_run_loses_nothing(tmp_path: Path) -> None:
    """Kill runs over 300 articles at random moments; after ten, one run gives the undisturbed tree."""
    calm = make(tmp_path / "calm", 300)
    began = time.monotonic()
    finish(calm)
    whole = time.monotonic() - began
    expected = tree(calm)
    hurt = make(tmp_path / "hurt", 300)
    moments = random.Random(20161130)
    for _ in range(KILLS // 10):
        shutil.rmtree(hurt / "docs", ignore_errors=True)
        shutil.rmtree(hurt / ".cache", ignore_errors=True)
        for _ in range(10):
            process = start(hurt)
            time.sleep(moments.uniform(0.05, whole))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        finish(hurt)
        assert tree(hurt) == expected


def test_an_interrupted_run_says_what_is_left(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 300)
    process = start(folder)
    while not list(folder.glob("docs/en/articles/*/article.json")):
        time.sleep(0.02)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    (line,) = errors.splitlines()
    assert "articles are left" in line
    finish(folder)
    assert len(list(folder.glob("docs/en/articles/*/index.md"))) == 302


def test_two_runs_at_once(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 0)
    with alone(config.load(folder / "mkdocs.yml").cache / "lock"):
        assert "another run is at work" in finish(folder, code=1)
    assert not (folder / "docs").exists()
    finish(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 30)
    (folder / "docs").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder / "docs")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let root mount a tmpfs")
    try:
        said = finish(folder, code=1)
        (line,) = said.splitlines()
        assert "No space left" in line
        assert not list(folder.glob("docs/**/.digest-*"))
        for record in folder.glob("docs/**/article.json"):
            assert record.read_bytes().endswith(b"]\n}\n")
    finally:
        subprocess.run(["umount", str(folder / "docs")], check=True)
    finish(folder)
    assert len(list(folder.glob("docs/en/articles/*/index.md"))) == 32


def test_a_folder_where_pages_belong_cannot_be_made(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 0)
    (folder / "docs").write_text("a file")
    (line,) = finish(folder, code=1).splitlines()
    assert "docs" in line


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 3)
    finish(folder)
    before = tree(folder)
    for file in folder.rglob("*"):
        if file.is_file():
            os.utime(file, (4_000_000_000, 4_000_000_000))
    assert "0 files written" in finish(folder)
    assert tree(folder) == before
