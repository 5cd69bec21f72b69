"""Currencies and units beside numbers, in all languages."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from generator.languages import is_unspaced, language_of
from generator.languages.normalize import fold_letters
from generator.languages.numbers.lexicon import lexicon_of, table_rows
from generator.languages.numbers.quantity import Measure
from generator.languages.numbers.tokens import WORD
from generator.languages.scripts import script_of

FAMILIES = {
    "dollar": {"USD", "HKD", "TWD", "CAD", "AUD", "SGD", "NZD"},
    "pound": {"GBP", "EGP", "SYP", "LBP"},
    "yuan": {"CNY", "TWD", "HKD", "dollar", "¥"},
    "¥": {"CNY", "JPY"},
    "rupee": {"INR", "PKR", "IDR"},
    "lira": {"TRY", "SYP", "LBP", "pound"},
    "rial": {"SAR", "QAR", "YER", "IRR", "BRL"},
    "dinar": set(), "dirham": set(), "peso": set(), "toman": set(),
    "franc": {"CHF"},
    "krone": {"SEK", "NOK", "DKK", "CZK"},
    "kilo": {"km", "kg"},
}  # fmt: skip
"""Words that leave a country open, or a unit, with what they can mean."""
UNITS = frozenset(
    "percent kg ton gram hectare acre celsius fahrenheit km mile m cm mm foot kilo litre gallon mu jin li "
    "second minute hour day week weekend month year times".split()
)
_SYMBOLS = r"(?:[A-Z]{1,3}\s?)?[$€£¥￥₹₽₩₺₴₪฿₫₦₱₸₼৳]|(?:CN|RMB)\s?¥|\b[A-Z]{3}|\bR[sp]\.?|\bRM|%|٪|TL"
_BEFORE = re.compile(rf"({_SYMBOLS}|yüzde|يوان|\brs\.?|\brp\.?)\s?[-−–]?\s?$")
_BETWEEN = re.compile(r"(?:\s?[-‐]?(?:(?:odd|or so|of|de|di|din)\b|d['’]|多|余|餘)\s?|\s?[-‐]\s?|\s{1,2}){0,2}")
_ADJECTIVES = re.compile(r"(?:(?:[A-Z][a-z]+|U\.?S\.?|[A-Z]{2,4})\s){1,2}")
_ADJECTIVE = re.compile(rf"{WORD.pattern}\s")
"""What says whose currency it is, where English has capitals and where others have none."""
_SIGN = re.compile(r"[°º]\s?[CFСcf]\b|[%٪％$€£¥￥₹₽₩₺₴₪฿₫₦₱₸₼৳℃℉]")
_GAP = re.compile(r"\.?[\s\u00a0\u200c-]{1,2}")
_LONGEST = 3
"""Words of a measure's name."""
_SHORTEST_STEM = 4
_IN_CAPITALS = frozenset(("le", "rm", "tl"))
"""Abbreviations that are other words in small letters: nel 2007 le navi are no Egyptian pounds."""


def measure_at(flat: str, start: int, end: int, language: str) -> Measure | None:
    """Return the currency or unit beside the number between two places, if one is there."""
    names, stems = _names(language)
    if sign := _BEFORE.search(flat, max(start - 8, 0), start):
        symbol = re.sub(r"\s", "", sign[1])
        name = names.get(symbol.casefold()) or names.get(symbol[-1])
        if name:
            return Measure(name, sign.start(1), sign.end(1))
    gap = _BETWEEN.match(flat, end)
    place = gap.end() if gap else end
    if is_unspaced(language) or language == "ko":
        return _together(flat, start, place, names)
    if found := _behind(flat, place, names, stems):
        return found
    adjectives = (_ADJECTIVES if language == "en" else _ADJECTIVE).match(flat, place)
    if adjectives and (found := _behind(flat, adjectives.end(), names, stems)) and found.name not in UNITS:
        return Measure(found.name, place, found.end, is_qualified=True)
    return None


def _together(flat: str, start: int, place: int, names: dict[str, str]) -> Measure | None:
    """Return the measure whose name begins here, or ends before the number, where no blanks part words."""
    longest = next((size for size in range(8, 0, -1) if flat[place : place + size].casefold() in names), 0)
    if not longest or re.match("[A-Za-z]{2}", flat[place + longest - 1 : place + longest + 1]):
        return None
    before = next(
        (
            size
            for size in range(min(4, start), 1, -1)
            if names.get(flat[start - size : start], "kg") not in UNITS
        ),
        0,
    )
    if before:  # 港币100元
        return Measure(names[flat[start - before : start]], start - before, place + longest)
    return Measure(names[flat[place : place + longest].casefold()], place, place + longest)


def _behind(flat: str, place: int, names: dict[str, str], stems: dict[str, str]) -> Measure | None:
    """Return the measure whose name begins here, the longest of several."""
    if flat[place : place + 1] and not flat[place].isalpha():
        symbol = _SIGN.match(flat, place)
        name = names.get(re.sub(r"\s", "", symbol[0]).casefold()) if symbol else None
        return Measure(name, place, symbol.end()) if symbol and name else None
    words: list[str] = []
    ends: list[int] = []
    following = place
    while len(words) < _LONGEST and (match := WORD.match(flat, following)):
        words.append(fold_letters(match[0]))
        ends.append(match.end())
        gap = _GAP.match(flat, match.end())
        following = gap.end() if gap else len(flat)
    for size in range(len(words), 0, -1):
        bare = (word.removesuffix("ا") for word in words[:size])  # Arabic's accusative: 50 ريالا
        if words[0] in _IN_CAPITALS and not flat[place].isupper():
            break
        if name := names.get(" ".join(words[:size])) or names.get(" ".join(bare)):
            return Measure(name, place, ends[size - 1])
    for size in range(len(words[0]) if words else 0, _SHORTEST_STEM - 1, -1):
        if name := stems.get(words[0][:size]):
            return Measure(name, place, ends[0], is_qualified=len(words) > 1)
    return None


