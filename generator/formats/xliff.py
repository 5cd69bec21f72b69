"""XLIFF 1.2 (OASIS, 2008), the version that both OmegaT and Weblate read, written and read as streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from generator.formats import ImportedSegment
from generator.formats.tmx import ARTICLE, segment_text
from generator.languages import code_of, tag_of
from generator.languages.normalize import writable
from generator.model import UNKNOWN, DigestError

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_READ = ("urn:oasis:names:tc:xliff:document:1.1", _NAMESPACE)
"""Versions whose segments read the same; translate-toolkit writes 1.1."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNED = ("signed-off", "final")
_UNREAD = tuple(
    "leveraged-mt fuzzy-match rejected-grammar rejected-inaccurate rejected-length rejected-spelling".split()
)
"""What programs say of a target that is a machine's, or of another source, and that nobody looked at."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """The reviewed translation of a similar source."""

    source: str
    target: str
    percent: int
    """How similar."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment to be written."""

    id: str
    source: str
    target: str | None
    settled: bool
    """Whether a person settled the target; else it is a machine's suggestion."""
    note: str = ""
    alternatives: tuple[Alternative, ...] = ()
    article: str = ""
    """The slug of the only article that the target holds in."""


@dataclass(frozen=True, slots=True)
class File:
    """The segments of one document in one language."""

    name: str
    source_language: str
    target_language: str
    units: Iterable[Unit]


def write_xliff(stream: BinaryIO, files: Iterable[File]) -> None:
    """Write files as XLIFF 1.2.

    A suggestion has the state needs-translation, which Weblate shows as to be edited; it takes every
    needs-review-… for done.
    """
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("xliff", nsmap={None: _NAMESPACE}, version="1.2"):
            for file in files:
                attributes = {
                    "original": writable(file.name),
                    "source-language": tag_of(file.source_language),
                    "target-language": tag_of(file.target_language),
                    "datatype": "plaintext",
                }
                xml.write("\n")
                with xml.element("file", attributes), xml.element("body"):
                    for unit in file.units:
                        xml.write("\n", _element(unit))
                    xml.write("\n")
            xml.write("\n")
    stream.write(b"\n")


def _element(unit: Unit) -> etree._Element:
    approved = "yes" if unit.settled else "no"
    element = etree.Element("trans-unit", {"id": unit.id, "approved": approved, _SPACE: "preserve"})
    _add(element, "source", unit.source)
    if unit.target is not None:
        suggestion = {"state": "needs-translation", "state-qualifier": "mt-suggestion"}
        _add(element, "target", unit.target, {"state": "final"} if unit.settled else suggestion)
    if unit.article:
        group = etree.SubElement(element, "context-group", purpose="match")
        _add(group, "context", unit.article, {"context-type": ARTICLE})
    if unit.note:  # what the digest says of a suggestion is no one's note on a translation
        _add(element, "note", unit.note, {} if unit.settled else {"from": "digest"})
    for alternative in unit.alternatives:
        quality = {"match-quality": f"{alternative.percent}%", "origin": "memory"}
        match = etree.SubElement(element, "alt-trans", quality)
        _add(match, "source", alternative.source)
        _add(match, "target", alternative.target)
    return element


def _add(parent: etree._Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    etree.SubElement(parent, name, attributes or {}).text = writable(text)


def read_xliff(stream: BinaryIO, name: str) -> Iterator[ImportedSegment]:
    """Stream the translated segments of an XLIFF 1.2 file called `name`, without following any entity.

    Raises `DigestError` for any other file.
    """
    try:
        units = etree.iterparse(
            stream,
            tag="{*}trans-unit",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, unit in units:
            segment = _segment(unit, name)
            if segment:
                yield segment
            while unit.getprevious() is not None:  # free what was read
                del unit.getparent()[0]
        if units.root is None or units.root.tag not in [f"{{{namespace}}}xliff" for namespace in _READ]:
            raise DigestError(f"{name}: is not an XLIFF 1.2 file; export it as XLIFF 1.2")
    except etree.XMLSyntaxError as error:
        raise DigestError(f"{name}: is not well-formed XML ({error.msg}); export it again") from error


def _segment(unit: etree._Element, name: str) -> ImportedSegment | None:
    """Return what a unit holds; None where nothing is translated or is to be."""
    source, target = unit.find("{*}source"), unit.find("{*}target")
    if source is None or target is None or unit.get("translate") == "no":
        return None
    texts = segment_text(source, name), segment_text(target, name)
    file = next(unit.iterancestors("{*}file"), None)
    if not all(texts) or file is None:
        return None
    state = target.get("state", "")
    signed = not state.startswith(("needs-", "new")) and (unit.get("approved") == "yes" or state in _SIGNED)
    return ImportedSegment(
        code_of(str(file.get("source-language", ""))) or UNKNOWN,
        code_of(str(file.get("target-language", ""))) or UNKNOWN,
        *texts,
        confirmed=signed or (state == "translated" and target.get("state-qualifier") not in _UNREAD),
        signed=signed,
        suggested=target.get("state-qualifier") == "mt-suggestion",
        article=(unit.findtext(f".//{{*}}context[@context-type='{ARTICLE}']") or "").strip(),
        notes=tuple(
            note.text for note in unit.iterfind("{*}note") if note.text and note.get("from") != "digest"
        ),
        stateless=not state and not signed,
    )
