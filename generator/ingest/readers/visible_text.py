"""Markup → the text that a reader sees: what is hidden or deleted left out, what marks say written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from generator.languages.normalize import writable
from generator.languages.scripts import EAST_ASIAN

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr item lb li list main nav ol p pre quote row "
    "section summary table tbody tfoot thead tr ul".split()
)
"""Elements that end a paragraph; also those of the same meaning in what trafilatura extracts."""
LINKS = frozenset(("a", "ref"))
CELLS = frozenset(("td", "th", "cell"))
LONGEST_ROW = 200
"""Characters; what is longer in a table is no row of data but the layout of a page."""
SILENT = frozenset(
    "audio button canvas del embed form iframe input math noembed noframes noscript object option rp rt s "
    "script select strike style svg template textarea title video".split()
)
"""Elements whose content is no running text, or no longer."""
_EMPTIED = "emptied"
"""What elements are called that must go."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?)(?:$|\s)", re.I)
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡]{1,2})[\])]?")
_BREAK = re.compile(rf"(?<=[{EAST_ASIAN}])[ \t\r]*\n\s*(?=[{EAST_ASIAN}])")
_BREAK_AT_END = re.compile(rf"(?<=[{EAST_ASIAN}])[ \t\r]*\n\s*$")
_BREAK_AT_START = re.compile(rf"^[ \t\r]*\n\s*(?=[{EAST_ASIAN}])")
QUOTES = {
    **dict.fromkeys("ja zh-tw zh-hk zh-hant".split(), ("「", "」", "『", "』")),
    **dict.fromkeys("de cs sk sl bg et lt is".split(), ("„", "“", "‚", "‘")),
    **dict.fromkeys("fr ru uk es it pt el no nb fa hy".split(), ("«", "»", "“", "”")),
    **dict.fromkeys("pl ro hu hr".split(), ("„", "”", "«", "»")),
    **dict.fromkeys("sv fi".split(), ("”", "”", "’", "’")),
}
"""By the tag of a language: the marks of the element q, and of one within another; elsewhere English ones."""


def make_plain(root: etree._Element) -> None:
    """Take out of an element, in place, what is not seen, and write out as text what its marks mean.

    These are quotation marks of `q`, raised and lowered digits. Line ends between Chinese or Japanese
    characters go, as in the segment break transformation of CSS Text 3. What is hidden and holds a third of the
    text is shown by a script as soon as the page is there.
    """
    sizes = _sizes(root)
    for element in list(root.iterdescendants()):
        whole = 3 * sizes[element] > sizes[root]
        if not whole and (is_silent(element) or _is_note_mark(element) or _is_caption(element)):
            empty(element)
        elif whole:
            if element.tag in SILENT:  # old programs put all into a form
                element.tag = "div"
            for name in {"hidden", "style", "aria-hidden"} & set(element.attrib):
                del element.attrib[name]
    etree.strip_elements(root, _EMPTIED, with_tail=False)
    for element in list(root.iterdescendants("q", "sup", "sub")):
        if element.tag == "q":
            _quote(element)
        elif not len(element) and element.text:
            table = RAISED if element.tag == "sup" else LOWERED
            if all(ord(char) in table for char in element.text.strip()):
                element.text = element.text.strip().translate(table)  # all are in the table
    etree.strip_tags(root, "q", "sup", "sub", "ins")
    for stretch in _stretches_of_slots(root):
        _join_lines(stretch)


def _sizes(root: etree._Element) -> dict[etree._Element, int]:
    """Return how many characters each element holds, but for what is never text."""
    sizes: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        inner = sum(sizes[child] + len((child.tail or "").strip()) for child in element)
        is_text = element.tag == "form" or element.tag not in SILENT
        sizes[element] = len((element.text or "").strip()) + inner if is_text else 0
    return sizes


def pictures_in(root: etree._Element) -> int:
    """Return how many pictures are shown in an element; none that only measure or decorate."""
    shown = set()
    for picture in root.iter("img", "amp-img"):
        source = picture.get("data-src") or picture.get("src") or picture.get("srcset") or ""
        sides = [picture.get(side, "") for side in ("width", "height")]
        small = any(re.fullmatch(r"\d{1,2}(px)?", side) for side in sides)
        if source and not small and not source.startswith("data:"):
            shown.add(source)
    return len(shown)


