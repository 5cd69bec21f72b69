"""`fetch` against real servers on loopback that roll on, redirect, fail, limit and lie."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from generator import config
from generator.analyze.identify import identify_text
from generator.config import Source
from generator.download import Limits, Manners, Response
from generator.ingest import list_seeds, read_seed
from generator.ingest.add import Adding
from generator.ingest.shelf import address_key, without_tracking
from generator.ingest.sources.ask import ask_hosts
from generator.ingest.sources.fetch import Fetcher, SourceReport, fetch_counts
from generator.ingest.sources.listed import listed_sources, read_opml
from generator.model import Article, DigestError
from tests.support.loopback import Site, serving

HOSTS = frozenset({"127.0.0.1", "127.0.0.2"})
HERE = Limits(private=HOSTS, most=200_000, seconds=5)
RSS = "application/rss+xml"
LONG = "Rain fell on the hills above the town for three days, and the river rose above its old mark. " * 5


@dataclass
class Clock:
    """A clock that stands still but for those who sleep."""

    time: float = 1_800_000_000
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@dataclass
class Desk:
    """A digest's folder, in which sources are fetched day after day."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    today: date = date(2026, 11, 27)

    def fetch(self, *sources: Source) -> list[SourceReport]:
        settings = replace(config.Settings(), root=self.root, seeds=self.seeds, sources=sources)
        manners = Manners(now=self.clock.now, sleep=self.clock.sleep)
        return Fetcher(settings, HERE, manners, self.today, lambda text: identify_text(text).language).run(
            sources
        )

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    def articles(self) -> dict[str, Article]:
        """Return the articles of all seeds by their titles; each seed must be readable and hold one."""
        files, faults = list_seeds(self.seeds)
        assert faults == ()
        found = [read_seed(file, self.seeds) for file in files]
        assert all(len(each) == 1 for each in found)
        return {each[0].title or "": each[0] for each in found}

    def notes(self) -> list[dict[str, object]]:
        return [yaml.safe_load(file.read_bytes()) for file in sorted(self.seeds.rglob("*.yml"))]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def entry(number: int | str, text: str = "", **more: str) -> str:
    fields = {
        "guid": f"id-{number}",
        "title": f"Headline {number}",
        "description": text or f"Text {number}.",
        **more,
    }
    return f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in fields.items() if value)}</item>"


def feed(*entries: str, title: str = "The Paper") -> bytes:
    head = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{title}</title>'
    return (
        f"{head}<lastBuildDate>{datetime.now(UTC)}</lastBuildDate>{''.join(entries)}</channel></rss>".encode()
    )


def page(title: str, text: str, head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode()


def test_every_entry_becomes_a_seed_of_its_own_and_stays(site: Site, desk: Desk) -> None:
    source = Source(site.base + "/feed", name="Our Paper")
    for day, first in enumerate((1, 3, 40)):
        site.put("/feed", feed(*map(entry, range(first, first + 3))), RSS)
        (report,) = desk.fetch(source)
        assert len(report.new) == (3, 2, 3)[day] and report.failure == ""
    assert sorted(desk.articles()) == sorted(f"Headline {number}" for number in (1, 2, 3, 4, 5, 40, 41, 42))
    article = desk.articles()["Headline 1"]
    assert (article.paragraphs, article.source, article.added) == (("Text 1.",), "Our Paper", "2026-11-27")
    assert article.slug == Path(article.seed).with_suffix("").as_posix().replace("/", "-")


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, desk: Desk) -> None:
    source = Source(site.put("/feed", feed(entry(1)), RSS, ETag='"1"'))
    assert [desk.fetch(source)[0].new for _ in range(2)][1] == []
    assert desk.fetch(source)[0].unchanged == 1
    asked = [headers.get("If-None-Match") for path, headers in site.requests if path == "/feed"]
    assert asked == [None, '"1"', '"1"']
    memory = desk.root / ".cache/digest/sources.json"
    for broken in (b"", b"[]", b'{"feeds": 3}'):  # losing it costs bandwidth alone
        memory.write_bytes(broken)
        assert (desk.fetch(source)[0].new, len(desk.articles())) == ([], 1)
    for seed in list_seeds(desk.seeds)[0]:  # what is gone is had again, though nothing changed there
        seed.unlink()
    assert len(desk.fetch(source)[0].new) == 1


