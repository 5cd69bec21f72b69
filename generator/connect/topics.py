"""The topics of a digest: what several of its articles are about, and no more than readers can look through.

Sources spell a topic as the links of its words say, if most articles agree, and as publishers who declare it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from generator.connect.name_keys import key_of
from generator.connect.profile import Profile
from generator.connect.similarity import VectorSpace
from generator.languages import language_of

_LEAST, _LEAST_DECLARED = 3, 2
"""Articles that a key term, and a topic that publishers declare, must be in."""
_LEAST_EVENTS = 2
"""What one story has, in however many articles, is no topic yet."""
_HEADED = 0.25
"""Part of its articles whose headlines have it: what editors put there an article is about."""
_TIES = 2
"""Further words that two articles on different events share if they are on one topic."""
_ONE_TEXT = 0.7
"""Similarity of a text and its translation; reports of like events in the same set words reach it rarely."""
_LOOKED_AT = 12
"""Events of a topic that are compared with each other."""
_SHARE = 0.2
"""Of the articles: a term in more of them tells them apart no longer."""
_SAME = 0.7
"""Share of common articles from which two terms are one topic."""
_NEARLY_ALL = 0.85
"""Share of the articles with a word that have it at the end of one phrase, which then stands for it."""
_SALIENT = 0.3
"""Mean weight that a term has in its articles: a third where it is the third term on average."""
_EACH, _ARTICLES_A_TOPIC, _MOST = 5, 4, 150
"""Topics of an article, articles of the digest for each topic, topics of the digest."""


@dataclass(slots=True)
class Topic:
    """A term that is or may become a topic."""

    spelled: Counter[str] = field(default_factory=Counter)
    articles: dict[str, int] = field(default_factory=dict)
    headed: set[str] = field(default_factory=set)
    """Those of its articles whose headlines have it."""
    weight: float = 0.0
    """One for each article that it is the first term of, a half where it is the second, and so on."""
    sources: list[tuple[str, str]] = field(default_factory=list)
    linked: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How often articles, by their languages, have it in which spelling, as the links of their words say."""

    @property
    def title(self) -> str:
        """The spelling that most articles have."""
        return min(self.spelled, key=lambda title: (-self.spelled[title], title))


def find_topics(space: VectorSpace, events: Iterable[Sequence[str]]) -> list[Topic]:
    """Return the topics of a digest: key terms of its articles, and what publishers declare.

    Articles on one of the `events`, copies and translations among them, count once.
    """
    profiles = list(space.profiles.values())
    terms: dict[str, Topic] = defaultdict(Topic)
    for profile in profiles:
        for rank, (key, sentences) in enumerate(profile.topics.sentences.items(), 1):
            topic = terms[key]
            topic.spelled[profile.topics.title(key)] += 1
            topic.articles[profile.slug] = sentences
            topic.weight += 1 / rank
            if key in profile.headed:
                topic.headed.add(profile.slug)
            if spelling := profile.topic_sources.get(key):
                topic.linked[profile.language][spelling] += 1
    chosen = _chosen(terms, len(profiles), _Coherence(space, events))
    for topic in chosen.values():
        for language, spelled in sorted(topic.linked.items()):
            spelling = min(spelled, key=lambda each: (-spelled[each], each))
            if 2 * spelled[spelling] > spelled.total():
                topic.sources.append((language, spelling))
    return [*chosen.values(), *_declared(profiles, chosen)]


class _Coherence:
    """Finds among the articles that have a term those that have more in common than it."""

    def __init__(self, space: VectorSpace, events: Iterable[Sequence[str]]) -> None:
        self._space = space
        self._event = {slug: slug for slug in space.profiles}
        for event in events:
            self._event |= dict.fromkeys(event, event[0])

    def events(self, articles: Iterable[str]) -> int:
        """Return on how many events articles are."""
        return len({self._event[slug] for slug in articles})

    def core(self, term: str, articles: Mapping[str, int]) -> dict[str, int]:
        """Return the articles of the largest group that hangs together; none of it is on one event only.

        A term in many articles keeps them all if some of them hang together.
        """
        one_of = {self._event[slug]: slug for slug in sorted(articles, reverse=True)}
        some = sorted(one_of.values())[:_LOOKED_AT]
        own = {f":{stem}" for stem in term.split("_")}
        group_of = {slug: {slug} for slug in some}
        texts = {slug: slug for slug in some}
        for one, other in combinations(some, 2):
            if self._space.similarity(one, other) >= _ONE_TEXT:
                texts[other] = texts[one]
            shared = {feature for feature in self._space.common(one, other) if feature[0] == ":"} - own
            if len(shared) >= _TIES and group_of[one] is not group_of[other]:
                group_of[one] |= group_of[other]
                group_of |= dict.fromkeys(group_of[other], group_of[one])
        core = max(group_of.values(), key=lambda group: (len(group), min(group)), default=set())
        if len({texts[slug] for slug in core}) < _LEAST_EVENTS:
            return {}
        held = {self._event[slug] for slug in (core if len(one_of) <= _LOOKED_AT else articles)}
        return {slug: count for slug, count in articles.items() if self._event[slug] in held}


