"""From seeds to digests: read anew what changed, take the rest from the records of earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import record, state
from generator.config import Settings
from generator.identify import identify_paragraphs
from generator.model import Article, Digest, DigestError, Document, Sentence, Translation
from generator.read import read_seed, slug_of
from generator.repair import repairs
from generator.split import split
from generator.summarize import summarize


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
    last: state.State
    now: state.State
    problems: list[str]
    """Gets a line for each seed that cannot be read."""
    _slugs: dict[str, str] = field(default_factory=dict)

    def works(self, seed: Path, sha: str) -> Iterator[Work]:
        """Give the articles of a seed whose bytes hash to `sha`.

        A seed that cannot be read any more keeps the articles that an earlier run made of it.
        """
        name = seed.relative_to(self.settings.seeds).as_posix()
        known_sha, paths = self.last.seeds.get(name, ("", (self._record_path(slug_of(name)),)))
        current = self.last.code == self.now.code and known_sha == sha
        if current and all(map(self._is_untouched, paths)):
            works = self._earlier_works(paths)
        else:
            try:
                works = [self._analyzed(article) for article in read_seed(seed, self.settings.seeds)]
            except DigestError as problem:
                works = self._earlier_works(paths)
                self.problems.append(f"{problem}{' (its earlier page stays)' if works else ''}")
                sha = ""  # so that the next run tries again
        works = [self._with_own_slug(work) for work in works]
        self.now.seeds[name] = (sha, tuple(self._record_path(work.slug) for work in works))
        yield from works

    def _analyzed(self, article: Article) -> Work:
        return Work(analyze(article, self.settings), self._earlier(self._record_path(article.slug)))

    def _record_path(self, slug: str) -> str:
        return record.path_of(self.settings.target, slug)

    def _earlier_works(self, paths: Iterable[str]) -> list[Work]:
        """Give the articles whose records can be read, as they were."""
        return [Work(before.digest, before) for before in map(self._earlier, paths) if before]

    def _earlier(self, path: str) -> Translation | None:
        """Give the translation in a record, None where there is none that can be read."""
        try:
            return record.load((self.settings.docs / path).read_bytes(), path)
        except (OSError, DigestError):
            return None

    def _is_untouched(self, path: str) -> bool:
        file = self.settings.docs / path
        return file.is_file() and state.sha256(file.read_bytes()) == self.last.records.get(path)

    def _with_own_slug(self, work: Work) -> Work:
        """Give an article another name where an earlier seed took its own, as `a-b.txt` and `a/b.txt` do."""
        article = work.digest.document.article
        if self._slugs.setdefault(article.slug, article.seed) == article.seed:
            return work
        slug = f"{article.slug}-{state.sha256(article.seed.encode())[:8]}"
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
