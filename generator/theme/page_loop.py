"""Builds finished pages one after the other, outside of MkDocs' own loop, which holds the texts of all at once.

MkDocs reads all pages before it writes the first. Here a page is read, rendered by the same templates with the
same context, written and forgotten. That is only done where nobody could tell: see `may_take_over`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from jinja2.meta import find_undeclared_variables
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from . import finished_pages
from .standing_site import StandingSite, settled_stamp

log = logging.getLogger("mkdocs.hooks.digest")

_EVENTS = (
    *("files", "nav", "env", "pre_page", "page_read_source", "page_markdown", "page_content", "page_context"),
    *("post_page", "pre_template", "template_context"),
)
"""Where a plugin or hook may see or change pages. If any but ours listens, all pages go through MkDocs."""

_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji"),
    *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "wikilinks"),
    *("pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    "pymdownx.tilde",
}
"""Markdown extensions that leave HTML alone, whatever their options are; with any other MkDocs does all."""

_OF_ALL = {"pages", "addresses", "site"}
_OF_THE_DAY = {"build_date_utc", "lipsum"}
"""What page templates must not ask for, since it is not of a page: it is of all pages, or of the day."""


def may_take_over(config: MkDocsConfig, ours: dict[str, Any]) -> bool:
    """Return whether pages come out the same without MkDocs' loop.

    So it is where no functions but ours, those with the globals `ours`, listen to what happens to pages, where
    Markdown leaves HTML alone, and where no template asks for what only the loop has.
    """
    listening = (method for event in _EVENTS for method in config.plugins.events[event])
    return (
        all(getattr(method, "__globals__", None) is ours for method in listening)
        and {str(name).removeprefix("markdown.extensions.") for name in config.markdown_extensions}
        <= _EXTENSIONS
        and not config.extra_templates
        and not any(_asks_for_more(template, config) for template in own_templates(config))
    )


def own_templates(config: MkDocsConfig) -> Iterator[tuple[str, Path]]:
    """Return name and place of every file in those folders of templates that are not MkDocs' or Material's."""
    for folder in map(Path, config.theme.dirs):
        if not is_brought(folder):
            found = (
                file for file in folder.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")
            )
            yield from sorted((file.relative_to(folder).as_posix(), file) for file in found)


@cache
def is_brought(folder: Path) -> bool:
    """Return whether a folder is one of MkDocs' or Material's own."""
    specs = map(find_spec, ("mkdocs", "material", "materialx"))
    return any(folder.is_relative_to(Path(spec.origin or "").parent) for spec in specs if spec)


def _asks_for_more(template: tuple[str, Path], config: MkDocsConfig) -> bool:
    """Return whether a template shows what is known only when MkDocs goes through all pages, or of the day."""
    name, file = template
    if file.suffix not in (".html", ".xml", ".svg", ".txt"):
        return False
    try:
        text = file.read_text(encoding="utf-8")
        names = find_undeclared_variables(config.theme.get_env().parse(text))
    except (TemplateError, UnicodeDecodeError):
        return True  # MkDocs says what is wrong with it, if it is a template at all
    forbidden = {"pages"} if name in config.theme.static_templates else _OF_ALL | _OF_THE_DAY
    return bool(names & forbidden) or "update_date" in text


class SplitFiles(Files):
    """The files of a site. Where MkDocs goes through pages it does not see some; links still lead to them."""

    def __init__(
        self, files: Files, apart: Collection[str], standing: StandingSite, elsewhere: Collection[str]
    ) -> None:
        super().__init__(files)
        self._apart, self._standing, self._elsewhere = apart, standing, elsewhere
        self._pages: dict[object, list[File]] = {}

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        """Return the pages that are left to MkDocs, which asks a dozen times; nobody else adds any by now."""
        if inclusion not in self._pages:
            found = super().documentation_pages(inclusion=inclusion)
            self._pages[inclusion] = [file for file in found if file.src_uri not in self._apart]
        return self._pages[inclusion]

    def copy_static_files(
        self,
        dirty: bool = False,
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Copy the files that are no pages, but for those that stand already."""
        for file in self._copied(inclusion):
            if file.dest_uri not in self._standing.files:
                file.copy_file(dirty)
                self._standing.note(file.dest_uri, settled_stamp(file.abs_src_path))

    def claim_static_files(self) -> None:
        """Keep the copies that still stand of files that did not change, before the others go."""
        for file in self._copied(InclusionLevel.is_included):
            self._standing.keeps(file.dest_uri, settled_stamp(file.abs_src_path))

    def _copied(self, inclusion: Callable[[InclusionLevel], bool]) -> Iterator[File]:
        for file in self:
            is_own = not file.is_documentation_page() and file.dest_uri not in self._elsewhere
            if is_own and inclusion(file.inclusion):
                yield file


