"""What sidecars cut by hand, the day of adding, and what front matter of other programs declares."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.seeds import seed_read

TEXT = "Menu\n\nThe first train arrived.\n\nSubscribe now.\n\nIt runs “daily”.\n\nAnother story\n\nA bridge fell.\n"


@pytest.mark.parametrize(
    ("sidecar", "paragraphs"),
    [
        (
            "from: the first\n",
            (
                "The first train arrived.",
                "Subscribe now.",
                "It runs “daily”.",
                "Another story",
                "A bridge fell.",
            ),
        ),
        ("from: train arrived\nuntil: another\n", ("train arrived.", "Subscribe now.", "It runs “daily”.")),
        (
            "drop: [subscribe, 'runs \"daily\"', Menu]\n",
            ("The first train arrived.", "Another story", "A bridge fell."),
        ),
        ("until: Subscribe\nfrom: The first\n", ("The first train arrived.",)),
    ],
)
def test_a_sidecar_cuts_the_text(tmp_path: Path, sidecar: str, paragraphs: tuple[str, ...]) -> None:
    (article,), faults = seed_read(tmp_path, "a.txt", TEXT, sidecar)
    assert (article.paragraphs, faults) == (paragraphs, [])


def test_a_cut_that_meets_nothing_is_a_line(tmp_path: Path) -> None:
    (article,), faults = seed_read(tmp_path, "a.txt", TEXT, "from: The second train\ndrop: [Menu, Werbung]\n")
    assert article.paragraphs[0] == "The first train arrived."
    assert faults == [
        "seeds/a.txt: from: The second train does not stand in the text; copy it from there",
        "seeds/a.txt: drop: Werbung does not stand in the text; copy it from there",
    ]


def test_a_cut_of_one_entry_is_no_mistake_in_the_others(tmp_path: Path) -> None:
    lines = '{"id": "1", "text": "One.\\n\\nRead more."}\n{"id": "2", "text": "Two."}\n'
    articles, faults = seed_read(tmp_path, "a.jsonl", lines, "drop: Read more\n")
    assert ([article.paragraphs for article in articles], faults) == ([("One.",), ("Two.",)], [])


def test_cuts_that_leave_nothing_are_refused(tmp_path: Path) -> None:
    articles, faults = seed_read(tmp_path, "a.txt", "One.\n", "drop: One\n")
    assert articles == ()
    assert faults == [
        "seeds/a.txt: has no text left after `from`, `until` and `drop` of its sidecar; correct them"
    ]


def test_the_day_of_adding(tmp_path: Path) -> None:
    (article,), faults = seed_read(tmp_path, "a.txt", "One.", "added: 2026-11-27\n")
    assert (article.published, article.added, faults) == (None, "2026-11-27", [])
    _, faults = seed_read(tmp_path, "a.txt", "One.", "added: soon\n")
    assert faults == [
        "seeds/a.txt.yml: added: soon is not a date in ISO 8601 or RFC 5322; write it as 2026-11-27"
    ]


def test_toml_as_hugo_writes_it(tmp_path: Path) -> None:
    front = '+++\ntitle = "Train"\ndate = 2024-03-05T10:00:00+08:00\ntags = ["rail", "city"]\n[params]\nx = 1\n+++\n'
    (article,), _ = seed_read(tmp_path, "a.md", f"{front}\nThe train arrived.\n")
    assert (article.title, article.published, article.topics, article.paragraphs) == (
        "Train",
        "2024-03-05T10:00:00+08:00",
        ("rail", "city"),
        ("The train arrived.",),
    )
    articles, faults = seed_read(tmp_path, "a.md", "+++\ntitle = \n+++\nOne.\n")
    assert articles == ()
    assert faults[0].startswith("seeds/a.md: is no valid TOML (")


def test_front_matter_as_pelican_writes_it(tmp_path: Path) -> None:
    front = "Title: Train\nDate: 2024-03-05 10:20\nAuthors: Anna, Omar\nSlug: train\n"
    (article,), _ = seed_read(tmp_path, "a.md", f"{front}\nThe train arrived.\n")
    assert (article.title, article.published, article.author) == ("Train", "2024-03-05T10:20:00", "Anna, Omar")
    assert article.paragraphs == ("The train arrived.",)
    (article,), _ = seed_read(tmp_path, "a.md", "Date: it is late\n\nThe train arrived.\n")
    assert article.paragraphs == ("Date: it is late", "The train arrived.")


@pytest.mark.parametrize(
    "front", ["---\ndraft: true\n---\n", "+++\ndraft = true\n+++\n", "Title: T\nStatus: draft\n\n"]
)
def test_a_draft_is_left_out_with_a_line(tmp_path: Path, front: str) -> None:
    articles, faults = seed_read(tmp_path, "a.md", f"{front}One.\n")
    assert articles == ()
    assert faults == ["seeds/a.md: is a draft, as it says itself; take that out to publish it"]


def test_marks_of_other_programs_in_markdown(tmp_path: Path) -> None:
    text = (
        'One.[^1]\n\n!!! note\n    Come early.\n\n??? warning "Mind"\n    The gap.\n\n:::tip\n\nTake a seat.\n\n:::\n\n'
        '> [!NOTE]\n> Quoted.\n\n{{< figure src="x.jpg"\n title="y" >}}\n\n{% include a.html %}\n\n[^1]: A note.\n'
    )
    (article,), _ = seed_read(tmp_path, "a.md", text)
    assert article.paragraphs == (
        "One.",
        "Come early.",
        "Mind",
        "The gap.",
        "Take a seat.",
        "Quoted.",
        "A note.",
    )


def test_word_with_tracked_changes_and_properties(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    moved = "<w:p><w:{0}><w:r><w:t>Moved.</w:t></w:r></w:{0}></w:p>"
    body = moved.format("moveFrom") + "<w:p><w:r><w:t>Stays.</w:t></w:r></w:p>" + moved.format("moveTo")
    body += "<w:p><w:del><w:r><w:t>Gone.</w:t></w:r></w:del><w:r><w:t>Kept.</w:t></w:r></w:p>"
    core = (
        '<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:creator>{}</dc:creator><t:created>2024-03-05T10:00:00Z</t:created></p>"
    )
    for creator, author in (("Anna", "Anna"), ("python-docx", None)):
        buffer = BytesIO()
        with ZipFile(buffer, "w") as archive:
            archive.writestr(
                "word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
            )
            archive.writestr("docProps/core.xml", core.format(creator))
        (article,), _ = seed_read(tmp_path, "a.docx", buffer.getvalue())
        assert article.paragraphs == ("Stays.", "Moved.", "Kept.")
        assert (article.author, article.published) == (author, author and "2024-03-05T10:00:00+00:00")


@pytest.mark.parametrize(
    ("text", "title", "paragraphs"),
    [
        (
            "River city opens its first railway station\n\nThe river city opened a station on Monday, the mayor said.\n",
            "River city opens its first railway station",
            1,
        ),
        (
            "الناتو متمسك بالمسار السياسي\nأكد الأمين العام أن الناتو متمسك بالمسار السياسي في ليبيا.\n",
            "الناتو",
            1,
        ),
        ("河城首座火车站启用\n第一列火车周一上午抵达河城，数百名居民冒雨到场庆祝。\n", "河城首座火车站启用", 1),
        ("It rained.\nThe river city opened its first railway station on Monday.\n", None, 2),
        ("وصول القطار السريع\nThe river city opened its first railway station on Monday.\n", None, 2),
        ("Bread and salt\nMilk and butter and cheese\nEggs\n", None, 3),
        ("Station\nThe river city opened its first railway station.\n", None, 2),
        ("الرباط - أحمد علي\n\nأعلنت وزارة الصحة المغربية يوم الثلاثاء عن حملة تلقيح جديدة.\n", None, 2),
        ("Jane Doe, Staff Writer\n\nThe river city opened a station on Monday, the mayor said.\n", None, 2),
        ("Von Hans Meier\n\nDie Stadt am Fluss hat am Montag einen Bahnhof eröffnet.\n", None, 2),
        (
            "Par Jean Dupont, correspondant à Lyon\n\nLa ville au bord du fleuve a ouvert lundi une gare.\n",
            None,
            2,
        ),
        ("文／王小明\n\n第一列火车周一上午抵达河城，数百名居民冒雨到场庆祝。\n", None, 2),
        (
            "Text messages replace calls\n\nThe river city opened a station on Monday, the mayor said.\n",
            "Text messages replace calls",
            1,
        ),
        (
            "Von der Leyen nennt neue Regeln\n\nDie Stadt am Fluss hat am Montag einen Bahnhof eröffnet.\n",
            "Von der Leyen nennt neue Regeln",
            1,
        ),
        ("One line of words alone\n", None, 1),
        ("……\n\nThe river city opened its first railway station on Monday.\n", None, 2),
    ],
)
def test_the_first_line_of_a_text_is_its_headline_where_it_can_be_nothing_else(
    tmp_path: Path, text: str, title: str | None, paragraphs: int
) -> None:
    (article,), _ = seed_read(tmp_path, "a.txt", text)
    assert (article.title or "").startswith(title or "") and bool(article.title) == bool(title)
    assert len(article.paragraphs) == paragraphs


def test_a_sidecars_title_is_not_repeated_by_the_text(tmp_path: Path) -> None:
    text = "Station opens in river city\n\nThe river city opened its first station on Monday.\n"
    (article,), _ = seed_read(tmp_path, "a.txt", text, sidecar="title: Station Opens in River City\n")
    assert (article.title, len(article.paragraphs)) == ("Station Opens in River City", 1)
    (article,), _ = seed_read(tmp_path, "b.txt", text, sidecar="title: A New Station\n")
    assert (article.title, len(article.paragraphs)) == ("A New Station", 2)
