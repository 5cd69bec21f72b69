"""Whatever changed since the last run, the next one gives the very tree that a run without memory gives."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, config
from tests.support import corpus
from tests.support.digests import make, tree
from tests.support.offline import ROOT

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


def redate(folder: Path, draw: random.Random) -> None:
    sidecar = draw.choice(sorted(folder.glob("seeds/*.yml")))
    rest = [line for line in sidecar.read_text("utf-8").splitlines() if not line.startswith("published")]
    day = draw.choice(["", 'published: "2016-01-30"', 'published: "2019-12-31"'])
    sidecar.write_text("\n".join([*rest, day]), "utf-8")


def retitle(folder: Path, draw: random.Random) -> None:
    """Return an article the headline of another, or none."""
    one, other = draw.sample(sorted(folder.glob("seeds/*.yml")), 2)
    rest = [line for line in one.read_text("utf-8").splitlines() if not line.startswith("title")]
    title = [line for line in other.read_text("utf-8").splitlines() if line.startswith("title")]
    one.write_text("\n".join([*title, *rest]), "utf-8")


def shorten(folder: Path, draw: random.Random) -> None:
    seed = draw.choice(sorted(folder.glob("seeds/*.txt")))
    paragraphs = seed.read_text("utf-8").strip().split("\n\n")
    seed.write_text("\n\n".join(draw.sample(paragraphs, max(len(paragraphs) - 1, 1))), "utf-8")


def remove(folder: Path, draw: random.Random) -> None:
    seed = draw.choice(sorted(folder.glob("seeds/*.txt")))
    seed.unlink()
    seed.with_suffix(".yml").unlink()


def bring(folder: Path, draw: random.Random) -> None:
    """Bring a seed that was not there yet or was removed."""
    files = corpus.seeds(120)
    there = {file.name for file in folder.glob("seeds/*")}
    name = draw.choice(sorted(name for name in files.keys() - there if name.endswith(".txt")))
    for each in (name, name.replace(".txt", ".yml")):
        (folder / "seeds" / each).write_text(files[each], "utf-8")


def spoil(folder: Path, draw: random.Random) -> None:
    """Cut, change or delete what is known of the last run, the profiles of its articles among it."""
    file = folder / ".cache/digest/state.jsonl"
    content = file.read_bytes()
    place = draw.randrange(len(content))
    spoilt = (content[:place], content[:place] + b"9" + content[place + 1 :], b"", None)[draw.randrange(4)]
    file.unlink()
    if spoilt is not None:
        file.write_bytes(spoilt)


def age(folder: Path, draw: random.Random) -> None:
    """Let the state be that of an earlier run, as when one is killed before it has written its own."""
    file = folder / ".cache/digest/state.jsonl"
    if (folder / "earlier").exists():
        file.write_bytes((folder / "earlier").read_bytes())
    (folder / "earlier").write_bytes(file.read_bytes())


STEPS = (redate, retitle, shorten, remove, bring)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_chain_of_runs_gives_what_one_run_from_nothing_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    draw = random.Random(seed)
    folder = tmp_path / "digest"
    corpus.write(folder, 60)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    settings = config.load(folder / "mkdocs.yml")
    build.generate(settings)
    for _ in range(5):
        for step in draw.choices(STEPS, k=draw.randint(1, 3)):
            step(folder, draw)
        draw.choice((spoil, age, age, lambda *_: None))(folder, draw)
        build.generate(settings)
        remembered = tree(folder)
        shutil.copytree(folder, tmp_path / "afresh", ignore=shutil.ignore_patterns(".cache", "docs"))
        build.generate(config.load(tmp_path / "afresh/mkdocs.yml"))
        assert remembered == tree(tmp_path / "afresh")
        shutil.rmtree(tmp_path / "afresh")
