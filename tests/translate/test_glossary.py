"""The glossary: terms are found behind what Arabic writes onto them, checked, and slips of them mended."""

import csv
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from generator.analyze import repaired
from generator.model import DigestError, Pair, Sentence
from generator.translate.glossary import Glossary, Term

ROOT = Path(__file__).parents[2]
SHIPPED = Glossary.load(ROOT / "memory", "ar", "en")

GLOSSARY = Glossary((
    Term(("كوبلر",), ("Kobler",), ("Kubler", "Kopler")),
    Term(("البنتاغون", "البنتاجون"), ("Pentagon",)),
    Term(("سرت",), ("Sirte",), ("Sirt",)),
    Term(("داعش",), ("ISIS",), ("Daesh", "Da'esh", "ISIL")),
    Term(("ليبيا",), ("Libya", "Libyan*")),
    Term(("ألمانيا",), ("Germany", "German*")),
    Term(("الأمم المتحدة",), ("United Nations", "UN", "U.N.")),
    Term(("المتحدة",), ("united",)),
    Term(("国会",), ("Congress",)),
    Term(("美国国会",), ("US Congress",)),
    Term(("Straße",), ("street",)),
))  # fmt: skip


def objection(source: str, target: str, language: str = "ar") -> str | None:
    return GLOSSARY.check(Pair(source, target, language, "en"))


OBJECTED = [
    ("قال كوبلر ذلك", "Copeland said so", "Kobler"),
    ("وكوبلر أيضا", "And he too", "Kobler"),
    ("لكوبلر", "To him", "Kobler"),
    ("في البنتاغون", "In the ministry", "Pentagon"),
    ("للبنتاغون", "To the ministry", "Pentagon"),
    ("وبالبنتاجون", "And in the ministry", "Pentagon"),
    ("داعــش", "The group", "ISIS"),
    ("بسرت وليبيا", "There", "Sirte, Libya"),
    ("لليبيا", "To Lebanon", "Libya"),
    ("بألمانيا والمانيا", "In Armenia", "Germany"),
    ("قالت الامم المتحدة", "They said", "United Nations"),
    ("قال “كوبلر”.", "Kobl said", "Kobler"),
]


@pytest.mark.parametrize(("source", "target", "detail"), OBJECTED)
def test_a_term_that_reads_otherwise_is_found(source: str, target: str, detail: str) -> None:
    assert objection(source, target) == detail


