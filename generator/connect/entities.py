"""Which names of different articles are one entity, and how it is spelled.

Articles call one person by full name and by surname, and a glossary gives other spellings; pages and similarity
need one entity for all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from generator.connect.name_keys import is_spelled_out, key_of
from generator.connect.names import whole_names
from generator.connect.profile import PLACES, Name, Profile
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
    places: dict[str, tuple[int, ...]]
    """The first sentences of each article that mention it."""


class EntityIndex:
    """The names of a digest.

    What has a capital at the head of sentences alone, and what articles write small at least as often, is none.
    The end of a person's name stands for the whole of it in articles on one event, if no other name in them
    ends or begins so and it is no place or organization anywhere: the Kim of one event is not that of another.
    """

    entities: dict[str, Entity]
    """By what their spellings have in common."""
    mentions: dict[str, dict[str, int]]
    """For each article its entities and how many sentences mention them."""

    def __init__(
        self, profiles: Sequence[Profile], near: Callable[[str], Collection[str]] | None = None
    ) -> None:
        """Unite the names of all articles; `near` tells of an article the others on its event.

        As long as nothing does, names are united as if all articles were on one.
        """
        names = [name for profile in profiles for name in profile.names]
        keys = {title: key_of(title) for title in {name.title for name in names}}
        sure_names = [name for name in names if name.is_sure]
        sure = {keys[name.title] for name in sure_names} - _written_small(profiles, keys)
        barred = {
            keys[name.title] for name in sure_names if name.is_place or name.kind in ("place", "organization")
        }
        persons = {
            profile.slug: [
                name.title for name in profile.names if name.is_sure and keys[name.title] not in barred
            ]
            for profile in profiles
        }
        certain = {keys[name.title] for name in sure_names if name.is_person}
        everywhere = whole_names((title for titles in persons.values() for title in titles), certain)
        spelled: dict[str, list[tuple[Profile, Name]]] = defaultdict(list)
        self.mentions = {}
        for profile in profiles:
            counts = self.mentions.setdefault(profile.slug, {})
            whole = everywhere
            if near is not None and not whole.keys().isdisjoint(keys[name.title] for name in profile.names):
                scope = sorted({profile.slug, *near(profile.slug)})
                whole = whole_names((title for slug in scope for title in persons[slug]), certain)
            for name in profile.names:
                key = keys[name.title]
                if key in sure:
                    key = key if key in barred else whole.get(key, key)
                    counts[key] = counts.get(key, 0) + name.sentences
                    spelled[key].append((profile, name))
        self.entities = {
            key: _entity(row, {name.title for _, name in row if keys[name.title] == key})
            for key, row in spelled.items()
        }


def _written_small(profiles: Iterable[Profile], keys: Mapping[str, str]) -> set[str]:
    """Return the keys of names that at least as many articles write small, as words or phrases.

    Not of those that the glossary or Babel knows, and of acronyms: the WHO is no who.
    """
    with_name: Counter[str] = Counter()
    small: Counter[str] = Counter()
    certain: set[str] = set()
    for profile in profiles:
        with_name.update({name.title.lower() for name in profile.names})
        certain |= {
            name.title.lower() for name in profile.names if name.known or name.sources or name.title.isupper()
        }
        small.update({terms.title(key) for terms in (profile.words, profile.topics) for key in terms.sentences})
    return {
        key
        for title, key in keys.items()
        if (lower := title.lower()) not in certain and small[lower] >= with_name[lower]
    }


def _entity(found: Iterable[tuple[Profile, Name]], own: Set[str]) -> Entity:
    """Return a name from how articles, each in its language, have it; `own` are its spellings in full."""
    found = list(found)
    names = [name for _, name in found]
    known = {name.title for name in names if name.known}
    titles = Counter(name.title for name in names)
    kinds = Counter(name.kind for name in names)
    del kinds["name"]
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, tuple[int, ...]] = {}
    for profile, name in found:
        sources[profile.language].update(name.sources)
        before = places.get(profile.slug)
        places[profile.slug] = tuple(sorted({*before, *name.places})[:PLACES]) if before else name.places
    ranked = {
        language: sorted(row, key=lambda spelling: (-row[spelling], spelling))
        for language, row in sorted(sources.items())
    }
    return Entity(
        title=min(
            own, key=lambda title: (title not in known, not is_spelled_out(title), -titles[title], title)
        ),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default="name"),
        sources=tuple((language, each) for language, row in ranked.items() for each in row[:_SPELLINGS]),
        is_known=bool(known),
        places=places,
    )
