"""What sources call the topics of a digest, by the sentences of all its articles.

A source word is taken for a topic if it stands nearly only in the sentences whose translations have the
topic, and in most of them, in several articles; if no other source word comes near it in that; and if no
other word or name of the translations fits it as well. This is competitive linking (Melamed 2000).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from zlib import crc32

from generator.connect.forms import bare, commonest, rests
from generator.connect.profile import Profile, Term
from generator.connect.tokens import is_unspaced, stem
from generator.connect.uses import dice

_SAMPLE = 24
"""Articles on a topic in a language that are looked at: they tell as much as all, and bound what it costs."""
_LEAST, _LEAST_ARTICLES = 3, 2
"""Sentences, and articles, that must have both."""
_NEAR, _NEAR_PHRASE = 0.65, 0.75
"""Dice's coefficient that the word for a word, and the phrase for a phrase, must reach."""
_SECOND = 0.8
"""Share of it that no other word may pass."""
_DECISIVE = 3
"""How many times more often the sentences with one of two words only must speak for one of them."""
_BOUND = 1.25
"""How much commoner than a run of characters a part of it may be that is no word of its own."""


@dataclass(frozen=True, slots=True)
class _Article:
    """The words of an article, on both sides, with the bits of their sentences."""

    targets: dict[str, int]
    sources: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How often words of the source and a topic stand in the same sentences."""

    rows: list[tuple[_Article, int]]
    """The articles that have the topic, with the bits of its sentences."""
    mentions: int
    """Sentences that have the topic."""
    both: Counter[str]
    """Sentences of these that have a word, for each word."""
    articles: Counter[str]
    """Articles that have a word in such a sentence."""
    near: dict[str, float]
    """Dice's coefficients."""
    ranked: list[str]
    """The words that are as long as the topic's should be, the nearest first."""


