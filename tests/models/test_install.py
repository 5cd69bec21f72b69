"""Archives that lie, each refused with one line and nothing left behind."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.model import DigestError
from generator.models import install_model, packages
from generator.models.install import install_archive, remove_packages

METADATA = {"from_code": "xx", "to_code": "en", "package_version": "1.0"}
WHOLE = {
    "top/metadata.json": json.dumps(METADATA).encode(),
    "top/sentencepiece.model": b"pieces",
    "top/model/model.bin": b"weights",
}


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def with_metadata(**changes: object) -> dict[str, bytes]:
    return WHOLE | {"top/metadata.json": json.dumps(METADATA | changes).encode()}


def symbolic_link(path: Path) -> Path:
    zipped(path, WHOLE)
    link = zipfile.ZipInfo("top/model/shared_vocabulary.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


def truncated(path: Path) -> Path:
    zipped(path, WHOLE)
    path.write_bytes(path.read_bytes()[:-40])
    return path


def corrupted(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in WHOLE.items():
            archive.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(b"weights", b"weighty", 1))
    return path


def encrypted(path: Path) -> Path:
    raw = bytearray(zipped(path, WHOLE).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + offset] |= 1
            start = raw.find(mark, start + 4)
    path.write_bytes(raw)
    return path


def lying_about_size(path: Path) -> Path:
    """Pack a bomb that declares 7 bytes and holds 8 million."""
    raw = zipped(path, WHOLE | {"top/model/model.bin": bytes(8 << 20)}).read_bytes()
    path.write_bytes(raw.replace((8 << 20).to_bytes(4, "little"), (7).to_bytes(4, "little")))
    return path


def not_a_zip(path: Path) -> Path:
    path.write_bytes(b"<html>Not found</html>")
    return path


def entries(content: dict[str, bytes]) -> Callable[[Path], Path]:
    return lambda path: zipped(path, content)


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "parent folder": (entries(WHOLE | {"top/../../evil": b"x"}), "would leave"),
    "absolute path": (entries(WHOLE | {"/etc/evil": b"x"}), "would leave"),
    "windows path": (entries(WHOLE | {"top\\..\\..\\evil": b"x"}), "would leave"),
    "drive letter": (entries(WHOLE | {"C:evil": b"x"}), "would leave"),
    "control character": (entries(WHOLE | {"top/\x1b[2J": b"x"}), "would leave"),
    "symbolic link": (symbolic_link, "link or device"),
    "bomb": (entries(WHOLE | {"top/model/bomb": bytes(64 << 20)}), "absurd size"),
    "bomb that understates its size": (lying_about_size, "damaged"),
    "too many files": (entries(WHOLE | {f"top/{i}": b"" for i in range(10_001)}), "absurd number"),
    "one name twice": (entries(WHOLE | {"top/Metadata.json": b"{}"}), "two files of one name"),
    "file as folder": (entries(WHOLE | {"top/metadata.json/x": b"x"}), "nothing was installed"),
    "two folders": (entries(WHOLE | {"other/file": b"x"}), "must hold one folder"),
    "empty": (entries({}), "must hold one folder"),
    "encrypted": (encrypted, "encrypted"),
    "truncated": (truncated, "damaged"),
    "flipped bits": (corrupted, "damaged"),
    "not a zip": (not_a_zip, "damaged"),
    "no such file": (lambda path: path, "no such file"),
    "a folder": (lambda path: path.mkdir() or path, "Is a directory"),  # type: ignore[func-returns-value]
    "no metadata": (entries({"top/model/model.bin": b"x"}), "metadata.json is missing"),
    "metadata not JSON": (entries(WHOLE | {"top/metadata.json": b"{"}), "not JSON"),
    "metadata not UTF-8": (entries(WHOLE | {"top/metadata.json": b"\xff\xfe{"}), "not JSON"),
    "metadata too deep": (entries(WHOLE | {"top/metadata.json": b"[" * 100_000}), "not JSON"),
    "metadata a list": (entries(WHOLE | {"top/metadata.json": b"[]"}), "describes no translation"),
    "metadata too large": (entries(WHOLE | {"top/metadata.json": b" " * (2 << 20)}), "absurd size"),
    "sentence splitter": (entries(with_metadata(type="sbd")), "describes no translation"),
    "no languages": (entries(with_metadata(from_code=None)), "no usable from_code"),
    "language that is a path": (entries(with_metadata(to_code="../../etc")), "no usable to_code"),
    "version that is a path": (entries(with_metadata(package_version="/1")), "no usable package_version"),
    "no weights": (entries({k: v for k, v in WHOLE.items() if "model.bin" not in k}), "model.bin is missing"),
    "no tokenizer": (entries({k: v for k, v in WHOLE.items() if "piece" not in k}), "holds no sentencepiece"),
    "wrong pair": (entries(with_metadata(from_code="yy")), "translates yy-en, but xx-en was asked for"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archive_is_refused_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    make, says = HOSTILE[name]
    archive = make(tmp_path / "it.argosmodel")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DigestError) as caught:
        install_archive(archive, tmp_path / "models" / "packages", expected="xx-en")
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    left = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert left == [path for path in before if path.is_file()]
    assert list(packages.packages_in(tmp_path / "models" / "packages")) == []


FLAT = {name.removeprefix("top/"): content for name, content in WHOLE.items()}
OF_MACOS = {"__MACOSX/top/._metadata.json": b"x", "__MACOSX/._top": b"x", ".DS_Store": b"x", "._top": b"x"}
UNUSUAL: dict[str, tuple[dict[str, bytes], str]] = {
    "packed on macOS": (WHOLE | OF_MACOS, "1.0"),
    "packed on macOS, its own files first": (OF_MACOS | WHOLE, "1.0"),
    "without a top folder": (FLAT, "1.0"),
    "without a top folder, on macOS": (FLAT | OF_MACOS, "1.0"),
    "without a version": (WHOLE | {"top/metadata.json": b'{"from_code": "xx", "to_code": "en"}'}, "0"),
    "with an empty version": (with_metadata(package_version=""), "0"),
    "with a number for a version": (with_metadata(package_version=1.9), "1.9"),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_package_is_installed_however_it_was_packed(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "packages"
    content, version = UNUSUAL[name]
    package = install_archive(zipped(tmp_path / "it.argosmodel", content), folder, expected="xx-en")
    assert list(packages.packages_in(folder)) == [package]
    assert package.version == version
    files = {path.relative_to(package.path).as_posix() for path in package.path.rglob("*") if path.is_file()}
    assert files == set(FLAT)


def test_two_installs_at_once_both_end_well(tmp_path: Path) -> None:
    archive, folder = zipped(tmp_path / "it.argosmodel", WHOLE), tmp_path / "packages"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: install_archive(archive, folder), range(200)))
    assert {package.name for package in made} == {"xx-en 1.0"}
    (package,) = packages.packages_in(folder)
    assert (package.path / "model" / "model.bin").read_bytes() == b"weights"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it.argosmodel", "packages"]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "a file" / "packages"))
    archive = zipped(tmp_path / "it.argosmodel", WHOLE)
    for what in (str(archive), f"{archive.as_uri().replace('file:', 'http:')}"):
        with pytest.raises(DigestError, match=r"a file/packages: cannot be written \(.+\); free or unlock"):
            install_model(what, tmp_path / "models.lock")


def test_install_replaces_the_same_version_keeps_others_and_remove_takes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    for version in ("1.9", "1.10", "1.9"):
        install_archive(zipped(tmp_path / "it.argosmodel", with_metadata(package_version=version)), folder)
    (folder / "a folder that Argos Translate would die on").mkdir()
    assert [package.name for package in packages.installed()] == ["xx-en 1.10", "xx-en 1.9"]
    assert [package.version for package in remove_packages("xx-en")] == ["1.10", "1.9"]
    assert packages.installed() == ()
    with pytest.raises(DigestError, match="no such package is installed"):
        remove_packages("xx-en")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["it.argosmodel", "packages"]


def test_a_disapproved_package_leaves_the_old_one_in_place(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    install_archive(zipped(tmp_path / "old.argosmodel", WHOLE), folder)

    def disapprove(package: packages.InstalledPackage) -> None:
        assert package.path.is_dir()
        raise DigestError(f"{package.name}: not this one")

    other = zipped(tmp_path / "new.argosmodel", WHOLE | {"top/model/model.bin": b"other"})
    with pytest.raises(DigestError, match="not this one"):
        install_archive(other, folder, approve=disapprove)
    (package,) = packages.packages_in(folder)
    assert (package.path / "model" / "model.bin").read_bytes() == b"weights"
