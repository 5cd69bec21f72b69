"""Where a segment comes from: people, an earlier run, a tiny model that copies its source, or nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator import config
from generator.analyze import analyze
from generator.model import Article, DigestError, Job, Segment, Translation
from generator.translate.decode import Request
from generator.translate.executor import LocalExecutor
from generator.translate.glossary import Glossary, Term
from generator.translate.memory import save_memory
from generator.translate.translator import BATCH, Translator
from tests.support.tiny_model import copying_package

REVIEWED = {"le chat dort.": "The cat sleeps."}
FOX_TERMS = Glossary((Term(("renard",), ("fox",), ("renard",)),)).hash_of("un renard roux.")
FOX = "source,target,note\nrenard,fox|~renard,\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """Return a digest with a reviewed sentence and a model, both French."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    copying_package(tmp_path / "packages", "fr", "en")
    (tmp_path / "mkdocs.yml").write_text("site_name: Digest\n")
    made = config.load(tmp_path / "mkdocs.yml")
    save_memory(made.memory, "fr", "en", REVIEWED)
    return made


@pytest.fixture
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor() as started:
        yield started


def request(source: str, language: str = "fr") -> Request:
    return Request(language, source, source)


def job(number: int, text: str, settings: config.Settings) -> Job:
    return Job(analyze(Article(f"{number}.txt", f"a{number}", (text,), language="fr"), settings), None)


def test_each_sentence_has_its_origin(settings: config.Settings, executor: LocalExecutor) -> None:
    wanted = [
        request("le chat dort."),
        request("It is there.", "en"),
        request("qwrt", "unknown"),
        request("der Hund.", "de"),
        request("le chien 10."),
        request("le chien 10."),
    ]
    segments = list(Translator(settings, executor).begin(wanted).segments())
    assert [segment.source for segment in segments] == [each.source for each in wanted]
    origins = [segment.origin for segment in segments]
    assert origins == ["reviewed", "original", "none", "none", "machine", "machine"]
    assert (segments[0].target, segments[4].target) == ("The cat sleeps.", "le chien 10.")
    assert segments[4] is segments[5]


def test_without_memory_only_the_machine_is_heard(settings: config.Settings, executor: LocalExecutor) -> None:
    (settings.memory / "glossary.fr-en.csv").write_text(FOX)
    translator = Translator(settings, executor, use_memory=False)
    (segment,) = translator.begin([request("le chat dort.")]).segments()
    assert segment.origin == "machine"
    assert (translator.memory("fr").exact, translator.glossary("fr").terms) == ({}, ())


def test_what_an_earlier_run_translated_is_finished_with_the_glossary_of_today(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    (settings.memory / "glossary.fr-en.csv").write_text(FOX)
    wanted, signature = request("un renard roux."), "argos:fr-en:0.9"
    earlier = Segment(wanted.source, "A red renard.", "machine", signature, -0.5)
    pending = Translator(settings, executor).begin([wanted], {wanted: earlier})
    assert pending.done()
    (segment,) = pending.segments()
    assert (segment.target, segment.signature) == ("A red fox.", f"{signature}+glossary:{FOX_TERMS}")


def test_articles_keep_their_order_however_many_batches_they_make(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    text = " ".join(f"Voici {number}!" for number in range(BATCH // 4))
    jobs = [job(number, f"{text} Article {number}.", settings) for number in range(12)]
    made = list(Translator(settings, executor).translated(jobs))
    assert [each.digest for each in made] == [each.digest for each in jobs]
    for translation in made:
        assert [segment.target for segment in translation.segments] == sources_of(translation)


def sources_of(translation: Translation) -> list[str]:
    return [sentence.text for sentence in translation.digest.document.sentences]


def test_articles_are_read_no_further_than_the_executor_wants(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    text = " ".join(f"Voici {number}!" for number in range(BATCH))
    read = 0

    def jobs() -> Iterator[Job]:
        nonlocal read
        for number in range(20):
            read += 1
            yield job(number, text, settings)

    next(Translator(settings, executor).translated(jobs()))
    assert read <= executor.batches_in_flight()


def test_a_damaged_lock_is_named_before_a_model_is_loaded(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    settings.lock.write_text("{")
    with pytest.raises(DigestError, match=r"models\.lock: not a lock of models"):
        Translator(settings, executor).begin([request("le chien.")])
    elsewhere = replace(settings, root=settings.root / "none")
    assert Translator(elsewhere, executor).spec("fr").trusted == {}
