"""The few sentences that stand for an article in lists, feeds and programs: never two languages in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from generator.model import Segment
from generator.render.listed_article import ListedArticle
from generator.render.short_text import lede, plain_summary, shortened, summaries
from tests.support.samples import by_hand, by_machine, original, translation, untranslated

DONE, MADE = by_hand("وصل الوفد.", "The delegation arrived."), by_machine("غادر الوزير.", "The minister left.")
WAITS, ENGLISH = untranslated("لم يترجم أحد هذه الجملة."), original("NATO said so.")
LONG = by_hand("وصل الوفد إلى طرابلس صباح اليوم.", "The delegation arrived in Tripoli this morning.")
LEANS = by_hand("وقال إنه سيعود.", "He said that he would return.")
TITLE = by_hand("عنوان آخر", "Another headline")


def listed(segments: Sequence[Segment], title: Segment = TITLE) -> ListedArticle:
    """Return an article that all of these sentences stand for."""
    spread = [segments[0], *(each for segment in segments[1:] for each in (original("1."), segment))]
    others = [original("2.")] * (4 * len(segments))
    picked = [0, *range(2, 2 * len(segments), 2)]
    languages = {place: "en" for place in picked if spread[place] is ENGLISH}
    return ListedArticle.of(
        translation("a", "ar", [[*spread, *others]], title=title, picked=picked, languages=languages)
    )


@pytest.mark.parametrize(
    ("segments", "tree", "found"),
    [
        (
            [DONE, WAITS, MADE, ENGLISH],
            "en",
            [
                ("target machine", "en", "The delegation arrived. The minister left. NATO said so."),
                ("source", "ar", "وصل الوفد. لم يترجم أحد هذه الجملة. غادر الوزير."),
            ],
        ),
        (
            [WAITS, DONE],
            "ar",
            [("source", "ar", f"{WAITS.source} {DONE.source}"), ("target", "en", DONE.target)],
        ),
        ([WAITS], "en", [("source", "ar", WAITS.source)]),
        (
            [WAITS, LEANS, MADE],
            "en",
            [
                ("target machine", "en", "The minister left."),
                ("source", "ar", f"{WAITS.source} {LEANS.source} {MADE.source}"),
            ],
        ),
    ],
)
def test_each_paragraph_is_in_one_language(
    segments: list[Segment], tree: str, found: list[tuple[str, str, str]]
) -> None:
    made = summaries(listed(segments).summary, tree, "ar")
    shown = [
        re.findall('class="([^"]*)" lang="([^"]*)" dir="[^"]*">(.*)</p>', paragraph)[0] for paragraph in made
    ]
    assert [(role, language, re.sub("<[^>]*>", "", text)) for role, language, text in shown] == found


@pytest.mark.parametrize(
    ("segments", "tree", "text"),
    [
        ([WAITS, DONE, MADE], "en", "The delegation arrived. The minister left."),
        ([WAITS, DONE], "ar", f"{WAITS.source} {DONE.source}"),
        ([WAITS], "en", WAITS.source),
        ([WAITS, ENGLISH], "en", "NATO said so."),
        ([WAITS, LEANS], "en", f"{WAITS.source} {LEANS.source}"),
    ],
)
def test_programs_are_told_one_language(segments: list[Segment], tree: str, text: str) -> None:
    assert plain_summary(listed(segments).summary, tree, "ar") == text


@pytest.mark.parametrize(
    ("segments", "title", "tree", "shown"),
    [
        ([WAITS, DONE], TITLE, "en", ("en", "The delegation arrived.", "target")),
        ([MADE, DONE], TITLE, "en", ("en", "The minister left.", "target machine")),
        ([MADE, DONE], TITLE, "ar", ("ar", "غادر الوزير.", "source")),
        ([WAITS], TITLE, "en", ("ar", WAITS.source, "source")),
        (
            [DONE, MADE],
            by_hand("وصل الوفد…", "The delegation…"),
            "en",
            ("en", "The minister left.", "target machine"),
        ),
        ([DONE], by_hand('وصل "الوفد"', "The delegation arrived"), "en", None),
        ([DONE, by_hand("وهذا كل شيء.", "That is all.")], DONE, "en", None),
        ([DONE, by_hand("وقال المهندس علي إن الجسر آمن.", "The bridge is safe, Ali said.")], DONE, "en", None),
        ([DONE, by_hand("وأوضحت الوزيرة سلمى الأسباب.", "Salma explained why.")], DONE, "ar", None),
        (
            [DONE, by_hand("وقالت سلمى إنه وصل.", "Salma said so."), MADE],
            DONE,
            "en",
            ("en", "The minister left.", "target machine"),
        ),
        ([LONG], by_hand("الوفد", "Delegation"), "en", ("en", LONG.target, "target")),
        ([DONE], by_hand("🔥", "🔥"), "en", ("en", "The delegation arrived.", "target")),
    ],
)
def test_one_sentence_stands_for_an_article_and_never_repeats_its_headline(
    segments: list[Segment], title: Segment, tree: str, shown: tuple[str, str, str] | None
) -> None:
    found = lede(listed(segments, title), tree)
    assert (found and (found.language, found.text, found.classes)) == shown


def test_a_text_is_cut_between_words_and_says_so() -> None:
    assert shortened("Short.") == "Short."
    words = "a word, " * 60
    assert len(shortened(words)) <= 300
    assert re.fullmatch(r"(a word, )+a( word)?…", shortened(words))
    han = "北约秘书长周二在布鲁塞尔表示，" * 30
    assert re.fullmatch(r"(北约秘书长周二在布鲁塞尔表示，)+北约秘书长周二在布鲁塞尔表示…", shortened(han))
    assert shortened("กี" * 400) == "กี" * 149 + "…"
    assert len(shortened("x" * 400)) == 300
