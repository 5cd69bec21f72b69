"""The house: which package may import which, one meaning for a public name, and a reason for each module."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"
CALLERS = sorted(file for name in ("tests", "benchmarks") for file in (GENERATOR.parent / name).rglob("*.py"))

STAGES = {"ingest", "analyze", "translate", "connect", "render"}
MAY_IMPORT: dict[str, set[str]] = {
    # what every package may know
    "model": set(),
    "languages": {"model"},
    "config": {"model", "languages", "theme"},  # which languages an interface may speak
    "download": {"model"},
    "processes": {"model"},
    # plumbing: no stage
    "formats": {"languages"},
    "storage": {"config", "languages"},
    "models": {"config", "download", "languages", "storage"},
    "theme": set(),
    # the five stages: never each other
    "ingest": {"config", "download", "languages", "storage"},
    "analyze": {"config", "languages", "storage"},
    "translate": {"config", "formats", "languages", "models", "storage"},
    "connect": {"languages", "storage", "theme"},
    "render": {"config", "languages", "storage", "theme"},  # of the theme only SHARED_WITH_THEME
    # what works with stages
    "review": STAGES | {"config", "formats", "languages", "storage"},
    "export": STAGES | {"config", "formats", "languages", "storage"},
    # the spine
    "changes": STAGES | {"config", "storage"},
    "publish": STAGES | {"config", "export", "languages", "processes", "storage"},
    "build": STAGES | {"changes", "config", "export", "processes", "publish", "review", "storage"},
    "plugin": {"theme"},
    "cli": STAGES | {"build", "config", "download", "export", "languages", "models", "review", "storage"},
    "__main__": {"cli"},
}
"""For each package and module at the root, what it may import beside itself, `model` and `__init__`."""

SHARED_WITH_THEME = {"text_analysis", "interface_strings", "own_strings"}
"""What stages may import of the theme: modules that a plain `mkdocs build` runs, which must not need the program.

