"""What people already settled: reviewed segments, kept as TMX 1.4b.

The format: Translation Memory eXchange 1.4b (LISA OSCAR, 2005). Files are read and written as streams, so
that their size costs time but no memory beyond the segments themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from generator import __version__
from generator.files import replacing
from generator.model import DigestError

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NATIVE_CODE = ("bpt", "ept", "it", "ph", "ut")
"""TMX elements whose content is another program's markup, not text."""

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f]")
_FOLD = str.maketrans("أإآٱىیک“”„«»‘’", "ااااييك" + '"' * 5 + "'" * 2)
_SPACED = re.compile(r"""\s*(["'،؛؟.,;:!?()])\s*|\s+""")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A source segment and the target that a person settled."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Memory:
    """The reviewed segments of one language pair."""

    exact: dict[str, str]
    normal: dict[str, str]

    @classmethod
    def of(cls, segments: Iterable[Reviewed]) -> Memory:
        """Build the look-up; of two targets for one source, the later counts."""
        exact = {segment.source: segment.target for segment in segments}
        return cls(exact, {normal_form(source): target for source, target in exact.items()})

    def lookup(self, source: str) -> str | None:
        """Give the reviewed target of `source`: an exact match, else one that differs harmlessly."""
        found = self.exact.get(source)
        return found if found is not None else self.normal.get(normal_form(source))


def normal_form(text: str) -> str:
    """Give `text` without what editors and scrapers vary: spacing, quotes, diacritics, alef and ya forms."""
    folded = _MARKS.sub("", text).translate(_FOLD)
    return _SPACED.sub(lambda match: match[1] or " ", folded).strip()


def file_of(folder: Path, source: str, target: str) -> Path:
    """Name the TMX file of a language pair."""
    return folder / f"{source}-{target}.tmx"


def load(folder: Path, source: str, target: str) -> Memory:
    """Read the memory of a pair; empty where there is none.

    Raises `DigestError` for a file that is no TMX.
    """
    file = file_of(folder, source, target)
    if not file.exists():
        return Memory({}, {})
    try:
        with file.open("rb") as stream:
            return Memory.of(read(stream, source, target, str(file)))
    except OSError as error:
        raise DigestError(f"{file}: cannot be read ({error.strerror}); make it readable") from error


def read(stream: BinaryIO, source: str, target: str, name: str) -> Iterator[Reviewed]:
    """Stream the segments of a pair out of a TMX file called `name`, without following any entity."""
    try:
        units = etree.iterparse(
            stream, tag="tu", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for _, unit in units:
            texts = {_primary(variant): _segment_text(variant, name) for variant in unit.iterfind("tuv")}
            if texts.get(source) and texts.get(target):
                yield Reviewed(texts[source], texts[target])
            unit.clear()
            while unit.getprevious() is not None:
                del unit.getparent()[0]
        if units.root is None or units.root.tag != "tmx":
            raise DigestError(f"{name}: is not a TMX file; export it as TMX 1.4b")
    except etree.XMLSyntaxError as error:
        raise DigestError(f"{name}: is not well-formed XML ({error.msg}); mend it or restore it") from error


def _primary(variant: etree._Element) -> str:
    tag = variant.get(_LANGUAGE) or variant.get("lang") or ""
    return str(tag).split("-")[0].lower()


def _segment_text(variant: etree._Element, name: str) -> str:
    segment = variant.find("seg")
    if segment is None:
        return ""
    if any(node.tag is etree.Entity for node in segment.iter()):
        raise DigestError(
            f"{name}: a segment uses an XML entity, which is not followed; write the text itself"
        )
    return "".join(_texts(segment)).strip()


def _texts(element: etree._Element) -> Iterator[str]:
    if element.tag not in _NATIVE_CODE:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def save(file: Path, source: str, target: str, segments: Iterable[Reviewed]) -> None:
    """Write a TMX file atomically, one segment after the other."""
    with replacing(file) as stream:
        write(stream, source, target, segments)


def write(stream: BinaryIO, source: str, target: str, segments: Iterable[Reviewed]) -> None:
    """Write the segments of a pair as TMX 1.4b, without a clock in it."""
    header = {
        "creationtool": "multilingual-digest",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "TMX",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", version="1.4"):
            xml.write("\n", etree.Element("header", header), "\n")
            with xml.element("body"):
                for segment in segments:
                    xml.write("\n", _unit(source, target, segment))
                xml.write("\n")
            xml.write("\n")
    stream.write(b"\n")


def _unit(source: str, target: str, segment: Reviewed) -> etree._Element:
    unit = etree.Element("tu")
    unit.text = "\n  "
    for language, text in ((source, segment.source), (target, segment.target)):
        variant = etree.SubElement(unit, "tuv", {_LANGUAGE: language})
        etree.SubElement(variant, "seg").text = text
        variant.tail = "\n  " if language == source else "\n"
    return unit
