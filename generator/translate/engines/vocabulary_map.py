"""Which pieces a translation can need: scoring fewer is most of what makes decoding faster.

An Argos package has one vocabulary for both languages. Of the 65,000 pieces of zh→en, 31,052 hold Chinese
letters, which English output never needs but where it copies a word from the source.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from generator.languages import language_of
from generator.languages.scripts import script_of
from generator.model import DigestError
from generator.storage.files import unreadable

_EMBEDDINGS = (
    (b"encoder/embeddings_0/weight\0", b"encoder/embeddings/weight\0"),
    (b"decoder/embeddings/weight\0",),
)
"""Weights with a row for each piece, of the source and of the target."""

PADDED = 0.9
"""The least part of these rows that a vocabulary names: today's converters ask for all, older ones did not."""

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
        text = path.read_bytes().decode()
        pieces = json.loads(text) if path.suffix == ".json" else _lines(text)
        if not isinstance(pieces, list) or len(pieces) < 4:  # beside what no text is made of
            raise ValueError
    except (OSError, ValueError, RecursionError) as error:
        raise DigestError(f"{path}: damaged; install the model again") from error
    return [str(piece) for piece in pieces]


def _lines(text: str) -> list[str]:
    """Return lines as CTranslate2 does: a piece may end with a carriage return unless all lines do."""
    lines = text.removesuffix("\n").split("\n")
    return [line[:-1] for line in lines] if all(line.endswith("\r") for line in lines) else lines


def check_sizes(model: Path, source: Sequence[str], target: Sequence[str]) -> None:
    """Raise DigestError where a vocabulary is not that of the weights in a CTranslate2 model folder.

    CTranslate2 does not look; of one that is too long it reads beyond the weights, and the program dies.
    """
    try:
        weights = (model / "model.bin").read_bytes()
    except OSError as error:
        raise unreadable(model / "model.bin", error) from error
    sizes = [next(_sizes_in(weights, names), 0) for names in _EMBEDDINGS]
    for pieces, found in zip((source, target), sizes, strict=True):
        size = found or max(sizes)  # one may be the other under another name
        if size and not PADDED * size <= len(pieces) <= size:
            raise DigestError(
                f"{model}: damaged, its vocabulary has {len(pieces):,} pieces, its weights {size:,}; "
                "install the model again"
            )


def _sizes_in(weights: bytes, names: Iterable[bytes]) -> Iterator[int]:
    """Return the rows of matrices by their names, after which `model.bin` has rank, rows and columns."""
    for name in names:
        at = weights.find(name)
        if at >= 0 and weights[at + len(name) : at + len(name) + 1] == b"\2":
            yield int.from_bytes(weights[at + len(name) + 1 : at + len(name) + 5], "little")


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
