"""The seeds folder: what lies in it, how a file is read safely, and what each article is called."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.ingest.raw_article import Unreadable, short_hash
from generator.ingest.readers import READERS, unknown_format
from generator.languages.normalize import is_reserved_name
from generator.model import DigestError
from generator.storage.docs_folder import conflict_in

LARGEST_SEED = 64 * 2**20
"""Bytes; a larger file is refused unread."""
LONGEST_SLUG = 80
"""UTF-8 bytes, so that the slug with a suffix or two fits the 255 bytes of a file name."""
NOTES = re.compile(r"(README|LICENSE|LICENCE|COPYING|NOTICE|SOURCES)(\.\w+)?")
"""Names of files about the folder, not of articles; capitals only, as custom has it."""
EFFECTIVE_IDS = os.access in os.supports_effective_ids
SIDECARS = (".yml", ".yaml")


def list_seeds(seeds: Path) -> tuple[tuple[Path, ...], tuple[DigestError, ...]]:
    """Return the seed files below `seeds`, sorted by path, and one error for each entry that cannot be one.

    Left out without a word: names that begin with a dot or end with a tilde, sidecars (`NAME.yml`) of a seed,
    notes about the folder (`NOTES`), and the `NAME_files` folder that a browser saves beside `NAME.html`.
    """
    files: list[Path] = []
    errors: list[DigestError] = []
    if not seeds.is_dir():
        return (), (DigestError(f"{shown(seeds.name)}: no such folder; make it and put articles into it"),)
    for path in _walk(seeds, errors):
        complaint = _complaint(path, seeds)
        if complaint:
            errors.append(DigestError(f"{shown_path(path, seeds)}: {complaint}"))
        else:
            files.append(path)
    return tuple(sorted(files, key=lambda path: seed_name(path, seeds))), tuple(errors)


def _walk(seeds: Path, errors: list[DigestError]) -> Iterator[Path]:
    """Return every entry that ought to be a seed, folder by folder, in sorted order."""

    def unreadable(error: OSError) -> None:
        errors.append(DigestError(f"{shown_path(Path(error.filename), seeds)}: {_unreadable(error)}"))

    for folder, folders, names in os.walk(seeds, onerror=unreadable):
        here = Path(folder)
        odd = [name for name in folders if Path(name).suffix.lower() in READERS or (here / name).is_symlink()]
        stems = Counter(name.rpartition(".")[0] for name in names)
        stems.update(names)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in odd
            and not (name.endswith("_files") and name.removesuffix("_files") in stems)
        )
        yield from (here / name for name in sorted(names + odd) if not _is_aside(name, stems))


def _is_aside(name: str, stems: Counter[str]) -> bool:
    """Return whether a name is not a seed's; `stems` counts names of the folder with and without suffix."""
    if name.startswith(".") or name.endswith("~") or NOTES.fullmatch(name):
        return True
    stem, _, suffix = name.rpartition(".")
    return f".{suffix}" in SIDECARS and stems[stem] > 1


def _complaint(path: Path, seeds: Path) -> str:
    """Say why an entry of the folder cannot be a seed, and the way out; nothing if it can."""
    try:
        path.name.encode()
        status = path.stat()
        inside = not path.is_symlink() or is_inside(path, seeds)  # to follow every path took half the time
    except UnicodeEncodeError:
        return "its name is not UTF-8; rename it"
    except FileNotFoundError:
        return "is gone, or a link that leads nowhere; mend or delete it"
    except (OSError, RuntimeError) as error:
        return _unreadable(error)
    is_folder = stat.S_ISDIR(status.st_mode)
    oddities = (
        (not inside, f"is a link out of {seeds.name}/; put a copy of the file there instead"),
        (is_folder and path.is_symlink(), "is a link to a folder; put its files here instead"),
        (is_folder, "is a folder with the name of a file; rename it"),
        (not stat.S_ISREG(status.st_mode) and not is_folder, "is no regular file; delete it"),
        (status.st_size > LARGEST_SEED, too_large(status.st_size)),
        (path.suffix in SIDECARS, "describes a seed that is not there; add the seed or delete it"),
        (path.suffix.lower() not in READERS, unknown_format()),
        (not os.access(path, os.R_OK, effective_ids=EFFECTIVE_IDS), _unreadable(PermissionError())),
    )
    return next((complaint for odd, complaint in oddities if odd), "")


def is_inside(path: Path, seeds: Path) -> bool:
    """Return whether a path, with all links followed, lies below the seeds folder."""
    return path.resolve().is_relative_to(seeds.resolve())


