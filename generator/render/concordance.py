"""The sentences that mention a name, article by article: what readers come to its page for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.languages.term_matcher import straight
from generator.model import Subject, Translation
from generator.render.escape import clean, encode, path_segment
from generator.render.listed_article import Line, ListedArticle
from generator.render.sentence_pair import side_by_side
from generator.render.strings import strings_in


@dataclass(frozen=True)
class Concordance:
    """Where articles mention a name; these sentences are loaded, by slugs and places, when a page is made."""

    spellings: tuple[tuple[str, str], ...]
    """Language and text of each spelling that is marked."""
    quote: Callable[[str, Sequence[int]], Translation]
    counts: Mapping[str, int]
    """In how many sentences each article mentions it."""
    places: Mapping[str, tuple[int, ...]]
    """The first of these, by their indexes."""

    @classmethod
    def of(
        cls, subject: Subject, target: str, quote: Callable[[str, Sequence[int]], Translation]
    ) -> Concordance:
        """Return where a name is mentioned whose title is in the `target` language."""
        family = [(target, subject.title.split()[-1])] if subject.kind == "person" else []
        spellings = ((target, subject.title), *family, *subject.sources)
        return cls(spellings, quote, dict(subject.articles), subject.places)

    def narrowed(self, articles: Iterable[ListedArticle]) -> Concordance:
        """Return what some of the articles alone need: to send all with each page would be quadratic."""
        slugs = [article.slug for article in articles]
        counts = {slug: self.counts[slug] for slug in slugs}
        places = {slug: self.places[slug] for slug in slugs if slug in self.places}
        return Concordance(self.spellings, self.quote, counts, places)

    def facts(self, articles: Iterable[ListedArticle]) -> object:
        """Return what the lines of articles depend on, besides the spellings."""
        return [article.content for article in articles], self.counts, self.places

    def lines(self, article: ListedArticle, tree: str, up: str) -> list[str]:
        """Return the first sentences of an article that mention the name, and how many more do."""
        places = self.places.get(article.slug, ())
        if not places:
            return []
        quoted = self.quote(article.slug, places)
        items = [line for at, place in enumerate(places) for line in self._item(quoted, at, place, tree, up)]
        more, says = self.counts[article.slug] - len(places), strings_in(tree)
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
        yield from side_by_side(both, segment, tree, own, address, self._marked)
        yield "</li>"

    @cached_property
    def _marked(self) -> Mapping[str, tuple[str, ...]]:
        spelled: dict[str, tuple[str, ...]] = {}
        for language, spelling in self.spellings:
            spelled[language] = (*spelled.get(language, ()), straight(clean(spelling)))
        return spelled
