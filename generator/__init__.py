"""Turns foreign-language articles into a bilingual, sentence-aligned static digest."""

__version__ = "0.1.0"
