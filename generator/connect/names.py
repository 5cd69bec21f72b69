"""Proper names, which tell best what articles share; in English and wherever names alone have capitals.

A name is a run of words with capitals that stands so amid a sentence somewhere in the article. Offices before
a name and what is only written like one (days, nations' adjectives) are left out by `data/connect.tsv`. How the
source writes a name is told only where it is sure: a wrong spelling is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from generator.connect.tokens import TokenizedText, is_general, words_of
from generator.languages import LANGUAGES, language_of
from generator.languages.place_names import codes_by_name, kind_of_code, names_by_code, usual_names
from generator.languages.sentence_traits import sentence_traits_of
from generator.languages.term_matcher import TermMatcher, any_of, straight
from generator.model import KnownName, SubjectKind
from generator.theme import text_analysis

_CASED = frozenset({"Latn", "Cyrl", "Grek"})
_LONGEST = 5
"""Words."""
_PARTICLES = frozenset("de del della di da do dos du la le al el bin ibn van von der den ter ben abu y".split())
_NUMERAL = re.compile("[IVX]{2,}")
_AL = re.compile("[ae]l-[A-Z]")
_ADDRESS = re.compile(r"[\w-]+\.[a-z]{2,3}")
"""Of a site, as it stands for its name."""
_OPENING = frozenset("\"“„«'‘:;([—–.!?")


@dataclass(slots=True)
class FoundName:
    """A name in an article."""

    title: str
    sentences: set[int] = field(default_factory=set)
    is_place: bool = False
    is_sure: bool = False
    """Whether it stands amid a sentence somewhere."""
    is_person: bool = False
    """Whether it stands where persons do: behind an office, in front of what they say or how old they are."""
    known: KnownName | None = None


@lru_cache(maxsize=1 << 16)  # the names of a digest come again and again
def key_of(title: str) -> str:
    """Return what spellings of one name have in common; U.S. and United States are one."""
    key, same = _plain_key(title), _same_names()
    first, _, rest = key.partition(" ")
    if rest and key not in same and first in same and (title[1].isupper() or title[1] == "."):
        return f"{same[first]} {rest}"  # the U.N. General Assembly
    return same.get(key, key)


def is_spelled_out(title: str) -> bool:
    """Return whether a name is in the form that readers should see of those that are one."""
    return _plain_key(title) == key_of(title)


def _plain_key(title: str) -> str:
    return " ".join(text_analysis.words(title.replace(".", "")))


@cache
def _same_names() -> dict[str, str]:
    """Return the first of the names that are one, as `data/connect.tsv` and Babel have them, by the others."""
    rows = (row.split("=") for language in LANGUAGES for row in words_of(language, "same"))
    usual = {_plain_key(name): _plain_key(official) for name, official in usual_names().items()}
    return usual | {
        other.replace("_", " "): first.replace("_", " ") for first, *others in sorted(rows) for other in others
    }


def is_personal(title: str) -> bool:
    """Return whether a name of several words can be a person's, whose last words alone can stand for it."""
    words = title.split()
    if not 2 <= len(words) <= _LONGEST or words[0].lower() in words_of("en", "direction"):
        return False
    lower = {word.lower() for word in words}
    return not lower & (words_of("en", "institution") | words_of("en", "people") | {"of", "the", "for"})


def names_in(
    sentences: Sequence[TokenizedText], sources: Sequence[str], known: Sequence[KnownName], language: str
) -> list[FoundName]:
    """Return the names in sentences and in their sources, the glossary's with all their spellings as one."""
    found: dict[str, FoundName] = {}
    aliases: dict[str, str] = {}
    # 1. Where a translation has a name of the glossary in one of its accepted forms.
    for name in known:
        key = key_of(name.targets[0])
        item = found.setdefault(key, FoundName(name.targets[0], is_sure=True, known=name))
        accepted = any_of(name.targets)
        item.sentences.update(
            index for index, sentence in enumerate(sentences) if accepted.search(straight(sentence.text))
        )
        aliases |= {key_of(spelling): key for spelling in name.targets if "*" not in spelling}
    # 2. Where the source has one, whatever became of it in translation.
    matcher = TermMatcher((source, key_of(name.targets[0])) for name in known for source in name.sources)
    for index, source in enumerate(sources if known else ()):
        for key in matcher.find(source):
            found[key].sentences.add(index)
    # 3. What has capitals; a spelling of the glossary counts as its name.
    for run in _runs(sentences, language):
        title = " ".join(run.words)
        key = aliases.get(key_of(title), key_of(title))
        item = found.setdefault(key, FoundName(title))
        item.sentences.add(run.sentence)
        if not item.known and not is_spelled_out(item.title):
            item.title = title
        item.is_place |= run.is_place
        item.is_sure |= run.is_sure
        item.is_person |= run.is_person
    # 4. What the article writes small as often is a word.
    small = _written_small(sentences, {item.title.lower() for item in found.values()})
    return _united(
        item
        for item in found.values()
        if len(item.sentences) > (0 if item.known or item.title.isupper() else small[item.title.lower()])
    )


