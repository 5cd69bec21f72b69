"""What newspapers put around their text: place lines, bylines, dates, captions, links. None of it is the news.

A headline and a summary speak for the article, so neither may begin with a photographer's name or a time stamp.
Readers drop such lines where a page marks them; here they are told by their form, in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from generator.languages import is_unspaced, language_of
from generator.languages.arabic import ARTICLE, TATWEEL
from generator.languages.locales import babel_locale
from generator.languages.place_names import codes_by_name, kind_of_code
from generator.languages.quotations import QUOTATION_MARKS
from generator.languages.scripts import COMBINING_MARKS

_FILE = Path(__file__).parent.parent / "data" / "furniture.tsv"

_LONGEST = {"by": 7, "signed": 8, "credit": 14, "stamp": 16, "caption": 16, "link": 40}
"""Words; a longer sentence that begins like one is text."""
_LONGEST_NAME, _LONGEST_SOUTHERN = 4, 12
"""Characters, where names are not parted by blanks inside: of East Asia, and of Thais and others."""
_CASED = frozenset({"Latn", "Cyrl", "Grek"})
_PARTED = re.compile(r"\s*[,،、|｜/／·]\s*|\s+[-–—]\s+|\s*[:：]\s+")
"""Between a name and what its bearer does, for whom and where."""
_STANDS_IN = re.compile(r"(?P<name>.+?)\s(?:in|aus|à|en|em|a|w|v|в|у)\s(?P<place>\S+(?:\s\S+)?)")
_FOR = "(?:in|for|at|of|and|und|für|aus|à|au|de|del|du|en|em|a|di|da|e|y|et|w|v|в|у|и|і|في|در|برای|ב|ב־)"
"""Between what somebody is and for whom or where."""
_JOINING = frozenset("and und et y e i и і in à en de da van von der al bin for".split())
_LINE = 400
"""Characters; nothing longer is such a line, and patterns need not look at it."""
_SHORT = 90
"""Characters that are looked at for a place line."""
_PLACE_WORDS = 8
"""Of a place with its country."""
_CLOSED = tuple(")）]")
"""Ends of a caption that names its source."""
_DATELINE_ENDS = tuple("-–—:：/)]=" + TATWEEL)
"""Of a place line, where words are parted by blanks."""
_STOPS = tuple(".!?…。！？؟۔।")
_LIST_ITEM = re.compile(
    r"\s*(?:[•▪◦●■·*]\s*|[-–—]\s+|\d{1,2}[.)\-–][\s\u00a0]+|[(（]?\d{1,2}[)）]\s*|[^\W\d_]\)\s+)"
)


def lead_of(texts: Iterable[str], language: str) -> int:
    """Return the index of the first sentence that is the article's own text, 0 if none is."""
    return next((index for index, text in enumerate(texts) if not is_furniture(text, language)), 0)


def is_furniture(text: str, language: str) -> bool:
    """Return whether a sentence is a place line, byline, time stamp, caption or link, and nothing else."""
    text = " ".join(text.split())
    size = len(text) / 3 if is_unspaced(language) else text.count(" ") + 1
    return size <= max(_LONGEST.values()) and len(text) <= _LINE and _is_furniture(text, size, language)


@lru_cache(maxsize=1 << 12)  # scores, picks and names of an article each ask of all its sentences
def _is_furniture(text: str, size: float, language: str) -> bool:
    patterns = _patterns(language)
    if size <= _LONGEST["by"] and (by := patterns["by"].match(text)) and _are_names(text[by.end() :], language):
        return True
    if size <= _LONGEST["signed"] and not text.endswith(_STOPS) and _is_signed(text, language):
        return True
    if size <= _LONGEST["stamp"] and (_is_stamp(text, language) or _is_dateline(text, language)):
        return True
    if size <= _LONGEST["credit"] and patterns["credit"].match(text) and not text.endswith(_STOPS[1:]):
        return size <= _LONGEST["by"] or not text.endswith(_STOPS)
    kinds = ["captioned", *(["caption"] if text[-1:] in _CLOSED else [])] if size <= _LONGEST["caption"] else []
    return any(patterns[kind].match(text) for kind in [*kinds, "link"])


