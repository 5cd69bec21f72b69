"""What people wrote into generated pages: sentences go into the memory, and nothing of theirs is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator import render
from generator.config import Settings
from generator.model import DigestError, Translation
from generator.render.escape import clean
from generator.render.page_markup import translations, without_translations
from generator.storage.docs_folder import Author, author_of, conflict_in, plain, unsigned
from generator.storage.files import write_file
from generator.storage.records import Records
from generator.storage.run_state import content_hash
from generator.translate.memory import MemoryKey, update_memory


@dataclass(slots=True)
class Corrections:
    """What was taken over from pages that people edited."""

    lines: list[str] = field(default_factory=list)
    """What was taken and what was kept, one line each."""
    taken: dict[str, str] = field(default_factory=dict)
    """Hash of each page as it was when its edits were taken over, by its path below the docs folder."""


def take_corrections(settings: Settings, changed: Iterable[str]) -> Corrections:
    """Take the sentences that people corrected in the `changed` files of the docs folder into the memory.

    Whatever else they changed would be lost when the page is generated again, so the whole page is kept in
    `memory/kept`. Raises `DigestError` when a file cannot be read or written, and for the first page in which
    git left a conflict.
    """
    corrections = Corrections()
    pages = [path for path in sorted(changed) if path.endswith(".md")]
    _refuse_conflicts(settings.docs / path for path in pages)
    for path in pages:
        page = settings.docs / path
        if author_of(page) is Author.EDITOR:
            corrections.taken[path] = content_hash(page.read_bytes())
            corrections.lines.append(_take_page(page, settings))
    return corrections


def _refuse_conflicts(files: Iterable[Path]) -> None:
    for file in files:
        line = conflict_in(file.read_bytes())
        if line:
            raise DigestError(
                f"{file}: line {line} is a conflict that git left; choose what counts and delete the marks, "
                "or delete a list page to have it made again"
            )


def _take_page(page: Path, settings: Settings) -> str:
    docs, folder = settings.docs, settings.memory
    content = page.read_bytes()
    markdown = unsigned(plain(content)).decode("utf-8", "replace")
    translation = _record(page, settings)
    corrected = _corrected(markdown, translation) if translation else {}
    _remember(corrected, folder, settings.target)
    count = "1 corrected sentence is" if len(corrected) == 1 else f"{len(corrected)} corrected sentences are"
    said = [f"{page}: {count} now in {folder.name}/"] if corrected else []
    if not (translation and _is_as_rendered(markdown, translation, page.relative_to(docs).parts[0])):
        kept = folder / "kept" / "-".join(page.relative_to(docs).parts)
        write_file(kept, content)
        said.append(f"{page}: more than sentences was changed; the whole page as it was is now {kept}")
    return "\n".join(said) or f"{page}: was changed to no effect and is generated again"


def _record(page: Path, settings: Settings) -> Translation | None:
    """Return the translation that an article's page shows; None for other pages."""
    if page.relative_to(settings.docs).parts[1:2] != ("articles",):
        return None
    try:
        return Records.of(settings).load(page.parent.name)
    except DigestError:
        return None


def _corrected(markdown: str, translation: Translation) -> dict[tuple[str, str], str]:
    """Return the targets that the page has otherwise than the record, by language and source."""
    found = translations(markdown) or {}
    return {
        (sentence.language, segment.source): found[number]
        for number, (sentence, segment) in enumerate(translation.pairs(), 1)
        if number in found and found[number] != clean(segment.target or "")
    }


def _remember(corrected: dict[tuple[str, str], str], folder: Path, target: str) -> None:
    for language in dict.fromkeys(language for language, _ in corrected):
        settled = {MemoryKey(source): text for (own, source), text in corrected.items() if own == language}
        update_memory(folder, language, target, settled)


def _is_as_rendered(markdown: str, translation: Translation, tree: str) -> bool:
    """Return whether nothing but translations was changed in an article's page."""
    rest = without_translations(markdown)
    pages = render.article_pages(translation, (tree,))
    return any(without_translations(page.content.decode()) == rest for page in pages)
