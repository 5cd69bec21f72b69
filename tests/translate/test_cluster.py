"""Translating on other machines: real schedulers and workers, each a process of its own, some of them killed."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client, LocalCluster, Security

from generator import __version__
from tests.support import tiny_model
from tests.support.argos_package import install_real_package
from tests.support.chinese import CHINESE
from tests.support.digests import tree
from tests.support.offline import ROOT

ARTICLES = 16
IMPATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}
BEFORE = dict(os.environ)
"""Without what Dask adds in a process that starts workers."""
SENTENCE = "le renard {} saute par dessus le chien {}. "
DOUBTED = "le chien {} dort dans la maison {}. "
"""A copy of it is no translation; the glossary makes one of the other."""


def make(folder: Path, articles: int) -> Path:
    """Make a digest of French articles of 64 sentences, so that eight are one unit of work."""
    for name in ("memory", "seeds"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "memory/glossary.fr-en.csv").write_text("source,target,note\nrenard,fox|~renard,\n", "utf-8")
    for number in range(articles):
        sentences = ((DOUBTED if at == 9 else SENTENCE).format(number, at) for at in range(64))
        (folder / "seeds" / f"made-{number:03}.txt").write_text("".join(sentences), "utf-8")
    return folder


def environment(packages: Path, **more: str) -> dict[str, str]:
    return {
        **BEFORE,
        "PYTHONPATH": str(ROOT),
        "ARGOS_PACKAGES_DIR": str(packages),
        **more,
    }


def start(folder: Path, packages: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "generate", *arguments],
        cwd=folder,
        env=environment(packages, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str], code: int = 0) -> list[str]:
    """Wait for a run and give the lines on standard error."""
    _, errors = process.communicate(timeout=300)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    return errors.splitlines()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    tiny_model.copying_package(folder, "fr", "en")
    return folder


@pytest.fixture(scope="module")
def expected(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what this machine alone makes."""
    folder = make(tmp_path_factory.mktemp("local"), ARTICLES)
    end(start(folder, packages))
    return tree(folder)


