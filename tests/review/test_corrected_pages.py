"""Corrections of headlines and summaries, and what becomes of corrections that contradict each other."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from generator import build, config
from generator.storage import docs_folder
from generator.translate.memory import Memory
from tests.support.digests import make
from tests.support.offline import run
from tests.support.pages import with_old_summary
from tests.support.samples import STAYS, reviewed

PUBLISHED = "عنوان منشور للخبر"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """Return a generated digest of the user's two articles, and copies of one under two other names."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    folder = make(tmp_path / "digest", 0)
    text = (folder / "seeds" / f"{STAYS}.txt").read_text("utf-8")
    (folder / "seeds/copy.txt").write_text(text, "utf-8")
    (folder / "seeds/titled.txt").write_text(text, "utf-8")
    (folder / "seeds/titled.yml").write_text(f"title: {PUBLISHED}\n", "utf-8")
    settings = config.load(folder / "mkdocs.yml")
    build.generate(settings)
    return settings


def page_of(digest: config.Settings, slug: str, tree: str = "en") -> Path:
    return digest.docs / tree / "articles" / slug / "index.md"


def record_of(digest: config.Settings, slug: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(page_of(digest, slug).with_name("article.json").read_bytes())
    return found


def put(page: Path, pattern: str, text: str) -> None:
    """Put a text into the first place of a page that a pattern leads to."""
    changed, count = re.subn(
        rf"({pattern})[^<\n]*", lambda found: found[1] + text, page.read_text("utf-8"), count=1
    )
    assert count == 1
    page.write_text(changed, "utf-8")


def summarize(digest: config.Settings, slug: str, tree: str = "en") -> Path:
    """Let a page be as versions wrote it that repeated the summary above the text."""
    page, picked = (
        page_of(digest, slug, tree),
        json.loads(page_of(digest, slug).with_name("article.json").read_bytes())["picked"],
    )
    text = docs_folder.unsigned(page.read_bytes()).decode()
    old = with_old_summary(text, [index + 1 for index in picked], {"en": "Summary", "ar": "الخلاصة"}[tree])
    page.write_bytes(docs_folder.signed(old.encode()))
    return page


HEADLINE = r'<h1 id="title"[^>]*>'
BELOW = r'<p class="headline target[^>]*>'
FRONT_MATTER = r"\ntitle: "


def of_summary(number: int) -> str:
    return rf'(?s:<li value="{number}".*?<p class="target"[^>]*>(?:<a[^>]*>)?)'


def of_text(number: int) -> str:
    return rf'(?s:<li id="s{number}".*?<p class="target"[^>]*>)'


def known(digest: config.Settings) -> Memory:
    return Memory.load(digest.memory, "ar", "en")


FIRST, SECOND = (source for source, _ in reviewed()[STAYS][:2])
PLACES = [
    ("en", HEADLINE, "My headline & all"),
    ("ar", BELOW, "My headline & all"),
    ("en", FRONT_MATTER, '"My headline &#38; all"'),
    ("en", FRONT_MATTER, "My headline & all"),
]


@pytest.mark.parametrize(("tree", "pattern", "text"), PLACES)
def test_a_corrected_headline_is_taken_over_and_the_first_sentence_stays(
    digest: config.Settings, tree: str, pattern: str, text: str
) -> None:
    put(page_of(digest, STAYS, tree), pattern, text)
    report = build.generate(digest)
    assert report.corrections == [
        f"docs/{tree}/articles/{STAYS}/index.md: the corrected headline is now in memory/"
    ]
    assert (report.problems, report.kept) == ([], [])
    for shown in (page_of(digest, STAYS), digest.docs / "en/index.md"):
        assert "My headline &#38; all" in shown.read_text("utf-8")
    record = record_of(digest, STAYS)
    assert record["title"]["target"] == "My headline & all"  # type: ignore[index]
    assert record["sentences"][0]["target"] == dict(reviewed()[STAYS])[FIRST]  # type: ignore[index]
    assert record_of(digest, "copy")["title"]["target"] != "My headline & all"  # type: ignore[index]
    assert build.generate(digest).unchanged


def test_a_headline_that_reads_like_the_first_sentence_is_corrected_apart_from_it(
    digest: config.Settings,
) -> None:
    seed = digest.seeds / "short.txt"
    seed.write_text("هل وصل الوفد؟ نعم، وصل أمس.", "utf-8")
    build.generate(digest)
    page = page_of(digest, "short")
    put(page, of_text(1), "Has the delegation arrived?")
    build.generate(digest)
    put(page, HEADLINE, "They are here")
    build.generate(digest)
    record = record_of(digest, "short")
    assert record["title"]["target"] == "They are here"  # type: ignore[index]
    assert record["sentences"][0]["target"] == "Has the delegation arrived?"  # type: ignore[index]
    put(page, of_text(1), "Did the delegation arrive?")
    build.generate(digest)
    record = record_of(digest, "short")
    assert record["title"]["target"] == "They are here"  # type: ignore[index]
    assert record["sentences"][0]["target"] == "Did the delegation arrive?"  # type: ignore[index]


def test_a_published_headline_is_a_sentence_of_its_own(digest: config.Settings) -> None:
    put(page_of(digest, "titled"), HEADLINE, "A published headline")
    report = build.generate(digest)
    assert (report.problems, report.kept, len(report.corrections)) == ([], [], 1)
    assert known(digest).exact[PUBLISHED] == "A published headline"
    assert record_of(digest, "titled")["title"]["origin"] == "reviewed"  # type: ignore[index]


@pytest.mark.parametrize("tree", ["en", "ar"])
def test_a_correction_in_the_summary_is_taken_over(digest: config.Settings, tree: str) -> None:
    put(summarize(digest, STAYS, tree), of_summary(2), "Corrected above.")
    report = build.generate(digest)
    assert (report.problems, report.kept) == ([], [])
    assert "1 corrected sentence is now in memory/ in place of “In remarks" in report.corrections[0]
    assert known(digest).exact[SECOND] == "Corrected above."
    assert page_of(digest, "copy").read_text("utf-8").count("Corrected above.") == 1


def test_of_two_corrections_on_a_page_the_texts_counts_and_the_other_is_kept(digest: config.Settings) -> None:
    page = summarize(digest, STAYS)
    put(page, of_summary(2), "Corrected above.")
    put(page, of_text(2), "Corrected below.")
    edited = page.read_bytes()
    done = run(digest.root, "generate", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    (problem,) = report["problems"]
    (copy,) = report["kept"]
    assert all(text in problem for text in ("Corrected above.", "Corrected below.", copy, "sentence 2"))
    assert (digest.root / copy).read_bytes() == edited
    assert known(digest).exact[SECOND] == "Corrected below."
    assert run(digest.root, "generate").returncode == 0


def test_the_pages_of_both_trees_may_contradict_each_other(digest: config.Settings) -> None:
    put(page_of(digest, STAYS, "ar"), of_text(2), "From the Arabic page.")
    put(page_of(digest, STAYS, "en"), of_text(2), "From the English page.")
    report = build.generate(digest)
    (problem,) = report.problems
    assert "From the Arabic page." in problem and "From the English page." in problem
    assert report.kept == [f"memory/kept/ar-articles-{STAYS}-index.1.md"]
    assert known(digest).exact[SECOND] == "From the English page."


def test_the_same_correction_in_several_places_is_one(digest: config.Settings) -> None:
    for tree in ("ar", "en"):
        summarize(digest, STAYS, tree)
        for place in (of_text(2), of_summary(2)):
            put(page_of(digest, STAYS, tree), place, "Twice the same.")
    report = build.generate(digest)
    assert (report.problems, report.kept) == ([], [])
    assert known(digest).exact[SECOND] == "Twice the same."


def test_two_articles_that_contradict_each_other_each_keep_their_own(digest: config.Settings) -> None:
    before = known(digest).exact[SECOND]
    put(page_of(digest, STAYS), of_text(2), "As Anna has it.")
    put(page_of(digest, "copy"), of_text(2), "As Omar has it.")
    done = run(digest.root, "generate")
    assert done.returncode == 1
    (problem,) = done.stderr.splitlines()
    assert all(text in problem for text in ("As Anna has it.", "As Omar has it.", "memory/ar-en.tmx"))
    assert page_of(digest, STAYS).read_text("utf-8").count("As Anna has it.") == 1
    assert page_of(digest, "copy").read_text("utf-8").count("As Omar has it.") == 1
    assert known(digest).lookup(SECOND) == before
    assert before.encode() in page_of(digest, "titled").read_bytes().replace(b"&#34;", b'"')
    assert run(digest.root, "generate").returncode == 0
    for slug in (STAYS, "copy"):
        put(page_of(digest, slug), of_text(2), "As both have it.")
    report = build.generate(digest)
    assert report.problems == []
    assert "As both have it." in page_of(digest, "titled").read_text("utf-8")


def test_a_sentence_with_a_translation_of_its_own_is_corrected_in_its_article(digest: config.Settings) -> None:
    put(page_of(digest, STAYS), of_text(2), "As Anna has it.")
    put(page_of(digest, "copy"), of_text(2), "As Omar has it.")
    build.generate(digest)
    put(page_of(digest, "copy"), of_text(2), "As Omar has it now.")
    report = build.generate(digest)
    assert (report.problems, report.kept) == ([], [])
    assert "in place of “As Omar has it.”" in report.corrections[0]
    assert "As Omar has it now." in page_of(digest, "copy").read_text("utf-8")
    assert "As Anna has it." in page_of(digest, STAYS).read_text("utf-8")


def test_no_kept_copy_is_ever_overwritten_and_none_is_kept_twice(digest: config.Settings) -> None:
    page = page_of(digest, STAYS)
    made = page.read_bytes()
    for heading in ("First", "Second", "First"):
        page.write_bytes(made.replace(b">Full text, sentence by sentence</h2>", f">{heading}</h2>".encode()))
        done = run(digest.root, "generate", "--quiet")
        assert done.returncode == 0 and done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert line.startswith(
            f"digest: docs/en/articles/{STAYS}/index.md: the page was made anew; your other changes"
        )
        assert page.read_bytes() == made
    copies = sorted((digest.memory / "kept").iterdir())
    assert [file.name for file in copies] == [f"en-articles-{STAYS}-index.{number}.md" for number in (1, 2)]
    assert [re.findall(b">(First|Second)<", file.read_bytes()) for file in copies] == [[b"First"], [b"Second"]]


def test_an_emptied_sentence_is_given_back_to_the_machine(digest: config.Settings) -> None:
    put(page_of(digest, STAYS), of_text(4), "")
    report = build.generate(digest)
    assert report.corrections == [f"docs/en/articles/{STAYS}/index.md: sentence 4 is given back to the machine"]
    assert report.untranslated == 3  # in each article with that sentence
    assert reviewed()[STAYS][3][0] not in known(digest).exact


def test_an_emptied_headline_is_given_back_to_the_machine(digest: config.Settings) -> None:
    before = page_of(digest, STAYS).read_bytes()
    put(page_of(digest, STAYS), HEADLINE, "My headline")
    build.generate(digest)
    put(page_of(digest, STAYS), HEADLINE, "")
    report = build.generate(digest)
    assert "the headline is given back to the machine" in report.corrections[0]
    assert page_of(digest, STAYS).read_bytes() == before


def test_markup_in_a_sentence_is_kept_aside_with_its_page(digest: config.Settings) -> None:
    put(page_of(digest, STAYS), of_text(4), "A <em>bold</em> word.")
    report = build.generate(digest)
    assert "A bold word." in known(digest).exact.values()
    assert len(report.kept) == 1


def test_a_correction_whose_language_nobody_knows_is_kept(digest: config.Settings) -> None:
    (digest.seeds / "odd.txt").write_text("zxqj qkxv wqzx jvqk.", "utf-8")
    build.generate(digest)
    put(page_of(digest, "odd"), of_text(1), "Something.")
    report = build.generate(digest)
    assert report.kept == ["memory/kept/en-articles-odd-index.1.md"]
    assert "its language is not known" in report.corrections[0]
    assert not (digest.memory / "unknown-en.tmx").exists()


def test_who_corrected_stands_in_memory_and_record_and_on_pages_where_that_is_asked_for(
    digest: config.Settings,
) -> None:
    page = page_of(digest, STAYS)
    put(page, of_text(2), "As Anna has it.")
    assert run(digest.root, "generate", "--by", "Anna *Q*").returncode == 0
    sentence = record_of(digest, STAYS)["sentences"][1]  # type: ignore[index]
    assert (sentence["target"], sentence["reviewed_by"]) == ("As Anna has it.", "Anna *Q*")
    assert re.fullmatch(r"\d{8}T\d{6}Z", sentence["reviewed_on"])
    assert 'changeid="Anna *Q*"' in (digest.memory / "ar-en.tmx").read_text("utf-8")
    assert "Anna" not in page.read_text("utf-8").replace("As Anna", "")
    settings = digest.root / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  digest:\n", "  digest:\n    reviewers: true\n"), "utf-8"
    )
    assert run(digest.root, "generate").returncode == 0
    assert "translation reviewed (<bdi>Anna &#42;Q&#42;</bdi>)" in page.read_text("utf-8")
    put(page, of_text(3), "As Omar has it.")
    done = run(digest.root, "generate", "--by", "Omar")
    assert (done.returncode, done.stderr) == (0, "")
    assert "<bdi>Omar</bdi>" in page.read_text("utf-8")


def test_the_name_that_git_knows_signs_a_correction(digest: config.Settings) -> None:
    for command in (["init", "-q"], ["config", "user.name", "Omar عمر"]):
        subprocess.run(["git", "-C", str(digest.root), *command], check=True)
    put(page_of(digest, STAYS), of_text(2), "As Omar has it.")
    build.generate(digest)
    assert record_of(digest, STAYS)["sentences"][1]["reviewed_by"] == "Omar عمر"  # type: ignore[index]
