"""`digest add`: one command for files and web pages, since both become seeds in the same way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from generator import config
from generator.cli.shared import (
    Command,
    config_file_option,
    for_each,
    from_here,
    private_option,
    quiet_option,
)
from generator.model import DigestError


@click.command(
    "add",
    cls=Command,
    epilog="""Examples:
  digest add ~/Downloads/article.html
  digest add ~/articles                         a folder, with all folders below it
  digest add https://news.example/2026/11/story.html
  digest add https://news.example/feed.xml      a feed; each entry is an article
  digest add https://news.example/              a home page: the feed that it names
  digest add --list addresses.txt               one address or file a line
  find . -name '*.docx' | digest add -          the same from standard input""",
)
@click.argument("what", nargs=-1, metavar="FILE|FOLDER|URL|-...")
@click.option(
    "--list",
    "lists",
    type=click.File("r", "utf-8"),
    multiple=True,
    help="A file with an address or file a line.",
)
@click.option("--replace", is_flag=True, help="Overwrite what is there with other content.")
@private_option
@quiet_option
@config_file_option
def add_command(  # noqa: PLR0913, PLR0917  one parameter an option
    what: tuple[str, ...],
    lists: tuple[TextIO, ...],
    replace: bool,
    allow_private: tuple[str, ...],
    quiet: bool,
    config_file: Path,
) -> None:
    """Copy files into seeds/, or fetch pages and feeds into it, once.

    A page that was fetched before is fetched again only if its server says that it changed. Where no date is
    found, the day of adding is noted beside the seed.
    """
    from generator.download import Limits, Manners
    from generator.ingest.add import Adding

    if not what and not lists:
        raise click.UsageError("Name files, folders or addresses, or a list of them with --list.")
    seeds = config.load(config_file).seeds
    today = datetime.now(UTC).date()
    adding = Adding(seeds, Limits(private=frozenset(allow_private)), Manners(pause=1), today, replace)

    def add_one(named: tuple[str, str] | DigestError) -> None:
        if isinstance(named, DigestError):
            raise named
        result = adding.add(*named)
        if quiet:
            return
        path = from_here(str(result.path))
        if result.state == "known":
            click.echo(f"is there already as {path}: {named[0]}")
            return
        feed = f" (the feed {result.url} of that page)" if result.url else ""
        click.echo(f"{result.state}: {path}{feed}")
        if result.state != "unchanged" and not result.is_dated:
            noted = f"added {today} is noted; write `published:` into its sidecar if you know better"
            click.echo(f"{path}: no date found; {noted}")

    for_each(_named(what, lists, seeds), add_one)


def _named(
    what: tuple[str, ...], lists: tuple[TextIO, ...], seeds: Path
) -> Iterator[tuple[str, str] | DigestError]:
    """Return each file or address with its folder below the seeds folder, or why it can be no seed."""
    from generator.ingest.add import files_below, is_folder

    lines = [each for file in lists for each in _lines(file)]
    for target in (*what, *lines):
        if target == "-":
            yield from ((line, "") for line in _lines(sys.stdin))
        elif is_folder(target):
            found, faults = files_below(Path(target), seeds)
            yield from faults
            yield from ((str(file), below) for file, below in found)
        else:
            yield target, ""


def _lines(file: TextIO) -> list[str]:
    try:
        lines = [line.strip() for line in file.read().removeprefix("\ufeff").splitlines()]
    except UnicodeDecodeError as error:
        raise DigestError(f"{file.name}: is not UTF-8; convert it") from error
    return [line for line in lines if line and not line.startswith("#")]
