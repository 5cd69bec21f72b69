"""Where a segment comes from: people, an earlier run, a tiny model that copies its source, or nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator import config
from generator.analyze import analyze
from generator.model import Article, DigestError, Job, Segment, Translation
from generator.translate.decode import Request, shared_engine
from generator.translate.executor import LocalExecutor
from generator.translate.glossary import Glossary, Term
from generator.translate.translator import BATCH, Translator
from tests.support.memories import save_memory
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


def test_what_has_no_word_is_copied_and_is_nobodys_translation(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    save_memory(settings.memory, "fr", "en", {"* * *": "— — —"})
    texts = ["……", "?!", "🎉 2024", "https://exemple.fr/été", "jean@exemple.fr", "{nom}", "٣٫٥"]
    wanted = [request(text, language) for text in texts for language in ("fr", "unknown")]
    pending = Translator(settings, executor).begin(wanted)
    assert not pending.in_work
    assert [(each.origin, each.target) for each in pending.segments()] == [("original", None)] * len(wanted)
    (settled,) = Translator(settings, executor).begin([request("* * *")]).segments()
    assert (settled.origin, settled.target) == ("reviewed", "— — —")


def test_what_an_earlier_machine_made_of_no_word_goes(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    wanted = request("……")
    earlier = Segment(wanted.source, "I don't know.", "machine", "argos", -0.5)
    (segment,) = Translator(settings, executor).begin([wanted], {wanted: earlier}).segments()
    assert (segment.origin, segment.target) == ("original", None)


def test_a_published_headline_is_written_like_one(settings: config.Settings, executor: LocalExecutor) -> None:
    article = Article("1.txt", "a1", ("le chien 10.",), title="le chat est ici", language="fr")
    (made,) = Translator(settings, executor).translated([Job(analyze(article, settings), None)])
    assert (made.title.origin, made.title.target) == ("machine", "Le chat est ici")


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


def earlier_by(signature: str, target: str = "A red renard.") -> dict[Request, Segment]:
    wanted = request("un renard roux.")
    return {wanted: Segment(wanted.source, target, "machine", signature, -0.5)}


def now(translator: Translator, earlier: dict[Request, Segment]) -> tuple[Segment, bool]:
    """Return what becomes of an earlier segment, and whether an engine was asked."""
    pending = translator.begin(list(earlier), earlier)
    (segment,) = pending.segments()
    return segment, bool(pending.in_work)


NAMED = "source,target,note\nrenard,fox,\n"


def test_a_sentence_with_no_other_fault_than_a_new_term_is_decoded_with_it_once(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    (settings.memory / "glossary.fr-en.csv").write_text(NAMED)
    translator = Translator(settings, executor)
    segment, decoded = now(translator, earlier_by("argos:fr-en:1.0:00"))
    assert (segment.target, segment.findings, decoded) == ("un fox roux.", (), True)
    hashed = translator.glossary("fr").hash_of(segment.source)
    assert segment.signature.endswith(f"|terms+glossary:{hashed}")
    wanted = request(segment.source)
    assert now(translator, {wanted: segment}) == (segment, False)
    tried = replace(segment, target="A red one.", signature=f"argos+glossary:{hashed}")
    kept, decoded = now(translator, {wanted: tried})
    assert ([finding.check for finding in kept.findings], decoded) == (["glossary"], False)


def test_a_term_that_no_engine_takes_is_tried_once(settings: config.Settings, executor: LocalExecutor) -> None:
    (settings.memory / "glossary.fr-en.csv").write_text(NAMED)
    wanted = request("un RENARD.")  # a spelling that is found, and cannot be written over
    earlier = Segment(wanted.source, "A renard.", "machine", "argos:fr-en:1.0:00", -0.5)
    translator = Translator(settings, executor)
    segment, decoded = now(translator, {wanted: earlier})
    assert ([finding.check for finding in segment.findings], decoded) == (["glossary"], True)
    assert now(translator, {wanted: segment}) == (segment, False)


@pytest.mark.parametrize("mark", ["+glossary", "|terms", "|terms+glossary", "+glossary:1a2b3c4d"])
@pytest.mark.parametrize("table", ["", NAMED])
def test_what_other_terms_put_into_a_sentence_goes(
    settings: config.Settings, executor: LocalExecutor, mark: str, table: str
) -> None:
    if table:
        (settings.memory / "glossary.fr-en.csv").write_text(table)
    segment, decoded = now(Translator(settings, executor), earlier_by(f"argos{mark}", "un vixen roux."))
    assert (segment.target, decoded) == ("un fox roux." if table else "un renard roux.", True)
    assert ("glossary:" in segment.signature) == bool(table)


def test_without_a_model_the_earlier_target_stays_and_is_due(
    settings: config.Settings, executor: LocalExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(settings.root / "none"))
    (settings.memory / "glossary.fr-en.csv").write_text(NAMED)
    for mark in ("", "+glossary:1a2b3c4d"):
        segment, decoded = now(Translator(settings, executor), earlier_by(f"argos{mark}"))
        assert (segment.target, segment.signature, decoded) == ("A red renard.", f"argos{mark}", True)
        assert [finding.check for finding in segment.findings] == ["glossary"]


def translated_before(text: str, number: int, settings: config.Settings) -> Job:
    """Return an article that an earlier run translated by copying it, and reversed."""
    fresh = job(number, text, settings)
    made = tuple(
        Segment(each.text, each.text[::-1], "machine", f"old:{number}", -0.5)
        for each in fresh.digest.document.sentences
    )
    return replace(fresh, previous=Translation(fresh.digest, "en", made[0], made))


def test_only_the_articles_named_are_decoded_again_and_each_keeps_its_own(
    settings: config.Settings, executor: LocalExecutor
) -> None:
    text = "un renard roux. un chien."
    jobs = [translated_before(text, number, settings) for number in range(3)]
    translator = Translator(settings, executor, again={"a1"})
    signatures = [[each.signature for each in made.segments] for made in translator.translated(jobs)]
    assert [set(signatures[0]), set(signatures[2])] == [{"old:0"}, {"old:2"}]
    assert all(signature.startswith("argos:fr-en:1.0:") for signature in signatures[1])
    assert not translator.kept


def test_what_cannot_be_decoded_again_stays_and_is_counted(
    settings: config.Settings, executor: LocalExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(settings.root / "none"))
    earlier = translated_before("un renard roux. un chien.", 0, settings)
    translator = Translator(settings, executor, again={"a0"})
    (made,) = translator.translated([earlier])
    assert earlier.previous
    assert [each.target for each in made.segments] == [each.target for each in earlier.previous.segments]
    assert translator.kept == {("a0", "fr"): len(made.segments)}


def test_sentences_of_other_settings_are_counted(settings: config.Settings, executor: LocalExecutor) -> None:
    translator = Translator(settings, executor)
    engine = shared_engine(translator.spec("fr"))
    assert engine
    best = Translator(replace(settings, quality="best"), executor)
    signature = engine.signature
    same = [*engine.signatures, f"{signature}|parts:3", f"{signature}|terms+glossary:1a2b3c4d"]
    made = [("fr", name, 1) for name in same] + [("fr", signature.replace("1.0", "0.9"), 10), ("de", "x", 100)]
    assert translator.made_otherwise(made, ask=True) == 10
    assert best.made_otherwise([("fr", signature, 5), ("de", "x", 100)], ask=True) == 5
    assert best.made_otherwise([("fr", signature, 5)], ask=False) == 0, "no engine is asked for this alone"
