"""Feeds, the catalogue and structured data: valid for tools that are not ours, whatever titles say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import jsonfeedvalidator
import pytest
from lxml import etree, html
from pyld import jsonld
from sitemap_verify.parser import parse_sitemap_document
from sitemap_verify.validators import validate_document
from sitemap_verify.xsd_validator import XsdValidator

import generator.export.feeds
import generator.export.jsonl
from generator import render
from generator.model import Translation
from generator.storage import records
from generator.storage.docs_folder import DocsFolder
from tests.support import feed_validator, samples
from tests.support.browser import chromium, served
from tests.support.hostile_texts import ATTACKS
from tests.support.samples import STAYS, by_hand, by_machine, translation, untranslated

BASE = "https://example.org/news/"
NAMES = {"en": "Digest & Co <b>", "ar": "موجز", "zh": "文摘"}
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FILES = ("feed.xml", "atom.xml", "feed.json")
ZERO = "1970-01-01T00:00:00Z"
VALID_ATTACKS = [text.encode("utf-8", "replace").decode() for text in ATTACKS.values()]


def feeds(articles: Sequence[Translation], base: str = BASE) -> dict[str, bytes]:
    entries = [render.ListedArticle.of(each) for each in articles]
    trees = render.trees((entry.language for entry in entries), "en")
    return {made.path: made.content for made in generator.export.feeds.feed_files(entries, trees, base, NAMES)}


def hostile() -> list[Translation]:
    """Return an article for each attack, which is its title, sentence, source and topic at once."""
    return [
        translation(
            f"a{n:03}",
            "ar",
            [[by_machine(text, text)]],
            title=by_hand(text, text),
            source=text,
            topics=(text,),
        )
        for n, text in enumerate(VALID_ATTACKS)
    ]


CORPORA = {
    "the seeds": samples.seeds,
    "every kind": samples.every_kind,
    "attacks": hostile,
    "nothing": list[Translation],
}


@pytest.fixture(params=CORPORA)
def made(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return feeds(CORPORA[request.param]())


def test_each_tree_has_a_feed_of_each_format_and_none_where_the_address_is_not_known() -> None:
    assert set(feeds(samples.every_kind())) == {f"{tree}/{name}" for tree in NAMES for name in FILES}
    assert feeds(samples.every_kind(), base="") == {}
    assert feeds(samples.seeds(), "https://example.org/news") == feeds(samples.seeds())


def test_feedparser_finds_nothing_wrong(made: dict[str, bytes]) -> None:
    for path, content in made.items():
        if path.endswith(".xml"):
            parsed = feedparser.parse(content)
            assert not parsed.bozo, (path, parsed.get("bozo_exception"))
            assert parsed.version == ("rss20" if path.endswith("feed.xml") else "atom10")
            assert all(entry.id == entry.link and "title" in entry for entry in parsed.entries)


def test_a_validator_of_rss_and_atom_finds_nothing_wrong(made: dict[str, bytes]) -> None:
    xml = {path: feed for path, feed in made.items() if path.endswith(".xml")}
    assert feed_validator.complaints(xml) == {}


BROKEN_FEEDS = {
    "no version": ("feed.xml", ' version="2.0"', ""),
    "no title": ("feed.xml", "<title>Digest.*?</title>", ""),
    "no description": ("feed.xml", "<description>.*?</description>", ""),
    "a date that is none": ("feed.xml", "<pubDate>.*?</pubDate>", "<pubDate>2016-13-45</pubDate>"),
    "a date of another format": ("feed.xml", "<pubDate>.*?<", "<pubDate>2016-01-31T08:00:00Z<"),
    "two titles of an item": ("feed.xml", "<guid", "<title>again</title><guid"),
    "an element that RSS does not know": ("feed.xml", "</guid>", "</guid><invented>x</invented>"),
    "markup that is not escaped": ("feed.xml", "</guid>", "</guid><p>x</p>"),
    "an attribute's value": ("feed.xml", 'isPermaLink="true"', 'isPermaLink="perhaps"'),
    "an item outside of the channel": ("feed.xml", "</channel>", "</channel><item><title>x</title></item>"),
    "no id": ("atom.xml", "<id>.*?</id>", ""),
    "no id of an entry": ("atom.xml", "<entry>.*?</id>", "<entry>"),
    "no title of an entry": ("atom.xml", '<title xml:lang="en".*?</title>', ""),
    "no moment of an entry": ("atom.xml", "(?<=\n    )<updated>.*?</updated>", ""),
    "a moment that is none": ("atom.xml", "<updated>.*?<", "<updated>2016-13-45T00:00:00Z<"),
    "a moment of another format": ("atom.xml", "<updated>.*?<", "<updated>Sat, 02 Nov 2019 00:00:00 +0000<"),
    "no author": ("atom.xml", "<author>.*?</author>", ""),
    "an author without a name": ("atom.xml", "<name>.*?</name>", ""),
    "a link to nowhere": ("atom.xml", ' href="[^"]*"', ""),
    "two alternates of one language": ("atom.xml", '(<entry>.*?)(<link rel="alternate".*?/>)', r"\1\2\2"),
    "a topic without a name": ("atom.xml", "<entry>", "<entry><category/>"),
    "a kind of text that is none": ("atom.xml", 'type="text"', 'type="txt"'),
    "an element that Atom does not know": ("atom.xml", "<entry>", "<entry><invented/>"),
    "another namespace": ("atom.xml", "2005/Atom", "2006/Atom"),
    "neither RSS nor Atom": ("atom.xml", ".*", "<html/>"),
}


def test_the_validator_refuses_broken_feeds() -> None:
    made = feeds(samples.every_kind())
    broken = {}
    for name, (file, pattern, replacement) in BROKEN_FEEDS.items():
        whole = made[f"en/{file}"].decode().partition("?>\n")[2]
        broken[name] = re.sub(pattern, replacement, whole, count=1, flags=re.DOTALL).encode()
        assert broken[name] != whole.encode(), name
    assert set(feed_validator.complaints(broken)) == set(BROKEN_FEEDS)


def is_address(text: str) -> bool:
    return urlsplit(text).scheme == "https" and bool(urlsplit(text).netloc) and text.isascii()


def test_rss_has_what_its_specification_demands(made: dict[str, bytes]) -> None:
    for path in (path for path in made if path.endswith("feed.xml")):
        root = etree.fromstring(made[path])
        assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
        channel = root[0]
        names = [element.tag for element in channel if element.tag != "item"]
        assert names == ["title", "link", "description", "language", "generator", f"{ATOM}link"]
        assert all(channel.findtext(name) for name in names[:5])
        assert channel.find(f"{ATOM}link").get("href") == BASE + path
        guids = [item.findtext("guid") for item in channel.iter("item")]
        assert len(set(guids)) == len(guids) and all(map(is_address, guids))
        for item in channel.iter("item"):
            names = [element.tag for element in item if element.tag != "category"]
            assert names == ["title", "link", "guid", *(["pubDate"] * ("pubDate" in names)), "description"]
            assert item.findtext("link") == item.findtext("guid")
            if item.findtext("pubDate"):
                assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo


def test_atom_has_what_rfc_4287_demands(made: dict[str, bytes]) -> None:
    for path in (path for path in made if path.endswith("atom.xml")):
        root = etree.fromstring(made[path])
        assert root.tag == f"{ATOM}feed"
        assert all(element.tag.startswith(ATOM) for element in root.iter())
        for element in [root, *root.iter(f"{ATOM}entry")]:
            for name in ("id", "title", "updated"):
                (found,) = element.findall(ATOM + name)
                assert found.text
            assert is_address(element.findtext(f"{ATOM}id"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated"))
            links = [(x.get("rel"), x.get("type"), x.get("hreflang")) for x in element.findall(f"{ATOM}link")]
            assert len(set(links)) == len(links), "two alternates of one type and language"
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)
        moments = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
        assert root.findtext(f"{ATOM}updated") == max(moments, default=ZERO)


def test_json_feed_has_what_version_1_1_demands(made: dict[str, bytes]) -> None:
    strings = ("id", "url", "title", "language", "content_html", "summary", "date_published")
    for path in (path for path in made if path.endswith(".json")):
        feed = json.loads(made[path])
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == BASE + path and isinstance(feed["title"], str)
        for item in feed["items"]:
            assert {"id", "content_html"} <= set(item) <= {*strings, "tags", "_digest"}
            assert all(isinstance(item.get(name, ""), str) for name in strings)
            assert all(isinstance(each, str) for each in item.get("tags", []))
            if "date_published" in item:
                assert datetime.fromisoformat(item["date_published"]).tzinfo


def complaints(feed: dict[str, Any]) -> list[str]:
    """Return what a validator of JSON Feed 1.0 objects to, but for what version 1.1 added."""
    known = {name: value for name, value in feed.items() if name != "language"}
    known["items"] = [{k: v for k, v in item.items() if k != "language"} for item in feed["items"]]
    return [error.message for error in jsonfeedvalidator.validate_feed(known)]


def test_a_validator_of_json_feed_finds_nothing_wrong(made: dict[str, bytes]) -> None:
    for path in (path for path in made if path.endswith(".json")):
        feed = json.loads(made[path])
        assert complaints(feed) == []
        assert complaints(feed | {"title": 1}) and complaints(feed | {"invented": True})


def rss_items(content: bytes) -> dict[str, Any]:
    return {entry.id.split("/")[-2]: entry for entry in feedparser.parse(content).entries}


def test_dates_are_those_that_articles_declare() -> None:
    made = feeds(
        [*samples.every_kind(), translation("odd", "ar", [[by_hand("أ", "A")]], published="2016-13-45")]
    )
    dates = {slug: entry.get("published") for slug, entry in rss_items(made["en/feed.xml"]).items()}
    assert {slug: date for slug, date in dates.items() if date} == {
        "zh-news": "Sat, 02 Nov 2019 00:00:00 +0000",
        "mixed": "Sun, 31 Jan 2016 08:00:00 +0000",
    }
    assert list(dates)[:2] == ["zh-news", "mixed"]
    atom = etree.fromstring(made["en/atom.xml"])
    for entry in atom.iter(f"{ATOM}entry"):
        declared = entry.findtext(f"{ATOM}published")
        assert entry.findtext(f"{ATOM}updated") == (declared or ZERO)
    assert len(list(atom.iter(f"{ATOM}published"))) == 2
    assert not re.search(r"\d{4}-\d\d-\d\dT", feeds(samples.seeds())["en/feed.json"].decode())


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2016-01-30T10:00:00.5"]
)
def test_dates_at_the_end_of_time_are_still_dates(date: str) -> None:
    made = feeds([translation("a", "ar", [[by_hand("أ", "A")]], published=date)])
    moment = etree.fromstring(made["en/atom.xml"]).findtext(f"{ATOM}updated")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)


def test_an_entry_speaks_both_languages_and_says_who_translated() -> None:
    made = feeds(samples.every_kind())
    for tree, own, other in (("en", "target", "source"), ("ar", "source", "target")):
        entry = rss_items(made[f"{tree}/feed.xml"])[STAYS]
        title = samples.seeds()[0].title
        assert entry.title == getattr(title, own)
        content = html.fromstring(entry.summary)
        assert content.xpath("string(//p[1])") == getattr(title, other)
        assert [(p.get("lang"), p.get("dir")) for p in content.xpath("//p[@lang]")][1:] == (
            [("en", "ltr"), ("ar", "rtl")] if tree == "en" else [("ar", "rtl"), ("en", "ltr")]
        )
    said = {
        slug: html.fromstring(entry.summary).xpath("string(//small)")
        for slug, entry in rss_items(made["en/feed.xml"]).items()
    }
    assert said[STAYS] == "translation reviewed"
    assert said["zh-news"].startswith("3 sentences machine-translated · 1 sentence not translated yet")
    assert said["pending"] == "not translated yet"


def test_an_untranslated_title_says_its_own_language() -> None:
    atom = etree.fromstring(feeds(samples.every_kind())["en/atom.xml"])
    languages = {
        entry.findtext(f"{ATOM}id").split("/")[-2]: entry.find(f"{ATOM}title").get(LANG)
        for entry in atom.iter(f"{ATOM}entry")
    }
    assert (languages["pending"], languages[STAYS], languages["unknown"]) == ("ar", "en", "und")
    latin = feeds([translation("a", "zh", [[untranslated("是。")]], title=untranslated("FBI"))])
    assert etree.fromstring(latin["en/atom.xml"]).find(f"{ATOM}entry/{ATOM}title").get(LANG) == "en"


def test_titles_are_escaped_once_and_nothing_in_them_comes_alive() -> None:
    articles = hostile()
    made = feeds(articles)
    expected = {f"a{n:03}": render.escape.clean(each.title.source) for n, each in enumerate(articles)}
    for path in ("en/feed.xml", "ar/feed.xml"):
        for item in etree.fromstring(made[path]).iter("item"):
            slug = item.findtext("guid").split("/")[-2]
            assert item.findtext("title") == expected[slug]
            body = html.fragment_fromstring(item.findtext("description"), create_parent="div")
            assert {element.tag for element in body.iter()} <= {"div", "p", "bdi", "small"}
            assert {name for element in body.iter() for name in element.attrib} <= {"class", "lang", "dir"}
    for item in json.loads(made["en/feed.json"])["items"]:
        assert item["title"] == expected[item["id"].split("/")[-2]]


def test_a_feed_holds_the_newest_hundred() -> None:
    days = [f"20{n // 12:02}-{n % 12 + 1:02}-01" for n in range(130)]
    articles = [translation(f"a{day}", "ar", [[by_hand("أ", "A")]], published=day) for day in days]
    ids = [entry.id.split("/")[-2] for entry in feedparser.parse(feeds(articles)["en/feed.xml"]).entries]
    assert ids == [f"a{day}" for day in days[::-1][:100]]


def test_the_order_of_articles_changes_no_byte() -> None:
    assert feeds(samples.every_kind()) == feeds(samples.every_kind()[::-1])


# The catalogue


def catalogue(articles: Sequence[Translation]) -> list[dict[str, Any]]:
    entries = [render.ListedArticle.of(each) for each in articles]
    trees = render.trees((entry.language for entry in entries), "en")
    (made,) = generator.export.jsonl.catalogue(entries, "en", trees)
    assert made.path == "digest.jsonl"
    return [json.loads(line) for line in made.content.decode().splitlines()]


def test_the_catalogue_has_a_line_for_every_article() -> None:
    lines = {line["id"]: line for line in catalogue(samples.every_kind())}
    assert list(lines) == sorted(lines) and len(lines) == 7
    news = lines["zh-news"]
    assert (news["language"], news["published"], news["findings"]) == ("zh", "2019-11-02", 2)
    assert news["title"] == {
        "source": "北约秘书长发表讲话",
        "language": "zh",
        "origin": "machine",
        "target": "NATO Secretary General speaks",
    }
    assert news["pages"] == {"en": "en/articles/zh-news/", "zh": "zh/articles/zh-news/"}
    assert [line["origin"] for line in news["summary"]] == ["machine", "machine"]
    assert "target" not in lines["pending"]["summary"][0] and "published" not in lines["pending"]
    assert list(generator.export.jsonl.catalogue([], "en", ("en",))) == []


def test_a_hostile_title_breaks_no_line() -> None:
    lines = catalogue(hostile())
    assert [line["title"]["target"] for line in lines] == [
        render.escape.clean(each.title.source) for each in hostile()
    ]


# The record


def test_a_record_says_a_machines_confidence_by_the_names_of_its() -> None:
    made = samples.chinese()
    fields = json.loads(records.dump_record(made))
    assert fields["annotatorsRef"] == "mt-confidence|argos:zh-en:1.9:0123456789abcdef"
    assert [row.get("mtConfidence") for row in fields["sentences"]] == [0.6703, 0.6703, None, 0.6703]
    assert records.dump_record(records.parse_record(records.dump_record(made), "a")) == records.dump_record(
        made
    )
    assert "annotatorsRef" not in json.loads(records.dump_record(samples.seeds()[0]))
    first, second, *rest = made.segments
    pivot = replace(second, signature="argos:zh-fr:1|x > argos:fr-en:2|y", score=0.1)
    fields = json.loads(records.dump_record(replace(made, segments=(first, pivot, *rest))))
    assert "annotatorsRef" not in fields
    assert fields["sentences"][0]["annotatorsRef"] == "mt-confidence|argos:zh-en:1.9:0123456789abcdef"
    assert fields["sentences"][1]["annotatorsRef"] == "mt-confidence|argos:zh-fr:1+argos:fr-en:2"
    assert fields["sentences"][1]["mtConfidence"] == 1.0


# In the docs folder


def test_exports_that_nothing_wants_go_and_a_persons_files_stay(tmp_path: Path) -> None:
    outputs = [each for each in samples.outputs(samples.every_kind()) if not each.path.endswith(".md")]
    DocsFolder(tmp_path).write(outputs)
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/feed.xml").write_text("<rss>mine</rss>")
    (tmp_path / "zh/atom.xml").write_text("<feed>mine</feed>")
    shelf = DocsFolder(tmp_path)
    shelf.write(each for each in outputs if not each.path.startswith("ar/"))
    assert set(shelf.prune()) == {f"ar/{name}" for name in FILES}
    assert not (tmp_path / "ar").exists()
    assert (tmp_path / "blog/feed.xml").read_text() == "<rss>mine</rss>"
    assert (tmp_path / "zh/atom.xml").read_text() == "<feed>mine</feed>"
    assert shelf.refused == [
        f"{tmp_path}/zh/atom.xml: was written by hand and stays; move it to get the generated file"
    ]


# In the site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    attacks = [each for each in hostile() if each.title.source.strip()]
    return samples.build_site(tmp_path_factory.mktemp("project"), [*samples.every_kind(), *attacks])


def test_pages_lead_to_the_feeds_of_their_tree(site: Path) -> None:
    for tree in NAMES:
        page = html.fromstring((site / tree / "about/index.html").read_bytes())
        links = page.xpath("//link[@type and normalize-space(@rel)='alternate']")
        assert [(link.get("type"), link.get("href")) for link in links] == [
            ("application/rss+xml", "../feed.xml"),
            ("application/atom+xml", "../atom.xml"),
            ("application/feed+json", "../feed.json"),
        ]
        shown = page.find_class("colophon")[0].xpath(".//a[@type]/@href")
        assert shown == ["../feed.xml", "../atom.xml", "../feed.json", "../../digest.jsonl"]


def structured(site: Path, address: str) -> dict[str, Any]:
    page = html.fromstring((site / address / "index.html").read_bytes())
    (script,) = page.xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


def test_structured_data_tell_the_original_from_its_translation(site: Path) -> None:
    zh, en = (f"https://example.org/{tree}/articles/zh-news/" for tree in ("zh", "en"))
    original = {
        "@type": "NewsArticle",
        "@id": zh,
        "url": zh,
        "headline": "北约秘书长发表讲话",
        "inLanguage": "zh",
        "datePublished": "2019-11-02",
        "author": {"name": "王小明"},
        "publisher": {"@type": "Organization", "name": "新华社"},
        "sameAs": "https://example.com/news?id=1&lang=zh#top",
        "license": "CC BY 4.0",
        "keywords": ["国际", "经济"],
    }
    own = {"@id": en, "url": en, "headline": "NATO Secretary General speaks", "inLanguage": "en"}
    translated = {"@type": "NewsArticle", **own}
    context = {"@context": "https://schema.org"}
    assert structured(site, "en/articles/zh-news") == context | translated | {"translationOfWork": original}
    assert structured(site, "zh/articles/zh-news") == context | original | {"workTranslation": translated}
    for slug in ("pending", "english"):
        data = structured(site, f"en/articles/{slug}")
        assert not {"translationOfWork", "workTranslation", "datePublished"} & set(data)
    assert structured(site, "en/articles/unknown")["inLanguage"] == "und"


def test_a_json_ld_processor_reads_the_same(site: Path) -> None:
    def triples(address: str) -> set[tuple[str, str, str]]:
        graph = jsonld.to_rdf(
            structured(site, address), {"documentLoader": lambda url, options: samples.SCHEMA_ORG}
        )
        return {
            (row["subject"]["value"], row["predicate"]["value"].rpartition("/")[2], row["object"]["value"])
            for row in graph["@default"]
        }

    zh, en = (f"https://example.org/{tree}/articles/zh-news/" for tree in ("zh", "en"))
    translated = triples("en/articles/zh-news")
    assert {
        (en, "headline", "NATO Secretary General speaks"),
        (en, "inLanguage", "en"),
        (en, "translationOfWork", zh),
        (zh, "headline", "北约秘书长发表讲话"),
        (zh, "url", zh),
        (zh, "datePublished", "2019-11-02"),
    } <= translated
    assert (zh, "workTranslation", en) in triples("zh/articles/zh-news")
    for file in sorted(site.glob("*/articles/*/index.html")):
        address = file.parent.relative_to(site).as_posix()
        assert any(name == "headline" for _, name, _ in triples(address)), address


def test_a_validator_of_sitemaps_finds_nothing_wrong(site: Path) -> None:
    def complaints(content: str) -> list[str]:
        document = parse_sitemap_document(
            content, source="sitemap.xml", uncompressed_size=len(content.encode()), is_gzipped=False
        )
        found, *_ = validate_document(document, base_url="https://example.org/")
        return [each.message for each in [*found, *XsdValidator().validate(document)]]

    content = (site / "sitemap.xml").read_text("utf-8")
    assert complaints(content) == []
    assert complaints(content.replace("<loc>https:", "<loc>ftp:", 1))
    assert complaints(content.replace("<loc>", "<lok>", 1).replace("</loc>", "</lok>", 1))


def test_no_title_breaks_out_of_structured_data(site: Path) -> None:
    for file in sorted(site.glob("en/articles/a*/index.html")):
        (script,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', file.read_text("utf-8"), re.DOTALL
        )
        assert not re.search("[<>&\u2028\u2029\n]", script)
        assert json.loads(script)["@type"] == "NewsArticle"


def test_a_browser_reads_structured_data_and_its_policy_forbids_nothing(site: Path) -> None:
    with chromium() as browser, served(site) as address:
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in (f"en/articles/{STAYS}/", "en/articles/a000/", "en/archive/", "ar/"):
            page.goto(f"{address}/{path}")
            data = page.evaluate(
                "[...document.querySelectorAll('[type=\"application/ld+json\"]')].map(x => JSON.parse(x.text))"
            )
            assert [each["@type"] for each in data] == ["NewsArticle"] * ("/articles/" in path)
        assert said == []
