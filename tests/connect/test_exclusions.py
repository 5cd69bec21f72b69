"""What people say is no name and no topic goes, and what nobody has is named in a line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator import connect
from generator.connect.exclusions import EXCLUSIONS
from generator.model import DigestError, KnownName
from tests.support import samples
from tests.support.digests import finish, make, tree

DROUGHT = {
    "one": "The drought dried the wells of Lima, said Rady Lee.\nFarmers lost maize in the drought; a reservoir is empty.",
    "two": "A drought in Lima killed cattle, said Rady Lee.\nFarmers lost maize and the reservoir in the drought.",
    "three": "Wells in Oran fell dry in the drought.\nThe drought cost farmers maize; the reservoir is empty.",
}


def profiles() -> list[connect.Profile]:
    return [
        connect.make_profile(
            samples.translation(
                slug,
                "ar",
                [[samples.by_hand(line, line) for line in text.splitlines()]],
                topics=("Water supply",),
            )
        )
        for slug, text in DROUGHT.items()
    ]


def subjects(*entries: str) -> tuple[set[str], list[str]]:
    kept, unmet = connect.leave_out(profiles(), entries)
    found = connect.connect(kept)
    shared = {term for row in found.related.values() for each in row for term in each.shared}
    return {each.title for each in found.subjects} | shared, unmet


def test_an_excluded_name_or_topic_is_nowhere() -> None:
    everything, unmet = subjects()
    assert {"Lima", "Rady Lee", "drought", "Water supply"} <= everything and unmet == []
    left, unmet = subjects("RADY Lee", "droughts", "water supply", "Nobody", "no topic")
    assert everything - left >= {"Rady Lee", "drought", "Water supply"} and "Lima" in left
    assert unmet == ["Nobody", "no topic"]


def test_a_name_may_be_excluded_as_a_source_spells_it_and_twice() -> None:
    trump = KnownName(("特朗普",), ("Donald Trump",), "person")
    rows = {
        "a": ("特朗普在利马。", "Donald Trump was in Lima."),
        "b": ("他见了特朗普。", "He met Donald Trump there."),
    }
    made = [
        connect.make_profile(
            replace(samples.translation(slug, "zh", [[samples.by_hand(*row)]]), names=(trump,))
        )
        for slug, row in rows.items()
    ]
    for entries in (["特朗普"], ["donald TRUMP", "Donald Trump"]):
        kept, unmet = connect.leave_out(made, entries)
        assert ([name.title for each in kept for name in each.names], unmet) == (["Lima"], [])


def test_the_list_has_comments_and_may_be_missing(tmp_path: Path) -> None:
    assert connect.load_exclusions(tmp_path) == ()
    (tmp_path / EXCLUSIONS).write_text("\ufeff# not names\n\n  Rady   Lee \nboy\nboy\n", "utf-8")
    assert connect.load_exclusions(tmp_path) == ("Rady Lee", "boy")
    assert connect.unmet_line(tmp_path, []) == []
    (line,) = connect.unmet_line(tmp_path, list("abcdefg"))
    assert line.endswith(
        '/not-names.txt: no article has "a", "b", "c", "d", "e" and 2 more; mend or delete the lines'
    )


@pytest.mark.parametrize("content", [b"caf\xe9\n", b"<<<<<<< HEAD\nboy\n"])
def test_a_list_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / EXCLUSIONS).write_bytes(content)
    with pytest.raises(DigestError, match=re.escape(EXCLUSIONS)) as error:
        connect.load_exclusions(tmp_path)
    assert "\n" not in str(error.value)


def test_a_run_takes_excluded_names_away_and_names_entries_that_exclude_nothing(tmp_path: Path) -> None:
    digest = make(tmp_path, 0)
    finish(digest)
    assert "docs/en/names/libya/index.md" in tree(digest)
    (digest / "memory" / EXCLUSIONS).write_text("# places we know\nlibya\nAtlantis\n", "utf-8")
    said = finish(digest)
    assert 'memory/not-names.txt: no article has "Atlantis"; mend or delete the lines' in said
    after = tree(digest)
    assert "docs/en/names/libya/index.md" not in after and "docs/en/names/nato/index.md" in after
    assert b">Libya</" not in after["docs/en/names/index.md"]
    (digest / "memory" / EXCLUSIONS).unlink()
    finish(digest)
    assert "docs/en/names/libya/index.md" in tree(digest)
