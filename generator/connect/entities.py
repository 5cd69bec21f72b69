"""Which names of different articles are one entity, and how it is spelled.

Articles call one person by full name and by surname, and a glossary gives other spellings; pages and similarity
need one entity for all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
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


class EntityIndex:
    """The names of a digest.

    The end of a person's name stands for the whole of it in an article that has no other, unless several names
    in the digest end so or it is a place somewhere.
    """

    entities: dict[str, Entity]
    """By what their spellings have in common."""
    mentions: dict[str, dict[str, int]]
    """For each article its entities and how many sentences mention them."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Unite the names of all articles."""
        names = [name for profile in profiles for name in profile.names]
        keys = {title: key_of(title) for title in {name.title for name in names}}
        # What has a capital at the head of sentences alone, in all articles, is no name.
        sure = {keys[name.title] for name in names if name.is_sure}
        whole = _whole_names((name for name in names if name.is_sure), keys)
        spelled: dict[str, list[tuple[str, Name]]] = defaultdict(list)
        self.mentions = {}
        for profile in profiles:
            counts = self.mentions.setdefault(profile.slug, {})
            for name in profile.names:
                key = keys[name.title]
                if key in sure:
                    key = whole.get(key, key)
                    counts[key] = counts.get(key, 0) + name.sentences
                    spelled[key].append((profile.language, name))
        self.entities = {
            key: _entity(row, {name.title for _, name in row if keys[name.title] == key})
            for key, row in spelled.items()
        }


def _whole_names(names: Iterable[Name], keys: Mapping[str, str]) -> dict[str, str]:
    """Return for the end of a name the only person's name that ends so."""
    titles, barred = set(), set()
    for name in names:
        titles.add(name.title)
        if name.is_place or name.kind in ("place", "organization"):
            barred.add(keys[name.title])
    whole = whole_names(sorted(title for title in titles if keys[title] not in barred))
    return {end: name for end, name in whole.items() if end not in barred}


def _entity(found: Iterable[tuple[str, Name]], own: Set[str]) -> Entity:
    """Return a name from how articles, each in its language, have it; `own` are its spellings in full."""
    names = [name for _, name in found]
    known = {name.title for name in names if name.known}
    titles = Counter(name.title for name in names)
    kinds = Counter(name.kind for name in names)
    del kinds["name"]
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    for language, name in found:
        sources[language].update(name.sources)
    ranked = {
        language: sorted(row, key=lambda spelling: (-row[spelling], spelling))
        for language, row in sorted(sources.items())
    }
    return Entity(
        title=min(own, key=lambda title: (title not in known, -titles[title], title)),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default="name"),
        sources=tuple((language, each) for language, row in ranked.items() for each in row[:_SPELLINGS]),
        is_known=bool(known),
    )
