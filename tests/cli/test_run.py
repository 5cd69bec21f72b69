"""`digest fetch` and `digest run`: day after day, from feeds that roll on to a site, with nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import init, main
from generator.ingest import list_seeds
from generator.storage.records import Records
from tests.support.loopback import Site, serving

REVIEWED = "وصلت السفينة إلى الميناء صباح اليوم."
TMX = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="ar" datatype="plaintext" segtype="sentence" adminlang="en" o-tmf="x" creationtool="x" creationtoolversion="1"/><body>
<tu><tuv xml:lang="ar"><seg>{REVIEWED}</seg></tuv><tuv xml:lang="en"><seg>The ship arrived this morning.</seg></tuv></tu>
</body></tmx>
"""
DAYS = ["السبت", "الأحد", "الاثنين"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def digest(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a digest with two feeds, one of them in its list and one in its settings."""
    folder = tmp_path / "digest"
    init.lay_out(folder)
    (folder / "memory/ar-en.tmx").write_text(TMX, "utf-8")
    (folder / "seeds/welcome.txt").unlink()
    (folder / "seeds/welcome.yml").unlink()
    outline = f'<outline text="Ports" xmlUrl="{site.base}/ports"/>'
    (folder / "sources.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    settings["extra"]["digest"]["sources"] = [{"url": f"{site.base}/city", "name": "City", "full_text": True}]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    return folder


def run(folder: Path, *arguments: str) -> Result:
    options = ["--allow-private", "127.0.0.1", "-f", str(folder / "mkdocs.yml")]
    return CliRunner().invoke(main, [*arguments, *options])


def items(*texts: tuple[str, str]) -> bytes:
    made = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>خبر {guid}</title><description>{text}</description></item>"
        for guid, text in texts
    )
    return f"<rss version='2.0'><channel><title>Ports</title><language>ar</language>{made}</channel></rss>".encode()


def roll(site: Site, day: int) -> None:
    """Let the feeds show two entries each: those of yesterday, which one of them corrects, and of today."""
    shown = [
        (f"p{n}", f"{REVIEWED} {DAYS[n]} كان ممطرا.{' ثم أشرقت الشمس.' if n < day else ''}")
        for n in range(day + 1)
    ]
    site.put("/ports", items(*shown[-2:]), "application/rss+xml", ETag=f'"{day}"')
    entries = ""
    for n in range(day + 1)[-2:]:
        text = f"افتتح رئيس البلدية مدرسة جديدة يوم {DAYS[n]} في حي الزهور. " * 3
        link = site.put(
            f"/city/{n}", f"<title>مدرسة {n}</title><article><h1>مدرسة {n}</h1><p>{text}</p></article>".encode()
        )
        entries += f"<item><title>مدرسة {n}</title><link>{link}?utm_source=rss{day}</link></item>"
        site.put(f"/city/{n}?utm_source=rss{day}", status=301, Location=f"/city/{n}")
    site.put("/city", f"<rss version='2.0'><channel><title>C</title>{entries}</channel></rss>".encode())


def test_three_days_of_rolling_feeds_lose_nothing(digest: Path, site: Site) -> None:
    records = Records(digest / "docs", "en")
    slugs: dict[str, str] = {}
    for day in range(3):
        roll(site, day)
        done = run(digest, "run", "--json")
        assert done.exit_code == 0, done.output
        report = json.loads(done.stdout)
        assert (report["built"], report["faults"], report["fetch"]["new"]) == (True, [], 2)
        assert report["fetch"]["updated"] == bool(day)
        assert report["generate"]["articles"] == len(list_seeds(digest / "seeds")[0]) == 2 * (day + 1)
        assert report["generate"]["gone"] == []
        now = {record.digest.document.article.title or "": record for record in records.all()}
        assert len(now) == 2 * (day + 1)
        assert {
            slug: digest.joinpath("site/en/articles", slug, "index.html").is_file() for slug in slugs.values()
        } == dict.fromkeys(slugs.values(), True)
        assert {title: now[title].digest.document.article.slug for title in slugs} == slugs
        slugs = {title: record.digest.document.article.slug for title, record in now.items()}
        if day == 0:  # an editor corrects a sentence of an article that its source changes tomorrow
            page = digest / "docs/en/articles" / slugs["خبر p0"] / "index.md"
            page.write_text(page.read_text("utf-8").replace("The ship arrived", "The steamer came in"), "utf-8")
        reviewed = [
            segment.target
            for record in now.values()
            for segment in record.segments
            if segment.origin == "reviewed"
        ]
        assert reviewed == [
            "The steamer came in this morning." if day else "The ship arrived this morning."
        ] * (day + 1)
    assert run(digest, "run", "--quiet").output == ""
    front = (digest / "docs/en/index.md").read_text("utf-8")
    assert front.count("<time datetime=") == front.count(">Added on ") == 6


def test_what_fails_is_named_and_the_rest_is_built(digest: Path, site: Site) -> None:
    roll(site, 0)
    site.put("/ports", status=500)
    done = run(digest, "run")
    assert done.exit_code == 1
    assert (
        f"digest: Ports: {site.base}/ports: the server answers 500; check whether it is at fault" in done.stderr
    )
    last = done.stdout.splitlines()[-1]
    assert last.startswith("2 sources: 1 new, 1 failed; 1 article, ") and last.endswith("the site is built")
    (digest / "sources.opml").write_text("<html/>")
    done = run(digest, "run", "--json")
    assert (done.exit_code, json.loads(done.stdout)["built"]) == (1, True)
    (digest / "docs/en/about.md").write_text("<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs\n")
    done = run(digest, "run")
    assert done.exit_code == 1 and done.stdout.splitlines()[-1].endswith("the site is as it was")


def test_what_the_build_warns_of_is_passed_on_and_nothing_else(digest: Path) -> None:
    pages = "# Contact\n\n[Gone](gone.md)\n"
    (digest / "docs/en").mkdir(parents=True)
    (digest / "docs/en/contact.md").write_text(pages, "utf-8")
    (digest / "sources.opml").unlink()
    settings = (digest / "mkdocs.yml").read_text("utf-8")
    (digest / "mkdocs.yml").write_text(f"{settings}\nsite_description: News\n", "utf-8")
    (digest / "seeds/a.txt").write_text(REVIEWED, "utf-8")
    lines = [line for line in run(digest, "run").stderr.splitlines() if not line.startswith("digest: ")]
    assert [line.split("-", 1)[0].strip() for line in lines] == ["WARNING", "WARNING"]
    assert "site_description has no effect" in lines[0]
    assert "gone.md" in lines[1]
    assert not [line for line in run(digest, "run", "--quiet").stderr.splitlines() if "WARNING" in line]


def test_models_are_installed_where_that_is_wanted(
    digest: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{site.base}/index/")
    monkeypatch.setenv("no_proxy", "*")
    roll(site, 0)
    assert run(digest, "run").exit_code == 0
    assert site.asked("/index/") + site.asked("/index/index.json") == 0
    done = run(digest, "run", "--install")
    assert done.exit_code == 0 and "no model is installed for ar-en (" in done.stderr
    assert "the server answers 404" in done.stderr
    assert done.stdout.endswith("the site is built\n")


def test_fetch_tells_what_is_new_and_takes_names(digest: Path, site: Site) -> None:
    roll(site, 1)
    done = run(digest, "fetch", "Ports")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["Ports: 2 new, 0 updated, 0 unchanged", "1 source: 2 new"]
    assert json.loads(run(digest, "fetch", "--json", f"{site.base}/ports").stdout)["unchanged"] == 2
    done = run(digest, "fetch", "Harbours")
    assert done.exit_code == 1
    assert done.stderr == "digest: Harbours: no such source; give its name or address as it is listed\n"
    (digest / "sources.opml").unlink()
    site.put("/city", status=404)
    done = run(digest, "fetch")
    assert (done.exit_code, done.stdout) == (1, "1 source: 0 new, 1 failed\n")
    assert done.stderr == f"digest: City: {site.base}/city: the server answers 404; check the address\n"
