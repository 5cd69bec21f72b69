"""Proper names, which tell best what articles share; in English and wherever names alone have capitals.

A name is a run of words with capitals that stands so amid a sentence somewhere in the article. How the source
writes a name is told only where it is sure: a wrong spelling is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from generator.connect.name_keys import babel_codes, babel_spellings, is_spelled_out, key_of
from generator.connect.name_runs import LONGEST, name_runs
from generator.connect.tokens import TokenizedText, words_of
from generator.languages.place_names import kind_of_code
from generator.languages.term_matcher import TermMatcher, any_of, straight
from generator.model import KnownName, SubjectKind


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


def is_personal(title: str) -> bool:
    """Return whether a name of several words can be a person's, whose last words alone can stand for it."""
    words = title.split()
    if not 2 <= len(words) <= LONGEST or words[0].lower() in words_of("en", "direction"):
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
    for run in name_runs(sentences, language):
        title = " ".join(run.words)
        key = aliases.get(key_of(title), key_of(title))
        if len(title) > _LONGEST_ABBREVIATION and title.isupper() and key in babel_codes(language):
            title = title.title()  # the place of a report
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


def short_forms(title: str) -> Iterator[str]:
    """Return the keys of all that `whole_names` may take for a person's name: its ends and its first word."""
    words = key_of(title).split() if is_personal(title) else []
    yield from (" ".join(words[start:]) for start in range(1, len(words)))
    yield from words[:1]


def spellings_in_source(
    name: FoundName, sources: Sequence[str], language: str, target_language: str
) -> tuple[str, ...]:
    """Return how a source in another language writes a name, nothing if that is not sure.

    The glossary says so. Else Babel does for countries, languages and cities, whose word must stand in a
    sentence that mentions the name: Georgia is a state, too. A word that both languages have proves a place
    only where one stands.
    """
    if name.known:
        return name.known.sources[:1]
    spelling = babel_spellings(language, target_language).get(key_of(name.title), "")
    if not spelling or (spelling == name.title and (language == target_language or not name.is_place)):
        return ()
    matcher = TermMatcher([(spelling, name.title)])
    return (spelling,) if any(matcher.find(sources[index]) for index in name.sentences) else ()


_LONGEST_ABBREVIATION = 4
"""Letters of the names of countries."""
_AMBIGUOUS = frozenset({"georgia", "jersey", "guernsey"})
"""Countries of whose names there are better known bearers."""


def kind_of_name(name: FoundName, target_language: str, *, is_proven: bool) -> SubjectKind:
    """Return what is known of a name: what the glossary says, or that Babel knows a place or a body so called.

    That is so if the source says so, too; it is of a country also if it stands where places do.
    """
    if name.known:
        return name.known.kind
    key = key_of(name.title)
    code = babel_codes(target_language).get(key, "")
    is_country = name.is_place and "/" not in code and key not in _AMBIGUOUS
    return kind_of_code(code) if code and (is_proven or is_country) else "name"