def sidecars_of(path: Path) -> tuple[Path, ...]:
    """Return the files that describe a seed, the more particular last: of `a.txt`, `a.yml` and `a.txt.yml`."""
    named = (path.with_name(name + suffix) for name in (path.stem, path.name) for suffix in SIDECARS)
    return tuple(sidecar for sidecar in named if sidecar.exists())


def read_bytes(path: Path, seeds: Path) -> bytes:
    """Read a seed or sidecar; raises `Unreadable` if it is gone, locked, elsewhere, too large or empty.

    Opened without waiting, since a pipe of that name would wait for ever; size and kind are asked of the
    open file, so that nothing can be put in its place meanwhile.
    """
    if not is_inside(path, seeds):
        raise Unreadable(f"is a link out of {seeds.name}/; put a copy of the file there instead")
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            size = status.st_size
            data = file.read() if stat.S_ISREG(status.st_mode) and size <= LARGEST_SEED else b""
    except FileNotFoundError as error:
        raise Unreadable("is gone; put it back or run again") from error
    except OSError as error:
        raise Unreadable(_unreadable(error)) from error
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is no regular file; delete it")
    if size > LARGEST_SEED:
        raise Unreadable(too_large(size))
    if b"<<<<<<< " in data and b">>>>>>> " in data and (line := conflict_in(data)):
        raise Unreadable(
            f"has a conflict that git left in line {line}; choose what counts and delete the marks"
        )
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0\t\n\r\f "):
        raise Unreadable("is empty; write an article into it or delete it")
    return data


def too_large(size: int) -> str:
    """Say that a file of so many bytes is."""
    return f"is too large ({size / 2**20:.0f} MB, at most {LARGEST_SEED // 2**20} MB); split it"


def _unreadable(error: Exception) -> str:
    reason = (error.strerror if isinstance(error, OSError) else None) or "Permission denied"
    return f"cannot be read ({reason}); mend its permissions or delete it"


def seed_name(path: Path, seeds: Path) -> str:
    """Return the path below the seeds folder with forward slashes."""
    return path.relative_to(seeds).as_posix()


def shown_path(path: Path, seeds: Path) -> str:
    """Name a seed in an error, on one line whatever its name holds."""
    return shown(f"{seeds.name}/{seed_name(path, seeds)}")


def shown(text: str) -> str:
    """Return text from outside on one line, with unprintable characters escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def is_slug(name: str) -> bool:
    """Return whether a name that somebody chose can stand in addresses as it is."""
    return bool(name) and slug_of(f"{name}.txt") == name and "/" not in name


def slug_of(file: str, key: str = "", chosen: str = "") -> str:
    """Name an article after its seed and its key in it alone, whatever other seeds there are.

    `a.txt` is `a`, `a.html` is `a-html`, `b/a.txt` is `b-a`, the article `7` of `a.jsonl` is `a-jsonl-7`.
    Letters, marks and digits of every script stay, lower-case; what lies between them becomes a hyphen.
    A name that is too long, reserved or without letters gets a hash of the seed. A name that somebody has
    `chosen` takes the place of the file's.
    """
    path = PurePosixPath(file)
    suffix = path.suffix.lower().removeprefix(".")
    parts = (chosen, key) if chosen else (*path.parent.parts, path.stem, suffix.removeprefix("txt"), key)
    slug = "-".join(filter(None, map(_slug_part, parts)))
    short = _cut(slug)
    if short == slug and _slug_part(chosen or path.stem) and slug != "index" and not is_reserved_name(slug):
        return slug
    return "-".join(filter(None, (_cut(slug, LONGEST_SLUG - 13), short_hash(f"{chosen or file}#{key}"))))


def _slug_part(text: str) -> str:
    """Return text as part of a slug: letters, marks, digits and low lines in NFC, lower-case; else hyphens."""
    if not text:
        return ""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    words = re.split(r"-+", "".join(char if _is_kept(char) else "-" for char in text))
    return "-".join(word for word in words if any(map(str.isalnum, word)))


def _is_kept(char: str) -> bool:
    """Variation selectors are marks too, but what they vary is dropped."""
    return char == "_" or (unicodedata.category(char)[0] in "LMN" and not "\ufe00" <= char <= "\ufe0f")


def _cut(slug: str, limit: int = LONGEST_SLUG) -> str:
    return slug.encode()[:limit].decode("utf-8", "ignore").rstrip("-")
