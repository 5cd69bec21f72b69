"""Which names of different articles are one, and how it is spelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from generator.connect.names import key_of, whole_names
from generator.connect.profile import Name, Profile
from generator.model import SubjectKind

_SPELLINGS = 2
"""In each language at most so many are told."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in all its spellings."""

    title: str
    kind: SubjectKind
    sources: tuple[tuple[str, str], ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of a digest."""

    entities: dict[str, Entity]
    """By what their spellings have in common."""
    mentions: dict[str, dict[str, int]]
    """For each article its entities and how many sentences mention them."""


def naming(profiles: Sequence[Profile]) -> Naming:
    """Unite the names of all articles.

    The end of a person's name stands for the whole of it in an article that has no other, unless several
    names in the digest end so or it is a place somewhere.
    """
    sure = {key_of(name.title) for profile in profiles for name in profile.names if name.is_sure}
    whole = _whole_names([name for profile in profiles for name in profile.names if name.is_sure])
    spelled: dict[str, list[tuple[str, Name]]] = defaultdict(list)
    mentions: dict[str, dict[str, int]] = {}
    for profile in profiles:
        counts = mentions.setdefault(profile.slug, {})
        for name in profile.names:
            key = key_of(name.title)
            if key in sure:
                key = whole.get(key, key)
                counts[key] = counts.get(key, 0) + name.sentences
                spelled[key].append((profile.language, name))
    return Naming({key: _entity(key, names) for key, names in spelled.items()}, mentions)


def _whole_names(names: Sequence[Name]) -> dict[str, str]:
    """Give for the end of a name the only person's name that ends so."""
    barred = {key_of(name.title) for name in names if name.is_place or name.kind in ("place", "organization")}
    whole = whole_names(name.title for name in names if key_of(name.title) not in barred)
    return {end: name for end, name in whole.items() if end not in barred}


def _entity(key: str, names: Sequence[tuple[str, Name]]) -> Entity:
    titles = Counter(name.title for _, name in names if key_of(name.title) == key)
    known = {name.title for _, name in names if name.known}
    kinds: Counter[SubjectKind] = Counter(name.kind for _, name in names if name.kind != "name")
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for language, name in names:
        spellings[language].update(name.sources)
    ranked = {
        language: sorted(row, key=lambda spelling: (-row[spelling], spelling))
        for language, row in sorted(spellings.items())
    }
    return Entity(
        title=min(titles, key=lambda title: (title not in known, -titles[title], title)),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default="name"),
        sources=tuple((language, each) for language, row in ranked.items() for each in row[:_SPELLINGS]),
        is_known=bool(known),
    )
