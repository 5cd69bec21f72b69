"""Similar sources: the index must find all that comparing with every source finds."""

import json
import re
from difflib import SequenceMatcher
from pathlib import Path

from generator.languages.normalize import normal_form
from generator.review.fuzzy_match import Sources

DATA = Path(__file__).parents[1] / "data"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", normal_form(text).lower())


def test_nothing_similar_is_missed() -> None:
    lines = (DATA / "clean.ar.jsonl").read_text("utf-8").splitlines()
    known = [json.loads(line)["gold"] for line in lines]
    sources = Sources.of(known)
    hits = 0
    for number, text in enumerate(known[:60]):
        kept = [word for place, word in enumerate(text.split()) if (place + number) % (3 + number % 4)]
        asked = " ".join([*kept, *known[-number].split()[: number % 4]])
        compared = {
            source: SequenceMatcher(None, words(asked), words(source), autojunk=False).ratio()
            for source in known
            if source != asked
        }
        expected = {source: ratio for source, ratio in compared.items() if ratio >= 0.75}
        assert dict(sources.similar(asked, most=len(known))) == expected
        hits += len(expected)
    assert hits >= 40


def test_the_most_similar_come_first_and_the_text_itself_is_none() -> None:
    sources = Sources.of(["أ ب ت ث ج", "أ ب ت ث", "أ ب ت ث خ", "س ش ص", "我们需要一项政策", ""])
    assert sources.similar("أ ب ت ث ج") == [("أ ب ت ث", 8 / 9), ("أ ب ت ث خ", 0.8)]
    assert sources.similar("我们需要一项新政策") == [("我们需要一项政策", 16 / 17)]
    assert sources.similar("...") == sources.similar("") == []
