"""What a translation must not change goes around the model: short stand-ins go through it instead.

Models copy `X1` almost always: of 13 spans in ten sentences zh→en all came back; of other stand-ins that were
tried `$1` 11, `<1>` 3, `{1}` and `ZZ1ZZ` none. Emoji at either end never go in.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from generator.languages.protected_spans import ProtectedSpan, SpanKind, protected_spans

UNREAD: frozenset[SpanKind] = frozenset({"address", "code", "emoji"})
"""What no model reads."""
UNTOUCHED: frozenset[SpanKind] = UNREAD | {"latin"}
"""Names in Latin letters tell a model much, so that it reads them first; where it loses one, not again."""

MOST = 50
"""Spans of a sentence; one with more is no sentence, and would take long."""

_LETTERS = "XQKVWZ"
_END = re.compile(r"[\s.!?…。！？؟।\"”»')\]]+$")


@dataclass(frozen=True, slots=True)
class Shielded:
    """A source as a model may read it."""

    text: str
    stand_ins: tuple[tuple[str, str], ...] = ()
    """Each with what it stands for."""
    before: str = ""
    after: str = ""
    """Emoji from the beginning and from the end."""

    def restored(self, target: str) -> str:
        """Return a translation of `text` with the source's own words where stand-ins are."""
        for name, kept in self.stand_ins:
            head, *tails = re.split(rf"(?i)(?<!\d){name}(?!\d)", target)
            if not tails:
                head, *tails = self._place_of(name, kept, target)
            for tail in tails:
                head = _apart(head, kept, tail) + tail
            target = head
        return " ".join(filter(None, (self.before, target, self.after)))

    def _place_of(self, name: str, kept: str, target: str) -> tuple[str, ...]:
        """Cut a target that lost a stand-in where it must stand; nowhere if that is amid words.

        What begins or ends the source does so in the target, and an emoji ends it from wherever it was.
        """
        before, after = self.text.split(name, maxsplit=1)
        if target and not any(map(str.isalnum, before)):
            return "", f" {target}"
        if target and (not any(map(str.isalnum, after)) or not re.search(r"[\w\x20-\x7e]", kept)):
            end = len(_END.sub("", target))
            return f"{target[:end]} ", target[end:]
        return (target,)


def shielded(
    text: str, language: str, kinds: Collection[SpanKind] = UNREAD, strange: Collection[str] = ()
) -> Shielded:
    """Return a source with stand-ins for what is protected in it, and without emoji at its ends.

    `strange` are letters for which there must be stand-ins as well.
    """
    spans = [span for span in protected_spans(text, language) if span.kind in kinds]
    if strange:
        found = re.finditer("|".join(map(re.escape, strange)), text)
        extra = [ProtectedSpan(each.start(), each.end(), "latin", each[0]) for each in found]
        taken = {place for span in spans for place in range(span.start, span.end)}
        spans += [span for span in extra if span.start not in taken]
        spans.sort(key=lambda span: span.start)
    letter = next((each for each in _LETTERS if not re.search(rf"(?i){each}\d", text)), None)
    if not spans or letter is None or len(spans) > MOST:
        return Shielded(text)
    start, end = _without_emoji_at_ends(text, spans)
    inner, place = "", start
    stand_ins: list[tuple[str, str]] = []
    for span in spans:
        if start <= span.start < end:
            name = f"{letter}{len(stand_ins) + 1}"
            stand_ins.append((name, span.text))
            inner = _apart(inner + text[place : span.start], name, text[span.end : end])
            place = span.end
    return Shielded(inner + text[place:end], tuple(stand_ins), text[:start].strip(), text[end:].strip())


def _without_emoji_at_ends(text: str, spans: list[ProtectedSpan]) -> tuple[int, int]:
    """Return where a text begins and ends without the emoji at its ends."""
    start, end = 0, len(text)
    emoji = [span for span in spans if span.kind == "emoji"]
    for span in emoji:
        if text[start : span.start].strip():
            break
        start = span.end
    for span in reversed(emoji):
        if span.start < start or text[span.end : end].strip():
            break
        end = span.start
    return start, end


def _apart(before: str, kept: str, after: str) -> str:
    """Return what stands before, and behind it what is kept, with blanks where letters or digits touch it."""
    left = " " if before[-1:].isalnum() else ""
    right = " " if after[:1].isalnum() else ""
    return f"{before}{left}{kept}{right}"
