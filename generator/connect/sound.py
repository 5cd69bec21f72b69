"""How sources write a proper name that sounds alike in both languages, told by its consonants.

Consonants fall into classes that transliterations hardly mix: p b, f v, t, d, k g j, s z sh, m, n, l, r, h.
`data/connect.tsv` gives them for Latin and Arabic letters and for the characters with which Chinese writes
foreign names; it tells neither t from d nor l from r.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product

from generator.connect.forms import PARTICLES
from generator.connect.tokens import words_of
from generator.theme import text_analysis

_WORD = re.compile(r"[^\W\d_]+")
_VARIANTS = 64
"""Readings of a word that are tried."""
_LONGEST = 40
"""Letters of a word that is looked for."""
_LEAST, _FEW = 2, 3
"""Consonants that a name must have to be told by them, and up to which it takes more than them."""
_CHARACTERS = 3
"""Of a Chinese spelling that one sentence alone has: two are too often another word."""
_SILENT = frozenset({"al", "el", "the"})
"""Words of names that stand for the Arabic article, or for none."""
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_VOWELS = {"ا": "aeo", "أ": "aeiou", "إ": "aei", "آ": "a", "ى": "ae", "و": "ouw", "ي": "ieyaj", "ع": "aeiou"}
"""Arabic letters for vowels, with the Latin ones that they stand for."""
_DOT = "·"


def spelling(name: str, sentences: Sequence[int], sources: Sequence[str], language: str) -> str | None:
    """Return what the sources of the sentences that mention a name write for it, if it sounds like the name.

    Of a name with few consonants, most sentences must have it and others not: else it is some other word.
    """
    words = tuple(word for word in _WORD.findall(text_analysis.fold(name)) if word not in _SILENT)
    find = _FINDERS.get(language)
    if not find or not words or max(map(len, words)) > _LONGEST:
        return None
    if sum(max(map(len, _readings(word))) for word in words) < _LEAST:
        return None
    found = Counter(each for index in sentences for each in find(words, sources[index]))
    if not found:
        return None
    best = min(found, key=lambda each: (-found[each], len(each), each))
    if language == "zh" and found[best] == 1 and len(best) < _CHARACTERS:
        return None
    readings = _chinese_readings if language == "zh" else _readings
    if sum(min(len(reading.rstrip("n")) for reading in readings(word)) for word in words) > _FEW:
        return best
    others = sum(best in source for index, source in enumerate(sources) if index not in sentences)
    return best if found[best] > others and 2 * found[best] >= len(sentences) else None


@cache
def _graphemes() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    """Return Latin letters with the classes that each may stand for, and what finds them; vowels have none."""
    rows = (group.partition(":") for group in words_of("en", "sound"))
    table = {letters: classes.split("|") for letters, _, classes in rows}
    return table, re.compile("|".join(sorted(table, key=lambda letters: (-len(letters), letters))))


@lru_cache(maxsize=10_000)
def _readings(word: str) -> frozenset[str]:
    """Return the classes of the consonants of a Latin word, one after the other, in all its readings."""
    single = re.sub(r"(.)\1", r"\1", word)
    table, grapheme = _graphemes()
    choices = [table[match[0]] for match in grapheme.finditer(single)]
    return frozenset("".join(choice) for choice, _ in zip(product(*choices), range(_VARIANTS), strict=False))


@cache
def _letters() -> dict[int, str | None]:
    """Return the class of each Arabic letter, None for vowels."""
    table: dict[int, str | None] = dict.fromkeys(range(0x620, 0x6D4))
    for group in words_of("ar", "sound"):
        consonant, _, letters = group.partition(":")
        table.update(dict.fromkeys(map(ord, letters), consonant))
    return table


@lru_cache(maxsize=1_000)
def _words(source: str) -> list[str]:
    return _WORD.findall(_MARKS.sub("", source))


def _in_arabic(words: Sequence[str], source: str) -> Iterator[str]:
    """Return the words in a row that sound like those of a name, without what is joined to the first."""
    row = _words(source)
    for start in range(len(row) - len(words) + 1):
        if len(words) == 1 and len(row[start].translate(_letters())) < _LEAST:
            continue
        if all(map(_sounds_like, words[1:], row[start + 1 :])):
            first = next((form for form in _forms(row[start], words[0]) if _sounds_like(words[0], form)), None)
            if first:
                yield " ".join([first, *row[start + 1 : start + len(words)]])


def _forms(word: str, latin: str) -> Iterator[str]:
    """Return an Arabic word as it stands, and without particles that may be joined to it.

    An and that is joined to it comes off first: it could be a vowel of any name.
    """
    rest = word[1:] if word[0] in PARTICLES and len(word) > 3 else ""
    if rest and word[0] == "و" and (latin[0] not in "vw" or rest[0] == "و"):
        yield rest
    yield word
    if rest:
        yield f"ا{rest}" if word.startswith("لل") else rest


@lru_cache(maxsize=50_000)
def _sounds_like(latin: str, arabic: str) -> bool:
    bare = arabic.removeprefix("ال") if len(arabic) > 4 else arabic
    consonants = bare.translate(_letters())
    return consonants in _readings(latin) and _has_vowels(latin, bare, len(consonants))


def _has_vowels(latin: str, arabic: str, consonants: int) -> bool:
    """Return whether the written vowels agree; where there are few consonants all must, and both ends.

    The ending of an adjective is none of a country that does not end so.
    """
    if arabic.endswith("ية") and latin[-1] != "a":
        return False
    place = missed = 0
    for letter in re.sub("^[اأإ](?=[وي])", "", arabic):
        if letter in _VOWELS:
            at = next((at for at in range(place, len(latin)) if latin[at] in _VOWELS[letter]), -1)
            missed += at < 0
            place = max(place, at + 1)
    if missed > (0 if consonants < 3 else 1 if consonants < 5 else 2):
        return False
    if consonants > 3:
        return True
    begins = latin[0] in "wyhju" or (latin[0] in "aeio") == (arabic[0] in "اأإآعوي")
    ends = latin[-1] in "ewhs" or (latin[-1] in "aiouy") == (arabic[-1] in "اىةهويء")
    is_plain = consonants > _LEAST or re.search("^[اأإآع]|.[اوي].", arabic)
    return begins and ends and bool(is_plain)


@cache
def _characters() -> dict[str, tuple[str, ...]]:
    """Return the classes of the consonants of each character, in all its readings; an empty one is a vowel."""
    table: dict[str, tuple[str, ...]] = {}
    for group in sorted(words_of("zh", "sound")):
        consonants, _, characters = group.partition(":")
        for character in characters:
            table[character] = (*table.get(character, ()), consonants)
    return table


@lru_cache(maxsize=10_000)
def _chinese_readings(word: str) -> frozenset[str]:
    """Return the readings of a Latin word in classes that Chinese tells apart; r behind a vowel is silent.

    A small n at the end stands for one that has closed a character and may open another: Elena.
    """
    spelled = (word, re.sub("(?<=[aeiou])r(?![aeiouyr])", "", word), re.sub("m(?=[bp])", "n", word))
    readings = (reading for each in spelled for reading in _readings(each))
    merged = {reading.replace("D", "T").replace("R", "L") for reading in readings}
    return frozenset(f"{reading}n" if re.search("n[aeiouy]+$", word) else reading for reading in merged)


def _in_chinese(words: Sequence[str], source: str) -> Iterator[str]:
    """Return the characters in a row that sound like a name, its words parted by dots."""
    done = 0
    for start, character in enumerate(source):
        before = "V" in _sounds(source, start - 1) and not _sounds(source, start - 2)
        if character not in _characters() or before:
            continue  # a vowel that stands alone before it belongs to it
        stop = _end(words[0], source, start)
        for word in words[1:]:
            stop = _end(word, source, stop + 1) if stop and source[stop : stop + 1] == _DOT else 0
        if stop > max(done, start + 1):
            done = stop
            yield source[start:stop]


def _end(word: str, source: str, start: int) -> int:
    """Return where characters that sound like a word end; 0 if none do, or if one more may belong to them."""
    vowels = [sound.startswith("V") for sound in _sounds(source, start)]
    if (word[0] in "aeiou" and not any(vowels)) or (word[0] not in "aeiouhjwy" and all(vowels)):
        return 0
    if "V" in _sounds(source, start) and "V" in _sounds(source, start + 1) and word[1:2] not in tuple("aeiou"):
        return 0
    stop = max(_follow(reading, source, start) for reading in _chinese_readings(word))
    if stop and "V" in _sounds(source, stop):
        return stop + 1 if re.search("[aeiouy][ao]$", word) else 0
    return stop


def _sounds(source: str, place: int) -> tuple[str, ...]:
    return _characters().get(source[place : place + 1], ()) if place >= 0 else ()


@lru_cache(maxsize=5_000)
def _follow(reading: str, source: str, place: int, before: str = "") -> int:
    """Go along characters as long as they go on with a reading; an n may close one and open the next."""
    if reading in ("", "n"):
        return place + (reading == before.lower() == "n" and "N" in _sounds(source, place))
    ends = [0]
    for sound in _sounds(source, place):
        part = sound.removeprefix("V")
        if reading.startswith(part):
            ends.append(_follow(reading[len(part) :], source, place + 1, sound[1:]))
        if before == "N" == part[:1] and reading.startswith(part[1:]):
            ends.append(_follow(reading[len(part) - 1 :], source, place + 1, sound[1:]))
    return max(ends)


_FINDERS = {"ar": _in_arabic, "zh": _in_chinese}
