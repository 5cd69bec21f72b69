"""`digest models` and `digest generate --install`: what seeds need, got where there is a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.model import Link, Segment
from generator.storage.records import dump_record, record_path
from tests.support import samples
from tests.support.argos_index import argos_index, copying_archive
from tests.support.memories import save_memory
from tests.support.samples import ROOT
from tests.support.tiny_model import byte_pair_package, copying_package

Run = Callable[..., Result]
TURKISH = "Türkiye'nin başkenti Ankara'da bugün yeni bir müze açıldı. Müzeyi ilk gün binlerce kişi gezdi.\n"
FRENCH = "Le président de la République a inauguré hier le nouveau musée. Le public pourra le visiter demain.\n"


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command in a digest of a Turkish and a French article."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9")  # nobody answers there
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: Digest\n")
    Path("seeds").mkdir()
    Path("seeds/ankara.txt").write_text(TURKISH, "utf-8")
    Path("seeds/paris.txt").write_text(FRENCH, "utf-8")
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def network(digest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the index be reached; of all packages only Turkish can be had."""
    with argos_index(
        {"translate-tr_en-1_5.argosmodel": copying_archive(tmp_path / "made", "tr", "en", "1.5")}
    ) as (address, asked):
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", address)
        yield asked


def test_install_without_a_name_gets_what_the_seeds_need(digest: Run, network: list[str]) -> None:
    byte_pair_package(Path("packages"), "fr", "en")
    done = digest("models", "install")
    assert (done.exit_code, done.stdout) == (0, "installed tr-en 1.5\n")
    done = digest("models", "install")
    assert (done.exit_code, done.stdout) == (0, "nothing to install: what the seeds need is here\n")
    done = digest("generate")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "0 reviewed, 4 machine-translated" in done.stdout


def test_the_list_does_not_speak_for_seeds_that_were_not_read(digest: Run) -> None:
    listed = digest("models", "list").stdout
    assert listed == "no model is installed, and no article that digest generate has seen waits for one\n"
    digest("generate")
    assert "fr-en: not installed, articles wait for it" in digest("models", "list").stdout


def test_install_needs_no_model_for_what_people_translated(digest: Run, network: list[str]) -> None:
    first, second = TURKISH.strip().split(". ")
    save_memory(Path("memory"), "tr", "en", {f"{first}.": "A new museum opened.", second: "Thousands came."})
    byte_pair_package(Path("packages"), "fr", "en")
    assert digest("models", "install").stdout == "nothing to install: what the seeds need is here\n"
    assert network == []


def test_generate_installs_what_it_can_and_says_what_is_left(digest: Run, network: list[str]) -> None:
    done = digest("generate", "--install")
    assert done.exit_code == 0
    assert "installed tr-en 1.5" in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("digest: no model is installed for fr-en (")
    assert line.endswith("; install with: digest models install fr-en")
    report = json.loads(digest("generate", "--json").stdout)
    assert (report["untranslated"], report["missing"]) == (2, ["fr-en"])
    Path("seeds/paris.txt").unlink()
    assert digest("generate", "--install").stderr == ""


def test_without_a_network_one_line_says_what_to_run(digest: Run) -> None:
    done = digest("generate", "--install")
    assert done.exit_code == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("digest: no model is installed for fr-en tr-en (http://127.0.0.1:9/index.json: ")
    assert line.endswith("; install with: digest models install fr-en tr-en")
    done = digest("models", "install")
    assert done.exit_code == 1
    assert "can't be reached" in done.stderr
    assert done.stderr.endswith(", or carry the model here as a file: digest models install FILE.argosmodel\n")


def test_a_damaged_model_costs_the_sentences_of_its_pair(digest: Run) -> None:
    copying_package(Path("packages"), "tr", "en")
    french = copying_package(Path("packages"), "fr", "en")
    (french / "model/model.bin").write_bytes(b"nothing")
    done = digest("generate")
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "translate-fr_en-1_0/model: damaged, CTranslate2 can't load it; install the model again" in line
    report = json.loads(digest("generate", "--json").stdout)
    assert (report["articles"], report["machine"], report["untranslated"], report["missing"]) == (2, 2, 2, [])
    done = CliRunner().invoke(main, ["translate", "--from", "fr", "--to", "en"], input="Le chat dort.\n")
    assert done.exit_code == 1
    assert "damaged" in done.stderr
    assert "digest models install" not in done.stderr


