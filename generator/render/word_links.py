"""Which word became which, as an article's page carries it: numbers that a script lights words by.

An attribute of the sentence holds them, so that the page stays plain to read and to edit. They count in the
units in which scripts count, and start with a sum of the translation: by that a script sees that somebody
corrected the sentence since, and leaves its words alone.
"""

from __future__ import annotations

from zlib import crc32

from generator.model import Segment
from generator.render.escape import clean, shown_offsets


def word_links(segment: Segment) -> str:
    """Return the sum of a translation and, for each link, gap, length, shift and length; nothing without links.

    The gap leads from the end of the last link's word in the target, the shift from that in the source; it is
    negative where the order of words changes. So numbers stay small, and compress to 4 bytes a link.
    """
    if not segment.links or not segment.target:
        return ""
    in_source, in_target = shown_offsets(segment.source), shown_offsets(segment.target)
    numbers: list[int] = []
    source_at = target_at = 0
    for link in segment.links:
        start, end = in_source[link.start], in_source[link.end]
        target_start, target_end = in_target[link.target_start], in_target[link.target_end]
        numbers += (target_start - target_at, target_end - target_start, start - source_at, end - start)
        source_at, target_at = end, target_end
    return " ".join([f"{crc32(clean(segment.target).encode()) & 0xFFFF:x}", *map(str, numbers)])
