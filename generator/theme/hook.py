"""MkDocs hook: one tree of pages for each interface language, all in one plain `mkdocs build`.

The first folder of a page decides its language: strings, direction, navigation, site name and the links to
the same page in other languages. Needs nothing but MkDocs, Material and what they bring.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import importlib
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path, PurePosixPath
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from click import echo
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

log = logging.getLogger("mkdocs.hooks.digest")

HERE = Path(__file__).parent
TEMPLATES = str(HERE / "templates")
SEARCH_INDEX = "search-index"
"""Where the search index stands below the site's root."""
_PACKAGE = "_digest_theme"
"""What modules beside this one are imported from, so that they can import each other."""


def import_sibling(name: str) -> ModuleType:
    """Import a module beside this file, whether or not the program that it belongs to is installed."""
    if _PACKAGE not in sys.modules:
        package = ModuleType(_PACKAGE)
        package.__path__ = [str(HERE)]
        sys.modules[_PACKAGE] = package
    return importlib.import_module(f"{_PACKAGE}.{name}")


finished_pages = import_sibling("finished_pages")
interface_strings = import_sibling("interface_strings")
looks = import_sibling("looks")
navigation = import_sibling("navigation")
own_strings = import_sibling("own_strings")
page_loop = import_sibling("page_loop")
report_links = import_sibling("report_links")
site_build = import_sibling("site_build")
site_parts = import_sibling("site_parts")
standing_site = import_sibling("standing_site")
structured_data = import_sibling("structured_data")
REFERENCE: str = interface_strings.REFERENCE
in_digits_of = interface_strings.in_digits_of

UNUSED_OF_MATERIAL = ("assets/javascripts/", "assets/stylesheets/palette.", "assets/images/favicon.png")
"""Scripts and colours of the theme that no page of ours loads."""

STYLESHEETS = ("assets/digest.css", "assets/search.css", "assets/languages.css")
"""Written apart, joined for pages."""

RECORD = re.compile(r"[^/]+/articles/[^/]+/article\.json")
"""Where the record of an article lies."""

_LOCALES = {"zt": "zh_Hant"}
"""Codes of languages that Babel calls otherwise, as `generator/languages` has them."""

CARD = "assets/card.png"
"""The picture that other sites show beside a link; a file of that name in the docs folder replaces it."""

EXPORTS = {
    "feed.xml": ("application/rss+xml", "RSS"),
    "atom.xml": ("application/atom+xml", "Atom"),
    "feed.json": ("application/feed+json", "JSON Feed"),
    "digest.jsonl": ("application/jsonl", "data"),
    "digest.epub": ("application/epub+zip", "book"),
    "digest.tmx": ("application/x-tmx", "memory"),
}
"""Files of a tree or of the whole site: what they are, and their name or the interface's word for it."""

SITEMAP = 50_000
"""Addresses in one sitemap at most, by its protocol (sitemaps.org)."""

NEWEST = 500
"""Articles in the book and in the memory at most, as `generator/export` makes them."""

LONG_TITLE, LONGEST_TITLE = 110, 200
"""Widths of headlines, in letters of which Chinese ones count double, beyond which they are set smaller."""

OF_CONTENT = {"checksum", "articles", "connections"}
"""What front matter says of what stands on the page, of which no other page tells."""

KINDS = {
    "prose": r"(archive|topics|names)/(page/\d+/)?index\.md",
    "list": r"(page/\d+/)?index\.md",
    "collection": r"(stories/(page/\d+/)?|(archive|topics|names)/.+/)index\.md",
    "story": r"stories/.+",
    "article": r"articles/.+",
    "search": r"search\.md",
}
"""What a page is, by its path in its tree: the first pattern that fits; any other page is prose."""

WRITTEN = ("prose", "list")
"""Kinds of pages that people may write themselves, in anything that Material's stylesheet knows."""
OF_ONE_STYLESHEET = frozenset(("ar", "en", "und", "zh"))
"""Languages that `digest.css` knows how to set; `languages.css`, as it is built, holds that and all others."""
FEW_TREES = 4
"""How many languages stand in the masthead side by side; more of them are behind a menu."""

run = SimpleNamespace(command="build", dirty=False, build=None)
"""What only the start of a run tells. `mkdocs serve` puts a script into pages that the policy must allow.

And the build that is under way, which must be told if it fails.
"""


