"""Paragraphs → sentences with their places, by rules over the traits in `languages/sentence_traits.py`.

A stop ends a sentence unless the words beside it speak against it. Quotations are split inside like other
text; what stands in brackets is not. Only white space is ever left out between two sentences. Every pattern
is bounded or possessive, so that time grows linearly with the text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.languages import is_unspaced
from generator.languages.quotations import CLOSING, OPENING, QUOTATION_MARKS
from generator.languages.scripts import COMBINING_MARKS
from generator.languages.sentence_traits import INTERNATIONAL_TITLES, SentenceTraits, sentence_traits_of
from generator.model import Sentence

Span = tuple[int, int]
"""Start and end in a text, in characters."""

_BRACKETS = dict(zip("([（［【《〈", ")]）］】》〉", strict=True))
_BRACKET = re.compile(r"[()\[\]（）［］【】《》〈〉]")
_QUOTE = re.compile(f"[{QUOTATION_MARKS}]")
_CLOSERS = frozenset(")]}）］】'’‘״\u061c\u200b\u200e\u200f\u202c\u2069")
"""What, besides quotation marks, belongs to the sentence whose stop it follows."""
_INSIDE_TOO = frozenset("'’‘״")
"""Of these, what stands inside words and in front of them as well."""
_CONTINUES = frozenset(",;:،؛、，；：)]}）］｝》〉")
"""A sentence goes on where one of these follows its stop."""
_BRACKET_REACH = 300
_QUOTATION_REACH = 400
"""Characters after which a bracket or quotation left open counts as forgotten by its writer."""

_UNMARKED = 20, 250
"""Fewest and most characters of a sentence in a language without stops."""

_LONGEST_NAME = 40
"""Characters of a quotation that is more than a name or a title."""

_SPACE = re.compile(r"\s*+")
_GAP = re.compile(r"\s{1,3}(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
_TURNED = re.compile(r"(?<=[\u0590-\u08ff]{2})(\)) [^()\[\].!?؟۔]{1,30} \((?=[\u0590-\u08ff])")
"""Brackets that stand the wrong way round, as in text out of PDF: `حسین) ع (گفت`."""
_CITATIONS = re.compile(r"(?:\[\d{1,3}\]){1,9}")
_ELLIPSIS = re.compile(r"…|[.。]\s?[.。]")
_MARKER = re.compile(r"\W{0,3}(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-ZÀ-ÿΑ-ωА-яא-תء-ي]|[ivxIVX]{2,5})")
"""What starts an item of a list, in front of its full stop."""
_SECTION = re.compile(
    r"(?i)\b(?:section|sec|chapter|article|clause|abschnitt|kapitel|punkt|ziffer|chapitre|sección|capítulo|apartado|"
    r"sezione|capitolo|seção|раздел|глав|пункт|розділ)\w{0,3}\b|بخش|فصل|ماده|بند|قسم|المادة|دفعہ|شق|अनुभाग|धारा|סעיף|פרק"
)
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:[.٫]\d{1,2}){1,3}")
_SECTION_REACH = 60
"""Characters in front of a number, among which one of these words tells that it is no decimal fraction."""
_OWN_STOP = re.compile("[।።]|፡፡")
_SHORT_FORM = 4
"""Characters of an abbreviation in such a script."""
_DATE_BEFORE = re.compile(r"\d{4}\.\s?\d{1,2}\.\s?$")
"""Year and month, as Korean writes them in front of the day: `2018. 5. 3.`"""
_INITIAL_BEFORE = re.compile(r"(?<!\w)[A-Z]\.\s?$")
_ASKING = frozenset("!?")
_WORDS_ENOUGH = 2
"""Blanks in a sentence of some words."""
_EXCLAIMED = frozenset("yahoo jeopardy joomla wham yum ياهو یاہو याहू".split())
"""Names with an exclamation mark of their own."""
_WORD_REACH = 40
"""Characters that are looked at on either side of a full stop."""
_ADDRESS = frozenset("@/\\_:.")
"""What a word has that is an address or a file name, besides the stop in question."""
_RIGHT_OF_WORD = ")]}）］】'’" + '"' + CLOSING
_LEFT_OF_WORD = "([{（\"'“‘«„‹¿¡*_-–—"
_ONE_LETTER_WORD = re.compile("[À-ɏḀ-ỿяЯو가-힣\u1200-\u137f\u3040-\u9fff]")
"""Letters that may be the last word of a sentence: è, я; syllables and characters."""
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]++\Z")
_ROMAN = re.compile(r"[IVXLC]{2,6}")
_NEXT_WORD = re.compile(
    r"(?:['’][a-z]\s(?=[A-Z])|[^\w(]){0,9}+\(?"
    rf"(?:(?P<letters>[^\W\d_](?:[^\W\d_]|[{COMBINING_MARKS}])*)|(?P<digit>\d))(?P<stop>[.۔]?)"
)
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LIST_ITEM = re.compile(r"\s*+(?:[-*•‣–—#>]|\d{1,3}[.)])\s")


def split_sentences(paragraphs: Sequence[str], languages: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of paragraphs in reading order; `languages` has one code a paragraph.

    A line break ends a sentence, except inside hard-wrapped text, which `split_text` describes.
    """
    return tuple(
        Sentence(paragraph[start:end], number, start, end, language)
        for number, (paragraph, language) in enumerate(zip(paragraphs, languages, strict=True))
        for start, end in _sentence_spans(paragraph, language)
    )


