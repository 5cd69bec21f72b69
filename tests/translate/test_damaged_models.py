"""Damage of any file of a package is one line about that model, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model import ModelError
from generator.models.packages import damage_of
from generator.translate.decode import Request, decode_batch, forget_engines
from generator.translate.engines import EngineSpec
from generator.translate.glossary import Glossary
from tests.support.tiny_model import copying_package


def written(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda package: (package / name).write_bytes(content)


def renamed(name: bytes, other: bytes) -> Callable[[Path], object]:
    def rename(package: Path) -> None:
        content = (package / "model/model.bin").read_bytes()
        assert name in content
        written("model/model.bin", content.replace(name, other))(package)

    return rename


def with_short_text_vocabulary(package: Path) -> None:
    vocabulary = package / "model/shared_vocabulary.json"
    pieces = json.loads(vocabulary.read_bytes())
    vocabulary.unlink()
    (package / "model/shared_vocabulary.txt").write_text("\n".join(pieces[: len(pieces) // 2]), "utf-8")


def with_text_vocabulary(package: Path) -> None:
    (package / "model/shared_vocabulary.json").unlink()
    (package / "model/shared_vocabulary.txt").write_bytes(b"<blank>\n<s>\n</s>\n\xe9t\xe9\n")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "weights cut": lambda package: written(
        "model/model.bin", (package / "model/model.bin").read_bytes()[:5000]
    )(package),
    "weights empty": written("model/model.bin", b""),
    "weights of nothing": written("model/model.bin", b"\xff" * 10_000),
    "weights whose names are lost": renamed(b"encoder/layer_0/ffn", b"encoder/layer_0/fxn"),
    "weights of another kind": renamed(b"TransformerSpec", b"TransformerSpeX"),
    "pieces of nothing": written("sentencepiece.model", b"x" * 100),
    "pieces empty": written("sentencepiece.model", b""),
    "no vocabulary": lambda package: (package / "model/shared_vocabulary.json").unlink(),
    "vocabulary cut": written("model/shared_vocabulary.json", b'["</s>", "<unk'),
    "vocabulary too short": written(
        "model/shared_vocabulary.json", b'["</s>", "<unk>", "<s>", "<pad>", "a", "b"]'
    ),
    "vocabulary too long": written(
        "model/shared_vocabulary.json", json.dumps([f"w{number}" for number in range(9000)]).encode()
    ),
    "vocabulary cut between pieces, as a text": with_short_text_vocabulary,
    "vocabulary empty": written("model/shared_vocabulary.json", b"[]"),
    "vocabulary of another shape": written("model/shared_vocabulary.json", b'{"a": 1}'),
    "vocabulary in another encoding": with_text_vocabulary,
    "configuration cut": written("model/config.json", b'{"unk_token": '),
    "configuration of another shape": written("model/config.json", b"[]"),
}


@pytest.mark.parametrize("in_folder", [False, True], ids=["package", "folder"])
@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_one_line(
    name: str, in_folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    package = copying_package(tmp_path, "zh", "en")
    DAMAGES[name](package)
    forget_engines()
    spec = EngineSpec("zh", "en", folder=package if in_folder else None)
    with pytest.raises(ModelError) as caught:
        decode_batch(spec, Glossary(), [Request("zh", "the fox", "the fox")])
    (line,) = str(caught.value).splitlines()
    assert line.startswith(str(package))
    assert line.endswith(("again", "it has no vocabulary"))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read, of Linux")
@pytest.mark.parametrize("name", ["model/model.bin", "metadata.json", "sentencepiece.model"])
def test_a_file_that_cannot_be_read_is_one_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    package = copying_package(tmp_path, "zh", "en")
    (package / name).unlink()
    (package / name).symlink_to("/proc/self/mem")
    forget_engines()
    work = (EngineSpec("zh", "en"), Glossary(), [Request("zh", "the fox", "the fox")])
    if name == "metadata.json":  # no package, then
        assert decode_batch(*work) is None
        assert damage_of("zh-en").startswith(str(package))
        return
    with pytest.raises(ModelError, match="cannot be read") as caught:
        decode_batch(*work)
    assert str(caught.value).startswith(str(package / name))


def test_a_folder_that_cannot_be_read_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/" + "x" * 300)  # no system takes such a name
    forget_engines()
    with pytest.raises(ModelError, match=r"^/x+: cannot be read \(.+\); mend its permissions and run again$"):
        decode_batch(EngineSpec("zh", "en"), Glossary(), [Request("zh", "fox", "fox")])


def test_metadata_of_a_folder_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    package = copying_package(tmp_path, "zh", "en")
    for content in ("[", "[]", '{"from_code": 1}'):
        (package / "metadata.json").write_text(content)
        with pytest.raises(ModelError, match=r"metadata\.json"):
            decode_batch(EngineSpec("zh", "en", folder=package), Glossary(), [Request("zh", "fox", "fox")])
