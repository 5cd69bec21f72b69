"""Writes the handbook's pages that are made of the program itself, so that they cannot go stale.

Run: python handbook/reference.py [--check]. The tests run it with --check, `make handbook` without.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.cli import main
from generator.cli.shared import EXIT_CODES
from generator.config import SETTINGS, SOURCE_SETTINGS, Setting
from generator.theme.looks import FOLLOWED, NOT_FOLLOWED

HERE = Path(__file__).parent


def commands() -> str:
    """Return a chapter with each command as its `--help` tells it."""
    lines = [
        "# Commands",
        "",
        "What `digest COMMAND --help` says. All take `--help`, and all end with one of these codes:",
        "",
        "```text",
        *EXIT_CODES.strip().splitlines()[1:],
        "```",
    ]
    for name, command in _walk("digest", main):
        lines += ["", f"## {name}", "", *_help(name, command)]
    return "\n".join(lines) + "\n"


def _walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for inner in sorted(command.commands):
        yield from _walk(f"{name} {inner}", command.commands[inner])


def _help(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    shown = command.get_help(context).replace(EXIT_CODES, "").strip()
    yield from ("```text", *(line.rstrip() for line in shown.splitlines()), "```")


def formats() -> str:
    """Return the chapter on file formats with the fields of each schema in tables."""
    text = (HERE / "formats.md").read_text("utf-8")
    for name in ("article", "digest-line"):
        schema = json.loads((HERE / f"{name}.schema.json").read_text("utf-8"))
        begin, end = f"<!-- fields of {name} -->\n", f"<!-- end of {name} -->"
        before, rest = text.split(begin)
        text = before + begin + "\n" + "\n".join(_fields(schema)) + "\n\n" + end + rest.split(end)[1]
    return text


def _fields(schema: dict[str, Any]) -> Iterator[str]:
    yield from _table(schema, "")
    for name, part in schema["$defs"].items():
        yield from ("", f"Of each {name}:", "")
        yield from _table(part, name)


def _table(part: dict[str, Any], name: str) -> Iterator[str]:
    yield from ("| field | holds |", "|---|---|")
    for field, about in part["properties"].items():
        optional = "" if field in part["required"] else " *May be missing.*"
        yield f"| `{field}` | {about['description']}{optional} |"


def settings() -> str:
    """Return the chapter on settings with a row for each that the program and the theme know."""
    lines = [
        "# Settings",
        "",
        "All of them stand in `mkdocs.yml`. `digest` and `mkdocs build` name a mistake in one line each.",
        "",
        "## The digest: `extra.digest`",
        "",
        "```yaml",
        "extra:",
        "  digest:",
        "    quality: best",
        "    summary: {share: 0.1}   # the table calls it summary.share",
        "```",
        "",
        *_settings(SETTINGS),
        "| `sources` | a list | [] | What `digest fetch` asks; see below, and [Sources](sources.md). |",
        "",
        "## Each of `extra.digest.sources`",
        "",
        "An address alone, or a mapping:",
        "",
        *_settings(SOURCE_SETTINGS),
        "",
        "## MkDocs and Material",
        "",
        "Our pages follow these; examples are in [Looks](looks.md).",
        "",
        "| setting | does |",
        "|---|---|",
        *(f"| `{name}` | {tells} |" for name, tells in FOLLOWED.items()),
        "",
        "`site_name`, `site_url`, `docs_dir`, `site_dir` and the rest of MkDocs' own mean what they always do.",
        "Feeds, the sitemap and links between languages need `site_url`.",
        "",
        "These have no effect. A build warns of them, and `--strict` makes that a failure:",
        "",
        "| setting | why, or what to do instead |",
        "|---|---|",
        *(f"| `{name}` | {why} |" for name, why in NOT_FOLLOWED.items()),
    ]
    return "\n".join(lines) + "\n"


def _settings(table: Mapping[str, Setting]) -> Iterator[str]:
    yield from ("| setting | must be | default | does |", "|---|---|---|---|")
    for name, setting in table.items():
        yield f"| `{name}` | {setting.allowed} | {setting.default} | {setting.tells} |"


PAGES = {"commands.md": commands, "formats.md": formats, "settings.md": settings}

if __name__ == "__main__":
    stale = []
    for page, made in PAGES.items():
        content = made()
        if "--check" not in sys.argv:
            (HERE / page).write_text(content, "utf-8")
        elif (HERE / page).read_text("utf-8") != content:
            stale.append(page)
    if stale:
        sys.exit(f"{', '.join(stale)}: not as the program is now; run python handbook/reference.py")
