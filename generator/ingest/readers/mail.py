"""Messages (.eml) and pages as Chrome saves them (.mhtml), which are messages too → raw articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from generator.ingest.decode import decode_bytes
from generator.ingest.raw_article import RawArticle, Unreadable
from generator.ingest.readers.html import read_fragment, read_html
from generator.ingest.readers.text import paragraphs_of
from generator.ingest.titles import without_title

LARGEST_MESSAGE = 32 * 2**20
"""Bytes, with pictures and attachments."""
MOST_LEVELS = 100
"""Parts that have parts: each line of a message is held against all around it."""
LONGEST_HEADER = 2_000
FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|antw|tr|rv|rif|enc)\s?:\s*)+", re.IGNORECASE)
"""What programs put before a subject that somebody answers or passes on."""


def read_mhtml(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a saved page: the first HTML among its parts, as a page that was saved alone, with its address."""
    message = _message(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Unreadable("holds no page; save it again as .html")
    url = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    for raw in read_html(_payload(page), charset or page.get_content_charset()):
        yield RawArticle(raw.paragraphs, {"url": url, **raw.fields}, changes=raw.changes, pictures=raw.pictures)


def read_eml(data: bytes, charset: str | None) -> Iterable[RawArticle]:
    """Read a message: subject, sender and date, and its text as HTML, or else plain; no attachments."""
    message = _message(data)
    inline = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    kinds = {part.get_content_type(): part for part in reversed(inline)}
    body = kinds.get("text/html") or kinds.get("text/plain")
    if body is None:
        raise Unreadable("is a message without text; save its attachment by itself")
    decoded = decode_bytes(_payload(body), charset or body.get_content_charset())
    is_html = body.get_content_type() == "text/html"
    paragraphs, pictures = read_fragment(decoded.text) if is_html else (_plain(decoded.text, body), 0)
    name, address = parseaddr(_header(message, "From"))
    title = FORWARDED.sub("", _header(message, "Subject"))
    fields = {"title": title, "author": name or address, "published": _header(message, "Date")}
    shown = without_title(paragraphs, title)
    return [RawArticle(shown, fields, changes=decoded.changes, pictures=pictures)]


def _plain(text: str, part: Message) -> tuple[str, ...]:
    """Return the paragraphs of a plain message: lines that flow on joined (RFC 3676), without the signature."""
    text = re.split(r"^-- $", text.replace("\r\n", "\n"), maxsplit=1, flags=re.MULTILINE)[0]
    if str(part.get_param("format", "")).lower() == "flowed":
        gone = str(part.get_param("delsp", "")).lower() == "yes"
        text = text.replace(" \n", "" if gone else " ")
    return paragraphs_of(text)[0]


def _message(data: bytes) -> Message:
    if len(data) > LARGEST_MESSAGE:
        limit = f"{LARGEST_MESSAGE // 2**20} MB"
        raise Unreadable(f"is too large for a message (over {limit}); save its text as .txt")
    if data.lower().count(b"multipart/") > MOST_LEVELS:
        raise Unreadable("is nested too deeply for a message; save its text as .txt")
    message = message_from_bytes(data)
    if not message.keys():
        raise Unreadable("is no message; give it the suffix of what it is")
    return message


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: Message, name: str) -> str:
    """Return a header as one line, decoded if it can be."""
    raw = str(message.get(name, ""))[:LONGEST_HEADER]
    with suppress(ValueError, LookupError, MessageError):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split())
