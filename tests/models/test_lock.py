"""What `models.lock` guards: the files that a translation depends on, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator import models
from generator.model import DigestError
from generator.models import lock, packages
from generator.translate.engines import EngineSpec, make_engine
from tests.support.tiny_model import byte_pair_package, copying_package


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> packages.InstalledPackage:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    path = copying_package(tmp_path / "packages", "zh", "en")
    (path / "README.md").write_text("CC BY 4.0 licensed")
    (path / "stanza").mkdir()
    (path / "stanza/resources.json").write_text("{}")
    return packages.read_package(path)


def write(name: str, content: str = "new") -> Callable[[Path], None]:
    def do(package: Path) -> None:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(content)

    return do


FOREIGN = {
    "what Finder leaves": write(".DS_Store"),
    "what Finder leaves beside the weights": write("model/.DS_Store"),
    "what Explorer leaves": write("desktop.ini"),
    "what Stanza fetches anew": write("stanza/resources.json", '{"en": {}}'),
    "what Stanza fetches in addition": write("stanza/ar/mwt/padt.pt"),
    "a splitter of another kind": write("minisbd/zh.onnx"),
    "a README that is written anew": write("README.md", "other words"),
    "a README that is gone": lambda package: (package / "README.md").unlink(),
    "a licence": write("LICENSE"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_translates_nothing_changes_nothing(
    name: str, package: packages.InstalledPackage, tmp_path: Path
) -> None:
    locked = tmp_path / "models.lock"
    models.verify_models(locked, accept=True)
    spec = EngineSpec("zh", "en", trusted=lock.read_lock(locked))
    before = make_engine(package, spec).signature
    FOREIGN[name](package.path)
    assert make_engine(package, spec).signature == before
    assert [each.state for each in models.verify_models(locked)] == ["trusted"]


GUARDED = {
    "metadata.json": lambda path: path.write_text(path.read_text() + " "),
    "sentencepiece.model": lambda path: path.write_bytes(path.read_bytes() + b"!"),
    "model/model.bin": lambda path: path.write_bytes(path.read_bytes() + b"!"),
    "model/config.json": lambda path: path.unlink(),
    "model/shared_vocabulary.json": lambda path: path.write_text("[]"),
    "model/vmap.txt": lambda path: path.write_text(""),
    "model/source_vocabulary.txt": lambda path: path.write_text(""),
    "bpe.model": lambda path: path.write_text("#version: 0.2\n"),
}


@pytest.mark.parametrize("name", GUARDED)
def test_every_file_that_translates_is_guarded(
    name: str, package: packages.InstalledPackage, tmp_path: Path
) -> None:
    locked = tmp_path / "models.lock"
    models.verify_models(locked, accept=True)
    GUARDED[name](package.path / name)
    with pytest.raises(DigestError, match=rf"models\.lock trusts \({name} (differs|is new|is missing)\)"):
        make_engine(package, EngineSpec("zh", "en", trusted=lock.read_lock(locked)))
    assert [each.state for each in models.verify_models(locked)] == ["wrong"]


def test_a_lock_that_lists_every_file_stays_valid(package: packages.InstalledPackage, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    models.verify_models(locked, accept=True)
    content = json.loads(locked.read_text())
    files = content["models"]["zh-en"]["files"]
    content["models"]["zh-en"]["files"] = files | {"README.md": "0" * 64, "stanza/resources.json": "1" * 64}
    locked.write_text(json.dumps(content))
    trusted = lock.read_lock(locked)
    assert trusted["zh-en"].files == files
    make_engine(package, EngineSpec("zh", "en", trusted=trusted))
    assert [each.state for each in models.verify_models(locked)] == ["trusted"]


def test_byte_pairs_are_guarded(tmp_path: Path) -> None:
    package = packages.read_package(byte_pair_package(tmp_path, "fr", "en"))
    assert set(lock.file_hashes(package)) == {
        "bpe.model",
        "metadata.json",
        "model/config.json",
        "model/model.bin",
        "model/shared_vocabulary.json",
    }


def test_commands_at_once_lose_nothing_of_the_lock(tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    trusted = [packages.InstalledPackage(f"x{letter}", "en", "1.0", tmp_path) for letter in "abcdefghijklmnop"]
    with ThreadPoolExecutor(len(trusted)) as threads:
        list(threads.map(lambda package: lock.trust(package, {"metadata.json": "0"}, locked), trusted))
    assert list(lock.read_lock(locked)) == [package.pair for package in trusted]


LICENCES = {
    "The original OPUS model is licensed CC-BY 4.0\n": "The original OPUS model is licensed CC-BY 4.0",
    "Includes pretrained models from Stanza (https://github.com/stanfordnlp/stanza/blob/main/LICENSE)\n": "",
    "Includes pretrained models (https://github.com/stanfordnlp/LICENSE)\n\nLicense: MIT": "License: MIT",
    "The stanza models are licensed under ODC-By.\nThe weights' licence is CC0": "The weights' licence is CC0",
    "": "",
}


@pytest.mark.parametrize("readme", LICENCES)
def test_the_licence_is_the_models_and_no_splitters(readme: str, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(readme)
    assert packages.InstalledPackage("ar", "en", "1.0", tmp_path).licence == LICENCES[readme]
