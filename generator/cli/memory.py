"""`digest memory` and `digest review`: translators have their own programs, so segments go there and back."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import config
from generator.cli.shared import (
    FAILED,
    Command,
    ListedCommands,
    complain,
    config_file_option,
    counted,
    from_here,
)

if TYPE_CHECKING:
    from generator.review.exchange import Taken
    from generator.review.history import Entry, Version

_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_TMX_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ")
_file = click.argument("file", type=click.Path(path_type=Path))


@click.group("memory", cls=ListedCommands)
def memory_group() -> None:
    """Look into the memory, undo what changed it, and exchange it with other programs."""


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
@click.option(
    "--by", metavar="NAME", default="", help="Who translated, where FILE does not say: git's user.name."
)
@click.option("--replace", is_flag=True, help="Succeed where reviewed translations are replaced: it is meant.")
@click.option("--dry-run", is_flag=True, help="List what is new, changed and refused; change nothing.")
@_json_option
@config_file_option
def import_command(  # noqa: PLR0913, PLR0917  one parameter an option
    file: Path, unchanged: bool, by: str, replace: bool, dry_run: bool, as_json: bool, config_file: Path
) -> None:
    """Take what people confirmed in FILE into the memory.

    Of XLIFF 1.2, segments that are translated, signed off, final or approved; of TMX, all that are marked
    neither as drafts nor as a machine's. What replaces a reviewed translation is listed, makes the command
    fail unless you say --replace, and stays in memory/replaced/: `memory undo` brings it back. Where FILE gives
    a sentence two translations, neither is taken.
    """
    from generator.review import exchange

    taken = exchange.import_reviewed(
        config.load(config_file), file, unchanged=unchanged, by=by, dry_run=dry_run
    )
    if as_json:
        lists = {
            name: [change._asdict() for change in getattr(taken, name)] for name in ("additions", "changes")
        }
        click.echo(json.dumps(asdict(taken) | lists, ensure_ascii=False))
    else:
        for change in [*(taken.additions if dry_run else ()), *taken.changes]:
            click.echo(change.line())
        click.echo(_summary(taken, file) + (" (nothing was changed)" if dry_run else ""))
    for line in taken.refused:
        complain(line)
    if taken.stateless and not as_json:
        click.echo(
            f'{file}: to confirm a translation, give its target the state translated (state="translated") '
            'or approve its unit (approved="yes"), and import the file again'
        )
    if taken.doubtful:
        complain(
            f"{file}: left out {counted(taken.doubtful, 'machine translation')} that came back unchanged, "
            "since a program may have marked what nobody read; if someone did, add --unchanged"
        )
    if taken.doubtful or taken.refused or (taken.changes and not replace):
        sys.exit(FAILED)


def _summary(taken: Taken, file: Path) -> str:
    parts = [f"{file}: {taken.new} new, {taken.changed} changed, {taken.known} known already"]
    parts += [f"{taken.unconfirmed} not confirmed"] if taken.unconfirmed else []
    parts += [f"{taken.foreign} of other languages"] if taken.foreign else []
    parts += [f"{len(taken.refused)} refused"] if taken.refused else []
    return ", ".join(parts)


@memory_group.command(
    "show",
    cls=Command,
    epilog="""Examples:
  digest memory show "Peace be upon you."
  digest memory show Stoltenberg --json""",
)
@click.argument("sentence")
@_json_option
@config_file_option
def show_command(sentence: str, as_json: bool, config_file: Path) -> None:
    """Show what the memory says of SENTENCE, a source, a translation, or a part of one.

    And who said so and when, which articles show it, and what it said before.
    """
    from generator.review import history

    found = history.find(config.load(config_file), sentence)
    if as_json:
        click.echo(json.dumps([_as_object(entry) for entry in found], ensure_ascii=False))
        return
    for entry in found:
        click.echo(entry.source + (f"  (in {entry.article} alone)" if entry.article else ""))
        click.echo(f"  now     {_said(entry.now)}" if entry.now else "  now     left to the machine")
        for version in reversed(entry.before):
            click.echo(f"  before  {_said(version)}")
        for note in entry.notes:
            click.echo(f"  note    {' '.join(note.split())}")
        if entry.used:
            click.echo(f"  used    {', '.join(entry.used)}")


def _as_object(entry: Entry) -> dict[str, object]:
    now = entry.now._asdict() if entry.now else None
    return asdict(entry) | {"now": now, "before": [version._asdict() for version in entry.before]}


def _said(version: Version) -> str:
    when = _TMX_DATE.sub(r"\1-\2-\3 \4:\5 UTC", version.date)
    by = ", ".join(filter(None, (version.name, when)))
    return " ".join(version.target.split()) + (f"  ({by})" if by else "")


@memory_group.command(
    "undo",
    cls=Command,
    epilog="""Example:
  digest memory undo "Peace be upon you." && digest generate""",
)
@click.argument("sentence")
@click.option("--article", metavar="SLUG", help="Undo what holds in this article alone; '' for all the others.")
@config_file_option
def undo_command(sentence: str, article: str | None, config_file: Path) -> None:
    """Bring back what the memory said of SENTENCE before, or leave it to the machine again.

    Undone twice, it is as it was.
    """
    from generator.review import history

    click.echo(from_here(history.undo(config.load(config_file), sentence, article)))


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
