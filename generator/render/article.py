"""An article's page, what all the rest is for: headline, provenance, sentence beside sentence.

The sentences that sum it up are marked where they stand, so that nobody reads one twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.model import Article, Output, Segment, Translation
from generator.render.escape import encode, web_address
from generator.render.html import (
    date_or_unknown,
    declared_text,
    front_matter,
    headline_elements,
    page_content,
    publishers,
    section,
    title_text,
)
from generator.render.links import ArticleLinks
from generator.render.listed_article import Line, ListedArticle, marked_summary
from generator.render.page_markup import (
    PICKED,
    connections_hash,
    number_link,
    sentence_item,
    translations_hash,
)
from generator.render.provenance import engine_names, how_translated
from generator.render.related import connected, connections_data
from generator.render.sentence_pair import sentence_lines, side_by_side
from generator.render.short_text import plain_summary, shortened
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
        end, data = connected(links, tree), connections_data(links, tree, article.slug)
        content = page_content(
            [*article_body(translation, article, tree, numbered=True, names_reviewers=names_reviewers), *end],
            translations=translations_hash(translation.rows()),
            title=title,
            description=shortened(plain_summary(article.summary[:1], tree, article.language)) or title,
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
        "published": date_or_unknown(article.day, says, is_added=not article.published),
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


def _text(translation: Translation, lines: Sequence[Line], tree: str, numbered: bool) -> list[str]:
    """Return every sentence in order; the first one of each paragraph says so, and those of the summary."""
    says, segments, own = strings_in(tree), translation.segments, translation.digest.document.language
    picked = marked_summary(translation.digest)
    bilingual = any(segment.target for segment in segments)
    waiting = _waiting(segments, says) if bilingual else [""] * len(segments)
    items: list[str] = []
    paragraph = None
    engines = engine_names(segment.signature for segment in segments if segment.origin == "machine")
    sentences = zip(translation.digest.document.sentences, lines, segments, waiting, strict=True)
    for number, (sentence, both, segment, missing) in enumerate(sentences, 1):
        starts = "" if sentence.paragraph == paragraph else "paragraph "
        paragraph = sentence.paragraph
        classes = starts + (f"{PICKED} " if number - 1 in picked else "") + segment.origin
        link = [_number(number, says)] if numbered else []
        shown = [*link, *side_by_side(both, segment, tree, own, waiting=missing)]
        links = word_links(segment) if numbered else ""
        by = ", ".join(engine_names([segment.signature])) if numbered and len(engines) > 1 else ""
        items += sentence_item(number, classes, shown, links, by)
    title = says("article.text" if bilingual else "article.text_one")
    text = [f'<ol class="{"pairs" if bilingual else "single"}">', *items, "</ol>"]
    return section("text", title, text, "text")


def _waiting(segments: Sequence[Segment], says: Strings) -> list[str]:
    """Say before each run of untranslated sentences which they are, and nothing at the others."""
    said, end = [""] * len(segments), 0
    for index, segment in enumerate(segments):
        if index < end or segment.origin != "none":
            continue
        others = (at for at in range(index, len(segments)) if segments[at].origin != "none")
        end = next(others, len(segments))
        one = end == index + 1
        said[index] = says("notes.none") if one else says("notes.none_run", first=index + 1, last=end)
    return said


@lru_cache(maxsize=10_000)
def _number(number: int, says: Strings) -> str:
    return number_link(number, says("article.sentence", n=number), shown=says.digits(number))
