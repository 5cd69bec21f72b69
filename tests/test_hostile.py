"""Nothing in an article becomes more than text: pages of attacks beside harmless ones of the same shape."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import html

from generator.render.provenance import engines
from generator.render.text import clean
from tests.hostile_site import (
    EXTENSIONS,
    SIGNED,
    attacked_text,
    attacking,
    elements,
    expected_values,
    mkdocs,
    nodes,
    number_of,
    pages_of,
    peaceful,
    publish,
    text_of,
)
from tests.hostile_texts import ATTACKS

NUMBERS = {attack: number for number, attack in enumerate(ATTACKS)}
SHOWN = {number: clean(attack) for number, attack in enumerate(ATTACKS.values())} | {
    number + SIGNED: clean(", ".join(engines([attack]))) for number, attack in enumerate(ATTACKS.values())
}
"""What a page shows of each attack, and of each attack as an engine's signature."""

Pages = dict[str, html.HtmlElement]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both digests, and that of attacks once more with every Markdown extension there is."""
    project = tmp_path_factory.mktemp("project")
    publish(project / "hostile/docs", map(attacking, ATTACKS.values()))
    publish(project / "harmless/docs", (peaceful(text, n) for n, text in enumerate(ATTACKS.values())))
    builds = [("hostile", "extended", EXTENSIONS), ("hostile", "site", []), ("harmless", "site", [])]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda build: mkdocs(project / build[0], *build[1:]), builds))
    return project


@pytest.fixture(scope="module")
def harmless(project: Path) -> Pages:
    return pages_of(project / "harmless/site")


@pytest.fixture(scope="module", params=["site", "extended"])
def hostile(request: pytest.FixtureRequest, project: Path) -> Pages:
    return pages_of(project / "hostile" / request.param)


def test_every_extension_is_tried() -> None:
    assert len(EXTENSIONS) > 45
    assert {"attr_list", "md_in_html", "pymdownx.snippets", "pymdownx.blocks.html"} <= set(EXTENSIONS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_adds_no_element_and_is_shown_as_it_is(hostile: Pages, harmless: Pages, attack: str) -> None:
    number = NUMBERS[attack]
    expected = expected_values(ATTACKS[attack], number)
    compared = [path for path in hostile if number_of(path) == number]
    assert len(compared) in (2, 3)
    for path in compared:
        assert elements(nodes(hostile[path]), expected) == elements(nodes(harmless[path]), {}), path
        assert text_of(hostile[path]) == attacked_text(harmless[path], SHOWN), path


def test_no_other_page_differs_either(hostile: Pages, harmless: Pages) -> None:
    assert {path for path in set(harmless) - set(hostile) if "/b" not in path} == set()
    assert set(hostile) <= set(harmless)
    for path in hostile:
        if number_of(path) is None:
            assert elements(nodes(hostile[path]), {}) == elements(nodes(harmless[path]), {}), path
            assert text_of(hostile[path]) == attacked_text(harmless[path], SHOWN), path
