"""A digest through random histories of edits, seeds that come and go, imports and kills: nothing is ever lost.

What holds after every step:
- every correction that somebody made is in the memory, in a kept copy, still in its page, or was named in a line;
- the memory holds what people wrote and nothing else, each at the sentence where it was written;
- every article that was ever published is published, or was named when it went;
- the pages are those that a digest gives which remembers nothing, and the program raises nothing but `DigestError`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from lxml import html

from generator import build, config
from generator.model import DigestError
from generator.render.escape import clean
from generator.review import exchange
from generator.storage.records import Records
from generator.translate.memory import Memory
from tests.support.digests import tree
from tests.support.offline import ROOT

HISTORIES = int(os.environ.get("DIGEST_HISTORIES", "200"))
SENTENCES = sorted(Memory.load(ROOT / "memory", "ar", "en").exact)[:12]
UNIT = '<tu><tuv xml:lang="ar"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>{}</seg></tuv></tu>'
NAMES = ("a", "b", "sub/a", "c", "d")


class Killed(BaseException):
    """Stands for the end of the process: nothing but the file system survives."""


class History(RuleBasedStateMachine):
    """One digest, and what people did to it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="history-"))
        (self.folder / "seeds/sub").mkdir(parents=True)
        (self.folder / "memory").mkdir()
        shutil.copy(ROOT / "mkdocs.yml", self.folder)
        self.digest = config.load(self.folder / "mkdocs.yml")
        self.made = 0
        self.corrections: set[str] = set()
        self.sources: dict[str, str] = {}
        """What stood beside each text that somebody wrote; nothing of a headline."""
        self.published: set[str] = set()
        self.said: list[str] = []
        self.write("a", [0, 1, 2])
        self.write("b", [2, 3])
        self.generate()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # ---- what people do

    def write(self, name: str, numbers: list[int]) -> None:
        text = " ".join(SENTENCES[number] for number in numbers)
        (self.folder / f"seeds/{name}.txt").write_text(text + "\n", "utf-8")

    @rule(name=st.sampled_from(NAMES), numbers=st.lists(st.integers(0, 11), min_size=1, max_size=4))
    def put_a_seed(self, name: str, numbers: list[int]) -> None:
        self.write(name, numbers)

    @rule(name=st.sampled_from(NAMES))
    def delete_a_seed(self, name: str) -> None:
        (self.folder / f"seeds/{name}.txt").unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def rename_a_seed(self, name: str, other: str) -> None:
        seed, new = (self.folder / f"seeds/{each}.txt" for each in (name, other))
        if seed.exists() and not new.exists():
            seed.rename(new)

    def pages(self) -> list[Path]:
        return sorted(self.folder.glob("docs/*/articles/*/index.md"))

    @rule(data=st.data(), where=st.sampled_from(["text", "summary", "headline"]))
    def correct_something(self, data: st.DataObject, where: str) -> None:
        pages = self.pages()
        if not pages:
            return
        page = data.draw(st.sampled_from(pages))
        lines = page.read_text("utf-8").split("\n")
        begin, end = {
            "headline": ("<header", "</header>"),
            "summary": ('<section class="summary"', "</section>"),
            "text": ('<section class="text"', "</section>"),
        }[where]
        first = next((at for at, line in enumerate(lines) if line.startswith(begin)), None)
        if first is None:
            return
        last = next(at for at in range(first, len(lines)) if lines[at].startswith(end))
        places = [
            at for at in range(first, last) if 'class="target' in lines[at] or ' class="target"' in lines[at]
        ]
        if not places:
            return
        at = data.draw(st.sampled_from(places))
        overwritten = [each for each in self.corrections if each in lines[at]]
        self.made += 1
        said = f"What an editor wrote, number {self.made}."
        lines[at] = _rewritten(lines[at], said)
        page.write_text("\n".join(lines), "utf-8")
        self.corrections.add(said)
        self.sources[said] = _source_beside(lines, at) if where == "text" else ""
        texts = self.texts()
        for each in overwritten:  # by the editor's own hand, before any run could see it
            if not any(each in text for text in texts):
                self.corrections.discard(each)

    @rule(number=st.integers(0, 11), conflicts=st.booleans())
    def import_translations(self, number: int, conflicts: bool) -> None:
        targets = []
        for _ in range(1 + conflicts):
            self.made += 1
            targets.append(f"What a translator wrote, number {self.made}.")
        file = self.folder / "import.tmx"
        units = (UNIT.format(SENTENCES[number], target) for target in targets)
        file.write_text(f'<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>', "utf-8")
        self.corrections.update(targets)
        self.sources |= dict.fromkeys(targets, SENTENCES[number])
        try:
            self.said += exchange.import_reviewed(self.digest, file).refused
        except DigestError as refused:
            self.said.append(str(refused))

    # ---- what the program does

    @rule(allow=st.booleans())
    def generate(self, allow: bool = False) -> None:
        self.run(lambda: build.generate(self.digest, allow_removals=allow))

    @rule(after=st.integers(0, 6))
    def generate_and_be_killed(self, after: int) -> None:
        left = after

        def step() -> bool:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return True

        self.run(lambda: build.generate(self.digest, wanted=step, progress=lambda *_: step() and None))

    @rule()
    def forget(self) -> None:
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)

    def run(self, generate: Callable[[], build.Report]) -> None:
        try:
            report = generate()
        except (DigestError, Killed) as stopped:
            self.said.append(str(stopped))
            return
        self.said += report.corrections + report.removals + report.problems + report.kept
        now = {made.digest.document.article.slug for made in Records.of(self.digest).all()}
        named = set(report.gone)
        assert self.published - now <= named, "an article went without a word"
        self.published = now

    # ---- what always holds

    @invariant()
    def every_correction_is_somewhere(self) -> None:
        texts = [*self.texts(), *self.said]
        for correction in self.corrections:
            assert any(correction in text for text in texts), correction

    @invariant()
    def the_memory_holds_what_people_wrote_where_they_wrote_it(self) -> None:
        for key, target, _ in Memory.load(self.digest.memory, "ar", "en").entries():
            assert target in self.sources, "nobody wrote that"
            assert self.sources[target] in ("", key.source)

    def texts(self) -> list[str]:
        places = [*self.folder.glob("memory/**/*"), *self.pages()]
        return [file.read_text("utf-8", "replace") for file in places if file.is_file()]

    @precondition(lambda self: len(self.pages()) > 0)
    @rule()
    def a_digest_that_remembers_nothing_gives_the_same(self) -> None:
        self.generate(allow=True)
        remembered = tree(self.folder)
        with tempfile.TemporaryDirectory() as afresh:
            copy = Path(afresh) / "digest"
            shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns(".cache", "docs"))
            build.generate(config.load(copy / "mkdocs.yml"))
            assert remembered == tree(copy)


def _source_beside(lines: list[str], at: int) -> str:
    """Return the source of the sentence whose translation stands on a line of a page."""
    begin = max(number for number in range(at) if lines[number].startswith("<li id="))
    (line,) = (line for line in lines[begin : begin + 4] if 'class="source"' in line)
    return clean(html.fromstring(line).text_content())


def _rewritten(line: str, said: str) -> str:
    """Return a line of HTML with other text in its innermost element."""
    close = line.index("</")
    return line[: line.rindex(">", 0, close) + 1] + said + line[close:]


TestHistories = History.TestCase
TestHistories.settings = settings(
    max_examples=HISTORIES,
    stateful_step_count=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
