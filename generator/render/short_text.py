"""A few of an article's sentences, for lists, feeds and programs: no paragraph is ever in two languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from generator.languages import is_unspaced
from generator.languages.anaphora import continues_report, depends_on_previous
from generator.languages.scripts import COMBINING_MARKS, UNSPACED_LETTERS
from generator.render.escape import clean, direction, isolate, tag_in
from generator.render.html import TextElement, source_side, target_leads, target_side
from generator.render.listed_article import Line, ListedArticle

_EDGE = " \t,;:،؛，、；：-–—"
"""What no ellipsis stands behind."""


def summaries(summary: Sequence[Line], tree: str, language: str) -> list[str]:
    """Return the summary of an article in a language as one paragraph a language, the tree's first.

    What nobody has translated is left out of the translation, and of the source what is in another language
    than its first sentence.
    """
    if not summary:
        return []
    target, own = summary[0].target_language, summary[0].source_language
    said = _standing(summary, lambda line: line.source_language == own)
    sides = [_paragraph([line.source for line in said], own, target, "source")]
    read = _standing(summary, lambda line: bool(_in_target(line)))
    if read and own != target:
        role = "target machine" if any(line.origin == "machine" for line in read) else "target"
        sides.append(_paragraph([_in_target(line) for line in read], target, own, role))
    return sides[::-1] if target_leads(summary[0], tree, language) else sides


def plain_summary(summary: Sequence[Line], tree: str, language: str) -> str:
    """Return the sentences of a summary in the language that a tree shows first, else in that of the first.

    The summary is of an article in `language`.
    """
    if not summary:
        return ""
    target, own = summary[0].target_language, summary[0].source_language
    read = _standing(summary, lambda line: bool(_in_target(line)))
    if read and target_leads(summary[0], tree, language):
        return clean(_glue(target).join(map(_in_target, read)))
    said = _standing(summary, lambda line: line.source_language == own)
    return clean(_glue(own).join(line.source for line in said))


def shortened(text: str, most: int = 300) -> str:
    """Return a text of at most so many characters, cut between words if it is longer, as an ellipsis shows."""
    if len(text) <= most:
        return text
    for pattern in (r"(?<=\S)\s+\S*$", rf"(?<=[{UNSPACED_LETTERS}][，。、；：！？])[^，。、；：！？]*$"):
        kept = re.sub(pattern, "", text[:most]).rstrip(_EDGE)
        if most // 2 < len(kept) < most:
            return f"{kept}…"
    return f"{re.sub(rf'.[{COMBINING_MARKS}]*$', '', text[:most])}…"


def _standing(summary: Iterable[Line], fits: Callable[[Line], bool]) -> list[Line]:
    """Return the lines that fit, without those that lean on one that does not."""
    kept, stands = [], True
    for line in summary:
        stands = fits(line) and (stands or not depends_on_previous(line.source, line.source_language))
        kept += [line] if stands else []
    return kept


def lede(article: ListedArticle, tree: str) -> TextElement | None:
    """Return the sentence that tells most of an article, if possible in the language that a tree shows first.

    None where that is the headline itself, and what follows leans on it.
    """
    first, *others = article.summary or [article.title]
    others = [each for each in others if not continues_report(each.source, each.source_language)]
    told = [line for line in (first, *others) if not _is_headline(line, article.title)]
    sides = [side for line in told for side in (source_side(line), _marked_target(line)) if side.text]
    leading = tree if tree == article.language else article.title.target_language
    return next((side for side in sides if side.language == leading), sides[0] if sides else None)


def _marked_target(line: Line) -> TextElement:
    side = target_side(line)
    return replace(side, classes=f"{side.classes} machine") if line.origin == "machine" else side


def _is_headline(line: Line, title: Line) -> bool:
    """Return whether a headline was drawn from a sentence, which then says it once more.

    One that was cut ends with an ellipsis; another is most of the sentence.
    """
    headline, sentence = _letters(title.source), _letters(line.source)
    size, whole = (sum(map(str.isalpha, text)) for text in (headline, sentence))
    is_whole = title.source.endswith("…") or 2 * size > whole
    return is_whole and headline != "" and headline in sentence


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _in_target(line: Line) -> str:
    return line.target or (line.source if line.source_language == line.target_language else "")


def _paragraph(sentences: Sequence[str], language: str, foreign: str, role: str) -> str:
    whole = " ".join(sentences)
    side, tag = direction(whole, language), tag_in(whole, language)
    text = _glue(language).join(isolate(sentence, side, foreign) for sentence in sentences)
    return f'<p class="{role}" lang="{tag}" dir="{side}">{text}</p>'


def _glue(language: str) -> str:
    return "" if is_unspaced(language) else " "
