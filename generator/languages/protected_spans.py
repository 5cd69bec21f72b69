"""What no translation may change: addresses, placeholders, code, emoji, and words quoted in Latin letters.

Kept once, since translating, checking and counting words must agree on it. Every pattern begins at a mark or at
the edge of a run of ASCII characters and is bounded, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from generator.languages import language_of
from generator.languages.scripts import COMBINING_MARKS, UNSPACED_LETTERS, script_of

SpanKind = Literal["address", "code", "emoji", "latin"]
"""address: a URL, e-mail, handle or hashtag. code: a placeholder, markup, what belongs to a program.
latin: words in Latin letters amid another script."""


@dataclass(frozen=True, slots=True)
class ProtectedSpan:
    """A stretch of a text that must stay as it is."""

    start: int
    end: int
    kind: SpanKind
    text: str


_FOREIGN_PART = rf"(?<=[/=&?#.+~-])(?![{UNSPACED_LETTERS}]{{9}})[^\W\x00-\x7f]\w*"
"""Letters in an address that are not ASCII: nine and more of a script without blanks are the next words."""
_URL = (
    r"(?:(?:https?|ftp)://|(?<![A-Za-z0-9.])www\.)"
    rf"(?:[A-Za-z0-9À-ɏḀ-ỿ\-._~:/?#\[\]@!$&'()*+,;=%]|{_FOREIGN_PART})+"
)
_COUNTRIES = "ae|br|ch|cn|cz|de|eg|eu|fr|gr|hk|hu|ir|jp|kr|mx|nl|pl|ru|sa|th|tr|tv|tw|ua|uk|vn|dev|app"
"""Ends of names of sites, without common words, as they follow where a blank is missing behind a stop."""
_SITE = (
    rf"(?<![A-Za-z0-9._%+@-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,4}}(?:(?:com|org|net|edu|gov|info|int|io)(?:\.[a-z]{{2}})?"
    rf"|(?:ac|co|com|go|gov|or|org)\.[a-z]{{2}}|{_COUNTRIES})(?![A-Za-z0-9])"
    rf"(?::\d{{2,5}})?(?:/(?:[A-Za-z0-9À-ɏḀ-ỿ\-._~/?#@&+=%]|{_FOREIGN_PART})*)?"
    r"|(?<![A-Za-z0-9_.-])(?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,4}/[A-Za-z0-9][A-Za-z0-9\-._~/?#@&+=%]*"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,3}(?:рф|рус|укр|бел|срб)(?!\w)(?:/[\w\-._~/?#&+=%]*)?"
    r"|(?<![A-Za-z0-9_.:])(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5}|/\d{1,2}|/[a-z][\w/.-]*)"
)
"""Of a site without its scheme: by the end of its name, a path behind it, in Cyrillic; a machine's number."""
_MAILBOX = rf"[^\W{UNSPACED_LETTERS}]"
_EMAIL = (
    rf"(?<![\w.%+-])(?:{_MAILBOX}|[.%+-]){{1,64}}@(?:(?:{_MAILBOX}|-){{1,63}}\.){{1,5}}(?:(?!\d){_MAILBOX}){{2,24}}"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}"
)
_OWN_NAME = rf"(?![{UNSPACED_LETTERS}]{{16}})\w[\w{COMBINING_MARKS}]{{1,60}}(?![\w{COMBINING_MARKS}])"
"""Of a handle or hashtag: all letters up to a blank or a mark, and of a script without blanks not too many."""
_PARTICLE = (
    "(?=[\uac00-\ud7af\u3041-\u309f上在的说說是称稱与與和被对對将將于於里裡也就都写寫发發后後等及向把从從])"
)
"""Beside a handle in Latin letters, of Korean and Japanese, and what Chinese goes on with behind a name."""
_HANDLE = (
    rf"(?<![A-Za-z0-9_.@/])@(?:[A-Za-z0-9_]{{2,30}}{_PARTICLE}"
    rf"|[A-Za-z0-9_.]{{1,30}}@(?:[\w-]{{1,63}}\.){{1,4}}[a-z]{{2,24}}|{_OWN_NAME})"
)
_ASCII_HANDLE = r"(?<![A-Za-z0-9_.@/])@[A-Za-z0-9_]{2,30}"
_HASHTAG = rf"#[^\s#]{{1,30}}#|(?<![A-Za-z0-9_&/#])#(?=\w{{0,60}}?[^\W\d])(?:{_OWN_NAME}|[A-Za-z0-9_]{{2,60}})"

