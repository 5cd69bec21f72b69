"""The translation memory: TMX that other programs accept, looked up through harmless differences."""

import io
from pathlib import Path

import pytest
from translate.storage import tmx

from generator import memory
from generator.memory import Memory, Reviewed
from generator.model import DigestError

ROOT = Path(__file__).parent.parent


def tmx_of(body: str) -> io.BytesIO:
    return io.BytesIO(f'<?xml version="1.0"?>{body}'.encode())


def read(body: str) -> list[Reviewed]:
    return list(memory.read(tmx_of(body), "ar", "en", "test.tmx"))


def test_the_seeds_are_settled() -> None:
    loaded = memory.load(ROOT / "memory", "ar", "en")
    assert len(loaded.exact) >= 34
    assert (
        loaded.lookup("وهذا ما يجعلنا نراقب الأمر عن كثب.")
        == "That is why we are watching the matter closely."
    )


def test_another_program_reads_our_file() -> None:
    store = tmx.tmxfile(io.BytesIO((ROOT / "memory" / "ar-en.tmx").read_bytes()), "ar", "en")
    ours = memory.load(ROOT / "memory", "ar", "en").exact
    assert {unit.source: unit.target for unit in store.units} == ours


def test_we_read_another_programs_file() -> None:
    store = tmx.tmxfile()
    store.addtranslation('قال "نعم" & <لا>.', "ar", 'He said "yes" & <no>.', "en")
    assert list(memory.read(io.BytesIO(bytes(store)), "ar", "en", "x")) == [
        Reviewed('قال "نعم" & <لا>.', 'He said "yes" & <no>.')
    ]


def test_writing_and_reading_give_the_same(tmp_path: Path) -> None:
    segments = [Reviewed("أ & <ب> ]]> ' \"", "a & <b> {{ c }}"), Reviewed("ت\u200cث", "𝒙 — “y”")]
    memory.save(tmp_path / "ar-en.tmx", "ar", "en", segments)
    assert memory.load(tmp_path, "ar", "en").exact == {item.source: item.target for item in segments}
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
    known = Memory.of([Reviewed('قال ستولتنبيرج أن "الناتو" متمسك بالمسار.', "yes")])
    assert known.lookup(variant) == "yes"


@pytest.mark.parametrize(
    "other",
    ['قال ستولتنبيرج أن "الناتو" متمسك بالمسار؟', 'قال كوبلر أن "الناتو" متمسك بالمسار.', ""],
)
def test_real_differences_are_not(other: str) -> None:
    assert Memory.of([Reviewed('قال ستولتنبيرج أن "الناتو" متمسك بالمسار.', "yes")]).lookup(other) is None


def test_of_two_sentences_that_differ_harmlessly_each_keeps_its_own_translation() -> None:
    known = Memory.of([Reviewed("على", "on"), Reviewed("علي", "Ali")])
    assert (known.lookup("على"), known.lookup("علي")) == ("on", "Ali")


def test_regional_codes_other_languages_and_inline_markup() -> None:
    unit = (
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="fr"><seg>non</seg></tuv>'
        '<tuv xml:lang="AR-eg"><seg><bpt i="1">{b}</bpt>نعم<ept i="1">{/b}</ept> <hi>هنا</hi></seg></tuv>'
        '<tuv xml:lang="en-GB"><seg>yes <hi>here</hi></seg></tuv></tu></body></tmx>'
    )
    assert read(unit) == [Reviewed("نعم هنا", "yes here")]


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
