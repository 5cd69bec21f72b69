"""How fast pages are rendered and the site is built: `python benchmarks/site.py [articles]`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator import render
from generator.model import Output, Translation
from generator.storage import records as record


def articles(number: int) -> list[Translation]:
    """Return as many articles as asked for, made of the project's own again and again."""
    records = sorted(ROOT.glob("docs/*/articles/*/article.json"))
    known = [record.parse_record(file.read_bytes(), str(file)) for file in records]
    return [_named(known[n % len(known)], f"article-{n:05}") for n in range(number)]


def _named(translation: Translation, slug: str) -> Translation:
    document = translation.digest.document
    article = replace(document.article, slug=slug, seed=f"{slug}.txt")
    digest = replace(translation.digest, document=replace(document, article=article))
    return replace(translation, digest=digest)


def rendered(translations: list[Translation]) -> list[Output]:
    """Return every page and record of a digest."""
    articles = [render.ListedArticle.of(each) for each in translations]
    trees = render.trees((article.language for article in articles), "en")
    outputs = [page for each in translations for page in render.article_pages(each, trees)]
    outputs += [
        Output(record.record_path("en", each.digest.document.article.slug), record.dump_record(each))
        for each in translations
    ]
    return [*outputs, *(page.output() for page in render.index_pages(articles, "en", trees))]


def main(number: int) -> None:
    """Print pages a second of both steps, and what the site weighs."""
    translations = articles(number)
    start = time.perf_counter()
    outputs = rendered(translations)
    spent = time.perf_counter() - start
    pages = sum(output.path.endswith(".md") for output in outputs)
    print(f"rendered {pages} pages of {number} articles in {spent:.1f} s: {pages / spent:.0f} pages/s")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for output in outputs:
            file = project / "docs" / output.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(output.content)
        shutil.copy(ROOT / "mkdocs.yml", project)
        shutil.copytree(ROOT / "generator/theme", project / "generator/theme")
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict"],
            cwd=project,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        spent = time.perf_counter() - start
        weight = sum(file.stat().st_size for file in project.glob("site/**/*") if file.is_file())
        print(f"built the site in {spent:.1f} s: {pages / spent:.0f} pages/s, {weight / 1e6:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
