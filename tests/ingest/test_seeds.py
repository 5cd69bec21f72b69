"""Seeds as a user has them: the two real ones, and every odd entry that a folder can hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.ingest import list_seeds, read_seed, slug_of
from generator.model import Article, DigestError

SEEDS = Path(__file__).parents[2] / "seeds"


def test_real_seeds_are_read_as_published() -> None:
    files, errors = list_seeds(SEEDS)
    articles = [article for file in files for article in read_seed(file, SEEDS)]
    assert errors == ()
    assert [article.slug for article in articles][:2] == ["000_5eb26117233ace39", "003_3833091f4ec1012b"]
    for article in articles[:2]:
        assert article.paragraphs == ((SEEDS / article.seed).read_text("utf-8"),)
        assert article == Article(article.seed, article.slug, article.paragraphs)


@pytest.mark.parametrize(
    ("seed", "slug"),
    [
        ("000_5eb26117233ace39.txt", "000_5eb26117233ace39"),
        ("a.html", "a-html"),
        ("a.HTML", "a-html"),
        ("news/2024/a.txt", "news-2024-a"),
        ("C# wins.txt", "c-wins"),
        ("أخبار ليبيا.txt", "أخبار-ليبيا"),
        ("cafe\u0301.txt", "caf\u00e9"),
        ("News  &  <b>Views</b>.txt", "news-b-views-b"),
        ("🔥 hot ❤️.txt", "hot"),
        ("🔥.txt", "16686e15f772"),
        ("index.txt", "index-c2c16e453cce"),
        ("CON.txt", "con-b38be9a1d331"),
        ("...txt", "1941a56d4257"),
    ],
)
def test_slug_depends_on_the_seed_alone(seed: str, slug: str) -> None:
    assert slug_of(seed) == slug


def test_slug_of_an_entry_names_file_and_entry() -> None:
    assert slug_of("wire.jsonl", "7") == "wire-jsonl-7"


def test_long_names_stay_short_and_distinct() -> None:
    slugs = {slug_of(f"{'ليبيا' * 40}{number}.txt") for number in range(9)}
    assert len(slugs) == 9
    assert max(len(slug.encode()) for slug in slugs) <= 80


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.\n", ("One.", "Two.")),
        ("One.\r\n \t\r\nTwo.", ("One.", "Two.")),
        ("A headline\nA first paragraph that is longer.\nA second.", None),
        (
            "The margin of this\nparagraph is narrow,\nso its four lines\nare one.",
            ("The margin of this paragraph is narrow, so its four lines are one.",),
        ),
        (
            "这是一个按固定宽度\n换行的段落,每一行\n都有九个字左右,所\n以应当连成一段。",
            ("这是一个按固定宽度换行的段落,每一行都有九个字左右,所以应当连成一段。",),
        ),
    ],
)
def test_paragraphs_of_plain_text(tmp_path: Path, text: str, paragraphs: tuple[str, ...] | None) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    (article,) = read_seed(tmp_path / "a.txt", tmp_path)
    assert article.paragraphs == (paragraphs or tuple(text.split("\n")))


def test_empty_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf \n")
    with pytest.raises(DigestError, match=r"^\S+/a\.txt: is empty; .+$"):
        read_seed(tmp_path / "a.txt", tmp_path)


def test_plain_text_loads_nothing_heavy() -> None:
    program = (
        "import sys; from pathlib import Path; from generator.ingest import list_seeds, read_seed\n"
        "seeds = Path('seeds'); read_seed(list_seeds(seeds)[0][0], seeds)\n"
        "heavy = {'lxml', 'chardet', 'yaml', 'trafilatura', 'feedparser', 'markdown', 'http'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SEEDS.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
