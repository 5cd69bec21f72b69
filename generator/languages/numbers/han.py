"""Numbers in Chinese and Japanese: numerals, digits with 万 and 亿 behind them, and years digit by digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import prod

from generator.languages.numbers.digits import Reading, readings, rounded
from generator.languages.numbers.quantity import Kind, Quantity

HAN_LANGUAGES = frozenset(("zh", "zt", "ja"))
_DIGITS = dict(zip("〇零一二三四五六七八九两兩", [0, *range(10), 2, 2], strict=True))
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_MORE = "多余餘来來"
"""Stands between a number and its scale for a bit more."""
_SOME = "几幾数數"
"""Stands for a digit that nobody knows."""
NUMERALS = "".join([*_DIGITS, *_SCALES])
_WESTERN = r"\d+(?:[.,:·'’\u00a0\u202f]\d+)*"
_RUN = re.compile(
    rf"(?:{_WESTERN}\s?(?=[{NUMERALS}{_MORE}])|{_WESTERN}|[{NUMERALS}{_SOME}]|(?<=[\d{NUMERALS}])[{_MORE}](?=[{NUMERALS}])|(?<=[万萬亿億兆千百])\s(?=\d+\s?[千百十万萬億]))+"
)
_TOKEN = re.compile(rf"({_WESTERN})|[{NUMERALS}]")
_HALF = re.compile(r"[个個年倍天岁歲]?半(?!岛|島|决|決|场|場|夜|导|島|径|徑|途)")
_OTHER_WORD = re.compile(
    r"四(?=半期)|十一(?=黄金|黃金|长假|長假)|兆(?=[瓦赫字比帕欧歐焦])|(?<=\d)千(?=[瓦克米卡赫帕伏焦]|字[节節])"
)
"""Letters of numerals that begin another word: quarters, megawatts, kilometres."""
_POINT = re.compile(rf"[点點]([{''.join(_DIGITS)}]+)(?![分钟鐘十刻])([百千万萬亿億兆]*)")


def han_numbers(flat: str) -> Iterator[Quantity]:
    """Return the numbers of a Chinese or Japanese text with digits 0 to 9."""
    flat = _OTHER_WORD.sub(lambda word: "～" * len(word[0]), flat)
    end = 0
    for run in _RUN.finditer(flat):
        tokens = [match[0] for match in _TOKEN.finditer(run[0])]
        if not tokens or run.start() < end:
            continue
        end = run.start() + len(run[0].rstrip())
        in_digits = any(token[0].isascii() for token in tokens)
        found, is_vague = _readings(tokens)
        is_vague = is_vague or any(char in _SOME for char in run[0])
        if half := _HALF.match(flat, end):
            scale = _SCALES.get(tokens[-1], 1)
            extra = [
                frozenset({rounded(value + 0.5 * scale)}) for each in found for value in each if len(each) == 1
            ]
            found = [*extra, *found]
            end = half.end() if half[0] == "半" else end
        elif not in_digits and (point := _POINT.match(flat, end)):
            tail, end = "".join(str(_DIGITS[char]) for char in point[1]), point.end()
            times = prod(_SCALES[char] for char in point[2])
            found = [frozenset({rounded(float(f"{min(each):.0f}.{tail}") * times)}) for each in found] + found
        scale = _SCALES.get(tokens[-1], 1)
        kind: Kind = "vague" if is_vague else "number"
        yield Quantity(run.start(), end, "", tuple(found), kind, in_digits, scale=scale if scale >= 1000 else 1)


def _readings(tokens: list[str]) -> tuple[list[Reading], bool]:
    """Return what a row of digits and numerals can mean, and whether it is vague."""
    scales = [token for token in tokens if token in _SCALES]
    first = tokens[0]
    if len(tokens) == 1:
        if first in _SCALES:
            return [frozenset({float(_SCALES[first])})], True
        return list(readings(first, ".")) if _is_western(first) else [frozenset({float(_DIGITS[first])})], False
    if not scales:
        digits = re.sub(r"\D", "", "".join(str(_DIGITS.get(token, token)) for token in tokens))
        return [frozenset({float(digits)})], len(tokens) < 3
    starts = readings(first, ".") if _is_western(first) else [frozenset({float(_DIGITS.get(first, 0))})]
    rest = tokens if first in _SCALES else tokens[1:]
    values = [[] if first in _SCALES else [min(start)] for start in starts if len(start) == 1]
    found = [frozenset({_total([*value, *rest])}) for value in values]
    is_approximate = any(
        one in _DIGITS and other in _DIGITS and one not in "零〇" for one, other in pairwise(tokens)
    )
    return found or [frozenset({0.0})], not found or is_approximate or (
        _is_western(first) and tokens[1] in _DIGITS
    )


def _is_western(token: str) -> bool:
    """Return whether a token is a number in digits, whatever parts them: 9·11."""
    return token[0].isascii()


def _total(tokens: Sequence[float | str]) -> float:
    """Return the value of digits and numerals: a scale multiplies all that is smaller before it."""
    sums: list[float] = []
    for token in tokens:
        if isinstance(token, str) and token in _SCALES:
            scale, small = _SCALES[token], 0.0
            while sums and sums[-1] < scale:
                small += sums.pop()
            sums.append((small or 1) * scale)
        elif isinstance(token, str):
            sums.append(float(_DIGITS[token]) if token in _DIGITS else min(next(readings(token, "."))))
        else:
            sums.append(token)
    return rounded(sum(sums))
