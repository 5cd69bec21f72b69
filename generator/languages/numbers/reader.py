"""Reads the quantities of a sentence: numbers with scales, times, years, fractions, and what they measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from generator.languages.arabic import PARTICLES
from generator.languages.normalize import fold_letters
from generator.languages.numbers.calendars import days_meant, years_meant
from generator.languages.numbers.counted import counted_words, roman_centuries
from generator.languages.numbers.digits import Reading, clock, rounded, western
from generator.languages.numbers.han import HAN_LANGUAGES, han_numbers
from generator.languages.numbers.lexicon import Lexicon, lexicon_of
from generator.languages.numbers.measures import measure_at
from generator.languages.numbers.quantity import Kind, Measure, Quantity
from generator.languages.numbers.signs import is_negative
from generator.languages.numbers.tokens import WORD, Part, parts_of

_INVERTING = frozenset("ar da de nl nb sl he".split())
"""Languages in which ones stand before tens: one and twenty."""
_HALF_FIRST = frozenset("hi ur bn".split())
_SCALES_ADD_UP = frozenset("hi ur bn fa ps".split())
"""Languages that say ten thousand five hundred crore: a scale for all that stands before it."""
_SLASH = re.compile(
    r"(?<=\d)/(?=\d{1,2}(?:\s?[٪%]|[\s\u200c](?:هزار|میلیون|میلیارد|تریلیون|درصد|متر|کیلومتر|تن)))"
)
"""Persian's mark of decimals on many keyboards."""
"""Languages that say half before the number that it adds to."""
_GAP = re.compile(r"[\s\u00a0\u200c-]{0,2}")
_FIRST_SYLLABIC = "\u0900"
"""From here on a character may be a word, and a digit stands beside it without a blank."""
_CLOCK = re.compile(
    r"\s?[时時点點시](?!间|間|代|候|期|评|击|滴|燃|名|头|간|절|작|즌|민|장|도)(?:\s?(半|(?=\d{1,2}\s?[分분])))?"
)
_DECADE = re.compile(r"['’]?s\b|ern?\b(?=[\s-]{0,2}[Jj]ahre)|[-‐]?(?:х|е|ті|их)\b|\s?年代|년대")
_DAY_BEFORE = re.compile("(?:周|週|星期|礼拜|禮拜)$")
_DEFINITE = re.compile("[وفبل]?ال|لل")
_CENTURY = re.compile(r"\s?世[纪紀]\s?[\d〇一二三四五六七八九十]+\s?年代")
_HALVES = tuple("½¼¾⅓⅔⁄")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_TENTHS = re.compile(r"成(?![为為员員功本果立熟就绩績长長人交都分型])|割(?!合|り|れ)")
_DISCOUNT = re.compile("折(?![磨叠疊断斷射腾騰旧舊返服合])")
_HALF_TO = re.compile(r"\b(?:halb|half|halv|halvt|половин[еу]|пів на|wpół do|půl|pol|fél)\s$")
_HALF_TO_LANGUAGES = frozenset("de nl sv nb da ru uk pl cs sk hu".split())
"""Languages in which half nine is half past eight."""
_DECIMAL = re.compile(r"\d+\.\d+")
_AT_THE_HOURS = re.compile(r"\b(?:a las|às|alle|a les|desde las|hasta las|sobre las)\s$")
_PER = re.compile(r"\s?分[之の]\s?")
_RANGE_GAP = re.compile(
    r"\s{0,2}(?:[-–—~～、/至到や或]|to|or|and|bis|oder|und|à|ou|et|a|o|y|e|إلى|الى|أو|و|до|или|и|تا|یا|से|या|から|에서"
    r"|hingga|sampai|đến|til|eller|och|og|tot|en|of|do|lub)\s{0,2}"
)


def quantities(text: str, language: str) -> list[Quantity]:
    """Return the quantities of `text`, in order; none overlap."""
    flat, lexicon = western(text), lexicon_of(language)
    flat = _SLASH.sub(".", flat) if language == "fa" else flat
    numbers = han_numbers(flat) if language in HAN_LANGUAGES else _numbers(flat, language, lexicon)
    found = _with_clocks([_described(each, flat, language) for each in numbers], flat, lexicon)
    read = list(_with_ranges(_with_fractions(found, flat), flat))
    others = [*roman_centuries(flat), *counted_words(flat, lexicon)]
    read = sorted([*read, *others], key=lambda each: each.start) if others else read
    return [
        replace(each, text=text[each.start : each.end], measure=each.measure or _measure(each, flat, language))
        for each in read
    ]


