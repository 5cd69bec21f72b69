"""Articles to files: a record at once, and when all are known, the pages and lists that can differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from generator import connect, export, render
from generator.config import Settings
from generator.export.feeds import feeds
from generator.export.jsonl import catalogue
from generator.model import Connections, Output, Translation
from generator.storage.docs_folder import DocsFolder
from generator.storage.file_tree import is_same
from generator.storage.records import Records, dump_record
from generator.storage.run_state import Published, RunState, content_hash, without_garbage_collection


@dataclass(slots=True)
class Publisher:
    """All articles of one run, on their way to the pages."""

    settings: Settings
    docs: DocsFolder
    previous: RunState
    program_hash: str
    entries: dict[str, render.Entry] = field(default_factory=dict)
    """What lists need to know of each article, by its slug."""
    new: list[str] = field(default_factory=list)
    """Slugs of the articles that had no record."""
    changed: list[str] = field(default_factory=list)
    """Slugs of the articles whose records changed."""
    articles: dict[str, Published] = field(default_factory=dict)
    """What the next run may build on."""
    lists: dict[str, str] = field(default_factory=dict)
    """For each page that lists articles, the hash of what it was made of."""
    _profiles: dict[str, bytes] = field(default_factory=dict)
    """What connections are drawn from, as JSON: it takes a tenth of the memory."""
    _seeds: dict[str, str] = field(default_factory=dict)
    """The seed of each article that this run translated; the others are as they were."""

    def record(self, translation: Translation) -> None:
        """Take in an article, and write its record, which spares a killed run its translation."""
        article = translation.digest.document.article
        path, written = self._records.path(article.slug), self.docs.written
        is_known = (self.settings.docs / path).exists()
        self.docs.write([Output(path, dump_record(translation))])
        if self.docs.written > written:
            (self.changed if is_known else self.new).append(article.slug)
        self.entries[article.slug] = render.entry(translation)
        self._profiles[article.slug] = connect.dump_profile(connect.make_profile(translation))
        self._seeds[article.slug] = article.seed

    def keep(self, slugs: Iterable[str]) -> None:
        """Take in articles that the last run published and of which nothing changed."""
        for slug in slugs:
            before = self.previous.articles[slug]
            self.docs.keep([self._records.path(slug)])
            self.entries[slug] = render.load_entry(before.entry)
            self._profiles[slug] = before.profile

    def profiles(self) -> Iterator[connect.Profile]:
        """Return what connections are drawn from."""
        return map(connect.load_profile, self._profiles.values())

    @without_garbage_collection()
    def publish(self, connections: Connections, progress: Callable[[int, int], None]) -> None:
        """Write the pages of articles that changed, or whose connections did, and the lists they are in."""
        progress(0, len(self.entries))
        links = render.links(connections, self.entries)
        for done, slug in enumerate(self.entries, 1):
            self._publish(slug, links)
            progress(done, len(self.entries))
        self._publish_lists(connections)

    def _publish(self, slug: str, links: render.Linked) -> None:
        """Write an article's pages, if they can differ from those of the last run."""
        shown = links.version(slug)
        before = self.previous.articles.get(slug)
        if before and slug not in self._seeds and before.links == shown:
            self.docs.keep(before.paths)
            self.articles[slug] = before
            return
        entry, target = self.entries[slug], self.settings.target
        trees = render.trees([entry.language], target)
        pages = tuple(render.article_pages(self._records.load(slug), trees, links[slug]))
        self.docs.write(pages)
        if "none" not in dict(entry.origins):
            seed = self._seeds[slug] if slug in self._seeds else self.previous.articles[slug].seed
            paths = (self._records.path(slug), *(page.path for page in pages))
            self.articles[slug] = Published(seed, paths, shown, render.dump_entry(entry), self._profiles[slug])

    def _publish_lists(self, connections: Connections) -> None:
        """Write the pages that lead to articles, and what other programs read."""
        entries, settings = tuple(self.entries.values()), self.settings
        trees = render.trees((entry.language for entry in entries), settings.target)
        names = {tree: settings.name_in(tree) for tree in trees}
        places = (settings.target, trees, self._is_stale)
        self.docs.write(render.index_pages(entries, *places, connections))
        self.docs.write(
            render.story_pages(connections, self.entries, self._records.load, connect.summarize_story, *places)
        )
        self.docs.write(render.subject_pages(connections, self.entries, *places))
        self.docs.write(feeds(entries, settings.target, trees, settings.site_url, names))
        self.docs.write(catalogue(entries, settings.target, trees))
        self.docs.write(export.downloads(settings, entries, trees, self._is_stale))

    def _is_stale(self, path: str, facts: object) -> bool:
        """Return whether a page must be made, and keep it if not: its facts are all that it shows."""
        self.lists[path] = content_hash(repr((self.program_hash, facts)).encode())
        same = self.previous.lists.get(path) == self.lists[path]
        if not same or not is_same(path, self.previous.docs, self.docs.before):
            return True
        self.docs.keep([path])
        return False

    @property
    def _records(self) -> Records:
        return Records.of(self.settings)
