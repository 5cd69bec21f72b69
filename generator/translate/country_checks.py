"""Countries that a translation into English left out, exchanged or added: Swedish news became Swiss.

Babel knows what languages call them and their cities. A country is new if the source has no trace of it; it
came instead of one that the source mentions more often. One that is only left out must have been named in full,
and nothing in the translation, "the country" say, may stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator.languages import is_unspaced
from generator.languages.arabic import ARTICLE
from generator.languages.normalize import fold_letters
from generator.languages.numbers.han import HAN_LANGUAGES
from generator.languages.place_names import codes_by_name, names_by_code
from generator.languages.term_matcher import TermMatcher
from generator.model import BECAME, Pair

_TABLE = Path(__file__).parents[1] / "data" / "countries.tsv"
_OTHER_WORDS = frozenset("BL CG CX DM GE GG GN IM JE JO MF ML MU RE SH SX TD TG UM VI".split())
"""Codes of countries whose English names are those of people or other places too, or parts of longer ones."""
_KOREAS = ("KP", "KR")
_LETTERS = {
    **{
        "中": "CN",
        "美": "US",
        "英": "GB",
        "法": "FR",
        "德": "DE",
        "日": "JP",
        "俄": "RU",
        "韩": "KR",
        "朝": "KP",
    },
    **{
        "印": "IN",
        "澳": "AU",
        "韓": "KR",
        "米": "US",
        "露": "RU",
        "仏": "FR",
        "独": "DE",
        "豪": "AU",
        "越": "VN",
        "菲": "PH",
        "泰": "TH",
    },
}
"""What stands for a country in Chinese and Japanese where two are named in two letters."""
_TWO = re.compile(
    rf"([{''.join(_LETTERS)}]{{2}})(?=[两兩]国|双方|之间|之間|关系|關係|関係|贸易|貿易|峰[会會]|高峰[会會]|首[脑腦脳]|领导人|領導人"
    "|[会會]谈|会談|會談|谈判|談判|边境|邊境|国境|战争|戰爭|戦争|对话|對話|协[议定]|同盟|联盟|冲突|衝突|外[长長相]|元首|協[議定]|両国)"
)
_OF_COUNTRY = re.compile(
    "(?<![今昨每周週节節生近当當假明次翌同平往单單末元即不旭落烈红紅整终終半数數两兩几幾\\d一二三四五六七八九十])([美英法德日俄韩韓印澳菲泰])([籍裔佣傭]|军[方队]|国籍)"
)
"""A letter that stands for a country, and who or what is of it."""
_LEAST = 4
"""Letters of a name from which its last one may be an ending."""
_STANDS_FOR_COUNTRY = re.compile(r"\b(?:country|nation|homeland|kingdom|Brexit|D\.C)\b", re.IGNORECASE)
_SYLLABIC = HAN_LANGUAGES | {"ko"}
"""Languages in which two letters are a word."""
_UNINFLECTED = frozenset(("id", "ms", "vi"))
_KOREAN_WORDS = frozenset("인도 오만 가나 수단 말리 기니 통가 피지 이란 페루".split())
"""Names that are other Korean words, or their beginnings."""
_NO_COUNTRY = re.compile(
    r"\b(?:African|Central|Latin|Native|North|South)[- ]American?|\bIndian Ocean|\b(?:East|South) China"
    r"|\bSea of Japan|\bChinese New Year"
    r"|\b(?:U\.?S\.?|[A-Z][a-z]+)\s?(?:\$|(?:dollar|pound|yuan|yen|r[uo]u?ble|rupee|franc|lira|won|peso|dinar|cent)s?\b)"
)
"""What has a country's name in English where other languages need not have it."""
_OTHER_AMERICAS = re.compile("[北南拉]美|中美洲|中南美")
_NORTH = re.compile(
    "朝[鲜鮮](?!战|戰|戦|半[岛島]|族|人|[语語]|王朝|[时時]代|核?[问問][题題])|北朝鮮|شمال|شمالی|север|north|nord|norte|kuzey|उत्तर|북한"
)
_NO_LETTER = r"(?<![^\W\d_])(?<![\u0900-\u0dff])"
"""No letter stands before here, and no vowel sign of India, which is none to regular expressions."""
_PARTS = "nord|noord|norra|sud|zuid|södra|ost|oost|west|vest|zentral|mittel"
"""What some languages write onto the names of countries."""
_KATAKANA = "[ァ-ヺー]"
_CAPITALIZED = re.compile(r"(?<![\w.])[A-Z][\w.]*")
_IS_HAN = re.compile("[\u4e00-\u9fff]")
_BESIDE_LETTER = (
    "-(?=[国國方军軍媒誌企籍裔政总總首外中美米俄露韩韓英法仏德独欧歐印日澳豪加朝甲超网網足股元队隊舰艦机機联聯商资資货貨式医醫语語文裔大紙議])"
    "|(?<=[中美米俄露韩韓英法仏德独欧歐印日澳豪加朝全北南对對在驻駐访訪赴旅反亲親抗留援来來抵返遣向从從至与與和及渡])-"
)
"""What shows that a Chinese letter, put for the hyphen, is short for a country: 日方 and 访日, not any day."""
_TRACE = 3, 5
"""Letters at a name's beginning that are a trace of a country: of short names, and of long ones."""


