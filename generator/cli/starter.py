"""A new digest: a folder with settings and a sample article with its reviewed translation."""

from __future__ import annotations

from pathlib import Path

from generator.model import DigestError
from generator.storage.files import unwritable, write_file

STARTER = Path(__file__).parent.parent / "data" / "starter"
PLACES = {
    "README.md": "README.md",
    "ar-en.tmx": "memory/ar-en.tmx",
    "gitignore": ".gitignore",
    "mkdocs.yml": "mkdocs.yml",
    "welcome.txt": "seeds/welcome.txt",
    "welcome.yml": "seeds/welcome.yml",
}
"""Where the starter's files belong in a digest. No dot begins a name here: packages leave such files out."""


def start(folder: Path) -> None:
    """Lay out a new digest, ready to be generated.

    Raises `DigestError` where `folder` is a file, holds anything already, or cannot be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise DigestError(f"{folder}: is a file; name a new or an empty folder")
        if folder.is_dir() and any(folder.iterdir()):
            raise DigestError(f"{folder}: is not empty; name a new or an empty folder")
    except OSError as error:
        raise unwritable(folder, error) from error
    for name, place in PLACES.items():
        write_file(folder / place, (STARTER / name).read_bytes())
