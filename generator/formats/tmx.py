"""TMX 1.4b (LISA OSCAR, 2005), the format in which translation memories are kept and exchanged.

Every unit that is written here is one line. So a change is one line in a diff, git merges two people's work
line by line, and a large memory is read as quickly as text. A file in another layout is turned into such lines
as it is read. Files are streams: their size costs time, but no memory beyond the segments themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import BinaryIO, NamedTuple, cast

from lxml import etree

from generator import __version__
from generator.formats import ImportedSegment, quoted
from generator.languages import code_of, tag_of
from generator.languages.normalize import writable
from generator.model import UNKNOWN, DigestError

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ORIGIN = "x-origin"
"""The property of a unit that tells a machine's from a person's, by the names of `model.Origin`."""
ARTICLE = "x-article"
"""The property of a unit whose target holds in one article alone: the article's slug."""
SENTENCE = "x-sentence"
"""The property of a unit of the TMX that a site offers: its place in the article."""
_CLAIMS = ("changeid", "changedate", "creationid", "creationdate")
"""Who wrote a text, and when."""
_UNCONFIRMED = {
    ORIGIN: {"machine", "draft", "none", "mt", "nmt", "machinetranslation", "adaptivemt"},
    "x-confirmationlevel": {"draft", "unspecified", "rejectedtranslation", "rejectedsignoff"},
}
"""Properties by which a unit says that no person stands for it: our own, and those of Trados Studio."""
_STATE = re.compile(r"(?:.*[-:_. ])?(?:status|state|approved|confirmed|reviewed|validated)")
"""What other programs call the property that says how far a unit is, MateCat x-MateCAT-status for one."""
_OPEN = frozenset(
    "new draft untranslated unconfirmed unapproved unreviewed rejected fuzzy mt pretranslated pre-translated "
    "needs-translation needs-review needs_review needs-l10n no false 0 machine".split()
)
_MACHINES = frozenset(
    "mt mt! nmt machinetranslation googletranslate googlemt googlecloudtranslation deepl deeplapi "
    "deepltranslate deepltranslator modernmt microsofttranslator bingtranslator amazontranslate awstranslate "
    "yandextranslate libretranslate argostranslate systran lingvanex pretranslation pretranslate".split()
)
"""Authors that are no person, without blanks: as programs sign what a machine translated; M. T. is one."""
_NATIVE_CODE = ("bpt", "ept", "it", "ph", "ut", "x", "bx", "ex")
"""Elements of TMX and XLIFF whose content is another program's markup, not text."""

_PROLOG = (
    b"<?xml version='1.0' encoding='utf-8'?>",
    b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
    b'<tmx version="1.4">',
)
_OWN_LINE = re.compile(rb"(?:<tu[ >].*</tu>|<header.*(?:/>|</header>)|<!--.*-->|</?body>|</tmx>)?\r?\n?")
_TEXT = "([^<&\x00-\x1f\ufffe\uffff]*)"
_PLAIN_UNIT = re.compile(
    f'<tu>(?:<prop type="{ARTICLE}">{_TEXT}</prop>)?<tuv xml:lang="([^"<&]*)"><seg>{_TEXT}</seg></tuv>'
    rf'<tuv xml:lang="([^"<&]*)"((?: \w+="[^"<&]*")*)><seg>{_TEXT}</seg></tuv></tu>'
)
"""A unit as most are, which need no XML parser."""
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

Line = tuple[int, str]
"""A unit, header or comment on one line, and the number of the line where it began in its file."""


