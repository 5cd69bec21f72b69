"""What Arabic writes onto words and above them: matching, repair and numbers must all look behind it."""

from __future__ import annotations

ARTICLE = "ال"
CONJUNCTIONS = "وف"
"""And, so: one letter each, written to the next word."""
PREPOSITIONS = "بكل"
"""In, like, to: one letter each, between conjunction and article."""
PARTICLES = CONJUNCTIONS + PREPOSITIONS

TATWEEL = "\u0640"
"""Only stretches a word."""
VOWEL_SIGNS = "".join(map(chr, [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE)]))
"""Vowel signs and marks of recitation, which most texts leave out."""