def _measure(number: Quantity, flat: str, language: str) -> Measure | None:
    """Return what stands beside a number; no years for a decade or a date."""
    measure = measure_at(flat, number.start, number.end, language)
    if measure and measure.name == "year" and (number.kind == "decade" or (number.value or 0) >= 1000):
        return None
    return None if measure and number.kind == "ordinal" else measure


def _scale_in(part: Part) -> float:
    """Return the scale of a number that is one word or phrase: a million."""
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3) if part.role == "atom" and part.value >= scale), 0.0)


class _Number:
    """A number that grows part by part, as long as the parts can be of one number."""

    def __init__(self, part: Part, language: str) -> None:
        self.language = language
        self.start, self.end = part.start, part.end
        self.first = part.role
        self.in_digits = part.role == "digits"
        single = [min(each) for each in part.readings if len(each) == 1]
        self.sums = [[value] for value in (single or [part.value] * (part.role != "digits"))]
        """For each reading of its digits, numbers that will be added up; none for what is several numbers."""
        self.several = tuple(each for each in part.readings if len(each) > 1)
        self.scale = part.value if part.role == "scale" else _scale_in(part)
        self.is_vague = part.role in ("scale", "half")
        self.before_last: tuple[int, Part | None] = (part.start, None)
        """Where it ended before it took the last part, and that part if it is a plain word."""

    def part_that_goes_on(self) -> Part | None:
        """Give up and return the last part, which a scale behind it shows to begin another number."""
        end, part = self.before_last
        if part is not None and len(self.sums[0]) > 1:
            self.end = end
            for sums in self.sums:
                sums.pop()
            return part
        return None

    def takes(self, part: Part, *, joined: bool, next_scale: float) -> bool:
        """Add a part if it can belong here, and return whether it did."""
        if not self.sums or part.role in ("join", "ordinal", "other"):
            return False
        top = self.sums[0][-1]
        if part.role == "scale" and self.sums[0] == [0.25]:  # सवा लाख, one and a quarter
            self.sums = [[1.25]]
        value = min(part.readings[0]) if part.readings else part.value
        if part.role == "scale":
            below = [each for each in self.sums[0] if each >= value]
            product = (sum(each for each in self.sums[0] if each < value) or 1) * value
            is_next = joined if top >= value else not (joined and self.in_digits)  # 2011 and millions are two
            fits = self.scale != value and is_next and (not below or product < below[-1])
        elif part.role == "half":
            fits = top >= 1
        elif part.role == "digits":
            room = (self.first == "digits" or joined) and value < self.scale >= 1000
            adds_up = next_scale > self.scale and self.language in _SCALES_ADD_UP
            fits = room and (0 < next_scale < self.scale or adds_up or self.language == "ko")
            self.in_digits = self.in_digits or fits
        else:
            fits = self._takes_atom(top, value, joined)
        if fits:
            for sums in self.sums:
                self._add(sums, part, value)
            self.scale = value if part.role == "scale" else self.scale
            self.before_last = (self.end, part if part.role == "atom" else None)
            self.end, self.several = part.end, ()
            self.is_vague = False
        return fits

    def _takes_atom(self, top: float, value: float, joined: bool) -> bool:
        if self.first == "half" and len(self.sums[0]) == 1 and top < 1:
            return self.language in _HALF_FIRST and value >= 1
        if self.language in _INVERTING and top < 10 and value in range(20, 100, 10):
            return joined
        if self.language == "fr" and top in (60, 80) and 10 <= value < 20:
            return True
        room = 10.0 ** len(str(int(value)))
        return self.first != "digits" and top >= room and top % room == 0 and value > 0

    def _add(self, sums: list[float], part: Part, value: float) -> None:
        if part.role == "scale":
            small = 0.0
            while sums and sums[-1] < value:
                small += sums.pop()
            sums.append((small or 1) * value)
        else:
            sums.append(0.5 * (self.scale or 1) if part.role == "half" else value)

    def quantity(self) -> Quantity:
        """Return what it has become."""
        single = [frozenset({rounded(sum(each))}) for each in self.sums]
        kind: Kind = "vague" if self.is_vague else "number"
        found = (*single, *self.several)
        scale = self.scale if self.scale >= 1000 else 1
        return Quantity(self.start, self.end, "", found, kind, self.in_digits, scale=scale)


