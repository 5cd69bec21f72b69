"""Segments to and from other programs: translate-toolkit reads what we write, and we what it writes."""

import io
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff as toolkit_xliff

from generator import build, config
from generator.cli.memory import memory_group, review_command
from generator.model import DigestError, Finding, Segment
from generator.review import exchange
from generator.review.exchange import Taken, Waiting
from generator.storage import records
from generator.translate.memory import Memory, save_memory

ROOT = Path(__file__).parents[2]
SLUG = "000_5eb26117233ace39"
FLAGGED, MACHINE, UNTRANSLATED = 9, 10, 17
"""Sentences of the first article that the digest of these tests has no reviewed translation for."""

HARD = {
    "أ & <ب> ]]> ' \"": "a & <b> {{ c }}",
    "ت\u200cث": "𝒙 — “y”\u00a0z",
    "سطر\nوآخر\tهنا": "one line\r\nand another",
    "<g id='1'>نعم</g> &amp;": "<g>yes</g> &#38;",
}


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """Return the published digest of the two seeds with a flagged, a machine's and an untranslated sentence."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "no-models"))
    for name in ("seeds", "memory"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    settings = config.load(tmp_path / "mkdocs.yml")
    build.generate(settings)
    file = settings.docs / records.record_path("en", SLUG)
    made = records.parse_record(file.read_bytes(), str(file))
    segments = list(made.segments)
    for number, target, findings in (
        (FLAGGED, "This makes us monitor 17 & <more>.", (Finding("numbers", "17"), Finding("glossary", "X"))),
        (MACHINE, "This is what makes us develop options.", ()),
    ):
        segments[number] = Segment(
            segments[number].source, target, "machine", "argos:ar-en:1.0|beam:2", -0.4, findings
        )
    segments[UNTRANSLATED] = Segment(segments[UNTRANSLATED].source, None, "none")
    file.write_bytes(records.dump_record(replace(made, segments=tuple(segments))))
    forget = {segments[number].source for number in (FLAGGED, MACHINE, UNTRANSLATED)}
    kept = {source: target for source, target in reviewed(settings).items() if source not in forget}
    remember(settings, kept)
    return settings


def reviewed(settings: config.Settings, source: str = "ar") -> dict[str, str]:
    return Memory.load(settings.memory, source, "en").exact


def remember(settings: config.Settings, segments: dict[str, str], source: str = "ar") -> None:
    save_memory(settings.memory, source, "en", segments)


def source_of(settings: config.Settings, number: int) -> str:
    file = settings.docs / records.record_path("en", SLUG)
    return records.parse_record(file.read_bytes(), str(file)).segments[number].source


def counts(taken: Taken) -> dict[str, int]:
    return {name: count for name, count in asdict(taken).items() if count and isinstance(count, int)}


@pytest.mark.parametrize("name", ["all.tmx", "all.xlf", "ALL.XLIFF"])
def test_export_and_import_give_the_same(digest: config.Settings, tmp_path: Path, name: str) -> None:
    remember(digest, reviewed(digest) | HARD)
    remember(digest, {"他說「是」。": 'He said "yes".'}, "zt")
    before = {source: reviewed(digest, source) for source in ("ar", "zt")}
    assert exchange.export_reviewed(digest, tmp_path / name) == sum(map(len, before.values()))
    shutil.rmtree(digest.memory)
    taken = exchange.import_reviewed(digest, tmp_path / name)
    assert counts(taken) == {"new": len(before["ar"]) + 1}
    assert {source: reviewed(digest, source) for source in ("ar", "zt")} == before
    assert counts(exchange.import_reviewed(digest, tmp_path / name)) == {"known": len(before["ar"]) + 1}


def test_another_program_reads_exported_tmx(digest: config.Settings, tmp_path: Path) -> None:
    exchange.export_reviewed(digest, tmp_path / "all.tmx")
    store = toolkit_tmx.tmxfile(io.BytesIO((tmp_path / "all.tmx").read_bytes()), "ar", "en")
    assert {unit.source: unit.target for unit in store.units} == reviewed(digest)


def test_another_program_reads_exported_xliff(digest: config.Settings, tmp_path: Path) -> None:
    remember(digest, reviewed(digest) | HARD)
    exchange.export_reviewed(digest, tmp_path / "all.xlf")
    store = toolkit_xliff.xlifffile.parsefile(str(tmp_path / "all.xlf"))
    assert (store.sourcelanguage, store.targetlanguage) == ("ar", "en")
    assert {unit.source: unit.target for unit in store.units} == reviewed(digest)
    assert all(unit.isapproved() and unit.istranslated() for unit in store.units)


def test_we_read_another_programs_tmx(digest: config.Settings, tmp_path: Path) -> None:
    store = toolkit_tmx.tmxfile()
    for source, target in HARD.items():
        store.addtranslation(source, "ar", target, "en")
    (tmp_path / "other.tmx").write_bytes(bytes(store))
    before = reviewed(digest)
    assert counts(exchange.import_reviewed(digest, tmp_path / "other.tmx")) == {"new": len(HARD)}
    assert reviewed(digest) == before | HARD


def test_we_read_another_programs_xliff(digest: config.Settings, tmp_path: Path) -> None:
    store = toolkit_xliff.xlifffile(sourcelanguage="ar", targetlanguage="en")
    for source, target in HARD.items():
        unit = store.addsourceunit(source)
        unit.target = target
    store.addsourceunit("لم تترجم")
    (tmp_path / "other.xlf").write_bytes(bytes(store))
    assert counts(exchange.import_reviewed(digest, tmp_path / "other.xlf")) == {"new": len(HARD)}
    assert HARD.items() <= reviewed(digest).items()


def test_review_writes_what_waits_for_a_person_and_no_more(digest: config.Settings, tmp_path: Path) -> None:
    waiting = exchange.export_for_review(digest, tmp_path / "review.xlf")
    assert waiting == Waiting(articles=1, machine=2, flagged=1, untranslated=1)
    store = toolkit_xliff.xlifffile.parsefile(str(tmp_path / "review.xlf"))
    flagged, machine, untranslated = store.units
    assert [unit.getid().split("\x04") for unit in store.units] == [
        [f"{SLUG}.txt", f"s{number + 1}"] for number in (FLAGGED, MACHINE, UNTRANSLATED)
    ]
    assert [unit.source for unit in store.units] == [
        source_of(digest, number) for number in (FLAGGED, MACHINE, UNTRANSLATED)
    ]
    assert flagged.target == "This makes us monitor 17 & <more>."
    assert (flagged.isfuzzy(), flagged.isapproved(), machine.isfuzzy()) == (True, False, True)
    assert untranslated.target is None
    first, second = flagged.getnotes().splitlines()
    assert first.startswith("numbers (17): A number of the source is missing")
    assert second.startswith("glossary (X): A name or a term")
    assert machine.getnotes() == untranslated.getnotes() == ""


def test_similar_reviewed_segments_are_offered_and_never_published(
    digest: config.Settings, tmp_path: Path
) -> None:
    source = source_of(digest, UNTRANSLATED)
    similar = source.replace("وقائية", "وقائية جديدة")
    remember(digest, reviewed(digest) | {similar: "We need a new preventive policy."})
    exchange.export_for_review(digest, tmp_path / "review.xlf")
    unit = toolkit_xliff.xlifffile.parsefile(str(tmp_path / "review.xlf")).units[2]
    (offered,) = unit.getalttrans()
    assert (offered.source, offered.target) == (similar, "We need a new preventive policy.")
    assert offered.xmlelement.get("match-quality") == "90%"
    assert unit.target is None
    build.generate(digest)
    file = digest.docs / records.record_path("en", SLUG)
    assert records.parse_record(file.read_bytes(), str(file)).segments[UNTRANSLATED].target is None


def test_an_export_for_omegat_has_one_source_and_one_note_in_a_unit(
    digest: config.Settings, tmp_path: Path
) -> None:
    source = source_of(digest, MACHINE)
    remember(digest, reviewed(digest) | {f"{source} أيضا": "This too."})
    exchange.export_for_review(digest, tmp_path / "review.xlf", notes_only=True)
    root = etree.parse(tmp_path / "review.xlf").getroot()
    units = list(root.iterfind(".//{*}trans-unit"))
    assert [etree.QName(child).localname for child in units[1]] == ["source", "note"]
    note = units[1].findtext("{*}note")
    assert "This too." in note
    assert "Machine translation: This is what makes us develop options." in note
    assert not list(root.iter("{*}target"))


def test_what_nobody_touched_stays_a_suggestion(digest: config.Settings, tmp_path: Path) -> None:
    exchange.export_for_review(digest, tmp_path / "review.xlf")
    before = (digest.memory / "ar-en.tmx").read_bytes()
    assert counts(exchange.import_reviewed(digest, tmp_path / "review.xlf")) == {"unconfirmed": 2}
    assert (digest.memory / "ar-en.tmx").read_bytes() == before


def edited(file: Path, states: dict[int, tuple[str, str | None]]) -> None:
    """Do as Weblate does when a person saves units: their state, their approval, and perhaps their text."""
    store = toolkit_xliff.xlifffile.parsefile(str(file))
    for number, (state, target) in states.items():
        unit = store.units[number]
        if target:
            unit.target = target
        unit.markapproved(state == "final")
        unit.xmlelement.find(unit.namespaced("target")).set("state", state)
    file.write_bytes(bytes(store))


CONFIRMED = [
    ({0: ("translated", "That is why we watch closely.")}, {"new": 1, "unconfirmed": 1}, [FLAGGED]),
    ({1: ("translated", None)}, {"new": 1, "unconfirmed": 1}, [MACHINE]),
    ({0: ("final", None), 1: ("signed-off", None)}, {"new": 2}, [FLAGGED, MACHINE]),
    ({0: ("needs-translation", "Better.")}, {"unconfirmed": 2}, []),
    ({2: ("translated", "We need a policy.")}, {"new": 1, "unconfirmed": 2}, [UNTRANSLATED]),
    ({0: ("needs-review-translation", "A"), 1: ("new", "B")}, {"unconfirmed": 2}, []),
]


@pytest.mark.parametrize(("states", "expected", "settled"), CONFIRMED)
def test_what_a_person_confirmed_is_taken(
    digest: config.Settings,
    tmp_path: Path,
    states: dict[int, tuple[str, str | None]],
    expected: dict[str, int],
    settled: list[int],
) -> None:
    before = reviewed(digest)
    exchange.export_for_review(digest, tmp_path / "review.xlf")
    edited(tmp_path / "review.xlf", states)
    assert counts(exchange.import_reviewed(digest, tmp_path / "review.xlf")) == expected
    assert reviewed(digest).keys() - before.keys() == {source_of(digest, number) for number in settled}


def test_a_file_in_which_a_program_marked_everything_confirms_nothing(
    digest: config.Settings, tmp_path: Path
) -> None:
    """OmegaT marks every target as translated when it writes an XLIFF file, seen by anyone or not."""
    exchange.export_for_review(digest, tmp_path / "review.xlf")
    edited(tmp_path / "review.xlf", {0: ("translated", "A person wrote this."), 1: ("translated", None)})
    assert counts(exchange.import_reviewed(digest, tmp_path / "review.xlf")) == {"new": 1, "doubtful": 1}
    assert source_of(digest, MACHINE) not in reviewed(digest)
    assert counts(exchange.import_reviewed(digest, tmp_path / "review.xlf", unchanged=True)) == {
        "new": 1,
        "known": 1,
    }


def test_omegats_memory_names_who_translated(digest: config.Settings, tmp_path: Path) -> None:
    units = [
        (source_of(digest, FLAGGED), "This makes us monitor 17 & <more>.", ' changeid="eve"'),
        (source_of(digest, MACHINE), "This is what makes us develop options.", ""),
        (source_of(digest, UNTRANSLATED), "We need a policy.", ""),
    ]
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", creationtool="OmegaT", srclang="AR")
    body = etree.SubElement(root, "body")
    for source, target, by in units:
        unit = etree.SubElement(body, "tu")
        etree.SubElement(etree.SubElement(unit, "tuv", lang="AR"), "seg").text = source
        variant = etree.SubElement(unit, "tuv", {"lang": "EN-GB"} | ({"changeid": "eve"} if by else {}))
        etree.SubElement(variant, "seg").text = target
    (tmp_path / "project_save.tmx").write_bytes(etree.tostring(root))
    assert counts(exchange.import_reviewed(digest, tmp_path / "project_save.tmx")) == {"new": 2, "doubtful": 1}
    assert source_of(digest, MACHINE) not in reviewed(digest)


def test_what_was_imported_is_published_as_reviewed(digest: config.Settings, tmp_path: Path) -> None:
    exchange.export_for_review(digest, tmp_path / "review.xlf")
    texts = {number: ("final", f"Person {number}.") for number in range(3)}
    edited(tmp_path / "review.xlf", texts)
    exchange.import_reviewed(digest, tmp_path / "review.xlf")
    report = build.generate(digest)
    assert (report.reviewed, report.machine, report.untranslated) == (34, 0, 0)
    assert exchange.export_for_review(digest, tmp_path / "again.xlf") == Waiting()
    assert not (tmp_path / "again.xlf").exists()


def test_import_keeps_what_other_programs_put_into_the_memory(digest: config.Settings, tmp_path: Path) -> None:
    file = digest.memory / "ar-en.tmx"
    marked = file.read_bytes().replace(b"<tu>", b'<tu creationdate="20200101T000000Z"><note>n</note>', 1)
    file.write_bytes(marked)
    exchange.export_for_review(digest, tmp_path / "review.xlf")
    edited(tmp_path / "review.xlf", {0: ("final", None)})
    exchange.import_reviewed(digest, tmp_path / "review.xlf")
    assert file.read_bytes().startswith(marked[: marked.index(b"</body>")].rstrip())


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("bcdefgh", "cdefghi", strict=True))
    + "]>"
)
XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" datatype="plaintext" '
    'source-language="{language}" target-language="en"><body><trans-unit id="1" approved="yes"><source>نعم{more}'
    '</source><target state="final">yes</target></trans-unit></body></file></xliff>'
)

DAMAGED = [
    ("a.tmx", ""),
    ("a.tmx", "not XML"),
    ("a.tmx", XLIFF.format(language="ar", more="")),
    ("a.xlf", ""),
    ("a.xlf", XLIFF.format(language="ar", more="")[:-30]),
    ("a.xlf", XLIFF.format(language="ar", more="").replace("document:1.2", "document:2.0")),
    ("a.xlf", "<html/>"),
    ("a.xlf", BOMB + XLIFF.format(language="ar", more="&i;")),
    ("a.xlf", BOMB + XLIFF.format(language="&i;", more="")),
    (
        "a.xlf",
        '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + XLIFF.format(language="ar", more="&x;"),
    ),
    ("a.xlf", "\x00\x01\x02"),
    ("a.po", "msgid"),
]


@pytest.mark.parametrize(("name", "content"), DAMAGED)
def test_a_damaged_file_is_named_in_one_line_and_nothing_is_taken(
    digest: config.Settings, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    before = (digest.memory / "ar-en.tmx").read_bytes()
    with pytest.raises(DigestError) as caught:
        exchange.import_reviewed(digest, tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert ";" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (digest.memory / "ar-en.tmx").read_bytes() == before


def test_a_missing_file_is_named(digest: config.Settings, tmp_path: Path) -> None:
    with pytest.raises(DigestError, match=r"absent\.tmx: cannot be read"):
        exchange.import_reviewed(digest, tmp_path / "absent.tmx")


@pytest.mark.parametrize("language", ["../../escape", "x-default", "en", "", "AR/../x"])
def test_a_language_that_is_none_names_no_file(digest: config.Settings, tmp_path: Path, language: str) -> None:
    (tmp_path / "odd.xlf").write_text(XLIFF.format(language=language, more=""), "utf-8")
    assert counts(exchange.import_reviewed(digest, tmp_path / "odd.xlf")) == {"foreign": 1}
    assert sorted(file.name for file in digest.memory.iterdir()) == ["ar-en.tmx", "glossary.ar-en.csv"]


def test_nobodys_work_is_overwritten(digest: config.Settings, tmp_path: Path) -> None:
    (tmp_path / "review.xlf").write_text("a person's work")
    with pytest.raises(DigestError, match="already"):
        exchange.export_for_review(digest, tmp_path / "review.xlf")
    with pytest.raises(DigestError, match="memory"):
        exchange.export_reviewed(digest, digest.memory / "ar-en.tmx")
    with pytest.raises(DigestError, match=r"\.xlf"):
        exchange.export_for_review(digest, tmp_path / "review.tmx")


def test_the_commands_report_in_one_line(digest: config.Settings, tmp_path: Path) -> None:
    settings = ["--config-file", str(digest.root / "mkdocs.yml")]
    run = CliRunner().invoke
    file = str(tmp_path / "review.xlf")
    done = run(review_command, [file, *settings])
    assert done.output == (
        f"{file}: 3 segments of 1 article, 2 machine-translated (1 flagged), 1 not translated\n"
    )
    edited(tmp_path / "review.xlf", {1: ("translated", None)})
    done = run(memory_group, ["import", file, *settings])
    assert (done.exit_code, done.output) == (
        0,
        f"{file}: 1 new, 0 changed, 0 known already, 1 not confirmed\n",
    )
    done = run(memory_group, ["export", str(tmp_path / "all.tmx"), *settings])
    assert done.output == f"{tmp_path / 'all.tmx'}: 32 reviewed segments\n"


def test_an_empty_memory_is_no_file(digest: config.Settings, tmp_path: Path) -> None:
    shutil.rmtree(digest.memory)
    assert exchange.export_reviewed(digest, tmp_path / "all.xlf") == 0
    assert not (tmp_path / "all.xlf").exists()
