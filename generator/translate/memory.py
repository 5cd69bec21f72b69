"""What people already settled: reviewed segments, kept as TMX 1.4b.

The format: Translation Memory eXchange 1.4b (LISA OSCAR, 2005). Files are read and written as streams, so
that their size costs time but no memory beyond the segments themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from generator import __version__
from generator.languages import code_of, tag_of
from generator.languages.normalize import can_be_same, normal_form, writable
from generator.model import UNKNOWN, DigestError
from generator.storage.files import atomic_write

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ORIGIN = "x-origin"
"""The property of a unit that tells a machine's from a person's, by the names of `model.Origin`."""
_NATIVE_CODE = ("bpt", "ept", "it", "ph", "ut", "x", "bx", "ex")
"""Elements of TMX and XLIFF whose content is another program's markup, not text."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A source segment and the target that a person settled."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Memory:
    """The reviewed segments of one language pair."""

    exact: dict[str, str]
    normal: dict[str, tuple[str, ...]]
    """The sources of each normal form."""

    @classmethod
    def of(cls, segments: Iterable[Reviewed]) -> Memory:
        """Build the look-up; of two targets for one source, the later counts."""
        exact = {segment.source: segment.target for segment in segments}
        normal: dict[str, tuple[str, ...]] = {}
        for source in exact:
            form = normal_form(source)
            normal[form] = (*normal.get(form, ()), source)
        return cls(exact, normal)

    def lookup(self, source: str) -> str | None:
        """Return the reviewed target of `source`: an exact match, else one that differs harmlessly.

        Where such sources have several targets, none is given: nobody settled which.
        """
        if source in self.exact:
            return self.exact[source]
        alike = (known for known in self.normal.get(normal_form(source), ()) if can_be_same(known, source))
        targets = {self.exact[known] for known in alike}
        return targets.pop() if len(targets) == 1 else None


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
    for unit in units(stream, name):
        texts = texts_of(unit, name)
        if texts.get(source) and texts.get(target):
            yield Reviewed(texts[source], texts[target])


def units(stream: BinaryIO, name: str) -> Iterator[etree._Element]:
    """Stream the translation units of a TMX file; each is valid until the next is asked for."""
    return (part for part in _parts(stream, name) if part.tag == "tu")


def texts_of(unit: etree._Element, name: str) -> dict[str, str]:
    """Return the text of a translation unit in each of its languages."""
    return {_language(variant): _segment_text(variant, name) for variant in unit.iterfind("tuv")}