def split_text(text: str, language: str) -> list[str]:
    """Return the sentences of a plain text, each on one line.

    A line break ends a sentence, except inside hard-wrapped text, where it becomes a space. Where a language
    separates words and sentences, lines between two blank ones count as hard-wrapped if none but the last
    had room for the next one's first word, the longest has 40 to 100 characters, none starts a list item,
    and one after the first starts in lower case, or there are three in a script without capitals.
    """
    return [" ".join(text[start:end].splitlines()) for start, end in _sentence_spans(text, language)]


def _sentence_spans(text: str, language: str) -> Iterator[Span]:
    rules = _rules(language)
    for start, end in _line_groups(text, not rules.is_unspaced):
        brackets, closing = _bracketed(text, start, end), _closing_marks(text, start, end, rules)
        cased = text[start:end] != text[start:end].lower()
        last_word = next((at for at in range(end - 1, start - 1, -1) if text[at].isalnum()), start)
        has_own_stops = _OWN_STOP.search(text, start, end) is not None
        passage = _Passage(text, start, end, rules, brackets, closing, cased, has_own_stops, last_word)
        begin = start
        for boundary in (*_boundaries(passage), end):
            piece = text[begin:boundary]
            if sentence := piece.strip():
                first = begin + piece.index(sentence)
                yield first, first + len(sentence)
            begin = boundary


def _line_groups(text: str, wraps: bool) -> Iterator[Span]:
    """Return each line; where the language `wraps`, the lines of one hard-wrapped text together."""
    block: list[Span] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        separator = text[block[-1][1] : start] if block else ""
        if not wraps or separator not in ("", "\n", "\r\n", "\r") or text[start:end].isspace():
            yield from _unwrapped(text, block)
            block = []
        block.append((start, end))
    yield from _unwrapped(text, block)


def _unwrapped(text: str, block: list[Span]) -> list[Span]:
    """Join the lines of a block if it is hard-wrapped."""
    width = max((end - start for start, end in block), default=0)
    if len(block) < 2 or not 40 <= width <= 100:
        return block
    lines = [text[start:end] for start, end in block]
    words = [line.split(maxsplit=1)[0] for line in lines[1:]]
    full = all(len(line) + 1 + len(word) > width for line, word in zip(lines, words, strict=False))
    goes_on = any(map(_starts_lower, words)) or (
        len(lines) > 2 and all(_is_caseless(word[0]) for word in words)
    )
    if full and goes_on and not any(map(_LIST_ITEM.match, lines)):
        return [(block[0][0], block[-1][1])]
    return block


@dataclass(frozen=True, slots=True)
class _Rules:
    """A language's traits with the patterns made of them."""

    traits: SentenceTraits
    is_unspaced: bool
    marks: re.Pattern[str]
    stops: frozenset[str]
    full_stops: frozenset[str]
    attribution: re.Pattern[str] | None


