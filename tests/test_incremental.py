"""Whatever changed since the last run, the next one gives the very tree that a run without memory gives."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, config
from tests.test_faults import make, tree

CHANGED = "made-003"


def rewrite(file: Path) -> None:
    file.write_text("قلت إن ليبيا لها حاضر. وهذا خبر آخر.", "utf-8")


def damage(folder: Path) -> None:
    state = folder / ".cache/digest/state.jsonl"
    state.write_bytes(state.read_bytes()[:-100])


def touch(folder: Path) -> None:
    for file in folder.glob("docs/**/*.md"):
        file.touch()


CASES: dict[str, Callable[[Path], object]] = {
    "a seed changed": lambda folder: rewrite(folder / f"seeds/{CHANGED}.txt"),
    "a seed is new": lambda folder: rewrite(folder / "seeds/a-new-one.txt"),
    "a seed is gone": lambda folder: (folder / f"seeds/{CHANGED}.txt").unlink(),
    "a seed took another's name": lambda folder: rewrite(folder / "seeds/MADE-003.txt"),
    "a record is gone": lambda folder: (folder / f"docs/en/articles/{CHANGED}/article.json").unlink(),
    "a page is gone": lambda folder: (folder / f"docs/ar/articles/{CHANGED}/index.md").unlink(),
    "an article's pages are gone": lambda folder: shutil.rmtree(folder / f"docs/en/articles/{CHANGED}"),
    "a further page of a list is gone": lambda folder: (folder / "docs/en/page/2/index.md").unlink(),
    "all pages were touched": touch,
    "the state is cut short": damage,
}


@pytest.mark.parametrize("change", CASES.values(), ids=CASES.keys())
def test_a_run_that_remembers_gives_what_a_run_that_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    folder = make(tmp_path / "digest", 30)
    settings = config.load(folder / "mkdocs.yml")
    build.generate(settings)
    change(folder)
    report = build.generate(settings)
    remembered = tree(folder)
    shutil.rmtree(folder / ".cache")
    shutil.rmtree(folder / "docs")
    afresh = build.generate(settings)
    assert remembered == tree(folder)
    assert (report.articles, report.sentences) == (afresh.articles, afresh.sentences)
    assert "docs/en/page/2/index.md" in remembered
