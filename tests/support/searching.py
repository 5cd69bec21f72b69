"""Articles to be found, what finds them, and a server for the site that they are in."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

from generator.model import Article, Digest, Document, Repair, Segment, Sentence, Translation
from generator.storage import records
from generator.theme.search_index import build
from generator.translate.memory import Memory

ROOT = Path(__file__).parents[2]

ASSETS = ROOT / "generator/theme/templates/assets"

STAYS = "000_5eb26117233ace39"

READY = "003_3833091f4ec1012b"

BOTH = {STAYS, READY}


def translation_of(seed: Path) -> Translation:
    """Return a seed with its reviewed translation, as the generator would."""
    text = seed.read_text(encoding="utf-8")
    reviewed = Memory.load(ROOT / "memory", "ar", "en").exact
    sources = sorted((source for source in reviewed if source in text), key=text.index)
    sentences = []
    for source in sources:
        start = text.index(source)
        glued = source.find("العراقوسوريا")
        repairs = (Repair(glued, glued + 12, "العراق وسوريا"),) if glued >= 0 else ()
        sentences.append(Sentence(source, 0, start, start + len(source), "ar", repairs))
    segments = tuple(Segment(source, reviewed[source], "reviewed") for source in sources)
    document = Document(Article(seed.name, seed.stem, (text,)), "ar", 1.0, tuple(sentences))
    return Translation(Digest(document, (0,), (1.0,) * len(sources)), "en", segments[0], segments)


def article(slug: str, text: str, published: str | None = None, language: str = "ar") -> Translation:
    """Return an untranslated article of one sentence."""
    document = Document(
        Article(f"{slug}.txt", slug, (text,), published=published),
        language,
        1.0,
        (Sentence(text, 0, 0, len(text), language),),
    )
    segment = Segment(text, None, "none")
    return Translation(Digest(document, (0,), (1.0,)), "en", segment, (segment,))


def put(docs: Path, translation: Translation, trees: tuple[str, ...]) -> None:
    slug = translation.digest.document.article.slug
    for tree in trees:
        page = docs / tree / "articles" / slug / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# page\n")
    (docs / records.record_path(translation.target_language, slug)).write_bytes(
        records.dump_record(translation)
    )


def searchable(docs: Path, site: Path) -> Path:
    """Return a site that has what search.js loads."""
    build(docs, site)
    (site / "assets").mkdir(parents=True)
    for rules in ASSETS.glob("search-rules*.json"):
        shutil.copy(rules, site / "assets")
    return site


DRIVER = """
import { openIndex } from "./search-find.js";
import { best, direction, pieces } from "./search-show.js";
import { analyser } from "./search-terms.js";
import { readFileSync } from "node:fs";
const [task, ...rest] = process.argv.slice(2), given = JSON.parse(readFileSync(0, "utf-8"));
const told = ({ subjects, corrected, instead }) => ({ subjects, corrected: corrected.map(({ shown }) => shown), instead });
const tasks = {
  analyse: ([rules]) => {
    const read = file => JSON.parse(readFileSync(file, "utf-8")), table = read(rules);
    const own = table.scripts.map(script => read(rules.replace(".json", `-${script.toLowerCase()}.json`)));
    const { fold, words, terms } = analyser(table, own);
    const both = word => { const { sure, maybe } = terms(word); return [sure, maybe] };
    return given.map(text => [fold(text), words(text).map(both)]);
  },
  search: async ([base, reader, chosen = "{}"]) => {
    chosen = JSON.parse(chosen);
    const index = await openIndex(new URL(base), reader), answers = [];
    for (const query of given) {
      const answer = await index.search(query, chosen), { hits, terms, complete } = answer, found = [];
      for (const hit of hits) {
        const text = await index.text(hit), sentence = best(text, terms, index.language, reader);
        const shown = pieces(sentence.text, sentence.stretches);
        const marked = shown.filter(({ mark }) => mark).map(({ text }) => text);
        found.push({ slug: text.slug, number: sentence.number, side: sentence.side, marked });
      }
      while (answer.isOpen) await answer.further();
      answers.push({ found, complete, ...told(answer) });
    }
    return answers;
  },
  loads: async ([base, reader]) => {
    const index = await openIndex(new URL(base), reader), fetched = globalThis.fetch, counts = [];
    let count = 0;
    globalThis.fetch = (...request) => { count++; return fetched(...request); };
    for (const query of given) {
      count = 0;
      await index.search(query);
      counts.push(count);
    }
    return counts;
  },
  suggest: async ([base, reader]) => {
    const index = await openIndex(new URL(base), reader);
    return Promise.all(given.map(async text => (await index.suggest(text)).map(({ text }) => text)));
  },
  pieces: () => given.map(([text, stretches, width]) => pieces(text, stretches, width)),
  direction: ([file]) => {
    const rules = JSON.parse(readFileSync(file, "utf-8"));
    return given.map(([text, language]) => direction(text, language, rules));
  },
};
console.log(JSON.stringify(await tasks[task](rest)));
"""


class ScriptRunner(Protocol):
    """Runs a task of the driver in Node."""

    def __call__(self, *arguments: str, given: Any) -> Any:
        """Return what the task prints."""


def script_runner(folder: Path) -> ScriptRunner:
    """Return a function that runs the site's own scripts in Node; skips the test where there is none."""
    if not shutil.which("node"):
        assert not os.environ.get("CI"), "CI needs Node: install the package nodejs"
        pytest.skip("node is not installed (Debian's package nodejs), so the search scripts cannot be run here")
    (folder / "package.json").write_text('{"type": "module"}')
    for script in ASSETS.glob("search-*.js"):
        shutil.copy(script, folder)
    (folder / "driver.js").write_text(DRIVER, encoding="utf-8")

    def run(*arguments: str, given: Any) -> Any:
        done = subprocess.run(
            ["node", str(folder / "driver.js"), *arguments],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@contextmanager
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(QuietHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


FINDS = {
    "ليبيا": BOTH,
    "الليبية": BOTH,
    "لليبيا": BOTH,
    "ليبيين": BOTH,
    "حكومة": BOTH,
    "والحكومة": BOTH,
    "للحكومة": BOTH,
    "حكومات": BOTH,
    "العراق": BOTH,
    "بالعراق": BOTH,
    "الامن": BOTH,
    "امن": BOTH,
    "أمن": BOTH,
    "متمسك": {STAYS},
    "ألمانيا": {STAYS},
    "المانيا": {STAYS},
    "الالتزام": {READY},
    "سوريا": BOTH,
    "كوبلر": {STAYS},
    "راسموسن": {READY},
    "government": BOTH,
    "governments": BOTH,
    "Libyan": BOTH,
    "Libya": BOTH,
    "commit": {STAYS},
    "summit": {READY},
    "٢٠١١": BOTH,
    "2011": BOTH,
    "Kobler ليبيا": {STAYS},
    "kobler rasmussen": BOTH,
    "زقزوقلوط": set(),
    "xyzzyplugh": set(),
    "饕餮": set(),
    "؟!": set(),
    "": set(),
    "constructor": set(),
    "__proto__": set(),
}
