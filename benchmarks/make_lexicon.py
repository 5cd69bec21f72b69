"""Makes the lexicon of `generator/analyze/repair.py` from the word frequencies of the package wordfreq.

    pip install wordfreq==3.1.1
    python benchmarks/make_lexicon.py ar

Listed are the words that occur at least once in 3 million, and of the rarer ones those that would otherwise
be taken apart, unless they are glued words themselves: those stand in every corpus collected from the web
(الولاياتالمتحدة 16 times in a billion words). Prints what the floor of each seam lets through.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import log10
from pathlib import Path

from wordfreq import get_frequency_dict

from generator.analyze.repair import best_split, is_known
from generator.languages.word_rules import WORD_RULES, WordRules

COMMON = -6.5
"""log10 of the relative frequency from which a word is listed."""
GLUED = -2.5
"""log10 of the most often that a glued word occurs for each time the rarer of its parts does."""
DECISIVE = {"ending", "definite", "short definite", "relative", "short article", "article"}
"""Seams at which most rare words of a corpus are glued; at the others, most are foreign names."""
LONGEST = 16


def apart(
    rare: Mapping[str, float], common: Mapping[str, float], rules: WordRules
) -> Iterator[tuple[str, str, bool]]:
    """Return each rare word that the common ones take apart, with its seam and whether it is a real word."""
    for word, frequency in rare.items():
        found = None if is_known(word, common, rules) else best_split(word, common, rules)
        if found:
            seam, *parts = found
            rarer = min(common.get(part, COMMON) for part in parts)
            yield word, seam.name, seam.name not in DECISIVE or frequency - rarer > GLUED


def write(words: Mapping[str, float], path: Path) -> None:
    """Write the words in groups of one frequency, each group on a line after its frequency."""
    groups: dict[float, list[str]] = defaultdict(list)
    for word, frequency in words.items():
        groups[round(frequency * 4) / 4].append(word)
    lines = (f"{frequency:g} {' '.join(sorted(group))}\n" for frequency, group in sorted(groups.items()))
    path.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))


def main(language: str = "ar") -> None:
    """Make the lexicon of one language."""
    rules = WORD_RULES[language]
    frequencies = {
        word: log10(frequency)
        for word, frequency in get_frequency_dict(language, "large").items()
        if len(word) <= LONGEST and rules.letters.fullmatch(word)
    }
    common = {word: frequency for word, frequency in frequencies.items() if frequency >= COMMON}
    rare = {word: frequency for word, frequency in frequencies.items() if frequency < COMMON}
    judged = list(apart(rare, common, rules))
    path = Path("generator/data") / f"words.{language}.gz"
    write(common | {word: rare[word] for word, _, real in judged if real}, path)

    unknown = sum(not is_known(word, common, rules) for word in rare)
    print(f"{len(common):,} common words; of {unknown:,} rare ones that are unknown without an entry:")
    for (seam, real), count in sorted(Counter((seam, real) for _, seam, real in judged).items()):
        print(f"  {count:4} apart at {seam}, {'listed as words' if real else 'left out as glued'}")
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
