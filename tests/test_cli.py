"""What every command says: numbers and what they count, and how far it is."""

from __future__ import annotations

import pytest

from generator.cli.shared import counted


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (2, ("article",), "2 articles"),
        (1, ("needs care", "need care"), "1 needs care"),
        (11, ("needs care", "need care"), "11 need care"),
    ],
)
def test_what_is_counted_agrees_with_its_number(number: int, words: tuple[str, ...], said: str) -> None:
    assert counted(number, *words) == said
