"""Segments to and from other programs: translate-toolkit reads what we write, and we what it writes."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff as toolkit_xliff

from generator import build, config
from generator.cli.memory import memory_group, review_command
from generator.cli.shared import CommandGroup
from generator.model import DigestError, Finding, Segment
from generator.review import exchange
from generator.review.exchange import Taken, Waiting
from generator.review.signature import signature_of
from generator.storage import records
from generator.translate.memory import Memory, MemoryKey, update_memory
from tests.support.memories import save_memory

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
    assert set(marked.splitlines()) < set(file.read_bytes().splitlines())


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


PROJECT_SAVE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" srclang="ar-EG" segtype="sentence"/><body>
<tu><note>Anna: literal</note><tuv lang="ar-EG"><seg>السلام عليكم.</seg></tuv><tuv lang="en-US" changeid="anna"
 changedate="20261120T101500Z" creationid="eve" creationdate="20261119T101500Z"><seg>Peace be upon you.</seg></tuv></tu>
<tu><tuv lang="ar"><seg>صباح الخير.</seg></tuv><tuv lang="en" changeid="anna"><seg>Good morning.</seg></tuv>
<tuv lang="fr"><seg>Bonjour.</seg></tuv><tuv lang="de"><seg>Guten Morgen.</seg></tuv></tu>
<tu><tuv lang="ar"><seg>جملة متنازع عليها.</seg></tuv><tuv lang="en" changeid="anna"><seg>First.</seg></tuv></tu>
<tu><tuv lang="ar"><seg>جملة متنازع عليها.</seg></tuv><tuv lang="en" changeid="omar"><seg>Second.</seg></tuv></tu>
<tu><tuv lang="ar"><seg>ا</seg></tuv><tuv lang="en"><seg>A</seg></tuv><tuv lang="ar"><seg>ب</seg></tuv></tu>
<tu><tuv lang="ar"><seg>آلة.</seg></tuv><tuv lang="en" changeid="MT!"><seg>Machine.</seg></tuv></tu>
</body></tmx>
"""


