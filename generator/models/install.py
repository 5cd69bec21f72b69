"""Unpacks and removes Argos packages. An archive is hostile until proved otherwise."""

from __future__ import annotations

import errno
import json
import lzma
import os
import re
import shutil
import stat
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath

from generator.model import DigestError
from generator.models.packages import InstalledPackage, installed, package_of, read_package
from generator.storage.files import unwritable

MOST_FILES = 10_000
MOST_BYTES = 4 << 30
"""Unpacked; the largest packages of the Argos index have about a tenth."""
MOST_METADATA = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError)
_SCRATCH = ".digest-models-"
_OF_MACOS = re.compile(r"__MACOSX/.*|\.DS_Store|\._[^/]*")
"""What macOS packs beside a folder, which is no part of it."""
HIGHEST_RATIO = 50
"""Unpacked to packed, counted above a megabyte: weights pack 1.2 times, JSON 10 times, bombs 1,000 times."""


def install_archive(
    archive: Path,
    packages_dir: Path,
    *,
    expected: str | None = None,
    approve: Callable[[InstalledPackage], None] = lambda package: None,
    name: str | None = None,
) -> InstalledPackage:
    """Install an `.argosmodel` file below a packages folder, whole or not at all.

    `expected` is the pair it must hold, such as `ar-en`; `approve` sees the unpacked package before it takes
    its place and may raise; `name` is what messages call the archive. DigestError for anything wrong with
    it, with nothing left behind.
    """
    name = name or str(archive)
    try:
        with zipfile.ZipFile(archive) as zipped:
            top = _top_folder(zipped, name)
            package = _described(zipped, top, name)
            if expected and package.pair != expected:
                raise DigestError(f"{name}: translates {package.pair}, but {expected} was asked for")
            with scratch_folder(packages_dir) as aside:
                zipped.extractall(aside / "new", _names(zipped))
                new = aside / "new" / top
                try:
                    read_package(new)
                except DigestError as error:  # it names the scratch folder
                    raise DigestError(str(error).replace(str(new), name)) from error
                approve(replace(package, path=new))
                # Named as in Argos Translate's own archives.
                version = package.version.replace(".", "_")
                place = packages_dir / f"translate-{package.source}_{package.target}-{version}"
                _put(new, place, aside)
            return replace(package, path=place)
    except _DAMAGE as error:
        raise DigestError(f"{name}: damaged or no .argosmodel archive; fetch it again") from error
    except FileNotFoundError as error:
        raise DigestError(f"{name}: there is no such file; check its name") from error
    except OSError as error:
        where = error.filename or name
        raise DigestError(f"{where}: {error.strerror or error}; nothing was installed") from error


def _put(new: Path, place: Path, aside: Path) -> None:
    """Put a folder in its place, instead of what is there; of installs at once the latest stays."""
    for number in count():
        with suppress(FileNotFoundError):
            place.replace(aside / f"old{number}")
        try:
            new.replace(place)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):  # else another one was quicker, and is done
                raise


def remove_packages(pair: str) -> tuple[InstalledPackage, ...]:
    """Remove every installed version of a pair and return what was removed.

    DigestError when there is none, and when it cannot be removed.
    """
    packages = tuple(package for package in installed() if package.pair == pair)
    if not packages:
        raise DigestError(f"{pair}: no such package is installed; see: digest models list")
    for package in packages:
        with scratch_folder(package.path.parent) as aside:
            try:
                package.path.replace(aside / "removed")  # at once for everyone else, then at leisure
            except OSError as error:
                raise unwritable(package.path, error) from error
    return packages


def _top_folder(zipped: zipfile.ZipFile, name: str) -> str:
    """Return the archive's one top folder, or `.` where it has none, after looking at every entry.

    Names must stay inside the folder that they are unpacked to, on any system, sizes be sane.
    """
    entries = zipped.infolist()
    names = _names(zipped)
    tops = {"."} if "metadata.json" in names else {name.split("/")[0] for name in names}
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise DigestError(f"{name}: refused, it would unpack to an absurd number or size of files")
    paths = [entry.filename.rstrip("/").casefold() for entry in entries]
    if len(set(paths)) < len(paths):
        raise DigestError(f"{name}: refused, it holds two files of one name")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise DigestError(f"{name}: refused, {entry.filename!r} is a link or device")
        parts = PurePosixPath(entry.filename).parts
        if not parts or ".." in parts or re.search(r'^/|[\\:*?"<>|\x00-\x1f]', entry.filename):
            raise DigestError(f"{name}: refused, {entry.filename!r} would leave the package's folder")
        if entry.file_size > max(1 << 20, HIGHEST_RATIO * entry.compress_size):
            raise DigestError(f"{name}: refused, {entry.filename!r} unpacks to an absurd size")
        if entry.flag_bits & 1:
            raise DigestError(f"{name}: refused, {entry.filename!r} is encrypted")
    if len(tops) != 1:
        raise DigestError(f"{name}: not an Argos package, it must hold one folder and holds {len(tops)}")
    return tops.pop()


def _names(zipped: zipfile.ZipFile) -> list[str]:
    return [name for name in zipped.namelist() if not _OF_MACOS.fullmatch(name)]


def _described(zipped: zipfile.ZipFile, top: str, name: str) -> InstalledPackage:
    """Read the archive's metadata.json."""
    try:
        entry = zipped.getinfo(f"{top}/metadata.json".removeprefix("./"))
    except KeyError:
        raise DigestError(f"{name}: not an Argos package, metadata.json is missing") from None
    if entry.file_size > MOST_METADATA:
        raise DigestError(f"{name}: refused, its metadata.json has an absurd size")
    try:
        return package_of(json.loads(zipped.read(entry)), Path(name))
    except (ValueError, RecursionError) as error:
        raise DigestError(f"{name}: not an Argos package, its metadata.json is not JSON") from error


@contextmanager
def scratch_folder(packages_dir: Path) -> Iterator[Path]:
    """Return a scratch folder on the same disk, gone afterwards; what killed runs left goes after a day.

    It stands next to the packages folder where possible: Argos Translate dies on a half-filled folder inside.
    DigestError where it cannot be made.
    """
    try:
        packages_dir.mkdir(parents=True, exist_ok=True)
        parent = packages_dir.parent
        if not os.access(parent, os.W_OK) or parent.stat().st_dev != packages_dir.stat().st_dev:
            parent = packages_dir
        for left in parent.glob(f"{_SCRATCH}*"):
            with suppress(FileNotFoundError):  # another install has just ended
                if time.time() - left.stat().st_mtime > 86_400:
                    shutil.rmtree(left, ignore_errors=True)
        scratch = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=parent)
    except OSError as error:
        raise unwritable(packages_dir, error) from error
    with scratch as name:
        yield Path(name)
