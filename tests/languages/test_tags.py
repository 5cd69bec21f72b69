"""What a language tag means: one answer for memories, seeds, identification, pages and the theme."""

import json
import re
from pathlib import Path

import pytest

from generator import config
from generator.analyze.identify import identify_paragraphs
from generator.formats import xliff
from generator.ingest import read_seed
from generator.languages import _ALIASES, LANGUAGES, code_of, is_unspaced, tag_of
from generator.languages.scripts import SCRIPTS, UNSPACED_LETTERS
from generator.model import UNKNOWN
from generator.render import strings
from generator.review import exchange
from generator.theme import hook, structured_data, text_analysis
from generator.translate.memory import Memory, memory_file
from tests.support.memories import save_memory

ROOT = Path(__file__).parents[2]
MARKS = json.loads((ROOT / "generator" / "data" / "marks.json").read_text("utf-8"))
IDENTIFIED = sorted({code for script in MARKS["scripts"].values() for code in script["languages"].split()})

TAGS = {
    "ar": "ar",
    "AR": "ar",
    "ar-EG": "ar",
    "ar_EG": "ar",
    "ara": "ar",
    "arb": "ar",
    "Arabic": "ar",
    "العربية": "ar",
    " ARABIC ": "ar",
    "no": "nb",
    "no-NO": "nb",
    "NO_no": "nb",
    "nb-NO": "nb",
    "Norsk bokmål": "nb",
    "NORSK BOKMÅL": "nb",
    "Norsk bokma\u030al": "nb",
    "nn-NO": "nn",
    "zh": "zh",
    "zh-CN": "zh",
    "zh-Hans-HK": "zh",
    "zho": "zh",
    "cmn": "zh",
    "中文": "zh",
    "zh-Hant": "zt",
    "zh-TW": "zt",
    "zh_hk": "zt",
    "zh-Hant-TW": "zt",
    "cmn-Hant": "zt",
    "繁體中文": "zt",
    "Chinese (traditional)": "zt",
    "pt-BR": "pt",
    "pt_BR": "pt",
    "es-419": "es",
    "sr-Latn-RS": "sr",
    "de-DE-1996": "de",
    "iw": "he",
    "in": "id",
    "fil": "tl",
    "Farsi": "fa",
    "sdh": "ckb",
    "wo": "wo",
    "und": None,
    "mul": None,
    "zxx": None,
    "und-Arab": None,
    "x-default": None,
    "unknown": None,
    "klingon": None,
    "<b>": None,
    "": None,
}


@pytest.mark.parametrize(("tag", "code"), TAGS.items())
def test_a_tag_or_a_name_means_one_language(tag: str, code: str | None) -> None:
    assert code_of(tag) == code


@pytest.mark.parametrize("code", [*LANGUAGES, *IDENTIFIED])
def test_every_code_is_its_own_and_survives_its_tag(code: str) -> None:
    """An alias that identification gives as a language would part its articles from their memory."""
    assert code not in _ALIASES
    assert code_of(code) == code_of(tag_of(code)) == code


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda language: language.code)
def test_every_name_means_its_language(language: object) -> None:
    assert code_of(language.name) == code_of(language.endonym) == language.code  # type: ignore[attr-defined]


def test_aliases_lead_to_languages_that_can_be_identified() -> None:
    assert set(_ALIASES.values()) <= set(IDENTIFIED)


@pytest.mark.parametrize(
    ("code", "tag"), [("ar", "ar"), ("nb", "nb"), ("zt", "zh-Hant"), (UNKNOWN, "und"), ("no language", "und")]
)
def test_a_code_has_one_tag(code: str, tag: str) -> None:
    assert tag_of(code) == tag


# One answer for everyone who asks


