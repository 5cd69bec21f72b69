"""Gets a model onto the device that runs it: a GPU where there is one that works, else the processor."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from generator.config import Hardware
from generator.model import ModelError
from generator.storage.files import unreadable
from generator.translate.engines.attention import showing_middle_layer

FAILURES = (RuntimeError, ValueError, IndexError, MemoryError)
"""What CTranslate2 raises where a model or a GPU fails: all that its C++ throws at loading and decoding."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in the memory of a device."""

    translator: Any
    device: Literal["cpu", "cuda"]

    @property
    def signature(self) -> str:
        """What the model is computed in, and on what if not the processor: both can change the output.

        Numbers of 8 bits on a processor are called int8, as they were before there was a choice.
        """
        kind = str(self.translator.compute_type)
        if self.device == "cuda":
            return f"cuda:{kind}"
        return "int8" if kind == "int8_float32" else kind


def prefers_gpu(hardware: Hardware) -> bool:
    """Return whether models should run on a GPU that is there, and may yet fail."""
    return hardware.device != "cpu" and _gpus() > 0


def load_model(folder: Path, mapping: str | None, hardware: Hardware, threads: int) -> LoadedModel:
    """Load the CTranslate2 model in a folder, with a vocabulary map where there is one.

    A GPU that fails costs a line. Raises `ModelError` where the model is damaged.
    """
    import ctranslate2  # type: ignore[import-untyped]

    ctranslate2.set_log_level(logging.ERROR)  # that half numbers become whole ones here, the signature says
    failure: Exception | None = None
    if hardware.device == "cuda" or prefers_gpu(hardware):
        try:
            return LoadedModel(_on_gpu(folder, mapping, hardware.compute_type), "cuda")
        except FAILURES as error:
            failure = error
    loaded = load_on_processor(folder, mapping, hardware, threads)
    if failure:  # and not the model, which would have failed here, too
        say_that_gpu_fails(failure)
    return loaded


def load_on_processor(folder: Path, mapping: str | None, hardware: Hardware, threads: int) -> LoadedModel:
    """Load a model into this machine's own memory. Raises `ModelError` where it is damaged."""
    kind = _possible(hardware.compute_type, "cpu")
    try:
        # One core a batch: rounding then depends on no number of cores.
        cores = {"inter_threads": threads, "intra_threads": 1}
        return LoadedModel(_translator(folder, mapping, device="cpu", compute_type=kind, **cores), "cpu")
    except FAILURES as error:
        raise ModelError(f"{folder}: damaged, CTranslate2 can't load it; install the model again") from error


def say_that_gpu_fails(error: Exception) -> None:
    """Tell, once for each reason, that the processor takes over."""
    reason = " ".join(str(error).split()) or type(error).__name__
    _say(
        f"the GPU can't be used ({reason}), so the processor goes on; "
        "mend it, or set extra.digest.engine.device to cpu"
    )


def _possible(kind: str, device: Literal["cpu", "cuda"]) -> str:
    """Return the numbers to compute in: those that are wanted, where a device has them."""
    import ctranslate2

    if kind in ("default", "auto", *ctranslate2.get_supported_compute_types(device)):
        return kind
    name = "GPU" if device == "cuda" else "processor"
    _say(f"extra.digest.engine.compute_type: this {name} has no {kind} and takes what the model has")
    return "default"


def _on_gpu(folder: Path, mapping: str | None, wanted: str) -> Any:
    """Load a model into a GPU's memory, and try it.

    Models of 8 bits are computed in float16, which is as good and faster there: at beam 2, 3,737 sentences a
    second on an H100 for 3,207 in int8_float16.
    """
    import ctranslate2

    kind = _possible(wanted, "cuda")
    translator = _translator(folder, mapping, device="cuda", compute_type=kind)
    can_half = "float16" in ctranslate2.get_supported_compute_types("cuda")
    if kind == "default" and translator.compute_type.startswith("int8") and can_half:
        del translator
        translator = _translator(folder, mapping, device="cuda", compute_type="float16")
    translator.translate_batch([["."]], max_decoding_length=1)  # the first use looks for cuBLAS
    return translator


def _translator(folder: Path, mapping: str | None, **options: Any) -> Any:
    """Load file by file, showing its attention, with a map where there is one: others use the folder, too.

    CTranslate2 then keeps the file's bytes, 83 MB of zh→en; a folder of links would need rights on Windows.
    """
    import ctranslate2

    try:
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    except OSError as error:  # gone since it was compared with the lock
        raise ModelError(str(unreadable(Path(error.filename or folder), error))) from error
    files["model.bin"] = showing_middle_layer(files.get("model.bin", b""))
    if mapping is not None:
        files["vmap.txt"] = mapping.encode()
    return ctranslate2.Translator(str(folder), files=files, **options)


def _gpus() -> int:
    import ctranslate2

    try:
        return int(ctranslate2.get_cuda_device_count())
    except RuntimeError:  # a driver that doesn't answer
        return 0


@cache
def _say(line: str) -> None:
    _log.warning(line)
