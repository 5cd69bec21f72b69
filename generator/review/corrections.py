"""What people wrote into generated pages: translations go into the memory, and nothing of theirs is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from generator import render
from generator.config import Settings
from generator.formats import quoted
from generator.languages.furniture import lead_of
from generator.languages.normalize import can_be_same, normal_form
from generator.model import UNKNOWN, DigestError, Output, PlacedSegment, Segment, Translation
from generator.render.escape import clean
from generator.render.page_markup import (
    PRECEDENCE,
    TITLE,
    PlaceOnPage,
    is_of_other_translations,
    sources_of_page,
    translations,
    with_connections_of,
    without_translations,
)
from generator.review.signature import signature_of
from generator.storage.docs_folder import Author, author_of, conflict_in, is_made_of, plain, unsigned
from generator.storage.file_tree import scan
from generator.storage.files import write_file
from generator.storage.records import Records
from generator.storage.run_state import DAMAGE, content_hash, without_garbage_collection
from generator.translate.headline import headline_of_article
from generator.translate.memory import Memory, MemoryKey, memory_file, update_memory
from generator.translate.memory_index import MemoryIndex


@dataclass(slots=True)
class Corrections:
    """What was taken over from pages that people edited."""

    lines: list[str] = field(default_factory=list)
    """What was taken and what was kept, one line each."""
    problems: list[str] = field(default_factory=list)
    """What needs a person's decision, one line each."""
    taken: dict[str, str] = field(default_factory=dict)
    """Hash of each page as it was when its edits were taken over, by its path below the docs folder."""
    kept: list[str] = field(default_factory=list)
    """The copies of pages that hold what could not be taken over, below the digest's folder."""

    def remember(self, settings: Settings) -> None:
        """Note what was taken until the pages are made anew: a run that ends before need not take it again.

        By then records may say something else than the pages do.
        """
        if self.taken:
            noted = asdict(self) | {"memory": repr(scan(settings.memory))}
            write_file(settings.cache / _NOTED, json.dumps(noted).encode())

    @classmethod
    def remembered(cls, settings: Settings) -> Corrections:
        """Return what an earlier run took and did not live to publish, if it is still in the memory."""
        with suppress(*DAMAGE):
            noted = json.loads((settings.cache / _NOTED).read_bytes())
            if noted.pop("memory") == repr(scan(settings.memory)):
                return cls(**noted)
        return cls()


def forget_corrections(settings: Settings) -> None:
    """Forget what a run noted of what it took: the pages are made anew."""
    (settings.cache / _NOTED).unlink(missing_ok=True)


_NOTED = "taken.json"