def test_an_update_replaces_the_text_and_keeps_the_address(site: Site, desk: Desk) -> None:
    source = Source(site.base + "/feed")
    site.put("/feed", feed(entry(1, link="https://news.example/2026/flood")), RSS)
    (made,) = desk.fetch(source)[0].new
    before = desk.articles()["Headline 1"]
    sidecar = (desk.seeds / made).with_suffix(".yml")
    sidecar.write_text(sidecar.read_text("utf-8") + "author: Anna\n", "utf-8")
    site.put(
        "/feed",
        feed(entry(1, "Other text.", title="New headline", link="https://news.example/2026/flood-2")),
        RSS,
    )
    assert desk.fetch(source)[0].updated == [made]
    after = desk.articles()["New headline"]
    assert (after.slug, after.paragraphs, after.author) == (before.slug, ("Other text.",), "Anna")
    assert desk.fetch(source)[0].updated == []
    (desk.seeds / made).write_bytes((desk.seeds / made).read_bytes().replace(b"Other", b"My"))
    site.put("/feed", feed(entry(1, "Third text.")), RSS)
    (report,) = desk.fetch(source)
    assert report.updated == [] and f"seeds/{made}: its source says something else" in report.notes[0]
    assert desk.fetch(source)[0].notes == []
    assert desk.articles()["New headline"].paragraphs == ("My text.",)


def test_a_date_far_ahead_is_not_believed(site: Site, desk: Desk) -> None:
    dates = {
        1: "Sat, 28 Nov 2026 08:00:00 +1200",
        2: "Fri, 27 Nov 2099 08:00:00 GMT",
        3: "Thu, 01 Jan 1970 00:00:00 GMT",
    }
    entries = (entry(number, pubDate=said) for number, said in dates.items())
    desk.fetch(Source(site.put("/feed", feed(*entries), RSS)))
    days = {title: article.day for title, article in desk.articles().items()}
    assert days == {
        "Headline 1": "2026-11-28T08:00:00+12:00",
        "Headline 2": "2026-11-27",
        "Headline 3": "2026-11-27",
    }


def test_a_persons_comments_in_a_sidecar_stay(site: Site, desk: Desk) -> None:
    source = Source(site.put("/feed", feed(entry(1)), RSS))
    desk.fetch(source)
    (sidecar,) = desk.seeds.rglob("*.yml")
    sidecar.write_bytes(b"# Checked by Anna.\n" + sidecar.read_bytes() + b"licence: CC0\n# Ask again in May.\n")
    site.put("/feed", feed(entry(1, "Another text.")), RSS)
    (report,) = desk.fetch(source)
    assert len(report.updated) == 1
    text = sidecar.read_text("utf-8")
    assert "# Checked by Anna.\n" in text and "# Ask again in May.\n" in text
    assert desk.articles()["Headline 1"].licence == "CC0"


def test_a_new_date_alone_is_no_update(site: Site, desk: Desk) -> None:
    source = Source(site.base + "/feed")
    for day, new in ((25, 1), (26, 0)):
        site.put("/feed", feed(entry(1, pubDate=f"{day} Nov 2026 10:00:00 GMT")), RSS)
        (report,) = desk.fetch(source)
        assert (len(report.new), report.updated) == (new, [])
    assert desk.articles()["Headline 1"].published == "2026-11-25T10:00:00+00:00"


def test_what_a_killed_run_left_is_taken_up(site: Site, desk: Desk) -> None:
    source = Source(site.put("/feed", feed(entry(1)), RSS))
    (made,) = desk.fetch(source)[0].new
    slug = desk.articles()["Headline 1"].slug
    for lost in (made, made.replace(".xml", ".yml")):
        (desk.seeds / lost).unlink()
        assert desk.fetch(source)[0].failure == ""
        assert [article.slug for article in desk.articles().values()] == [slug]
        assert len(list(desk.seeds.rglob("*.*"))) == 2
    (desk.seeds / made).with_suffix(".yml").write_text("a: [")
    site.put("/feed", feed(entry(1, "New text.")), RSS)
    assert "describes an entry that cannot be read so; mend or delete it" in desk.fetch(source)[0].notes[0]
    assert len(list(desk.seeds.rglob("*.*"))) == 2


def test_a_feed_that_redirects_elsewhere_each_day_is_followed(site: Site, desk: Desk) -> None:
    source = Source(site.base + "/latest")
    for day in range(3):
        site.put("/latest", status=302, Location=f"/{day}.xml")
        site.put(f"/{day}.xml", feed(entry(day)), RSS, ETag=f'"{day}"')
        assert len(desk.fetch(source)[0].new) == 1


