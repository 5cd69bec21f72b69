"""Two people correct pages of one digest, each in a branch of their own, and git merges their work."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.translate.memory import Memory
from tests.support.offline import ROOT

NAMES = ("welcome", "other")


def run(folder: Path, *command: str, code: int = 0, by: str = "Anna") -> str:
    environment = {
        **os.environ,
        **{
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", by), ("EMAIL", "x@y.org"))
        },
        "PYTHONPATH": str(ROOT),
        "ARGOS_PACKAGES_DIR": str(folder / "none"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def digest(folder: Path, *arguments: str, code: int = 0) -> str:
    return run(folder, sys.executable, "-m", "generator", *arguments, code=code)


def correct(folder: Path, slug: str, target: str) -> None:
    """Do as an editor does: change the second sentence in its page, generate, commit."""
    page = folder / "docs/en/articles" / slug / "index.md"
    text = page.read_text("utf-8")
    start = text.index('<li id="s2"')
    new, count = re.subn('(<p class="target"[^>]*>)[^<]*', rf"\g<1>{target}", text[start:], count=1)
    assert count == 1
    page.write_text(text[:start] + new, "utf-8")
    digest(folder, "generate")
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "-qm", target)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a digest of two articles in a repository, on the branch `anna`; `omar` is where it began, too."""
    folder = tmp_path / "shared"
    digest(tmp_path, "init", "-q", "shared")
    other = (ROOT / "seeds/003_3833091f4ec1012b.txt").read_text("utf-8")
    (folder / "seeds/other.txt").write_text(other, "utf-8")
    (folder / "memory/ar-en.tmx").write_bytes((ROOT / "memory/ar-en.tmx").read_bytes())
    digest(folder, "generate")
    run(folder, "git", "init", "-qb", "anna")
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "-qm", "begin")
    run(folder, "git", "branch", "omar")
    return folder


def merge(folder: Path) -> None:
    """Do as the README says where git names conflicts: only pages may have any, which are made anew."""
    said = run(folder, "git", "merge", "omar", "-m", "merge", code=1)
    conflicts = re.findall("Merge conflict in (.*)", said)
    assert conflicts and all(path.startswith("docs/") for path in conflicts)


def settled(folder: Path) -> set[str]:
    return set(Memory.load(folder / "memory", "ar", "en").exact.values())


def test_corrections_of_two_articles_merge(shared: Path) -> None:
    correct(shared, "welcome", "Anna was here.")
    run(shared, "git", "checkout", "-q", "omar")
    correct(shared, "other", "Omar was here.")
    run(shared, "git", "checkout", "-q", "anna")
    merge(shared)
    digest(shared, "generate")
    run(shared, "git", "add", "docs")
    run(shared, "git", "commit", "-qm", "merge")
    assert {"Anna was here.", "Omar was here."} <= settled(shared)
    for slug, said in (("welcome", "Anna was here."), ("other", "Omar was here.")):
        for tree in ("en", "ar"):
            assert said in (shared / f"docs/{tree}/articles/{slug}/index.md").read_text("utf-8")
    assert "0 files written, 0 removed" in digest(shared, "generate")
    assert run(shared, "git", "status", "--porcelain") == ""


def test_one_sentence_that_both_corrected_is_named_and_a_person_decides(shared: Path) -> None:
    correct(shared, "other", "Anna said so.")
    run(shared, "git", "checkout", "-q", "omar")
    correct(shared, "other", "Omar said so.")
    run(shared, "git", "checkout", "-q", "anna")
    merge(shared)
    (line,) = digest(shared, "generate", code=1).splitlines()
    assert "memory/ar-en.tmx: lines " in line and "“Anna said so.”" in line and "“Omar said so.”" in line
    file = shared / "memory/ar-en.tmx"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "Anna said so." not in line), "utf-8")
    digest(shared, "generate")
    run(shared, "git", "add", "docs", "memory")
    run(shared, "git", "commit", "-qm", "merge")
    assert "Omar said so." in settled(shared) and "Anna said so." not in settled(shared)
    assert "Omar said so." in (shared / "docs/en/articles/other/index.md").read_text("utf-8")
    assert run(shared, "git", "status", "--porcelain") == ""


def test_neighbours_in_the_memory_that_both_changed_merge(shared: Path) -> None:
    """Git keeps all four lines where changes of two neighbours meet; what each of both replaced is no contradiction."""
    file = shared / "memory/ar-en.tmx"
    one, other = [line for line in file.read_text("utf-8").splitlines() if line.startswith("<tu>")][3:5]

    def change(line: str, target: str) -> None:
        changed = re.sub("(.*<seg>).*?</seg>", rf"\g<1>{target}</seg>", line)
        source = re.search("<seg>(.*?)</seg>", line)
        assert source
        digest(shared, "memory", "import", "--replace", str(imported(shared, changed)))
        digest(shared, "generate")
        run(shared, "git", "add", ".")
        run(shared, "git", "commit", "-qm", target)

    change(one, "Anna was here.")
    run(shared, "git", "checkout", "-q", "omar")
    change(other, "Omar was here.")
    run(shared, "git", "checkout", "-q", "anna")
    run(shared, "git", "merge", "omar", "-m", "merge")
    lines = file.read_text("utf-8").splitlines()
    assert one in lines or other in lines, "git merged the lines apart: nothing is shown here"
    digest(shared, "generate")
    assert {"Anna was here.", "Omar was here."} <= settled(shared)
    assert {one, other}.isdisjoint(file.read_text("utf-8").splitlines())


def imported(folder: Path, unit: str) -> Path:
    file = folder.parent / "imported.tmx"
    file.write_text(f'<tmx version="1.4"><header srclang="ar"/><body>{unit}</body></tmx>', "utf-8")
    return file


def test_a_merge_by_an_old_git_that_left_marks_stops_the_run(shared: Path) -> None:
    file = shared / "memory/glossary.ar-en.csv"
    file.write_text(
        "source,target,note\n<<<<<<< HEAD\nناتو,NATO,\n=======\nناتو,Nato,\n>>>>>>> omar\n", "utf-8"
    )
    (line,) = digest(shared, "generate", code=1).splitlines()
    assert "glossary.ar-en.csv: line 2 is a conflict that git left" in line
