"""Digests with connections, as one run of ours leaves them, and builds of their sites within this process."""

from __future__ import annotations

import logging
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.model import Output, Translation
from generator.storage.docs_folder import DocsFolder
from tests.support import samples

LISTENER = "def on_page_content(html, page, config, files):\n    return html\n"
"""A hook that changes nothing, and yet has a right to see every page: so MkDocs goes through all."""


def write_project(project: Path, translations: Sequence[Translation], more: Sequence[Output] = ()) -> Path:
    """Lay out a project whose pages are signed, as those of a run are."""
    publish(with_theme(project), [*samples.outputs(translations), *more])
    return project


def with_theme(project: Path) -> Path:
    """Give a project our settings and its own copy of the theme."""
    shutil.copy(samples.ROOT / "mkdocs.yml", project)
    shutil.copytree(samples.ROOT / "generator/theme", project / "generator/theme", dirs_exist_ok=True)
    settle_at_once(project)
    return project


def publish(project: Path, outputs: Sequence[Output]) -> None:
    """Write and sign pages; they replace what is there, whoever wrote it."""
    for output in outputs:
        (project / "docs" / output.path).unlink(missing_ok=True)
    DocsFolder(project / "docs").write(outputs)


def settle_at_once(project: Path) -> None:
    """Let builds trust the times of files that changed a moment ago: tests change them faster than people."""
    module = project / "generator/theme/standing_site.py"
    patched = re.sub(r"(?m)^_UNSETTLED = .*", "_UNSETTLED = 20_000_000", module.read_text("utf-8"))
    module.write_text(patched, "utf-8")


def cut(project: Path, parts: str, processes: int = 2) -> Path:
    """Let a site be built in parts, by several processes however few pages it has; without any if none is named."""
    file = project / "mkdocs.yml"
    kept = [line for line in file.read_text("utf-8").split("\n") if not re.match(" +(parts|processes): ", line)]
    more = [f"    parts: {parts}", f"    processes: {processes}"] if parts else []
    at = kept.index("  digest:") + 1
    file.write_text("\n".join([*kept[:at], *more, *kept[at:]]), "utf-8")
    module = project / "generator/theme/site_parts.py"
    module.write_text(re.sub(r"(?m)^_FEW = .*", "_FEW = 0", module.read_text("utf-8")), "utf-8")
    return project


def build_here(
    project: Path, site: str = "site", *, command: str = "build", settings: str = "mkdocs.yml"
) -> Path:
    """Build a site within this process, with the project's own copy of the theme."""
    for name in [name for name in sys.modules if name.startswith("_digest_theme")]:
        del sys.modules[name]
    config = load_config(str(project / settings), site_dir=str(project / site))
    config.plugins.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    build(config, serve_url="http://127.0.0.1:8000/" if command == "serve" else None)
    return project / site


def build_slowly(project: Path, site: str) -> Path:
    """Build a site as MkDocs does with a hook that listens to all pages."""
    (project / "listener.py").write_text(LISTENER, "utf-8")
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("hook.py]", "hook.py, listener.py]")
    (project / "slow.yml").write_text(settings, "utf-8")
    return build_here(project, site, settings="slow.yml")


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return every file below a folder, and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def first_difference(one: Path, other: Path) -> str:
    """Name what is not the same in two sites; nothing where they are byte for byte the same."""
    ours, theirs = contents(one), contents(other)
    return next((path for path in sorted({*ours, *theirs}) if ours.get(path, 0) != theirs.get(path, 0)), "")


def warnings_of(caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    """Return what MkDocs warned of."""
    return (record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING)