def test_tracking_and_another_guid_make_no_second_seed(site: Site, desk: Desk) -> None:
    source = Source(site.base + "/feed")
    for mark in ("utm_source=rss&amp;utm_medium=x", "fbclid=abc", "at_medium=RSS", "id=7&amp;gclid=y"):
        link = f"http://www.news.example/story/?{mark}"
        site.put("/feed", feed(entry(mark[:5], "Same text.", title="Same", link=link)), RSS)
        desk.fetch(source)
    assert sorted(article.url or "" for article in desk.articles().values()) == [
        "http://www.news.example/story/?id=7"
    ]
    assert len(list_seeds(desk.seeds)[0]) == 2  # ?id=7 may be another story


@pytest.mark.parametrize(
    "entries",
    [
        [entry(1, guid="same"), entry(2, guid="same")],
        [entry(1, guid="", link="https://news.example/"), entry(2, guid="", link="https://news.example/")],
        [entry(1, link="https://news.example/live#a"), entry(2, link="https://news.example/live#b")],
        [entry(1, guid="", link="https://news.example/x"), entry(2, guid="", link="https://news.example/x")],
        [entry(1, LONG), entry(2, LONG)],
        [entry(1, guid="", title=""), entry(2, guid="", title="")],
    ],
    ids=["guids", "home pages", "fragments", "links", "notices", "nothing"],
)
def test_entries_that_look_alike_are_all_kept(site: Site, desk: Desk, entries: list[str]) -> None:
    source = Source(site.put("/feed", feed(*entries), RSS))
    assert len(desk.fetch(source)[0].new) == 2
    site.put("/feed", feed(*entries, entry(3)), RSS)
    assert len(desk.fetch(source)[0].new) == 1
    assert len(list_seeds(desk.seeds)[0]) == 3


@pytest.mark.parametrize(
    ("same", "windows"),
    [
        ({"guid": "same"}, (2, 1, 2, 2, 1)),
        ({"guid": "", "link": "https://news.example/x"}, (2, 1, 2, 2, 1)),
        ({"link": "https://news.example/today"}, (2, 1, 2, 2, 1)),
        ({"guid": "same"}, (1, 1, 1, 1, 1)),
        ({"link": "https://news.example/today"}, (1, 1, 1, 1, 1)),
    ],
    ids=["guid", "link", "page", "one guid at a time", "one page at a time"],
)
def test_entries_that_look_alike_are_kept_as_the_feed_rolls_on(
    site: Site, desk: Desk, same: dict[str, str], windows: tuple[int, ...]
) -> None:
    texts = ["Rain in the hills", "Vote in parliament", "Strike at the port", "Prices of bread"]
    items = [entry(number, title=text, **same) for number, text in enumerate(texts)]
    for last, size in zip((2, 2, 3, 4, 4) if windows[0] == 2 else (1, 2, 3, 4, 4), windows, strict=True):
        site.put("/feed", feed(*items[last - size : last]), RSS)
        desk.fetch(Source(site.base + "/feed"))
    assert sorted(desk.articles()) == sorted(texts)
    assert len(list_seeds(desk.seeds)[0]) == 4


def test_two_feeds_that_number_their_entries_alike_share_nothing(site: Site, desk: Desk) -> None:
    site.put("/a", feed(entry(1, "Of the first.")), RSS)
    site.put("/b", feed(entry(1, "Of the second.")), RSS)
    desk.fetch(Source(site.base + "/a"), Source(site.base + "/b"))
    assert len(list_seeds(desk.seeds)[0]) == 2


@pytest.mark.parametrize("common", ["address", "text"])
def test_the_same_story_from_two_feeds_is_one_article_with_two_sources(
    site: Site, desk: Desk, common: str
) -> None:
    links = ["https://news.example/s?utm_source=a", "https://news.example/s?utm_source=b"]
    links = links if common == "address" else ["https://a.example/1", "https://b.example/2"]
    site.put("/a", feed(entry(1, LONG, link=links[0])), RSS)
    site.put("/b", feed(entry("x", LONG, link=links[1])), RSS)
    sources = (Source(site.base + "/a", name="A"), Source(site.base + "/b", name="B"))
    first, second = desk.fetch(*sources)
    assert (len(first.new), len(second.new)) == (1, 0)
    (article,) = desk.articles().values()
    assert (article.source, article.also) == ("A", ("B",))
    site.put("/b", feed(entry("x", "B says something else.", link=links[1])), RSS)
    desk.fetch(*sources)
    (article,) = desk.articles().values()
    assert article.paragraphs == (LONG.strip(),)  # its first source has the word


