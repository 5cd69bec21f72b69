"""Where readers propose a better translation."""

from __future__ import annotations

import pytest

from generator.theme.report_links import report_pattern, with_article, without_sentence

EDIT = "https://github.com/o/r/edit/master/docs/en/articles/a/index.md"
FIELDS = "article={article}&sentence={sentence}&address={address}"
MAIL = "subject={article}%20{sentence}&body={text}%0A%0A{address}"


@pytest.mark.parametrize(
    ("report", "repo_url", "edit_url", "pattern"),
    [
        ("", "", "", ""),
        ("", "https://github.com/o/r", EDIT, EDIT),
        (
            "",
            "https://github.com/o/r/",
            "",
            "https://github.com/o/r/issues/new?title={article}%20{sentence}&body={text}%0A%0A{address}",
        ),
        (
            "",
            "https://gitlab.example.org/o/r",
            "",
            "https://gitlab.example.org/o/r/-/issues/new"
            "?issue[title]={article}%20{sentence}&issue[description]={text}%0A%0A{address}",
        ),
        ("", "https://code.example.org/r", "", ""),
        ("mailto:a@b.org", "https://github.com/o/r", EDIT, f"mailto:a@b.org?{MAIL}"),
        ("mailto:a@b.org?cc=c@d.org", "", "", f"mailto:a@b.org?cc=c@d.org&{MAIL}"),
        ("https://b.org/form", "", EDIT, f"https://b.org/form?{FIELDS}"),
        ("https://b.org/form?a=1#top", "", "", f"https://b.org/form?a=1&{FIELDS}#top"),
        ("https://b.org/{sentence}?t={text}", "", "", "https://b.org/{sentence}?t={text}"),
        ("javascript:alert(1)", "", "", ""),
    ],
)
def test_the_setting_counts_then_the_source_of_the_page_then_issues(
    report: str, repo_url: str, edit_url: str, pattern: str
) -> None:
    assert report_pattern(report, repo_url, edit_url) == pattern


def test_places_are_filled_in_and_encoded() -> None:
    named = with_article("https://b.org/?a={article}&s={sentence}&u={address}&t={text}", 'A & "{sentence}"')
    assert named == "https://b.org/?a=A%20%26%20%22%7Bsentence%7D%22&s={sentence}&u={address}&t={text}"
    whole = without_sentence(named, "https://d.org/en/?x")
    assert whole.endswith("&s=&u=https%3A%2F%2Fd.org%2Fen%2F%3Fx&t=")
