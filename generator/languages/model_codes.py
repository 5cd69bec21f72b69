"""What translation models and people call languages: by more codes than are told apart elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from generator.languages import LANGUAGES, code_of

_BRAZILIAN = re.compile(r"pb|pob|(?:pt|por)[-_]br", re.IGNORECASE)
"""The Argos index has models of its own for it; texts are not told from other Portuguese ones."""

_NEAR = ({"pt": "pb", "pb": "pt"}, {"zh": "zt", "zt": "zh"}, {"nb": "nn", "nn": "nb"})
"""Whose models read each other's texts; LibreTranslate exchanges the first two as well."""

_PACKAGE_NAME = re.compile(r"(?:translate[-_])?(.+?)(?:[-_]\d+(?:[._]\d+)*)?", re.IGNORECASE)
"""A pair may be called as its package is: `translate-ar_en-1_0`."""


def model_code(tag: str) -> str:
    """Return the code that the Argos index has for a language, however a package or a person writes it.

    `AR` is ar, `zh-Hant` zt, `no` nb, `pt-BR` pb; a code that is none stays as it is.
    """
    return "pb" if _BRAZILIAN.fullmatch(tag) else code_of(tag) or tag


def pairs_like(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Return the pairs of codes whose models translate from one language into another, the closest first."""
    yield from product(*([code, *(near[code] for near in _NEAR if code in near)] for code in (source, target)))


def pair_in(name: str) -> tuple[str, str] | None:
    """Return the language pair that a name means: `ar-en`, `AR_en`, `pt-BR-en`, `translate-ar_en`; else None.

    Where a hyphen may stand within a code, as in `fr-CA-en`, both sides must be known languages; a script or
    region written as such decides.
    """
    found = _PACKAGE_NAME.fullmatch(name)
    tags = re.split("[-_]", found[1]) if found else []
    splits = [("-".join(tags[:at]), "-".join(tags[at:])) for at in range(len(tags) - 1, 0, -1)]
    pairs = {(model_code(source), model_code(target)): (source, target) for source, target in splits}
    known = [pair for pair in pairs if set(pair) <= {*LANGUAGES, "pb"} and pair[0] != pair[1]]
    if known:
        return max(
            known, key=lambda pair: len(re.findall("-(?:[A-Z]{2}|[A-Z][a-z]{3})\\b", " ".join(pairs[pair])))
        )
    plain = len({*map(model_code, tags)}) == len(tags) == 2 and all(
        re.fullmatch("[A-Za-z]+", tag) for tag in tags
    )
    return next(iter(pairs), None) if plain else None