class Refusal(Abort):
    """Ends a build for what a person must mend: a line each on standard error, and no traceback."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

    def show(self, *arguments: Any, **keywords: Any) -> None:
        """Say why, as other programs would."""
        echo(self.format_message(), err=True)


class Site:
    """What one build knows: the trees, their strings, and which page stands in which of them."""

    def __init__(self, config: MkDocsConfig) -> None:
        digest = config.extra.get("digest") or {}
        self.target = str(digest.get("target", REFERENCE))
        self.report = str(digest.get("report") or "")
        self.base = config.site_url or ""
        self.root = urljoin(self.base, "x")[:-1]
        self.names = config.extra.get("names") or {}
        self.looks: Any = None
        """How the digest wants it to look."""
        self.default_name = config.site_name
        docs = Path(config.docs_dir)
        found = sorted(folder.name for folder in docs.iterdir() if (folder / "index.md").is_file())
        spoken = {self.target, *interface_strings.interface_languages()}
        self.trees = [code for code in found if code in spoken]
        self.trees.sort(key=lambda code: code != self.target)
        self.strings = {code: each_text(read_strings(code), escape) for code in self.trees or [self.target]}
        """The interface's words, as they may stand between tags and in attributes."""
        self.files: dict[str, dict[str, File]] = {}
        self.records: dict[str, str] = {}
        self.exports: dict[str, str] = {}
        self.navigation: dict[str, Navigation] = {}
        self.finished: dict[str, Any] = {}
        """What is known of each page that MkDocs does not go through, by its path."""
        self.build: Any = None
        """What may be kept of the last build, where it is told what this one does."""
        self.pages: Sequence[File] = ()
        self.all_files: Mapping[str, File] = {}
        """All that MkDocs knows, also of what settings leave out, by its path."""
        self.env: Environment | None = None
        self.parts: Any = None
        """The parts that the site is made in, where it is."""
        self.elsewhere: set[str] = set()
        """Places in the site that parts look after."""

    def split_path(self, uri: str) -> tuple[str, str | None]:
        """Return the tree of a page and its path in there; None for a page outside of all trees."""
        first, _, rest = uri.partition("/")
        return (first, rest) if rest and first in self.trees else (self.target, None)

    def name(self, tree: str) -> str:
        """Return the site's name in a language."""
        return str(self.names.get(tree, self.default_name))

    def needs_more_languages(self, content: str) -> bool:
        """Return whether a page shows a language, or so many, that `digest.css` alone does not suffice."""
        shown = {*self.strings, *re.findall(r' lang="([\w-]+)"', content)}
        return len(self.trees) > FEW_TREES or not shown <= OF_ONE_STYLESHEET

    def alternates(self, uri: str) -> list[dict[str, Any]]:
        """Return for each tree the page that says the same, or else the nearest: the tree's first page."""
        _, rest = self.split_path(uri)
        found = []
        for tree in self.trees:
            file = self.files.get(rest or "index.md", {}).get(tree)
            url = file.url if file else f"{tree}/"
            page = {"code": tree, "exact": bool(file), "url": url, "absolute": self.root + url}
            strings = self.strings[tree]
            page |= {"name": strings["name"], "dir": direction_of(tree), "home": strings["site"]["home"]}
            found.append(page)
        return found

    def is_shown(self, uri: str) -> bool:
        """Return whether a page is in the site, which settings of MkDocs may leave out."""
        file = self.all_files.get(uri)
        return file is not None and bool(file.inclusion.is_included())  # type: ignore[no-untyped-call]

    def record_of(self, file: File) -> str | None:
        """Return the path of the record of the article that a page shows; None where there is none."""
        _, rest = self.split_path(file.src_uri)
        if not rest or not rest.startswith("articles/"):
            return None
        record = f"{self.target}/articles/{rest.split('/')[1]}/article.json"
        return record if record in self.records else None

    def feed_of(self, file: File) -> str | None:
        """Return the address of the feed of the articles that a page lists; None where it has none."""
        _, rest = self.split_path(file.src_uri)
        folder = re.sub(r"page/\d+/$", "", file.src_uri.rpartition("/")[0] + "/")
        return self.exports.get(f"{folder}atom.xml") if rest and rest.count("/") > 1 else None

    def canonical(self, file: File) -> str:
        """Return the absolute address of a page, as MkDocs has it."""
        return f"{self.base.removesuffix('/')}/{'' if file.url in ('.', './') else file.url}"

    def sitemaps(self) -> list[str]:
        """Return the names of the sitemaps that one leads to; none where one is enough."""
        count = -(-len(self.pages) // SITEMAP) if self.base else 0
        return [f"sitemap-{number}.xml" for number in range(1, count + 1)] if count > 1 else []

    def addresses(self, first: int = 0, last: int | None = None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Return the address of each page but those that lead on, and of the same in all languages."""
        for file in self.pages[first:last] if self.base else ():
            source = self.finished.get(file.src_uri)
            if not (source.is_redirect if source else not file.page or file.page.meta.get("redirect")):
                same = [page for page in self.alternates(file.src_uri) if page["exact"]]
                yield self.canonical(file), same

    def default_alternate(self, file: File) -> str:
        """Return the absolute address for readers of any other language."""
        _, rest = self.split_path(file.src_uri)
        if rest in (None, "index.md"):
            return self.base
        same = self.files.get(rest or "", {})  # none of a draft, which a preview alone shows
        return self.root + (same.get(self.target) or next(iter(same.values()), file)).url


def read_strings(language: str) -> dict[str, Any]:
    """Return the interface's strings; what is missing is said in English, and the log says so."""
    own = {}
    locale = locale_of(language)
    own_name = {"name": (locale and locale.display_name) or language}
    if language not in interface_strings.interface_languages():
        log.info("there is no strings/%s.yml, so the interface speaks English there", language)
        own, language = own_name, REFERENCE
    strings, missing = interface_strings.load_strings(language)
    if "name" in missing:  # in a digest's own strings for a language that the program does not speak
        own, missing = own_name, tuple(key for key in missing if key != "name")
    for key in missing:
        log.warning("strings/%s.yml lacks %s, so it is said in English", language, key)
    return dict(strings) | own


def each_text(strings: Any, change: Callable[[str], str]) -> Any:
    """Return strings with each of their texts changed."""
    if isinstance(strings, dict):
        return {name: each_text(value, change) for name, value in strings.items()}
    if isinstance(strings, list):
        return [each_text(value, change) for value in strings]
    return change(strings) if isinstance(strings, str) else strings


def escape(text: str) -> str:
    """Return a text that is safe between tags and in quotation marks."""
    return html.escape(text, quote=False).replace('"', "&quot;")


@cache
def locale_of(language: str) -> Locale | None:
    """Return what Babel knows of a language, None where that is nothing."""
    try:
        return Locale.parse(_LOCALES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return None


@cache  # ten times for each page
def direction_of(language: str) -> str:
    """Return which way a language is written."""
    locale = locale_of(language)
    return str(locale.text_direction) if locale else "ltr"


@cache
def open_graph_locale(language: str) -> str:
    """Return a language with the country in which most of its speakers live, as Open Graph asks for."""
    code = _LOCALES.get(language, language.replace("-", "_"))
    own, *_, place = str(get_global("likely_subtags").get(code, code)).split("_") * 2
    return f"{own}_{place}" if re.fullmatch("[A-Z]{2}", place) else ""


def on_startup(*, command: str, dirty: bool) -> None:
    """Note whether pages are built for a preview, and whether only those that changed."""
    run.command, run.dirty = command, dirty


def on_build_error(error: Exception) -> None:
    """Forget a build that failed."""
    if run.build:
        run.build.abandon()
        run.build = None


def on_pre_build(config: MkDocsConfig) -> None:
    """Put the last site where MkDocs does not remove it: what did not change need not be made again."""
    if not run.dirty:
        site: Site = config.extra["site"]
        standing_site.put_aside(Path(config.site_dir), (*site.trees, SEARCH_INDEX))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Find the trees, their strings and how they are to look; raises `Refusal` for what cannot be used."""
    file, folder = named_path(config), Path(config.config_file_path or "mkdocs.yml").parent / "strings"
    mistakes = setting_mistakes(config, file)
    own, wrong = own_strings.read_own_strings(Path(os.path.relpath(folder)))
    if not is_known_to_material(REFERENCE, *config.theme.dirs):
        mistakes.append(f"{file}: theme.name is {config.theme.name} but must be material, materialx or digest")
    if mistakes or wrong:
        raise Refusal(*mistakes, *wrong)
    interface_strings.speak(own)
    if folder.is_dir():
        config.watch.append(str(folder))
    site = config.extra["site"] = Site(config)
    if site.target not in site.trees:
        docs = os.path.relpath(config.docs_dir)
        raise Refusal(f"{docs}: holds no pages in {site.target}, the target, yet; run digest generate")
    site.looks = looks.looks_of(config)
    if site.looks.mistakes:
        raise Refusal(*(f"{file}: {line}" for line in site.looks.mistakes))
    for line in site.looks.warnings:
        log.warning("%s: %s", file, line)
    for line in site.looks.notes:
        log.info("%s: %s", file, line)
    # Attributes of style, which else align columns, are against our policy.
    config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
    if config.nav:
        config.nav += navigation.unnamed_first_pages(config.nav, site.trees, Path(config.docs_dir))
    return config


def named_path(config: MkDocsConfig) -> str:
    """Return where the settings stand, as a person in this folder would name it."""
    file = Path(config.config_file_path or "mkdocs.yml").absolute()
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def setting_mistakes(config: MkDocsConfig, file: str) -> list[str]:
    """Return a line for each setting of the digest that cannot be used: all of them where the program is there.

    This hook needs it for nothing else, and where it is not there, says what would hinder a build.
    """
    try:
        settings = importlib.import_module("generator.config")
    except ImportError:
        return list(theme_mistakes(config, file))
    try:
        settings.load(Path(file))
    except importlib.import_module("generator.model").DigestError as error:
        return str(error).splitlines()
    return []


def theme_mistakes(config: MkDocsConfig, file: str) -> Iterator[str]:
    """Return a line for each setting without which no site can be built."""
    digest, names = config.extra.get("digest"), config.extra.get("names")
    if not isinstance(digest, dict | None):
        yield f"{file}: extra.digest is {digest!r} but must be a mapping"
    else:
        target = (digest or {}).get("target", REFERENCE)
        if not isinstance(target, str) or not locale_of(target):
            yield f"{file}: extra.digest.target is {target!r} but must be a language code such as en"
    if not isinstance(names, dict | None):
        yield f"{file}: extra.names is {names!r} but must be a mapping, such as {{ar: NAME}}"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Note which page stands in which tree, and leave out what of the theme is not used."""
    site: Site = config.extra["site"]
    refuse_unreadable(files)
    for file in list(files):
        is_unused = file.src_uri.startswith(UNUSED_OF_MATERIAL) or file.src_uri.endswith(".map")
        if is_unused and page_loop.is_brought(Path(file.src_dir or "")):
            files.remove(file)
    site.records = {file.src_uri: file.url for file in files if RECORD.fullmatch(file.src_uri)}
    if len(site.records) > NEWEST:
        for strings in site.strings.values():
            n, newest = in_digits_of(strings, str(NEWEST)), strings["feeds"]["newest"]
            strings["feeds"] |= {name: text.format(n=n) for name, text in newest.items()}
    join_stylesheets(files, config, site.looks.css)
    site.exports = {file.src_uri: file.url for file in files if PurePosixPath(file.src_uri).name in EXPORTS}
    for file in files.documentation_pages():
        tree, rest = site.split_path(file.src_uri)
        if rest is not None:
            site.files.setdefault(rest, {})[tree] = file
    if not run.dirty and TEMPLATES in config.theme.dirs and page_loop.may_take_over(config, globals()):
        site.build = run.build = site_build.SiteBuild.of_all(config, is_preview=run.command == "serve")
        aside = page_loop.left_aside(files, config)
        if cut := site_parts.cut_of(config):
            site.parts = cut_into_parts(files, aside, cut, config)
            taken = {file.src_uri for part in site.parts.parts for file in part.pages}
            site.finished = site.parts.tell(config.docs_dir, partial(shown_of_others, config=config), tell_page)
            site.elsewhere = site.parts.places()
            aside = [file for file in aside if file.src_uri not in taken]
        site.finished |= finished_among(aside, site.build)
        site.build.stand(site.trees, SEARCH_INDEX, site.elsewhere)
        files = page_loop.SplitFiles(files, site.finished, site.build.pages, site.elsewhere)
    else:
        standing_site.clear_aside(Path(config.site_dir))
    return files


def join_stylesheets(files: Files, config: MkDocsConfig, own_colours: str) -> None:
    """Join the theme's stylesheets, since a page is shown when all that it asks for have come.

    `digest.css` has what all pages need, searching, and a site's own colours; `languages.css` has that and what
    some languages need.
    """
    basic, search, more = map(files.get_file_from_path, STYLESHEETS)
    if basic and search and more:
        for file in (basic, search, more):
            files.remove(file)
        shared, colours = basic.content_bytes + search.content_bytes, own_colours.encode()
        wholes = {basic.src_uri: shared + colours, more.src_uri: shared + more.content_bytes + colours}
        for place, whole in wholes.items():
            files.append(File.generated(config, place, content=whole))


def refuse_unreadable(files: Files) -> None:
    """Raise `Refusal` with a line for each file that cannot be read, as a link that leads nowhere."""
    sources = (file.abs_src_path for file in files)
    unreadable = [os.path.relpath(path) for path in sources if path and not os.access(path, os.R_OK)]
    if unreadable:
        raise Refusal(*(f"{path}: cannot be read; mend or remove it" for path in unreadable))


def finished_among(pages: Iterable[File], build: Any) -> dict[str, Any]:
    """Return what is known of each finished page among some, by its path."""
    told = ((file.src_uri, build.look(f"{file.src_dir}/{file.src_uri}", tell_page)) for file in pages)
    return {uri: finished_pages.FinishedPage(*page) for uri, page in told if page}


def tell_page(file: Path) -> list[Any]:
    """Return what is known of a page, if it is a finished one."""
    return list(finished_pages.source_if_finished(finished_pages.read_source(file)) or ())


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Give each tree its own navigation."""
    site: Site = config.extra["site"]
    site.navigation = navigation.of_trees(nav, site.trees, site.split_path, by_name=not config.nav)
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Escape what front matter brings into templates, which do not escape, and choose the template."""
    for name in ("title", "description", "redirect"):
        if name in page.meta:
            page.meta[name] = escape_once(page.meta[name])
    kind = "redirect" if "redirect" in page.meta else kind_of(page.file, config.extra["site"])
    if has_template(kind):
        page.meta.setdefault("template", f"{kind}.html")
    return markdown


@cache
def has_template(kind: str) -> bool:
    """Return whether the theme has a template for a kind of page."""
    return Path(TEMPLATES, f"{kind}.html").is_file()


def kind_of(file: File, site: Site) -> str:
    """Return what a page is: an article, a story, the newest articles, other lists, the search, or prose."""
    _, rest = site.split_path(file.src_uri)
    name = "index.md" if file.src_uri == "index.md" else rest or ""
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, name)), "prose")


