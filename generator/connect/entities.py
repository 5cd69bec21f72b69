"""Which names of different articles are one entity, and how it is spelled.

Articles call one person by full name and by surname, and a glossary gives other spellings; pages and similarity
need one entity for all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
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
        sure_names = [name for name in names if name.is_sure]
        sure = {keys[name.title] for name in sure_names}
        # An end that is also a place or an organization stands for no person.
        barred = {
            keys[name.title] for name in sure_names if name.is_place or name.kind in ("place", "organization")
        }
        persons = {name.title for name in sure_names if keys[name.title] not in barred}
        whole = {end: name for end, name in whole_names(sorted(persons)).items() if end not in barred}
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
