"""Digests as a run publishes them: articles with all that connects them, as far as the program finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from generator import connect, render
from generator.model import Output, Translation
from generator.storage import records
from tests.support import samples


def connected_outputs(
    translations: Sequence[Translation], target: str = "en", excluded: Sequence[str] = ()
) -> Iterator[Output]:
    """Return every page of a digest, with stories, topics and names; `excluded` are none of these."""
    by_slug = {each.digest.document.article.slug: each for each in translations}
    entries = {slug: render.ListedArticle.of(each) for slug, each in by_slug.items()}
    trees = render.trees((entry.language for entry in entries.values()), target)
    profiles, _ = connect.leave_out(map(connect.make_profile, translations), excluded)
    known = (found := connect.connect(profiles), entries)
    links = render.AllLinks(found, entries)
    for slug, each in by_slug.items():
        yield Output(records.record_path(target, slug), records.dump_record(each))
        yield from render.article_pages(each, trees, links[slug])
    pages = chain(
        render.index_pages(list(entries.values()), target, trees, found),
        render.story_pages(*known, by_slug.__getitem__, connect.summarize_story, target, trees),
        render.subject_pages(*known, lambda slug, places: by_slug[slug].only(places), target, trees),
    )
    yield from (page.output() for page in pages)


def connected_pages(translations: Sequence[Translation], excluded: Sequence[str] = ()) -> dict[str, str]:
    """Return the pages of a digest by their paths."""
    return {output.path: output.content.decode() for output in connected_outputs(translations, "en", excluded)}


def build_connected(project: Path, translations: Sequence[Translation]) -> Path:
    """Build a site of these articles with all that connects them, and give its folder."""
    samples.write_docs(project, translations)
    for output in connected_outputs(translations):
        file = project / "docs" / output.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(output.content)
    done = samples.mkdocs_build(project)
    assert done.returncode == 0, done.stderr
    return project / "site"
