"""Where the words of a text stand: one rule for all that points at single words.

Words are told by their characters alone, so that spans that were stored once mean the same words for ever.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from generator.languages.scripts import UNSPACED_LETTERS
from generator.model import Span


def word_spans(text: str) -> list[Span]:
    """Return where each word and each number stands, in order.

    Vowel signs and accents belong to their letters, apostrophes and hyphens amid letters to their word, marks
    amid digits to their number. Letters of a script without blanks between words count as one word as long as
    no others stand between them.
    """
    return [match.span() for match in _pattern().finditer(text)]


@cache
def _pattern() -> re.Pattern[str]:
    marks = "".join(char for char in map(chr, range(0x300, 0x10000)) if unicodedata.category(char)[0] == "M")
    letter = rf"[^\W\d_{UNSPACED_LETTERS}][{marks}]*"
    return re.compile(
        rf"\d+(?:[.,:٫٬]\d+)*|(?:{letter})+(?:['’ʼ\u200c-](?:{letter})+)*|(?:[{UNSPACED_LETTERS}][{marks}]*)+"
    )
