"""Killed, interrupted, locked out, out of disk: a run loses nothing, and the next one completes the tree."""

import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.storage.files import exclusive_lock
from tests.support.digests import finish, make, put, start, tree
from tests.support.offline import ROOT, run

KILLS = int(os.environ.get("DIGEST_KILLS", "4"))
"""How often the run over 300 articles is killed, each at about 10 s of processor time."""


def test_a_killed_run_loses_nothing(tmp_path: Path) -> None:
    """Each kill, at a random moment of a run over 300 articles, is followed by a run that gives the same tree.

    By turns nothing had been there, and every page as other settings make it.
    """
    folder = make(tmp_path / "digest", 300)
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(settings.replace("target: en", "target: en\n    summary: {least: 1}"))
    finish(folder)
    shutil.copytree(folder, tmp_path / "other")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    put(folder, tmp_path / "nothing")
    began = time.monotonic()
    finish(folder)
    whole = time.monotonic() - began
    expected = tree(folder)
    assert tree(tmp_path / "other") != expected
    moments = random.Random(20161130)
    for number in range(KILLS):
        put(folder, tmp_path / ("nothing", "other")[number % 2])
        process = start(folder)
        time.sleep(moments.uniform(0.05, whole))
        process.kill()
        process.communicate()
        finish(folder)
        assert tree(folder) == expected, f"kill number {number}"


def run_until_a_record(folder: Path) -> subprocess.Popen[str]:
    process = start(folder)
    while not list(folder.glob("docs/en/articles/*/article.json")):
        time.sleep(0.02)
        assert process.poll() is None
    return process


def test_an_interrupted_run_says_what_is_left(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 300)
    process = run_until_a_record(folder)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    (line,) = errors.splitlines()
    assert "articles are left" in line
    finish(folder)
    assert len(list(folder.glob("docs/en/articles/*/index.md"))) == 302


def test_two_runs_at_once(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 100)
    first = run_until_a_record(folder)
    (line,) = finish(folder, code=1).splitlines()
    assert "another run is at work" in line
    assert first.wait(timeout=300) == 0
    assert "0 files written" in finish(folder)


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount something on a folder; skips where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this system does not let root mount: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 30)
    with mounted(folder / "docs", "-t", "tmpfs", "-o", "size=200k", "tmpfs"):
        (line,) = finish(folder, code=1).splitlines()
        assert "No space left" in line
        assert not list(folder.glob("docs/**/.digest-*"))
        for record in folder.glob("docs/**/article.json"):
            assert record.read_bytes().endswith(b"]\n}\n")
    finish(folder)
    assert len(list(folder.glob("docs/en/articles/*/index.md"))) == 32


@pytest.mark.parametrize("kilobytes", [8, 24, 40])
def test_files_that_cannot_grow(tmp_path: Path, kilobytes: int) -> None:
    """The index of the memory, records and the state are too large for what is allowed: one line, nothing lost."""
    folder = make(tmp_path / "digest", 3)
    command = f"ulimit -f {kilobytes}; exec {shlex.quote(sys.executable)} -m generator generate"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ARGOS_PACKAGES_DIR": str(folder / "none")}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1 and re.fullmatch("digest: .*: cannot be written .*", line)
    finish(folder)
    assert len(list(folder.glob("docs/en/articles/*/index.md"))) == 5


def test_an_index_that_is_no_file_is_one_line(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 0)
    (folder / ".cache/digest/memory.sqlite").mkdir(parents=True)
    (line,) = finish(folder, code=1).splitlines()
    assert "memory.sqlite: cannot be written" in line


def test_nobody_writes_the_memory_while_a_run_is_at_work(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 0)
    with exclusive_lock(folder / ".cache/digest/lock"):
        for command in (["import", str(folder / "memory/ar-en.tmx")], ["undo", "ليبيا"]):
            done = run(folder, "memory", *command)
            assert done.returncode == 1
            (line,) = done.stderr.splitlines()
            assert "another run is at work" in line


def test_pages_that_can_only_be_read(tmp_path: Path) -> None:
    """Nothing new: nothing is written, so all is well. Something new: one line, and later it is made up for."""
    folder = make(tmp_path / "digest", 3)
    finish(folder)
    before = tree(folder)
    with mounted(folder / "docs", "--bind", "-o", "ro", str(folder / "docs")):
        assert "0 files written" in finish(folder)
        (folder / "seeds/new.txt").write_text("قلت إن ليبيا لها حاضر. وهذا خبر آخر.", "utf-8")
        (line,) = finish(folder, code=1).splitlines()
        assert re.fullmatch(r"digest: .*docs/.*: cannot be written \(Read-only file system\); .*", line)
        assert tree(folder) == before
    finish(folder)
    assert before.keys() < tree(folder).keys()


def test_a_folder_where_pages_belong_cannot_be_made(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 0)
    (folder / "docs").write_text("a file")
    (line,) = finish(folder, code=1).splitlines()
    assert "docs" in line


@pytest.mark.parametrize("moment", [0, 4_000_000_000], ids=["1970", "2096"])
def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, moment: int) -> None:
    folder = make(tmp_path / "digest", 3)
    finish(folder)
    before = tree(folder)
    for file in folder.rglob("*"):
        os.utime(file, (moment, moment))
    assert "0 files written" in finish(folder)
    assert tree(folder) == before


def test_a_change_is_seen_though_size_and_time_stay(tmp_path: Path) -> None:
    """As after a clock that was set back: the new file claims to be as old and as long as the one before."""
    folder = make(tmp_path / "digest", 3)
    finish(folder)
    seed = folder / "seeds/made-001.txt"
    then, text = seed.stat(), seed.read_text("utf-8")
    seed.write_text(text.replace("رقم 1", "رقم 7"), "utf-8")
    os.utime(seed, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert seed.stat().st_size == then.st_size
    assert "0 files written" not in finish(folder)
    assert "رقم 7" in (folder / "docs/ar/articles/made-001/index.md").read_text("utf-8")