def invoke(digest: config.Settings, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(
        CommandGroup(commands={"memory": memory_group}), [*arguments, "-f", str(digest.root / "mkdocs.yml")]
    )
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.output


@pytest.fixture
def omegats(digest: config.Settings, tmp_path: Path) -> Path:
    file = tmp_path / "project_save.tmx"
    file.write_text(PROJECT_SAVE, "utf-8")
    return file


def test_who_and_when_and_notes_of_another_program_come_in_and_go_out(
    digest: config.Settings, omegats: Path, tmp_path: Path
) -> None:
    taken = exchange.import_reviewed(digest, omegats, by="Zoe")
    assert counts(taken) == {"new": 2, "foreign": 2, "unconfirmed": 1}
    assert sorted(file.name for file in digest.memory.iterdir()) == ["ar-en.tmx", "glossary.ar-en.csv"]
    exchange.export_reviewed(digest, tmp_path / "all.tmx")
    (line,) = [line for line in (tmp_path / "all.tmx").read_text("utf-8").splitlines() if "Peace" in line]
    assert "<note>Anna: literal</note>" in line
    for claim in (
        'changeid="anna"',
        'changedate="20261120T101500Z"',
        'creationid="eve"',
        'creationdate="20261119T101500Z"',
    ):
        assert claim in line
    assert "Zoe" not in line
    exchange.export_reviewed(digest, tmp_path / "all.xlf")
    shutil.rmtree(digest.memory)
    exchange.import_reviewed(digest, tmp_path / "all.xlf", by="Zoe")
    (line,) = [
        line for line in (digest.memory / "ar-en.tmx").read_text("utf-8").splitlines() if "Peace" in line
    ]
    assert "<note>Anna: literal</note>" in line and 'creationid="Zoe"' in line


def test_of_two_translations_in_a_file_neither_is_taken(digest: config.Settings, omegats: Path) -> None:
    output = invoke(digest, "memory", "import", str(omegats), code=1)
    assert "2 new, 0 changed, 0 known already, 1 not confirmed, 2 of other languages, 2 refused" in output
    (line,) = [line for line in output.splitlines() if "متنازع" in line]
    assert "“First.” and “Second.”; none was taken" in line
    assert f"{omegats}: line 10 has two texts in ar, “ا” and “ب”" in output
    assert not {"First.", "Second.", "A", "Machine."} & set(reviewed(digest).values())


def test_an_article_in_a_pivots_language_makes_it_a_source(digest: config.Settings, omegats: Path) -> None:
    (digest.seeds / "french.txt").write_text(
        "Le président a parlé hier soir à la télévision de la réforme.\n", "utf-8"
    )
    build.generate(digest)
    assert exchange.import_reviewed(digest, omegats).foreign == 1
    assert reviewed(digest, "fr") == {"Bonjour.": "Good morning."}


def test_a_dry_run_lists_everything_and_changes_nothing(digest: config.Settings, omegats: Path) -> None:
    remember(digest, reviewed(digest) | {"السلام عليكم.": "Hello."})
    before = {file: file.read_bytes() for file in digest.memory.iterdir()}
    output = invoke(digest, "memory", "import", "--dry-run", str(omegats), code=1)
    assert "“السلام عليكم.”: “Hello.” becomes “Peace be upon you.”" in output
    assert "“صباح الخير.”: new: “Good morning.”" in output
    assert {file: file.read_bytes() for file in digest.memory.iterdir()} == before
    told = CliRunner().invoke(
        memory_group, ["import", "--dry-run", "--json", str(omegats), "-f", str(digest.root / "mkdocs.yml")]
    )
    found = json.loads(told.stdout)
    assert [change["before"] for change in found["changes"]] == ["Hello."]
    assert (len(found["additions"]), len(found["refused"])) == (1, 2)


def test_what_an_import_replaced_is_shown_and_comes_back(digest: config.Settings, omegats: Path) -> None:
    source = source_of(digest, MACHINE)
    remember(digest, reviewed(digest) | {source: "Hello."})
    build.generate(digest)
    omegats.write_text(PROJECT_SAVE.replace("السلام عليكم.", source), "utf-8")
    output = invoke(digest, "memory", "import", str(omegats), code=1)
    assert f"“{source}”: “Hello.” becomes “Peace be upon you.”" in output
    build.generate(digest)
    shown = invoke(digest, "memory", "show", "peace be upon you")
    assert "now     Peace be upon you.  (anna, 2026-11-20 10:15 UTC)" in shown and "before  Hello." in shown
    assert f"used    {SLUG}#s{MACHINE + 1}" in shown and "note    Anna: literal" in shown
    (entry,) = json.loads(invoke(digest, "memory", "show", "Peace", "--json"))
    assert (entry["now"]["name"], entry["before"][0]["target"]) == ("anna", "Hello.")
    file = digest.docs / records.record_path("en", SLUG)
    made = records.parse_record(file.read_bytes(), str(file)).segments[MACHINE]
    assert (made.reviewed_by, made.reviewed_on) == ("anna", "20261120T101500Z")
    for page in digest.docs.rglob("*.md"):
        assert "20261120T101500Z" not in page.read_text("utf-8") and "anna" not in page.read_text("utf-8")
    for expected, text in (("Hello.", "Peace be upon you."), ("Peace be upon you.", "Hello.")):
        (line,) = invoke(digest, "memory", "undo", text).splitlines()
        assert line.endswith(f"is “{expected}” again, no longer “{text}”")
        assert reviewed(digest)[source] == expected
    assert Memory.load(digest.memory, "ar", "en").signatures[source] == ("anna", "20261120T101500Z")


def test_undoing_what_was_new_leaves_it_to_the_machine(digest: config.Settings, omegats: Path) -> None:
    exchange.import_reviewed(digest, omegats)
    assert "is left to the machine again, no longer “Good morning.”" in invoke(
        digest, "memory", "undo", "Good morning."
    )
    assert "صباح الخير." not in reviewed(digest)
    assert "left to the machine" in invoke(digest, "memory", "show", "Good morning.")
    assert "is “Good morning.” again" in invoke(digest, "memory", "undo", "صباح الخير.")


def test_nothing_or_too_much_to_undo_is_one_line(digest: config.Settings) -> None:
    for command in ("undo", "show"):
        done = CliRunner().invoke(
            memory_group, [command, "nobody said so", "-f", str(digest.root / "mkdocs.yml")]
        )
        assert isinstance(done.exception, DigestError) and "says nothing" in str(done.exception)
    done = CliRunner().invoke(memory_group, ["undo", "NATO", "-f", str(digest.root / "mkdocs.yml")])
    assert isinstance(done.exception, DigestError) and "give the whole sentence" in str(done.exception)


def test_xliff_without_states_says_how_to_confirm(digest: config.Settings, tmp_path: Path) -> None:
    stateless = (
        XLIFF.format(language="ar", more="").replace(' state="final"', "").replace(' approved="yes"', "")
    )
    (tmp_path / "plain.xlf").write_text(stateless, "utf-8")
    output = invoke(digest, "memory", "import", str(tmp_path / "plain.xlf"))
    assert "1 not confirmed" in output and 'state="translated"' in output
    assert "نعم" not in reviewed(digest)


def test_an_articles_own_translation_goes_out_and_comes_back(digest: config.Settings, tmp_path: Path) -> None:
    source = source_of(digest, MACHINE)
    update_memory(digest.memory, "ar", "en", {MemoryKey(source): "All.", MemoryKey(source, SLUG): "Here."})
    build.generate(digest)
    file = digest.docs / records.record_path("en", SLUG)
    assert records.parse_record(file.read_bytes(), str(file)).segments[MACHINE].target == "Here."
    for name in ("all.tmx", "all.xlf"):
        exchange.export_reviewed(digest, tmp_path / name)
        before = list(Memory.load(digest.memory, "ar", "en").entries())
        (digest.memory / "ar-en.tmx").unlink()
        exchange.import_reviewed(digest, tmp_path / name)
        assert {key: target for key, target, _ in Memory.load(digest.memory, "ar", "en").entries()} == {
            key: target for key, target, _ in before
        }


def test_no_folder_is_made_where_none_is(digest: config.Settings, tmp_path: Path) -> None:
    for export in (exchange.export_for_review, exchange.export_reviewed):
        with pytest.raises(DigestError, match=r"absent/review\.xlf: its folder is missing; "):
            export(digest, tmp_path / "absent/review.xlf")
    assert not (tmp_path / "absent").exists()


def test_git_knows_who_corrects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert signature_of(tmp_path).name == ""
    for command in (["init", "-q"], ["config", "user.name", "Omar"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert (signature_of(tmp_path).name, signature_of(tmp_path, "Eve").name) == ("Omar", "Eve")
    assert re.fullmatch(r"\d{8}T\d{6}Z", signature_of(tmp_path).date)
    monkeypatch.setenv("PATH", "")
    assert signature_of(tmp_path).name == ""


def test_an_import_that_replaces_what_is_reviewed_says_so_by_its_exit_code(
    digest: config.Settings, tmp_path: Path
) -> None:
    source, before = next(iter(reviewed(digest).items()))
    file = tmp_path / "other.tmx"
    unit = f'<tu><tuv xml:lang="ar"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{{}}</seg></tuv></tu>'
    for options, code, target in (((), 1, "Said otherwise."), (("--replace",), 0, "And again.")):
        file.write_text(f'<tmx version="1.4"><header/><body>{unit.format(target)}</body></tmx>', "utf-8")
        said = invoke(digest, "memory", "import", str(file), *options, code=code)
        assert target in said and before in said
        assert reviewed(digest)[source] == target
        assert before in (digest.memory / "replaced/ar-en.tmx").read_text("utf-8")
        before = target
