"""TMX as other programs write it, and as nobody should."""

import io
from pathlib import Path

import pytest
from translate.storage import tmx

from generator.formats.tmx import read_tmx
from generator.languages.normalize import writable
from generator.model import DigestError


def tmx_of(body: str) -> io.BytesIO:
    return io.BytesIO(f'<?xml version="1.0"?>{body}'.encode())


def read(body: str) -> list[tuple[str, str]]:
    return list(read_tmx(tmx_of(body), "ar", "en", "test.tmx"))


def test_we_read_another_programs_file() -> None:
    store = tmx.tmxfile()
    store.addtranslation('قال "نعم" & <لا>.', "ar", 'He said "yes" & <no>.', "en")
    assert list(read_tmx(io.BytesIO(bytes(store)), "ar", "en", "x")) == [
        ('قال "نعم" & <لا>.', 'He said "yes" & <no>.')
    ]


def test_regional_codes_other_languages_and_inline_markup() -> None:
    unit = (
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="fr"><seg>non</seg></tuv>'
        '<tuv xml:lang="AR-eg"><seg><bpt i="1">{b}</bpt>نعم<ept i="1">{/b}</ept> <hi>هنا</hi></seg></tuv>'
        '<tuv xml:lang="en-GB"><seg>yes <hi>here</hi></seg></tuv></tu></body></tmx>'
    )
    assert read(unit) == [("نعم هنا", "yes here")]


def test_no_entity_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    body = (
        f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><tmx version="1.4"><header/><body>'
        '<tu><tuv xml:lang="ar"><seg>نعم</seg></tuv><tuv xml:lang="en"><seg>&x;</seg></tuv></tu></body></tmx>'
    )
    with pytest.raises(DigestError, match="entity"):
        read(body)


@pytest.mark.parametrize("body", ["", "<tmx><body>", "<html/>", "not XML at all", "<tmx></body></tmx>"])
def test_a_damaged_file_is_named(body: str) -> None:
    with pytest.raises(DigestError, match=r"^test\.tmx: .*; "):
        read(body)


def test_traditional_chinese_under_its_usual_names() -> None:
    body = (
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh_TW"><seg>是</seg></tuv>'
        '<tuv xml:lang="en_US"><seg>yes</seg></tuv></tu></body></tmx>'
    )
    assert list(read_tmx(tmx_of(body), "zt", "en", "x")) == [("是", "yes")]
    assert list(read_tmx(tmx_of(body), "zh", "en", "x")) == []


def test_old_line_ends_part_words_in_xml() -> None:
    assert writable("one\vtwo\fthree\0") == "one two three"
