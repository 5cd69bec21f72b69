"""Articles to files: a record at once, and when all are known, connections, pages and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from generator import connect, export, render
from generator.config import Settings
from generator.export.feeds import feed_files
from generator.export.jsonl import catalogue
from generator.model import Connections, Output, Page, Translation
from generator.storage import records, run_state
from generator.storage.docs_folder import Shelf


@dataclass(slots=True)
class Publisher:
    """Writes what a run publishes: knows all articles, and which pages are as the last run left them."""

    settings: Settings
    shelf: Shelf
    last: run_state.State
    now: run_state.State
    articles: dict[str, render.ListedArticle] = field(default_factory=dict)
    """What lists need to know of each article, by its slug."""
    _profiles: dict[str, bytes] = field(default_factory=dict)
    """What connections are drawn from, as JSON: it takes a tenth of the memory."""
    _seeds: dict[str, str] = field(default_factory=dict)
    """The seed of each article that this run translated; the others are as they were."""

    def add(self, translation: Translation) -> None:
        """Take in an article, and write its record, which spares a killed run its translation."""
        article = translation.digest.document.article
        self.shelf.put([Output(self._record(article.slug), records.dump(translation))])
        self.articles[article.slug] = render.ListedArticle.of(translation)
        self._profiles[article.slug] = connect.dump_profile(connect.profile(translation))
        self._seeds[article.slug] = article.seed

    def add_unchanged(self, slug: str) -> None:
        """Take in an article that the last run published and of which nothing changed."""
        before = self.last.articles[slug]
        self.shelf.keep([self._record(slug)])
        self.articles[slug] = render.ListedArticle.from_json(before.entry)
        self._profiles[slug] = before.profile

    @run_state.unhurried()
    def publish(self, progress: Callable[[int, int], None]) -> None:
        """Write the pages of articles that changed, or whose connections did, and the lists they are in."""
        progress(0, len(self.articles))
        connections = self._connections()
        links = render.AllLinks(connections, self.articles)
        for done, slug in enumerate(self.articles, 1):
            self._publish(slug, links)
            progress(done, len(self.articles))
        self._publish_lists(connections)

    def _connections(self) -> Connections:
        """Draw the connections, as far as possible from what an earlier run of the same program found."""
        file = self.settings.cache / "connections.jsonl"
        connections, memo = connect.reconnect(self._profiles.values(), self._memo(file))
        if self.now.code:
            run_state.write_lines(file, chain([self.now.code.encode()], connect.dump_memo(memo)))
        return connections

    def _memo(self, file: Path) -> connect.Memo:
        with suppress(*run_state.DAMAGE):
            lines = run_state.read_lines(file)
            if self.now.code and next(lines, b"") == self.now.code.encode():
                return connect.load_memo(lines)
        return connect.Memo()

    def _publish(self, slug: str, links: render.AllLinks) -> None:
        """Write an article's pages, if they can differ from those of the last run."""
        shown = links.version(slug)
        before = self.last.articles.get(slug)
        if before and slug not in self._seeds and before.links == shown:
            self.shelf.keep(before.paths)
            self.now.articles[slug] = before
            return
        article, target = self.articles[slug], self.settings.target
        trees = render.trees([article.language], target)
        pages = tuple(render.article_pages(self._load(slug), trees, links[slug]))
        self.shelf.put(pages)
        if "none" not in dict(article.origins):
            seed = self._seeds[slug] if slug in self._seeds else self.last.articles[slug].seed
            self.now.articles[slug] = run_state.Published(
                seed,
                article.to_json(),
                self._profiles[slug],
                (self._record(slug), *(page.path for page in pages)),
                shown,
            )

    def _publish_lists(self, connections: Connections) -> None:
        """Write the pages that lead to articles, and what other programs read."""
        articles, settings = tuple(self.articles.values()), self.settings
        target, trees = settings.target, render.trees((each.language for each in articles), settings.target)
        names = {tree: settings.name_in(tree) for tree in trees}
        stories = (connections, self.articles, self._load, connect.joint_summary)
        self.shelf.put(self._stale(render.index_pages(articles, target, trees, connections)))
        self.shelf.put(self._stale(render.story_pages(*stories, target, trees)))
        self.shelf.put(self._stale(render.subject_pages(connections, self.articles, target, trees)))
        self.shelf.put(feed_files(articles, trees, settings.site_url, names))
        self.shelf.put(catalogue(articles, target, trees))
        self.shelf.put(self._stale(export.downloads(settings, articles, trees)))

    def _stale(self, pages: Iterable[Page]) -> Iterator[Output]:
        """Make the pages that show something else than after the last run, and keep the others."""
        for page in pages:
            if page.facts is not None:
                self.now.lists[page.path] = run_state.sha256(repr((self.now.code, page.facts)).encode())
            if self._is_as_before(page):
                self.shelf.keep([page.path])
            else:
                yield page.output()

    def _is_as_before(self, page: Page) -> bool:
        shown = self.now.lists.get(page.path)
        return (
            shown is not None
            and self.last.lists.get(page.path) == shown
            and run_state.is_same(page.path, self.last.docs, self.shelf.there)
        )

    def _record(self, slug: str) -> str:
        return records.path_of(self.settings.target, slug)

    def _load(self, slug: str) -> Translation:
        file = self.settings.docs / self._record(slug)
        return records.load(file.read_bytes(), str(file))
