"""Two digests of the same shape, one of attacks and one of harmless letters, and the sites made of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from importlib.metadata import entry_points
from pathlib import Path

import pymdownx
from lxml import html

from generator import render
from generator.export.feeds import feed_files
from generator.export.jsonl import catalogue
from generator.languages import tag_of
from generator.model import Article, Digest, Document, Finding, Output, Repair, Segment, Sentence, Translation
from generator.render.escape import clean, web_address
from generator.render.short_text import shortened
from generator.storage import records
from generator.storage.docs_folder import DocsFolder
from tests.support.hostile_texts import harmless

ROOT = Path(__file__).parents[2]
SITE = "https://example.org/"
AROUND = "قال {} أمس zq{}zq"
"""A sentence around an attack, with a word by which a search finds all articles of a kind: `zqazq`, `zqbzq`."""
SIGNED = 500
"""Added to the number of an attack where it is an engine's signature, which pages show in another form."""

PYMDOWN = Path(pymdownx.__file__).parent
EXTENSIONS = sorted(
    {point.name for point in entry_points(group="markdown.extensions") if "." not in point.name}
    | {
        ".".join(file.relative_to(PYMDOWN.parent).with_suffix("").parts)
        for file in PYMDOWN.rglob("[a-z]*.py")
        if "def makeExtension" in file.read_text("utf-8")
    }
)
"""Every Markdown extension that MkDocs and Material bring along."""

Elements = Counter[tuple[str, tuple[tuple[str, str], ...]]]


@dataclass(frozen=True)
class Texts:
    """What goes into the fields of one article, by kind of field."""

    text: str
    url: str
    signature: str
    language: str


def attacking(attack: str) -> Texts:
    """Return an attack for every field."""
    return Texts(attack, attack, attack, attack)


def peaceful(attack: str, number: int) -> Texts:
    """Return letters for every field; an address and a language where the attack is a good one itself."""
    text = harmless(attack, number)
    return Texts(
        text,
        url=f"https://example.org/{number}" if web_address(attack) else text,
        signature=harmless(attack, number + SIGNED),
        language=text if tag_of(attack) == "und" else attack,
    )


def translation(texts: Texts, slug: str, language: str) -> Translation:
    """Return an article that says the same in every field."""
    text, around = texts.text, AROUND.format(texts.text, slug[0])
    paragraphs = (text, f"{around} {text}")
    sentences = (
        Sentence(text, 0, 0, len(text), language),
        Sentence(around, 1, 0, len(around), language, (Repair(0, 3, text),)),
        Sentence(text, 1, len(around) + 1, len(paragraphs[1]), texts.language),
    )
    article = Article(
        f"{slug}.txt",
        slug,
        paragraphs,
        text,
        text,
        text,
        text,
        text,
        texts.url,
        text,
        (text, text),
        (text,),
        also=(text,),
    )
    findings = (Finding(text, text), Finding("numbers", text))
    segments = (
        Segment(text, text, "machine", texts.signature, -1.0, findings),
        Segment(around, around, "reviewed", texts.signature),
        Segment(text, None, "none"),
    )
    document = Document(article, language, 0.5, sentences)
    return Translation(Digest(document, (0, 1, 2), (1.0, 0.5, 0.25)), "en", segments[0], segments)


def publish(docs: Path, articles: Iterable[Texts]) -> None:
    """Publish each article twice, as an Arabic one and as one in the language that its texts name."""
    shelf, entries = DocsFolder(docs), []
    for number, texts in enumerate(articles):
        for slug, language in ((f"a{number:03}", "ar"), (f"b{number:03}", texts.language)):
            each = translation(texts, slug, language)
            shelf.write([Output(records.record_path("en", slug), records.dump_record(each))])
            shelf.write(render.article_pages(each, render.trees([language], "en")))
            entries.append(render.ListedArticle.of(each))
    trees = ("en", "ar")
    shelf.write(page.output() for page in render.index_pages(entries, "en", trees))
    shelf.write(feed_files(entries, trees, SITE, dict.fromkeys(trees, "Site")))
    shelf.write(catalogue(entries, "en", trees))


