"""Generated pages, which are finished HTML: Markdown would return them as they are, having read them twice.

So a page whose checksum holds is taken as it is. A page that a person wrote or edited, or that holds anything
but blocks of HTML, goes through MkDocs as ever.
"""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.utils import meta

_CHECKSUM = re.compile(rb"\A---\nchecksum: ([0-9a-f]{16})\n")
_FRONT_MATTER = re.compile(rb"\A---\n(?:[a-z]+: .+\n)+---\n\n+")
_REDIRECT = re.compile(rb"^redirect: ", re.MULTILINE)
_BLOCK = re.compile(rb"<(aside|div|dl|footer|h[1-6]|header|nav|ol|p|section|ul)[ >]")
"""How a block may begin that ends with its own end tag, and that Markdown takes for a block, too."""
_REWRITTEN = bytes(code for code in range(32) if code != ord("\n"))
"""What Markdown takes out of any text, or replaces."""
_FIELD = re.compile(r'([a-z]+): (["\[{].*)')
_NOT_IN_JSON_AS_IN_YAML = re.compile(
    "[\\\\\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What the two write or read differently; none of it stands in front matter that we write."""


class FinishedPage(NamedTuple):
    """What is known of a finished page."""

    digest: str
    """Hash of all that stands in it."""
    is_redirect: bool


def read_source(file: Path) -> bytes:
    """Return a page without what editors and version control add: a byte order mark, other line ends."""
    return _plain(file.read_bytes())


def _plain(page: bytes) -> bytes:
    return page.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def is_signed(page: bytes) -> bool:
    """Return whether a page is as it was generated: a person wrote or edited any other."""
    plain = _plain(page)
    found = _CHECKSUM.match(plain)
    return found is not None and digest_of(plain)[:16].encode() == found[1]


def source_if_finished(page: bytes) -> FinishedPage | None:
    """Return what is known of a page that is as it was generated, and finished HTML; None of any other."""
    if not is_signed(page):
        return None
    head = _FRONT_MATTER.match(page)
    if not head or len(page.translate(None, _REWRITTEN)) != len(page):
        return None
    if not all(map(_is_html, page[head.end() :].rstrip(b"\n").split(b"\n\n"))):
        return None
    return FinishedPage(digest_of(page), bool(_REDIRECT.search(head[0])))


def digest_of(page: bytes) -> str:
    """Return a hash of a page without its checksum, which is the beginning of it."""
    return hashlib.sha256(_CHECKSUM.sub(b"---\n", page)).hexdigest()


def _is_html(chunk: bytes) -> bool:
    """Return whether text between blank lines is a row of elements, so that Markdown passes it through."""
    at = 0
    while begins := _BLOCK.match(chunk, at):
        at = _end_of(chunk, at, begins[1])
        if at == len(chunk):
            return True
        at += 1 if chunk[at : at + 1] == b"\n" else len(chunk)
    return False


def _end_of(chunk: bytes, at: int, name: bytes) -> int:
    """Return where the element that begins at a place ends; beyond the end of the text if it does not."""
    opened, begin, end = 0, b"<" + name, b"</" + name + b">"
    while (close := chunk.find(end, at)) >= 0:
        opened += chunk.count(begin, at, close) - 1
        at = close + len(end)
        if not opened:
            return at
    return len(chunk) + 1


def parsed(page: bytes) -> tuple[str, dict[str, Any]]:
    """Return a finished page without its front matter, and that, as MkDocs would.

    What we write as values is JSON, which is read five times as fast as YAML.
    """
    text = page.decode()
    head, _, markdown = text.removeprefix("---\n").partition("\n---\n")
    first, *lines = head.split("\n")
    fields = [_FIELD.fullmatch(line) for line in lines]
    checksum = first.removeprefix("checksum: ")
    if checksum.isdigit() or not all(fields) or _NOT_IN_JSON_AS_IN_YAML.search(head):
        return meta.get_data(text)
    values = {field[1]: json.loads(field[2]) for field in fields if field}
    return markdown.lstrip("\n"), {"checksum": checksum, **values}


def content_of(page: bytes) -> bytes:
    """Return what stands below the front matter of a finished page: all that Markdown would make of it."""
    return page.partition(b"\n---\n")[2].strip()


def anchors_in(content: str) -> set[str]:
    """Return what links may lead to within a page."""
    finder = _AnchorFinder()
    finder.feed(content)
    return finder.found


class _AnchorFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {
            value for name, value in attrs if value and (name == "id" or (tag, name) == ("a", "name"))
        }
