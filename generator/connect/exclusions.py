"""What people say is no name and no topic: `memory/not-names.txt`, one a line, takes it away for ever.

No program tells all names from other words with capitals; who sees a false one should not have to live with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.connect.name_keys import key_of
from generator.connect.profile import Profile, ProfileTerms
from generator.connect.tokens import stem
from generator.model import DigestError

EXCLUSIONS = "not-names.txt"


def load_exclusions(memory: Path) -> tuple[str, ...]:
    """Return what a digest's memory says is no name and no topic, in the order of the lines.

    Raises `DigestError` for a file that cannot be read or that holds a conflict.
    """
    file = memory / EXCLUSIONS
    try:
        lines = file.read_text("utf-8-sig").splitlines() if file.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(f"{file}: cannot be read ({error}); save it as plain text in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.startswith(("<<<<<<<", ">>>>>>>")):
            place = f"{file}: line {number}"
            raise DigestError(f"{place} is a conflict that git left; choose what counts and delete the marks")
    entries = (" ".join(line.split()) for line in lines if not line.lstrip().startswith("#"))
    return tuple(dict.fromkeys(filter(None, entries)))


def leave_out(profiles: Iterable[Profile], entries: Sequence[str]) -> tuple[list[Profile], list[str]]:
    """Return profiles without the names, topics and words that entries exclude, and the entries that none has.

    Letters may be large or small in an entry, and it stands for all spellings that count as one name, also as
    sources spell that: so pages in their languages call it.
    """
    profiles = list(profiles)
    wanted = {key_of(entry) for entry in entries} - {""}
    stems = set(map(_stems, entries))
    met: set[str] = set()
    names: set[str] = set()
    for name in (name for profile in profiles for name in profile.names if entries):
        if found := wanted.intersection(map(key_of, (name.title, *name.sources))):
            names.add(key_of(name.title))
            met |= found

    def terms(found: ProfileTerms) -> ProfileTerms:
        met.update(found.sentences.keys() & stems)
        kept = {key: count for key, count in found.sentences.items() if key not in stems}
        return ProfileTerms(kept, {key: title for key, title in found.titles.items() if key in kept})

    def without(profile: Profile) -> Profile:
        met.update(wanted.intersection(map(key_of, profile.declared)))
        return replace(
            profile,
            names=tuple(name for name in profile.names if key_of(name.title) not in names),
            declared=tuple(title for title in profile.declared if key_of(title) not in wanted),
            topics=terms(profile.topics),
            words=terms(profile.words),
            source_words=terms(profile.source_words),
        )

    kept = [without(profile) if entries else profile for profile in profiles]
    return kept, [entry for entry in entries if met.isdisjoint((key_of(entry), _stems(entry)))]


def _stems(entry: str) -> str:
    return "_".join(map(stem, entry.lower().split()))


def unmet_line(memory: Path, unmet: Sequence[str]) -> list[str]:
    """Say in a line which entries exclude nothing; no line where all do."""
    named = ", ".join(f'"{entry}"' for entry in unmet[:5]) + (
        f" and {len(unmet) - 5} more" if unmet[5:] else ""
    )
    return [f"{memory.name}/{EXCLUSIONS}: no article has {named}; mend or delete the lines"] if unmet else []
