#!/usr/bin/env python3
"""Count what axe-core objects to: every page type in three interfaces, light and dark, at four widths."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support import showcase
from tests.support.barriers import barriers
from tests.support.browser import chromium, served

TREES, SCHEMES, WIDTHS = ("en", "ar", "zh"), ("light", "dark"), (320, 390, 850, 1280)


def main() -> None:
    """Build the site, look at every page, print each element once with the number of views that it is in."""
    found: Counter[tuple[str, str]] = Counter()
    views = 0
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = showcase.build(Path(folder))
        types = {(kind, path) for tree in TREES for kind, path in showcase.pages(site, tree).items()}
        types |= {("languages", ""), ("nowhere", "404.html")}
        with served(site) as address:
            for scheme in SCHEMES:
                page = browser.new_context(color_scheme=scheme).new_page()
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    for kind, path in sorted(types):
                        page.goto(address + path)
                        found.update((kind, line) for line in barriers(page))
                        views += 1
    for (kind, line), count in found.most_common():
        print(f"{count:3} {kind}: {line}")
    print(f"{len({kind for kind, _ in types})} page types, {views} views, {sum(found.values())} barriers")


if __name__ == "__main__":
    main()
