"""What is known of each language: a table, so that a language is added by adding data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


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
        return "rtl" if self.script in ("Arab", "Hebr", "Syrc", "Thaa") else "ltr"


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


def language_of(code: str) -> Language:
    """Give the traits of a language; an unlisted code gets neutral ones under its own name."""
    return LANGUAGES.get(code) or Language(code, code, code, "Zyyy")