def test_a_model_that_is_not_the_trusted_one_costs_no_more(digest: Run) -> None:
    copying_package(Path("packages"), "tr", "en")
    french = copying_package(Path("packages"), "fr", "en")
    assert digest("models", "verify", "--accept").exit_code == 0
    metadata = french / "metadata.json"
    metadata.write_text(f"{metadata.read_text()} ")
    done = digest("generate")
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "fr-en 1.0: not the model that models.lock trusts (metadata.json differs)" in line
    assert "2 machine-translated, 2 need care, 2 not translated" in done.stdout
    assert digest("models", "verify", "--accept", "FR-en").exit_code == 0
    assert digest("generate").exit_code == 0


def test_what_is_wrong_for_every_language_is_said_once(digest: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/" + "x" * 300)  # no system takes such a name
    done = digest("generate")
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("digest: /xxx") and ": cannot be read (" in line
    assert "2 articles, 4 sentences, 0 reviewed, 0 machine-translated, 4 not translated" in done.stdout
    for command in ("list", "install", "verify"):
        done = digest("models", command)
        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)


def test_a_package_that_is_passed_over_is_named(digest: Run) -> None:
    copying_package(Path("packages"), "tr", "en")
    french = copying_package(Path("packages"), "fr", "en")
    (french / "model/model.bin").unlink()
    done = digest("generate")
    assert done.exit_code == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("digest: no model is installed for fr-en (")
    assert line.endswith("model/model.bin is missing); install with: digest models install fr-en")


def test_the_list_shows_licence_and_size(digest: Run, network: list[str]) -> None:
    digest("models", "install", "translate-tr_en")
    (path,) = Path("packages").iterdir()
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    listed = digest("models", "list").stdout.splitlines()
    assert listed == [f"tr-en: installed 1.5, {size / 1e6:.0f} MB, Licensed under CC0., in models.lock 1.5"]
    offered = digest("models", "list", "--available").stdout.splitlines()
    assert "ar-en: not installed, offered 1.0, 82 MB" in offered
    assert len(offered) == 96
    assert digest("models", "remove", "TR_en").stdout == "removed tr-en 1.5\n"
    done = digest("models", "remove", "tr-en")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)


def test_a_variable_that_argos_cannot_read_is_one_line(digest: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_INTER_THREADS", "x")
    done = digest("generate")
    assert (done.exit_code, done.stderr) == (
        1,
        "digest: ARGOS_INTER_THREADS: is 'x' but must be a whole number\n",
    )


def test_the_list_says_how_well_links_do(digest: Run) -> None:
    segment = Segment(
        "在 NATO 有 10 人", "10 in NATO", "machine", "engine", links=(Link(8, 10, 0, 2), Link(7, 8, 6, 10))
    )
    record = Path(record_path("en", "a"))
    (Path("docs") / record.parent).mkdir(parents=True)
    (Path("docs") / record).write_bytes(
        dump_record(samples.translation("a", "zh", [[segment]], title=Segment("头", "Head", "none")))
    )
    assert "links 1 of 2 known words rightly (50%)" in digest("models", "list").stdout
    (row,) = json.loads(digest("models", "list", "--json").stdout)
    assert row["anchors"] == {"right": 1, "wrong": 1}


def test_without_a_home_models_are_found_where_the_environment_says(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    copying_package(tmp_path / "packages", "tr", "en")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS_", "XDG_"))}
    homeless = outside | {"PYTHONPATH": str(ROOT), "HOME": os.devnull}  # in which nobody can make a folder

    def models(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", "models", "list"]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    found = models(homeless | {"ARGOS_PACKAGES_DIR": str(tmp_path / "packages")})
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("tr-en: installed ")
    lost = models(homeless)
    (line,) = lost.stderr.splitlines()
    assert lost.returncode == 1
    assert line.startswith("digest: Argos Translate can't make its folders (")
    assert "HOME" in line and "ARGOS_PACKAGES_DIR" in line