def _is_stamp(text: str, language: str) -> bool:
    """Return whether a sentence is a date or time, with what says so or whose it is, or an agency's name."""
    patterns = _patterns(language)
    if any(map(str.isdigit, text)):
        stamp = patterns["stamp"].match(text)
        rest = patterns["calendar"].sub(" ", text[stamp.end() :] if stamp else text)
        if len(rest.split()) <= (2 if stamp and patterns["dated"].search(text) else 0):
            return True
        if patterns["moment"].search(text) and _can_sign(rest.strip(), language):
            return True
    return patterns["alone"].fullmatch(text) is not None


def _is_dateline(text: str, language: str) -> bool:
    """Return whether a sentence is a place line that was set apart."""
    blanks, is_spaced = text.count(" "), not is_unspaced(language)
    if is_spaced and blanks < 2 and text[-1:] in (":", "："):
        return True
    parts = (part.strip().casefold() for part in re.split("[,،/]", text.rstrip(".")))
    if blanks < _PLACE_WORDS and _places(language).issuperset(parts):
        return True
    may_end = not is_spaced or text[-1:] in _DATELINE_ENDS
    return may_end and dateline_end(f"{text} X", language) == len(text) + 1


def is_list_item(text: str) -> bool:
    """Return whether a sentence begins with a number or mark of a list, or the dash of a dialogue."""
    return _LIST_ITEM.match(text) is not None


def dateline_end(text: str, language: str) -> int:
    """Return where the news begins behind a place line, such as `LONDON (Reuters) -`; 0 without one."""
    beginning = text[:_SHORT].replace(f" {TATWEEL} ", " - ")
    for form in _datelines(language):
        found = form.match(beginning)
        if found and 0 < found.end() < len(text) and _may_follow(found, text, language):
            return found.end()
    return 0


def _may_follow(place: re.Match[str], text: str, language: str) -> bool:
    """Return whether a sentence can begin behind what may be a place line; not in `Ann - who is ill - sang`."""
    following = text[place.end() :].lstrip(QUOTATION_MARKS + " ")
    if not following or following[0].islower():
        return False
    name = place.groupdict().get("place")
    if not name or place.groupdict().get("sure"):
        return True
    if place.groupdict().get("verb") is not None:
        return True
    if name.isupper() and len(name) > 4:
        return True
    return name.casefold() in _places(language)


def _are_names(text: str, language: str) -> bool:
    """Return whether words can be names; where there are capitals, all must have one."""
    words = [word for word in re.split(r"[\s,،、/&|·]+", text.strip(" .:：-–—")) if word]
    if not words or text.rstrip().endswith(_STOPS[1:]):
        return False
    if language_of(language).script not in _CASED:
        longest = _LONGEST_SOUTHERN if language in ("th", "km", "lo", "my") else _LONGEST_NAME
        short = not is_unspaced(language) or max(map(len, words)) <= longest
        is_noun = words[0].startswith(ARTICLE) and not _patterns(language)["address"].match(words[0])
        return short and not is_noun and not text.rstrip().endswith(_STOPS)
    return words[0][0].isupper() and all(word[0].isupper() or word in _JOINING for word in words)