def escape_once(text: object) -> str:
    """Return text that is safe between tags and in attributes, whether it came escaped or not."""
    return html.escape(html.unescape(str(text)))


def on_env(env: Environment, config: MkDocsConfig, files: Any) -> Environment:
    """Give templates what they ask for."""
    site: Site = config.extra["site"]
    env.globals["default_alternate_of"] = site.default_alternate
    env.globals["language_name"] = language_name
    env.globals["site"] = site
    env.globals["looks"] = site.looks
    env.globals["few_trees"] = FEW_TREES
    env.globals["direction_of"] = direction_of
    env.globals["unescaped"] = partial(each_text, change=html.unescape)
    site.pages, site.env = Files.documentation_pages(files), env
    site.all_files = files.src_uris
    if site.build:
        page_loop.with_anchors(files, config, site.finished)
        shown = {
            tree: site_build.fingerprint(shown_by_all(tree, config)) for tree in (*site.trees, site.target)
        }
        frame = partial(page_loop.frame, config=config, files=files, env=env)
        write = partial(write_finished_pages, shown=shown, config=config, frame=frame)
        write(((files.src_uris[uri], page) for uri, page in site.finished.items() if page.digest), site.build)
        files.claim_static_files()
        site.build.pages.finish()  # before MkDocs writes where something stood
        if site.parts:
            site.parts.make(shown, partial(make_part, write=write, config=config))
    return env


