"""What people declare of an article: which values and names are taken, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ingest import read_seed
from generator.ingest.seeds import is_slug
from generator.model import Article

THERE = (
    "there are title, language, published, added, author, source, url, licence, topics, slug, aliases, also, archived, "
    "from, until, drop, charset"
)


def read(folder: Path, name: str, text: str, sidecar: str = "") -> tuple[tuple[Article, ...], list[str]]:
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / name).write_text(text, "utf-8")
    if sidecar:
        (folder / "seeds" / name).with_suffix(".yml").write_text(sidecar, "utf-8")
    faults: list[str] = []
    articles = read_seed(folder / "seeds" / name, folder / "seeds", lambda fault: faults.append(str(fault)))
    return articles, faults


@pytest.mark.parametrize(
    ("sidecar", "line"),
    [
        ("titel: X", f"titel is no field; {THERE}"),
        ("weight: 5", f"weight is no field; {THERE}"),
        ("date: 27.11.2026", "date: 27.11.2026 is not a date in ISO 8601 or RFC 5322; write it as 2026-11-27"),
        (
            "published: 3/4/2016",
            "published: 3/4/2016 is not a date in ISO 8601 or RFC 5322; write it as 2016-03-04 or 2016-04-03",
        ),
        ("date: 1/31/2016", "date: 1/31/2016 is not a date in ISO 8601 or RFC 5322; write it as 2016-01-31"),
        ("date: soon", "date: soon is not a date in ISO 8601 or RFC 5322; write it as 2026-11-27"),
        (
            "language: klingonish",
            "language: klingonish is not a language code or name; write for instance ar or Arabic",
        ),
        (
            "url: example.org",
            "url: example.org is not a web or mail address; write it whole, such as https://example.org/article",
        ),
        ("slug: Über uns", "slug: Über uns cannot stand in addresses; write über-uns"),
        ("slug: ../etc", "slug: ../etc cannot stand in addresses; write etc"),
        ("aliases: [old, a/b]", "aliases: a/b cannot stand in addresses; write a-b"),
        ("title: {a: b}", "title: holds no text; write it on the same line"),
    ],
)
def test_a_mistake_in_a_sidecar_is_a_line_and_the_article_goes_on(
    tmp_path: Path, sidecar: str, line: str
) -> None:
    articles, faults = read(tmp_path, "a.txt", "Text.", sidecar)
    assert faults == [f"seeds/a.yml: {line}"]
    assert len(articles) == 1


def test_what_is_right_is_no_mistake(tmp_path: Path) -> None:
    sidecar = (
        "Title: ''\nlang: Arabic\ndate: 2016-02-05 10:00:00 +0300\nurl: https://e.org/\ncharset: utf-8\n"
        "etag: x\nlast-modified: y\nsha256: z\nkeywords: [a, b]\nslug: يمن-2016\nalias: old\n"
    )
    (article,), faults = read(tmp_path, "a.txt", "Text.", sidecar)
    assert faults == []
    assert (article.slug, article.aliases, article.published) == (
        "يمن-2016",
        ("old",),
        "2016-02-05T10:00:00+03:00",
    )


@pytest.mark.parametrize(
    ("front", "lines"),
    [
        ("layout: post\nweight: 3\ndraft: false\ncategory: x\ntag: y\nstate: z\nmenu: main", []),
        ("published: false\ndate: 2016-02-05", []),
        ("titel: X", [f"titel is no field; {THERE}"]),
        ("lnaguage: ar", [f"lnaguage is no field; {THERE}"]),
        ("autor: X", [f"autor is no field; {THERE}"]),
        (
            "date: 27.11.2026",
            ["date: 27.11.2026 is not a date in ISO 8601 or RFC 5322; write it as 2026-11-27"],
        ),
    ],
)
def test_of_front_matter_only_slips_and_unusable_values_are_mistakes(
    tmp_path: Path, front: str, lines: list[str]
) -> None:
    (article,), faults = read(tmp_path, "a.md", f"---\n{front}\n---\nText.")
    assert faults == [f"seeds/a.md: {line}" for line in lines]
    if "2016" in front:
        assert article.published == "2016-02-05"


def test_a_sidecar_settles_what_is_wrong_in_front_matter(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "a.md", "---\ndate: 27.11.2026\n---\nText.", "published: 2026-11-27\n")
    assert faults == []


def test_adding_a_file_needs_no_field_to_be_right(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 27.11.2026\n---\nText.")
    assert read_seed(tmp_path / "a.md", tmp_path)[0].published is None


def test_each_format_chooses_its_address(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, "a.md", "---\nslug: mine\naliases: [one, two]\n---\nText.")
    assert (article.slug, article.aliases) == ("mine", ("one", "two"))
    (article,), _ = read(tmp_path, "b.json", '{"text": "Text.", "slug": "mine", "aliases": "one"}')
    assert (article.slug, article.aliases) == ("mine", ("one",))
    (article,), _ = read(tmp_path, "b.json", '{"text": "Text.", "slug": "mine"}', "slug: given\n")
    assert article.slug == "given"
    entries = '[{"id": "1", "text": "Text."}, {"id": "2", "text": "Text.", "slug": "own"}]'
    articles, faults = read(tmp_path, "c.json", entries, "slug: wire\naliases: old\n")
    assert [(each.slug, each.aliases) for each in articles] == [("wire-1", ("old-1",)), ("own", ("old-2",))]
    assert faults == []
    _, faults = read(tmp_path, "d.json", '{"text": "Text.", "slug": "No Slug", "titel": "x"}')
    assert faults == ["seeds/d.json: slug: No Slug cannot stand in addresses; write no-slug"]


def test_a_feed_from_elsewhere_does_not_choose_addresses(tmp_path: Path) -> None:
    item = '{"id": "1", "content_text": "Text.", "slug": "front", "aliases": ["other"]}'
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}'
    (article,), _ = read(tmp_path, "a.json", feed)
    assert (article.slug, article.aliases) == ("a-json-1", ())


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "A", "con", "index", "a b", "-a", "a\0", "x" * 81, "a--b"]
)
def test_what_cannot_stand_in_addresses(name: str) -> None:
    assert not is_slug(name)
