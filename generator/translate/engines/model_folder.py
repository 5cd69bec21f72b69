"""Any CTranslate2 translation model in a local folder, such as a converted OPUS-MT model, as an engine."""

from __future__ import annotations

import json
from pathlib import Path

from generator.config import DEFAULTS, Quality
from generator.model import DigestError
from generator.models import lock as locking
from generator.models.packages import InstalledPackage
from generator.translate.engines.ctranslate2 import LocalEngine, LocalModel
from generator.translate.engines.decoding import QUALITIES
from generator.translate.engines.tokenizers import SentencePiece
from generator.translate.engines.vocabulary_map import pieces_of, restriction


def package(path: Path, source: str, target: str) -> InstalledPackage | None:
    """Describe the model for a pair; None where there is none.

    `{source}` and `{target}` in the path stand for language codes. A path without them serves every source
    language, but for the folder of an Argos package, which says what it translates. DigestError when the
    folder holds no model.
    """
    place = Path(str(path).replace("{source}", source).replace("{target}", target))
    if not place.is_dir() and place != path:
        return None
    root = next((each for each in (place, place.parent) if _pieces_in(each)), None)
    if root is None or not (_model_in(place) / "model.bin").is_file():
        raise DigestError(
            f"{place}: no CTranslate2 model with its pieces (model.bin and source.spm with target.spm, or "
            "sentencepiece.model); check extra.digest.engine.path"
        )
    if (root / "metadata.json").is_file():
        metadata = json.loads((root / "metadata.json").read_bytes())
        if (metadata.get("from_code"), metadata.get("to_code")) != (source, target):
            return None
    return InstalledPackage(source, target, "", root, kind="ctranslate2")


def engine(
    model: InstalledPackage,
    *,
    quality: Quality = DEFAULTS.quality,
    threads: int | None = None,
    lock: Path | None = None,
) -> LocalEngine:
    """Make an engine of what `package` gave; DigestError when it is damaged or contradicts the lock."""
    hashes = locking.files(model)
    if lock:
        locking.check(model, hashes, lock, f"digest models verify {model.pair} --accept")
    folder = _model_in(model.path)
    local = LocalModel(
        f"{model.name.replace(' ', ':')}:{locking.fingerprint(hashes)}",
        model.source,
        model.target,
        folder,
        SentencePiece(*_pieces_in(model.path)),
        vocabulary=restriction(pieces_of(folder), model.source, model.target),
        end=_end(folder),
    )
    return LocalEngine(local, QUALITIES[quality], threads=threads)


def _model_in(place: Path) -> Path:
    return place if (place / "model.bin").is_file() else place / "model"


def _pieces_in(root: Path) -> tuple[Path, ...]:
    """Return the SentencePiece models: source and target, or one for both; none where there are none."""
    for names in (("source.spm", "target.spm"), ("sentencepiece.model",)):
        if all((root / name).is_file() for name in names):
            return tuple(root / name for name in names)
    return ()


def _end(folder: Path) -> str:
    """Return the piece to end a source with, where CTranslate2 doesn't add it itself.

    The converter for Hugging Face leaves that to the tokenizer of its Marian models (OPUS-MT), which start
    decoding with `<pad>`; without the end mark they go on for ever.
    """
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except FileNotFoundError:  # before CTranslate2 3: the model itself knows
        return ""
    except ValueError as error:
        raise DigestError(f"{folder}: damaged, config.json can't be read; convert the model again") from error
    marian = config.get("decoder_start_token") == "<pad>" and not config.get("add_source_eos")
    return str(config.get("eos_token", "</s>")) if marian else ""
