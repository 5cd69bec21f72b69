"""Whatever changed since the last run, the next one gives the very tree that a run without memory gives."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build, config
from generator.changes import Changes
from generator.storage.run_state import RunState
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


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    folder = make(tmp_path / "digest", 4)
    (folder / "seeds/made-001.yml").write_text("title: Given\n", "utf-8")
    (folder / "seeds/wire.jsonl").write_text(
        '{"id": "one", "text": "قلت إن ليبيا لها حاضر."}\n{"id": "two", "text": "وهذا خبر آخر."}\n', "utf-8"
    )
    settings = config.load(folder / "mkdocs.yml")
    build.generate(settings)
    return settings


def pages(folder: Path) -> dict[str, bytes]:
    """Return what is published but for records, which name their seeds."""
    return {path: content for path, content in tree(folder).items() if not path.endswith("article.json")}


@pytest.mark.parametrize(
    ("before", "after", "sidecar"),
    [
        ("made-000.txt", "other.txt", "slug: made-000\n"),
        ("made-001.txt", "deep/other.txt", "title: Given\nslug: made-001\n"),
        ("wire.jsonl", "agency.jsonl", "slug: wire-jsonl\n"),
    ],
)
def test_a_renamed_seed_keeps_its_address(
    digest: config.Settings, before: str, after: str, sidecar: str
) -> None:
    seeds, published = digest.seeds, pages(digest.root)
    (seeds / after).parent.mkdir(exist_ok=True)
    (seeds / before).rename(seeds / after)
    if (seeds / before).with_suffix(".yml").exists():
        (seeds / before).with_suffix(".yml").rename((seeds / after).with_suffix(".yml"))
    report = build.generate(digest)
    slug = sidecar.rpartition("slug: ")[2].strip()
    assert report.removals == [f"seeds/{after}: was {before}, and keeps its address, {slug}"]
    assert (report.gone, report.new, report.problems) == ([], [], [])
    assert (seeds / after).with_suffix(".yml").read_text("utf-8") == sidecar
    assert pages(digest.root) == published
    remembered = tree(digest.root)
    assert build.generate(digest).removals == []
    shutil.rmtree(digest.root / ".cache")
    shutil.rmtree(digest.docs)
    build.generate(digest)
    assert tree(digest.root) == remembered


def test_a_seeds_folder_whose_files_all_moved_is_the_same_digest(digest: config.Settings) -> None:
    published = pages(digest.root)
    (digest.seeds / "all").mkdir()
    for file in digest.seeds.glob("*.*"):
        file.rename(digest.seeds / "all" / file.name)
    report = build.generate(digest)
    assert len(report.removals) == 7 and report.gone == []
    assert pages(digest.root) == published


def test_two_seeds_of_equal_content_are_no_move(digest: config.Settings) -> None:
    shutil.copy(digest.seeds / "made-000.txt", digest.seeds / "copy.txt")
    build.generate(digest)
    (digest.seeds / "made-000.txt").rename(digest.seeds / "third.txt")
    report = build.generate(digest)
    assert report.gone == ["made-000"] and not (digest.seeds / "third.yml").exists()
    assert "third" in report.new


def test_a_seed_that_shares_its_stem_gets_a_sidecar_of_its_own(digest: config.Settings) -> None:
    (digest.seeds / "other.md").write_text("A text of its own.\n", "utf-8")
    (digest.seeds / "made-000.txt").rename(digest.seeds / "other.txt")
    build.generate(digest)
    assert (digest.seeds / "other.txt.yml").read_text() == "slug: made-000\n"
    assert not (digest.seeds / "other.yml").exists()
    assert {"docs/en/articles/made-000/index.md", "docs/en/articles/other-md/index.md"} <= set(
        tree(digest.root)
    )


def test_a_sidecar_that_cannot_take_it_in_is_named(digest: config.Settings) -> None:
    (digest.seeds / "made-000.yml").write_text("{title: Braces}", "utf-8")
    build.generate(digest)
    for name in ("txt", "yml"):
        (digest.seeds / f"made-000.{name}").rename(digest.seeds / f"other.{name}")
    report = build.generate(digest)
    assert report.removals[0].startswith("seeds/other.txt: was made-000.txt, and has a new address; ")
    assert "other.yml: cannot take in `slug: made-000`; write it there by hand" in report.removals[0]
    assert (digest.seeds / "other.yml").read_text() == "{title: Braces}"
    assert report.gone == ["made-000"]


def test_a_new_slug_leads_on_from_the_old_one_where_it_is_an_alias(digest: config.Settings) -> None:
    (digest.seeds / "made-000.yml").write_text("slug: better\n", "utf-8")
    report = build.generate(digest)
    assert report.removals == [
        "seeds/made-000.txt: has the address better now; to let made-000 lead there, write "
        "`aliases: made-000` into its sidecar"
    ]
    (digest.seeds / "made-000.yml").write_text("slug: better\naliases: [made-000, made-001]\n", "utf-8")
    report = build.generate(digest)
    assert (report.removals, report.new) == ([], [])
    assert report.problems == [
        "seeds/made-000.txt: its alias made-001 is the address of another article; take it out"
    ]
    assert 'redirect: "../better/"' in (digest.docs / "en/articles/made-000/index.md").read_text("utf-8")
    assert "redirect:" not in (digest.docs / "en/articles/made-001/index.md").read_text("utf-8")
    assert build.generate(digest).problems == report.problems
    (digest.seeds / "made-000.yml").unlink()
    build.generate(digest)
    assert "redirect:" not in (digest.docs / "en/articles/made-000/index.md").read_text("utf-8")
    assert not (digest.docs / "en/articles/better").exists()


def test_mistakes_in_fields_are_named_in_every_run_and_the_article_goes_on(digest: config.Settings) -> None:
    (digest.seeds / "made-000.yml").write_text("titel: X\ndate: 27.11.2026\n", "utf-8")
    for _ in range(2):
        first, second = build.generate(digest).problems
        assert first.startswith("seeds/made-000.yml: titel is no field; there are title, language, published, ")
        assert second == (
            "seeds/made-000.yml: date: 27.11.2026 is not a date in ISO 8601 or RFC 5322; write it as 2026-11-27"
        )
        assert (digest.docs / "en/articles/made-000/index.md").exists()
    for suffix in ("txt", "yml"):
        (digest.seeds / f"made-000.{suffix}").rename(digest.seeds / f"other.{suffix}")
    assert build.generate(digest).removals == [
        "seeds/other.txt: was made-000.txt, and keeps its address, made-000"
    ]
    (digest.seeds / "other.yml").write_text("date: 2026-11-27\nslug: made-000\n", "utf-8")
    assert build.generate(digest).problems == []


def test_a_seed_that_was_renamed_in_a_fresh_clone_keeps_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    folder = make(tmp_path / "digest", 4)
    settings = config.load(folder / "mkdocs.yml")
    build.generate(settings)
    shutil.rmtree(folder / ".cache")
    (folder / "seeds/deep").mkdir()
    (folder / "seeds/made-001.txt").rename(folder / "seeds/deep/other.txt")
    rewrite(folder / "seeds/a-new-one.txt")
    report = build.generate(settings)
    assert (report.gone, report.new) == ([], ["a-new-one"])
    assert report.removals == ["seeds/deep/other.txt: was made-001.txt, and keeps its address, made-001"]
    assert (folder / "docs/en/articles/made-001/index.md").exists()
    assert not (folder / "docs/en/articles/deep-other").exists()
    assert build.generate(settings).removals == []


def test_what_a_killed_run_recorded_is_still_new(digest: config.Settings) -> None:
    (digest.seeds / "late.txt").write_text("سافر الوزير إلى تونس اليوم.", "utf-8")

    class Killed(BaseException):
        pass

    def kill() -> bool:
        raise Killed

    with pytest.raises(Killed):
        build.generate(digest, wanted=kill)
    assert (digest.docs / "en/articles/late/article.json").exists()
    assert build.generate(digest).new == ["late"]


def test_runs_of_one_command_are_told_together() -> None:
    """The second one, with models that the first lacked, finds that nothing is new any more."""
    first = build.Report(
        written=5, removed=1, new=["a"], changed=["b"], gone=["c"], problems=["one"], corrections=["mine"]
    )
    second = build.Report(articles=3, written=2, changed=["a", "d"], problems=["one", "two"])
    both = second.after(first)
    assert (both.articles, both.written, both.removed, both.unchanged) == (3, 7, 1, False)
    assert (both.new, both.changed, both.gone) == (["a"], ["b", "d"], ["c"])
    assert (both.problems, both.corrections) == (["one", "two"], ["mine"])


def test_sidecars_are_not_expected_as_seeds(tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 3)
    for seed in (folder / "seeds").glob("*.txt"):
        seed.with_suffix(".yml").write_text("source: A Paper\n", "utf-8")
    expected: list[int] = []
    seeds = Changes(config.load(folder / "mkdocs.yml"), RunState(), {}, use_memory=False).seeds(expected.append)
    assert expected == [len(seeds)]
