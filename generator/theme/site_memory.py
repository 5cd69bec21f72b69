"""What earlier builds made, so that the next one makes only what changed: `.cache/site/` beside `mkdocs.yml`.

A file for each way of building (settings, program, command) holds what was made, each piece under a key that
names all it depends on, and with a hash of itself. So anything in it may be lost or damaged: it is noticed, and
made again. What a build did not use goes, and of the files all but the newest few.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Any

log = logging.getLogger("mkdocs.hooks.digest")

FOLDER = Path(".cache", "site")
_FILES = 3
"""Ways of building that are remembered: for the site, for a preview, and one more."""
_STATE = "state"
_PARTS = ".parts"


def open_memory(file: Path) -> SiteMemory | None:
    """Open the memory in a file, a new one where it is damaged; None where there can be none just now."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        memory = SiteMemory(file)
        if not memory.is_sound:
            memory.abandon()
            memory = SiteMemory(file)
        return memory if memory.is_sound else None
    except (OSError, sqlite3.OperationalError) as error:
        log.info(f"{file}: {error}; so the whole site is made")
        return None


class SiteMemory:
    """What builds of one kind made. While a build has it, others go without."""

    def __init__(self, file: Path) -> None:
        """Open or begin it; raises `sqlite3.OperationalError` where another build has it."""
        self.file = file
        self.is_sound = True
        self._used = {(_STATE, "")}
        self._database = sqlite3.connect(file, timeout=0, isolation_level=None)
        self._run("PRAGMA synchronous = OFF")  # what a crash of the machine damages is noticed
        self._run("BEGIN IMMEDIATE", raises=sqlite3.OperationalError)
        self._run(
            "CREATE TABLE IF NOT EXISTS piece"
            " (kind TEXT, name TEXT, key TEXT, hash BLOB, content BLOB, PRIMARY KEY (kind, name))"
        )

    def get(self, kind: str, name: str, key: str) -> bytes | None:
        """Return what was made under a name, if it depends on the same as now and is whole."""
        found = self._run(
            "SELECT hash, content FROM piece WHERE kind = ? AND name = ? AND key = ?", kind, name, key
        )
        for hashed, content in found:
            if isinstance(content, bytes) and hashed == _hash(kind, name, key, content):
                self.use(kind, name)
                return content
        return None

    def put(self, kind: str, name: str, key: str, content: bytes) -> None:
        """Remember what was made."""
        self.use(kind, name)
        hashed = _hash(kind, name, key, content)
        self._run("INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)", kind, name, key, hashed, content)

    def use(self, kind: str, name: str) -> None:
        """Keep a piece for the next build."""
        self._used.add((kind, name))

    def state(self) -> dict[str, Any]:
        """Return what the last build noted for this one; nothing where that is lost."""
        content = self.get(_STATE, "", "")
        return dict(json.loads(content)) if content else {}

    def close(self, state: dict[str, Any], *, forget: bool = True) -> None:
        """Note something for the next build, and keep the rest, but what this one did not use if told to."""
        self.put(_STATE, "", "", json.dumps(state, ensure_ascii=False).encode())
        known = self._run("SELECT kind, name FROM piece") if forget else []
        for kind, name in {(kind, name) for kind, name in known} - self._used:
            self._run("DELETE FROM piece WHERE kind = ? AND name = ?", kind, name)
        self._run("COMMIT")
        if self._number("freelist_count") > self._number("page_count") // 2:
            self._run("VACUUM")
        self.abandon()
        if not self._is_part:
            _forget_old(self.file.parent)

    def part_file(self, name: str) -> Path:
        """Return where the memory of a part of the site is, which lies in a folder beside this one."""
        return self.file.with_suffix(_PARTS) / f"{name}.sqlite"

    def keep_parts(self, names: Collection[str]) -> None:
        """Remove the memories of all parts but these."""
        for file in self.file.with_suffix(_PARTS).glob("*.sqlite*"):
            if file.name.partition(".sqlite")[0] not in names:
                file.unlink(missing_ok=True)

    @property
    def _is_part(self) -> bool:
        return self.file.parent.suffix == _PARTS

    def abandon(self) -> None:
        """Leave all as it was before this build; a memory that is damaged goes."""
        self._database.close()
        if not self.is_sound:
            self.file.unlink(missing_ok=True)

    def _number(self, pragma: str) -> int:
        return sum(int(row[0]) for row in self._run(f"PRAGMA {pragma}"))

    def _run(
        self, statement: str, *values: object, raises: type[sqlite3.Error] | tuple[()] = ()
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a statement; none once the file has proved damaged, or full."""
        if not self.is_sound:
            return []
        try:
            return self._database.execute(statement, values).fetchall()
        except raises:
            self._database.close()
            raise
        except sqlite3.Error as error:
            log.info(f"{self.file}: {error}; so the whole site is made")
            self.is_sound = False
            return []


def _forget_old(folder: Path) -> None:
    """Remove all memories but the newest few, and what a killed build left of others."""
    files = sorted(folder.glob("*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_FILES:]:
        file.unlink(missing_ok=True)
        Path(f"{file}-journal").unlink(missing_ok=True)
        shutil.rmtree(file.with_suffix(_PARTS), ignore_errors=True)


def _hash(*parts: str | bytes) -> bytes:
    hashed = sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        hashed.update(b"%d:" % len(content) + content)
    return hashed.digest()
