"""What a run must write: each record at once, and when all articles are known, the pages that can differ.

`render` and `export` say what pages show; only here it is known what the last run wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator import connect, export, render
from generator.config import Settings
from generator.export.feeds import feed_files, group_feeds
from generator.export.jsonl import catalogue
from generator.languages.normalize import source_key
from generator.model import Connections, Output, Page, Translation
from generator.processes import Processes
from generator.storage.docs_folder import DocsFolder
from generator.storage.file_tree import is_same, stamp_in
from generator.storage.records import Records, dump_record
from generator.storage.run_state import Published, RunState, content_hash, without_garbage_collection


@dataclass(slots=True)
class Publisher:
    """Writes what a run publishes: knows all articles, and which pages are as the last run left them."""

    settings: Settings
    docs: DocsFolder
    previous: RunState
    program_hash: str
    processes: Processes
    articles: dict[str, render.ListedArticle] = field(default_factory=dict)
    """What lists need to know of each article, by its slug."""
    new: list[str] = field(default_factory=list)
    """Slugs of the articles that had no page."""
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
    recorded: dict[str, str] = field(default_factory=dict)
    """The seed of each article that this run translated; the others are as they were."""

    def record(self, translation: Translation, before: Translation | None = None) -> None:
        """Take in an article, and write its record, which spares a killed run its translation.

        `before` is what an earlier run made of it.
        """
        article = translation.digest.document.article
        path, written = self._records.path(article.slug), self.docs.written
        self.docs.write([Output(path, dump_record(translation))])
        if not stamp_in(self.docs.before, f"{path.rpartition('/')[0]}/index.md"):
            self.new.append(article.slug)
        elif self.docs.written > written:
            self.changed.append(article.slug)
        targets = [segment.target for segment in translation.segments]
        if before and [segment.target for segment in before.segments] != targets:
            self._retranslated.add(article.slug)
        self.recorded[article.slug] = article.seed
        self.missing |= dict.fromkeys(translation.language_pairs("none"))

    def outdated_pages(self) -> list[str]:
        """Return the pages that somebody edited in this run whose translations are no longer their records'."""
        return [path for path in self.docs.skipped if Path(path).parent.name in self._retranslated]

    def describe(self) -> None:
        """Learn from the records of this run what lists, connections and the next run need to know of them."""
        describe = partial(_described, self._records, self.settings.interfaces)
        described = self.processes.map(describe, self.recorded)
        for slug, (article, profile, sources) in zip(self.recorded, described, strict=True):
            self.articles[slug], self._profiles[slug], self._sources[slug] = article, profile, sources

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
        connections = render.with_pages(connections, self.settings)
        links = render.AllLinks(connections, self.articles)
        versions = {slug: links.version(slug) for slug in self.articles}
        changed = [slug for slug, version in versions.items() if not self._keep_pages(slug, version)]
        make = partial(_article_pages, self._records, self.settings)
        made = self.processes.map(make, ((slug, self.articles[slug].language, links[slug]) for slug in changed))
        total = len(self.articles)
        for done, (slug, pages) in enumerate(zip(changed, made, strict=True), total - len(changed)):
            progress(done, total)
            self.docs.write(pages)
            self._remember(slug, versions[slug], pages)
        progress(total, total)
        self._publish_lists(connections)

    def _keep_pages(self, slug: str, version: str) -> bool:
        """Keep an article's pages if they cannot differ from the last run's; return whether that is so."""
        before = self.previous.articles.get(slug)
        if not before or slug in self.recorded or before.links != version:
            return False
        self.docs.keep(before.paths)
        self.published[slug] = before
        return True

    def _remember(self, slug: str, version: str, pages: Iterable[Output]) -> None:
        """Let the next run build on an article's pages, unless it must look at the article again."""
        article = self.articles[slug]
        if "none" not in dict(article.origins) and slug not in self.unfinished:
            paths = (self._records.path(slug), *(page.path for page in pages))
            known = (article.to_json(), self._profiles[slug])
            self.published[slug] = Published(self._seed_of(slug), paths, version, self._sources[slug], *known)

    def _publish_lists(self, connections: Connections) -> None:
        """Write the pages that lead to articles, and what other programs read."""
        articles, settings = tuple(self.articles.values()), self.settings
        target = settings.target
        trees = render.trees((each.language for each in articles), target, settings.interfaces)
        names = {tree: settings.name_in(tree) for tree in trees}
        stories = (connections, self.articles, self._records.load, connect.summarize_story)
        pages = chain(
            export.downloads(settings, articles, trees),  # first, since a book takes longer than any page
            render.redirect_pages(self.redirects, self.articles, trees),
            render.index_pages(articles, target, trees, connections),
            render.story_pages(*stories, target, trees),
            render.subject_pages(connections, self.articles, self._records.quote, target, trees),
            group_feeds(connections, articles, trees, settings.site_url, names),
        )
        self.docs.write(self.processes.map(Page.output, self._stale(pages)))
        self.docs.write(feed_files(articles, trees, settings.site_url, names))
        self.docs.write(catalogue(articles, target, trees))

    def _stale(self, pages: Iterable[Page]) -> Iterator[Page]:
        """Return the pages that show something else than after the last run, and keep the others."""
        for page in pages:
            if page.facts is not None:
                self.lists[page.path] = content_hash(repr((self.program_hash, page.facts)).encode())
            if self._is_as_before(page):
                self.docs.keep([page.path])
            else:
                yield replace(page, facts=None)

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
        return self.recorded[slug] if slug in self.recorded else self.previous.articles[slug].seed

    @property
    def _records(self) -> Records:
        return Records.of(self.settings)


def _described(
    records: Records, interfaces: tuple[str, ...], slug: str
) -> tuple[render.ListedArticle, bytes, tuple[int, ...]]:
    """Return what lists show of an article, what it is connected by, and the keys of its sentences."""
    translation = records.load(slug)
    texts = {translation.title.source}
    for sentence in translation.digest.document.sentences:
        texts |= {sentence.text, sentence.repaired}
    profile = connect.dump_profile(connect.make_profile(translation))
    return render.ListedArticle.of(translation, interfaces), profile, tuple(sorted(map(source_key, texts)))


def _article_pages(
    records: Records, settings: Settings, article: tuple[str, str, render.ArticleLinks]
) -> tuple[Output, ...]:
    """Return the pages of an article, given by its slug, its language and its links."""
    slug, language, links = article
    named, reviewers = settings.interfaces, settings.reviewers
    trees = render.trees([language], settings.target, named)
    pages = render.article_pages(records.load(slug), trees, links, interfaces=named, names_reviewers=reviewers)
    return tuple(pages)
