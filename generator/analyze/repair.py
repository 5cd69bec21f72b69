"""Takes apart words that a scraper glued together, for the machine's eyes and for search.

Two words are seen in one where they explain it better than one unknown word would (a noisy channel):
log10 P(left) + log10 P(right) + 0.8 for each letter that counts must reach the floor of the seam between
them. A word that the lexicon holds, with or without clitics, is left alone.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path

from generator.model import Repair

LETTER = 0.8
"""log10 of how much less likely each further letter makes an unknown word: 2.7 bits."""
UNKNOWN_WORD = -4.5
"""log10 of the chance that a part is a word outside the lexicon, before its letters are counted."""
CONJOINED = -1.5
"""log10 of how often a word is written with a conjunction; the median over the lexicon."""
SHORT_PART = -2.5
"""Added where fewer than three letters of a part count: too many pairs of letters are words."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A kind of place where two words may have been glued."""

    name: str
    pattern: re.Pattern[str]
    """Matches the beginning of `left right`."""
    floor: float
    """The least score of a split here; infinite where none is allowed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How words are built, and glued, in one language."""

    candidate: re.Pattern[str]
    """A word long enough to be two; cheap, it decides whether the lexicon is loaded."""
    letters: re.Pattern[str]
    """A word as the lexicon lists it."""
    marks: Mapping[int, None]
    """Characters inside words that the lexicon leaves out, as `str.translate` wants them."""
    conjunction: str
    """One letter, written to the next word."""
    opening: re.Pattern[str]
    """Conjunction and article before a word: too common to count as letters of it."""
    proclitics: re.Pattern[str]
    """What may stand before a listed word and still be one word with it; never a word of its own."""
    enclitics: tuple[str, ...]
    """What may follow a listed word and still be one word with it."""
    pairs: frozenset[str]
    """The words of two letters; any other two letters are no part of a glued word."""
    seams: tuple[Seam, ...]
    """The first that matches decides."""


def _seam(name: str, pattern: str, floor: float) -> Seam:
    """Write a seam with THE for an article and LONG for four letters that count."""
    article, long = r"[وف]?(?:[بك]?ال|لل)(?=\w{3})", r"(?>و?(?:[فبك]?ال|لل)?)\w{4}"
    return Seam(name, re.compile(pattern.replace("THE", article).replace("LONG", long)), floor)


# The surer the sign of a seam, the lower its floor. Of 139,435 rare words of a large corpus, all taken for
# unknown, these floors would take apart 260 real ones (`benchmarks/make_lexicon.py`); those are listed.
ARABIC = Rules(
    candidate=re.compile(r"(?<![^\W\d_])[ء-غـ-\u0652\u0670]{6,}(?![^\W\d_])"),
    letters=re.compile(r"[ء-غف-ي]+"),
    marks=dict.fromkeys(map(ord, "ـ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")),
    conjunction="و",
    opening=re.compile(r"و?(?:[فبك]?ال|لل)?"),
    proclitics=re.compile(r"[وفأ]?(?:[بكلس]?(?:ال?)?|لل)|ال[بل]"),
    enclitics=tuple("هما كما ها هم هن كم نا ني ات ون ين ان ية وا ه ك ي ا ة".split()),
    pairs=frozenset(
        "في من عن هو هي هم ما لم لن لا قد أو أم أن إن ان او به له بي لي بل هل كل أي اي مع كم ثم تم لو".split()
    ),
    seams=(
        _seam("stretched", r".*(\w) ?\1 ?\1", inf),
        # ة and ى end a word; but ى also stands for ئ and, in haste, for the ي before a pronoun.
        _seam("later ending", r"\w*[ةى][^ءئ ]", inf),
        _seam("ending", r"\w+ة (?!ا?[تن]$|ه\w?$)", -10.5),
        _seam("ending", r"\w+ى (?!(?:[هنك]\w?|هما|ي\w{0,2}|[اوي][تنه]|ية)$)[^ءئ]", -7.5),
        # Written together by many: عبدالله, أبوالفضل, نورالدين.
        _seam("name", r"[وفبكل]?(?:ال)?(?:عبد|[أا]ب[واي]|ا?بن|آل|ذ[وي]) ال|\w+ (?:الدين|الله)$", inf),
        # Derived from words that end in ـال: استقلاليات, ليبراليين.
        _seam("derived", r"\w+ الي(?:[ةها]|ات|[وي]ن)$", inf),
        _seam("definite", r"THE\w+ THE", -9.0),
        _seam("short definite", r"و?ال\w\w THE", -7.5),
        _seam("relative", r"\w{3,} و?ال(?:[تذ]ي|آن)$", -9.0),
        _seam("short article", r"\w{3,} و?ال(?!ا|ون|[هك][مانو]|ن[اي]|ي)\w\w$", -7.5),
        _seam("article", r"\w+ THE", -6.5),
        # وها and the like are a plural verb's ending with its object, وليس is -polis, هيدرو is hydro-.
        _seam("name", r"\w+ و(?:(?:[هنك]\w|هما|نها|نهم)$|ليس$)", inf),
        _seam("name", r"(?:\w?ال)?(?:هيدر|[إا]?لكتر|كهر|م[اي]كر|بتر|نان|[بج]ي|[غج]ليك|فيزي|سوسي) و", inf),
        _seam("conjunction", r"LONG\w* (?=و)LONG", -5.25),
        _seam("short conjunction", r"\w+ و\w{3}", -4.25),
        _seam("none", r"", -0.5),
    ),
)
RULES: Mapping[str, Rules] = {"ar": ARABIC}
"""A language is added with a row here and a lexicon in `data/`, which `benchmarks/make_lexicon.py` makes."""