def write_finished_pages(
    pages: Iterable[tuple[File, Any]],
    build: Any,
    *,
    shown: dict[str, str],
    config: MkDocsConfig,
    frame: Callable[..., bytes],
) -> None:
    """Write pages that MkDocs does not go through, but for those that stand as they must be."""
    site: Site = config.extra["site"]
    for file, page in pages:
        told = [page.digest, record_told(file, build, config)]
        key = page_key(file, site, shown, told)
        if build.keeps("page", file.dest_uri, key):
            continue
        source = page_loop.source_of(file)
        content = finished_pages.content_of(source)
        make = partial(frame, file, source)
        if finished_pages.digest_of(source) == page.digest:
            output = page_loop.filled(build.made("page", file.dest_uri, key, make), content)
        else:  # somebody edits it just now
            output, key = page_loop.filled(make(), content), ""
        if output:
            write_file(output, file.abs_dest_path)
            build.pages.note(file.dest_uri, key)


def cut_into_parts(files: Files, aside: Iterable[File], cut: str, config: MkDocsConfig) -> Any:
    """Return the parts of a site, by what the records of its articles say."""
    site: Site = config.extra["site"]
    part_of: dict[str, str] = {}
    for uri in site.records:
        _, date, language = site.build.look(f"{config.docs_dir}/{uri}", structured_data.tell_record)
        part_of[uri.split("/")[2]] = site_parts.part_of_article(cut, date, language)
    parts = site_parts.divided(page_loop.own_files(files, config), aside, part_of)
    return site_parts.SiteParts(parts, site.build, site_parts.processes_for(config, run.command))


