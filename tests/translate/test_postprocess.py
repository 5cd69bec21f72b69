"""Clean-up of what models leave in their output."""

import pytest

from generator.translate.postprocess import postprocess

TIDIED = [
    ("The bank &apos; s word", "The bank's word"),
    ("It was a &quot; trap &quot; , he said .", 'It was a "trap", he said.'),
    ("10 years &apos; imprisonment", "10 years' imprisonment"),
    ("Two  blanks ( here )", "Two blanks (here)"),
    (
        "The Children ' s Hospital of the People ’ s Republic",
        "The Children's Hospital of the People’s Republic",
    ),
    ("the two states ' rights", "the two states' rights"),
    ("He says ' yes ' and goes", "He says ' yes ' and goes"),
    ('He calls it " a step " .', 'He calls it "a step".'),
    ('A board of 5" x 3" and 7"', 'A board of 5" x 3" and 7"'),
    ("The words “ of peace ” stay", "The words “of peace” stay"),
    ("Tom &amp; Jerry", "Tom & Jerry"),
    ("It 's late, they don 't come and we ’ve left", "It's late, they don't come and we’ve left"),
    ("The letter 's' is silent", "The letter 's' is silent"),
    ("He came, , saw,. and left:; well, ... so", "He came, saw. and left; well, ... so"),
    ("वह आया ।", "वह आया।"),
    ("C ' est l ’ homme dell ' Italia", "C'est l’homme dell'Italia"),
    ("¿ Qué cuesta $ 5 a las 10 : 30 ?", "¿Qué cuesta $5 a las 10:30?"),
    ("Chapter 10: 30 ways", "Chapter 10: 30 ways"),
    ("It cost 3 .5 and .NET", "It cost 3 .5 and .NET"),
    ('He said "yes" and "no"', 'He said "yes" and "no"'),
]


@pytest.mark.parametrize(("raw", "tidied"), TIDIED)
def test_residue_is_cleaned(raw: str, tidied: str) -> None:
    assert postprocess(raw, "قال") == tidied
    assert postprocess(tidied, "قال") == tidied


def test_marks_that_the_source_writes_so_stay() -> None:
    assert postprocess("Write `[1,,2]` here", "اكتب `[1,,2]`") == "Write `[1,,2]` here"


def test_escapes_that_the_source_writes_stay() -> None:
    assert postprocess("Write &amp; for it", "اكتب &amp; له") == "Write &amp; for it"


def test_a_word_on_both_sides_of_a_seam_stands_once() -> None:
    assert postprocess("Many foxes foxes came home.", "狐狸", in_parts=True) == "Many foxes came home."
    assert postprocess("The Roa Roa Hotel", "罗阿罗阿酒店") == "The Roa Roa Hotel"
    assert postprocess("The Roa Roa Hotel", "Roa Roa 酒店", in_parts=True) == "The Roa Roa Hotel"


def test_signs_for_fractions_stay_as_the_source_has_them() -> None:
    assert postprocess("They won 141⁄2-131⁄2.", "以14½-13½赢得了比赛。") == "They won 14½-13½."
