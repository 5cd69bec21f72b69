"""`digest export`: the whole digest in one file, of all its articles; pages offer the newest alone."""

from __future__ import annotations

from pathlib import Path

import click

from generator import config
from generator.cli.shared import Command, ListedCommands, config_file_option, counted

_path = click.Path(path_type=Path)


@click.group("export", cls=ListedCommands)
def export_group() -> None:
    """Write the whole digest, as generated, into one file."""


@export_group.command(
    "epub",
    cls=Command,
    epilog="""Examples:
  digest export epub
  digest export epub week.epub --newest 20
  digest export epub ar.epub --language ar""",
)
@click.argument("file", type=_path, default=Path("digest.epub"))
@click.option("--language", metavar="CODE", help="Of contents and notes; the digest's by default.")
@click.option("--newest", type=click.IntRange(min=1), metavar="N", help="Only so many articles.")
@config_file_option
def epub_command(file: Path, language: str | None, newest: int | None, config_file: Path) -> None:
    """Write a book, EPUB 3: each article a chapter, sentence beside sentence, newest first."""
    from generator import export

    count = export.export_epub(config.load(config_file), file, language, newest)
    said = f"{file}: {counted(count, 'article')}" if count else "there are no articles; nothing was written"
    click.echo(said)


@export_group.command("tmx", cls=Command, epilog="Example:\n  digest export tmx everything.tmx")
@click.argument("file", type=_path, default=Path("digest.tmx"))
@config_file_option
def tmx_command(file: Path, config_file: Path) -> None:
    """Write every translated sentence, TMX 1.4b, with who translated it: people or which machine.

    For what people settled alone: digest memory export FILE
    """
    from generator import export

    count = export.export_tmx(config.load(config_file), file)
    said = f"{file}: {counted(count, 'segment')}" if count else "nothing is translated; nothing was written"
    click.echo(said)
