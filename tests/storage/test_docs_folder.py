"""Writing below docs/: only what changed, nothing of a person's, and pruning of our own alone."""

from pathlib import Path

import pytest

from generator.model import DigestError, Output
from generator.storage.docs_folder import Author, DocsFolder, author_of, signed

PAGE = Output("en/articles/a/index.md", b"---\ntitle: A\n---\n\ntext\n")
RECORD = Output("en/articles/a/article.json", b"{}")


def test_a_page_is_written_once(tmp_path: Path) -> None:
    shelf = DocsFolder(tmp_path)
    shelf.write([PAGE, RECORD])
    assert (shelf.written, author_of(tmp_path / PAGE.path)) == (2, Author.GENERATOR)
    again = DocsFolder(tmp_path)
    again.write([PAGE, RECORD])
    assert again.written == 0
    assert sorted(file.name for file in (tmp_path / "en/articles/a").iterdir()) == [
        "article.json",
        "index.md",
    ]


def test_an_edit_is_noticed_whatever_the_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    page = signed(PAGE.content)
    file.write_bytes(page.replace(b"\n", b"\r\n"))
    assert author_of(file) is Author.GENERATOR
    file.write_bytes(page.replace(b"text", b"better text"))
    assert author_of(file) is Author.EDITOR
    file.write_bytes(PAGE.content)
    assert author_of(file) is Author.PERSON
    assert author_of(tmp_path / "none.md") is Author.NOBODY


def test_a_persons_page_is_neither_overwritten_nor_pruned(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.md").write_text("mine")
    (tmp_path / "en/extra.md").write_text("mine too")
    shelf = DocsFolder(tmp_path)
    shelf.write([Output("en/index.md", PAGE.content)])
    assert shelf.prune() == ()
    assert (tmp_path / "en/index.md").read_text() == "mine"
    assert (shelf.owned, shelf.refused) == (["en/index.md"], [])


def test_what_nothing_wants_any_more_goes_and_an_edited_page_stays(tmp_path: Path) -> None:
    old = DocsFolder(tmp_path)
    other = Output("en/articles/b/index.md", PAGE.content)
    old.write([PAGE, RECORD, other])
    (tmp_path / other.path).write_bytes(signed(PAGE.content) + b"a note\n")
    assert set(DocsFolder(tmp_path).prune()) == {PAGE.path, RECORD.path}
    assert not (tmp_path / "en/articles/a").exists()
    assert (tmp_path / other.path).exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "en").write_text("a file where a folder belongs")
    with pytest.raises(DigestError, match="cannot be written"):
        DocsFolder(tmp_path).write([PAGE])
