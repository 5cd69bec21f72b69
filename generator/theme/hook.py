"""MkDocs hook: one tree of pages for each interface language, all in one plain `mkdocs build`.

The first folder of a page decides its language: words, direction, navigation, site name and the links to
the same page in other languages. Needs nothing but MkDocs, Material and what they bring.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import importlib
import json
import logging
import re
import sys
from functools import cache
from pathlib import Path, PurePosixPath
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import yaml
from babel import Locale, UnknownLocaleError
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.digest")

HERE = Path(__file__).parent
_PACKAGE = "_digest_theme"
"""What modules beside this one are imported from, so that they can import each other."""
REFERENCE = "en"
"""The language whose strings are complete; what another one lacks is said in this."""

UNUSED_OF_MATERIAL = ("assets/javascripts/", "assets/stylesheets/palette.", "assets/images/favicon.png")
"""Scripts and colours of the theme that no page of ours loads."""

_LOCALES = {"zt": "zh_Hant"}
"""Codes of languages that Babel calls otherwise, as `generator/languages` has them."""

EXPORTS = {
    "feed.xml": ("application/rss+xml", "RSS"),
    "atom.xml": ("application/atom+xml", "Atom"),
    "feed.json": ("application/feed+json", "JSON Feed"),
    "digest.jsonl": ("application/jsonl", "data"),
    "digest.epub": ("application/epub+zip", "book"),
    "digest.tmx": ("application/x-tmx", "memory"),
}
"""Files of a tree or of the whole site: what they are, and their name or the interface's word for it."""


KINDS = {
    "prose": r"(archive|topics|names)/(page/\d+/)?index\.md",
    "list": r"(page/\d+/)?index\.md",
    "collection": r"(stories/(page/\d+/)?|(archive|topics|names)/.+/)index\.md",
    "story": r"stories/.+",
    "article": r"articles/.+",
    "search": r"search\.md",
}
"""What a page is, by its path in its tree: the first pattern that fits; any other page is prose."""

SECTIONS = ("stories", "topics", "names")
"""Folders whose first pages the masthead leads to."""

run = SimpleNamespace(command="build")
"""What only the start of a run tells. `mkdocs serve` puts a script into pages that the policy must allow."""


class Site:
    """What one build knows: the trees, their words, and which page stands in which of them."""

    def __init__(self, config: MkDocsConfig) -> None:
        self.target = str(config.extra.get("digest", {}).get("target", REFERENCE))
        self.base = config.site_url or ""
        self.names = config.extra.get("names", {})
        self.default_name = config.site_name
        docs = Path(config.docs_dir)
        found = sorted(folder.name for folder in docs.iterdir() if (folder / "index.md").is_file())
        self.trees = [code for code in found if code == self.target or (HERE / f"strings/{code}.yml").is_file()]
        self.trees.sort(key=lambda code: code != self.target)
        self.words = {code: words(code) for code in self.trees or [self.target]}
        self.files: dict[str, dict[str, File]] = {}
        self.records: dict[str, str] = {}
        self.exports: dict[str, str] = {}
        self.navigation: dict[str, Navigation] = {}

    def split(self, uri: str) -> tuple[str, str | None]:
        """Return the tree of a page and its path in there; None for a page outside of all trees."""
        first, _, rest = uri.partition("/")
        return (first, rest) if rest and first in self.trees else (self.target, None)

    def name(self, tree: str) -> str:
        """Return the site's name in a language."""
        return str(self.names.get(tree, self.default_name))

    def alternates(self, uri: str) -> list[dict[str, Any]]:
        """Give, for each tree, the page that says the same or else the nearest: the tree's first page."""
        _, rest = self.split(uri)
        found = []
        for tree in self.trees:
            file = self.files.get(rest or "index.md", {}).get(tree)
            url = file.url if file else f"{tree}/"
            found.append(
                {
                    "code": tree,
                    "exact": bool(file),
                    "url": url,
                    "absolute": urljoin(self.base, url),
                    **traits(tree),
                }
            )
        return found

    def default_alternate(self, uri: str) -> str:
        """Return the absolute address for readers of any other language."""
        _, rest = self.split(uri)
        if rest in (None, "index.md"):
            return self.base
        files = self.files.get(rest or "", {})
        file = files.get(self.target) or next(iter(files.values()))
        return urljoin(self.base, file.url)


def words(language: str) -> dict[str, Any]:
    """Read the interface's strings; one that is missing is said in English, and the log says so."""
    reference = read_strings(REFERENCE)
    if not (HERE / "strings" / f"{language}.yml").is_file():
        log.info("there is no strings/%s.yml, so the interface speaks English there", language)
        return reference
    return merged(reference, read_strings(language), language, ())


def read_strings(language: str) -> dict[str, Any]:
    """Read the strings of one language as they stand in its file."""
    return yaml.safe_load((HERE / "strings" / f"{language}.yml").read_text(encoding="utf-8")) or {}


