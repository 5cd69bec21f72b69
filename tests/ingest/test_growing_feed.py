"""A feed that is added again and again: whatever its address once gave stays in its seed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.ingest import read_seed
from generator.ingest.growing_feed import with_earlier_entries
from generator.ingest.raw_article import Unreadable
from generator.model import Article

Make = Callable[[list[tuple[str, str]]], str]
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(entries: list[tuple[str, str]]) -> str:
    items = "".join(
        f"<item><guid>{key}</guid><title>T {key}</title><description><![CDATA[<p>{text}</p>]]></description></item>"
        for key, text in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def atom(entries: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<entry><id>{key}</id><title>T</title><content type="html">&lt;p>{text}&lt;/p></content></entry>\n'
        for key, text in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{items}</feed>'


def rdf(entries: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<item rdf:about="https://e.org/{key}"><title>T</title><link>https://e.org/{key}</link>'
        f"<description>{text}</description></item>"
        for key, text in entries
    )
    return (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<channel><title>F</title><items><rdf:Seq/></items></channel>{items}</rdf:RDF>"
    )


def json_feed(entries: list[tuple[str, str]]) -> str:
    items = [{"id": key, "content_html": f"<p>{text}</p>"} for key, text in entries]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [5, {"id": "link"}, *items]})


def json_list(entries: list[tuple[str, str]]) -> str:
    return json.dumps([{"id": "none"}, *({"id": key, "text": text} for key, text in entries)])


def json_lines(entries: list[tuple[str, str]]) -> str:
    return "\n\n".join(json.dumps({"id": key, "text": text}) for key, text in entries)


KINDS: dict[str, tuple[str, Make]] = {
    "RSS": (".rss", rss),
    "Atom": (".atom", atom),
    "RSS 1.0": (".xml", rdf),
    "JSON Feed": (".json", json_feed),
    "JSON": (".json", json_list),
    "JSON Lines": (".jsonl", json_lines),
}


def articles(seed: Path) -> dict[str, Article]:
    return {article.slug: article for article in read_seed(seed, seed.parent, lambda fault: None)}


@pytest.mark.parametrize(("suffix", "make"), KINDS.values(), ids=KINDS)
def test_what_left_a_feed_stays_in_its_seed(tmp_path: Path, suffix: str, make: Make) -> None:
    seed = tmp_path / f"feed{suffix}"
    seen: dict[str, Article] = {}
    for first in (1, 2, 2, 9, 4):
        answer = make([(f"k{n}", f"نصّ الخبر {n}, read in round {first}.") for n in range(first, first + 3)])
        before = articles(seed) if seed.exists() else {}
        whole = with_earlier_entries(seed, answer.encode(), suffix, None) if before else answer.encode()
        if before:
            assert with_earlier_entries(seed, seed.read_bytes(), suffix, None) == seed.read_bytes()
        seed.write_bytes(whole)
        fresh = tmp_path / "fresh" / seed.name
        fresh.parent.mkdir(exist_ok=True)
        fresh.write_text(answer, "utf-8")
        seen |= articles(fresh)
        assert articles(seed) == seen
    assert len(seen) == 9
    assert with_earlier_entries(seed, answer.encode(), suffix, None) == seed.read_bytes()


def test_an_entry_without_text_now_keeps_the_text_it_had(tmp_path: Path) -> None:
    seed = tmp_path / "feed.rss"
    seed.write_text(rss([("a", "One."), ("b", "Two.")]))
    seed.write_bytes(with_earlier_entries(seed, rss([("a", ""), ("c", "Three.")]).encode(), ".rss", None))
    assert [article.paragraphs for article in articles(seed).values()] == [("Three.",), ("One.",), ("Two.",)]


def test_prefixes_comments_and_charsets_come_along(tmp_path: Path) -> None:
    seed = tmp_path / "feed.xml"
    old = rss([("a", "قبل &nbsp; <item> </item>")]).replace("<rss ", f"<rss {DC} ")
    old = old.replace("<guid>", "<!-- <item> --><dc:creator>سعاد</dc:creator><guid>", 1)
    seed.write_bytes(old.encode("windows-1256"))
    before = articles_with(seed, "windows-1256")
    new = rss([("b", "بعد 中")]).encode("windows-1256", "xmlcharrefreplace")
    seed.write_bytes(with_earlier_entries(seed, new, ".xml", "windows-1256"))
    after = articles_with(seed, "windows-1256")
    assert after[1:] == before and before[0].author == "سعاد"
    assert after[0].paragraphs == ("بعد 中",)


def articles_with(seed: Path, charset: str) -> list[Article]:
    seed.with_suffix(".yml").write_text(f"charset: {charset}\n")
    return [*articles(seed).values()]


@pytest.mark.parametrize(
    ("suffix", "answer", "message"),
    [
        (".html", "<p>Maintenance.</p>", "is a feed, and the address gives .html now; rename the seed"),
        (".json", json_list([("b", "Two.")]), "is a feed, and the address gives .json now; rename the seed"),
        (".xml", "<html><body>Maintenance.</body></html>", "is no RSS or Atom feed"),
    ],
)
def test_a_seed_is_never_given_up_for_what_is_no_such_feed(
    tmp_path: Path, suffix: str, answer: str, message: str
) -> None:
    seed = tmp_path / "feed.xml"
    seed.write_text(rdf([("a", "One.")]))
    with pytest.raises(Unreadable, match=message):
        with_earlier_entries(seed, answer.encode(), suffix, None)


def test_entries_that_cannot_be_told_apart_in_the_file_are_not_lost(tmp_path: Path) -> None:
    seed = tmp_path / "feed.xml"
    seed.write_text(rss([("a", "One."), ("b", "Two.")]).replace("</item>", ""))
    with pytest.raises(Unreadable, match="cannot be joined with the new ones; rename the seed"):
        with_earlier_entries(seed, rss([("c", "Three.")]).encode(), ".xml", None)


def test_a_page_is_replaced_as_a_whole(tmp_path: Path) -> None:
    seed = tmp_path / "page.json"
    seed.write_text('{"text": "One."}')
    assert with_earlier_entries(seed, b'{"text": "Two."}', ".json", None) == b'{"text": "Two."}'
