"""Who a correction is by, and when: the author that git knows, and the clock."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from generator.translate.memory import Signature


def signature_of(root: Path, by: str = "") -> Signature:
    """Return the signature of what is settled now in a digest's folder: `by`, else the name git has for it.

    The name is empty where neither is known.
    """
    return Signature(by.strip() or _git_name(root), datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"))


def _git_name(root: Path) -> str:
    """Return git's `user.name` in a folder, nothing where it is in no repository or there is no git."""
    command = ["git", "-C", str(root), "rev-parse", "--is-inside-work-tree"]
    name = ["git", "-C", str(root), "config", "user.name"]
    try:
        for each in (command, name):
            done = subprocess.run(each, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
