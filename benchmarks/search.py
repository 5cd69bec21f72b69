"""Cost of the site's search: building the index, its size, and what one search loads.

    python benchmarks/search.py [PAIRS.tsv] [--articles 100 1000 10000]

PAIRS.tsv holds a source sentence and, in its last column, a target sentence a line, below a header.
Without pairs, articles are made of words that are as unevenly frequent as real ones (Zipf's law), which keeps
the vocabulary growing with the corpus. Searches are run by the site's own scripts in Node.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
THEME = ROOT / "generator/theme"
SENTENCES = 21
"""In an article: as many as the seeds have."""
QUERIES = 30
LATER = {"search-phrases.js", "search-suggest.js"}
"""Scripts that are loaded only for words in quotation marks, and where somebody types on the search page."""

BUILD = f"""
import resource, sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from generator.theme import search_index
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before, start, worked = peak(), time.perf_counter(), time.process_time()
search_index.build(Path(sys.argv[1]), Path(sys.argv[2]))
print(time.perf_counter() - start, time.process_time() - worked, peak(), before)
"""

SEARCH = """
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { openIndex } from "./search-find.js";
import { best } from "./search-show.js";
const [base, reader] = process.argv.slice(2);
let loaded;
globalThis.fetch = async address => {
  const bytes = readFileSync(address.pathname);
  loaded.bytes += bytes.length; loaded.gzip += gzipSync(bytes, { level: 6 }).length; loaded.files += 1;
  return { ok: true, json: async () => JSON.parse(bytes) };
};
const results = [];
for (const query of JSON.parse(readFileSync(0, "utf-8"))) {
  loaded = { bytes: 0, gzip: 0, files: 0 };
  const start = performance.now(), index = await openIndex(new URL(`file://${base}/`));
  const { hits, terms } = await index.search(query);
  for (const hit of hits.slice(0, 10)) best(await index.text(hit), terms, index.language, reader);
  results.push({ ...loaded, hits: hits.length, milliseconds: performance.now() - start });
}
console.log(JSON.stringify(results));
"""

Pair = tuple[str, str]


def zipf_pairs() -> Callable[[], Pair]:
    """Return a function that makes sentence pairs of invented words, the same ones each time."""
    chance = random.Random(1)
    arabic = invented(chance, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", 40_000)
    english = invented(chance, "etaoinshrdlcumwfgypbvk", 40_000)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(arabic))))
    prefixes = ["", "", "", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل"]

    def pair() -> Pair:
        source = chance.choices(arabic, cum_weights=weights, k=22)
        target = chance.choices(english, cum_weights=weights, k=25)
        return " ".join(chance.choice(prefixes) + word for word in source) + ".", " ".join(target) + "."

    return pair


def invented(chance: random.Random, letters: str, count: int) -> list[str]:
    """Return different words, the short ones first, as frequent words are short."""
    words: dict[str, None] = {}
    while len(words) < count:
        length = min(10, 2 + len(words) // (count // 8) + chance.randrange(3))
        words["".join(chance.choices(letters, k=length))] = None
    return list(words)


def given_pairs(file: Path) -> Callable[[], Pair]:
    """Return a function that draws from real sentence pairs."""
    chance = random.Random(1)
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [(row[0], row[-1]) for row in rows]
    return lambda: chance.choice(pairs)


def write_articles(docs: Path, count: int, pair: Callable[[], Pair]) -> Iterator[str]:
    """Write the records and empty pages of articles; give some of their sentences to make queries of."""
    for number in range(count):
        slug = f"article-{number:06}"
        pairs = [pair() for _ in range(SENTENCES)]
        record = {
            "slug": slug,
            "language": "ar",
            "target_language": "en",
            "title": {"source": pairs[0][0], "target": pairs[0][1]},
            "sentences": [{"source": source, "target": target} for source, target in pairs],
        }
        for tree in ("en", "ar"):
            page = docs / tree / "articles" / slug / "index.md"
            page.parent.mkdir(parents=True)
            page.touch()
        file = docs / "en" / "articles" / slug / "article.json"
        file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        if number % max(1, count // QUERIES) == 0:
            yield pairs[number % SENTENCES][number % 2]


def queries(sentences: list[str]) -> list[str]:
    """Make queries of one, two and three words that stand together in some article."""
    return [" ".join(sentence.split()[3 : 4 + at % 3]) for at, sentence in enumerate(sentences[:QUERIES])]


def measure(count: int, pair: Callable[[], Pair], scratch: Path) -> float:
    """Build, search, print; give the seconds of processor time an article took."""
    docs, site = scratch / "docs", scratch / "site"
    asked = queries(list(write_articles(docs, count, pair)))
    done = subprocess.run([sys.executable, "-c", BUILD, docs, site], capture_output=True, text=True, check=True)
    seconds, worked, peak, before = map(float, done.stdout.split())
    files = [file for file in (site / "search-index").rglob("*") if file.is_file()]
    sizes = {
        kind: sum(file.stat().st_size for file in files if file.parent.name == kind)
        for kind in ("terms", "texts")
    }
    text = sum(file.stat().st_size for file in docs.rglob("article.json"))
    each = f"{1000 * worked / count:.2f} ms of processor time an article"
    memory = f"peak {peak / 1024:.0f} MB ({before / 1024:.0f} MB before)"
    size = f"terms {sizes['terms'] / 1e6:.1f} MB, texts {sizes['texts'] / 1e6:.1f} MB, {len(files):,} files"
    print(f"{count:,} articles, {text / 1e6:.1f} MB of records")
    print(f"  build      {seconds:.1f} s, {each}, {memory}")
    print(f"  index      {size}")
    print_searches(searches(site, asked, scratch))
    shutil.rmtree(docs)
    shutil.rmtree(site)
    return worked / count


def searches(site: Path, asked: list[str], scratch: Path) -> list[dict[str, float]]:
    """Run each query in Node as the first one of a visit; give what it loaded, in bytes, and found."""
    (site / "assets").mkdir()
    for rules in (THEME / "templates/assets").glob("search-rules*.json"):
        shutil.copy(rules, site / "assets")
    scripts = sorted((THEME / "templates/assets").glob("search*.js"))
    for script in scripts:
        shutil.copy(script, scratch)
    (scratch / "package.json").write_text('{"type": "module"}')
    (scratch / "bench.js").write_text(SEARCH, encoding="utf-8")
    done = subprocess.run(
        ["node", scratch / "bench.js", site, "en"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    results: list[dict[str, float]] = json.loads(done.stdout)
    first = [script for script in scripts if script.name not in LATER]
    for result in results:
        result["bytes"] += sum(script.stat().st_size for script in first)
        result["gzip"] += sum(len(gzip.compress(script.read_bytes(), 6)) for script in first)
    return results


def print_searches(results: list[dict[str, float]]) -> None:
    """Print medians, and of sizes the largest too."""

    def size(name: str) -> str:
        sizes = [result[name] / 1000 for result in results]
        return f"{median(sizes):.0f} KB (at most {max(sizes):.0f})"

    def middle(name: str) -> float:
        return median(result[name] for result in results)

    print(f"  one search {size('bytes')}; compressed {size('gzip')}")
    print(
        f"             {middle('files'):.0f} files, {middle('milliseconds'):.0f} ms of computing, "
        f"{middle('hits'):,.0f} articles found"
    )


def main() -> None:
    """Measure growing corpora and print how cost grows."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("pairs", nargs="?", type=Path)
    arguments.add_argument("--articles", nargs="+", type=int, default=[100, 1_000, 10_000])
    chosen = arguments.parse_args()
    pair = given_pairs(chosen.pairs) if chosen.pairs else zipf_pairs()
    costs = []
    for count in chosen.articles:
        with tempfile.TemporaryDirectory() as scratch:
            costs.append(measure(count, pair, Path(scratch)))
    for small, large, cost, next_cost in zip(
        chosen.articles, chosen.articles[1:], costs, costs[1:], strict=False
    ):
        print(f"{small:,} to {large:,} articles: {next_cost / cost:.2f} times the processor time an article")


if __name__ == "__main__":
    main()
