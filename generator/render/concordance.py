"""The sentences that mention a name, article by article: what readers come to its page for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.languages.term_matcher import any_of
from generator.model import Subject, Translation
from generator.render.escape import clean, encode, path_segment
from generator.render.listed_article import Line, ListedArticle
from generator.render.sentence_pair import side_by_side
from generator.render.strings import strings_in


@dataclass(frozen=True)
class Concordance:
    """Where articles mention a name; these sentences are loaded, by slugs and places, when a page is made."""

    subject: Subject
    target: str
    """The language of its title."""
    quote: Callable[[str, Sequence[int]], Translation]

    def of(self, articles: Iterable[ListedArticle]) -> Concordance:
        """Return what some of the articles alone need: to send all with each page would be quadratic."""
        slugs = [article.slug for article in articles]
        places = {slug: self.subject.places[slug] for slug in slugs if slug in self.subject.places}
        counts = tuple((slug, self._counts[slug]) for slug in slugs if slug in self._counts)
        return replace(self, subject=replace(self.subject, articles=counts, places=places))

    def facts(self, article: ListedArticle) -> object:
        """Return what the lines of an article depend on."""
        return article.content, self.subject.places.get(article.slug), self._counts.get(article.slug)

    def lines(self, article: ListedArticle, tree: str, up: str) -> list[str]:
        """Return the first sentences of an article that mention the name, and how many more do."""
        places = self.subject.places.get(article.slug, ())
        if not places:
            return []
        quoted = self.quote(article.slug, places)
        items = [line for at, place in enumerate(places) for line in self._item(quoted, at, place, tree, up)]
        more, says = self._counts[article.slug] - len(places), strings_in(tree)
        address = f"{up}articles/{path_segment(article.slug)}/"
        rest = f'<a href="{address}">{encode(says.count("subjects.more", more))}</a>' if more > 0 else ""
        return [
            '<ol class="mentions">',
            *items,
            "</ol>",
            *([f'<p class="byline more">{rest}</p>'] if rest else []),
        ]

    def _item(self, translation: Translation, at: int, place: int, tree: str, up: str) -> Iterator[str]:
        segment = translation.segments[at]
        language = translation.digest.document.sentences[at].language
        both = Line.of(segment, language, translation.target_language)
        address = f"{up}articles/{path_segment(translation.digest.document.article.slug)}/#s{place + 1}"
        yield f'<li class="{segment.origin}">'
        own = translation.digest.document.language
        yield from side_by_side(both, segment, tree, own, address, self._marks)
        yield "</li>"

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        return dict(self.subject.articles)

    @cached_property
    def _marks(self) -> Mapping[str, re.Pattern[str]]:
        title = self.subject.title
        spelled: dict[str, list[str]] = {self.target: [title]}
        if self.subject.kind == "person":
            spelled[self.target].append(title.split()[-1])
        for language, spelling in self.subject.sources:
            spelled.setdefault(language, []).append(spelling)
        return {language: any_of([*map(clean, texts)]) for language, texts in spelled.items()}
