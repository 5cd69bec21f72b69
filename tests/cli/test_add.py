"""`digest add`: folders, lists and standard input, what is there already, and the day of adding."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.ingest import list_seeds, read_seed
from tests.support.loopback import serving

DATED = "---\npublished: 2026-11-01\n---\nText.\n"


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    folder = tmp_path / "digest"
    (folder / "seeds").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x\n")
    return folder


def add(folder: Path, *arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(main, ["add", *arguments, "-f", str(folder / "mkdocs.yml")], input=text)


def seeds(folder: Path) -> list[str]:
    files, faults = list_seeds(folder / "seeds")
    assert faults == ()
    return [file.relative_to(folder / "seeds").as_posix() for file in files]


def test_a_folder_is_added_with_all_below_it(tmp_path: Path, digest: Path) -> None:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    (source / "a.md").write_text(DATED)
    (source / "deep/a.txt").write_text("Deep text.")
    (source / "deep/a.yml").write_text("published: 2026-10-01\n")
    (source / "b.png").write_bytes(b"\x89PNG")
    done = add(digest, str(source))
    assert done.exit_code == 1
    assert done.stderr.startswith("digest: in/b.png: has no format known here")
    assert seeds(digest) == ["a.md", "deep/a.txt"]
    assert read_seed(digest / "seeds/deep/a.txt", digest / "seeds")[0].published == "2026-10-01"
    assert add(digest, str(source / "deep")).exit_code == 0  # the same text, without its folder
    assert seeds(digest) == ["a.md", "deep/a.txt"]


def test_the_digests_own_folder_is_not_added_to_itself(digest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (digest / "docs").mkdir()
    (digest / "docs/index.md").write_text(DATED)
    monkeypatch.chdir(digest)
    for folder in (".", "", str(digest.parent)):
        done = add(digest, folder)
        assert (done.exit_code, done.stderr.count("holds seeds/ itself; name a folder")) == (1, 1)
    assert seeds(digest) == []


@pytest.mark.parametrize("named", ["-", "text"])
def test_lines_of_text_are_no_files(digest: Path, named: str) -> None:
    text = "A long paragraph. " * 300
    done = add(digest, text if named == "text" else "-", text=text)
    assert done.exit_code == 1
    assert done.stderr.endswith(": is no file; check the name\n") and len(done.stderr) < 300


def test_lists_name_files_and_addresses(tmp_path: Path, digest: Path) -> None:
    names = [tmp_path / f"{name}.md" for name in "abc"]
    for name in names:
        name.write_text(DATED.replace("Text", name.stem))
    (tmp_path / "list.txt").write_text(f"\ufeff# mine\n{names[0]}\n\n{names[1]}\n", "utf-8")
    assert add(digest, "--list", str(tmp_path / "list.txt")).exit_code == 0
    done = add(digest, "-", text=f"{names[2]}\n{tmp_path / 'missing.md'}\n")
    assert (done.exit_code, done.stderr) == (
        1,
        f"digest: {tmp_path / 'missing.md'}: is no file; check the name\n",
    )
    assert seeds(digest) == ["a.md", "b.md", "c.md"]
    assert add(digest).exit_code == 2
    (tmp_path / "list.txt").write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8; convert it" in add(digest, "--list", str(tmp_path / "list.txt")).stderr


def test_what_is_there_already_is_named_and_can_be_replaced(tmp_path: Path, digest: Path) -> None:
    (tmp_path / "a.md").write_text(DATED)
    (tmp_path / "b.md").write_text(DATED)
    add(digest, str(tmp_path / "a.md"))
    done = add(digest, str(tmp_path / "b.md"))
    assert (done.exit_code, done.stdout) == (
        0,
        f"is there already as {digest / 'seeds/a.md'}: {tmp_path / 'b.md'}\n",
    )
    (tmp_path / "a.md").write_text(DATED.replace("Text", "Other"))
    done = add(digest, str(tmp_path / "a.md"))
    assert "is there with other content; rename one of the two, or give --replace" in done.stderr
    assert add(digest, "--replace", str(tmp_path / "a.md")).stdout == f"updated: {digest / 'seeds/a.md'}\n"
    assert "Other" in (digest / "seeds/a.md").read_text()


def test_the_day_of_adding_is_noted_where_no_date_is_found(tmp_path: Path, digest: Path) -> None:
    today = datetime.now(UTC).date().isoformat()
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "a.yml").write_text("title: Mine # by hand\n")
    (tmp_path / "b.md").write_text(DATED)
    done = add(digest, str(tmp_path / "a.txt"), str(tmp_path / "b.md"))
    assert [line for line in done.stdout.splitlines() if "no date found" in line] == [
        f"{digest / 'seeds/a.txt'}: no date found; added {today} is noted; "
        "write `published:` into its sidecar if you know better"
    ]
    assert (digest / "seeds/a.yml").read_text() == f"title: Mine # by hand\nadded: {today}\n"
    assert not (digest / "seeds/b.yml").exists()
    article = read_seed(digest / "seeds/a.txt", digest / "seeds")[0]
    assert (article.title, article.published, article.added) == ("Mine", None, today)
    assert add(digest, str(tmp_path / "a.txt")).stdout == f"unchanged: {digest / 'seeds/a.txt'}\n"


def test_pages_at_two_addresses_are_one_and_edits_stay(digest: Path) -> None:
    with serving() as site:
        page = b"<title>T</title><article><h1>T</h1><p>A text of one page that says what there is to say.</p></article>"
        site.put("/a", page)
        site.put("/old", status=301, Location="/a")
        here = ("--allow-private", "127.0.0.1")
        assert add(digest, site.base + "/a", *here).stdout.startswith("new: ")
        (seed,) = (digest / "seeds").glob("*.html")
        done = add(digest, site.base + "/old", site.base + "/a?utm_source=x", *here)
        site.put("/a?utm_source=x", page)
        done = add(digest, site.base + "/old", site.base + "/a?utm_source=x", *here)
        assert done.stdout.splitlines() == [
            f"is there already as {seed}: {site.base}{path}" for path in ("/old", "/a?utm_source=x")
        ]
        seed.write_bytes(page.replace(b"says", b"tells"))
        done = add(digest, site.base + "/a", *here)
        assert "was edited since it was fetched" in done.stderr and done.stderr.endswith("or give --replace\n")
        assert add(digest, "--replace", site.base + "/a", *here).stdout == f"updated: {seed}\n"
        assert seed.read_bytes() == page


def test_seeds_are_named_from_where_the_user_is(
    tmp_path: Path, digest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(digest)
    for name, said in (("a.txt", "new: seeds/a.txt"), ("b.txt", "is there already as seeds/a.txt: ")):
        (tmp_path / name).write_text("Text without a date.", "utf-8")
        done = CliRunner().invoke(main, ["add", str(tmp_path / name)])
        assert done.stdout.startswith(said)
        assert str(digest) not in done.stdout
