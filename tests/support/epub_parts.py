"""The parts of a book, found the way reading systems find them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

X = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}


def documents(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Return every part that is XML, parsed as strictly as any reading system does."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                yield name, etree.fromstring(parts.read(name), etree.XMLParser(resolve_entities=False))


def chapters(content: bytes) -> list[etree._Element]:
    """Return the chapters in the order that the book says to read them in, found the way readers find them."""
    found = dict(documents(content))
    (root,) = found["META-INF/container.xml"].xpath("//c:rootfile/@full-path", namespaces=X)
    items = {item.get("id"): item for item in found[root].iterfind(".//opf:item", X)}
    order = [items[ref.get("idref")] for ref in found[root].iterfind(".//opf:itemref", X)]
    return [found[item.get("href")] for item in order if item.get("properties") != "nav"]


def text(element: etree._Element) -> str:
    return "".join(element.itertext())
