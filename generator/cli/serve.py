"""`digest serve`: the site on this machine, made again whenever something changes.

`mkdocs serve` watches what it builds from; people change seeds, memory and settings.
"""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import config
from generator.cli.shared import Command, complain, config_file_option, counted, tell_corrections, way_out
from generator.model import DigestError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

HOST = "127.0.0.1"
"""A preview is for this machine alone."""

QUIET = 2
"""Seconds without a change before the site is made again: an editor saves a page several times."""


@click.command(
    "serve",
    cls=Command,
    epilog="""Examples:
  digest serve
  digest serve --port 8080""",
)
@click.option("--port", "-p", type=click.IntRange(1, 65535), default=8000, show_default=True)
@config_file_option
def serve_command(port: int, config_file: Path) -> None:
    """Show the site on this machine, and follow every change of seeds, memory, pages and settings.

    What cannot be used is named, and the site stays as it was until that is mended. Ctrl-C ends it.
    """
    _refuse_taken(port)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's advertisement at each start
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the folder goes then, too
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        preview = Preview(config_file, folder, port)
        try:
            preview.run()
        except KeyboardInterrupt:
            click.echo("ended", err=True)
        finally:
            preview.server.shutdown()


def _refuse_taken(port: int) -> None:
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise DigestError(f"port {port}: {reason}; name another with --port") from error


class Preview:
    """A digest, the folder where its site is built, and MkDocs' server, which watches and reloads."""

    def __init__(self, config_file: Path, folder: str, port: int) -> None:
        from mkdocs.livereload import LiveReloadServer

        self.config_file, self.folder = config_file, folder
        self.started = False
        self.written: list[Path] = []
        self.server = LiveReloadServer(self.rebuild, HOST, port, folder)
        self.server.build_delay = QUIET
        self.server.error_handler = self.error_page

    def run(self) -> None:
        """Make the site, then serve it until interrupted. Raises `DigestError` when it cannot be made."""
        site = self.make()
        settings = config.load(self.config_file)
        self.written = [folder for folder in (settings.docs, settings.memory) if folder.is_dir()]
        read = [settings.seeds, self.config_file, *filter(None, [site.theme.custom_dir]), *site.watch]
        for path in (*self.written, *read):
            self.server.watch(str(path))
        click.echo(f"{self.server.url} shows the site and follows every change; Ctrl-C ends it")
        self.server.serve()  # type: ignore[no-untyped-call]

    def rebuild(self) -> None:
        """Make the site again, blind to what the run itself writes: else it would follow itself.

        Where somebody edited a page meanwhile, make it once more.
        """
        from generator.storage.file_tree import is_as_left
        from generator.storage.run_state import load_head

        is_current = False
        while not is_current:
            for folder in self.written:
                self.server.unwatch(str(folder))
            try:
                self.make()
                settings = config.load(self.config_file)
                is_current = is_as_left(settings.docs, load_head(settings.cache).docs)
            except DigestError as error:
                complain(str(error))
                is_current = True  # until something changes
            finally:
                for folder in self.written:
                    self.server.watch(str(folder))
            if not is_current:
                time.sleep(QUIET)

    def make(self) -> MkDocsConfig:
        """Generate what changed and build the site; raises `DigestError`."""
        from generator import build

        report = build.generate(config.load(self.config_file))
        tell_corrections(report, quiet=False)
        for problem in report.problems:
            complain(problem)
        if report.missing:
            complain(way_out(report.missing))
        click.echo(f"{counted(report.articles, 'article')}, {counted(report.written, 'file')} written")
        return self.build()

    def build(self) -> MkDocsConfig:
        """Let MkDocs build the site, and give the settings that it read."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        try:
            site = load_config(str(self.config_file), site_dir=self.folder)
            site.site_url = self.server.url
            if not self.started:
                site.plugins.on_startup(command="serve", dirty=False)
                self.started = True
            build(site, serve_url=self.server.url)
        except Exception as error:  # plugins and templates of a person's raise anything
            if lines := getattr(error, "lines", ()):  # our hook's, which say what and where
                raise DigestError("\n".join(lines)) from error
            said = " ".join(f"{type(error).__name__}: {error}".split())
            raise DigestError(
                f"{self.config_file}: MkDocs cannot build the site ({said}); mend that"
            ) from error
        return site

    def error_page(self, code: int) -> bytes | None:
        """Return the site's own page for an error, if it has one."""
        page = Path(self.folder, f"{code}.html")
        return page.read_bytes() if page.is_file() else None
