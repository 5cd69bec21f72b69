"""What an XLIFF file says of its targets: a person's, or a program's that nobody looked at."""

import io

import pytest

from generator.formats.xliff import read_xliff

FILE = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" source-language="ar"
target-language="en" datatype="plaintext"><body><trans-unit id="1"{}><source>ا</source><target{}>a</target></trans-unit>
</body></file></xliff>"""


@pytest.mark.parametrize(
    ("unit", "target", "confirmed"),
    [
        ("", ' state="translated"', True),
        ("", ' state="translated" state-qualifier="exact-match"', True),
        ("", ' state="translated" state-qualifier="leveraged-mt"', False),
        ("", ' state="translated" state-qualifier="fuzzy-match"', False),
        ("", ' state="translated" state-qualifier="rejected-grammar"', False),
        ("", ' state="final" state-qualifier="leveraged-mt"', True),
        (' approved="yes"', ' state="translated" state-qualifier="leveraged-mt"', True),
        (' approved="yes"', ' state="needs-translation"', False),
        ("", "", False),
    ],
)
def test_who_confirmed_a_target(unit: str, target: str, confirmed: bool) -> None:
    (segment,) = read_xliff(io.BytesIO(FILE.format(unit, target).encode()), "a.xlf")
    assert segment.confirmed is confirmed
