"""TMX 1.4b (LISA OSCAR, 2005), the format in which translation memories are kept and exchanged.

Files are read and written as streams, so that their size costs time but no memory beyond the segments
themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from generator import __version__
from generator.formats import ImportedSegment
from generator.languages import code_of, tag_of
from generator.languages.normalize import writable
from generator.model import UNKNOWN, DigestError

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ORIGIN = "x-origin"
"""The property of a unit that tells a machine's from a person's, by the names of `model.Origin`."""
_NATIVE_CODE = ("bpt", "ept", "it", "ph", "ut", "x", "bx", "ex")
"""Elements of TMX and XLIFF whose content is another program's markup, not text."""


def read_tmx(stream: BinaryIO, source: str, target: str, name: str) -> Iterator[tuple[str, str]]:
    """Stream the sources and targets of a language pair out of a TMX file called `name`.

    No entity is followed. Raises `DigestError` for a file that is no TMX, like all that read here.
    """
    for unit in translation_units(stream, name):
        texts = unit_texts(unit, name)
        if texts.get(source) and texts.get(target):
            yield texts[source], texts[target]


def imported_from_tmx(stream: BinaryIO, name: str, target: str) -> Iterator[ImportedSegment]:
    """Stream a segment for each source language of each unit, and what the file says of its making."""
    for unit in translation_units(stream, name):
        texts = unit_texts(unit, name)
        own = texts.pop(target, "")
        header = unit.getroottree().find("header")
        by_omegat = header is not None and header.get("creationtool") == "OmegaT"
        elements = (unit, *unit.iterfind("tuv"))
        signed = any(element.get(claim) for element in elements for claim in ("changeid", "creationid"))
        by_person = unit.findtext(f"prop[@type='{ORIGIN}']") != "machine"
        for language, source in texts.items():
            if source:
                yield ImportedSegment(
                    language, target if own else "", source, own, by_person, signed, suggested=by_omegat
                )


def translation_units(stream: BinaryIO, name: str) -> Iterator[etree._Element]:
    """Stream the translation units of a TMX file; each is valid until the next is asked for."""
    return (part for part in _parts(stream, name) if part.tag == "tu")


def unit_texts(unit: etree._Element, name: str) -> dict[str, str]:
    """Return the text of a translation unit in each of its languages."""
    texts = {}
    for variant in unit.iterfind("tuv"):
        segment = variant.find("seg")
        texts[_language(variant)] = "" if segment is None else segment_text(segment, name)
    return texts


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
                while parent is not None and part.getprevious() is not None:  # free what was read
                    del parent[0]
        if parts.root is None or parts.root.tag != "tmx":
            raise DigestError(f"{name}: is not a TMX file; export it as TMX 1.4b")
    except etree.XMLSyntaxError as error:
        raise DigestError(f"{name}: is not well-formed XML ({error.msg}); mend it or restore it") from error


def _language(variant: etree._Element) -> str:
    return code_of(str(variant.get(LANGUAGE) or variant.get("lang") or "")) or UNKNOWN


def segment_text(element: etree._Element, name: str) -> str:
    """Return the text of a segment without other programs' markup, in TMX and in XLIFF.

    Raises `DigestError` for an entity in it.
    """
    if any(node.tag is etree.Entity for node in element.iter()):
        raise DigestError(f"{name}: a segment uses an XML entity, which is not followed; write the text itself")
    return "".join(_texts(element)).strip()


def _texts(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str) and etree.QName(element).localname not in _NATIVE_CODE:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def write_tmx(stream: BinaryIO, target: str, memories: Mapping[str, Mapping[str, str]]) -> None:
    """Write the targets of the sources of each source language, without a clock in it."""
    made = (
        make_unit({language: source, target: text})
        for language, segments in memories.items()
        for source, text in segments.items()
    )
    write_units(stream, memories, made)


def write_changed_tmx(stream: BinaryIO, old: Path, source: str, target: str, wanted: Mapping[str, str]) -> None:
    """Write the TMX file `old` as it is, but with these segments of a pair and no others.

    A unit whose segments stay the same is kept with all that other programs put there; of one whose target
    changes only that text is replaced. Other languages, the header and comments are kept too.
    """
    name = str(old)
    with old.open("rb") as file:  # of several units for one source the last counts
        places = {
            texts[source]: place
            for place, unit in enumerate(translation_units(file, name))
            if (texts := unit_texts(unit, name)).get(source) and texts.get(target)
        }
    added = (make_unit({source: each, target: text}) for each, text in wanted.items() if each not in places)
    with old.open("rb") as file:
        write_units(stream, [source], added, _changed_parts(file, name, (source, target), wanted, places))


def _changed_parts(
    file: BinaryIO, name: str, pair: tuple[str, str], wanted: Mapping[str, str], places: Mapping[str, int]
) -> Iterator[etree._Element]:
    """Return the parts of a file with what changes changed; `places` tells which unit of a source counts."""
    source, target = pair
    place = -1
    for part in _parts(file, name):
        texts = unit_texts(part, name) if part.tag == "tu" else {}
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
    texts: Mapping[str, str], identity: str = "", facts: Mapping[str, str] | None = None
) -> etree._Element:
    """Return a translation unit of texts by their languages, the source first.

    `facts` become properties, whose names begin with `x-` as our own must.
    """
    unit = etree.Element("tu", {"tuid": writable(identity)} if identity else {})
    unit.text = "\n  "
    for name, value in (facts or {}).items():
        fact = etree.SubElement(unit, "prop", type=name)
        fact.text, fact.tail = writable(value), "\n  "
    for language, text in texts.items():
        variant = etree.SubElement(unit, "tuv", {LANGUAGE: tag_of(language)})
        etree.SubElement(variant, "seg").text = writable(text)
        variant.tail = "\n  "
    unit[-1].tail = "\n"
    return unit