_PLACEHOLDER = (
    r"\{\{[^{}\n]{1,60}\}\}|\$?\{[A-Za-z0-9_.:-]{0,40}\}|%\([A-Za-z_]\w{0,40}\)[sdf]|%[A-Za-z_]\w{1,30}%"
    r"|(?<![\d%])%(?:\d{1,2}\$)?[-+0#]{0,3}\d{0,3}(?:\.\d{1,3})?(?:ll?|hh?)?[sdifuxXcgG@](?![A-Za-z])"
)
_MARKUP = r"</?[A-Za-z][A-Za-z0-9:-]{0,40}(?:\s[^<>\n]{0,300})?/?>"
_PROGRAM = (
    r"`{1,3}[^`\n]{1,200}`{1,3}|(?<![A-Za-z0-9_])(?:[A-Za-z][A-Za-z0-9]{0,60}(?:_[A-Za-z0-9]{1,60}){1,10}(?:\.[a-z0-9]{1,5})?"
    r"|[A-Za-z0-9-]{1,60}\.(?:csv|css|docx?|exe|html?|jpe?g|js|json|md|mp[34]|pdf|png|py|sh|txt|xlsx?|ya?ml|zip)"
    r"|[A-Za-z_][A-Za-z0-9_.]{0,60}\(\)|--[a-z][a-z0-9-]{1,30})(?![A-Za-z0-9_])"
    r"|(?<![\w$])\$[A-Z_]{3,30}(?![A-Za-z0-9_])|(?<![\w.])[A-Z]:\\[\w.\\-]{1,200}"
    r"|(?<![\w.~/])(?:(?:~|\.{1,2})/|/(?:bin|dev|etc|home|lib|mnt|opt|proc|root|srv|sys|tmp|usr|var)/)"
    r"[A-Za-z0-9._/-]{1,200}"
)

_PICTURE = (
    "(?:[0-9#*]\ufe0f?\u20e3|[\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u25b6\u25c0\u2600-\u27bf\u2934\u2935\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff])"
)
_SELECTED = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u24c2\u25aa\u25ab\u25fb-\u25fe\u3030\u303d\u3297"
    "\u3299]\ufe0f"
)
"""Signs that are pictures where a selector says so: ™ is none."""
_PICTURE = f"(?:{_PICTURE}|{_SELECTED})"
_EMOJI = f"{_PICTURE}(?:[\ufe0f\u200d\U000e0020-\U000e007f]|{_PICTURE})*"

_LATIN_WORD = r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-z0-9À-ɏḀ-ỿ]{0,60}(?:['’.&+/-]?[A-Za-z0-9À-ɏḀ-ỿ]{1,60}){0,9}\+{0,2}"
_LATIN = rf"(?<![A-Za-z0-9À-ɏḀ-ỿ]){_LATIN_WORD}(?: {_LATIN_WORD}){{0,9}}"

_ALWAYS = (
    f"(?P<address>{_EMAIL}|{_URL}|{_SITE}|{_HANDLE}|{_ASCII_HANDLE}|{_HASHTAG})"
    f"|(?P<code>{_MARKUP}|{_PROGRAM}|{_PLACEHOLDER})|(?P<emoji>{_EMOJI})"
)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what is protected in a language; Latin letters only where it writes others."""
    quotes_latin = script_of(language_of(language).script).letters
    return re.compile(f"{_ALWAYS}|(?P<latin>{_LATIN})" if quotes_latin else _ALWAYS)


def protected_spans(text: str, language: str) -> list[ProtectedSpan]:
    """Return the protected stretches of a text in a language, in order."""
    spans = []
    for found in _pattern(language).finditer(text):
        kind: SpanKind = found.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        kept = _without_closing_marks(found[0]) if kind == "address" else found[0]
        if kind != "latin" or len(kept) > 1:
            spans.append(ProtectedSpan(found.start(), found.start() + len(kept), kind, kept))
    return spans


def _without_closing_marks(address: str) -> str:
    """Leave out the marks of the sentence around an address; a bracket that it opened itself is its own."""
    while address[-1] in ".,;:!?'*" or (address[-1] in ")]" and address.count("(") < address.count(")")):
        address = address[:-1]
    return address


def has_words(text: str, language: str) -> bool:
    """Return whether there is anything in a text to translate: a letter outside of what is protected.

    Latin letters amid another script are words where more than three stand together, else a name.
    """
    rest, place = "", 0
    for span in protected_spans(text, language):
        if span.kind != "latin" or span.text.count(" ") < 3:
            rest += text[place : span.start]
            place = span.end
    return any(map(str.isalpha, rest + text[place:]))
