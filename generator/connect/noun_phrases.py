"""Phrases that can be topics: nouns, and nouns with what stands before them, by their place in the sentence.

No tagger: a noun stands behind an article, a preposition or a quantity and in front of a function word, a
mark or the end, and there is no more than a few words between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.connect.tokens import Token, is_general, tokens, words_of

_LONGEST = 3
"""Words."""
_BE = frozenset("am is are was were be been being keep kept keeps".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())


def phrases(text: str, language: str) -> Iterator[str]:
    """Return the nouns and noun phrases of a text in lower case; nothing for a language without word lists."""
    leading = words_of(language, "leading")
    if not leading:
        return
    row = tokens(text)
    start = 0
    while start < len(row):
        stop = start
        while stop < len(row) and _is_part(row, stop, start, text, language):
            stop += 1
        if stop - start > 1 and _is_verb_before(row, stop, text):
            stop -= 1
        before = row[start - 1].text.lower() if start else ""
        if before == "to" and stop - start > 1:  # to vaccinate children
            start += 1
        stands = before in leading or before[:1].isdigit() or before in ("'s", "’s")
        yield from _tails([token.text for token in row[start:stop]], stands, before)
        start = max(stop, start + 1)


def _tails(words: Sequence[str], stands: bool, before: str) -> Iterator[str]:
    """Return the last word of a chunk and the phrases that end with it."""
    if not words or words[-1].endswith("ly"):
        return
    is_gerund = words[-1].endswith("ing")
    if is_gerund and before in _BE:
        return
    for length in range(1 + is_gerund * (len(words) > 1), min(len(words), _LONGEST) + 1):
        if length > 1 or stands:
            yield " ".join(words[-length:])


def _is_verb_before(row: Sequence[Token], stop: int, text: str) -> bool:
    """Return whether what follows makes a verb of the word before it: strikes the city, shakes Lima."""
    if stop == len(row) or text[row[stop - 1].end : row[stop].start] != " ":
        return False
    following = row[stop].text
    return following in _DETERMINERS or following[0].isupper() or following[0].isdigit()


def _is_part(row: Sequence[Token], place: int, start: int, text: str, language: str) -> bool:
    """Return whether a word goes on with the chunk that begins at `start`."""
    word = row[place].text
    if not row[place].is_word or len(word) < 3 or not word.islower() or is_general(word, language):
        return False
    if place > start and text[row[place - 1].end : row[place].start] != " ":
        return False
    is_verb = word.endswith("ed") and len(word) > 5
    return not (is_verb or word in words_of(language, "people") or word in words_of(language, "title"))
