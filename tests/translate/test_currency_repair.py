"""A wrong currency is mended where all else is right and the attention agrees; its sentence says so."""

from pathlib import Path

import pytest

from generator.model import Link, Pair
from generator.translate import decode
from generator.translate.currency_repair import with_currency
from generator.translate.decode import Request, as_made, decode_batch, finished
from generator.translate.engines import EngineSpec
from generator.translate.glossary import Glossary
from tests.support.argos_package import install_real_package


@pytest.mark.parametrize(
    ("source", "target", "link", "right"),
    [
        ("票价是25元。", "The fare is $25.", ("25", "25"), "The fare is 25 yuan."),
        ("票价是25元。", "The fare is $25.", ("25元", "$25"), "The fare is 25 yuan."),
        ("票价是25元。", "The fare is $25.", ("票价", "fare"), None),  # nothing says that this became that
        ("票价是25元。", "The fare is $26.", ("25", "26"), None),  # more is wrong
        ("票价是25元，押金50元。", "The fare is $25, the deposit $50.", ("25", "25"), None),
        ("票价是25美元。", "The fare is $25.", ("25", "25"), None),  # nothing is
    ],
)
def test_only_a_sure_slip_is_mended(source: str, target: str, link: tuple[str, str], right: str | None) -> None:
    here, there = source.index(link[0]), target.index(link[1])
    links = [Link(here, here + len(link[0]), there, there + len(link[1]))]
    assert with_currency(Pair(source, target, "zh", "en"), lambda: links) == (right or target)


def test_a_real_fare_in_yuan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_real_package(tmp_path / "packages")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    decode.forget_engines()
    request = Request("zh", "这张票的票价是25元。", "这张票的票价是25元。")
    found = decode_batch(EngineSpec("zh", "en"), Glossary(), [request])
    decode.forget_engines()
    assert found is not None
    assert "25 yuan" in (found[0].target or "")
    assert "$" not in (found[0].target or "")
    assert (found[0].mended, found[0].findings) == (("currency",), ())
    assert finished(request, as_made(found[0]), "en", Glossary()) == found[0]
