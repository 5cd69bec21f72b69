"""How cost grows with the number of articles: generating, generating again, and building the site.

    python benchmarks/scale.py [--articles 100 1000 10000] [--build 100 1000 10000] [--navigation 300]
                               [--news 2000] [--parts month] [--corrections 100000] [--before CHECKOUT]

Articles are made of the reviewed sentences, 17 in each, drawn and ordered by its number, so that the memory
settles all of them and no model is asked. Every figure is of a process of its own. `--build` names the sizes
that MkDocs builds too: cold, and again after one article changed. With `--before` the same pages are built by
the theme of another checkout of the program as well, and ratios to that are printed. At the size of
`--navigation`, about 1,000 pages, the same docs/ are also built by Material's own templates, as MkDocs does by
itself with every page in the navigation, and without. `--news` measures made news, too, whose articles are near
to a few others as real ones are: those of the reviewed sentences have their few words and names all in common.
With `--parts` it is built, too, at once and in parts, and the two sites are compared. The memory is that of all
processes together, as seen ten times a second, or that of the largest if that is more.
`--corrections` gives a digest of 1,000 articles a memory of so many units and each article a sentence of its
own, and measures what it costs to correct one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.translate.memory import Memory
from tests.support import corpus

SENTENCES, IN_PARAGRAPH = 17, 3
OWN = "هذه جملة رقم {0} من ذاكرة كبيرة."
"""A sentence that one article alone has."""
GENERATE = ("-m", "generator", "generate", "--quiet")
BUILD = ("-m", "mkdocs", "build", "--quiet")
HASH = """
import hashlib, os
for entry in sorted(os.listdir("seeds")):
    with open("seeds/" + entry, "rb") as file:
        hashlib.sha256(file.read()).hexdigest()
"""
MEASURE = """
import contextlib, pathlib, re, resource, subprocess, sys, time

def together(process):
    "Return the kilobytes of a process and its children, what they share counted once."
    with contextlib.suppress(OSError):
        own = re.search("Pss: +([0-9]+)", (process / "smaps_rollup").read_text())
        children = [child for task in process.glob("task/*/children") for child in task.read_text().split()]
        return int(own[1]) + sum(together(process.parent / child) for child in children)
    return 0

began, peak = time.perf_counter(), 0
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL)
while process.poll() is None:
    peak = max(peak, together(pathlib.Path("/proc", str(process.pid))))
    time.sleep(0.1)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, max(used.ru_maxrss, peak) / 1024)
sys.exit(process.returncode)
"""


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds."""
    peak: float
    """Megabytes resident."""

    def __str__(self) -> str:
        return (
            f"{self.processor:7.2f} s of processor time, {self.wall:7.2f} s by the clock, {self.peak:4.0f} MB"
        )


def cost_of(folder: Path, *arguments: str) -> Cost:
    """Run Python in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    environment["ARGOS_PACKAGES_DIR"] = str(folder / "none")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Cost(*map(float, done.stdout.split()))


def make_corpus(folder: Path, count: int) -> None:
    """Make a digest of so many different articles, the same ones each time."""
    shutil.copytree(ROOT / "memory", folder / "memory")
    (folder / "mkdocs.yml").write_text(settings_with_theme(), encoding="utf-8")
    (folder / "seeds").mkdir()
    reviewed = list(Memory.load(ROOT / "memory", "ar", "en").exact)
    for number in range(count):
        drawn = random.Random(number).sample(reviewed, SENTENCES)
        paragraphs = [" ".join(drawn[at : at + IN_PARAGRAPH]) for at in range(0, SENTENCES, IN_PARAGRAPH)]
        seed = folder / "seeds" / f"article-{number:06}.txt"
        seed.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def make_news(folder: Path, count: int) -> None:
    """Make a digest of so many articles on events, with names, dates and topics."""
    (folder / "mkdocs.yml").write_text(settings_with_theme(), encoding="utf-8")
    corpus.write(folder, count)


def enlarge_memory(folder: Path, units: int) -> None:
    """Add so many units that no article needs to the memory of a digest."""
    file = folder / "memory" / "ar-en.tmx"
    unit = (
        f'<tu><tuv xml:lang="ar"><seg>{OWN}</seg></tuv>'
        '<tuv xml:lang="en"><seg>This is sentence {0} of a large memory.</seg></tuv></tu>\n'
    )
    made = "".join(unit.format(number) for number in range(units))
    file.write_text(file.read_text("utf-8").replace("</body>", f"{made}</body>"), "utf-8")


def correct(folder: Path) -> None:
    """Correct the last sentence, which no other has, in the page of the article in the middle."""
    pages = sorted(folder.glob("docs/en/articles/*/index.md"))
    page = pages[len(pages) // 2]
    text, classes = page.read_text("utf-8"), '<p class="target" lang="en" dir="ltr">'
    at = text.rindex(classes) + len(classes)
    page.write_text(f"{text[:at]}Corrected, number {len(text)}.{text[text.index('</p>', at) :]}", "utf-8")


def measure_corrections(folder: Path, articles: int, units: int) -> None:
    """Print what one correction costs where the memory is large."""
    make_corpus(folder, articles)
    enlarge_memory(folder, units)
    for number, seed in enumerate(sorted(folder.glob("seeds/*.txt"))):
        seed.write_text(f"{seed.read_text('utf-8')}{OWN.format(number)}\n", "utf-8")
    print(f"{articles:,} articles, a memory of {units:,} units")
    cold = show("generate", cost_of(folder, *GENERATE))
    for label, step in (
        ("one sentence corrected", correct),
        ("one more corrected", correct),
        ("one seed changed", change),
    ):
        step(folder)
        cost = cost_of(folder, *GENERATE)
        show(label, cost, f"{100 * cost.processor / cold.processor:.1f} % of generating all")


def settings_with_theme() -> str:
    """Return our settings for a digest in another folder."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return settings.replace("generator/theme", str(ROOT / "generator/theme"))