def _chosen(terms: Mapping[str, Topic], total: int, coherence: _Coherence) -> dict[str, Topic]:
    """Take the weightiest terms, none in the articles of another, none in too many, few for each article."""
    most = max(_LEAST, int(_SHARE * total))
    fit = {
        key: topic
        for key, topic in terms.items()
        if _LEAST <= len(topic.articles) <= most and topic.weight >= _SALIENT * len(topic.articles)
    }
    _prefer_phrases(fit)
    chosen: dict[str, Topic] = {}
    held: dict[str, list[str]] = defaultdict(list)
    for key in sorted(fit, key=lambda key: (-round(fit[key].weight, 3), -key.count("_"), key)):
        topic = fit[key]
        topic.articles = {slug: count for slug, count in topic.articles.items() if len(held[slug]) < _EACH}
        if len(topic.articles) >= _LEAST:
            topic.articles = coherence.core(key, topic.articles)
        headed = topic.headed & topic.articles.keys()
        if coherence.events(headed) < _LEAST_EVENTS or len(headed) < _HEADED * len(topic.articles):
            continue
        near = Counter(other for slug in topic.articles for other in held[slug])
        is_same = any(
            common >= _SAME * min(len(topic.articles), len(chosen[other].articles))
            for other, common in near.items()
        )
        if len(topic.articles) >= _LEAST and not is_same:
            chosen[key] = topic
            for slug in topic.articles:
                held[slug].append(key)
        if len(chosen) >= min(_MOST, max(_EACH, total // _ARTICLES_A_TOPIC)):
            break
    return chosen


def _prefer_phrases(terms: dict[str, Topic]) -> None:
    """Take a word out whose articles hardly have it but at the end of one phrase: cup, of football cup."""
    for key in sorted(terms, key=lambda key: (-key.count("_"), key)):
        end = key.partition("_")[2]
        if key in terms and end in terms and len(terms[key].articles) >= _NEARLY_ALL * len(terms[end].articles):
            terms[key].weight = max(terms[key].weight, terms.pop(end).weight)


def _declared(profiles: Sequence[Profile], chosen: Mapping[str, Topic]) -> list[Topic]:
    """Return what publishers declare and is no topic yet; put the rest to the topics that read the same.

    In another language than the target's it is a topic only if hardly anything of its articles can be read in
    the target language: that all articles on a battery factory are filed under industry translates neither.
    """
    declared: dict[tuple[str, str], Topic] = defaultdict(Topic)
    translated: Counter[tuple[str, str]] = Counter()
    for profile in profiles:
        is_latin = language_of(profile.language).script == "Latn"
        for title in profile.declared:
            # Latin letters beside another script are the target language's.
            language = profile.target_language if title.isascii() and not is_latin else profile.language
            topic = declared[language, key_of(title)]
            topic.spelled[title] += 1
            topic.articles[profile.slug] = 1
            if profile.is_translated and language != profile.target_language:
                translated[language, key_of(title)] += 1
    by_title = {key_of(topic.title): topic for topic in chosen.values()}
    own: list[Topic] = []
    for (language, key), topic in sorted(declared.items()):
        spelling = {(language, topic.title)} if language != profiles[0].target_language else set()
        if same := by_title.get(key):
            same.articles = topic.articles | same.articles
            same.sources += spelling.difference(same.sources)
        elif len(topic.articles) >= _LEAST_DECLARED and 2 * translated[language, key] < len(topic.articles):
            topic.sources += spelling
            own.append(topic)
    return own
