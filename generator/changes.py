"""From seeds to digests: read anew what changed, take the rest from the records of earlier runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.analyze import analyze
from generator.config import Settings
from generator.ingest import read_seed, slug_of
from generator.model import Article, DigestError, Job, Translation
from generator.storage import records, run_state


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

    def jobs(self, seed: Path, stamp: str, sha: str) -> Iterator[Job]:
        """Return the articles of a seed with this stamp and hash, but none if their pages are as they were.

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
            jobs = self._earlier_jobs(paths)
        else:
            jobs = list(self._read(seed, faults.append))
        jobs = [self._with_own_slug(job) for job in jobs]
        if faults:
            made = {job.slug for job in jobs}
            gone = [path for slug, path in zip(slugs, paths, strict=True) if slug not in made]
            earlier = [self._with_own_slug(job) for job in self._earlier_jobs(gone)]
            self.problems += [f"{fault}{' (its earlier pages stay)' if earlier else ''}" for fault in faults]
            jobs, sha = jobs + earlier, ""  # so that the next run tries again
        self.now.seeds[name] = (stamp, sha, tuple(job.slug for job in jobs))
        yield from jobs

    def _is_unchanged(self, slug: str) -> bool:
        """Return whether an article's record and pages are as the last run left them, and its name is free."""
        article = self.last.articles.get(slug)
        return (
            article is not None
            and all(map(self._is_untouched, article.paths))
            and self._slugs.setdefault(slug, article.seed) == article.seed
        )

    def _read(self, seed: Path, complain: Callable[[DigestError], None]) -> Iterator[Job]:
        for article in read_seed(seed, self.settings.seeds, complain):
            try:
                yield self._analyzed(article)
            except DigestError as problem:
                complain(problem)

    def _analyzed(self, article: Article) -> Job:
        return Job(analyze(article, self.settings), self._earlier(self._record_path(article.slug)))

    def _record_path(self, slug: str) -> str:
        return records.path_of(self.settings.target, slug)

    def _earlier_jobs(self, paths: Iterable[str]) -> list[Job]:
        """Return the articles whose records can be read, as they were."""
        return [Job(before.digest, before) for before in map(self._earlier, paths) if before]

    def _earlier(self, path: str) -> Translation | None:
        """Return the translation in a record, None where there is none that can be read."""
        try:
            return records.load((self.settings.docs / path).read_bytes(), path)
        except (OSError, DigestError):
            return None

    def _is_untouched(self, path: str) -> bool:
        return run_state.is_same(path, self.last.docs, self.there)

    def _with_own_slug(self, job: Job) -> Job:
        """Return an article, under another name where an earlier seed took its own: `a-b.txt`, `a/b.txt`."""
        article = job.digest.document.article
        if self._slugs.setdefault(article.slug, article.seed) == article.seed:
            return job
        slug = f"{article.slug}-{run_state.sha256(article.seed.encode())[:8]}"
        document = replace(job.digest.document, article=replace(article, slug=slug))
        return self._with_own_slug(replace(job, digest=replace(job.digest, document=document)))
