"""The site that the last build left: what of it is still as this build would write it stays where it is.

MkDocs empties the site's folder before it writes anything. So folders of pages are put aside before, where it
does not look, and back afterwards, without any file that is not as a build of ours left it, byte for byte as
far as its size and times tell.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

_ASIDE = ".digest-aside"
"""MkDocs keeps what begins with a dot."""

Standing = dict[str, list[str]]
"""For each file of a site, by its path in there, the key of what stands in it, and its stamp."""


_UNSETTLED = 2_000_000_000
"""Nanoseconds after a change in which another one need not show in a file's times, on coarse file systems."""


def stamp(found: os.stat_result) -> str:
    """Return what differs whenever a file was changed."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def settled_stamp(file: str | None) -> str:
    """Return the stamp of a file that is read; nothing where there is none, or where it changed just now."""
    try:
        found = os.stat(file or "")  # noqa: PTH116  (a Path each would double the time)
    except OSError:
        return ""
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    return stamp(found) if changed + _UNSETTLED < time.time_ns() else ""


def put_aside(site: Path, names: Iterable[str]) -> None:
    """Put folders of a site where they outlive the emptying of the site's folder."""
    clear_aside(site)
    for folder in (site / name for name in names):
        if folder.is_dir() and not folder.is_symlink():
            with suppress(OSError):
                (site / _ASIDE).mkdir(exist_ok=True)
                folder.rename(site / _ASIDE / folder.name)


def clear_aside(site: Path) -> None:
    """Remove what is aside still."""
    shutil.rmtree(site / _ASIDE, ignore_errors=True)


class StandingSite:
    """The files of a site during one build: those of the last build that may stay, and those of this one."""

    def __init__(self, site: Path, left: Standing) -> None:
        """Begin with nothing of what the last build left."""
        self.site = site
        self.files: Standing = {}
        """What this build wrote or left."""
        self._left, self._last = left, Standing()
        self._emptied: set[str] = set()

    def bring_back(self, names: Iterable[str], elsewhere: Collection[str] = ()) -> None:
        """Bring folders back that are aside, with those of their files that the last build left.

        Files that another build looks after, which stand `elsewhere`, are none of this one's.
        """
        for name in names:
            with suppress(OSError):
                (self.site / _ASIDE / name).rename(self.site / name)
                self._sift(name, elsewhere)

    def look_after(self, paths: Iterable[str]) -> None:
        """Keep of these files those that the last build left; they are in nobody else's care."""
        for path in paths:
            self._check(path)

    def _sift(self, name: str, elsewhere: Collection[str]) -> None:
        """Remove each file of a folder that is not as it was left."""
        start = len(str(self.site)) + 1
        for place, folders, files in os.walk(self.site / name):
            links = [folder for folder in folders if os.path.islink(f"{place}/{folder}")]  # noqa: PTH114
            for path in (f"{place}/{file}"[start:] for file in (*files, *links)):
                if path not in elsewhere:
                    self._check(path)
            if not files and not folders:
                self._emptied.add(place[start:])

    def _check(self, path: str) -> None:
        """Keep a file that is as it was left; any other goes."""
        known = self._left.get(path)
        with suppress(OSError):
            if known and known[1] == stamp(os.lstat(f"{self.site}/{path}")):
                self._last[path] = known
                return
        self._remove(path)

    def _remove(self, path: str) -> None:
        self._emptied.add(path.rpartition("/")[0])
        with suppress(OSError):
            (self.site / path).unlink()

    def keeps(self, path: str, key: str) -> bool:
        """Return whether a file stands as it must be; if not, the caller writes it, and then calls `note`."""
        known = self._last.get(path)
        if not key or not known or known[0] != key:
            return False
        self.files[path] = self._last.pop(path)
        return True

    def note(self, path: str, key: str) -> None:
        """Remember a file that was written."""
        self._last.pop(path, None)
        self.files[path] = [key, stamp(os.lstat(f"{self.site}/{path}"))]

    def finish(self) -> None:
        """Remove what this build did not ask for, and folders that are empty: before anybody else writes."""
        for path in self._last:
            self._remove(path)
        self._last = {}
        for path in sorted(self._emptied, reverse=True):
            folder = self.site / path
            with suppress(OSError):
                while folder != self.site:
                    folder.rmdir()
                    folder = folder.parent
