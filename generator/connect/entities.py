"""Which names of different articles are one entity, and how it is spelled.

Articles call one person by full name and by surname, and a glossary gives other spellings; pages and similarity
need one entity for all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from generator.connect.name_keys import is_spelled_out, key_of
from generator.connect.names import short_forms, whole_names
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

    mentions: dict[str, dict[str, int]]
    """For each article its entities and how many sentences mention them."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Unite the names of all articles as if these were on one event."""
        names = [name for profile in profiles for name in profile.names]
        keys = {title: key_of(title) for title in {name.title for name in names}}
        sure_names = [name for name in names if name.is_sure]
        barred = {
            keys[name.title] for name in sure_names if name.is_place or name.kind in ("place", "organization")
        }
        sure = {keys[name.title] for name in sure_names} - _written_small(profiles, keys)
        self._profiles, self._keys, self._barred, self._sure = profiles, keys, barred, sure
        persons = sure - barred
        self._persons = {
            each.slug: [name.title for name in each.names if name.is_sure and keys[name.title] in persons]
            for each in profiles
        }
        self._certain = {keys[name.title] for name in sure_names if name.is_person}
        everywhere = self._whole_names(self._persons)
        self._unite(lambda _: everywhere)

    def unite_on_events(self, near: Callable[[str], Collection[str]]) -> None:
        """Unite the names anew; `near` tells of an article the others on its event."""
        titles = {title for titles in self._persons.values() for title in titles}
        short = {form for title in titles for form in short_forms(title)}

        def whole_names_around(profile: Profile) -> Mapping[str, str]:
            if short.isdisjoint([self._keys[name.title] for name in profile.names]):
                return {}
            return self._whole_names(sorted({profile.slug, *near(profile.slug)}))

        self._unite(whole_names_around)

    def _whole_names(self, slugs: Iterable[str]) -> Mapping[str, str]:
        return whole_names((title for slug in slugs for title in self._persons[slug]), self._certain)

    def _unite(self, whole_names_around: Callable[[Profile], Mapping[str, str]]) -> None:
        self.__dict__.pop("entities", None)
        self.mentions = {}
        self._spelled: dict[str, list[tuple[Profile, Name]]] = defaultdict(list)
        for profile in self._profiles:
            counts = self.mentions.setdefault(profile.slug, {})
            whole = whole_names_around(profile)
            for name in profile.names:
                key = self._keys[name.title]
                if key in self._sure:
                    key = key if key in self._barred else whole.get(key, key)
                    counts[key] = counts.get(key, 0) + name.sentences
                    self._spelled[key].append((profile, name))

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities by what their spellings have in common."""
        spellings: dict[str, set[str]] = defaultdict(set)
        for title, key in self._keys.items():
            spellings[key].add(title)
        return {key: _entity(row, spellings[key]) for key, row in self._spelled.items()}


def _written_small(profiles: Iterable[Profile], keys: Mapping[str, str]) -> set[str]:
    """Return the keys of names that at least as many articles write small, as words or phrases.

    Not of those that the glossary or Babel knows, and of acronyms: the WHO is no who.
    """
    with_name: Counter[str] = Counter()
    small: Counter[str] = Counter()
    certain: set[str] = set()
    wanted = {title.lower() for title in keys}
    for profile in profiles:
        with_name.update({name.title.lower() for name in profile.names})
        certain |= {
            name.title.lower() for name in profile.names if name.known or name.sources or name.title.isupper()
        }
        written = (terms.title(key) for terms in (profile.words, profile.topics) for key in terms.sentences)
        small.update(wanted.intersection(written))
    return {
        key
        for title, key in keys.items()
        if (lower := title.lower()) not in certain and small[lower] >= with_name[lower]
    }


def _entity(found: Iterable[tuple[Profile, Name]], whole: Set[str]) -> Entity:
    """Return a name from how articles, each in its language, have it; `whole` are its spellings in full.

    None of these need be among them: who is called in full elsewhere may be short for another there.
    """
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
            titles.keys() & whole or whole,
            key=lambda title: (title not in known, not is_spelled_out(title), -titles[title], title),
        ),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default="name"),
        sources=tuple((language, each) for language, row in ranked.items() for each in row[:_SPELLINGS]),
        is_known=bool(known),
        places=places,
    )
