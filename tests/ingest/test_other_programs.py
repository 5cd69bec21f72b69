"""Seeds as other programs write them: site generators, feed writers, mailers, word processors, old pages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.ingest import read_seed
from generator.model import Article, DigestError

BODY = "\nRain fell on the hills above the town for three days.\n\nThe river rose above its old mark.\n"
PARAGRAPHS = (BODY.split("\n")[1], BODY.split("\n")[3])
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(folder: Path, name: str, content: str | bytes) -> Article:
    seed = folder / "seeds" / name
    seed.parent.mkdir(exist_ok=True)
    seed.write_bytes(content if isinstance(content, bytes) else content.encode())
    (article,) = read_seed(seed, seed.parent, lambda fault: pytest.fail(str(fault)))
    return article


FRONT_MATTER = {
    "Hugo, JSON": '{\n "title": "River rises",\n "date": "2026-11-20",\n "tags": ["a"]\n}\n',
    "Eleventy, JSON": '---json\n{"title": "River rises", "date": "2026-11-20", "tags": "a"}\n---\n',
    "Eleventy, TOML": '---toml\ntitle = "River rises"\ndate = 2026-11-20\ntags = ["a"]\n---\n',
    "Hugo, addresses": "---\ntitle: River rises\ndate: 2026-11-20\ntags: [a]\naliases: [/old/river/]\n---\n",
    "Hexo": "title: River rises\ndate: 2026-11-20\ntags:\n- a\n---\n",
    "Hexo, indented": "title: River rises\ndate: 2026-11-20\ntags:\n  - a\n---\n",
    "Pelican, any names": "Title: River rises\nDate: 2026-11-20\nTags: a\nTemplate: x\nSave_as: y.html\n\n",
    "MkDocs": "title:   River rises\ntags:    a\ndate:    2026-11-20\n\n",
    "blank lines before it": "\n\n---\ntitle: River rises\ndate: 2026-11-20\ntags: a\n---\n",
}


@pytest.mark.parametrize("kind", FRONT_MATTER)
def test_front_matter(tmp_path: Path, kind: str) -> None:
    article = read(tmp_path, "a.md", FRONT_MATTER[kind] + BODY)
    assert (article.title, article.published, article.topics) == ("River rises", "2026-11-20", ("a",))
    assert article.paragraphs == PARAGRAPHS


def test_what_only_looks_like_front_matter_is_text(tmp_path: Path) -> None:
    text = "{\nno JSON\n}\n" + BODY
    assert read(tmp_path, "a.md", text).paragraphs[-2:] == PARAGRAPHS
    assert "no JSON" in read(tmp_path, "b.md", text).paragraphs[0]


def test_lines_beyond_number_cost_no_more_than_they_must(tmp_path: Path) -> None:
    items = "title: x\ntags:\n" + "  - a\n" * 20_000
    assert read(tmp_path, "a.md", items + "no end\n" + BODY).paragraphs[-2:] == PARAGRAPHS


def test_several_authors_over_several_lines(tmp_path: Path) -> None:
    text = "title: River rises\nauthors: Ann Lee\n         Bo Day\n\n" + BODY
    assert read(tmp_path, "a.md", text).author == "Ann Lee, Bo Day"


def test_the_name_of_a_file_dates_markdown_that_says_no_date(tmp_path: Path) -> None:
    assert read(tmp_path, "2026-11-20-river.md", BODY).published == "2026-11-20"
    assert read(tmp_path, "2026-13-20-river.md", BODY).published is None
    assert read(tmp_path, "2026-11-20-river.txt", BODY).published is None
    dated = "---\ndate: 2026-11-19\n---\n" + BODY
    assert read(tmp_path, "2026-11-20-dated.md", dated).published == "2026-11-19"


@pytest.mark.parametrize(
    ("marked", "read_as"),
    [
        ("* content\n{:toc}\n", ()),
        ("Rain fell. {: .lead}\n", ("Rain fell.",)),
        ("import Card from './card';\n", ()),
        (":::note[Mind this]\nRain fell.\n:::\n", ("Mind this", "Rain fell.")),
        ("> [!info] Mind this\n> Rain fell.\n", ("Mind this", "Rain fell.")),
        ("> [!NOTE]\n> Rain fell.\n", ("Rain fell.",)),
        ("![[map.png]]\n\nSee [[River|the river]] and [[Town]]. %%ask%%\n", ("See the river and Town.",)),
        ("It was ==very== high, 1 == 1.\n", ("It was very high, 1 == 1.",)),
    ],
)
def test_marks_in_markdown(tmp_path: Path, marked: str, read_as: tuple[str, ...]) -> None:
    assert read(tmp_path, "a.md", f"{marked}\n{BODY}").paragraphs == (*read_as, *PARAGRAPHS)


RSS = (
    '<rss version="2.0"><channel><title>Bugle</title><link>https://b.org/</link><item>{}</item></channel></rss>'
)


def test_a_name_of_an_entry_is_no_address(tmp_path: Path) -> None:
    item = "<title>River</title><description>Rain fell.</description><guid>{}</guid>"
    assert read(tmp_path, "a.rss", RSS.format(item.format("4711"))).url is None
    assert read(tmp_path, "b.rss", RSS.format(item.format("/river"))).url == "https://b.org/river"


def test_text_that_was_escaped_twice(tmp_path: Path) -> None:
    text = HTML.replace("<", "&amp;lt;").replace(">", "&amp;gt;")
    item = f"<title>River</title><description>{text}</description>"
    assert read(tmp_path, "a.rss", RSS.format(item)).paragraphs == PARAGRAPHS


def test_all_authors_of_an_entry(tmp_path: Path) -> None:
    authors = "<author><name>Ann</name></author><author><name>Bo</name></author>"
    entry = f"<entry><id>1</id><title>River</title><summary>Rain fell.</summary>{authors}</entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title>{entry}</feed>'
    assert read(tmp_path, "a.atom", feed).author == "Ann, Bo"


LONG = "".join(
    f"<p>In hour {n} rain fell on the hills above the town, and the river rose on.</p>" for n in range(6)
)
ARTICLE = f"<article><h1>River rises above old mark</h1>{LONG}</article>"


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            linked(
                '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "datePublished": "2026-11-20"}}'
            ),
            ARTICLE,
        ),
        (linked('/*<![CDATA[*/{"@type": "NewsArticle", "datePublished": "2026-11-20"}/*]]>*/'), ARTICLE),
        (linked('<!-- {"@type": "NewsArticle", "datePublished": "2026-11-20"} -->'), ARTICLE),
        (linked('{"@type": "NewsArticle", "headline": "a "b"", "datePublished": "2026-11-20",}'), ARTICLE),
        ("", ARTICLE.replace("</h1>", "</h1><p>Nov. 20, 2026</p>")),
        ("", ARTICLE.replace("</h1>", "</h1><div>Fri 20 Nov 2026</div>")),
        ("", ARTICLE.replace("<h1>", '<abbr class="published" title="2026-11-20">Friday</abbr><h1>')),
    ],
    ids=["main entity", "CDATA", "comment", "broken JSON", "a bare line", "with a day of the week", "abbr"],
)
def test_dates_in_pages(tmp_path: Path, head: str, body: str) -> None:
    article = read(tmp_path, "a.html", f"<html lang=en><head>{head}</head><body>{body}</body></html>")
    assert article.published == "2026-11-20"
    assert len(article.paragraphs) == 6


def test_broken_data_of_several_articles_dates_none(tmp_path: Path) -> None:
    data = linked('{"datePublished": "2026-11-20", "x": [{"datePublished": "2026-11-21"}],}')
    assert read(tmp_path, "a.html", f"<html><head>{data}</head><body>{ARTICLE}</body></html>").published is None


@pytest.mark.parametrize(
    "byline",
    [
        "<span itemprop=author>Ann Lee</span>",
        "<a class='p-author h-card' href=/ann>Ann Lee</a>",
        "<span class='author vcard'><a class='url fn'>Ann Lee</a></span>",
    ],
)
def test_authors_in_pages(tmp_path: Path, byline: str) -> None:
    page = f"<html><body>{ARTICLE.replace('</h1>', f'</h1><div class=byline>{byline}</div>')}</body></html>"
    assert read(tmp_path, "a.html", page).author == "Ann Lee"


def test_a_sites_name_before_a_headline_of_the_second_order(tmp_path: Path) -> None:
    body = ARTICLE.replace("h1", "h2")
    page = f"<html><head><title>The Bugle | News | River rises above old mark</title></head><body>{body}</body></html>"
    assert read(tmp_path, "a.html", page).title == "River rises above old mark"


def message(content: str, kind: str = "text/plain", subject: str = "River") -> str:
    return f"Subject: {subject}\nFrom: Ann <ann@b.org>\nContent-Type: {kind}\n\n{content}"


def test_lines_of_a_message_that_flow_on(tmp_path: Path) -> None:
    text = "Rain fell on the \nhills. The \nriver rose.\n\nThen it fell.\n-- \nAnn Lee\n1 Main Street\n"
    flowed = read(tmp_path, "a.eml", message(text, "text/plain; format=flowed", "Fwd: RE: River"))
    assert flowed.paragraphs == ("Rain fell on the hills. The river rose.", "Then it fell.")
    assert flowed.title == "River"


def zipped(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_the_first_heading_of_an_open_document_is_its_headline(tmp_path: Path) -> None:
    body = "<text:h>River rises</text:h>" + "".join(f"<text:p>{each}</text:p>" for each in PARAGRAPHS)
    text = f"<office:d {OFFICE}><office:body><office:text>{body}</office:text></office:body></office:d>"
    article = read(tmp_path, "a.odt", zipped({"content.xml": text}))
    assert (article.title, article.paragraphs) == ("River rises", PARAGRAPHS)


def test_word_in_another_language_and_hidden_text(tmp_path: Path) -> None:
    def paragraph(text: str, style: str = "", hidden: str = "") -> str:
        more = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{hidden}</w:t></w:r>" if hidden else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>'

    body = paragraph("River rises", "Titel") + "".join(paragraph(each, hidden="No!") for each in PARAGRAPHS)
    styles = '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    files = {
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
    }
    article = read(tmp_path, "a.docx", zipped(files))
    assert (article.title, article.paragraphs) == ("River rises", PARAGRAPHS)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.yml"])
def test_a_conflict_that_git_left_is_no_text(tmp_path: Path, name: str) -> None:
    read(tmp_path, "a.txt" if name == "a.yml" else name, BODY)
    marked = "<<<<<<< HEAD\ntitle: one\n=======\ntitle: two\n>>>>>>> other\n"
    (tmp_path / "seeds" / name).write_text(f"title: x\n{marked}" + BODY * (name != "a.yml"), "utf-8")
    seed = next(file for file in sorted((tmp_path / "seeds").iterdir()) if file.suffix != ".yml")
    with pytest.raises(DigestError, match=f"seeds/{name}: has a conflict that git left in line 2; choose"):
        read_seed(seed, tmp_path / "seeds")


@pytest.mark.parametrize("name", ["p<b", "t&lt;", 'a"b'])
def test_a_tag_of_no_possible_name_around_everything(tmp_path: Path, name: str) -> None:
    assert PARAGRAPHS[0] in read(tmp_path, "a.html", f"<body><{name}>{HTML}").paragraphs
    item = f"<title>River</title><description><![CDATA[<{name}>{HTML}]]></description>"
    assert PARAGRAPHS[1] in read(tmp_path, "a.rss", RSS.format(item)).paragraphs


@pytest.mark.parametrize(
    ("name", "first"),
    [("a.odt", "content.xml"), ("a.docx", "word/document.xml"), ("a.epub", "META-INF/container.xml")],
)
def test_an_archive_that_points_outside_itself_is_damaged(tmp_path: Path, name: str, first: str) -> None:
    whole = bytearray(zipped({first: "<a/>", "more.xml": "<a/>"}))
    del whole[4:16]  # so that all places in it are too far
    seed = tmp_path / "seeds" / name
    seed.parent.mkdir()
    seed.write_bytes(bytes(whole))
    with pytest.raises(DigestError, match="damaged"):
        read_seed(seed, seed.parent)