def test_what_somebody_added_by_hand_is_not_fetched_again(site: Site, desk: Desk) -> None:
    desk.seeds.mkdir()
    url = site.put("/story", page("Headline 1", LONG))
    Adding(desk.seeds, HERE).add(url)
    site.put("/feed", feed(entry(1, link=url + "?utm_source=rss")), RSS)
    assert desk.fetch(Source(site.base + "/feed"))[0].new == []
    site.put("/other", feed(entry(1, link=site.put("/second", page("Second", LONG)))), RSS)
    desk.fetch(Source(site.base + "/other"))
    added = Adding(desk.seeds, HERE).add(site.base + "/second")
    assert (added.state, added.path.suffix) == ("known", ".xml")


def test_full_text_is_fetched_and_the_feed_helps_where_it_cannot_be(site: Site, desk: Desk) -> None:
    links = {
        name: site.base + path
        for name, path in (("1", "/1"), ("2", "/2"), ("3", "/3"), ("4", "/4"), ("5", "/5"))
    }
    site.put("/1", page("Headline 1", LONG), ETag='"1"')
    site.put("/2", status=403)
    site.put("/3", b"%PDF-1.7", "application/pdf")
    site.put("/4", page("Headline 4", "Cookies!"))
    site.put("/5", status=302, Location="/1")
    items = [entry(number, "A teaser of some words.", link=link) for number, link in links.items()]
    items[4] = items[4].replace("Headline 5", "Quite another thing")
    site.put(
        "/feed", feed(*items, entry(6, description="", link=site.put("/6", page("Headline 6", LONG)))), RSS
    )
    source = Source(site.base + "/feed", full_text=True)
    (report,) = desk.fetch(source)
    articles = desk.articles()
    assert articles["Headline 1"].paragraphs == articles["Headline 6"].paragraphs == (LONG.strip(),)
    others = ("Headline 2", "Headline 3", "Headline 4", "Quite another thing")
    assert {articles[title].paragraphs for title in others} == {("A teaser of some words.",)}
    said = sorted(note.removeprefix(site.base) for note in report.notes)
    assert said == [
        "/1: several entries lead to this page; the feed's own text is taken",
        "/2: the server answers 403; the feed's own text is taken",
        "/3: is application/pdf; the feed's own text is taken",
        "/4: the page holds less text than the feed; the feed's own text is taken",
    ]
    slug = articles["Headline 2"].slug
    site.put("/2", page("Headline 2", LONG))
    desk.fetch(source)
    assert (desk.articles()["Headline 2"].slug, desk.articles()["Headline 2"].paragraphs) == (
        slug,
        (LONG.strip(),),
    )
    for _ in range(4):
        desk.fetch(source)
    assert (site.asked("/1"), site.asked("/3"), site.asked("/robots.txt")) == (4, 3, 6)
    site.put("/1", page("Headline 1", LONG + "More."), ETag='"2"')
    site.put("/feed", feed(entry(1, "A new teaser of some words.", link=links["1"])), RSS)
    assert len(desk.fetch(source)[0].updated) == 1


def test_two_addresses_that_lead_to_one_page_are_one_article(site: Site, desk: Desk) -> None:
    site.put("/go/1", status=301, Location="/story")
    site.put("/go/2", status=302, Location="/story?utm_source=b")
    for path in ("/story", "/story?utm_source=b"):
        site.put(path, page("The river rises", LONG))
    items = [entry(n, "Teaser.", title="The river rises", link=f"{site.base}/go/{n}") for n in (1, 2)]
    desk.fetch(Source(site.put("/feed", feed(*items), RSS), full_text=True))
    assert [article.url for article in desk.articles().values()] == [site.base + "/story"]


def test_pages_that_all_name_one_address_as_theirs_are_kept_apart(site: Site, desk: Desk) -> None:
    head = f'<link rel="canonical" href="{site.base}/portal">'
    items = []
    for number, words in ((1, "Rain in the hills"), (2, "Vote in the parliament")):
        link = site.put(f"/{number}", page(words, f"{words}. " * 40, head))
        items.append(entry(number, "Teaser.", title=words, link=link))
    desk.fetch(Source(site.put("/feed", feed(*items), RSS), full_text=True))
    assert len(desk.articles()) == 2


def test_an_address_that_is_none_costs_its_source_alone(desk: Desk) -> None:
    reports = desk.fetch(Source("https://[bad/feed"), Source("http://"))
    assert len(reports) == 2
    assert all("is no web address" in report.failure for report in reports)


@pytest.mark.parametrize("bug", [IndexError("list index out of range"), ZeroDivisionError()])
def test_a_bug_in_asking_is_raised_and_not_waited_for(bug: Exception) -> None:
    def ask(url: str) -> Response:
        raise bug

    with pytest.raises(type(bug)):
        list(ask_hosts(["https://one.example/", "https://other.example/"], str, ask))


