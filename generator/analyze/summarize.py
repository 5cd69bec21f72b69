"""`Document` → `Digest`: a score for every sentence, and the sentences that sum the article up.

The scores are those of `sentence_scoring.py`. LexRank and its kin stay far below the first sentences of an
article, these scores somewhat above: `benchmarks/summarize.py` prints by how much. Over the ranking stand rules
that keep a summary readable: a quotation is picked whole or not at all, a sentence that depends on another only
behind it, and nothing twice. What announces something (`as follows:`) comes with it, and a question with its
answer; what is no text, or longer than any reader wants, does not come in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from generator.analyze.sentence_scoring import scores
from generator.config import DEFAULTS, Settings
from generator.languages import is_unspaced
from generator.languages.anaphora import depends_on_previous
from generator.languages.arabic import VOWEL_SIGNS
from generator.languages.furniture import is_furniture, is_list_item, lead_of
from generator.languages.normalize import WORD, fold_letters
from generator.languages.quotations import CLOSING, FAMILIES, OPENING, QUOTATION_MARKS
from generator.languages.scripts import COMBINING_MARKS
from generator.model import Digest, Document, Sentence

_FINISHED = re.compile(rf"[.!?…:。．！？؟۔।։។॥၊။፡።:：][\s\"'’)\]）{QUOTATION_MARKS}]*$")
_ANNOUNCES = re.compile(r"[:：?？؟;՞][\s)）]*$")
"""Ends a sentence that is worth nothing without the next one."""
_REPEATED = 0.7
"""Share of a sentence's shingles that the summary holds already, from which it says the same again."""
_SLIGHT, _SLIGHT_UNSPACED = 6, 12
"""Words, or characters in unspaced scripts: so short a sentence mostly leans on the headline (`It is bad.`)."""


def summarize_document(document: Document, count: int | None = None, settings: Settings = DEFAULTS) -> Digest:
    """Pick `count` sentences, or as many as the settings want of an article of this length.

    Fewer are picked where the document has fewer, or where only quotations longer than the rest are left.
    """
    total = len(document.sentences)
    share = int(settings.summary_share * total + 0.5)
    usual = min(settings.summary_most, max(settings.summary_least, share))
    wanted = usual if count is None else count
    ranked = scores(document)
    picked = _all_text(document) if wanted >= total else select(document.sentences, ranked, wanted)
    return Digest(document, tuple(sorted(picked)), ranked)


def _all_text(document: Document) -> Iterable[int]:
    """Return every sentence but bylines and the like above the first that is none."""
    sentences = document.sentences
    return range(lead_of((each.text for each in sentences), document.language), len(sentences))


@dataclass(frozen=True, slots=True)
class _Part:
    """Sentences that come together: one, or more where a quotation goes on."""

    start: int
    stop: int
    value: float
    shingles: frozenset[str]
    depends: bool
    """On the sentence before it."""
    slight: bool
    """Too short to open a summary."""
    flawed: bool
    """A fragment, an endless sentence, or half a quotation whose other half is missing from the article."""


@dataclass(slots=True)
class _Summary:
    """The parts picked so far, with what decides on the next one."""

    wanted: int
    picked: set[int] = field(default_factory=set)
    said: set[str] = field(default_factory=set)

    def is_sound(self, part: _Part) -> bool:
        repeated = len(part.shingles & self.said)
        fits = not part.flawed and self.may_stand(part)
        return fits and repeated < max(1, _REPEATED * len(part.shingles))

    def may_stand(self, part: _Part) -> bool:
        return not part.slight or part.start > min(self.picked, default=part.start)

    def is_ideal(self, part: _Part) -> bool:
        return (not part.depends or part.start - 1 in self.picked) and self.is_sound(part)

    def is_readable(self, part: _Part) -> bool:
        return (not part.depends or part.start > min(self.picked, default=part.start)) and self.is_sound(part)

    def is_text(self, part: _Part) -> bool:
        return bool(part.shingles) and self.may_stand(part)

    def fill(self, parts: Iterable[_Part], allowed: Callable[[_Part], bool]) -> list[_Part]:
        """Pick the best allowed parts as long as there is room, and give those left."""
        left: dict[int, _Part] = {}
        for best in parts:
            part: _Part | None = best
            while part and len(self.picked) + part.stop - part.start <= self.wanted and allowed(part):
                self.picked.update(range(part.start, part.stop))
                self.said |= part.shingles
                part = left.pop(part.stop, None)  # what depends on it has waited for it
            if part:
                left[part.start] = part
        return _by_value(left.values())


def select(sentences: Sequence[Sentence], ranked: Sequence[float], wanted: int) -> set[int]:
    """Return the indexes of the best sentences that make a readable summary.

    The rules give way one by one where they leave too few: first a sentence may depend on a missing one
    unless it opens the summary; then anything of some length comes in but for quotations cut in half; and
    what is left only if the summary would be empty otherwise.
    """
    summary = _Summary(wanted)
    parts = _parts(sentences, ranked, _quotations(sentences))
    for allowed in (summary.is_ideal, summary.is_readable, summary.is_text):
        parts = summary.fill(parts, allowed)
    for quotations in (_quotations(sentences), _Quotations()):
        if not summary.picked:
            summary.fill(_parts(sentences, ranked, quotations), lambda part: True)
    return summary.picked


