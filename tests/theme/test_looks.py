"""How a digest looks: each setting of MkDocs and Material works in every language and page, or says why not."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from mkdocs.exceptions import Abort

from generator.theme import colours, hook, looks
from tests.support import samples
from tests.support.samples import STAYS
from tests.support.site_projects import build_here, first_difference, warnings_of, with_theme, write_project

PAGES = ("en/index.html", f"en/articles/{STAYS}/index.html", "en/search/index.html", "en/imprint/index.html")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
OWN_PAGES = {
    "en/imprint.md": "# Imprint\n\nWe.\n",
    "ar/imprint.md": "# بيانات النشر\n\nنحن.\n",
    "en/deep/way.md": "# A way in\n\nDeep.\n",
    "contact.md": "# Contact\n\nWrite to us.\n",
}
CHOICES: dict[str, Any] = {
    "copyright": '© <a href="https://example.org/">Lines</a>',
    "site_author": 'News "room"',
    "repo_url": "https://git.example/lines",
    "repo_name": "Sources & all",
    "edit_uri": "edit/main/docs/",
    "extra_css": ["own/own.css"],
    "extra_javascript": ["own/own.js"],
    "nav": [
        {"More": [{"Way": "en/deep/way.md"}, "en/imprint.md"]},
        "ar/imprint.md",
        {"Elsewhere": "https://example.net/"},
        "contact.md",
    ],
    "theme": {
        "logo": "own/logo.svg",
        "favicon": "own/tab.png",
        "icon": {"repo": "fontawesome/brands/git-alt"},
        "palette": [
            {"scheme": "default", "primary": "deep purple", "accent": "#0b6e4f"},
            {"scheme": "slate", "accent": "amber"},
        ],
    },
    "extra": {
        "generator": True,
        "names": {"ar": "خطوط"},
        "offline": True,
        "social": [
            {"icon": "fontawesome/brands/mastodon", "link": "https://social.example/@lines"},
            {"link": "mailto:desk@example.org", "name": "Write & call"},
        ],
    },
}
SHOWN = {
    "copyright": "//footer//span[@dir='auto']/a[@href='https://example.org/'][.='Lines']",
    "repo_url": "//footer//a[@href='https://git.example/lines']",
    "repo_name": "//footer//a[contains(., 'Sources & all')]",
    "extra_css": "//link[@rel='stylesheet'][contains(@href, 'own/own.css')]",
    "extra_javascript": "//script[contains(@src, 'own/own.js')]",
    "nav": "//nav[@class='masthead-pages']/a[@href='https://example.net/'][.='Elsewhere']",
    "theme.logo": "//header/a/img[@alt=''][contains(@src, 'own/logo.svg')]",
    "theme.icon.repo": "//footer//a[contains(@href, 'git.example')]//*[local-name()='svg']",
    "theme.favicon": "//link[@rel='icon'][@type='image/png'][contains(@href, 'own/tab.png')]",
    "theme.palette": "/html[@data-theme='light']",
    "extra.social": "//footer//li[1]/a[contains(@rel, 'me')][contains(., 'social.example')]/span/*",
    "extra.generator": "//footer//a[.='Material for MkDocs']",
    "extra.offline": "//link[@rel='manifest']",
}
"""Where every page shows a choice, and no page does without it."""


def choose(project: Path, choices: dict[str, Any]) -> Path:
    """Write settings into a project's `mkdocs.yml`, beside those that are there."""
    file = project / "mkdocs.yml"
    whole = yaml.safe_load(file.read_text("utf-8"))
    for name, value in choices.items():
        both = isinstance(value, dict) and isinstance(whole.get(name), dict)
        whole[name] = whole[name] | value if both else value
    file.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")
    return project


def with_own_files(project: Path) -> Path:
    own = {"own/logo.svg": PICTURE, "own/tab.png": PICTURE, "own/own.css": "", "own/own.js": ""}
    for name, content in (own | OWN_PAGES).items():
        file = project / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_own_files(write_project(tmp_path_factory.mktemp("looks"), samples.seeds()))


@pytest.fixture(scope="module")
def bare(project: Path) -> Path:
    return build_here(project, "bare")