def changed_country(pair: Pair) -> str | None:
    """Return a country that a translation into English lacks or adds, or the one with the other."""
    if pair.target_language != "en" or pair.source_language == "en":
        return None
    if letters := _lost_of_two(pair) or _lost_letter(pair):
        return letters
    language, names = pair.source_language, _names_of("en")
    ours = _named(pair.source, language)
    own_names = _names_of(language)
    missing = [
        code for code in ours if not _is_in_english(code, pair.target) and own_names[code] not in pair.target
    ]
    if added := _added(pair, ours):
        lost = [*missing, *_told_less_often(pair)]
        return BECAME.join((names[lost[0]], names[added])) if lost else _sure(added)
    omitted = [code for code in missing if not _is_plain_korea(code, pair)]
    if omitted and not _STANDS_FOR_COUNTRY.search(pair.target):
        return names[omitted[0]]
    more = next(_told_more_often(pair), None) if language in ("zh", "zt") else None
    return names[more] if more else None


def _is_plain_korea(code: str, pair: Pair) -> bool:
    """Return whether a translation may have Korea for one of both: for the South, or a war, or a people."""
    return "Korea" in pair.target and (
        code == "KR" or (code == "KP" and not _NORTH.search(fold_letters(pair.source)))
    )


def _added(pair: Pair, ours: Sequence[str]) -> str | None:
    """Return a country that a target names although its source, which names `ours`, has no trace of it."""
    rest = fold_letters(pair.source)
    for code in ours:
        rest = rest.replace(fold_letters(_names_of(pair.source_language)[code]), " ")
    named = dict.fromkeys(_named_in_english(_NO_COUNTRY.sub("", pair.target)))
    return next(
        (code for code in named if code not in ours and _is_new(code, rest, pair.source_language)), None
    )


def _lost_of_two(pair: Pair) -> str | None:
    """Return the letters of two countries, of which a translation names one: 朝美峰会 was a summit of one."""
    for two in _TWO.finditer(pair.source) if pair.source_language in HAN_LANGUAGES else ():
        codes = [_LETTERS[letter] for letter in two[1]]
        there = [
            _is_in_english(code, pair.target) or (code in _KOREAS and "Korea" in pair.target) for code in codes
        ]
        if True in there and False in there:
            return two[1]
    return None


def _sure(added: str) -> str | None:
    """Return a country that came from nowhere if the table has what languages call it: else it may be there."""
    return _names_of("en")[added] if _table().get(added, _NO_ROW).traces else None


def _lost_letter(pair: Pair) -> str | None:
    """Return a country's letter with what is of that country, if it is not in English: 菲佣 was a maid."""
    for said in _OF_COUNTRY.finditer(pair.source) if pair.source_language in HAN_LANGUAGES else ():
        code = _LETTERS[said[1]]
        is_korea = code in _KOREAS and "Korea" in pair.target
        if not (is_korea or _is_in_english(code, pair.target) or _STANDS_FOR_COUNTRY.search(pair.target)):
            return said[0]
    return None


def _told_less_often(pair: Pair) -> Iterator[str]:
    """Return the countries that a source mentions more often than its translation, in whatever form."""
    folded = fold_letters(pair.source)
    for code, pattern in _mentions(pair.source_language).items():
        times = len(pattern.findall(folded))
        if times > len(_english_mentions(code).findall(pair.target)):
            yield code