def make_part(part: Any, build: Any, *, write: Callable[..., None], config: MkDocsConfig) -> None:
    """Make the pages of a part, copy its other files, and make what the search index has of its articles."""
    finished = finished_among(part.pages, build)
    write(((file, finished[file.src_uri]) for file in part.pages if file.src_uri in finished), build)
    for file in part.copies:
        stamp = standing_site.settled_stamp(file.abs_src_path)
        if not build.pages.keeps(file.dest_uri, stamp):
            file.copy_file()
            build.pages.note(file.dest_uri, stamp)
    is_shown = config.extra["site"].is_shown
    import_sibling("search_index").make_pieces(Path(config.docs_dir), part.slugs, build, is_shown)


def shown_of_others(file: File, config: MkDocsConfig) -> list[object]:
    """Return what a page shows that stands in other files: in which trees it is, its record and its feed."""
    site: Site = config.extra["site"]
    _, rest = site.split_path(file.src_uri)
    trees = list(site.files.get(rest or "", ()))
    return [trees, record_told(file, site.build, config), site.feed_of(file)]


def record_told(file: File, build: Any, config: MkDocsConfig) -> list[Any]:
    """Return what is known of the record of the article that a page shows."""
    record = config.extra["site"].record_of(file)
    return build.look(f"{config.docs_dir}/{record}", structured_data.tell_record) if record else []


