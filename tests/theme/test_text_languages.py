"""What built pages say of the language of their texts: that it is one whose letters these have (WCAG 3.1.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from generator.languages import code_of, language_of
from generator.languages.scripts import SCRIPTS
from tests.support import samples
from tests.support.connected import build_connected
from tests.support.samples import by_hand, by_machine, original, translation, untranslated

LATIN = "A-Za-z\u00c0-\u024f"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a digest in five scripts, with publishers, topics, names and headlines in letters of others."""
    ar, zh = "قالت آن كارلو في ليما إن {} سيعود إلى بيرو.", "安妮在利马说{}将返回秘鲁。"
    en = "The lawyer Ann Carlow said in Lima that the {} will return to Peru."
    articles = [
        translation(
            "one",
            "ar",
            [[by_hand(ar.format("FBI"), en.format("FBI")), by_machine("FBI", "FBI")]],
            title=by_hand("FBI", "FBI"),
            source="upi",
            author="Reuters",
            topics=("News", "أخبار"),
            published="2024-02-01",
            licence="CC BY 4.0",
            also=("路透社",),
        ),
        translation(
            "two",
            "zh",
            [[by_machine(zh.format("FBI"), en.format("FBI")), original("FBI")]],
            title=by_machine("FBI", "FBI"),
            source="Agence France-Presse",
            topics=("News", "新闻"),
            published="2024-02-02",
        ),
        translation("three", "zh", [[untranslated(zh.format("FBI"))], [untranslated("CNN")]], topics=("News",)),
        translation("four", "zh", [[untranslated(zh.format("FBI"))], [untranslated("CNN")]], topics=("News",)),
        translation("five", "ar", [[by_hand(ar.format("FBI"), en.format("FBI"))]], source="新华社"),
        translation("six", "ru", [[by_hand("ФБР вернётся.", en.format("FBI"))]], title=by_hand("BBC", "BBC")),
        translation("seven", "sr", [[by_hand("FBI se vraća u Peru.", en.format("FBI"))]], source="Танјуг"),
        *samples.every_kind(),
    ]
    return build_connected(tmp_path_factory.mktemp("languages"), articles)


def own_text(element: html.HtmlElement) -> str:
    """Return the text of an element without that of elements which name a language themselves."""
    inner = (
        (child.tail or "") if child.get("lang") is not None else own_text(child) + (child.tail or "")
        for child in element
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "template")
    )
    return (element.text or "") + "".join(inner)


def can_be_in(text: str, tag: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    script = {"Latn": LATIN}.get(tag.partition("-")[2]) or {"Latn": LATIN}.get(
        language_of(code_of(tag) or "").script
    )
    block = script or SCRIPTS[language_of(code_of(tag) or "").script].letters
    return not letters or re.search(f"[{block}]", text) is not None


def test_no_text_carries_a_language_it_is_not_in(site: Path) -> None:
    seen: dict[str, int] = {}
    wrong: list[str] = []
    for file in sorted(site.rglob("*.html")):
        for element in html.fromstring(file.read_bytes()).xpath("//body//*[@lang]"):
            tag = element.get("lang")
            seen[tag] = seen.get(tag, 0) + 1
            if tag != "und" and not can_be_in(own_text(element), tag):
                wrong.append(f"{file.relative_to(site)}: {html.tostring(element, encoding='unicode')[:120]}")
    assert wrong == [], "\n".join(wrong)
    assert {"ar", "zh", "en", "ru", "sr-Latn", "und"} <= seen.keys()


def test_a_publisher_topic_or_name_in_other_letters_is_in_no_stated_language(site: Path) -> None:
    page = html.fromstring((site / "ar/articles/one/index.html").read_bytes())
    by_text = {element.text_content(): element.get("lang") for element in page.xpath("//header//bdi[@lang]")}
    assert by_text["upi"] == by_text["Reuters"] == by_text["News"] == "und"
    assert by_text["أخبار"] == "ar"
