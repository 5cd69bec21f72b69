"""What a run must do with each seed, so that a change costs its own articles and not the whole digest.

A seed is as it was, or its sentences must be settled again, or it must be read. Articles that lost their seeds
are found here, too, and so is a seeds folder that is not the right one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.config import Settings
from generator.ingest import SIDECARS, declare_slug, list_seeds, read_seed, sidecars_of, slug_of
from generator.model import Digest, DigestError, FieldError, Job, Translation
from generator.render import ListedArticle
from generator.storage.file_tree import Tree, is_same, paths, scan, stamp_in
from generator.storage.records import Records
from generator.storage.run_state import (
    Published,
    RunState,
    SeedState,
    content_hash,
    files_hash,
    inputs_hash,
    program_hash,
    save_state,
    without_garbage_collection,
)
from generator.translate.glossary import glossary_file
from generator.translate.memory_index import MemoryIndex

AGAIN = "again "
"""Before the content of a seed whose fields have mistakes, so that each run names them."""


class Kind(Enum):
    """What must be done with a seed."""

    UNCHANGED = "nothing: its articles' pages would be the same again"
    FROM_RECORDS = "settle its sentences again: it is the same, but the memory or the glossary is not"
    ANEW = "read it: it, the program, or a record of it changed"


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed file as it lies there now."""

    path: Path
    name: str
    """Path below the seeds folder, with forward slashes."""
    stamp: str
    content: str
    """Hash of its bytes and its sidecars'."""