def shown_by_all(tree: str, config: MkDocsConfig) -> list[object]:
    """Return what every page of a tree shows, or may show, of the site."""
    site: Site = config.extra["site"]
    context: dict[str, Any] = {}
    set_language(context, tree, config)
    nav = context.pop("nav")
    pages = [
        (
            page.file.name,
            page.url,
            page.title,
            {name: page.meta[name] for name in page.meta if name not in OF_CONTENT},
        )
        for page in (nav.pages if nav else ())
    ]
    links = [(item.title, item.url) for item in (nav.items if nav else ()) if isinstance(item, Link)]
    alternates = site.alternates("index.md")  # with what all languages call themselves
    return [context, pages, links, site.looks.shown, dict(config.theme), alternates, site.base]


def page_key(file: File, site: Site, shown: dict[str, str], told: list[Any]) -> str:
    """Return a key of all that a finished page shows."""
    tree, rest = site.split_path(file.src_uri)
    trees = list(site.files.get(rest or "", ()))
    return str(site_build.fingerprint(file.src_uri, told, shown[tree], trees, site.feed_of(file)))


def language_name(code: object, tree: str) -> str | None:
    """Return a language's name in the words of a tree, None where it is not known."""
    return known_name(code, tree) if isinstance(code, str) else None


@cache
def known_name(code: str, tree: str) -> str | None:
    """Return what Babel calls a language in the words of a tree, None where that is nothing."""
    spoken = tree if tree in interface_strings.interface_languages() else REFERENCE
    name = Locale.parse(spoken.replace("-", "_")).languages.get(_LOCALES.get(code, code))
    return name and html.escape(name)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give a page the strings, the direction, the navigation and the alternates of its tree."""
    site: Site = config.extra["site"]
    tree, _ = site.split_path(page.file.src_uri)
    set_language(context, tree, config)
    kind = kind_of(page.file, site)
    if kind == "article":
        record = site.record_of(page.file)
        context["record"] = site.records.get(record or "")
        if record:
            told = read_record(Path(config.docs_dir, record))
            context["structured_data"] = json_ld(page, tree, site, told)
            context["published"] = declared_date(told)
        context |= report_address(page, site, config)
    elif kind in ("story", "collection"):
        context["structured_data"] = json_ld(page, tree, site)
    is_made = "checksum" in page.meta
    context["edit_url"] = page.edit_url if site.looks.edits and (kind == "article" or not is_made) else None
    context["fonts"] = preloaded_fonts(tree, page.content or "")
    context["is_own"] = kind in WRITTEN and not finished_pages.is_signed(page.file.content_bytes)
    context["more_languages"] = site.needs_more_languages(page.content or "")
    if "redirect" in page.meta:
        target = html.unescape(page.meta["redirect"])
        context["redirect_address"] = escape_once(urljoin(page.canonical_url or "", target))
    context["alternates"] = site.alternates(page.file.src_uri)
    context["page_title"] = escape_once(page.title or site.name(tree))
    context["title_size"] = title_size(str(page.title or ""))
    _, rest = site.split_path(page.file.src_uri)
    context["section"] = (rest or "").partition("/")[0]
    context["own_feed"] = site.feed_of(page.file)
    context["story"] = story_of(page.meta)
    return context


def title_size(title: str) -> str:
    """Return the class of a headline that is too long for the usual letters."""
    width = sum(2 if ord(letter) > 0x2E80 else 1 for letter in html.unescape(title))
    return "longest" if width > LONGEST_TITLE else "long" if width > LONG_TITLE else ""


def story_of(meta: Mapping[str, Any]) -> dict[str, str] | None:
    """Return name, language and address of the story that an article's page belongs to, safe in templates."""
    try:
        story = meta["stories"][0]
        return {name: escape_once(story[name]) for name in ("name", "language", "link", "count", "headline")}
    except (LookupError, TypeError):  # none, or a person wrote it
        return None