GOOD = [
    ("قال كوبلر ذلك", "KOBLER's words"),
    ("الأزمة في ليبيا", "The Libyan crisis"),
    ("الليبيون", "The people"),
    ("كسرت الباب وفسرت الأمر", "She broke the door and explained the matter"),
    ("الأمم المتحدة", "The U.N. said"),
    ("داعش", "“ISIS” said"),
    ("لا أحد", "Nobody"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_what_is_right_or_no_term_is_left_alone(source: str, target: str) -> None:
    assert objection(source, target) is None


def test_where_no_blanks_stand_between_words_the_longest_term_counts() -> None:
    assert objection("他在美国国会说", "He said in the house", "zh") == "US Congress"
    assert objection("他在国会说", "He said in the house", "zh") == "Congress"
    assert objection("他在国会说", "He said in Congress", "zh") is None
    assert objection("in der STRASSE", "road", "de") is None
    assert objection("in der straße", "road", "de") == "street"


ENFORCED = [
    ("قال كوبلر ذلك", "Kubler said so, Kubler's way.", "Kobler said so, Kobler's way."),
    ("داعش في سرت", "Da’esh in Sirt", "ISIS in Sirte"),
    ("داعش", "ISIS (Daesh)", "ISIS (Daesh)"),
    ("داعش", "Daesh, or ISIL", "Daesh, or ISIL"),
    ("داعش", "A Daesh fighter", "A Daesh fighter"),
    ("داعش", "An ISIL fighter and daesh", "An ISIS fighter and daesh"),
    ("داعش", "Daeshi", "Daeshi"),
    ("لا أحد", "Kubler said so", "Kubler said so"),
]


@pytest.mark.parametrize(("source", "target", "mended"), ENFORCED)
def test_only_listed_slips_are_mended_and_only_where_it_does_no_harm(
    source: str, target: str, mended: str
) -> None:
    assert GLOSSARY.enforce(target, source) == mended
    assert GLOSSARY.enforce(mended, source) == mended


INSERTED = {
    "卡瓦诺在听证会上作证。": "Kavanaugh 在听证会上作证。",
    "卡瓦诺法官说。": "Kavanaugh 法官说。",
    "وصل كوبلر إلى طرابلس": "وصل Kobler إلى Tripoli",
    "他说。": "他说。",
}


@pytest.mark.parametrize("source", INSERTED)
def test_terms_can_be_written_into_a_source(source: str) -> None:
    terms = (Term(("卡瓦诺",), ("Kavanaugh", "Cavanaugh")), Term(("كوبلر",), ("Kobler",)))
    assert Glossary((*terms, Term(("طرابلس",), ("Tripoli",)))).insert(source) == INSERTED[source]


def test_the_shipped_glossary_agrees_with_the_reviewed_translations() -> None:
    with (ROOT / "tests/data/reviewed.ar-en.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    sources = [repaired(Sentence(row["ar"], 0, 0, len(row["ar"]), "ar")).repaired for row in rows]
    for source, row in zip(sources, rows, strict=True):
        assert SHIPPED.check(Pair(source, row["en"], "ar", "en")) is None
        assert SHIPPED.enforce(row["en"], source) == row["en"]
    objections = (SHIPPED.check(Pair(source, "nothing", "ar", "en")) for source in sources)
    used = {spelling for detail in objections if detail for spelling in detail.split(", ")}
    assert used == {term.targets[0] for term in SHIPPED.terms}


def test_on_real_output_the_shipped_glossary_objects_seldom_and_never_to_the_reference() -> None:
    lines = (ROOT / "tests/data/argos-output.ar-en.tsv").read_text("utf-8").splitlines()[1:]
    for source, _, reference, _ in (line.split("\t") for line in lines):
        assert SHIPPED.check(Pair(source, reference, "ar", "en")) is None


WRONG = [
    ("term,english\nداعش,ISIS\n", "line 1 must be source,target,note"),
    ("", "line 1 must be"),
    ("source,target,note\nداعش\n", "line 2 has 1 cells"),
    ("source,target,note\nداعش,ISIS,one, two\n", "line 2 has 4 cells"),
    ("source,target,note,kind\nداعش,ISIS,one, two,\n", "line 2 has 5 cells instead of 4"),
    ("source,target,note,kind\nداعش,ISIS,,group\n", "line 2 has the kind group"),
    ("source,target,kind\nداعش,ISIS,group\n", "line 1 must be"),
    ("source,target,note\nداعش,~Daesh,\n", "line 2 needs"),
    ("source,target,note\n,ISIS,\n", "line 2 needs"),
    ("source,target,note\nداعش,IS*,\n", "line 2 needs"),
    ("source,target,note\n€,euro,\n", "line 2 needs"),
    ("source,target,note\nداعش,ISIS,\n\nداعــش,ISIL,\n", "line 4 has داعش again"),
    ('source,target,note\n"داعش,ISIS,\n', "cannot be read"),
    ("source,target,note\n\udcff\udcfe,ISIS,\n", "UTF-8"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_table_that_is_none_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "glossary.ar-en.csv").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DigestError) as caught:
        Glossary.load(tmp_path, "ar", "en")
    assert said in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    text = '\ufeffsource,target,note\r\n داعش | الدواعش ,"ISIS|~Daesh","a, b"\r\n,,\r\n'
    (tmp_path / "glossary.ar-en.csv").write_text(text, "utf-8", newline="")
    assert Glossary.load(tmp_path, "ar", "en").terms == (
        Term(("داعش", "الدواعش"), ("ISIS",), ("Daesh",), "a, b"),
    )
    assert Glossary.load(tmp_path, "zh", "en") == Glossary()


def test_a_table_may_say_what_a_name_is_the_name_of(tmp_path: Path) -> None:
    text = "source,target,note,kind\nليبيا,Libya,,place\nكوبلر,Kobler,envoy, person \nهدنة,ceasefire,,\nسلام,peace\n"
    (tmp_path / "glossary.ar-en.csv").write_text(text, "utf-8")
    kinds = {term.targets[0]: term.kind for term in Glossary.load(tmp_path, "ar", "en").terms}
    assert kinds == {"Libya": "place", "Kobler": "person", "ceasefire": None, "peace": None}
    assert {term.kind for term in SHIPPED.terms} == {"person", "place", "organization"}


def test_a_worker_prepares_a_glossary_once() -> None:
    """It comes with every batch, and preparing it takes longer than checking a sentence."""
    first, again = (pickle.loads(pickle.dumps(GLOSSARY)) for _ in range(2))  # noqa: S301
    assert first == GLOSSARY
    assert first is again
    assert {GLOSSARY: 1}[first] == 1


def test_a_hash_names_the_terms_of_a_source_and_nothing_else() -> None:
    fox, dog = Term(("renard",), ("fox",)), Term(("chien",), ("dog",))
    glossary = Glossary((fox, dog))
    assert glossary.hash_of("un chat") == ""
    assert glossary.hash_of("un renard") == Glossary((replace(fox, note="animal"),)).hash_of("le renard roux")
    renamed = Glossary((replace(fox, targets=("Fox",)), dog))
    assert renamed.hash_of("un renard") != glossary.hash_of("un renard")
    assert renamed.hash_of("un chien") == glossary.hash_of("un chien")