def test_times_of_nothing_are_times(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(
        "extra: {digest: {sources: [{url: https://a.example/feed, keep: 0, max_age: 0}]}}\n", "utf-8"
    )
    (source,) = config.load(file).sources
    assert (source.keep, source.max_age) == (0, 0)


def test_a_home_page_names_its_feed(site: Site, desk: Desk) -> None:
    links = '<link rel=alternate type="application/rss+xml" title="Comments" href="/comments/feed">'
    links += '<link rel="ALTERNATE" type="application/atom+xml" href="feed">'
    site.put("/", page("Home", "Welcome.", links))
    site.put("/feed", feed(entry(1)), RSS)
    for _ in range(2):
        desk.fetch(Source(site.base + "/"))
    assert len(desk.articles()) == 1
    assert (site.asked("/"), site.asked("/feed"), site.asked("/comments/feed")) == (1, 2, 0)
    site.put("/", page("Home", "Welcome."))
    with pytest.raises(DigestError, match="has a private address"):
        Adding(desk.seeds).add(site.base + "/")
    site.put("/", page("Home", "Welcome.", links))
    added = Adding(desk.seeds, HERE).add(site.base + "/")
    assert (added.path.suffix, added.url) == (".rss", site.base + "/feed")


@pytest.mark.parametrize("added", [False, True])
def test_of_feeds_that_a_home_page_names_the_first_that_is_there_counts(
    site: Site, desk: Desk, added: bool
) -> None:
    types = {"gone": "rss", "page": "rss", "feed": "atom"}
    links = "".join(
        f'<link rel=alternate type="application/{kind}+xml" href={name}>' for name, kind in types.items()
    )
    site.put("/", page("Home", "Welcome.", links))
    site.put("/page", page("No feed", "Though it is called one."))
    site.put("/feed", feed(entry(1)), RSS)
    if added:
        assert Adding(desk.seeds, HERE).add(site.base + "/").url == site.base + "/feed"
    else:
        desk.fetch(Source(site.base + "/"))
    assert len(desk.articles()) == 1


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ({"words": ("RIVER",)}, ["River"]),
        ({"exclude": ("river",)}, ["Arabic", "Old"]),
        ({"exclude": ("https://news.example/old",)}, ["Arabic", "River"]),
        ({"exclude": ("News.Example/Old",)}, ["Arabic", "River"]),
        ({"languages": ("ar",)}, ["Arabic"]),
        ({"max_age": 30}, ["Arabic", "River"]),
    ],
)
def test_filters(site: Site, desk: Desk, chosen: dict[str, object], titles: list[str]) -> None:
    items = [
        entry(1, "A river rises.", title="River", pubDate="Thu, 26 Nov 2026 10:00:00 GMT"),
        entry(2, "فتحت المدارس أبوابها صباح اليوم أمام الطلاب في العاصمة.", title="Arabic"),
        entry(
            3,
            "Long ago.",
            title="Old",
            link="https://news.example/old",
            pubDate="Thu, 01 Oct 2026 10:00:00 GMT",
        ),
    ]
    source = Source(site.put("/feed", feed(*items), RSS, ETag='"1"'), **chosen)  # type: ignore[arg-type]
    (report,) = desk.fetch(source)
    assert (sorted(desk.articles()), report.left_out) == (titles, 3 - len(titles))
    desk.fetch(replace(source, words=(), exclude=(), languages=(), max_age=0))  # a change of filters asks again
    assert len(desk.articles()) == 3


