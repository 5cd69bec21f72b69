"""Text to language and confidence, or "unknown": offline, deterministic.

Scripts, letters that a language lacks and frequent words (`data/marks.json`) decide first. What they leave
open, the byte n-grams of py3langid settle among the languages of the script; the model loads only then.
"""

from __future__ import annotations

import copy
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from generator.languages import LANGUAGES, code_of
from generator.model import UNKNOWN, Identification

_LEAST, _LEAST_UNLISTED = 0.3, 0.5
"""Below this confidence a text is unknown; the benchmark prints what each threshold keeps and refuses. Words of
Persian or Urdu in Latin letters are drawn to languages that no model translates, so these must be surer."""
_STRONG = 0.8
_LONG = 40
"""From this confidence and this many characters on, a paragraph stands against the article's language."""
_DECLARED = math.log(10)
"""What a declaration weighs: it outweighs chances of nine to one for another language, not clearer ones."""
_DECIDED = 4.0
"""How far, in log-odds, one language must lead all others for n-grams not to be asked."""
_TELLING = 1.5
"""What a word, a letter or a Chinese character that tells two languages apart weighs, in log-odds."""
_ODDS_AGAINST = {
    "ja": 20, "bs": 4, "yi": 100, "as": 100, "ti": 100, "kk": 4, "ky": 4, "mn": 4, "tg": 4, "tt": 4, "ba": 4
}  # fmt: skip
"""How much rarer a language is than the rival from which a text may not tell it apart."""
_BEGINNINGS = 4, 9
"""Letters of the beginnings of words that tell languages apart, from and up to."""
_NOISE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,255}|(?<!\w)@\w+|</?[a-zA-Z][^<>]{0,200}>"
    "|[\x00-\x1f\x7f-\x9f\ud800-\udfff]+"
)
"""Addresses, handles, tags, controls, unpaired surrogates: they say nothing of the language."""
_KEYBOARDS = str.maketrans("یىک", "ييك"), str.maketrans("يىك", "ییک")
"""Letters that keyboards exchange: Persian is often typed with the Arabic ones, and the reverse."""
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_WORD = re.compile(r"[^\s\d.,:;!?()/«»“”„‘’\"–—…|۔،؛؟।\[\]-]+")
_DISGUISED = re.compile(r"\w*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z])\w*")
_LOOKALIKES = str.maketrans("aceopxyijABCEHKMOPTXIJ", "асеорхуіјАВСЕНКМОРТХІЈ")


@dataclass(frozen=True, slots=True)
class _Marks:
    """What tells languages apart."""

    runs: re.Pattern[str]
    """Matches words of one script in a group named after it."""
    weights: dict[str, float]
    """How many Arabic letters a letter of a script is worth; Latin ones stand for brands everywhere."""
    languages: dict[str, tuple[str, ...]]
    """By script, the languages with a press that use it; others only draw short texts to them."""
    alphabets: dict[str, dict[str, frozenset[str]]]
    """By script and language, letters and beginnings of words that others of the script lack."""
    words: tuple[dict[str, frozenset[str]], ...]
    """Groups of close languages with frequent words of each; shared ones cancel out."""
    han: dict[str, frozenset[str]]
    """Characters by which simplified Chinese, traditional Chinese and Japanese differ."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What of a text counts for identification."""

    text: str
    """The words in the main script; those in others are names and quotations."""
    script: str
    length: float
    """In letters of an alphabet; a Chinese character is worth several."""
    share: float
    """The main script's part of the text."""


def identify_paragraphs(
    paragraphs: Sequence[str], declared: str | None = None
) -> tuple[Identification, tuple[str, ...]]:
    """Name the language of an article and of each of its paragraphs.

    A declared language (a code, a BCP 47 tag or a language's name) settles a close call or a very short text.
    A paragraph has another language than its article on strong evidence only: its letters, if they are of
    another script, however short it is.
    """
    article = identify_text("\n".join(paragraphs), code_of(declared) if declared else None)
    languages = [article.language] * len(paragraphs)
    scripts = _scripts_of(article.language)
    for number, paragraph in enumerate(paragraphs):
        reading = _read(_plain(paragraph))
        if scripts and reading and reading.script not in scripts and not _is_brand(reading):
            languages[number] = identify_text(paragraph).language
        elif len(paragraph) >= _LONG:
            own = identify_text(paragraph, None if article.language == UNKNOWN else article.language)
            if own.confidence >= _STRONG:
                languages[number] = own.language
    return article, tuple(languages)


