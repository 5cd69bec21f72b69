"""What a run must write: each record at once, and when all articles are known, the pages that can differ.

`render` and `export` say what pages show; only here it is known what the last run wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from generator import connect, export, render
from generator.config import Settings
from generator.export.feeds import feed_files
from generator.export.jsonl import catalogue
from generator.languages.normalize import source_key
from generator.model import Connections, DigestError, Output, Page, Translation
from generator.storage.docs_folder import DocsFolder
from generator.storage.file_tree import is_same
from generator.storage.records import Records, dump_record
from generator.storage.run_state import Published, RunState, content_hash, without_garbage_collection


@dataclass(slots=True)
class Publisher:
    """Writes what a run publishes: knows all articles, and which pages are as the last run left them."""

    settings: Settings
    docs: DocsFolder
    previous: RunState
    program_hash: str
    articles: dict[str, render.ListedArticle] = field(default_factory=dict)
    """What lists need to know of each article, by its slug."""
    new: list[str] = field(default_factory=list)
    """Slugs of the articles that had no record."""
    changed: list[str] = field(default_factory=list)
    """Slugs of the articles whose records changed."""
    _retranslated: set[str] = field(default_factory=set)
    """Slugs of the articles whose translations are not what an earlier run's were."""
    missing: dict[str, None] = field(default_factory=dict)
    """Language pairs, such as ar-en, that sentences wait for."""
    published: dict[str, Published] = field(default_factory=dict)
    """What the next run may build on."""
    unfinished: set[str] = field(default_factory=set)
    """Slugs of the articles that the next run must look at again, as those with untranslated sentences."""
    lists: dict[str, str] = field(default_factory=dict)
    """For each page that lists articles, the hash of what it was made of."""
    _profiles: dict[str, bytes] = field(default_factory=dict)
    """What connections are drawn from, as JSON: it takes a tenth of the memory."""
    _sources: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The keys of each article's sentences, by which a changed memory finds it."""
    _seeds: dict[str, str] = field(default_factory=dict)
    """The seed of each article that this run translated; the others are as they were."""

    def record(self, translation: Translation) -> None:
        """Take in an article, and write its record, which spares a killed run its translation."""
        article = translation.digest.document.article
        path, written = self._records.path(article.slug), self.docs.written
        before = self._record_before(article.slug)
        self.docs.write([Output(path, dump_record(translation))])
        if self.docs.written > written:
            (self.changed if before else self.new).append(article.slug)
        targets = [segment.target for segment in translation.segments]
        if before and [segment.target for segment in before.segments] != targets:
            self._retranslated.add(article.slug)
        self.articles[article.slug] = render.ListedArticle.of(translation)
        self._profiles[article.slug] = connect.dump_profile(connect.make_profile(translation))
        self._seeds[article.slug] = article.seed
        self.missing |= dict.fromkeys(translation.language_pairs("none"))
        texts = {translation.title.source}
        for sentence in translation.digest.document.sentences:
            texts |= {sentence.text, sentence.repaired}
        self._sources[article.slug] = tuple(sorted(map(source_key, texts)))

    def _record_before(self, slug: str) -> Translation | None:
        try:
            return self._records.load(slug) if self._records.file(slug).exists() else None
        except DigestError:
            return None

    def outdated_pages(self) -> list[str]:
        """Return the pages that somebody edited in this run whose translations are no longer their records'."""
        return [path for path in self.docs.skipped if path.split("/")[-2] in self._retranslated]

    def keep(self, slugs: Iterable[str]) -> None:
        """Take in articles that the last run published and of which nothing changed."""
        for slug in slugs:
            before = self.previous.articles[slug]
            self.docs.keep([self._records.path(slug)])
            self.articles[slug] = render.ListedArticle.from_json(before.entry)
            self._profiles[slug] = before.profile
            self._sources[slug] = before.sources

    def profiles(self) -> Iterator[connect.Profile]:
        """Return what connections are drawn from."""
        return map(connect.load_profile, self._profiles.values())

    @without_garbage_collection()
    def publish(self, connections: Connections, progress: Callable[[int, int], None]) -> None:
        """Write the pages of articles that changed, or whose connections did, and the lists they are in."""
        progress(0, len(self.articles))
        links = render.AllLinks(connections, self.articles)
        for done, slug in enumerate(self.articles, 1):
            self._publish(slug, links)
            progress(done, len(self.articles))
        self._publish_lists(connections)

    def _publish(self, slug: str, links: render.AllLinks) -> None:
        """Write an article's pages, if they can differ from those of the last run."""
        shown = links.version(slug)
        before = self.previous.articles.get(slug)
        if before and slug not in self._seeds and before.links == shown:
            self.docs.keep(before.paths)
            self.published[slug] = before
            return
        article, target = self.articles[slug], self.settings.target
        trees = render.trees([article.language], target)
        translation, named = self._records.load(slug), self.settings.reviewers
        pages = tuple(render.article_pages(translation, trees, links[slug], names_reviewers=named))
        self.docs.write(pages)
        if "none" not in dict(article.origins) and slug not in self.unfinished:
            seed = self._seed_of(slug)
            paths = (self._records.path(slug), *(page.path for page in pages))
            known = (article.to_json(), self._profiles[slug])
            self.published[slug] = Published(seed, paths, shown, self._sources[slug], *known)

    def _publish_lists(self, connections: Connections) -> None:
        """Write the pages that lead to articles, and what other programs read."""
        articles, settings = tuple(self.articles.values()), self.settings
        target, trees = settings.target, render.trees((each.language for each in articles), settings.target)
        names = {tree: settings.name_in(tree) for tree in trees}
        stories = (connections, self.articles, self._records.load, connect.summarize_story)
        self.docs.write(self._stale(render.redirect_pages(self.redirects, self.articles, trees)))
        self.docs.write(self._stale(render.index_pages(articles, target, trees, connections)))
        self.docs.write(self._stale(render.story_pages(*stories, target, trees)))
        self.docs.write(self._stale(render.subject_pages(connections, self.articles, target, trees)))
        self.docs.write(feed_files(articles, trees, settings.site_url, names))
        self.docs.write(catalogue(articles, target, trees))
        self.docs.write(self._stale(export.downloads(settings, articles, trees)))

    def _stale(self, pages: Iterable[Page]) -> Iterator[Output]:
        """Make the pages that show something else than after the last run, and keep the others."""
        for page in pages:
            if page.facts is not None:
                self.lists[page.path] = content_hash(repr((self.program_hash, page.facts)).encode())
            if self._is_as_before(page):
                self.docs.keep([page.path])
            else:
                yield page.output()

    def _is_as_before(self, page: Page) -> bool:
        shown = self.lists.get(page.path)
        return (
            shown is not None
            and self.previous.lists.get(page.path) == shown
            and is_same(page.path, self.previous.docs, self.docs.before)
        )

    @property
    def redirects(self) -> dict[str, str]:
        """The slug that each alias of an article leads to."""
        return render.claim_aliases(self.articles)[0]

    @property
    def problems(self) -> list[str]:
        """One line for each alias that is taken already."""
        return [
            f"{self.settings.seeds.name}/{self._seed_of(slug)}: its alias {alias} is the address of another "
            "article; take it out"
            for slug, alias in render.claim_aliases(self.articles)[1]
        ]

    def _seed_of(self, slug: str) -> str:
        return self._seeds[slug] if slug in self._seeds else self.previous.articles[slug].seed

    @property
    def _records(self) -> Records:
        return Records.of(self.settings)