def _is_signed(text: str, language: str) -> bool:
    """Return whether it is who wrote, with what they are, for whom or where: `Ann Lee, Staff Writer`.

    Where no capitals tell names, a first name does that many have, or a comma and a place behind them.
    """
    patterns, is_cased = _patterns(language), language_of(language).script in _CASED
    told = names = places = 0
    is_place = False
    for part in filter(None, _PARTED.split(text.strip())):
        bare = part.strip(" .()[]（）【】")
        found = _STANDS_IN.fullmatch(bare) if is_cased else None
        if found and found["place"].casefold() in _places(language):
            bare, places = found["name"], places + 1
        is_place = bare.casefold() in _places(language)
        if is_place:
            places += 1
        elif is_cased and patterns["titled"].fullmatch(bare):
            return True
        elif patterns["role"].fullmatch(bare) or patterns["outlet"].fullmatch(bare):
            told += 1
        elif _can_sign(bare, language):
            names += 1
        else:
            return False
    if told:
        is_all = any(patterns[kind].fullmatch(text) for kind in ("office", "outlet"))
        return names > 0 or places > 0 or told > 1 or is_all
    sure = is_cased or (is_place and {",", "،"} & set(text)) or patterns["given"].search(text)
    return names == 1 and places == 1 and bool(sure)


def _can_sign(part: str, language: str) -> bool:
    """Return whether it can be one name in full, or two."""
    words = part.split()
    if any(map(str.isdigit, part)) or not part:
        return False
    if is_unspaced(language):
        return len(words) == 1 and 2 <= len(part) <= _LONGEST_NAME and part.isalpha()
    script = language_of(language).script
    if script not in _CASED:
        known = _patterns(language)["given"].match(part) is not None
        return 2 <= len(words) <= _LONGEST_NAME and (known or script != "Arab")
    capitals = [word for word in words if word[0].isupper()]
    if all(word.casefold() in _places(language) for word in capitals):
        return False  # London and Rome
    return len(capitals) >= 2 and len(words) <= 7 and words[0][0].isupper() and _are_names(part, language)


@cache
def _rows() -> dict[tuple[str, str], str]:
    lines = (line.split("\t") for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(language, kind): alternatives for language, kind, alternatives in lines}


def _row(language: str, kind: str) -> str:
    """Return the alternatives of a kind in a language and in all, a pattern that never matches without any."""
    language = "zh" if language == "zt" else language
    found = [row for code in (language, "mul") if (row := _rows().get((code, kind)))]
    return f"(?:{'|'.join(found)})" if found else "(?!)"


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    """Compile what begins, or makes up, a line that is no text."""
    edge = "" if is_unspaced(language) else rf"(?![\w{COMBINING_MARKS}])"
    head = r"[\W_]*"
    agency, date = _row(language, "agency"), _date(language)
    place = _words(4)
    caption = _row(language, "caption")
    role, outlet = _row(language, "role"), rf"(?:{agency}|{_row(language, 'outlet')})"
    given = _row(language, "given")
    # Words in front of what somebody is have capitals (Middle East correspondent), or name the employer.
    capitals = r"(?:[^\W\d_a-z]\S*\s){0,3}"
    is_cased = language_of(language).script in _CASED
    before = rf"(?:[^\W\d_]\S*\s)?{capitals}" if is_cased else rf"(?:{outlet}\s)?"
    return {
        "role": re.compile(rf"{before}(?i:{role})(?:\s(?:{_FOR}\s\S+|(?:و|ال)\S+)){{0,2}}"),
        "office": re.compile(rf"(?i){role}"),
        "titled": re.compile(rf"[^\W\d_a-z]\S+\s[^\W\d_a-z]\S+\s{capitals}(?i:{role})"),
        "outlet": re.compile(rf"(?i){outlet}(?:\s(?:with|avec|mit|con|com|och|/)\s{outlet})?"),
        "given": re.compile(rf"(?<!\w){given}(?!\w)"),
        "address": re.compile(_row(language, "address")),
        "by": re.compile(rf"(?i:{head}{_row(language, 'by')}){edge}[\s:：/-]*"),
        "credit": re.compile(rf"(?i){head}{_row(language, 'credit')}\s*[:：=＝|｜/／©፦]"),
        "link": re.compile(rf"(?i){head}{_row(language, 'link')}{edge}"),
        "stamp": re.compile(rf"(?i){head}{_row(language, 'stamp')}"),
        "captioned": re.compile(rf"(?i){head}{_row(language, 'captioned')}{edge}"),
        "caption": re.compile(
            rf"(?i)[^.!?。！？؟]*[(（\[](?:[^()（）\[\]]*\W)?(?:{caption}|{agency})(?:\W[^()（）\[\]]*)?[)）\]]\s*$"
        ),
        "dated": re.compile(rf"(?i){date}|\d[:.]\d\d"),
        "moment": re.compile(rf"(?i){date}\W+(?:\S+\s)?\d{{1,2}}[:.h]\d\d"),
        "calendar": re.compile(
            rf"(?i)(?<![^\W\d_])(?:{_calendar(language)}|{_row(language, 'clock')}|[ap]\.?m\.?|gmt|utc|ces?t)"
            rf"{edge}|[\d\W_]"
        ),
        "alone": re.compile(
            rf"(?:{place}[,،.]?\s*)?(?:{date}(?:[,،.]?\s*(?:[-–—/(]+\s*)?{agency}[/)]*)?"
            rf"|[-–—/(]+\s*{agency}\s*[/)–—-]+)\s*[.:–—-]*"
            rf"|[【\[〔(]?{outlet}(?:\s*[-–—/+|&,،]\s*{outlet})*[】\]〕)]?\s*[.:–—-]*"
        ),
    }


