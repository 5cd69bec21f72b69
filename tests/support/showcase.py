"""One site with a page of every type: articles of every kind, and lists, stories, topics and names of a run."""

from __future__ import annotations

import shutil
from itertools import cycle, islice
from pathlib import Path

from generator.model import Translation
from tests.support import corpus, digests, samples

HAND_WRITTEN = """# By hand

Text with `code`, **bold**, a [link](about.md) and a long word:
Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.

| a | b |
|---|---|
| 1 | 2 |

```
a block of code that is far too long to fit on one line of a narrow page, whatever its font may be
```
"""
LONG_ADDRESS = "https://example.org/" + "a-very-long-path-without-any-end/" * 4
KINDS = {
    "reviewed": samples.STAYS,
    "machine": "zh-news",
    "half-translated": "mixed",
    "untranslated": "pending",
    "a hundred sentences": "hundred",
}
"""Articles by how they are translated."""


def hundred() -> Translation:
    """Return an article of a hundred sentences, some of which a machine translated, and some nobody."""
    pairs = [pair for article in samples.reviewed().values() for pair in article]
    segments = [
        samples.untranslated(source)
        if number % 25 == 24
        else (samples.by_machine if number % 10 == 3 else samples.by_hand)(source, target)
        for number, (source, target) in enumerate(islice(cycle(pairs), 100))
    ]
    paragraphs = [segments[at : at + 5] for at in range(0, 100, 5)]
    return samples.translation("hundred", "ar", paragraphs, title=segments[0], picked=(0, 20, 64))


def build(project: Path) -> Path:
    """Build the site and give its folder."""
    shutil.copy(samples.ROOT / "mkdocs.yml", project)
    corpus.write(project, 60)
    seed = project / "seeds/long-address.txt"
    seed.write_text(f"بيان الوزارة\n\nقالت الوزارة إن البيان نُشر في {LONG_ADDRESS} يوم الأحد.\n", "utf-8")
    seed.with_suffix(".yml").write_text("published: 2026-01-01\n", "utf-8")  # so that the first page shows it
    digests.finish(project)
    lists = project / "lists"
    shutil.copytree(project / "docs", lists)
    samples.write_docs(project, [*samples.every_kind(), hundred()])
    shutil.copytree(lists, project / "docs", dirs_exist_ok=True)
    (project / "docs/en/hand-written.md").write_text(HAND_WRITTEN, "utf-8")
    result = samples.mkdocs_build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"


def pages(site: Path, tree: str) -> dict[str, str]:
    """Return the address of a page of each type that a tree has."""

    def first(pattern: str) -> str:
        found = sorted(site.glob(f"{tree}/{pattern}/index.html"))
        return f"{found[0].parent.relative_to(site).as_posix()}/" if found else ""

    found = {kind: first(f"articles/{slug}") for kind, slug in KINDS.items()}
    found |= {
        kind: first(f"articles/{slug}") for kind, slug in (("own language", "english"), ("long", "long-*"))
    }
    found |= {kind: first(f"{kind}/*") for kind in ("page", "stories", "topics", "names")}
    found |= {"connected": first("articles/quake-*"), "month": first("archive/????-??")}
    found |= {
        f"all {kind}": first(kind) for kind in ("stories", "topics", "names", "archive", "search", "about")
    }
    found |= {"home": first("."), "by hand": first("hand-written")}
    return {kind: path for kind, path in found.items() if path}
