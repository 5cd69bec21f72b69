"""Decoding with the real zh→en model: what must not change, what must be marked, and that nothing is invented."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.languages import LANGUAGES
from generator.model import Finding, Segment
from generator.models.packages import read_package
from generator.translate import calibration
from generator.translate.calibration import SENTENCES_FILE, unsure_below
from generator.translate.decode import Request, as_made, better_of, decode_batch, finished, shared_engine
from generator.translate.engines import EngineSpec, make_engine
from generator.translate.glossary import Glossary, Term
from generator.translate.postprocess import postprocess
from tests.support.argos_package import install_real_package
from tests.support.tiny_model import copying_package

ZH_EN = EngineSpec("zh", "en")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("argos") / "packages"
    install_real_package(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ARGOS_PACKAGES_DIR", str(folder))
        yield folder


def decoded(*sources: str, glossary: Glossary = Glossary()) -> list[Segment]:  # noqa: B008  it is frozen
    segments = decode_batch(ZH_EN, glossary, [Request("zh", source, source) for source in sources])
    assert segments is not None
    return segments


def checks(segment: Segment) -> list[str]:
    return [finding.check for finding in segment.findings]


KEPT = {
    "请把简历发送至 hr_zhang.san@example.com.cn": ["hr_zhang.san@example.com.cn"],
    "详见 https://www.example.com/新闻/2024?id=12": ["https://www.example.com/新闻/2024?id=12"],
    "您好 {name}，您有 %1$s 条新消息，点击 `<b>`这里`</b>`": ["{name}", "%1$s", "`<b>`", "`</b>`"],
    "#北京冬奥会# 今天开幕，记者@john_doe 报道。": ["#北京冬奥会#", "@john_doe"],
    "请运行 `pip install digest` 并查看 README.md 文件。": ["`pip install digest`", "README.md"],
    "今天天气真好😆我们去爬山吧⛰️": ["😆", "⛰️"],
    "我们赢了！🎉🎉🎉": ["🎉🎉🎉"],
    "HTTP API 已DEPRECATED": ["DEPRECATED"],
    "请先测试再deploy到AWS": ["deploy", "AWS"],
    "𠮷田先生表示反对。": ["𠮷"],
}


def test_what_must_not_change_does_not(real: Path) -> None:
    for segment, kept in zip(decoded(*KEPT), KEPT.values(), strict=True):
        assert segment.target is not None
        assert [text for text in kept if segment.target.count(text) != 1] == []
        assert {"address", "code", "emoji", "latin", "script"}.isdisjoint(checks(segment))


def test_what_a_machine_cannot_be_trusted_with_is_marked(real: Path) -> None:
    for segment in decoded("否", "不。", "例外"):
        assert checks(segment) == ["brief"]
    (strange,) = decoded("𠮷田先生表示反对。")
    assert strange.findings == (Finding("unread", "𠮷"),)
    settled = Glossary((Term(("否",), ("no",), ("Yes",)),))
    (no,) = decoded("否", glossary=settled)
    assert (no.target, no.findings) == ("no", ())


# Self-written, after sentences for which a decoding in clauses published what no source said.
NEWS = (
    "新华社莫斯科7月25日电 根据国防部计划，新型直升机（下称直升机）将于今年12月首次出厂，该机型在侦察、通信方面将有较大提升。",
    "记者26日从应急管理部获悉，国家防办、应急管理部日前会同有关部门紧急调运编织袋，支持抗洪抢险。",
    "江西省防指于24日18时，将防汛应急响应下调至Ⅱ级；将救灾应急响应级别调整为III级。",
    "本报7月26日讯 据最高法网站消息，今年上半年，全国法院共审结案件58101件，同比上升35%。",
    "上午9点半，市长在广场宣布，新图书馆将于9月1日开放，市民可免费借书。",
    "新华社开罗3月12日电 根据卫生部计划，新医院（下称医院）将于今年10月投入使用，床位达600多张。",
)


def test_a_doubt_about_a_number_or_a_date_makes_no_machine_invent(real: Path) -> None:
    engine = shared_engine(ZH_EN)
    assert engine is not None
    first = [postprocess(each.text, source) for each, source in zip(engine.translate(NEWS), NEWS, strict=True)]
    segments = decoded(*NEWS)
    assert [segment.target for segment in segments] == first
    assert not any("parts:" in segment.signature for segment in segments)


def test_a_looping_translation_is_decoded_again(real: Path) -> None:
    source = "Det Insp Bob Blemmings 表示，该建筑的大门以及建筑本体遭到损坏。"
    (segment,) = decoded(source)
    assert segment.findings == ()
    assert "no_repeat_ngram" in segment.signature


FIRST = Segment("第7名", "He came in 17th place today.", "machine", "a", -0.5, (Finding("numbers", "7"),))


@pytest.mark.parametrize(
    ("target", "score", "wins"),
    [
        ("He came in 7th place today.", -0.5, True),
        ("He came in 7th place today.", -0.54, True),
        ("He came in 7th place today.", -0.6, False),
        ("I'm not sure about number 7.", -0.3, False),
    ],
)
def test_another_translation_wins_only_if_it_says_the_same_as_surely(
    target: str, score: float, wins: bool
) -> None:
    again = Segment("第7名", target, "machine", "b", score)
    assert better_of(FIRST, again) is (again if wins else FIRST)
    assert better_of(again, FIRST) is again


def test_whatever_holds_more_is_better_than_no_translation() -> None:
    loop = Segment("第7名", "He he he he he.", "machine", "a", -0.2, (Finding("repetition", "he"),))
    again = Segment("第7名", "Number 7.", "machine", "b", -0.9)
    assert better_of(loop, again) is again


def test_a_phrase_that_stands_there_twice_is_no_loop() -> None:
    """A loop is worth any other translation; a doubled phrase is not worth a sentence that the source has not."""
    doubled = Segment("他在北京东部", "He is in the east in the east of Beijing", "machine", score=-0.3)
    doubled = replace(doubled, findings=(Finding("repetition", "in the east"),))
    assert better_of(doubled, replace(doubled, target="I do not know.", findings=())) is doubled
    close = replace(doubled, target="He is in the east of Beijing", findings=())
    assert better_of(doubled, close) is close
    thrice = replace(doubled, target="He is in the east in the east in the east")
    assert better_of(thrice, replace(doubled, target="I do not know.", findings=())).target == "I do not know."


def test_what_an_engine_said_of_a_sentence_stays_with_it() -> None:
    found = (Finding("unread", "𠮷"), Finding("score", "-0.70"))
    made = Segment("𠮷田先生表示反对。", "Mr. 𠮷 Tan objected.", "machine", "argos", -0.7, found)
    request = Request("zh", made.source, made.source)
    assert finished(request, as_made(made), "en", Glossary()).findings == found
    sure = Segment(made.source, made.target, "machine", "argos", -1.3)
    assert finished(request, as_made(sure), "en", Glossary()).findings == ()


def test_each_model_has_its_own_bound_under_which_it_guesses(real: Path, tmp_path: Path) -> None:
    engine = shared_engine(ZH_EN)
    assert engine is not None
    bound = unsure_below(engine)
    assert bound is not None
    assert -1.0 < bound < -0.8
    unknown = make_engine(read_package(copying_package(tmp_path, "eo", "en")), EngineSpec("eo", "en"))
    assert unsure_below(unknown) is None


def test_there_is_as_much_text_to_tell_by_for_every_language() -> None:
    rows = [line.split("\t") for line in SENTENCES_FILE.read_text("utf-8").splitlines() if line[0] != "#"]
    counts = {language: sum(row[0] == language for row in rows) for language, _ in rows}
    assert set(counts.values()) == {20}
    assert set(counts) <= set(LANGUAGES)
    assert {"ar", "zh", "zt", "es", "fa", "ckb", "ru"} <= set(counts)


def test_what_is_known_of_a_model_is_found_once(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "calibration.json"
    engine = shared_engine(ZH_EN)
    assert engine is not None
    bound = unsure_below(engine)
    calibration.keep(file)
    monkeypatch.setattr(calibration, "_medians", {})
    calibration.remember(file)
    monkeypatch.setattr(type(engine), "translate", None)
    assert unsure_below(engine) == bound
    for damaged in (b"", b"[]", b'{"a": "b"}'):
        file.write_bytes(damaged)
        calibration.remember(file)
    assert unsure_below(engine) == bound
