"""A digest's own words: `strings/LANG.yml` beside `mkdocs.yml` replaces single strings of the interface.

A module of its own since a person writes these files: each mistake is a line that names the file and the way
out, where ours would be mended in the program.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .interface_strings import DIGITS, reference_strings


def read_own_strings(folder: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return the strings that a digest has of its own in a folder, by language, and a line for each mistake."""
    own: dict[str, dict[str, Any]] = {}
    mistakes: list[str] = []
    for file in own_strings_files(folder):
        content, wrong = _read(file)
        mistakes += [f"{file}: {line}" for line in wrong]
        own[file.stem] = content
    return own, mistakes


def own_strings_files(folder: Path) -> list[Path]:
    """Return the files of a digest's own strings, and those that seem to be meant so."""
    return sorted((*folder.glob("*.yml"), *folder.glob("*.yaml")))


def _read(file: Path) -> tuple[dict[str, Any], list[str]]:
    from babel import Locale, UnknownLocaleError  # reads locale data

    try:
        locale = Locale.parse(file.stem.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}, ["is named after no language; name it by a code, such as en.yml"]
    if file.suffix != ".yml":
        return {}, [f"is not read; name it {file.stem}.yml"]
    try:
        content = yaml.safe_load(file.read_bytes())
    except OSError as error:
        return {}, [f"cannot be read ({error.strerror}); mend that"]
    except (yaml.YAMLError, ValueError) as error:
        return {}, [yaml_fault(error)]
    content = {} if content is None else content
    if isinstance(content, dict) and str(content.get("digits", "latn")) not in DIGITS:
        return {}, [f"digits is {content['digits']!r} but must be {' or '.join(DIGITS)}"]
    forms = {"other", *map(locale.plural_form, (*range(200), 10**6))}  # those of whole numbers
    return content, list(_mistakes(content, reference_strings(), forms))


def yaml_fault(error: Exception) -> str:
    """Return where a text stops being YAML and why, in the words in which a line names it."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        why = ", ".join(filter(None, (error.context, error.problem)))
        return f"is not valid YAML in line {error.problem_mark.line + 1} ({why}); mend it"
    return f"is not valid YAML ({' '.join(str(error).split())}); mend it"


def _mistakes(own: object, reference: Any, forms: set[str], at: str = "") -> Iterator[str]:
    """Return what is wrong with strings, compared with those of the reference at the same place."""
    place = at or "the file"
    if isinstance(reference, str):
        if isinstance(own, str):
            yield from _lost(own, at, needed=_fields(reference), known=_fields(reference))
        else:
            yield f"{place} is {own!r} but must be a text; put quotation marks around it"
    elif isinstance(reference, list):
        if not _is_like(own, reference):
            yield f"{place} must be a list as in the program's own strings: {_shape_of(reference)}"
    elif not isinstance(own, dict):
        yield f"{place} is {own!r} but must hold {', '.join(reference)}"
    elif "other" in reference:
        yield from _plural_mistakes(own, reference, forms, at)
    else:
        for key, value in own.items():
            below = f"{at}.{key}" if at else str(key)
            if key in reference:
                yield from _mistakes(value, reference[key], forms, below)
            else:
                yield f"{below} is no string of the interface; {place} may have {', '.join(reference)}"


def _plural_mistakes(own: dict[Any, Any], reference: dict[str, str], forms: set[str], at: str) -> Iterator[str]:
    """Return what is wrong with the plural forms of a string: a language's own, and those of the reference."""
    if missing := sorted(forms - own.keys()):
        yield f"{at} lacks the plural {' and '.join(missing)}; this language has {', '.join(sorted(forms))}"
    known = {field for form in reference.values() for field in _fields(form)}
    for form, text in own.items():
        if form not in forms | reference.keys():
            yield f"{at}.{form} is no plural of this language; it has {', '.join(sorted(forms))}"
        elif not isinstance(text, str):
            yield f"{at}.{form} is {text!r} but must be a text; put quotation marks around it"
        else:
            counts = {"n"} if form != "other" else set()  # one or two may be said in words
            yield from _lost(text, f"{at}.{form}", needed=_fields(reference["other"]) - counts, known=known)


def _lost(text: str, at: str, *, needed: set[str], known: set[str]) -> Iterator[str]:
    """Return what is wrong with the placeholders of a string."""
    try:
        found = _fields(text)
    except ValueError:
        yield f"{at} has a brace without its other half; write {{{{ or }}}} for a brace that is meant"
        return
    for field in sorted(needed - found):
        yield f"{at} has lost {{{field}}}; put it back"
    for field in sorted(found - known):
        there = ", ".join(f"{{{each}}}" for each in sorted(known)) or "none"
        yield f"{at} has the placeholder {{{field}}}, for which there is no value; it may have: {there}"


def _fields(text: str) -> set[str]:
    """Return the names of the placeholders of a string; raises `ValueError` where braces do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _is_like(own: object, reference: object) -> bool:
    """Return whether a value is made as that of the reference, of lists with at least one item."""
    if isinstance(own, dict) and isinstance(reference, dict):
        return own.keys() == reference.keys() and all(_is_like(own[key], reference[key]) for key in reference)
    if isinstance(own, list) and isinstance(reference, list):
        return bool(own) and all(_is_like(item, reference[0]) for item in own)
    return isinstance(own, str) and isinstance(reference, str)


def _shape_of(reference: object) -> str:
    """Return how a value is made, as YAML."""
    if isinstance(reference, dict):
        return "{" + ", ".join(f"{key}: {_shape_of(value)}" for key, value in reference.items()) + "}"
    return f"[{_shape_of(reference[0])}, …]" if isinstance(reference, list) else "TEXT"
