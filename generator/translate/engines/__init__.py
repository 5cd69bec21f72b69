"""Machine translation engines that run on this machine, with no network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import DEFAULTS, Quality

if TYPE_CHECKING:
    from generator.models.packages import InstalledPackage
    from generator.translate.engines.ctranslate2 import LocalEngine
    from generator.translate.engines.pivot import PivotEngine


def load(  # noqa: PLR0913  keywords with defaults
    source: str,
    target: str,
    *,
    quality: Quality = DEFAULTS.quality,
    threads: int | None = None,
    lock: Path | None = None,
    folder: Path | None = None,
) -> LocalEngine | PivotEngine | None:
    """Return an engine for a pair from the models on this machine, or None where they can't translate it.

    The CTranslate2 model in `folder` is taken if it serves the pair (see `ctranslate2_folder.package`), else
    the direct Argos package, else two through English or another language. `threads` are the cores to use,
    all by default; they change no output. DigestError when a model is damaged or is not the one in `lock`.
    """
    from generator.models import lock as locking
    from generator.models import packages
    from generator.translate.engines import argos, model_folder, pivot

    if folder and (model := model_folder.package(folder, source, target)):
        return model_folder.engine(model, quality=quality, threads=threads, lock=lock)
    engines = [
        argos.engine(package, quality=quality, threads=threads, lock=lock)
        for package in route(source, target, locking.current(packages.installed(), lock))
    ]
    if not engines:
        return None
    return engines[0] if len(engines) == 1 else pivot.PivotEngine(engines[0], engines[1])


def route(source: str, target: str, packages: Mapping[str, InstalledPackage]) -> tuple[InstalledPackage, ...]:
    """Return the packages, by pair, that lead from source to target: one, two, or none where no way leads."""
    if direct := packages.get(f"{source}-{target}"):
        return (direct,)
    middles = {package.target for package in packages.values() if package.source == source}
    for middle in sorted(middles, key=lambda code: (code != "en", code)):
        if second := packages.get(f"{middle}-{target}"):
            return packages[f"{source}-{middle}"], second
    return ()
