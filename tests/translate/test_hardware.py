"""Where and how models run: in their own numbers, without links, and on the processor where a GPU fails."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ctranslate2
import numpy as np
import pytest

from generator import build, config
from generator.config import ComputeType, Device, Hardware, Settings
from generator.model import Article, Digest, Document, Hypothesis, Job, ModelError, Sentence
from generator.models import packages
from generator.models.install import install_archive
from generator.processes import FEW, Processes
from generator.storage.records import Records
from generator.translate import translator
from generator.translate.decode import Request, decode_batch, forget_engines
from generator.translate.engines import EngineSpec, hardware, load_engine, make_engine
from generator.translate.engines.decoding import GPU_BATCH_TOKENS
from generator.translate.executor import LocalExecutor
from generator.translate.glossary import Glossary
from generator.translate.translator import BATCH, GPU_BATCH, _batches
from tests.support.argos_package import archive
from tests.support.samples import ROOT
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

    It fails after so many batches, in one of the ways in which CTranslate2 does.
    """

    batches = 3
    fault: Exception = RuntimeError("CUDA failed with error out of memory")
    asked: list[dict[str, Any]]

    def __init__(self, translator: Any) -> None:
        self.translator, self.left = translator, self.batches
        self.asked = []
        self.compute_type = "int8_float16"

    def translate_batch(self, sources: list[list[str]], **options: Any) -> list[Any]:
        self.asked.append(options)
        self.left -= 1
        if self.left < 0 and options.get("asynchronous"):
            return [SimpleNamespace(result=self.fail)]
        if self.left < 0:
            self.fail()
        return list(self.translator.translate_batch(sources, **options))

    def fail(self) -> None:
        raise self.fault


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Pretender]]:
    """Return what is loaded onto a GPU that is none, and in which numbers."""
    loaded: list[tuple[str, Pretender]] = []
    real, kinds = ctranslate2.Translator, ctranslate2.get_supported_compute_types

    def load(path: str, device: str = "cpu", **options: Any) -> Any:
        if device == "cpu":
            return real(path, device=device, **options)
        if Pretender.batches < 0:
            raise Pretender.fault
        pretender = Pretender(real(path, **options | {"compute_type": "default"}))
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
        there = executor.decode_batch(spec, Glossary(), requests).result()
        assert active_children()
    assert gpu
    assert there == here


