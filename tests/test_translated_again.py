"""What machines translated before follows the glossary, the settings and whoever asks for it again."""

import json
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import build, config
from generator.cli import main
from generator.model import DigestError
from generator.storage.records import Records
from tests.support.digests import tree
from tests.support.tiny_model import copying_package

NONE = ""
FOX = "source,target,note\nrenard,fox,\n"
RENAMED = "source,target,note\nrenard,vixen,\n"
MENDED = "source,target,note\nrenard,vixen|~renard,\nloup,wolf,\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """Return a digest of two French articles and a German one, with a model that copies its source."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    folder = tmp_path / "digest"
    (folder / "seeds").mkdir(parents=True)
    for name, language, text in (
        ("a", "fr", "un renard. le loup."),
        ("b", "fr", "le renard. un chat."),
        ("c", "de", "der hund. der fuchs."),
    ):
        (folder / f"seeds/{name}.txt").write_text(text, "utf-8")
        (folder / f"seeds/{name}.yml").write_text(f"language: {language}\n", "utf-8")
    for language in ("fr", "de"):
        copying_package(tmp_path / "packages", language, "en")
    (folder / "mkdocs.yml").write_text("site_name: Digest\n")
    return config.load(folder / "mkdocs.yml")


def write_glossary(settings: config.Settings, table: str, pair: str = "fr-en") -> None:
    settings.memory.mkdir(exist_ok=True)
    (settings.memory / f"glossary.{pair}.csv").write_text(table)
    if not table:
        (settings.memory / f"glossary.{pair}.csv").unlink()


def targets(settings: config.Settings, slug: str = "a") -> list[str | None]:
    return [segment.target for segment in Records.of(settings).load(slug).segments]


def signatures(settings: config.Settings) -> dict[str, set[str]]:
    return {
        slug: {segment.signature for segment in Records.of(settings).load(slug).segments}
        for slug in ("a", "b", "c")
    }


def without_models(monkeypatch: pytest.MonkeyPatch, settings: config.Settings) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(settings.root / "none"))


def digest(settings: config.Settings, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["generate", "-f", str(settings.root / "mkdocs.yml"), *arguments])


def test_a_glossary_that_comes_changes_and_goes_is_followed(settings: config.Settings) -> None:
    found = []
    for table in (NONE, FOX, RENAMED, NONE):
        write_glossary(settings, table)
        build.generate(settings)
        found.append(targets(settings)[0])
    assert found == ["un renard.", "un fox.", "un vixen.", "un renard."]


HISTORIES = [(NONE, FOX), (FOX, RENAMED, MENDED), (MENDED, FOX, NONE), (RENAMED, NONE, MENDED)]


@pytest.mark.parametrize("has_models", [True, False])
@pytest.mark.parametrize("tables", HISTORIES)
def test_a_run_that_remembers_gives_what_one_that_does_not_and_the_next_changes_nothing(
    settings: config.Settings, monkeypatch: pytest.MonkeyPatch, tables: Sequence[str], has_models: bool
) -> None:
    folder, models = settings.root, str(settings.root.parent / "packages")
    write_glossary(settings, tables[0])
    build.generate(settings)
    for _, table in pairwise(tables):
        if not has_models:
            without_models(monkeypatch, settings)
        write_glossary(settings, table)
        forgetful = shutil.copytree(folder, folder.parent / "forgetful", dirs_exist_ok=False)
        shutil.rmtree(forgetful / ".cache")
        build.generate(settings)
        build.generate(config.load(forgetful / "mkdocs.yml"))
        made = tree(folder)
        assert made == tree(forgetful)
        assert build.generate(settings).written == 0
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", models)
        build.generate(settings)
        build.generate(config.load(forgetful / "mkdocs.yml"))
        assert tree(folder) == tree(forgetful)
        assert (tree(folder) == made) == has_models or table == MENDED
        shutil.rmtree(forgetful)


def test_without_a_model_earlier_sentences_stay_until_there_is_one(
    settings: config.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_glossary(settings, FOX)
    build.generate(settings)
    write_glossary(settings, RENAMED)
    with monkeypatch.context() as patch:
        without_models(patch, settings)
        said = digest(settings)
        assert (said.exit_code, targets(settings)[0]) == (0, "un fox.")
        assert said.stderr.splitlines() == [
            "digest: 2 sentences stay as translated before: no model is installed for fr-en; "
            "install with: digest models install fr-en"
        ]
        assert digest(settings, "--quiet").stderr == ""
    assert digest(settings).stderr == ""
    assert targets(settings)[0] == "un vixen."


def test_a_changed_glossary_costs_the_articles_of_its_language(settings: config.Settings) -> None:
    build.generate(settings)
    looked_at = 0

    def count() -> bool:
        nonlocal looked_at
        looked_at += 1
        return True

    write_glossary(settings, "source,target,note\nfuchs,fox,\n", "de-en")
    report = build.generate(settings, wanted=count)
    assert (report.changed, looked_at) == (["c"], 1)
    write_glossary(settings, FOX)
    assert build.generate(settings, wanted=count).changed == ["a", "b"]
    assert looked_at == 3


def spoil(settings: config.Settings) -> None:
    """Let every sentence be one of another version's, and the run begin as in a fresh clone."""
    shutil.rmtree(settings.cache)
    for slug in ("a", "b", "c"):
        file = Records.of(settings).file(slug)
        file.write_text(file.read_text("utf-8").replace("-en:1.0:", "-en:0.9:"), "utf-8")


def test_again_reaches_all_articles_or_those_named(settings: config.Settings) -> None:
    build.generate(settings)
    spoil(settings)
    assert build.generate(settings).other_settings == 6
    report = build.generate(settings, again=["b"])
    assert (report.changed, report.other_settings) == (["b"], 4)
    assert build.generate(settings, again=[]).changed == ["a", "c"]
    assert all(":1.0:" in name for names in signatures(settings).values() for name in names)
    assert build.generate(settings).unchanged


def test_again_says_what_it_cannot_do(settings: config.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build.generate(settings)
    before = tree(settings.root)
    unknown = digest(settings, "--again", "a", "nobody")
    assert (unknown.exit_code, unknown.stderr) == (
        1, "digest: nobody: no such article; name it as its address does, docs/…/articles/NAME/\n"
    )  # fmt: skip
    with pytest.raises(DigestError, match="nobody, none: no such article"):
        build.generate(settings, again=["none", "nobody"])
    assert digest(settings, "a").exit_code == 2
    without_models(monkeypatch, settings)
    for options in ((), ("--quiet",)):
        missing = digest(settings, "--again", "a", *options)
        assert (missing.exit_code, missing.stderr) == (
            1,
            "digest: 2 sentences stay as translated before: no model is installed for fr-en; "
            "install with: digest models install fr-en\n",
        )
    assert tree(settings.root) == before


def test_another_quality_is_said_and_reached_by_again(settings: config.Settings) -> None:
    build.generate(settings)
    (settings.root / "mkdocs.yml").write_text("site_name: Digest\nextra:\n  digest:\n    quality: best\n")
    said = digest(settings)
    assert said.exit_code == 0
    assert said.stdout.splitlines()[-1] == (
        "6 sentences were translated with other settings; digest generate --again translates anew"
    )
    assert "other settings" not in digest(settings).stdout
    assert json.loads(digest(settings, "--again", "--json").stdout)["other_settings"] == 0
    assert all("|beam:4|" in name for names in signatures(settings).values() for name in names)
    (settings.root / "mkdocs.yml").write_text("site_name: Digest\n")
    assert digest(settings, "--quiet").output == ""
