"""What a format finds in a file, before it becomes an `Article`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby, pairwise

from generator.languages.scripts import EAST_ASIAN

WIDEST_WRAP = 120
"""Characters; editors and mailers wrap at 65 to 100, and a paragraph on one line is mostly longer."""
_UNSPACED = f"[{EAST_ASIAN}]"
SENTENCE_ENDS = ".!?…:؟۔。！？।”\"'»)"


class Unreadable(Exception):  # noqa: N818 - names the state of the file, not a fault of ours
    """Why a file gives no article and the way out, without the place: the caller knows it."""


def unknown_format(suffixes: Iterable[str]) -> str:
    """Say that a file has none of these suffixes."""
    *most, last = sorted(suffixes)
    return f"has no format known here; save it as {', '.join(most)} or {last}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as its format gives it: nothing checked, nothing cleaned."""

    paragraphs: tuple[str, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    """Title, date and so on under one of the names in `fields.NAMES`."""
    key: str = ""
    """Tells it from the other entries of its file; empty where the file is one article."""
    changes: tuple[str, ...] = ()
    """What decoding and unpacking changed."""


def paragraphs_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs of plain text, and what was changed.

    Blank lines part paragraphs, and so do single line ends, unless the text is hard-wrapped.
    """
    lines = [line.strip() for line in _with_newlines(text).split("\n")]
    blocks = [list(block) for filled, block in groupby(lines, bool) if filled]
    if not is_hard_wrapped(blocks):
        return tuple(filter(None, lines)), ()
    joined = (re.sub(rf"(?<={_UNSPACED})\n(?={_UNSPACED})", "", "\n".join(block)) for block in blocks)
    return tuple(text.replace("\n", " ") for text in joined), ("hard-wrapped lines joined",)


def is_hard_wrapped(blocks: list[list[str]]) -> bool:
    """Return whether lines end because a margin was reached, as an editor or a mailer fills them.

    Then no line had room for the first word of the next one, and some lines end amid a sentence. Less than
    three line ends are no evidence.
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


def _with_newlines(text: str) -> str:
    r"""Return every line end as \n; a paragraph separator parts paragraphs as a blank line does."""
    return re.sub(r"\r\n?|[\v\f\u2028]", "\n", text).replace("\u2029", "\n\n")


def entry_keys(identities: Iterable[str]) -> list[str]:
    """Return each entry of a file a key that stays when entries come and go around it.

    A short identity that is safe in an address is the key itself, another is hashed; repeats are numbered.
    """
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for identity in identities:
        key = identity if re.fullmatch(r"[a-z0-9_-]{1,32}", identity) else digest(identity)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def digest(text: str) -> str:
    """Return twelve hexadecimal digits that stand for a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
