"""How to search for a translation: the settings of a decoding and the qualities a user chooses from."""

from __future__ import annotations

from dataclasses import dataclass

from generator.config import Quality


@dataclass(frozen=True, slots=True)
class Decoding:
    """Settings of CTranslate2's search, each of which can change the output."""

    beam: int
    batch_tokens: int = 1024
    """Tokens decoded together, padding included."""
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    restricted: bool = True
    """Leave out the pieces that only the source language needs, where the model has such."""

    @property
    def signature(self) -> str:
        """Name the settings; those at rest are left out."""
        parts = [f"beam:{self.beam}", "length_penalty:1.0", f"batch:{self.batch_tokens}"]
        if self.repetition_penalty != 1.0:
            parts.append(f"repetition_penalty:{self.repetition_penalty}")
        if self.no_repeat_ngram:
            parts.append(f"no_repeat_ngram:{self.no_repeat_ngram}")
        return "|".join(parts)


GPU_BATCH_TOKENS = 32_768
"""For a GPU, at any beam: on an H100, 600 news sentences zh→en in float16, batches of 8,192 tokens take 1.4 to
2.4 times as long. Beam 4 still gives 2,512 sentences a second there, far more than what else limits a run."""

# Length penalty 1.0 against Argos's own 0.2, beam 4, 600 news sentences zh→en: chrF 52.15 for 51.94, BLEU
# 20.05 for 20.37 (each p 0.03). Fuller sentences, which a reader can skim; what 0.2 leaves out is lost.
QUALITIES: dict[Quality, Decoding] = {
    "fast": Decoding(beam=1, batch_tokens=2048),
    "balanced": Decoding(beam=2),
    "best": Decoding(beam=4, batch_tokens=512),
}

SECOND_THOUGHTS = (
    Decoding(beam=2, no_repeat_ngram=3, repetition_penalty=1.1),
    Decoding(beam=4, batch_tokens=512, no_repeat_ngram=3),
)
"""Decodings for a sentence whose first translation looks wrong. Each harms the average sentence, so none
is a default: a repetition penalty always costs BLEU, a ban on repeated trigrams damages names. The first is
for doubts: it costs no more than a first translation, and mends nearly what it would with beam 4 (4 and 5 of 27
doubted sentences zh→en). The second ends loops, and finds what was left out, best."""
