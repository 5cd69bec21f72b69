"""Does the site's search find what readers look for? Queries of each kind, with answers that no index made.

    python benchmarks/search_answers.py DATA [--before CHECKOUT] [--all]

Of the files of DATA (`zh-en.tsv`, `argos-output.ar-en.tsv`, `sentences.ar.jsonl`, `summaries.ar.jsonl`,
`languages.jsonl`) a digest is made: Chinese news with its English, Arabic sentences with people's or a
machine's, Arabic news, encyclopedia and texts in other languages without. A regular expression over the records
says which articles are right for a query. A query is right if at least four fifths of these are found and, of
the first five results (or as many as there are right ones), three fifths are among them; where nothing is
right, if nothing is found. `--before` searches the same pages as another checkout does, too.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator import build, config  # the checkout comes first
from generator.analyze.sentence_scoring import scores
from generator.model import Article, Digest, Document, KnownName, Segment, Sentence, Translation
from generator.storage.records import dump_record, record_path

PUBLISHERS = {"zh": ("新华网", "BBC", "Reuters"), "ar": ("الجزيرة نت", "Reuters", "الشرق الأوسط")}
AUTHORS = ("ليلى حداد", "Maria Keller", "王小明", "Omar Saleh")
NAMES = [
    KnownName(("特朗普", "川普", "ترامب", "ترمب"), ("Donald Trump", "Trump"), "person"),
    KnownName(
        ("卡瓦诺", "卡瓦诺夫", "كافانو", "كفانو"), ("Brett Kavanaugh", "Kavanaugh", "Cavanaugh"), "person"
    ),
    KnownName(("朝鲜", "北韩", "كوريا الشمالية"), ("North Korea", "DPRK"), "place"),
    KnownName(("印度尼西亚", "印尼", "إندونيسيا"), ("Indonesia",), "place"),
    KnownName(("القذافي",), ("Gaddafi", "Qaddafi", "Gadhafi"), "person"),
    KnownName(("北约", "الناتو"), ("NATO",), "organization"),
]

QUERIES = r"""
# slips
tsunamy            \btsunami
Indonisia          Indonesia
Kavanagh           Kavanaugh
reefrendum         \breferendum
Macedona           Macedonia
govenrment         \bgovernment
presidant          (?i)\bpr[eäéi]+sident
algoritm           algorithm|خوارزمي
statment           \bstatement
علمء               (?<![ء-ي])(ال|وال|ب|ل|لل|بال)?علماء
الرئيص             الرئيس
المستشفا           المستشفى|مستشفى
الحكةمة            حكوم
# spellings
ترمب               Trump|ترامب|特朗普
川普               Trump|ترامب|特朗普
Qaddafi            Gaddafi|القذافي
Cavanaugh          Kavanaugh|卡瓦诺|كافانو
北韩               North Korea|朝鲜|كوريا الشمالية
مسئول              مسؤول|مسئول
مسئولين            مسؤول|مسئول
شئون               شؤون|شئون
# abbreviations
U.S.               \bU\.S\.|\bUS\b
F.B.I.             \bFBI\b
A.I.               \bA\.I\.?|\bAI\b
U.K.               \bU\.K\.|\bUK\b
# capitals
US                 \bUS\b|\bU\.S\.
AM                 \bAMs?\b
EU                 \bEU\b|E\.U\.
UK                 \bUK\b|\bU\.K\.
# phrases
"Supreme Court"    \bSupreme Court\b
"Court Supreme"    =
"North Korea"      \bNorth Korea\b
"korea north"      =
"Prime Minister"   \bPrime Minister\b
"minister prime"   =
"كوريا الشمالية"   كوريا الشمالية
"الشمالية كوريا"   =
“最高法院”         最高法院
"the country's"    \bthe country[’']s\b
# minus
trump -kavanaugh   Trump|ترامب|特朗普 ! Kavanaugh|卡瓦诺|كافانو
地震 -海啸         地震 ! 海啸|tsunami
government -"prime minister"  \bgovernments?\b ! \bprime minister\b
الرئيس -ترامب      (?<![ء-ي])(ال|وال|ب|بال|ل|لل|و)?(رئيس|رؤساء) ! ترامب|Trump|特朗普
# broken plurals
زلازل              زلزال|زلازل
رؤساء              رئيس|رؤساء
مدارس              (?<![ء-ي])(ال|وال|ب|بال|ل|لل|و)?(مدرسة|مدارس)
جزر                (?<![ء-ي])(ال|وال|ب|بال|ل|لل|و)?(جزيرة|جزر)(?![ء-ي])
أمراض              (?<![ء-ي])(ال|وال|ب|بال|ل|لل|و)?(مرض|أمراض)(?![ء-ي])
قصائد              قصيد|قصائد
ملوك               (?<![ء-ي])(ال|وال|ب|بال|ل|لل|و)?(ملك|ملوك)(?![ء-ي])
بحوث               (?<![ء-ي])(ال|وال|ب|بال|ل|لل|و)?(بحث|بحوث|أبحاث)(?![ء-ي])
حيوان              حيوان
# no blanks
印尼海啸           (?s)(?=.*(印尼|印度尼西亚|Indonesia|إندونيسيا))(?=.*(海啸|tsunami))
朝鲜核武           (?s)(?=.*朝鲜)(?=.*核)
中国贸易           (?s)(?=.*中国)(?=.*贸易)
美国总统           (?s)(?=.*美国)(?=.*总统)
最高法院大法官     最高法院
地震               地震
鲨                 鲨
# variants of characters
聯合國             联合国|聯合國
地震災區           地震
警察局長           警察
特朗普總統         (?s)(?=.*特朗普)(?=.*总统)
選舉               选举|選舉
# a name across languages
特朗普             Trump|ترامب|特朗普
Trump              Trump|ترامب|特朗普
ترامب              Trump|ترامب|特朗普
朝鲜               North Korea|朝鲜|كوريا الشمالية
# publisher, author, topic, month
Reuters            @source Reuters
新华网             @source 新华网
الجزيرة نت         @source الجزيرة نت
ليلى حداد          @author ليلى حداد
Maria Keller       @author Maria Keller
王小明             @author 王小明
seismology         @topics seismology
October 2018       @published 2018-10
2018年10月         @published 2018-10
أكتوبر 2018        @published 2018-10
14 November 2018   @published 2018-11-14
2018-09            @published 2018-09
# Hebrew and Persian
הממשלה             (?<![א-ת])[ובלמכשה]{0,3}ממשל
ממשלה              (?<![א-ת])[ובלמכשה]{0,3}ממשל
בבריטניה           בריטני
کشورها             (?<![ء-ی])کشور
دولت               (?<![ء-ی])دولت
دولت‌های           (?<![ء-ی])دولت
# forms that were found before
referendums        \breferendum
voting             \bvot(e|es|ed|ing)\b
children           \bchild(ren)?\b
الشرطه             شرطة
ترامب كافانو       (?s)(?=.*(ترامب|Trump|特朗普))(?=.*(كافانو|Kavanaugh|卡瓦诺))
north korea        (?i)north korea|朝鲜|كوريا الشمالية
13-year-old        13-year-old
٢٠١٨               2018|٢٠١٨
７.８級            7\.8
"""

DRIVER = """
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { openIndex } from "./search-find.js";
import { best } from "./search-show.js";
const [base, reader] = process.argv.slice(2);
let loaded;
globalThis.fetch = async address => {
  const bytes = readFileSync(decodeURIComponent(address.pathname));
  loaded.bytes += bytes.length; loaded.gzip += gzipSync(bytes, { level: 6 }).length; loaded.files += 1;
  return { ok: true, json: async () => JSON.parse(bytes) };
};
const results = [];
for (const query of JSON.parse(readFileSync(0, "utf-8"))) {
  loaded = { bytes: 0, gzip: 0, files: 0 };
  const start = performance.now(), index = await openIndex(new URL(`file://${base}/`), reader);
  const answer = await index.search(query), first = answer.hits.slice(0, 10);
  for (const hit of first) best(await index.text(hit), answer.terms, index.language, reader);
  const result = { ...loaded, milliseconds: performance.now() - start };
  while (answer.isOpen) await answer.further();
  const slugs = [];
  for (const hit of answer.hits) slugs.push((await index.text(hit)).slug);
  const subjects = (answer.subjects ?? []).map(({ kind, names }) => `${kind} ${Object.values(names)[0]}`);
  results.push({ ...result, slugs, subjects, complete: answer.complete });
}
console.log(JSON.stringify(results));
"""


@dataclass(frozen=True)
class Query:
    """What a reader types, and what must be there of an article that is right."""

    kind: str
    text: str
    field: str
    wanted: str
    unwanted: str

    def is_answered_by(self, record: dict[str, Any]) -> bool:
        """Return whether an article is right."""
        text = _text(record) if not self.field else str(record.get(self.field) or "")
        if self.wanted == "=" or not re.search(self.wanted, text):
            return False
        return not self.unwanted or not re.search(f"(?i){self.unwanted}", text)


def queries() -> Iterator[Query]:
    """Return the queries of the table above."""
    kind = ""
    for line in QUERIES.strip().splitlines():
        if line.startswith("# "):
            kind = line[2:]
            continue
        text, answer = re.split(r" {2,}", line, maxsplit=1)
        field = re.match(r"@(\w+) ", answer)
        wanted, _, unwanted = (answer[field.end() :] if field else answer).partition(" ! ")
        yield Query(kind, text.strip(), field[1] if field else "", wanted.strip(), unwanted.strip())


def _text(record: dict[str, Any]) -> str:
    rows = [record["title"], *record["sentences"]]
    return "\n".join(filter(None, (row.get(side) for row in rows for side in ("source", "target"))))


def translations(data: Path) -> Iterator[Translation]:
    """Return the articles of the digest."""
    number = count()
    chinese = [line.split("\t") for line in (data / "zh-en.tsv").read_text("utf-8").splitlines()]
    for start in range(0, len(chinese), 12):
        yield article(
            next(number), "zh", [(source, target, "reviewed") for source, target in chinese[start : start + 12]]
        )
    arabic = [
        line.split("\t") for line in (data / "argos-output.ar-en.tsv").read_text("utf-8").splitlines()[1:]
    ]
    for at, start in enumerate(range(0, len(arabic), 10)):
        by_machine = at % 2
        rows = [
            (row[0], row[1 if by_machine else 2], "machine" if by_machine else "reviewed")
            for row in arabic[start : start + 10]
        ]
        yield article(next(number), "ar", rows)
    for file in ("sentences.ar.jsonl", "summaries.ar.jsonl"):
        for line in (data / file).read_text("utf-8").splitlines()[:30]:
            yield article(next(number), "ar", [(text, None, "none") for text in json.loads(line)["sentences"]])
    for line in (data / "languages.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "article" and row["lang"] in {
            "fa",
            "he",
            "tr",
            "pl",
            "cs",
            "de",
            "fr",
            "es",
            "ru",
            "ja",
            "ko",
        }:
            yield article(
                next(number),
                row["lang"],
                [(text, None, "none") for text in re.split(r"(?<=[.!?؟。])\s*", row["text"]) if text],
            )


def article(number: int, language: str, rows: list[tuple[str, str | None, Any]]) -> Translation:
    """Return an article whose first sentence is its headline, with a publisher, an author and a day."""
    sentences, at = [], 0
    for source, _, _ in rows:
        sentences.append(Sentence(source, 0, at, at + len(source), language))
        at += len(source) + 1
    segments = tuple(
        Segment(source, target, origin, "argos|1" if origin == "machine" else "")
        for source, target, origin in rows
    )
    publishers = PUBLISHERS.get(language, ("",))
    text = "\n".join(filter(None, (part for row in rows for part in row[:2])))
    told = Article(
        f"article-{number:03}.txt",
        f"article-{number:03}",
        (" ".join(source for source, _, _ in rows),),
        title=rows[0][0],
        published=f"2018-{9 + number % 4:02}-{1 + number % 28:02}",
        source=publishers[number % len(publishers)] or None,
        author=AUTHORS[number % 9] if number % 9 < len(AUTHORS) else None,
        topics=("seismology",) if re.search("地震|زلزال|earthquake", text) else (),
    )
    document = Document(told, language, 1.0, tuple(sentences))
    digest = Digest(document, (0,), scores(document))
    known = tuple(
        name for name in NAMES if any(spelling in text for spelling in (*name.sources, *name.targets))
    )
    return Translation(digest, "en", segments[0], segments, known)


def make_digest(folder: Path, data: Path) -> list[dict[str, Any]]:
    """Write the digest's records and pages; return the records."""
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    records = []
    for each in translations(data):
        file = folder / "docs" / record_path("en", each.digest.document.article.slug)
        file.parent.mkdir(parents=True)
        file.write_bytes(dump_record(each))
        records.append(json.loads(file.read_bytes()))
    build.render_again(config.load(folder / "mkdocs.yml"))
    return records


def search(checkout: Path, docs: Path, folder: Path, asked: list[Query]) -> list[dict[str, Any]]:
    """Index and search the digest as a checkout does."""
    site = folder / "site"
    code = "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
    code += "from generator.theme.search_index import build; build(Path(sys.argv[2]), Path(sys.argv[3]))"
    subprocess.run([sys.executable, "-c", code, checkout, docs, site], check=True, cwd=folder)
    (site / "assets").mkdir()
    for asset in (checkout / "generator/theme/templates/assets").glob("search*.js*"):
        shutil.copy(asset, site / "assets" if asset.suffix == ".json" else folder)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "driver.js").write_text(DRIVER, "utf-8")
    scripts = sum(script.stat().st_size for script in folder.glob("search*.js"))
    done = subprocess.run(
        ["node", folder / "driver.js", site, "en"],
        input=json.dumps([query.text for query in asked]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [{**result, "bytes": result["bytes"] + scripts} for result in json.loads(done.stdout)]


def is_right(found: list[str], wanted: set[str]) -> bool:
    """Return whether a search found enough, and the right ones first."""
    if not wanted:
        return not found
    first = found[: min(5, len(wanted))]
    recall = len(wanted & set(found)) / len(wanted)
    return recall >= 0.8 and sum(slug in wanted for slug in first) >= 0.6 * len(first)


def show(
    label: str, asked: list[Query], results: list[dict[str, Any]], wanted: list[set[str]], *, every: bool
) -> None:
    """Print what is right by kind, and what a search loads."""
    right = [is_right(result["slugs"], each) for result, each in zip(results, wanted, strict=True)]
    print(f"{label}: {sum(right)} of {len(right)} right")
    for kind in dict.fromkeys(query.kind for query in asked):
        of = [is_so for query, is_so in zip(asked, right, strict=True) if query.kind == kind]
        print(f"  {kind}: {sum(of)} of {len(of)}")
    for query, result, each, is_so in zip(asked, results, wanted, right, strict=True):
        if every or not is_so:
            slugs, first = result["slugs"], result["slugs"][: min(5, len(each))]
            of_it = f"{len(each & set(slugs))} of {len(each)} in {len(slugs)} hits"
            facts = f"{of_it}, {sum(slug in each for slug in first)} first"
            print(
                f"    {'right' if is_so else 'WRONG'}  {query.text}: {facts}  {', '.join(result['subjects'])}"
            )
    sizes = [result["bytes"] / 1000 for result in results]
    packed = median(result["gzip"] / 1000 for result in results)
    files = median(result["files"] for result in results)
    print(f"  a search: {median(sizes):.0f} KB (at most {max(sizes):.0f}), {files:.0f} files")
    print(f"  compressed {packed:.0f} KB, without scripts")


def main() -> None:
    """Make the digest, search it, and say what was right."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--before", type=Path)
    arguments.add_argument("--all", action="store_true", help="print every query, not only those that go wrong")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        records = make_digest(folder, chosen.data)
        asked = list(queries())
        wanted = [{record["slug"] for record in records if query.is_answered_by(record)} for query in asked]
        for query, right in zip(asked, wanted, strict=True):
            if not right and query.wanted != "=":
                print(f"nothing in this digest for {query.text}")
        kept = [at for at, query in enumerate(asked) if wanted[at] or query.wanted == "="]
        asked, wanted = [asked[at] for at in kept], [wanted[at] for at in kept]
        print(f"{len(records)} articles")
        for label, checkout in [("before", chosen.before), ("now", ROOT)]:
            if checkout:
                (folder / label).mkdir()
                results = search(checkout.resolve(), folder / "docs", folder / label, asked)
                show(label, asked, results, wanted, every=chosen.all)


if __name__ == "__main__":
    main()