def left_aside(files: Files, config: MkDocsConfig) -> list[File]:
    """Return the pages that may be finished ones: those of the docs folder that stand in no navigation.

    One whose place in the site another page takes, too, is left to MkDocs.
    """
    named = set(named_in_nav(config.nav))
    pages = files.documentation_pages()
    places = Counter(file.dest_uri for file in pages)
    return [
        file
        for file in pages
        if file.inclusion is InclusionLevel.NOT_IN_NAV
        and file.src_dir == config.docs_dir
        and file.src_uri not in named
        and places[file.dest_uri] == 1
    ]


def own_files(files: Files, config: MkDocsConfig) -> Iterator[File]:
    """Return the files of the docs folder that go into the site."""
    for file in files:
        if file.src_dir == config.docs_dir and file.inclusion.is_included():  # type: ignore[no-untyped-call]
            yield file


def named_in_nav(nav: object) -> Iterator[str]:
    """Return the paths and addresses that a navigation names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for each in nav.values() if isinstance(nav, dict) else nav:
            yield from named_in_nav(each)


def with_anchors(files: Files, config: MkDocsConfig, apart: Collection[str]) -> None:
    """Let MkDocs know where links from its own pages may lead within the pages that it does not read."""
    linked = (target for file in files.documentation_pages() for target in _links_of(file))
    for target in linked:
        if target.src_uri in apart and target.page is None:
            content = finished_pages.content_of(source_of(target))
            Page(None, target, config).present_anchor_ids = finished_pages.anchors_in(content.decode())


def _links_of(file: File) -> Iterable[File]:
    return (file.page and file.page.links_to_anchors) or ()


def source_of(file: File) -> bytes:
    """Return what stands in a page's file."""
    return finished_pages.read_source(Path(file.abs_src_path or ""))


def rendered(file: File, source: bytes, config: MkDocsConfig, files: Files, env: Environment) -> bytes:
    """Return what MkDocs would write of a finished page; nothing where the templates make nothing of it."""
    kept, nav, page = file.page, Navigation([], []), Page(None, file, config)
    try:
        page.markdown, page.meta = finished_pages.parsed(source)
        page.content, page.toc, page.active = page.markdown.strip(), get_toc([]), True
        config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
        context = get_context(nav, (), config, page)
        template = env.get_template(page.meta.get("template", "main.html"))
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        output = config.plugins.on_post_page(template.render(context), page=page, config=config)
    except Exception as error:
        log.error(f"Error building page '{file.src_uri}': {error}")
        raise
    finally:
        file.page = kept
    return output.encode("utf-8", errors="xmlcharrefreplace") if output.strip() else b""


def frame(file: File, source: bytes, config: MkDocsConfig, files: Files, env: Environment) -> bytes:
    """Return what the templates make of a finished page, without its content."""
    return frame_of(rendered(file, source, config, files, env), finished_pages.content_of(source))


_CUTS = (b'<ol class="pairs">', b'<ol class="single">')
"""Where the template of articles puts something into the content."""


def frame_of(output: bytes, content: bytes) -> bytes:
    """Return a page without its content, which is two thirds of it and stands in its source."""
    cut, between = len(content), b""
    before, found, after = output.partition(content)
    if not found and (cut := max(map(content.find, _CUTS))) > 0:
        before, found, after = output.partition(content[:cut])
        between, found, after = after.partition(content[cut:])
    if not found:
        return b"-1 0 0\n" + output
    return b"%d %d %d\n" % (cut, len(before), len(between)) + before + between + after


def filled(frame: bytes, content: bytes) -> bytes:
    """Return the page whose frame and content these are."""
    line, _, pieces = frame.partition(b"\n")
    cut, before, between = map(int, line.split())
    if cut < 0:
        return pieces
    middle = before + between
    return pieces[:before] + content[:cut] + pieces[before:middle] + content[cut:] + pieces[middle:]
