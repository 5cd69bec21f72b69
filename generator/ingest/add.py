"""Files and web pages → seeds, each once, with what is known about it in a sidecar.

Nothing gets into the seeds folder that could not be read from it: each is read on trial first.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from generator.download import Limits, Response, fetch_page, parse_address
from generator.ingest import read_seed
from generator.ingest.growing_feed import FEEDS, with_earlier_entries
from generator.ingest.raw_article import Unreadable
from generator.ingest.readers import READERS
from generator.model import Article, DigestError
from generator.storage import files

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""Media type → suffix of the seed."""
VAGUE = ("text/plain", "application/octet-stream", "")
"""Media types that servers give to what they do not know; then a suffix in the address counts."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding something."""

    path: Path
    """The seed."""
    state: Literal["new", "updated", "unchanged"]


def add_seed(target: str, seeds: Path, limits: Limits = Limits()) -> Added:  # noqa: B008 - frozen
    """Put a file or a web page into the seeds folder; what cannot be read as a seed is not put there.

    Raises `DigestError`, one line with what is wrong and the way out.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", target):
        return _add_page(target, seeds, limits)
    return _add_file(Path(target), seeds, limits.most)


def _add_file(file: Path, seeds: Path, most: int) -> Added:
    """Copy a file with its sidecars; one of the same name with other content stays as it is."""
    names = [file.name, *(stem + suffix for stem in (file.stem, file.name) for suffix in (".yml", ".yaml"))]
    present = [name for name in names if file.with_name(name).is_file()]
    if file.name not in present:
        raise DigestError(f"{file}: is no file; check the name, and name the files of a folder one by one")
    if file.stat().st_size > most:
        raise DigestError(f"{file}: is larger than {most / 2**20:.0f} MB; split it")
    contents = {name: file.with_name(name).read_bytes() for name in present}
    _tried(contents)
    missing = [name for name in present if not (seeds / name).exists()]
    for name in set(present) - set(missing):
        if (seeds / name).read_bytes() != contents[name]:
            raise DigestError(f"{seeds / name}: is there with other content; rename one of the two")
    for name in missing:
        files.write_file(seeds / name, contents[name])
    return Added(seeds / file.name, "new" if missing else "unchanged")


def _add_page(url: str, seeds: Path, limits: Limits) -> Added:
    """Fetch a page or feed; one that was fetched before only if the server says that it changed.

    What a person added to the sidecar stays, and a seed that a person edited is not overwritten. The seed of a
    feed keeps the entries that its address does not give any more.
    """
    stem = stem_of(url)
    sidecar = seeds / f"{stem}.yml"
    known = _load(sidecar)
    places = (seeds / (stem + suffix) for suffix in dict.fromkeys(SUFFIXES.values()))
    before = next((place for place in places if place.exists()), None)
    response = fetch_page(url, _conditions(known) if before else {}, limits)
    if before and (response.status == 304 or before.read_bytes() == response.body):
        return Added(before, "unchanged")
    if before and _sha256(before.read_bytes()) != known.get("sha256"):
        raise DigestError(
            f"{before}: was edited since it was fetched; delete it to fetch the new text, or rename it"
        )
    name, body = stem + _suffix(response), response.body
    known = {field: value for field, value in known.items() if field not in VALIDATORS} | _facts(
        response, known
    )
    if before:
        name, body = _grown(before, name, body, known.get("charset"))
        if body == before.read_bytes():
            return Added(before, "unchanged")
    known["sha256"] = _sha256(body)
    (first, *others) = _tried({name: body, sidecar.name: _dump(known)})
    if not others and first.url is None and first.seed == name:
        known["url"] = response.url
    files.write_file(seeds / name, body)
    files.write_file(sidecar, _dump(known))
    if before and before.name != name:
        before.unlink()
    return Added(seeds / name, "updated" if before else "new")


def _grown(before: Path, name: str, body: bytes, charset: object) -> tuple[str, bytes]:
    """Return name and content of a seed that was fetched again: a feed's keeps its name and its entries."""
    suffix = PurePosixPath(name).suffix
    try:
        whole = with_earlier_entries(before, body, suffix, charset if isinstance(charset, str) else None)
    except Unreadable as fault:
        raise DigestError(f"{before}: {fault}") from fault
    is_same_feed = before.suffix in FEEDS and READERS[before.suffix] == READERS[suffix]
    return before.name if is_same_feed else name, whole


def stem_of(url: str) -> str:
    """Name the seed of an address: its words, and a hash that tells it from others with the same words."""
    host, page = parse_address(url).host, PurePosixPath(unquote(urlsplit(url).path))
    words = re.sub(r"[\W_]+", "-", f"{host}/{page.with_suffix('') if page.name else page}").strip("-")
    cut = unicodedata.normalize("NFC", words.lower()).encode()[:60].decode("utf-8", "ignore").rstrip("-")
    return f"{cut.removeprefix('www-')}-{_sha256(url.partition('#')[0].encode())[:8]}"


VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
"""What a server says about a version of a page → how it is asked whether there is a newer one."""


def _conditions(known: Mapping[str, object]) -> dict[str, str]:
    return {header: str(known[name]) for name, header in VALIDATORS.items() if name in known}


def _facts(response: Response, known: Mapping[str, object]) -> dict[str, object]:
    """Return what the sidecar keeps of a response; a charset that is there already may be a person's."""
    charset = re.search(r"charset=[\"']?([\w.:-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    return {
        **({"charset": charset[1]} if charset and "charset" not in known else {}),
        **{name: response.headers[name] for name in VALIDATORS if name in response.headers},
    }


def _suffix(response: Response) -> str:
    """Return the suffix of the seed for a response; raises `DigestError` for what is no text."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    of_address = PurePosixPath(urlsplit(response.url).path).suffix.lower()
    if kind in VAGUE and of_address in SUFFIXES.values():
        return of_address
    if kind not in SUFFIXES:
        raise DigestError(
            f"{response.url}: is {kind[:60] or 'of no type'}; give the address of a page, feed or text"
        )
    return SUFFIXES[kind]


def _tried(contents: Mapping[str, bytes]) -> Sequence[Article]:
    """Read a seed, the first file, in a place of its own; raises `DigestError` if that is impossible."""
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "seeds"
        trial.mkdir()
        for name, content in contents.items():
            (trial / name).write_bytes(content)
        return read_seed(trial / next(iter(contents)), trial)


def _load(sidecar: Path) -> dict[str, object]:
    import yaml

    try:
        known = yaml.load(sidecar.read_bytes(), yaml.BaseLoader)  # noqa: S506 - strings, lists and dicts only
    except FileNotFoundError:
        return {}
    except (OSError, yaml.YAMLError) as error:
        raise DigestError(f"{sidecar}: cannot be read as YAML; mend or delete it") from error
    return known if isinstance(known, dict) else {}


def _dump(known: Mapping[str, object]) -> bytes:
    import yaml

    return bytes(yaml.safe_dump(dict(known), allow_unicode=True, sort_keys=False, encoding="utf-8"))


def _sha256(content: bytes) -> str:
    return sha256(content).hexdigest()
