"""An article's page, what all the rest is for: headline, provenance, summary, sentence beside sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.model import Article, Output, Translation
from generator.render.escape import clean, encode, tag, web_address
from generator.render.html import front_matter, headline_elements, page_content, time_element, title_text
from generator.render.links import ArticleLinks
from generator.render.listed_article import Line, ListedArticle
from generator.render.page_markup import connections_hash, number_link, sentence_item
from generator.render.provenance import how_translated
from generator.render.related import connected, connections_data
from generator.render.sentence_pair import sentence_lines, side_by_side
from generator.render.strings import Strings, strings_in


def article_pages(
    translation: Translation,
    trees: tuple[str, ...],
    links: ArticleLinks = ArticleLinks(),  # noqa: B008  frozen
) -> Iterator[Output]:
    """Return an article's page in the target language's tree and, if there is one, in that of its own."""
    article = ListedArticle.of(translation)
    for tree in trees:
        if article.stands_in(tree):
            content = _page(translation, article, links, tree)
            yield Output(f"{tree}/articles/{article.slug}/index.md", content)


def _page(translation: Translation, article: ListedArticle, links: ArticleLinks, tree: str) -> bytes:
    title, end, data = title_text(article.title, tree), connected(links, tree), connections_data(links, tree)
    return page_content(
        [*article_body(translation, article, tree, numbered=True), *end],
        title=title,
        description=clean(title_text(article.summary[0], tree))[:300] if article.summary else title,
        language=article.language,
        target=translation.target_language,
        **data,
        connections=connections_hash(front_matter(**data), "\n".join(end)) if end else None,
    )


def article_body(
    translation: Translation, article: ListedArticle, tree: str, *, numbered: bool = False
) -> list[str]:
    """Return what an article's page says of the article alone: lines of HTML that are well-formed XML, too.

    `numbered` adds to each sentence a link to itself.
    """
    lines = sentence_lines(translation)
    return [
        *_opening(translation, article, tree),
        *_summary(translation, lines, tree),
        *_text(translation, lines, tree, numbered),
    ]


def _opening(translation: Translation, article: ListedArticle, tree: str) -> list[str]:
    says = strings_in(tree)
    byline = _byline(translation.digest.document.article, article.language, says)
    return [
        '<header class="opening">',
        *headline_elements(article.title, tree, "h1", identity="title"),
        *([f'<p class="byline">{byline}</p>'] if byline else []),
        f'<p class="provenance">{how_translated(translation, says)}</p>',
        "</header>",
        "",
    ]


def _byline(article: Article, language: str, says: Strings) -> str:
    """Return source, author, date, topics, licence and address, each only where the article has it."""

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


def _summary(translation: Translation, lines: Sequence[Line], tree: str) -> list[str]:
    """Return the picked sentences, each leading to its place in the text."""
    if not translation.digest.picked:
        return []
    items: list[str] = []
    for index in translation.digest.picked:
        segment = translation.segments[index]
        both = side_by_side(lines[index], segment, tree, link=f"#s{index + 1}")
        items += [f'<li value="{index + 1}" class="{segment.origin}">', *both, "</li>"]
    return [
        '<section class="summary" aria-labelledby="summary">',
        f'<h2 id="summary">{encode(strings_in(tree)("article.summary"))}</h2>',
        "<ol>",
        *items,
        "</ol>",
        "</section>",
        "",
    ]


def _text(translation: Translation, lines: Sequence[Line], tree: str, numbered: bool) -> list[str]:
    """Return every sentence in order; the first one of each paragraph says so."""
    says = strings_in(tree)
    items: list[str] = []
    paragraph = None
    sentences = zip(translation.digest.document.sentences, lines, translation.segments, strict=True)
    for number, (sentence, both, segment) in enumerate(sentences, 1):
        starts = "" if sentence.paragraph == paragraph else "paragraph "
        paragraph = sentence.paragraph
        link = [_number(number, tree)] if numbered else []
        items += sentence_item(number, starts + segment.origin, [*link, *side_by_side(both, segment, tree)])
    bilingual = any(segment.origin != "original" for segment in translation.segments)
    return [
        '<section class="text" aria-labelledby="text">',
        f'<h2 id="text">{encode(says("article.text" if bilingual else "article.text_one"))}</h2>',
        f'<ol class="{"pairs" if bilingual else "single"}">',
        *items,
        "</ol>",
        "</section>",
    ]


@lru_cache(maxsize=10_000)
def _number(number: int, tree: str) -> str:
    return number_link(number, strings_in(tree)("article.sentence", n=number))
