"""`digest init`: a new digest with a sample article, so that a page can be seen before anything is set up."""

from __future__ import annotations

from pathlib import Path

import click

from generator import config
from generator.cli.shared import Command, quiet_option
from generator.model import DigestError
from generator.storage.files import unwritable, write_file

STARTER = Path(__file__).parent.parent / "data" / "starter"
PLACES = {
    "README.md": "README.md",
    "ar-en.tmx": "memory/ar-en.tmx",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
    "mkdocs.yml": "mkdocs.yml",
    "welcome.txt": "seeds/welcome.txt",
    "welcome.yml": "seeds/welcome.yml",
}
"""Where the starter's files belong in a digest. No dot begins a name here: packages leave such files out."""


@click.command(
    "init",
    cls=Command,
    epilog="""Example:
  digest init our-digest && cd our-digest && mkdocs build""",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@quiet_option
def init_command(folder: Path, quiet: bool) -> None:
    """Start a new digest in DIR, a new or an empty folder, with a sample article and its pages."""
    from generator import build

    lay_out(folder)
    build.generate(config.load(folder / "mkdocs.yml"))
    if not quiet:
        click.echo(f"{folder}: a digest with a sample article; go there and run: digest serve")


def lay_out(folder: Path) -> None:
    """Put the starter's files into a folder, ready to be generated.

    Raises `DigestError` where `folder` is a file, holds anything already, or cannot be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise DigestError(f"{folder}: is a file; name a new or an empty folder")
        if folder.is_dir() and any(folder.iterdir()):
            raise DigestError(f"{folder}: is not empty; name a new or an empty folder")
    except OSError as error:
        raise unwritable(folder, error) from error
    for name, place in PLACES.items():
        write_file(folder / place, (STARTER / name).read_bytes())
