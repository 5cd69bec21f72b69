"""The main job with a real model: a Chinese article, the official Argos zh→en package, no network."""

import json
import re
import shutil
from pathlib import Path

import pytest

from generator.storage import records
from tests.support.argos_package import install_real_package
from tests.support.chinese import CHINESE
from tests.support.offline import ROOT, run


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    install_real_package(folder)
    return folder


@pytest.fixture
def digest(tmp_path: Path, packages: Path) -> Path:
    """Return a copy of the digest with a Chinese article among its seeds and nothing generated."""
    for name in ("seeds", "memory"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "seeds" / "班加西.txt").write_text(CHINESE, "utf-8")
    return tmp_path


def test_a_chinese_article_is_translated_offline_and_says_so(digest: Path, packages: Path) -> None:
    done = run(digest, "generate", "--strict", "--json", ARGOS_PACKAGES_DIR=str(packages))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["articles"], report["reviewed"], report["untranslated"]) == (3, 34, 0)
    assert report["machine"] == report["sentences"] - 34 == 5
    file = digest / "docs/en/articles/班加西/article.json"
    made = records.parse_record(file.read_bytes(), str(file))
    assert made.digest.document.language == "zh"
    assert "".join(segment.source for segment in made.segments) == "".join(CHINESE.split())
    for segment in made.segments:
        assert segment.origin == "machine"
        assert segment.signature.startswith("argos:zh-en:1.9:")
        assert segment.target
    english = " ".join(segment.target or "" for segment in made.segments)
    for word in ("Benghazi", "400,000", "2027"):
        assert word in english
    for tree in ("en", "zh"):
        page = (digest / f"docs/{tree}/articles/班加西/index.md").read_text("utf-8")
        assert "Argos" in page
        assert "1.9" in page
        assert page.count('class="note machine"') >= len(made.segments)

    before = {path: path.read_bytes() for path in sorted((digest / "docs").rglob("*")) if path.is_file()}
    shutil.rmtree(digest / ".cache")
    again = run(digest, "generate", "--json", ARGOS_PACKAGES_DIR=str(digest / "none"))
    assert json.loads(again.stdout)["written"] == 0, "the records alone give the same pages, without a model"
    assert {path: path.read_bytes() for path in before} == before


def test_words_are_linked_until_a_person_corrects_the_sentence(digest: Path, packages: Path) -> None:
    assert run(digest, "generate", ARGOS_PACKAGES_DIR=str(packages)).returncode == 0
    page = digest / "docs/en/articles/班加西/index.md"
    made = page.read_text("utf-8")
    linked = re.findall('<li id="(s[0-9]+)" class="[^"]*machine" data-links="[0-9a-f]+(?: -?[0-9]+)+">', made)
    assert "s1" in linked
    first = re.compile('(<li id="s1".*?<p class="target"[^>]*>)[^<]*', re.DOTALL)
    page.write_text(first.sub(r"\1Power is back.", made), "utf-8")
    done = run(digest, "generate", ARGOS_PACKAGES_DIR=str(packages))
    assert "1 corrected sentence is now in memory/" in done.stdout + done.stderr
    assert not (digest / "memory/kept").exists()
    corrected = page.read_text("utf-8")
    assert '<li id="s1" class="paragraph reviewed">' in corrected
    assert corrected.count(" data-links=") == len(linked) - 1


def test_without_memory_the_machine_alone_is_shown(digest: Path, packages: Path) -> None:
    done = run(
        digest, "translate", "--from", "zh", "--no-memory", "--jsonl",
        given='{"id": "a", "text": "政府计划建两座发电厂。"}\n', ARGOS_PACKAGES_DIR=str(packages),
    )  # fmt: skip
    (row,) = (json.loads(line) for line in done.stdout.splitlines())
    assert (row["id"], row["origin"]) == ("a", "machine")
    assert "government" in row["target"].lower()
    assert row["score"] < 0
    assert isinstance(row["findings"], list)


def test_a_pair_without_a_model_is_named(digest: Path, packages: Path) -> None:
    done = run(digest, "generate", "--no-memory", "--strict", ARGOS_PACKAGES_DIR=str(packages))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "digest: no model is installed for ar-en; install with: digest models install ar-en"
    ]


YIYANG = "益阳是一座古老的城市。\n\n许多年轻人回到益阳工作。\n"


def test_a_term_settled_later_reaches_what_was_translated_and_leaves_it_again(
    tmp_path: Path, packages: Path
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "memory").mkdir()
    (tmp_path / "seeds/a.txt").write_text(YIYANG, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Digest\n")
    glossary, record = tmp_path / "memory/glossary.zh-en.csv", tmp_path / "docs/en/articles/a/article.json"

    def targets(*arguments: str) -> list[str]:
        done = run(tmp_path, "generate", *arguments, ARGOS_PACKAGES_DIR=str(packages))
        assert (done.returncode, done.stderr) == (0, "")
        return [row["target"] for row in json.loads(record.read_bytes())["sentences"]]

    first = targets()
    assert not any("Yiyang" in target for target in first)
    for spelling in ("Yiyang", "Yi-Yang"):
        glossary.write_text(f"source,target,note\n益阳,{spelling},\n", "utf-8")
        assert all(spelling in target for target in targets())
    afresh = record.read_bytes()
    record.unlink()
    targets()
    assert record.read_bytes() == afresh
    glossary.unlink()
    assert targets() == first
    (tmp_path / "mkdocs.yml").write_text("site_name: Digest\nextra: {digest: {quality: best}}\n")
    targets()
    assert b"|beam:2|" in record.read_bytes()
    targets("--again", "a")
    assert b"|beam:2|" not in record.read_bytes()
