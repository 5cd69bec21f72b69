"""What spellings of one name have in common, and which names Babel knows in which languages.

U.S. and United States are one name, in an article, in a digest and in what people exclude.
"""

from __future__ import annotations

from functools import cache, lru_cache

from generator.connect.tokens import words_of
from generator.languages import LANGUAGES
from generator.languages.place_names import codes_by_name, names_by_code, usual_names
from generator.theme import text_analysis


@lru_cache(maxsize=1 << 16)  # the names of a digest come again and again
def key_of(title: str) -> str:
    """Return what spellings of one name have in common; U.S. and United States are one."""
    key, same = _plain_key(title), same_names()
    first, _, rest = key.partition(" ")
    if rest and key not in same and first in same and (title[1].isupper() or title[1] == "."):
        return f"{same[first]} {rest}"  # the U.N. General Assembly
    return same.get(key, key)


def is_spelled_out(title: str) -> bool:
    """Return whether a name is in the form that readers should see of those that are one."""
    return _plain_key(title) == key_of(title)


def _plain_key(title: str) -> str:
    return " ".join(text_analysis.words(title.replace(".", "")))


@cache
def same_names() -> dict[str, str]:
    """Return the first of the names that are one, as `data/connect.tsv` and Babel have them, by the others."""
    rows = (row.split("=") for language in LANGUAGES for row in words_of(language, "same"))
    usual = {_plain_key(name): _plain_key(official) for name, official in usual_names().items()}
    return usual | {
        other.replace("_", " "): first.replace("_", " ") for first, *others in sorted(rows) for other in others
    }


@cache
def babel_spellings(language: str, target_language: str) -> dict[str, str]:
    """Return the words of a language for what Babel knows, by the names in the target language."""
    names = names_by_code(language)
    return {key: names[code] for key, code in babel_codes(target_language).items() if code in names}


@cache
def babel_codes(target_language: str) -> dict[str, str]:
    """Return the codes of what Babel knows by their names in the target language."""
    return {key_of(title): code for title, code in codes_by_name(target_language).items()}
