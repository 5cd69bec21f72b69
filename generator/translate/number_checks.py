"""What a translation did to the numbers of its source: value, scale, sign, unit, currency and month.

Nothing is said where it is unsure: a number that only one side has in words may well be an idiom, and a reader
who met false alarms passes over the true ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from generator.languages import is_unspaced
from generator.languages.normalize import fold_letters
from generator.languages.numbers.digits import rounded, western
from generator.languages.numbers.han import HAN_LANGUAGES
from generator.languages.numbers.lexicon import lexicon_of
from generator.languages.numbers.measures import (
    UNITS,
    english_name,
    is_currency,
    is_same_measure,
    loses_country,
    may_name_currency,
)
from generator.languages.numbers.months import invented_date, months_in, months_possible
from generator.languages.numbers.quantity import Quantity
from generator.languages.numbers.reader import quantities
from generator.languages.numbers.tokens import WORD
from generator.languages.numbers.weekdays import WEEKDAYS, weekdays_in
from generator.model import BECAME, Pair
from generator.translate.count_checks import counted_otherwise
from generator.translate.share_checks import changed_together, is_place, shares_in

_LONG_ROW = re.compile(r"\d{5,}")
"""Digits that are found however they are parted, as 116-123 for 116 123."""
_PARTINGS = re.compile(r"(?<=\d)[\s.-]{1,2}(?=\d)"), re.compile(r"(?<=\d)[.,،٬]\s?(?=\d)")
"""What parts them: as in a telephone's number, or as in an amount. The one must not become the other."""
_WEEKDAYS_ARE_WORDS = frozenset("cs id pl ru tr uk vi".split())
"""Languages in which weekdays are other words, too: Wednesday is surroundings in Russian."""
_LAST_IDIOM = 10
"""The last ordinal in words that may well be an idiom: second to none."""
_MOST = 100
"""Numbers of a text that are compared with each of the other's; what has more is a table."""
_NO_TIME = re.compile(r"\b(\d{1,2}:\d)\s?[ap]\.?m\b\.?")
"""What English calls a time of day though no clock shows it."""
_POINTS = re.compile(r"(?<![\d.:：点點时時])(\d+\.\d+)\s?分(?![钟鐘之秒\d])")
"""A decimal number of points in Chinese, where minutes are told with another letter."""
_CURRENCY = re.compile(r"\b(?:dollars?|euros?|yuan)\b")
_ABOUT = "(?:by |about |nearly |almost |some |over |more than )?[$€£]?\\d"
_MOVED = {
    kind: re.compile(rf"\b(?:{kind}|(?:{nouns}) of) {_ABOUT}")
    for kind, nouns in (("up", "rise|increase|jump|gain"), ("down", "fall|drop|decline|decrease|reduction"))
}
"""What says in English that a number rose or fell without a verb."""
_DEGREES = re.compile(
    r"\s{0,2}(?:°|度|도|درج|град|grad|degr|derece|डिग्री|ডিগ্রি|ڈگری|độ|derajat|stopni|stupň|מעלות)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<=\.)\s(?=\w{1,3}\b)")