def _parts(sentences: Sequence[Sentence], ranked: Sequence[float], quotations: _Quotations) -> list[_Part]:
    """Return what can be picked, by falling value."""
    parts = []
    start = 0
    finished = _most_are_finished(sentences)
    while start < len(sentences):
        stop = quotations.ends.get(start, start) + 1
        last = sentences[stop - 1]
        is_open = _ANNOUNCES.search(last.text) is not None and not is_furniture(last.text, last.language)
        announces = is_open and quotations.is_followed and stop < len(sentences)
        if announces:
            stop = quotations.ends.get(stop, stop) + 1
        members = range(start, stop)
        shingles = frozenset[str]().union(*(_shingles(sentences[index], finished) for index in members))
        parts.append(
            _Part(
                start,
                stop,
                sum(ranked[index] for index in members) / len(members),
                shingles,
                is_list_item(sentences[start].text)
                or depends_on_previous(sentences[start].text, sentences[start].language),
                not announces and _is_slight(sentences[start]),
                not shingles or any(index in quotations.halves for index in members),
            )
        )
        start = stop
    return _by_value(parts)


def _by_value(parts: Iterable[_Part]) -> list[_Part]:
    return sorted(parts, key=lambda part: (-part.value, part.start))


def _shingles(sentence: Sentence, finished: bool) -> frozenset[str]:
    """Return the word pairs of a sentence, or its runs of four characters in unspaced scripts.

    A fragment, such as a heading, a byline or half a verse, has none, and neither has an endless sentence.
    Where most sentences are `finished` by a stop, a short one that is not is a fragment.
    """
    text = fold_letters(sentence.text)
    units, size, least, heading, most = WORD.findall(text), 2, 4, 10, 80
    if is_unspaced(sentence.language):
        units, size, least, heading, most = list("".join(units)), 4, 8, 20, 240
    is_heading = finished and len(units) <= heading and not _FINISHED.search(sentence.text)
    if not least <= len(units) <= most or is_heading or is_furniture(sentence.text, sentence.language):
        return frozenset()
    return frozenset(" ".join(units[start : start + size]) for start in range(len(units) - size + 1))


def _is_slight(sentence: Sentence) -> bool:
    words = WORD.findall(sentence.text)
    if is_unspaced(sentence.language):
        return len("".join(words)) <= _SLIGHT_UNSPACED
    return len(words) <= _SLIGHT


def _most_are_finished(sentences: Sequence[Sentence]) -> bool:
    return 2 * sum(bool(_FINISHED.search(sentence.text)) for sentence in sentences) >= len(sentences)


# Quotations

_FAMILY = {mark: family for family in FAMILIES for mark in family}
_MARK = re.compile(f"[{QUOTATION_MARKS}]")
_BEHIND_WORD = re.compile(rf"[\w.,!?…)\]؟،؛।%{VOWEL_SIGNS}{COMBINING_MARKS}]")


@dataclass(slots=True)
class _Quotations:
    """Which sentences quotations hold together."""

    ends: dict[int, int] = field(default_factory=dict)
    """From the first sentence of a run of quotations to its last, where they differ."""
    is_followed: bool = False
    """Whether what announces something must come with it."""
    halves: set[int] = field(default_factory=set)
    """Sentences with an opening mark that nothing closes, or a closing mark that nothing opens."""


def _quotations(sentences: Sequence[Sentence]) -> _Quotations:
    """Follow quotation marks from opening to closing; marks of another kind between them are nested.

    A quotation ends with its paragraph, unless the next one starts with the opening mark again.
    """
    found = _Quotations(is_followed=True)
    opened: int | None = None
    family, run, paragraph = "", 0, -1
    for index, sentence in enumerate(sentences):
        again = sentence.paragraph != paragraph and sentence.text[:1] in family
        if opened is not None and sentence.paragraph != paragraph and not again:
            found.halves.add(opened)
            opened = None
        paragraph = sentence.paragraph
        for mark in _MARK.finditer(sentence.text):
            if opened is not None and (mark[0] not in family or (again and mark.start() == 0)):
                continue
            if _is_opening(mark, sentence, opened is not None):
                if opened is not None:
                    found.halves.add(opened)
                opened, family = index, _FAMILY[mark[0]]
            elif opened is None:
                found.halves.add(index)
            else:
                run = run if found.ends.get(run, -1) >= opened else opened
                found.ends[run] = index
                opened = None
    return found if opened is None else replace(found, halves=found.halves | {opened})


def _is_opening(mark: re.Match[str], sentence: Sentence, is_open: bool) -> bool:
    """Tell by the neighbours of a mark, else by its shape, else by whether a quotation is open."""
    text = sentence.text
    behind_word = mark.start() > 0 and bool(_BEHIND_WORD.match(text[mark.start() - 1]))
    before_word = mark.end() < len(text) and bool(WORD.match(text[mark.end()]))
    if behind_word != before_word and not is_unspaced(sentence.language):
        return before_word
    if mark[0] in OPENING or mark[0] in CLOSING:
        return mark[0] in OPENING
    return not is_open
