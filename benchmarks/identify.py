"""Languages found in headlines, sentences and articles, against other detectors.

    python benchmarks/identify.py [DATA.jsonl]

Each line of DATA.jsonl has `lang` and `code` (its language), `kind` (headline, sentence, article) and `text`.
Figures in per cent forgive another code for the same language; counts ask for nb, ckb and zt where `lang`
says no, ku and zh. Other detectors compete if they are installed: pycld2, gcld3 (the package cld3-py), eldc
and lingua. Times are processor time.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.analyze import identify as module
from generator.analyze.identify import identify_paragraphs, identify_text

KINDS = ("headline", "sentence", "article")
OURS = {"no": "nb", "ku": "ckb"}
FOLDED = {"nb": "no", "nn": "nn", "ckb": "ku", "sdh": "ku", "zt": "zh", "iw": "he", "wuu": "zh", "yue": "zh"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language it is in."""

    kind: str
    language: str
    text: str


def read(path: Path) -> list[Text]:
    """Return the texts of a file."""
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Text(
            line["kind"],
            "zt" if line["code"] == "zho-TW" else OURS.get(line["lang"], line["lang"]),
            line["text"],
        )
        for line in lines
    ]


def fold(code: str) -> str:
    """Return the code of the language without its written form."""
    code = code.lower()
    return FOLDED.get(code) or FOLDED.get(code.split("-")[0], code.split("-")[0])


def accuracy(name: str, texts: list[Text], detect: Callable[[str], str]) -> None:
    """Print how many languages a detector finds, and how fast."""
    start = process_time()
    detect("The first text loads the model of a detector.")
    loaded = process_time() - start
    start = process_time()
    found = [detect(text.text) for text in texts]
    speed = len(texts) / (process_time() - start)
    of = Counter(text.kind for text in texts)
    strict, folded = Counter[str](), Counter[str]()
    for text, code in zip(texts, found, strict=True):
        strict[text.kind] += code == text.language
        folded[text.kind] += fold(code) == fold(text.language)
    figures = "  ".join(
        f"{f'{100 * folded[kind] / of[kind]:5.1f} ({strict[kind]}/{of[kind]})':17}" for kind in KINDS
    )
    print(f"{name:12} {figures}  {speed:6.0f} texts/s, the first in {loaded:.2f} s")


def detectors() -> dict[str, Callable[[str], str]]:
    """Return the detectors that are installed."""
    found: dict[str, Callable[[str], str]] = {"ours": lambda text: identify_text(text).language}
    import py3langid

    found["py3langid"] = lambda text: py3langid.classify(text)[0]
    try:
        import pycld2

        found["pycld2"] = lambda text: pycld2.detect(text, bestEffort=True)[2][0][1]
    except ImportError:
        pass
    try:
        import gcld3

        cld3 = gcld3.NNetLanguageIdentifier(0, 2000)
        found["cld3-py"] = lambda text: cld3.FindLanguage(text).language
    except ImportError:
        pass
    try:
        import eldc

        eldc.init()
        found["eldc"] = lambda text: eldc.detect(text) or ""
    except ImportError:
        pass
    try:
        from lingua import LanguageDetectorBuilder

        lingua = LanguageDetectorBuilder.from_all_languages().build()
        found["lingua"] = lambda text: (
            language.iso_code_639_1.name.lower() if (language := lingua.detect_language_of(text)) else ""
        )
    except ImportError:
        pass
    return found


def errors(texts: list[Text]) -> None:
    """Print what our errors are."""
    wrong = Counter(
        (text.language, code) for text in texts if (code := identify_text(text.text).language) != text.language
    )
    print("confused:", ", ".join(f"{gold} as {code} {count}" for (gold, code), count in wrong.most_common()))
    for gold in ("fa", "ur", "ps", "ckb", "ug", "sd"):
        of = [identify_text(text.text).language for text in texts if text.language == gold]
        print(f"  {gold}: {len(of)} texts, {of.count(gold)} found, {of.count('ar')} called Arabic")


def thresholds(texts: list[Text]) -> None:
    """Print what each threshold for "unknown" keeps and refuses."""
    chance = random.Random(1)
    keys = [_words(chance, "qwertyuiopasdfghjklzxcvbnm", 2, 9, size % 12 + 1) for size in range(300)]
    parts = [_words(chance, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 3, 9, size % 8 + 1) for size in range(200)]
    least, module._LEAST = module._LEAST, 0.0
    short = [text for text in texts if text.kind != "article"]
    found = [identify_text(text.text) for text in short]
    noise = {
        name: [identify_text(text).confidence for text in of] for name, of in (("keys", keys), ("parts", parts))
    }
    module._LEAST = least
    print("threshold: headlines and sentences kept, right of them; keystrokes and part numbers refused")
    for level in (0.0, 0.2, 0.3, 0.4, 0.5, 0.7):
        kept = [
            ours.language == text.language
            for ours, text in zip(found, short, strict=True)
            if ours.confidence >= level
        ]
        refused = "  ".join(
            f"{name} {100 * sum(it < level for it in of) / len(of):.0f} %" for name, of in noise.items()
        )
        right = f"{100 * sum(kept) / len(kept):.2f} %"
        print(f"  {level:.1f}  {100 * len(kept) / len(short):.1f} %  {right}  {refused}")


def _words(chance: random.Random, letters: str, least: int, most: int, count: int) -> str:
    return " ".join("".join(chance.choices(letters, k=chance.randint(least, most))) for _ in range(count))


def articles(texts: list[Text]) -> None:
    """Print how paragraphs and declarations fare."""
    whole = [text for text in texts if text.kind == "article"]
    foreign = paragraphs = found = inserted = talked_out = 0
    codes = sorted({text.language for text in whole})
    for number, text in enumerate(whole):
        lines = text.text.split("\n")
        middle = len(lines) // 2
        foreign += sum(code != text.language for code in identify_paragraphs(lines)[1])
        paragraphs += len(lines)
        other = whole[(number * 7 + 13) % len(whole)]
        if other.language != text.language:
            lines.insert(middle, max(other.text.split("\n"), key=len))
            found += identify_paragraphs(lines)[1][middle] == other.language
            inserted += 1
        declared = codes[(number * 11 + 5) % len(codes)]
        talked_out += identify_paragraphs(text.text.split("\n"), declared)[0].language != text.language
    print(f"paragraphs of articles in one language: {foreign} of {paragraphs} taken for another language")
    print(f"longest paragraph of another article put in: {found} of {inserted} found")
    print(f"articles under a wrong declaration: {talked_out} of {len(whole)} talked out of their language")
    short = [text for text in texts if text.kind != "article"]
    right = sum(identify_paragraphs([text.text], text.language)[0].language == text.language for text in short)
    print(f"headlines and sentences under a right declaration: {100 * right / len(short):.1f} % right")


def main(path: Path = ROOT / "tests" / "data" / "languages.jsonl") -> None:
    """Print all figures."""
    texts = read(path)
    print(f"{len(texts)} texts in {len({text.language for text in texts})} languages: {path}")
    print(f"{'right, %':12} " + "  ".join(f"{kind:17}" for kind in KINDS))
    for name, detect in detectors().items():
        accuracy(name, texts, detect)
    errors(texts)
    thresholds(texts)
    articles(texts)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