def _written_small(sentences: Iterable[TokenizedText], wanted: Set[str]) -> Counter[str]:
    """Count how often words and phrases of two and three words stand in small letters."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        row = sentence.tokens
        for start, token in enumerate(row):
            phrase = token
            for stop in range(start + 1, min(start + 4, len(row) + 1)):
                if not row[stop - 1].islower():
                    break
                phrase = token if stop == start + 1 else f"{phrase} {row[stop - 1]}"
                if phrase in wanted:
                    found[phrase] += 1
    return found


def _united(names: Iterable[FoundName]) -> list[FoundName]:
    """Count the last words of one person's name as that name."""
    found = {key_of(name.title): name for name in names}
    persons = {key for key, name in found.items() if name.is_person}
    whole = whole_names((name.title for name in found.values() if name.is_sure), persons)
    for key, name in list(found.items()):
        is_place = name.is_place or (name.known is not None and name.known.kind != "person")
        if key in whole and not is_place:
            person = found[whole[key]]
            person.sentences |= name.sentences
            person.known = person.known or name.known
            del found[key]
    return list(found.values())


def whole_names(titles: Iterable[str], persons: Set[str]) -> dict[str, str]:
    """Return for the ends of persons' names, by their keys, the only name that ends so in its longest form.

    Likewise for first names, but only those of `persons`, which are sure to be some: Burger is not Burger King.

    None for an end with which another name begins: in Korean and Chinese names the family's comes first.
    """
    longer: dict[str, set[str]] = {}
    beginning: dict[str, set[str]] = {}
    for title in titles:
        words = key_of(title).split() if is_personal(title) else []
        for start in range(1, len(words)):
            longer.setdefault(" ".join(words[start:]), set()).add(" ".join(words))
            beginning.setdefault(" ".join(words[:start]), set()).add(" ".join(words))
    longest = {end: max(sorted(names), key=len) for end, names in longer.items()}
    whole = {
        end: name
        for end, name in longest.items()
        if all(name == other or name.endswith(f" {other}") for other in longer[end] | beginning.get(end, set()))
    }
    for first, names in beginning.items():
        if first not in longer and " " not in first and len(names) == 1 and persons & {first, *names}:
            whole[first] = min(names)
    return whole


def spellings_in_source(
    name: FoundName, sources: Sequence[str], language: str, target_language: str
) -> tuple[str, ...]:
    """Return how a source in another language writes a name, nothing if that is not sure.

    The glossary says so. Else Babel does for countries, languages and cities, whose word must stand in a
    sentence that mentions the name: Georgia is a state, too.
    """
    if name.known:
        return name.known.sources[:1]
    spelling = _spellings(language, target_language).get(key_of(name.title), name.title)
    if spelling == name.title:
        return ()
    matcher = TermMatcher([(spelling, name.title)])
    return (spelling,) if any(matcher.find(sources[index]) for index in name.sentences) else ()


_AMBIGUOUS = frozenset({"georgia", "jersey", "guernsey"})
"""Countries of whose names there are better known bearers."""


def kind_of_name(name: FoundName, target_language: str, *, is_proven: bool) -> SubjectKind:
    """Return what is known of a name: what the glossary says, or that Babel knows a place or a body so called.

    That is so if the source says so, too; it is of a country also if it stands where places do.
    """
    if name.known:
        return name.known.kind
    key = key_of(name.title)
    code = _codes(target_language).get(key, "")
    is_country = name.is_place and "/" not in code and key not in _AMBIGUOUS
    return kind_of_code(code) if code and (is_proven or is_country) else "name"


@cache
def _spellings(language: str, target_language: str) -> dict[str, str]:
    """Return the words of a language for what Babel knows, by the names in the target language."""
    names = names_by_code(language)
    return {key: names[code] for key, code in _codes(target_language).items() if code in names}


@cache
def _codes(target_language: str) -> dict[str, str]:
    """Return the codes of what Babel knows by their names in the target language."""
    return {key_of(title): code for title, code in codes_by_name(target_language).items()}


