"""Who settles a translation, and when."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from generator.translate.memory import Signature


def signature_of(root: Path, by: str = "") -> Signature:
    """Return a signature of now: by this name, else by the one that git knows where `root` is in its care."""
    return Signature(by or _git_user(root), datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"))


def _git_user(root: Path) -> str:
    said = ""
    for question in ("rev-parse --git-dir", "config user.name"):
        try:
            asked = subprocess.run(  # noqa: S603  no text of others is in it
                ["git", "-C", str(root), *question.split()],  # noqa: S607
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=True,
            )
        except (OSError, subprocess.CalledProcessError):  # no git here, no name
            return ""
        said = asked.stdout.strip()
    return said
