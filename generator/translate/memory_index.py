"""What people settled, as a run asks for it: an index of the memory files in the cache.

Reading a memory of 100,000 units takes longer than all else that one corrected sentence needs. The index is
brought up to date where a file changed, and only changed lines are parsed. It answers for single sentences and
knows which it would answer otherwise than in the last run that was remembered, so that a correction costs
its own articles alone. Deleting it is always safe.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from generator.config import Settings
from generator.formats.tmx import StoredUnit, stored_unit
from generator.languages.normalize import source_key
from generator.storage.file_tree import stamp_of
from generator.storage.files import unwritable
from generator.storage.run_state import without_garbage_collection
from generator.translate.memory import Memory, Signature, drop_replaced, memory_lines

_FILE = "memory.sqlite"
_TABLES = """
BEGIN;
CREATE TABLE about (identity TEXT);
CREATE TABLE file (name TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE unit (
    file TEXT, line BLOB, key INTEGER, source TEXT, target TEXT, article TEXT, name TEXT, date TEXT
);
CREATE INDEX by_key ON unit (key);
CREATE INDEX by_line ON unit (line);
CREATE TABLE changed (key INTEGER PRIMARY KEY);
INSERT INTO about VALUES ('{identity}');
COMMIT;
"""
"""In one transaction: waiting for the disk table by table took a sixth of a small digest's first run."""


class MemoryIndex:
    """The memories of a digest, up to date when it is made.

    Raises `DigestError` as `Memory.load` does, and where the cache cannot be written.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder, self._target = settings.memory, settings.target
        self._file = settings.cache / _FILE
        with self._usable():
            self._database = _opened(self._file)
            self._bring_up_to_date()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Say in a line what SQLite cannot do, as where the disk is full."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise unwritable(self._file, OSError(0, str(error))) from error

    @without_garbage_collection()
    def _bring_up_to_date(self) -> None:
        known = dict(self._database.execute("SELECT name, stamp FROM file"))
        files = {file.name for file in self._folder.glob(f"*-{self._target}.tmx")}
        for name in sorted(known.keys() | files):
            if known.get(name) != self._stamp(name):
                with self._database:  # one transaction: a killed run leaves the index as it was
                    self._update(name)

    def _stamp(self, name: str) -> str:
        file = self._folder / name
        return repr(stamp_of(str(file))) if file.is_file() else ""

    @property
    def identity(self) -> str:
        """A name of its own: to a run that remembers another index, all that this one knows is new."""
        (identity,) = self._database.execute("SELECT identity FROM about").fetchone()
        return str(identity)

    def changed(self) -> frozenset[int]:
        """Return the keys of the sources that are settled otherwise than when a run was last remembered."""
        return frozenset(key for (key,) in self._database.execute("SELECT key FROM changed"))

    def remember(self) -> None:
        """Note that a run is remembered that knew all that stands here."""
        with self._usable(), self._database:
            self._database.execute("DELETE FROM changed")

    def find(self, language: str, source: str, *names: str, own: bool = False) -> tuple[str, Signature] | None:
        """Return what `Memory.find` gives."""
        return self.near(language, source).find(source, *names, own=own)

    def near(self, language: str, *sources: str) -> Memory:
        """Return the part of a memory that can have to do with some sources."""
        asked = "SELECT source, target, article, name, date FROM unit WHERE key = ? AND file = ?"
        asked += " ORDER BY date, name, line"  # of two people who said the same, the later one, in each run
        name = f"{language}-{self._target}.tmx"
        rows = (self._database.execute(asked, (key, name)) for key in set(map(source_key, sources)))
        return Memory.of(StoredUnit(*row) for found in rows for row in found)

    def _update(self, name: str) -> None:
        """Take the lines that are new in a file into the index, and out of it those that left."""
        stamp, language, file = (
            self._stamp(name),
            name.removesuffix(f"-{self._target}.tmx"),
            self._folder / name,
        )
        run = self._database.execute
        known = {line for (line,) in run("SELECT line FROM unit WHERE file = ?", (name,))}
        lines = {_hash(line): (number, line) for number, line in memory_lines(file) if line.startswith("<tu")}
        for line in known - lines.keys():
            run("INSERT OR IGNORE INTO changed SELECT key FROM unit WHERE line = ? AND file = ?", (line, name))
            run("DELETE FROM unit WHERE line = ? AND file = ?", (line, name))
        for line in lines.keys() - known:
            number, text = lines[line]
            unit = stored_unit(text, (language, self._target), f"{file}: line {number}")
            if unit:
                key = source_key(unit.source)
                run("INSERT OR IGNORE INTO changed VALUES (?)", (key,))
                run("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (name, line, key, *unit))
        twice = "SELECT 1 FROM unit WHERE file = ? GROUP BY source, article HAVING count(DISTINCT target) > 1"
        if run(twice, (name,)).fetchone():
            if drop_replaced(self._folder, (language, self._target)):
                self._update(name)
                return
            Memory.load(self._folder, language, self._target)  # says which
        run("INSERT OR REPLACE INTO file VALUES (?, ?)", (name, stamp))


def _hash(line: str) -> bytes:
    return blake2b(line.encode(), digest_size=12).digest()


def _opened(file: Path) -> sqlite3.Connection:
    """Return the index in a file, an empty one where there is none or it is damaged; raises `sqlite3.Error`."""
    with suppress(sqlite3.DatabaseError):
        database = sqlite3.connect(file)
        if database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",) and database.execute(
            "SELECT count(*) FROM about"
        ).fetchone() == (1,):
            return database
        database.close()
    file.unlink(missing_ok=True)
    database = sqlite3.connect(file)
    database.executescript(_TABLES.format(identity=uuid4().hex))
    return database
