"""How words are built in a language, and where scrapers glue two together: data for `analyze/repair.py`.

Only Arabic has rules: its articles and conjunctions are written onto words, which hides that two are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from generator.languages.arabic import ARTICLE, CONJUNCTIONS, PREPOSITIONS, TATWEEL, VOWEL_SIGNS


@dataclass(frozen=True, slots=True)
class Seam:
    """A kind of place where two words may have been glued."""

    name: str
    pattern: re.Pattern[str]
    """Matches the beginning of `left right`."""
    floor: float
    """The least score of a split here; infinite where none is allowed."""


@dataclass(frozen=True, slots=True)
class WordRules:
    """How words are built, and glued, in one language."""

    candidate: re.Pattern[str]
    """A word long enough to be two; cheap, it decides whether the lexicon is loaded. Nothing glued is longer,
    and to take a word apart takes time by the square of its letters."""
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
    article, long = rf"[{CONJUNCTIONS}]?(?:[بك]?{ARTICLE}|لل)(?=\w{{3}})", r"(?>و?(?:[فبك]?ال|لل)?)\w{4}"
    return Seam(name, re.compile(pattern.replace("THE", article).replace("LONG", long)), floor)


# The surer the sign of a seam, the lower its floor. Of 139,435 rare words of a large corpus, all taken for
# unknown, these floors would take apart 260 real ones (`benchmarks/make_lexicon.py`); those are listed.
_ARABIC = WordRules(
    candidate=re.compile(r"(?<![^\W\d_])[ء-غـ-\u0652\u0670]{6,200}(?![^\W\d_])"),
    letters=re.compile(r"[ء-غف-ي]+"),
    marks=dict.fromkeys(map(ord, TATWEEL + VOWEL_SIGNS)),
    conjunction="و",
    opening=re.compile(rf"و?(?:[فبك]?{ARTICLE}|لل)?"),
    proclitics=re.compile(rf"[{CONJUNCTIONS}أ]?(?:[{PREPOSITIONS}س]?(?:ال?)?|لل)|{ARTICLE}[بل]"),
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
        # إ stands inside no Arabic word but behind what is written to its front.
        _seam("name", r"\w*(?:عبد|لا) إ", inf),
        _seam("hamza below", r"\w{2,} إ", -10.0),
        # Function words that begin, or end, hardly any other word; the rest must be a word of the lexicon.
        _seam("function word", r"(?:لقد|ليس|حيث|الذي|التي|هذا|هذه|كانت|سوف|عندما|بينما) \w{4,}", -6.5),
        _seam("short after relative", r"(?:الذي|التي|عندما|بينما|منذ) \w{3}$", -4.0),
        _seam("preposition", r"\w{4,} (?:في|على|إلى|عن)$", -5.5),
        _seam("conjunction that", r"\w{4,} أن$", -4.5),
        _seam("preposition", r"(?:في|من) \w{5,}$", -4.5),
        # وها and the like are a plural verb's ending with its object, وليس is -polis, هيدرو is hydro-.
        _seam("name", r"\w+ و(?:(?:[هنك]\w|هما|نها|نهم)$|ليس$)", inf),
        _seam("name", r"(?:\w?ال)?(?:هيدر|[إا]?لكتر|كهر|م[اي]كر|بتر|نان|[بج]ي|[غج]ليك|فيزي|سوسي) و", inf),
        _seam("conjunction", r"LONG\w* (?=و)LONG", -5.25),
        _seam("short conjunction", r"\w+ و\w{3}", -4.25),
        _seam("none", r"", -0.5),
    ),
)
WORD_RULES: Mapping[str, WordRules] = {"ar": _ARABIC}
"""A language is added with a row here and a lexicon in `data/`, which `benchmarks/make_lexicon.py` makes."""
