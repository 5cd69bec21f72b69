"""Plain text → one article: where its paragraphs end, in a file as in the text fields of JSON and feeds.

Here a whole text counts as hard-wrapped or not. `analyze.split` asks the same of a few lines within a text, by
other signs, since there it must not join the items of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from generator.ingest.decode import decode_bytes
from generator.ingest.raw_article import RawArticle
from generator.languages.scripts import EAST_ASIAN

WIDEST_WRAP = 120
"""Characters; editors and mailers wrap at 65 to 100, and a paragraph on one line is mostly longer."""
_UNSPACED = f"[{EAST_ASIAN}]"
"""Chinese and Japanese characters, between which a line may end without a space."""
SENTENCE_ENDS = ".!?…:؟۔。！？।”\"'»)"


def read_text(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read plain text: paragraphs, no title."""
    decoded = decode_bytes(data, charset)
    paragraphs, changes = paragraphs_of(decoded.text)
    return [RawArticle(paragraphs, changes=(*decoded.changes, *changes))]


def paragraphs_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs of plain text, and what was changed.

    Blank lines part paragraphs, and so do single line ends, unless the text is hard-wrapped.
    """
    ended = re.sub(r"\r\n?|[\v\f\u2028]", "\n", text).replace("\u2029", "\n\n")  # a paragraph separator
    lines = [line.strip() for line in ended.split("\n")]
    blocks = [list(block) for filled, block in groupby(lines, bool) if filled]
    if not is_hard_wrapped(blocks):
        return tuple(filter(None, lines)), ()
    joined = (re.sub(rf"(?<={_UNSPACED})\n(?={_UNSPACED})", "", "\n".join(block)) for block in blocks)
    return tuple(text.replace("\n", " ") for text in joined), ("hard-wrapped lines joined",)


def is_hard_wrapped(blocks: list[list[str]]) -> bool:
    """Return whether lines end because a margin was reached, as an editor or a mailer fills them.

    Then no line had room for the first word of the next one, and some lines end amid a sentence. Fewer than
    three line breaks prove nothing.
    """
    breaks = [pair for block in blocks for pair in pairwise(block)]
    margin = max((len(line) for block in blocks for line in block), default=0)
    return (
        len(breaks) >= 3
        and margin <= WIDEST_WRAP
        and any(line[-1] not in SENTENCE_ENDS for line, _ in breaks)
        and all(len(line) + 1 + _first_word(following) > margin for line, following in breaks)
    )


def _first_word(line: str) -> int:
    """Return the length of what a line cannot end within."""
    word = re.match(rf"{_UNSPACED}|(?:(?!{_UNSPACED})\S)+", line)
    return len(word[0]) if word else 1
