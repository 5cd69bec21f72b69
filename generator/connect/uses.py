"""Where an article uses which words, and which words of its source may translate a term of its target.

A source word stands in the sentences whose translations have the term, and in none else: Dice's coefficient
says how nearly. Of words that are equal in that, the one whose place in its sentence is the term's comes
first: Arabic, Chinese and English begin with about the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.connect.forms import rests
from generator.connect.profile import SEEN
from generator.connect.tokens import content, says_something, stem, tokens, words_of
from generator.languages import is_unspaced
from generator.theme import text_analysis

_GAP = re.compile(r" (?:\w{1,3} )?")
_LONGEST = 6
"""Characters of a run of a script without blanks."""
_EACH, _EACH_UNSPACED = 3, 6
"""Words of the source for each term, more where they are pairs of characters: for 37 of 41 known pairs of
FLORES-101 the right word is among the first three, without regard to places for 21."""


@dataclass(slots=True)
class Use:
    """How an article uses a word or a phrase."""

    places: dict[int, float] = field(default_factory=dict)
    """For each sentence, 0 is the headline, how far from its begin the word stands, from 0 to 1."""
    spelled: list[str] = field(default_factory=list)

    @property
    def where(self) -> int:
        """The bits of the sentences."""
        return sum(1 << sentence for sentence in self.places if sentence < SEEN)


def uses(texts: Sequence[str], language: str) -> dict[str, Use]:
    """Return the words of a headline and of sentences by what their forms have in common."""
    return _gathered(list(content(text, language)) for text in texts)


def _gathered(rows: Iterable[Sequence[tuple[str, str]]]) -> dict[str, Use]:
    found: dict[str, Use] = {}
    for sentence, row in enumerate(rows):
        for place, (key, word) in enumerate(row):
            use = found.setdefault(key, Use())
            use.places.setdefault(sentence, place / len(row))
            use.spelled.append(word)
    return found


def _recurring(found: Mapping[str, Use]) -> dict[str, Use]:
    return {key: use for key, use in found.items() if len(use.places) > 1}


def units(texts: Sequence[str], language: str, words: Mapping[str, Use]) -> dict[str, Use]:
    """Return what can be a word or a phrase of the source: its words, and two of them side by side.

    Where no blanks part words, the pairs of characters, and runs of up to six that recur, without those that
    stand only within longer ones.
    """
    if not is_unspaced(language):
        left = rests({key: len(use.places) for key, use in words.items()}) if language == "ar" else {}
        rows = [
            [(" ".join(left.get(part, part) for part in key.split()), run) for key, run in row]
            for row in (_neighbours(text, language) for text in texts)
        ]
        return {**words, **_gathered(rows)}
    found = dict(words)
    for length in range(3, _LONGEST + 1):
        longer = _recurring(_gathered([list(_grams(text, language, length)) for text in texts]))
        for run, use in longer.items():
            for part in (run[1:], run[:-1]):
                if part in found and found[part].where == use.where:
                    del found[part]
        if not longer:
            break
        found |= longer
    return found


def together(key: str, words: Mapping[str, Use]) -> Use:
    """Return the sentences that have all words of a phrase."""
    parts = [words.get(part, Use()) for part in key.split("_")]
    sentences = set.intersection(*(set(part.places) for part in parts))
    return Use({sentence: parts[-1].places[sentence] for sentence in sorted(sentences)})


def _neighbours(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Return two words in a row, with no more than a short function word between them."""
    telling = [token for token in tokens(text) if says_something(token, language)]
    for one, other in pairwise(telling):
        if _GAP.fullmatch(text, one.end, other.start):
            key = f"{stem(one.text)} {stem(other.text)}"
            if len(key.split()) == 2:
                yield key, text[one.start : other.end]


def _grams(text: str, language: str, length: int) -> Iterator[tuple[str, str]]:
    empty = words_of(language, "general")
    for run in text_analysis.words(text):
        for start in range(0 if run.isascii() else len(run) - length + 1):
            gram = run[start : start + length]
            if not empty.intersection(gram):
                yield gram, gram


def candidates(terms: Mapping[str, Use], sources: Mapping[str, Use], language: str) -> list[str]:
    """Return what of the source may translate terms, a few for each: words for words, phrases for phrases."""
    has_runs = is_unspaced(language)
    where = {key: use.where for key, use in sources.items()}
    found: dict[str, None] = {}
    for name, term in terms.items():
        bits = term.where
        near = {
            key: (-round(dice(common.bit_count(), bits.bit_count(), places.bit_count()), 3), key)
            for key, places in where.items()
            if (common := bits & places) and (has_runs or (" " in key) == ("_" in name))
        }
        ranked = sorted(near, key=lambda key: (near[key][0], round(_distance(term, sources[key]), 3), key))
        found |= dict.fromkeys(ranked[: _EACH_UNSPACED if has_runs else _EACH])
    return list(found)


def dice(both: int, one: int, other: int) -> float:
    """Return the share that two sets have in common, from 0 to 1 (Dice 1945)."""
    return 2 * both / (one + other)


def _distance(term: Use, source: Use) -> float:
    """Return how far apart two words stand in the first sentence that has both."""
    sentence = min(term.places.keys() & source.places.keys())
    return abs(term.places[sentence] - source.places[sentence])