def merged(
    reference: dict[str, Any], own: dict[str, Any], language: str, at: tuple[str, ...]
) -> dict[str, Any]:
    """Complete a language's strings from the reference; plural forms are one string together."""
    complete = dict(own)
    for key, value in reference.items():
        if isinstance(value, dict) and "other" not in value and isinstance(own.get(key), dict):
            complete[key] = merged(value, own[key], language, (*at, key))
        elif key not in own:
            log.warning("strings/%s.yml lacks %s, so it is said in English", language, ".".join((*at, key)))
            complete[key] = value
    return complete


def traits(language: str) -> dict[str, str]:
    """Return a language's own name and direction."""
    try:
        locale = Locale.parse(_LOCALES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return {"name": language, "dir": "ltr"}
    return {"name": (locale.display_name or language).capitalize(), "dir": locale.text_direction}


def on_startup(*, command: str, dirty: bool) -> None:
    """Note whether pages are built for a preview."""
    run.command = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find the trees and read their words."""
    config.extra["site"] = Site(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Note which page stands in which tree, and leave out what of the theme is not used."""
    site: Site = config.extra["site"]
    for file in list(files):
        if file.src_uri.startswith(UNUSED_OF_MATERIAL) or file.src_uri.endswith(".map"):
            files.remove(file)
    site.records = {file.src_uri: file.url for file in files if file.src_uri.endswith("/article.json")}
    site.exports = {file.src_uri: file.url for file in files if PurePosixPath(file.src_uri).name in EXPORTS}
    for file in files.documentation_pages():
        tree, rest = site.split(file.src_uri)
        if rest is not None:
            site.files.setdefault(rest, {})[tree] = file
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Return each tree its own navigation: the pages at its top, search and about last."""
    site: Site = config.extra["site"]
    pages: dict[str, list[Page]] = {tree: [] for tree in site.trees}
    for page in nav.pages:
        tree, rest = site.split(page.file.src_uri)
        page.previous_page = page.next_page = page.parent = None
        if rest and "/" not in rest:
            pages[tree].append(page)
    places = {"index.md": 0, "search.md": 2, "about.md": 3}
    for found in pages.values():
        found.sort(key=lambda page: (places.get(page.file.name + ".md", 1), page.file.src_uri))
    site.navigation = {tree: Navigation(list(found), found) for tree, found in pages.items()}
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Escape what front matter brings into templates, which do not escape, and choose the template."""
    for name in ("title", "description"):
        if name in page.meta:
            page.meta[name] = escaped(page.meta[name])
    template = f"{kind(page.file, config.extra['site'])}.html"
    if (HERE / "templates" / template).is_file():
        page.meta.setdefault("template", template)
    return markdown


def kind(file: File, site: Site) -> str:
    """Return what a page is: an article, a story, the newest articles, other lists, the search, or prose."""
    _, rest = site.split(file.src_uri)
    name = "index.md" if file.src_uri == "index.md" else rest or ""
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, name)), "prose")


