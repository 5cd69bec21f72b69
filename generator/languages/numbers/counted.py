"""Numbers that neither digits nor number words tell: Roman centuries, and words such as Arabic's two days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.languages.normalize import fold_letters
from generator.languages.numbers.digits import roman
from generator.languages.numbers.lexicon import Lexicon
from generator.languages.numbers.quantity import Measure, Quantity
from generator.languages.numbers.tokens import WORD, forms_of

_CENTURY_WORDS = (
    r"siècles?|siglos?|sègles?|segles?|séculos?|secol[oi]|secolului|век[аеу]?|веков|веках|вв?\.|століття|столітті|ст\."
    r"|wieku?|století|storočí|stoljeć[ae]|vijek[ua]?|yüzyıl\w{0,6}"
)
_ROMAN_CENTURY = re.compile(
    rf"\b([IVX]{{1,5}})(?:\.|e|ème|ᵉ|º|°|-(?:м|го|й|му|ом))?[\s\u00a0](?:{_CENTURY_WORDS})(?!\w)"
    rf"|\b(?:{_CENTURY_WORDS})[\s\u00a0]([IVX]{{1,5}})\b",
    re.IGNORECASE,
)


def roman_centuries(flat: str) -> Iterator[Quantity]:
    """Return the centuries that Roman numerals count."""
    for match in _ROMAN_CENTURY.finditer(flat):
        group = 1 if match[1] else 2
        if number := roman(match[group]):
            meant = frozenset({float(number)}), frozenset({100.0 * (number - 1)})
            yield Quantity(*match.span(group), "", meant, "ordinal", in_digits=True)


def counted_words(flat: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """Return what is counted in the word for it, as two days are in Arabic."""
    for match in WORD.finditer(flat) if lexicon.counted else ():
        word = fold_letters(match[0])
        form = next((form for form in forms_of(word, lexicon) if form in lexicon.counted), None)
        if form:
            value, unit = lexicon.counted[form]
            measure = Measure(unit, *match.span())
            yield Quantity(*match.span(), "", (frozenset({value}),), "number", in_digits=False, measure=measure)