@dataclass(frozen=True, slots=True)
class _Run:
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


def _runs(sentences: Sequence[TokenizedText], language: str) -> Iterator[_Run]:
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
        if is_opening and words not in amid and key_of(" ".join(words)) not in _codes(language):
            words = words[1:]
        if _is_name(words, language):
            is_sure = not run.is_first or words[0] in sure
            yield replace(run, words=words, is_sure=is_sure)


def _capitals(index: int, sentence: TokenizedText, language: str) -> Iterator[_Run]:
    """Return the runs of a sentence; none of a headline that has capitals everywhere."""
    row = sentence.tokens
    if _is_headline(row, language):
        return
    stop = 0
    for start, token in enumerate(row):
        if start >= stop and _is_capital(token):
            stop = _end_of_run(sentence, start)
            yield from _named(index, row, slice(start, stop), language)


def _named(index: int, row: Sequence[str], run: slice, language: str) -> Iterator[_Run]:
    """Return the names in a run, without what stands before them with a capital of its own."""
    # 1. Take off what has its capital from the head of the sentence, and articles.
    words = list(row[run])
    before = [token.lower() for token in row[max(run.start - 2, 0) : run.start]]
    is_first = run.start == 0 or before[-1] in _OPENING
    while words and (is_first or words[0] in ("The", "A", "An")) and _is_opening(words, language):
        before, words, is_first = [words[0].lower()], words[1:], False
    # 2. Take off an office behind a title, and a country.
    titles = words_of(language, "title")
    is_behind_title = before[-1:] == ["of"] and before[0] in titles
    if is_behind_title and words and words[0].lower() in words_of(language, "office"):
        words = words[1:]  # Secretary of Defense Ann Lee
    elif is_behind_title and (size := _country(words, language)):
        yield _Run(index, tuple(words[:size]), is_first, is_place=True, is_person=False)
        words = words[size:]  # President of Peru Ann Lee
    is_place = before[-1:] != [] and before[-1] in words_of(language, "located")
    # 3. Part the rest at days and offices; only the first part stands where the run did.
    is_person = _is_of_person(row[run.stop : run.stop + 3], language)
    for part, is_head in _parts(words, language):
        office = before[-1:] if is_head else [word.lower() for word in words[: len(words) - len(part)][-1:]]
        is_last = part == words[len(words) - len(part) :]
        acts = (is_person and is_last) or not titles.isdisjoint(office)
        yield _Run(index, tuple(part), is_first and is_head, is_place and is_head, acts)


def _is_opening(words: Sequence[str], language: str) -> bool:
    """Return whether the first of the words at the head of a sentence has its capital from there alone."""
    first = words[0]
    if words[1:] and (first.lower() in words_of(language, "direction") or first.isupper() and words[1].isupper()):
        return False  # New York, NEW YORK
    return _is_empty(first, language)


def _country(words: Sequence[str], language: str) -> int:
    """Return how many words at the head of a run, not all of them, name a country."""
    sizes = range(min(3, len(words) - 1), 0, -1)
    return next((size for size in sizes if key_of(" ".join(words[:size])) in _codes(language)), 0)


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
        # A small word may join those around it to one name: Bank of Spain, Vasco da Gama, two as well: van den Bergh.
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
        lower = word.lower()
        if word and lower not in apart and not (lower == "general" and place and not part):
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
    if not words or len(words) > _LONGEST or max(map(len, words)) < 2 or _ADDRESS.fullmatch(words[-1]):
        return False
    if len(words) == 1 and words[0].isupper():
        is_word = len(words[0]) > 2 and _is_empty(lower[0], language) and lower[0] not in _same_names()
        return not is_word and lower[0] not in words_of(language, "nameless") and not _NUMERAL.fullmatch(words[0])
    vague = words_of(language, "institution") | words_of(language, "office") | {"of", "the"}
    vague |= words_of(language, "field")
    peoples = words_of(language, "people") | words_of(language, "calendar")
    if len(words) == 1:
        titles = words_of(language, "title") | vague
        if "-" in words[0] and titles.issuperset(lower[0].split("-")):
            return False  # Vice-President
        nameless = vague | peoples | words_of(language, "nameless")
        return not _is_empty(words[0], language) and not {lower[0], lower[0].removesuffix("s")} & nameless
    if lower[0] in words_of(language, "nameless") and _NUMERAL.fullmatch(words[1]):
        return False  # Level II
    if lower[-1] in peoples and all(word in peoples or word in words_of(language, "direction") for word in lower):
        return False  # North Korean
    return not all(word in vague for word in lower)
