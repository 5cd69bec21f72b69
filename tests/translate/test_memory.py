"""The translation memory: TMX that other programs accept, looked up through harmless differences."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from translate.storage import tmx

from generator.config import Settings
from generator.translate.memory import Memory, MemoryKey, Signature, update_memory
from generator.translate.memory_index import MemoryIndex
from tests.support.memories import save_memory

ROOT = Path(__file__).parents[2]
ANNA = Signature("Anna", "20261127T083500Z")


def test_the_seeds_are_settled() -> None:
    loaded = Memory.load(ROOT / "memory", "ar", "en")
    assert len(loaded.exact) >= 34
    assert (
        loaded.lookup("وهذا ما يجعلنا نراقب الأمر عن كثب.") == "That is why we are watching the matter closely."
    )


def test_another_program_reads_our_file() -> None:
    store = tmx.tmxfile(io.BytesIO((ROOT / "memory" / "ar-en.tmx").read_bytes()), "ar", "en")
    ours = Memory.load(ROOT / "memory", "ar", "en").exact
    assert {unit.source: unit.target for unit in store.units} == ours


def test_writing_and_reading_give_the_same(tmp_path: Path) -> None:
    segments = {"أ & <ب> ]]> ' \"": "a & <b> {{ c }}", "ت\u200cث": "𝒙 — “y”"}
    save_memory(tmp_path, "ar", "en", segments)
    assert Memory.load(tmp_path, "ar", "en").exact == segments
    assert [file.name for file in tmp_path.iterdir()] == ["ar-en.tmx"]


@pytest.mark.parametrize(
    "variant",
    [
        "قال  ستولتنبيرج أن “الناتو” متمسك بالمسار.",
        "قال ستولتنبيرج ان «الناتو» متمسكٌ بالمسار .",
        'قـــال ستولتنبيرج أنَّ " الناتو " متمسك\u00a0بالمسار.',
    ],
)
def test_harmless_differences_are_overlooked(variant: str) -> None:
    known = Memory.of([('قال ستولتنبيرج أن "الناتو" متمسك بالمسار.', "yes")])
    assert known.lookup(variant) == "yes"


@pytest.mark.parametrize(
    "other",
    ['قال ستولتنبيرج أن "الناتو" متمسك بالمسار؟', 'قال كوبلر أن "الناتو" متمسك بالمسار.', ""],
)
def test_real_differences_are_not(other: str) -> None:
    assert Memory.of([('قال ستولتنبيرج أن "الناتو" متمسك بالمسار.', "yes")]).lookup(other) is None


def test_of_two_sentences_that_differ_harmlessly_each_keeps_its_own_translation() -> None:
    known = Memory.of([("على", "on"), ("علي", "Ali")])
    assert (known.lookup("على"), known.lookup("علي")) == ("on", "Ali")


SAME_OR_NOT = [
    ("امام المسجد", "إمام المسجد", True),
    ("أمام المسجد", "إمام المسجد", False),
    ("مجلس الوزراء المصرى", "مجلس الوزراء المصري", True),
    ("اعتدى على رجل", "اعتدى علي رجل", False),
    ("وقال كوبلر إن الأمر يتوقف على ليبيا", "وقال كوبلر أن الأمر يتوقف علي ليبيا", True),
    ("قُتل الرئيس", "قتل الرئيس", True),
    ("قُتل الرئيس", "قَتل الرئيس", False),
    ("أنّ", "أنَّ", True),
    ("قُتل الرئيس في هجوم على مقره أمس", "قَتل الرئيس في هجوم على مقره أمس", False),
    ("قتل 5، 3 منهم أطفال", "قتل 5،3 منهم أطفال", False),
    ("عام 2011 ، قال", "عام 2011، قال", True),
    ("10⁵ متر", "105 متر", False),
    ("قال ؤ", "قال و\u0654", True),
    ("قال ٌ هنا", "قال هنا", False),
    ("\u200fقال\u00ad هنا\ufeff", "قال هنا", True),
]


@pytest.mark.parametrize(("known", "asked", "same"), SAME_OR_NOT)
def test_what_contradicts_is_another_sentence(known: str, asked: str, same: bool) -> None:
    for one, other in ((known, asked), (asked, known)):
        assert Memory.of([(one, "yes")]).lookup(other) == ("yes" if same else None)


def test_between_two_reviewed_readings_nobody_chooses() -> None:
    known = Memory.of([("كُتب", "It was written"), ("كَتب", "He wrote")])
    assert known.lookup("كتب") is None
    assert Memory.of([("أن", "that"), ("آن", "that")]).lookup("ان") == "that"


OTHERS = """<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="OmegaT" srclang="ar"><prop type="project">p</prop><note>by hand</note></header>
<body>
<!-- Default translations -->
<tu creationdate="20200101T000000Z" tuid="7"><note>mind the name</note><prop type="client">press</prop>
  <tuv xml:lang="AR"><seg>نعم <bpt i="1">{b}</bpt>هنا<ept i="1">{/b}</ept><!-- c --></seg></tuv>
  <tuv xml:lang="en-GB" creationid="eve" changeid="bob" changedate="20210101T000000Z"><seg>yes <hi>here</hi></seg></tuv>
  <tuv xml:lang="fr"><seg>oui</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>لا</seg></tuv><tuv xml:lang="en"><seg>no</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>ja</seg></tuv><tuv xml:lang="en"><seg>yes</seg></tuv></tu>
