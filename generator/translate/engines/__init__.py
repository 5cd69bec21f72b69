"""Which engine translates a language pair: one that runs on this machine, since no article leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.config import DEFAULTS, Hardware, Quality
from generator.models import lock
from generator.models.lock import Trusted
from generator.models.packages import InstalledPackage, installed, route
from generator.translate.engines import model_folder, vocabulary_map
from generator.translate.engines.ctranslate2 import CTranslate2Engine, LocalModel
from generator.translate.engines.decoding import QUALITIES
from generator.translate.engines.pivot import PivotEngine
from generator.translate.engines.tokenizers import BytePairs, SentencePiece


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """Which engine a digest wants for a language pair, such that any machine can look for it."""

    source: str
    target: str
    quality: Quality = DEFAULTS.quality
    trusted: Mapping[str, Trusted] = field(default_factory=dict, hash=False)
    """What `models.lock` says; nothing where there is none."""
    folder: Path | None = None
    """Where a CTranslate2 model lies, on every machine; None for Argos packages."""
    hardware: Hardware = DEFAULTS.hardware
    signature: str = ""
    """What the engine must call itself; empty where any will do."""

    def __str__(self) -> str:
        """Return the language pair, as people write it in commands."""
        return f"{self.source}-{self.target}"


def load_engine(spec: EngineSpec, threads: int | None = None) -> CTranslate2Engine | PivotEngine | None:
    """Return an engine made of the models on this machine, or None where they can't translate the pair.

    The CTranslate2 model in the spec's folder is taken if it serves the pair (see `model_folder.package`), else
    the direct Argos package, else two through English or another language. `threads` are the cores to use,
    all by default; they change no output. DigestError when a model is damaged or is not the trusted one.
    """
    if spec.folder and (model := model_folder.package(spec.folder, spec.source, spec.target)):
        return make_engine(model, spec, threads)
    here = lock.current_packages(installed(), spec.trusted)
    engines = [make_engine(here[pair], spec, threads) for pair in route(str(spec), here)]
    if not engines:
        return None
    return engines[0] if len(engines) == 1 else PivotEngine(engines[0], engines[1])


def make_engine(package: InstalledPackage, spec: EngineSpec, threads: int | None = None) -> CTranslate2Engine:
    """Make an engine of an Argos package or a model in a folder.

    DigestError when it is damaged or is not the one that the spec trusts.
    """
    hashes = lock.file_hashes(package)
    lock.check_trusted(package, hashes, spec.trusted, f"digest models verify {package.pair} --accept")
    pair = (package.source, package.target)
    name = (package.kind, package.pair, package.version, lock.model_fingerprint(hashes))
    folder = model_folder.weights_in(package.path)
    readable, writable = vocabulary_map.pieces_of(folder, "source"), vocabulary_map.pieces_of(folder)
    vocabulary_map.check_sizes(folder, readable, writable)
    pieces = model_folder.sentencepiece_models_in(package.path)
    model = LocalModel(
        name=":".join(filter(None, name)),
        source=package.source,
        target=package.target,
        folder=folder,
        tokenizer=SentencePiece(*pieces) if pieces else BytePairs(package.path / "bpe.model", *pair),
        target_prefix=package.target_prefix,
        vocabulary=vocabulary_map.restriction(writable, *pair),
        readable=frozenset(readable),
        end=model_folder.end_piece(folder) if package.kind == "ctranslate2" else "",
    )
    return CTranslate2Engine(model, QUALITIES[spec.quality], hardware=_hardware(spec), threads=threads)


def _hardware(spec: EngineSpec) -> Hardware:
    """Return what is to run a model: on all machines of a cluster the device that their signature names."""
    if spec.signature:
        return replace(spec.hardware, device="cuda" if "|cuda:" in spec.signature else "cpu")
    return spec.hardware
