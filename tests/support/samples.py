"""Articles of every kind that a site may show, and real builds of sites that show them."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator import render
from generator.export.feeds import feed_files
from generator.export.jsonl import catalogue
from generator.model import Article, Digest, Document, Finding, Output, Segment, Sentence, Translation
from generator.storage import records
from generator.storage.docs_folder import signed

ROOT = Path(__file__).parents[2]
SIGNATURE = "argos:zh-en:1.9:0123456789abcdef|ct2:4.8.5|sentencepiece:0.2.3|int8|beam:2"
STAYS = "000_5eb26117233ace39"
READY = "003_3833091f4ec1012b"

SCHEMA_ORG = {
    "contextUrl": None,
    "documentUrl": "https://schema.org",
    "document": {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}},
}
"""What matters here of the context that a browser would fetch."""


def reviewed() -> dict[str, list[tuple[str, str]]]:
    """Return the sentences of the two seeds with their reviewed translations."""
    found: dict[str, list[tuple[str, str]]] = {}
    with (ROOT / "tests/data/reviewed.ar-en.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(Path(row["seed"]).stem, []).append((row["ar"], row["en"]))
    return found


def by_hand(source: str, target: str) -> Segment:
    return Segment(source, target, "reviewed")


def by_machine(source: str, target: str, *findings: Finding) -> Segment:
    return Segment(source, target, "machine", SIGNATURE, -0.4, findings)


def untranslated(source: str) -> Segment:
    return Segment(source, None, "none")


def original(source: str) -> Segment:
    return Segment(source, None, "original")


def translation(
    slug: str,
    language: str,
    paragraphs: Sequence[Sequence[Segment]],
    *,
    title: Segment | None = None,
    picked: Sequence[int] = (0,),
    languages: dict[int, str] | None = None,
    **facts: object,
) -> Translation:
    """Put an article together from its segments; `languages` names those of sentences in another one."""
    texts: list[str] = []
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        text = ""
        for segment in paragraph:
            start = len(text) + (1 if text else 0)
            text = f"{text} {segment.source}" if text else segment.source
            own = (languages or {}).get(len(sentences), language)
            sentences.append(Sentence(segment.source, number, start, len(text), own))
        texts.append(text)
    segments = tuple(segment for paragraph in paragraphs for segment in paragraph)
    article = Article(f"{slug}.txt", slug, tuple(texts), **facts)  # type: ignore[arg-type]
    digest = Digest(
        Document(article, language, 0.99, tuple(sentences)), tuple(picked), tuple(0.0 for _ in sentences)
    )
    return Translation(digest, "en", title or segments[0], segments)


def seeds() -> list[Translation]:
    """Return the user's two articles, every sentence reviewed."""
    titles = {
        STAYS: by_hand(
            "الناتو متمسك بالمسار السياسي في ليبيا", "NATO remains committed to the political track in Libya"
        ),
        READY: by_hand(
            "الحلف مستعد لتقديم الدعم الأمني إلى ليبيا",
            "The Alliance is ready to provide Libya with security support",
        ),
    }
    return [
        translation(slug, "ar", [[by_hand(*pair) for pair in pairs]], title=titles[slug], picked=(0, 4, 8))
        for slug, pairs in reviewed().items()
    ]


def chinese() -> Translation:
    """Return a machine-translated article with two paragraphs and sentences that need care."""
    return translation(
        "zh-news",
        "zh",
        [
            [
                by_machine(
                    "北约秘书长周二在布鲁塞尔发表讲话。",
                    "The NATO Secretary General spoke in Brussels on Tuesday.",
                ),
                by_machine(
                    "他说会议将于2011年举行。",
                    "He said the meeting would be held.",
                    Finding("numbers", "2011"),
                ),
            ],
            [
                untranslated("各国代表均已抵达。"),
                by_machine(
                    "会议，会议，会议。",
                    "Meeting, meeting, meeting.",
                    Finding("repetition"),
                    Finding("novel", "x"),
                ),
            ],
        ],
        title=by_machine("北约秘书长发表讲话", "NATO Secretary General speaks"),
        picked=(0, 1),
        published="2019-11-02",
        source="新华社",
        author="王小明",
        url="https://example.com/news?id=1&lang=zh#top",
        topics=("国际", "经济"),
        licence="CC BY 4.0",
    )


def mixed() -> Translation:
    """Return an article with a sentence of every origin, one of them in English."""
    return translation(
        "mixed",
        "ar",
        [
            [
                by_hand("قال أوباما (Obama) ذلك.", "Obama (أوباما) said so."),
                by_machine("وصل الوفد.", "The delegation arrived."),
                untranslated("لم يترجم أحد هذه الجملة."),
            ],
            [original("NATO said so in English.")],
        ],
        picked=(0, 1, 2),
        languages={3: "en"},
        published="2016-01-31T10:00:00+02:00",
    )


def pending() -> Translation:
    """Return an article that nobody has translated."""
    sources = [source for source, _ in reviewed()[STAYS][:4]]
    return translation("pending", "ar", [[untranslated(source) for source in sources]], picked=(0, 2))


def english() -> Translation:
    """Return an article that is in the target language already."""
    targets = [target for _, target in reviewed()[STAYS][:4]]
    return translation("english", "en", [[original(target) for target in targets]], picked=(0, 2))


def unknown() -> Translation:
    """Return an article whose language nobody could name."""
    return translation("unknown", "unknown", [[untranslated("Qwx zzt vvb nnk.")]])


def every_kind() -> list[Translation]:
    """Return one article of every kind, the user's two among them."""
    return [*seeds(), chinese(), mixed(), pending(), english(), unknown()]


def outputs(translations: Sequence[Translation], target: str = "en") -> Iterable[Output]:
    """Return everything that a digest of these articles publishes."""
    entries = [render.ListedArticle.of(each) for each in translations]
    trees = render.trees((entry.language for entry in entries), target)
    for each in translations:
        yield Output(records.record_path(target, each.digest.document.article.slug), records.dump_record(each))
        yield from render.article_pages(each, trees)
    yield from (page.output() for page in render.index_pages(entries, target, trees))
    known = {entry.slug: entry for entry in entries}
    redirects = render.redirect_pages(render.claim_aliases(known)[0], known, trees)
    yield from (page.output() for page in redirects)
    yield from feed_files(entries, trees, "https://example.org/", dict.fromkeys(trees, "Digest"))
    yield from catalogue(entries, target, trees)


def write_docs(project: Path, translations: Sequence[Translation], target: str = "en") -> None:
    """Lay out a project with the site's own configuration and these articles' pages, signed as those of a run."""
    for output in outputs(translations, target):
        file = project / "docs" / output.path
        file.parent.mkdir(parents=True, exist_ok=True)
        is_page = file.suffix == ".md"
        file.write_bytes(signed(output.content) if is_page else output.content)
    shutil.copy(ROOT / "mkdocs.yml", project)
    shutil.copytree(ROOT / "generator/theme", project / "generator/theme", dirs_exist_ok=True)


def mkdocs_build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build a project's site as anyone would; the generator is not there to be imported."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", *options],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def build_site(project: Path, translations: Sequence[Translation]) -> Path:
    """Build a site of these articles and give its folder."""
    write_docs(project, translations)
    result = mkdocs_build(project)
    assert result.returncode == 0, result.stderr
    return project / "site"
