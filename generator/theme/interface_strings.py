"""The words of the interface, one YAML file for each language: what a site says besides its articles.

The hook reads them in a plain `mkdocs build`, and the generator for its pages; so this needs PyYAML alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "strings"
REFERENCE = "en"
"""The language whose strings are complete; what another one lacks is said in this."""
DIGITS = {
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "beng": "০১২৩৪৫৬৭৮৯",
    "deva": "०१२३४५६७८९",
}
"""The digits that a language's `digits` may name, as CLDR calls them."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast one, where PyYAML was built with libyaml."""
_own: dict[str, Mapping[str, Any]] = {}
"""By language, what the digest at hand says otherwise; a process works for one digest at a time."""


def speak(own: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say a digest's own strings instead of ours from now on; return whether that makes a difference."""
    if own == _own:
        return False
    _own.clear()
    _own.update(own)
    return True


def interface_languages() -> frozenset[str]:
    """Return the codes of the languages that have strings."""
    return frozenset(file.stem for file in FOLDER.glob("*.yml")) | _own.keys()


def reference_strings() -> dict[str, Any]:
    """Return the strings that the program has in the language whose strings are complete."""
    return _read(REFERENCE)


def load_strings(language: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the strings of a language that has some, and the dotted keys of those that it lacks.

    These are completed from the reference; the plural forms of a string are one string together.
    """
    own, reference = (_with(deepcopy(dict(_own.get(code, {}))), _read(code)) for code in (language, REFERENCE))
    return own, tuple(_complete(own, reference))


def in_digits_of(strings: dict[str, Any], text: str) -> str:
    """Return text with the digits of the language of these strings."""
    return text.translate(str.maketrans(DIGITS["latn"], DIGITS[strings["digits"]]))


def _read(language: str) -> dict[str, Any]:
    file = FOLDER / f"{language}.yml"
    if not file.is_file():  # a digest may speak a language that the program does not know
        return {}
    return yaml.load(file.read_bytes(), Loader=_LOADER) or {}  # noqa: S506  (both are safe)


def _with(own: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Return a digest's own strings with ours where it has none."""
    list(_complete(own, ours))
    return own


def _complete(own: dict[str, Any], reference: dict[str, Any], at: str = "") -> Iterator[str]:
    """Add to `own` what it lacks, and return the keys."""
    for key, value in reference.items():
        if key not in own:
            own[key] = value
            yield at + key
        elif isinstance(value, dict) and "other" not in value and isinstance(own[key], dict):
            yield from _complete(own[key], value, f"{at}{key}.")
