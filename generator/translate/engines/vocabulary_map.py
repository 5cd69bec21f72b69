"""Which pieces a translation can need: scoring fewer is most of what makes decoding faster.

An Argos package has one vocabulary for both languages. Of the 65,000 pieces of zh→en, 31,052 hold Chinese
letters, which English output never needs but where it copies a word from the source.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from generator.languages import language_of
from generator.languages.scripts import script_of
from generator.model import DigestError

LEAST = 0.1
"""The part of a vocabulary that must be spared before it is worth the trouble."""


def pieces_of(model: Path, side: Literal["source", "target"] = "target") -> list[str]:
    """Read a vocabulary of a CTranslate2 model folder; DigestError when there is none."""
    names = (
        "shared_vocabulary.json",
        "shared_vocabulary.txt",
        f"{side}_vocabulary.json",
        f"{side}_vocabulary.txt",
    )
    path = next((model / name for name in names if (model / name).is_file()), None)
    if path is None:
        raise DigestError(f"{model}: not a CTranslate2 translation model, it has no vocabulary")
    try:
        text = path.read_text("utf-8")
        pieces = json.loads(text) if path.suffix == ".json" else text.split("\n")
        if not isinstance(pieces, list) or len(pieces) < 4:  # beside what no text is made of
            raise ValueError
    except (OSError, ValueError, RecursionError) as error:
        raise DigestError(f"{path}: damaged; install the model again") from error
    return [str(piece) for piece in pieces]


def restriction(pieces: Sequence[str], source: str, target: str) -> str | None:
    """Return the vocabulary map, as CTranslate2 reads it, that spares the letters only the source language has.

    A piece with such letters remains possible in a batch whose sources hold it, at the beginning of a word or
    inside of one, so that quoted words can still be copied. None where both languages write the same letters,
    or too little would be spared.
    """
    needed = script_of(language_of(target).script).unicode_names
    spared = tuple(name for name in script_of(language_of(source).script).unicode_names if name not in needed)
    letters = {each for each in set("".join(pieces)) if unicodedata.name(each, "").startswith(spared)}
    foreign = {piece for piece in pieces if not letters.isdisjoint(piece)}
    if len(foreign) < LEAST * len(pieces) or any(set(piece) & set(" \t\r\n") for piece in pieces):
        return None
    always = " ".join(piece for piece in pieces if piece and piece not in foreign)
    lines = [f"\t{always}"]
    for piece in pieces:
        if piece in foreign:
            bare = piece.removeprefix("▁")
            lines.append(f"{piece}\t{' '.join(form for form in (bare, f'▁{bare}') if form in foreign)}")
    return "\n".join([*lines, ""])
