"""The engines, on the real zh→en package, and on a tiny model that shows whatever gets lost."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from generator import models
from generator.model import DigestError
from generator.models import lock, packages
from generator.translate.decode import Request, decode_batch, forget_engines, settings_in
from generator.translate.engines import EngineSpec, load_engine, make_engine, model_folder, vocabulary_map
from generator.translate.engines.ctranslate2 import LONGEST, WINDOW, CTranslate2Engine
from generator.translate.engines.decoding import SECOND_THOUGHTS
from generator.translate.engines.pivot import PivotEngine
from generator.translate.glossary import Glossary, Term
from tests.support.argos_package import install_real_package
from tests.support.tiny_model import byte_pair_package, copying_model, copying_package, sentencepiece_model

ROOT = Path(__file__).parents[2]
ZH_EN = EngineSpec("zh", "en")
CHINESE = (
    "因为有计划将国民议会的名称更改为“威尔士议会”。",
    "一名男子星期三在伦敦被捕。",
    "这家公司去年赚了12.5亿美元。",
    "嗷 = 嘸 + 1; // 是否已经",
    "“有效率地”（鉅）",
    "文件 my_file_name.txt 已在2019年删除。",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("argos") / "packages"
    install_real_package(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ARGOS_PACKAGES_DIR", str(folder))
        yield folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    return tmp_path / "packages"


@pytest.fixture(scope="module")
def copier(tmp_path_factory: pytest.TempPathFactory) -> CTranslate2Engine:
    folder = copying_package(tmp_path_factory.mktemp("copier"), "zh", "en")
    return make_engine(packages.read_package(folder), ZH_EN, threads=2)


# The real package.


def test_the_real_package_translates_real_chinese(real: Path) -> None:
    assert [package.name for package in packages.installed()] == ["zh-en 1.9"]
    engine = load_engine(ZH_EN)
    assert engine is not None
    first, empty, blank, last = engine.translate([CHINESE[5], "", " \n", CHINESE[0]])
    assert first.text == "The file my_file_name.txt was deleted in 2019."
    assert (empty.text, empty.score, blank.text, blank.score) == ("", None, "", None)
    assert "National Assembly" in last.text
    assert first.score is not None
    assert -1 < first.score < 0
    assert load_engine(EngineSpec("ar", "en")) is None


def test_the_signature_names_what_can_change_the_output(real: Path) -> None:
    balanced, best = (load_engine(EngineSpec("zh", "en", quality)) for quality in ("balanced", "best"))
    assert balanced is not None
    assert best is not None
    kind, pair, version, content = balanced.signature.split("|")[0].split(":")
    assert (kind, pair, version, len(content)) == ("argos", "zh-en", "1.9", 12)
    for part in ("ct2:", "sentencepiece:", "int8", "vocabulary:", "beam:2", "length_penalty:1.0", "batch:"):
        assert f"|{part}" in balanced.signature
    assert "|beam:4" in best.signature


def test_threads_change_no_byte(real: Path) -> None:
    (package,) = packages.installed()
    one, three = (list(make_engine(package, ZH_EN, threads).translate(CHINESE)) for threads in (1, 3))
    assert one == three


def test_words_that_the_whole_vocabulary_copies_survive_the_restricted_one(real: Path) -> None:
    (package,) = packages.installed()
    restricted, whole = make_engine(package, ZH_EN), make_engine(package, ZH_EN)
    whole._decoding = replace(whole._decoding, restricted=False)
    targets = [hypothesis.text for hypothesis in restricted.translate(CHINESE)]
    assert targets == [hypothesis.text for hypothesis in whole.translate(CHINESE)]
    assert "嘸" in targets[3]
    assert "鉅" in targets[4]


def test_second_thoughts_differ_and_are_signed(real: Path) -> None:
    (package,) = packages.installed()
    engine = make_engine(package, ZH_EN)
    source = "他说，他说，他说，这让一些议员感到惊讶。"
    rows = [list(engine.retranslate([source, " ", source], attempt)) for attempt in range(engine.attempts)]
    assert engine.attempts == len(SECOND_THOUGHTS) + 1
    assert [nothing for _, nothing, _ in rows] == [None] * engine.attempts
    found = [first for first, _, again in rows if first == again]
    assert len(found) == engine.attempts
    assert len({hypothesis and hypothesis.text for hypothesis in found}) > 1
    assert all(hypothesis and hypothesis.signature != engine.signature for hypothesis in found)
    assert list(engine.retranslate(["嗨。"], engine.attempts - 1)) == [None]  # of one clause


def test_an_engine_names_all_signatures_that_it_may_give(real: Path) -> None:
    (package,) = packages.installed()
    engine = make_engine(package, ZH_EN)
    again = (engine.retranslate(["他说，他说，嗨。"], attempt) for attempt in range(engine.attempts))
    given = {hypothesis.signature for each in again for hypothesis in each if hypothesis}
    given |= {hypothesis.signature for hypothesis in engine.translate(["他说。"])}
    assert {settings_in(signature) for signature in given} == engine.signatures
    pivot = PivotEngine(engine, engine)
    assert pivot.signature in pivot.signatures
    assert len(pivot.signatures) == len(engine.signatures) ** 2


def test_a_name_that_the_model_misses_is_written_into_its_source(real: Path) -> None:
    spec = ZH_EN
    requests = tuple(Request("zh", source, source) for source in ("卡瓦诺在听证会上作证。", CHINESE[5]))
    forget_engines()  # that other tests loaded
    glossary = Glossary((Term(("卡瓦诺",), ("Kavanaugh",)),))
    missed, other = decode_batch(spec, Glossary(), requests) or []
    mended, same = decode_batch(spec, glossary, requests) or []
    assert "Kavanaugh" not in str(missed.target)
    assert "Kavanaugh" in str(mended.target)
    assert mended.signature.endswith(f"|terms+glossary:{glossary.hash_of(requests[0].repaired)}")
    assert mended.findings == ()
    assert same == other


def test_it_translates_with_the_network_cut_off(real: Path) -> None:
    script = f"""
