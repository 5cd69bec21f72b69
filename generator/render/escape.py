"""The one way in which untrusted text enters a page: cleaned, encoded, and set in its own direction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import quote, urlsplit

from generator.languages import LANGUAGES, language_of, tag_of
from generator.languages.scripts import RTL_CHARACTERS as _RTL
from generator.languages.scripts import Direction, script_of

_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates: they reorder their neighbours
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # unpaired surrogates and noncharacters: not text
)
_BLANKS = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
_MARKS = re.compile(r"[#$&*+<=>@\[\\\]^_`{|}~]")
"""ASCII marks that mean something to HTML, Markdown, Jinja, YAML or one of their extensions.

The rest, `.,:;?!%()'"/-`, means nothing inside a line that begins with an HTML tag, and stays readable.
"""
_NO_PART_OF_ADDRESS = re.compile('[] "<>[\\\\^`{|}\ue000-\uf8ff\ufff0-\U0010ffff]|%(?![0-9A-Fa-f]{2})')
"""What RFC 3987 has no place for behind a host: browsers forgive it, and EPUB does not."""
_MARKS_AND_DOUBLE_QUOTES = re.compile(_MARKS.pattern[:-1] + '"]')

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")
_ALSO_LATIN = frozenset({"sr"})
"""Languages that are printed in Latin letters besides those of their script."""
_RTL_LETTER = re.compile(f"(?=[{_RTL}])[^\\W\\d_]")
_LTR_LETTER = re.compile(f"[^\\W\\d_{_RTL}]")
_RTL_RUN = re.compile(f"[{_RTL}]+(?:[ \u200c\u200d'\"-]*[{_RTL}]+)*")
_LTR_RUN = re.compile(
    f"(?:(?<![0-9])[0-9]+-?)?[^\\W\\d_{_RTL}]"  # a letter, with a number glued before it as in 3D
    f'(?:[^{_RTL}"()«»“”!?;\\[\\]{{}}<>]*[^\\W_{_RTL}%])?'
    r"|(?<![\w.,)])[+±−-][0-9]+(?:[.,][0-9]+)*[%٪‰°]?(?![0-9 ()/-]*[0-9])"  # a number with its sign
    r"|\+[0-9][0-9 ()/-]*[0-9]"  # a telephone number
)


def clean(text: str) -> str:
    """Return text as one line without characters that are no text; letters are never changed."""
    if text.isprintable() and "  " not in text:  # nearly all is, and to see it takes a fifth of the time
        return text.strip(" ")
    return _BLANKS.sub(" ", _DROPPED.sub("", text)).strip(" ")


def shown_offsets(text: str) -> Sequence[int]:
    """Return where each place of a text stands once it is cleaned, counted as scripts count: in UTF-16."""
    cleaned = clean(text)
    if cleaned == text and (text.isascii() or max(text) <= "\uffff"):  # nearly always
        return range(len(text) + 1)
    offsets, at, after_blank = [], 0, True
    for char in text:
        offsets.append(at)
        is_blank = bool(_BLANKS.match(char))
        if not (is_blank and after_blank) and not _DROPPED.match(char):
            at, after_blank = at + (2 if char > "\uffff" else 1), is_blank
    return [*offsets, at]


def encode(text: str) -> str:
    """Return text that stands for itself inside a one-line HTML element of a Markdown page."""
    return _MARKS.sub(_reference, clean(text))


def encode_attribute(text: str) -> str:
    """Return text that stands for itself between double quotes too, in an attribute or in YAML."""
    return _MARKS_AND_DOUBLE_QUOTES.sub(_reference, clean(text))


def _reference(mark: re.Match[str]) -> str:
    return f"&#{ord(mark.group())};"


def isolate(text: str, direction: Direction, foreign: str) -> str:
    """Encode text and set every run of the other direction apart, so that no mark beside it wanders.

    A run is said to be in the language `foreign` if that is written in the run's direction, else in none known.
    """
    text = clean(text)
    run, other = (_RTL_RUN, "rtl") if direction == "ltr" else (_LTR_RUN, "ltr")
    foreign = foreign if _direction_of_language(foreign) == other else ""
    parts, end = [], 0
    for match in run.finditer(text):
        before = _MARKS.sub(_reference, text[end : match.start()])
        tag = tag_in(match.group(), foreign) if foreign or _LETTER.search(match.group()) else ""
        lang = f' lang="{tag}"' if tag else ""
        parts.append(f'{before}<bdi{lang} dir="{other}">{encode(match.group())}</bdi>')
        end = match.end()
    return "".join([*parts, _MARKS.sub(_reference, text[end:])])


def direction(text: str, language: str) -> Direction:
    """Return the direction of a text: that of its language unless its letters say otherwise.

    A sentence of an Arabic article may begin with a Latin name, so its first letter decides nothing; one
    without any Arabic letter is left to right. Where the language is unknown, most letters decide.
    """
    usual = _direction_of_language(language)
    if usual is None:
        return "rtl" if len(_RTL_LETTER.findall(text)) > len(_LTR_LETTER.findall(text)) else "ltr"
    own, other = (_RTL_LETTER, _LTR_LETTER) if usual == "rtl" else (_LTR_LETTER, _RTL_LETTER)
    if own.search(text) or not other.search(text):
        return usual
    return "ltr" if usual == "rtl" else "rtl"


def tag_in(text: str, language: str, foreign: str = "") -> str:
    """Return the tag of the language that a text is in as its letters say (WCAG 2.2, success criterion 3.1.2).

    FBI is not in Chinese, whoever writes it; where it can't be in the `foreign` language either, it is `und`.
    """
    if not (letters := _letters(language)) or letters.search(text) or not _LETTER.search(text):
        return tag_of(language)
    if language in _ALSO_LATIN and _LATIN.search(text):
        return f"{tag_of(language)}-Latn"
    other = _letters(foreign)
    return tag_of(foreign) if other and other.search(text) else "und"


@cache
def _letters(language: str) -> re.Pattern[str] | None:
    """Return a pattern for a letter of a language's script, None where these are not listed."""
    script = language_of(language).script
    letters = script_of(script).letters
    return _LATIN if script == "Latn" else re.compile(rf"(?=[{letters}])[^\W\d_]") if letters else None


@cache
def _direction_of_language(language: str) -> Direction | None:
    listed = LANGUAGES.get(language)
    return listed.direction if listed else None


def web_address(url: str | None) -> str | None:
    """Return an address ready for an `href`, or None where it is not a plain http or https one."""
    address = clean(url or "")
    try:
        parts = urlsplit(address)
        plain = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    host = parts.netloc.replace("[", "", 1).replace("]", "", 1)
    if not plain or _NO_PART_OF_ADDRESS.search(host):
        return None
    start, place = address.split(parts.netloc, maxsplit=1)
    place = _NO_PART_OF_ADDRESS.sub(lambda found: quote(found[0]), place)
    before, hash_, fragment = place.partition("#")
    return encode_attribute(start + parts.netloc + before + hash_ + fragment.replace("#", "%23"))


def path_segment(name: str) -> str:
    """Return a folder's name as it stands in an address."""
    return encode_attribute(quote(name, safe=""))
