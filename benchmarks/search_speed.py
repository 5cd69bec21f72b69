"""How soon the first result of a search is shown, beside another checkout of the program.

    python benchmarks/search_speed.py CHECKOUT [--articles 1000] [--times 3]

Both make the same digest of made news and look for the same words in turn, in Chromium: typed on the search
page or into the masthead of the front page, 80 ms a key, with nothing kept from an earlier page (cold) and
with what such a page keeps (warm), with the network of this machine and with one of 1.6 Mbit/s whose
answers take 150 ms. Times are from the last key to the frame that shows the first result. A checkout's
program runs in its own `.venv`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.support import corpus
from tests.support.browser import chromium, served

QUERIES = ("Nairobi", "health minister", "وزير الصحة", "卫生部门")
PLACES = {"search page": ("en/search/", "#query"), "masthead": ("en/", "#masthead-query")}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
WATCH = """
addEventListener("keydown", event => {
  if (event.key === "Enter") sessionStorage.asked = Date.now();
}, true);
addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector("[data-search-results]");
  const shown = () => list.firstChild && !list.dataset.after && requestAnimationFrame(() =>
    list.dataset.after ??= Date.now() - sessionStorage.asked);
  if (list) new MutationObserver(shown).observe(list, { childList: true });
});
"""


def make_site(checkout: Path, project: Path, articles: int) -> Path:
    """Make a digest and its site with the program of a checkout."""
    corpus.write(project, articles)
    settings = (checkout / "mkdocs.yml").read_text("utf-8")
    theme = str(checkout / "generator/theme")
    (project / "mkdocs.yml").write_text(settings.replace("generator/theme", theme), "utf-8")
    python = checkout / ".venv/bin/python"
    environment = {**os.environ, "PYTHONPATH": str(checkout), "NO_MKDOCS_2_WARNING": "1"}
    environment["ARGOS_PACKAGES_DIR"] = str(project / "none")
    for command in (("generator", "generate"), ("mkdocs", "build", "--quiet")):
        made = [python, "-m", *command]
        subprocess.run(made, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)
    yesterday = time.time() - 86_400  # a browser keeps for a while what is not quite new
    for file in (project / "site").rglob("*"):
        os.utime(file, (yesterday, yesterday))
    return project / "site"


def search(context: Any, address: str, place: str, query: str, is_slow: bool) -> float:
    """Search on a fresh page; return the milliseconds until the first result is there."""
    page = context.new_page()
    page.add_init_script(WATCH)
    if is_slow:
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", SLOW)
    path, field = PLACES[place]
    page.goto(address + path, wait_until="load")
    page.locator(field).press_sequentially(query, delay=80)
    page.keyboard.press("Enter")
    results = page.locator("[data-search-results][data-after]")
    results.wait_for(state="attached")
    found = float(results.get_attribute("data-after"))
    page.close()
    return found


def main() -> None:
    """Print the median of each way to search, before and now."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("checkout", type=Path)
    arguments.add_argument("--articles", type=int, default=1000)
    arguments.add_argument(
        "--times", type=int, default=3, help="for each query; medians are of four times as many"
    )
    chosen = arguments.parse_args()
    folder = Path(tempfile.mkdtemp())
    checkouts = {"before": chosen.checkout.resolve(), "now": ROOT}
    sites = {name: make_site(each, folder / name, chosen.articles) for name, each in checkouts.items()}
    with served(sites["before"]) as before, served(sites["now"]) as now, chromium() as browser:
        for place in PLACES:
            for is_slow in (False, True):
                found: dict[tuple[str, str], list[float]] = {}
                for number in range(chosen.times * len(QUERIES)):
                    query = QUERIES[number % len(QUERIES)]
                    for name, address in (("before", before), ("now", now)):
                        with browser.new_context() as context:
                            for kind in ("cold", "warm"):
                                spent = search(context, address, place, query, is_slow)
                                found.setdefault((kind, name), []).append(spent)
                for kind in ("cold", "warm"):
                    told = ", ".join(f"{name} {median(found[kind, name]):.0f} ms" for name in sites)
                    print(f"{place}, {'slow' if is_slow else 'fast'}, {kind}: {told}", flush=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