_SHARES = {
    "half": (0.5, 50),
    "quarter": (0.25, 4, 25),
    "quarters": (0.25, 4),
    "third": (1 / 3, 3),
    "thirds": (1 / 3, 3),
    "fortnight": (2, 14, 15),
    "week": (7, 8),
    "biennial": (2,),
}
"""English words that stand for a number of the source."""
_DUAL = frozenset(("ar", "he"))
"""Languages that say two of a thing in its own form, without a number: ساعتين is 2 hours."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One text of a pair with its numbers."""

    text: str
    language: str
    numbers: tuple[Quantity, ...]
    values: frozenset[float]
    """All that its numbers can mean, in any reading."""
    months: Set[int]
    run_together: frozenset[tuple[int, str]]
    """Its long rows of digits, without what parts them, each with the place of that among `_PARTINGS`."""

    def has(self, number: Quantity, parted: str) -> bool:
        """Return whether this text has a number of the other, in one of its readings or parted otherwise."""
        if any(not reading - self.values - self.months - {0} for reading in number.readings):
            return True
        value = number.value or 0
        if (value == 2 and self.language in _DUAL) or (number.kind == "decade" and value % 100 in self.values):
            return True
        digits = _digits(number) if number.in_digits else ""
        return bool(digits) and digits in parted

    def says(self, kind: str, shortest: int = 1) -> bool:
        """Return whether this text has a word, of so many letters, of a kind that turns numbers round."""
        words = {word for word in lexicon_of(self.language).signs[kind] if len(word) >= shortest}
        folded = fold_letters(self.text)
        if is_unspaced(self.language) or self.language == "ko":
            return any(word in folded for word in words)
        if self.language == "en" and kind in _MOVED and _MOVED[kind].search(folded):
            return True
        row = WORD.findall(folded)
        folded = _DOTTED.sub("", folded.replace("-", " "))  # v. Chr. is v.Chr.
        phrases = (re.escape(_DOTTED.sub("", word)) for word in words if " " in word or "." in word)
        if not words.isdisjoint(row) or any(re.search(rf"(?<!\w){each}(?!\w)", folded) for each in phrases):
            return True
        prefixes = lexicon_of(self.language).prefixes
        return any(word[len(each) :] in words for word in row for each in prefixes if word.startswith(each))

    def knows(self, kind: str) -> bool:
        """Return whether words of a kind are known of this text's language."""
        return bool(lexicon_of(self.language).signs[kind])


def _digits(number: Quantity) -> str:
    return re.sub(r"\D", "", western(number.text))


