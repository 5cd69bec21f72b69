"""What is read of web pages and feeds beside plain paragraphs, and what of them is not the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.seeds import seed_read

LONG = (
    "<p>Der erste Zug erreichte am Montag früh die Stadt am Fluss, nach einer Fahrt von vier Stunden.</p>"
    "<p>Der Leiter des Bahnhofs sagte, dass er an jedem Tag fahren werde, auch im Winter bei Schnee.</p>"
    "<p>Hunderte Menschen standen im Regen auf dem Bahnsteig und warteten stundenlang auf den Zug.</p>"
)


def page(body: str, head: str = "<title>T</title>", language: str = "de") -> str:
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def paragraphs(tmp_path: Path, body: str, language: str = "de") -> tuple[str, ...]:
    (article,), _ = seed_read(tmp_path, "a.html", page(body, language=language))
    return article.paragraphs


def test_a_short_page_without_what_is_around_it(tmp_path: Path) -> None:
    body = (
        "<header><nav><a href='/'>Start</a> <a href='/x'>Sport</a></nav></header><main><h1>Zug ist da</h1>"
        "<time datetime='2026-01-27'>27. Januar 2026</time><p>Der Zug ist da.</p><p>Er fährt täglich.</p></main>"
        "<noscript>Bitte JavaScript einschalten</noscript><footer><p>© Verlag</p></footer>"
    )
    (article,), _ = seed_read(tmp_path, "a.html", page(body))
    assert article.paragraphs == ("Der Zug ist da.", "Er fährt täglich.")
    assert article.published == "2026-01-27"


def test_a_list_beside_paragraphs_is_read_and_one_of_links_is_not(tmp_path: Path) -> None:
    lists = "<ol><li>Abfahrt um sechs.</li><li>Ankunft um zehn.</li></ol>"
    links = "<ul><li><a href='/1'>Neuer Bahnhof</a></li><li><a href='/2'>Alte Brücke</a></li></ul>"
    first, *others = LONG.split("</p>")
    found = paragraphs(tmp_path, f"<h1>Zug</h1>{first}</p>{lists}{links}{'</p>'.join(others)}")
    assert found[1:3] == ("Abfahrt um sechs.", "Ankunft um zehn.")
    assert len(found) == 5


@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("de", "„Nein, ‚nie‘ mehr“"),
        ("fr", "«Nein, “nie” mehr»"),
        ("ja", "「Nein, 『nie』 mehr」"),
        ("en", "“Nein, ‘nie’ mehr”"),
    ],
)
def test_quotations_get_the_marks_of_their_language(tmp_path: Path, language: str, quoted: str) -> None:
    body = f"<article>{LONG}<p>Er sagte <q>Nein, <q>nie</q> mehr</q>, und ging.</p></article>"
    assert paragraphs(tmp_path, body, language)[-1] == f"Er sagte {quoted}, und ging."


def test_what_is_deleted_hidden_or_a_mark_of_a_note_is_not_read(tmp_path: Path) -> None:
    body = (
        "<p>Sie kostet <del>30</del> <ins>35</ins> Euro, <s>bald</s> heute.<span class='sr-only'>Neu</span></p>"
        "<p>Auf 10<sup>2</sup> m<sup>2</sup> wird CO<sub>2</sub> gespart.<sup><a href='#n1'>[1]</a></sup></p>"
    )
    found = paragraphs(tmp_path, f"<article>{LONG}{body}</article>")
    assert found[-2:] == ("Sie kostet 35 Euro, heute.", "Auf 10² m² wird CO₂ gespart.")


def test_rows_of_a_table_are_lines(tmp_path: Path) -> None:
    feed = "<table><tr><th>Stadt</th><th>Züge</th></tr><tr><td>Bonn</td><td>12</td></tr></table>"
    item = (
        f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "content_html": "{feed}"}}]}}'
    )
    (article,), _ = seed_read(tmp_path, "a.json", item)
    assert article.paragraphs == ("Stadt | Züge", "Bonn | 12")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("抵达河\n  城，", "抵达河城，"),
        ("抵达<b>河</b>\n城，", "抵达河城，"),
        ("東京\nタワー", "東京タワー"),
        ("한국\n서울", "한국 서울"),
        ("Bonn\nKöln", "Bonn Köln"),
        ("河城\nBonn", "河城 Bonn"),
    ],
)
def test_line_ends_between_han_characters_go(tmp_path: Path, written: str, read: str) -> None:
    (article,), _ = seed_read(tmp_path, "a.md", f"<p>{written}</p>")
    assert article.paragraphs == (read,)


@pytest.mark.parametrize(
    "aside",
    [
        "<div class='related'><p>Ein anderer Artikel handelt von der neuen Brücke im Tal.</p></div>",
        "<aside><p>Ein anderer Artikel handelt von der neuen Brücke im Tal.</p></aside>",
        "<p><a href='/x'>Ein anderer Artikel handelt von der neuen Brücke im Tal</a></p>",
        "<p>Lesen Sie auch: Die neue Brücke im Tal</p>",
        "<p>Anzeige</p>",
        "<div class='author-box'><p>Anna Muster schreibt seit Jahren über Züge und Bahnhöfe.</p></div>",
        "<figure><img src='/a.jpg'><figcaption>Der Zug im Bahnhof, am Montag früh.</figcaption></figure>",
    ],
)
def test_what_stands_amid_an_article_and_is_none_of_it(tmp_path: Path, aside: str) -> None:
    first, second, third = LONG.split("</p>")[:3]
    found = paragraphs(tmp_path, f"<article><h1>Zug</h1>{first}</p>{aside}{second}</p>{third}</p></article>")
    assert len(found) == 3


def test_a_class_of_most_of_the_text_is_not_beside_it(tmp_path: Path) -> None:
    body = LONG.replace("<p>", "<p class='newsletter'>")
    assert len(paragraphs(tmp_path, f"<article><h1>Zug</h1>{body}</article>")) == 3


def test_text_that_a_script_uncovers_is_read(tmp_path: Path) -> None:
    assert len(paragraphs(tmp_path, f"<form><div style='display:none'><h1>Zug</h1>{LONG}</div></form>")) == 3


def test_a_page_made_by_script_says_so(tmp_path: Path) -> None:
    articles, faults = seed_read(tmp_path, "a.html", page("<div id='root'></div><script src='/a.js'></script>"))
    assert (articles, faults) == (
        (),
        ["seeds/a.html: shows its article by script; save the page from a browser that shows it"],
    )


def test_pictures_are_counted(tmp_path: Path) -> None:
    pictures = "<img src='/a.jpg'><img src='/b.jpg'><img src='/dot.gif' width='1' height='1'>"
    (article,), _ = seed_read(tmp_path, "a.html", page(f"<article><h1>Zug</h1>{LONG}{pictures}</article>"))
    assert article.pictures == 2


@pytest.mark.parametrize(
    ("declared", "heading", "title"),
    [
        ("Plan für &quot;Wasser&quot;", "", 'Plan für "Wasser"'),
        ("Plan - Der Bote", "", "Plan"),
        ("Plan | Politik | Der Bote", "Plan", "Plan"),
        ("水计划_河城网", "水计划", "水计划"),
        ("Politik: Plan für alle", "Plan für alle", "Plan für alle"),
        ("Bonn - Köln in einer Stunde", "", "Bonn - Köln in einer Stunde"),
        ("AT&amp;T kauft", "", "AT&T kauft"),
        ("Der <em>Plan</em>", "", "Der Plan"),
    ],
)
def test_headlines_without_escapes_and_names_of_sites(
    tmp_path: Path, declared: str, heading: str, title: str
) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{declared}", "publisher": {{"name": "Der Bote"}}}}'
    head = f'<script type="application/ld+json">{data}</script>'
    (article,), _ = seed_read(tmp_path, "a.html", page(f"<article><h1>{heading}</h1>{LONG}</article>", head))
    assert article.title == title


def test_a_text_that_says_its_headline_a_thousand_times_is_read(tmp_path: Path) -> None:
    headline = "River city opens its first railway station"
    (article,), _ = seed_read(tmp_path, "a.md", f"# {headline}\n\n" * 1500 + "The mayor came to the opening.")
    assert (article.title, article.paragraphs) == (headline, ("The mayor came to the opening.",))


@pytest.mark.parametrize(
    "heading",
    [
        "<h1>Plan für das  Wasser</h1>",
        "<p>Plan für das „Wasser“</p>",
        "<p>Stadt</p><h1>Plan für das Wasser</h1>",
        "<h1>Stadt und Land <span>Plan für das Wasser</span></h1>",
    ],
)
def test_the_headline_does_not_head_the_text_again(tmp_path: Path, heading: str) -> None:
    head = '<meta property="og:title" content="Plan für das &#34;Wasser&#34;">'
    (article,), _ = seed_read(tmp_path, "a.html", page(f"<article>{heading}{LONG}</article>", head))
    assert article.paragraphs[0].startswith("Der erste Zug")


@pytest.mark.parametrize(
    ("declared", "author"),
    [
        ("By Anna Muster", "Anna Muster"),
        ("desk@example.org", None),
        ("Sam Ruby (sam@example.org)", "Sam Ruby"),
        ("105092", None),
        ("Von Anna und Omar", "Anna und Omar"),
    ],
)
def test_bylines_are_names(tmp_path: Path, declared: str, author: str | None) -> None:
    head = f'<meta name="author" content="{declared}">'
    (article,), _ = seed_read(tmp_path, "a.html", page(f"<article><h1>Zug</h1>{LONG}</article>", head))
    assert article.author == author


RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><link>https://example.org/</link>{}</channel></rss>'
ITEM = "<item><title>T</title><link>{link}</link><description><![CDATA[<p>One sentence. And another one.</p>{tail}]]></description></item>"


@pytest.mark.parametrize(
    "tail",
    [
        "The post <a href='x'>T</a> appeared first on <a href='y'>N</a>.",
        "La entrada <a>T</a> se publicó primero en <a>N</a>.",
        "L’article <a>T</a> est apparu en premier sur <a>N</a>.",
        "Der Beitrag <a>T</a> erschien zuerst auf <a>N</a>.",
        "O post <a>T</a> apareceu primeiro em <a>N</a>.",
        "L'articolo <a>T</a> proviene da <a>N</a>.",
        "Сообщение <a>T</a> появились сначала на <a>N</a>.",
        "ظهرت المقالة <a>T</a> أولاً على <a>N</a>.",
        "<a>T</a>最先出现在<a>N</a>。",
        "نوشته <a>T</a> اولین بار در <a>N</a>. پدیدار شد.",
        "Read more: Another story of the day",
        "© 2026 N. All rights reserved.",
    ],
)
def test_tails_of_feeds_are_no_article(tmp_path: Path, tail: str) -> None:
    item = ITEM.format(link="https://example.org/1", tail=f"<p>{tail}</p>")
    (article,), _ = seed_read(tmp_path, "a.rss", RSS.format(item))
    assert article.paragraphs == ("One sentence. And another one.",)


def test_a_sentence_that_speaks_of_posts_stays(tmp_path: Path) -> None:
    item = ITEM.format(link="https://example.org/1", tail="<p>By noon the post office had opened again.</p>")
    (article,), _ = seed_read(tmp_path, "a.rss", RSS.format(item))
    assert len(article.paragraphs) == 2


def test_entries_without_text_are_counted_and_links_completed(tmp_path: Path) -> None:
    empty = "<item><title>Only a title</title><link>/2</link></item>"
    (article,), faults = seed_read(tmp_path, "a.rss", RSS.format(ITEM.format(link="/1", tail="") + empty))
    assert article.url == "https://example.org/1"
    assert faults == ["seeds/a.rss: 1 of 2 entries have no text"]


def test_an_atom_entry_that_only_says_when_it_was_updated(tmp_path: Path) -> None:
    entry = "<entry><title>T</title><id>1</id><updated>2024-03-06T10:00:00Z</updated><content>One.</content></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><id>f</id>{entry}</feed>'
    (article,), _ = seed_read(tmp_path, "a.atom", feed)
    assert article.published == "2024-03-06T10:00:00+00:00"
