"""First sentence → headline, in any language: shorter, but never saying more than the sentence did.

A headline is the sentence itself wherever it fits. Else it leaves words out, in their order and without
adding any: the office before a name, brackets, and, where an assertion is reported, the verb, for which a
colon stands (`X affirmed that Y` → `X: Y`). What is still too long is cut, which an ellipsis shows, in front
of a clause if there is one, else of a preposition, else between words that are not one name. Who says it stays.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from functools import cache
from pathlib import Path

from generator.config import DEFAULTS
from generator.languages import is_unspaced, language_of
from generator.languages.arabic import ARTICLE
from generator.languages.furniture import dateline_end
from generator.languages.quotations import CLOSED_BY, CLOSING, OPENING_TOO, QUOTATION_MARKS

WORDS_FILE = Path(__file__).parent.parent / "data" / "headline.tsv"

_ENOUGH, _ENOUGH_BEFORE_PREPOSITION = 0.55, 0.5
"""Share of the limit that a cut in front of a clause or preposition must leave; else it is between words."""
_BEHIND_INSETS = 0.8
"""Share of the limit that must stay where commas set something off before: `X, the chief of Y, …`."""
_LONGEST_NAME = 5
"""Words."""
_LONGEST_TAIL = 0.5
"""Share of the limit for the attribution at the end of a sentence."""

_FULL_STOP = re.compile(r"(?<![.…])[.。．｡۔।](?P<closing>[\"”»」』’)]*)$")
_INITIALS = re.compile(r"\b(?:\w\.){2,}$")
_FIRST_WORD = re.compile(
    r"(?!['’][stnk]\s)(?P<marks>[^\w@#/.…<{$%&]*)(?P<letter>[^\W\d_])[^\W\d_A-Z]*(?!://)(?=[\s,;:!?'’»”-]|\.\s|$)"
)
_DOTTED_CAPITALS = frozenset({"tr", "az"})
"""Languages in which i and ı are two letters."""
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)")
_CLAUSE_MARK = r"[,;:،؛](?=\s)|[，；：、]|\s[-–—]+(?=\s)|[–—]"
_EDGE = " \t,;:،؛，；：、-–—·"
_QUOTE = f"[{QUOTATION_MARKS}]"
_PAIRS = {"(": ")", "[": "]", "（": "）", "《": "》"} | CLOSED_BY
_CLOSERS = frozenset(")]）》" + CLOSING)
_MARKS = _CLOSERS.union(_PAIRS, OPENING_TOO)
_DEFINITE = re.compile(r"[وفبك]?ال|لل|.*[\"”»)]$")
_OWN = ("ه", "ها", "هم", "هن", "هما", "نا", "كم")
"""Pronouns written to the end of an Arabic noun, which then owns nothing else."""
_NAME_WORD = re.compile(r"[^\W\d_a-z][\w.'’-]*|d[aeiu]|dos|el|al|la|le|von|van|der|den|bin|ben|ibn")
_OPENS_SINGLY = re.compile(r"(?<!\w)‘(?=\w)(?!\d\ds?\b)|‚")
_CLOSES_SINGLY = re.compile(r"[’‘](?!\w)")
_OPENED_AT_END = re.compile(rf"(?:^|\s)[{re.escape(''.join(_PAIRS))}]+$")


def headline_of(sentence: str, language: str, limit: int = DEFAULTS.headline_length) -> str:
    """Return a headline of at most `limit` characters, at least 20, for the article that a sentence opens."""
    # On one line, without the place line of an agency and without the full stop.
    text = " ".join(sentence.split())
    text = text[dateline_end(text, language) :].rstrip(":：")
    text = text if _INITIALS.search(text) else _FULL_STOP.sub(r"\g<closing>", text)
    versions = _versions(text, language)
    # Without the articles outside quotations that headlines of the language leave out.
    pattern = rf"(?P<kept>\"[^\"]*\"|“[^”]*”)|\b{_word(language, 'article')}\s"
    terse = re.sub(pattern, lambda found: found["kept"] or "", versions[-1])
    for version in map(_balanced, (text, _BRACKETS.sub("", text), *versions, terse)):
        if len(version) <= limit:
            return version
    cuts = (_cut_at_clause(version, language, limit) for version in (*versions, terse))
    return (
        next(filter(None, cuts), None)
        or _cut_at_preposition(versions[0], language, limit)
        or _cut_at_word(versions[0], language, limit)
    )


def headline_like(target: str, source: str, language: str = DEFAULTS.target) -> str:
    """Return a machine's translation of a published headline as headlines of its language are written.

    It begins with a capital, as in every script that has them, unless its first word has one inside, like
    iPhone, or holds what is no letter; and it has no full stop where the source has none.
    """
    if not _FULL_STOP.search(source.strip()) and not _INITIALS.search(target):
        target = _FULL_STOP.sub(r"\g<closing>", target).rstrip()
    first = _FIRST_WORD.match(target)
    if first is None:
        return target
    letter = "İ" if first["letter"] == "i" and language in _DOTTED_CAPITALS else first["letter"].title()
    return f"{first['marks']}{letter}{target[first.end('letter') :]}"


def headline_of_article(slug: str) -> str:
    """Return what the memory calls an article for the sake of its derived headline.

    It may read like the first sentence, which must not change with it.
    """
    return f"{slug}#title"


@cache
def _patterns() -> dict[tuple[str, str], str]:
    """Read the kinds of words of each language."""
    rows = (line.split("\t") for line in WORDS_FILE.read_text("utf-8").splitlines() if line[0] != "#")
    return {(language, kind): f"(?:{alternatives})" for language, kind, alternatives in rows}


def _word(language: str, kind: str) -> str:
    """Return the pattern of a kind of words, one that never matches where the language has none."""
    return _patterns().get((language, kind), "(?!)")


# Leaving words out


def _versions(text: str, language: str) -> list[str]:
    """Return complete versions without brackets, the closest to the sentence first."""
    plain = _BRACKETS.sub("", text)
    report = _report(plain, language)
    if not report:
        return [plain]
    verb, joint, claim = report["verb"], report["joint"], report["claim"]
    speaker = re.sub(rf"(?:,?\s+{_word(language, 'adjunct')})+$", "", report["speaker"])
    name = _name(speaker, language)
    named = name + report["inset"] if name == report["speaker"] else name
    said = f"{verb} {named}" if report.start("verb") == 0 else f"{named} {verb}"
    return [f"{said}{joint}{claim}", f"{speaker}: {claim}", f"{name}: {claim}"]


def _report(text: str, language: str) -> re.Match[str] | None:
    """Find `X affirmed that Y` or `affirmed X that Y`, unless something in X could turn it round."""
    verb, that, refused, adjunct = (_word(language, kind) for kind in ("verb", "that", "not", "adjunct"))
    speaker = r"(?P<speaker>\S.{1,110}?)"
    for claim in (
        rf"(?P<joint>,?\s+{that}\s+|,?\s+{that}(?<=['’])|:\s*)(?P<claim>.+)",
        rf"(?P<joint>,?\s+)(?P<claim>{_QUOTE}.+{_QUOTE})",
    ):
        for pattern in (
            rf"(?P<verb>{verb})\s+{speaker}(?P<inset>[,،]?){claim}",
            rf"{speaker}(?P<inset>,?)\s+(?P<verb>{verb})(?:,?\s+{adjunct})?{claim}",
        ):
            found = re.fullmatch(pattern, text)
            if found and not re.search(rf"(?i)\b(?:{refused}|{that})\b|[;:؛]", found["speaker"]):
                return found
    return None


def _name(speaker: str, language: str) -> str:
    """Return the name in a speaker with an office, or the whole speaker where no name is sure."""
    parts = [part for part in re.split(r"[,،]\s*", speaker) if part]
    find = _arabic_name if language_of(language).script == "Arab" else _latin_name
    return next(filter(None, (find(part, len(parts) > 1, language) for part in parts)), speaker)


def _arabic_name(part: str, is_apposed: bool, language: str) -> str | None:
    """Return the indefinite words behind a definite one: الأمين العام ينس ستولتنبيرج."""
    words = part.split()
    start = 1 + max((index for index, word in enumerate(words) if _DEFINITE.match(word)), default=-1)
    name = words[start:]
    weak = re.compile(_word(language, "weak"))
    is_name = 2 <= len(name) <= _LONGEST_NAME and not any(map(weak.fullmatch, name))
    return " ".join(name) if is_name and (start or is_apposed) else None


def _latin_name(part: str, is_apposed: bool, language: str) -> str | None:
    """Return the capitalised words behind an office or a quotation, or an apposed part: the chief, Ann Lee."""
    offices = list(re.finditer(rf"\b{_word(language, 'office')}\b\.?|[\"”»]", part, re.IGNORECASE))
    name = part[offices[-1].end() :].split() if offices else part.split()
    is_name = all(map(_NAME_WORD.fullmatch, name)) and 2 <= len(name) <= _LONGEST_NAME
    return " ".join(name) if is_name and name[0][0].isupper() and (offices or is_apposed) else None


# Cutting


def _cut_at_clause(text: str, language: str, limit: int) -> str | None:
    """Cut in front of a clause, or at a mark that hardly ends an inset, if enough of the text stays."""
    clauses = re.finditer(rf"\s(?={_word(language, 'clause')}\b)", text)
    marks = [found.start() for found in re.finditer(_CLAUSE_MARK, text)]
    places = {found.start() for found in clauses}
    places |= {place for place in marks if place > _BEHIND_INSETS * limit or is_unspaced(language)}
    return _longest(text, sorted(places.union(marks[:1])), language, limit, int(_ENOUGH * limit))


def _cut_at_preposition(text: str, language: str, limit: int) -> str | None:
    """Cut in front of the last preposition: what stands before it is a statement more often than not."""
    before, behind = ("", "") if is_unspaced(language) else (r"\s", r"\s")
    places = [found.start() for found in re.finditer(rf"{before}(?={_word(language, 'prep')}{behind})", text)]
    return _longest(text, places, language, limit, int(_ENOUGH_BEFORE_PREPOSITION * limit))


def _cut_at_word(text: str, language: str, limit: int) -> str:
    """Cut between words, or characters where words are unspaced, or anywhere if need be."""
    if is_unspaced(language):
        places = [place for place in range(1, len(text)) if _may_part(text[place - 1], text[place])]
    else:
        places = [found.start() for found in re.finditer(r"(?<=\S)\s(?=\S)", text)]
        apart = [place for place in places if not _is_chained(text, place, language)]
        if cut := _longest(text, apart, language, limit, int(_ENOUGH_BEFORE_PREPOSITION * limit)):
            return cut
    return _longest(text, places, language, limit, 8) or _balanced(text[: limit - 4] + "…")[:limit]


def _is_chained(text: str, place: int, language: str) -> bool:
    """Return whether the words on both sides of a blank belong together: a name, or a genitive of Arabic.

    In Arabic a noun without an article owns the next one, if that has an article: هيئة الاتصالات.
    """
    before, after = text[:place].rsplit(None, 1)[-1], text[place:].split(None, 1)[0]
    chain = re.compile(_word(language, "chain"), re.IGNORECASE)
    if chain.fullmatch(before) or chain.fullmatch(after):
        return True
    if language_of(language).script == "Arab":
        is_owner = not _DEFINITE.match(before) and before[-1].isalpha() and not before.endswith(_OWN)
        return (is_owner and after.startswith(ARTICLE)) or (after[0] == "و" and before.endswith("ت"))
    return before[0].isupper() and after[0].isupper() and before[-1].isalpha()


def _may_part(before: str, after: str) -> bool:
    """Return whether two characters of an unspaced script may be parted."""
    one_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return not (
        one_word or unicodedata.category(after) in ("Mn", "Mc") or before in "เแโใไ" or before in _PAIRS
    )


def _longest(text: str, places: list[int], language: str, limit: int, least: int) -> str | None:
    """Return the longest good cut at one of the places, with the attribution from the end of the text."""
    start, tail = _attribution(text, language, limit)
    ends_in_verb = re.compile(rf"(?:^|.*\s){_word(language, 'verb')}")
    for place in reversed(places[: bisect(places, limit)]):
        kept = _trimmed(text[:place], language)
        cut = _balanced(kept + "…") + tail
        if len(kept) < max(least - len(tail), least // 2):
            return None
        if place < start and len(cut) <= limit and not ends_in_verb.fullmatch(kept):
            return cut
    return None


def _attribution(text: str, language: str, limit: int) -> tuple[int, str]:
    """Return where the attribution at the end starts, and what must stay of it: `, according to X`."""
    tag, tail = _word(language, "tag"), _word(language, "tail")
    found = re.search(
        rf"(?P<mark>[,،]?)(?P<closing>[\"”»]?)(?P<tail>\s+(?:(?<=[,،\"”»]\s){tag}|{tail}))$", text
    )
    if not found:
        return len(text), ""
    shown = found["tail"] if found["closing"] else found["mark"] + found["tail"]
    if len(shown) > _LONGEST_TAIL * limit:
        shown = _trimmed(shown[: int(_LONGEST_TAIL * limit)].rsplit(maxsplit=1)[0], language) + "…"
    return found.start(), shown


def _trimmed(text: str, language: str) -> str:
    """Leave out what cannot end a headline."""
    gap = "" if is_unspaced(language) else r"\s"
    weak = re.compile(rf"{gap}{_word(language, 'weak')}$")
    previous = None
    while previous != text:
        previous = text
        text = weak.sub("", _OPENED_AT_END.sub("", text).rstrip(_EDGE))
    return text


def _balanced(text: str) -> str:
    """Close what is open and leave out what closes nothing."""
    closing = _closing_singly(text)
    if _MARKS.isdisjoint(text):
        return text + closing
    kept: list[str] = []
    opened: list[tuple[str, str]] = []
    for index, mark in enumerate(text):
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        opens = mark in _PAIRS or (mark in OPENING_TOO and after.isalnum() and not before.isalnum())
        # Hebrew writes initials with a quotation mark.
        is_inside_word = mark in '"”“' and "א" <= before <= "ת" and "א" <= after <= "ת"
        if opened and mark in opened[-1][0]:
            opened.pop()
        elif (opens or mark in _CLOSERS) and not is_inside_word:
            if not opens or (mark == '"' and before.strip() and not after.isalnum()):
                continue
            closers = _PAIRS.get(mark) or OPENING_TOO[mark]
            opened.append((closers, (after if after.isspace() else "") + closers[0]))
        kept.append(mark)
    return "".join(kept) + closing + "".join(closer for _, closer in reversed(opened))


def _closing_singly(text: str) -> str:
    """Return what closes a quotation in single marks that is open; what closes none is mostly an apostrophe."""
    at = max(text.rfind("‘"), text.rfind("‚"))
    is_open = at >= 0 and _OPENS_SINGLY.match(text, at) and not _CLOSES_SINGLY.search(text, at + 1)
    return {"‘": "’", "‚": "‘"}[text[at]] if is_open else ""