def repairs(sentence: str, language: str) -> tuple[Repair, ...]:
    """Return what to read instead of the glued words of a sentence; nothing for a language without rules."""
    rules = RULES.get(language)
    return tuple(_repairs(sentence, language, rules)) if rules else ()


def _repairs(sentence: str, language: str, rules: Rules) -> Iterator[Repair]:
    for match in rules.candidate.finditer(sentence):
        written = match.group()
        words = split(written.translate(rules.marks), lexicon(language), rules)
        if len(words) > 1:
            yield Repair(match.start(), match.end(), _spaced(written, words, rules.marks))


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


def split(word: str, words: Mapping[str, float], rules: Rules) -> list[str]:
    """Return the words that one is made of; itself alone where nothing says that it is glued."""
    if is_word(word, words, rules):
        return [word]
    found = best_split(word, words, rules)
    return [word] if found is None else [part for half in found[1:] for part in split(half, words, rules)]


def is_word(word: str, words: Mapping[str, float], rules: Rules) -> bool:
    """Return whether a word is too short to be two, or listed with or without its clitics."""
    if len(word) < 5 or word in words:
        return True
    for start in range(min(5, len(word) - 2)):
        if rules.proclitics.fullmatch(word, 0, start):
            rest = word[start:]
            stems = [rest, *(rest.removesuffix(end) for end in rules.enclitics if rest.endswith(end))]
            if any(len(stem) > 2 and (stem in words or _unbound(stem) in words) for stem in stems):
                return True
    return False


def _unbound(stem: str) -> str:
    """Return the form that a stem has when nothing follows it: ة becomes ت before a pronoun."""
    return stem[:-1] + "ة" if stem.endswith("ت") else stem


def best_split(word: str, words: Mapping[str, float], rules: Rules) -> tuple[Seam, str, str] | None:
    """Return the split of a word that is furthest above the floor of its seam, if any reaches it."""
    best, found = 0.0, None
    for at in range(2, len(word) - 1):
        left, right = word[:at], word[at:]
        if not _separable(left, right, words, rules):
            continue
        seam = next(seam for seam in rules.seams if seam.pattern.match(f"{left} {right}"))
        margin = _weight(left, words, rules) + _weight(right, words, rules) - seam.floor
        if margin >= best:
            best, found = margin, (seam, left, right)
    return found


def _separable(left: str, right: str, words: Mapping[str, float], rules: Rules) -> bool:
    """Return whether both can be words; an unknown one does not end in what may be a conjunction."""
    return (
        all(len(part) > 2 or part in rules.pairs for part in (left, right))
        and not rules.proclitics.fullmatch(left)
        and not (left.endswith(rules.conjunction) and left not in words)
    )


def _weight(part: str, words: Mapping[str, float], rules: Rules) -> float:
    """Return log10 of how much likelier a part is than its letters in an unknown word."""
    chance = words.get(part)
    if chance is None and part.startswith(rules.conjunction) and part[1:] in words:
        chance = words[part[1:]] + CONJOINED
    if chance is None:
        chance = UNKNOWN_WORD - LETTER * len(part)
    opening = rules.opening.match(part)
    letters = len(part) - (opening.end() if opening else 0)
    return chance + LETTER * letters + (SHORT_PART if letters < 3 else 0.0)