def _words(most: int) -> str:
    """Match so many words without a mark between them."""
    word = r"[^\s\d.:!?()\[\]؟،,;/–—。！？：，=]+"
    return rf"{word}(?:\s{word}){{0,{most - 1}}}"


@cache
def _datelines(language: str) -> tuple[re.Pattern[str], ...]:
    """Compile the forms of place lines: with an agency in brackets or between dashes, with a date, alone."""
    agency, date, verb = _row(language, "agency"), _date(language), _row(language, "verb")
    outlet, given = _row(language, "outlet"), _row(language, "given")
    named = rf"(?:{agency}|{outlet})" if language_of(language).script in _CASED else "(?!)"
    dash = r"\s*(?:\.\s?)?[-–—:]+\s*"
    body = rf"[^-–—:.!?()]{{0,20}}{agency}[^-–—:.!?()]{{0,20}}"
    if is_unspaced(language):
        by = r"(?:\s*[（(][^（）()]{2,40}[）)])?\s*[:：]?\s*(?P<sure>)"
        wire = "(?:电|電|讯|訊|消息|报道|報導|報道)"
        word = r"[^，。！？：；、\s（(〔【\[［]"
        inside = r"[^）)〕】\]］]"
        forms = [
            rf"[（(〔【\[［]{inside}{{1,40}}(?:记者|記者|{wire}|[社报報网網]|{agency}|[＝=]){inside}{{0,20}}"
            rf"[）)〕】\]］]\s*[-–—]?\s*(?P<sure>)",
            rf"{word}{{0,8}}{agency}{word}{{0,8}}?\d{{1,2}}日\s?{wire}{by}",
            rf"{word}{{0,16}}?\d{{1,2}}日\s?{wire}(?=[\s（(:：]){by}",
            rf"{word}{{1,8}}?[网網报報社台](?:消息|讯|訊)[:：]\s*(?P<sure>)",
            rf"(?:记者|記者|编译|編譯){word}{{2,6}}?[／/]{word}{{2,4}}?(?:报道|報導)\s*(?P<sure>)",
            rf"(?:本|据本)[报報网網刊台社站]{word}{{0,14}}?{wire}{by}",
        ]
        return tuple(map(re.compile, forms))
    forms = [
        rf"\({agency}\)\s*[-–—]\s*{_words(3)}(?:,\s(?i:{date}))?\s*[-–—]\s*(?P<sure>)",
        rf"(?:{_words(4)}(?:[,،]\s*{_words(2)})?[,،]?\s*)?(?:{date}[,،]?\s*)?\((?!\d)[^()]{{2,30}}\)"
        rf"\s*(?:{date})?{dash}(?P<sure>)",
        rf"{_words(3)}\s*[-–—]\s+{body}\s*[-–—:]\s*(?P<sure>)",
        rf"{named}\s*[-–—]+\s+(?P<sure>)",
        rf"\((?:{agency}|{outlet})\)\s+(?P<sure>)",
        rf"(?P<place>{_words(3)})(?:,\s{date})?\s*\((?:{agency}|{outlet})\)\s*[।.:]?\s*",
        rf"(?P<place>{_words(2)})-{agency}\s+",
        rf"{_words(3)},?\s{date}\.?\s*/[^/]{{2,20}}/\s*[.:–-]*\s+(?P<sure>)",
        rf"(?P<place>{_words(3)}),\s(?:[A-Z]\.){{2}}\s*[-–—]+\s+",
        rf"{_words(3)},\s(?:{agency}|{outlet})\s*[-–—]+\s+(?P<sure>)",
        rf"{_words(3)}\s*[-–—/:]\s*{given}(?:\s[^\s:.–—-]+){{1,3}}\s*[-–—:]\s+(?P<sure>)",
        rf"{_words(2)}\s*[-–—]\s+[^\W\d_]+(?:[ .][^\W\d_]\.?){{0,3}}\s*[-–—:]\s+(?P<sure>)",
        rf"{_words(4)}[,،]?\s*(?:\w{{1,3}}\s)?{date}\s*(?:/[^/]{{2,20}}/\s*\.?|\([^()]{{2,30}}\))?\s*[-–—:/]+\s*"
        rf"(?:(?:{body}|[^\s/:-]{{2,15}})\s*[-–—:/]\s*)?(?P<sure>)",
        rf"{_words(3)}\s?/\s(?:{date}\s?/\s?)?(?:[^/:.،]{{2,20}}(?:\s?/|:)\s)?(?P<sure>)",
        rf"(?P<place>{_words(2)})\s?[:：]\s+(?P<verb>(?={verb}(?!\w)))?",
        rf"(?P<place>{_words(3)})(?:,\s[^\s\d.:!?()–—-]+)?\s*[-–—]{{1,2}}\s+",
        r"[(\[【][^()\[\]【】]{2,20}=[^()\[\]【】]{2,20}[)\]】]\s*(?:[가-힣·\s]{2,20}(?:기자|특파원)\s*=)?\s*(?P<sure>)",
    ]
    return tuple(map(re.compile, forms))


