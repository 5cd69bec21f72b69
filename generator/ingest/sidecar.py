"""YAML beside or atop a seed: what a person declares about it counts more than what is found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.ingest.raw_article import Unreadable

LARGEST = 64 * 2**10
"""Characters; nobody writes more about an article, and YAML is slow to read."""
FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


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
    """Part the YAML between two lines of hyphens at the top of a text from the rest; raises `Unreadable`."""
    found = FRONT_MATTER.match(text)
    if not found or not found[1].strip():
        return {}, text[found.end() :] if found else text
    return read_mapping("\n" + found[1]), text[found.end() :]  # so that lines are counted as in the file