@lru_cache(maxsize=128)
def _rules(language: str) -> _Rules:
    traits = sentence_traits_of(language)
    stops = traits.stops + traits.full_stops
    marks = f"(?P<stop>[{re.escape(stops)}]|፡፡)|(?P<quote>[{QUOTATION_MARKS}])"
    if traits.openers:
        marks += r"|(?P<space>\s++)"
    return _Rules(
        traits,
        is_unspaced(language),
        re.compile(marks),
        frozenset(stops),
        frozenset(traits.full_stops),
        re.compile(traits.attribution) if traits.attribution else None,
    )


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of text without hard line breaks, and what is known of all of it."""

    text: str
    start: int
    end: int
    rules: _Rules
    brackets: list[Span]
    closing: dict[int, int]
    """Where each quotation mark stands that closes, and where what it closes was opened."""
    cased: bool
    """Whether it uses capital letters at all."""
    has_own_stops: bool
    """Whether sentences in it end in a full stop of the script's own, so that dots belong to abbreviations."""
    last_word: int
    """Where its last letter or digit stands."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """A mark that may end a sentence."""

    begin: int
    """Where the sentence starts that the mark may end."""
    start: int
    end: int
    """Behind the mark and all closing marks that follow it."""
    next: int
    """Where the text goes on behind white space."""


def _boundaries(passage: _Passage) -> Iterator[int]:
    """Return the places inside a passage where a sentence ends."""
    text, end = passage.text, passage.end
    begin = position = lettered_to = passage.start
    lettered = False
    while (mark := passage.rules.marks.search(text, position, end)) and position <= passage.last_word:
        at = mark.start()
        # A sentence has a letter: stray marks and numbers belong to their neighbour.
        lettered = lettered or bool(_LETTER.search(text, lettered_to, at))
        position = lettered_to = mark.end()
        if mark.lastgroup == "space":
            ends = _space_ends(passage, begin, at, position)
        elif mark.lastgroup == "quote":
            ends = _quotation_ends(passage, begin, at)
        else:
            position = _stop_end(passage, position)
            following = _skip_space(text, position, end)
            stop = _Stop(begin, at, position, following)
            ends = lettered and following <= passage.last_word and _ends(passage, stop)
        if lettered and ends:
            yield position
            begin, lettered, lettered_to = position, False, position


def _skip_space(text: str, at: int, end: int) -> int:
    return _SPACE.match(text, at, end).end()  # type: ignore[union-attr] # it matches nothing as well


def _closing_marks(text: str, start: int, end: int, rules: _Rules) -> dict[int, int]:
    """Return the place of each quotation mark that closes, and the place where what it closes was opened.

    The white space beside a mark tells what it does, else its form, else what is open before it. Chinese news
    has straight marks without white space and curved ones the wrong way round, so the next sentence is asked
    too: that put right 4 of 425 boundaries.
    """
    closing: dict[int, int] = {}
    if not _QUOTE.search(text, start, end):
        return closing
    # Where the quotation in question was opened, and where the last stops stood: the last at all, and the last
    # of the sentence before, since several in a row, as in an ellipsis, are one.
    opened = stopped = stopped_before = -1
    has_telling_spaces = not rules.is_unspaced or bool(rules.traits.openers)
    marks = list(rules.marks.finditer(text, start, end))
    for number, match in enumerate(marks):
        at, mark = match.start(), match.group()
        if match.lastgroup != "quote":
            if at - stopped > 2:
                stopped_before = stopped
            stopped = at
            continue
        # 1. What stands beside the mark, and whether a quotation is open before it.
        before, behind = text[max(at - 1, start) : at], text[at + 1 : min(at + 2, end)]
        may_open = not before or before.isspace() or before in _BRACKETS
        may_close = not behind or behind.isspace() or behind in _CONTINUES
        is_open = opened >= 0 and at - opened <= _QUOTATION_REACH
        # 2. White space tells, but for where it separates clauses; else the form of the mark.
        if has_telling_spaces and may_open != may_close:
            closes = may_close
        elif mark in CLOSING:
            closes = True
        elif mark in OPENING:
            closes = is_open and text[opened] + mark in ("„“", "»«", "›‹")
        # 3. A straight mark closes what is open. Where that is more than a sentence long, its writer may have
        # forgotten to close it: then the mark opens if it pairs with one in the sentence behind it.
        elif is_open and opened < (stopped if at - stopped > 2 else stopped_before):
            following = [each.lastgroup == "quote" for each in marks[number + 1 : number + 9]]
            closes = [*following, False].index(False) % 2 == 0
        else:
            closes = is_open
        if closes:
            closing[at] = opened if is_open else at
        opened = -1 if closes else at
    return closing


def _bracketed(text: str, start: int, end: int) -> list[Span]:
    """Return the outermost pairs of brackets that are no longer than their reach."""
    pairs: list[Span] = []
    pending: list[int] = []
    turned = {at for pair in _TURNED.finditer(text, start, end) for at in (pair.start(1), pair.end() - 1)}
    for bracket in _BRACKET.finditer(text, start, end):
        if not pending and bracket.start() in turned:
            continue
        kind = unicodedata.normalize("NFKC", bracket.group())
        if kind in _BRACKETS:
            pending.append(bracket.start())
        elif pending and _BRACKETS[unicodedata.normalize("NFKC", text[pending[-1]])] == kind:
            opened = pending.pop()
            if bracket.end() - opened <= _BRACKET_REACH:
                while pairs and pairs[-1][0] > opened:
                    pairs.pop()
                pairs.append((opened, bracket.end()))
    return pairs


def _stop_end(passage: _Passage, position: int) -> int:
    """Return the end of the stops, closing marks and citations that follow a stop."""
    text, end, rules = passage.text, passage.end, passage.rules
    while position < end:
        gap = _GAP.match(text, position, end)
        look = gap.end() if gap else position
        mark, behind = text[look], text[look + 1 : min(look + 2, end)]
        if gap and mark == "." and behind.isalnum():
            break  # "Hot. .NET is not."
        is_inside = mark in _INSIDE_TOO and behind.isalnum() and not (mark == "’" and rules.is_unspaced)
        closes = look in passage.closing or (mark in _CLOSERS and not is_inside)
        if not closes and mark not in rules.stops:
            break
        position = look + 1
    citations = _CITATIONS.match(text, position, end)
    return citations.end() if citations else position


def _space_ends(passage: _Passage, begin: int, at: int, following: int) -> bool:
    """Return whether white space ends a sentence in a language without stops.

    It does by the words beside it, and between any two clauses of what would be too long for a sentence.
    """
    text, traits = passage.text, passage.rules.traits
    least, most = _UNMARKED
    if at - begin < least or following > passage.last_word:
        return False
    if text.startswith(traits.openers, following) or text.endswith(traits.enders, begin, at):
        return True
    clause = text[at - 1].isalpha() and text[following].isalpha() and not text[following].isascii()
    return at - begin >= most and clause and not text.startswith(tuple(traits.conjunctions), following)


def _quotation_ends(passage: _Passage, begin: int, at: int) -> bool:
    """Return whether a closing quotation mark ends a sentence that has no stop.

    It does where a long quotation follows directly, and where a sentence ended inside its own quotation,
    unless what follows goes on: `"Go. Now," he said.` In Arabic news that found 3 of the 8 boundaries
    without a stop, and no false one.
    """
    following = _skip_space(passage.text, at + 1, passage.end)
    if at not in passage.closing or following == at + 1 or following > passage.last_word:
        return False
    mark = passage.text[following]
    if mark in QUOTATION_MARKS:
        near = _QUOTE.search(passage.text, following + 1, min(following + _LONGEST_NAME, passage.end))
        return following not in passage.closing and not near
    if not passage.rules.attribution or not passage.closing[at] < begin or not mark.isalpha():
        return False
    return not mark.islower() and not passage.rules.attribution.match(passage.text, following, passage.end)


def _ends(passage: _Passage, stop: _Stop) -> bool:
    """Return whether a stop ends its sentence."""
    text, rules = passage.text, passage.rules
    run = text[stop.start : stop.end]
    following = _NEXT_WORD.match(text, stop.next, passage.end)
    word = (following and following["letters"]) or ""
    if _goes_on(passage, stop, run, word):
        return False
    if not rules.full_stops.isdisjoint(run):
        return True
    if passage.cased and _starts_lower(word) and not _is_caseless(text[stop.start - 1]):
        return False
    if stop.end == stop.next:
        return _ends_unspaced(passage, stop)
    if run == "!" and text[stop.begin : stop.start].split()[-1].lower() in _EXCLAIMED:
        return word.lower() in rules.traits.starters
    is_period = run[0] in ".۔" and not _ELLIPSIS.match(run) and _ASKING.isdisjoint(run)  # at 3 a.m.?
    return not is_period or _period_ends(passage, stop, following)


def _goes_on(passage: _Passage, stop: _Stop, run: str, word: str) -> bool:
    """Return whether what surrounds a stop, whatever the stop, is still one sentence."""
    text, attribution = passage.text, passage.rules.attribution
    if text[stop.next] in _CONTINUES or text[stop.start - 1] in _BRACKETS or _in_brackets(passage, stop):
        return True
    if run[-1] in QUOTATION_MARKS:
        return bool(attribution and attribution.match(text, stop.next, passage.end))
    if not _ELLIPSIS.match(run) or word[:1].isupper():
        return False
    # Where no capital tells, dots end a sentence of some words if they are written to its last one.
    before = text[max(stop.begin, stop.start - _WORD_REACH) : stop.start]
    ends = word and _is_caseless(word[0]) and not before[-1:].isspace() and before.count(" ") >= _WORDS_ENOUGH
    return not ends or passage.rules.is_unspaced


def _in_brackets(passage: _Passage, stop: _Stop) -> bool:
    """Return whether the brackets around a stop go on, or the sentence goes on behind them without a space."""
    pair = bisect_left(passage.brackets, (stop.start,)) - 1
    if pair < 0:
        return False
    opened, closed = passage.brackets[pair]
    if not passage.rules.full_stops.isdisjoint(passage.text[closed : stop.end]):
        return False  # there is a stop behind the brackets, too
    return stop.end < closed or (stop.start < closed and stop.end == stop.next and opened > stop.begin)


def _ends_unspaced(passage: _Passage, stop: _Stop) -> bool:
    """Return whether a stop with no white space behind it ends its sentence, as in scraped text: `Libya.He`."""
    text, spaces = passage.text, not passage.rules.is_unspaced
    left = text[max(stop.begin, stop.start - _WORD_REACH) : stop.start].rstrip(_RIGHT_OF_WORD)
    right = text[stop.end : min(stop.end + _WORD_REACH, passage.end)].lstrip(_LEFT_OF_WORD)
    before, behind = _LAST_LETTERS.search(left), _FIRST_LETTERS.match(right)
    if not before or not behind or text[stop.end] == "-":  # Dipl.-Ing.
        return False
    if _is_caseless(left[-1]):
        # A full stop also stands inside foreign names in Chinese (乔治.布什) and spelled-out ones in Urdu.
        return text[stop.start] in "!?．" or (spaces and len(before.group()) > 2 and len(behind.group()) > 2)
    token = left.split()[-1] + " " + right.split()[0].rstrip(".!?…")
    is_word = left[-2:].isalpha() and left[-2:].islower()
    return _ADDRESS.isdisjoint(token) and is_word and right[:1].isupper() and right[1:2].islower()


def _period_ends(passage: _Passage, stop: _Stop, following: re.Match[str] | None) -> bool:
    """Return whether a full stop in front of white space is more than a part of an abbreviation or number."""
    text, traits = passage.text, passage.rules.traits
    begin = max(stop.begin, stop.start - _WORD_REACH)
    token = re.split(r"['’(]", text[begin : stop.start].split()[-1].lstrip(_LEFT_OF_WORD))[-1]
    names = {token.lower(), token.lower().rpartition("-")[2]}
    names |= {"str"} if token.endswith("str") else set()  # Hauptstr.
    word, counts, dotted = (
        (following["letters"] or "", following["digit"], following["stop"]) if following else ("",) * 3
    )
    before = text[begin : stop.start - len(token)]
    if text[stop.start - 1].isspace() or (word[:1].isupper() and _closes(before, token, traits)):
        return True
    reach = max(stop.begin, stop.start - _SECTION_REACH)
    if _SECTION_NUMBER.fullmatch(token) and _SECTION.search(text, reach, stop.start):
        return False
    is_short = (len(token) <= _SHORT_FORM or _is_acronym(token)) and any(map(_is_caseless, token))
    if is_short and passage.has_own_stops and text[stop.start] == ".":
        return False
    if names & (traits.titles | INTERNATIONAL_TITLES) or _MARKER.fullmatch(text, stop.begin, stop.start):
        return False
    is_ordinal = token.isdecimal() and traits.ordinals and bool(counts or _DATE_BEFORE.search(before))
    if is_ordinal or (names & traits.counted and (counts or _ROMAN.fullmatch(word))):
        return False
    if _is_letter(before, token, word if dotted else "", traits):
        short = True
    elif _is_initial(token, word, before, passage.rules.is_unspaced):
        amount = before.rstrip()[-1:].isdecimal()
        # 5 m. Then; 44 a. C.; 700 v. Chr.
        short = not amount or bool(dotted and (len(word) == 1 or word.lower() in traits.abbreviations))
    else:
        number = _ROMAN.fullmatch(token) or (traits.capital_nouns and token.isdecimal() and len(token) < 3)
        is_ordinal = traits.ordinals and bool(number)
        short = bool(names & traits.abbreviations) or _is_acronym(token) or is_ordinal
    return not short or (word.lower() in traits.starters and not dotted)


def _closes(before: str, token: str, traits: SentenceTraits) -> bool:
    """Return whether the token, or it with the initial before it, closes a date or a list: гг., н. э."""
    if token.lower() in traits.closing:
        return "." in token or bool(re.search(r"\d(?:-\w{1,2})?\s*$", before))
    initial = re.search(r"\b(\w{1,2})\.\s?$", before)
    return initial is not None and f"{initial[1]}.{token}" in traits.closing


def _is_acronym(token: str) -> bool:
    """Return whether the token reads like `U.S`, `z.B` or `أ.ف.ب`."""
    parts = token.split(".")
    return len(parts) > 1 and all(0 < sum(map(str.isalpha, part)) <= 2 for part in parts)


def _is_letter(before: str, token: str, dotted: str, traits: SentenceTraits) -> bool:
    """Return whether the token names a letter, and stands for it; `dotted` is the next word with a stop.

    Behind another without a stop it ends an abbreviation that is written without: بی بی سی۔
    """
    earlier = before.rstrip().rpartition(" ")[2]
    if token not in traits.letters or earlier in traits.letters:
        return False
    return dotted in traits.letters or earlier[:-1] in traits.letters or token not in traits.words_too


def _is_initial(token: str, word: str, before: str, is_unspaced: bool) -> bool:
    """Return whether the token is one letter that is no word, and in the script of the word that follows.

    In front of another script it is one behind another, and where no blanks part words: J. K. 罗琳.
    """
    letters = [character for character in token if character.isalpha()]
    is_word = len(token) > 1 and any(
        unicodedata.category(each)[0] == "M" for each in token
    )  # है, with its vowel
    if len(letters) != 1 or is_word or _ONE_LETTER_WORD.match(letters[0]):
        return False
    if _is_caseless(letters[0]) and any(map(str.isdecimal, token)):
        return False  # a year: 1920م, ב1920
    if not word or _is_caseless(letters[0]) == _is_caseless(word[0]):
        return True
    return "A" <= token <= "Z" and (is_unspaced or _INITIAL_BEFORE.search(before) is not None)


def _is_caseless(character: str) -> bool:
    """Return whether it is a letter of a script without capitals; Georgian has none in running text."""
    return character.isalpha() and (character.lower() == character.upper() or "\u10d0" <= character <= "\u10ff")


def _starts_lower(word: str) -> bool:
    """Return whether a word cannot start a sentence; eBay and hÉireann can."""
    return word[:1].islower() and not word[1:2].isupper() and not _is_caseless(word[0])
