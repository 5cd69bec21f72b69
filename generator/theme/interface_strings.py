"""The words of the interface, one YAML file for each language: what a site says besides its articles.

The hook reads them in a plain `mkdocs build`, and the generator for its pages; so this needs PyYAML alone.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def interface_languages() -> frozenset[str]:
    """Return the codes of the languages that have strings."""
    return frozenset(file.stem for file in FOLDER.glob("*.yml"))


def load_strings(language: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the strings of a language that has some, and the dotted keys of those that it lacks.

    These are completed from the reference; the plural forms of a string are one string together.
    """
    own = _read(language)
    return own, tuple(_complete(own, _read(REFERENCE)))


def in_digits_of(strings: dict[str, Any], text: str) -> str:
    """Return text with the digits of the language of these strings."""
    return text.translate(str.maketrans(DIGITS["latn"], DIGITS[strings["digits"]]))


def _read(language: str) -> dict[str, Any]:
    content = (FOLDER / f"{language}.yml").read_bytes()
    return yaml.load(content, Loader=_LOADER) or {}  # noqa: S506  (both are safe)


def _complete(own: dict[str, Any], reference: dict[str, Any], at: str = "") -> Iterator[str]:
    """Add to `own` what it lacks, and return the keys."""
    for key, value in reference.items():
        if key not in own:
            own[key] = value
            yield at + key
        elif isinstance(value, dict) and "other" not in value and isinstance(own[key], dict):
            yield from _complete(own[key], value, f"{at}{key}.")