import socket, sys
def forbidden(*_):
    raise AssertionError("translation asked for the network")
if len(sys.argv) > 1:  # no empty network namespace here: forbid sockets instead
    socket.socket.connect = socket.getaddrinfo = socket.create_connection = forbidden
from generator.translate.engines import EngineSpec, load_engine
print([hypothesis.text for hypothesis in load_engine(EngineSpec("zh", "en")).translate({CHINESE[5:]!r})])
"""
    namespace = ["unshare", "--net", "--map-root-user"]
    alone = shutil.which("unshare") and not subprocess.run([*namespace, "true"], check=False).returncode
    command = [*namespace, sys.executable, "-c", script] if alone else [sys.executable, "-c", script, "guard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "['The file my_file_name.txt was deleted in 2019.']\n"


def test_the_folder_of_a_real_package_loads_as_a_plain_model_folder(real: Path) -> None:
    (package,) = packages.installed()
    for path in (package.path, package.path / "model"):
        engine = load_engine(EngineSpec("zh", "en", folder=path))
        assert engine is not None
        assert engine.signature.startswith("ctranslate2:zh-en:")
        (hypothesis,) = engine.translate([CHINESE[5]])
        assert hypothesis.text == "The file my_file_name.txt was deleted in 2019."
    assert load_engine(EngineSpec("ar", "en", folder=package.path)) is None


def test_nothing_is_written_into_the_package(real: Path) -> None:
    (package,) = packages.installed()
    before = sorted(package.path.rglob("*"))
    engine = make_engine(package, ZH_EN)
    list(engine.translate(CHINESE[:1]))
    assert sorted(package.path.rglob("*")) == before


# The tiny copying model.


def test_two_streams_at_once_load_the_model_once_and_do_not_mix(tmp_path: Path) -> None:
    engine = make_engine(packages.read_package(copying_package(tmp_path, "zh", "en")), ZH_EN, threads=2)
    streams = [[f"{stream}a{number}" for number in range(700)] for stream in range(2)]
    with ThreadPoolExecutor(2) as threads:
        loaded = list(threads.map(lambda _: engine._running(), range(2)))
        targets = list(threads.map(lambda stream: [h.text for h in engine.translate(stream)], streams))
    assert loaded[0] is loaded[1]
    assert targets == streams


def test_the_stream_keeps_order_and_loses_nothing(copier: CTranslate2Engine) -> None:
    words = "the quick brown fox jumps over lazy dog near 10 rivers my_file_name.txt 狐狸 文件".split()
    chance = random.Random(7)
    sentences = [" ".join(chance.choices(words, k=chance.randrange(6))) for _ in range(3 * WINDOW + 5)]
    assert [hypothesis.text for hypothesis in copier.translate(sentences)] == sentences


def test_the_stream_reads_ahead_by_two_windows_at_most(copier: CTranslate2Engine) -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        for number in itertools.count():
            read += 1
            yield f"fox {number % 10}"

    stream = copier.translate(endless())
    assert [next(stream).text for _ in range(WINDOW + 1)] == [f"fox {i % 10}" for i in range(WINDOW + 1)]
    assert read <= 3 * WINDOW
    stream.close()


LONG = {
    "clauses": "the quick brown fox jumps over the dog, " * 30,
    "words without marks": "the quick brown fox " * 60,
    "one word": "x" * 1500,
    "clauses without blanks": "敏捷的棕色狐狸跳过了懒狗，" * 60,
    "no marks and no blanks": "狗" * 900,
    "numbers with commas": "1,234,567 " * 80,
}


@pytest.mark.parametrize("name", LONG)
def test_a_sentence_longer_than_the_model_takes_is_cut_but_not_short(
    name: str, copier: CTranslate2Engine
) -> None:
    (hypothesis,) = copier.translate([LONG[name]])
    assert hypothesis.text.replace(" ", "") == LONG[name].replace(" ", "")
    assert int(hypothesis.signature.rpartition("|parts:")[2]) > len(LONG[name]) // (2 * LONGEST)
    assert hypothesis.score == pytest.approx(0, abs=1e-3)


def test_long_inputs_are_cut_at_stops_before_commas(copier: CTranslate2Engine) -> None:
    sentence = "the quick brown fox, jumps over, the lazy dog. "
    parts = ["".join(part).replace("▁", " ").strip() for part in copier._parts(sentence * 6)]
    assert len(parts) > 2
    assert all(part.endswith(".") for part in parts)
    assert "".join(parts).replace(" ", "") == (sentence * 6).replace(" ", "")


def test_pieces_of_the_source_letters_can_be_copied_though_restricted(copier: CTranslate2Engine) -> None:
    assert copier._model.vocabulary is not None
    always, *copies = copier._model.vocabulary.splitlines()
    assert "狐" not in always
    assert "狐\t狐" in copies
    sentences = ["the 狐狸 jumps", "the dog", "懒狗 10"]
    assert [hypothesis.text for hypothesis in copier.translate(sentences)] == sentences


KEPT = {
    ("zh", "en"): "a ▁the か ع رب и",
    ("ja", "en"): "a ▁the ع رب и",
    ("ar", "en"): "a ▁the 文 中 か и",
    ("ja", "zh"): "a ▁the 文 中 ع رب и",
    ("zh", "ja"): None,  # Japanese writes the same letters
    ("en", "ar"): None,  # everybody quotes Latin letters
    ("fr", "en"): None,
    ("xx", "en"): None,
}


@pytest.mark.parametrize("pair", KEPT)
def test_only_letters_that_the_target_never_writes_are_spared(pair: tuple[str, str]) -> None:
    mapping = vocabulary_map.restriction(["a", "▁the", "文", "中", "か", "ع", "رب", "и"], *pair)
    assert (mapping and mapping.splitlines()[0]) == (KEPT[pair] and f"\t{KEPT[pair]}")


def test_a_pivot_goes_through_english_first_and_says_so(folder: Path) -> None:
    for pair in ("zh-fr", "fr-ar", "zh-en", "en-ar", "de-fr"):
        copying_package(folder, *pair.split("-"))
    engine = load_engine(EngineSpec("zh", "ar"))
    assert isinstance(engine, PivotEngine)
    first, second = engine.signature.split(" > ")
    assert first.startswith("argos:zh-en:1.0:")
    assert second.startswith("argos:en-ar:1.0:")
    sentences = ["the fox", "", "狐狸 10"] * 400
    targets = list(engine.translate(sentences))
    assert [hypothesis.text for hypothesis in targets] == sentences
    assert targets[0].signature == engine.signature
    again = [list(engine.retranslate(["the fox", ""], attempt)) for attempt in range(engine.attempts)]
    assert [other and other.text for other, _ in again] == 2 * [*["the fox"] * len(SECOND_THOUGHTS), None]
    assert all(nothing is None for _, nothing in again)
    through_french = load_engine(EngineSpec("de", "ar"))
    assert through_french is not None
    assert through_french.signature.split(" > ")[0].startswith("argos:de-fr:")
    assert load_engine(EngineSpec("ar", "zh")) is None


def test_a_near_languages_package_serves_a_text(folder: Path) -> None:
    for pair in (("pt-BR", "en"), ("zh-Hant", "en"), ("es", "pb")):
        copying_package(folder, *pair)
    served = {"pt-en": "pb-en", "zh-en": "zt-en", "es-pt": "es-pb"}
    for pair, package in served.items():
        engine = load_engine(EngineSpec(*pair.split("-")))
        assert engine is not None
        assert engine.signature.startswith(f"argos:{package}:1.0:")
        assert [hypothesis.text for hypothesis in engine.translate(["the 狐狸"])] == ["the 狐狸"]
    zh = load_engine(EngineSpec("zh", "en"))
    assert zh is not None
    assert "|vocabulary:" in zh.signature  # a script is known of zh-Hant, too
    copying_package(folder, "zh", "en")
    own = load_engine(EngineSpec("zh", "en"))
    assert own is not None
    assert own.signature.startswith("argos:zh-en:1.0:")


def test_a_target_prefix_is_given_to_the_model_and_taken_from_the_text(folder: Path) -> None:
    # The copier emits the piece of the prefix's own place next, so exactly one piece is missing in front.
    copying_package(folder, "zh", "en", target_prefix="q")
    engine = load_engine(ZH_EN)
    assert engine is not None
    (hypothesis,) = engine.translate(["xfox"])
    assert hypothesis.text == "xfox"


@pytest.mark.parametrize(("end", "last"), [("\n", "\n"), ("\n", ""), ("\r\n", "\r\n")])
def test_a_vocabulary_as_a_text_of_any_line_ends(end: str, last: str, folder: Path) -> None:
    vocabulary = copying_package(folder, "zh", "en") / "model/shared_vocabulary.json"
    pieces = json.loads(vocabulary.read_bytes())
    vocabulary.unlink()
    text = end.join(pieces) + last
    vocabulary.with_suffix(".txt").write_bytes(text.encode())
    assert vocabulary_map.pieces_of(vocabulary.parent) == pieces
    engine = load_engine(ZH_EN)
    assert engine is not None
    assert [hypothesis.text for hypothesis in engine.translate(["the 狐狸 fox"])] == ["the 狐狸 fox"]


def test_an_older_package_with_byte_pairs(folder: Path) -> None:
    byte_pair_package(folder, "fr", "en")
    engine = load_engine(EngineSpec("fr", "en"))
    assert engine is not None
    assert "|sacremoses:" in engine.signature
    sentences = ["the fox & dog: 10.5 étés!", "", "œuf, été"]
    assert [hypothesis.text for hypothesis in engine.translate(sentences)] == sentences


def test_damaged_byte_pairs_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = byte_pair_package(folder, "fr", "en")
    (package / "bpe.model").write_text("#version: 0.2\nf o o\n")
    with pytest.raises(DigestError, match=r"bpe\.model: damaged, .*; install the package again$"):
        load_engine(EngineSpec("fr", "en"))
    assert capsys.readouterr().err == ""


def test_a_damaged_package_is_one_line(folder: Path) -> None:
    path = copying_package(folder, "zh", "en")
    weights, pieces = path / "model" / "model.bin", path / "sentencepiece.model"
    whole = weights.read_bytes(), pieces.read_bytes()
    for damage, says in (
        (lambda: weights.write_bytes(whole[0][:1000]), "CTranslate2 can't load it"),
        (lambda: pieces.write_bytes(whole[1][:100]), "SentencePiece can't read it"),
        ((path / "model" / "shared_vocabulary.json").unlink, "it has no vocabulary"),
    ):
        weights.write_bytes(whole[0])
        pieces.write_bytes(whole[1])
        damage()
        with pytest.raises(DigestError, match=says) as caught:
            list(load_engine(ZH_EN).translate(["the fox"]))  # type: ignore[union-attr]
        assert len(str(caught.value).splitlines()) == 1


def test_only_the_trusted_model_is_loaded(folder: Path, tmp_path: Path) -> None:
    locked = tmp_path / "models.lock"
    path = copying_package(folder, "zh", "en")
    assert load_engine(EngineSpec("zh", "en", trusted=lock.read_lock(locked))) is not None
    (accepted,) = models.verify_models(locked, accept=True)
    assert accepted.state == "trusted"
    newer = folder / "translate-zh_en-1_1"
    shutil.copytree(path, newer)
    metadata = (newer / "metadata.json").read_text()
    (newer / "metadata.json").write_text(metadata.replace('"1.0"', '"1.1"'))
    engine = load_engine(EngineSpec("zh", "en", trusted=lock.read_lock(locked)))
    assert engine is not None
    assert engine.signature.startswith("argos:zh-en:1.0:")  # trusted, though a newer one is there
    (path / "model" / "config.json").write_text("{}")
    with pytest.raises(
        DigestError, match=r"not the model that models.lock trusts \(model/config.json differs\)"
    ):
        load_engine(EngineSpec("zh", "en", trusted=lock.read_lock(locked)))


def opus_model(folder: Path) -> Path:
    """Write a model as the converter for Hugging Face leaves OPUS-MT: two piece models, no end mark."""
    folder.mkdir(parents=True)
    pieces = sentencepiece_model(folder / "source.spm")
    shutil.copy(folder / "source.spm", folder / "target.spm")
    copying_model(folder / "model", pieces, add_source_eos=False)
    for path in (folder / "model").iterdir():
        path.replace(folder / path.name)
    (folder / "model").rmdir()
    return folder


def test_a_plain_model_folder_with_two_piece_models(folder: Path, tmp_path: Path) -> None:
    opus_model(tmp_path / "opus-zh-en")
    engine = load_engine(EngineSpec("zh", "en", folder=tmp_path / "opus-{source}-{target}"))
    assert engine is not None
    sentences = ["the fox", "", "狐狸 10", "the dog, " * 60]
    texts = [hypothesis.text for hypothesis in engine.translate(sentences)]
    assert texts == [sentence.strip() for sentence in sentences]
    assert engine.signature.startswith("ctranslate2:zh-en:")
    copying_package(folder, "ar", "en")
    other = load_engine(EngineSpec("ar", "en", folder=tmp_path / "opus-{source}-{target}"))
    assert other is not None
    assert other.signature.startswith("argos:ar-en:")  # where the folder has no model


def test_a_plain_model_folder_with_byte_pairs(folder: Path, tmp_path: Path) -> None:
    path, locked = byte_pair_package(tmp_path, "fr", "en"), tmp_path / "models.lock"
    (path / "metadata.json").write_text('{"from_code": "fr", "to_code": "en"}')  # all that a trainer must write
    engine = load_engine(EngineSpec("fr", "en", folder=path))
    assert engine is not None
    assert engine.signature.startswith("ctranslate2:fr-en:")
    assert [hypothesis.text for hypothesis in engine.translate(["the fox & dog: 10.5 étés!"])] == [
        "the fox & dog: 10.5 étés!"
    ]
    assert load_engine(EngineSpec("de", "en", folder=path)) is None
    model = model_folder.package(path, "fr", "en")
    assert model is not None
    models.verify_models(locked, accept=True, folders=[model])
    (path / "bpe.model").write_text("#version: 0.2\no x\n")
    with pytest.raises(DigestError, match=r"bpe\.model differs"):
        load_engine(EngineSpec("fr", "en", trusted=lock.read_lock(locked), folder=path))


def test_a_plain_model_folder_is_locked_too(folder: Path, tmp_path: Path) -> None:
    path, locked = opus_model(tmp_path / "opus"), tmp_path / "models.lock"
    model = model_folder.package(path, "zh", "en")
    assert model is not None
    assert [each.state for each in models.verify_models(locked, folders=[model])] == ["unknown"]
    assert [each.state for each in models.verify_models(locked, "zh-en", accept=True, folders=[model])] == [
        "trusted"
    ]
    assert list(lock.read_lock(locked)) == ["ctranslate2:zh-en"]
    (path / "config.json").write_text("{}")
    with pytest.raises(DigestError, match=r"config\.json differs"):
        load_engine(EngineSpec("zh", "en", trusted=lock.read_lock(locked), folder=path))


@pytest.mark.parametrize("missing", ["model.bin", "target.spm"])
def test_a_plain_folder_that_lacks_something_is_one_line(missing: str, tmp_path: Path) -> None:
    path = opus_model(tmp_path / "opus")
    (path / missing).unlink()
    with pytest.raises(DigestError, match=r"no CTranslate2 model.*check extra.digest.engine.path"):
        load_engine(EngineSpec("zh", "en", folder=path))


def test_importing_is_light_and_leaves_no_trace(tmp_path: Path) -> None:
    script = """
import sys
import generator.translate.engines, generator.models, generator.translate.translator, generator.models.index
heavy = {"ctranslate2", "sentencepiece", "argostranslate", "numpy"} & set(sys.modules)
assert not heavy, heavy
"""
    homeless = os.environ | {"HOME": str(tmp_path / "home")}
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
        homeless.pop(name, None)
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=homeless, check=True)
    assert list(tmp_path.iterdir()) == []
