"""Imports go one way: the table in ARCHITECTURE.md, held by the syntax trees."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"

LAYERS = (
    {"__init__"},
    {"model", "languages"},
    {"files", "numbers", "text"},
    {"mentions", "leaning"},
    {"salience"},
    {"config", "state"},
    {
        "read",
        "identify",
        "split",
        "repair",
        "summarize",
        "headline",
        "memory",
        "engines",
        "translate",
        "check",
    }
    | {"record", "render", "filters", "add", "glossary", "tidy", "fuzzy", "connect"},
    {"bundle", "plugin", "starter", "store", "xliff"},
    {"corrections", "intake", "exchange", "machine", "publish"},
    {"settle", "cluster"},
    {"build"},
    {"cli"},
    {"__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def top(file: Path) -> str:
    return file.relative_to(GENERATOR).parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """Give the top-level modules of the generator that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            if node.module == "generator":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("generator."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("generator.")}
    return {name if name in RANK else "__init__" for name in found}


SOURCES = [file for file in sorted(GENERATOR.rglob("*.py")) if top(file) != "theme"]


def test_every_module_has_its_layer() -> None:
    assert {top(file) for file in SOURCES} <= set(RANK)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(GENERATOR).as_posix())
def test_imports_point_down(file: Path) -> None:
    own = top(file)
    for name in imported(file) - {own}:
        assert RANK[name] < RANK[own], f"{own} imports {name}"


def test_the_theme_needs_no_generator() -> None:
    """Plain `mkdocs build` must work where only MkDocs is installed."""
    for file in sorted((GENERATOR / "theme").rglob("*.py")):
        assert not imported(file), file


def test_importing_the_program_makes_no_folder_and_loads_no_engine(tmp_path: Path) -> None:
    program = (
        "import sys, generator.build, generator.cli\n"
        "heavy = {'argostranslate', 'ctranslate2', 'sentencepiece', 'numpy', 'trafilatura', 'feedparser'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(GENERATOR.parent), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []
