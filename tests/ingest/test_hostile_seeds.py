"""From hostile seeds to pages: nothing is run, fetched, included, or written outside of `docs/`."""

from __future__ import annotations

import json
import re
import socket
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from lxml import html

from generator import build, config
from generator.model import Translation
from generator.render.escape import clean
from generator.storage import records
from tests.support.hostile_site import ROOT, mkdocs, nodes, pages_of, text_of
from tests.support.hostile_texts import ATTACKS, NAMES, writable
from tests.support.memories import save_memory

ELSEWHERE = "zqelsewhere"
"""Stands in files beside the seeds, which no seed may bring onto a page."""
PLAIN = "هذه كلمات عادية في جملة عربية عن أخبار اليوم في المدينة."
FIELDS = "title url published language author source licence topics id seed slug".split()
EXPECTED = (
    r"(index\.md|digest\.(jsonl|tmx)"
    r"|(en|ar)/(feed\.xml|feed\.json|digest\.epub|(.+/)?(\w+\.md|article\.json|atom\.xml)))"
)
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def seed(attack: str, suffix: str) -> bytes:
    """Return a seed that says an attack wherever its format lets it."""
    text = f"{PLAIN} {attack}\n\n{attack}\n\n{PLAIN} {attack} نعم.\n"
    fields = dict.fromkeys(FIELDS, attack)
    if suffix == ".json":
        content = json.dumps({**fields, "text": text, attack: attack, "__proto__": {"title": attack}})
    elif suffix == ".md":
        content = f"---\n{json.dumps(fields)}\n---\n# {attack}\n\n{text}"
    elif suffix == ".html":
        metas = "".join(f'<meta name="{name}" content="{attack}">' for name in FIELDS)
        content = f"<html><title>{attack}</title>{metas}<h1>{attack}</h1><p>{PLAIN}</p><p>{text}</p></html>"
    else:
        content = text
    return content.encode("utf-8", "replace")


def write_plain_seeds(folder: Path) -> None:
    """Write seeds with every field that a page shows."""
    fields = {
        "title": "عنوان",
        "url": "https://example.org/",
        "published": "2016-01-30",
        "topics": ["a", "b"],
    }
    names = {"author": "Somebody", "source": "Somewhere", "licence": "CC0", "language": "ar"}
    folder.mkdir(parents=True)
    (folder / "plain.json").write_text(json.dumps({**fields, **names, "text": f"{PLAIN}\n\n{PLAIN} نعم."}))
    (folder / "arabic.txt").write_text(f"{PLAIN} NATO 2011.", "utf-8")
    (folder / "english.txt").write_text("These are plain words about the news of a day in this city. Yes.")


def write_hostile_seeds(folder: Path) -> None:
    """Write each attack as JSON, which holds it in every field, and in one of the other formats in turn."""
    write_plain_seeds(folder)
    for number, attack in enumerate(ATTACKS.values()):
        for suffix in (".json", (".txt", ".md", ".html")[number % 3]):
            (folder / f"{number}{suffix}").write_bytes(seed(attack, suffix))
    for number, name in enumerate(NAMES):
        suffix = (".txt", ".md", ".html", ".json")[number % 4]
        (folder / f"{name}{suffix}").write_bytes(seed(name, suffix))
    for name, reads in (("include.txt", "--8<-- '{}'"), ("include.md", "--8<-- '{}'\n\n![x]({})\n\n[[{}]]")):
        (folder / name).write_text(f"{PLAIN}\n\n{reads.replace('{}', str(folder.parent / 'secret.txt'))}\n")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(folder.parent / "secret.txt").as_uri()}">]>'
    (folder / "entity.html").write_text(f"{entity}<html><p>{PLAIN} &e;</p></html>", "utf-8")
    (folder / "entity.rss").write_text(
        f'<?xml version="1.0"?>{entity}<rss version="2.0"><channel><title>&e;</title><item><title>&e;</title>'
        f"<description>{PLAIN} &e;</description></item></channel></rss>",
        "utf-8",
    )


@dataclass(frozen=True)
class Run:
    """A digest that was generated, and what was there before."""

    settings: config.Settings
    report: build.Report
    before: dict[str, bytes]

    def translations(self) -> Iterator[Translation]:
        for file in sorted(self.settings.docs.glob("en/articles/*/article.json")):
            yield records.parse_record(file.read_bytes(), str(file))


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def start(root: Path) -> config.Settings:
    (root / "digest").mkdir(parents=True, exist_ok=True)
    settings = root / "digest/mkdocs.yml"
    settings.write_text(f"{(ROOT / 'mkdocs.yml').read_text('utf-8')}\n# {ELSEWHERE}\n", "utf-8")
    return config.load(settings)


def refuse(*arguments: object) -> None:
    raise AssertionError(f"the program reached for the network: {arguments}")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Generate a digest of hostile seeds twice: the second time its memory is full of attacks too."""
    root = tmp_path_factory.mktemp("hostile")
    settings = start(root)
    write_hostile_seeds(settings.seeds)
    (settings.root / "secret.txt").write_text(ELSEWHERE)
    (root / "empty").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root / "empty")
        patch.setenv("ARGOS_PACKAGES_DIR", str(root / "empty"))
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        before = files(root)
        first = Run(settings, build.generate(settings), before)
        sources = {segment.source for each in first.translations() for segment in each.segments}
        targets = dict(zip(sorted(sources), cycle(ATTACKS.values()), strict=False))
        save_memory(settings.memory, "ar", "en", targets)
        yield Run(settings, build.generate(settings), before)


@pytest.fixture(scope="module")
def site(run: Run) -> dict[str, html.HtmlElement]:
    return pages_of(mkdocs(run.settings.root, "site", archive=True))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Return the elements of harmless pages, each with the names of its attributes."""
    settings = start(tmp_path_factory.mktemp("plain"))
    write_plain_seeds(settings.seeds)
    plain_memory = {PLAIN: "Plain words of Angela Merkel."}  # a name, so that it has a page
    save_memory(settings.memory, "ar", "en", plain_memory)
    build.generate(settings)
    return kinds(pages_of(mkdocs(settings.root, "site", archive=True)))


def kinds(pages: dict[str, html.HtmlElement]) -> set[tuple[str, str]]:
    return {
        (name, attribute)
        for page in pages.values()
        for name, found in nodes(page)
        for attribute in ("", *found)
    }


def test_what_is_text_gets_its_page_and_the_rest_one_line(run: Run) -> None:
    assert run.report.articles >= 0.95 * len(run.before) - 10
    for problem in run.report.problems:
        assert problem.isprintable(), problem
        assert re.match(r"seeds/\S.*: .*; ", problem), problem


def test_nothing_is_written_outside_of_docs(run: Run) -> None:
    root = run.settings.root.parent
    after = files(root)
    ours = ("digest/docs/", "digest/.cache/", "digest/memory/")
    assert {name: content for name, content in after.items() if not name.startswith(ours)} == run.before
    assert list((root / "empty").iterdir()) == []


def test_paths_are_portable(run: Run) -> None:
    for path in files(run.settings.docs):
        for part in path.split("/"):
            assert len(part.encode()) <= 255, path
            assert not re.search(r'[\x00-\x20\x7f<>:"\\|?*&#%\'`${}()\[\]]', part), path
            assert not part.startswith((".", "-", "~")) and not RESERVED.fullmatch(part), path
            assert unicodedata.normalize("NFC", part) == part, path
            assert not any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in part), path
        assert re.fullmatch(EXPECTED, path), path


def test_nothing_is_included(run: Run, site: dict[str, html.HtmlElement]) -> None:
    for folder in (run.settings.docs, run.settings.root / "site"):
        for name, content in files(folder).items():
            assert ELSEWHERE.encode() not in content, name
            assert b"root:x:0:" not in content, name


def test_pages_hold_what_harmless_pages_hold(
    site: dict[str, html.HtmlElement], plain: set[tuple[str, str]]
) -> None:
    of_long_lists = {("h3", name) for name in ("", "class", "dir", "id", "lang")} | {("span", "title")}
    assert kinds(site) - plain - of_long_lists == set()


def test_links_lead_to_pages_of_the_site_or_to_the_web(site: dict[str, html.HtmlElement]) -> None:
    for path, page in site.items():
        for name, attributes in nodes(page):
            for attribute in {"href", "src", "action"} & set(attributes):
                parts = urlsplit(attributes[attribute])
                assert parts.scheme in ("", "http", "https"), (path, name, attributes)
                assert parts.scheme or not parts.netloc, (path, name, attributes)
        for link in page.xpath("//a[starts-with(@href, 'http')]"):
            assert link.get("rel") == "external", path
        for asset in page.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
            assert re.fullmatch(r"(\.\./|/)*assets/[\w./-]+", asset), path


def test_nothing_published_turns_its_neighbours_round(run: Run) -> None:
    """Records and the memory made of them alone keep translations as they came."""
    turning = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
    for name, content in files(run.settings.docs).items():
        if name.endswith(".epub"):
            with ZipFile(BytesIO(content)) as book:
                for part in (name for name in book.namelist() if not name.endswith(".png")):
                    assert not turning.search(book.read(part).decode()), (name, part)
        elif not name.endswith(("article.json", "digest.tmx")):
            assert not turning.search(content.decode()), name


def test_every_page_is_whole(run: Run, site: dict[str, html.HtmlElement]) -> None:
    for each in run.translations():
        slug = each.digest.document.article.slug
        page = site[f"en/articles/{slug}/index.html"]
        assert [item.get("id") for item in page.xpath("//section[@class='text']//li")] == [
            f"s{number}" for number in range(1, len(each.segments) + 1)
        ], slug
        for number, segment in enumerate(each.segments, 1):
            (item,) = page.xpath(f"//li[@id='s{number}']")
            assert item.find_class("source")[0].text_content() == clean(segment.source), slug
            if segment.target:
                assert item.find_class("target")[0].text_content() == clean(segment.target), slug
        assert clean(each.title.target or each.title.source) in text_of(page), slug
        assert len(page.xpath("//h1")) == len(page.xpath("//article")) == len(page.xpath("//footer")) == 1


def test_every_attack_came_through_as_a_translation(run: Run) -> None:
    made = [segment.target for each in run.translations() for segment in each.segments if segment.target]
    shown = {clean(target) for target in made}
    assert {clean(writable(attack)) for attack in ATTACKS.values()} - shown == set()
