"""A package as some are published: in float32, with weights that 8 bits cannot hold.

Made of the real zh→en: in each attention head one dimension of the values a thousandth, and its column behind a
thousand times as large. Floats do not notice; of a row in int8 nothing is left but that column.
"""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import numpy as np

from generator.models.packages import InstalledPackage

HEADS = 8
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def unquantized_package(real: InstalledPackage, packages_dir: Path, kind: type = np.float32) -> Path:
    """Write a package of such weights next to nothing else in a folder."""
    place = packages_dir / real.path.name
    shutil.copytree(real.path, place, ignore=shutil.ignore_patterns("model.bin"))
    raw = (real.path / "model/model.bin").read_bytes()
    version, at = struct.unpack_from("I", raw)[0], 4
    name, at = string(raw, at)
    revision, count = struct.unpack_from("II", raw, at)
    weights, at = variables(raw, at + 8, count)
    for key in [key for key in weights if key.endswith("weight_scale")]:
        weight = key.removesuffix("_scale")
        scale = weights.pop(key)
        weights[weight] = weights[weight].astype(np.float32) / scale.reshape(
            -1, *[1] * (weights[weight].ndim - 1)
        )
    for layer in {
        key.rpartition("/linear_0")[0] for key in weights if key.endswith("attention/linear_0/weight")
    }:
        stretch(weights, layer)
    with (place / "model/model.bin").open("wb") as file:
        file.write(struct.pack("I", version) + packed(name) + struct.pack("II", revision, len(weights)))
        for key, value in weights.items():
            floats = value.astype(kind) if value.dtype == np.float32 and value.ndim else value
            file.write(packed(key) + bytes([floats.ndim]))
            file.write(struct.pack(f"{floats.ndim}I", *floats.shape))
            number = next(number for number, each in TYPES.items() if each == floats.dtype)
            file.write(struct.pack("<BI", number, floats.nbytes) + floats.tobytes())
        file.write(raw[at:])  # aliases
    return place


def stretch(weights: dict[str, np.ndarray], layer: str) -> None:
    """Make the first dimension of each head's values small, and what reads it large."""
    is_self = f"{layer}/linear_2/weight" not in weights
    values, output = (f"{layer}/linear_{number}" for number in ((0, 1) if is_self else (1, 2)))
    width = weights[f"{output}/weight"].shape[1]
    first = weights[f"{values}/weight"].shape[0] - width  # values come last
    for head in range(0, width, width // HEADS):
        weights[f"{values}/weight"][first + head] *= 0.001
        weights[f"{values}/bias"][first + head] *= 0.001
        weights[f"{output}/weight"][:, head] *= 1000


def variables(raw: bytes, at: int, count: int) -> tuple[dict[str, np.ndarray], int]:
    """Read the weights of a CTranslate2 model (`ctranslate2.specs.model_spec` writes them) and where they end."""
    found = {}
    for _ in range(count):
        name, at = string(raw, at)
        rank = raw[at]
        shape = struct.unpack_from(f"{rank}I", raw, at + 1)
        number, size = struct.unpack_from("<BI", raw, at + 1 + 4 * rank)
        at += 6 + 4 * rank
        found[name] = np.frombuffer(raw[at : at + size], TYPES[number]).reshape(shape).copy()
        at += size
    return found, at


def string(raw: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("H", raw, at)
    return raw[at + 2 : at + 1 + length].decode(), at + 2 + length


def packed(text: str) -> bytes:
    return struct.pack("H", len(text) + 1) + text.encode() + b"\0"
