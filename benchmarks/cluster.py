"""What a Dask cluster costs and gains: `python benchmarks/cluster.py [--articles 128] [--sentences 2048]`.

Overhead: processor time of a run on one worker, both processes together, less that of a run without any, for
each article; a tiny model copies its sentences. Speed-up: the same run with one and with two workers of one
thread each and the real Argos package zh-en, which is fetched once with pip.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from distributed import Client, LocalCluster

from tests.support import tiny_model
from tests.support.argos_package import install_real_package

BEFORE = dict(os.environ)
"""Without what Dask adds in a process that starts workers."""
IN_ARTICLE = 16
FRENCH = "le renard {} saute par dessus le chien {}. "
CHINESE = "市政府第{}天说，{}座变电站已经修好，大约40万居民重新用上了电。"


@dataclass(frozen=True)
class Cost:
    """What a run took, in seconds."""

    wall: float
    processor: float
    """Of the run and, where there are any, of the workers."""


def make(folder: Path, sentence: str, articles: int) -> None:
    """Make a digest of articles of `IN_ARTICLE` sentences each."""
    for name in ("memory", "seeds"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    glossary = folder / "memory/glossary.fr-en.csv"  # a copy would be doubted and decoded again
    glossary.write_text("source,target,note\nrenard,fox|~renard,\n", encoding="utf-8")
    for number in range(articles):
        text = "".join(sentence.format(number, at) for at in range(IN_ARTICLE))
        (folder / "seeds" / f"article-{number:05}.txt").write_text(text, encoding="utf-8")


@contextmanager
def cluster(packages: Path, count: int) -> Iterator[Client]:
    """Return a client of a scheduler with so many workers of one thread, each a process."""
    environment = {"ARGOS_PACKAGES_DIR": str(packages), "PYTHONPATH": str(ROOT)}
    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": None, "env": environment}
    with LocalCluster(n_workers=count, **options) as started, Client(started, set_as_default=False) as client:
        yield client


def generate(folder: Path, packages: Path, client: Client | None = None) -> Cost:
    """Make all pages anew."""
    for name in ("docs", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    more = ["--scheduler", client.scheduler.address] if client else []
    elsewhere = sum(client.run(time.process_time).values()) if client else 0.0
    environment = {**BEFORE, "PYTHONPATH": str(ROOT), "ARGOS_PACKAGES_DIR": str(packages)}
    began, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "generator", "generate", "--quiet", *more]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    wall, after = time.perf_counter() - began, os.times()
    elsewhere = sum(client.run(time.process_time).values()) - elsewhere if client else 0.0
    own = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, own + elsewhere)


def show(label: str, cost: Cost) -> None:
    """Print a line."""
    print(f"{label:32}{cost.processor:7.1f} s of processor time, {cost.wall:7.1f} s by the clock", flush=True)


def overhead(folder: Path, articles: int) -> None:
    """Print what a worker costs more than none."""
    packages = folder / "packages"
    tiny_model.copying_package(packages, "fr", "en")
    make(folder / "few", FRENCH, articles // 4)
    make(folder / "digest", FRENCH, articles)
    print(f"{articles} articles of {IN_ARTICLE} sentences, tiny model")
    few, local = generate(folder / "few", packages), generate(folder / "digest", packages)
    show("no worker", local)
    with cluster(packages, 1) as client:
        generate(folder / "few", packages, client)  # loads program and model
        few_there, there = (
            generate(folder / "few", packages, client),
            generate(folder / "digest", packages, client),
        )
    show("one worker", there)
    whole = there.processor - local.processor
    each = (whole - (few_there.processor - few.processor)) / (articles - articles // 4)
    print(f"overhead: {1000 * each:.1f} ms an article, {whole - articles * each:.1f} s a run")


def speed_up(folder: Path, sentences: int) -> None:
    """Print how much faster two workers are than one."""
    packages = folder / "packages"
    install_real_package(packages)
    make(folder / "digest", CHINESE, sentences // IN_ARTICLE)
    print(f"{sentences} Chinese sentences, Argos zh-en")
    costs = []
    for count in (1, 2):
        with cluster(packages, count) as client:
            costs.append(generate(folder / "digest", packages, client))
        show(f"{count} workers of one thread", costs[-1])
    one, two = costs
    rate = f"{sentences / one.wall:.0f} sentences/s by one"
    print(f"two workers: {one.wall / two.wall:.2f} × as fast as one; {rate}")


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=128)
    parser.add_argument("--sentences", type=int, default=2_048)
    chosen = parser.parse_args()
    if chosen.articles:
        with tempfile.TemporaryDirectory() as scratch:
            overhead(Path(scratch), chosen.articles)
    if chosen.sentences:
        with tempfile.TemporaryDirectory() as scratch:
            speed_up(Path(scratch), chosen.sentences)


if __name__ == "__main__":
    main()
