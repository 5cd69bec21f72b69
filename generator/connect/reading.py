"""One article → its `Profile`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from generator.connect.profile import Name, Profile, Term
from generator.model import SubjectKind, Translation
from generator.theme.search_index import terms, words


class Known(Protocol):
    """A name that the glossary has."""

    @property
    def sources(self) -> tuple[str, ...]:
        """How sources spell it."""

    @property
    def targets(self) -> tuple[str, ...]:
        """How it reads in the target language, the spelling to use first; `*` stands for any ending."""

    @property
    def kind(self) -> SubjectKind | None:
        """What it is; None for what is no name."""


def profile(translation: Translation, known: Sequence[Known] = ()) -> Profile:
    """Give what connections are drawn from; depends on nothing but the translation and the names known."""
    document = translation.digest.document
    english = [segment.target or "" for segment in translation.segments]
    if document.language == translation.target_language:
        english = [sentence.text for sentence in document.sentences]
    names: Counter[str] = Counter()
    for text in english:
        names.update(set(re.findall(r"(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*", text)))
    return Profile(
        slug=document.article.slug,
        language=document.language,
        target_language=translation.target_language,
        published=document.article.published,
        is_translated=sum(map(bool, english)) * 2 > len(english),
        names=tuple(Name(title, "name", count) for title, count in names.most_common(12)),
        words=_words(english),
        source_words=_words([sentence.repaired for sentence in document.sentences]),
        topics=(),
        declared=document.article.topics,
        sketch=(),
    )


def _words(texts: Sequence[str]) -> tuple[Term, ...]:
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text in texts:
        for word in words(text):
            for stem in terms(word).sure:
                if len(word) > 3:
                    counts[stem] += 1
                    spelled.setdefault(stem, word)
    return tuple(Term(stem, spelled[stem], count) for stem, count in counts.most_common(30))
