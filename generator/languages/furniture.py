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
from generator.languages.arabic import TATWEEL
from generator.languages.locales import babel_locale
from generator.languages.place_names import codes_by_name, kind_of_code
from generator.languages.quotations import QUOTATION_MARKS

_FILE = Path(__file__).parent.parent / "data" / "furniture.tsv"

_LONGEST = {"by": 7, "credit": 14, "stamp": 16, "caption": 16, "link": 40}
"""Words; a longer sentence that begins like one is text."""
_LONGEST_NAME = 4
"""Characters, where names are not parted by blanks inside."""
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
    if size <= _LONGEST["stamp"]:
        if any(map(str.isdigit, text)):
            stamp = patterns["stamp"].match(text)
            rest = patterns["calendar"].sub(" ", text[stamp.end() :] if stamp else text)
            if len(rest.split()) <= (2 if stamp and patterns["dated"].search(text) else 0):
                return True
        if patterns["alone"].fullmatch(text) or _is_dateline(text, language):
            return True
    if size <= _LONGEST["credit"] and patterns["credit"].match(text) and not text.endswith(_STOPS[1:]):
        return size <= _LONGEST["by"] or not text.endswith(_STOPS)
    kinds = ["captioned", *(["caption"] if text[-1:] in _CLOSED else [])] if size <= _LONGEST["caption"] else []
    return any(patterns[kind].match(text) for kind in [*kinds, "link"])


def _is_dateline(text: str, language: str) -> bool:
    """Return whether a sentence is a place line that was set apart."""
    blanks, is_spaced = text.count(" "), not is_unspaced(language)
    if is_spaced and blanks < 2 and text[-1:] in (":", "："):
        return True
    parts = (part.strip().casefold() for part in re.split("[,،/]", text))
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
    if language_of(language).script not in ("Latn", "Cyrl", "Grek"):
        short = not is_unspaced(language) or max(map(len, words)) <= _LONGEST_NAME
        return short and not text.rstrip().endswith(_STOPS)
    joining = {"and", "und", "et", "y", "e", "i", "и", "і", "in", "de", "van", "von", "der", "al", "bin", "for"}
    return words[0][0].isupper() and all(word[0].isupper() or word in joining for word in words)


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
    edge = "" if is_unspaced(language) else r"(?!\w)"
    head = r"[\W_]*"
    agency, date = _row(language, "agency"), _date(language)
    place = _words(4)
    caption = _row(language, "caption")
    return {
        "by": re.compile(rf"(?i:{head}{_row(language, 'by')}){edge}[\s:：/-]*"),
        "credit": re.compile(rf"(?i){head}{_row(language, 'credit')}\s*[:：=＝|/©]"),
        "link": re.compile(rf"(?i){head}{_row(language, 'link')}{edge}"),
        "stamp": re.compile(rf"(?i){head}{_row(language, 'stamp')}"),
        "captioned": re.compile(rf"(?i){head}{_row(language, 'captioned')}{edge}"),
        "caption": re.compile(
            rf"(?i)[^.!?。！？؟]*[(（\[](?:[^()（）\[\]]*\W)?(?:{caption}|{agency})(?:\W[^()（）\[\]]*)?[)）\]]\s*$"
        ),
        "dated": re.compile(rf"(?i){date}|\d[:.]\d\d"),
        "calendar": re.compile(
            rf"(?i)(?<![^\W\d_])(?:{_calendar(language)}|{_row(language, 'clock')}|[ap]\.?m\.?|gmt|utc){edge}"
            r"|[\d\W_]"
        ),
        "alone": re.compile(
            rf"(?:{place}[,،.]?\s*)?(?:{date}(?:[,،.]?\s*(?:[-–—/(]+\s*)?{agency}[/)]*)?"
            rf"|[-–—/(]+\s*{agency}\s*[/)–—-]+)\s*[.:–—-]*"
            rf"|{agency}(?:\s*[-–—/+|&,،]\s*{agency})*[.:]?"
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
            rf"(?:本|据本)[报報网網刊台社站]{word}{{0,14}}?{wire}{by}",
        ]
        return tuple(map(re.compile, forms))
    forms = [
        rf"(?:{_words(4)}[,،]?\s*)?(?:{date}[,،]?\s*)?\((?!\d)[^()]{{2,30}}\)\s*(?:{date})?{dash}(?P<sure>)",
        rf"{_words(3)}\s*[-–—]\s+{body}\s*[-–—:]\s*(?P<sure>)",
        rf"{_words(2)}\s*[-–—]\s+[^\W\d_]+(?:[ .][^\W\d_]\.?){{0,3}}\s*[-–—:]\s+(?P<sure>)",
        rf"{_words(4)}[,،]?\s*(?:\w{{1,3}}\s)?{date}\s*(?:/[^/]{{2,20}}/\s*\.?|\([^()]{{2,30}}\))?\s*[-–—:/]+\s*"
        rf"(?:(?:{body}|[^\s/:-]{{2,15}})\s*[-–—:/]\s*)?(?P<sure>)",
        rf"{_words(3)}\s?/\s(?:{date}\s?/\s?)?(?:[^/:.،]{{2,20}}(?:\s?/|:)\s)?(?P<sure>)",
        rf"(?P<place>{_words(2)})\s?[:：]\s+(?P<verb>(?={verb}(?!\w)))?",
        rf"(?P<place>{_words(3)})(?:,\s[^\s\d.:!?()–—-]+)?\s*[-–—]{{1,2}}\s+",
        r"[(\[][^()\[\]]{2,20}=[^()\[\]]{2,20}[)\]]\s*(?:[가-힣·\s]{2,20}(?:기자|특파원)\s*=)?\s*(?P<sure>)",
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