@dataclass
class Changes:
    """Compares the digest with what the last run saw, and notes what this run sees for the next one."""

    settings: Settings
    previous: RunState
    before: Tree
    """The docs folder as it was when the run began."""
    use_memory: bool = True
    problems: list[str] = field(default_factory=list)
    """One line for each seed that cannot be used."""
    again: Collection[str] = ()
    """Slugs of the articles whose sentences are settled again whatever changed."""
    unchanged: list[str] = field(default_factory=list)
    """Slugs of the articles whose pages would be the same again."""
    moved: list[str] = field(default_factory=list)
    """One line for each seed that was renamed since the last run."""
    seen: dict[str, SeedState] = field(default_factory=dict)
    """What this run saw of each seed."""
    _owners: dict[str, str] = field(default_factory=dict)
    """The seed entry that has each slug."""
    _loaded: dict[str, Translation] = field(default_factory=dict)
    """Records of articles that are on their way to the translator."""

    def __post_init__(self) -> None:
        """See what the run depends on, with corrections taken over; raises `DigestError` as memories do."""
        self.inputs_hash = inputs_hash(self.settings, self.use_memory)
        self.program_hash = program_hash(self.settings)
        self.memory = MemoryIndex(self.settings) if self.use_memory else None
        self.shared_hash = files_hash([], self.program_hash, self.memory.identity if self.memory else "")
        self.settled = self.memory.changed() if self.memory else frozenset[int]()
        """The keys of the sources that people settled otherwise since the last run."""
        self.glossaries = {
            file.name: files_hash([file]) for file in sorted(self.settings.memory.glob("glossary.*.csv"))
        }
        """The hash of each glossary's file, by its name."""

    def remember(
        self,
        report: Mapping[str, Any],
        docs: Tree,
        published: Mapping[str, Published],
        outdated_pages: Collection[str],
        lists: Mapping[str, str],
    ) -> None:
        """Let the next run know what this one saw and published; one that left a part open is not complete."""
        is_open = report["untranslated"] or report["outdated"] or report["problems"]
        state = RunState(
            "" if is_open else self.inputs_hash,
            report,
            self.program_hash,
            self.shared_hash,
            self.glossaries,
            docs,
            self.seen,
            published,
            outdated_pages,
            lists,
        )
        save_state(self.settings.cache, state)
        if self.memory:
            self.memory.remember()

    @without_garbage_collection()
    def seeds(self, expect: Callable[[int], object] = lambda more: None) -> list[Seed]:
        """Return the seeds in the order of their names; opens only files whose stamps changed.

        `expect` is told before, how many more there are than in the last run. A seed that was only renamed is
        given the name that its articles have in addresses. Raises `DigestError` where there is no seeds folder.
        """
        folder = self.settings.seeds
        if not folder.is_dir():
            raise DigestError(f"{folder}: no such folder; make it and put articles into it")
        files, problems = list_seeds(folder)
        expect(len(files) - len(self.previous.seeds))
        self.problems += map(str, problems)
        seeds = self._listed(files)
        return self._listed(files) if self._keep_addresses(seeds) else seeds

    def _listed(self, files: Iterable[Path]) -> list[Seed]:
        tree = scan(self.settings.seeds)
        names = map(str.lower, paths(tree))
        described = {name.rpartition(".")[0] for name in names if name.endswith(SIDECARS)}
        return [self._seed(file, tree, described) for file in files]

    def _keep_addresses(self, seeds: Sequence[Seed]) -> bool:
        """Find each seed whose content was in one of another name that is gone; return whether there is one."""
        if not self.previous.seeds:
            return self._keep_addresses_of_records(seeds)
        fresh = [seed for seed in seeds if seed.name not in self.previous.seeds]
        if not fresh:
            return False
        names, now = {seed.name for seed in seeds}, Counter(seed.content for seed in seeds)
        contents = {name: each.content.removeprefix(AGAIN) for name, each in self.previous.seeds.items()}
        then = Counter(contents.values())
        gone = {
            content: name
            for name, content in contents.items()
            if name not in names and content and then[content] == 1
        }
        moved = [
            (gone[seed.content], seed) for seed in fresh if seed.content in gone and now[seed.content] == 1
        ]
        for before, seed in moved:
            self.moved.append(self._keep_address(before, seed))
        return bool(moved)

    def _keep_addresses_of_records(self, seeds: Sequence[Seed]) -> bool:
        """Do so where no run is remembered, as in a fresh clone: by the text of articles without seeds."""
        lost = {slug: name for slug, name in self.known.items() if not os.path.lexists(self._file_of(name))}
        texts: dict[str, list[str]] = {}
        for slug in lost:
            record = self._record(slug)
            said = "".join(sentence.text for sentence in record.digest.document.sentences) if record else slug
            texts.setdefault("".join(said.split()), []).append(slug)
        named = frozenset(self.known.values())
        fresh = [seed for seed in seeds if lost and seed.name not in named]
        for seed in fresh:
            articles = read_seed(seed.path, self.settings.seeds, lambda fault: None)
            said = "".join("".join(articles[0].paragraphs).split()) if len(articles) == 1 else ""
            slugs = texts.pop(said, [])
            if len(slugs) != 1 or articles[0].slug == slugs[0]:
                continue
            line = f"{self.settings.seeds.name}/{seed.name}: was {self.known[slugs[0]]}"
            try:
                declare_slug(seed.path, slugs[0])
            except DigestError as error:
                self.moved.append(f"{line}, and has a new address; {error}")
                continue
            self.known[slugs[0]] = seed.name
            self.moved.append(f"{line}, and keeps its address, {slugs[0]}")
        return bool(self.moved)

    def _keep_address(self, before: str, seed: Seed) -> str:
        """Write the name in addresses of a renamed seed's articles into its sidecar; return a line about it."""
        slugs = self.previous.seeds[before].slugs
        records = {slug: record for slug in slugs if (record := self._record(slug))}
        keys = {
            slug: record.digest.document.article.seed.removeprefix(before).removeprefix("#")
            for slug, record in records.items()
        }
        chosen = slug_of(before) if any(keys.values()) else "".join(slugs[:1])
        line = f"{self.settings.seeds.name}/{seed.name}: was {before}"
        try:
            declare_slug(seed.path, chosen)
        except DigestError as error:
            return f"{line}, and has a new address; {error}"
        kept = [slug for slug, key in keys.items() if not key or slug_of(seed.name, key, chosen) == slug]
        self.known.update(dict.fromkeys(kept, seed.name))
        return f"{line}, and keeps its address, {chosen}"

    def _seed(self, file: Path, tree: Tree, described: set[str]) -> Seed:
        folder = self.settings.seeds
        name = file.relative_to(folder).as_posix()
        can_be_described = {name.lower(), name.lower().rpartition(".")[0]} & described
        sources = [file, *(sidecars_of(file) if can_be_described else ())]
        stamp = repr([stamp_in(tree, source.relative_to(folder).as_posix()) for source in sources])
        known = self.previous.seeds.get(name)
        same = known is not None and known.content and known.stamp == stamp
        return Seed(
            file, name, stamp, known.content.removeprefix(AGAIN) if known and same else _hash_of(sources)
        )

    def refuse_removals(self, seeds: Sequence[Seed], allow: bool) -> None:
        """Stop a run whose seeds folder seems not to be the right one: a mount that is missing, another branch.

        Raises `DigestError` where there is no seed left, or over half of the articles have lost theirs.
        """
        lost = [slug for slug, seed in self.known.items() if not os.path.lexists(self._file_of(seed))]
        self._refuse(lost, allow, is_empty=not seeds)

    def settle_again(self, slugs: Collection[str] | None) -> None:
        """Have articles settled again, all for an empty collection. Raises `DigestError` for unknown names."""
        if slugs is None:
            return
        if unknown := ", ".join(sorted(set(slugs) - self.known.keys())):
            raise DigestError(f"{unknown}: no such article; name it as its address does, docs/…/articles/NAME/")
        self.again = frozenset(slugs or self.known)

    def unreadable(self, seeds: Sequence[Seed]) -> Iterator[Job]:
        """Return the articles of files that are there and no seeds now: they stay as earlier runs made them."""
        files = {seed.path for seed in seeds}
        for slug, seed in self.known.items():
            file = self._file_of(seed)
            record = self._record(slug) if file not in files and os.path.lexists(file) else None
            if record:
                name = file.relative_to(self.settings.seeds).as_posix()
                slugs = self.seen[name].slugs if name in self.seen else ()
                self.seen[name] = SeedState("", "", (*slugs, slug))
                yield self._job(record.digest)

    def removed(self, published: Container[str], allow: bool) -> tuple[list[str], list[str]]:
        """Return the slugs of the articles that are published no more, and a line for each.

        Raises `DigestError` where over half of all have lost their seeds.
        """
        lost = sorted(slug for slug in self.known if slug not in published)
        fresh = {seed: slug for slug, seed in self._owners.items() if slug not in self.known}
        now = {slug: fresh.get(self.known[slug]) for slug in lost}
        self._refuse([slug for slug in lost if not now[slug]], allow)
        where = self.settings.seeds.name
        return lost, [
            f"{where}/{self.known[slug]}: has the address {now[slug]} now; to let {slug} lead there, write "
            f"`aliases: {slug}` into its sidecar"
            if now[slug]
            else f"{where}/{self.known[slug]}: is gone, and so is {slug} from the site; "
            "corrections stay in memory"
            for slug in lost
        ]

    def _refuse(self, lost: Sequence[str], allow: bool, is_empty: bool = False) -> None:
        if not lost or allow:
            return
        if is_empty or (len(lost) > 1 and len(lost) > len(self.known) / 2):
            some = ", ".join(lost[:3]) + (" …" if len(lost) > 3 else "")
            raise DigestError(
                f"{self.settings.seeds}: {len(lost)} of {len(self.known)} articles on the site "
                f"have no seed any more ({some}); put them back, or let the pages go with --allow-removals"
            )

    @cached_property
    def known(self) -> dict[str, str]:
        """The name of the seed of each article that was ever published and not yet removed, by its slug."""
        known = {slug: name for name, seed in self.previous.seeds.items() for slug in seed.slugs}
        records = Records.of(self.settings)
        for path in paths(self.before):
            slug = path.rpartition("/")[0].rpartition("/")[2]
            if path == records.path(slug) and slug not in known:
                record = self._record(slug)
                known[slug] = record.digest.document.article.seed if record else slug
        return known

    def _file_of(self, seed: str) -> Path:
        """Return the file of a seed, of which `#` and the key of an entry may follow the name."""
        whole = self.settings.seeds / seed
        if "#" not in seed or os.path.lexists(whole):
            return whole
        return whole.parent / whole.name.rpartition("#")[0]

    def kind_of(self, seed: Seed) -> Kind:
        """Return what must be done with a seed."""
        if self.previous.program_hash != self.program_hash:
            return Kind.ANEW
        known = self._known(seed)
        if known.content != seed.content:
            return Kind.ANEW
        if self.previous.shared_hash == self.shared_hash and all(map(self._is_unchanged, known.slugs)):
            return Kind.UNCHANGED
        return Kind.FROM_RECORDS if all(map(self._has_its_record, known.slugs)) else Kind.ANEW

    def keep(self, seed: Seed) -> None:
        """Note that the pages of a seed stay as they are."""
        for slug in self._known(seed).slugs:
            self._owners[slug] = self.previous.articles[slug].seed
            self.unchanged.append(slug)
        self.seen[seed.name] = replace(self._known(seed), stamp=seed.stamp)

    def earlier(self, seed: Seed) -> list[Digest]:
        """Return the digests of a seed as its records have them."""
        return [record.digest for slug in self._known(seed).slugs if (record := self._load(slug))]

    def translated_before(self, translation: Translation) -> Translation | None:
        """Return what an earlier run made of an article that this run has translated."""
        return self._loaded.pop(translation.digest.document.article.slug, None)

    def jobs(self, seed: Seed, digests: Iterable[Digest], faults: Iterable[DigestError]) -> Iterator[Job]:
        """Return a job for each digest of a seed.

        Articles that cannot be read now, as the `faults` say, stay as earlier runs made them.
        """
        jobs = [self._job(digest, self._known(seed).slugs) for digest in digests]
        faults = list(faults)
        mistakes = [str(fault) for fault in faults if isinstance(fault, FieldError)]
        faults = [fault for fault in faults if not isinstance(fault, FieldError)]
        self.problems += mistakes
        content = AGAIN + seed.content if mistakes else seed.content
        if faults:
            made = {job.slug for job in jobs}
            earlier = [digest for digest in self.earlier(seed) if digest.document.article.slug not in made]
            stay = " (its earlier pages stay)" if earlier else ""
            self.problems += [f"{fault}{stay}" for fault in faults]
            jobs += map(self._job, earlier)
            content = ""  # so that the next run tries again
        self.seen[seed.name] = SeedState(seed.stamp, content, tuple(job.slug for job in jobs))
        yield from jobs

    def _known(self, seed: Seed) -> SeedState:
        return self.previous.seeds.get(seed.name) or SeedState("", "", (slug_of(seed.name),))

    def _is_unchanged(self, slug: str) -> bool:
        """Return whether an article's record and pages are as the last run left them, and its name is free."""
        article = self.previous.articles.get(slug)
        return (
            article is not None
            and slug not in self.again
            and self.settled.isdisjoint(article.sources)
            and self._has_its_glossaries(article)
            and all(map(self._is_untouched, article.paths))
            and self._owners.get(slug, article.seed) == article.seed
        )

    def _has_its_glossaries(self, article: Published) -> bool:
        """Return whether the glossaries of an article's languages are as they were."""
        before, now = self.previous.glossaries, self.glossaries
        if before == now:
            return True
        entry, target = ListedArticle.from_json(article.entry), self.settings.target
        languages = {entry.language, *(language for language, _, _ in entry.machines)}
        names = [glossary_file(self.settings.memory, language, target).name for language in languages]
        return all(before.get(name) == now.get(name) for name in names)

    def _has_its_record(self, slug: str) -> bool:
        return self._is_untouched(Records.of(self.settings).path(slug))

    def _is_untouched(self, path: str) -> bool:
        return is_same(path, self.previous.docs, self.before)

    def _job(self, digest: Digest, earlier: Sequence[str] = ()) -> Job:
        digest = self._with_own_slug(digest)
        article = digest.document.article
        former = tuple(each for each in article.aliases if self.known.get(each, article.seed) == article.seed)
        slugs = (*article.aliases, *(earlier if len(earlier) == 1 else ()))
        records = map(self._record, slugs)  # so that a new address costs no translation
        return Job(digest, self._load(article.slug) or next(filter(None, records), None), former)

    def _load(self, slug: str) -> Translation | None:
        """Return the record of an article that is made anew, read once."""
        record = self._loaded.get(slug) or self._record(slug)
        if record:
            self._loaded[slug] = record
        return record

    def _record(self, slug: str) -> Translation | None:
        """Return what an earlier run made of an article; None where there is no record that can be read."""
        try:
            return Records.of(self.settings).load(slug)
        except DigestError:
            return None

    def _with_own_slug(self, digest: Digest) -> Digest:
        """Return an article, under another name where an earlier seed took its own: `a-b.txt`, `a/b.txt`."""
        article = digest.document.article
        if self._owners.setdefault(article.slug, article.seed) == article.seed:
            return digest
        slug = f"{article.slug}-{content_hash(article.seed.encode())[:8]}"
        document = replace(digest.document, article=replace(article, slug=slug))
        return self._with_own_slug(replace(digest, document=document))


def _hash_of(sources: Sequence[Path]) -> str:
    """Return a hash of a seed and its sidecars that stays when all of them are renamed."""
    stem = sources[0].stem
    return content_hash(
        repr(
            [
                (file.name.removeprefix(stem), content_hash(file.read_bytes() if file.is_file() else b""))
                for file in sources
            ]
        ).encode()
    )