def read_record(file: Path) -> dict[str, Any]:
    """Return the record of an article; nothing where it is none of ours."""
    try:
        record = json.loads(file.read_bytes())
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def json_ld(page: Page, tree: str, site: Site, record: dict[str, Any] | None = None) -> str:
    """Return what programs should know of the page of an article, which has a record, or of a list of articles.

    Nothing where the record is none of ours, or where a person wrote the page.
    """
    try:
        if record is None:
            name = html.unescape(str(page.title))
            return str(structured_data.collection(page.meta, page.canonical_url or "", tree, name))
        alternates = site.alternates(page.file.src_uri)
        addresses = {each["code"]: each["absolute"] for each in alternates if each["exact"] and site.base}
        return str(structured_data.news_article(record, tree, addresses, page.meta))
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def declared_date(record: Mapping[str, Any]) -> str | None:
    """Return the date that an article declares; None where it declares none."""
    published = str(record.get("published") or "").strip()
    return escape_once(published) if structured_data.declared_day(published) else None


def report_address(page: Page, site: Site, config: MkDocsConfig) -> dict[str, str]:
    """Return where readers report a translation of a page, with places for the sentence and without."""
    source = (page.edit_url or "") if site.looks.edits else ""
    pattern = report_links.report_pattern(site.report, config.repo_url or "", source)
    pattern = report_links.with_article(pattern, html.unescape(str(page.title)))
    whole = report_links.without_sentence(pattern, page.canonical_url or page.url)
    return {"report_pattern": escape_once(pattern), "report_address": escape_once(whole)}


OF_NASKH = "ar|ckb|fa|ps|ug"
"""Languages whose texts are set in the Arabic faces here; those of Urdu are in a face of the system."""
OF_SYSTEM = frozenset(
    "az bg bn cs el eo et he hi hr hu ku ky lt lv mk pl ro ru sk sl sr th tr uk vi yi".split()
)
"""Languages of which no text is in the faces here, as `languages.css` has it."""
NASKH = re.compile(rf' lang="(?:{OF_NASKH})"')
NASKH_HEADING = re.compile(
    rf'<(?:h[1-3]|li)\b[^>]* lang="(?:{OF_NASKH})"|<h1\b[^>]*><bdi class="[^"]*" lang="(?:{OF_NASKH})"'
)


