"""Currencies that a model has changed: 25元 as "$25". The amount is right, and one word or sign mends it.

It is mended only where nothing else of the sentence's numbers is wrong, and the attention says, too, that this
amount became that one; a check marks the other sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.languages.numbers.reader import quantities
from generator.model import Link, Pair
from generator.translate.number_checks import currency_slip


def with_currency(pair: Pair, links: Callable[[], Iterable[Link]]) -> str:
    """Return a pair's target with its one wrong currency mended; as it is where that is unsure.

    `links` returns those between the source as the pair has it and the target.
    """
    slip = currency_slip(pair)
    if slip is None:
        return pair.target
    starts = {link.start for link in links() if link.target_start < slip.end and slip.start < link.target_end}
    meant = [
        amount
        for amount in quantities(pair.source, pair.source_language)
        if amount.measure and amount.measure.name == slip.currency
    ]
    if not any(amount.start <= start < amount.end for amount in meant for start in starts):
        return pair.target
    return pair.target[: slip.start] + slip.amount + pair.target[slip.end :]
