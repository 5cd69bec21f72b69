"""Openings of real news, from NTREX-128."""

from __future__ import annotations

import csv

from generator.model import Segment, Translation
from tests.support import samples
from tests.support.samples import ROOT


def real_news() -> list[Translation]:
    articles: dict[str, list[Segment]] = {}
    with (ROOT / "tests/data/stories.zh-en.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            articles.setdefault(row["article"], []).append(Segment(row["zh"], row["en"], "reviewed"))
    return [
        samples.translation(slug, "zh", [segments], title=title, published="2018-10-01")
        for slug, (title, *segments) in articles.items()
    ]
