"""Argos packages as engines."""

from __future__ import annotations

from pathlib import Path

from generator.config import DEFAULTS, Quality
from generator.models import lock as locking
from generator.models.packages import InstalledPackage
from generator.translate.engines.ctranslate2 import LocalEngine, LocalModel
from generator.translate.engines.decoding import QUALITIES
from generator.translate.engines.tokenizers import BytePairs, Pieces, SentencePiece
from generator.translate.engines.vocabulary_map import pieces_of, restriction


def engine(
    package: InstalledPackage,
    *,
    quality: Quality = DEFAULTS.quality,
    threads: int | None = None,
    lock: Path | None = None,
) -> LocalEngine:
    """Make an engine of an installed package; DigestError when it is damaged or contradicts the lock."""
    hashes = locking.files(package)
    if lock:
        locking.check(package, hashes, lock, f"digest models verify {package.pair} --accept")
    model = LocalModel(
        f"argos:{package.pair}:{package.version}:{locking.fingerprint(hashes)}",
        package.source,
        package.target,
        package.path / "model",
        _pieces(package),
        package.target_prefix,
        restriction(pieces_of(package.path / "model"), package.source, package.target),
    )
    return LocalEngine(model, QUALITIES[quality], threads=threads)


def _pieces(package: InstalledPackage) -> Pieces:
    if (model := package.path / "sentencepiece.model").is_file():
        return SentencePiece(model)
    return BytePairs(package.path / "bpe.model", package.source, package.target)