_ONLY = "only the headline and sentences can be changed there"
_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A translation that a person changed in one place of one page."""

    page: str
    """Below the docs folder."""
    place: PlaceOnPage
    language: str
    key: MemoryKey
    """Of the article, also where the translation may hold in others."""
    repaired: str
    """The source as machines read it; the memory may know it by that."""
    text: str
    """Empty where the person emptied it."""

    @property
    def is_derived(self) -> bool:
        """Whether it is a headline that the seed does not have, which is none in other articles."""
        return self.key.article.endswith(headline_of_article(""))

    def __str__(self) -> str:
        return _in_words(self.place)


def take_corrections(
    settings: Settings, changed: Iterable[str], by: str = "", outdated: Collection[str] = ()
) -> Corrections:
    """Take the headlines and sentences that people corrected in the `changed` files into the memory.

    Where one was corrected in several ways, a problem names them all, and none is lost. Whatever else people
    changed would be lost when the page is generated again, so the whole page is kept in `memory/kept`. `by`
    names who did it. Of pages that are `outdated`, or whose records are, or that say themselves that they were
    made of other translations than their record has, nobody can tell any more which sentences a person changed
    and which a machine did, unless a page proves to be made of its record: they are kept. Raises `DigestError`
    when a file cannot be read or written, and for the first page in which git left a conflict, or somebody two
    translations in one place.
    """
    taking = _Taking(settings, Corrections.remembered(settings))
    pages = [path for path in sorted(changed) if path.endswith(".md") and (settings.docs / path).is_file()]
    for path in pages:
        taking.refuse_conflict(path)
    for path in pages:
        if author_of(settings.docs / path) is Author.EDITOR:
            taking.read(path, outdated)
    taking.settle(by)
    taking.corrections.remember(settings)
    return taking.corrections


@dataclass
class _Taking:
    """Reads edited pages, then decides what becomes of all edits together."""

    settings: Settings
    corrections: Corrections = field(default_factory=Corrections)
    _pages: dict[str, bytes] = field(default_factory=dict)
    _edits: list[_Edit] = field(default_factory=list)
    _others: dict[str, str] = field(default_factory=dict)
    """For each page in which something else was changed, why that is not taken over."""
    _chosen: dict[tuple[str, MemoryKey], _Edit] = field(default_factory=dict)
    """The edit that counts for each translation."""
    _before: dict[_Edit, str] = field(default_factory=dict)
    """The reviewed translation that it replaces."""
    _changes: dict[str, dict[MemoryKey, str | None]] = field(default_factory=dict)
    """What changes in the memory of each source language."""

    def refuse_conflict(self, path: str) -> None:
        """Raise `DigestError` where git left a conflict in a page."""
        file = self.settings.docs / path
        if line := conflict_in(file.read_bytes()):
            raise DigestError(
                f"{self._named(file)}: line {line} is a conflict that git left; choose what counts and delete "
                "the marks, or delete a list page to have it made again"
            )

    def read(self, path: str, outdated: Collection[str]) -> None:
        """Find what was changed in a page."""
        content = (self.settings.docs / path).read_bytes()
        if self.corrections.taken.get(path) == content_hash(content):
            return
        self._pages[path] = content
        self.corrections.taken[path] = content_hash(content)
        tree, *folders = path.split("/")
        if folders[:1] != ["articles"]:
            self._others[path] = "it is made of others; to make it your own, delete its line checksum"
            return
        records = Records.of(self.settings)
        try:
            translation = records.load(folders[1])
        except DigestError:
            self._others[path] = "its article has no record that can be read"
            return
        interfaces, reviewers = self.settings.interfaces, self.settings.reviewers
        pages = render.article_pages(translation, (tree,), interfaces=interfaces, names_reviewers=reviewers)
        made = next(pages, Output(path, b"")).content.decode()
        in_own = tree == translation.digest.document.language != self.settings.target
        headed = not in_own and translation.title.origin != "original"
        try:
            markdown = unsigned(plain(content)).decode().rstrip("\n") + "\n"
        except UnicodeDecodeError:
            self._others[path] = "it is not in UTF-8; save it so"
            return
        is_sure = is_made_of(plain(content), with_connections_of(markdown, made).encode())
        is_outdated = not {path, records.path(folders[1])}.isdisjoint(outdated)
        if not is_sure and (is_outdated or is_of_other_translations(markdown, translation.rows())):
            self._others[path] = "its article was translated anew meanwhile; correct the new page"
            return
        found = self._one_a_place(path, translations(markdown, headed=headed))
        edits = list(_edits(path, found, translation, None if is_sure else sources_of_page(markdown)))
        known = [edit for edit in edits if edit and edit.language != UNKNOWN]
        self._edits += known
        pages_as_saved = (made, markdown, _composed(markdown))
        wanted, *rest = (_composed(without_translations(page, headed=headed)) for page in pages_as_saved)
        if None in edits or wanted not in rest:
            self._others[path] = _ONLY
        elif len(known) < len(edits):
            self._others[path] = "its language is not known; name it in a file beside the seed"

    def _one_a_place(self, path: str, found: Iterable[tuple[PlaceOnPage, str]]) -> dict[PlaceOnPage, str]:
        """Return the text in each place; raise `DigestError` where the end of a conflict left two in one."""
        texts: dict[PlaceOnPage, str] = {}
        for place, text in found:
            before = texts.get(place) or text
            if text and before != text:
                raise DigestError(
                    f"{self._named(self.settings.docs / path)}: {_in_words(place)} has two translations there, "
                    f"{quoted(before)} and {quoted(text)}; delete one of them"
                )
            texts[place] = before
        return texts

    @without_garbage_collection()
    def settle(self, by: str) -> None:
        """Take the edits into the memory, and say what became of each page."""
        for each in _grouped(self._edits, lambda edit: (edit.language, edit.key)):
            self._choose(each)
        chosen = self._chosen.values()
        for each in _grouped(chosen, lambda edit: (edit.language, edit.key.source, edit.is_derived)):
            self._settle_source(each)
        if any(self._changes.values()):
            signature = signature_of(self.settings.root, by)
            for language, changes in self._changes.items():
                if changes:
                    update_memory(self.settings.memory, language, self.settings.target, changes, signature)
        self.corrections.lines += filter(None, map(self._said, self._pages))

    def _choose(self, edits: Sequence[_Edit]) -> None:
        """Choose the edit that counts in an article; a problem names the others, whose pages are kept."""

        def rank(edit: _Edit) -> tuple[bool, int, bool]:
            tree = edit.page.split("/")[0]
            return not edit.text, PRECEDENCE.index(edit.place.where), tree != self.settings.target

        best, *others = sorted(edits, key=rank)
        self._chosen[best.language, best.key] = best
        others = [edit for edit in others if edit.text != best.text]
        if others:
            said = [f"{self._page(edit)}: {edit} now reads “{edit.text}”" for edit in (best, *others)]
            copies = ", ".join(dict.fromkeys(self._keep(edit.page) for edit in others))
            self.corrections.problems.append(
                f"{', but '.join(said)}; the first counts, and the page with the other is {copies}; "
                "correct the page again if that is the right one"
            )

    def _settle_source(self, edits: Sequence[_Edit]) -> None:
        """Settle a source for all articles where its edits agree, else for each article alone."""
        first = edits[0]
        changes = self._changes.setdefault(first.language, {})
        for edit in edits:
            before = self._own(edit) if edit.is_derived else self._memory(edit).lookup(*edit.key)
            if before and before != edit.text:
                self._before[edit] = before
        if len({edit.text for edit in edits}) > 1:
            said = " and ".join(f"“{edit.text}” in {self._page(edit)}" for edit in edits)
            file = self._named(memory_file(self.settings.memory, first.language, self.settings.target))
            self.corrections.problems.append(
                f"“{first.key.source}” was corrected to {said}; each holds in its own article, and one of them "
                f"in all others as soon as somebody writes it into {file}"
            )
            agreed = False
        else:
            agreed = not first.is_derived and (len(edits) > 1 or self._own(first) is None)
        for edit in edits:
            if edit.text:
                changes |= (
                    {edit.key: None, MemoryKey(edit.key.source): edit.text} if agreed else {edit.key: edit.text}
                )
            elif edit in self._before:
                own = self._own(edit) is not None
                changes |= dict.fromkeys([edit.key] if own else map(MemoryKey, self._known_by(edit)))

    def _own(self, edit: _Edit) -> str | None:
        """Return what a person settled for this article alone."""
        own = self._memory(edit).articles.get(edit.key.article)
        return own.lookup(edit.key.source) if own else None

    def _known_by(self, edit: _Edit) -> list[str]:
        """Return the sources by which the memory knows a sentence, exactly or but for harmless differences."""
        known = self._memory(edit).exact
        texts = (edit.key.source, edit.repaired)
        exact = [text for text in texts if text in known]
        return exact or [each for each in known if any(_is_like(each, text) for text in texts)]

    def _memory(self, edit: _Edit) -> Memory:
        return self._index.near(edit.language, edit.key.source, edit.repaired)

    @cached_property
    def _index(self) -> MemoryIndex:
        return MemoryIndex(self.settings)

    def _keep(self, path: str) -> str:
        """Keep a page as the person left it, beside earlier ones; return what messages call the copy."""
        folder, stem = self.settings.memory / "kept", path.removesuffix(".md").replace("/", "-")
        name = re.compile(rf"{re.escape(stem)}(?:\.([0-9]+))?\.md")
        found = ((file, name.fullmatch(file.name)) for file in folder.glob("*.md"))
        copies = {int(match[1] or 0): file for file, match in found if match}
        copy = next((file for file in copies.values() if file.read_bytes() == self._pages[path]), None)
        if copy is None:
            copy = folder / f"{stem}.{max(copies, default=0) + 1}.md"
            write_file(copy, self._pages[path])
        if self._named(copy) not in self.corrections.kept:
            self.corrections.kept.append(self._named(copy))
        return self._named(copy)

    def _said(self, path: str) -> str:
        """Return the line that says what became of a page; empty where a problem says it."""
        mine = [edit for edit in self._edits if edit.page == path]
        counted = [self._chosen[edit.language, edit.key] for edit in mine]
        won = dict.fromkeys(best for edit, best in zip(mine, counted, strict=True) if edit.text == best.text)
        said = [_now_in_memory([e for e in won if e.text], self._before, self._named(self.settings.memory))]
        said += [
            f"{edit} is given back to the machine" for edit in won if not edit.text and edit in self._before
        ]
        if path in self._others:
            copy, why = self._keep(path), self._others[path]
            said.append(f"the page was made anew; your other changes are in {copy}, since {why}")
        said = [*filter(None, said)]
        if not said and len(won) == len({(edit.language, edit.key) for edit in mine}):
            said = ["was changed to no effect and is generated again"]
        return f"{self._named(self.settings.docs / path)}: {'; '.join(said)}" if said else ""

    def _page(self, edit: _Edit) -> str:
        return self._named(self.settings.docs / edit.page)

    def _named(self, file: Path) -> str:
        """Return what messages call a file: its path from the digest's folder."""
        root = self.settings.root
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _edits(
    path: str, found: Mapping[PlaceOnPage, str], translation: Translation, sources: Mapping[str, str] | None
) -> Iterator[_Edit | None]:
    """Return the translations that a page has otherwise than the record; None for one that cannot be placed.

    It cannot where nothing is to be translated, or where the page shows another source than the record; that
    is asked where `sources` are given.
    """
    document = translation.digest.document
    slug, rows = document.article.slug, {row.place: row for row in translation.rows()}
    for place, text in found.items():
        _, language, segment = rows.get(place.row) or PlacedSegment("", UNKNOWN, Segment("", None, "original"))
        shown = segment.target or (segment.source if place.row == TITLE else "")
        if _composed(text) == _composed(clean(shown)):
            continue
        is_placed = sources is None or _composed(sources.get(place.row, "")) == _composed(clean(segment.source))
        if segment.origin == "original" or not is_placed:
            yield None
            continue
        key, repaired = MemoryKey(segment.source, slug), segment.source
        if place.row != TITLE:
            repaired = document.sentences[int(place.row[1:]) - 1].repaired
        elif not document.article.title:
            lead = lead_of((each.text for each in document.sentences), document.language)
            language = document.sentences[lead].language
            key = MemoryKey(segment.source, headline_of_article(slug))
        yield _Edit(path, place, language, key, repaired, text)


