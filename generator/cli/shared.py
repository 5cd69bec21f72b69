"""What every command shares, so that all tell mistakes, progress and outcomes alike."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.model import DigestError

if TYPE_CHECKING:
    from generator.build import Report
    from generator.config import Settings

_Item = TypeVar("_Item")
FAILED = 1
"""Exit code: something was left out; the lines on standard error say what and the way out."""
INTERRUPTED = 130

EXIT_CODES = """
Exit codes:
  0    all went well
  1    something was left out or failed; one line each on standard error
  2    the command line is wrong
  130  interrupted; what was written stays, and the next run goes on from there"""


class Command(click.Command):
    """Keeps examples and exit codes as they were written."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the exit codes."""
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write(f"{self.epilog or ''}\n{EXIT_CODES}\n")


class ListedCommands(click.Group):
    """Lists its commands, each with its first sentence as a whole, which click would cut."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write names and first sentences."""
        commands = sorted(self.commands.items())
        told = [(name, command.get_short_help_str(limit=200)) for name, command in commands]
        with formatter.section("Commands"):
            formatter.write_dl(told)


class CommandGroup(ListedCommands):
    """Turns what a user caused into one line and an exit code, in every command below it."""

    def main(self, *arguments: Any, **keywords: Any) -> Any:
        """Run, and never show a traceback for what a user caused."""
        logging.getLogger("generator").handlers = [_Complaints()]
        try:
            return super().main(*arguments, **keywords)
        except DigestError as error:
            complain(str(error))
            sys.exit(FAILED)

    def invoke(self, ctx: click.Context) -> Any:
        """Give an interruption its own exit code, which click would make 1."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("interrupted; what was written stays, and the next run goes on from there")
            sys.exit(INTERRUPTED)


class _Complaints(logging.Handler):
    """Shows what is said of the machine, such as that its GPU fails, as all other lines are shown."""

    def emit(self, record: logging.LogRecord) -> None:
        complain(record.getMessage())


def complain(line: str) -> None:
    """Show a line on standard error, on one line each whatever it holds."""
    for part in line.split("\n"):
        click.echo(f"digest: {from_here(part)}", err=True)


def from_here(text: str) -> str:
    """Return a text that names files below the current folder from there, as the user would type them."""
    return text.replace(f"{Path.cwd()}{os.sep}", "")


config_file_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The digest's MkDocs configuration.",
)
strict_option = click.option("--strict", is_flag=True, help="Fail when a sentence stays without translation.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong.")
jsonl_option = click.option("--jsonl", is_flag=True, help="Read and write one JSON object a line.")
private_option = click.option(
    "--allow-private",
    metavar="HOST",
    multiple=True,
    help="Fetch from this host though it has an address of this machine or its network.",
)
language_option = click.option("--language", metavar="CODE", help="The language; identified when not given.")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts, `one` with an s where nothing is said of `many`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def way_out(pairs: Iterable[str], why: str = "") -> str:
    """Name the missing language pairs, why there is no model where that is known, and what installs one."""
    from generator.models.packages import damage_of

    missing = sorted(pairs)
    names = " ".join(missing)
    why = why or "; ".join(filter(None, map(damage_of, missing)))
    reason = f" ({why})" if why else ""
    return f"no model is installed for {names}{reason}; install with: digest models install {names}"


def tell_corrections(report: Report, *, quiet: bool) -> None:
    """Say what a run took over from pages, what it kept aside, even if `quiet`, and which articles went."""
    for line in report.corrections:
        if any(copy in line for copy in report.kept):
            complain(line)
        elif not quiet:
            click.echo(line)
    for line in () if quiet else report.removals:
        click.echo(line)


def for_each(items: Iterable[_Item], do: Callable[[_Item], None]) -> None:
    """Do something with each item; a `DigestError` is printed and the next item tried.

    Exits with `FAILED` if there was one.
    """
    failed = False
    for item in items:
        try:
            do(item)
        except DigestError as error:
            complain(str(error))
            failed = True
    if failed:
        sys.exit(FAILED)


def install_one(settings: Settings, name: str, *, accept: bool = False, quiet: bool = False) -> None:
    """Install one model and say so; raises `DigestError` as `models.install_model` does."""
    from generator.models import install_model

    with bars(quiet) as show:
        package = install_model(name, settings.lock, accept=accept, progress=partial(show, Path(name).name))
    if not quiet:
        click.echo(f"installed {package.name}")


@contextmanager
def bars(quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """Return a function that shows progress on standard error, where a terminal is: a bar for each stage."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    with ExitStack() as last:
        stages: dict[str, Any] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                last.close()
                made = click.progressbar(length=1, label=stage, file=sys.stderr, show_pos=True)
                stages[stage] = last.enter_context(made)
            shown = stages[stage]
            shown.length = max(total or 0, done, 1)
            shown.update(done - shown.pos)

        yield show


@contextmanager
def until_interrupted() -> Iterator[Callable[[], bool]]:
    """Return a function that tells whether nobody has pressed Ctrl-C yet; a second press stops at once."""
    pressed = False

    def press(number: int, frame: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: not pressed
    finally:
        signal.signal(signal.SIGINT, before)
