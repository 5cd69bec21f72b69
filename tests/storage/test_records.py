"""Records keep what a page is made of, and are read back however old they are."""

import json

import pytest

from generator.model import DigestError, Link, Segment
from generator.storage.records import dump_record, parse_record
from tests.support import samples

LINKED = Segment(
    "西班牙干旱。",
    "Drought in Spain.",
    "machine",
    "engine",
    links=(Link(3, 5, 0, 7), Link(0, 3, 11, 16)),
    mended=("quotation",),
)


def test_links_are_kept_in_few_bytes() -> None:
    translation = samples.translation("a", "zh", [[LINKED]])
    record = dump_record(translation)
    assert b'"links": "3-5=0-7 0-3=11-16"' in record
    assert parse_record(record, "a").segments == (LINKED,)


def test_a_record_without_links_is_read() -> None:
    record = json.loads(dump_record(samples.translation("a", "zh", [[LINKED]])))
    del record["sentences"][0]["links"], record["sentences"][0]["mended"]
    (segment,) = parse_record(json.dumps(record).encode(), "a").segments
    assert (segment.target, segment.links, segment.mended) == (LINKED.target, (), ())


@pytest.mark.parametrize("links", ["3-9=0-7", "0-3=11-99", "2-1=0-7", "0-3=1", "x-3=0-7", "-1-3=0-7"])
def test_a_link_to_nothing_is_no_record_of_ours(links: str) -> None:
    record = json.loads(dump_record(samples.translation("a", "zh", [[LINKED]])))
    record["sentences"][0]["links"] = links
    with pytest.raises(DigestError, match="is not a record of this version"):
        parse_record(json.dumps(record).encode(), "a")
