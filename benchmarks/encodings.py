"""How many real texts in old encodings, and how much mojibake, are read right.

python benchmarks/encodings.py [texts.jsonl]   rows with `lang` and `text`
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.ingest.decode import decode_bytes, utf16_without_mark
from generator.ingest.text_repair import repair_text

DATA = Path(__file__).parent.parent / "tests" / "data" / "languages.jsonl"

ENCODINGS = {
    "cp1256 iso8859-6": "ar",
    "cp1256": "fa",
    "gb18030": "zh",
    "shift_jis euc_jp": "ja",
    "cp949": "ko",
    "cp1251 koi8-r iso8859-5 cp866": "ru",
    "cp1251 koi8-u": "uk",
    "cp1251": "bg be mk sr",
    "cp1253 iso8859-7": "el",
    "cp1255 iso8859-8": "he",
    "cp1254": "tr",
    "cp874": "th",
    "cp1257": "lt lv et",
    "cp1252": "de fr es it pt nl sv da no fi ca",
    "cp1250 iso8859-2": "pl cs hu sk sl hr ro",
}
"""Encodings → the languages that were written in them."""

FOLDED = str.maketrans(
    {"ی": "ي", "ک": "ك", "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."}
    | {"ș": "ş", "ț": "ţ", "Ș": "Ş", "Ț": "Ţ", "\u200c": " "}
)
"""What people wrote before Unicode."""

Row = Mapping[str, str]


def encoded_texts(rows: Iterable[Row]) -> Iterator[tuple[str, str, bytes]]:
    """Return language, text and its bytes in each old encoding that can hold it."""
    for row in rows:
        text = row["text"].translate(FOLDED)
        for encodings, languages in ENCODINGS.items():
            for encoding in encodings.split() if row["lang"] in languages.split() else ():
                data = text.encode(encoding, "ignore")
                if data.decode(encoding) == text and not data.isascii():
                    yield row["lang"], text, data


def misread(data: bytes, codec: str) -> str:
    """Decode as careless software does: what a codec does not have becomes a control character."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in data)


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """Clean a text of several lines."""
    lines, changes = repair_text(tuple(text.split("\n")))
    return "\n".join(lines), changes


def misread_texts(rows: Iterable[Row], codec: str) -> Iterator[tuple[str, str]]:
    """Return each text with three characters or more beyond ASCII, and its UTF-8 misread."""
    for row in rows:
        if sum(char > "\x7f" for char in row["text"]) >= 3:
            yield row["text"], misread(row["text"].encode(), codec)


def main(path: Path) -> None:
    """Print the shares."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = list(encoded_texts(rows))
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    began = perf_counter()
    for language, text, data in texts:
        found = decode_bytes(data).text == text
        for group in ("all", language):
            whole[group] += 1
            right[group] += found
    rate = len(texts) / (perf_counter() - began)
    share = right["all"] / whole["all"]
    print(f"old encodings: {right['all']} of {whole['all']} texts ({share:.1%}), {rate:.0f}/s")
    missed = " ".join(
        f"{name} {whole[name] - right[name]}" for name in sorted(whole) if right[name] < whole[name]
    )
    print(f"  missed: {missed or 'none'}")
    pairs = [(row["text"], encoding) for row in rows for encoding in ("utf-16-le", "utf-16-be")]
    good = sum(utf16_without_mark(text.encode(encoding)) == encoding for text, encoding in pairs)
    print(f"UTF-16 without a mark: {good} of {len(pairs)} ({good / len(pairs):.1%})")
    changed = sum(cleaned(row["text"]) != (row["text"], ()) for row in rows)
    print(f"clean texts changed: {changed} of {len(rows)}")
    for codec in ("cp1252", "cp1256", "cp1251", "cp1250", "mac-roman"):
        damaged = list(misread_texts(rows, codec))
        mended = sum(cleaned(bad)[0] == text for text, bad in damaged)
        print(f"UTF-8 read as {codec}: {mended} of {len(damaged)} mended ({mended / len(damaged):.1%})")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
