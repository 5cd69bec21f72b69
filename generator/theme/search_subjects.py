"""Names, topics and stories as results of a search, under all their spellings.

Their pages say in their front matter what they are called, how else that is written, and which articles they
list; the glossary's spellings come from the records of the articles.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .text_analysis import acronyms, terms, words

PER_FILE = 8
"""Subjects that are loaded together."""
KnownSpellings = tuple[tuple[str, ...], tuple[str, ...]]
"""How sources, and how translations spell a name of the glossary."""
_FOLDERS = ("names", "topics", "stories")
_FIELDS = {"kind": str, "name": str, "title": str, "spellings": list, "articles": list}
_FIELD = re.compile(rf"^({'|'.join(_FIELDS)}): (.+)$".encode(), re.MULTILINE)
_ARTICLE = re.compile(r"articles/([^/]+)/$")
_PAGE = re.compile(r"([^/]+)/((?:names|topics|stories)/[^/]+)/(?:page/\d+/)?index\.md")


@dataclass(slots=True)
class SearchedSubject:
    """A name, a topic or a story."""

    place: str
    """Of its page, in each tree that has one."""
    kind: str
    names: dict[str, str] = field(default_factory=dict)
    """By tree."""
    spellings: dict[str, None] = field(default_factory=dict)
    """How else it is written, in a fixed order."""
    articles: set[str] = field(default_factory=set)

    @property
    def is_story(self) -> bool:
        """Return whether it is a story, whose title is no spelling of what its articles mention."""
        return self.kind == "story"

    def all_spellings(self) -> list[str]:
        """Return names and other spellings, each once."""
        return [*dict.fromkeys([*self.names.values(), *self.spellings])]

    def shown(self) -> list[Any]:
        """Return what a result shows of it."""
        return [self.kind, self.place, self.names, [*self.spellings], len(self.articles)]


def every_page(path: str) -> bool:
    """Return true: each page is in the site where nobody leaves any out."""
    return True


def read_subjects(docs: Path, is_shown: Callable[[str], bool] = every_page) -> list[SearchedSubject]:
    """Return the subjects that have pages in the site: those of most articles first."""
    found: dict[str, SearchedSubject] = {}
    pages = (page for folder in _FOLDERS for page in docs.glob(f"*/{folder}/*/**/index.md"))
    for page in sorted(pages):
        path = page.relative_to(docs).as_posix()
        place = _PAGE.fullmatch(path)
        told = _front_matter(page) if place and is_shown(path) else {}
        if place and "articles" in told:
            tree, folder = place.groups()
            kind = "story" if folder.startswith("stories/") else told.get("kind", "name")
            subject = found.setdefault(folder, SearchedSubject(f"{folder}/", kind))
            subject.names.setdefault(tree, html.unescape(told.get("name") or told.get("title") or folder))
            subject.spellings |= dict.fromkeys(html.unescape(str(each)) for each in told.get("spellings", ()))
            subject.articles |= set(_slugs(told["articles"]))
    return sorted(found.values(), key=lambda subject: (subject.is_story, -len(subject.articles), subject.place))


def _front_matter(page: Path) -> dict[str, Any]:
    """Return the fields that we write, as we write them; nothing of a page where one is written otherwise."""
    head = page.read_bytes().partition(b"\n---")[0]
    try:
        found = {name.decode(): json.loads(value) for name, value in _FIELD.findall(head)}
    except ValueError:
        return {}
    return {name: value for name, value in found.items() if isinstance(value, _FIELDS[name])}


def _slugs(articles: Iterable[Any]) -> Iterator[str]:
    for each in articles:
        link = each.get("link") if isinstance(each, dict) else None
        if found := _ARTICLE.search(html.unescape(str(link))):
            yield unquote(found[1])


class GlossaryNames:
    """The names of the glossaries of all languages; those that translations call alike first are one."""

    def __init__(self, known: Iterable[KnownSpellings]) -> None:
        self._by_target: dict[str, dict[str, None]] = {}
        self._by_spelling: dict[str, set[str]] = {}
        for sources, targets in known:
            plain = [spelling for spelling in (*targets, *sources) if not set(spelling) & set("*~|")]
            key = _key(targets[0])
            self._by_target.setdefault(key, {}).update(dict.fromkeys(plain))
            for spelling in plain:
                self._by_spelling.setdefault(_key(spelling), set()).add(key)

    def spellings_of(self, known: KnownSpellings) -> list[str]:
        """Return all spellings of a name of the glossary, in every language."""
        return [*self._by_target[_key(known[1][0])]]

    def spellings_like(self, spelling: str) -> list[str]:
        """Return all spellings of the names that are spelled so."""
        keys = sorted(self._by_spelling.get(_key(spelling), ()))
        return [other for key in keys for other in self._by_target[key]]


def add_known_spellings(subjects: Iterable[SearchedSubject], glossary: GlossaryNames) -> None:
    """Add to each name the spellings of what the glossary has for it: under one of them it is known already."""
    for subject in subjects:
        if not subject.is_story:
            for spelling in subject.all_spellings():
                subject.spellings |= dict.fromkeys(glossary.spellings_like(spelling))
            for name in set(subject.names.values()):
                subject.spellings.pop(name, None)


def _key(spelling: str) -> str:
    return " ".join(words(spelling))


def subject_terms(spelling: str) -> list[str]:
    """Return the terms of a spelling, and what it is in capitals, if that says more."""
    plain = [term for word in words(spelling) for term in terms(word).sure]
    return [*dict.fromkeys([*plain, *(acronyms(spelling) if len(plain) == 1 else ())])]


def posting(subject: int, spelling: int, count: int) -> int:
    """Return one number for a spelling of a subject under one of its `count` terms."""
    return subject << 10 | min(spelling, 63) << 4 | min(count, 15)