class StoredUnit(NamedTuple):
    """A unit as a memory looks it up."""

    source: str
    target: str
    article: str = ""
    """The slug of the only article that it holds in."""
    name: str = ""
    """Who wrote the target."""
    date: str = ""
    """When, as TMX writes it: 20261127T083500Z."""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target to be written, with what is known of its making."""

    text: str
    claims: Mapping[str, str] = field(default_factory=dict)
    """Attributes of TMX: changeid, changedate, creationid, creationdate."""
    notes: tuple[str, ...] = ()
    is_ours: bool = False
    """Whether it was written in this digest and just now, not in another program before."""


def read_tmx(stream: BinaryIO, source: str, target: str, name: str) -> Iterator[StoredUnit]:
    """Stream the confirmed units of a language pair out of a TMX file called `name`.

    No entity is followed. Raises `DigestError` for a file that is no TMX or in which git left a conflict, and
    where two targets of one source, or two texts of one language in a unit, leave open which of them counts.
    """
    return (unit for _, unit in stored_units(tmx_lines(stream, name), (source, target), name) if unit)


def stored_units(
    lines: Iterable[Line], pair: tuple[str, str], name: str
) -> Iterator[tuple[str, StoredUnit | None]]:
    """Return each line and its unit, None where it has no confirmed one of this pair; raise as `read_tmx`."""
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for number, line in lines:
        unit = stored_unit(line, pair, f"{name}: line {number}") if line.startswith("<tu") else None
        if unit:
            first, known = seen.setdefault((unit.source, unit.article), (number, unit.target))
            if known != unit.target:
                article = f" in the article {unit.article}" if unit.article else ""
                raise DigestError(
                    f"{name}: lines {first} and {number} give {quoted(unit.source)} two translations{article}: "
                    f"{quoted(known)} and {quoted(unit.target)}; delete one of them"
                )
        yield line, unit


def stored_unit(line: str, pair: tuple[str, str], place: str) -> StoredUnit | None:
    """Return the unit on a line, None where it is no confirmed one of this pair."""
    plain = _PLAIN_UNIT.fullmatch(line)
    if plain and (_code(plain[2]), _code(plain[4])) == pair:
        claims = dict(_ATTRIBUTE.findall(plain[5]))
        texts = {pair[0]: plain[3].strip(), pair[1]: plain[6].strip()}
        article, confirmed = (plain[1] or "").strip(), not _is_machine(_author(claims))
    else:
        unit = parsed_unit(line, place)
        texts = unit_texts(unit, place)
        claims, confirmed = _claims(unit, pair[1]), _is_confirmed(unit, pair[1])
        article = _article(unit)
    if not (confirmed and texts.get(pair[0]) and texts.get(pair[1])):
        return None
    date = claims.get("changedate") or claims.get("creationdate", "")
    return StoredUnit(texts[pair[0]], texts[pair[1]], article, _author(claims), date)


def _is_confirmed(unit: etree._Element, target: str) -> bool:
    """Return whether nothing says that a unit is a draft or a machine's."""
    said = ((prop.get("type", "").lower(), (prop.text or "").strip().lower()) for prop in unit.iterfind("prop"))
    return not _is_machine(_author(_claims(unit, target))) and not any(
        value in (_OPEN if _STATE.fullmatch(kind) else _UNCONFIRMED.get(kind, ())) for kind, value in said
    )


def _is_machine(author: str) -> bool:
    return re.sub(r"[\s_-]+", "", author.casefold()) in _MACHINES


def _claims(unit: etree._Element, target: str) -> dict[str, str]:
    """Return who wrote a unit's text in a language, and when."""
    holders = [*(variant for variant in unit.iterfind("tuv") if _language(variant) == target), unit]
    return {
        claim: str(value)
        for claim in _CLAIMS
        if (value := next((holder.get(claim) for holder in holders if holder.get(claim)), None))
    }


def _author(claims: Mapping[str, str]) -> str:
    return claims.get("changeid") or claims.get("creationid", "")


def notes_of(unit: etree._Element) -> tuple[str, ...]:
    """Return what people wrote beside a unit."""
    return tuple(text for note in unit.iterfind("note") if (text := (note.text or "").strip()))


def _article(unit: etree._Element) -> str:
    if unit.find(f"prop[@type='{SENTENCE}']") is not None:  # there the article says only where it was found
        return ""
    return (unit.findtext(f"prop[@type='{ARTICLE}']") or "").strip()


def imported_from_tmx(
    stream: BinaryIO, name: str, target: str, refuse: Callable[[str], None]
) -> Iterator[ImportedSegment]:
    """Stream a segment for each source language of each unit, and what the file says of its making.

    A unit in which two texts of one language contradict each other is handed to `refuse` as a line.
    """
    srclang, by_omegat = UNKNOWN, False
    for number, line in tmx_lines(stream, name):
        place = f"{name}: line {number}"
        if line.startswith("<header"):
            header = parsed_unit(line, place)
            srclang, by_omegat = _code(header.get("srclang", "")), header.get("creationtool") == "OmegaT"
        if not line.startswith("<tu"):
            continue
        unit = parsed_unit(line, place)
        try:
            texts = unit_texts(unit, place)
        except DigestError as error:
            refuse(str(error))
            continue
        own = texts.pop(target, "")
        claims = _claims(unit, target)
        signed = any(each.get(claim) for each in (unit, *unit.iterfind("tuv")) for claim in _CLAIMS[::2])
        for language, source in texts.items():
            if source:
                yield ImportedSegment(
                    language, target if own else "", source, own, _is_confirmed(unit, target), signed,
                    suggested=by_omegat, article=_article(unit), claims=claims, notes=notes_of(unit),
                    pivot=len(texts) > 1 and language != _code(unit.get("srclang") or srclang),
                )  # fmt: skip


