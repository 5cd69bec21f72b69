"""The handbook's recipes: what can be tried of them is, with the text that people copy."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from generator import config
from generator.cli import main
from tests.support.samples import ROOT

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


def test_every_command_and_option_that_it_names_is_there() -> None:
    for document in sorted(HANDBOOK.glob("*.md")):
        for name, option in re.findall(r"\bdigest ([a-z]+)[^`\n#]*?(--[a-z-]+)", document.read_text("utf-8")):
            command = main.commands[name]
            shown = CliRunner().invoke(command, ["--help"]).stdout
            for inner in getattr(command, "commands", {}).values():
                shown += CliRunner().invoke(inner, ["--help"]).stdout
            assert option in shown, f"{document.name}: digest {name} {option}"
