"""The handbook: its commands are run, its recipes tried, and nothing of the program is missing in it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from generator import config
from generator.build import Report
from generator.cli import main
from generator.ingest.metadata import KNOWN
from generator.ingest.readers import READERS
from generator.ingest.sources.fetch import fetch_counts
from generator.model import Article, Finding, KnownName, Link, Repair, Segment, Translation
from generator.storage.records import dump_record
from generator.theme.own_strings import read_own_strings
from tests.support.argos_package import archive
from tests.support.samples import ROOT, by_hand, translation
from tests.support.seeds import seed_read

HANDBOOK = ROOT / "handbook"


def blocks(document: str, kind: str) -> list[str]:
    text = (HANDBOOK / document).read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S)


def test_the_settings_of_sources_can_be_used(tmp_path: Path) -> None:
    (block,) = blocks("sources.md", "yaml")
    (tmp_path / "mkdocs.yml").write_text(block, "utf-8")
    sources = config.load(tmp_path / "mkdocs.yml").sources
    assert [source.name for source in sources] == ["", "", "The Other"]
    assert (sources[2].full_text, sources[2].max_age, sources[2].keep) == (True, 30, 90)
    default = config.Source("x")
    assert [name for name in default.__slots__ if getattr(sources[2], name) == getattr(default, name)] == []


@pytest.mark.parametrize("document", ["languages.md", "looks.md", "models.md", "scale.md", "settings.md"])
def test_settings_that_it_shows_are_read(document: str, tmp_path: Path) -> None:
    shown = [block for block in blocks(document, "yaml") if "extra:" in block]
    assert shown
    for block in shown:
        (tmp_path / "mkdocs.yml").write_text(block, "utf-8")
        config.load(tmp_path / "mkdocs.yml")


def test_the_words_that_it_shows_can_be_used(tmp_path: Path) -> None:
    (block,) = (block for block in blocks("looks.md", "yaml") if "about:" in block)
    (tmp_path / "en.yml").write_text(block, "utf-8")
    own, mistakes = read_own_strings(tmp_path)
    assert (mistakes, own["en"]["home"]) == ([], {"title": "What came in"})


def test_the_attributes_that_it_shows_are_those_of_a_new_digest() -> None:
    (block,) = blocks("editing.md", "gitattributes")
    written = (ROOT / "generator/data/starter/gitattributes").read_text("utf-8").splitlines()
    assert block.splitlines() == [line for line in written if line and not line.startswith("#")]


def test_units_of_systemd_are_valid(tmp_path: Path) -> None:
    service, timer = blocks("publishing.md", "ini")
    service = re.sub(r"^(Exec\w+=)\S+", rf"\g<1>{sys.executable}", service, flags=re.M)
    for name, text in (("digest.service", service), ("digest.timer", timer)):
        (tmp_path / name).write_text(text)
        units = configparser.ConfigParser(strict=True, interpolation=None)
        units.read_string(text)
        assert units.sections()[0] == "Unit"
    if shutil.which("systemd-analyze"):  # else their form alone is tried
        command = [
            "systemd-analyze",
            "verify",
            str(tmp_path / "digest.service"),
            str(tmp_path / "digest.timer"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert [line for line in done.stderr.splitlines() if "digest." in line] == []


def test_the_line_of_cron_is_one() -> None:
    (line,) = blocks("publishing.md", "cron")
    assert re.fullmatch(
        r"(\d+|\*) (\d+|\*) \* \* \* cd /srv/digest && \{ \.venv/bin/digest run --quiet; rsync .+; \}\n", line
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A command that a reader would type, and what the handbook says it prints."""

    command: str
    expected: str


def steps_of(document: str) -> Iterator[Step]:
    for block in blocks(document, "console"):
        for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.M):
            yield Step(command, expected)


def pattern_of(expected: str) -> str:
    """Return a regular expression in which `…` stands for anything, lines included."""
    return ".*".join(map(re.escape, expected.split("…")))


@pytest.mark.parametrize("document", ["models.md", "running.md", "start.md"])
def test_what_it_shows_happens(document: str, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    if document == "models.md":
        (folder / archive().name).symlink_to(archive())
    here = str(folder)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "ARGOS_PACKAGES_DIR": str(tmp_path / ".models"),
        "LC_ALL": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
    }
    (tmp_path / ".models").mkdir()
    for step in steps_of(document):
        shell = (
            f"cd {shlex.quote(here)} && {{ {step.command}\n}} 2>&1; code=$?; pwd >{tmp_path}/.pwd; exit $code"
        )
        done = subprocess.run(
            ["bash", "-c", shell], capture_output=True, text=True, check=False, env=environment
        )
        here = (tmp_path / ".pwd").read_text().strip()
        assert re.fullmatch(pattern_of(step.expected), done.stdout, re.S), f"{step.command}: {done.stdout}"
        assert "Traceback" not in done.stdout


