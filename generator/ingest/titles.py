"""Headlines and bylines as pages and feeds declare them → the headline alone, the names alone."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from generator.ingest.dates import date_in
from generator.languages.furniture import is_furniture
from generator.languages.scripts import UNSPACED_LETTERS
from generator.model import UNKNOWN

SEPARATOR = re.compile(r"\s+[|•·»«–—―/-]+\s+|\s*[|｜_＿]\s*|\s+:\s+|(?<=[^\W\d_A-Za-z])[-–—](?=[^\W\d_A-Za-z])")
"""What stands between a headline and the site's name; without blanks only where none are written."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,10}\d{0,2});")
ELEMENT = re.compile(
    r"</?(?:a|abbr|b|br|cite|em|i|mark|q|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,200}>", re.I
)
FIRST_PARAGRAPHS = 4
LONGEST_KICKER = 60
"""Letters of a line above or before a headline."""
LONGEST_HEADLINE = 150
"""Characters of a line that can be a headline though nothing says so."""
FEWEST_WORDS = 3
SENTENCE_END = ".!?…。！？؟۔।"
OPENING = "\"'«“‘„「『"
CLOSING = "\"'»”’」』)）"
UNSPACED_LETTER = re.compile(f"[{UNSPACED_LETTERS}]")
BY = "by|von|por|par|di|door|av|af|od|autor(?:in)?|author|text|texte|автор|текст|بقلم|كتبت?"
"""What stands in front of the name of who wrote."""
BYLINE = re.compile(
    rf"^(?:{BY}|da|texto|作者|文|記者|记者)\s*[:：]?\s+|^(?:作者|文|記者|记者)\s*[:：/／]\s*", re.IGNORECASE
)
_USUAL_LANGUAGES = {"ARABIC": "ar", "LATIN": "en", "CYRILLIC": "ru", "CJK": "zh"}
"""By the scripts of words: what a text is in is not known yet when its first line may be a byline."""
ADDRESS = re.compile(r"\(?<?[\w.+-]+@[\w-]+\.[\w.-]+>?\)?|https?://\S+")


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, for comparing what differs in blanks and marks."""
    return "".join(filter(str.isalnum, text.casefold()))


def plain_title(title: str, names: Iterable[str] = (), headings: Iterable[str] = ()) -> str:
    """Return a headline without markup and escapes, and without a site's name or section around it.

    `names` are what the page calls its site, `headings` its headings of the first order.
    """
    text = " ".join(ELEMENT.sub("", html.unescape(title) if ENTITY.search(title) else title).split())
    known = {letters_of(name) for name in names} - {""}
    parts = _parts(text)
    wholes = set(map(letters_of, headings)) - known - {""}
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            inner = text[parts[start][0] : parts[end - 1][1]]
            if letters_of(inner) in wholes and end - start < len(parts):
                return inner
    first, last = 0, len(parts)
    while last - first > 1 and _is_name(text[slice(*parts[last - 1])], known):
        last -= 1
    while last - first > 1 and letters_of(text[slice(*parts[first])]) in known:
        first += 1
    return text[parts[first][0] : parts[last - 1][1]] if parts else text


def _parts(text: str) -> list[tuple[int, int]]:
    """Return where the parts of a title between separators begin and end."""
    bounds = [0]
    for found in [*SEPARATOR.finditer(text), *re.finditer(r"[:：]\s", text)]:
        bounds += [found.start(), found.end()]
    bounds = sorted([*bounds, len(text)])
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return [(start, end) for start, end in pairs if text[start:end].strip()]


def _is_name(part: str, known: set[str]) -> bool:
    return letters_of(part) in known or (len(part) < 20 and date_in(part) is not None)


def has_headline(paragraphs: Sequence[str]) -> bool:
    """Return whether a text without a title begins with one.

    That is a short line of several words that no mark ends, above a longer whole sentence in the same script.
    """
    if len(paragraphs) < 2:
        return False
    first, second = paragraphs[:2]
    words = UNSPACED_LETTER.findall(first) or first.split()
    return (
        len(words) >= FEWEST_WORDS
        and len(first) <= min(LONGEST_HEADLINE, len(second) - 1)
        and (first[0].isalnum() or first[0] in OPENING)
        and (first[-1].isalnum() or first[-1] in CLOSING)
        and second.rstrip(CLOSING)[-1:] in tuple(SENTENCE_END)
        and date_in(first) is None
        and _script_of_words(first) == _script_of_words(second)
        and not _is_byline(first)
        and not is_furniture(first, _USUAL_LANGUAGES.get(_script_of_words(first), UNKNOWN))
    )


def _is_byline(line: str) -> bool:
    """Return whether a line begins like a byline; `By the numbers` and `Text messages` do not."""
    found = BYLINE.match(line)
    return found is not None and not (line[0].isupper() and line[found.end() :][:1].islower())


def _script_of_words(text: str) -> str:
    """Return the script that most letters of a text belong to, as Unicode's names of them begin."""
    scripts = Counter(unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha())
    return scripts.most_common(1)[0][0] if scripts else ""


def without_title(paragraphs: Sequence[str], title: object) -> tuple[str, ...]:
    """Leave out the headline where it heads the text as well, with what stands above it.

    It may differ in blanks and marks, follow a kicker in its line, or end in a stop before the text goes on.
    """
    wanted = letters_of(title) if isinstance(title, str) else ""
    start, rest = 0, ""
    while wanted and not rest and (found := _behind_title(paragraphs, start, wanted)):
        start, rest = found
    return (*([rest] if rest else []), *paragraphs[start:])


def _behind_title(paragraphs: Sequence[str], start: int, wanted: str) -> tuple[int, str] | None:
    """Return the place behind a headline, and what else its paragraph says; None where none heads the rest."""
    head = paragraphs[start : start + FIRST_PARAGRAPHS]
    for number, paragraph in enumerate(head):
        letters = letters_of(paragraph)
        if any(len(each) > LONGEST_KICKER or each.endswith(tuple(SENTENCE_END)) for each in head[:number]):
            break
        is_headline = paragraph[-1] not in ".。।۔" or letters == wanted
        before = len(letters) - len(wanted)
        if (
            letters.endswith(wanted)
            and before <= LONGEST_KICKER
            and is_headline
            and (len(wanted) > 14 or not before)
        ):
            return start + number + 1, ""
        if len(wanted) > 14 and letters.startswith(wanted) and (rest := _after(paragraph, len(wanted))):
            return start + number + 1, rest
    return None


def _after(paragraph: str, letters: int) -> str:
    """Return what follows so many letters and a mark that ends a sentence; nothing where none ends there."""
    for place, char in enumerate(paragraph):
        if not letters:
            return paragraph[place:].lstrip(SENTENCE_END + "\"'”»」 ") if char in SENTENCE_END else ""
        letters -= len(letters_of(char))
    return ""


def plain_author(author: object) -> object:
    """Return the names of authors without addresses and `By`; nothing for mere numbers."""
    if isinstance(author, dict):
        author = author.get("name")
    if isinstance(author, list):
        named = [name for each in author if (name := plain_author(each))]
        return list(dict.fromkeys(map(str, named))) or None
    if not isinstance(author, str):
        return None
    name = ADDRESS.sub("", html.unescape(author) if ENTITY.search(author) else author)
    name = BYLINE.sub("", " ".join(name.split())).strip(" ,;|/·-–—")
    return name if any(map(str.isalpha, name)) else None
