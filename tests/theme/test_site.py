"""The site that a plain, strict `mkdocs build` makes of the pages: every path, every head, every link."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from generator.export import MOST
from tests.support import samples
from tests.support.samples import READY, STAYS, by_hand, by_machine, translation

BASE = "https://example.org/"
DIRECTIONS = {"en": "ltr", "ar": "rtl", "zh": "ltr"}
XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGES = ("ar", "en", "unknown", "zh")

ARTICLES = {
    "en": (STAYS, READY, "zh-news", "mixed", "pending", "english", "unknown"),
    "ar": (STAYS, READY, "mixed", "pending"),
    "zh": ("zh-news",),
}
ARCHIVES = {
    "en": ("", "2019-11/", "2016-01/", "source/新华社/", *(f"language/{code}/" for code in LANGUAGES)),
    "ar": ("", "2016-01/"),
    "zh": ("", "2019-11/", "source/新华社/"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.build_site(tmp_path_factory.mktemp("project"), samples.every_kind())


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Return every page by its address below the site."""
    return {
        quote(str(file.relative_to(site))).removesuffix("index.html"): html.fromstring(file.read_bytes())
        for file in sorted(site.rglob("*.html"))
    }


def tree_of(address: str) -> str:
    first = address.split("/", maxsplit=1)[0]
    return first if first in DIRECTIONS else "en"


