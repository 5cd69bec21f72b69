"""Where, when, in which language and on how many cores a digest is made shows nowhere in it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import tiny_model
from tests.support.offline import ROOT


@dataclass(frozen=True)
class Machine:
    """What differs from one computer to another."""

    folder: str
    zone: str
    """Time zones of which no two ever have the same date."""
    locale: str
    hash_seed: str
    cores: int | None
    """None is all of them."""
    encoding: str


FRENCH = "le chat {} regarde les {} souris et dort. "
"""Such sentences fill several batches, which as many threads decode as there are cores."""

ONE = Machine("digest", "Pacific/Kiritimati", "C", "1", 1, "0")
OTHER = Machine("ein Ordner/ملخص", "Pacific/Niue", "ar_EG.UTF-8", "4242", None, "1")


def make(machine: Machine, place: Path, packages: Path) -> Path:
    """Generate and build a digest of the user's two articles and of French ones that a machine translates.

    Program and theme are copies, too.
    """
    folder = place / machine.folder
    folder.mkdir(parents=True)
    for name in ("generator", "memory", "seeds"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            copy_function=shutil.copy,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in "abc":
        sentences = (FRENCH.format(number, name) for number in range(200))
        (folder / "seeds" / f"{name}.txt").write_text("".join(sentences), "utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))},
        "TZ": machine.zone,
        "LC_ALL": machine.locale,
        "LANGUAGE": machine.locale[:2],
        "PYTHONHASHSEED": machine.hash_seed,
        "PYTHONUTF8": machine.encoding,
        "PYTHONPATH": str(folder),
        "ARGOS_PACKAGES_DIR": str(packages),
        "NO_MKDOCS_2_WARNING": "1",
    }

    def confine() -> None:
        if machine.cores and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: machine.cores])

    for command in ("generator", "generate", "--quiet"), ("mkdocs", "build", "--strict"):
        subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=environment,
            check=True,
            preexec_fn=confine,
        )
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    packages = tmp_path_factory.mktemp("packages")
    tiny_model.copying_package(packages, "fr", "en")
    return tuple(make(each, tmp_path_factory.mktemp("place"), packages) for each in (ONE, OTHER))  # type: ignore[return-value]


@pytest.mark.parametrize("part", ["docs", "site"])
def test_two_machines_make_the_same_bytes(made: tuple[Path, Path], part: str) -> None:
    one, other = ({str(f.relative_to(m / part)): f for f in (m / part).rglob("*") if f.is_file()} for m in made)
    assert one.keys() == other.keys()
    assert len(one) > 10
    assert part == "site" or b'"origin": "machine"' in one["en/articles/a/article.json"].read_bytes()
    assert [name for name in sorted(one) if one[name].read_bytes() != other[name].read_bytes()] == []