def translations(
    topics: Mapping[str, Iterable[str]], profiles: Sequence[Profile]
) -> dict[str, list[tuple[str, str]]]:
    """Return for topics, by their stems, the languages and words that sources write; only what is sure.

    `topics` tells the slugs of the articles on each.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_language: dict[str, list[Profile]] = defaultdict(list)
    for profile in _sample(topics, profiles):
        by_language[profile.language].append(profile)
    keys = sorted(topics)
    for language, own in sorted(by_language.items()):
        side = _Side(language, own, keys)
        words = {key: word for key in keys if (word := side.translation(key))}
        for key, spelling in side.spellings(own, words).items():
            found[key].append((language, spelling))
    return found


def _sample(topics: Mapping[str, Iterable[str]], profiles: Sequence[Profile]) -> list[Profile]:
    """Return some translated articles on each topic in each language; one article more changes few of them."""
    translated = {
        profile.slug: profile
        for profile in profiles
        if profile.is_translated and profile.language != profile.target_language
    }
    taken: set[str] = set()
    for slugs in topics.values():
        counts = Counter[str]()
        for slug in sorted(translated.keys() & set(slugs), key=lambda slug: (crc32(slug.encode()), slug)):
            counts[translated[slug].language] += 1
            if counts[translated[slug].language] <= _SAMPLE:
                taken.add(slug)
    return [profile for profile in profiles if profile.slug in taken]


class _Side:
    """The articles in one language, put together for the topics that are asked for."""

    def __init__(self, language: str, profiles: Sequence[Profile], keys: Iterable[str]) -> None:
        self.is_unspaced = is_unspaced(language)
        self.is_arabic = language == "ar"
        seen = Counter[str]()
        for profile in profiles:
            for term in _sources(profile):
                seen[term.stem] += term.where.bit_count()
        self._rests = rests(seen) if self.is_arabic else {}
        self.totals: Counter[str] = Counter()
        self._holders: dict[str, list[_Article]] = {part: [] for key in keys for part in _parts(key)}
        for profile in profiles:
            self._add(_Article(_targets(profile), self._words(profile)))

    def _add(self, article: _Article) -> None:
        for word, bits in article.sources.items():
            self.totals[word] += bits.bit_count()
        for part in article.targets.keys() & self._holders.keys():
            self._holders[part].append(article)

    def _words(self, profile: Profile) -> dict[str, int]:
        """Return the words and runs of words of the source, and all that such runs hold; none of names."""
        found: dict[str, int] = {}
        names = _spelled_names(profile)
        parts = {stem(word) for name in names for word in name.split()}
        for term in _sources(profile):
            if self.is_unspaced:
                is_name = any(term.stem in name for name in names)
            else:
                is_name = not parts.isdisjoint(term.stem.split())
            for word in () if is_name else self._within(self._plain(term.stem)):
                found[word] = found.get(word, 0) | term.where
        return found

    def _plain(self, form: str) -> str:
        """Take off what Arabic joins to the front of a word where the rest is a commoner word."""
        if not self.is_arabic or " " not in form:
            return self._rests.get(form, form)
        return " ".join(self._rests.get(word, word) for word in form.split())

    def _within(self, word: str) -> Iterator[str]:
        if self.is_unspaced and not word.isascii():
            for length in range(2, len(word) + 1):
                yield from (word[start : start + length] for start in range(len(word) - length + 1))
        else:
            yield word
            yield from word.split() if " " in word else ()

    def translation(self, key: str) -> str | None:
        """Return the stem of the word that translates a topic, if one surely does."""
        parts = _parts(key)
        seen = self._evidence(key)
        if not seen.ranked:
            return None
        best = self._whole(seen.ranked[0], seen.near)
        is_near = seen.near[best] >= (_NEAR if len(parts) == 1 else _NEAR_PHRASE)
        is_often = seen.both[best] >= _LEAST and 2 * seen.both[best] > seen.mentions
        is_known = is_near and is_often and seen.articles[best] >= _LEAST_ARTICLES
        if not (is_known and self._fits(best, len(parts)) and _is_free(best, parts, seen.rows)):
            return None
        close = [word for word in seen.ranked if seen.near[word] > _SECOND * seen.near[best]]
        others = [word for word in close if not self._is_part(best, word)]
        is_alone = all(
            _is_beaten(word, best, seen.rows) or not _is_free(word, parts, seen.rows) for word in others
        )
        is_whole = is_alone and not self._is_cut(best, seen.both)
        return best if is_whole and self._has_head(best, parts) else None

    def _evidence(self, key: str) -> _Evidence:
        """Return how near words of the source come to a topic."""
        parts = _parts(key)
        rows = [
            (article, bits)
            for article in self._holders[parts[0]]
            if (bits := _bits(key, parts, article.targets))
        ]
        mentions = sum(bits.bit_count() for _, bits in rows)
        both, articles = Counter[str](), Counter[str]()
        for article, bits in rows:
            for word, where in article.sources.items():
                if common := (bits & where).bit_count():
                    both[word] += common
                    articles[word] += 1
        near = {word: dice(count, mentions, self.totals[word]) for word, count in both.items()}
        fit = (word for word in near if self._fits(word, len(parts)))
        ranked = sorted(fit, key=lambda word: (-round(near[word], 3), -len(word), word))
        return _Evidence(rows, mentions, both, articles, near, ranked)

    def _whole(self, run: str, near: Mapping[str, float]) -> str:
        """Return the longest run that holds another and is nearly as near."""
        if not self.is_unspaced:
            return run
        holding = (word for word in near if run in word and near[word] > _SECOND * near[run])
        return max(holding, key=lambda word: (len(word), word))

    def _is_cut(self, run: str, both: Mapping[str, int]) -> bool:
        """Return whether a character beside a run may belong to it: their pair is nearly as frequent there."""
        return self.is_unspaced and any(
            len(pair) == 2 and pair not in run and (pair[1] == run[0] or pair[0] == run[-1])
            for pair, count in both.items()
            if count > _SECOND * both[run]
        )

    def _has_head(self, word: str, parts: Sequence[str]) -> bool:
        """Return whether a phrase holds what stands for the last word of a topic: football is no football cup.

        Where no blanks part words, one character may stand for it, and characters alone are not looked at.
        """
        if len(parts) == 1:
            return True
        head = self._evidence(parts[-1])
        if not head.ranked or head.near[head.ranked[0]] < _NEAR:
            return self.is_unspaced
        return head.ranked[0] in (word if self.is_unspaced else word.split())

    def _fits(self, word: str, size: int) -> bool:
        """Return whether a run of words is as long as a topic of so many words should be.

        Where no blanks part words, a run is one word if none of it is much commoner than the whole.
        """
        if not self.is_unspaced or word.isascii():
            return word.count(" ") + 1 == size
        if size > 1 or len(word) == 2:
            return len(word) > size
        return all(
            self.totals[word[start : start + 2]] <= _BOUND * self.totals[word] for start in range(len(word) - 1)
        )

    def _is_part(self, one: str, other: str) -> bool:
        """Return whether a run holds another."""
        return one == other or (self.is_unspaced and (one in other or other in one))

    def spellings(self, profiles: Iterable[Profile], words: Mapping[str, str]) -> dict[str, str]:
        """Return how most articles on a topic spell its word, without what is joined to the front of it."""
        titles: dict[str, Counter[str]] = {key: Counter() for key in words}
        topics: dict[str, list[str]] = defaultdict(list)
        for key, word in words.items():
            topics[word].append(key)
        for profile in profiles:
            terms = [each for term in _sources(profile) for each in _with_parts(term)]
            known = [term for term in terms if self._plain(term.stem) in topics]
            targets = _targets(profile) if known else {}
            for term in known:
                word = self._plain(term.stem)
                title = term.title[len(term.stem) - len(word) :]
                for key in topics[word]:
                    if term.where & _bits(key, _parts(key), targets):
                        titles[key][bare(title) if self.is_arabic else title] += 1
        return {key: commonest(row) or words[key] for key, row in titles.items()}


def _is_free(word: str, parts: Sequence[str], rows: Sequence[tuple[_Article, int]]) -> bool:
    """Return whether no other word or name fits a source word as well as a topic does."""
    both, mentions = Counter[str](), Counter[str]()
    own = own_mentions = total = 0
    for article, bits in rows:
        where = article.sources.get(word, 0)
        total += where.bit_count()
        own += (bits & where).bit_count()
        own_mentions += bits.bit_count()
        for rival, places in article.targets.items():
            mentions[rival] += places.bit_count()
            both[rival] += (places & where).bit_count()
    near = dice(own, own_mentions, total)
    return all(
        dice(both[rival], mentions[rival], total) < near
        for rival in both
        if not set(_parts(rival)) & set(parts)
    )


def _with_parts(term: Term) -> Iterator[Term]:
    """Return a word, or a phrase and its first and last word."""
    yield term
    if " " in term.title:
        stems, words = term.stem.split(), term.title.split()
        yield from (Term(stems[end], words[end], *term[2:]) for end in (0, -1))


def _is_beaten(word: str, best: str, rows: Iterable[tuple[_Article, int]]) -> bool:
    """Return whether the sentences with one of two words only go with the other one's having the topic or not.

    Only articles that list both tell: of long ones not every word is known.
    """
    pro = contra = 0
    for article, bits in rows:
        one, other = article.sources.get(best), article.sources.get(word)
        if one and other:
            pro += (one & ~other & bits).bit_count() + (other & ~one & ~bits).bit_count()
            contra += (other & ~one & bits).bit_count() + (one & ~other & ~bits).bit_count()
    return pro >= _DECISIVE * (1 + contra)


def _parts(key: str) -> list[str]:
    return key.split("_")


def _sources(profile: Profile) -> Iterator[Term]:
    yield from profile.source_words
    yield from profile.aligned


def _spelled_names(profile: Profile) -> list[str]:
    """Return how the source writes the names that no glossary has."""
    return [spelling for name in profile.names if not name.known for spelling in name.sources]


def _targets(profile: Profile) -> dict[str, int]:
    found = {term.stem: term.where for term in (*profile.words, *profile.topics)}
    return found | {f"@{name.title}": name.where for name in profile.names}


def _bits(key: str, parts: Sequence[str], targets: Mapping[str, int]) -> int:
    """Return the sentences of a topic; of a phrase, those that have all its words."""
    if key in targets:
        return targets[key]
    return reduce(and_, (targets.get(part, 0) for part in parts))