FAULTS = {
    "no memory for the model": (-1, RuntimeError("CUDA failed with error out of memory")),
    "a package for processors": (-1, ValueError("This CTranslate2 package was not compiled with CUDA support")),
    "no cuBLAS": (0, RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")),
    "no memory in a library": (0, MemoryError("std::bad_alloc: cudaErrorMemoryAllocation: out of memory")),
    "no memory in the first batch": (
        1,
        MemoryError("std::bad_alloc: cudaErrorMemoryAllocation: out of memory"),
    ),
    "a fault without a word": (1, MemoryError()),
}


@pytest.mark.parametrize("name", FAULTS)
def test_however_a_gpu_fails_the_processor_goes_on_and_one_line_says_so(
    name: str,
    folder: Path,
    gpu: list[tuple[str, Pretender]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    batches, fault = FAULTS[name]
    for pair in (("zh", "en"), ("fr", "en")):
        copying_package(folder, *pair)
    monkeypatch.setattr(Pretender, "batches", batches)
    monkeypatch.setattr(Pretender, "fault", fault)
    for pair in ("zh-en", "fr-en"):
        made = translated(["the fox", "the dog"], pair=pair)
        assert made == translated(["the fox", "the dog"], Hardware("cpu"), pair)
    (line,) = caplog.messages
    assert line.startswith(f"the GPU can't be used ({str(fault) or 'MemoryError'}), so the processor goes on")


@pytest.mark.parametrize("damage", [b"", b"\xff" * 10_000])
def test_a_gpu_is_not_blamed_for_a_damaged_model(
    damage: bytes,
    folder: Path,
    gpu: list[tuple[str, Pretender]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    package = copying_package(folder, "zh", "en")
    (package / "model/model.bin").write_bytes(damage)
    with pytest.raises(ModelError, match="damaged"):
        translated(["the fox"], GPU)
    assert caplog.messages == []


def test_numbers_that_a_gpu_lacks_are_one_line(
    folder: Path,
    gpu: list[tuple[str, Pretender]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    copying_package(folder, "zh", "en")
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device: {"float32", "int8"})
    (hypothesis,) = translated(["the fox"], Hardware("cuda", "float16"))
    assert (hypothesis.text, [kind for kind, _ in gpu]) == ("the fox", ["default"])
    assert "|cuda:" in hypothesis.signature
    (line,) = caplog.messages
    assert line == "extra.digest.engine.compute_type: this GPU has no float16 and takes what the model has"


def test_a_gpu_that_fails_in_a_run_costs_nothing_of_what_was_made(
    folder: Path,
    tmp_path: Path,
    gpu: list[tuple[str, Pretender]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    copying_package(folder, "fr", "en")
    monkeypatch.setattr(translator, "BATCH", 32)
    monkeypatch.setattr(translator, "GPU_BATCH", 32)
    monkeypatch.setattr(Pretender, "batches", 8)
    (tmp_path / "mkdocs.yml").write_text("site_name: Digest\nextra: {digest: {engine: {device: cuda}}}\n")
    (tmp_path / "seeds").mkdir()
    for number in range(12):
        sentences = (f"le renard {number} saute par dessus le chien {at} dans la maison. " for at in range(32))
        (tmp_path / f"seeds/a{number:02}.txt").write_text("".join(sentences))
    settings = config.load(tmp_path / "mkdocs.yml")
    report = build.generate(settings)
    assert (report.articles, report.machine, report.untranslated, report.problems) == (12, 12 * 32, 0, [])
    made = [segment.signature for record in Records.of(settings).all() for segment in record.segments]
    devices = ["|cuda:" in signature for signature in made]
    assert any(devices)
    assert not all(devices)
    (line,) = caplog.messages
    assert line.startswith("the GPU can't be used (")
    assert build.generate(settings).unchanged


@pytest.mark.parametrize(("device", "sentences"), [("cpu", BATCH), ("auto", GPU_BATCH), ("cuda", GPU_BATCH)])
def test_only_a_gpu_gets_large_units_of_work(
    device: Device, sentences: int, gpu: list[tuple[str, Pretender]]
) -> None:
    assert units(device)[:3] == [128, sentences, sentences]  # a model loads during the first


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a GPU")
def test_without_a_gpu_units_of_work_and_so_bytes_are_the_same_whatever_is_wished() -> None:
    assert units("cuda") == units("auto") == units("cpu")


def units(device: Device) -> list[int]:
    sentence = Sentence("the fox.", 0, 0, 8, "fr")
    document = Document(Article("a.txt", "a", ("the fox.",)), "fr", 1.0, (sentence,) * 128)
    jobs = [Job(Digest(document, (), ()), None)] * 40
    found = [len(batch) * 128 for batch in _batches(jobs, Settings(hardware=Hardware(device)))]
    assert sum(found) == 40 * 128
    return found


@pytest.mark.parametrize("kind", ["default", "float32"])
def test_cores_change_no_byte_whatever_is_computed_in(kind: ComputeType, folder: Path) -> None:
    install_archive(archive(), folder)
    made = [translated([*SOURCES] * 3, Hardware("cpu", kind, threads)) for threads in (1, 3)]
    assert made[0] == made[1]


@pytest.mark.parametrize("wanted", [ANY, GPU])
def test_workers_run_on_the_device_that_the_caller_signs_with(
    wanted: Hardware, folder: Path, gpu: list[tuple[str, Pretender]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    copying_package(folder, "zh", "en")
    own = load_engine(EngineSpec("zh", "en", hardware=Hardware("cpu")))
    assert own is not None
    worker = load_engine(EngineSpec("zh", "en", hardware=wanted, signature=own.signature))
    assert worker is not None
    assert worker.signature == own.signature
    assert (gpu, caplog.messages) == ([], [])


def test_a_worker_whose_gpu_fails_leaves_its_share_to_others(
    folder: Path, gpu: list[tuple[str, Pretender]], monkeypatch: pytest.MonkeyPatch
) -> None:
    copying_package(folder, "zh", "en")
    own = load_engine(EngineSpec("zh", "en"))
    assert own is not None
    assert "|cuda:" in own.signature
    spec = EngineSpec("zh", "en", signature=own.signature)
    work = (Glossary(), [Request("zh", "the 狐狸", "the 狐狸")])
    monkeypatch.setattr(Pretender, "batches", 1)
    for _ in range(2):  # as it fails, and as it is asked again
        with pytest.raises(ModelError, match=r"has float32, .*not cuda:float16"):
            decode_batch(spec, *work)


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a GPU")
def test_the_benchmark_of_a_gpu_says_where_there_is_none() -> None:
    command = [sys.executable, str(ROOT / "benchmarks/translate.py"), "--device", "cuda"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "no GPU: CTranslate2 sees none on this machine, so there is nothing to measure\n"