def unit_texts(unit: etree._Element, place: str) -> dict[str, str]:
    """Return the text of a translation unit in each of its languages.

    Raises `DigestError` that begins with `place` where a language has two texts.
    """
    texts: dict[str, str] = {}
    for variant in unit.iterfind("tuv"):
        segment = variant.find("seg")
        language, text = _language(variant), "" if segment is None else segment_text(segment, place)
        if texts.setdefault(language, text) != text and language != UNKNOWN:
            raise DigestError(
                f"{place} has two texts in {language}, {quoted(texts[language])} and {quoted(text)}; "
                "make two units of it, or delete one text"
            )
    return texts


def tmx_lines(stream: BinaryIO, name: str) -> Iterator[Line]:
    """Stream the header, the units, and comments and instructions between units, each as one line.

    Raises `DigestError` for a file that is no TMX, and one in which git left a conflict.
    """
    is_own = _is_own_layout(stream, name)
    stream.seek(0)
    if not is_own:
        yield from ((cast(int, part.sourceline), _one_line(part, name)) for part in _parts(stream, name))
        return
    for number, line in enumerate(stream, 1):
        if line.startswith((b"<tu", b"<header", b"<!--")):
            try:
                yield number, line.decode().rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise DigestError(f"{name}: line {number} is not in UTF-8; mend it or restore it") from error


def _is_own_layout(stream: BinaryIO, name: str) -> bool:
    is_own, last = True, b""
    for number, line in enumerate(stream, 1):
        if line.startswith((b"<<<<<<<", b">>>>>>>")):
            raise DigestError(
                f"{name}: line {number} is a conflict that git left; choose what counts and delete the marks"
            )
        if number <= len(_PROLOG):
            is_own = is_own and line.rstrip() == _PROLOG[number - 1]
        else:
            is_own = is_own and _OWN_LINE.fullmatch(line) is not None and line.count(b"</tu>") <= 1
        last = line.strip() or last
    return is_own and last == b"</tmx>"


def _parts(stream: BinaryIO, name: str) -> Iterator[etree._Element]:
    """Stream the same parts of a file in any layout; each is valid until the next is asked for."""
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


def parsed_unit(line: str, place: str) -> etree._Element:
    """Return a line as an element; raises `DigestError` that begins with `place` where it is none."""
    try:
        return etree.fromstring(line, _PARSER)
    except etree.XMLSyntaxError as error:
        raise DigestError(f"{place}: is not well-formed XML ({error.msg}); mend it or restore it") from error


def _one_line(part: etree._Element, name: str = "") -> str:
    """Return an element, comment or instruction on one line, without the blanks that only lay it out."""
    for node in part.iter():
        if node.tag is etree.Entity:
            raise DigestError(
                f"{name}: line {part.sourceline} uses an XML entity, which is not followed; write its text"
            )
        if not isinstance(node.tag, str):
            node.text = " ".join((node.text or "").split("\n"))
        elif node.tag in ("header", "tu", "tuv"):
            node.text = (node.text or "").strip() or None
            for child in node:
                child.tail = (child.tail or "").strip() or None
    # In a text, a line end is written as a reference; in tags the writer sees to that.
    return etree.tostring(part, encoding="unicode", with_tail=False).replace("\n", "&#10;")


def _language(variant: etree._Element) -> str:
    return _code(str(variant.get(LANGUAGE) or variant.get("lang") or ""))


@lru_cache(maxsize=256)
def _code(tag: str) -> str:
    return code_of(tag) or UNKNOWN


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


