"""Bytes → text, by the surest sign: a byte order mark, the declared charset, UTF-8, then a detector."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from unicodedata import category

from generator.ingest.raw_article import Unreadable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the little-endian mark of one begins with that of the other."""

LEGACY = {
    **{f"cp{page}": f"windows-{page}" for page in (874, *range(1250, 1259))},
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in (2, 5, 6, 7, 8, 15)},
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "euc_jis_2004": "euc-jp",
    "iso2022_jp_2": "iso-2022-jp",
    "cp949": "euc-kr",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "cp866": "ibm866",
}
"""Python's codecs and the public names of the older encodings that the web's standard knows for the languages
read here. Offered these alone, the detector names 99.3 % of 1,990 texts right instead of 98.5 %."""

SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_jp": "euc_jis_2004",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_2",
}
"""What is meant by a declared charset: browsers read the larger one too."""

NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes of no text in an encoding that extends ASCII; escape (1B) begins the shifts of ISO-2022-JP."""

SURROGATES = "surrogates joined or replaced"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what had to be done to get it."""

    text: str
    changes: tuple[str, ...] = ()


def decode_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of a file; `declared` is the charset that its metadata names.

    Raises `Unreadable` for bytes that are no text in any encoding tried.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            marked = _lenient(data[len(mark) :], encoding)
            return Decoded(marked.text, ("byte order mark removed", *marked.changes))
    encoding = codec_of(declared) if declared else ""
    if encoding and (text := _strict(data, encoding)) is not None:
        return Decoded(text, _decoded_from(encoding))
    utf8 = _as_utf8(data)
    if utf8 and encoding == "utf-8":
        return utf8
    found = utf8 or _guess(data)
    misfit = (f"declared charset {declared[:40]!a} does not fit",) if declared else ()
    return Decoded(found.text, (*misfit, *found.changes))


def codec_of(label: str) -> str:
    """Return the codec for a charset's name; empty for one not known here.

    Not every codec of Python will do: some are no charsets, and some take quadratic time.
    """
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    name = SUPERSETS.get(name, name)
    return name if name in LEGACY or name in ("utf-8", "utf-16", "utf-16-le", "utf-16-be") else ""


def _guess(data: bytes) -> Decoded:
    """Decode what is neither as declared nor UTF-8; raises `Unreadable`."""
    encoding = utf16_without_mark(data) or (detect(data) if not NOT_TEXT.search(data) else "")
    if encoding:
        return _lenient(data, encoding)
    if data.startswith(b"%PDF-"):
        raise Unreadable("is a PDF; save its text as .txt, .html or .docx")
    if data.startswith(b"PK\x03\x04"):
        raise Unreadable("is a zip archive or office document; give it its own suffix or unpack it")
    raise Unreadable(
        "is no text, or in no encoding known here; save it as UTF-8 or name its charset in a sidecar"
    )


def _as_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8 with damage in one character in twenty at most; legacy encodings form hardly any of it.

    Not UTF-16 of ASCII, every other byte NUL; not ISO-2022-JP, shifted by escapes; not a binary file, full of
    controls.
    """
    if b"\x1b$" in data or data.count(0) * 4 > len(data) or len(NOT_TEXT.findall(data)) > 4 + len(data) // 100:
        return None
    found = _lenient(data, "utf-8")
    bad = found.text.count("\ufffd") if found.changes else 0
    return found if bad == 0 or sum(char > "\x7f" for char in found.text) > 20 * bad else None


def detect(data: bytes) -> str:
    """Return the codec of bytes in a legacy encoding; empty for none.

    By chardet: of 1,990 headlines, sentences and articles in 33 languages it names 99.3 % right, and all
    84 Arabic ones; charset-normalizer names 69.6 % right, and 74 of the Arabic ones.
    """
    import chardet

    return chardet.detect(data, compat_names=False, include_encodings=LEGACY)["encoding"] or ""


def utf16_without_mark(data: bytes) -> str:
    """Return the codec of UTF-16 without a byte order mark; empty for anything else.

    Only UTF-16 has control bytes, and read in the wrong order it soon gives unassigned characters. Where it
    does not, the high bytes are those with fewer values. Right for 99.8 % of 2,532 texts in 59 languages.
    """
    if len(data) % 2 or not NOT_TEXT.search(data):
        return ""
    fitting = []
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        text = _strict(data, encoding)
        if text and not any(category(char) in ("Cn", "Co", "Cc") and char not in "\t\n\r\f" for char in text):
            fitting.append((len(set(data[high::2])), encoding))
    return min(fitting)[1] if fitting else ""


def join_surrogates(text: str) -> str:
    """Return text with pairs of surrogates made one character, and unpaired ones replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _strict(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError:
        return None


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Decode with a replacement character for what does not fit; encoded surrogates are read as meant."""
    changes = _decoded_from(encoding)
    if (text := _strict(data, encoding)) is not None:
        return Decoded(text, changes)
    if encoding.startswith("utf-") and (text := _strict(data, encoding, "surrogatepass")) is not None:
        return Decoded(join_surrogates(text), (*changes, SURROGATES))
    return Decoded(data.decode(encoding, "replace"), (*changes, "undecodable bytes replaced"))


def _decoded_from(encoding: str) -> tuple[str, ...]:
    return () if encoding == "utf-8" else (f"decoded from {LEGACY.get(encoding, encoding)}",)
