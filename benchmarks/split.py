"""Sentence boundaries against news that people translated sentence by sentence, and the speed.

    python benchmarks/split.py DATA

DATA is a folder with `sentences.LANGUAGE.jsonl`, running texts with their `sentences`, and perhaps
`languages.jsonl`, whose articles have a sentence a line below their headline: they are joined to running text
again, with a space, or nothing in Chinese and Japanese.

A boundary is a place between two characters that are not white space, counted by the characters before it;
the end of a text is none, for nobody can miss it. F1 = 2·hits / (2·hits + false + missed), over all texts.
The gold standard has faults of its own: a translator's two sentences for one, and headlines that run into the
text. The baseline is a regular expression: stops with what closes them and, but in Chinese, white space.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.analyze.split import split_sentences
from generator.languages import LANGUAGES

Text = tuple[str, Sequence[str]]
"""A running text and its sentences."""
Splitter = Callable[[str, str], Sequence[str]]

SOLID = ("ja", "zh", "zt")
CODES = {"no": "nb", "ku": "ckb"}
SPACED = re.compile(r"""[.!?؟۔…।]+\s?["”’»)]*(?=\s)""")
UNSPACED = re.compile(r"[。！？!?…]+\s?[\"'”’»)\]}」』】》）]*")


def ours(text: str, language: str) -> list[str]:
    """Return the sentences that the project finds."""
    return [sentence.text for sentence in split_sentences([text], [language])]


def baseline(text: str, language: str) -> list[str]:
    """Return the sentences that a regular expression finds."""
    ends = [match.end() for match in (UNSPACED if language in SOLID else SPACED).finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return the number of characters in front of each boundary, white space not counted."""
    ends, length = {0}, 0
    for sentence in sentences:
        length += len("".join(sentence.split()))
        ends.add(length)
    return ends - {0, length}


def counts(texts: Iterable[Text], language: str, splitter: Splitter) -> tuple[int, int, int]:
    """Return the boundaries hit, false and missed."""
    hits = false = missed = 0
    for text, sentences in texts:
        gold, found = boundaries(sentences), boundaries(splitter(text, language))
        hits, false, missed = hits + len(gold & found), false + len(found - gold), missed + len(gold - found)
    return hits, false, missed


def f1(hits: int, false: int, missed: int) -> float:
    """Return the boundary F1 in per cent."""
    return 200 * hits / max(1, 2 * hits + false + missed)


def running_texts(file: Path) -> list[Text]:
    """Read running texts with their sentences."""
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [(row["text"], row["sentences"]) for row in rows]


def articles(file: Path) -> dict[str, list[Text]]:
    """Read articles by language, without their headlines, as running texts."""
    found: dict[str, list[Text]] = defaultdict(list)
    for row in map(json.loads, file.read_text("utf-8").splitlines()):
        if row["kind"] == "article":
            language = "zt" if row["code"] == "zho-TW" else CODES.get(row["lang"], row["lang"])
            lines = [line.strip() for line in row["text"].split("\n")[1:] if line.strip()]
            found[language].append((("" if language in SOLID else " ").join(lines), lines))
    return found


def report(language: str, texts: Sequence[Text]) -> None:
    """Print the figures of one language."""
    found = counts(texts, language, ours)
    began = perf_counter()
    sentences = sum(len(ours(text, language)) for _ in range(3) for text, _ in texts)
    speed = sentences / (perf_counter() - began)
    print(
        f"{language:7} {f1(*found):6.2f}   {f1(*counts(texts, language, baseline)):6.2f}"
        f"   {found[0]:6} {found[1]:6} {found[2]:6}   {speed:8.0f}"
    )


def main() -> None:
    """Print a table of all languages in the data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    print("            F1 baseline     hits  false missed   sentences/s")
    for file in sorted(data.glob("sentences.*.jsonl")):
        report(file.name.split(".")[1], running_texts(file))
    if (data / "languages.jsonl").exists():
        found = articles(data / "languages.jsonl")
        print("\nfew articles in each of many languages")
        for language in sorted(found.keys() & LANGUAGES.keys()):
            report(language, found[language])
        for name, splitter in (("ours", ours), ("baseline", baseline)):
            each = [counts(texts, language, splitter) for language, texts in sorted(found.items())]
            print(f"all {len(found)}: {name} {f1(*map(sum, zip(*each, strict=True))):.2f}")


if __name__ == "__main__":
    main()
