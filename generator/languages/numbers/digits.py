"""What a number in digits can mean: separators differ from language to language, and writers mix them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GROUPED = re.compile(r"\d{1,3}(?:([.,'’٬،٫\s])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_ONE_MARK = re.compile(r"(\d+)([.,٫])(\d+)")

_WESTERN = {code: str(int(chr(code))) for code in range(0x80, 0x20000) if chr(code).isdecimal()} | {
    ord("："): ":"
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_NUMERAL = re.compile(r"(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

Reading = frozenset[float]
"""The values of one reading: several where a date or a score is several numbers."""


def rounded(value: float) -> float:
    """Return a value without what arithmetic of floats adds to it."""
    return float(f"{value:.9g}")


def western(text: str) -> str:
    """Return `text` with the digits of all scripts as 0 to 9 and the wide colon as ours, as long as it was."""
    return text if text.isascii() else text.translate(_WESTERN)


def readings(digits: str, decimal: str) -> Iterator[Reading]:
    """Return what a number with separators can mean, likeliest first, by the language's decimal marks."""
    if ":" in digits:
        yield from _clock_or_score(digits)
        return
    if digits.isdecimal():
        yield frozenset({rounded(float(digits))})
        return
    head, last, tail = digits, "", ""
    if mark := re.search(r"[.,٫٬،](?=\d+$)", digits):
        head, last, tail = digits[: mark.start()], mark[0], digits[mark.end() :]
    is_number = head.isdecimal() or _is_grouped(head)
    if _is_grouped(digits):
        alone = _ONE_MARK.fullmatch(digits)
        as_decimal = alone and (last in decimal or last == "٫")
        if as_decimal and decimal == ".":
            yield _value(head, tail)
            return
        is_first = as_decimal and (decimal == "," or last == "٫")
        if is_first:
            yield _value(head, tail)
        yield _value(digits)
        if as_decimal and len(decimal) > 1 and not is_first and (decimal != ",." or tail[-1] != "0"):
            yield _value(head, tail)
        return
    if last and is_number and (head.isdecimal() or last not in head):
        yield _value(head, tail)
    yield frozenset(rounded(float(part)) for part in re.split(r"\D", digits) if part)


def _is_grouped(digits: str) -> bool:
    return bool((_GROUPED.fullmatch(digits) or _INDIAN.fullmatch(digits)) and not digits.startswith("0"))


def _value(whole: str, fraction: str = "") -> Reading:
    return frozenset({rounded(float(re.sub(r"\D", "", whole) + "." + (fraction or "0")))})


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral of I, V, X and L; 0 for what is none."""
    values = [_ROMAN.get(letter, 0) for letter in numeral]
    if not all(values) or not _ROMAN_NUMERAL.fullmatch(numeral):
        return 0
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _clock_or_score(digits: str) -> Iterator[Reading]:
    parts = [float(part) for part in re.split(r"\D", digits) if part]
    yield from clock(parts[0], parts[1]) if len(parts) == 2 and parts[1] < 60 else ()
    yield frozenset(parts)


def clock(hour: float, minute: float) -> Iterator[Reading]:
    """Return how a time of day can be written: 20:30, 8:30 p.m., 2030 hours, 20.30, 8 p.m."""
    for hours in dict.fromkeys((hour, (hour - 12) if hour > 12 else hour + 12)):
        yield frozenset({hours, minute} if minute else {hours})
        yield frozenset({hours * 100 + minute})
        yield frozenset({rounded(hours + minute / 100)})
    if minute == 30:
        yield frozenset({hour})