def _is_brand(reading: _Reading) -> bool:
    """Return whether it is a single word in Latin letters, as they stand for brands everywhere."""
    return reading.script == "Latn" and len(reading.text.split()) < 2


def _scripts_of(language: str) -> frozenset[str]:
    """Return the scripts in which identification knows a language."""
    return frozenset(script for script, codes in _marks().languages.items() if language in codes)


def identify_text(text: str, declared: str | None = None) -> Identification:
    """Name the language of a text, `UNKNOWN` where nothing speaks clearly for one.

    A `declared` code settles a close call or a very short text.
    """
    reading = _read(_plain(text))
    if reading is None:
        return Identification(declared or UNKNOWN, 0.5 if declared else 0.0)
    if declared == "ku" and reading.script == "Arab":
        declared = "ckb"  # the table's Kurdish in Arabic letters
    odds = _log_odds(reading)
    if declared in odds:
        odds[declared] += _DECLARED
    language = max(odds, key=odds.__getitem__)
    chance = math.exp(odds[language] - _log_sum(odds.values()))
    # Two letters prove nothing yet. Rounded, since the last digits differ between processors.
    confidence = round(chance * reading.share * reading.length / (reading.length + 2), 2)
    if declared and declared != language:
        # One that identification does not know cannot win: it stands unless another is evident.
        is_known = any(declared in codes for codes in _marks().languages.values())
        if confidence < (_LEAST if is_known else _STRONG):
            return Identification(declared, 0.5)
    least = _LEAST if language in LANGUAGES else _LEAST_UNLISTED
    return Identification(language if confidence >= least else UNKNOWN, confidence)


def _plain(text: str, limit: int = 1000, pieces: int = 5) -> str:
    """Return a text, of a long one evenly spaced pieces, without what says nothing of its language."""
    if len(text) > limit:
        size = limit // pieces
        step = (len(text) - size) // (pieces - 1)
        text = " ".join(text[step * piece : step * piece + size] for piece in range(pieces))
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", _NOISE.sub(" ", text)))


def _read(text: str) -> _Reading | None:
    """Find the main script and keep the words in it; None where there is no letter."""
    counts = _count_scripts(text)
    if "Cyrl" in counts and "Latn" in counts and _DISGUISED.search(text):
        text = _DISGUISED.sub(lambda word: word[0].translate(_LOOKALIKES), text)
        counts = _count_scripts(text)
    if not counts:
        return None
    weights = {script: count * _marks().weights[script] for script, count in counts.items()}
    kept = {script: {script} for script in counts}
    for script, least in (("Hang", 0.3), ("Kana", 0.1)):  # Korean and Japanese mix Chinese characters in
        if "Hani" in weights and counts[script] >= least * counts["Hani"]:
            weights[script] += weights.pop("Hani")
            kept[script].add("Hani")
    main = max(weights, key=lambda script: (weights[script], script))
    if counts.keys() != kept[main]:
        text = _marks().runs.sub(lambda run: run[0] if run.lastgroup in kept[main] else " ", text)
    return _Reading(text, main, weights[main], weights[main] / sum(weights.values()))