def empty(element: etree._Element) -> None:
    """Take out of an element all that is in it, and let `make_plain` take it out of its parent.

    All at once: to join what follows each with what stands before takes time by the square of their number.
    """
    del element[:]
    element.tag = _EMPTIED


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text between the bounds of blocks."""

    text: str
    element: etree._Element
    """The innermost block that it begins in."""
    linked: int
    """How many of its characters are links."""


def paragraphs_of_html(root: etree._Element) -> tuple[str, ...]:
    """Return the visible text of an element, a string for each stretch between the bounds of blocks."""
    return tuple(block.text for block in blocks_of(root))


def blocks_of(root: etree._Element) -> Iterator[Block]:
    """Return the stretches of visible text in an element that hold any."""
    for element, stretch in _stretches(root):
        text = _line(text for text, _ in stretch)
        if text:
            yield Block(text, element, len(_line(text for text, is_linked in stretch if is_linked)))


def _line(texts: Iterable[str]) -> str:
    return " ".join(re.split(r"[ \t\n\r\f]+", "".join(texts))).strip()


def is_silent(element: etree._Element) -> bool:
    """Return whether nothing of an element is seen."""
    return (
        element.tag in SILENT
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(HIDDEN.search(element.get("style", "")))
        or bool(HIDDEN_CLASS.search(element.get("class", "")))
    )


def _is_note_mark(element: etree._Element) -> bool:
    """Return whether an element leads to a note, or back from it."""
    if element.get("role") in ("doc-noteref", "doc-backlink") or "footnote-" in element.get("class", ""):
        return element.tag in ("a", "sup")
    links = [element] if element.tag == "a" else list(element.iter("a"))
    inside = any(each.tag == "sup" for each in (element, element.getparent()) if each is not None)
    leads = any("#" in link.get("href", "") for link in links)
    return inside and leads and bool(NOTE_MARK.fullmatch("".join(map(str, element.itertext())).strip()))


def _is_caption(element: etree._Element) -> bool:
    """Return whether an element says what is seen in a picture, which is not there."""
    if "wp-caption-text" in element.get("class", ""):
        return True
    parent = element.getparent()
    return element.tag == "figcaption" and parent is not None and parent.find(".//img") is not None


def _quote(element: etree._Element) -> None:
    language = next(filter(None, (each.get("lang") for each in (element, *element.iterancestors()))), "")
    tag = language.lower().replace("_", "-")
    marks = QUOTES.get(tag) or QUOTES.get(tag.split("-")[0]) or ("“", "”", "‘", "’")
    first, last = marks[2:] if next(element.iterancestors("q"), None) is not None else marks[:2]
    element.text = first + writable(element.text or "")
    if len(element):
        element[-1].tail = writable(element[-1].tail or "") + last
    else:
        element.text += last


Slot = tuple[etree._Element, str]
"""An element and which of its texts: `text` or `tail`."""


def _stretches_of_slots(root: etree._Element) -> Iterator[list[Slot]]:
    """Return the places of text between the bounds of blocks; nothing of what is set as it is written."""
    stretch: list[Slot] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if element.tag in BLOCKS or element.tag in CELLS:
            yield stretch
            stretch = []
        if event == "end" and element is not root:
            stretch.append((element, "tail"))
        elif event == "start" and element.tag == "pre":
            walker.skip_subtree()
        elif event == "start":
            stretch.append((element, "text"))
    yield stretch


def _join_lines(stretch: list[Slot]) -> None:
    filled = [slot for slot in stretch if getattr(*slot)]
    for number, slot in enumerate(filled):
        text = before = getattr(*slot)
        if "\n" in text:
            text = _BREAK.sub("", text)
            following = getattr(*filled[number + 1]).lstrip()[:1] if number + 1 < len(filled) else ""
            leading = getattr(*filled[number - 1])[-1:] if number else ""
            if re.match(f"[{EAST_ASIAN}]", following):
                text = _BREAK_AT_END.sub("", text)
            if re.match(f"[{EAST_ASIAN}]", leading):
                text = _BREAK_AT_START.sub("", text)
            if text != before:
                setattr(*slot, writable(text))


def _stretches(root: etree._Element) -> Iterator[tuple[etree._Element, list[tuple[str, bool]]]]:
    """Return each stretch with the block it is in: its texts, and whether they are links."""
    stretch: list[tuple[str, bool]] = []
    inside, links, is_data = [root], 0, False
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        is_block = element.tag in BLOCKS
        if element.tag in ("tr", "row"):
            is_data = event == "start" and _is_data(element)
        if is_block or (element.tag in CELLS and not is_data):
            yield inside[-1], stretch
            stretch = []
        elif element.tag in CELLS and event == "start" and any(text.strip() for text, _ in stretch):
            stretch.append((" | ", False))
        if event == "end":
            links -= leads_away(element)
            if is_block and element is not root:
                inside.pop()
            stretch.append(((element is not root and element.tail) or "", links > 0))
            continue
        links += leads_away(element)
        if is_block and element is not root:
            inside.append(element)
        if is_silent(element):
            walker.skip_subtree()
        else:
            stretch.append((element.text or "", links > 0))
    yield root, stretch


def leads_away(element: etree._Element) -> bool:
    """Return whether an element is a link to another page."""
    return element.tag in LINKS and not element.get("href", "").startswith("#")


def _is_data(row: etree._Element) -> bool:
    """Return whether a row of a table is to be read as one line."""
    length = 0
    for element in row.iterdescendants():
        length += len(element.text or "") + len(element.tail or "")
        if element.tag in BLOCKS or length > LONGEST_ROW:
            return False
    return True
