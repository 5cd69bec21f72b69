"""Which numbers are below nothing: a minus that is no hyphen, and the words for it beside a temperature."""

from __future__ import annotations

import re

from generator.languages.numbers.quantity import Quantity

_NEGATIVE = re.compile(r"(?:^|(?<![\d,.)\]%٪])\s|[(（“\"'«:：])[-−–](?:US|HK)?[$€£¥₹₽]?$|(?<!\d)[负負]$")
_NEGATIVE_AMOUNT = re.compile(rf"{_NEGATIVE.pattern}|[\u2e80-\u9fff][-−–](?:US|HK)?[$€£¥₹₽]?$")
_AMOUNT = re.compile(r"\s?(?:[%％度°℃亿億万萬元点點]|个百|美元|摄氏)")
"""Behind what is no name of a machine: 利润为-5.2亿元, but 歼-20 is an aeroplane."""
_MINUS = re.compile(
    r"(?:\b(?:minus|meno|min|mínus|eksi|минус|мінус|âm|sıfırın altında)"
    r"|(?<!al )(?<!lo )(?<!au )(?<!du )\b(?:moins|menos)|ناقص|سالب|منفی|منفي|マイナス|마이너스|माइनस|মাইনাস|ลบ"
    r"|零下|氷点下|영하|शून्य से(?: नीचे)?|صفر سے)\s?[$€£¥]?$",
    re.IGNORECASE,
)
_BELOW_ZERO = re.compile(
    r"[^\d.,;:!?،؛。、，]{0,25}?(?:\b(?:below zero|of frost|bajo cero|sous (?:de )?zéro|abaixo de zero"
    r"|sotto (?:lo )?zero|unter null|onder nul|poniżej zera|pod nulou|di bawah nol|ниже нуля|мороза|нижче нуля"
    r"|морозу)\b"
    r"|تحت الصفر|دون الصفر|زیر صفر|מתחת לאפס|শূন্যের নিচে)",
    re.IGNORECASE,
)


def is_negative(number: Quantity, flat: str) -> bool:
    """Return whether a number in a text with digits 0 to 9 has a minus, or a word for one."""
    before = flat[max(number.start - 20, 0) : number.start]
    if _MINUS.search(before) or _BELOW_ZERO.match(flat, number.end):
        return True
    is_decimal = "." in flat[number.start : number.end]
    is_amount = is_decimal or number.scale > 1 or _AMOUNT.match(flat, number.end)
    pattern = _NEGATIVE_AMOUNT if is_amount else _NEGATIVE
    return number.in_digits and pattern.search(before) is not None
