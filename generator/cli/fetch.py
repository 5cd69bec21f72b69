"""`digest fetch` and `digest run`: what sources have that is new becomes a site without a hand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import config
from generator.cli.generate import run_summary, run_with_models
from generator.cli.shared import (
    FAILED,
    Command,
    bars,
    complain,
    config_file_option,
    counted,
    private_option,
    quiet_option,
    tell_corrections,
    way_out,
)
from generator.model import DigestError

if TYPE_CHECKING:
    from generator.build import Report
    from generator.ingest.sources.fetch import SourceReport

_json = click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object.")
_INFORMATION = re.compile(r"^INFO .*\n(?:[ \t]+.*\n|\n)*", re.MULTILINE)
"""What MkDocs tells at each build, each over one or several lines."""


@click.command(
    "fetch",
    cls=Command,
    epilog="""Examples:
  digest fetch                  all sources in sources.opml and in mkdocs.yml
  digest fetch "BBC Arabic"     one of them, by its name or address
  digest fetch --json""",
)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@private_option
@_json
@quiet_option
@config_file_option
def fetch_command(
    names: tuple[str, ...], allow_private: tuple[str, ...], as_json: bool, quiet: bool, config_file: Path
) -> None:
    """Ask the sources of a digest for what is new, and put each entry into seeds/, where it stays.

    Sources are the feeds in sources.opml, as feed readers export it, and in mkdocs.yml under
    extra.digest.sources. One that fails is a line, and the others go on.
    """
    reports = _fetched(config.load(config_file), names, allow_private, quiet=quiet or as_json)
    if as_json:
        click.echo(json.dumps(_fields(reports), ensure_ascii=False))
    elif not quiet:
        click.echo(_summary(reports))
    if any(report.failure for report in reports):
        sys.exit(FAILED)


@click.command(
    "run",
    cls=Command,
    epilog="""Examples:
  digest run               fetch, generate and mkdocs build, for cron or CI
  digest run --install     with models for languages that are new
  digest run --json""",
)
@click.option(
    "--install", is_flag=True, help="Install the models that articles wait for, from the Argos index."
)
@private_option
@_json
@quiet_option
@config_file_option
def run_command(
    install: bool, allow_private: tuple[str, ...], as_json: bool, quiet: bool, config_file: Path
) -> None:
    """Fetch what is new, translate it, write the pages and build the site.

    What fails on the way is named; the site is built of all the rest.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's advertisement at each start
    silent = quiet or as_json
    settings = config.load(config_file)
    faults: list[str] = []
    reports: list[SourceReport] = []
    made: Report | None = None
    is_built = False
    try:
        reports = _fetched(settings, (), allow_private, quiet=silent)
        faults += [report.failure for report in reports if report.failure]
    except DigestError as error:
        faults.append(_told(error))
    try:
        made = _generated(settings, install=install, quiet=silent)
        faults += made.problems
        _build_site(config_file, quiet=silent)
        is_built = True
    except DigestError as error:
        faults.append(_told(error))
    if as_json:
        done = {"fetch": _fields(reports), "generate": asdict(made) if made else None}
        click.echo(json.dumps({**done, "built": is_built, "faults": faults}, ensure_ascii=False))
    elif not quiet:
        parts = [_summary(reports), *([run_summary(made)] if made else [])]
        click.echo("; ".join([*parts, "the site is built" if is_built else "the site is as it was"]))
    if faults or not is_built:
        sys.exit(FAILED)


def _fetched(
    settings: config.Settings, names: Sequence[str], allow_private: Sequence[str], *, quiet: bool
) -> list[SourceReport]:
    """Ask the sources of these names, or all, and say what came of each."""
    from generator.analyze.identify import identify_text
    from generator.download import Limits, Manners
    from generator.ingest.sources.fetch import Fetcher
    from generator.ingest.sources.listed import listed_sources

    listed = listed_sources(settings)
    sources = [source for source in listed if not names or {source.name, source.url} & set(names)]
    if unknown := set(names) - {name for source in sources for name in (source.name, source.url)}:
        raise DigestError(
            f"{', '.join(sorted(unknown))}: no such source; give its name or address as it is listed"
        )
    with bars(quiet) as progress:
        fetcher = Fetcher(
            settings,
            Limits(private=frozenset(allow_private)),
            Manners(pause=1),
            datetime.now(UTC).date(),
            lambda text: identify_text(text).language,
            progress,
        )
        reports = fetcher.run(sources)
    for report in reports:
        for line in filter(None, (report.failure, report.waiting)):
            complain(f"{report.source}: {line}")
        for line in report.notes if not quiet else ():
            complain(f"{report.source}: {line}")
        if not quiet and not report.failure:
            click.echo(f"{report.source}: {_counts(report)}")
    return reports


def _counts(report: SourceReport) -> str:
    parts = [f"{len(report.new)} new", f"{len(report.updated)} updated", f"{report.unchanged} unchanged"]
    parts += [f"{report.left_out} left out"] if report.left_out else []
    parts += [f"{len(report.archived)} to the archive"] if report.archived else []
    return ", ".join(parts)


def _summary(reports: Sequence[SourceReport]) -> str:
    from generator.ingest.sources.fetch import fetch_counts

    if not reports:
        return "no sources; list feeds in sources.opml or under extra.digest.sources in mkdocs.yml"
    counts = fetch_counts(reports)
    parts = [f"{counts[name]} {name}" for name in ("new", "updated", "failed") if counts[name] or name == "new"]
    return f"{counted(len(reports), 'source')}: {', '.join(parts)}"


def _fields(reports: Sequence[SourceReport]) -> dict[str, Any]:
    from generator.ingest.sources.fetch import fetch_counts

    return {**fetch_counts(reports), "sources": [asdict(report) for report in reports]}


def _generated(settings: config.Settings, *, install: bool, quiet: bool) -> Report:
    """Generate, once more where a model came, and say what there is to say but for the summary."""
    from generator import build

    def run() -> Report:
        with bars(quiet) as progress:
            report = build.generate(settings, progress=progress)
        tell_corrections(report, quiet=quiet)
        return report

    report, why_not = run_with_models(settings, run, install=install, quiet=quiet)
    for problem in report.problems:
        complain(problem)
    if report.missing and not quiet:
        complain(way_out(report.missing, why_not))
    return report


def _told(error: DigestError) -> str:
    complain(str(error))
    return str(error)


def _build_site(config_file: Path, *, quiet: bool) -> None:
    """Let MkDocs build the site, and pass on its warnings and complaints; raises `DigestError` if it cannot."""
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config_file)]
    command += ["--quiet"] if quiet else []  # which keeps warnings back, too
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if said := _INFORMATION.sub("", f"{done.stdout}{done.stderr}\n").strip():
        click.echo(said, err=True)
    if done.returncode:
        raise DigestError(f"{config_file}: MkDocs cannot build the site, as it says above; mend that")