def _composed(text: str) -> str:
    """Return a text in the form of Unicode that most programs write; some editors turn files into the other."""
    return normalize("NFC", text)


def _in_words(place: PlaceOnPage) -> str:
    """Return what messages call a place on a page."""
    row = "the headline" if place.row == TITLE else f"sentence {place.row[1:]}"
    return row if place.where == "text" else f"{row} in the {place.where}"


def _now_in_memory(edits: Sequence[_Edit], before: dict[_Edit, str], memory: str) -> str:
    if not edits:
        return ""
    sentences = sum(edit.place.row != TITLE for edit in edits)
    parts = ["the corrected headline"] if sentences < len(edits) else []
    parts += [f"{sentences} corrected sentence{'' if sentences == 1 else 's'}"] if sentences else []
    replaced = ", ".join(f"“{before[edit]}”" for edit in edits if edit in before)
    instead = f" in place of {replaced}" if replaced else ""
    return f"{' and '.join(parts)} {'is' if len(edits) == 1 else 'are'} now in {memory}/{instead}"


def _is_like(one: str, other: str) -> bool:
    return normal_form(one) == normal_form(other) and can_be_same(one, other)


def _grouped(edits: Iterable[_Edit], key: Callable[[_Edit], _Group]) -> list[list[_Edit]]:
    groups: dict[_Group, list[_Edit]] = {}
    for edit in edits:
        groups.setdefault(key(edit), []).append(edit)
    return [*groups.values()]
