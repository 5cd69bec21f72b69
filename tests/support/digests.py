"""Digests in folders of their own: made, generated in another process, put back, and read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.support.offline import ROOT


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


def earlier(folder: Path) -> Path:
    """Unpack a digest that version 0.1.0 made, with a story, topics and names, and a correction to be taken."""
    with tarfile.open(ROOT / "tests/data/digest-0.1.0.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def put(folder: Path, kept: Path) -> None:
    """Let a digest be as it was when its pages and what it remembers were kept."""
    for name in ("docs", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
        if (kept / name).exists():
            shutil.copytree(kept / name, folder / name)
