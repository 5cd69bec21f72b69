"""Links between words: from real attention, followed through changes, and none where they may mislead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Alignment, Hypothesis, Link
from generator.translate import decode
from generator.translate.decode import Request, as_made, decode_batch, finished
from generator.translate.engines import EngineSpec, load_engine
from generator.translate.glossary import Glossary, Term
from generator.translate.word_alignment import follow, links_moved, links_of, proven
from tests.support.argos_package import install_real_package
from tests.support.tiny_model import copying_package

ZH_EN = EngineSpec("zh", "en")
NEWS = "北约秘书长在布鲁塞尔说，西班牙今年遭受干旱。"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("argos") / "packages"
    install_real_package(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARGOS_PACKAGES_DIR", str(folder))
        decode.forget_engines()
        yield
    decode.forget_engines()


def linked(source: str, target: str, links: tuple[Link, ...]) -> dict[str, str]:
    return {target[link.target_start : link.target_end]: source[link.start : link.end] for link in links}


def test_a_real_model_says_which_word_became_which(real: None) -> None:
    found = decode_batch(ZH_EN, Glossary(), [Request("zh", NEWS, NEWS)])
    assert found is not None
    pairs = linked(NEWS, found[0].target or "", found[0].links)
    assert pairs["NATO"] == "北约"
    assert pairs["Brussels"] == "在布鲁塞尔"
    assert pairs["Spain"] == "西班牙"
    assert pairs["drought"] == "干旱"


def test_links_point_into_the_source_as_it_was_published(real: None) -> None:
    published = f"  {NEWS}".replace("，", "， ").replace("布鲁塞尔", "布 鲁塞尔")
    found = decode_batch(ZH_EN, Glossary(), [Request("zh", published, NEWS)])
    assert found is not None
    pairs = linked(published, found[0].target or "", found[0].links)
    assert (pairs["Spain"], pairs["Brussels"]) == ("西班牙", "在布 鲁塞尔")


def test_links_survive_the_record_and_a_second_look(real: None) -> None:
    request = Request("zh", NEWS, NEWS)
    found = decode_batch(ZH_EN, Glossary(), [request])
    assert found is not None
    again = finished(request, as_made(found[0]), "en", Glossary())
    assert again == found[0]
    renamed = Glossary((Term(("西班牙",), ("Iberia",), ("Spain",)),))
    other = finished(request, as_made(found[0]), "en", renamed)
    pairs = linked(NEWS, other.target or "", other.links)
    assert "Iberia" in (other.target or "")
    assert "西班牙" not in pairs.values()
    assert pairs["drought"] == "干旱"


def test_attention_that_looks_elsewhere_gives_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The copier looks at a word as it chooses it, not as it reads it: one step from what its links would say.
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    copying_package(tmp_path / "packages", "zh", "en")
    engine = load_engine(ZH_EN)
    assert engine is not None
    hypotheses = list(engine.translate(["1 2 3 4", "the fox"] * 10))
    assert all(hypothesis.alignments for hypothesis in hypotheses)
    assert not any(hypothesis.alignments for hypothesis in proven(hypotheses))


def hypothesis_of(*alignments: Alignment) -> Hypothesis:
    return Hypothesis("".join(each.target for each in alignments), None, "", alignments=alignments)


def test_few_wrong_anchors_speak_of_their_own_sentence_alone() -> None:
    right = Alignment("a 7", "b 7", ((0, 1), (2, 3)), ((0, 1), (2, 3)), ((0.8, 0.1), (0.1, 0.8)))
    wrong = Alignment("a 7", "b 7", ((0, 1), (2, 3)), ((0, 1), (2, 3)), ((0.1, 0.8), (0.8, 0.1)))
    first, second = proven([hypothesis_of(right), hypothesis_of(wrong)])
    assert (len(first.alignments), len(second.alignments)) == (1, 0)
    assert not any(each.alignments for each in proven([hypothesis_of(right), hypothesis_of(wrong)] * 10))


def test_words_must_choose_each_other() -> None:
    both = Alignment("ein Haus", "a house", ((0, 3), (4, 8)), ((0, 1), (2, 7)), ((0.1, 0.6), (0.2, 0.7)))
    hypothesis = hypothesis_of(both)
    assert links_of(hypothesis, "ein Haus", "a house") == (Link(4, 8, 2, 7),)
    assert links_of(hypothesis, "ein Haus", "a mouse") == ()
    assert links_of(hypothesis, "ein Haus", "a houses") == ()
    assert links_of(hypothesis_of(), "ein Haus", "a house") == ()


def test_stretches_are_followed_through_changes_or_lost() -> None:
    where = follow(" He said ， yes .", 'He "said", yes.')
    assert where(1, 3) == (0, 2)
    assert where(4, 8) == (4, 8)
    assert where(11, 14) == (11, 14)
    assert follow("a fox", "a dog")(2, 5) is None
    assert follow("２５元", "25元")(0, 2) == (0, 2)
    assert follow("a b" * 5000, "b a" * 5000)(0, 1) is None  # too much has changed to look for it


def test_links_of_words_that_change_later_go() -> None:
    links = (Link(0, 1, 0, 2), Link(1, 2, 3, 6))
    assert links_moved(links, "He ran", '"He" ran') == (Link(0, 1, 1, 3), Link(1, 2, 5, 8))
    assert links_moved(links, "He ran", "He runs") == (Link(0, 1, 0, 2),)
