"""Numbers that count or measure something, for comparing what articles say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.languages.numbers.reader import quantities

_HYPHENED = re.compile(r"[-–][^\W\d_]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text that counts or measures."""

    start: int
    end: int
    value: float


def figures(text: str, language: str) -> list[Figure]:
    """Return the numbers in digits and in words, in order; no ordinals, decades, times or lists."""
    return [
        Figure(each.start, each.end, each.value)
        for each in quantities(text, language)
        if each.kind == "number"
        and each.value is not None
        and ":" not in each.text
        and not (each.in_digits and _HYPHENED.match(text, each.end))
    ]