<!-- Alternative translations -->
<tu><prop type="x-article">a</prop><tuv xml:lang="ar"><seg>لا</seg></tuv><tuv xml:lang="en"><seg>never</seg></tuv></tu>
</body>
</tmx>
"""


def save(folder: Path, segments: dict[str, str]) -> str:
    save_memory(folder, "ar", "en", segments)
    return (folder / "ar-en.tmx").read_text("utf-8")


def test_saving_what_is_there_changes_no_byte(tmp_path: Path) -> None:
    (tmp_path / "ar-en.tmx").write_text(OTHERS, "utf-8")
    known = Memory.load(tmp_path, "ar", "en")
    assert known.exact == {"نعم هنا": "yes here", "لا": "no"}
    assert (known.lookup("لا", "a"), known.lookup("لا", "b")) == ("never", "no")
    update_memory(tmp_path, "ar", "en", {key: target for key, target, _ in known.entries()}, ANNA)
    assert (tmp_path / "ar-en.tmx").read_text("utf-8") == OTHERS
    assert not (tmp_path / "replaced").exists()


def test_saving_a_change_keeps_all_else_that_other_programs_wrote(tmp_path: Path) -> None:
    (tmp_path / "ar-en.tmx").write_text(OTHERS, "utf-8")
    changes = {
        MemoryKey("نعم هنا"): "yes, here & <now>",
        MemoryKey("لا"): "not at all",
        MemoryKey("جديد"): "new",
    }
    update_memory(tmp_path, "ar", "en", changes, ANNA)
    by = 'changedate="20261127T083500Z" changeid="Anna"'
    new = f'{by} creationdate="20261127T083500Z" creationid="Anna"'
    assert (
        (tmp_path / "ar-en.tmx").read_text("utf-8")
        == f"""<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="OmegaT" srclang="ar"><prop type="project">p</prop><note>by hand</note></header>
