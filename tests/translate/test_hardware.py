"""Where and how models run: in their own numbers, without links, and on the processor where a GPU fails."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ctranslate2
import numpy as np
import pytest

from generator.config import ComputeType, Device, Hardware, Settings
from generator.model import Article, Digest, Document, Hypothesis, Job, Sentence
from generator.models import packages
from generator.models.install import install_archive
from generator.processes import FEW, Processes
from generator.translate.decode import Request, decode_batch, forget_engines
from generator.translate.engines import EngineSpec, hardware, load_engine, make_engine
from generator.translate.engines.decoding import GPU_BATCH_TOKENS
from generator.translate.executor import LocalExecutor
from generator.translate.glossary import Glossary
from generator.translate.translator import BATCH, GPU_BATCH, _batches
from tests.support.argos_package import archive
from tests.support.tiny_model import byte_pair_package, copying_package
from tests.support.unquantized import unquantized_package

SOURCES = ("一名男子星期三在伦敦被捕。", "文件 my_file_name.txt 已在2019年删除。")
TARGETS = ["A man was arrested in London on Wednesday.", "Document my_file_name.txt was deleted in 2019."]
GPU = Hardware("cuda")
ANY = Hardware()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    forget_engines()
    hardware._say.cache_clear()
    yield tmp_path / "packages"
    forget_engines()


def translated(sentences: list[str], wanted: Hardware = ANY, pair: str = "zh-en") -> list[Hypothesis]:
    engine = load_engine(EngineSpec(*pair.split("-"), hardware=wanted))
    assert engine is not None
    return list(engine.translate(sentences))


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_a_package_that_8_bits_cannot_hold_is_computed_as_it_is_stored(
    kind: type, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    real = install_archive(archive(), tmp_path / "real")
    unquantized_package(real, folder, kind)
    spec = EngineSpec("zh", "en")
    segments = decode_batch(spec, Glossary(), [Request("zh", source, source) for source in SOURCES]) or []
    assert [segment.target for segment in segments] == TARGETS
    engine = load_engine(spec)
    assert engine is not None
    assert "|float32|" in engine.signature
    assert {segment.signature for segment in segments} == {engine.signature}  # no second thoughts
    assert capfd.readouterr() == ("", "")


def test_the_real_package_is_signed_as_it_always_was(folder: Path) -> None:
    install_archive(archive(), folder)
    begin = "argos:zh-en:1.9:3e5effd73c08|ct2:"
    kinds = {wanted: translated(["嗨。"], wanted)[0].signature for wanted in (Hardware(), Hardware("cpu"))}
    for signature in kinds.values():
        assert signature.startswith(begin)
        assert "|int8|vocabulary:4488490a|beam:2|length_penalty:1.0|batch:1024|longest:100" in signature
    whole = translated(["嗨。"], Hardware(compute_type="float32"))[0].signature
    assert "|float32|vocabulary:" in whole


def test_a_machine_that_refuses_links_translates_from_a_folder_of_any_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "نماذج الترجمة" / "模型"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(place))
    copying_package(place, "zh", "en", to_name="英語")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "A required privilege is not held by the client")

    monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr(os, "link", refuse)
    sentences = ["the 狐狸 jumps", "the dog", "懒狗 10"]
    made = translated(sentences)
    assert [hypothesis.text for hypothesis in made] == sentences
    assert "|vocabulary:" in made[0].signature


def test_metadata_is_read_as_utf_8_whatever_the_system_has(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copying_package(folder, "zh", "en")
    (path / "metadata.json").write_bytes(
        '\ufeff{"from_code": "zh", "to_code": "en", "package_version": "1.0", "to_name": "英語"}'.encode()
    )
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setattr("locale.getpreferredencoding", lambda *_: "ascii")
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("opened in the system's encoding"))
    assert [package.name for package in packages.installed()] == ["zh-en 1.0"]


def test_long_inputs_of_byte_pairs_are_cut_between_words(folder: Path) -> None:
    package = packages.read_package(byte_pair_package(folder, "fr", "en"))
    engine = make_engine(package, EngineSpec("fr", "en"))
    sentence = "the quick brown fox jumps over the lazy dog near many rivers " * 8
    parts = list(engine._parts(sentence))
    assert len(parts) > 2
    assert all(not part[-1].endswith("@@") for part in parts)
    (hypothesis,) = engine.translate([sentence])
    assert hypothesis.text == sentence.strip()


def test_a_word_of_byte_pairs_that_breaks_off_keeps_no_mark(folder: Path) -> None:
    package = packages.read_package(byte_pair_package(folder, "fr", "en"))
    tokenizer = make_engine(package, EngineSpec("fr", "en"))._model.tokenizer
    assert tokenizer.decode(["d@@", "o@@", "g", "fo@@"]) == "dog fo"
    assert tokenizer.decode([]) == ""


def test_numbers_that_the_processor_lacks_are_one_line(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    copying_package(folder, "zh", "en")
    (hypothesis,) = translated(["the fox"], Hardware("cpu", "float16"))
    assert (hypothesis.text, "|float32|" in hypothesis.signature) == ("the fox", True)
    (line,) = caplog.messages
    assert line.startswith("extra.digest.engine.compute_type: this processor has no float16")


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a GPU")
def test_a_gpu_that_is_asked_for_and_not_there_is_one_line(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for pair in (("zh", "en"), ("fr", "en")):
        copying_package(folder, *pair)
    wanted = [translated(["the fox"], kind, pair) for kind in (Hardware(), GPU) for pair in ("zh-en", "fr-en")]
    assert wanted[:2] == wanted[2:]
    (line,) = caplog.messages
    assert line.startswith("the GPU can't be used (")
    assert line.endswith("or set extra.digest.engine.device to cpu")


class Pretender:
    """Stands for a GPU where there is none: the real translator, under the name of another device.

    It runs out of memory after so many batches.
    """

    asked: list[dict[str, Any]]

    def __init__(self, translator: Any, batches: int) -> None:
        self.translator, self.left = translator, batches
        self.asked = []
        self.compute_type = "int8_float16"

    def translate_batch(self, sources: list[list[str]], **options: Any) -> list[Any]:
        self.asked.append(options)
        self.left -= 1
        if self.left < 0:
            return [SimpleNamespace(result=self.fail)]
        return list(self.translator.translate_batch(sources, **options))

    def fail(self) -> None:
        raise RuntimeError("CUDA failed with error out of memory")


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Pretender]]:
    """Return what is loaded onto a GPU that is none, and in which numbers."""
    loaded: list[tuple[str, Pretender]] = []
    real, kinds = ctranslate2.Translator, ctranslate2.get_supported_compute_types

    def load(path: str, device: str = "cpu", **options: Any) -> Any:
        if device == "cpu":
            return real(path, device=device, **options)
        pretender = Pretender(real(path, **options | {"compute_type": "default"}), 3)
        if options["compute_type"] == "float16":
            pretender.compute_type = "float16"
        loaded.append((options["compute_type"], pretender))
        return pretender

    monkeypatch.setattr(ctranslate2, "Translator", load)
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    monkeypatch.setattr(
        ctranslate2,
        "get_supported_compute_types",
        lambda device: kinds("cpu") | {"float16"} & {device, "float16"},
    )
    return loaded


def test_a_gpu_computes_in_float16_and_large_batches_until_its_memory_is_full(
    folder: Path, gpu: list[tuple[str, Pretender]], caplog: pytest.LogCaptureFixture
) -> None:
    copying_package(folder, "zh", "en")
    sentences = [f"fox {number}" for number in range(3 * GPU_BATCH)]
    made = translated(sentences)
    assert [hypothesis.text for hypothesis in made] == sentences
    assert [kind for kind, _ in gpu] == ["default", "float16"]
    trial, *batches = gpu[-1][1].asked
    assert trial == {"max_decoding_length": 1}
    assert {options["max_batch_size"] for options in batches} == {GPU_BATCH_TOKENS}
    first, last = made[0].signature, made[-1].signature
    assert "|cuda:float16|" in first
    assert f"|batch:{GPU_BATCH_TOKENS}|" in first
    assert "|float32|" in last
    assert "|batch:1024|" in last
    (line,) = caplog.messages
    assert line.startswith(
        "the GPU can't be used (CUDA failed with error out of memory), so the processor goes on"
    )


def test_what_a_gpu_made_is_checked_in_other_processes_and_is_the_same(
    folder: Path, gpu: list[tuple[str, Pretender]]
) -> None:
    copying_package(folder, "zh", "en")
    texts = [f"fox {number} of {number % 7}" for number in range(FEW + 1)]
    requests = [Request("zh", text, text) for text in texts]
    spec = EngineSpec("zh", "en")
    here = decode_batch(spec, Glossary(), requests)
    with Processes(2) as processes, LocalExecutor(spread=processes.map) as executor:
        there = executor.submit(decode_batch, spec, Glossary(), requests).result()
        assert active_children()
    assert gpu
    assert there == here


@pytest.mark.parametrize(("device", "sentences"), [("cpu", BATCH), ("auto", GPU_BATCH), ("cuda", GPU_BATCH)])
def test_only_a_gpu_gets_large_units_of_work(
    device: Device, sentences: int, gpu: list[tuple[str, Pretender]]
) -> None:
    sentence = Sentence("the fox.", 0, 0, 8, "fr")
    document = Document(Article("a.txt", "a", ("the fox.",)), "fr", 1.0, (sentence,) * 128)
    jobs = [Job(Digest(document, (), ()), None)] * 40
    units = [len(batch) * 128 for batch in _batches(jobs, Settings(hardware=Hardware(device)))]
    assert units[:3] == [128, sentences, sentences]  # a model loads during the first
    assert sum(units) == 40 * 128


@pytest.mark.parametrize("kind", ["default", "float32"])
def test_cores_change_no_byte_whatever_is_computed_in(kind: ComputeType, folder: Path) -> None:
    install_archive(archive(), folder)
    made = [translated([*SOURCES] * 3, Hardware("cpu", kind, threads)) for threads in (1, 3)]
    assert made[0] == made[1]


def test_workers_run_on_the_device_that_the_caller_signs_with(
    folder: Path, gpu: list[tuple[str, Pretender]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    copying_package(folder, "zh", "en")
    own = load_engine(EngineSpec("zh", "en", hardware=Hardware("cpu")))
    assert own is not None
    worker = load_engine(EngineSpec("zh", "en", signature=own.signature))
    assert worker is not None
    assert worker.signature == own.signature
    assert (gpu, caplog.messages) == ([], [])