def sentences(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.xpath("//li[starts-with(@id, 's')]")  # type: ignore[no-any-return]


def paths(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def hashes(folder: Path) -> dict[str, str]:
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in paths(folder)}


def test_the_site_is_these_files_and_no_others(site: Path) -> None:
    expected = {"index.html", "404.html", "robots.txt", "sitemap.xml", "sitemap.xml.gz"}
    for tree, slugs in ARTICLES.items():
        expected |= {f"{tree}/index.html", f"{tree}/search/index.html", f"{tree}/about/index.html"}
        expected |= {f"{tree}/articles/{slug}/index.html" for slug in slugs}
        expected |= {f"{tree}/{name}" for name in ("feed.xml", "atom.xml", "feed.json")}
        expected |= {f"{tree}/archive/{name}index.html" for name in ARCHIVES[tree]}
    expected |= {f"en/articles/{slug}/article.json" for slug in ARTICLES["en"]} | {"digest.jsonl"}
    found = {path for path in paths(site) if not path.startswith(("assets/", "search-index/"))}
    assert found == expected


def test_assets_are_ours_and_one_stylesheet_of_material(site: Path) -> None:
    found = {re.sub(r"\.[0-9a-f]{8}\.", ".", path) for path in paths(site / "assets")}
    assert {path for path in found if "fonts/" not in path and not path.startswith("search")} == {
        "apple-touch-icon.png",
        "boot.js",
        "card.png",
        "digest.css",
        "favicon.png",
        "languages.css",
        "favicon.svg",
        "reading.js",
        "sentence.css",
        "sentence.js",
        "stylesheets/main.min.css",
        "words.js",
    }
    fonts = {path for path in found if path.endswith(".woff2")}
    assert len(fonts) == 5
    for font in fonts:
        family = re.sub("-(arabic|latin)-[0-9]+-normal.woff2$", "", font.removeprefix("fonts/"))
        assert f"fonts/LICENSE-{family}.txt" in found


def loaded_by(site: Path, address: str) -> list[Path]:
    """Return the page at an address, and the stylesheets and scripts that it loads with itself."""
    page = html.fromstring((site / unquote(address) / "index.html").read_bytes())
    links = page.xpath("//link[@rel='stylesheet' or @rel='modulepreload']/@href | //script/@src")
    return [
        site / unquote(address) / "index.html",
        *((site / unquote(address) / link).resolve() for link in links),
    ]


def test_only_what_people_wrote_or_edited_loads_materials_stylesheet(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.every_kind())
    (tmp_path / "docs/en/mine.md").write_text("# Mine\n", "utf-8")
    about = tmp_path / "docs/ar/about.md"
    about.write_text(about.read_text("utf-8") + "\nسطر جديد\n", "utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    sheets = {
        file.parent.relative_to(tmp_path / "site").as_posix(): [
            sheet.split("/")[-1].split(".")[0]
            for sheet in html.fromstring(file.read_bytes()).xpath("//link[@rel='stylesheet']/@href")
        ]
        for file in tmp_path.glob("site/**/index.html")
    }
    both = {path for path, found in sheets.items() if found == ["main", "digest"]}
    assert both == {"en/mine", "ar/about"}
    others = {tuple(found) for path, found in sheets.items() if path not in both}
    assert others == {("digest",)}


def test_an_article_weighs_little(tmp_path: Path) -> None:
    """Before its faces come: a page, its stylesheet and its scripts, compressed as servers do."""
    pairs = [pair for article in samples.reviewed().values() for pair in article]
    text = [[by_hand(f"{source} {n}", f"{target} {n}")] for n in range(4) for source, target in pairs][:143]
    long = translation("long", "ar", text, picked=(0, 20, 50))
    site = samples.build_site(tmp_path, [*samples.every_kind(), long])
    for slug in (*ARTICLES["en"], "long"):
        loaded = [len(gzip.compress(file.read_bytes(), 6)) for file in loaded_by(site, f"en/articles/{slug}/")]
        assert len(loaded) >= 4
        assert sum(loaded) < 45_000
    for file in site.glob("**/index.html"):
        loaded = [
            len(gzip.compress(each.read_bytes(), 6))
            for each in loaded_by(site, str(file.parent.relative_to(site)))
        ]
        assert sum(loaded) < 45_000, file


def test_crawlers_are_told_where_the_sitemap_is(site: Path, tmp_path: Path) -> None:
    assert (site / "robots.txt").read_text("utf-8").endswith(f"\nSitemap: {BASE}sitemap.xml\n")
    samples.write_docs(tmp_path, samples.seeds())
    (tmp_path / "docs/robots.txt").write_text("mine", "utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    assert (tmp_path / "site/robots.txt").read_text("utf-8") == "mine"


def test_icons_are_there_at_the_sizes_that_pages_name(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    icons = pages["en/"].xpath("//link[@rel='icon' or @rel='apple-touch-icon']")
    assert [PurePosixPath(icon.get("href")).name for icon in icons] == [
        "favicon.png",
        "favicon.svg",
        "apple-touch-icon.png",
    ]
    for name, size in (("favicon", 96), ("apple-touch-icon", 180)):
        header = (site / f"assets/{name}.png").read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert [int.from_bytes(header[at : at + 4]) for at in (16, 20)] == [size, size]


def test_every_page_says_its_language_and_direction(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        tree = tree_of(address)
        assert (page.get("lang"), page.get("dir")) == (tree, DIRECTIONS[tree]), address
        assert page.find("body").get("dir") == DIRECTIONS[tree], address


def test_every_passage_says_its_language_and_direction(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        for passage in [*page.find_class("source"), *page.find_class("target")]:
            letters = passage.text_content()
            if re.search("[\u0600-\u06ff]", letters) and not re.search("[A-Za-z]", letters):
                assert (passage.get("lang"), passage.get("dir")) == ("ar", "rtl"), address
            elif re.search("[\u4e00-\u9fff]", letters):
                assert (passage.get("lang"), passage.get("dir")) == ("zh", "ltr"), address
            elif not re.search("[\u0600-\u06ff]", letters):
                assert passage.get("lang") in ("en", "und") and passage.get("dir") == "ltr", address


def test_both_languages_stand_sentence_beside_sentence(pages: dict[str, html.HtmlElement]) -> None:
    for slug, pairs in samples.reviewed().items():
        for tree in ("en", "ar"):
            items = sentences(pages[f"{tree}/articles/{slug}/"])
            assert [item.get("id") for item in items] == [f"s{n}" for n in range(1, len(pairs) + 1)]
            for item, (source, target) in zip(items, pairs, strict=True):
                assert item.find_class("source")[0].text_content() == source
                assert item.find_class("target")[0].text_content() == target
                assert item.find_class("number")[0].get("href") == f"#{item.get('id')}"


def test_links_lead_somewhere(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        ids = set(page.xpath("//@id"))
        assert len(ids) == len(page.xpath("//@id")), f"{address}: an id twice"
        for target in page.xpath("//a/@href | //link/@href | //script/@src | //form/@action"):
            parts = urlsplit(urljoin(BASE + address, target))
            if parts.netloc != urlsplit(BASE).netloc:
                assert parts.geturl() == "https://example.com/news?id=1&lang=zh#top"
                continue
            file = site / unquote(parts.path).lstrip("/")
            assert file.is_file() or (file / "index.html").is_file(), f"{address}: {target}"
            if target.startswith("#"):
                assert parts.fragment in ids, f"{address}: {target}"


def alternates(page: html.HtmlElement) -> dict[str, str]:
    links = [link for link in page.iter("link") if (link.get("rel") or "").strip() == "alternate"]
    links = [link for link in links if link.get("hreflang")]
    return {link.get("hreflang"): link.get("href") for link in links}


def test_alternates_are_absolute_and_reciprocal(
    pages: dict[str, html.HtmlElement],
) -> None:
    for address, page in pages.items():
        if address == "404.html":
            continue
        canonical = page.xpath("string(//link[@rel='canonical']/@href)")
        assert canonical == BASE + address
        found = alternates(page)
        assert all(url.startswith(BASE) for url in found.values()), address
        if address:
            assert found[tree_of(address)] == canonical
        for url in found.values():
            other = alternates(pages[url.removeprefix(BASE)])
            assert other == found, f"{address} and {url} disagree"


@pytest.mark.parametrize(
    ("address", "languages", "default"),
    [
        ("", {"en", "ar", "zh"}, ""),
        ("ar/", {"en", "ar", "zh"}, ""),
        (f"ar/articles/{STAYS}/", {"en", "ar"}, f"en/articles/{STAYS}/"),
        ("zh/articles/zh-news/", {"en", "zh"}, "en/articles/zh-news/"),
        ("en/articles/english/", {"en"}, "en/articles/english/"),
        ("zh/about/", {"en", "ar", "zh"}, "en/about/"),
    ],
)
def test_alternates_name_the_trees_in_which_a_page_stands(
    pages: dict[str, html.HtmlElement], address: str, languages: set[str], default: str
) -> None:
    found = alternates(pages[address])
    assert set(found) == languages | {"x-default"}
    assert found["x-default"] == BASE + default


@pytest.mark.parametrize(
    ("address", "switches"),
    [
        (f"en/articles/{STAYS}/", {"ar": f"ar/articles/{STAYS}/", "zh": "zh/"}),
        ("ar/articles/mixed/", {"en": "en/articles/mixed/", "zh": "zh/"}),
        ("en/articles/zh-news/", {"ar": "ar/", "zh": "zh/articles/zh-news/"}),
        ("zh/about/", {"en": "en/about/", "ar": "ar/about/"}),
        ("404.html", {"ar": "ar/", "zh": "zh/"}),
    ],
)
def test_the_language_switch_leads_to_the_same_page_or_the_nearest(
    pages: dict[str, html.HtmlElement], address: str, switches: dict[str, str]
) -> None:
    links = pages[address].find_class("masthead-languages")[0].findall("a")
    found = {link.get("hreflang"): urljoin(BASE + address, link.get("href")) for link in links}
    assert found == {tree: BASE + path for tree, path in switches.items()}
    for link in links:
        assert (link.get("lang"), link.get("dir")) == (link.get("hreflang"), DIRECTIONS[link.get("hreflang")])


def heads(page: html.HtmlElement) -> dict[str, str]:
    return {
        meta.get("property") or meta.get("name"): meta.get("content")
        for meta in page.xpath("//meta[@property or @name]")
    }


def test_other_sites_can_show_a_card_of_every_page(site: Path, tmp_path: Path) -> None:
    pages = {path: html.fromstring((site / path / "index.html").read_bytes()) for path in ("en", "ar")}
    article = heads(html.fromstring((site / f"en/articles/{STAYS}/index.html").read_bytes()))
    assert {**article}.items() >= {
        "og:image": f"{BASE}assets/card.png",
        "og:locale": "en_US",
        "og:site_name": "Multilingual Digest",
        "og:type": "article",
        "twitter:card": "summary_large_image",
    }.items()
    assert "article:published_time" not in article
    assert heads(pages["ar"])["og:locale"] == "ar_EG"
    size = (site / "assets/card.png").read_bytes()[16:24]
    assert [int.from_bytes(size[at : at + 4], "big") for at in (0, 4)] == [1200, 630]

    samples.write_docs(tmp_path, [samples.chinese()])
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(re.sub("(?m)^site_url:.*$", "site_url: ''", settings), "utf-8")
    (tmp_path / "docs/assets").mkdir()
    (tmp_path / "docs/assets/card.png").write_bytes(b"our own")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    dated = heads(html.fromstring((tmp_path / "site/en/articles/zh-news/index.html").read_bytes()))
    assert dated["article:published_time"] == "2019-11-02"
    assert dated["twitter:card"] == "summary"
    assert "og:image" not in dated and "og:url" not in dated  # only absolute addresses count there
    assert (tmp_path / "site/assets/card.png").read_bytes() == b"our own"


@pytest.mark.parametrize(
    ("settings", "href"),
    [
        ("", None),
        (
            "repo_url: https://github.com/o/r\nedit_uri: edit/main/docs/\n",
            "https://github.com/o/r/edit/main/docs/en/articles/zh-news/index.md",
        ),
        (
            "repo_url: https://github.com/o/r\n",  # MkDocs guesses where pages lie, perhaps wrongly
            "https://github.com/o/r/issues/new?title=NATO%20Secretary%20General%20speaks%20&body=%0A%0A"
            "https%3A%2F%2Fexample.org%2Fen%2Farticles%2Fzh-news%2F",
        ),
    ],
)
def test_a_better_translation_is_proposed_where_the_pages_are(
    tmp_path: Path, settings: str, href: str | None
) -> None:
    samples.write_docs(tmp_path, [samples.chinese(), samples.english()])
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{settings}")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    page = html.fromstring((tmp_path / "site/en/articles/zh-news/index.html").read_bytes())
    assert page.xpath("//p[@class='report']/a/@href") == ([href] if href else [])
    assert bool(page.xpath("//template//a")) == bool(href)
    original = html.fromstring((tmp_path / "site/en/articles/english/index.html").read_bytes())
    assert original.xpath("//template") and not original.xpath("//template//a | //p[@class='report']")


def test_a_strict_policy_and_nothing_that_it_would_forbid(pages: dict[str, html.HtmlElement]) -> None:
    for address, page in pages.items():
        policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert not page.xpath(
            "//style | //*[@style] | //script[not(@src or @type='application/ld+json')] | //meta[@name='generator']"
        ), address
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), address
        for url in page.xpath("//@src | //link[not(@hreflang or @rel='canonical')]/@href"):
            assert not urlsplit(url).netloc, f"{address}: {url}"


def test_the_sitemap_names_every_page_and_its_languages(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    sitemap = etree.parse(site / "sitemap.xml")
    found = {url.findtext(f"{SITEMAP}loc"): url for url in sitemap.iter(f"{SITEMAP}url")}
    assert set(found) == {BASE + address for address in pages if address != "404.html"}
    links = found[f"{BASE}ar/articles/{READY}/"].findall(f"{XHTML}link")
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        tree: f"{BASE}{tree}/articles/{READY}/" for tree in ("en", "ar")
    }
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == (site / "sitemap.xml").read_bytes()


def test_an_article_weighs_under_60_kilobytes_without_fonts(site: Path) -> None:
    for slug in (STAYS, READY):
        page = site / "en/articles" / slug / "index.html"
        tree = html.fromstring(page.read_bytes())
        loaded = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src | //link[@rel='icon']/@href")
        files = [page, *(page.parent / path for path in loaded)]
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 60_000


def test_two_builds_give_the_same_bytes(site: Path) -> None:
    before = hashes(site)
    assert samples.mkdocs_build(site.parent, "--site-dir", str(site.parent / "again")).returncode == 0
    assert hashes(site.parent / "again") == before


def test_a_language_appears_with_its_first_article(tmp_path: Path) -> None:
    seeds = samples.build_site(tmp_path / "two", samples.seeds())
    assert {file.parent.name for file in seeds.glob("*/index.html")} == {"en", "ar"}
    assert "中文" not in (seeds / "en/index.html").read_text("utf-8")


def test_a_missing_string_is_said_in_english_and_in_the_log(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    strings = tmp_path / "generator/theme/strings/ar.yml"
    without = re.sub(r"^  skip: .*\n", "", strings.read_text("utf-8"), count=1, flags=re.MULTILINE)
    strings.write_text(without, encoding="utf-8")
    result = samples.mkdocs_build(tmp_path)
    assert result.returncode == 1
    assert "strings/ar.yml lacks site.skip, so it is said in English" in result.stderr


def test_a_target_without_words_of_its_own_has_an_english_interface(tmp_path: Path) -> None:
    told = translation("a", "ar", [[by_hand("قال الأمين العام ذلك.", "La ĝenerala sekretario diris tion.")]])
    samples.write_docs(tmp_path, [replace(told, target_language="eo")], target="eo")
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8").replace("target: en", "target: eo")
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    page = html.fromstring((tmp_path / "site/eo/articles/a/index.html").read_bytes())
    assert (page.get("lang"), page.get("dir")) == ("eo", "ltr")
    assert "From Arabic to Esperanto: translation reviewed" in page.text_content()


def test_an_empty_digest_is_still_a_site(tmp_path: Path) -> None:
    site = samples.build_site(tmp_path, [])
    assert "No articles yet." in (site / "en/index.html").read_text("utf-8")


def test_pages_by_hand_join_the_navigation_and_their_titles_are_only_text(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    for name, title in (("plain", "Hand & foot"), ("hostile", "<img src=x onerror=alert(1)>")):
        page = f"---\ntitle: {title}\ndescription: '\"><b>'\n---\n\n# Heading\n\nText, **bold**.\n"
        (tmp_path / f"docs/en/{name}.md").write_text(page, encoding="utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    page = html.fromstring((tmp_path / "site/en/hostile/index.html").read_bytes())
    assert not page.xpath("//img | //title/* | //head//b")
    assert page.findtext("head/title") == "<img src=x onerror=alert(1)> · Multilingual Digest"
    assert page.xpath("string(//strong)") == "bold"
    links = [
        " ".join(link.text_content().split()) for link in page.find_class("masthead-pages")[0].findall("a")
    ]
    assert links == ["Articles", "<img src=x onerror=alert(1)>", "Hand & foot", "Search", "About"]


def test_the_pages_are_whole_without_our_theme(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.every_kind())
    (tmp_path / "mkdocs.yml").write_text("site_name: Plain\ntheme: mkdocs\nplugins: []\n", encoding="utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    page = html.fromstring((tmp_path / f"site/ar/articles/{STAYS}/index.html").read_bytes())
    shown = [item.find_class("target")[0].text_content() for item in sentences(page)]
    assert shown == [target for _, target in samples.reviewed()[STAYS]]
    assert "ترجمة مراجَعة" in page.text_content()


def test_building_needs_nothing_of_the_generator() -> None:
    theme = samples.ROOT / "generator/theme"
    for file in theme.rglob("*.py"):
        assert not re.search(r"^\s*(from|import) generator", file.read_text("utf-8"), re.MULTILINE), file


def test_a_page_of_a_hundred_is_reached_by_turning_pages(tmp_path: Path) -> None:
    articles = [translation(f"a{n:02}", "ar", [[by_machine("جملة.", f"Sentence {n}.")]]) for n in range(30)]
    site = samples.build_site(tmp_path, articles)
    first = html.fromstring((site / "en/index.html").read_bytes())
    second = html.fromstring((site / "en/page/2/index.html").read_bytes())
    assert len(first.find_class("articles")[0]) == 25
    assert len(second.find_class("articles")[0]) == 5
    assert urljoin(f"{BASE}en/", first.xpath("//a[@rel='next']/@href")[0]) == f"{BASE}en/page/2/"
    assert alternates(second)["ar"] == f"{BASE}ar/page/2/"


def test_an_offline_copy_is_made_only_where_it_is_asked_for(site: Path, tmp_path: Path) -> None:
    assert not (site / "service-worker.js").exists()
    assert not (site / "manifest.webmanifest").exists()
    samples.write_docs(tmp_path, samples.seeds())
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("offline: false", "offline: true"), "utf-8")
    for name in ("docs/en/a #1?.txt", "docs/old-index.html", "site/.htaccess", "site/.git/HEAD"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert samples.mkdocs_build(tmp_path).returncode == 0
    before = hashes(tmp_path / "site")
    kept = json.loads(
        (tmp_path / "site/service-worker.js").read_text("utf-8").split("FILES = ")[1].split(";")[0]
    )
    assert {"", "en/", f"ar/articles/{STAYS}/", "assets/digest.css", "404.html"} <= set(kept)
    assert {"en/a%20%231%3F.txt", "old-index.html"} <= set(kept)
    assert not [path for path in kept if ".git" in path or ".htaccess" in path]
    assert samples.mkdocs_build(tmp_path).returncode == 0
    assert hashes(tmp_path / "site") == before


def test_search_can_be_absent(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    theme = tmp_path / "generator/theme"
    (theme / "search_index.py").unlink()
    (theme / "templates/search.html").unlink()
    assert samples.mkdocs_build(tmp_path).returncode == 0
    assert not (tmp_path / "site/search-index").exists()


@pytest.mark.parametrize(
    "field",
    [
        *("articles: 5", "articles: [x]", "articles: [{link: x}]", "kind: [x]", "topics: y"),
        *('articles: ["x", {"link": 5}]', "name: 5\narticles: []", "spellings: [5]\narticles: []"),
        *("spellings: 5\narticles: []", 'kind: ["x"]\narticles: []', "language: [x]\ntarget: [y]"),
    ],
)
def test_front_matter_that_a_person_wrote_breaks_no_build(tmp_path: Path, field: str) -> None:
    samples.write_docs(tmp_path, samples.seeds()[:1])
    for place in (f"articles/{samples.STAYS}", "topics/mine", "stories/mine"):
        page = tmp_path / f"docs/en/{place}/index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f'---\ntitle: "Mine"\n{field}\n---\n\n# Mine\n', "utf-8")
    result = samples.mkdocs_build(tmp_path)
    assert result.returncode == 0, result.stderr


def test_an_older_address_leads_on_without_a_script(tmp_path: Path) -> None:
    articles = [translation("a_now", "ar", [[by_machine("خبر <b>.", "News <b>.")]], aliases=("old",))]
    site = samples.build_site(tmp_path, articles)
    page = html.fromstring((site / "en/articles/old/index.html").read_bytes())
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../a_now/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}en/articles/a_now/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//a/@href") == ["../a_now/"] and not page.xpath("//script | //link[@rel='stylesheet']")
    assert page.findtext(".//title") == "News <b>."
    assert (site / "ar/articles/old/index.html").exists()
    assert "articles/old/" not in (site / "sitemap.xml").read_text("utf-8")
    assert "articles/a_now/" in (site / "sitemap.xml").read_text("utf-8")
    assert not any(b"old" in file.read_bytes() for file in (site / "search-index").rglob("*.json"))


def test_pages_say_that_the_book_holds_the_newest(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    for name in ("en/digest.epub", "ar/digest.epub", "digest.tmx"):
        (tmp_path / "docs" / name).write_bytes(b"multilingual-digest")

    def words() -> set[str]:
        assert samples.mkdocs_build(tmp_path).returncode == 0
        pages = (html.fromstring((tmp_path / f"site/{tree}/index.html").read_bytes()) for tree in ("en", "ar"))
        return {link.text for page in pages for link in page.xpath("//footer//a[@type]")}

    assert "All articles as a book (EPUB)" in words()
    hook = tmp_path / "generator/theme/hook.py"
    assert f"\nNEWEST = {MOST}\n" in hook.read_text("utf-8")
    hook.write_text(hook.read_text("utf-8").replace(f"\nNEWEST = {MOST}\n", "\nNEWEST = 1\n"), "utf-8")
    assert {
        "The newest 1 articles as a book (EPUB)",
        "Translations of the newest 1 articles as a translation memory (TMX)",
        "أحدث 1 مقال في كتاب (EPUB)",
        "All articles as data (JSON Lines)",
    } <= words()


def test_languages_that_nobody_chose_cost_nothing(site: Path, tmp_path: Path) -> None:
    for file in site.rglob("*.html"):
        assert "languages.css" not in file.read_text("utf-8"), file
    basic = (site / "assets/digest.css").read_bytes()
    told = translation(
        "a", "fr", [[by_hand("Le secrétaire général l'a dit.", "The Secretary General said so.")]]
    )
    other = samples.build_site(tmp_path, [*samples.seeds(), told])
    assert {file.parent.name for file in other.glob("*/index.html")} == {"en", "ar", "fr"}
    for address in ("", "fr/", "en/", "en/articles/a/", f"ar/articles/{STAYS}/"):
        page = html.fromstring((other / address / "index.html").read_bytes())
        (sheet,) = page.xpath("//link[@rel='stylesheet']/@href")
        assert (other / address / sheet).resolve() == (other / "assets/languages.css").resolve(), address
    assert (other / "assets/languages.css").read_bytes().startswith(basic)
