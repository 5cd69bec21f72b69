from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import engines
from generator.engines import packages
from tests.argos_package import install_real_package


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("argos") / "packages"
    install_real_package(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ARGOS_PACKAGES_DIR", str(folder))
        yield folder


def test_the_real_package_translates_real_chinese(real: Path) -> None:
    assert [package.name for package in packages.installed()] == ["zh-en 1.9"]
    engine = engines.load("zh", "en")
    assert engine is not None
    sentences = ["文件 my_file_name.txt 已在2019年删除。", "", "  ", "因为有计划将国民议会改名。"]
    first, empty, blank, last = engine.translate(sentences)
    assert first.text == "The file my_file_name.txt was deleted in 2019."
    assert (empty.text, empty.score, blank.text, blank.score) == ("", None, "", None)
    assert "National Assembly" in last.text
    assert engines.load("ar", "en") is None
