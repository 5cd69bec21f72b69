"""A page → the blocks of its article: what trafilatura finds, held against the structure of the page.

trafilatura drops lists beside plain paragraphs and glues short pages into one; it keeps teasers, notices and
bylines that stand among paragraphs. So its findings are looked up in the page: what stands between them and
reads like text is added, and what the page itself marks as something else is left out.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree, html

from generator.ingest.readers.visible_text import Block, blocks_of, paragraphs_of_html, pictures_in
from generator.ingest.titles import letters_of

SHORTEST_FOUND = 250
"""Letters; below that trafilatura falls back on the text of the whole page."""
ASIDE = frozenset("aside nav footer form fieldset menu dialog address figcaption".split())
"""Elements that are no part of a text that they stand in."""
CALLED_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|relate[ds]?|teasers?|newsletters?|promo\w*|recommend\w*|recirc\w*|shar(?:e|es|ing)|social\w*|"
    r"comments?|subscri\w+|sign-?up|most-?read|read-?more|read-?also|see-?also|also-?read|sidebar|"
    r"breadcrumbs?|byline|authors?|author-?(?:info|bio|box)|tags?|advert\w*|ads?|sponsor\w*|outbrain|taboola|"
    r"cookies?|consent|captions?|credits?|copyright|disclaimer|toolbar|widgets?|popular|trending|meta|metadata|"
    r"gallery|footer|nav|navigation|menu|toc|poll|quiz|donat\w+|membership|wp-caption-text|sharedaddy|"
    r"jp-relatedposts|affiliate|shopping|product-?box|timestamp|date|dateline|kicker|overline|topline)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and names that a page gives to what is none of the article."""
INNER = frozenset("li dd dt item ul ol dl list tr td th tbody thead tfoot table".split())
LEAST_BESIDE = 2
"""How many blocks that trafilatura found must have the parent of one that it did not, for that to be added."""
MOST_REPEATED = 2
"""A line that stands in a page more often is a notice."""
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 head".split())
SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:;；：][\"'”»’」』)）\]]*$")
CONTAINERS = (
    "//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]",
    "//article",
    "//main|//*[@role='main']",
    "//body",
)
"""What holds an article, the surest first; counts where there is only one with text."""


Weights = Counter[etree._Element]
"""How many of the letters found are in an element."""


def pictures_beside(blocks: Sequence[Block]) -> int:
    """Return how many pictures stand in what holds the blocks of an article."""
    if not blocks:
        return 0
    weights = _weights([(block.element, len(block.text)) for block in blocks])
    return pictures_in(_holder(weights, sum(len(block.text) for block in blocks)))


def article_blocks(root: html.HtmlElement) -> list[Block]:
    """Return the blocks of a page's article; of a page where none is found all that is seen."""
    body = _found(root)
    blocks = list(blocks_of(root))
    found = [letters_of(text) for text in paragraphs_of_html(body)] if body is not None else []
    if sum(map(len, found)) >= SHORTEST_FOUND:
        kept = _looked_up(blocks, found)
        if kept:
            return kept
        assert body is not None  # noqa: S101 - it holds what was found
        return list(blocks_of(body))
    return _of_short_page(root, blocks) or (list(blocks_of(body)) if body is not None else []) or blocks


def _found(root: html.HtmlElement) -> etree._Element | None:
    """Return the body of the article that trafilatura finds."""
    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        found = trafilatura.bare_extraction(deepcopy(root), include_comments=False, with_metadata=False)
    except Exception:  # whatever a hostile page sets off in there: the plain way is left
        found = None
    return getattr(found, "body", None)


