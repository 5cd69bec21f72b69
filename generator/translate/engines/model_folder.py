"""Finds a CTranslate2 translation model in a folder of the user's own, such as a converted OPUS-MT model."""

from __future__ import annotations

import json
from pathlib import Path

from generator.languages.model_codes import pairs_like
from generator.model import DigestError
from generator.models.packages import InstalledPackage, read_metadata


def package(path: Path, source: str, target: str) -> InstalledPackage | None:
    """Describe the model for a pair; None where there is none.

    `{source}` and `{target}` in the path stand for language codes. A path without them serves every source
    language, but for the folder of an Argos package, which says what it translates. DigestError when the
    folder holds no model.
    """
    place = Path(str(path).replace("{source}", source).replace("{target}", target))
    if not place.is_dir() and place != path:
        return None
    root = next((each for each in (place, place.parent) if _has_pieces(each)), None)
    if root is None or not (weights_in(place) / "model.bin").is_file():
        raise DigestError(
            f"{place}: no CTranslate2 model with its pieces (model.bin and source.spm with target.spm, or "
            "sentencepiece.model, or bpe.model); check extra.digest.engine.path"
        )
    if (root / "metadata.json").is_file():
        described = read_metadata(root)
        if (described.source, described.target) not in pairs_like(source, target):
            return None
    return InstalledPackage(source, target, "", root, kind="ctranslate2")


def weights_in(place: Path) -> Path:
    """Return the folder of the CTranslate2 model itself: the place, or `model` in it as Argos has it."""
    return place if (place / "model.bin").is_file() else place / "model"


def sentencepiece_models_in(root: Path) -> tuple[Path, ...]:
    """Return the SentencePiece models: source and target, or one for both; none where there are none."""
    for names in (("source.spm", "target.spm"), ("sentencepiece.model",)):
        if all((root / name).is_file() for name in names):
            return tuple(root / name for name in names)
    return ()


def _has_pieces(root: Path) -> bool:
    return bool(sentencepiece_models_in(root)) or (root / "bpe.model").is_file()


def end_piece(folder: Path) -> str:
    """Return the piece to end a source with, where CTranslate2 doesn't add it itself.

    The converter for Hugging Face leaves that to the tokenizer of its Marian models (OPUS-MT), which start
    decoding with `<pad>`; without the end mark they go on for ever.
    """
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except FileNotFoundError:  # before CTranslate2 3: the model itself knows
        return ""
    except (OSError, ValueError, RecursionError) as error:
        raise DigestError(f"{folder}: damaged, config.json can't be read; convert the model again") from error
    if not isinstance(config, dict):
        raise DigestError(f"{folder}: damaged, config.json holds no settings; convert the model again")
    marian = config.get("decoder_start_token") == "<pad>" and not config.get("add_source_eos")
    return str(config.get("eos_token", "</s>")) if marian else ""