def settings(root: Path) -> config.Settings:
    (root / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    return config.load(root / "mkdocs.yml")


def imported(root: Path, file: Path) -> Memory:
    exchange.import_reviewed(settings(root), file)
    assert [path.name for path in (root / "memory").iterdir()] == ["nb-en.tmx"]
    return Memory.load(root / "memory", "nb", "en")


def test_a_tmx_of_another_norwegian_tag_is_found_for_norwegian_articles(tmp_path: Path) -> None:
    tmx = tmp_path / "from-elsewhere.tmx"
    tmx.write_text(
        '<tmx version="1.4"><header/><body><tu>'
        '<tuv xml:lang="no-NO"><seg>Hei.</seg></tuv><tuv xml:lang="en-GB"><seg>Hello.</seg></tuv>'
        "</tu></body></tmx>",
        "utf-8",
    )
    assert imported(tmp_path, tmx).lookup("Hei.") == "Hello."


def test_an_xliff_of_another_norwegian_tag_is_found_for_norwegian_articles(tmp_path: Path) -> None:
    file = tmp_path / "from-elsewhere.xlf"
    with file.open("wb") as stream:
        units = [xliff.Unit("1", "Hei.", "Hello.", settled=True)]
        xliff.write_xliff(stream, [xliff.File("a", "no-NO", "en-GB", units)])
    assert imported(tmp_path, file).lookup("Hei.") == "Hello."


def test_a_memory_of_an_unknown_language_is_found_again(tmp_path: Path) -> None:
    file = memory_file(tmp_path, UNKNOWN, "en")
    save_memory(tmp_path, UNKNOWN, "en", {"Hm.": "Well."})
    assert 'xml:lang="und"' in file.read_text("utf-8")
    assert Memory.load(tmp_path, UNKNOWN, "en").lookup("Hm.") == "Well."
    earlier = file.read_bytes().replace(b'"und"', b'"unknown"')
    file.write_bytes(earlier)
    assert Memory.load(tmp_path, UNKNOWN, "en").exact == {"Hm.": "Well."}


@pytest.mark.parametrize(("tag", "code"), [("العربية", "ar"), ("Norsk bokmål", "nb"), ("繁體中文", "zt")])
def test_a_seed_may_name_its_language_as_it_names_itself(tmp_path: Path, tag: str, code: str) -> None:
    (tmp_path / "a.md").write_text(f"---\nlanguage: {tag}\n---\nOne.\n", "utf-8")
    (article,) = read_seed(tmp_path / "a.md", tmp_path, pytest.fail)
    assert (article.language, article.changes) == (code, ())


@pytest.mark.parametrize(("tag", "code"), [("no-NO", "nb"), ("العربية", "ar"), ("zh_TW", "zt")])
def test_identification_hears_the_same_declaration(tag: str, code: str) -> None:
    assert identify_paragraphs(["2024"], tag)[0].language == code


@pytest.mark.parametrize("code", [*LANGUAGES, UNKNOWN])
def test_the_theme_which_cannot_ask_agrees(code: str) -> None:
    assert structured_data.record_tag(code) == tag_of(code)
    if code != UNKNOWN:
        assert hook.direction_of(code) == LANGUAGES[code].direction
        assert hook.language_name(code, "en") == strings.strings_in("en").language_name(code)


# Scripts


def test_languages_without_spaces() -> None:
    assert {code for code in LANGUAGES if is_unspaced(code)} == {"ja", "th", "zh", "zt"}
    assert not is_unspaced("ko")
    assert not is_unspaced(UNKNOWN)


def test_every_language_has_a_known_script() -> None:
    assert {language.script for language in LANGUAGES.values()} <= {*SCRIPTS, "Latn"}


UNSPACED = re.compile(f"[{UNSPACED_LETTERS}]")


def test_letters_without_spaces_are_so_for_the_search_too() -> None:
    """The site's search has its own rules, which cannot be imported; Korean is searched by syllables as well."""
    letters = [chr(code) for code in range(0x0E00, 0xA000) if text_analysis.fold(chr(code)).strip()]
    for letter in letters:
        if UNSPACED.fullmatch(letter) and letter.isalpha():
            assert text_analysis._rules().unspaced.match(letter), f"U+{ord(letter):04X}"


HOMELESS = {
    "letters of scripts": r"\u3400",
    "codes of scripts": '"Hant"',
    "tags": '"zh-Hant"',
    "names that Windows keeps": "(?:com|lpt)",
    "vowel signs": "0x64B",
    "quotation marks": "“”„‟",
}


@pytest.mark.parametrize("fact", HOMELESS.values(), ids=HOMELESS)
def test_a_fact_about_languages_has_one_home(fact: str) -> None:
    files = [file for file in (ROOT / "generator").rglob("*.py") if fact in file.read_text("utf-8")]
    assert {file.parent.name for file in files} - {"theme"} == {"languages"}
