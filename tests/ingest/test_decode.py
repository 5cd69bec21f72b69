"""Encodings and damage: real texts as old software wrote them, and clean ones that must not change."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from benchmarks.encodings import cleaned, encoded_texts, misread, misread_texts
from generator.ingest import read_seed
from generator.ingest.decode import decode_bytes
from generator.ingest.text_repair import repair_text

TESTS = Path(__file__).parents[1]
SEED = TESTS.parent / "seeds" / "000_5eb26117233ace39.txt"
ARABIC = SEED.read_text("utf-8")
CHINESE = json.loads((TESTS / "data" / "sentences.zh.jsonl").read_text("utf-8").splitlines()[0])["text"]
MENDED = "mojibake mended: UTF-8 had been read as windows-1252"
TEXTS = [json.loads(line) for line in (TESTS / "data" / "languages.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "encoding", "mark", "changes"),
    [
        (ARABIC, "utf-8", b"", ()),
        (ARABIC, "utf-8", codecs.BOM_UTF8, ("byte order mark removed",)),
        (ARABIC, "utf-16-le", codecs.BOM_UTF16_LE, ("byte order mark removed", "decoded from utf-16-le")),
        (ARABIC, "utf-16-be", codecs.BOM_UTF16_BE, ("byte order mark removed", "decoded from utf-16-be")),
        (ARABIC, "utf-32-le", codecs.BOM_UTF32_LE, ("byte order mark removed", "decoded from utf-32-le")),
        (ARABIC, "utf-16-le", b"", ("decoded from utf-16-le",)),
        (ARABIC, "utf-16-be", b"", ("decoded from utf-16-be",)),
        (ARABIC, "cp1256", b"", ("decoded from windows-1256",)),
        (ARABIC, "iso8859-6", b"", ("decoded from iso-8859-6",)),
        (CHINESE, "gb18030", b"", ("decoded from gb18030",)),
        (CHINESE, "utf-16-le", b"", ("decoded from utf-16-le",)),
    ],
)
def test_encodings_are_recognised(
    tmp_path: Path, text: str, encoding: str, mark: bytes, changes: tuple[str, ...]
) -> None:
    (tmp_path / "a.txt").write_bytes(mark + text.encode(encoding))
    (article,) = read_seed(tmp_path / "a.txt", tmp_path)
    assert article.paragraphs == (text,)
    assert article.changes == changes


@pytest.mark.parametrize(
    ("declared", "encoding", "changes"),
    [
        ("windows-1256", "cp1256", ("decoded from windows-1256",)),
        ("ISO-8859-6", "iso8859-6", ("decoded from iso-8859-6",)),
        ("utf-8", "cp1256", ("declared charset 'utf-8' does not fit", "decoded from windows-1256")),
        ("utf-16", "utf-8", ("declared charset 'utf-16' does not fit",)),
        ("no-such", "utf-8", ("declared charset 'no-such' does not fit",)),
        ("unicode_escape", "utf-8", ("declared charset 'unicode_escape' does not fit",)),
    ],
)
def test_declared_charset_comes_first(
    tmp_path: Path, declared: str, encoding: str, changes: tuple[str, ...]
) -> None:
    (tmp_path / "a.txt").write_bytes(ARABIC[:60].encode(encoding))
    (tmp_path / "a.yml").write_text(f"charset: {declared}\n")
    (article,) = read_seed(tmp_path / "a.txt", tmp_path)
    assert article.paragraphs == (ARABIC[:60].strip(),)
    assert article.changes == changes


def test_charset_of_a_page_counts(tmp_path: Path) -> None:
    page = (TESTS / "data" / "read" / "yemen.html").read_text("utf-8").replace("utf-8", "windows-1256")
    (tmp_path / "a.html").write_bytes(page.encode("cp1256"))
    (article,) = read_seed(tmp_path / "a.html", tmp_path)
    assert article.title == "حرب اليمن"
    assert article.changes == ("decoded from windows-1256",)


def test_detector_names_nearly_every_text_right() -> None:
    texts = list(encoded_texts(TEXTS))
    right = sum(decode_bytes(data).text == text for _, text, data in texts)
    arabic = [(text, data) for language, text, data in texts if language in ("ar", "fa")]
    assert len(texts) > 200
    assert right / len(texts) >= 0.98
    assert [text for text, data in arabic if decode_bytes(data).text != text] == []


def test_clean_texts_in_59_languages_do_not_change() -> None:
    assert [row["text"] for row in TEXTS if cleaned(row["text"]) != (row["text"], ())] == []


@pytest.mark.parametrize("codec", ["cp1252", "cp1256", "cp1251", "cp1250", "mac-roman"])
def test_utf8_read_as_something_else_is_mended(codec: str) -> None:
    texts = list(misread_texts(TEXTS, codec))
    assert len(texts) > 150
    assert sum(cleaned(damaged)[0] == text for text, damaged in texts) / len(texts) >= 0.99


@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6"])
def test_arabic_read_as_western_is_mended(codec: str) -> None:
    damaged = misread(ARABIC.encode(codec), "cp1252")
    assert repair_text((damaged,))[0] == (ARABIC,)


def test_damage_done_twice_is_mended_twice() -> None:
    damaged = misread(misread(ARABIC.encode(), "cp1252").encode(), "cp1252")
    (text,), changes = repair_text((damaged,))
    assert text == ARABIC
    assert changes == (MENDED,)


@pytest.mark.parametrize(
    ("damaged", "text", "changes"),
    [
        ("a\u202eb\u2066c\u2069", "abc", ("3 bidirectional controls removed",)),
        ("a\0b\x07c\ufeff", "abc", ("3 control characters removed",)),
        ("It\x92s", "It’s", ("1 control character read as windows-1252",)),
        ("\ufffea\U0001ffffb", "ab", ("2 control characters removed",)),
        ("\ud83d\ude00 \ud800", "😀 \ufffd", ("surrogates joined or replaced",)),
        ("ﻣﺮﺣﺒﺎ ﺑﻜﻢ", "مرحبا بكم", ("Arabic presentation forms folded to letters",)),
        ("ﻻ ﭘﯿﺶ ﹰ", "لا پیش ً", ("Arabic presentation forms folded to letters",)),
        ("صلى الله ﷺ ﷼ ﴿آية﴾", "صلى الله ﷺ ﷼ ﴿آية﴾", ()),
        ("می‌خواهم \u200fعربي\u200e 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم \u200fعربي\u200e 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", ()),
        ("GROẞ “Spaß” «IRMÃ» naïve café — 5 °C", "GROẞ “Spaß” «IRMÃ» naïve café — 5 °C", ()),
        ("a\u2028b\x0bc", "a b c", ()),
        ("ï»¿â€œAâ€\x9d â€“ â€œBâ€\x9d", "“A” – “B”", (MENDED, "1 control character removed")),
    ],
)
def test_damage_is_taken_out_and_said(damaged: str, text: str, changes: tuple[str, ...]) -> None:
    assert repair_text((damaged,)) == ((text,), changes)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Caf\u00e9 \U0001f600".encode("utf-16-le", "surrogatepass") + b"\x00\xd8", "Café 😀\ufffd"),
        ("😀".encode("utf-16-be").decode("utf-16-be").encode("utf-8"), "😀"),
        (b"\xed\xa0\xbd\xed\xb8\x80 ok", "😀 ok"),
        (ARABIC.encode()[:-1], ARABIC[:-1]),
        ((ARABIC[:200] + "\ufffd").encode().replace("\ufffd".encode(), b"\xff"), ARABIC[:200] + "\ufffd"),
    ],
)
def test_bytes_damaged_in_places_are_read_all_the_same(data: bytes, text: str) -> None:
    mark = codecs.BOM_UTF16_LE if data.endswith(b"\x00\xd8") else b""
    assert decode_bytes(mark + data).text == text
