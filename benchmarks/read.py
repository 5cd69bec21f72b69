"""What is read of real pages with known answers, beside trafilatura alone and readability's port.

    python benchmarks/read.py [FOLDER] [--each]

FOLDER (default: tests/data/pages) holds pages and `truth.jsonl`, a line a page: `page`, `url`, `title`,
`published`, `authors`, `paragraphs` (all of the article's, headings among them), where not known left out.
Or it is a checkout of flairNLP/fundus, whose tests hold pages of publishers in 41 countries with such
answers; the pages are the publishers' and stay there. `--each` prints a line for each page. readability's port
competes if it is installed: `pip install --no-deps readability-lxml cssselect` (it asks for an older chardet).

Found: of the true paragraphs those that are in the text whole. Wrong: of the text's characters those in
paragraphs that are not the article's. A good page has nine tenths of its paragraphs, and a tenth of its text
wrong at most. Dates count by the day; a title is right if letters and digits are, authors if all are named and
no other word is there: right / missing / wrong. Times are processor time.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import process_time
from unicodedata import normalize

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.ingest import read_seed
from generator.model import DigestError

FUNDUS = Path("tests/resources/parser/test_data")


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to read in a page, or what somebody read in it."""

    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A page and what is known of it."""

    name: str
    content: bytes
    truth: Reading
    beside: str = ""
    """What stands above the text and is neither right nor wrong, such as the title."""


@dataclass(slots=True)
class Score:
    """Sums over pages."""

    found: list[int] = field(default_factory=lambda: [0, 0])
    wrong: list[int] = field(default_factory=lambda: [0, 0])
    pages: list[int] = field(default_factory=lambda: [0, 0])
    """With nine in ten of their paragraphs and less than a tenth of their text wrong, and all."""
    published: list[int] = field(default_factory=lambda: [0, 0, 0])
    title: list[int] = field(default_factory=lambda: [0, 0, 0])
    authors: list[int] = field(default_factory=lambda: [0, 0, 0])
    """Right, missing, wrong."""
    seconds: float = 0.0


def samples_of(folder: Path) -> Iterator[Sample]:
    """Return the pages of a folder with what is known of them."""
    if (folder / FUNDUS).is_dir():
        for answers in sorted((folder / FUNDUS).glob("*/*.json")):
            yield from _fundus(answers)
        return
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        known = json.loads(line)
        authors = known.get("authors")
        truth = Reading(
            known.get("title"),
            known.get("published"),
            None if authors is None else tuple(authors),
            tuple(known["paragraphs"]),
        )
        content = (folder / known["page"]).read_bytes()
        if known["page"].endswith(".gz"):
            content = gzip.decompress(content)
        yield Sample(known["page"], content, truth, known.get("beside", "") + (truth.title or ""))


def _fundus(answers: Path) -> Iterator[Sample]:
    """Return the pages of one publisher; of several answers a page has the one that stands in it."""
    versions = [_answer(version) for version in json.loads(answers.read_text("utf-8")).values()]
    for page in sorted(answers.parent.glob(f"{answers.stem}_[0-9]*.html.gz")):
        content = gzip.decompress(page.read_bytes())
        letters = folded(re.sub(r"<[^>]*>", "", content.decode("utf-8", "replace")))
        truth, beside = max(
            versions,
            key=lambda version: sum(folded(part)[:40] in letters for part in version[0].paragraphs[:9]),
        )
        yield Sample(f"{answers.parent.name}/{page.name}", content, truth, beside + (truth.title or ""))


def _answer(version: dict[str, object]) -> tuple[Reading, str]:
    body = version.get("body")
    sections = body.get("sections", []) if isinstance(body, dict) else []
    paragraphs = [part for section in sections for part in (*section["headline"], *section["paragraphs"])]
    summary = "".join(body.get("summary") or []) if isinstance(body, dict) else ""
    title, published, authors = (version.get(name) for name in ("title", "publishing_date", "authors"))
    reading = Reading(
        title if isinstance(title, str) else None,
        published if isinstance(published, str) else None,
        tuple(authors) if isinstance(authors, list) and authors else None,
        tuple(part for part in paragraphs if folded(part)),
    )
    return reading, summary


def ours(sample: Sample) -> Reading:
    """Read a page as `digest generate` does."""
    with tempfile.TemporaryDirectory() as scratch:
        seed = Path(scratch) / "seed.html"
        seed.write_bytes(sample.content)
        try:
            (article,) = read_seed(seed, seed.parent)
        except DigestError:
            return Reading()
    authors = (article.author,) if article.author else None
    return Reading(article.title, article.published, authors, article.paragraphs)


def trafilatura_alone(sample: Sample) -> Reading:
    """Read a page with trafilatura as it comes."""
    import trafilatura

    found = trafilatura.bare_extraction(sample.content, include_comments=False, with_metadata=True)
    if found is None:
        return Reading()
    authors = (found.author,) if found.author else None
    return Reading(found.title, found.date, authors, tuple((found.text or "").splitlines()))


def readability(sample: Sample) -> Reading:
    """Read a page with the port of readability, which knows neither dates nor authors."""
    from lxml import html
    from readability import Document

    try:
        document = Document(sample.content.decode("utf-8", "replace"))
        root = html.fromstring(document.summary())
    except Exception:  # whatever it is, nothing was read
        return Reading()
    blocks = root.xpath("//p|//li|//h2|//h3|//h4|//blockquote[not(p)]|//td[not(p)]|//pre|//div[not(*)]")
    return Reading(document.short_title(), None, None, tuple(block.text_content() for block in blocks))


def folded(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, normalize("NFKC", text).casefold()))


def score(sample: Sample, reading: Reading, total: Score) -> str:
    """Add what a reading is worth to a total; return it in a line."""
    truth = sample.truth
    texts = [folded(paragraph) for paragraph in reading.paragraphs]
    whole, right = "".join(texts), folded("".join(truth.paragraphs))
    wanted = [folded(part) for part in truth.paragraphs]
    missing = [part for part in wanted if part not in whole]
    allowed = right + "\n" + folded(sample.beside)
    astray = [text for text in texts if text not in allowed]
    found, wrong = len(wanted) - len(missing), sum(map(len, astray))
    for sums, more in ((total.found, (found, len(wanted))), (total.wrong, (wrong, len(whole)))):
        sums[:] = [sums[0] + more[0], sums[1] + more[1]]
    good = found >= 0.9 * len(wanted) and wrong <= 0.1 * len(whole)
    total.pages[:] = [total.pages[0] + good, total.pages[1] + 1]
    verdicts = [
        verdict(truth.published, reading.published, is_same_day, total.published),
        verdict(truth.title, reading.title, lambda one, other: folded(one) == folded(other), total.title),
        verdict(
            truth.authors and "".join(sorted(map(folded, truth.authors))),
            reading.authors and ", ".join(reading.authors),
            lambda one, other: one == "".join(sorted(map(folded, re.split(r", | and | und ", other)))),
            total.authors,
        ),
    ]
    said = ", ".join(
        f"{name} {each}" for name, each in zip(("date", "title", "authors"), verdicts, strict=True)
    )
    return f"{found}/{len(wanted)} found, {wrong}/{len(whole)} wrong, {said}"


def verdict(truth: str | None, read: str | None, same: Callable[[str, str], bool], sums: list[int]) -> str:
    """Count a field as right, missing or wrong, where its truth is known."""
    if not truth:
        return "?"
    which = 1 if not read else 0 if same(truth, read) else 2
    sums[which] += 1
    return ("right", "missing", f"wrong ({read})")[which]


def is_same_day(truth: str, read: str) -> bool:
    """Return whether a date is that of the truth, in its own zone or in any between."""
    if truth[:10] == read[:10]:
        return True
    try:
        one, other = datetime.fromisoformat(truth), datetime.fromisoformat(read)
    except ValueError:
        return False
    if one.tzinfo and other.tzinfo:
        return abs(one - other) < timedelta(minutes=1)
    zoned = one if one.tzinfo else other
    days = {zoned.astimezone(timezone(timedelta(hours=hours))).date() for hours in range(-12, 15, 2)}
    return one.date() in days and other.date() in days


def main() -> None:
    """Print a line for each reader, and with `--each` for each page."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--each"]
    samples = list(samples_of(Path(arguments[0]) if arguments else ROOT / "tests/data/pages"))
    readers = {"ours": ours, "trafilatura": trafilatura_alone}
    try:
        import readability as _  # noqa: F401

        readers["readability"] = readability
    except ImportError:
        pass
    print(f"{len(samples)} pages")
    print(
        "| | found % | wrong % | good pages | dates | titles | authors | s |\n|---|---|---|---|---|---|---|---|"
    )
    for name, read in readers.items():
        total = Score()
        for sample in samples:
            start = process_time()
            reading = read(sample)
            total.seconds += process_time() - start
            line = score(sample, reading, total)
            if "--each" in sys.argv:
                print(f"{name} {sample.name}: {line}")
        share = [100 * part / max(whole, 1) for part, whole in (total.found, total.wrong)]
        kinds = (" / ".join(map(str, sums)) for sums in (total.published, total.title, total.authors))
        print(
            f"| {name} | {share[0]:.1f} | {share[1]:.1f} | {total.pages[0]} of {total.pages[1]} | "
            f"{' | '.join(kinds)} | {total.seconds:.0f} |"
        )


if __name__ == "__main__":
    main()
