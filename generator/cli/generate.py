"""`digest generate` and `digest render`: how a run is asked for, watched, interrupted and reported."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import config
from generator.cli.shared import (
    FAILED,
    INTERRUPTED,
    Command,
    bars,
    complain,
    config_file_option,
    counted,
    install_one,
    quiet_option,
    strict_option,
    tell_corrections,
    until_interrupted,
    way_out,
)
from generator.model import DigestError

if TYPE_CHECKING:
    from generator.build import Report
    from generator.config import Settings
    from generator.translate.executor import TranslationExecutor


@click.command(
    "generate",
    cls=Command,
    epilog="""Examples:
  digest generate && mkdocs build
  digest generate --strict --json
  digest generate --no-memory      what the machine alone would give
  digest generate --again          machines translate anew what they translated before""",
)
@config_file_option
@strict_option
@click.option("--no-memory", is_flag=True, help="Ignore the reviewed translations.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Translate on the workers of a Dask cluster, such as tcp://host:8786; for trusted networks only.",
)
@click.option(
    "--allow-removals", is_flag=True, help="Go on where most articles have lost their seeds: their pages go."
)
@click.option("--by", metavar="NAME", default="", help="Who corrected pages; else git's user.name, if any.")
@click.option("--again", is_flag=True, help="Let machines translate anew: the articles named, or else all.")
@click.option(
    "--install", is_flag=True, help="Install the models that articles wait for, if the network allows."
)
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@quiet_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def generate_command(  # noqa: PLR0913, PLR0917  one parameter an option
    config_file: Path,
    strict: bool,
    no_memory: bool,
    scheduler: str | None,
    allow_removals: bool,
    by: str,
    again: bool,
    install: bool,
    articles: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Read seeds/, translate what is new, write the pages under docs/.

    With --again machine translations are made anew, in all articles or in those named as their addresses do.
    With --install the Argos index is asked for models that articles wait for; without a network a line says so.
    """
    from generator import build

    if articles and not again:
        raise click.UsageError(f"Articles are named with --again: digest generate --again {articles[0]}")

    settings = config.load(config_file)

    def run() -> Report:
        with bars(quiet or as_json) as progress, until_interrupted() as wanted:
            made = build.generate(
                settings,
                use_memory=not no_memory,
                allow_removals=allow_removals,
                by=by,
                progress=progress,
                wanted=wanted,
                again=articles if again else None,
                executor=_cluster(scheduler) if scheduler is not None else None,
            )
        tell_corrections(made, quiet=quiet or as_json)
        return made

    try:
        report, why_not = run_with_models(settings, run, install=install, quiet=quiet or as_json)
    except build.Interrupted as stop:
        left = counted(stop.left, "article is", "articles are")
        complain(f"interrupted; {left} left, and the next run goes on from there")
        sys.stderr.flush()
        os._exit(INTERRUPTED)  # nobody needs what an engine may still be decoding, for seconds
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    elif not quiet:
        for line in () if report.unchanged else report.notices:
            click.echo(line)
        click.echo(run_summary(report))
        if report.other_settings and not report.unchanged:
            some = counted(report.other_settings, "sentence was", "sentences were")
            click.echo(f"{some} translated with other settings; digest generate --again translates anew")
    for problem in report.problems:
        complain(problem)
    undone = again and report.outdated > 0
    if report.missing and not scheduler and (strict or undone or not quiet):
        stays = f"{counted(report.outdated, 'sentence stays', 'sentences stay')} as translated before: "
        complain((stays if report.outdated else "") + way_out(report.missing, why_not))
    if report.problems or undone or (report.untranslated and strict) or (report.missing and scheduler):
        sys.exit(FAILED)


@click.command("render", cls=Command, epilog="Example:\n  digest render && mkdocs build")
@config_file_option
@quiet_option
def render_command(config_file: Path, quiet: bool) -> None:
    """Write every page again from its record alone: no seeds, memory or model needed."""
    from generator import build

    with bars(quiet) as progress:
        report = build.render_again(config.load(config_file), progress)
    if not quiet:
        click.echo(run_summary(report))
    for problem in report.problems:
        complain(problem)
    if report.problems:
        sys.exit(FAILED)


def run_with_models(
    settings: Settings, run: Callable[[], Report], *, install: bool, quiet: bool
) -> tuple[Report, str]:
    """Run, and if wanted once more with the models that articles wait for.

    Return what was done in all, and why not all models came.
    """
    report, why_not = run(), ""
    if install and report.missing:
        why_not, installed = _install_missing(settings, report.missing, quiet=quiet)
        report = run().after(report) if installed else report
    return report, why_not


def _install_missing(settings: Settings, missing: list[str], *, quiet: bool) -> tuple[str, bool]:
    """Install what translates pairs that wait; return why that is not all, and whether anything is new."""
    from generator.models import index, pairs_to_install

    reasons: list[str] = []
    try:
        pairs = pairs_to_install(missing, settings.lock, limits=index.HASTY)
    except DigestError as error:
        return str(error), False
    for pair in pairs:
        try:
            install_one(settings, pair, quiet=quiet)
        except DigestError as error:
            reasons.append(str(error))
    return "; ".join(reasons), len(reasons) < len(pairs)


def _cluster(address: str) -> TranslationExecutor:
    from generator.translate.cluster import ClusterExecutor

    return ClusterExecutor(address, complain)


def run_summary(report: Report) -> str:
    """Return what a run did, in one line."""
    articles = counted(report.articles, "article")
    if report.unchanged:
        return f"{articles}, nothing to do"
    parts = [articles, counted(report.sentences, "sentence")]
    parts += [f"{report.reviewed} reviewed", f"{report.machine} machine-translated"]
    parts += [counted(report.flagged, "needs care", "need care")] if report.flagged else []
    parts += [f"{report.untranslated} not translated"] if report.untranslated else []
    done = [f"{counted(report.written, 'file')} written", f"{report.removed} removed"]
    done += [f"{counted(len(report.kept), 'edited page')} kept"] if report.kept else []
    return f"{', '.join(parts)}; {', '.join(done)}"
