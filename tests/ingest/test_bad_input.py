"""Every row of the table in README.md beside this file: one line for the bad seed, the good one goes on."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from generator.ingest import list_seeds, read_seed
from generator.model import Article, DigestError

DATA = Path(__file__).parents[1] / "data" / "read"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\xff\xfe\xfd" * 9


@pytest.fixture
def seeds() -> Iterator[Path]:
    """Return a folder with one good seed that anybody may enter, as `tmp_path` is not."""
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    folder = home / "seeds"
    folder.mkdir()
    (folder / "good.txt").write_text("A good seed.")
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(home)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user whom permissions bind; root is not."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def outcome(seeds: Path) -> tuple[list[Article], list[str]]:
    """Read a folder as a run does: the articles, and the lines about what is none."""
    files, errors = list_seeds(seeds)
    articles, lines = [], [str(error) for error in errors]
    for file in files:
        try:
            articles.extend(read_seed(file, seeds))
        except DigestError as error:
            lines.append(str(error))
    return articles, lines


def file(name: str, content: bytes | str) -> Callable[[Path], object]:
    """Put a file into the folder."""
    data = content.encode() if isinstance(content, str) else content
    return lambda seeds: (seeds / name).write_bytes(data)


def sparse(name: str, size: int) -> Callable[[Path], object]:
    """Put a file of a size into the folder that takes no room on the disk."""

    def make(seeds: Path) -> None:
        with (seeds / name).open("wb") as stream:
            stream.truncate(size)

    return make


def bomb(name: str, member: str) -> Callable[[Path], object]:
    """Put an archive into the folder that unpacks to a thousand times its size."""

    def make(seeds: Path) -> None:
        with zipfile.ZipFile(seeds / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, b" " * (33 * 2**20))

    return make


def locked(seeds: Path) -> None:
    (seeds / "a.txt").write_text("Text.")
    (seeds / "a.txt").chmod(0)


def locked_folder(seeds: Path) -> None:
    (seeds / "more").mkdir(mode=0)


def sidecar(content: str) -> Callable[[Path], object]:
    """Put a seed with a sidecar into the folder."""

    def make(seeds: Path) -> None:
        (seeds / "a.txt").write_text("Text.")
        (seeds / "a.yml").write_text(content)

    return make


def sidecar_outside(seeds: Path) -> None:
    (seeds / "a.txt").write_text("Text.")
    (seeds / "a.yml").symlink_to("/etc/hostname")


ROWS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (file("a.txt", ""), r"a\.txt: is empty; write an article into it or delete it"),
    "only blanks and a mark": (file("a.txt", b"\xef\xbb\xbf \n\t\n"), r"a\.txt: is empty; "),
    "no words": (file("a.txt", "— … —\n"), r"a\.txt: holds no words; write an article into it or delete it"),
    "binary": (file("a.txt", PNG), r"a\.txt: is no text, or in no encoding known here; save it as UTF-8 "),
    "PDF": (
        file("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\xff" * 9),
        r"a\.txt: is a PDF; save its text as ",
    ),
    "archive": (
        lambda seeds: shutil.copy(DATA / "yemen.docx", seeds / "a.txt"),
        r"a\.txt: is a zip archive ",
    ),
    "200 MB": (sparse("a.txt", 200_000_000), r"a\.txt: is too large \(191 MB, at most 64 MB\); split it"),
    "large page": (
        file("a.html", "<p>Text. " * 800_000),
        r"a\.html: is too large for a page \(over 5 MB\); save its ",
    ),
    "unreadable": (
        locked,
        r"a\.txt: cannot be read \(Permission denied\); mend its permissions or delete it",
    ),
    "unreadable folder": (locked_folder, r"more: cannot be read \(Permission denied\); mend its permissions"),
    "folder named as a file": (
        lambda seeds: (seeds / "x.txt").mkdir(),
        r"x\.txt: is a folder with the name of a file; rename it",
    ),
    "link out of seeds": (
        lambda seeds: (seeds / "a.txt").symlink_to("/etc/hostname"),
        r"a\.txt: is a link out of seeds/; put a copy of the file there instead",
    ),
    "link to nowhere": (
        lambda seeds: (seeds / "a.txt").symlink_to("gone.txt"),
        r"a\.txt: is gone, or a link that leads nowhere; mend or delete it",
    ),
    "link to itself": (lambda seeds: (seeds / "a.txt").symlink_to("a.txt"), r"a\.txt: cannot be read \("),
    "link to a folder": (
        lambda seeds: (seeds / "a").symlink_to(seeds),
        r"a: is a link to a folder; put its files here instead",
    ),
    "pipe": (lambda seeds: os.mkfifo(seeds / "a.txt"), r"a\.txt: is no regular file; delete it"),
    "unknown format": (
        file("a.ods", "x"),
        r"a\.ods: has no format known here; save its text as \.txt, or it as \.atom, .+ or \.xml",
    ),
    "name not in UTF-8": (
        lambda seeds: Path(os.fsdecode(os.fsencode(seeds) + b"/\xff.txt")).write_text("x"),
        r"\\udcff\.txt: its name is not UTF-8; rename it",
    ),
    "name with controls": (
        file("a\n\x1b[31m\u202e.txt", ""),
        r"a\\n\\x1b\[31m\\u202e\.txt: is empty; write an article into it or delete it",
    ),
    "broken JSON": (file("a.json", '{"text": "x"'), r"a\.json: is no valid JSON in line 1 \(.+\); mend it"),
    "broken line of JSON": (
        file("a.jsonl", '{"text": "x"}\n{"text"\n'),
        r"a\.jsonl: is no valid JSON in line 2 \(.+\); mend it",
    ),
    "JSON nested too deeply": (
        file("a.json", "[" * 99_999),
        r"a\.json: is no JSON that can be read; simplify it",
    ),
    "JSON without text": (
        file("a.jsonl", '{"text": "x"}\n{"title": "y"}\n'),
        r"a\.jsonl: line 2 has no `text`; add it, or take it out of the file",
    ),
    "JSON without articles": (
        file("a.json", "[]"),
        r"a\.json: holds no article with text; add one or delete it",
    ),
    "broken sidecar": (sidecar("title: [x"), r"a\.yml: is no valid YAML in line 1 \(.+\); mend it"),
    "sidecar of no fields": (sidecar("just words"), r"a\.yml: holds no `name: value` lines; write "),
    "sidecar out of seeds": (sidecar_outside, r"a\.yml: is a link out of seeds/; put a copy "),
    "sidecar without its seed": (
        file("a.yml", "title: x"),
        r"a\.yml: describes a seed that is not there; add the seed or delete it",
    ),
    "broken front matter": (
        file("a.md", "---\ntitle: [x\n---\nText."),
        r"a\.md: is no valid YAML in line 3 \(.+\); mend it",
    ),
    "no feed": (file("a.rss", "<p>Text</p>"), r"a\.rss: is no RSS or Atom feed; save a page as \.html"),
    "feed of links": (
        file("a.rss", "<rss version='2.0'><channel><item><title>x</title></item></channel></rss>"),
        r"a\.rss: holds no article with text; add one or delete it",
    ),
    "damaged Word file": (
        file("a.docx", b"PK\x03\x04"),
        r"a\.docx: is no \.docx file, or a damaged one; save ",
    ),
    "damaged text of LibreOffice": (
        file("a.odt", b"PK\x03\x04"),
        r"a\.odt: is no \.odt file, or a damaged one; save ",
    ),
    "message without text": (
        file("a.eml", "Subject: x\nContent-Type: image/png\n\nx"),
        r"a\.eml: is a message without text; save its attachment by itself",
    ),
    "saved page without a page": (
        file("a.mhtml", "Subject: x\nContent-Type: text/css\n\nx"),
        r"a\.mhtml: holds no page; save it again as \.html",
    ),
    "message nested too deeply": (
        file("a.eml", "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(999))),
        r"a\.eml: is nested too deeply for a message; save its text as \.txt",
    ),
    "no message": (file("a.eml", "\nText."), r"a\.eml: is no message; give it the suffix of what it is"),
    "zip bomb": (
        bomb("a.docx", "word/document.xml"),
        r"a\.docx: unpacks to too much \(33 MB in one part\); save ",
    ),
    "page nested too deeply": (
        file("a.html", "<div>" * 9_999 + "x"),
        r"a\.html: is nested too deeply to be read as HTML; save its text as \.txt",
    ),
    "page of too many elements": (
        file("a.html", "<p>x" + "<br>" * 100_000),
        r"a\.html: has over 100,000 elements; save its text as \.txt",
    ),
    "Markdown of brackets": (
        file("a.md", "[" * 9_999),
        r"a\.md: has over 2,000 brackets in a paragraph; save its text as \.txt",
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_bad_seed_gets_one_line_and_the_others_go_on(seeds: Path, row: str) -> None:
    make, expected = ROWS[row]
    make(seeds)
    with nobody() if row.startswith("unreadable") else nullcontext():
        articles, lines = outcome(seeds)
    assert [article.seed for article in articles] == ["good.txt"]
    (line,) = lines
    assert re.match("seeds/" + expected, line)
    assert line.isprintable()


LINES = (
    '{"id": "one", "text": "One."}',
    '{"id": "two", "text": "Two."',
    '{"id": "one", "title": "no text"}',
    '{"id": "one", "text": "One again."}',
    "",
    "[" * 99_999,
    '["not an object"]',
    '{"id": "none", "text": "…"}',
    '{"text": "Nameless."}',
)


def test_a_bad_line_spoils_no_other(seeds: Path) -> None:
    (seeds / "a.jsonl").write_text("\n".join(LINES), "utf-8")
    problems: list[DigestError] = []
    articles = read_seed(seeds / "a.jsonl", seeds, problems.append)
    assert [article.paragraphs for article in articles] == [("One.",), ("One again.",), ("Nameless.",)]
    expected = [
        r"is no valid JSON in line 2 \(.+\); mend it",
        r"line 3 has no `text`; add it, or take it out of the file",
        r"is no JSON that can be read in line 6; simplify it",
        r'line 7 is no article; write it as {"title": …, "text": …}',
        r"line 8 has no `text`; add it, or take it out of the file",
    ]
    for problem, pattern in zip(problems, expected, strict=True):
        assert re.fullmatch(rf"seeds/a\.jsonl: {pattern}", str(problem))
    whole = [
        *LINES[:1],
        '{"id": "two", "text": "Two."}',
        '{"id": "one", "text": "Mended."}',
        LINES[3],
        LINES[8],
    ]
    (seeds / "a.jsonl").write_text("\n".join(whole), "utf-8")
    slugs = {article.paragraphs: article.slug for article in read_seed(seeds / "a.jsonl", seeds)}
    assert [slugs[article.paragraphs] for article in articles] == [article.slug for article in articles]


def test_a_bad_article_of_a_list_spoils_no_other(seeds: Path) -> None:
    (seeds / "a.json").write_text('[{"text": "One."}, {"title": "no text"}, {"text": "Two."}]', "utf-8")
    problems: list[DigestError] = []
    assert len(read_seed(seeds / "a.json", seeds, problems.append)) == 2
    assert [str(problem) for problem in problems] == [
        "seeds/a.json: item 2 has no `text`; add it, or take it out of the file"
    ]


def test_a_file_without_one_good_line_gets_one_line(seeds: Path) -> None:
    (seeds / "a.jsonl").write_text("no\nJSON\nat all\n", "utf-8")
    problems: list[DigestError] = []
    assert read_seed(seeds / "a.jsonl", seeds, problems.append) == ()
    assert len(problems) == 1


def test_missing_folder_is_one_line(tmp_path: Path) -> None:
    files, (error,) = list_seeds(tmp_path / "seeds")
    assert (files, str(error)) == ((), "seeds: no such folder; make it and put articles into it")


def test_seed_that_vanishes_or_changes_kind_after_listing(seeds: Path) -> None:
    (seeds / "a.txt").write_text("Text.")
    (files, _) = list_seeds(seeds)
    (seeds / "a.txt").unlink()
    with pytest.raises(DigestError, match=r"^seeds/a\.txt: is gone; put it back or run again$"):
        read_seed(files[0], seeds)
    os.mkfifo(seeds / "a.txt")
    with pytest.raises(DigestError, match=r"^seeds/a\.txt: is no regular file; delete it$"):
        read_seed(files[0], seeds)
    (seeds / "a.txt").unlink()
    (seeds / "a.txt").symlink_to("/etc/hostname")
    with pytest.raises(DigestError, match=r"^seeds/a\.txt: is a link out of seeds/; "):
        read_seed(files[0], seeds)


def test_two_seeds_of_one_stem_are_two_articles(seeds: Path) -> None:
    (seeds / "good.md").write_text("Another.")
    (seeds / "deep").mkdir()
    (seeds / "deep" / "good.txt").write_text("A third.")
    articles, lines = outcome(seeds)
    assert lines == []
    assert sorted(article.slug for article in articles) == ["deep-good", "good", "good-md"]


@pytest.mark.parametrize(
    "name", ["خبر عن ليبيا.txt", "with  spaces.txt", "🔥📰.txt", "a;b|c`d$(e)'\".txt", "新闻.TXT"]
)
def test_unusual_names_are_fine(seeds: Path, name: str) -> None:
    (seeds / name).write_text("Text.")
    articles, lines = outcome(seeds)
    assert lines == []
    assert {article.seed for article in articles} == {name, "good.txt"}
    assert all(re.fullmatch(r"[\w-]+", article.slug) for article in articles)


def test_what_lies_beside_seeds_is_left_out(seeds: Path) -> None:
    for name in (".hidden.txt", "a.txt~", "README.md", "LICENSE", "good.yml"):
        (seeds / name).write_text("title: x\n")
    shutil.copy(DATA / "yemen.html", seeds / "page.html")
    for folder in ("page_files", ".git"):
        (seeds / folder).mkdir()
        (seeds / folder / "style.css").write_text("x")
    articles, lines = outcome(seeds)
    assert lines == []
    assert {article.seed for article in articles} == {"good.txt", "page.html"}


def test_order_is_that_of_names(seeds: Path) -> None:
    for name in ("b/z.txt", "a/ä.txt", "B.txt", "ا.txt"):
        (seeds / name).parent.mkdir(exist_ok=True)
        (seeds / name).write_text("Text.")
    names = [path.relative_to(seeds).as_posix() for path in list_seeds(seeds)[0]]
    assert names == sorted(names) and len(names) == 5
