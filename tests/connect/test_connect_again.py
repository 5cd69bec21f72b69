"""Whatever changed since the last run, connections drawn from its memo are those drawn from nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from generator import connect
from generator.connect import Memo, Profile
from generator.connect.profile import Name, Term
from tests.support import corpus

ROUNDS = 6


@cache
def profiles(count: int, is_translated: bool) -> list[Profile]:
    return [connect.profile(each) for each in corpus.translations(count, is_translated=is_translated)]


def reconnected(articles: list[Profile], last: Memo) -> Memo:
    """Compare what a memo leads to with what nothing leads to; give the next memo as a file keeps it."""
    texts = list(map(connect.dump_profile, articles))
    found, memo = connect.reconnect(texts, last)
    afresh, whole = connect.reconnect(texts, Memo())
    assert found == afresh == connect.connect(articles)
    assert memo == whole
    kept = connect.load_memo(connect.dump_memo(memo))
    assert kept == memo
    return kept


def moved(profile: Profile, draw: random.Random) -> Profile:
    return replace(profile, published=draw.choice([None, "2016-01-05", "2016-03-01T10:00:00Z", "no date"]))


def reworded(profile: Profile, draw: random.Random) -> Profile:
    """Return other words, one of them new to the digest, each in other sentences and in another spelling."""
    own = [Term(f"new{draw.randrange(9)}", "New", 1), *profile.words]
    words = [Term(stem, draw.choice([title, title.upper()]), draw.randint(1, 5)) for stem, title, *_ in own]
    return replace(profile, words=tuple(dict.fromkeys(draw.sample(words, len(words) * 3 // 4))))


def renamed(profile: Profile, draw: random.Random) -> Profile:
    name = Name(f"{draw.choice(['Ann', 'Bo'])} Garfunkel{draw.randrange(3)}", "name", draw.randint(1, 5))
    return replace(profile, names=(name, *profile.names[draw.randrange(2) :]))


def untitled(profile: Profile, draw: random.Random) -> Profile:
    return replace(profile, topics=profile.topics[draw.randrange(3) :], declared=())


def untranslated(profile: Profile, draw: random.Random) -> Profile:
    return replace(profile, is_translated=not profile.is_translated)


def reprinted(profile: Profile, draw: random.Random) -> Profile:
    return replace(profile, sketch=tuple(sorted(draw.sample(profile.sketch, len(profile.sketch) // 2))))


def in_another_language(profile: Profile, draw: random.Random) -> Profile:
    return replace(profile, language=draw.choice(corpus.LANGUAGES))


Change = Callable[[Profile, random.Random], Profile]
CHANGES: tuple[Change, ...] = (
    moved,
    reworded,
    renamed,
    untitled,
    untranslated,
    reprinted,
    in_another_language,
)


@pytest.mark.parametrize("is_translated", [True, False])
@pytest.mark.parametrize("most", [1, 30])
def test_any_changes_lead_to_what_drawing_anew_gives(most: int, is_translated: bool) -> None:
    """In each round up to so many articles are added, removed and changed; some rounds leave no memo."""
    draw = random.Random(most)
    every = list(profiles(140, is_translated))
    memo = reconnected(every[:110], Memo())
    out, there = every[110:], every[:110]
    for _ in range(ROUNDS):
        for _ in range(draw.randint(1, most)):
            place = draw.randrange(len(there))
            match draw.randrange(4):
                case 0:
                    out.append(there.pop(place))
                case 1:
                    there.append(out.pop(draw.randrange(len(out))))
                case _:
                    there[place] = draw.choice(CHANGES)(there[place], draw)
        draw.shuffle(there)
        found = reconnected(there, memo)
        memo = found if draw.random() < 0.7 else memo


def test_one_changed_article_leaves_most_of_the_memo_as_it_is() -> None:
    """Measured: of 600 articles the candidates of 24 and what is related to 19 are found anew."""
    texts = list(map(connect.dump_profile, profiles(600, True)))
    _, before = connect.reconnect(texts, Memo())
    texts[300] = connect.dump_profile(renamed(profiles(600, True)[300], random.Random(1)))
    _, after = connect.reconnect(texts, before)
    pairs = [(before.articles[slug], tie) for slug, tie in after.articles.items()]
    kept = sum(one.candidates is other.candidates for one, other in pairs)
    told = sum(one.related is other.related for one, other in pairs)
    assert kept > 0.8 * len(pairs)
    assert told > 0.9 * len(pairs)


def test_a_copy_that_says_something_else_now_is_none_any_more() -> None:
    articles = list(profiles(60, True))
    memo = reconnected(articles, Memo())
    copies = {slug for slug, tie in memo.articles.items() if any(each.duplicate for each in tie.related)}
    place = next(place for place, each in enumerate(articles) if each.slug in copies)
    articles[place] = replace(articles[place], sketch=tuple(range(32)))
    after = reconnected(articles, memo)
    assert {
        slug for slug, tie in after.articles.items() if any(each.duplicate for each in tie.related)
    } < copies


def test_an_empty_digest_and_one_without_words() -> None:
    memo = reconnected([], reconnected(profiles(60, True), Memo()))
    assert not memo.articles
    bare = [replace(each, words=(), source_words=(), names=(), topics=()) for each in profiles(60, True)]
    assert not any(tie.candidates for tie in reconnected(bare, memo).articles.values())


def test_a_word_that_weighs_nothing_any_more_alters_all_that_had_it() -> None:
    """What 256 articles have weighs nothing; each article here has it and a word of every other one in nine."""
    plain = replace(profiles(60, True)[0], names=(), source_words=(), topics=(), declared=(), sketch=())
    articles = [
        replace(
            plain,
            slug=f"a{number:03}",
            published=None,
            words=tuple(
                Term(stem, stem, 1) for stem in ("common", f"third{number % 3}", f"w{number // 9}-{number % 5}")
            ),
        )
        for number in range(256)
    ]
    memo = reconnected(articles[:255], Memo())
    before = memo.articles["a000"]
    memo = reconnected(articles, memo)
    assert memo.articles["a000"] != before
    assert reconnected(articles[:255], memo).articles["a000"] == before
    few = reconnected(articles[:2], memo)
    assert reconnected(articles, few) == memo
    assert reconnected(articles[:1], memo) == reconnected(articles[:1], few)