def preloaded_fonts(tree: str, content: str) -> list[str]:
    """Name the faces that a page is certain to use, so that they are there at the first paint."""
    serif, naskh, vazirmatn = "source-serif-4-latin", "noto-naskh-arabic-arabic", "vazirmatn-arabic"
    if tree in OF_SYSTEM:
        used = [f"{serif}-400"] if set(re.findall(r' lang="(\w+)', content)) - OF_SYSTEM else []
    elif tree == "ur":
        used = [f"{vazirmatn}-400", f"{vazirmatn}-700"]
    elif re.fullmatch(OF_NASKH, tree):
        used = [f"{vazirmatn}-400", f"{vazirmatn}-700", f"{naskh}-400"]
        used += [f"{serif}-400"] if content else []  # Latin letters and digits amid Arabic
    else:
        used = [f"{serif}-600", f"{serif}-400"]
    found = [f"{vazirmatn}-700"] if NASKH_HEADING.search(content) else []
    found += [f"{naskh}-400"] if NASKH.search(content) else []
    return [f"assets/fonts/{name}-normal.woff2" for name in dict.fromkeys(used + found)]


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Let pages without a source, such as 404, speak the target language."""
    site: Site = config.extra["site"]
    set_language(context, site.target, config)
    context["alternates"] = site.alternates("index.md")
    context["addresses"] = site.addresses
    context["sitemaps"] = [site.root + name for name in site.sitemaps()]
    context["page_title"] = escape_once(site.strings[site.target]["site"]["not_found"])
    context["fonts"] = preloaded_fonts(site.target, "")
    context["more_languages"] = site.needs_more_languages("")
    return context


def set_language(context: dict[str, Any], tree: str, config: MkDocsConfig) -> None:
    """Speak a tree's language from here on, in Material's own words too where it knows it."""
    site: Site = config.extra["site"]
    config.theme["language"] = tree if is_known_to_material(tree, *config.theme.dirs) else REFERENCE
    config.theme["direction"] = direction_of(tree)
    context["tree"] = tree
    context["nav"] = site.navigation.get(tree)
    context["exports"] = [
        (site.exports[path], kind, name)
        for file, (kind, name) in EXPORTS.items()
        for path in (f"{tree}/{file}", file)
        if path in site.exports
    ]
    first_pages = ((name, site.files.get(f"{name}/index.md", {})) for name in ("stories", "topics", "names"))
    context["sections"] = [(name, pages[tree].url) for name, pages in first_pages if tree in pages]
    context["locale"] = open_graph_locale(tree)
    context["card"] = site.root + CARD if site.base else ""
    context["serving"] = run.command == "serve"
    context["ui"] = site.strings.get(tree) or site.strings[site.target]
    context["site_name"] = escape_once(site.name(tree))


@cache
def is_known_to_material(tree: str, *folders: str) -> bool:
    """Return whether a language's words are in one of these folders of templates."""
    return any(Path(folder, f"partials/languages/{tree}.html").is_file() for folder in folders)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Say language and direction on the page's first element."""
    site: Site = config.extra["site"]
    return with_language(output, site.split_path(page.file.src_uri)[0], site.looks.first_scheme)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Say language and direction on pages without a source too."""
    site: Site = config.extra["site"]
    return (
        with_language(output_content, site.target, site.looks.first_scheme)
        if template_name.endswith(".html")
        else output_content
    )


def with_language(output: str, tree: str, scheme: str = "") -> str:
    """Put a tree's language and direction on the html element, where Material knows only some languages.

    And the colour scheme that pages begin with, where the digest chooses one.
    """
    theme = f' data-theme="{scheme}"' if scheme else ""
    own = f'<html lang="{tree}" dir="{direction_of(tree)}"{theme}'
    return re.sub('<html lang="[^"]*"', own, output, count=1)


def on_post_build(config: MkDocsConfig) -> None:
    """Take the clock out of the compressed sitemap, name it to crawlers, build what needs all pages."""
    built, site = Path(config.site_dir), config.extra["site"]
    for number, name in enumerate(site.sitemaps()):
        addresses = partial(site.addresses, number * SITEMAP, (number + 1) * SITEMAP)
        write_file(site.env.get_template("sitemap.xml").render(addresses=addresses).encode(), str(built / name))
    sitemap = built / "sitemap.xml"  # an empty template of that name is how MkDocs makes none
    if sitemap.exists():
        (built / "sitemap.xml.gz").write_bytes(gzip.compress(sitemap.read_bytes(), mtime=0))
    if site.base and sitemap.exists() and not (built / "robots.txt").exists():
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.root}sitemap.xml\n"
        (built / "robots.txt").write_text(robots, encoding="utf-8")
    if (HERE / "search_index.py").is_file():
        last = site.parts or site.build
        import_sibling("search_index").build(Path(config.docs_dir), built, last, site.is_shown)
    if config.extra.get("offline"):
        write_offline_worker(built, site)
    if site.parts:
        site.parts.close()
    if site.build:
        site.build.finish()
        run.build = None


def manifest_icons(site: Site) -> list[dict[str, str]]:
    """Return the icons of an installed site: its own, or ours in every form."""
    icon = {"src": site.looks.favicon, "sizes": "any", "type": site.looks.favicon_type}
    ours = {"src": "assets/apple-touch-icon.png", "sizes": "180x180", "type": "image/png"}
    return [icon, ours] if site.looks.favicon == looks.FAVICON else [icon]


def write_offline_worker(built: Path, site: Site) -> None:
    """Make the site installable, with a worker that keeps a copy of every page for reading offline."""
    downloads = (".gz", ".epub", ".tmx")  # nobody needs a copy of these to read the site
    found = sorted(file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file())
    # A host may not send hidden files, and where one cannot be had, a browser keeps none of all.
    files = [path for path in found if not path.endswith(downloads) and "/." not in f"/{path}"]
    digest = hashlib.sha256()
    for path in files:
        digest.update((built / path).read_bytes())
    paths = [quote(re.sub("(?<![^/])index.html$", "", path)) for path in files]
    version = json.dumps(f"digest-{digest.hexdigest()[:16]}")
    worker = (HERE / "service-worker.js").read_text(encoding="utf-8")
    constants = f"const VERSION = {version};\nconst FILES = {json.dumps(paths)};\n"
    (built / "service-worker.js").write_text(constants + worker, encoding="utf-8")
    manifest = {
        "name": site.default_name,
        "start_url": "./",
        "display": "minimal-ui",
        "background_color": "#fffdf8",
        "icons": manifest_icons(site),
    }
    (built / "manifest.webmanifest").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
