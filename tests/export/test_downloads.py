"""The whole digest in one file: by command, and offered to readers as long as the digest is small."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from translate.storage import tmx as toolkit_tmx

from generator import config, export, render
from generator.cli import main
from generator.formats.tmx import tmx_lines
from generator.model import Translation
from generator.review import exchange
from generator.storage import records
from generator.storage.docs_folder import DocsFolder
from generator.translate.memory import Memory
from tests.support import samples
from tests.support.epub_parts import X, chapters, text
from tests.support.hostile_texts import ATTACKS
from tests.support.samples import ROOT, by_machine, translation


def digest_of(folder: Path, articles: list[Translation]) -> config.Settings:
    """Return a digest that has these articles' records, and nothing else, below its docs."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for each in articles:
        file = folder / "docs" / records.record_path("en", each.digest.document.article.slug)
        file.parent.mkdir(parents=True)
        file.write_bytes(records.dump_record(each))
    return config.load(folder / "mkdocs.yml")


@pytest.fixture
def digest(tmp_path: Path) -> config.Settings:
    return digest_of(tmp_path, samples.every_kind())


def digest_export(settings: config.Settings, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments, "-f", str(settings.root / "mkdocs.yml")])


def titles(file: Path) -> list[str]:
    return [text(page.find(".//h:h1", X)) for page in chapters(file.read_bytes())]


def translated(articles: list[Translation]) -> dict[str, tuple[str, str, str]]:
    """Return what a memory of these articles must hold: place to source, target and origin."""
    return {
        f"{each.digest.document.article.slug}#{place}": (segment.source, segment.target, segment.origin)
        for each in articles
        for place, segment in [("title", each.title), *((f"s{n}", s) for n, s in enumerate(each.segments, 1))]
        if segment.target
    }


# The book


def test_a_book_holds_the_articles_newest_first(digest: config.Settings, tmp_path: Path) -> None:
    result = digest_export(digest, "epub", str(tmp_path / "all.epub"))
    assert (result.exit_code, result.output) == (0, f"{tmp_path}/all.epub: 7 articles\n")
    assert titles(tmp_path / "all.epub")[:2] == ["NATO Secretary General speaks", "Obama (أوباما) said so."]
    digest_export(digest, "epub", str(tmp_path / "two.epub"), "--newest", "2")
    assert titles(tmp_path / "two.epub") == titles(tmp_path / "all.epub")[:2]
    result = digest_export(digest, "epub", str(tmp_path / "ar.epub"), "--language", "ar")
    assert result.output.endswith("ar.epub: 4 articles\n")
    assert titles(tmp_path / "ar.epub")[0] == "قال أوباما (Obama) ذلك."


def test_what_cannot_be_exported_is_said_in_one_line(digest: config.Settings, tmp_path: Path) -> None:
    result = digest_export(digest, "epub", str(tmp_path / "x.epub"), "--language", "fr")
    assert (result.exit_code, result.stderr) == (
        1,
        "digest: fr: the digest has no pages in this language; choose en or ar or zh\n",
    )
    (tmp_path / "file").write_text("")
    result = digest_export(digest, "epub", str(tmp_path / "file/x.epub"))
    assert result.exit_code == 1 and result.stderr.count("\n") == 1
    shutil.rmtree(digest.docs)
    for kind, what in (("epub", "there are no articles"), ("tmx", "nothing is translated")):
        result = digest_export(digest, kind, str(tmp_path / "none"))
        assert (result.exit_code, result.output) == (0, f"{what}; nothing was written\n")
        assert not (tmp_path / "none").exists()


# The memory


def test_another_program_reads_the_segments_of_the_whole_site(digest: config.Settings, tmp_path: Path) -> None:
    result = digest_export(digest, "tmx", str(tmp_path / "all.tmx"))
    wanted = translated(samples.every_kind())
    assert result.output == f"{tmp_path}/all.tmx: {len(wanted)} segments\n"
    content = (tmp_path / "all.tmx").read_bytes()
    found = {}
    for language in ("ar", "zh"):
        store = toolkit_tmx.tmxfile(io.BytesIO(content), language, "en")
        for unit in store.units:
            if unit.xmlelement.get("srclang") == language:
                facts = {each.get("type"): each.text for each in unit.xmlelement.iterfind("{*}prop")}
                found[unit.xmlelement.get("tuid")] = (unit.source, unit.target, facts["x-origin"])
                assert f"{facts['x-article']}#{facts['x-sentence']}" == unit.xmlelement.get("tuid")
                assert ("x-engine" in facts) == (facts["x-origin"] == "machine")
    assert found == wanted


def test_hostile_texts_are_segments_like_others(tmp_path: Path) -> None:
    texts = [each.encode("utf-8", "replace").decode() for each in ATTACKS.values()]
    settings = digest_of(
        tmp_path, [translation(f"a{n:03}", "ar", [[by_machine(each, each)]]) for n, each in enumerate(texts)]
    )
    digest_export(settings, "tmx", str(tmp_path / "all.tmx"))
    store = toolkit_tmx.tmxfile(io.BytesIO((tmp_path / "all.tmx").read_bytes()), "ar", "en")
    assert len(store.units) == 2 * len(texts)
    with (tmp_path / "all.tmx").open("rb") as stream:
        assert sum(line.startswith("<tu") for _, line in tmx_lines(stream, "all.tmx")) == 2 * len(texts)


