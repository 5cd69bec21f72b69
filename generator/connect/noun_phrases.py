"""Phrases that can be topics: nouns, and nouns with what stands before them, by their place in the sentence.

No tagger: a noun stands behind an article, a preposition or a quantity and in front of a function word, a
mark or the end, and there is no more than a few words between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.connect.tokens import TokenizedText, is_general, words_of

_LONGEST = 3
"""Words."""
_BE = frozenset("am is are was were be been being keep kept keeps".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())


def noun_phrases(sentence: TokenizedText, language: str) -> Iterator[str]:
    """Return the nouns and noun phrases of a sentence in lower case; none in a language without word lists."""
    leading = words_of(language, "leading")
    _, row, gaps = sentence
    start = 0 if leading else len(row)
    while start < len(row):
        # Take the longest run of words that can be nouns and have only a blank between them.
        if not _can_be_noun(row[start], language):
            start += 1
            continue
        stop = start + 1
        while stop < len(row) and gaps[stop] == " " and _can_be_noun(row[stop], language):
            stop += 1
        # Its ends may be verbs: strikes the city, shakes Lima, to vaccinate children.
        if stop - start > 1 and stop < len(row) and gaps[stop] == " ":
            stop -= row[stop] in _DETERMINERS or row[stop][0].isupper() or row[stop][0].isdigit()
        before = row[start - 1].lower() if start else ""
        if before == "to" and stop - start > 1:
            start += 1
        stands = before in leading or before[:1].isdigit() or before in ("'s", "’s")
        yield from _tails(row[start:stop], stands, before)
        start = stop


def _tails(words: Sequence[str], stands: bool, before: str) -> Iterator[str]:
    """Return the last word of a run, if it stands where nouns do, and the phrases that end with it."""
    if words[-1].endswith("ly"):
        return
    is_gerund = words[-1].endswith("ing")
    if is_gerund and before in _BE:
        return
    for length in range(1 + is_gerund * (len(words) > 1), min(len(words), _LONGEST) + 1):
        if length > 1 or stands:
            yield " ".join(words[-length:])


@lru_cache(maxsize=50_000)
def _can_be_noun(word: str, language: str) -> bool:
    if not word[0].isalpha() or len(word) < 3 or not word.islower() or is_general(word, language):
        return False
    is_verb = word.endswith("ed") and len(word) > 5
    return not (is_verb or word in words_of(language, "people") or word in words_of(language, "title"))
