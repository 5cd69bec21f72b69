"""An article's page: headline, provenance, summary, and the full text sentence beside sentence."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Article, Finding, Output, Segment, Translation
from generator.render.entry import Entry, Line, entry, line
from generator.render.parts import (
    front_matter,
    headline,
    source_side,
    target_side,
    time_element,
    title_text,
)
from generator.render.provenance import provenance
from generator.render.text import clean, encode, tag, web_address
from generator.render.words import Words, words


def article_pages(translation: Translation, trees: tuple[str, ...]) -> Iterator[Output]:
    """Give an article's page in the target language's tree and, if there is one, in that of its own."""
    facts = entry(translation)
    for tree in trees:
        if tree in (translation.target_language, facts.language):
            yield Output(f"{tree}/articles/{facts.slug}/index.md", _page(translation, facts, tree).encode())


def _page(translation: Translation, facts: Entry, tree: str) -> str:
    title = title_text(facts.title, tree)
    head = front_matter(
        title=title,
        description=clean(title_text(facts.summary[0], tree))[:300] if facts.summary else title,
        language=facts.language,
        target=translation.target_language,
        published=facts.published,
    )
    body = [
        *_opening(translation, facts, tree),
        *_summary(translation, tree),
        *_text(translation, tree),
    ]
    return head + "\n".join(body) + "\n"


def _opening(translation: Translation, facts: Entry, tree: str) -> list[str]:
    byline = _byline(translation.digest.document.article, facts.language, words(tree))
    return [
        '<header class="opening">',
        *headline(facts.title, tree, "h1", identity="title"),
        *([f'<p class="byline">{byline}</p>'] if byline else []),
        f'<p class="provenance">{provenance(translation, words(tree))}</p>',
        "</header>",
        "",
    ]


def _byline(article: Article, language: str, says: Words) -> str:
    """Give source, author, date, topics, licence and address, each only where the article has it."""

    def quoted(text: str | None) -> str:
        return f'<bdi lang="{tag(language)}">{encode(text)}</bdi>' if text and clean(text) else ""

    author, licence = quoted(article.author), quoted(article.licence)
    topics = ", ".join(filter(None, map(quoted, article.topics)))
    address = web_address(article.url)
    facts = {
        "publisher": quoted(article.source),
        "author": author and says("article.by", author=author),
        "published": time_element(article.published, says),
        "topics": topics and f"{says('article.topics')}: {topics}",
        "licence": licence and says("article.licence", licence=licence),
        "original": address and f'<a href="{address}" rel="external">{says("article.original")}</a>',
    }
    return " ".join(f'<span class="{name}">{text}</span>' for name, text in facts.items() if text)


def _summary(translation: Translation, tree: str) -> list[str]:
    """Give the picked sentences, each leading to its place in the text."""
    if not translation.digest.picked:
        return []
    lines = _lines(translation)
    items: list[str] = []
    for index in translation.digest.picked:
        pair = _pair(lines[index], translation.segments[index], tree, link=f"#s{index + 1}")
        items += [f'<li value="{index + 1}" class="{translation.segments[index].origin}">', *pair, "</li>"]
    return [
        '<section class="summary" aria-labelledby="summary">',
        f'<h2 id="summary">{encode(words(tree)("article.summary"))}</h2>',
        "<ol>",
        *items,
        "</ol>",
        "</section>",
        "",
    ]


def _text(translation: Translation, tree: str) -> list[str]:
    """Give every sentence in order; the first one of each paragraph says so."""
    items: list[str] = []
    paragraph = None
    sentences = zip(
        translation.digest.document.sentences, _lines(translation), translation.segments, strict=True
    )
    for number, (sentence, both, segment) in enumerate(sentences, 1):
        starts = "" if sentence.paragraph == paragraph else "paragraph "
        paragraph = sentence.paragraph
        items += [
            f'<li id="s{number}" class="{starts}{segment.origin}">',
            *_pair(both, segment, tree),
            "</li>",
        ]
    bilingual = any(segment.origin != "original" for segment in translation.segments)
    return [
        '<section class="text" aria-labelledby="text">',
        f'<h2 id="text">{encode(words(tree)("article.text" if bilingual else "article.text_one"))}</h2>',
        f'<ol class="{"pairs" if bilingual else "single"}">',
        *items,
        "</ol>",
        "</section>",
    ]


def _lines(translation: Translation) -> list[Line]:
    sentences = translation.digest.document.sentences
    return [
        line(segment, sentence.language, translation.target_language)
        for sentence, segment in zip(sentences, translation.segments, strict=True)
    ]


def _pair(both: Line, segment: Segment, tree: str, link: str = "") -> list[str]:
    """Give a sentence in both languages, one line each, the tree's own first, and what to know of it."""
    if segment.origin == "original":
        return [source_side(both).element("p", link=link)]
    target_first = tree == both.target_language
    target_leads = target_first and both.target
    source = source_side(both).element("p", link="" if target_leads else link)
    target = target_side(both).element("p", link=link if target_leads else "")
    return [*([target, source] if target_first else [source, target]), *_notes(segment, words(tree))]


def _notes(segment: Segment, says: Words) -> list[str]:
    notes = []
    if segment.origin in ("machine", "none"):
        notes.append(f'<p class="note {segment.origin}">{encode(says(f"notes.{segment.origin}"))}</p>')
    if segment.findings:
        reasons = says("notes.separator").join(_reason(finding, says) for finding in segment.findings)
        notes.append(f'<p class="note care">{says("notes.care", reason=reasons)}</p>')
    return notes


def _reason(finding: Finding, says: Words) -> str:
    """Say in words what a check found; a check that the interface does not know is named."""
    key = f"checks.{finding.check}"
    known = finding.check.isidentifier() and says.has(key)
    text = says(key) if known else says("checks.unknown", check=f"<bdi>{encode(finding.check)}</bdi>")
    return f"{text} (<bdi>{encode(finding.detail)}</bdi>)" if clean(finding.detail) else text