def test_a_machines_segments_do_not_come_back_as_peoples(digest: config.Settings, tmp_path: Path) -> None:
    digest_export(digest, "tmx", str(tmp_path / "all.tmx"))
    taken = exchange.import_reviewed(digest, tmp_path / "all.tmx")
    origins = [origin for _, _, origin in translated(samples.every_kind()).values()]
    assert taken.unconfirmed == origins.count("machine") > 0
    settled = Memory.load(digest.memory, "ar", "en").exact
    assert settled == {
        s: t for s, t, origin in translated(samples.every_kind()).values() if origin == "reviewed"
    }


# Offered to readers


def offered(settings: config.Settings, articles: list[Translation]) -> dict[str, bytes]:
    entries = [render.ListedArticle.of(each) for each in articles]
    trees = render.trees((entry.language for entry in entries), "en")
    return {made.path: made.make() for made in export.downloads(settings, entries, trees)}


def test_readers_get_the_files_that_the_commands_write(digest: config.Settings, tmp_path: Path) -> None:
    made = offered(digest, samples.every_kind())
    assert set(made) == {"en/digest.epub", "ar/digest.epub", "zh/digest.epub", "digest.tmx"}
    assert made == offered(digest, samples.every_kind()[::-1])
    digest_export(digest, "tmx", str(tmp_path / "digest.tmx"))
    assert (tmp_path / "digest.tmx").read_bytes() == made["digest.tmx"]
    digest_export(digest, "epub", str(tmp_path / "digest.epub"), "--language", "ar")
    assert (tmp_path / "digest.epub").read_bytes() == made["ar/digest.epub"]


def test_empty_and_untranslated_digests_offer_less(tmp_path: Path) -> None:
    assert offered(digest_of(tmp_path, []), []) == {}
    (tmp_path / "pending").mkdir()
    pending = [samples.pending()]
    assert set(offered(digest_of(tmp_path / "pending", pending), pending)) == {
        "en/digest.epub",
        "ar/digest.epub",
    }


def test_a_large_digest_offers_its_newest_articles(
    digest: config.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = samples.every_kind()
    monkeypatch.setattr(export, "MOST", 2)
    made = offered(digest, articles)
    assert made == offered(digest, articles[::-1])
    (tmp_path / "en.epub").write_bytes(made["en/digest.epub"])
    digest_export(digest, "epub", str(tmp_path / "two.epub"), "--newest", "2")
    assert titles(tmp_path / "en.epub") == titles(tmp_path / "two.epub")
    newest = render.newest_first(map(render.ListedArticle.of, articles))[:2]
    assert {each.slug for each in newest} == set(
        re.findall(r'x-article">([^<]+)<', made["digest.tmx"].decode())
    )
    for each in articles:  # no other record is opened
        if each.digest.document.article.slug not in {one.slug for one in newest}:
            (digest.docs / records.record_path("en", each.digest.document.article.slug)).unlink()
    assert offered(digest, articles) == made
    assert export.notices(digest, 7) == [
        "digest.epub and digest.tmx hold the newest 2 of 7 articles; digest export writes them with all"
    ]
    assert export.notices(digest, 2) == []


def test_a_digest_without_an_address_says_why_it_has_no_feeds(digest: config.Settings) -> None:
    (line,) = export.notices(replace(digest, site_url=""), 7)
    assert line == "feeds need the site's address and were left out; set site_url in mkdocs.yml"
    assert export.notices(replace(digest, site_url=""), 0) == []


def test_only_what_changed_is_made_again(digest: config.Settings) -> None:
    articles = samples.every_kind()
    entries = [render.ListedArticle.of(each) for each in articles]
    last: dict[str, str] = {}

    def stale() -> set[str]:
        now: dict[str, str] = {}

        def is_stale(path: str, facts: object) -> bool:
            now[path] = repr(facts)
            return last.get(path) != now[path]

        pages = export.downloads(digest, entries, ("en", "ar", "zh"))
        made = {each.path for each in pages if is_stale(each.path, each.facts)}
        last.update(now)
        return made

    assert len(stale()) == 4
    assert stale() == set()
    file = digest.docs / records.record_path("en", "zh-news")
    file.write_bytes(file.read_bytes().replace("王小明".encode(), "王大明".encode()))
    assert stale() == {"en/digest.epub", "zh/digest.epub", "digest.tmx"}


def test_the_shelf_knows_these_files_and_leaves_a_persons_alone(digest: config.Settings) -> None:
    shelf = DocsFolder(digest.docs)
    entries = [render.ListedArticle.of(each) for each in samples.every_kind()]
    outputs = [page.output() for page in export.downloads(digest, entries, ("en", "ar"))]
    (digest.docs / "ar").mkdir()
    (digest.docs / "ar/digest.epub").write_bytes(b"a person's book")
    shelf.write(outputs)
    assert (digest.docs / "ar/digest.epub").read_bytes() == b"a person's book" and len(shelf.refused) == 1
    gone = DocsFolder(digest.docs).prune()
    assert {"en/digest.epub", "digest.tmx"} <= set(gone) and "ar/digest.epub" not in gone
