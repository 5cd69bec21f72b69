"""Installing from an index of the real one's shape: by any name of a pair, near languages, known archives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import models
from generator.model import DigestError
from generator.models import index, known, lock, packages
from tests.support import argos_index
from tests.support.argos_package import SHA256, archive
from tests.support.tiny_model import copying_package

SERVED = {"pb-en": "1.9", "zt-en": "1.9", "tr-en": "1.5", "en-tr": "1.5", "nb-en": "1.9", "ar-en": "1.0"}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("archives")
    return {
        f"translate-{pair.replace('-', '_')}-{version.replace('.', '_')}.argosmodel": argos_index.copying_archive(
            place, *pair.split("-"), version
        )
        for pair, version in SERVED.items()
    }


@pytest.fixture
def asked(archives: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    monkeypatch.setenv("no_proxy", "*")
    with argos_index.argos_index(archives) as (address, paths):
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", address)
        yield paths


def installed() -> list[str]:
    return [package.name for package in packages.installed()]


def test_all_of_the_index_is_listed(asked: list[str], tmp_path: Path) -> None:
    offered = index.available()
    assert len(offered) == 96
    assert all(len(package.links) == 1 for package in offered)  # of IPFS none
    rows = models.list_models(tmp_path / "models.lock", offered=offered)
    assert [row.pair for row in rows] == sorted(argos_index.PAIRS)
    assert {row.pair: row.size for row in rows}["fr-en"] == 66_585_033


NAMES = {
    "tr-en": "tr-en 1.5",
    "TR-EN": "tr-en 1.5",
    "tr_en": "tr-en 1.5",
    "translate-tr_en": "tr-en 1.5",
    "translate-tr_en-1_5": "tr-en 1.5",
    "pb-en": "pb-en 1.9",
    "pt-BR-en": "pb-en 1.9",
    "zh-Hant-en": "zt-en 1.9",
    "zh-TW-en": "zt-en 1.9",
    "no-en": "nb-en 1.9",
    "nn-en": "nb-en 1.9",
}


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_pair_finds_its_package(name: str, asked: list[str], tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    assert models.install_model(name, locked).name == NAMES[name]
    assert installed() == [NAMES[name]]
    assert [row.state for row in models.verify_models(locked, NAMES[name].partition(" ")[0])] == ["trusted"]


def test_what_two_packages_translate_names_both(asked: list[str], tmp_path: Path) -> None:
    with pytest.raises(DigestError, match=r"^tr-ar: .* two lead there: digest models install tr-en en-ar$"):
        models.install_model("tr-ar", tmp_path / "models.lock")
    assert models.pairs_to_install(["tr-ar", "xx-en"], tmp_path / "models.lock") == ["en-ar", "tr-en", "xx-en"]


def test_what_is_here_already_is_not_asked_for(asked: list[str], tmp_path: Path) -> None:
    copying_package(tmp_path / "packages", "pb", "en")
    assert models.pairs_to_install(["pt-en", "pb-en"], tmp_path / "models.lock") == []
    assert asked == []
    assert models.pairs_to_install(["pt-en", "zh-en"], tmp_path / "models.lock") == ["zh-en"]


def test_a_pair_that_a_near_language_serves_is_not_waited_for(tmp_path: Path, asked: list[str]) -> None:
    copying_package(tmp_path / "packages", "pb", "en")
    (row,) = models.list_models(tmp_path / "models.lock", needed=["pt-en"])
    assert (row.pair, row.needed, row.installed) == ("pb-en", True, "1.0")


def test_the_version_that_the_lock_chose_is_listed(tmp_path: Path, asked: list[str]) -> None:
    locked = tmp_path / "models.lock"
    copying_package(tmp_path / "packages", "tr", "en")
    models.verify_models(locked, accept=True)
    newer = copying_package(tmp_path / "newer", "tr", "en", package_version="1.1")
    newer.rename(tmp_path / "packages" / "translate-tr_en-1_1")
    (row,) = models.list_models(locked)
    assert (row.installed, row.trusted) == ("1.0", "1.0")


def test_an_archive_that_is_not_as_publicly_known_is_refused(asked: list[str], tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    with pytest.raises(DigestError) as caught:
        models.install_model("ar-en", locked)
    (line,) = str(caught.value).splitlines()
    assert "not ar-en 1.0 as it is publicly known (SHA-256 bc98cd4e27ca…, 81,869,670 bytes)" in line
    assert line.endswith("digest models install ar-en --accept")
    assert installed() == []
    assert not locked.exists()
    models.install_model("ar-en", locked, accept=True)
    assert installed() == ["ar-en 1.0"]


def test_a_known_archive_is_taken_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    whole = known.known_archives()["zh-en", "1.9"]
    assert (whole.size, whole.sha256) == (archive().stat().st_size, SHA256)
    models.install_model(str(archive()), tmp_path / "models.lock")
    assert lock.read_lock(tmp_path / "models.lock")["zh-en"].archive == SHA256


def test_the_table_of_known_archives_is_well_formed() -> None:
    rows = known.known_archives()
    assert rows["ar-en", "1.0"].size == 81_869_670
    hashes = [each.sha256 for each in rows.values()]
    assert len(set(hashes)) == len(hashes) > 20
    assert all(len(bytes.fromhex(each)) == 32 for each in hashes)
    assert all(10_000_000 < each.size < 400_000_000 for each in rows.values())


@pytest.mark.parametrize("code", ["pt-BR", "zh-Hant", "no", "AR"])
def test_a_package_that_spells_a_language_in_its_own_way_serves_it(
    code: str, tmp_path: Path, asked: list[str]
) -> None:
    copying_package(tmp_path / "packages", code, "en")
    (package,) = packages.installed()
    assert package.source in {"pb", "zt", "nb", "ar"}
    for language in {"pb": ("pt", "pb"), "zt": ("zh", "zt"), "nb": ("nb", "nn")}.get(package.source, ("ar",)):
        assert packages.route(f"{language}-en", [package.pair]) == (package.pair,)


def test_names_that_mean_nothing_are_one_line(asked: list[str], tmp_path: Path) -> None:
    with pytest.raises(DigestError, match=r"ar\.argosmodel: there is no such file"):
        models.install_model("ar.argosmodel", tmp_path / "models.lock")
    for name in ("arabic", "ar en", "ar→en", "ar-", "en-en", "EN_eng"):
        for command in (models.pair_called, lambda name: models.install_model(name, tmp_path / "models.lock")):
            with pytest.raises(DigestError, match=f"^{name}: is no language pair; write it like ar-en"):
                command(name)
