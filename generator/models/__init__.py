"""Translation models on this machine: list, install, remove and verify them, as `digest models` does.

A model words all that no person did, so a digest names the ones that it trusts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.download import TRUSTED, Limits, Progress, download, without_password
from generator.languages.model_codes import pair_in, pairs_like
from generator.model import DigestError
from generator.models import lock
from generator.models.index import AvailablePackage, available
from generator.models.install import install_archive, scratch_folder
from generator.models.known import known_archives
from generator.models.packages import InstalledPackage, installed, packages_dir, route
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
    """Whether articles wait for this pair, or are translated by it."""
    size: int | None = None
    """Bytes on the disk, or of the archive where that is known."""
    licence: str = ""
    """What the installed model says of its licence."""


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
    trusted = lock.read_lock(lock_file)
    here = lock.current_packages(installed(), trusted)
    there = {package.pair: package.version for package in reversed(tuple(offered))}
    ways = (route(pair, here) or (pair,) for pair in needed)
    wanted = {pair for way in ways for pair in way}

    def listed(pair: str) -> Listed:
        model, new = here.get(pair), there.get(pair)
        known = known_archives().get((pair, new or ""))
        return Listed(
            pair,
            installed=model.version if model else None,
            available=new,
            trusted=trusted[pair].version if pair in trusted else None,
            needed=pair in wanted,
            size=model.size if model else known.size if known else None,
            licence=model.licence if model else "",
        )

    return [listed(pair) for pair in sorted({*here, *there, *trusted, *wanted})]


def pairs_to_install(pairs: Iterable[str], lock_file: Path, *, limits: Limits = TRUSTED) -> list[str]:
    """Return which pairs of the Argos index translate those that no installed model does.

    That may be a near language's, or two for one. DigestError where the index can't be had.
    """
    here = lock.current_packages(installed(), lock.read_lock(lock_file))
    waiting = [pair for pair in pairs if not route(pair, here)]
    if not waiting:
        return []
    there = {*here, *(package.pair for package in available(limits=limits))}
    ways = [route(pair, there) or (pair,) for pair in waiting]
    return sorted({pair for way in ways for pair in way} - {*here})


def install_model(
    what: str,
    lock_file: Path,
    *,
    accept: bool = False,
    progress: Progress | None = None,
    limits: Limits = TRUSTED,
) -> InstalledPackage:
    """Install a model and trust it from now on.

    `what` is a pair to take from the Argos index, however it is written (`ar-en`, `translate-ar_en`,
    `pt-BR-en`), the address of an .argosmodel on a mirror, or a file. DigestError when it can't be had, when
    the archive is bad or not the one that is publicly known, or when models.lock trusts another model for the
    pair, unless `accept` says that the new one is meant.
    """
    with _archive_file(what, progress, limits) as (path, source, pair):
        archive = ""
        accepting = f"digest models install {what} --accept"

        def approve(package: InstalledPackage) -> None:
            nonlocal archive
            archive = lock.file_sha256(path)
            known = known_archives().get((package.pair, package.version))
            if known and known.sha256 != archive and not accept:
                raise DigestError(
                    f"{source}: not {package.name} as it is publicly known (SHA-256 {known.sha256[:12]}…, "
                    f"{known.size:,} bytes); get it elsewhere, or accept this one with: {accepting}"
                )
            if not accept:
                lock.check_trusted(package, lock.file_hashes(package), lock.read_lock(lock_file), accepting)

        package = install_archive(path, packages_dir(), expected=pair, approve=approve, name=source)
        lock.trust(package, lock.file_hashes(package), lock_file, archive=archive, source=source)
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
        pair = pair_called(pair)
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


def pair_called(name: str) -> str:
    """Return the language pair that a person means; DigestError where a name means none."""
    if found := pair_in(name):
        return "-".join(found)
    raise DigestError(f"{name}: is no language pair; write it like ar-en, as in: digest models list")


@contextmanager
def _archive_file(
    what: str, progress: Progress | None, limits: Limits
) -> Iterator[tuple[Path, str, str | None]]:
    """Return the archive that a user asked for as a file, what to call it, and the pair that it must be for."""
    pair = None if Path(what).is_file() else pair_in(what)
    if pair is None and "://" not in what:
        if not (Path(what).suffix or Path(what).exists()):
            pair_called(what)  # which says how to write one
        yield Path(what), Path(what).name, None
        return
    expected, links = _offered(*pair, limits) if pair else (None, (what,))
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
        yield path, without_password(link), expected


def _offered(source: str, target: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Return the pair of the index that translates a pair, its own or a near one, and its links."""
    offers = {package.pair: package.links for package in reversed(available(limits=limits))}
    near = ("-".join(each) for each in pairs_like(source, target))
    if found := next((pair for pair in near if pair in offers), None):
        return found, offers[found]
    way = " ".join(route(f"{source}-{target}", offers))
    see = f"but two lead there: digest models install {way}" if way else "see: digest models list --available"
    raise DigestError(f"{source}-{target}: the Argos index has no such package{',' if way else ';'} {see}")
