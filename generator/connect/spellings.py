"""How the source of an article writes the names of its translation.

The glossary's spelling comes first, then the name itself where the source has it in the same letters, then
what sounds like it, and last the only word that stands in the very sentences that mention the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.connect.names import Found
from generator.connect.sound import spelling
from generator.connect.tokens import is_unspaced
from generator.connect.uses import Use, dice

_SENTENCES = 4
"""That must mention a name of which nothing but its sentences tells how it is written."""
_NEAR, _SECOND = 0.85, 0.8
"""Dice's coefficient of such a word, and the share of it that no other word may pass."""


@dataclass(frozen=True, slots=True)
class Source:
    """The source side of an article."""

    language: str
    sentences: Sequence[str]
    """The headline comes first."""
    words: Mapping[str, Use]
    """Words and runs of words."""


def spellings(name: Found, use: Use, rivals: Iterable[Use], source: Source) -> tuple[str, ...]:
    """Return how the source writes a name, nothing if that is not sure.

    `use` says where the translation has the name, `rivals` where it has its other names and words.
    """
    if name.known:
        return name.known.sources[:1]
    if any(name.title in source.sentences[index] for index in use.places):
        return (name.title,)
    heard = spelling(name.title, list(use.places), source.sentences, source.language)
    if not heard and len(name.sentences) >= _SENTENCES:
        heard = _counterpart(use.where, [rival.where for rival in rivals], source)
    return (heard,) if heard else ()


def _counterpart(bits: int, rivals: Iterable[int], source: Source) -> str | None:
    """Return the word that stands where a name stands, if no other word and no rival stands there too."""
    near = {
        key: dice((bits & where).bit_count(), bits.bit_count(), where.bit_count())
        for key, word in source.words.items()
        if (where := word.where) & bits
    }
    best = max(near, key=lambda key: (round(near[key], 3), len(key), key), default="")
    if not best or near[best] < _NEAR:
        return None
    has_runs = is_unspaced(source.language)
    close = [key for key in near if near[key] > _SECOND * near[best]]
    if has_runs:
        best = max((key for key in close if best in key), key=len)
    where = source.words[best].where
    is_alone = all(key == best or (has_runs and (key in best or best in key)) for key in close)
    is_free = all(
        dice((rival & where).bit_count(), rival.bit_count(), where.bit_count()) < near[best]
        for rival in rivals
        if rival
    )
    spelled = source.words[best].spelled
    return max(spelled, key=spelled.count) if is_alone and is_free else None
