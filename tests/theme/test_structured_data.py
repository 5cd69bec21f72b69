"""What programs are told of topics and names: only what is sure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.theme.structured_data import collection, news_article

LISTED = [{"link": "../../articles/a/", "title": "Rain", "language": "en"}]
RECORD = {"language": "ar", "target_language": "en", "title": {"source": "مطر", "target": "Rain"}}


def told_of(kind: str) -> Any:
    meta = {"kind": kind, "name": "Chili Sauce", "articles": LISTED}
    return json.loads(collection(meta, "https://example.org/en/names/x/", "en", "Names")).get("mainEntity")


@pytest.mark.parametrize(
    ("kind", "told"),
    [("person", "Person"), ("place", "Place"), ("organization", "Organization"), ("topic", "DefinedTerm")],
)
def test_a_page_tells_what_it_is_on_where_that_is_known(kind: str, told: str) -> None:
    assert told_of(kind)["@type"] == told


def test_a_mere_name_is_no_fact() -> None:
    assert told_of("name") is None
    named = [{"kind": kind, "name": kind, "link": f"../../names/{kind}/"} for kind in ("name", "place")]
    article = json.loads(
        news_article(RECORD, "en", {"en": "https://example.org/en/articles/a/"}, {"names": named})
    )
    assert [each["name"] for each in article["mentions"]] == ["place"]
    assert "mentions" not in json.loads(news_article(RECORD, "en", {}, {"names": named[:1]}))
