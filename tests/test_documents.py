"""Documents name what there is: files, functions, commands; and the architecture stays on two screens."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest

from generator.cli import main

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "benchmarks/RESULTS.md")
TECHNICAL = DOCUMENTS[1:]
"""Those that speak of the program and not of a digest that somebody has."""

OF_A_DIGEST = {"models.lock", ".cache/", "article.json", "digest.jsonl"}
"""Files that a run makes, where it needs them."""
OF_OTHERS = {"PYTHONPATH", "MALLOC_TRIM_THRESHOLD_", "NO_MKDOCS_2_WARNING"}
"""Names that belong to the environment or to other programs."""


def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def spans(document: str) -> list[str]:
    """Return what stands between backticks, blocks of code left out."""
    prose = re.sub(r"^ *```.*?^ *```$", "", text_of(document), flags=re.M | re.S)
    return re.findall(r"`([^`]+)`", prose)


@cache
def code() -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(GENERATOR.rglob("*.py")))


def is_there(path: str) -> bool:
    """Return whether a path is below the project or the program; a folder's name ends in a slash."""
    found = [place / path for place in (ROOT, GENERATOR) if (place / path).exists()]
    return any(place.is_dir() or not path.endswith("/") for place in found)


def is_defined(name: str) -> bool:
    """Return whether `module.function`, `package.Class` or `Class.method` names something in the program."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = GENERATOR.joinpath(*parts[:length])
        if module.with_suffix(".py").exists() or (module / "__init__.py").exists():
            found: object = import_module(".".join(["generator", *parts[:length]]))
            for part in parts[length:]:
                found = getattr(found, part, None)
            return found is not None
    owner, member = parts[0], parts[-1]
    body = re.search(rf"^class {owner}\b.*?(?=^\S|\Z)", code(), re.M | re.S)
    return body is not None and re.search(rf"^    (?:def )?{member}\b", body[0], re.M) is not None


PATH = (
    r"\.?[\w-]+(?:/[\w.-]+)*/|(?:[\w.-]+/)*[\w.-]+\.(?:py|md|ya?ml|json|jsonl|tsv|csv|txt|html|lock|tmx|toml)"
)
DOTTED = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+"
NAME = r"[A-Z]\w*[a-z]\w*|[A-Z][A-Z_]{4,}"
"""A class or a constant."""
GIVEN = r"(?:[\w-]+\.)+(?:jsonl|tsv|txt)"
"""A file that a command of a benchmark is given."""


@pytest.mark.parametrize("document", TECHNICAL)
def test_documents_name_files_that_there_are(document: str) -> None:
    named = {span for span in spans(document) if re.fullmatch(PATH, span)} - OF_A_DIGEST
    if document == "benchmarks/RESULTS.md":
        named = {path for path in named if not re.fullmatch(GIVEN, path)}
    assert len(named) > 2
    assert [path for path in sorted(named) if not is_there(path)] == []


@pytest.mark.parametrize("document", TECHNICAL)
def test_documents_name_functions_and_classes_that_there_are(document: str) -> None:
    named = [span for span in spans(document) if not re.fullmatch(PATH, span)]
    dotted = {span for span in named if re.fullmatch(DOTTED, span)}
    assert [name for name in sorted(dotted) if not is_defined(name)] == []
    single = {span for span in named if re.fullmatch(NAME, span)} - OF_OTHERS
    defined = {name for name in single if re.search(rf"^ *(?:class |def )?{name}\b[ :=(]", code(), re.M)}
    assert single - defined == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_link_to_files_that_there_are(document: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(document))
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_of_benchmarks_and_tests_are_there(document: str) -> None:
    files = re.findall(r"\b(?:benchmarks|tests)/[\w/]+(?:\.\w+)?", text_of(document))
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_every_benchmark_has_its_results() -> None:
    results = text_of("benchmarks/RESULTS.md")
    makers = {
        "make_lexicon.py",
        "make_number_words.py",
        "train_summarizer.py",
    }  # they write data of the program
    measuring = {file.name for file in (ROOT / "benchmarks").glob("*.py")} - makers
    assert {name for name in measuring if f"benchmarks/{name}" not in results} == set()


def test_the_readme_tells_of_every_command_and_of_no_other() -> None:
    told = set(re.findall(r"\bdigest ([a-z]+)", " ".join(spans("README.md")) + blocks("README.md")))
    assert told == set(main.list_commands(click.Context(main)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_options_of_commands_are_there(document: str) -> None:
    told = re.findall(r"\bdigest ([a-z]+)[^`\n#]*?(--[a-z-]+)", text_of(document))
    unknown = [(name, option) for name, option in told if option not in options_of(main.commands[name])]
    assert unknown == []


def options_of(command: click.Command) -> set[str]:
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union(*map(options_of, inner))


def blocks(document: str) -> str:
    return "\n".join(re.findall(r"^ *```\w*\n(.*?)^ *```$", text_of(document), re.M | re.S))


def test_the_tree_shows_every_package_and_module_at_the_root() -> None:
    (tree,) = (block for block in blocks("ARCHITECTURE.md").split("generator/\n")[1:])
    shown = re.findall(r"^  ([\w/.]+)  |(?<=; )(\w+\.py):", tree, re.M)
    there = {path.name + "/" * path.is_dir() for path in GENERATOR.iterdir() if path.name != "__pycache__"}
    assert {first or second for first, second in shown} == there


def test_the_architecture_stays_on_two_screens() -> None:
    lines = text_of("ARCHITECTURE.md").splitlines()
    assert len(lines) < 130
    assert max(map(len, lines)) <= 112


def test_the_program_opens_with_a_map_of_its_packages() -> None:
    packages = {file.parent.name for file in GENERATOR.glob("*/__init__.py")} | {"theme"}
    program = import_module("generator")
    assert set(re.findall(r"^- `(\w+)`:", program.__doc__ or "", re.M)) == packages