@pytest.fixture(scope="module")
def cluster(packages: Path) -> Iterator[LocalCluster]:
    """Return a scheduler and two workers that have the model."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        env={"ARGOS_PACKAGES_DIR": str(packages), "PYTHONPATH": str(ROOT)},
    ) as started:
        yield started


@contextmanager
def scheduler(protocol: str = "tcp", **more: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Return the address of a scheduler without workers, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"{protocol}://127.0.0.1:{free.getsockname()[1]}"
    with dask("scheduler", "--host", address, "--no-dashboard", env=environment(Path(), **more)) as process:
        yield address, process


@contextmanager
def dask(command: str, *arguments: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments],
        cwd="/",  # -m looks for modules here, too
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def workers(address: str, *environments: dict[str, str], security: Security | None = None) -> Iterator[None]:
    """Start workers of one thread, and wait until all are there."""
    with ExitStack() as stack:
        for env in environments:
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
            stack.enter_context(dask("worker", address, *options, env=env))
        with Client(address, set_as_default=False, security=security) as client:
            client.wait_for_workers(len(environments), timeout=200)
        yield


def wait_for_a_record(folder: Path, process: subprocess.Popen[str]) -> None:
    while not list(folder.glob("docs/en/articles/*/article.json")):
        time.sleep(0.02)
        assert process.poll() is None, process.communicate()


def test_two_workers_give_the_same_bytes(
    cluster: LocalCluster, packages: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    folder = make(tmp_path / "digest", ARTICLES)
    assert end(start(folder, packages, "--scheduler", cluster.scheduler_address)) == []
    assert tree(folder) == expected


def test_only_workers_need_the_model(cluster: LocalCluster, expected: dict[str, bytes], tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", ARTICLES)
    assert end(start(folder, tmp_path, "--scheduler", cluster.scheduler_address)) == []
    assert tree(folder) == expected


def test_a_worker_is_killed_in_the_middle(
    cluster: LocalCluster, packages: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    folder = make(tmp_path / "digest", ARTICLES)
    run = start(folder, packages, "--scheduler", cluster.scheduler_address)
    wait_for_a_record(folder, run)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert end(run) == []
    assert tree(folder) == expected


def odd_workers(packages: Path, place: Path) -> dict[str, dict[str, str]]:
    """Return the environments of workers that cannot help, by a part of the line that says why."""
    (place / "none").mkdir()
    tiny_model.copying_package(place / "other model", "fr", "en", package_version="1.1")
    (place / "library").mkdir()
    (place / "library/sitecustomize.py").write_text("import ctranslate2\nctranslate2.__version__ = '4.0.0'\n")
    other, old = place / "other program", place / "old program"
    shutil.copytree(ROOT / "generator", other / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "generator/__init__.py").write_text('__version__ = "7.7.7"\n')
    (old / "generator").mkdir(parents=True)
    (old / "generator/__init__.py").touch()
    return {
        "has no model for fr-en": environment(place / "none"),
        "has argos:fr-en:1.1:": environment(place / "other model"),
        "has ct2:4.0.0, not ct2:": environment(packages, PYTHONPATH=f"{ROOT}:{place / 'library'}"),
        f"runs digest 7.7.7 (X), not {__version__} (X)": environment(packages, PYTHONPATH=str(other)),
        "lacks the program (": environment(packages, PYTHONPATH=str(old)),
    }


def test_workers_that_cannot_help(packages: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    """What they lack is said in a line each, and their share done by others, if there are any."""
    odd = odd_workers(packages, tmp_path)
    with scheduler() as (address, _), workers(address, *odd.values()):
        alone = make(tmp_path / "alone", 2)
        (line,) = end(start(alone, packages, "--scheduler", address), code=1)
        assert line.startswith(f"digest: {address}: no worker can translate fr-en: ")
        assert [reason for reason in odd if reason not in without_hashes(line)] == []
        with workers(address, environment(packages)):
            folder = make(tmp_path / "digest", ARTICLES)
            lines = end(start(folder, packages, "--scheduler", address))
    assert len(lines) == len(odd)
    assert [reason for reason in odd if reason not in without_hashes(" ".join(lines))] == []
    assert all(line.endswith("other workers do its share") for line in lines)
    assert tree(folder) == expected
    without = make(tmp_path / "without", 2)
    end(start(without, tmp_path / "none"))
    assert tree(alone) == tree(without)


def without_hashes(line: str) -> str:
    return re.sub(r"\([0-9a-f]{8}\)", "(X)", line)


def test_workers_that_differ_where_nobody_knows_who_is_right(packages: Path, tmp_path: Path) -> None:
    odd = odd_workers(packages, tmp_path)["has argos:fr-en:1.1:"]
    folder = make(tmp_path / "digest", 2)
    with scheduler() as (address, _), workers(address, environment(packages), odd):
        (line,) = end(start(folder, tmp_path / "none", "--scheduler", address), code=1)
    assert "argos:fr-en:1.1:" in line
    assert "argos:fr-en:1.0:" in line


@pytest.mark.parametrize("address", ["", "tcp://host", "host:port", "http://host:8786", "tcp://host:8786/path"])
def test_what_is_no_address(packages: Path, tmp_path: Path, address: str) -> None:
    folder = make(tmp_path / "digest", 2)
    assert end(start(folder, packages, "--scheduler", address), code=1) == [
        f"digest: --scheduler {address}: is no address of one; write it like tcp://host:8786"
    ]


def test_a_scheduler_that_is_gone(packages: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 2)
    with scheduler() as (address, _):
        pass
    (line,) = end(start(folder, packages, "--scheduler", address, **IMPATIENT), code=1)
    assert line.startswith(f"digest: {address}: no Dask scheduler answers there")
    assert not (folder / "docs").exists()


def test_a_scheduler_without_workers(packages: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 2)
    with scheduler() as (address, _):
        (line,) = end(start(folder, packages, "--scheduler", address, **IMPATIENT), code=1)
    assert line == f"digest: {address}: has no worker; start one with: dask worker {address}"


def test_a_scheduler_that_dies_in_the_middle(
    packages: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    folder = make(tmp_path / "digest", ARTICLES)
    with scheduler() as (address, process), workers(address, environment(packages)):
        run = start(folder, packages, "--scheduler", address)
        wait_for_a_record(folder, run)
        process.kill()
        (line,) = end(run, code=1)
    assert line.startswith(f"digest: {address}: the Dask scheduler is gone; what was written stays")
    assert 0 < len(tree(folder)) < len(expected)
    end(start(folder, packages))
    assert tree(folder) == expected


def test_an_interrupted_run_goes_on_elsewhere(
    cluster: LocalCluster, packages: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    folder = make(tmp_path / "digest", ARTICLES)
    run = start(folder, packages, "--scheduler", cluster.scheduler_address)
    wait_for_a_record(folder, run)
    run.send_signal(signal.SIGINT)
    (line,) = end(run, code=130)
    assert "articles are left" in line
    end(start(folder, packages))
    assert tree(folder) == expected


@pytest.mark.skipif(not shutil.which("openssl"), reason="making a certificate needs openssl")
def test_tls_as_dask_is_configured(packages: Path, tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=dask"]
    subprocess.run([*making, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": certificate} | {
        f"DASK_DISTRIBUTED__COMM__TLS__{role}__{name}": path
        for role in ("SCHEDULER", "WORKER", "CLIENT")
        for name, path in (("KEY", key), ("CERT", certificate))
    }
    own = Security(tls_ca_file=certificate, tls_client_key=key, tls_client_cert=certificate)
    with (
        scheduler("tls", **tls) as (address, _),
        workers(address, environment(packages, **tls), security=own),
    ):
        folder = make(tmp_path / "digest", 2)
        (line,) = end(start(folder, packages, "--scheduler", address), code=1)
        assert line == f"digest: {address}: name your certificates in Dask's configuration, under comm.tls"
        assert end(start(folder, packages, "--scheduler", address, **tls)) == []
    assert b'"origin": "machine"' in tree(folder)["docs/en/articles/made-000/article.json"]


def test_without_dask_the_way_to_it_is_named(packages: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 2)
    program = "import sys; sys.modules['distributed'] = None; from generator.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "generate", "--scheduler", "tcp://127.0.0.1:1"],
        cwd=folder,
        env=environment(packages),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "digest: --scheduler: Dask is not installed; install with: pip install distributed\n"
    )


def test_without_a_scheduler_dask_is_not_loaded(packages: Path, tmp_path: Path) -> None:
    folder = make(tmp_path / "digest", 2)
    program = (
        "import sys; from pathlib import Path; from generator import build, config\n"
        "build.generate(config.load(Path('mkdocs.yml'))); print({'dask', 'distributed'} & set(sys.modules))"
    )
    environ = environment(packages)
    output = subprocess.check_output([sys.executable, "-c", program], cwd=folder, env=environ, text=True)
    assert output == "set()\n"


def test_the_real_model_gives_the_same_bytes(tmp_path: Path) -> None:
    install_real_package(tmp_path / "packages")
    for name in ("here", "there"):
        folder = make(tmp_path / name, 0)
        (folder / "seeds/班加西.txt").write_text(CHINESE, "utf-8")
    end(start(tmp_path / "here", tmp_path / "packages"))
    with scheduler() as (address, _), workers(address, *2 * [environment(tmp_path / "packages")]):
        assert end(start(tmp_path / "there", tmp_path, "--scheduler", address)) == []
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert "Benghazi" in tree(tmp_path / "there")["docs/en/articles/班加西/index.md"].decode()
