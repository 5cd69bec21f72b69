"""One small function for each format: the bytes of a file → its entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby, pairwise

from generator.read.decode import decode
from generator.read.entry import Entry

Reader = Callable[[bytes, str | None], Iterable[Entry]]
"""Takes a file's bytes and the charset declared for them outside of the file."""

WIDEST_WRAP = 120
"""Characters; editors and mailers wrap at 65 to 100, and a paragraph on one line is mostly longer."""
SENTENCE_ENDS = ".!?…:؟۔。！？।”\"'»)"


def read_text(data: bytes, charset: str | None) -> Iterable[Entry]:
    """Read plain text: no title; blank lines part paragraphs, and so do single ones unless hard-wrapped."""
    decoded = decode(data, charset)
    lines = [line.strip() for line in _newlines(decoded.text).split("\n")]
    blocks = [list(block) for filled, block in groupby(lines, bool) if filled]
    if not is_hard_wrapped(blocks):
        return [Entry(tuple(filter(None, lines)), changes=decoded.changes)]
    joined = tuple(" ".join(block) for block in blocks)
    return [Entry(joined, changes=(*decoded.changes, "hard-wrapped lines joined"))]


def is_hard_wrapped(blocks: list[list[str]]) -> bool:
    """Tell whether lines end because a margin was reached, as an editor or a mailer fills them.

    Then no line had room for the first word of the next one, and some lines end amid a sentence.
    """
    breaks = [pair for block in blocks for pair in pairwise(block)]
    margin = max((len(line) for block in blocks for line in block), default=0)
    return (
        margin <= WIDEST_WRAP
        and any(line[-1] not in SENTENCE_ENDS for line, _ in breaks)
        and all(len(line) + 1 + len(following.split()[0]) > margin for line, following in breaks)
    )


def _newlines(text: str) -> str:
    r"""Give every line end as \n; a paragraph separator parts paragraphs as a blank line does."""
    return re.sub(r"\r\n?|[\v\f\x85\u2028]", "\n", text).replace("\u2029", "\n\n")


READERS: dict[str, Reader] = {
    ".txt": read_text,
}
"""By suffix, lower-case."""
