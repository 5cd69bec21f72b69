"""A sentence beside its translation, with what a reader should know of it: alike in articles and stories."""

from __future__ import annotations

from collections.abc import Mapping

from generator.languages import tag_of
from generator.model import BECAME, Finding, Segment, Translation
from generator.render.escape import clean, encode, tag_in
from generator.render.html import source_side, target_leads, target_side
from generator.render.listed_article import Line
from generator.render.strings import Strings, strings_in


def sentence_lines(translation: Translation) -> list[Line]:
    """Return every sentence with its translation and the languages of both."""
    _, *sentences = translation.rows()
    return [Line.of(each.segment, each.language, translation.target_language) for each in sentences]


def side_by_side(  # noqa: PLR0913, PLR0917  a sentence, where it stands, and what to do with it
    both: Line,
    segment: Segment,
    tree: str,
    own: str = "",
    link: str = "",
    marked: Mapping[str, tuple[str, ...]] | None = None,
    waiting: str | None = None,
) -> list[str]:
    """Return a sentence in both languages, one line each, the tree's own first, and what to know of it.

    `own` is its article's language, where that is another one than the sentence's; `marked` is what is to be
    marked in a text, by its language. `waiting` says that it is not translated yet, in other words than usual,
    or nothing where it is empty.
    """
    found = marked or {}
    source_text = source_side(both, found.get(both.source_language, ()))
    if segment.origin == "original":
        return [source_text.element("p", link=link)]
    target_first = target_leads(both, tree, own or both.source_language)
    is_linked = target_first and both.target
    source = source_text.element("p", link="" if is_linked else link)
    target_text = target_side(both, found.get(both.target_language, ()))
    target = target_text.element("p", link=link if is_linked else "")
    says = strings_in(tree)
    translated = [target, *_note("machine", segment, says("notes.machine"))]  # heard right after it
    sides = [*translated, source] if target_first else [source, *translated]
    missing = says("notes.none") if waiting is None else waiting
    return [*sides, *_note("none", segment, missing), *_findings(segment, both, tree)]


def _note(origin: str, segment: Segment, said: str) -> list[str]:
    return [f'<p class="note {origin}">{encode(said)}</p>'] if said and segment.origin == origin else []


def _findings(segment: Segment, both: Line, tree: str) -> list[str]:
    if not segment.findings:
        return []
    says = strings_in(tree)
    reasons = says("notes.separator").join(_reason(each, both, tree, says) for each in segment.findings)
    return [f'<p class="note care">{says("notes.care", reason=reasons)}</p>']


def _reason(finding: Finding, both: Line, tree: str, says: Strings) -> str:
    """Say in words what a check found; a check that the interface does not know is named."""
    key = f"checks.{finding.check}"
    known = finding.check.isidentifier() and says.has(key)
    text = says(key) if known else says("checks.unknown", check=f"<bdi>{encode(finding.check)}</bdi>")
    source, _, target = (_quoted(part, both, tree) for part in finding.detail.partition(BECAME))
    detail = says("notes.became", source=source, target=target) if BECAME in finding.detail else source
    return f"{text} ({detail})" if clean(finding.detail) else text


def _quoted(part: str, both: Line, tree: str) -> str:
    """Return what a finding quotes of a side, in its language if its letters are not those of the tree's."""
    tag = tag_in(part, tree, both.source_language)
    tag = tag_in(part, both.target_language) if tag == "und" else tag
    lang = f' lang="{tag}"' if tag != tag_of(tree) else ""
    return f"<bdi{lang}>{encode(part)}</bdi>"
