"""YAML beside or atop a seed: what a person declares about it counts more than what is found in it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.ingest.decode import decode_bytes
from generator.ingest.raw_article import Unreadable
from generator.ingest.readers import READERS
from generator.ingest.seeds import SIDECARS, sidecars_of
from generator.model import DigestError
from generator.storage.files import write_file

LARGEST = 64 * 2**10
"""Characters; nobody writes more about an article, and YAML is slow to read."""
FRONT_MATTER = re.compile(
    r"\A\s*---(?:yaml)?[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
TOML = re.compile(
    r"\A(?:\+\+\+|---toml)[^\S\n]*\n(.*?)^(?:\+\+\+|---)[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
JSON = re.compile(r"\A(\{[^\S\n]*\n.*?^\})[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
FENCED_JSON = re.compile(r"\A---json[^\S\n]*\n(.*?)^---[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLED = r"\A(?=(?:[A-Za-z_-]+:.*\n){0,12}title:)"
_FIELD = r"[A-Za-z][\w-]*[ \t]*:.*\n"
PELICAN = re.compile(rf"{_TITLED}((?:{_FIELD}(?:[ \t]{{4,}}\S.*\n)*)+)(?:[ \t]*\n|\Z)", re.IGNORECASE)
HEXO = re.compile(rf"{_TITLED}((?:{_FIELD}|[ \t]*-.*\n|[ \t]+[^-\s].*\n)+?)---[ \t]*(?:\n|\Z)", re.IGNORECASE)


def read_mapping(text: str) -> Mapping[str, object]:
    """Read a YAML mapping, names in lower case, every scalar as the text it is written as.

    Hence `language: no` is Norwegian, not false, and a date stays as declared. Raises `Unreadable`.
    """
    import yaml

    if len(text) > LARGEST:
        raise Unreadable(f"is too long for YAML ({len(text):,} characters, at most {LARGEST:,}); shorten it")
    try:
        values = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes strings, lists and dicts only
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Unreadable(f"is no valid YAML{line} ({error.problem}); mend it") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Unreadable("is no valid YAML; mend it") from error
    if not isinstance(values, dict):
        raise Unreadable("holds no `name: value` lines; write for instance `title: …`")
    return {str(name).lower(): value for name, value in values.items()}


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Part what declares fields at the top of a text from the rest; raises `Unreadable`.

    YAML stands between lines of hyphens, of which Hexo leaves out the first, TOML between lines of plus signs,
    JSON in braces, as Hugo has them; Pelican and MkDocs begin with `Title: …` and end at a blank line.
    """
    forms = (TOML, JSON, FENCED_JSON, FRONT_MATTER, HEXO, PELICAN)
    found = next(filter(None, (form.match(text) for form in forms)), None)
    if not found or not found[1].strip():
        return {}, text[found.end() :] if found else text
    rest = text[found.end() :]
    if found.re is TOML:
        return _read_toml("\n" + found[1]), rest
    if found.re in (JSON, FENCED_JSON):
        values = _read_json(found[1])
        return ({}, text) if values is None else (values, rest)
    if found.re is PELICAN:
        lines = re.sub(r"\n[ \t]+", ", ", found[1]).splitlines()
        return {
            name.strip().lower(): value.strip() for name, value in (each.split(":", 1) for each in lines)
        }, rest
    fields = dict(read_mapping("\n" + found[1]))  # so that lines are counted as in the file
    if str(fields.get("published")).lower() in ("true", "false"):
        del fields["published"]  # a switch in Jekyll, no date
    return fields, rest


def _read_json(text: str) -> Mapping[str, object] | None:
    """Return what is declared in JSON, None where a text only begins like it."""
    try:
        values = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return None if not isinstance(values, dict) else {name.lower(): value for name, value in values.items()}


def _read_toml(text: str) -> Mapping[str, object]:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise Unreadable(f"is no valid TOML ({str(error)[:80]}); mend it") from error
    plain = {name.lower(): value for name, value in values.items() if not isinstance(value, dict)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


def declare_slug(path: Path, slug: str) -> Path | None:
    """Write a slug into a seed's sidecar, as `declare_field` does."""
    return declare_field(path, "slug", slug)


def declare_field(path: Path, name: str, value: str) -> Path | None:
    """Write a field into a seed's sidecar, which is made where there is none; return it.

    None where the sidecar has that field already. Raises `DigestError` where it cannot be written.
    """
    shares = any(
        other.stem == path.stem for other in path.parent.iterdir() if _is_seed(other) and other != path
    )
    own = [sidecar for sidecar in sidecars_of(path) if not shares or sidecar.stem != path.stem]
    sidecar = own[-1] if own else path.with_name((path.name if shares else path.stem) + SIDECARS[0])
    try:
        before = sidecar.read_bytes() if own else b""
        known = read_mapping(decode_bytes(before).text) if own else {}
        if name in known:
            return None
        content = (
            before + (b"\n" if before and not before.endswith(b"\n") else b"") + f"{name}: {value}\n".encode()
        )
        if read_mapping(decode_bytes(content).text) != {**known, name: value}:
            raise Unreadable("is not written line by line")
    except (OSError, Unreadable) as error:
        raise DigestError(f"{sidecar}: cannot take in `{name}: {value}`; write it there by hand") from error
    write_file(sidecar, content)
    return sidecar


def _is_seed(file: Path) -> bool:
    return file.suffix.lower() in READERS
