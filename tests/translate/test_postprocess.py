"""Clean-up of what models leave in their output."""

import pytest

from generator.translate.postprocess import postprocess

TIDIED = [
    ("The bank &apos; s word", "The bank's word"),
    ("It was a &quot; trap &quot; , he said .", 'It was a "trap", he said.'),
    ("10 years &apos; imprisonment", "10 years' imprisonment"),
    ("Two  blanks ( here )", "Two blanks ( here)"),
    ("Tom &amp; Jerry", "Tom & Jerry"),
    ("It cost 3 .5 and .NET", "It cost 3 .5 and .NET"),
    ('He said "yes" and "no"', 'He said "yes" and "no"'),
]


@pytest.mark.parametrize(("raw", "tidied"), TIDIED)
def test_residue_is_cleaned(raw: str, tidied: str) -> None:
    assert postprocess(raw, "قال") == tidied
    assert postprocess(tidied, "قال") == tidied


def test_escapes_that_the_source_writes_stay() -> None:
    assert postprocess("Write &amp; for it", "اكتب &amp; له") == "Write &amp; for it"
