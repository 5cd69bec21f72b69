"""How sources write the names of a digest, as the glossary and Babel say and nothing else does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from generator import connect
from generator.languages.normalize import normal_form
from generator.model import KnownName, Translation
from tests.support import corpus, samples
from tests.support.real_news import real_news
from tests.support.samples import by_hand


def written(translation: Translation) -> dict[str, str]:
    """Return how the source spells the names that it spells in another way."""
    names = connect.make_profile(translation).names
    return {name.title: spelling for name in names for spelling in name.sources}


BABEL = [
    ("ar", "Iraq", "مساعدة العراق.", "العراق"),
    ("ar", "Iraq", "وصلوا للعراق.", "العراق"),
    ("zh", "Spain", "来自西班牙的球队。", "西班牙"),
    ("zt", "Spain", "來自西班牙的球隊。", "西班牙"),
    ("es", "Spain", "El equipo viene de España.", "España"),
    ("zh", "U.S.", "来自美国的球队。", "美国"),
    ("ar", "UK", "وصلوا من المملكة المتحدة.", "المملكة المتحدة"),
    ("zh", "Lima", "在利马发生地震。", "利马"),
    ("ar", "Beirut", "وصلوا ببيروت إلى الميناء.", "بيروت"),
    ("zh", "Georgia", "格鲁吉亚总统。", "格鲁吉亚"),
    ("zh", "Georgia", "佐治亚州的选民。", None),
    ("es", "Lima", "Un terremoto en Lima.", None),
    ("ar", "Kowalski", "فاز كوفالسكي.", None),
    ("xx", "Iraq", "Iraku", None),
]
"""The state of Georgia is no country, and what is spelled alike needs no other spelling."""


@pytest.mark.parametrize(("language", "name", "source", "expected"), BABEL)
def test_babel_spells_countries_and_cities_if_the_source_does_so(
    language: str, name: str, source: str, expected: str | None
) -> None:
    article = samples.translation("a", language, [[by_hand(source, f"They spoke of {name} for long.")]])
    assert written(article) == ({name: expected} if expected else {})


def test_the_glossary_comes_before_babel() -> None:
    article = samples.translation("a", "ar", [[by_hand("من سورية.", "They came from Syria.")]])
    known = KnownName(("سورية", "سوريا"), ("Syria",), "place")
    assert written(article) == {}
    assert written(replace(article, names=(known,))) == {"Syria": "سورية"}


def test_names_of_the_seeds_and_of_real_news_are_spelled_as_their_sources_do() -> None:
    found = [written(each) for each in (*samples.seeds(), *real_news())]
    spelled = {name: each for row in found for name, each in row.items()}
    assert {
        "Libya": "ليبيا",
        "Iraq": "العراق",
        "Niger": "النيجر",
        "Indonesia": "印度尼西亚",
    }.items() <= spelled.items()


def test_no_name_of_the_corpus_is_spelled_wrongly() -> None:
    """Measured over 200 articles, without a glossary."""
    truth = {each["en"]: each for each in corpus.PLACES}
    counts: Counter[str] = Counter()
    for each in corpus.translations(200):
        language = each.digest.document.language
        for name, spelling in written(each).items():
            if name in truth:
                counts[str(normal_form(spelling) == normal_form(truth[name][language]))] += 1
    assert counts["False"] == 0
    assert counts["True"] > 100
