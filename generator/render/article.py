"""An article's page: headline, provenance, summary, and the full text sentence beside sentence."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Article, Output, Translation
from generator.render.escape import clean, encode, tag, web_address
from generator.render.html import front_matter, headline, time_element, title_text
from generator.render.links import Links
from generator.render.listed_article import Entry, entry
from generator.render.provenance import provenance
from generator.render.related import connections, fingerprint
from generator.render.sentence_pair import lines, pair
from generator.render.strings import Words, words


def article_pages(
    translation: Translation,
    trees: tuple[str, ...],
    links: Links = Links(),  # noqa: B008  frozen
) -> Iterator[Output]:
    """Return an article's page in the target language's tree and, if there is one, in that of its own."""
    facts = entry(translation)
    for tree in trees:
        if tree in (translation.target_language, facts.language):
            page = _page(translation, facts, links, tree)
            yield Output(f"{tree}/articles/{facts.slug}/index.md", page.encode())


def _page(translation: Translation, facts: Entry, links: Links, tree: str) -> str:
    title = title_text(facts.title, tree)
    end = connections(links, tree)
    head = front_matter(
        title=title,
        description=clean(title_text(facts.summary[0], tree))[:300] if facts.summary else title,
        language=facts.language,
        target=translation.target_language,
        published=facts.published,
        connections=fingerprint(end) if end else None,
    )
    return head + "\n".join([*article_body(translation, facts, tree), *end]) + "\n"


def article_body(translation: Translation, facts: Entry, tree: str) -> list[str]:
    """Return what an article's page says of the article alone: lines of HTML that are well-formed XML, too."""
    return [*_opening(translation, facts, tree), *_summary(translation, tree), *_text(translation, tree)]


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


def _summary(translation: Translation, tree: str) -> list[str]:
    """Return the picked sentences, each leading to its place in the text."""
    if not translation.digest.picked:
        return []
    every = lines(translation)
    items: list[str] = []
    for index in translation.digest.picked:
        both = pair(every[index], translation.segments[index], tree, link=f"#s{index + 1}")
        items += [f'<li value="{index + 1}" class="{translation.segments[index].origin}">', *both, "</li>"]
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
    """Return every sentence in order; the first one of each paragraph says so."""
    items: list[str] = []
    paragraph = None
    sentences = zip(
        translation.digest.document.sentences, lines(translation), translation.segments, strict=True
    )
    for number, (sentence, both, segment) in enumerate(sentences, 1):
        starts = "" if sentence.paragraph == paragraph else "paragraph "
        paragraph = sentence.paragraph
        items += [
            f'<li id="s{number}" class="{starts}{segment.origin}">',
            *pair(both, segment, tree),
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
