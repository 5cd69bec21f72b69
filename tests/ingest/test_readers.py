"""One article in every format: the same four paragraphs out of each, and what each declares about it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.ingest import list_seeds, read_seed
from generator.model import Article, DigestError

DATA = Path(__file__).parents[1] / "data" / "read"
PARAGRAPHS = tuple((DATA / "yemen.txt").read_text("utf-8").strip().split("\n\n"))
URL = "http://ar.wikipedia.org/wiki/%D8%AD%D8%B1%D8%A8_%D8%A7%D9%84%D9%8A%D9%85%D9%86"
WHOLE = Article(
    seed="",
    slug="",
    paragraphs=PARAGRAPHS,
    title="حرب اليمن",
    language="ar",
    published="2011-05-01T08:00:00+03:00",
    author="مساهمو ويكيبيديا",
    source="موسوعة المثال",
    url=URL,
    topics=("حرب", "اليمن"),
)
BY_HAND = replace(WHOLE, published="2011-05-01", source="ويكيبيديا", licence="CC BY-SA 3.0")


@pytest.mark.parametrize(
    ("name", "seed", "expected"),
    [
        ("yemen.txt", "yemen.txt", Article("", "", PARAGRAPHS)),
        ("yemen.md", "yemen.md", replace(BY_HAND, author=None)),
        (
            "yemen.html",
            "yemen.html",
            replace(WHOLE, licence="https://creativecommons.org/licenses/by-sa/3.0/"),
        ),
        ("yemen.json", "yemen.json", BY_HAND),
        ("yemen.jsonl", "yemen.jsonl#101", BY_HAND),
        ("yemen.rss", "yemen.rss#item-101", WHOLE),
        ("yemen.atom", "yemen.atom#e0ae999a62a9", replace(WHOLE, licence="CC BY-SA 3.0")),
        ("yemen.feed.json", "yemen.feed.json#e0ae999a62a9", WHOLE),
        ("yemen.docx", "yemen.docx", Article("", "", PARAGRAPHS, title="حرب اليمن")),
        ("yemen.odt", "yemen.odt", Article("", "", PARAGRAPHS, title="حرب اليمن")),
        (
            "yemen.mhtml",
            "yemen.mhtml",
            replace(WHOLE, licence="https://creativecommons.org/licenses/by-sa/3.0/"),
        ),
        (
            "yemen.eml",
            "yemen.eml",
            Article(
                "",
                "",
                PARAGRAPHS,
                "حرب اليمن",
                published="2011-05-01T08:00:00+03:00",
                author="مساهمو ويكيبيديا",
            ),
        ),
        (
            "yemen.epub",
            "yemen.epub",
            Article("", "", PARAGRAPHS, title="حرب اليمن", language="ar", author="مساهمو ويكيبيديا"),
        ),
    ],
)
def test_every_format_gives_the_same_article(name: str, seed: str, expected: Article) -> None:
    article = read_seed(DATA / name, DATA)[0]
    assert article.seed == seed
    assert replace(article, seed="", slug="") == expected


def read(folder: Path, name: str, content: str | bytes) -> tuple[Article, ...]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_seed(folder / name, folder)


def test_feed_suffix_xml(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.xml", (DATA / "yemen.rss").read_bytes())
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("sidecar", ["yemen.yml", "yemen.html.yml", "yemen.yaml"])
def test_sidecar_overrides_what_is_found(tmp_path: Path, sidecar: str) -> None:
    shutil.copy(DATA / "yemen.html", tmp_path)
    (tmp_path / sidecar).write_text("Title: Other\nlanguage: no\npublished:\nurl: https://example.org/x\n")
    assert list_seeds(tmp_path) == ((tmp_path / "yemen.html",), ())
    (article,) = read_seed(tmp_path / "yemen.html", tmp_path)
    assert (article.title, article.language, article.published) == ("Other", "nb", None)
    assert (article.url, article.author) == ("https://example.org/x", "مساهمو ويكيبيديا")


def test_front_matter_and_heading_of_markdown(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "a.md", "# Heading\n\nOne *word*.\n\n> Quoted.\n\n1. First\n2. Second\n")
    assert (article.title, article.paragraphs) == ("Heading", ("One word.", "Quoted.", "First", "Second"))
    (article,) = read(tmp_path, "a.md", "---\ntitle: Given\n---\n# Heading\n\nOne.\n")
    assert (article.title, article.paragraphs) == ("Given", ("Heading", "One."))


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            '<meta property="article:published_time" content="2016-02-05T10:00Z">',
            "",
            "2016-02-05T10:00:00+00:00",
        ),
        ('<meta name="date" content="2016/2/5">', "", "2016-02-05"),
        ("", '<time itemprop="datePublished" datetime="2016-02-05">5 February</time>', "2016-02-05"),
        ("", '<time datetime="2016-02-05">a</time>', "2016-02-05"),
        ("", '<time datetime="2016-02-05">a</time> <time datetime="2016-02-06">b</time>', None),
        ("", "<p>Published on 5 February 2016</p>", None),
        ('<link rel="canonical" href="https://example.org/2016/02/05/a.html">', "", "2016-02-05"),
        ('<meta name="date" content="05/02/2016">', "", None),
        ('<meta property="article:modified_time" content="2016-02-05">', "", None),
    ],
)
def test_date_of_a_page_is_declared_or_missing(
    tmp_path: Path, head: str, body: str, published: str | None
) -> None:
    text = "<p>" + "A long enough paragraph of an article in 2016. " * 8 + "</p>"
    page = f"<html><head><title>T</title>{head}</head><body><article>{body}{text}</article></body></html>"
    (article,) = read(tmp_path, "a.html", page)
    assert article.published == published


@pytest.mark.parametrize(
    ("declared", "published"),
    [
        ("2016-02-05", "2016-02-05"),
        ("2016-02", "2016-02"),
        ("2016-02-05T10:00:00.5+02:00", "2016-02-05T10:00:00.500000+02:00"),
        ("20160205", "2016-02-05"),
        ("2016-2-5 10:17:36", "2016-02-05T10:17:36"),
        ("2016-02-05T10:17:36 UTC", "2016-02-05T10:17:36+00:00"),
        ("2016年2月5日", "2016-02-05"),
        ("Fri, 05 Feb 2016 10:00:00 +0200", "2016-02-05T10:00:00+02:00"),
        ("2016-02-30", None),
        ("03/04/2016", None),
        ("yesterday", None),
        ("1454666400", None),
    ],
)
def test_dates_are_normalised_or_dropped(tmp_path: Path, declared: str, published: str | None) -> None:
    (article,) = read(tmp_path, "a.json", f'{{"text": "One.", "published": "{declared}"}}')
    assert article.published == published
    dropped = () if published else ("declared published dropped: not a date in ISO 8601 or RFC 5322",)
    assert article.changes == dropped


@pytest.mark.parametrize(
    ("declared", "kept"),
    [
        ("https://example.org/a?b=c&d#e", True),
        ("http://example.org:8080/", True),
        ("https://مثال.إختبار/خبر", True),
        ("mailto:desk@example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/a", False),
        ("/a", False),
        ("https://", False),
        ("https://[1", False),
        ("https://name:word@example.org/", False),
        ("https://example.org/<script>", False),
        ("https://example.org/\\u202etxt.exe", False),
        ("file:///etc/passwd", False),
    ],
)
def test_addresses_are_web_or_mail_ones(tmp_path: Path, declared: str, kept: bool) -> None:
    (article,) = read(tmp_path, "a.json", f'{{"text": "One.", "url": "{declared}"}}')
    assert (article.url is not None) is kept
    assert bool(article.changes) is not kept


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        ("ar-EG", "ar"),
        ("ar_EG", "ar"),
        ("Arabic", "ar"),
        ("zh-Hant-TW", "zt"),
        ("zh-CN", "zh"),
        ("iw", "he"),
        ("no", "nb"),
        ("und", None),
        ("<b>", None),
    ],
)
def test_languages_are_codes(tmp_path: Path, declared: str, language: str | None) -> None:
    (article,) = read(tmp_path, "a.json", f'{{"text": "One.", "language": "{declared}"}}')
    assert article.language == language


def test_entries_keep_their_keys_when_others_come_and_go(tmp_path: Path) -> None:
    first = '{"url": "https://example.org/1", "text": "One."}\n'
    second = '{"url": "https://example.org/2", "text": "Two."}\n'
    before = {article.url: article.slug for article in read(tmp_path, "a.jsonl", first + second)}
    after = {article.url: article.slug for article in read(tmp_path, "a.jsonl", second)}
    assert after["https://example.org/2"] == before["https://example.org/2"]
    doubled = read(tmp_path, "a.jsonl", first + first)
    assert len({article.slug for article in doubled}) == 2


def test_text_of_html_in_feeds_is_what_a_reader_sees(tmp_path: Path) -> None:
    markup = (
        "Loose text<p>One<!-- no --> <b>bold</b>&nbsp;&amp; <ruby>漢<rt>kan</rt></ruby></p>"
        "<script>no()</script><style>no</style><p hidden>no</p><p style='display:none'>no</p>"
        "Line<br>break<table><tr><td>cell</td></tr></table><iframe>no</iframe>"
        "<p>Donau<wbr>dampf<WBR />schiff <embed src=no> <i>fährt</i></p><p>Next<script>no()</script> one</p>"
    )
    feed = (DATA / "yemen.rss").read_text("utf-8")
    begin, end = feed.index("<![CDATA[") + 9, feed.index("]]>")
    (article,) = read(tmp_path, "a.rss", feed[:begin] + markup + feed[end:])
    assert article.paragraphs == (
        *("Loose text", "One bold\u00a0& 漢", "Line", "break", "cell"),
        *("Donaudampfschiff fährt", "Next one"),
    )


def test_hostile_feed_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    feed = (DATA / "yemen.rss").read_text("utf-8").replace("حرب اليمن", "&leak;")
    doctype = f'<!DOCTYPE rss [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    (article,) = read(tmp_path, "a.rss", feed.replace("?>\n", f"?>\n{doctype}\n", 1))
    assert "SECRET" not in repr(article)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.rss", "a.docx", "a.epub"])
def test_any_bytes_give_an_article_or_one_line(tmp_path: Path, name: str) -> None:
    samples = [(DATA / "yemen").with_suffix(Path(name).suffix).read_bytes()]
    samples += [
        samples[0][: len(samples[0]) // 2],
        samples[0][::-1],
        b"<" * 5000,
        b"[" * 50_000,
        b"PK\x03\x04",
    ]
    for content in samples:
        try:
            assert read(tmp_path, name, content)
        except DigestError as error:
            assert "\n" not in str(error) and ";" in str(error)