def test_what_was_kept_long_enough_goes_to_the_archive_and_is_not_deleted(site: Site, desk: Desk) -> None:
    source = Source(site.put("/feed", feed(entry(1)), RSS), keep=90)
    assert desk.fetch(source)[0].archived == []
    desk.today = date(2027, 2, 25)
    assert desk.fetch(source)[0].archived == []
    site.put("/feed", feed(entry(2)), RSS)
    desk.today = date(2027, 2, 26)
    slug = desk.articles()["Headline 1"].slug
    assert len(desk.fetch(source)[0].archived) == 1
    articles = desk.articles()
    assert [articles[f"Headline {n}"].archived for n in (1, 2)] == [True, False]
    assert articles["Headline 1"].slug == slug
    assert desk.fetch(source)[0].archived == []


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"<p>Back soon.</p>", "text/html", "is no feed, and names none"),
        (b"", RSS, "is no feed, and names none"),
        (b"\x89PNG\r\n", "image/png", "is no feed, and names none"),
        (b"x" * 200_001, RSS, "is larger than 0 MB"),
        (b'<?xml version="1.0"?><rss', RSS, "is no feed, and names none"),
        (
            b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel>'
            + entry(1).encode()
            + b"</channel></rss>",
            RSS,
            "is no feed, and names none",
        ),
        (
            b'<rss version="2.0"><channel>' + b"<x/>" * 9000 + entry(1).encode() + b"</channel></rss>",
            RSS,
            "too much around its entries",
        ),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}', "application/json", "no list of them"),
        (
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [',
            "application/json",
            "no valid JSON Feed",
        ),
    ],
)
def test_what_is_no_feed_is_a_line_and_the_others_go_on(
    site: Site, desk: Desk, body: bytes, kind: str, said: str
) -> None:
    site.put("/bad", body, kind)
    site.put("/good", feed(entry(1)), RSS)
    bad, good = desk.fetch(Source(site.base + "/bad"), Source(site.base + "/good"))
    assert said in bad.failure and "\n" not in bad.failure
    assert (len(good.new), good.failure) == (1, "")
    assert fetch_counts([bad, good]) == {
        "new": 1,
        "updated": 0,
        "archived": 0,
        "unchanged": 0,
        "left_out": 0,
        "failed": 1,
    }


def test_a_feed_that_lies_about_its_type_or_breaks_off_is_read_all_the_same(site: Site, desk: Desk) -> None:
    for path, kind in (("/a", "text/html"), ("/b", "application/octet-stream"), ("/c", "image/png")):
        site.put(path, feed(entry(path)), kind)
    site.put("/d", feed(entry("d"), entry("e"))[:-60], RSS)
    site.put("/f", b"<!-- a --><?x y?>" * 40 + feed(entry("f & g")).partition(b"?>")[2], RSS)
    reports = desk.fetch(*(Source(site.base + path) for path in ("/a", "/b", "/c", "/d", "/f")))
    assert [report.failure for report in reports] == [""] * 5
    assert len(desk.articles()) == 5


def test_json_feeds_and_atom_are_taken_apart_as_well(site: Site, desk: Desk) -> None:
    items = [{"id": n, "url": f"/s/{n}", "title": f"T{n}", "content_html": f"<p>Text {n}.</p>"} for n in (1, 2)]
    site.put(
        "/json",
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}).encode(),
    )
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>tag:a,1</id><title>T3</title>'
    atom += '<link href="s/3"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text 3.</p></div></content></entry></feed>'
    site.put("/atom/", atom.encode())
    desk.fetch(Source(site.base + "/json"), Source(site.base + "/atom/"))
    assert {title: article.url for title, article in desk.articles().items()} == {
        "T1": f"{site.base}/s/1",
        "T2": f"{site.base}/s/2",
        "T3": f"{site.base}/atom/s/3",
    }


def test_a_json_feed_may_escape_its_slashes(site: Site, desk: Desk) -> None:
    made = {"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_text": "Text."}]}
    source = Source(site.put("/feed", json.dumps(made).replace("/", "\\/").encode(), "application/json"))
    assert len(desk.fetch(source)[0].new) == 1


def test_charsets_of_feeds(site: Site, desk: Desk) -> None:
    text = feed(entry(1, "فتحت المدارس أبوابها صباح اليوم.")).decode()
    site.put(
        "/a", text.replace('version="1.0"?', 'version="1.0" encoding="windows-1256"?').encode("cp1256"), RSS
    )
    site.put("/b", text.replace("id-1", "id-2").encode("cp1256"), f"{RSS}; charset=windows-1256")
    desk.fetch(Source(site.base + "/a"), Source(site.base + "/b"))
    assert {article.paragraphs for article in desk.articles().values()} == {
        ("فتحت المدارس أبوابها صباح اليوم.",)
    }


def test_a_host_is_asked_for_one_thing_at_a_time_and_for_its_rules_once(site: Site, desk: Desk) -> None:
    with serving("127.0.0.2") as other:
        sources = [
            Source(each.put(f"/{n}", feed(entry(f"{each.base}{n}")), RSS))
            for n in range(4)
            for each in (site, other)
        ]
        sources.append(Source(other.put("/hop", status=302, Location=f"{site.base}/0")))
        assert [report.failure for report in desk.fetch(*sources)] == [""] * 9
        assert (site.at_once, other.at_once) == (1, 1)
        assert (site.asked("/robots.txt"), other.asked("/robots.txt")) == (1, 1)


def test_hosts_are_asked_side_by_side(site: Site, desk: Desk) -> None:
    with serving("127.0.0.2") as other:
        site.barrier = other.barrier = threading.Barrier(2)  # breaks if one is asked after the other
        sources = [Source(each.put("/feed", feed(entry(each.base)), RSS)) for each in (site, other)]
        assert [report.failure for report in desk.fetch(*sources)] == ["", ""]