def escaped(text: object) -> str:
    """Return text that is safe between tags and in attributes, whether it came escaped or not."""
    return html.escape(html.unescape(str(text)))


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make every sentence's number a link to the sentence."""
    site: Site = config.extra["site"]
    tree, _ = site.split(page.file.src_uri)
    if kind(page.file, site) != "article":
        return content
    label = html.escape(site.words[tree]["article"]["sentence"])
    return re.sub(
        r'(<li id="s(\d+)"[^>]*>)',
        lambda m: f'{m[1]}\n<a class="number" href="#s{m[2]}" aria-label="{label.format(n=m[2])}">{m[2]}</a>',
        content,
    )


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Return templates what they ask for."""
    site: Site = config.extra["site"]
    env.globals["alternates_of"] = lambda file: site.alternates(file.src_uri)
    env.globals["default_alternate_of"] = lambda file: site.default_alternate(file.src_uri)
    env.globals["language_name"] = language_name
    env.globals["site"] = site
    env.globals["traits"] = traits
    return env


def language_name(code: str, tree: str) -> str | None:
    """Return a language's name in the words of a tree, None where it is not known."""
    spoken = tree if (HERE / f"strings/{tree}.yml").is_file() else REFERENCE
    name = Locale.parse(spoken.replace("-", "_")).languages.get(_LOCALES.get(code, code))
    return name and html.escape(name)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Return a page the words, the direction, the navigation and the alternates of its tree."""
    site: Site = config.extra["site"]
    tree, rest = site.split(page.file.src_uri)
    set_language(context, tree, config)
    of_kind = kind(page.file, site)
    if of_kind == "article":
        slug = PurePosixPath(rest or "").parts[1]
        record = f"{site.target}/articles/{slug}/article.json"
        context["record"] = site.records.get(record)
        if record in site.records:
            context["structured_data"] = article_data(Path(config.docs_dir, record), page, tree, site)
    elif of_kind == "story" or (of_kind == "collection" and re.match("(topics|names)/", rest or "")):
        about = (page.canonical_url or "", tree, html.unescape(str(page.title)))
        context["structured_data"] = beside("structured_data").collection(page.content or "", *about)
    context["fonts"] = fonts(tree, page.content or "")
    context["nav"] = site.navigation.get(tree)
    context["alternates"] = site.alternates(page.file.src_uri)
    context["page_title"] = escaped(page.title or site.name(tree))
    return context


def article_data(record: Path, page: Page, tree: str, site: Site) -> str:
    """Return what programs should know of an article's page; nothing where the record is none of ours."""
    alternates = site.alternates(page.file.src_uri)
    addresses = {each["code"]: each["absolute"] for each in alternates if each["exact"] and site.base}
    try:
        fields = json.loads(record.read_bytes())
        data = beside("structured_data")
        connections = data.connections(page.content or "", addresses.get(tree, ""))
        return str(data.news_article(fields, tree, addresses, connections))
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def fonts(tree: str, content: str) -> list[str]:
    """Name the faces that a page is certain to use, so that they are there at the first paint."""
    serif, naskh, vazirmatn = "source-serif-4-latin", "noto-naskh-arabic-arabic", "vazirmatn-arabic"
    rtl = traits(tree)["dir"] == "rtl"
    used = [f"{vazirmatn}-400", f"{vazirmatn}-700"] if rtl else [f"{serif}-600"]
    used += [f"{naskh}-400"] if rtl or 'dir="rtl"' in content else []
    used += [f"{serif}-400"] if not rtl or 'dir="ltr"' in content else []
    return [f"assets/fonts/{name}-normal.woff2" for name in used]


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Let pages without a source, such as 404, speak the target language."""
    site: Site = config.extra["site"]
    set_language(context, site.target, config)
    context["nav"] = site.navigation.get(site.target)
    context["alternates"] = site.alternates("index.md")
    context["page_title"] = escaped(site.words[site.target]["site"]["not_found"])
    context["fonts"] = fonts(site.target, "")
    return context


def set_language(context: dict[str, Any], tree: str, config: MkDocsConfig) -> None:
    """Speak a tree's language from here on, in Material's own words too where it knows it."""
    site: Site = config.extra["site"]
    known = any(Path(folder, f"partials/languages/{tree}.html").is_file() for folder in config.theme.dirs)
    config.theme["language"] = tree if known else REFERENCE
    config.theme["direction"] = traits(tree)["dir"]
    context["tree"] = tree
    context["exports"] = [
        (site.exports[path], kind, name)
        for file, (kind, name) in EXPORTS.items()
        for path in (f"{tree}/{file}", file)
        if path in site.exports
    ]
    context["sections"] = [
        (name, files[tree].url)
        for name in SECTIONS
        if tree in (files := site.files.get(f"{name}/index.md", {}))
    ]
    context["serving"] = run.command == "serve"
    context["ui"] = site.words.get(tree) or site.words[site.target]
    context["site_name"] = escaped(site.name(tree))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say language and direction on the page's first element."""
    site: Site = config.extra["site"]
    return with_language(output, site.split(page.file.src_uri)[0])


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Say language and direction on pages without a source too."""
    site: Site = config.extra["site"]
    return with_language(output_content, site.target) if template_name.endswith(".html") else output_content


def with_language(output: str, tree: str) -> str:
    """Put a tree's language and direction on the html element, where Material knows only some languages."""
    return re.sub('<html lang="[^"]*"', f'<html lang="{tree}" dir="{traits(tree)["dir"]}"', output, count=1)


def on_post_build(config: MkDocsConfig) -> None:
    """Take the clock out of the compressed sitemap, and build what the finished pages are needed for."""
    built = Path(config.site_dir)
    (built / "sitemap.xml.gz").write_bytes(gzip.compress((built / "sitemap.xml").read_bytes(), mtime=0))
    if (HERE / "search_index.py").is_file():
        beside("search_index").build(Path(config.docs_dir), built)
    if config.extra.get("offline"):
        keep_offline(built, config.extra["site"])


DOWNLOADS = (".gz", ".epub", ".tmx")
"""What nobody needs a copy of to read the site."""


def keep_offline(built: Path, site: Site) -> None:
    """Make the site installable, with a worker that keeps a copy of every page for reading offline."""
    files = sorted(file for file in built.rglob("*") if file.is_file() and file.suffix not in DOWNLOADS)
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    paths = [file.relative_to(built).as_posix().removesuffix("index.html") for file in files]
    version = json.dumps(f"digest-{digest.hexdigest()[:16]}")
    worker = (HERE / "service-worker.js").read_text(encoding="utf-8")
    constants = f"const VERSION = {version};\nconst FILES = {json.dumps(paths)};\n"
    (built / "service-worker.js").write_text(constants + worker, encoding="utf-8")
    manifest = {
        "name": site.default_name,
        "start_url": "./",
        "display": "minimal-ui",
        "background_color": "#fffdf8",
        "icons": [{"src": "assets/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    (built / "manifest.webmanifest").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


@cache
def beside(name: str) -> ModuleType:
    """Import a module beside this file, whether or not the program that it belongs to is installed."""
    if _PACKAGE not in sys.modules:
        package = ModuleType(_PACKAGE)
        package.__path__ = [str(HERE)]
        sys.modules[_PACKAGE] = package
    return importlib.import_module(f"{_PACKAGE}.{name}")
