"""The command line: options in, calls of the program, lines and exit codes out.

Nothing here knows how anything is done. Functions are named so that none hides its own module.
"""

from __future__ import annotations

import click

from generator import __version__
from generator.cli.add import add_command
from generator.cli.export import export_group
from generator.cli.fetch import fetch_command, run_command
from generator.cli.generate import generate_command, render_command
from generator.cli.init import init_command
from generator.cli.memory import memory_group, review_command
from generator.cli.models import models_group
from generator.cli.serve import serve_command
from generator.cli.shared import CommandGroup
from generator.cli.stages import identify_command, split_command, summarize_command, translate_command


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="multilingual-digest", prog_name="digest")
def main() -> None:
    """Turn foreign-language articles into a bilingual static digest, offline.

    Put articles into seeds/, run digest generate, then mkdocs build; or name sources, and digest run does all
    of it. The stages identify, split, summarize and translate also work alone, as filters from standard input
    to standard output.
    """


for command in (
    init_command,
    add_command,
    fetch_command,
    generate_command,
    render_command,
    run_command,
    serve_command,
    identify_command,
    split_command,
    summarize_command,
    translate_command,
    models_group,
    memory_group,
    review_command,
    export_group,
):
    main.add_command(command)
