"""What a quantity is: the type that this package gives to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.languages.numbers.digits import Reading

Kind = Literal["number", "ordinal", "decade", "vague"]
"""vague: about so much, as thousands and 几百 are, or a word that is a number only now and then."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands beside a number: a currency or a unit."""

    name: str
    """An ISO 4217 code, a family of currencies where the country is left open, or a unit of `measures.tsv`."""
    start: int
    end: int
    is_qualified: bool = False
    """Whether a word beside it may say whose currency it is, as in Syrian pounds."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, with its scale, and what it measures."""

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    """What it can mean, likeliest first; never empty."""
    kind: Kind
    in_digits: bool
    is_negative: bool = False
    measure: Measure | None = None
    scale: float = 1
    """What multiplies it, as a million does, from a thousand on."""

    @property
    def value(self) -> float | None:
        """The likeliest value; None for what is several numbers, as a date is."""
        single = next((reading for reading in self.readings if len(reading) == 1), None)
        return min(single) if single else None