def _told_more_often(pair: Pair) -> Iterator[str]:
    """Return countries that an English text mentions more often than its source: "it" became Indonesia."""
    folded = _OTHER_AMERICAS.sub("", fold_letters(pair.source))
    target = _NO_COUNTRY.sub("", pair.target).replace("United States of America", "America")
    traces = _traces(pair.source_language)
    for code in dict.fromkeys(_named_in_english(target)):
        english = _english_mentions(code)
        times = len(traces[code].findall(folded)) + len(english.findall(pair.source)) if code in traces else 0
        told = [word for word in english.findall(target) if word in ("US", "UK") or not word.isupper()]
        if code not in _KOREAS and 0 < times < len(told):
            yield code


def _is_in_english(code: str, text: str) -> bool:
    return _english_mentions(code).search(text) is not None


@cache
def _english_mentions(code: str) -> re.Pattern[str]:
    """Return what finds words of a country, and its cities, in English."""
    name = _names_of("en")[code]
    row = _table().get(code, _NO_ROW)
    own = row.stems or (name[:-1] if len(name) > _LEAST else name,)
    beginnings = (*own, *row.adjectives, *_cities("en").get(code, ()))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, beginnings))})")


def _is_new(code: str, rest: str, language: str) -> bool:
    """Return whether there is no trace of a country, whose name a language has, in the rest of a source."""
    return code in _traces(language) and not _traces(language)[code].search(rest)


@cache
def _mentions(language: str) -> dict[str, re.Pattern[str]]:
    """Return what finds mentions of each country in folded text: its names, its cities, and a row's traces."""
    article = ARTICLE if language == "ar" else ""
    named: dict[str, list[str]] = {code: [] for code in _names_of(language) if code in _names_of("en")}
    for name, code in codes_by_name(language).items():
        if code in named and code not in _KOREAS:
            named[code].append(fold_letters(name).removeprefix(article))
    longer = [name for names in named.values() for name in names]
    start = "" if is_unspaced(language) else rf"{_NO_LETTER}(?:[وفبلك]?{ARTICLE}|[وفبلك]|{_PARTS})?"
    found: dict[str, re.Pattern[str]] = {}
    for code, names in named.items():
        cities = [fold_letters(city).removeprefix(article) for city in _cities(language).get(code, ())]
        traces = [fold_letters(each) for each in _table().get(code, _NO_ROW).traces if each[0] != "?"]
        words = list(_words_of((*names, *cities), traces, longer, language))
        if names and words:
            found[code] = re.compile(f"{start}(?:{'|'.join(words)})")
    return found


def _words_of(
    names: Iterable[str], traces: Iterable[str], longer: Sequence[str], language: str
) -> Iterator[str]:
    """Return patterns of the words that mention a country; not of those that begin another's `longer` name."""
    least = 2 if language in _SYLLABIC else _LEAST
    has_words = not is_unspaced(language) and language != "ko"
    for name in names:
        # An ending may take the place of the last letter of what is long enough.
        stem = name[:-1] if language not in _UNINFLECTED and has_words and len(name) > _LEAST + 1 else name
        rests = "|".join(re.escape(each[len(stem) :]) for each in longer if each[:-1].startswith(name))
        if has_words and len(name) <= _LEAST:
            yield rf"{re.escape(name)}(?!\w)"
        elif len(name) >= least and name not in _KOREAN_WORDS:
            yield re.escape(stem) + (f"(?!{rests})" if rests else "")
    for trace in traces:
        if trace[0] == "!" and has_words:
            yield re.escape(trace[1:]) + r"(?!\w)" * trace[-1].isalpha()
        elif len(trace.strip()) >= least:
            yield re.escape(trace)


@cache
def _traces(language: str) -> dict[str, re.Pattern[str]]:
    """Return what finds a trace of each country in folded text: a name's beginning, a city, or a row's."""
    found: dict[str, re.Pattern[str]] = {}
    least, most = _TRACE
    for code, name in _names_of(language).items():
        if code in _names_of("en"):
            folded = fold_letters(name).removeprefix(ARTICLE)
            size = 2 if is_unspaced(language) else max(least, min(len(folded) - 2, most))
            listed = [fold_letters(trace.lstrip("?!")) for trace in _table().get(code, _NO_ROW).traces]
            listed += [fold_letters(each) for each in (_names_of("en")[code], *_cities(language).get(code, ()))]
            either = [
                _BESIDE_LETTER.replace("-", each) for each in (folded[0], *listed) if _IS_HAN.fullmatch(each)
            ]
            either += [re.escape(each) for each in (folded[:size], *listed) if not _IS_HAN.fullmatch(each)]
            found[code] = re.compile("|".join(either))
    return found


