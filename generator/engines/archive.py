"""Unpacks and removes Argos packages. An archive is hostile until proved otherwise."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from generator.engines.packages import InstalledPackage, installed, package_of, read_package
from generator.model import DigestError

MOST_FILES = 10_000
MOST_BYTES = 4 << 30
"""Unpacked; the largest packages of the Argos index have about a tenth."""
MOST_METADATA = 1 << 20
SCRATCH = ".digest-models-"
HIGHEST_RATIO = 50
"""Unpacked to packed, counted above a megabyte: weights pack 1.2 times, JSON 10 times, bombs 1,000 times."""


def install(archive: Path, packages_dir: Path, *, expected: str | None = None) -> InstalledPackage:
    """Install an `.argosmodel` file below a packages folder, whole or not at all.

    `expected` is the pair it must hold, such as `ar-en`. DigestError for anything wrong with the archive,
    with nothing left behind.
    """
    try:
        with zipfile.ZipFile(archive) as zipped:
            top = _checked(zipped, archive)
            package = _described(zipped, archive, top)
            if expected and package.pair != expected:
                raise DigestError(f"{archive}: translates {package.pair}, but {expected} was asked for")
            return _unpacked(zipped, archive, top, packages_dir, package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise DigestError(
            f"{archive}: damaged or no .argosmodel archive ({error}); fetch it again"
        ) from error
    except OSError as error:
        raise DigestError(
            f"{error.filename or archive}: {error.strerror or error}; nothing was installed"
        ) from error


def remove(pair: str) -> tuple[InstalledPackage, ...]:
    """Remove every installed version of a pair and give what was removed; DigestError when there is none."""
    packages = tuple(package for package in installed() if package.pair == pair)
    if not packages:
        raise DigestError(f"{pair}: no such package is installed; see: digest models list")
    for package in packages:
        with _beside(package.path.parent) as aside:
            package.path.replace(aside / "removed")  # at once for everyone else, then at leisure
    return packages


def _checked(zipped: zipfile.ZipFile, archive: Path) -> str:
    """Give the archive's one top folder after looking at every entry's name, kind and size."""
    entries = zipped.infolist()
    tops = {entry.filename.split("/")[0] for entry in entries}
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise DigestError(f"{archive}: refused, it would unpack to an absurd number or size of files")
    names = [entry.filename.rstrip("/").casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise DigestError(f"{archive}: refused, it holds two files of one name")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise DigestError(f"{archive}: refused, {entry.filename!r} is a link or device")
        if not _safe(entry.filename):
            raise DigestError(f"{archive}: refused, {entry.filename!r} would leave the package's folder")
        if entry.file_size > max(1 << 20, HIGHEST_RATIO * entry.compress_size):
            raise DigestError(f"{archive}: refused, {entry.filename!r} unpacks to an absurd size")
        if entry.flag_bits & 1:
            raise DigestError(f"{archive}: refused, {entry.filename!r} is encrypted")
    if len(tops) != 1:
        raise DigestError(f"{archive}: not an Argos package, it must hold one folder and holds {len(tops)}")
    return tops.pop()


def _safe(name: str) -> bool:
    """Tell whether an entry's name stays inside the folder it is unpacked to, on any system."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not re.search(r'^/|[\\:*?"<>|\x00-\x1f]', name) and ".." not in parts


def _described(zipped: zipfile.ZipFile, archive: Path, top: str) -> InstalledPackage:
    """Read the archive's metadata.json."""
    try:
        entry = zipped.getinfo(f"{top}/metadata.json")
    except KeyError:
        raise DigestError(f"{archive}: not an Argos package, metadata.json is missing") from None
    if entry.file_size > MOST_METADATA:
        raise DigestError(f"{archive}: refused, its metadata.json has an absurd size")
    try:
        return package_of(json.loads(zipped.read(entry)), archive)
    except (ValueError, RecursionError) as error:
        raise DigestError(f"{archive}: not an Argos package, its metadata.json is not JSON") from error


def _unpacked(
    zipped: zipfile.ZipFile, archive: Path, top: str, packages_dir: Path, package: InstalledPackage
) -> InstalledPackage:
    """Unpack beside the packages folder, look at the result, and move it to its place in one step."""
    version = package.version.replace(".", "_")
    place = packages_dir / f"translate-{package.source}_{package.target}-{version}"
    packages_dir.mkdir(parents=True, exist_ok=True)
    with _beside(packages_dir) as aside:
        zipped.extractall(aside / "new")
        new = aside / "new" / top
        try:
            read_package(new)
        except DigestError as error:
            raise DigestError(str(error).replace(str(new), str(archive))) from error
        if place.exists():
            place.replace(aside / "old")
        new.replace(place)
    return read_package(place)


@contextmanager
def _beside(packages_dir: Path) -> Iterator[Path]:
    """Give a scratch folder on the same disk, gone afterwards; what killed runs left goes after a day.

    It stands next to the packages folder where possible: Argos Translate dies on a half-filled folder inside.
    """
    parent = packages_dir.parent
    if not os.access(parent, os.W_OK) or parent.stat().st_dev != packages_dir.stat().st_dev:
        parent = packages_dir
    for left in parent.glob(f"{SCRATCH}*"):
        if time.time() - left.stat().st_mtime > 86_400:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=parent) as scratch:
        yield Path(scratch)
