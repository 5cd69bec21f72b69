"""Translation models on this machine: list, install, remove and verify them, as `digest models` does.

A model words all that no person did, so a digest names the ones that it trusts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.download import TRUSTED, Limits, Progress, download, without_password
from generator.model import DigestError
from generator.models import lock
from generator.models.index import AvailablePackage, available
from generator.models.install import install_archive, scratch_folder
from generator.models.packages import InstalledPackage, installed, packages_dir
from generator.storage.files import unwritable

MOST_DOWNLOAD = 2 << 30
"""Bytes; the packages of the Argos index have 50 to 300 million."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One language pair, as `digest models list` shows it."""

    pair: str
    installed: str | None
    """The installed version."""
    available: str | None
    """The newest version the index offers; None where it offers none or was not asked."""
    trusted: str | None
    """The version in models.lock."""
    needed: bool
    """Whether articles wait for this pair."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One model, compared with models.lock."""

    pair: str
    """As models.lock calls it: a folder of the user's own has `ctranslate2:` in front."""
    version: str
    state: Literal["trusted", "unknown", "wrong", "missing"]
    """unknown: nothing is written of this pair. missing: trusted, but not installed."""
    detail: str
    """One line for the user; empty where nothing needs doing."""


def list_models(
    lock_file: Path, needed: Iterable[str] = (), offered: Iterable[AvailablePackage] = ()
) -> list[Listed]:
    """List every pair that is installed, trusted, needed, or offered by `index.available()`."""
    here = {package.pair: package.version for package in reversed(installed())}
    there = {package.pair: package.version for package in reversed(tuple(offered))}
    trusted = {pair: model.version for pair, model in lock.read_lock(lock_file).items()}
    wanted = set(needed)
    return [
        Listed(pair, here.get(pair), there.get(pair), trusted.get(pair), pair in wanted)
        for pair in sorted({*here, *there, *trusted, *wanted})
    ]


def install_model(
    what: str,
    lock_file: Path,
    *,
    accept: bool = False,
    progress: Progress | None = None,
    limits: Limits = TRUSTED,
) -> InstalledPackage:
    """Install a model and trust it from now on.

    `what` is a pair to take from the Argos index (`ar-en`), the address of an .argosmodel on a mirror, or a
    file. DigestError when it can't be had, when the archive is bad, or when models.lock trusts another model
    for the pair, unless `accept` says that the new one is meant.
    """
    pair = what if re.fullmatch(r"[A-Za-z]+-[A-Za-z]+", what) and not Path(what).exists() else None
    with _archive_file(what, pair, progress, limits) as (path, source):

        def approve(package: InstalledPackage) -> None:
            if not accept:
                accepting = f"digest models install {what} --accept"
                lock.check_trusted(package, lock.file_hashes(package), lock.read_lock(lock_file), accepting)

        package = install_archive(path, packages_dir(), expected=pair, approve=approve, name=source)
        lock.trust(package, lock.file_hashes(package), lock_file, archive=lock.file_sha256(path), source=source)
    return package


def verify_models(
    lock_file: Path,
    pair: str | None = None,
    *,
    accept: bool = False,
    folders: Iterable[InstalledPackage] = (),
) -> list[Verified]:
    """Compare every byte of the installed models with models.lock; of one pair, or of all.

    `folders` are the user's own models, from `model_folder.package`. `accept` writes the models that
    are unknown or wrong into the lock, as they are now.
    """
    trusted = lock.read_lock(lock_file)
    models = lock.current_packages([*installed(), *folders], trusted)
    keys = sorted({*models, *trusted})
    if pair:
        keys = [key for key in keys if key.split(":")[-1] == pair] or [pair]
    return [_verified(key, models.get(key), lock_file, accept) for key in keys]


def _verified(key: str, model: InstalledPackage | None, lock_file: Path, accept: bool) -> Verified:
    trusted = lock.read_lock(lock_file).get(key)
    if model is None:
        way = "mend extra.digest.engine.path" if ":" in key else f"digest models install {key}"
        return Verified(key, trusted.version if trusted else "", "missing", f"{key}: not installed; {way}")
    hashes = lock.file_hashes(model)
    if accept and (trusted is None or trusted.files != hashes):
        lock.trust(model, hashes, lock_file)
        trusted = lock.read_lock(lock_file)[key]
    accepting = f"digest models verify {model.pair} --accept"
    if trusted is None:
        detail = f"{model.name}: not in {lock_file.name}; to trust it: {accepting}"
        return Verified(key, model.version, "unknown", detail)
    try:
        lock.check_trusted(model, hashes, {key: trusted}, accepting)
    except DigestError as error:
        return Verified(key, model.version, "wrong", str(error))
    return Verified(key, model.version, "trusted", "")


@contextmanager
def _archive_file(
    what: str, pair: str | None, progress: Progress | None, limits: Limits
) -> Iterator[tuple[Path, str]]:
    """Return the archive that a user asked for as a file, and what to call it."""
    if pair is None and "://" not in what:
        yield Path(what), Path(what).name
        return
    links: tuple[str, ...] = (what,)
    if pair:
        links = next((each.links for each in available(limits=limits) if each.pair == pair), ())
    if not links:
        raise DigestError(f"{pair}: the Argos index has no such package; see: digest models list")
    with scratch_folder(packages_dir()) as folder:
        path = folder / "download.argosmodel"
        for link in links:
            try:
                with path.open("wb") as file:
                    download(link, file, replace(limits, most=MOST_DOWNLOAD), progress)
                break
            except OSError as error:
                raise unwritable(path, error) from error
            except DigestError:
                if link == links[-1]:
                    raise
        yield path, without_password(link)
