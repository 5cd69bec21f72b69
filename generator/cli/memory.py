"""`digest memory` and `digest review`: translators have their own programs, so segments go there and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import config
from generator.cli.shared import FAILED, Command, complain, config_file_option, counted

_file = click.argument("file", type=click.Path(path_type=Path))


@click.group("memory")
def memory_group() -> None:
    """Carry reviewed translations to and from other programs."""


@memory_group.command(
    "export",
    cls=Command,
    epilog="""Examples:
  digest memory export reviewed.tmx
  digest memory export reviewed.xlf""",
)
@_file
@config_file_option
def export_command(file: Path, config_file: Path) -> None:
    """Write every reviewed segment into FILE: TMX 1.4b, or XLIFF 1.2 for .xlf and .xliff."""
    from generator.review import exchange

    count = exchange.export_reviewed(config.load(config_file), file)
    reviewed = counted(count, "reviewed segment")
    click.echo(f"{file}: {reviewed}" if count else "nothing is reviewed; nothing was written")


@memory_group.command(
    "import",
    cls=Command,
    epilog="""Examples:
  digest memory import review.xlf && digest generate
  digest memory import project_save.tmx""",
)
@_file
@click.option(
    "--unchanged",
    is_flag=True,
    help="Take machine translations that came back unchanged, too, whatever program marked them.",
)
@config_file_option
def import_command(file: Path, unchanged: bool, config_file: Path) -> None:
    """Take what people confirmed in FILE into the memory.

    Of XLIFF 1.2, segments that are translated, signed off, final or approved; of TMX, all.
    """
    from generator.review import exchange

    taken = exchange.import_reviewed(config.load(config_file), file, unchanged=unchanged)
    parts = [f"{file}: {taken.new} new, {taken.changed} changed, {taken.known} known already"]
    parts += [f"{taken.unconfirmed} not confirmed"] if taken.unconfirmed else []
    parts += [f"{taken.foreign} of other languages"] if taken.foreign else []
    click.echo(", ".join(parts))
    if taken.doubtful:
        complain(
            f"{file}: left out {counted(taken.doubtful, 'machine translation')} that came back unchanged, "
            "since a program may have marked what nobody read; if someone did, add --unchanged"
        )
        sys.exit(FAILED)


@click.command(
    "review",
    cls=Command,
    epilog="""Examples:
  digest review review.xlf              for Weblate and other programs
  digest review review.xlf --omegat""",
)
@_file
@click.option(
    "--omegat", is_flag=True, help="Put suggestions into notes: OmegaT takes every target for settled."
)
@config_file_option
def review_command(file: Path, omegat: bool, config_file: Path) -> None:
    """Write what waits for a person into FILE, XLIFF 1.2: machine-made, flagged and untranslated segments.

    Similar reviewed segments are offered beside them. Bring it back with: digest memory import FILE
    """
    from generator.review import exchange

    waiting = exchange.export_for_review(config.load(config_file), file, notes_only=omegat)
    if not waiting.articles:
        click.echo("nothing waits for review; nothing was written")
        return
    click.echo(
        f"{file}: {counted(waiting.machine + waiting.untranslated, 'segment')} of "
        f"{counted(waiting.articles, 'article')}, "
        f"{waiting.machine} machine-translated ({waiting.flagged} flagged), "
        f"{waiting.untranslated} not translated"
    )
