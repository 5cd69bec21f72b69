"""What people wrote into generated pages: sentences go into the memory, and nothing of theirs is lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator import render
from generator.model import DigestError, Translation
from generator.render.escape import clean
from generator.render.page_markup import translations, without_translations
from generator.storage import docs_folder, records
from generator.storage.files import write
from generator.translate import memory
from generator.translate.memory import Reviewed


def take_corrections(docs: Path, folder: Path, target: str, changed: Iterable[str]) -> list[str]:
    """Take the sentences that people corrected in the `changed` files of `docs` into the memory in `folder`.

    Whatever else they changed would be lost when the page is generated again, so the whole page is kept in
    `folder/kept`. Gives one line for each page. Raises `DigestError` when a file cannot be read or written.
    """
    lines = []
    for page in (docs / path for path in sorted(changed) if path.endswith(".md")):
        if docs_folder.author_of(page) is docs_folder.Author.EDITOR:
            lines.append(_take_page(page, docs, folder, target))
    return lines


def _take_page(page: Path, docs: Path, folder: Path, target: str) -> str:
    content = page.read_bytes()
    unsigned = docs_folder.unsigned(content.replace(b"\r\n", b"\n"))
    markdown = unsigned.decode("utf-8", "replace")
    translation = _record(page, docs, target)
    corrected = _corrected(markdown, translation) if translation else {}
    _remember(corrected, folder, target)
    count = "1 corrected sentence is" if len(corrected) == 1 else f"{len(corrected)} corrected sentences are"
    said = [f"{page}: {count} now in {folder.name}/"] if corrected else []
    if not (translation and _is_as_rendered(markdown, translation, page.relative_to(docs).parts[0])):
        kept = folder / "kept" / "-".join(page.relative_to(docs).parts)
        write(kept, content)
        said.append(f"{page}: more than sentences was changed; the whole page as it was is now {kept}")
    return "\n".join(said) or f"{page}: was changed to no effect and is generated again"


def _record(page: Path, docs: Path, target: str) -> Translation | None:
    """Return the translation that an article's page shows; None for other pages."""
    file = docs / records.path_of(target, page.parent.name)
    if page.relative_to(docs).parts[1:2] != ("articles",) or not file.is_file():
        return None
    try:
        return records.load(file.read_bytes(), str(file))
    except DigestError:
        return None


def _corrected(markdown: str, translation: Translation) -> dict[tuple[str, str], str]:
    """Return the targets that the page has otherwise than the record, by language and source."""
    found = translations(markdown) or {}
    sentences = translation.digest.document.sentences
    return {
        (sentence.language, segment.source): found[number]
        for number, (sentence, segment) in enumerate(zip(sentences, translation.segments, strict=True), 1)
        if number in found and found[number] != clean(segment.target or "")
    }


def _remember(corrected: dict[tuple[str, str], str], folder: Path, target: str) -> None:
    for language in dict.fromkeys(language for language, _ in corrected):
        exact = dict(memory.load(folder, language, target).exact)
        exact |= {source: text for (own, source), text in corrected.items() if own == language}
        file = memory.file_of(folder, language, target)
        memory.save(file, language, target, (Reviewed(*pair) for pair in exact.items()))


def _is_as_rendered(markdown: str, translation: Translation, tree: str) -> bool:
    """Return whether nothing but translations was changed in an article's page."""
    rest = without_translations(markdown)
    pages = render.article_pages(translation, (tree,))
    return any(without_translations(page.content.decode()) == rest for page in pages)
