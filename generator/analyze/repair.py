"""Takes apart words that a scraper glued together, for the machine's eyes and for search.

Two words are seen in one where they explain it better than one unknown word would (a noisy channel):

1. A word that the lexicon holds, with or without clitics, is left alone.
2. Every other is cut at each place where both parts can be words (`best_split`).
3. A cut scores log10 P(left) + log10 P(right) + 0.8 for each letter that counts. The surer the signs of a
   seam there, the lower the floor that the score must reach.
4. The cut furthest above its floor is taken, and each part is looked at in the same way.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from generator.languages.word_rules import WORD_RULES, Seam, WordRules
from generator.model import Repair

LETTER = 0.8
"""log10 of how much less likely each further letter makes an unknown word: 2.7 bits."""
UNKNOWN_WORD = -4.5
"""log10 of the chance that a part is a word outside the lexicon, before its letters are counted."""
CONJOINED = -1.5
"""log10 of how often a word is written with a conjunction; the median over the lexicon."""
SHORT_PART = -2.5
"""Added where fewer than three letters of a part count: too many pairs of letters are words."""


def repairs(sentence: str, language: str) -> tuple[Repair, ...]:
    """Return what to read instead of the glued words of a sentence; nothing for a language without rules."""
    rules = WORD_RULES.get(language)
    if rules is None:
        return ()
    found = []
    for match in rules.candidate.finditer(sentence):
        words = unglue(match[0].translate(rules.marks), lexicon(language), rules)
        if len(words) > 1:
            found.append(Repair(*match.span(), _spaced(match[0], words, rules.marks)))
    return tuple(found)


def _spaced(written: str, words: Iterable[str], marks: Mapping[int, None]) -> str:
    """Put spaces between the words of a text that has marks they have not; a mark follows its letter."""
    letters = [at for at, letter in enumerate(written) if ord(letter) not in marks]
    starts, count = [], 0
    for word in words:
        starts.append(letters[count])
        count += len(word)
    return " ".join(written[a:b] for a, b in zip([0, *starts[1:]], [*starts[1:], len(written)], strict=True))


@cache
def lexicon(language: str) -> Mapping[str, float]:
    """Return log10 of the relative frequency of each listed word; reads its file once."""
    file = Path(__file__).parent.parent / "data" / f"words.{language}.gz"
    words: dict[str, float] = {}
    for line in gzip.decompress(file.read_bytes()).decode().splitlines():
        frequency, *group = line.split(" ")
        words |= dict.fromkeys(group, float(frequency))
    return words


def unglue(word: str, words: Mapping[str, float], rules: WordRules) -> list[str]:
    """Return the words that one is made of; itself alone where nothing says that it is glued."""
    if is_known(word, words, rules):
        return [word]
    found = best_split(word, words, rules)
    return [word] if found is None else [part for half in found[1:] for part in unglue(half, words, rules)]


def is_known(word: str, words: Mapping[str, float], rules: WordRules) -> bool:
    """Return whether a word is too short to be two, or listed with or without its clitics."""
    if len(word) < 5 or word in words:
        return True
    for start in range(min(5, len(word) - 2)):
        if rules.proclitics.fullmatch(word, 0, start):
            rest = word[start:]
            stems = [rest, *(rest.removesuffix(end) for end in rules.enclitics if rest.endswith(end))]
            # ة becomes ت before a pronoun.
            stems += [stem[:-1] + "ة" for stem in stems if stem.endswith("ت")]
            if any(len(stem) > 2 and stem in words for stem in stems):
                return True
    return False


def best_split(word: str, words: Mapping[str, float], rules: WordRules) -> tuple[Seam, str, str] | None:
    """Return the split of a word that is furthest above the floor of its seam, if any reaches it."""
    best, found = 0.0, None
    for at in range(2, len(word) - 1):
        left, right = word[:at], word[at:]
        if _separable(left, right, words, rules):
            seam = next(seam for seam in rules.seams if seam.pattern.match(f"{left} {right}"))
            margin = _weight(left, words, rules) + _weight(right, words, rules) - seam.floor
            if margin >= best:
                best, found = margin, (seam, left, right)
    return found


def _separable(left: str, right: str, words: Mapping[str, float], rules: WordRules) -> bool:
    """Return whether both can be words; an unknown one does not end in what may be a conjunction."""
    return (
        all(len(part) > 2 or part in rules.pairs for part in (left, right))
        and not rules.proclitics.fullmatch(left)
        and not (left.endswith(rules.conjunction) and left not in words)
    )


def _weight(part: str, words: Mapping[str, float], rules: WordRules) -> float:
    """Return log10 of how much likelier a part is than its letters in an unknown word."""
    chance = words.get(part)
    if chance is None and part.startswith(rules.conjunction) and part[1:] in words:
        chance = words[part[1:]] + CONJOINED
    if chance is None:
        chance = UNKNOWN_WORD - LETTER * len(part)
    opening = rules.opening.match(part)
    letters = len(part) - (opening.end() if opening else 0)
    return chance + LETTER * letters + (SHORT_PART if letters < 3 else 0.0)
