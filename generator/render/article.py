"""An article's page, what all the rest is for: headline, provenance, summary, sentence beside sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.model import Article, Output, Translation
from generator.render.escape import clean, encode, web_address
from generator.render.html import (
    declared_text,
    front_matter,
    headline_elements,
    page_content,
    publishers,
    section,
    time_element,
    title_text,
)
from generator.render.links import ArticleLinks
from generator.render.listed_article import Line, ListedArticle
from generator.render.page_markup import connections_hash, number_link, sentence_item
from generator.render.provenance import engine_names, how_translated
from generator.render.related import connected, connections_data
from generator.render.sentence_pair import sentence_lines, side_by_side
from generator.render.strings import Strings, strings_in
from generator.render.word_links import word_links


def article_pages(
    translation: Translation,
    trees: tuple[str, ...],
    links: ArticleLinks = ArticleLinks(),  # noqa: B008  frozen
    *,
    interfaces: tuple[str, ...] = (),
    names_reviewers: bool = False,
) -> Iterator[Output]:
    """Return an article's page in the target language's tree, in that of its own, and in `interfaces`."""
    article = ListedArticle.of(translation, interfaces)
    for tree in filter(article.stands_in, trees):
        title = title_text(article.title, tree)
        end, data = connected(links, tree), connections_data(links, tree)
        content = page_content(
            [*article_body(translation, article, tree, numbered=True, names_reviewers=names_reviewers), *end],
            title=title,
            description=clean(title_text(article.summary[0], tree))[:300] if article.summary else title,
            language=article.language,
            target=translation.target_language,
            **data,
            connections=connections_hash(front_matter(**data), "\n".join(end)) if end else None,
        )
        yield Output(f"{tree}/articles/{article.slug}/index.md", content)


def article_body(
    translation: Translation,
    article: ListedArticle,
    tree: str,
    *,
    numbered: bool = False,
    names_reviewers: bool = False,
) -> list[str]:
    """Return what an article's page says of the article alone: lines of HTML that are well-formed XML, too.

    `numbered` adds to each sentence a link to itself, `names_reviewers` who reviewed the translation.
    """
    lines = sentence_lines(translation)
    says = strings_in(tree)
    byline = _byline(translation.digest.document.article, article.language, says)
    translated = how_translated(translation, says, names_reviewers=names_reviewers)
    return [
        '<header class="opening">',
        *headline_elements(article.title, tree, "h1", identity="title"),
        *([f'<p class="byline">{byline}</p>'] if byline else []),
        f'<p class="provenance">{translated}</p>',
        "</header>",
        "",
        *_summary(translation, lines, tree),
        *_text(translation, lines, tree, numbered),
    ]


def _byline(article: Article, language: str, says: Strings) -> str:
    """Return source, author, date, topics, licence and address, each only where the article has it."""
    author, licence = declared_text(article.author, language), declared_text(article.licence, language)
    topics = says("subjects.comma").join(
        filter(None, (declared_text(topic, language) for topic in article.topics))
    )
    address = web_address(article.url)
    facts = {
        "publisher": publishers((article.source, *article.also), language),
        "author": author and says("article.by", author=author),
        "published": time_element(article.day, says, is_added=not article.published),
        "topics": topics and says("article.topics") + says("provenance.heading_separator") + topics,
        "licence": licence and says("article.licence", licence=licence),
        "original": address and f'<a href="{address}" rel="external">{says("article.original")}</a>',
        "pictures": article.pictures and encode(_pictures(article.pictures, address, says)),
    }
    return " ".join(f'<span class="{name}">{text}</span>' for name, text in facts.items() if text)


def _pictures(count: int, address: str | None, says: Strings) -> str:
    """Return that the original has pictures and, where no link leads to it, that its address is not known."""
    stated = says.count("article.pictures", count)
    return stated if address else says("article.without_address", pictures=stated)


def _summary(translation: Translation, lines: Sequence[Line], tree: str) -> list[str]:
    """Return the picked sentences, each leading to its place in the text."""
    if not translation.digest.picked:
        return []
    says, own = strings_in(tree), translation.digest.document.language
    items: list[str] = []
    for index in translation.digest.picked:
        segment = translation.segments[index]
        both = side_by_side(lines[index], segment, tree, own, link=f"#s{index + 1}")
        number, shown = str(index + 1), says.digits(index + 1)
        in_digits = f' data-number="{shown}"' if shown != number else ""
        items += [f'<li value="{number}"{in_digits} class="{segment.origin}">', *both, "</li>"]
    title = says("article.summary")
    return [*section("summary", title, ["<ol>", *items, "</ol>"], "summary"), ""]


def _text(translation: Translation, lines: Sequence[Line], tree: str, numbered: bool) -> list[str]:
    """Return every sentence in order; the first one of each paragraph says so."""
    says, own = strings_in(tree), translation.digest.document.language
    items: list[str] = []
    paragraph = None
    engines = engine_names(segment.signature for segment in translation.segments if segment.origin == "machine")
    sentences = zip(translation.digest.document.sentences, lines, translation.segments, strict=True)
    for number, (sentence, both, segment) in enumerate(sentences, 1):
        starts = "" if sentence.paragraph == paragraph else "paragraph "
        paragraph = sentence.paragraph
        link = [_number(number, says)] if numbered else []
        shown = [*link, *side_by_side(both, segment, tree, own)]
        links = word_links(segment) if numbered else ""
        by = ", ".join(engine_names([segment.signature])) if numbered and len(engines) > 1 else ""
        items += sentence_item(number, starts + segment.origin, shown, links, by)
    bilingual = any(segment.origin != "original" for segment in translation.segments)
    title = says("article.text" if bilingual else "article.text_one")
    text = [f'<ol class="{"pairs" if bilingual else "single"}">', *items, "</ol>"]
    return section("text", title, text, "text")


@lru_cache(maxsize=10_000)
def _number(number: int, says: Strings) -> str:
    return number_link(number, says("article.sentence", n=number), shown=says.digits(number))
