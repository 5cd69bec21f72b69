"""Which sources a digest has: those in its settings, and those in `sources.opml`, as feed readers export it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from generator.config import Settings, Source
from generator.model import DigestError

OPML = "sources.opml"
LARGEST_OPML = 5 * 2**20


def listed_sources(settings: Settings) -> tuple[Source, ...]:
    """Return each source once; of one that both name, the settings say how it is read and the list what it is.

    Raises `DigestError` where the list cannot be read.
    """
    found = {source.url: source for source in settings.sources}
    for source in read_opml(settings.root / OPML):
        chosen = found.get(source.url)
        if chosen:
            source = replace(chosen, name=chosen.name or source.name, topics=chosen.topics or source.topics)  # noqa: PLW2901
        found[source.url] = source
    return tuple(found.values())


def read_opml(file: Path) -> list[Source]:
    """Return the feeds of an OPML list, nothing where there is no such file.

    Folders, and categories that feeds name, become topics. Raises `DigestError` for what is no such list.
    """
    if not file.is_file():
        return []
    if file.stat().st_size > LARGEST_OPML:
        raise DigestError(f"{file}: is larger than {LARGEST_OPML // 2**20} MB; export the feeds alone")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DigestError(f"{file}: is no OPML ({error}); export the list of feeds again") from error
    if root is None or root.tag != "opml":
        raise DigestError(f"{file}: is no OPML; export the list of feeds again")
    return list({source.url: source for source in _feeds(root, file)}.values())


def _feeds(root: etree._Element, file: Path) -> Iterator[Source]:
    for outline in root.iter("outline"):
        url = _attribute(outline, "xmlUrl")
        if not url:
            continue
        if url.startswith("feed:"):
            url = (
                url.removeprefix("feed:")
                if url.startswith("feed:http")
                else f"https:{url.removeprefix('feed:')}"
            )
        if not url.startswith(("http://", "https://")):
            raise DigestError(f"{file}: {url[:200]!a} is no web address; mend or delete that line")
        above = [_attribute(each, "text") for each in outline.iterancestors("outline")][::-1]
        categories = _attribute(outline, "category").replace("/", ",").split(",")
        topics = dict.fromkeys(filter(None, map(str.strip, [*above, *categories])))
        name = _attribute(outline, "title") or _attribute(outline, "text")
        yield Source(url, name=name, topics=tuple(topics))


def _attribute(outline: etree._Element, name: str) -> str:
    """Return an attribute as one line; programs write `xmlUrl` in capitals or without."""
    found = {key.lower(): value for key, value in outline.attrib.items()}
    return " ".join(str(found.get(name.lower(), "")).split())
