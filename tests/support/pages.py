"""What an article's page says, as the program reads it back."""

from __future__ import annotations

from generator.render.page_markup import translations


def text_of(markdown: str) -> dict[int, str] | None:
    """Return the translation of each sentence in the text, by its number; None where there are no sentences."""
    found = {
        place.row: text for place, text in translations(markdown, headed=False).items() if place.where == "text"
    }
    found.pop("title", None)
    return {int(row[1:]): text for row, text in found.items() if text} if found else None
