"""Sentences to pieces and back: the tokenizers that translation models come with."""

from __future__ import annotations

from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from generator.model import DigestError


class SentencePiece:
    """One SentencePiece model for both languages, or one for each."""

    def __init__(self, source: Path, target: Path | None = None) -> None:
        self._source = _processor(source)
        self._target = _processor(target) if target else self._source
        self.signature = f"sentencepiece:{_version('sentencepiece')}"

    def encode(self, sentence: str) -> list[str]:
        """Cut a sentence into source pieces."""
        pieces: list[str] = self._source.encode(sentence, out_type=str)
        return pieces

    def decode(self, pieces: list[str]) -> str:
        """Join target pieces; unlike Argos Translate's own tokenizer it leaves `_` what it is."""
        text: str = self._target.decode_pieces(pieces)
        return text.replace("▁", " ").strip()

    @staticmethod
    def begins_word(pieces: list[str], index: int) -> bool:
        """Return whether a word begins with the piece at an index."""
        return pieces[index].startswith("▁")

    @staticmethod
    def texts(pieces: list[str]) -> list[str]:
        """Return what each piece stands for, with the blanks around it."""
        return [piece.replace("▁", " ") for piece in pieces]


class BytePairs:
    """Moses words and subword-nmt byte pairs, as older Argos packages have them in `bpe.model`."""

    def __init__(self, model: Path, source: str, target: str) -> None:
        from argostranslate.tokenizer import BPETokenizer  # type: ignore[import-untyped]

        self._tokenizer = BPETokenizer(model, source, target)
        try:
            with redirect_stderr(StringIO()):  # it complains there, and exits, where a line is no pair
                self._tokenizer.lazy_load()  # at once: two threads that both did it would disturb each other
        except (OSError, ValueError, SystemExit) as error:
            raise DigestError(
                f"{model}: damaged, its byte pairs can't be read; install the package again"
            ) from error
        self.signature = f"sacremoses:{_version('sacremoses')}"

    def encode(self, sentence: str) -> list[str]:
        """Cut a sentence into source pieces."""
        pieces: list[str] = self._tokenizer.encode(sentence)
        return [piece for piece in pieces if piece]

    def decode(self, pieces: list[str]) -> str:
        """Join target pieces, a word that breaks off included, and undo the Moses escapes."""
        text: str = self._tokenizer.decode([*pieces[:-1], *(last.removesuffix("@@") for last in pieces[-1:])])
        return text.strip()

    @staticmethod
    def begins_word(pieces: list[str], index: int) -> bool:
        """Return whether a word begins with the piece at an index."""
        return not pieces[index - 1].endswith("@@")

    @staticmethod
    def texts(pieces: list[str]) -> list[str]:
        """Return what each piece stands for, with the blanks around it."""
        return [piece[:-2] if piece.endswith("@@") else f"{piece} " for piece in pieces]


def _processor(model: Path):  # type: ignore[no-untyped-def]  # sentencepiece has no types
    import sentencepiece

    try:  # from its bytes: on Windows it can't open a path with letters outside of the code page
        processor = sentencepiece.SentencePieceProcessor(model_proto=model.read_bytes())
        processor.encode("")  # an empty file shows only here
        return processor
    except (OSError, RuntimeError) as error:
        raise DigestError(
            f"{model}: damaged, SentencePiece can't read it; install the package again"
        ) from error


def _version(distribution: str) -> str:
    from importlib.metadata import version

    return version(distribution)