@pytest.fixture(scope="module")
def site(project: Path, bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chosen = tmp_path_factory.mktemp("chosen") / "digest"
    shutil.copytree(project, chosen)
    return build_here(choose(chosen, CHOICES))


def find(site: Path, page: str, path: str) -> list[Any]:
    return list(html.fromstring((site / page).read_bytes()).xpath(path))


@pytest.mark.parametrize("name", SHOWN)
def test_a_choice_shows_on_every_page_and_only_where_it_is_made(site: Path, bare: Path, name: str) -> None:
    for page in (*PAGES, *(page.replace("en/", "ar/", 1) for page in PAGES), "404.html"):
        assert find(site, page, SHOWN[name]), page
        assert not find(bare, page, SHOWN[name]), page


def test_own_pages_join_the_masthead_in_their_order_with_those_of_no_language_in_all(site: Path) -> None:
    def masthead(page: str) -> list[str]:
        links = find(site, page, "//nav[@class='masthead-pages']/a")
        return [" ".join(link.text_content().split()) for link in links]

    assert masthead(PAGES[0]) == ["Articles", "Way", "Imprint", "Elsewhere", "Contact", "Search", "About"]
    for page in ("ar/index.html", f"ar/articles/{STAYS}/index.html"):
        assert masthead(page)[1:4] == ["بيانات النشر", "Elsewhere", "Contact"], page
    assert find(site, "contact/index.html", "//nav/a[@aria-current='page'][contains(., 'Contact')]")


def test_own_pages_need_no_navigation_in_the_settings(bare: Path) -> None:
    links = find(bare, "en/index.html", "//nav[@class='masthead-pages']/a")
    assert [" ".join(link.text_content().split()) for link in links] == [
        *("Articles", "Contact", "Imprint", "Search", "About")
    ]


def test_what_can_be_edited_leads_to_its_source_and_lists_do_not(site: Path) -> None:
    def sources(page: str) -> list[str]:
        return find(site, page, "//footer//a[contains(@rel, 'edit')]/@href")

    base = "https://git.example/lines/edit/main/docs/"
    for page in (f"en/articles/{STAYS}/index", f"ar/articles/{STAYS}/index", "en/imprint", "contact"):
        file = f"{page}.html" if page.endswith("index") else f"{page}/index.html"
        assert sources(file) == [f"{base}{page}.md"], page
    assert not sources("en/index.html") and not sources("ar/about/index.html")


def test_sources_can_be_named_by_a_template(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "digest")
    site = build_here(choose(tmp_path / "digest", {"edit_uri_template": "https://edit.example/?file={path}"}))
    page = f"en/articles/{STAYS}/index"
    found = find(site, f"{page}.html", "//footer//a[contains(@rel, 'edit')]/@href")
    assert found == [f"https://edit.example/?file={page}.md"]


def test_the_author_of_the_site_is_not_that_of_articles(site: Path) -> None:
    named = "//meta[@name='author']/@content"
    assert find(site, "en/index.html", named) == ['News "room"']
    assert not find(site, f"en/articles/{STAYS}/index.html", named)


def test_names_in_other_languages(site: Path) -> None:
    (name,) = find(site, "ar/index.html", "//header/a[@class='masthead-name']")
    assert name.text_content().strip() == "خطوط"


def test_no_page_asks_another_site_for_anything(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = html.fromstring(file.read_bytes())
        asked = page.xpath("//img/@src | //script/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert not [address for address in asked if "//" in address], file
        assert not page.xpath("//style"), file


ICONS = {"theme": {"icon": {"logo": "material/newspaper"}}}


def test_one_of_materials_icons_can_be_the_logo(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "digest")
    site = build_here(choose(tmp_path / "digest", ICONS))
    for page in PAGES:
        assert find(site, page, "//header/a/span[@class='masthead-logo']/*[local-name()='svg']"), page


@pytest.mark.parametrize(
    ("palette", "scheme", "first", "button"),
    [
        ({"accent": "teal"}, "light dark", None, True),
        ({"scheme": "slate", "primary": "teal"}, "dark", "dark", False),
        ([{"scheme": "default"}], "light", "light", False),
        ([{"scheme": "slate"}, {"scheme": "default"}], "light dark", "dark", True),
        (
            [{"media": "(prefers-color-scheme)"}, {"scheme": "default", "media": "a"}, {"scheme": "slate"}],
            *("light dark", None, True),
        ),
    ],
)
def test_schemes(
    tmp_path: Path, palette: object, scheme: str, first: str | None, button: bool, project: Path
) -> None:
    shutil.copytree(project, tmp_path / "digest")
    site = build_here(choose(tmp_path / "digest", {"theme": {"palette": palette}}))
    for name in (*PAGES, "ar/index.html", "404.html"):
        page = html.fromstring((site / name).read_bytes())
        assert page.xpath("//meta[@name='color-scheme']/@content") == [scheme]
        assert page.get("data-theme") == first
        assert bool(page.find_class("masthead-theme")) == button
        sheets = page.xpath("//link[@rel='stylesheet']/@href")
        assert len(sheets) == 1 + ("imprint" in name), name  # Material's, for what people write themselves


def test_a_warm_build_notices_every_change_of_looks(project: Path, tmp_path: Path) -> None:
    digest = tmp_path / "digest"
    shutil.copytree(project, digest)
    steps: Iterable[dict[str, Any]] = [
        {name: CHOICES[name] for name in ("copyright", "repo_url", "nav", "extra_css")},
        {"theme": {"logo": "own/logo.svg", "palette": {"accent": "teal"}}},
        {"theme": {"logo": None, "palette": {"accent": "red", "scheme": "slate"}}},
        {"theme": {"palette": None, "favicon": "own/tab.png"}, "extra": {"social": CHOICES["extra"]["social"]}},
        {
            "edit_uri": "edit/main/docs/",
            "nav": [{"Imprint!": "en/imprint.md"}],
            "extra_javascript": ["own/own.js"],
        },
        {"edit_uri": None, "repo_url": "https://github.com/example/lines"},
        {"theme": {"features": ["content.action.edit"]}},
    ]
    build_here(digest)
    for step in steps:
        build_here(choose(digest, step))
        shutil.copytree(digest, tmp_path / "cold", ignore=shutil.ignore_patterns(".cache", "site"))
        assert first_difference(digest / "site", build_here(tmp_path / "cold")) == "", step
        shutil.rmtree(tmp_path / "cold")


def test_own_files_may_lie_where_material_has_its_own(project: Path, tmp_path: Path) -> None:
    digest = shutil.copytree(project, tmp_path / "digest")
    own = ("assets/javascripts/own.js", "assets/stylesheets/palette.css", "data/river.map")
    for name in (*own, "assets/images/favicon.png"):
        (digest / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (digest / "docs" / name).write_text(name, "utf-8")
    site = build_here(choose(digest, {"extra_javascript": [own[0]]}))
    assert [(site / name).read_text("utf-8") for name in own] == [*own]
    assert [file.name for file in (site / "assets/javascripts").iterdir()] == ["own.js"]
    (icon,) = find(site, "en/index.html", "//link[@rel='icon']/@href")
    assert (site / "en" / icon).read_text("utf-8") == "assets/images/favicon.png"


def test_own_templates_may_be_any_files_and_make_no_sitemap(project: Path, tmp_path: Path) -> None:
    digest = shutil.copytree(project, tmp_path / "digest")
    (digest / "own/assets").mkdir(parents=True)
    (digest / "own/assets/read me.txt").write_bytes("Für Gäste".encode("latin-1"))
    (digest / "own/sitemap.xml").write_text("", "utf-8")
    theme = {"name": "material", "custom_dir": "own"}
    site = build_here(choose(digest, {"plugins": ["digest"], "hooks": [], "theme": theme}))
    assert (site / "en/index.html").exists()
    assert not [*site.glob("sitemap*"), *site.glob("robots.txt")]


def test_own_pages_may_have_what_the_policy_allows(project: Path, tmp_path: Path) -> None:
    digest = shutil.copytree(project, tmp_path / "digest")
    own = "# Mine\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n<audio src='../own.mp3'></audio>\n"
    (digest / "docs/en/mine.md").write_text(own, "utf-8")
    page = html.fromstring((build_here(digest) / "en/mine/index.html").read_bytes())
    assert page.xpath("//td[@align='right']/text()") == ["1"] and not page.xpath("//*[@style]")
    assert "media-src 'self'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_a_draft_is_shown_in_a_preview_alone(project: Path, tmp_path: Path) -> None:
    digest = choose(shutil.copytree(project, tmp_path / "digest"), {"draft_docs": "draft.md"})
    (digest / "docs/en/draft.md").write_text("# Not yet\n", "utf-8")
    assert not (build_here(digest) / "en/draft/index.html").exists()
    preview = build_here(digest, "preview", command="serve")
    assert find(preview, "en/draft/index.html", "//h1[.='Not yet']")
    address = find(preview, "en/draft/index.html", "//link[@hreflang='x-default']/@href")
    assert address == ["https://example.org/en/draft/"]


@pytest.mark.parametrize("extra", [{"digest": None}, {"digest": {}}, {"names": None}])
def test_an_empty_setting_chooses_nothing(
    project: Path, bare: Path, tmp_path: Path, extra: dict[str, Any]
) -> None:
    digest = choose(shutil.copytree(project, tmp_path / "digest"), {"extra": extra})
    assert (build_here(digest) / PAGES[0]).read_bytes() == (bare / PAGES[0]).read_bytes()


WRONG = {
    "theme.logo": ({"theme": {"logo": "own/none.svg"}}, "there is no such file; put it below docs/"),
    "theme.favicon": ({"theme": {"favicon": ["a"]}}, "there is no such file"),
    "theme.icon.logo": ({"theme": {"icon": {"logo": "material/nothing"}}}, "no such icon; choose one"),
    "theme.icon": ({"theme": {"icon": "material/newspaper"}}, "must be a mapping"),
    "theme.palette: accent": (
        {"theme": {"palette": {"accent": "puce"}}},
        "must be as '#0b6e4f', or one of amber",
    ),
    "theme.palette item 2: scheme": (
        {"theme": {"palette": [{"scheme": "slate"}, {"scheme": "youtube"}]}},
        "must be default or slate",
    ),
    "theme.palette": ({"theme": {"palette": "red"}}, "must hold scheme, primary and accent"),
    "extra.social": ({"extra": {"social": {"link": "https://example.org/"}}}, "must be a list"),
    "extra.social item 1: link": (
        {"extra": {"social": [{"link": "javascript:alert(1)"}]}},
        "must be an address",
    ),
    "extra.digest.target": ({"extra": {"digest": {"target": "xx"}}}, "must be a language code"),
    "extra.digest": ({"extra": {"digest": ["target"]}}, "must be a mapping"),
    "extra.names": ({"extra": {"names": "ar"}}, "must be a mapping"),
    "use_directory_urls": ({"use_directory_urls": False}, "take it out"),
    "theme.name": ({"theme": "mkdocs"}, "must be material"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_setting_that_cannot_be_right_ends_the_build_with_one_line(
    project: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(project, tmp_path / "digest")
    choices, why = WRONG[name]
    with pytest.raises(Abort) as raised:
        build_here(choose(tmp_path / "digest", choices))
    (line,) = str(raised.value).splitlines()
    assert f"mkdocs.yml: {name}" in line
    assert why in line


WITHOUT_EFFECT: dict[str, dict[str, Any]] = {
    "site_description": {"site_description": "News."},
    "theme.language": {"theme": {"language": "de"}},
    "theme.direction": {"theme": {"direction": "rtl"}},
    "theme.font": {"theme": {"font": {"text": "Merriweather"}}},
    "theme.features": {"theme": {"features": ["navigation.top", "content.action.edit"]}},
    "theme.icon": {"theme": {"icon": {"admonition": {"note": "material/newspaper"}}}},
    "extra.analytics": {"extra": {"analytics": {"provider": "google", "property": "G-1"}}},
    "extra.consent": {"extra": {"consent": {"title": "Cookies"}}},
    "extra.alternate": {"extra": {"alternate": [{"name": "English", "link": "/en/", "lang": "en"}]}},
    "extra.version": {"extra": {"version": {"provider": "mike"}}},
    "extra.homepage": {"extra": {"homepage": "https://example.org"}},
    "plugins.search": {"plugins": ["search"]},
    "extra_css": {"extra_css": ["https://cdn.example/a.css"]},
    "extra_javascript": {"extra_javascript": [{"path": "//cdn.example/a.js", "defer": True}]},
}


def test_a_setting_without_effect_is_named_with_the_way_out_and_changes_nothing(
    project: Path, bare: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(project, tmp_path / "digest")
    together: dict[str, Any] = {}
    for choice in WITHOUT_EFFECT.values():
        for name, value in choice.items():
            together[name] = together[name] | value if isinstance(value, dict) and name in together else value
    with caplog.at_level(logging.WARNING):
        site = build_here(choose(tmp_path / "digest", together))
    lines = [line for line in warnings_of(caplog) if "mkdocs.yml: " in line]
    for name in WITHOUT_EFFECT:
        (line,) = (line for line in lines if re.search(rf"mkdocs.yml: {re.escape(name)}[ :]", line))
        assert re.search("take it out$|put the file below docs/$", line), line
    assert len(lines) == len(WITHOUT_EFFECT)
    for page in (*PAGES, "ar/index.html", "404.html"):
        assert (site / page).read_bytes() == (bare / page).read_bytes(), page


def test_a_stylesheet_and_a_script_that_are_not_there_are_named(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(project, tmp_path / "digest")
    scripts = ["own/own.js", {"path": "own/none.mjs", "type": "module"}]
    choose(tmp_path / "digest", {"extra_css": ["own/own.css?v=2", "none.css"], "extra_javascript": scripts})
    with caplog.at_level(logging.WARNING):
        build_here(tmp_path / "digest")
    lines = [line.partition("mkdocs.yml: ")[2] for line in warnings_of(caplog) if "there is no" in line]
    assert [line.partition(";")[0] for line in lines] == [
        "extra_css: there is no none.css",
        "extra_javascript: there is no own/none.mjs",
    ]


def test_every_setting_of_the_table_is_tried_here() -> None:
    others = {"site_author", "extra.names", "theme.icon.logo", "edit_uri", "theme.name"}
    others.add("edit_uri_template")
    elsewhere = {"hooks", "plugins", "markdown_extensions", "theme.custom_dir"}
    assert set(looks.FOLLOWED) == SHOWN.keys() | others | elsewhere
    assert set(looks.NOT_FOLLOWED) == WITHOUT_EFFECT.keys() - {"extra_css", "extra_javascript"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_colour_of_any_name_is_shown_so_that_it_can_be_read(scheme: str, bare: Path) -> None:
    folders = [str(Path(sys.modules["material"].__path__[0]) / "templates")]
    for role, least in (("primary", 20), ("accent", 16)):
        found = colours.named(role, folders)
        assert len(found) >= least
        for colour in found.values():
            shown = colours.readable(colour, scheme)
            assert min(colours.contrast(shown, paper) for paper in colours.PAPERS[scheme]) >= 4.5
    assert colours.readable("#0b6e4f", "light") == "#0b6e4f"
    assert round(colours.contrast("#000000", "#ffffff"), 2) == 21.0
    css = (Path(hook.TEMPLATES) / "assets/digest.css").read_text("utf-8")
    for at, names in enumerate(zip(*colours.PAPERS.values(), strict=True)):
        assert f"--{('paper', 'tint', 'lit')[at]}: light-dark({', '.join(names)})" in css
    assert f"--accent: light-dark({', '.join(colours.OURS['accent'].values())})" in css


def test_a_colour_that_was_changed_is_named(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(project, tmp_path / "digest")
    with caplog.at_level(logging.INFO):
        site = build_here(choose(tmp_path / "digest", {"theme": {"palette": {"accent": "amber"}}}))
    (line,) = (record.getMessage() for record in caplog.records if "palette" in record.getMessage())
    shown = re.search(r"#ffaa00 has a contrast of 1\.\d on light pages.* it is shown as (#\w{6})$", line)
    assert shown and f"light-dark({shown[1]}, #ffaa00)" in (site / "assets/digest.css").read_text("utf-8")


def test_nothing_of_it_is_a_traceback_on_the_command_line(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    choose(with_theme(tmp_path), {"theme": {"logo": "none.svg"}, "extra": {"social": 5}})
    done = samples.mkdocs_build(tmp_path)
    assert done.returncode == 1
    assert [line.split(" is ")[0] for line in done.stderr.splitlines()] == [
        "mkdocs.yml: theme.logo",
        "mkdocs.yml: extra.social",
    ]


def test_a_target_without_pages_and_a_file_that_cannot_be_read_are_a_line_each(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    choose(with_theme(tmp_path), {"extra": {"digest": {"target": "fr"}}})
    with pytest.raises(Abort, match=r"docs: holds no pages in fr, the target, yet; run digest generate$"):
        build_here(tmp_path)
    choose(tmp_path, {"extra": {"digest": {"target": "en"}}})
    (tmp_path / "docs/en/lost.md").symlink_to("nowhere")
    with pytest.raises(Abort, match=r"docs/en/lost\.md: cannot be read; mend or remove it$"):
        build_here(tmp_path)


def test_material_says_nothing_of_its_end_where_the_theme_is_ours(tmp_path: Path) -> None:
    samples.write_docs(tmp_path, samples.seeds())
    settings = "site_name: x\nsite_url: https://example.org/\nplugins: [digest]\ntheme: {theme}\n"
    said = {}
    for theme in ("digest", "material"):
        (tmp_path / "mkdocs.yml").write_text(settings.format(theme=theme), "utf-8")
        command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--quiet", "--site-dir", theme]
        environment = {"PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        said[theme] = done.stderr
    assert said["digest"] == ""
    assert first_difference(tmp_path / "digest", tmp_path / "material") == ""
