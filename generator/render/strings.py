"""The words of the interface as pages ask for them: with values put in, plural forms, names and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.languages import language_of, tag_of
from generator.languages.locales import babel_locale
from generator.model import UNKNOWN, DigestError
from generator.theme.interface_strings import REFERENCE, in_digits_of, interface_languages, load_strings, speak
from generator.theme.own_strings import read_own_strings

if TYPE_CHECKING:
    from babel import Locale


@cache
def has_strings(language: str) -> bool:
    """Return whether the interface speaks a language."""
    return language in interface_languages()


@dataclass(frozen=True, eq=False)
class Strings:
    """What the interface says in one language; what a language lacks is said in English."""

    language: str
    content: dict[str, Any]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the string at a dotted key, with values put in for `{name}`."""
        found = self._at(key)
        return str(found).format(**self._shown(values)) if values else str(found)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the string at a key in the plural form that `n` takes in the language."""
        forms = self._at(key)
        form = "other" if self._locale is None else self._locale.plural_form(n)
        return str(forms.get(form, forms["other"])).format(**self._shown({"n": n, **values}))

    def digits(self, text: object) -> str:
        """Return a number or a date in the digits that the language writes."""
        return in_digits_of(self.content, str(text))

    def sections(self, key: str) -> list[dict[str, Any]]:
        """Return the list of sections at a dotted key."""
        return list(self._at(key))

    def has(self, key: str) -> bool:
        """Return whether there is a string at a dotted key."""
        return self._at(key) is not None

    def language_name(self, code: str) -> str:
        """Return a language's name in this one; its own name for itself where that is not known."""
        if code == UNKNOWN:
            return self("site.unknown_language")
        names: Mapping[str, str] = self._locale.languages if self._locale else {}  # never copied: it is large
        return names.get(tag_of(code).replace("-", "_")) or language_of(code).endonym

    def script_name(self, code: str) -> str:
        """Return the name of a script, given as ISO 15924 has it; an ellipsis for one that is not known."""
        names: Mapping[str, str] = self._locale.scripts if self._locale else {}
        return names.get("Hani" if code == "Hans" else code, "…")

    def date(self, iso: str) -> str:
        """Return an ISO 8601 date or time as a long date."""
        from babel.dates import format_date  # reads locale data

        shown = format_date(date.fromisoformat(iso[:10]), "long", locale=self._locale or REFERENCE)
        return self.digits(shown)

    def month(self, iso: str) -> str:
        """Return a month, as in 2026-11, in words."""
        from babel.dates import format_skeleton  # reads locale data

        shown = format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=self._locale or REFERENCE)
        return self.digits(shown)

    @property
    def _locale(self) -> Locale | None:
        return babel_locale(self.language)

    def _shown(self, values: dict[str, object]) -> dict[str, object]:
        return {name: self.digits(value) if isinstance(value, int) else value for name, value in values.items()}

    def _at(self, key: str) -> Any:
        found: Any = self.content
        for name in key.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found


def use_own_strings(folder: Path) -> None:
    """Say from now on what a digest has of its own in its folder of strings.

    Raises `DigestError` with one line for each mistake in there.
    """
    own, mistakes = read_own_strings(folder)
    if mistakes:
        raise DigestError("\n".join(mistakes))
    if speak(own):
        strings_in.cache_clear()
        has_strings.cache_clear()


@cache
def strings_in(language: str) -> Strings:
    """Return the interface's strings in a language, in English where it has none."""
    spoken = language if has_strings(language) else REFERENCE
    return Strings(spoken, load_strings(spoken)[0])
