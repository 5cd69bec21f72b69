"""`digest init`: a new digest."""

from __future__ import annotations

from pathlib import Path

import click

from generator import config
from generator.cli.shared import Command, quiet_option


@click.command(
    cls=Command,
    epilog="""Example:
  digest init our-digest && cd our-digest && mkdocs build""",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@quiet_option
def init(folder: Path, quiet: bool) -> None:
    """Start a new digest in DIR, a new or an empty folder, with a sample article and its pages."""
    from generator import build
    from generator.cli import starter

    starter.start(folder)
    build.generate(config.load(folder / "mkdocs.yml"))
    if not quiet:
        click.echo(f"{folder}: a digest with a sample article; go there and run: digest serve")