def change(folder: Path) -> None:
    """Let the seed in the middle begin with its last paragraph."""
    seeds = sorted(folder.glob("seeds/*.txt"))
    seed = seeds[len(seeds) // 2]
    *most, last = filter(None, seed.read_text(encoding="utf-8").splitlines())
    seed.write_text("\n\n".join([last, *most]) + "\n", encoding="utf-8")


def files_below(folder: Path) -> Iterator[Path]:
    """Return every file below a folder."""
    return (Path(place) / name for place, _, names in os.walk(folder) for name in names)


def megabytes(folder: Path) -> float:
    """Return the size of all files below a folder."""
    return sum(file.stat().st_size for file in files_below(folder)) / 1e6


def pages_in(folder: Path, suffix: str) -> int:
    """Count the pages below a folder."""
    return sum(file.suffix == suffix for file in files_below(folder))


def show(label: str, cost: Cost, remark: str = "") -> Cost:
    """Print a line."""
    print(f"  {label:28}{cost}{remark and '; '}{remark}", flush=True)
    return cost


def measure(folder: Path, label: str, count: int) -> Cost:
    """Print what generating a digest of so many articles costs; give the cost of the first run."""
    print(label)
    hashing = show("hash the seeds", cost_of(folder, "-c", HASH))
    cold = cost_of(folder, *GENERATE)
    show("generate", cold, f"{1000 * cold.processor / count:.2f} ms an article")
    same = cost_of(folder, *GENERATE)
    ratio = same.processor / hashing.processor
    show("generate, nothing changed", same, f"{ratio:.1f} × the hashing")
    change(folder)
    one = cost_of(folder, *GENERATE)
    show("generate, one changed", one, f"{100 * one.processor / cold.processor:.1f} % of generating all")
    return cold


def compare_builds(folder: Path, before: Path | None) -> float:
    """Print what building costs, cold and after one change, and ratios to another checkout; give `build`'s."""
    for name in ("site", ".cache/site"):
        shutil.rmtree(folder / name, ignore_errors=True)
    page = build(folder)
    pages = pages_in(folder / "site", ".html")
    change(folder)
    time.sleep(3)  # as files that changed just now are read again
    show("generate, one changed", cost_of(folder, *GENERATE))
    warm = cost_of(folder, *BUILD)
    show("mkdocs build, one changed", warm, f"{100 * warm.processor / (page * pages):.1f} % of cold")
    if before:
        settings = folder / "mkdocs.yml"
        settings.write_text(settings.read_text("utf-8").replace(str(ROOT), str(before)), "utf-8")
        then = show("mkdocs build, before", cost_of(folder, *BUILD))
        print(f"  {then.processor / (page * pages):.2f} × as fast cold as before", flush=True)
        print(
            f"  one changed: {100 * warm.processor / then.processor:.1f} % of a cold build before", flush=True
        )
    return page


def compare_parts(folder: Path, parts: str) -> None:
    """Print what building costs at once, cold and again, and so in parts, and after one change."""
    print("  built at once")
    build(folder)
    time.sleep(3)  # as files that changed just now are read again
    show("mkdocs build, the same", cost_of(folder, *BUILD))
    (folder / "site").rename(folder / "whole")
    settings, target = folder / "mkdocs.yml", "\n    target: en"
    settings.write_text(settings.read_text("utf-8").replace(target, f"{target}\n    parts: {parts}"), "utf-8")
    print(f"  built by {parts}")
    build(folder)
    same = subprocess.run(["diff", "-rq", "site", "whole"], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    print("  the same site" if same.returncode == 0 else "  ANOTHER SITE")
    time.sleep(3)
    show("mkdocs build, the same", cost_of(folder, *BUILD))
    change(folder)
    show("generate, one changed", cost_of(folder, *GENERATE))
    time.sleep(3)
    show("mkdocs build, one changed", cost_of(folder, *BUILD))


def build(folder: Path) -> float:
    """Print what building the site costs; give the seconds of processor time a page."""
    cost = cost_of(folder, *BUILD)
    pages = pages_in(folder / "site", ".html")
    show(
        "mkdocs build",
        cost,
        f"{pages:,} pages, {pages / cost.processor:.0f} pages a second of processor time",
    )
    site, search = megabytes(folder / "site"), megabytes(folder / "site" / "search-index")
    print(f"  {'site':28}{site:.1f} MB, of which the search index {search:.1f} MB", flush=True)
    return cost.processor / pages


def compare_navigation(folder: Path, count: int) -> None:
    """Print what the same pages cost by our settings, and by Material's own with and without navigation."""
    make_corpus(folder, count)
    cost_of(folder, *GENERATE)
    print(f"{count:,} articles, built by our settings")
    ours = build(folder)
    own = "site_name: A\ntheme: {name: material, font: false}\nplugins: []\n"
    for label, more in (("all in the navigation", ""), ("none", "nav: [index.md]\nnot_in_nav: '/*/'\n")):
        (folder / "mkdocs.yml").write_text(own + more, encoding="utf-8")
        print(f"{count:,} articles, built by Material's own templates, {label}")
        print(f"  {build(folder) / ours:.2f} × our processor time a page")


def main() -> None:
    """Measure growing corpora and print how cost grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", nargs="*", type=int, default=[100, 1_000, 10_000])
    parser.add_argument("--build", nargs="*", type=int, default=[100, 1_000, 10_000])
    parser.add_argument("--navigation", type=int, default=300)
    parser.add_argument("--news", nargs="*", type=int, default=[2_000])
    parser.add_argument("--parts", choices=("month", "language"))
    parser.add_argument("--before", type=Path)
    parser.add_argument("--corrections", nargs="*", type=int, default=[100_000])
    chosen = parser.parse_args()
    generated: dict[int, float] = {}
    built: dict[int, float] = {}
    for count in sorted({*chosen.articles, *chosen.build}):
        with tempfile.TemporaryDirectory() as scratch:
            make_corpus(Path(scratch), count)
            generated[count] = measure(Path(scratch), f"{count:,} articles", count).processor / count
            if count in chosen.build:
                built[count] = compare_builds(Path(scratch), chosen.before)
    for count in chosen.news:
        with tempfile.TemporaryDirectory() as scratch:
            make_news(Path(scratch), count)
            measure(Path(scratch), f"{count:,} articles of made news", count)
            if chosen.parts:
                compare_parts(Path(scratch), chosen.parts)
    for units in chosen.corrections:
        with tempfile.TemporaryDirectory() as scratch:
            measure_corrections(Path(scratch), 1_000, units)
    if chosen.navigation:
        with tempfile.TemporaryDirectory() as scratch:
            compare_navigation(Path(scratch), chosen.navigation)
    print_growth("generate, processor time an article", generated)
    print_growth("mkdocs build, processor time a page", built)


def print_growth(label: str, costs: dict[int, float]) -> None:
    """Print how the cost of one grows with the number of all; 1 is linear growth of the whole."""
    for (small, cost), (large, next_cost) in pairwise(costs.items()):
        print(f"{label}, {small:,} to {large:,}: × {next_cost / cost:.2f}")


if __name__ == "__main__":
    main()