They import the standard library alone, and PyYAML and Babel, which MkDocs and Material bring.
"""

SOURCES = sorted(GENERATOR.rglob("*.py"))
TREES = {file: ast.parse(file.read_text("utf-8")) for file in SOURCES}


def name_of(file: Path) -> str:
    return file.relative_to(GENERATOR).as_posix()


def top(file: Path) -> str:
    return file.relative_to(GENERATOR).parts[0].removesuffix(".py")


def modules_of(file: Path) -> set[str]:
    """Return the packages and root modules of the generator that a file imports."""
    found = set()
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.ImportFrom):
            if node.level:  # only the theme, which is imported under another name where MkDocs is alone
                assert node.level == 1 and top(file) == "theme", f"{file}: relative import"
            elif node.module == "generator":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("generator."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("generator.")}
    return {name if name in MAY_IMPORT else "__init__" for name in found}


def test_every_package_has_its_place() -> None:
    assert {top(file) for file in SOURCES} - {"__init__"} <= set(MAY_IMPORT)


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_imports_go_one_way(file: Path) -> None:
    own = top(file)
    allowed = MAY_IMPORT.get(own, set()) | {own, "model", "__init__"}
    assert modules_of(file) <= allowed, f"{own} may not import {modules_of(file) - allowed}"


def test_the_root_can_be_seen_at_a_glance() -> None:
    assert len(list(GENERATOR.glob("*.py"))) <= 10


def test_architecture_states_the_same_rule() -> None:
    text = (GENERATOR.parent / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(
        r"^\| (`.+`) \| (.+) \|$", text.partition("## Who may import what")[2].partition("\n## ")[0], re.M
    )
    stated: dict[str, set[str]] = {}
    for importers, imported in rows:
        allowed = set(re.findall(r"`(\w+)`", imported)) | (STAGES if "the stages" in imported else set())
        stated |= dict.fromkeys(re.findall(r"`(\w+)`", importers), allowed)
    assert stated == {
        package: allowed - {"model"} for package, allowed in MAY_IMPORT.items() if package != "model"
    }


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(GENERATOR.parent).with_suffix("").parts).removesuffix(".__init__")


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports_in(node: ast.AST, package: str, types: bool) -> Iterator[str]:
    """Return what is imported, in functions too; a name that is imported stands behind its module."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ImportFrom):
            source = ".".join(filter(None, (package if child.level else "", child.module)))
            yield from (f"{source}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif types or not for_types_only(child):
            yield from imports_in(child, package, types)


@pytest.mark.parametrize("types", [False, True], ids=["as the program runs", "as types are checked"])
def test_no_modules_import_each_other_in_a_circle(types: bool) -> None:
    modules = {module_of(file): file for file in SOURCES}
    graph: dict[str, set[str]] = {}
    for module, file in modules.items():
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        names = set(imports_in(TREES[file], package, types))
        graph[module] = {name if name in modules else name.rpartition(".")[0] for name in names} & set(modules)
        graph[module] -= {module}
    assert graph["generator.build"] > {"generator.config", "generator.model"}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_a_public_name_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for file, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(name_of(file))
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


@pytest.mark.parametrize("file", SOURCES, ids=name_of)
def test_a_module_opens_with_why_it_exists(file: Path) -> None:
    opening = (ast.get_docstring(TREES[file]) or "").partition("\n\n")[0]
    assert re.fullmatch(r"\S.*[.!?]", opening, re.S), "open the module with a whole sentence on why it exists"
    assert len(opening.split()) >= 5, f"{opening!r} says what the file's name says already"


@pytest.mark.parametrize(
    "folder", sorted({file.parent for file in SOURCES if (file.parent / "__init__.py").exists()})
)
def test_no_function_hides_its_module(folder: Path) -> None:
    package = ".".join(folder.relative_to(GENERATOR.parent).parts)
    names = [file.stem for file in folder.glob("*.py") if file.stem not in ("__init__", "__main__")]
    for name in names:
        import_module(f"{package}.{name}")
    within = import_module(package)
    assert [name for name in names if not isinstance(getattr(within, name), ModuleType)] == []


@pytest.mark.parametrize("file", [file for file in SOURCES if top(file) in STAGES], ids=name_of)
def test_stages_import_nothing_else_of_the_theme(file: Path) -> None:
    nodes = [node for node in ast.walk(TREES[file]) if isinstance(node, ast.ImportFrom)]
    modules = {
        node.module.split(".")[2] for node in nodes if (node.module or "").startswith("generator.theme.")
    }
    modules |= {alias.name for node in nodes if node.module == "generator.theme" for alias in node.names}
    assert modules <= SHARED_WITH_THEME


@pytest.mark.parametrize("module", sorted(SHARED_WITH_THEME))
def test_what_stages_share_with_the_theme_needs_no_more_than_the_theme_has(module: str) -> None:
    tree = ast.parse((GENERATOR / f"theme/{module}.py").read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    brought = {"yaml", "babel"}  # by MkDocs and Material
    assert {name.partition(".")[0] for name in found} - sys.stdlib_module_names <= brought | SHARED_WITH_THEME


def test_importing_the_program_makes_no_folder_and_loads_no_engine(tmp_path: Path) -> None:
    program = (
        "import sys, generator.build, generator.cli, generator.download\n"
        "heavy = {'argostranslate', 'ctranslate2', 'sentencepiece', 'numpy', 'trafilatura', 'feedparser'}\n"
        "heavy |= {'urllib3', 'protego', 'filelock'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(GENERATOR.parent), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", CALLERS, ids=lambda file: str(file.relative_to(GENERATOR.parent)))
def test_what_tests_and_benchmarks_take_from_the_program_is_there(file: Path) -> None:
    """Most benchmarks are run by hand, and a function that moves must not leave one behind unseen."""
    tree = ast.parse(file.read_text("utf-8"))
    modules: dict[str, ModuleType] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
            taken = {alias.name: alias.asname or alias.name for alias in node.names}
            found = __import__(node.module or "", fromlist=[*taken])
            assert [name for name in taken if not hasattr(found, name)] == []
            named = {own: getattr(found, name) for name, own in taken.items()}
            modules |= {own: value for own, value in named.items() if isinstance(value, ModuleType)}
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    read = [(node.value.id, node.attr) for node in asked if isinstance(node.value, ast.Name)]
    assert [both for both in read if both[0] in modules and not hasattr(modules[both[0]], both[1])] == []
