"""How sources spell names, by the links of sentences that mention them."""

import pytest

from generator.connect import make_profile
from generator.connect.linked_spellings import linked_spelling
from generator.model import Link, Segment
from tests.support import samples


def linked(source: str, target: str, *pairs: tuple[str, str]) -> Segment:
    """Return a machine's sentence whose words are linked as the pairs say."""
    places = [(source.index(here), len(here), target.index(there), len(there)) for here, there in pairs]
    links = tuple(Link(at, at + length, to, to + size) for at, length, to, size in places)
    return Segment(source, target, "machine", "engine", links=links)


WEST = [
    # A link cut short, one with a word of grammar, a whole one.
    linked("坎耶·维斯特昨天唱歌。", "Kanye West sang yesterday.", ("坎耶", "Kanye"), ("维斯特", "West"), ("昨天", "yesterday")),
    linked("他在坎耶·维斯特家。", "He was with Kanye West.", ("在坎耶", "Kanye"), ("斯特", "West"), ("他", "He")),
    linked("我爱坎耶·维斯特，真的。", "I love Kanye West, truly.", ("爱", "love"), ("坎耶", "Kanye"), ("维斯特", "West")),
]  # fmt: skip


def test_mentions_together_give_the_whole_name() -> None:
    assert linked_spelling("Kanye West", WEST, "zh") == "坎耶·维斯特"


def test_profiles_tell_it() -> None:
    (name,) = make_profile(samples.translation("a", "zh", [WEST])).names
    assert (name.title, name.sources) == ("Kanye West", ("坎耶·维斯特",))


@pytest.mark.parametrize(
    "segments",
    [
        WEST[:1],  # one mention proves nothing
        [WEST[0], linked("阿里说。", "Kanye West said.", ("阿里", "Kanye"))],  # they do not agree
        [  # half of the name is linked to nothing
            linked("飓风罗莎来了。", "Hurricane Rosa came.", ("飓风", "Hurricane")),
            linked("飓风罗莎走了。", "Hurricane Rosa went.", ("飓风", "Hurricane")),
        ],
        [Segment(each.source, each.target, "reviewed") for each in WEST],
    ],
)
def test_what_is_unsure_is_not_told(segments: list[Segment]) -> None:
    title = "Hurricane Rosa" if segments[0].source.startswith("飓风") else "Kanye West"
    assert linked_spelling(title, segments, "zh") is None


def test_where_blanks_part_words_most_mentions_must_agree() -> None:
    forms = [
        linked("встреча в Варшаве прошла", "meeting in Warsaw took place", ("Варшаве", "Warsaw")),
        linked("Варшаве дали", "Warsaw was given", ("Варшаве", "Warsaw")),
        linked("Варшава растёт", "Warsaw grows", ("Варшава", "Warsaw")),
    ]
    assert linked_spelling("Warsaw", forms, "ru") == "Варшаве"
    assert linked_spelling("Warsaw", forms[1:], "ru") is None