@lru_cache(maxsize=64)
def _side(text: str, language: str) -> _Side:
    numbers = tuple(quantities(text, language))
    values = {value for number in numbers for reading in number.readings for value in reading}
    values |= {number.value % 100 for number in numbers if number.kind == "decade" and number.value}
    for one, other in pairwise(numbers):
        if other.start - one.end < 2 and one.value and other.value and other.value.is_integer():
            if other.kind == "ordinal":
                values |= {rounded(one.value / other.value), one.value * other.value}
            elif 1000 <= one.value < 3000 and 10 <= other.value < 100:
                values.add(one.value // 100 * 100 + other.value)  # 1950-53
            elif 10 <= one.value < 21 and 1 <= other.value < 100:
                values.add(one.value * 100 + other.value)
    for share in shares_in(text, language, numbers):
        values |= {share, rounded(100 * share)} if isinstance(share, float) else set()
    if language == "en":
        for word in WORD.findall(text.lower()):
            values.update(rounded(share) for share in _SHARES.get(word, ()))
    months = months_possible(text) if language == "en" else months_in(text, language)
    return _Side(
        text,
        language,
        numbers,
        frozenset(values),
        months,
        frozenset(
            (place, row)
            for place, parting in enumerate(_PARTINGS)
            for row in _LONG_ROW.findall(parting.sub("", western(text)))
        ),
    )


def _sides(pair: Pair) -> tuple[_Side, _Side]:
    return _side(pair.source, pair.source_language), _side(pair.target, pair.target_language)


def changed_numbers(pair: Pair) -> str | None:
    """Return the numbers of one side alone. Digits, separators, words and 8:30 p.m. for 20:30 may differ."""
    source, target = _sides(pair)
    parted = " ".join(row for _, row in source.run_together & target.run_together)
    lost = [number for number in source.numbers if _is_told(number) and not target.has(number, parted)]
    added = [number for number in target.numbers if _is_told(number) and not source.has(number, parted)]
    sure = [number.text for number in lost if _is_sure(number)]
    sure += [number.text for number in added if number.in_digits and _is_large(number)]
    if sure:
        return ", ".join(sure)
    if lost and added:
        return BECAME.join((lost[0].text, added[0].text))
    return changed_together(pair, source.numbers, target.numbers)


def _is_sure(number: Quantity) -> bool:
    """Return whether a lost number is no word that a translation may leave out."""
    value = number.value or 0.0
    name = number.measure.name if number.measure else ""
    is_measured = name in UNITS and name != "times" and value not in (1, 100)  # thrice and twice are times
    return (number.in_digits and (number.value or 2) > 1) or (is_measured and value.is_integer())


def _is_told(number: Quantity) -> bool:
    """Return whether a number must be on the other side, too."""
    if number.kind == "vague":
        return False
    if number.kind == "ordinal" and not number.in_digits:
        return (number.value or 0) > _LAST_IDIOM and is_place(number.text)
    return number.in_digits or (number.value or 0) > 1


def _is_large(number: Quantity) -> bool:
    """Return whether a number is hardly a word of the other side, as decades and full hours may be."""
    return (number.value or 0) >= 100 and number.kind != "decade" and not number.text.endswith(":00")


def _couples(source: _Side, target: _Side) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Return each number of the source with those of the target that have its value."""
    for number in source.numbers[:_MOST]:
        wanted = {reading for reading in number.readings if len(reading) == 1}
        found = [each for each in target.numbers[:_MOST] if not wanted.isdisjoint(each.readings)]
        if found and number.kind != "ordinal":
            yield number, found


def changed_measures(pair: Pair) -> Iterator[tuple[Quantity, Quantity]]:
    """Return amounts of the source with those of the target that have their value, but another measure."""
    source, target = _sides(pair)
    for number, found in _couples(source, target):
        for each in found:
            if number.measure is None or each.measure is None:
                break
            if is_same_measure(number.measure, each.measure) and not loses_country(
                number.measure, each.measure, target.text
            ):
                break
        else:
            if not _has_twin(number, source):
                yield number, found[0]


def _has_twin(number: Quantity, source: _Side) -> bool:
    """Return whether the source has the same value once more, with another measure or none."""
    return any(
        each is not number
        and each.value == number.value
        and not (each.measure and number.measure and each.measure.name == number.measure.name)
        for each in source.numbers
    )


def changed_currency(pair: Pair) -> str | None:
    """Return the first amount whose currency was changed or lost, or a currency that was invented."""
    changed = next((_became(pair, *both) for both in changed_measures(pair) if _are_currencies(*both)), None)
    if changed or pair.target_language != "en":
        return changed
    named = _CURRENCY.search(pair.target)
    if named and not may_name_currency(pair.source, pair.source_language):
        return named[0]
    lost = _lost_currency(pair)
    return lost if lost and not may_name_currency(pair.target, "en") else None


def _lost_currency(pair: Pair) -> str | None:
    """Return the first amount of which the translation has the number alone."""
    for number, found in _couples(*_sides(pair)):
        measure = number.measure if number.in_digits else None  # millions may well be lost
        is_amount = measure is not None and is_currency(measure) and not measure.is_qualified
        if is_amount and not any(each.measure for each in found):
            return _became(pair, number, found[0])
    return None


def changed_unit(pair: Pair) -> str | None:
    """Return the first number that measures or counts something else, or score that became a time."""
    changed = (_became(pair, *both) for both in changed_measures(pair) if not _are_currencies(*both))
    source, target = (side.numbers[:_MOST] for side in _sides(pair))
    return next(changed, None) or _time_of_score(pair) or counted_otherwise(pair, source, target)


def _time_of_score(pair: Pair) -> str | None:
    """Return a score of the source that became a time: 5:2 became 5:2 p.m., 5.6 points 5.6 minutes."""
    source = western(pair.source)
    for time in _NO_TIME.finditer(pair.target):
        if time[1] in source:
            return time[1] + BECAME + time[0]
    for points in _POINTS.finditer(source) if pair.source_language in HAN_LANGUAGES else ():
        if f" {points[1]} minutes" in pair.target:
            return f"{points[0]}{BECAME}{points[1]} minutes"
    return None


def _are_currencies(*both: Quantity) -> bool:
    return all(each.measure is not None and is_currency(each.measure) for each in both)


def _became(pair: Pair, one: Quantity, other: Quantity) -> str:
    return _with_measure(pair.source, one) + BECAME + _with_measure(pair.target, other)


def _with_measure(text: str, number: Quantity) -> str:
    measure = number.measure
    start = min(number.start, measure.start) if measure else number.start
    return text[start : max(number.end, measure.end if measure else 0)]


def changed_sign(pair: Pair) -> str | None:
    """Return what the translation turned round: -5 into 5, a loss into a profit, a fall into a rise."""
    source, target = _sides(pair)
    couples = list(_couples(source, target))
    for one, found in couples:
        signs = {each.is_negative for each in found}
        is_cold = target.knows("freezing") and _DEGREES.match(pair.source, one.end)
        if one.is_negative and signs == {False} and not target.says("freezing" if is_cold else "negative"):
            return f"-{one.text}{BECAME}{found[0].text}"
        if not one.is_negative and signs == {True} and source.knows("negative") and not source.says("negative"):
            return f"{one.text}{BECAME}-{found[0].text}"
    if not couples:
        return None
    # 前 alone, before our era in 前221年, is mostly another word.
    eras = source.says("bc", shortest=2), target.says("bc", shortest=2)
    is_other_era = eras[0] != eras[1] and source.knows("bc") and target.knows("bc")
    is_turned = (
        (is_other_era and not (eras[1] and source.says("bc")))
        or _is_turned(source, target, "loss", "gain")
        or _is_turned(source, target, "up", "down")
    )
    return "" if is_turned else None


def _is_turned(source: _Side, target: _Side, kind: str, opposite: str) -> bool:
    """Return whether one text has only words of a kind, and the other only words of its opposite."""
    if not (source.knows(kind) and target.knows(kind)) or any(each.is_negative for each in source.numbers):
        return False
    before, after = [(side.says(kind), side.says(opposite)) for side in (source, target)]
    if {before, after} != {(False, True), (True, False)}:
        return False
    return kind != "up" or not target.says("less" if after[0] else "more")


def changed_month(pair: Pair) -> str | None:
    """Return the month that a model guessed for a day, or that it put for another, or such a day of the week.

    "4日" became "4 April" and "21日" "21 December" in news; of 28,672 translations, zh→en, it happened in 55.
    """
    if pair.target_language != "en":
        return None
    if turned := _changed_weekday(pair):
        return turned
    if invented := invented_date(pair.source, pair.target, pair.source_language):
        return invented
    named, made = months_in(pair.source, pair.source_language), months_in(pair.target, "en")
    return "" if named and made and not named & months_possible(pair.target) and not made & named else None


def _changed_weekday(pair: Pair) -> str | None:
    """Return the weekday that a translation lacks, with the one that it names instead, if any."""
    named, made = weekdays_in(pair.source, pair.source_language), weekdays_in(pair.target, "en")
    lost, added = named - made, made - named
    if not lost or (not added and pair.source_language in _WEEKDAYS_ARE_WORDS):
        return None
    return BECAME.join(WEEKDAYS[min(each) - 1] for each in (lost, added) if each)


@dataclass(frozen=True, slots=True)
class CurrencySlip:
    """An amount of which only the currency is wrong."""

    currency: str
    """The ISO 4217 code, or the family, of the source's currency."""
    start: int
    end: int
    """Where the amount stands in the target, with the wrong word or sign."""
    amount: str
    """What should stand there."""


def currency_slip(pair: Pair) -> CurrencySlip | None:
    """Return the one thing wrong with the numbers of a translation into English, if that is a currency.

    None where another number is wrong, where several amounts are, and where no word is known for the currency.
    """
    wrong = [both for both in changed_measures(pair) if _are_currencies(*both)]
    if len(wrong) != 1 or pair.target_language != "en" or changed_numbers(pair) or changed_unit(pair):
        return None
    ((one, other),) = wrong
    if one.measure is None or other.measure is None or not (word := english_name(one.measure, other.value)):
        return None
    start, end = min(other.start, other.measure.start), max(other.end, other.measure.end)
    return CurrencySlip(one.measure.name, start, end, f"{pair.target[other.start : other.end]} {word}")