@cache
def _names(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the measures of a language by name, and those that begin words by their beginnings."""
    names: dict[str, str] = dict(lexicon_of(language).units)
    forms: dict[str, list[str]] = defaultdict(list)
    whole = set()
    for measure, code, row in table_rows("measures.tsv"):
        if code in ("*", language):
            forms[measure] += row.split("|")
    for measure, listed in forms.items():
        for form in listed:
            bare = fold_letters(form.removeprefix("=")).replace("-", " ").replace("u.s.", "u.s")
            names.setdefault(name := " ".join(bare.split()), measure)
            if form.startswith("="):
                whole.add(name)
    if language == "en":
        for form in [form for form in names if form.isascii() and len(form) >= _SHORTEST_STEM]:
            names.setdefault(f"{form}s", names[form])
    stems = {
        form: name
        for form, name in names.items()
        if len(form) >= _SHORTEST_STEM and " " not in form and form not in whole
    }
    return names, {} if language == "en" else stems


def is_same_measure(one: Measure, other: Measure) -> bool:
    """Return whether two measures can be one: the same, or of one family where a word leaves open of which."""
    names = {one.name, other.name}
    return len(names) == 1 or any(
        family in names and names <= {*row, family} for family, row in FAMILIES.items()
    )


def is_currency(measure: Measure) -> bool:
    """Return whether a measure is a currency."""
    return measure.name not in UNITS


_KIM = re.compile("美金(?=[正日]|与正)")
"""No dollars, but the name of a family: 赞美金正恩 praises it."""


def may_name_currency(text: str, language: str) -> bool:
    """Return whether a text has a word or a sign for any currency, or may have one that is not listed."""
    script, forms = language_of(language).script, _currency_forms(language)
    letters = script_of(script).letters
    if script != "Latn" and not (letters and re.search(f"[{letters}]", forms)):
        return True
    return re.search(forms, fold_letters(_KIM.sub("", text))) is not None


@cache
def _currency_forms(language: str) -> str:
    forms = [form for form, name in _names(language)[0].items() if name not in UNITS]
    if language != "en":  # whose words are inflected, or stand without blanks
        return "|".join(map(re.escape, forms))
    words = "|".join(re.escape(form) for form in forms if form.isalpha())  # a brand holds no rand
    return "|".join([rf"\b(?:{words})\b", *(re.escape(form) for form in forms if not form.isalpha())])


_PLACES = {
    "HKD": "hong kong|hk", "TWD": "taiwan|nt", "CAD": "canad", "AUD": "australia|aussie", "SGD": "singapore",
    "NZD": "new zealand|kiwi", "EGP": "egypt", "SYP": "syria", "LBP": "leban",
}  # fmt: skip
"""What English texts say of the country whose dollars or pounds they mean, in small letters."""
_USUAL = {"dollar": "USD", "pound": "GBP"}
"""What English readers take a bare $ and £ for."""


def loses_country(one: Measure, other: Measure, text: str) -> bool:
    """Return whether a currency of one country stands in English `text` like the best known of its family."""
    place = _PLACES.get(one.name)
    usual = _USUAL.get(other.name)
    bare = (
        usual is not None and one.name in FAMILIES[other.name] and one.name != usual and not other.is_qualified
    )
    return bool(bare and place and not re.search(place, text.lower()))


_ENGLISH = {
    "USD": "US dollars", "HKD": "Hong Kong dollars", "TWD": "New Taiwan dollars", "CAD": "Canadian dollars",
    "AUD": "Australian dollars", "SGD": "Singapore dollars", "NZD": "New Zealand dollars", "EUR": "euros",
    "GBP": "pounds sterling", "CNY": "yuan", "JPY": "yen", "KRW": "won", "RUB": "roubles",
    "INR": "Indian rupees", "TRY": "Turkish lira", "EGP": "Egyptian pounds", "SYP": "Syrian pounds",
    "LBP": "Lebanese pounds", "SAR": "Saudi riyals", "QAR": "Qatari riyals", "YER": "Yemeni rials",
    "IRR": "Iranian rials",
    "CHF": "Swiss francs", "PLN": "zlotys", "UAH": "hryvnias",
    "ILS": "shekels", "THB": "baht", "VND": "dong", "IDR": "rupiah",
    "MYR": "ringgit", "ZAR": "rand", "KZT": "tenge", "BRL": "reais", "toman": "tomans", "dinar": "dinars",
    "dirham": "dirhams", "rial": "rials", "dollar": "dollars", "pound": "pounds", "lira": "lira",
    "peso": "pesos", "rupee": "rupees", "franc": "francs",
    "cent": "cents", "piastre": "piastres", "kopek": "kopeks", "halala": "halalas",
}  # fmt: skip


def english_name(measure: Measure, value: float | None) -> str:
    """Return what English calls a currency behind an amount; nothing for one that is not listed."""
    name = _ENGLISH.get(measure.name, "")
    return name.removesuffix("s") if value == 1 else name
