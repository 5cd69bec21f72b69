"""Finds the Argos packages of this machine, those that other programs installed as well."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal, cast

from generator.languages.model_codes import model_code, pair_in, pairs_like
from generator.model import DigestError
from generator.storage.files import unreadable

TOKENIZERS = ("sentencepiece.model", "bpe.model")
"""Files that cut sentences into pieces; a package has one; of both the first counts, as Argos does."""


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A translation model in a folder, nearly always an unpacked Argos package."""

    source: str
    """Code of the language it translates from, as `model_code` gives it."""
    target: str
    version: str
    path: Path
    target_prefix: str = ""
    """A piece that every translation starts with, for models of several target languages."""
    kind: Literal["argos", "ctranslate2"] = "argos"
    """ctranslate2: a model in a folder of the user's own; it has no version."""

    @property
    def pair(self) -> str:
        """Both languages as people write them in commands: `ar-en`."""
        return f"{self.source}-{self.target}"

    @property
    def name(self) -> str:
        """Pair and version, for messages."""
        return f"{self.pair} {self.version}" if self.kind == "argos" else f"{self.kind} {self.pair}"

    @property
    def key(self) -> str:
        """What models.lock calls it."""
        return self.pair if self.kind == "argos" else f"{self.kind}:{self.pair}"

    @property
    def readme(self) -> str:
        """What the package says of itself, licence included; empty where it says nothing."""
        try:
            return (self.path / "README.md").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    @property
    def licence(self) -> str:
        """The line of its README that names the licence of the model, not of a sentence splitter in it."""
        for line in self.readme.splitlines():
            said = re.sub(r"https?://\S+", "", line).casefold()
            if "licen" in said and not re.search("stanza|spacy|minisbd", said):
                return " ".join(line.split())[:300]
        return ""

    @property
    def size(self) -> int:
        """Its bytes on the disk."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())


def packages_dir() -> Path:
    """Return the folder where Argos Translate keeps packages and where ours are installed too."""
    return _package_dirs()[0]


def installed() -> tuple[InstalledPackage, ...]:
    """List the installed translation packages by pair, the newest version first.

    Folders that hold no readable package are passed over: Argos Translate itself would die on one.
    """
    found = (package for folder in _package_dirs() for package in packages_in(folder))
    return tuple(sorted(found, key=lambda each: (each.pair, version_order(each.version), str(each.path))))


def packages_in(folder: Path) -> Iterator[InstalledPackage]:
    """Return the packages directly below a folder, which need not exist; DigestError where it can't be read."""
    for path in _folders_in(folder):
        if not path.name.startswith("."):
            try:
                yield read_package(path)
            except DigestError:
                continue


def damage_of(pair: str) -> str:
    """Return what is wrong with a package of a pair that is there and passed over, one line; else nothing."""
    for folder in _package_dirs():
        for path in _folders_in(folder):
            if pair_in(path.name) == tuple(pair.split("-")):
                try:
                    read_package(path)
                except DigestError as error:
                    return str(error)
    return ""


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise unreadable(folder, error) from error


def read_package(path: Path) -> InstalledPackage:
    """Describe the package unpacked in a folder; DigestError when it is not a whole translation package."""
    package = read_metadata(path)
    try:
        if not (path / "model" / "model.bin").is_file():
            raise DigestError(f"{path}: not an Argos translation package, model/model.bin is missing")
    except OSError as error:
        raise unreadable(path / "model", error) from error
    if not any((path / name).is_file() for name in TOKENIZERS):
        raise DigestError(f"{path}: not an Argos translation package, it holds no {' or '.join(TOKENIZERS)}")
    return package


def read_metadata(path: Path) -> InstalledPackage:
    """Describe the package in a folder by its metadata.json; DigestError when that describes none."""
    try:
        metadata = json.loads((path / "metadata.json").read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise DigestError(f"{path}: not an Argos package, its metadata.json can't be read") from error
    return package_of(metadata, path)


def package_of(metadata: object, path: Path) -> InstalledPackage:
    """Read what a metadata.json says; DigestError when it describes no translation package."""
    if not isinstance(metadata, dict) or metadata.get("type", "translate") != "translate":
        raise DigestError(f"{path}: metadata.json describes no translation package")
    values = {key: metadata.get(key, "") for key in ("from_code", "to_code")}
    values["package_version"] = str(metadata.get("package_version") or "0")  # Argos Translate needs none either
    for key, value in values.items():
        # Codes and version become file names and commands, so nothing else may be in them.
        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,31}", value):
            raise DigestError(f"{path}: metadata.json has no usable {key}")
    prefix = metadata.get("target_prefix", "")
    return InstalledPackage(
        model_code(values["from_code"]),
        model_code(values["to_code"]),
        values["package_version"],
        path,
        prefix if isinstance(prefix, str) else "",
    )


def _package_dirs() -> list[Path]:
    """Return the folders Argos Translate searches; the environment counts as it is now, not at first import."""
    own = os.environ.get("ARGOS_PACKAGES_DIR")
    try:
        folders = argos_settings().package_dirs
    except DigestError as error:
        if not (own and isinstance(error.__cause__, OSError | RuntimeError)):
            raise
        folders = [own]  # a service or a container without a home has no other folders
    return [Path(own or folders[0]), *folders[1:]]


def argos_settings() -> ModuleType:
    """Return Argos Translate's own settings; DigestError where it can't read them."""
    try:
        from argostranslate import settings  # type: ignore[import-untyped]
    except (ValueError, KeyError, AssertionError) as error:
        raise DigestError(
            f"Argos Translate's settings can't be read ({error}); mend its variables, ARGOS_…, or settings.json"
        ) from error
    except (OSError, RuntimeError) as error:  # it makes folders as soon as it is imported
        raise DigestError(
            f"Argos Translate can't make its folders ({error}); let HOME be a folder that can be written, or "
            "name the models' one in ARGOS_PACKAGES_DIR"
        ) from error
    return cast(ModuleType, settings)


def route(pair: str, pairs: Collection[str]) -> tuple[str, ...]:
    """Return the pairs, of those there are, that translate a pair: one, two, or none where none do.

    A near language's model is better than two.
    """
    source, _, target = pair.rpartition("-")
    near = list(pairs_like(source, target))
    for near_source, near_target in near:
        if (direct := f"{near_source}-{near_target}") in pairs:
            return (direct,)
    for near_source, near_target in near:
        first = {pair.partition("-")[2]: pair for pair in pairs if pair.partition("-")[0] == near_source}
        for middle in sorted(first, key=lambda code: (code != "en", code)):
            if (second := f"{middle}-{near_target}") in pairs:
                return first[middle], second
    return ()


def version_order(version: str) -> tuple[int, ...]:
    """Return a sort key that puts 1.10 before 1.9."""
    return tuple(-int(number) for number in re.findall(r"\d+", version))
