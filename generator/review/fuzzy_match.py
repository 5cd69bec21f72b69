"""Similar sources in a translation memory, to suggest to translators what they once wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator.languages.normalize import normal_words

LEAST = 3 / 4
"""The similarity from which on an earlier translation is worth a look."""


@dataclass(slots=True)
class Sources:
    """The sources of a memory, to be searched for similar ones."""

    words: dict[str, list[str]]
    """The words of each source, in order."""
    holding: dict[str, list[str]] = field(default_factory=dict)
    """The sources that hold a word."""

    @classmethod
    def of(cls, sources: Collection[str]) -> Sources:
        """Index the sources by their words."""
        made = cls({source: normal_words(source) for source in sources})
        for source, words in made.words.items():
            for word in dict.fromkeys(words):
                made.holding.setdefault(word, []).append(source)
        return made

    def similar(self, text: str, most: int = 3) -> list[tuple[str, float]]:
        """Return the sources most similar to `text`, itself left out, with their similarity from `LEAST` to 1.

        Similarity is twice the words in common over the words of both. To reach `LEAST`, n words and m must
        have 3/8 of n + m in common; as no more than m can be, m is 3/5 of n at least, and so are they. So a
        similar source holds one of any 2/5 of n, and one more, of the words: the rarest are asked for.
        """
        words = normal_words(text)
        rarest = sorted(words, key=lambda word: (len(self.holding.get(word, ())), word))
        probes = dict.fromkeys(rarest[: 2 * len(words) // 5 + 1])
        candidates = dict.fromkeys(source for word in probes for source in self.holding.get(word, ()))
        rated = ((source, _similarity(words, self.words[source])) for source in candidates if source != text)
        found = [(source, similarity) for source, similarity in rated if similarity >= LEAST]
        return sorted(found, key=lambda rating: (-rating[1], rating[0]))[:most]


def _similarity(one: list[str], other: list[str]) -> float:
    """Return the similarity of two texts, 0 as soon as it cannot reach `LEAST`."""
    common = (Counter(one) & Counter(other)).total()
    if 2 * common < LEAST * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
