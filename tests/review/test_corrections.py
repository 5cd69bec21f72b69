"""People's edits in pages: taken over, kept aside, or refused in a line; never overwritten unseen."""

import json
from pathlib import Path

import pytest

from generator import build, config
from generator.model import DigestError
from generator.translate.memory import Memory
from tests.support.digests import make
from tests.support.memories import save_memory
from tests.support.offline import run
from tests.support.samples import READY, STAYS


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    settings = config.load(make(tmp_path / "digest", 3) / "mkdocs.yml")
    build.generate(settings)
    return settings


def page_of(digest: config.Settings, slug: str, tree: str = "en") -> Path:
    return digest.docs / tree / "articles" / slug / "index.md"


def edit(page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")


def settled(digest: config.Settings) -> set[str]:
    return set(Memory.load(digest.memory, "ar", "en").exact.values())


def test_an_editors_byte_order_mark_and_line_ends_change_nothing(digest: config.Settings) -> None:
    page = page_of(digest, STAYS)
    text = page.read_bytes()
    page.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    report = build.generate(digest)
    assert (report.corrections, report.problems) == ([], [])
    assert page.read_bytes() == text
    edited = text.replace(b"Stoltenberg affirmed that NATO", b"Stoltenberg said that NATO", 3)
    page.write_bytes(b"\xef\xbb\xbf" + edited)
    report = build.generate(digest)
    assert report.problems == []
    assert any("Stoltenberg said that NATO" in text for text in settled(digest))


MARKED = "<<<<<<< HEAD\n{}\n=======\nsomething else\n>>>>>>> other\n"


@pytest.mark.parametrize("path", [f"en/articles/{STAYS}/index.md", "en/index.md", "ar/about.md"])
def test_a_conflict_that_git_left_in_a_page_stops_the_run_in_one_line(
    digest: config.Settings, path: str
) -> None:
    page = digest.docs / path
    first, second, *lines = page.read_text("utf-8").splitlines(keepends=True)
    for marked in (
        "".join([first, MARKED.format(second.strip()), *lines]),
        "".join([first, second, *lines, MARKED.format("text")]),
    ):
        page.write_text(marked, "utf-8")
        done = run(digest.root, "generate")
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert f"docs/{path}: line " in line and "conflict" in line
        assert page.read_text("utf-8") == marked
    assert "something else" not in settled(digest)


def test_a_page_that_somebody_owns_is_no_complaint(digest: config.Settings) -> None:
    page = digest.docs / "en/about.md"
    mine = "# About us\n\nWritten by ourselves.\n"
    page.write_text(mine, "utf-8")
    for _ in range(2):
        assert build.generate(digest).problems == []
        assert page.read_text("utf-8") == mine


def test_an_edited_page_goes_with_its_seed_and_its_correction_stays(digest: config.Settings) -> None:
    page = page_of(digest, "made-001")
    made = json.loads(page.with_name("article.json").read_bytes())
    edit(page, made["sentences"][0]["target"], "Edited before it went.")
    (digest.seeds / "made-001.txt").unlink()
    report = build.generate(digest)
    assert report.gone == ["made-001"]
    assert report.removals == [
        "seeds/made-001.txt: is gone, and so is made-001 from the site; corrections stay in memory"
    ]
    assert not page.parent.exists()
    assert "Edited before it went." in settled(digest)


def test_an_edit_made_while_a_run_is_at_work_is_taken_over_by_the_next(digest: config.Settings) -> None:
    page = page_of(digest, STAYS)
    made = json.loads(page.with_name("article.json").read_bytes())
    old = made["sentences"][9]["target"]

    def edit_meanwhile() -> bool:
        if "Written meanwhile." not in page.read_text("utf-8"):
            edit(page, old, "Written meanwhile.")
        return True

    (digest.seeds / f"{STAYS}.yml").write_text("source: Somebody\n", "utf-8")  # so that the page is due
    build.generate(digest, wanted=edit_meanwhile)
    assert "Written meanwhile." in page.read_text("utf-8")
    build.generate(digest)
    assert "Written meanwhile." in settled(digest)
    assert "Somebody" in page.read_text("utf-8")


def test_no_sentence_of_a_machine_counts_as_a_persons_where_both_changed_a_page(
    digest: config.Settings,
) -> None:
    page = page_of(digest, STAYS)
    record = page.with_name("article.json")
    made = json.loads(record.read_bytes())
    kept = [row["target"] for row in made["sentences"]]
    reviewed = dict(Memory.load(digest.memory, "ar", "en").exact)
    source = made["sentences"][3]["source"]
    save_memory(digest.memory, "ar", "en", {**reviewed, source: "Settled anew meanwhile."})

    def edit_meanwhile() -> bool:
        if "Mine." not in page.read_text("utf-8"):
            edit(page, kept[9], "Mine.")
        return True

    build.generate(digest, wanted=edit_meanwhile)
    assert "Mine." in page.read_text("utf-8")
    report = build.generate(digest)
    assert report.kept == [f"memory/kept/en-articles-{STAYS}-index.1.md"]
    assert "translated anew meanwhile" in report.corrections[0]
    assert "Mine." in (digest.root / report.kept[0]).read_text("utf-8")
    assert Memory.load(digest.memory, "ar", "en").lookup(source) == "Settled anew meanwhile."
    assert "Settled anew meanwhile." in page.read_text("utf-8")


def test_an_emptied_seeds_folder_leaves_the_site_as_it_is(digest: config.Settings) -> None:
    before = {file: file.read_bytes() for file in digest.docs.rglob("*") if file.is_file()}
    for seed in digest.seeds.iterdir():
        seed.unlink()
    done = run(digest.root, "generate")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "5 of 5 articles" in line and "--allow-removals" in line
    assert {file: file.read_bytes() for file in digest.docs.rglob("*") if file.is_file()} == before
    assert run(digest.root, "generate", "--allow-removals").returncode == 0
    assert not list(digest.docs.glob("*/articles/*"))


@pytest.mark.parametrize("forgetful", [False, True], ids=["with its state", "without"])
def test_over_half_of_the_articles_do_not_go_unasked(digest: config.Settings, forgetful: bool) -> None:
    for name in ("made-000", "made-001", "made-002"):
        (digest.seeds / f"{name}.txt").unlink()
    if forgetful:
        (digest.cache / "state.jsonl").unlink()
    with pytest.raises(DigestError, match="3 of 5 articles"):
        build.generate(digest)
    (digest.seeds / "made-002.txt").write_text("خبر آخر تماما. وهذه جملة.", "utf-8")
    report = build.generate(digest)
    assert report.gone == ["made-000", "made-001"]


def test_a_list_that_lost_most_of_its_entries_is_refused_before_pages_go(digest: config.Settings) -> None:
    lines = [json.dumps({"id": f"n{n}", "text": f"Report {n} says so."}) for n in range(20)]
    seed = digest.seeds / "wire.jsonl"
    seed.write_text("\n".join(lines), "utf-8")
    build.generate(digest)
    seed.write_text(lines[0], "utf-8")
    with pytest.raises(DigestError, match="19 of 25 articles"):
        build.generate(digest)
    assert len(list(digest.docs.glob("en/articles/wire-*/index.md"))) == 20


def test_a_seed_that_cannot_be_one_any_more_keeps_its_pages(digest: config.Settings, tmp_path: Path) -> None:
    seed = digest.seeds / f"{READY}.txt"
    (tmp_path / "elsewhere.txt").write_bytes(seed.read_bytes())
    seed.unlink()
    seed.symlink_to(tmp_path / "elsewhere.txt")
    for _ in range(2):
        report = build.generate(digest)
        assert len(report.problems) == 1 and READY in report.problems[0]
        assert report.gone == []
        assert page_of(digest, READY).exists()


def test_a_run_names_what_is_new_changed_and_gone(digest: config.Settings) -> None:
    (digest.seeds / "new.txt").write_text("هذه جملة جديدة. وهذه أخرى.", "utf-8")
    (digest.seeds / "made-000.txt").write_text("هذا خبر غير السابق. وهذه جملة.", "utf-8")
    (digest.seeds / "made-001.txt").unlink()
    done = run(digest.root, "generate", "--json")
    report = json.loads(done.stdout)
    assert (report["new"], report["changed"], report["gone"]) == (["new"], ["made-000"], ["made-001"])
    again = json.loads(run(digest.root, "generate", "--json").stdout)
    assert (again["new"], again["changed"], again["gone"]) == ([], [], [])