<body>
<!-- Alternative translations -->
<!-- Default translations -->
<tu><tuv xml:lang="de"><seg>ja</seg></tuv><tuv xml:lang="en"><seg>yes</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>جديد</seg></tuv><tuv xml:lang="en" {new}><seg>new</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>لا</seg></tuv><tuv xml:lang="en" {by}><seg>not at all</seg></tuv></tu>
<tu><prop type="x-article">a</prop><tuv xml:lang="ar"><seg>لا</seg></tuv><tuv xml:lang="en"><seg>never</seg></tuv></tu>
<tu creationdate="20200101T000000Z" tuid="7"><note>mind the name</note><prop type="client">press</prop>\
<tuv xml:lang="AR"><seg>نعم <bpt i="1">{{b}}</bpt>هنا<ept i="1">{{/b}}</ept><!-- c --></seg></tuv>\
<tuv xml:lang="en-GB" creationid="eve" {by}><seg>yes, here &amp; &lt;now&gt;</seg></tuv>\
<tuv xml:lang="fr"><seg>oui</seg></tuv></tu>
</body>
</tmx>
"""
    )
    kept = (tmp_path / "replaced" / "ar-en.tmx").read_text("utf-8")
    assert "<note>mind the name</note>" in kept and "yes <hi>here</hi>" in kept and "<seg>no</seg>" in kept
    assert 'creationid="eve" changeid="bob" changedate="20210101T000000Z"' in kept


def test_what_a_change_replaces_is_kept_for_ever(tmp_path: Path) -> None:
    for target in ("one", "two", None, "three", "one"):
        update_memory(tmp_path, "ar", "en", {MemoryKey("ا"): target}, Signature("Anna"))
    kept = (tmp_path / "replaced" / "ar-en.tmx").read_text("utf-8")
    assert re.findall("<seg>(one|two|three)</seg>", kept) == ["one", "two", "three"]
    assert Memory.load(tmp_path, "ar", "en").find("ا") == ("one", Signature("Anna"))


def test_a_change_is_one_line_and_lines_are_sorted(tmp_path: Path) -> None:
    update_memory(tmp_path, "ar", "en", {MemoryKey(each): f"{each}\nx" for each in "جاب"})
    before = (tmp_path / "ar-en.tmx").read_text("utf-8").splitlines()
    update_memory(tmp_path, "ar", "en", {MemoryKey("ب"): "b", MemoryKey("ب", "slug"): "B"})
    after = (tmp_path / "ar-en.tmx").read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == before[6:7]
    assert [re.findall("<seg>(.)</seg></tuv><tuv", line) for line in after[5:-2]] == [
        ["ا"],
        ["ب"],
        ["ب"],
        ["ج"],
    ]
    assert ">slug<" in after[7]


def test_an_article_may_have_its_own_translation(tmp_path: Path) -> None:
    update_memory(
        tmp_path, "ar", "en", {MemoryKey("قال ذلك."): "He said so.", MemoryKey("قال ذلك.", "her"): "She did."}
    )
    known = Memory.load(tmp_path, "ar", "en")
    assert known.exact == {"قال ذلك.": "He said so."}
    assert [known.lookup("قال  ذلك.", article) for article in ("her", "his", "")] == [
        "She did.",
        "He said so.",
        "He said so.",
    ]
    update_memory(tmp_path, "ar", "en", {MemoryKey("قال ذلك.", "her"): None})
    assert Memory.load(tmp_path, "ar", "en").lookup("قال ذلك.", "her") == "He said so."


def test_forgetting_a_segment_keeps_the_other_languages(tmp_path: Path) -> None:
    (tmp_path / "ar-en.tmx").write_text(OTHERS, "utf-8")
    known = Memory.load(tmp_path, "ar", "en")
    update_memory(tmp_path, "ar", "en", {key: None for key, *_ in known.entries()})
    text = (tmp_path / "ar-en.tmx").read_text("utf-8")
    assert known.exact and Memory.load(tmp_path, "ar", "en").exact == {}
    assert "<seg>oui</seg>" in text
    assert "<seg>ja</seg>" in text
    assert "لا" not in text


def test_a_character_that_xml_cannot_hold_stops_nothing(tmp_path: Path) -> None:
    save(tmp_path, {"قال\x0b نعم\ufffe": "He said\x00 yes"})
    assert Memory.load(tmp_path, "ar", "en").lookup("قال\x0b نعم\ufffe") == "He said yes"


def test_traditional_chinese_is_written_under_its_tag(tmp_path: Path) -> None:
    save_memory(tmp_path, "zt", "en", {"是": "yes"})
    assert 'xml:lang="zh-Hant"' in (tmp_path / "zt-en.tmx").read_text("utf-8")


def test_of_two_who_settled_a_sentence_alike_the_later_one_signs_whenever_they_came(tmp_path: Path) -> None:
    settings = replace(Settings(), root=tmp_path, memory=tmp_path)
    settings.cache.mkdir(parents=True)
    unit = (
        '<tu changeid="{0}" changedate="{1}"><tuv xml:lang="ar"><seg>جملة.</seg></tuv>'
        '<tuv xml:lang="en"><seg>A sentence.</seg></tuv></tu>\n'
    )
    later, earlier = unit.format("Bob", "20261127T080000Z"), unit.format("Ann", "20250101T080000Z")
    head, tail = '<tmx version="1.4"><header/><body>\n', "</body></tmx>\n"
    for lines in (later, later + earlier, earlier + later):
        (tmp_path / "ar-en.tmx").write_text(head + lines + tail, "utf-8")
        found = MemoryIndex(settings).find("ar", "جملة.")
        assert found and found[1].name == "Bob"
