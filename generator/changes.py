"""From seeds to digests: read anew what changed, take the rest from the records of earlier runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.analyze.identify import identify_paragraphs
from generator.analyze.repair import repairs
from generator.analyze.split import split
from generator.analyze.summarize import summarize
from generator.config import Settings
from generator.ingest import read_seed, slug_of
from generator.model import Article, Digest, DigestError, Document, Sentence, Translation
from generator.storage import records, run_state


@dataclass(frozen=True, slots=True)
class Work:
    """One article on its way to the translator."""

    digest: Digest
    previous: Translation | None
    """What an earlier run made of it."""

    @property
    def slug(self) -> str:
        """The article's name in addresses."""
        return self.digest.document.article.slug


@dataclass(slots=True)
class Intake:
    """Takes in seeds; knows what the last run saw and notes for the next one what this run sees."""

    settings: Settings
    last: run_state.State
    now: run_state.State
    there: run_state.Tree
    """The docs folder as it was when the run began."""
    problems: list[str]
    """Gets a line for each seed that cannot be read."""
    unchanged: list[str] = field(default_factory=list)
    """Gets the slugs of articles whose pages would be the same again."""
    _slugs: dict[str, str] = field(default_factory=dict)

    def works(self, seed: Path, stamp: str, sha: str) -> Iterator[Work]:
        """Give the articles of a seed with this stamp and hash, but none if their pages are as they were.

        While a seed, or a record in it, cannot be read, the articles stay that earlier runs made of it.
        """
        name = seed.relative_to(self.settings.seeds).as_posix()
        _, known_sha, slugs = self.last.seeds.get(name) or ("", "", (slug_of(name),))
        paths = [self._record_path(slug) for slug in slugs]
        current = self.last.code == self.now.code and known_sha == sha
        if current and self.last.common == self.now.common and all(map(self._is_unchanged, slugs)):
            self.unchanged += slugs
            self.now.seeds[name] = (stamp, sha, slugs)
            return
        faults: list[DigestError] = []
        if current and all(map(self._is_untouched, paths)):
            works = self._earlier_works(paths)
        else:
            works = list(self._read(seed, faults.append))
        works = [self._with_own_slug(work) for work in works]
        if faults:
            made = {work.slug for work in works}
            gone = [path for slug, path in zip(slugs, paths, strict=True) if slug not in made]
            earlier = [self._with_own_slug(work) for work in self._earlier_works(gone)]
            self.problems += [f"{fault}{' (its earlier pages stay)' if earlier else ''}" for fault in faults]
            works, sha = works + earlier, ""  # so that the next run tries again
        self.now.seeds[name] = (stamp, sha, tuple(work.slug for work in works))
        yield from works

    def _is_unchanged(self, slug: str) -> bool:
        """Tell whether an article's record and pages are as the last run left them, and its name is free."""
        article = self.last.articles.get(slug)
        return (
            article is not None
            and all(map(self._is_untouched, article.paths))
            and self._slugs.setdefault(slug, article.seed) == article.seed
        )

    def _read(self, seed: Path, complain: Callable[[DigestError], None]) -> Iterator[Work]:
        for article in read_seed(seed, self.settings.seeds, complain):
            try:
                yield self._analyzed(article)
            except DigestError as problem:
                complain(problem)

    def _analyzed(self, article: Article) -> Work:
        return Work(analyze(article, self.settings), self._earlier(self._record_path(article.slug)))

    def _record_path(self, slug: str) -> str:
        return records.path_of(self.settings.target, slug)

    def _earlier_works(self, paths: Iterable[str]) -> list[Work]:
        """Give the articles whose records can be read, as they were."""
        return [Work(before.digest, before) for before in map(self._earlier, paths) if before]

    def _earlier(self, path: str) -> Translation | None:
        """Give the translation in a record, None where there is none that can be read."""
        try:
            return records.load((self.settings.docs / path).read_bytes(), path)
        except (OSError, DigestError):
            return None

    def _is_untouched(self, path: str) -> bool:
        return run_state.is_same(path, self.last.docs, self.there)

    def _with_own_slug(self, work: Work) -> Work:
        """Give an article another name where an earlier seed took its own, as `a-b.txt` and `a/b.txt` do."""
        article = work.digest.document.article
        if self._slugs.setdefault(article.slug, article.seed) == article.seed:
            return work
        slug = f"{article.slug}-{run_state.sha256(article.seed.encode())[:8]}"
        document = replace(work.digest.document, article=replace(article, slug=slug))
        return self._with_own_slug(replace(work, digest=replace(work.digest, document=document)))


def analyze(article: Article, settings: Settings, count: int | None = None) -> Digest:
    """Identify, split, repair and summarize one article, in `count` sentences if given.

    Touches no file and no network.

    Raises `DigestError` for an article without a sentence.
    """
    identified, languages = identify_paragraphs(article.paragraphs, article.language)
    sentences = tuple(repaired(sentence) for sentence in split(article.paragraphs, languages))
    if not sentences:
        raise DigestError(f"{article.seed}: holds no sentence; write an article into it or delete it")
    document = Document(article, identified.language, identified.confidence, sentences)
    return summarize(
        document,
        count,
        share=settings.summary_share,
        least=settings.summary_least,
        most=settings.summary_most,
    )


def repaired(sentence: Sentence) -> Sentence:
    """Give a sentence with the repairs that it needs."""
    found = repairs(sentence.text, sentence.language)
    return replace(sentence, repairs=found) if found else sentence
