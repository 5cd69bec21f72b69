"""Articles to files: a record at once, and when all are known, connections, pages and lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator import connect, export, render
from generator.config import Settings
from generator.export.feeds import feeds
from generator.export.jsonl import catalogue
from generator.model import Connections, Output, Translation
from generator.storage import records, run_state
from generator.storage.docs_folder import Shelf


@dataclass(slots=True)
class Edition:
    """All articles of one run, on their way to the pages."""

    settings: Settings
    shelf: Shelf
    last: run_state.State
    now: run_state.State
    entries: dict[str, render.Entry] = field(default_factory=dict)
    """What lists need to know of each article, by its slug."""
    _profiles: dict[str, bytes] = field(default_factory=dict)
    """What connections are drawn from, as JSON: it takes a tenth of the memory."""
    _seeds: dict[str, str] = field(default_factory=dict)
    """The seed of each article that this run translated; the others are as they were."""

    def add(self, translation: Translation) -> None:
        """Take in an article, and write its record, which spares a killed run its translation."""
        article = translation.digest.document.article
        self.shelf.put([Output(self._record(article.slug), records.dump(translation))])
        self.entries[article.slug] = render.entry(translation)
        self._profiles[article.slug] = connect.dump_profile(connect.make_profile(translation))
        self._seeds[article.slug] = article.seed

    def add_unchanged(self, slug: str) -> None:
        """Take in an article that the last run published and of which nothing changed."""
        before = self.last.articles[slug]
        self.shelf.keep([self._record(slug)])
        self.entries[slug] = render.load_entry(before.entry)
        self._profiles[slug] = before.profile

    @run_state.unhurried()
    def publish(self, progress: Callable[[int, int], None]) -> None:
        """Write the pages of articles that changed, or whose connections did, and the lists they are in."""
        progress(0, len(self.entries))
        connections = connect.connect(map(connect.load_profile, self._profiles.values()))
        links = render.links(connections, self.entries)
        for done, slug in enumerate(self.entries, 1):
            self._publish(slug, links)
            progress(done, len(self.entries))
        self._publish_lists(connections)

    def _publish(self, slug: str, links: render.Linked) -> None:
        """Write an article's pages, if they can differ from those of the last run."""
        shown = links.version(slug)
        before = self.last.articles.get(slug)
        if before and slug not in self._seeds and before.links == shown:
            self.shelf.keep(before.paths)
            self.now.articles[slug] = before
            return
        entry, target = self.entries[slug], self.settings.target
        trees = render.trees([entry.language], target)
        pages = tuple(render.article_pages(self._load(slug), trees, links[slug]))
        self.shelf.put(pages)
        if "none" not in dict(entry.origins):
            seed = self._seeds[slug] if slug in self._seeds else self.last.articles[slug].seed
            self.now.articles[slug] = run_state.Published(
                seed,
                render.dump_entry(entry),
                self._profiles[slug],
                (self._record(slug), *(page.path for page in pages)),
                shown,
            )

    def _publish_lists(self, connections: Connections) -> None:
        """Write the pages that lead to articles, and what other programs read."""
        entries, settings = tuple(self.entries.values()), self.settings
        trees = render.trees((entry.language for entry in entries), settings.target)
        names = {tree: settings.name_in(tree) for tree in trees}
        places = (settings.target, trees, self._is_stale)
        self.shelf.put(render.index_pages(entries, *places, connections))
        self.shelf.put(
            render.story_pages(connections, self.entries, self._load, connect.summarize_story, *places)
        )
        self.shelf.put(render.subject_pages(connections, self.entries, *places))
        self.shelf.put(feeds(entries, settings.target, trees, settings.site_url, names))
        self.shelf.put(catalogue(entries, settings.target, trees))
        self.shelf.put(export.downloads(settings, entries, trees, self._is_stale))

    def _is_stale(self, path: str, facts: object) -> bool:
        """Return whether a page must be made, and keep it if not: its facts are all that it shows."""
        self.now.lists[path] = run_state.sha256(repr((self.now.code, facts)).encode())
        same = self.last.lists.get(path) == self.now.lists[path]
        if not same or not run_state.is_same(path, self.last.docs, self.shelf.there):
            return True
        self.shelf.keep([path])
        return False

    def _record(self, slug: str) -> str:
        return records.path_of(self.settings.target, slug)

    def _load(self, slug: str) -> Translation:
        file = self.settings.docs / self._record(slug)
        return records.load(file.read_bytes(), str(file))
