"""What people wrote into generated pages: sentences go into the memory, and nothing of theirs is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator import render
from generator.model import DigestError, Translation
from generator.render.escape import clean
from generator.render.page_markup import sentences_of
from generator.storage import docs_folder, records
from generator.storage.files import write
from generator.translate.memory import Memory, save_memory

_TARGETS = re.compile(r'^<p class="target".*</p>$', re.MULTILINE)
_PAIR = re.compile(r'^<li id="s[0-9]+".*?^</li>$', re.MULTILINE | re.DOTALL)
_CHECKSUM = re.compile(r"\A---\nchecksum: .*\n")


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
    markdown = page.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    translation = _record(page, docs, target)
    corrected = _corrected(markdown, translation) if translation else {}
    _remember(corrected, folder, target)
    count = "1 corrected sentence is" if len(corrected) == 1 else f"{len(corrected)} corrected sentences are"
    said = [f"{page}: {count} now in {folder.name}/"] if corrected else []
    if not (translation and _skeleton(markdown) in _skeletons(translation, page.relative_to(docs).parts[0])):
        kept = folder / "kept" / "-".join(page.relative_to(docs).parts)
        write(kept, page.read_bytes())
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
    found = sentences_of(markdown) or {}
    sentences = translation.digest.document.sentences
    return {
        (sentence.language, segment.source): found[number]
        for number, (sentence, segment) in enumerate(zip(sentences, translation.segments, strict=True), 1)
        if number in found and found[number] != clean(segment.target or "")
    }


def _remember(corrected: dict[tuple[str, str], str], folder: Path, target: str) -> None:
    for language in dict.fromkeys(language for language, _ in corrected):
        settled = {source: text for (own, source), text in corrected.items() if own == language}
        save_memory(folder, language, target, Memory.load(folder, language, target).exact | settled)


def _skeletons(translation: Translation, tree: str) -> list[str]:
    """Return what is not a translated sentence of the page as it is generated, without its connections."""
    return [_skeleton(output.content.decode()) for output in render.article_pages(translation, (tree,))]


def _skeleton(markdown: str) -> str:
    unsigned = render.without_links(_CHECKSUM.sub("---\n", markdown))
    return _PAIR.sub(lambda pair: _TARGETS.sub("", pair[0]), unsigned)
