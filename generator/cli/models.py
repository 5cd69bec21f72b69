"""`digest models`: models are large files of others, so people say what is installed and trusted."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from generator import config
from generator.cli.shared import (
    FAILED,
    Command,
    ListedCommands,
    complain,
    config_file_option,
    for_each,
    install_one,
    quiet_option,
)
from generator.storage.records import Records

_accept = click.option("--accept", is_flag=True, help="Trust this version from now on.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("models", cls=ListedCommands)
def models_group() -> None:
    """List, install, remove and verify translation models."""


@models_group.command(
    "list",
    cls=Command,
    epilog="""Examples:
  digest models list
  digest models list --available    ask the Argos index too""",
)
@click.option("--available", is_flag=True, help="Ask the Argos index what it offers; needs the network.")
@_json
@config_file_option
def list_command(available: bool, as_json: bool, config_file: Path) -> None:
    """Show the installed models, those in models.lock, and the pairs that articles wait for."""
    from generator.models import index, list_models
    from generator.translate.word_alignment import anchors_linked

    settings = config.load(config_file)
    offered = index.available() if available else ()
    records = Records.of(settings)
    rows = list_models(settings.lock, records.language_pairs(), offered)
    anchors = anchors_linked(records.all())
    if as_json:
        links = {pair: {"right": found[True], "wrong": found[False]} for pair, found in anchors.items()}
        click.echo(json.dumps([asdict(row) | {"anchors": links.get(row.pair)} for row in rows]))
        return
    if not rows:
        waits = "no article that digest generate has seen waits for one"
        click.echo(f"no model is installed, and {waits}")
    for row in rows:
        facts = [
            f"installed {row.installed}" if row.installed else "not installed",
            *([f"offered {row.available}"] if row.available else []),
            *([f"{row.size / 1e6:.0f} MB"] if row.size else []),
            *([row.licence or "states no licence"] if row.installed else []),
            *([f"in models.lock {row.trusted}"] if row.trusted else []),
            *_facts_of_links(anchors.get(row.pair, Counter())),
            *(["articles wait for it"] if row.needed and not row.installed else []),
        ]
        click.echo(f"{row.pair}: {', '.join(facts)}")


def _facts_of_links(anchors: Counter[bool]) -> Iterator[str]:
    """Say how many digits and Latin words, whose counterparts are known, the links of articles get right."""
    if total := sum(anchors.values()):
        yield f"links {anchors[True]} of {total} known words rightly ({anchors[True] / total:.0%})"


@models_group.command(
    "install",
    cls=Command,
    epilog="""Examples:
  digest models install                                what the seeds need, from the Argos index
  digest models install ar-en                          from the Argos index
  digest models install translate-ar_en.argosmodel     from a file, offline
  digest models install https://mirror.example/ar_en.argosmodel""",
)
@click.argument("what", nargs=-1, metavar="[PAIR|FILE|URL]...")
@_accept
@quiet_option
@config_file_option
def install_command(what: tuple[str, ...], accept: bool, quiet: bool, config_file: Path) -> None:
    """Install models, whole or not at all, and write their hashes into models.lock.

    Without a name: what translates the articles in seeds/ that no installed model does.
    """
    from generator.models import pairs_to_install

    settings = config.load(config_file)
    names = what or pairs_to_install(_needed(settings), settings.lock)
    if not names and not quiet:
        click.echo("nothing to install: what the seeds need is here")
    for_each(names, partial(install_one, settings, accept=accept, quiet=quiet))


def _needed(settings: config.Settings) -> list[str]:
    """Return the language pairs that seeds need of Argos, a model in a folder of the user's own left out."""
    from generator import build
    from generator.translate.engines import model_folder

    own, pairs = settings.model, build.needed_pairs(settings)
    return [pair for pair in pairs if own is None or not model_folder.package(own, *pair.rsplit("-", 1))]


@models_group.command("remove", cls=Command, epilog="Example:\n  digest models remove ar-en")
@click.argument("pair")
def remove_command(pair: str) -> None:
    """Remove every installed version of a language pair."""
    from generator.models import pair_called
    from generator.models.install import remove_packages

    for package in remove_packages(pair_called(pair)):
        click.echo(f"removed {package.name}")


@models_group.command(
    "verify",
    cls=Command,
    epilog="""Examples:
  digest models verify
  digest models verify ar-en --accept""",
)
@click.argument("pair", required=False)
@_accept
@_json
@config_file_option
def verify_command(pair: str | None, accept: bool, as_json: bool, config_file: Path) -> None:
    """Compare every byte of the installed models with models.lock."""
    from generator.models import verify_models
    from generator.translate.engines import model_folder

    settings = config.load(config_file)
    pairs = (needed.rsplit("-", 1) for needed in Records.of(settings).language_pairs() if settings.model)
    own = (model_folder.package(settings.model, *both) for both in pairs if settings.model)
    rows = verify_models(settings.lock, pair, accept=accept, folders=filter(None, own))
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows]))
    for row in rows if not as_json else ():
        click.echo(f"{row.pair} {row.version}: {row.state}")
    for row in rows:
        if row.detail:
            complain(row.detail)
    if any(row.state != "trusted" for row in rows):
        sys.exit(FAILED)