def _numbers(flat: str, language: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Return the numbers of a text in which blanks separate words, each as long as it can be."""
    number: _Number | None = None
    joined, place = False, 0
    after_ordinal: Part | None = None
    parts = list(parts_of(flat, language, lexicon))
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else part
        if number is not None and (part.start < place or _GAP.fullmatch(flat, place, part.start)):
            if part.role == "join":
                joined, place = True, part.end
                continue
            near_scale = following.role == "scale" and following.start - part.end < 2
            if number.takes(part, joined=joined, next_scale=following.value if near_scale else 0):
                joined, place = False, number.end
                continue
            if part.role == "scale" and (given_up := number.part_that_goes_on()):
                yield number.quantity()
                number, joined, place = _Number(given_up, language), False, part.end
                number.takes(part, joined=False, next_scale=0)
                continue
            spelled_in_english = language == "en" and number.first != "digits"
            if (
                part.role == "ordinal"
                and (joined or spelled_in_english)
                and number.sums
                and number.sums[0][-1] > part.value
            ):
                yield _ordinal(number.start, part.end, sum(number.sums[0]) + part.value)
                number, joined, place = None, False, part.end
                continue
        if number is not None:
            yield number.quantity()
        if after_ordinal and part.role == "atom" and _GAP.fullmatch(flat, after_ordinal.end, part.start):
            yield _ordinal(part.start, part.end, after_ordinal.value + part.value)
            number, joined, after_ordinal = None, False, None
            continue
        number, joined, place = None, False, part.end
        if part.role == "ordinal":
            after_ordinal = part if part.value < 10 else None
            yield _ordinal(part.start, part.end, part.value)
        elif part.role not in ("join", "other"):
            number = _Number(part, language)
    if number is not None:
        yield number.quantity()


def _is_exponent(number: Quantity, flat: str) -> bool:
    """Return whether a digit belongs to the letter before it: m2 is an area. Arabic has particles there."""
    before = flat[max(number.start - 1, 0) : number.start]
    is_letter = before.isalpha() and before < _FIRST_SYLLABIC and before not in PARTICLES
    return is_letter and flat[number.start : number.end] in ("2", "3")


def _ordinal(start: int, end: int, value: float) -> Quantity:
    return Quantity(start, end, "", (frozenset({value}),), "ordinal", in_digits=False)


def _described(number: Quantity, flat: str, language: str) -> Quantity:
    """Return a number with what the text around it says: sign, decade, tenths, the calendar of a year."""
    before, behind = flat[max(number.start - 12, 0) : number.start], flat[number.end : number.end + 12]
    kind = _kind(number, flat, before, behind, language)
    number = replace(number, is_negative=is_negative(number, flat), kind=kind)
    value, end, measure = number.value, number.end, None
    if value is None or kind == "vague":
        return number
    found = _times_or_number(number, flat, before, language)
    if kind == "decade" and (decade := _DECADE.match(behind)):
        end += decade.end()
    is_short_year = language in HAN_LANGUAGES and behind[:1] == "年" and end - number.start in (2, 3)
    if value < 100 and (kind == "decade" or is_short_year):
        found += [frozenset({century + value}) for century in (1900, 2000, 1800)]
    if language in HAN_LANGUAGES:
        if tenths := _TENTHS.match(behind):
            end += tenths.end()
            measure = Measure("percent", end - 1, end)
        found = _with_han_meanings(found, value, behind)
        if _CENTURY.match(flat, end):  # 20世纪30年代 is the 1930s
            found.append(frozenset())
    days = dict.fromkeys(days_meant(value, flat[number.end : number.end + 40], language))
    found += [frozenset({day}) for day in days]
    if behind.startswith("-tal"):  # 1800-talet is the 19th century
        found.append(frozenset({value // 100 + 1}))
    if value.is_integer() and (years := list(years_meant(value, before, behind, language))):
        found = [frozenset({year}) for year in years]
    return replace(number, end=end, readings=tuple(found), measure=measure)


def _times_or_number(number: Quantity, flat: str, before: str, language: str) -> list[Reading]:
    """Return what a number can mean, as the time that its language may say so: half nine is half past eight."""
    value, found = number.value or 0, list(number.readings)
    if language in _HALF_TO_LANGUAGES and value <= 12 and _HALF_TO.search(before):
        return [*clock(value - 1 or 12, 30)]
    if value % 1 == 0.5 and not number.in_digits and _AT_THE_HOURS.search(before):  # a las ocho y media
        return [*found, *clock(value // 1, 30)]
    is_no_date = language == "en" and number.in_digits and _DECIMAL.fullmatch(flat, number.start, number.end)
    return found[:1] if is_no_date else found


def _with_han_meanings(found: list[Reading], value: float, behind: str) -> list[Reading]:
    """Return readings as the Chinese or Japanese word behind a number changes them."""
    if _TENTHS.match(behind):
        return [frozenset({rounded(10 * value)}), frozenset({value, 10.0}), frozenset({rounded(value / 10)})]
    if _DISCOUNT.match(behind):
        left = value if value > 10 else 10 * value
        return [frozenset({left}), frozenset({100 - left})]
    if behind.startswith("倍"):
        return [*found, frozenset({value + 1}), frozenset({value - 1})]
    return found


def _kind(number: Quantity, flat: str, before: str, behind: str, language: str) -> Kind:
    is_han = language in HAN_LANGUAGES
    is_weekday = is_han and (_DAY_BEFORE.search(before) or behind[:1] == "代")
    is_round = is_han and behind[:1] in ("强", "強") and number.value in (4, 8)
    if is_round or is_weekday or _is_exponent(number, flat) or behind[:1] in _HALVES:
        return "vague"
    if number.value is not None and number.in_digits and _DECADE.match(behind):
        return "decade"
    is_definite = language == "ar" and not number.in_digits and _DEFINITE.match(flat, number.start)
    if (is_han and before.endswith("第")) or _ORDINAL.match(behind) or is_definite:
        return "ordinal"
    return number.kind


def _with_clocks(numbers: Sequence[Quantity], flat: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Return numbers; of an hour, with its minutes, all ways to say the time."""
    skipped = False
    for index, number in enumerate(numbers):
        if skipped:
            skipped = False
            continue
        value, end, minute = number.value, number.end, 0.0
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        if value is None or value > 24 or number.kind != "number":
            yield number
            continue
        found = _CLOCK.match(flat, end)
        has_minutes = found and found[1] is not None and following and following.start - found.end() < 2
        if found and found[1] == "半":
            end, minute = found.end(), 30
        elif has_minutes and following and following.value is not None:
            end, minute, skipped = following.end, following.value, True
        elif not found and not _is_hour(flat, end, lexicon):
            yield number
            continue
        elif not value.is_integer():
            minute = round(value % 1 * (100 if number.in_digits else 60))
        times = [*clock(float(int(value)), minute), *([frozenset()] if value in (0, 12, 24) else [])]
        yield replace(number, end=end, readings=tuple(dict.fromkeys((*times, *number.readings))))


def _is_hour(flat: str, end: int, lexicon: Lexicon) -> bool:
    word = WORD.match(flat, end + len(flat[end : end + 1]) - len(flat[end : end + 1].lstrip()))
    if word is None:
        return False
    longer = re.compile(r"[a-z]\.[a-z]").match(flat, word.start())
    return fold_letters(longer[0] if longer else word[0]) in lexicon.hours


def _with_fractions(numbers: Iterable[Quantity], flat: str) -> Iterator[Quantity]:
    """Return numbers; 百分之三十 and 三分之一 are one each."""
    row = list(numbers)
    index = 0
    while index < len(row):
        one, other = row[index], row[index + 1] if index + 1 < len(row) else None
        joint = _PER.fullmatch(flat, one.end, other.start) if other else None
        index += 1
        if not (joint and other and one.value and other.value is not None):
            yield one
            continue
        index += 1
        share = frozenset({rounded(other.value / one.value)})
        is_percent = one.value == 100
        measure = Measure("percent", one.start, joint.end()) if is_percent else None
        values = other.readings if is_percent else (share, frozenset({one.value, other.value}))
        yield replace(one, end=other.end, readings=values, kind="number", measure=measure)


def _with_ranges(numbers: Iterable[Quantity], flat: str) -> Iterator[Quantity]:
    """Return numbers; the first of a range may mean the scale of the second: 3 to 4 million."""
    row = list(numbers)
    for one, other in pairwise([*row, None]):
        if one is None:
            continue
        ratio = other.scale if other and _RANGE_GAP.fullmatch(flat, one.end, other.start) else 1
        if ratio > 1 and one.value is not None and one.scale == 1:
            more = frozenset({rounded(one.value * ratio)})
            yield replace(one, readings=(*one.readings, more))
        else:
            yield one
