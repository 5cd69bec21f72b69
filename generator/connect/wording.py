"""How readers should see names and words: in the spelling that most articles have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from generator.connect.entities import Naming
from generator.connect.profile import Profile


class Wording:
    """Spellings of names and words by the features of vectors."""

    def __init__(self, profiles: Sequence[Profile], naming: Naming, wanted: Set[str]) -> None:
        """Find the spellings of the `wanted` features."""
        self._titles = _commonest(
            (feature, term.title)
            for profile in profiles
            for language, terms in (("", profile.words), (profile.language, profile.source_words))
            for term in terms
            if (feature := f"{language}:{term.stem}") in wanted
        )
        self._titles |= {
            f"@{key}": entity.title for key, entity in naming.entities.items() if f"@{key}" in wanted
        }
        self._nouns = _commonest(
            (feature, term.title.split()[-1])
            for profile in profiles
            for term in profile.topics
            if (feature := f":{term.stem.split('_')[-1]}") in wanted
        )

    def is_noun(self, feature: str) -> bool:
        """Return whether a word is a noun somewhere."""
        return feature in self._nouns

    def title(self, feature: str) -> str:
        """Return how readers should see a name or word; a noun as it is spelled where it is one."""
        return self._nouns.get(feature) or self._titles[feature]


def _commonest(spelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for (feature, title), count in Counter(spelled).items():
        found[feature] = min(found.get(feature, (0, "")), (-count, title))
    return {feature: title for feature, (_, title) in found.items()}
