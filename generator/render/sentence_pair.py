"""A sentence beside its translation, with what a reader should know of it: alike in articles and stories."""

from __future__ import annotations

from generator.model import BECAME, Finding, Segment, Translation
from generator.render.escape import clean, encode
from generator.render.html import source_side, target_side
from generator.render.listed_article import Line
from generator.render.strings import Strings, strings_in


def sentence_lines(translation: Translation) -> list[Line]:
    """Return every sentence with its translation and the languages of both."""
    _, *sentences = translation.rows()
    return [Line.of(each.segment, each.language, translation.target_language) for each in sentences]


def side_by_side(both: Line, segment: Segment, tree: str, link: str = "") -> list[str]:
    """Return a sentence in both languages, one line each, the tree's own first, and what to know of it."""
    if segment.origin == "original":
        return [source_side(both).element("p", link=link)]
    target_first = tree == both.target_language
    target_leads = target_first and both.target
    source = source_side(both).element("p", link="" if target_leads else link)
    target = target_side(both).element("p", link=link if target_leads else "")
    says = strings_in(tree)
    translated = [target, *_note("machine", segment, says)]  # heard right after it
    sides = [*translated, source] if target_first else [source, *translated]
    return [*sides, *_note("none", segment, says), *_findings(segment, says)]


def _note(origin: str, segment: Segment, says: Strings) -> list[str]:
    if segment.origin != origin:
        return []
    return [f'<p class="note {origin}">{encode(says(f"notes.{origin}"))}</p>']


def _findings(segment: Segment, says: Strings) -> list[str]:
    if not segment.findings:
        return []
    reasons = says("notes.separator").join(_reason(finding, says) for finding in segment.findings)
    return [f'<p class="note care">{says("notes.care", reason=reasons)}</p>']


def _reason(finding: Finding, says: Strings) -> str:
    """Say in words what a check found; a check that the interface does not know is named."""
    key = f"checks.{finding.check}"
    known = finding.check.isidentifier() and says.has(key)
    text = says(key) if known else says("checks.unknown", check=f"<bdi>{encode(finding.check)}</bdi>")
    source, _, target = (f"<bdi>{encode(part)}</bdi>" for part in finding.detail.partition(BECAME))
    detail = says("notes.became", source=source, target=target) if BECAME in finding.detail else source
    return f"{text} ({detail})" if clean(finding.detail) else text