@cache
def _cities(language: str) -> dict[str, list[str]]:
    """Return the cities that Babel knows in a language by the codes of their countries."""
    from babel.core import get_global  # reads locale data

    found: dict[str, list[str]] = {}
    least = 2 if language in _SYLLABIC else _LEAST
    for zone, code in get_global("zone_territories").items():
        city = names_by_code(language).get(zone, "")
        if len(city) >= least and zone.count("/") == 1:
            found.setdefault(code, []).append(city)
    return found


@cache
def _names_of(language: str) -> dict[str, str]:
    """Return the names of countries by their codes."""
    names = reversed(codes_by_name(language).items())
    return {code: name for name, code in names if _is_country(code) and code not in _OTHER_WORDS}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isupper() and code not in ("EU", "UN", "EZ", "ZZ", "QO", "XA", "XB", "AQ")


def _named(text: str, language: str) -> list[str]:
    """Return the codes of the countries that a text names; with capitals where its script has them."""
    matcher, names = _matcher(language)
    if language == "ko":
        return [code for code, begins in _beginning_words(language).items() if begins.search(text)]
    found = [code for code in matcher.find(text) if code not in _OTHER_WORDS and code in _names_of("en")]
    return [code for code in found if any(_stands_alone(name, text, language) for name in names[code])]


@cache
def _beginning_words(language: str) -> dict[str, re.Pattern[str]]:
    """Return what finds the names of countries where particles are written onto them."""
    names = {code: name for code, name in _names_of(language).items() if code in _names_of("en")}
    return {
        code: re.compile(rf"(?<!\w){re.escape(name)}")
        for code, name in names.items()
        if name not in _KOREAN_WORDS
    }


def _stands_alone(name: str, text: str, language: str) -> bool:
    """Return whether a text has a name, which is no part of a longer word where no blanks part words."""
    if is_unspaced(language):
        return re.search(rf"(?<!{_KATAKANA})(?<!沿)(?<!捷克){re.escape(name)}(?![ァ-ヺー洋])", text) is not None
    return name in text or not name[0].isupper()


@cache
def _matcher(language: str) -> tuple[TermMatcher[str], dict[str, list[str]]]:
    """Return what finds names of countries in a language, and these names."""
    names = [(name, code) for name, code in codes_by_name(language).items() if _is_country(code)]
    listed: dict[str, list[str]] = {}
    for name, code in names:
        listed.setdefault(code, []).append(name)
    return TermMatcher(names), listed


@cache
def _codes() -> dict[str, str]:
    """Return the codes of countries by their English names and adjectives."""
    listed = codes_by_name("en").items()
    names = {name: code for name, code in listed if _is_country(code) and code not in _OTHER_WORDS}
    return names | {adjective: code for code, row in _table().items() for adjective in row.adjectives}


def _named_in_english(text: str) -> Iterator[str]:
    """Return the codes of the countries that English names for sure; with capitals, since us is no country."""
    end = 0
    for word in _CAPITALIZED.finditer(text):
        for name in _by_first_word().get(word[0].rstrip("."), ()) if word.start() >= end else ():
            after = word.start() + len(name)
            if text.startswith(name, word.start()) and not text[after : after + 1].isalnum():
                yield _codes()[name]
                end = after
                break


@cache
def _by_first_word() -> dict[str, list[str]]:
    """Return the English names of countries by their first words, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(_codes(), key=len, reverse=True):
        if first := _CAPITALIZED.match(name):
            found.setdefault(first[0].rstrip("."), []).append(name)
    return found


class _Row(NamedTuple):
    """What the table has of a country."""

    stems: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()


_NO_ROW = _Row()


@cache
def _table() -> dict[str, _Row]:
    """Return the rows of the table by code."""
    lines = _TABLE.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {code: _Row(*(tuple(filter(None, cell.split("|"))) for cell in cells)) for code, *cells in rows}
