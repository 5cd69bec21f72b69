"""The index of Argos packages, which alone knows what can be downloaded, and from where."""

from __future__ import annotations

import io
import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.download import TRUSTED, Limits, download
from generator.model import DigestError
from generator.models.packages import argos_settings, package_of, version_order

MOST_INDEX = 16 << 20
"""Bytes; the index of 2024 has 60 thousand."""


HASTY = replace(TRUSTED, seconds=5)
"""For a question that nobody asked: without a network, work goes on."""


@dataclass(frozen=True, slots=True)
class AvailablePackage:
    """A package that the index offers."""

    pair: str
    version: str
    links: tuple[str, ...]
    """Web addresses of the archive, to be tried in order."""


def available(url: str | None = None, *, limits: Limits = TRUSTED) -> tuple[AvailablePackage, ...]:
    """Download the index and list its translation packages by pair, the newest version first.

    Without a `url` it lies in the folder of ARGOS_PACKAGE_INDEX, or where Argos Translate expects it.
    DigestError where the index can't be had or isn't one. Entries that offer nothing usable are passed over.
    """
    if url is None:
        folder = os.environ.get("ARGOS_PACKAGE_INDEX") or str(argos_settings().package_index)
        url = f"{folder.rstrip('/')}/index.json"
    content = io.BytesIO()
    try:
        download(url, content, replace(limits, most=MOST_INDEX))
    except DigestError as error:
        way = "or carry the model here as a file: digest models install FILE.argosmodel"
        raise DigestError(f"{error}, {way}") from error
    try:
        entries = json.loads(content.getvalue())
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise DigestError(f"{url}: not an index of Argos packages; check ARGOS_PACKAGE_INDEX")
    found = []
    for entry in entries:
        with suppress(DigestError):
            package = package_of(entry, Path("index.json"))
            addresses = [link for link in entry.get("links") or () if isinstance(link, str)]
            if links := tuple(link for link in addresses if link.startswith(("https:", "http:"))):
                found.append(AvailablePackage(package.pair, package.version, links))
    return tuple(sorted(found, key=lambda package: (package.pair, version_order(package.version))))