def _count_scripts(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for run in _marks().runs.finditer(text):
        counts[str(run.lastgroup)] += run.end() - run.start()
    return counts


def _log_odds(reading: _Reading) -> dict[str, float]:
    """Weigh the languages of a text's script against each other."""
    odds = {code: -math.log(_ODDS_AGAINST.get(code, 1)) for code in _marks().languages[reading.script]}
    if reading.script == "Hani":
        for code, characters in _marks().han.items():
            odds[code] += _TELLING * sum(map(reading.text.count, characters))
    elif len(odds) > 1:
        _weigh_letters(odds, reading)
        _weigh_words(odds, reading)
        first, second, *_ = sorted(odds.values(), reverse=True)
        if first - second < _DECIDED:
            _weigh_ngrams(odds, reading)
    return odds


def _weigh_letters(odds: dict[str, float], reading: _Reading) -> None:
    """Hold against each language the letters that it lacks, each further occurrence weighing less."""
    alphabets = _marks().alphabets.get(reading.script, {})
    if not alphabets:
        return
    counts = Counter(reading.text.lower())
    counts.update(word[:size] for word in _WORD.findall(reading.text) for size in (2, 3) if len(word) > 4)
    for letter in sorted(frozenset().union(*alphabets.values()) & counts.keys()):
        for code, letters in alphabets.items():
            if letter not in letters:
                odds[code] -= _TELLING * math.log1p(counts[letter])


def _weigh_words(odds: dict[str, float], reading: _Reading) -> None:
    """Redistribute the probability of close languages by their typical words.

    Such words tell the languages of a group apart, but not the group from others. So each language gains by
    its words in the text, and then all of the group lose alike, until together they are as likely as before.
    """
    text = reading.text.translate(_KEYBOARDS[0]) if reading.script == "Arab" else reading.text.lower()
    row = _WORD.findall(text)
    found = set(row)
    if reading.script == "Latn":  # može da radi, where Croatian says može raditi
        found.update(f"{one}_da" for one, other in pairwise(row) if other == "da")
        # Croatian says s but in front of what sounds alike, Serbian mostly sa.
        found.update(
            f"{one}_*" for one, other in pairwise(row) if one in ("s", "sa") and other[0] not in "szšž"
        )
        found.update(f"{word[:size]}*" for word in row for size in range(*_BEGINNINGS))
    for group in _marks().words:
        if group.keys() <= odds.keys() and any(not words.isdisjoint(found) for words in group.values()):
            before = _log_sum(odds[code] for code in group)
            for code, words in group.items():
                odds[code] += _TELLING * len(words & found)
            gained = _log_sum(odds[code] for code in group) - before
            for code in group:
                odds[code] -= gained


def _weigh_ngrams(odds: dict[str, float], reading: _Reading) -> None:
    texts = {reading.text}
    if reading.script == "Arab":
        texts.update(reading.text.translate(keyboard) for keyboard in _KEYBOARDS)
    chances: dict[str, float] = {}
    for label, chance in chain.from_iterable(map(_ranker(reading.script).rank, texts)):
        code = code_of(label) or label
        chances[code] = max(chances.get(code, 0.0), chance)
    if "bs" in chances:  # to n-grams, Bosnian and Croatian are one
        chances["bs"] = chances["hr"] = chances["bs"] + chances["hr"]
        if reading.script == "Latn":  # they know Serbian in Cyrillic letters only
            chances["sr"] = chances["hr"] / 4
    for code in odds:  # Sindhi, for one, is unknown to py3langid
        odds[code] += math.log(chances.get(code, 1 / len(odds)) + 0.001)


def _log_sum(values: Iterable[float]) -> float:
    """Return the logarithm of the sum of the exponentials, without overflow."""
    listed = list(values)
    most = max(listed)
    return most + math.log(sum(math.exp(value - most) for value in listed))


def load_models() -> None:
    """Load what identification needs, for which the first text would wait most of a second."""
    _marks()
    _ranker("Latn")


@cache
def _marks() -> _Marks:
    data = json.loads((Path(__file__).parent.parent / "data" / "marks.json").read_text("utf-8"))
    scripts = data["scripts"]
    return _Marks(
        runs=re.compile(
            "|".join(f"(?P<{name}>[{it['letters']}][{it['letters']} ,.'-]*)" for name, it in scripts.items())
        ),
        weights={name: script["weight"] for name, script in scripts.items()},
        languages={name: tuple(script["languages"].split()) for name, script in scripts.items()},
        alphabets={
            # Letters stand in front of the first space, beginnings of words behind it.
            script: {code: frozenset([*own.split(" ")[0], *own.split(" ")[1:]]) for code, own in table.items()}
            for script, table in data["alphabets"].items()
        },
        words=tuple(
            {code: frozenset(own.translate(_KEYBOARDS[0]).split()) for code, own in group.items()}
            for group in data["words"]
        ),
        han={code: frozenset(characters) for code, characters in data["han"].items()},
    )


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _ranker(script: str) -> Any:
    """Return py3langid narrowed to the languages of a script."""
    ranker = copy.copy(_model())
    codes = _marks().languages[script]
    ranker.set_languages([label for label in ranker.labels if (code_of(label) or label) in codes])
    return ranker