def _looked_up(blocks: Sequence[Block], found: Sequence[str]) -> list[Block]:
    """Return the blocks between the first and the last one found that are text; none if they differ."""
    counts, whole = Counter(found), "\n".join(found)
    tests = 500
    taken: list[int] = []
    for number, block in enumerate(blocks):
        letters = letters_of(block.text)
        if counts[letters] > 0:
            counts[letters] -= 1
            taken.append(number)
        elif len(letters) >= 25 and tests and (tests := tests - 1) and letters in whole:
            taken.append(number)
    sizes = {number: len(letters_of(blocks[number].text)) for number in taken}
    if 10 * sum(sizes.values()) < 9 * sum(map(len, found)):
        return []
    weights = _weights([(blocks[number].element, size) for number, size in sizes.items()])
    known, total = set(taken), sum(sizes.values())
    apart = _apart(blocks[taken[0]].element.getroottree().getroot(), weights, total)
    parents = Counter(_place(blocks[number]).getparent() for number in taken)
    repeated = Counter(blocks[number].text for number in taken)
    kept = []
    for number in range(taken[0], taken[-1] + 1):
        block = blocks[number]
        if block.element in apart or repeated[block.text] > MOST_REPEATED:
            continue
        if number in known:
            reads = not _is_teaser(block)
        else:
            reads = parents[_place(block).getparent()] >= LEAST_BESIDE and _reads(block)
        if reads:
            kept.append(block)
    last_is_heading = kept and kept[-1].element.tag in HEADINGS  # and nothing follows it
    return kept[:-1] if last_is_heading else kept


def _place(block: Block) -> etree._Element:
    """Return what stands for a block among its siblings: of an item its list, of a cell its table."""
    element = block.element
    while element.tag in INNER and (parent := element.getparent()) is not None:
        element = parent
    return element


def _weights(found: Sequence[tuple[etree._Element, int]]) -> Weights:
    """Return how much of the text found each element holds."""
    weights: Weights = Counter()
    for element, size in found:
        weights[element] += size
    for element in reversed(list(found[0][0].getroottree().iter())):
        parent = element.getparent()
        if parent is not None and element in weights:
            weights[parent] += weights[element]
    return weights


def _holder(weights: Weights, total: int) -> etree._Element:
    """Return the innermost element that holds nine tenths of the text found."""
    holder = next(iter(weights)).getroottree().getroot()
    while (inner := next((child for child in holder if 10 * weights[child] >= 9 * total), None)) is not None:
        holder = inner
    return holder


def _apart(top: etree._Element, weights: Weights, total: int) -> set[etree._Element]:
    """Return the elements of parts within an element that the page marks as something else.

    A part that holds a third of the text is none, whatever it is called, nor are many of one class that do.
    """
    named: Counter[str] = Counter()
    for element, weight in weights.items():
        named[element.get("class", "")] += weight
    named[""] = 0
    apart: set[etree._Element] = set()
    for element in top.iterdescendants():
        names = element.get("class", "")
        if element.getparent() in apart or (
            3 * max(weights[element], named[names]) < total
            and (element.tag in ASIDE or CALLED_ASIDE.search(f"{names} {element.get('id', '')}"))
        ):
            apart.add(element)
    return apart


def _is_teaser(block: Block) -> bool:
    """Return whether a block is a mere link to something else."""
    return block.linked >= 0.8 * len(block.text) and not block.text.endswith((".", "。", "।", "۔"))


def _reads(block: Block) -> bool:
    """Return whether a block reads like text."""
    if block.linked > 0.5 * len(block.text):
        return False
    is_part = block.element.tag in HEADINGS or block.element.tag in INNER or block.element.tag == "blockquote"
    return is_part or len(block.text) >= 80 or bool(SENTENCE_END.search(block.text))


def _of_short_page(root: html.HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    """Return the text in what holds a short page's article, from its headline on."""
    for path in CONTAINERS:
        holders = [each for each in root.xpath(path) if "".join(each.itertext()).strip()]
        if len(holders) != 1:
            continue
        holder = holders[0]
        within = set(holder.iter())
        inside = [block for block in blocks if block.element in within]
        tops = [number for number, block in enumerate(inside) if block.element.tag == "h1"]
        texts = inside[tops[0] + 1 :] if len(tops) == 1 else inside
        apart = _apart(holder, Counter(), 1)
        for header in holder.iter("header"):
            apart.update(header.iter())
        texts = [block for block in texts if block.linked <= 0.5 * len(block.text)]
        kept = [block for block in texts if block.element not in apart]
        if kept:
            return kept
    return []