def mkdocs(folder: Path, site: str, extensions: Iterable[str] = (), *, archive: bool = False) -> Path:
    """Build `folder/docs` strictly by the project's own settings, perhaps with other extensions.

    Without the archive pages are the same for any texts. With extensions, which take long, pages `b` are
    left out too.
    """
    theme = ROOT / "generator/theme"
    settings = [
        f"INHERIT: {ROOT / 'mkdocs.yml'}",
        "docs_dir: docs",
        f"site_dir: {site}",
        f"hooks: [{theme / 'hook.py'}]",
        f"theme: {{custom_dir: {theme / 'templates'}}}",
    ]
    if extensions:
        settings.append(f"markdown_extensions: [{', '.join(extensions)}]")
    if not archive:
        settings += ["exclude_docs: |", "  /*/archive/", *(["  /en/articles/b*/"] if extensions else [])]
    file = folder / f"mkdocs-{site}.yml"
    file.write_text("\n".join(settings) + "\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(file)],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr  # with --quiet warnings would not count
    return folder / site


def pages_of(site: Path) -> dict[str, html.HtmlElement]:
    """Return every page of a site by its path."""
    return {
        file.relative_to(site).as_posix(): html.document_fromstring(file.read_bytes())
        for file in sorted(site.rglob("*.html"))
    }


def number_of(path: str) -> int | None:
    """Return the number of the article on a page; None for other pages."""
    found = re.search(r"/articles/[ab](\d+)/", path)
    return int(found[1]) if found else None


def nodes(page: html.HtmlElement) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Return every node of a page that is no text, comments too."""
    return ((str(node.tag), node.attrib) for node in page.iter())


def elements(
    found: Iterable[tuple[str, Mapping[str, str]]], expected: Mapping[tuple[str, str], str]
) -> Elements:
    """Count elements with their attributes; a value `expected` of an attribute counts as what it maps to.

    A `bdi` of nothing but a direction and a well-formed language counts for nothing: how many there are
    depends on the words of any text. So do the language and direction of an element, and the class that a long
    headline gives its page.
    """
    counted: Elements = Counter()
    for name, attributes in found:
        if name == "bdi" and set(attributes) <= {"lang", "dir"}:
            assert all(re.fullmatch("[A-Za-z0-9-]+", value) for value in attributes.values()), attributes
        else:
            shown = (
                (key, expected.get((key, value), _of_any(key, value))) for key, value in attributes.items()
            )
            counted[name, tuple(sorted(shown))] += 1
    return counted


def _of_any(key: str, value: str) -> str:
    """Return what stands for a value that depends on the words of any text."""
    if key in ("lang", "dir"):
        assert re.fullmatch("[A-Za-z0-9-]+", value), value
        return "*"
    return re.sub(" long(est)?$", "", value) if key == "class" else value


def expected_values(attack: str, number: int) -> dict[tuple[str, str], str]:
    """Return what attributes may hold because of an attack, with what its harmless twin puts there."""
    twin, shown = peaceful(attack, number), clean(attack)
    return {
        ("content", shortened(shown)): shortened(twin.text),
        ("content", shown): twin.text,
        ("href", unescape(web_address(attack) or shown)): twin.url,
    }


def text_of(page: html.HtmlElement) -> str:
    """Return the text of a page but for data in scripts, with line ends and runs of blanks as one blank each."""
    texts = page.xpath(".//text()[not(parent::script)]")
    return re.sub("[ \t\r\n\f]+", " ", "".join(texts))


def attacked(harmless: str, attacks: Mapping[int, str]) -> str:
    """Return a text with every harmless twin in it exchanged for what it stands for."""
    text = re.sub("([\ue000-\uf8ff])[bب]*", lambda found: attacks[ord(found[1]) - 0xE000], harmless)
    return re.sub(" +", " ", text)
