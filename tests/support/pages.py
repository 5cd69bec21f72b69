"""What an article's page says, as the program reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.render.page_markup import translations


def text_of(markdown: str) -> dict[int, str] | None:
    """Return the translation of each sentence in the text, by its number; None where there are no sentences."""
    found = {place.row: text for place, text in translations(markdown, headed=False) if place.where == "text"}
    found.pop("title", None)
    return {int(row[1:]): text for row, text in found.items() if text} if found else None


def with_old_summary(markdown: str, numbers: Iterable[int], heading: str = "Summary") -> str:
    """Return an article's page as versions wrote it that repeated the summary above the text."""
    items = []
    for number in numbers:
        item = re.search(
            rf'<li id="s{number}" class="(?:paragraph )?(?:picked )?([a-z]+)">\n(.*?)^</li>',
            markdown,
            re.M | re.S,
        )
        assert item
        first, *rest = item[2].splitlines()[1:]  # the first line is the sentence's number
        linked = re.sub("(<p[^>]*>)(.*)(</p>)", rf'\1<a href="#s{number}">\2</a>\3', first)
        items += [f'<li value="{number}" class="{item[1]}">', linked, *rest, "</li>"]
    above = [
        '<section class="summary" aria-labelledby="summary">',
        f'<h2 id="summary">{heading}</h2>',
        "<ol>",
        *items,
        "</ol>",
        "</section>",
        "",
        "",
    ]
    text = '<section class="text"'
    return re.sub("(<li .*)picked ", r"\1", markdown).replace(text, "\n".join(above) + text)
