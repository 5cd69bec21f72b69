"""Whatever a file holds, reading gives safe articles or one line."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.ingest import read_seed
from generator.ingest.decode import decode_bytes
from generator.ingest.metadata import NAMES, iso_date, safe_url
from generator.ingest.readers import READERS
from generator.ingest.readers.text import paragraphs_of
from generator.ingest.text_repair import BIDI_CONTROL, C1, CONTROL, SURROGATE, repair_text
from generator.model import Article, DigestError

NASTY = st.sampled_from(
    ["\u202e", "\u2066", "\0", "\x1b", "\ud800", "\ufeff", "\ufffe", "<script>", "&#x202e;", "--- ", "]]>"]
)
TEXTS = st.lists(st.one_of(st.text(max_size=40), NASTY), max_size=12).map("".join)


def read(suffix: str, data: bytes) -> tuple[Article, ...]:
    with tempfile.TemporaryDirectory() as home:
        seeds = Path(home) / "seeds"
        seeds.mkdir()
        (seeds / f"a{suffix}").write_bytes(data)
        try:
            return read_seed(seeds / f"a{suffix}", seeds)
        except DigestError as error:
            assert re.fullmatch(r"seeds/a\.\w+: [^\n]+; [^\n]+", str(error))
            return ()


def assert_safe(article: Article) -> None:
    assert re.fullmatch(r"[\w-]+", article.slug)
    assert article.paragraphs and all(paragraph == paragraph.strip() for paragraph in article.paragraphs)
    for text in (*article.paragraphs, *article.topics, *(str(value) for value in asdict(article).values())):
        assert not any(kind.search(text) for kind in (BIDI_CONTROL, C1, CONTROL, SURROGATE))
    assert not re.search("[\n\r\v\f\u2028\u2029]", "".join(article.paragraphs))
    assert article.url is None or article.url.startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=25, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("utf-8", "replace"))))
def test_any_file_gives_safe_articles_or_one_line(suffix: str, data: bytes) -> None:
    for article in read(suffix, data):
        assert_safe(article)


@settings(max_examples=100, deadline=None)
@given(
    text=TEXTS,
    fields=st.dictionaries(
        st.sampled_from([name for names in NAMES.values() for name in names]),
        st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.lists(TEXTS, max_size=3)),
    ),
)
def test_any_fields_give_safe_articles_or_one_line(text: str, fields: dict[str, object]) -> None:
    for article in read(".json", json.dumps({**fields, "text": f"Words. {text}"}).encode()):
        assert_safe(article)


@given(TEXTS)
@example("\x8bß\x8bß\x8bß")  # its controls, read as windows-1252, look like UTF-8 read as Mac Roman
def test_clean_text_stays_clean(text: str) -> None:
    once, _ = repair_text((text,))
    assert repair_text(once) == (once, ())


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_utf8_is_decoded_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode_bytes(text.encode()).text == text


@given(TEXTS)
def test_paragraphs_lose_nothing_but_space(text: str) -> None:
    paragraphs, _ = paragraphs_of(text)
    assert re.sub(r"\s", "", "".join(paragraphs)) == re.sub(r"\s", "", text)


@given(st.text(max_size=60))
def test_dates_and_addresses_come_out_well_formed(text: str) -> None:
    date, url = iso_date(text), safe_url(text)
    assert date is None or re.match(r"\d{4}(-\d\d(-\d\d)?)?", date)
    assert url is None or re.match(r"https?://|mailto:", url, re.IGNORECASE)