def test_a_body_without_end_is_given_up(site: Site, desk: Desk) -> None:
    site.endless = {"/feed", "/page"}
    link = site.put("/page", kind="text/html")
    source = Source(site.put("/good", feed(entry(1, link=link)), RSS), full_text=True)
    endless, good = desk.fetch(Source(site.put("/feed", kind=RSS)), source)
    assert "is larger than 0 MB" in endless.failure
    assert (len(good.new), good.failure) == (1, "")
    assert "is larger than 0 MB; the feed's own text is taken" in good.notes[0]


def test_a_feed_cannot_make_this_machine_ask_its_own_network(site: Site, desk: Desk) -> None:
    site.put("/go", status=302, Location="http://127.0.0.9:1/")
    links = ["http://localhost:1/a", "http://127.0.0.9:1/b", "http://[::1]:1/c", site.base + "/go"]
    items = [entry(number, link=link) for number, link in enumerate(links)]
    (report,) = desk.fetch(Source(site.put("/feed", feed(*items), RSS), full_text=True))
    assert len(report.new) == 4
    assert [note.partition(": ")[2] for note in report.notes] == [
        "has a private address; the feed's own text is taken"
    ] * 4


def test_a_page_in_another_language_is_asked_for_once(site: Site, desk: Desk) -> None:
    links = [site.put(f"/{n}", page(f"Headline {n}", LONG)) for n in (1, 2)]
    items = [entry(n, description="", link=link) for n, link in enumerate(links, 1)]
    source = Source(site.base + "/feed", full_text=True, languages=("ar",))
    for shown in (items[:1], items, items):
        site.put("/feed", feed(*shown), RSS)
        (report,) = desk.fetch(source)
        assert (report.new, report.left_out) == ([], len(shown))
    assert (site.asked("/1"), site.asked("/2")) == (1, 1)
    assert len(desk.fetch(replace(source, languages=("en",)))[0].new) == 2


def test_rules_of_a_site_hold_for_its_feeds_and_pages(site: Site, desk: Desk) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nDisallow: /private\n", "text/plain")
    site.put(
        "/feed",
        feed(entry(1, link=site.base + "/private/1"), entry(2, link=site.put("/2", page("H", LONG)))),
        RSS,
    )
    (refused, taken) = desk.fetch(Source(site.base + "/private"), Source(site.base + "/feed", full_text=True))
    assert "robots.txt does not allow" in refused.failure
    assert "robots.txt does not allow fetching it; the feed's own text is taken" in taken.notes[0]
    assert [path for path, _ in site.requests] == ["/robots.txt", "/feed", "/2"]
    assert desk.clock.slept == [7]


def test_a_long_crawl_delay_is_not_waited_for(site: Site, desk: Desk) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    first, second = desk.fetch(*(Source(site.put(f"/{n}", feed(entry(n)), RSS)) for n in (1, 2)))
    assert (len(first.new), first.waiting, second.failure) == (1, "", "")
    assert "asks for 3600 s between pages" in second.waiting
    assert desk.clock.slept == []


def test_a_server_that_asks_for_a_short_rest_gets_it(site: Site, desk: Desk) -> None:
    source = Source(site.put("/feed", feed(entry(1)), RSS))
    site.first["/feed"] = [(429, {"Retry-After": "20"})]
    assert len(desk.fetch(source)[0].new) == 1
    assert desk.clock.slept == [20]
    site.first["/feed"] = [(503, {"Retry-After": "5"})] * 2
    assert "answers 503 and asks to be left alone" in desk.fetch(source)[0].failure


@pytest.mark.parametrize(
    "said", ["7200", "", "Fri, 15 Jan 2027 10:00:00 GMT", "Fri Jan 15 10:00:00 2027", "-1", "never"]
)
def test_a_server_that_asks_for_a_long_rest_is_remembered(site: Site, desk: Desk, said: str) -> None:
    source = Source(site.put("/feed", feed(entry(1)), RSS))
    site.first["/feed"] = [(429, {"Retry-After": said} if said else {})]
    (report,) = desk.fetch(source)
    assert "the server answers 429 and asks to be left alone; try again after 2027-01-15 " in report.failure
    (report,) = desk.fetch(source)
    assert "asked to be left alone until 2027-01-15" in report.waiting and report.failure == ""
    assert site.asked("/feed") == 1
    desk.clock.time += 7200
    assert len(desk.fetch(source)[0].new) == 1


