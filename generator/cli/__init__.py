"""The command line; nothing here knows how anything is done."""

from __future__ import annotations

import click

from generator import __version__
from generator.cli.add import add
from generator.cli.export import export
from generator.cli.generate import generate, render
from generator.cli.init import init
from generator.cli.memory import memory, review
from generator.cli.models import models
from generator.cli.serve import serve
from generator.cli.shared import Group
from generator.cli.stages import identify, split, summarize, translate


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="multilingual-digest", prog_name="digest")
def main() -> None:
    """Turn foreign-language articles into a bilingual static digest, offline.

    Put articles into seeds/, run digest generate, then mkdocs build. The stages identify, split, summarize
    and translate also work alone, as filters from standard input to standard output.
    """


for command in (
    init,
    add,
    generate,
    render,
    serve,
    identify,
    split,
    summarize,
    translate,
    models,
    memory,
    review,
    export,
):
    main.add_command(command)
