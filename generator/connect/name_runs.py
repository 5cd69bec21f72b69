"""Words with capitals in a row that name something: where they stand, and what that tells of them.

Offices before a name and what is only written like one (days, nations' adjectives, fields of ministries) are
left out by `data/connect.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.connect.name_keys import babel_codes, key_of, same_names
from generator.connect.tokens import TokenizedText, is_general, words_of
from generator.languages import language_of
from generator.languages.sentence_traits import sentence_traits_of

_CASED = frozenset({"Latn", "Cyrl", "Grek"})
LONGEST = 5
"""Words."""
_PARTICLES = frozenset("de del della di da do dos du la le al el bin ibn van von der den ter ben abu y".split())
_NUMERAL = re.compile("[IVX]{2,}")
_NUMBER = re.compile("[IVX]+|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten")
"""Of a level or a chapter."""
_DETERMINERS = frozenset(("The", "A", "An", "His", "Her", "Your"))
_AL = re.compile("[ae]l-[A-Z]")
_ADDRESS = re.compile(r"[\w-]+\.[a-z]{2,3}")
"""Of a site, as it stands for its name."""
_OPENING = frozenset("\"“„«'‘:;([—–.!?")


@dataclass(frozen=True, slots=True)
class NameRun:
    """Words with capitals in a row."""

    sentence: int
    words: tuple[str, ...]
    is_first: bool
    """Whether it opens its sentence, where anything has a capital."""
    is_place: bool
    """Whether it stands where places do."""
    is_person: bool
    """Whether it stands where persons do."""
    is_sure: bool = True


def name_runs(sentences: Sequence[TokenizedText], language: str) -> Iterator[NameRun]:
    """Return each name where it stands; none in a language whose capitals say nothing of names."""
    if language_of(language).script not in _CASED or sentence_traits_of(language).capital_nouns:
        return
    runs = [run for index, sentence in enumerate(sentences) for run in _capitals(index, sentence, language)]
    # The first word of a sentence has a capital anyway: it is of a name if it has one elsewhere, too, and is
    # none if it stands in small letters somewhere.
    sure = {word for run in runs for word in run.words[run.is_first :]}
    amid = {run.words for run in runs if not run.is_first}
    common = {token for sentence in sentences for token in sentence.tokens if token.islower()} - _PARTICLES
    openings = words_of(language, "direction") & words_of(language, "leading")
    for run in runs:
        words = run.words
        is_opening = run.is_first and words[0] not in sure and words[0].lower() in common | openings
        if is_opening and words not in amid and key_of(" ".join(words)) not in babel_codes(language):
            words = words[1:]
        if _is_name(words, language):
            is_sure = not run.is_first or words[0] in sure
            yield replace(run, words=words, is_sure=is_sure)


def _capitals(index: int, sentence: TokenizedText, language: str) -> Iterator[NameRun]:
    """Return the runs of a sentence; none of a headline that has capitals everywhere."""
    row = sentence.tokens
    if _is_headline(row, language):
        return
    stop = 0
    for start, token in enumerate(row):
        if start >= stop and _is_capital(token):
            stop = _end_of_run(sentence, start)
            yield from _named(index, row, slice(start, stop), language)


def _named(index: int, row: Sequence[str], run: slice, language: str) -> Iterator[NameRun]:
    """Return the names in a run, without what stands before them with a capital of its own."""
    # 1. Take off what has its capital from the head of the sentence, and articles.
    words = list(row[run])
    before = [token.lower() for token in row[max(run.start - 2, 0) : run.start]]
    is_first = run.start == 0 or before[-1] in _OPENING
    while words and (is_first or words[0] in _DETERMINERS) and _is_opening(words, language):
        before, words, is_first = [words[0].lower()], words[1:], False
    if before[:1] == ["people"] and before[-1] in ("'s", "’s") and words[:1] == ["Republic"]:
        words = ["People's", *words]  # of China, which is another than the Republic of China
    # 2. Take off an office behind a title, and a country.
    titles = words_of(language, "title")
    is_behind_title = before[-1:] == ["of"] and before[0] in titles
    if is_behind_title and words and words[0].lower() in words_of(language, "office"):
        words = words[1:]  # Secretary of Defense Ann Lee
    elif is_behind_title and (size := _country(words, language)):
        yield NameRun(index, tuple(words[:size]), is_first, is_place=True, is_person=False)
        words = words[size:]  # President of Peru Ann Lee
    is_place = before[-1:] != [] and before[-1] in words_of(language, "located")
    # 3. Part the rest at days and offices; only the first part stands where the run did.
    is_person = _is_of_person(row[run.stop : run.stop + 3], language)
    for part, is_head in _parts(words, language):
        office = before[-1:] if is_head else [word.lower() for word in words[: len(words) - len(part)][-1:]]
        is_last = part == words[len(words) - len(part) :]
        acts = (is_person and is_last) or not titles.isdisjoint(office)
        yield NameRun(index, tuple(part), is_first and is_head, is_place and is_head, acts)


def _is_opening(words: Sequence[str], language: str) -> bool:
    """Return whether the first of the words at the head of a sentence has its capital from there alone."""
    first = words[0]
    if words[1:] and (
        first.lower() in words_of(language, "direction") or (first.isupper() and words[1].isupper())
    ):
        return False  # New York, NEW YORK
    return _is_empty(first, language)


def _country(words: Sequence[str], language: str) -> int:
    """Return how many words at the head of a run, not all of them, name a country."""
    sizes = range(min(3, len(words) - 1), 0, -1)
    return next((size for size in sizes if key_of(" ".join(words[:size])) in babel_codes(language)), 0)


def _is_of_person(after: Sequence[str], language: str) -> bool:
    """Return whether what follows a name is what only persons are or do: who, says, an age."""
    if after[:1] == [","]:
        word = "".join(after[2:3] if after[1:2] in (["a"], ["an"], ["the"]) else after[1:2])
        return word.isdigit() or word == "who" or word.endswith("-year-old")
    return after[:1] != [] and after[0] in words_of(language, "personal")


def _is_headline(row: Sequence[str], language: str) -> bool:
    """Return whether all but function words have capitals, so that capitals tell nothing."""
    words = [token for token in row if token[0].isalpha()]
    if sum(word[0].isupper() for word in words) <= 3 or row[-1] == ".":
        return False
    traits = sentence_traits_of(language)
    small = words_of(language, "leading") | traits.starters | traits.conjunctions
    return all(word[0].isupper() or word in small for word in words)


def _is_empty(word: str, language: str) -> bool:
    return is_general(word, language) or word.lower() in words_of(language, "leading")


def _end_of_run(sentence: TokenizedText, start: int) -> int:
    """Return where the run that begins at a token ends."""
    _, row, gaps = sentence
    stop = start + 1
    while stop < len(row) and gaps[stop] == " ":
        if _is_capital(row[stop]) or _AL.match(row[stop]):
            stop += 1
            continue
        # A small word or two may join those around it to one name: Bank of Spain, Michael van den Bergh.
        small = 1 + (row[stop] in _PARTICLES and row[stop + 1 : stop + 2] != [] and row[stop + 1] in _PARTICLES)
        after = stop + small
        is_joined = row[after:] and gaps[after - 1] == gaps[after] == " " and _is_capital(row[after])
        is_of = row[stop] == "of" and row[stop - 1].lower() in words_of("en", "institution")
        if not is_joined or not (is_of or row[stop] in _PARTICLES):
            break
        stop = after + 1
    return stop


def _is_capital(token: str) -> bool:
    return token[0].isupper() and token[0].isalpha()


def _parts(words: Sequence[str], language: str) -> Iterator[tuple[list[str], bool]]:
    """Part a run at days and offices; tell of each part whether it begins the run."""
    titles, offices = words_of(language, "title"), words_of(language, "office")
    apart, small = titles | words_of(language, "calendar"), _PARTICLES | {"of"}
    part: list[str] = []
    begin = 0
    for place, word in enumerate([*words, ""]):
        lower = word.lower().replace("’", "'")
        is_office = "-" in lower and (titles | offices | {"in"}).issuperset(lower.split("-"))  # Vice-President
        is_apart = (
            lower in apart
            or is_office
            or word == "I"
            or word.startswith(("I'", "I’"))
            or (word in small and not part)
        )
        if word and not is_apart and not (lower == "general" and place and not part):
            begin = begin if part else place
            part.append(word)
            continue
        while part and ((lower in titles and part[-1].lower() in offices) or part[-1] in small):
            part.pop()
        if part:
            yield part, begin == 0
        part = []


def _is_name(words: Sequence[str], language: str) -> bool:
    """Return whether capitalized words name one thing, not an office, a kind of institution or a people."""
    lower = [word.lower() for word in words]
    if not words or len(words) > LONGEST or max(map(len, words)) < 2 or _ADDRESS.fullmatch(words[-1]):
        return False
    nameless = words_of(language, "nameless")
    if len(words) == 1 and words[0].isupper():
        is_word = len(words[0]) > 2 and _is_empty(lower[0], language) and lower[0] not in same_names()
        return not is_word and lower[0] not in nameless and not _NUMERAL.fullmatch(words[0])
    vague = words_of(language, "institution") | words_of(language, "office") | {"of", "the"}
    vague |= words_of(language, "field") | {"new"}
    peoples = words_of(language, "people") | words_of(language, "calendar")
    if len(words) == 1:
        titles = words_of(language, "title") | vague
        if "-" in words[0] and titles.issuperset(lower[0].split("-")):
            return False  # Vice-President
        nameless = nameless | vague | peoples
        return not _is_empty(words[0], language) and not {lower[0], lower[0].removesuffix("s")} & nameless
    is_level = lower[0] in nameless and _NUMBER.fullmatch(words[1])  # Level II
    of_people = lower[-1] in peoples and peoples.union(words_of(language, "direction")).issuperset(lower)
    return not is_level and not of_people and not vague.issuperset(lower)