def test_a_host_that_is_dead_is_tried_once(site: Site, desk: Desk) -> None:
    with serving("127.0.0.2") as dead:
        base = dead.base
    sources = [Source(f"{base}/{n}") for n in range(3)]
    reports = desk.fetch(*sources, Source(site.put("/feed", feed(entry(1)), RSS)))
    assert all("can't be reached" in report.failure for report in reports[:3])
    assert len(reports[3].new) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example/../../../etc/passwd",
        "https://news.example/a\x7fb/..%2f..%2fx",
        "https://news.example/" + "x" * 4000,
        "https://news.example/%00%0a",
        "javascript:alert(1)",
        "https://[",
        "https://con.example/NUL",
        "https://md.md/README.md",
        "https://news.example/ب/خبر?x=../..",
        "file:///etc/passwd",
        "/../../x",
    ],
)
def test_names_of_seeds_stay_in_the_folder_and_can_be_read(site: Site, desk: Desk, link: str) -> None:
    item = entry(1, "Text.", title="../../T\\x", guid="../../etc/x", link=link.replace("&", "&amp;"))
    desk.fetch(Source(site.put("/feed", feed(item.replace("\x7f", "")), RSS)))
    (article,) = desk.articles().values()
    assert [path for path in desk.root.iterdir() if path.name not in ("seeds", ".cache")] == []
    (seed,) = list_seeds(desk.seeds)[0]
    assert article.slug == seed.relative_to(desk.seeds).with_suffix("").as_posix().replace("/", "-")
    assert len(seed.name.encode()) < 100


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "http://www.a.example/x/", True),
        ("https://a.example/x?utm_source=1", "https://a.example/x#xtor=RSS-1", True),
        ("https://a.example/x?b=1&fbclid=2", "https://a.example/x?b=1", True),
        ("https://a.example/%D8%AE", "https://a.example/خ", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x#1", "https://a.example/x#2", False),
        ("https://a.example/x", "https://a.example/X", False),
    ],
)
def test_forms_of_an_address(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) is same
    assert address_key(one)


@pytest.mark.parametrize("url", ["https://a.example/", "https://a.example", "nonsense", "", "https://["])
def test_the_address_of_a_whole_site_is_no_article_s(url: str) -> None:
    assert address_key(url) == ""


def test_only_what_tracks_is_taken_off() -> None:
    kept = "https://a.example/x?a=1;b&c=%20d&&e"
    assert without_tracking(kept) == kept
    assert without_tracking("https://a.example/x?a=%20&utm_id=3") == "https://a.example/x?a=+"


OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body>
<outline text="News"><outline text="Near East"><outline text="A" title="Paper A" xmlUrl="https://a.example/feed" category="/Press,daily"/>
</outline><outline text="B" xmlurl="feed://b.example/rss"/></outline><outline text="no feed"/>
<outline text="A again" xmlUrl="https://c.example/feed"/></body></opml>"""


def test_sources_come_from_a_list_and_from_settings(tmp_path: Path) -> None:
    (tmp_path / "sources.opml").write_text(OPML, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "extra:\n  digest:\n    sources:\n    - https://d.example/feed\n"
        "    - {url: https://a.example/feed, full_text: true, keep: 3 months, max_age: 2 weeks, languages: [ar]}\n"
    )
    found = {source.url: source for source in listed_sources(config.load(tmp_path / "mkdocs.yml"))}
    assert list(found) == [
        "https://d.example/feed",
        "https://a.example/feed",
        "https://b.example/rss",
        "https://c.example/feed",
    ]
    assert found["https://b.example/rss"] == Source("https://b.example/rss", name="B", topics=("News",))
    chosen = found["https://a.example/feed"]
    assert (chosen.name, chosen.full_text, chosen.keep, chosen.max_age) == ("Paper A", True, 90, 14)
    assert chosen.topics == ("News", "Near East", "Press", "daily")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no OPML"),
        ("<html/>", "is no OPML"),
        ('<opml><body><outline xmlUrl="file:///etc/passwd"/></body></opml>', "is no web address"),
    ],
)
def test_a_broken_list_is_a_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "sources.opml").write_text(text)
    with pytest.raises(DigestError, match=said):
        read_opml(tmp_path / "sources.opml")
    assert read_opml(tmp_path / "other.opml") == []


def test_entities_of_a_list_are_not_expanded(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    (tmp_path / "sources.opml").write_text(
        f'<!DOCTYPE opml [{bomb}]><opml><body><outline text="&a11;" xmlUrl="https://a.example/f"/></body></opml>'
    )
    with pytest.raises(DigestError, match="is no OPML"):
        read_opml(tmp_path / "sources.opml")
