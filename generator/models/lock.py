"""`models.lock`: which models a digest trusts, byte for byte, so that it is the same wherever it is made."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from generator.model import DigestError
from generator.models.packages import InstalledPackage
from generator.storage.files import exclusive_lock, unreadable, write_file

_TRANSLATES = re.compile(
    r"metadata\.json|(?:sentencepiece|bpe)\.model|(?:source|target)\.spm"
    r"|(?:model/)?(?:model\.bin|config\.json|vmap\.txt|\w*vocabulary\.(?:json|txt))"
)
"""The files that a translation depends on. What else lies in a package is no concern of the lock: READMEs, what
Stanza fetches for its own sentence splitter, what file managers leave."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """A model as it was when the project came to trust it."""

    version: str
    files: dict[str, str] = field(hash=False)
    """SHA-256 of every file that translates, by its path in the package; older programs wrote those of all."""
    archive: str = ""
    """SHA-256 of the archive it came in; empty where it was installed by other means."""
    source: str = ""
    """The address it was downloaded from, or the name of the archive."""
    licence: str = ""
    """The line of its README that names the licence."""


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; DigestError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error


def file_hashes(package: InstalledPackage) -> dict[str, str]:
    """Return the SHA-256 of every file of a package that translates, by its path in it; 86 MB take 0.1 s."""
    folders = (package.path, package.path / "model")
    try:
        found = sorted(
            path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()
        )
    except OSError as error:
        raise unreadable(package.path, error) from error
    names = {path.relative_to(package.path).as_posix(): path for path in found}
    return {name: file_sha256(path) for name, path in names.items() if _translates(name)}


def model_fingerprint(hashes: dict[str, str]) -> str:
    """Return 12 digits that name the files that translate."""
    content = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def read_lock(lock: Path) -> dict[str, Trusted]:
    """Return the trusted model of each pair, none where there is no lock; DigestError when it is damaged."""
    try:
        models = json.loads(lock.read_text(encoding="utf-8"))["models"]
        return {pair: _trusted(entry) for pair, entry in models.items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise unreadable(lock, error) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DigestError(f"{lock}: not a lock of models; restore it from version control") from error


def trust(
    package: InstalledPackage, hashes: dict[str, str], lock: Path, *, archive: str = "", source: str = ""
) -> None:
    """Write a package into the lock, in the place of what stood there for its pair, one command at a time."""
    trusted = Trusted(package.version, hashes, archive, source, package.licence)
    with exclusive_lock(lock.parent / ".cache" / "digest" / "models.lock", seconds=60):
        models = read_lock(lock) | {package.key: trusted}
        content = {
            "about": "The translation models this project trusts; written by: digest models install",
            "models": {pair: asdict(models[pair]) for pair in sorted(models)},
        }
        write_file(lock, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def current_packages(
    packages: Iterable[InstalledPackage], trusted: Mapping[str, Trusted]
) -> dict[str, InstalledPackage]:
    """Choose the package of each pair: the trusted version where it is installed, else the newest.

    `packages` come newest first, as `packages.installed()` gives them.
    """
    chosen: dict[str, InstalledPackage] = {}
    for package in packages:
        known = trusted.get(package.key)
        if package.key not in chosen or (known and known.version == package.version):
            chosen[package.key] = package
    return chosen


def check_trusted(
    package: InstalledPackage, hashes: dict[str, str], trusted: Mapping[str, Trusted], accepting: str
) -> None:
    """Raise DigestError when a package is not the one trusted; `accepting` is the command that trusts it."""
    known = trusted.get(package.key)
    if known is None or (package.version, hashes) == (known.version, known.files):
        return
    if package.version != known.version:
        difference = f"version {known.version} is trusted"
    else:
        first = min(name for name, _ in hashes.items() ^ known.files.items())
        change = "differs" if first in known.files else "is new"
        difference = f"{first} {change if first in hashes else 'is missing'}"
    getting = f" with: digest models install {known.source}" if "://" in known.source else ""
    raise DigestError(
        f"{package.name}: not the model that models.lock trusts ({difference}); "
        f"get the trusted one{getting}, or accept this one with: {accepting}"
    )


def _trusted(entry: dict[str, object]) -> Trusted:
    known = {each.name for each in fields(Trusted)}
    trusted = Trusted(**{name: value for name, value in entry.items() if name in known})  # type: ignore[arg-type]
    if not isinstance(trusted.version, str) or not isinstance(trusted.files, dict):
        raise TypeError("version or files have the wrong type")
    return replace(trusted, files={name: trusted.files[name] for name in filter(_translates, trusted.files)})


def _translates(name: str) -> bool:
    return _TRANSLATES.fullmatch(name) is not None