@cache
def _date(language: str) -> str:
    """Match a day with its month."""
    names = _calendar(language)
    year = r"(?:[,،]?\s?(?:de\s)?(?:19|20)\d\d)?"
    return (
        rf"(?:(?:{names})[,،]?\s)?(?:\d{{1,2}}\.?(?:\s?(?:de\s)?(?:{names})\.?(?:[\s/]+(?:{names}))?|[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?)"
        rf"|(?:{names})\.?\s\d{{1,2}}){year}"
    )


@cache
def _calendar(language: str) -> str:
    """Match the months and days of a language; Arabic calls the months by three sets of names."""
    names: set[str] = set()
    for code in (language, *(("ar-IQ", "ar-DZ", "ar-MA") if language == "ar" else ())):
        locale = babel_locale(code)
        for table in (locale.months, locale.days) if locale else ():
            for width in ("wide", "abbreviated"):
                names.update(name.strip(".") for name in table["format"][width].values())
    names |= {f"ב{name}" for name in names} if language == "he" else set()  # in May
    longest_first = sorted(
        (name for name in names if len(name) > 1 and not name.isdigit()), key=len, reverse=True
    )
    return "|".join(map(re.escape, longest_first)) or "(?!)"


@cache
def _places(language: str) -> frozenset[str]:
    """Return the countries and cities that Babel knows in a language, and others that datelines have."""
    listed = (place.replace("_", " ") for place in _rows().get((language, "place"), "").split("|"))
    known = (name for name, code in codes_by_name(language).items() if kind_of_code(code) != "name")
    return frozenset(map(str.casefold, filter(None, chain(listed, known))))
