"""What is known of each language, once: to add a language, add a row to the tables of this package.

The tables are here (names, scripts and tags) and in `scripts.py`, `quotations.py`, `numbers.py`,
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

    @property
    def direction(self) -> Direction:
        """Writing direction of the language's script."""
        return script_of(self.script).direction


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("ar", "Arabic", "العربية", "Arab"),
        Language("az", "Azerbaijani", "Azərbaycanca", "Latn"),
        Language("bg", "Bulgarian", "Български", "Cyrl"),
        Language("bn", "Bengali", "বাংলা", "Beng"),
        Language("ca", "Catalan", "Català", "Latn"),
        Language("cs", "Czech", "Čeština", "Latn"),
        Language("da", "Danish", "Dansk", "Latn"),
        Language("de", "German", "Deutsch", "Latn"),
        Language("el", "Greek", "Ελληνικά", "Grek"),
        Language("en", "English", "English", "Latn"),
        Language("eo", "Esperanto", "Esperanto", "Latn"),
        Language("es", "Spanish", "Español", "Latn"),
        Language("et", "Estonian", "Eesti", "Latn"),
        Language("eu", "Basque", "Euskara", "Latn"),
        Language("fa", "Persian", "فارسی", "Arab"),
        Language("fi", "Finnish", "Suomi", "Latn"),
        Language("fr", "French", "Français", "Latn"),
        Language("ga", "Irish", "Gaeilge", "Latn"),
        Language("gl", "Galician", "Galego", "Latn"),
        Language("he", "Hebrew", "עברית", "Hebr"),
        Language("hi", "Hindi", "हिन्दी", "Deva"),
        Language("hu", "Hungarian", "Magyar", "Latn"),
        Language("id", "Indonesian", "Bahasa Indonesia", "Latn"),
        Language("it", "Italian", "Italiano", "Latn"),
        Language("ja", "Japanese", "日本語", "Jpan"),
        Language("ko", "Korean", "한국어", "Kore"),
        Language("ku", "Kurdish", "Kurdî", "Latn"),
        Language("ckb", "Central Kurdish", "کوردیی ناوەندی", "Arab"),
        Language("ky", "Kyrgyz", "Кыргызча", "Cyrl"),
        Language("lt", "Lithuanian", "Lietuvių", "Latn"),
        Language("lv", "Latvian", "Latviešu", "Latn"),
        Language("ms", "Malay", "Bahasa Melayu", "Latn"),
        Language("nb", "Norwegian Bokmål", "Norsk bokmål", "Latn"),
        Language("nl", "Dutch", "Nederlands", "Latn"),
        Language("pl", "Polish", "Polski", "Latn"),
        Language("ps", "Pashto", "پښتو", "Arab"),
        Language("pt", "Portuguese", "Português", "Latn"),
        Language("ro", "Romanian", "Română", "Latn"),
        Language("ru", "Russian", "Русский", "Cyrl"),
        Language("sk", "Slovak", "Slovenčina", "Latn"),
        Language("sl", "Slovenian", "Slovenščina", "Latn"),
        Language("sq", "Albanian", "Shqip", "Latn"),
        Language("sr", "Serbian", "Српски", "Cyrl"),
        Language("sv", "Swedish", "Svenska", "Latn"),
        Language("sw", "Swahili", "Kiswahili", "Latn"),
        Language("th", "Thai", "ไทย", "Thai"),
        Language("tl", "Tagalog", "Tagalog", "Latn"),
        Language("tr", "Turkish", "Türkçe", "Latn"),
        Language("ug", "Uyghur", "ئۇيغۇرچە", "Arab"),
        Language("uk", "Ukrainian", "Українська", "Cyrl"),
        Language("ur", "Urdu", "اردو", "Arab"),
        Language("vi", "Vietnamese", "Tiếng Việt", "Latn"),
        Language("zh", "Chinese", "中文", "Hans"),
        Language("zt", "Chinese (traditional)", "繁體中文", "Hant"),
    )
}


_ALIASES: dict[str, str] = {
    alias: code
    for code, aliases in {
        "ar": "ara|arb|ary|arz",
        "az": "aze|azj|azerbaijan",
        "bg": "bul",
        "bn": "ben|bangla",
        "ca": "cat|valencian|valencià",
        "ckb": "sdh|sorani",
        "cs": "ces|cze|cz",
        "da": "dan|dk",
        "de": "deu|ger",
        "el": "ell|gre|gr",
        "en": "eng",
        "eo": "epo",
        "es": "spa|castilian|castellano",
        "et": "est|ekk",
        "eu": "eus|baq",
        "fa": "fas|per|pes|prs|farsi|dari",
        "fi": "fin",
        "fr": "fra|fre",
        "ga": "gle",
        "gl": "glg",
        "he": "heb|iw",
        "hi": "hin",
        "hu": "hun",
        "id": "ind|in",
        "it": "ita",
        "ja": "jpn|jp",
        "ko": "kor|kr",
        "ku": "kur|kmr|kurmanji",
        "ky": "kir",
        "lt": "lit",
        "lv": "lav|lvs",
        "ms": "msa|may|zsm",
        "nb": "nob|nor|no|norwegian|norsk|bokmål",
        "nl": "nld|dut|flemish|vlaams",
        "nn": "nno|norwegian nynorsk|nynorsk|norsk nynorsk",
        "pl": "pol",
        "ps": "pus|pbt|pbu",
        "pt": "por",
        "ro": "ron|rum|mo|moldavian",
        "ru": "rus",
        "sk": "slk|slo",
        "sl": "slv",
        "sq": "sqi|alb|als",
        "sr": "srp|sh",
        "sv": "swe",
        "sw": "swa|swh",
        "th": "tha",
        "tl": "tgl|fil|filipino|pilipino",
        "tr": "tur",
        "ug": "uig",
        "uk": "ukr|ua",
        "ur": "urd",
        "vi": "vie",
        "yi": "yid|ji|ydd",
        "zh": "zho|chi|cmn|cn|mandarin|simplified chinese|chinese (simplified)|简体中文|汉语",
        "zt": "traditional chinese|繁体中文",
    }.items()
    for alias in aliases.split("|")
}
"""Other codes and names of a language or of a variety that is treated like it, and codes of countries that are
often declared for their language. None of them is a code that identification gives."""

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
    if code := _codes_of_names().get(name):
        return code
    found = _TAG.fullmatch(name.replace("_", "-"))
    if found is None:
        return None
    code = _ALIASES.get(found["language"], found["language"])
    subtags = found["subtags"].split("-")
    is_traditional = not _TRADITIONAL.isdisjoint(subtags) and "hans" not in subtags
    return "zt" if code == "zh" and is_traditional else code


@lru_cache(maxsize=1)
def _codes_of_names() -> dict[str, str]:
    names = {name: known.code for known in LANGUAGES.values() for name in (known.name, known.endonym)}
    return {name.casefold(): code for name, code in (names | _ALIASES).items()}


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