def _parts(stream: BinaryIO, name: str) -> Iterator[etree._Element]:
    """Stream the header, the units, and comments and instructions between units."""
    try:
        parts = etree.iterparse(
            stream,
            events=("end", "comment", "pi"),
            tag=("header", "tu"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for event, part in parts:
            parent = part.getparent()
            if event == "end" or (parent is not None and parent.tag == "body"):
                yield part
                while parent is not None and part.getprevious() is not None:
                    del parent[0]
        if parts.root is None or parts.root.tag != "tmx":
            raise DigestError(f"{name}: is not a TMX file; export it as TMX 1.4b")
    except etree.XMLSyntaxError as error:
        raise DigestError(f"{name}: is not well-formed XML ({error.msg}); mend it or restore it") from error


def _language(variant: etree._Element) -> str:
    return code_of(str(variant.get(LANGUAGE) or variant.get("lang") or "")) or UNKNOWN


def _segment_text(variant: etree._Element, name: str) -> str:
    segment = variant.find("seg")
    return "" if segment is None else text_of(segment, name)


def text_of(element: etree._Element, name: str) -> str:
    """Return the text of a segment without other programs' markup; raises `DigestError` for an entity in it."""
    if any(node.tag is etree.Entity for node in element.iter()):
        raise DigestError(f"{name}: a segment uses an XML entity, which is not followed; write the text itself")
    return "".join(_texts(element)).strip()


def _texts(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str) and etree.QName(element).localname not in _NATIVE_CODE:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def save(file: Path, source: str, target: str, segments: Iterable[Reviewed]) -> None:
    """Make a TMX file hold these segments of a pair and no others, atomically.

    A unit whose segments stay the same is kept as it is, with all that other programs put there; of one
    whose target changes only that text is replaced. Other languages, the header and comments are kept too.
    """
    wanted = {segment.source: segment.target for segment in segments}
    if not file.exists():
        with atomic_write(file) as stream:
            write(stream, target, {source: (Reviewed(*pair) for pair in wanted.items())})
        return
    name = str(file)
    with file.open("rb") as old:
        places = {
            texts[source]: place
            for place, unit in enumerate(units(old, name))
            if (texts := texts_of(unit, name)).get(source) and texts.get(target)
        }
    added = [Reviewed(*pair) for pair in wanted.items() if pair[0] not in places]
    with file.open("rb") as old, atomic_write(file) as stream:
        kept = _settled(_parts(old, name), (source, target), wanted, places, name)
        write_units(stream, [source], (make_unit(source, target, each) for each in added), kept)


def _settled(
    parts: Iterable[etree._Element],
    pair: tuple[str, str],
    wanted: Mapping[str, str],
    places: Mapping[str, int],
    name: str,
) -> Iterator[etree._Element]:
    """Return the parts of a file with what changes changed; `places` tells which unit of a source counts."""
    source, target = pair
    place = -1
    for part in parts:
        texts = texts_of(part, name) if part.tag == "tu" else {}
        place += part.tag == "tu"
        if texts.get(source) and texts.get(target):
            variant = [each for each in part.iterfind("tuv") if _language(each) == target][-1]
            text = wanted.get(texts[source])
            if text is None and len(texts) == 2:
                continue
            if text is None:
                part.remove(variant)
            elif text != texts[target] and places[texts[source]] == place:
                _set_text(variant, text)
        yield part


def _set_text(variant: etree._Element, text: str) -> None:
    """Replace the text, and what said who wrote the earlier one."""
    segment = variant.find("seg")
    if segment is not None:
        del segment[:]
        segment.text = writable(text)
    for claim in {"changedate", "changeid"} & set(variant.attrib):
        del variant.attrib[claim]


def write(stream: BinaryIO, target: str, memories: Mapping[str, Iterable[Reviewed]]) -> None:
    """Write the segments of each source language as TMX 1.4b, without a clock in it."""
    made = (make_unit(source, target, each) for source, settled in memories.items() for each in settled)
    write_units(stream, memories, made)


def write_units(
    stream: BinaryIO,
    sources: Collection[str],
    made: Iterable[etree._Element],
    kept: Iterable[etree._Element] = (),
) -> None:
    """Write new units of these source languages, as they come, after the parts of an earlier file."""
    parts = iter(kept)
    first = next(parts, None)
    header = first if first is not None and first.tag == "header" else _header(sources)
    tree = etree.ElementTree(etree.Element("tmx", version="1.4")) if first is None else first.getroottree()
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", tree.getroot().attrib):
            xml.write("\n", header, "\n", with_tail=False)
            with xml.element("body"):
                for part in parts if header is first or first is None else chain([first], parts):
                    xml.write("\n", part, with_tail=False)
                for each in made:
                    xml.write("\n", each)
                xml.write("\n")
            xml.write("\n")
    stream.write(b"\n")


def _header(sources: Collection[str]) -> etree._Element:
    return etree.Element(
        "header",
        {
            "creationtool": "multilingual-digest",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "TMX",
            "adminlang": "en",
            "srclang": tag_of(next(iter(sources))) if len(sources) == 1 else "*all*",
            "datatype": "plaintext",
        },
    )


def make_unit(
    source: str, target: str, segment: Reviewed, identity: str = "", facts: Mapping[str, str] | None = None
) -> etree._Element:
    """Return a translation unit; `facts` become properties, whose names begin with `x-` as our own must."""
    unit = etree.Element("tu", {"tuid": writable(identity)} if identity else {})
    unit.text = "\n  "
    for name, value in (facts or {}).items():
        fact = etree.SubElement(unit, "prop", type=name)
        fact.text, fact.tail = writable(value), "\n  "
    for language, text in ((source, segment.source), (target, segment.target)):
        variant = etree.SubElement(unit, "tuv", {LANGUAGE: tag_of(language)})
        etree.SubElement(variant, "seg").text = writable(text)
        variant.tail = "\n  " if language == source else "\n"
    return unit