def test_all_that_can_be_run_is_run() -> None:
    documents = {document.name for document in HANDBOOK.glob("*.md") if blocks(document.name, "console")}
    assert documents == {"models.md", "running.md", "start.md"}


def test_pages_made_of_the_program_are_as_it_is() -> None:
    command = [sys.executable, "handbook/reference.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_field_of_what_runs_print_for_scripts_is_told_of() -> None:
    told = (HANDBOOK / "running.md").read_text("utf-8")
    printed = [*asdict(Report()), *fetch_counts(()), "fetch", "generate", "built", "faults"]
    assert [name for name in printed if f"`{name}`" not in told] == []


def test_every_field_of_a_sidecar_is_told_of() -> None:
    told = (HANDBOOK / "seeds.md").read_text("utf-8")
    assert [name for name in sorted(KNOWN) if not re.search(rf"\b{name}\b", told)] == []
    assert [suffix for suffix in READERS if f"`{suffix}`" not in told] == []


def test_the_sidecar_that_it_shows_can_be_used(tmp_path: Path) -> None:
    (block,) = blocks("seeds.md", "yaml")
    text = "Before. The river city opened a station.\n\nPhoto by Anna.\n\nMenu\n\nIt rained. Read more here.\n"
    (article,), faults = seed_read(tmp_path, "a.txt", text, sidecar=block)
    assert faults == []
    assert article.paragraphs == ("The river city opened a station.", "It rained.")
    default = Article("", "", ())
    unset = [
        field.name for field in fields(article) if getattr(article, field.name) == getattr(default, field.name)
    ]
    assert unset == ["pictures", "archived"]  # the one is counted, the other is the default


@pytest.mark.parametrize("name", ["article", "digest-line"])
def test_schemas_are_schemas_and_name_each_field(name: str) -> None:
    schema = json.loads((HANDBOOK / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    parts = [schema, *schema["$defs"].values()]
    assert all(about.get("description") for part in parts for about in part["properties"].values())


def test_what_is_written_keeps_to_the_schemas() -> None:
    records = sorted(ROOT.glob("docs/en/articles/*/article.json"))
    assert records
    validate = validator("article")
    for record in records:
        validate(json.loads(record.read_text("utf-8")))
    validate(json.loads(dump_record(with_everything())))
    for line in (ROOT / "docs/digest.jsonl").read_text("utf-8").splitlines():
        validator("digest-line")(json.loads(line))


def validator(name: str) -> Callable[[object], None]:
    schema = json.loads((HANDBOOK / f"{name}.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema).validate


def with_everything() -> Translation:
    """Return a translation in whose record no optional field is missing."""
    each = translation("a", "zh", [[by_hand("句子。", "A sentence.")]], pictures=2, url="https://e.org/a")
    article = replace(
        each.digest.document.article,
        **dict.fromkeys(("published", "added"), "2026-11-27"),
        **dict.fromkeys(("author", "source", "licence"), "x"),
        **dict.fromkeys(("topics", "changes", "aliases", "also"), ("x",)),
        archived=True,
    )
    sentence = replace(each.digest.document.sentences[0], repairs=(Repair(0, 1, "句"),))
    document = replace(each.digest.document, article=article, sentences=(sentence,))
    segment = Segment(
        "句子。", "A sentence.", "machine", "argos:zh-en|1.9|x", -0.1, (Finding("length", "x"),), links=(Link(0, 2, 0, 1),),
        mended=("quotes",),
    )  # fmt: skip
    names = (KnownName(("句",), ("A",), "name"),)
    return replace(each, digest=replace(each.digest, document=document), segments=(segment,), names=names)


def test_its_pages_are_all_in_the_contents_and_lead_nowhere_wrong(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-q",
        "-f",
        "handbook.yml",
        "-d",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (tmp_path / "article.schema.json").is_file()


def test_every_command_and_option_that_it_names_is_there() -> None:
    for document in sorted(HANDBOOK.glob("*.md")):
        for name, option in re.findall(r"\bdigest ([a-z]+)[^`\n#]*?(--[a-z-]+)", document.read_text("utf-8")):
            command = main.commands[name]
            shown = CliRunner().invoke(command, ["--help"]).stdout
            for inner in getattr(command, "commands", {}).values():
                shown += CliRunner().invoke(inner, ["--help"]).stdout
            assert option in shown, f"{document.name}: digest {name} {option}"
