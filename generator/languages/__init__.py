"""What is known of each language, once: to add a language, add a row to the tables of this package.

The tables are here (names, scripts and tags) and in `scripts.py`, `quotations.py`, `numbers/`,
`word_rules.py` and `sentence_traits.py`; lists of words that one stage alone reads are rows of the files in
`generator/data/`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from generator.languages.scripts import Direction, script_of
from generator.model import UNKNOWN


@dataclass(frozen=True, slots=True)
class Language:
    """The traits of one language."""

    code: str
    """ISO 639 code as Argos packages use it; a BCP 47 tag as it stands."""
    name: str
    """English name."""
    endonym: str
    """The language's own name for itself."""
    script: str
    """ISO 15924 code of the script it is printed in."""
    aliases: str = ""
    """With | between them, other codes and names of it and of varieties that are treated like it, and codes of
    countries that are often declared for it. None of them may be a code that identification gives."""

    @property
    def direction(self) -> Direction:
        """Writing direction of the language's script."""
        return script_of(self.script).direction


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("ar", "Arabic", "العربية", "Arab", "ara|arb|ary|arz"),
        Language("az", "Azerbaijani", "Azərbaycanca", "Latn", "aze|azj|azerbaijan"),
        Language("bg", "Bulgarian", "Български", "Cyrl", "bul"),
        Language("bn", "Bengali", "বাংলা", "Beng", "ben|bangla"),
        Language("ca", "Catalan", "Català", "Latn", "cat|valencian|valencià"),
        Language("cs", "Czech", "Čeština", "Latn", "ces|cze|cz"),
        Language("da", "Danish", "Dansk", "Latn", "dan|dk"),
        Language("de", "German", "Deutsch", "Latn", "deu|ger"),
        Language("el", "Greek", "Ελληνικά", "Grek", "ell|gre|gr"),
        Language("en", "English", "English", "Latn", "eng"),
        Language("eo", "Esperanto", "Esperanto", "Latn", "epo"),
        Language("es", "Spanish", "Español", "Latn", "spa|castilian|castellano"),
        Language("et", "Estonian", "Eesti", "Latn", "est|ekk"),
        Language("eu", "Basque", "Euskara", "Latn", "eus|baq"),
        Language("fa", "Persian", "فارسی", "Arab", "fas|per|pes|prs|farsi|dari"),
        Language("fi", "Finnish", "Suomi", "Latn", "fin"),
        Language("fr", "French", "Français", "Latn", "fra|fre"),
        Language("ga", "Irish", "Gaeilge", "Latn", "gle"),
        Language("gl", "Galician", "Galego", "Latn", "glg"),
        Language("he", "Hebrew", "עברית", "Hebr", "heb|iw"),
        Language("hi", "Hindi", "हिन्दी", "Deva", "hin"),
        Language("hu", "Hungarian", "Magyar", "Latn", "hun"),
        Language("id", "Indonesian", "Bahasa Indonesia", "Latn", "ind|in"),
        Language("it", "Italian", "Italiano", "Latn", "ita"),
        Language("ja", "Japanese", "日本語", "Jpan", "jpn|jp"),
        Language("ko", "Korean", "한국어", "Kore", "kor|kr"),
        Language("ku", "Kurdish", "Kurdî", "Latn", "kur|kmr|kurmanji"),
        Language("ckb", "Central Kurdish", "کوردیی ناوەندی", "Arab", "sdh|sorani"),
        Language("ky", "Kyrgyz", "Кыргызча", "Cyrl", "kir"),
        Language("lt", "Lithuanian", "Lietuvių", "Latn", "lit"),
        Language("lv", "Latvian", "Latviešu", "Latn", "lav|lvs"),
        Language("ms", "Malay", "Bahasa Melayu", "Latn", "msa|may|zsm"),
        Language("nb", "Norwegian Bokmål", "Norsk bokmål", "Latn", "nob|nor|no|norwegian|norsk|bokmål"),
        Language("nl", "Dutch", "Nederlands", "Latn", "nld|dut|flemish|vlaams"),
        Language("pl", "Polish", "Polski", "Latn", "pol"),
        Language("ps", "Pashto", "پښتو", "Arab", "pus|pbt|pbu"),
        Language("pt", "Portuguese", "Português", "Latn", "por|pb|pob|brazilian"),
        Language("ro", "Romanian", "Română", "Latn", "ron|rum|mo|moldavian"),
        Language("ru", "Russian", "Русский", "Cyrl", "rus"),
        Language("sk", "Slovak", "Slovenčina", "Latn", "slk|slo"),
        Language("sl", "Slovenian", "Slovenščina", "Latn", "slv"),
        Language("sq", "Albanian", "Shqip", "Latn", "sqi|alb|als"),
        Language("sr", "Serbian", "Српски", "Cyrl", "srp|sh"),
        Language("sv", "Swedish", "Svenska", "Latn", "swe"),
        Language("sw", "Swahili", "Kiswahili", "Latn", "swa|swh"),
        Language("th", "Thai", "ไทย", "Thai", "tha"),
        Language("tl", "Tagalog", "Tagalog", "Latn", "tgl|fil|filipino|pilipino"),
        Language("tr", "Turkish", "Türkçe", "Latn", "tur"),
        Language("ug", "Uyghur", "ئۇيغۇرچە", "Arab", "uig"),
        Language("uk", "Ukrainian", "Українська", "Cyrl", "ukr|ua"),
        Language("ur", "Urdu", "اردو", "Arab", "urd"),
        Language("vi", "Vietnamese", "Tiếng Việt", "Latn", "vie"),
        Language("zh", "Chinese", "中文", "Hans", "zho|chi|cmn|cn|mandarin|simplified chinese|简体中文|汉语"),
        Language("zt", "Chinese (traditional)", "繁體中文", "Hant", "traditional chinese|繁体中文"),
    )
}

