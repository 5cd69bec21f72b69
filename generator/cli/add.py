"""`digest add`: one command for files and web pages, since both become seeds in the same way."""

from __future__ import annotations

from pathlib import Path

import click

from generator import config
from generator.cli.shared import Command, config_file_option, for_each, quiet_option


@click.command(
    "add",
    cls=Command,
    epilog="""Examples:
  digest add ~/Downloads/article.html
  digest add https://news.example/2026/11/story.html
  digest add https://news.example/feed.xml      a feed; each entry is an article""",
)
@click.argument("what", nargs=-1, required=True, metavar="FILE|URL...")
@click.option(
    "--allow-private",
    metavar="HOST",
    multiple=True,
    help="Fetch from this host though it has an address of this machine or its network.",
)
@quiet_option
@config_file_option
def add_command(what: tuple[str, ...], allow_private: tuple[str, ...], quiet: bool, config_file: Path) -> None:
    """Copy files into seeds/, or fetch pages and feeds into it, once.

    A page that was fetched before is fetched again only if its server says that it changed.
    """
    from generator.download import Limits
    from generator.ingest.add import add_seed

    seeds = config.load(config_file).seeds
    limits = Limits(private=frozenset(allow_private))

    def add_one(target: str) -> None:
        result = add_seed(target, seeds, limits)
        if not quiet:
            click.echo(f"{result.state}: {result.path}")

    for_each(what, add_one)
