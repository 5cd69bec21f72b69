"""TMX as other programs write it, and as nobody should."""

import io
from pathlib import Path

import pytest
from translate.storage import tmx

from generator.formats.tmx import StoredUnit, read_tmx
from generator.languages.normalize import writable
from generator.model import DigestError


def tmx_of(body: str) -> io.BytesIO:
    return io.BytesIO(f'<?xml version="1.0"?>{body}'.encode())


def pairs(stream: io.BytesIO, source: str = "ar") -> list[tuple[str, str]]:
    return [unit[:2] for unit in read_tmx(stream, source, "en", "test.tmx")]


def read(body: str) -> list[tuple[str, str]]:
    return pairs(tmx_of(body))


def test_we_read_another_programs_file() -> None:
    store = tmx.tmxfile()
    store.addtranslation('قال "نعم" & <لا>.', "ar", 'He said "yes" & <no>.', "en")
    assert pairs(io.BytesIO(bytes(store))) == [('قال "نعم" & <لا>.', 'He said "yes" & <no>.')]


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
    assert pairs(tmx_of(body), "zt") == [("是", "yes")]
    assert pairs(tmx_of(body), "zh") == []


def test_old_line_ends_part_words_in_xml() -> None:
    assert writable("one\vtwo\fthree\0") == "one two three"


PROLOG = """<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="multilingual-digest" srclang="ar"/>
<body>
"""
END = "</body>\n</tmx>\n"


def unit(source: str, target: str, rest: str = "", about: str = "") -> str:
    return (
        f'<tu>{rest}<tuv xml:lang="ar"><seg>{source}</seg></tuv><tuv xml:lang="en"{about}>'
        f"<seg>{target}</seg></tuv></tu>\n"
    )


def stored(body: str) -> list[StoredUnit]:
    """Read a file of ours by its lines, and another with the same units, indented, by an XML parser."""
    ours = PROLOG + body + END
    found = list(read_tmx(io.BytesIO(ours.encode()), "ar", "en", "m.tmx"))
    other = ours.replace("<seg>", "\n  <seg>").replace("<tu>", "<tu>\n").replace("</tu>\n", "\n</tu>")
    assert list(read_tmx(io.BytesIO(other.encode()), "ar", "en", "m.tmx")) == found
    return found


def test_our_layout_and_any_other_read_the_same() -> None:
    by = ' changeid="anna" changedate="20261127T083500Z"'
    body = unit("ا", "a") + unit("ب &amp; ج", "b &lt; c&#10;d") + unit("د", "d", about=by)
    body += unit("ه", "e", '<note>n</note><prop type="x-article">one</prop>')
    body += unit("و", "o", '<prop type="x-article">one</prop>', ' creationid="omar"')
    body += '<tu><tuv xml:lang="en"><seg>z</seg></tuv><tuv xml:lang="ar"><seg>ز</seg></tuv></tu>\n'
    assert stored(body) == [
        ("ا", "a", "", "", ""),
        ("ب & ج", "b < c\nd", "", "", ""),
        ("د", "d", "", "anna", "20261127T083500Z"),
        ("ه", "e", "one", "", ""),
        ("و", "o", "one", "omar", ""),
        ("ز", "z", "", "", ""),
    ]


def test_other_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = PROLOG + unit("ا", "a") + END
    for content in (text.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + text.encode()):
        assert pairs(io.BytesIO(content)) == [("ا", "a")]


MARKED = [
    ('<prop type="x-origin">machine</prop>', ""),
    ('<prop type="x-Origin">MachineTranslation</prop>', ""),
    ('<prop type="x-ConfirmationLevel">Draft</prop>', ""),
    ('<prop type="x-MateCAT-status">new</prop>', ""),
    ('<prop type="x-tool:status">needs-review</prop>', ""),
    ('<prop type="approved">no</prop>', ""),
    ("", ' creationid="mt"'),
    ("", ' changeid="MT!"'),
    ("", ' changeid="Google Translate"'),
    ("", ' creationid="ModernMT"'),
    ("", ' changeid="Amazon-Translate"'),
    ("", ' creationid="MT!" creationdate="20200101T000000Z"'),
]


@pytest.mark.parametrize(("rest", "about"), MARKED)
def test_a_draft_and_a_machines_unit_settle_nothing(rest: str, about: str) -> None:
    assert stored(unit("ا", "a", rest, about) + unit("ب", "b", about=' changeid="M. T."')) == [
        ("ب", "b", "", "M. T.", "")
    ]


AMBIGUOUS = [
    (unit("ا", "one") + unit("ب", "b") + unit("ا", "two"), "lines 6 and 8"),
    (
        unit("ا", "one", '<prop type="x-article">s</prop>')
        + unit("ا", "two", '<prop type="x-article">s</prop>'),
        "article s",
    ),
    (
        '<tu><tuv xml:lang="ar"><seg>ا</seg></tuv><tuv xml:lang="en"><seg>one</seg></tuv>'
        '<tuv xml:lang="ar"><seg>ا</seg></tuv><tuv xml:lang="en"><seg>two</seg></tuv></tu>\n',
        "line 6 has two texts in en",
    ),
]


@pytest.mark.parametrize(("body", "where"), AMBIGUOUS)
def test_no_translation_wins_silently(body: str, where: str) -> None:
    for text in (body, body.replace("<seg>", "\n<seg>")):
        with pytest.raises(DigestError) as caught:
            list(read_tmx(io.BytesIO((PROLOG + text + END).encode()), "ar", "en", "m.tmx"))
        said = str(caught.value)
        assert said.startswith("m.tmx: ") and "“one” and “two”" in said and "\n" not in said
    assert where in said or "lines" in where


def test_the_same_unit_twice_and_an_articles_own_are_no_conflict() -> None:
    body = unit("ا", "one") * 2 + unit("ا", "two", '<prop type="x-article">s</prop>')
    assert [each[1:3] for each in stored(body)] == [("one", ""), ("one", ""), ("two", "s")]


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", ">>>>>>> omar"])
def test_a_conflict_that_git_left_is_named(marker: str) -> None:
    with pytest.raises(DigestError, match=r"^m\.tmx: line 7 is a conflict that git left; "):
        list(read_tmx(io.BytesIO(f"{PROLOG}{unit('ا', 'a')}{marker}\n{END}".encode()), "ar", "en", "m.tmx"))


@pytest.mark.parametrize("body", [unit("ا", "a").replace("</seg>", "", 1), unit("ا", "&x;"), unit("ا", "\x01")])
def test_a_damaged_line_of_our_layout_is_named(body: str) -> None:
    with pytest.raises(DigestError, match=r"^m\.tmx: line 6: is not well-formed"):
        list(read_tmx(io.BytesIO((PROLOG + body + END).encode()), "ar", "en", "m.tmx"))


def test_a_truncated_file_of_our_layout_is_refused() -> None:
    with pytest.raises(DigestError, match="not well-formed"):
        pairs(io.BytesIO((PROLOG + unit("ا", "a")).encode()))