def revise_tmx(
    lines: Iterable[Line],
    pair: tuple[str, str],
    changes: Iterable[tuple[tuple[str, str], NewTarget | None]],
    name: str,
) -> tuple[list[str], list[str]]:
    """Return the lines of a TMX file called `name` with changed targets, sorted, and the lines that gave way.

    Each of `changes` is a source with the article that its target holds in, if any, and the target; None takes
    the unit out. All else that a unit holds is kept, other languages, too. Where nothing changes, there are no
    lines.
    """
    new = {(stored_text(source), article): target for (source, article), target in changes}
    missing = {key: target for key, target in new.items() if target}
    found: dict[str, tuple[str, str]] = {}
    replaced: list[str] = []
    for line, unit in stored_units(lines, pair, name):
        key = (unit.source, unit.article) if unit else _rank(line, pair[0], name)
        kept: str | None = line
        if unit and key in new:
            missing.pop(key, None)
            target = new[key]
            if target is None or stored_text(target.text) != unit.target:
                replaced.append(line)
                kept = _with_target(line, pair[1], target, name)
        if kept:
            found[kept] = key
    if not missing and not replaced:
        return [], []
    for (source, article), target in missing.items():
        facts = {ARTICLE: article} if article else {}
        unit_made = make_unit({pair[0]: source, pair[1]: target.text}, facts=facts, notes=target.notes)
        claims = dict(target.claims)
        if target.is_ours:  # who changed it also created it
            claims |= {claim.replace("change", "creation"): said for claim, said in target.claims.items()}
        _sign(unit_made[-1], claims)
        found[_one_line(unit_made)] = (source, article)
    return sorted(found, key=lambda line: (not line.startswith("<header"), found[line], line)), replaced


def stored_text(text: str) -> str:
    """Return a text as it can be read again from a TMX file."""
    return writable(text).strip()


def _rank(line: str, source: str, name: str) -> tuple[str, str]:
    """Return what a line without a unit of the pair is sorted by; header and comments come first."""
    if not line.startswith("<tu"):
        return ("", "")
    unit = parsed_unit(line, name)
    texts = unit_texts(unit, name)
    return (texts.get(source) or next(iter(texts.values()), ""), _article(unit))


def _with_target(line: str, language: str, new: NewTarget | None, name: str) -> str | None:
    """Return a unit's line with another target, or without any; None where too little is left of it."""
    unit = parsed_unit(line, name)
    variants = [each for each in unit.iterfind("tuv") if _language(each) == language]
    if new is None:
        for variant in variants:
            unit.remove(variant)
        return _one_line(unit) if len(unit_texts(unit, name)) > 1 else None
    for variant in variants:
        segment = variant.find("seg")
        if segment is None:
            segment = etree.SubElement(variant, "seg")
        del segment[:]
        segment.text = writable(new.text)
        for claim in {"changedate", "changeid"} & set(variant.attrib):
            del variant.attrib[claim]
        _sign(variant, new.claims)
    known = {note.text for note in unit.iterfind("note")}
    for text in reversed(new.notes):
        if text not in known:
            note = etree.Element("note")
            note.text = writable(text)
            unit.insert(0, note)
    return _one_line(unit)


def _sign(variant: etree._Element, claims: Mapping[str, str]) -> None:
    for claim, value in sorted(claims.items()):
        variant.set(claim, writable(value))


def write_lines(stream: BinaryIO, lines: Iterable[str], sources: Collection[str] = ()) -> None:
    """Write a TMX file of lines, its header first; without one, a header for these source languages is made."""
    rest = iter(lines)
    first = next(rest, None)
    has_header = first is not None and first.startswith("<header")
    body = rest if first is None or has_header else chain([first], rest)
    header = first if first is not None and has_header else _one_line(_header(sources))
    for line in chain((part.decode() for part in _PROLOG), [header, "<body>"], body, ["</body>", "</tmx>"]):
        stream.write(f"{line}\n".encode())


def write_units(stream: BinaryIO, units: Iterable[etree._Element]) -> None:
    """Write units of any languages in the order in which they come."""
    write_lines(stream, map(_one_line, units))


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
    texts: Mapping[str, str],
    identity: str = "",
    facts: Mapping[str, str] | None = None,
    notes: Iterable[str] = (),
) -> etree._Element:
    """Return a translation unit of texts by their languages, the source first.

    `facts` become properties, whose names begin with `x-` as our own must.
    """
    unit = etree.Element("tu", {"tuid": writable(identity)} if identity else {})
    for note in notes:
        etree.SubElement(unit, "note").text = writable(note)
    for name, value in (facts or {}).items():
        etree.SubElement(unit, "prop", type=name).text = writable(value)
    for language, text in texts.items():
        variant = etree.SubElement(unit, "tuv", {LANGUAGE: tag_of(language)})
        etree.SubElement(variant, "seg").text = writable(text)
    return unit
