"""The main job on the user's two articles, and on what may happen to a digest over the years."""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator import build, config
from generator.model import Translation
from generator.render.page_markup import without_connections
from generator.storage import docs_folder, records, run_state
from generator.translate.memory import Memory
from tests.support.memories import save_memory

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "data" / "reviewed.ar-en.tsv"
SEEDS = ("000_5eb26117233ace39", "003_3833091f4ec1012b")


def gold() -> dict[str, list[tuple[str, str]]]:
    """Return the reviewed sentences of each seed, in order."""
    found: dict[str, list[tuple[str, str]]] = {slug: [] for slug in SEEDS}
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[Path(row["seed"]).stem].append((row["ar"], row["en"]))
    return found


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """Return a digest of the user's two articles with nothing generated yet, and no model anywhere."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "no-models"))
    for name in ("seeds", "memory"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return config.load(tmp_path / "mkdocs.yml")


def translations(settings: config.Settings) -> dict[str, Translation]:
    files = sorted(settings.docs.glob("en/articles/*/article.json"))
    return {file.parent.name: records.parse_record(file.read_bytes(), str(file)) for file in files}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def test_the_seeds_are_the_users_byte_for_byte() -> None:
    sums = {file.name: run_state.content_hash(file.read_bytes()) for file in sorted((ROOT / "seeds").iterdir())}
    assert sums == {
        "000_5eb26117233ace39.txt": "5c4ee900e2bb939d68673bd03296bf30e26f2fa0a0fdbeeab1f668160f65f387",
        "003_3833091f4ec1012b.txt": "440b495936b76f6ab54cfb96e27d9474e0f95aad874bc6fca3dd81c525aa5ede",
    }


def test_every_sentence_of_both_articles_in_both_languages(digest: config.Settings) -> None:
    report = build.generate(digest)
    assert (report.articles, report.sentences, report.reviewed) == (2, 34, 34)
    assert (report.machine, report.untranslated, report.problems) == (0, 0, [])
    for slug, translation in translations(digest).items():
        assert translation.digest.document.language == "ar"
        assert [(segment.source, segment.target) for segment in translation.segments] == gold()[slug]
        picked = translation.digest.picked
        assert 3 <= len(picked) <= 6
        assert list(picked) == sorted(set(picked))
        title = translation.title
        assert title.target
        assert max(len(title.source), len(title.target)) <= 90


def test_the_committed_pages_are_what_the_seeds_give(digest: config.Settings) -> None:
    build.generate(digest)
    generated = tree(digest.docs)
    committed = tree(ROOT / "docs")
    assert {name: committed.get(name) for name in generated} == generated


def test_a_second_run_changes_no_byte_even_where_nothing_is_remembered(digest: config.Settings) -> None:
    build.generate(digest)
    first = tree(digest.docs)
    again = build.generate(digest)
    assert (again.unchanged, again.written, again.reviewed) == (True, 0, 34)
    shutil.rmtree(digest.cache)
    assert build.generate(digest).written == 0
    assert tree(digest.docs) == first


def test_a_run_with_nothing_to_do_loads_no_model(digest: config.Settings) -> None:
    build.generate(digest)
    program = (
        "import sys, generator.cli\n"
        "try:\n    generator.cli.main(['generate'])\nexcept SystemExit as stop:\n    assert not stop.code\n"
        "print(sorted({'ctranslate2', 'sentencepiece', 'argostranslate', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=digest.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["2 articles, nothing to do", "[]"]


def test_without_memory_and_model_nothing_is_dropped_or_invented(digest: config.Settings) -> None:
    report = build.generate(digest, use_memory=False)
    assert (report.untranslated, report.missing) == (34, ["ar-en"])
    for slug, translation in translations(digest).items():
        assert [segment.source for segment in translation.segments] == [source for source, _ in gold()[slug]]
        assert {(segment.origin, segment.target) for segment in translation.segments} == {("none", None)}
    for page in digest.docs.glob("en/articles/*/index.md"):
        assert "In Arabic, not translated into English yet" in page.read_text("utf-8")
    assert build.generate(digest).reviewed == 34


def test_an_edited_page_is_a_lasting_correction(digest: config.Settings) -> None:
    build.generate(digest)
    page = digest.docs / "en/articles" / SEEDS[0] / "index.md"
    source, old = gold()[SEEDS[0]][9]
    text = page.read_text("utf-8")
    assert text.count(old) == 1
    page.write_text(text.replace(old, "That is why we follow it closely & daily."), "utf-8")
    report = build.generate(digest)
    assert len(report.corrections) == 1
    assert "1 corrected sentence" in report.corrections[0]
    assert Memory.load(digest.memory, "ar", "en").lookup(source) == "That is why we follow it closely & daily."
    assert "That is why we follow it closely &#38; daily." in page.read_text("utf-8")
    assert translations(digest)[SEEDS[0]].segments[9].origin == "reviewed"
    assert not list((digest.memory / "kept").glob("*.md"))
    assert build.generate(digest).corrections == []


def test_an_edit_that_cannot_be_placed_is_kept_aside(digest: config.Settings) -> None:
    build.generate(digest)
    page = digest.docs / "ar/index.md"
    edited = page.read_text("utf-8") + "\nأهلا\n"
    page.write_text(edited, "utf-8")
    report = build.generate(digest)
    kept = digest.memory / "kept" / "ar-index.1.md"
    assert kept.read_text("utf-8") == edited
    assert report.kept == ["memory/kept/ar-index.1.md"] and report.kept[0] in report.corrections[0]
    assert "أهلا" not in page.read_text("utf-8")


def test_a_new_article_leaves_the_pages_of_the_others_alone_but_for_the_way_to_it(
    digest: config.Settings,
) -> None:
    build.generate(digest)
    before = tree(digest.docs / "en" / "articles")
    (digest.seeds / "new.txt").write_text("هذه جملة جديدة لم يترجمها أحد. وهذه جملة أخرى عن ليبيا.", "utf-8")
    report = build.generate(digest)
    assert (report.articles, report.untranslated, report.missing) == (3, 2, ["ar-en"])
    after = tree(digest.docs / "en" / "articles")
    assert [name for name in before if after[name] != before[name]] == [
        f"{SEEDS[1]}/index.md"
    ]  # it is beside that
    page, way = after[f"{SEEDS[1]}/index.md"].decode(), '<p class="older">'
    assert way in page and way not in before[f"{SEEDS[1]}/index.md"].decode()
    both = (without_connections(each.decode()) for each in (before[f"{SEEDS[1]}/index.md"], page.encode()))
    assert len({docs_folder.unsigned(each.encode()) for each in both}) == 1


def test_a_seed_that_goes_takes_its_pages_along(digest: config.Settings) -> None:
    build.generate(digest)
    (digest.seeds / f"{SEEDS[1]}.txt").unlink()
    assert build.generate(digest).articles == 1
    assert list(translations(digest)) == [SEEDS[0]]
    assert not (digest.docs / "ar/articles" / SEEDS[1]).exists()


def test_a_seed_that_breaks_keeps_its_earlier_page(digest: config.Settings) -> None:
    build.generate(digest)
    before = tree(digest.docs)
    (digest.seeds / f"{SEEDS[1]}.txt").write_bytes(b"")
    report = build.generate(digest)
    assert len(report.problems) == 1
    assert SEEDS[1] in report.problems[0]
    assert tree(digest.docs) == before


def test_a_line_that_breaks_keeps_its_earlier_page_and_the_others_go_on(digest: config.Settings) -> None:
    lines = [json.dumps({"id": f"n{n}", "text": f"Report {n} says so."}) for n in range(4)]
    seed = digest.seeds / "wire.jsonl"

    def made() -> dict[str, str]:
        pages = {slug: each.segments[0].source for slug, each in translations(digest).items()}
        return {slug: text for slug, text in pages.items() if slug.startswith("wire")}

    seed.write_text("\n".join(lines[:3]))
    assert build.generate(digest).problems == []
    before = made()
    assert list(before) == ["wire-jsonl-n0", "wire-jsonl-n1", "wire-jsonl-n2"]
    seed.write_text("\n".join([lines[0].replace("says", "said"), lines[1][:-1], *lines[2:]]))
    for _ in range(2):
        report = build.generate(digest)
        (problem,) = report.problems
        assert problem.startswith("seeds/wire.jsonl: is no valid JSON in line 2 (")
        assert problem.endswith("); mend it (its earlier pages stay)")
        assert (report.articles, report.removed) == (6, 0)
        assert made() == before | {
            "wire-jsonl-n0": "Report 0 said so.",
            "wire-jsonl-n3": "Report 3 says so.",
        }
    assert run(digest, "generate", "--quiet").returncode == 1
    seed.write_text("\n".join(lines[2:]))
    assert build.generate(digest).problems == []
    assert list(made()) == ["wire-jsonl-n2", "wire-jsonl-n3"]


def test_a_machine_translation_stays_until_its_source_changes(digest: config.Settings) -> None:
    build.generate(digest)
    seed = digest.seeds / f"{SEEDS[0]}.txt"
    file = digest.docs / records.record_path("en", SEEDS[0])
    made = records.parse_record(file.read_bytes(), str(file))
    machine = replace(
        made.segments[17],
        target="Need is of policy.",
        origin="machine",
        signature="argos:ar-en:1.0",
        score=-0.7,
    )
    file.write_bytes(
        records.dump_record(replace(made, segments=(*made.segments[:17], machine, *made.segments[18:])))
    )
    reviewed = Memory.load(digest.memory, "ar", "en").exact
    reviewed.pop(machine.source)
    save_memory(digest.memory, "ar", "en", reviewed)
    seed.write_text(seed.read_text("utf-8") + " وهذه جملة جديدة.", "utf-8")
    report = build.generate(digest)
    assert (report.reviewed, report.machine, report.untranslated) == (33, 1, 1)
    assert translations(digest)[SEEDS[0]].segments[17] == machine


def test_seeds_of_one_name_give_articles_of_their_own(digest: config.Settings) -> None:
    (digest.seeds / "a").mkdir()
    for name in ("a-b.txt", "a/b.txt", "A-B.txt"):
        (digest.seeds / name).write_text(f"This is what {name} says. It says no more.", "utf-8")
    build.generate(digest)
    names = {made.digest.document.article.seed: slug for slug, made in translations(digest).items()}
    assert len(set(names.values())) == 5
    (digest.seeds / "c.txt").write_text("Another one.", "utf-8")
    build.generate(digest)
    again = {made.digest.document.article.seed: slug for slug, made in translations(digest).items()}
    assert {name: again[name] for name in names} == names


def test_records_alone_give_every_page_again(digest: config.Settings) -> None:
    (digest.seeds / "new.txt").write_text("هذه جملة جديدة لم يترجمها أحد.", "utf-8")
    build.generate(digest)
    before = tree(digest.docs)
    for folder in (digest.seeds, digest.memory, digest.cache):
        shutil.rmtree(folder)
    for file in [*digest.docs.rglob("*.md"), *digest.docs.rglob("*.xml")]:
        file.unlink()
    done = run(digest, "render")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(digest.docs) == before

    page = digest.docs / "en/articles" / SEEDS[0] / "index.md"
    page.write_text(page.read_text("utf-8").replace("NATO", "The alliance"), "utf-8")
    done = run(digest, "render")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "was edited" in done.stderr
    assert "The alliance" in page.read_text("utf-8")


def test_a_changed_sidecar_is_noticed(digest: config.Settings) -> None:
    build.generate(digest)
    (digest.seeds / f"{SEEDS[0]}.yml").write_text("author: A. Writer\n", "utf-8")
    build.generate(digest)
    assert translations(digest)[SEEDS[0]].digest.document.article.author == "A. Writer"
    (digest.seeds / f"{SEEDS[0]}.yml").unlink()
    build.generate(digest)
    assert translations(digest)[SEEDS[0]].digest.document.article.author is None


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--no-memory"], 0), (["--no-memory", "--strict"], 1), (["--strict"], 0)]
)
def test_the_command_says_what_is_missing(digest: config.Settings, arguments: list[str], code: int) -> None:
    done = run(digest, "generate", *arguments)
    assert done.returncode == code
    lines = done.stderr.splitlines()
    if "--no-memory" in arguments:
        assert lines == [
            "digest: no model is installed for ar-en; install with: digest models install ar-en",
        ]
    else:
        assert lines == []


def test_the_report_as_json(digest: config.Settings) -> None:
    report = json.loads(run(digest, "generate", "--json").stdout)
    assert (report["articles"], report["reviewed"], report["missing"]) == (2, 34, [])


def test_outside_a_digest_one_line_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "generate"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "mkdocs.yml" in done.stderr


def run(settings: config.Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=settings.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
