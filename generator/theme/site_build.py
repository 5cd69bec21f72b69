"""One build of a site that remembers the last one: what it may keep of that, and what it notes for the next.

A page's key names all that it shows: its own content, its record, in which languages it stands, and what all
pages of its language show. So the same key means the same bytes, and no page need be looked into that changed
neither in size nor in time since it was read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from . import page_loop
from .site_memory import FOLDER, SiteMemory, open_memory
from .standing_site import Standing, StandingSite, clear_aside, settled_stamp

HERE = Path(__file__).parent

_PACKAGES = "mkdocs mkdocs-material mkdocs-materialx Jinja2 Markdown MarkupSafe PyYAML babel".split()
_NOT_SHOWN = {
    *("docs_dir", "site_dir", "strict", "plugins", "hooks", "watch", "validation", "dev_addr"),
    *("remote_branch", "remote_name", "theme", "extra", "not_in_nav", "exclude_docs", "draft_docs"),
}
"""Settings that say how to build, not what pages show; of the last five, what pages show is noted elsewhere."""


_ADDRESS = re.compile(" at 0x[0-9A-Fa-f]+(?=>)")
"""Where a function lies in memory, such as settings of Markdown extensions name, differs from run to run."""


def fingerprint(*parts: object) -> str:
    """Return a key that says the same only of the same parts."""
    return sha256(_ADDRESS.sub("", repr(parts)).encode()).hexdigest()


def way_of_building(config: MkDocsConfig, *, is_preview: bool) -> str:
    """Return a key of what all pages depend on but themselves: settings, programs, templates, words."""
    return fingerprint(
        {name: value for name, value in config.items() if name not in _NOT_SHOWN},
        {name: value for name, value in config.extra.items() if name != "site"},
        dict(config.theme),
        is_preview,
        sys.version,
        [_version(package) for package in _PACKAGES],
        [(name, _hash_of(file)) for name, file in page_loop.own_templates(config)],
        [(file.name, _hash_of(file)) for file in sorted((*HERE.glob("*.py"), *HERE.glob("strings/*.yml")))],
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _hash_of(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


class SiteBuild:
    """What stands, what is remembered and what was seen, during one build of a site or of a part of it."""

    def __init__(self, site: Path, file: Path | None) -> None:
        """Open what is remembered in a file; nothing where that is lost or in use."""
        self.site = site
        self.memory: SiteMemory | None = open_memory(file) if file else None
        state = self.memory.state() if self.memory else {}
        self._last = state.get("standing", {}) if state.get("site") == str(site) else {}
        self._last_seen: dict[str, list[Any]] = state.get("seen", {})
        self._seen: dict[str, list[Any]] = {}
        self.notes: Any = state.get("notes")
        """What else the next build is to know."""
        self.pages = StandingSite(site, self._last)
        """What this build writes below the folders of the languages."""
        self.search = StandingSite(site, self._last)

    @classmethod
    def of_all(cls, config: MkDocsConfig, *, is_preview: bool) -> SiteBuild:
        """Take over what the last build left that was made the same way."""
        way, file = way_of_building(config, is_preview=is_preview)[:16], config.config_file_path
        return cls(Path(config.site_dir), Path(file).parent / FOLDER / f"{way}.sqlite" if file else None)

    def stand(self, trees: Iterable[str], search: str, elsewhere: Collection[str]) -> None:
        """Bring back what was put aside of the site; files that stand `elsewhere` are a part's, and stay."""
        self.pages.bring_back(trees, elsewhere)
        self.search.bring_back([search])
        clear_aside(self.site)

    def part_file(self, name: str) -> Path | None:
        """Return where a part's memory is; None where nothing is remembered."""
        return self.memory.part_file(name) if self.memory else None

    def look(self, file: str, read: Callable[[Path], list[Any]]) -> list[Any]:
        """Return what `read` tells of a file, from the last build where the file did not change."""
        now = settled_stamp(file)
        before = self._last_seen.get(file)
        if not now or not before or before[0] != now:
            before = [now, *read(Path(file))]
        if now:
            self._seen[file] = before
        return before[1:]

    def made(self, kind: str, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is remembered of a piece, or make and remember it."""
        if not self.memory:
            return make()
        found = self.memory.get(kind, name, key)
        if found is None:
            self.memory.put(kind, name, key, found := make())
        return found

    def use(self, kind: str, name: str) -> None:
        """Keep a piece for the next build, unread."""
        if self.memory:
            self.memory.use(kind, name)

    def keeps(self, kind: str, path: str, key: str) -> bool:
        """Return whether a page's file stands as it must be; then what is remembered of it stays, too."""
        if not self.pages.keeps(path, key):
            return False
        self.use(kind, path)
        return True

    def finish(self) -> None:
        """Note for the next build what this one saw and left, and forget what it did not use."""
        if self.memory:
            self.memory.close(self._state(self.pages.files | self.search.files))

    def break_off(self) -> None:
        """Note what was seen so far, and leave all else as it was: another build goes on from there."""
        if self.memory:
            self.memory.close(self._state(self._last), forget=False)

    def _state(self, standing: Standing) -> dict[str, Any]:
        return {"site": str(self.site), "standing": standing, "seen": self._seen, "notes": self.notes}

    def abandon(self) -> None:
        """Forget a build that failed."""
        if self.memory:
            self.memory.abandon()