_UNLISTED = {"nn": "nno|norwegian nynorsk|nynorsk|norsk nynorsk", "yi": "yid|ji|ydd"}
"""Aliases of languages that are recognised but not in the table."""
_ALIASES = {
    alias: code
    for code, aliases in [*((each.code, each.aliases) for each in LANGUAGES.values()), *_UNLISTED.items()]
    for alias in aliases.split("|")
    if alias
}
_CODES = {name.casefold(): each.code for each in LANGUAGES.values() for name in (each.name, each.endonym)}
_CODES |= {alias.casefold(): code for alias, code in _ALIASES.items()}
"""By names and aliases in any spelling of letters."""

_TAG = re.compile(r"(?!und|mul|mis|zxx)(?P<language>[a-z]{2,3})(?P<subtags>(?:-[a-z0-9]{1,8})*)")
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""A script, and regions that write in it."""


@lru_cache(maxsize=1000)
def code_of(tag: str) -> str | None:
    """Return the code used here for a BCP 47 tag or a language's name, however it is written.

    `ar-EG` and `العربية` are ar, `no_NO` and `Norsk bokmål` nb, `zh-TW` and `zh-Hant` zt. A well-formed tag of
    a language that is not listed gives its language; anything else is None.
    """
    name = " ".join(unicodedata.normalize("NFC", tag).casefold().split())
    if code := _CODES.get(name):
        return code
    found = _TAG.fullmatch(name.replace("_", "-"))
    if found is None:
        return None
    code = _ALIASES.get(found["language"], found["language"])
    subtags = found["subtags"].split("-")
    is_traditional = not _TRADITIONAL.isdisjoint(subtags) and "hans" not in subtags
    return "zt" if code == "zh" and is_traditional else code


@lru_cache(maxsize=1000)
def tag_of(code: str) -> str:
    """Return the BCP 47 tag of a language code; `und` for what is no language."""
    if code == "zt":
        return "zh-Hant"
    well_formed = re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code)
    return code if well_formed and code != UNKNOWN else "und"


def language_of(code: str) -> Language:
    """Return the traits of a language; an unlisted code gets neutral ones under its own name."""
    return LANGUAGES.get(code) or Language(code, code, code, "Zyyy")


def is_unspaced(code: str) -> bool:
    """Return whether a language writes no spaces between words."""
    return script_of(language_of(code).script).is_unspaced
