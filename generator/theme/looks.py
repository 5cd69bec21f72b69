"""What of MkDocs' and Material's own settings our pages follow, and a line for each that they do not.

Our templates replace most of Material's, so that its settings mean something only where they are taken up here.
One that has no effect is named in a warning, one that cannot be right ends the build.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from . import colours

FAVICON = "assets/favicon.svg"
"""Ours, where a digest has none of its own."""
_FAVICON_OF_MATERIAL = "assets/images/favicon.png"
_FONT_OF_MATERIAL = {"text": "Roboto", "code": "Roboto Mono"}
_EDIT_URI_GUESSED = ("edit/master/docs/", "src/default/docs/")
"""What MkDocs takes for the address of sources where nobody said it; it may lead nowhere."""
_LINK = re.compile(r"(?:https?://|mailto:|tel:|xmpp:|sip:|/|\.{0,2}/|#)\S", re.IGNORECASE)

FOLLOWED = {
    "site_author": "Who makes the site, for programs that read pages.",
    "copyright": "A line at the foot of each page; HTML such as links may be in it.",
    "extra_css": "Stylesheets below `docs/`, read after ours.",
    "extra_javascript": "Scripts below `docs/`.",
    "repo_url": "Where the digest's sources are; a link at the foot of each page.",
    "repo_name": "The text of that link.",
    "edit_uri": "Where pages can be edited in `repo_url`; each article leads there, and each page of your own.",
    "edit_uri_template": "The same, with `{path}` in it.",
    "nav": "Your own pages and links, in their order, in the masthead; the program's pages need not be named.",
    "plugins": "Any; those that see pages slow the build down, since MkDocs then goes through all of them.",
    "hooks": "Like plugins.",
    "markdown_extensions": "For pages that you write.",
    "theme.name": "material, digest (which is Material, without the notice that it prints), or materialx.",
    "theme.custom_dir": "Your own templates and files, which replace ours and Material's of the same name.",
    "theme.logo": "A picture below `docs/`, before the site's name.",
    "theme.icon.logo": "One of Material's icons instead of it, such as material/newspaper.",
    "theme.icon.repo": "The icon of the link to `repo_url`, such as fontawesome/brands/git-alt.",
    "theme.favicon": "A picture below `docs/` that browsers show in tabs.",
    "theme.palette": "`primary` and `accent`: a name of Material's or a colour as '#0b6e4f'; `scheme`: "
    "default (light) or slate (dark). A list of both schemes lets readers choose; with `media`, as Material "
    "has it, their system chooses first. A colour that could not be read as text is made "
    "darker or lighter, and the build says so.",
    "extra.social": "Links at the foot of each page, each with `link`, and `icon` or `name` or both.",
    "extra.generator": "true for a line that names Material for MkDocs.",
    "extra.names": "The site's name in other languages, by language codes.",
    "extra.offline": "true lets readers' browsers keep a copy of the site.",
}
"""Settings of MkDocs and Material that work, and what each does."""

NOT_FOLLOWED = {
    "site_description": "write `description:` into strings/en.yml, one for each language",
    "theme.language": "pages speak the language of their folder; extra.digest.target sets the main one",
    "theme.direction": "it follows from each page's language",
    "theme.font": "it would ask another site; put typefaces below docs/, with a stylesheet in extra_css",
    "theme.features": "pages load none of Material's scripts",
    "theme.icon": "only icon.logo and icon.repo are shown",
    "extra.analytics": "pages ask nothing of other sites",
    "extra.consent": "pages set no cookies",
    "extra.alternate": "pages lead to their other languages by themselves",
    "extra.version": "there is one version of a digest",
    "extra.homepage": "the site's name leads to its first page",
    "plugins.search": "pages have a search of their own, and never load this one's index",
}
"""Settings of MkDocs and Material without effect, and why, or what to do instead."""


@dataclass(slots=True)
class Looks:
    """How a digest wants its site to look, as templates ask for it."""

    logo: str = ""
    """The address of a picture below the site's root."""
    logo_icon: str = ""
    """The template of an icon instead."""
    favicon: str = FAVICON
    favicon_type: str = "image/svg+xml"
    scheme: str = "light dark"
    """The colour schemes that pages have; with both, readers choose."""
    first_scheme: str = ""
    """The one that they begin with; empty for that of the reader's system."""
    css: str = ""
    """A stylesheet with the digest's own colours."""
    social: list[dict[str, str]] = field(default_factory=list)
    repo_icon: str = ""
    edits: bool = False
    """Whether pages lead to where they can be edited."""
    warnings: list[str] = field(default_factory=list)
    """A line for each setting without effect."""
    notes: list[str] = field(default_factory=list)
    """What was done otherwise than the settings say."""
    mistakes: list[str] = field(default_factory=list)
    """A line for each setting that cannot be used."""

    @property
    def shown(self) -> list[object]:
        """What pages show of it that settings do not say, or do not say any more."""
        pictures, schemes = [self.logo, self.logo_icon, self.favicon], [self.scheme, self.first_scheme]
        return [*pictures, *schemes, self.edits]


def looks_of(config: MkDocsConfig) -> Looks:
    """Return how a site must look, and take from the settings what would lead Material's templates astray."""
    looks = Looks()
    theme = config.theme
    _pictures(looks, config)
    _palette(looks, theme.get("palette"), theme.dirs)
    _social(looks, config.extra.get("social"), theme.dirs)
    features = _strings(theme.get("features"))
    by_guess = config.edit_uri in _EDIT_URI_GUESSED and "content.action.edit" not in features
    looks.edits = bool(config.edit_uri_template or (config.edit_uri and not by_guess))
    looks.warnings += _without_effect(config)
    for name in ("extra_css", "extra_javascript"):
        looks.warnings += _not_to_be_had(config, name)
    if not config.use_directory_urls:
        looks.mistakes.append(
            "use_directory_urls: false cannot be, as pages lead to each other's folders; take it out"
        )
    theme["font"], theme["palette"] = False, None  # neither a request to a font host nor Material's colours
    for name in ("consent", "version"):  # banners without the scripts that fill them
        config.extra.pop(name, None)
    theme["features"] = []  # a button to the top, say, which only Material's scripts would bring to life
    theme["icon"] = {name: icon for name, icon in _icons(theme).items() if name in ("logo", "repo")}
    return looks


def _without_effect(config: MkDocsConfig) -> Iterator[str]:
    """Return a line for each setting that somebody chose and that pages do not follow."""
    theme, extra = config.theme, config.extra
    given = {
        "site_description": config.site_description,
        "theme.language": theme.get("language", "en") != "en",
        "theme.direction": theme.get("direction"),
        "theme.font": theme.get("font") and theme["font"] != _FONT_OF_MATERIAL,
        "theme.features": set(_strings(theme.get("features"))) - {"content.action.edit"},
        "theme.icon": _icons(theme).keys() - {"logo", "repo"},
        "plugins.search": {"search", "material/search"} & config.plugins.keys(),
        **{
            f"extra.{name}": extra.get(name)
            for name in ("analytics", "consent", "alternate", "version", "homepage")
        },
    }
    for name, value in given.items():
        if value:
            which = f" ({', '.join(sorted(value))})" if isinstance(value, set) else ""
            yield f"{name}{which} has no effect: {NOT_FOLLOWED[name]}; take it out"


def _not_to_be_had(config: MkDocsConfig, name: str) -> Iterator[str]:
    """Leave out stylesheets or scripts of other sites, which our pages forbid, and return a line for each.

    One that is not there is named, too, but stays: a plugin may yet make it.
    """
    own: list[Any] = []
    folders = [config.docs_dir, *config.theme.dirs]
    for item in config[name]:
        if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", str(item), re.IGNORECASE):
            yield f"{name}: {item} is of another site, of which pages ask nothing; put the file below docs/"
            continue
        own.append(item)
        if not any(Path(folder, str(item).partition("?")[0]).is_file() for folder in folders):
            yield f"{name}: there is no {item}; put it below docs/ and name it from there, or take it out"
    config[name] = own


def _pictures(looks: Looks, config: MkDocsConfig) -> None:
    """Take over logo, favicon and icons, or say that they are not there."""
    theme = config.theme
    folders = [config.docs_dir, *theme.dirs]
    favicon = theme.get("favicon")
    is_of_material = favicon == _FAVICON_OF_MATERIAL and not Path(config.docs_dir, favicon).is_file()
    if favicon and favicon != FAVICON and not is_of_material:
        looks.favicon = _picture(looks, "theme.favicon", favicon, folders)
        looks.favicon_type = mimetypes.guess_type(looks.favicon)[0] or "image/x-icon"
    if theme.get("logo"):
        looks.logo = _picture(looks, "theme.logo", theme["logo"], folders)
    icons = _icons(theme)
    if theme.get("icon") and not isinstance(theme["icon"], dict):
        looks.mistakes.append(f"theme.icon is {theme['icon']!r} but must be a mapping, such as {{repo: ICON}}")
    if icons.get("logo") and not looks.logo:
        looks.logo_icon = _icon(looks, "theme.icon.logo", icons["logo"], theme.dirs)
    if icons.get("repo"):
        looks.repo_icon = _icon(looks, "theme.icon.repo", icons["repo"], theme.dirs)


def _picture(looks: Looks, name: str, path: object, folders: Iterable[str]) -> str:
    if not (isinstance(path, str) and any(Path(folder, path).is_file() for folder in folders)):
        looks.mistakes.append(
            f"{name} is {path!r}, and there is no such file; put it below docs/ and name it from there"
        )
        return ""
    return path


def _icon(looks: Looks, name: str, icon: object, folders: Iterable[str]) -> str:
    template = f".icons/{icon}.svg"
    if not (isinstance(icon, str) and any(Path(folder, template).is_file() for folder in folders)):
        looks.mistakes.append(
            f"{name} is {icon!r}, but Material has no such icon; choose one, such as material/newspaper"
        )
        return ""
    return template


def _icons(theme: Mapping[str, Any]) -> dict[str, Any]:
    icons = theme.get("icon")
    return {str(name): icon for name, icon in icons.items() if icon} if isinstance(icons, dict) else {}


def _strings(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else [str(value)] if value else []


def _social(looks: Looks, given: object, folders: Iterable[str]) -> None:
    """Take over links to where a digest is elsewhere."""
    if not isinstance(given, list | None):
        looks.mistakes.append(f"extra.social is {given!r} but must be a list of links")
        return
    for number, item in enumerate(given or (), 1):
        place = f"extra.social item {number}"
        options = item if isinstance(item, dict) else {"link": item}
        link, icon, name = (options.get(key) or "" for key in ("link", "icon", "name"))
        if not (isinstance(link, str) and _LINK.match(link)):
            looks.mistakes.append(
                f"{place}: link is {link!r} but must be an address, such as https://example.org/@us"
            )
            continue
        template = _icon(looks, f"{place}: icon", icon, folders) if icon else ""
        host = link.partition("//")[2].partition("/")[0]
        is_profile = "mastodon" in str(icon)
        looks.social.append(
            {
                "link": link,
                "icon": template,
                "name": str(name or host or link),
                "rel": "me" if is_profile else "",
            }
        )


def _palette(looks: Looks, given: object, folders: Iterable[str]) -> None:
    """Take over colours and schemes."""
    entries = given if isinstance(given, list) else [given] if given else []
    chosen: dict[str, dict[str, str]] = {}
    order = []
    for number, entry in enumerate(entries, 1):
        place = f"theme.palette item {number}" if isinstance(given, list) else "theme.palette"
        if not isinstance(entry, dict):
            looks.mistakes.append(f"{place} is {entry!r} but must hold scheme, primary and accent")
            continue
        scheme = entry.get("scheme")
        if scheme not in (None, "default", "slate"):
            looks.mistakes.append(f"{place}: scheme is {scheme!r} but must be default or slate")
        own = {
            role: _colour(looks, f"{place}: {role}", role, value, folders)
            for role in ("primary", "accent")
            if (value := entry.get(role))
        }
        names = ["dark"] if scheme == "slate" else ["light"] if scheme else ["light", "dark"]
        chosen |= dict.fromkeys(names, own)
        order += names
    if not order:
        return
    looks.scheme = " ".join(name for name in ("light", "dark") if name in order)
    by_system = any(isinstance(entry, dict) and "media" in entry for entry in entries)
    looks.first_scheme = "" if by_system or (order == ["light", "dark"] and len(entries) == 1) else order[0]
    looks.css = colours.stylesheet(chosen, looks.scheme, looks.notes)


def _colour(looks: Looks, place: str, role: str, value: object, folders: Iterable[str]) -> str:
    """Return a colour as #rrggbb: given so, or by a name that Material's own stylesheet knows."""
    names = colours.named(role, folders)
    text = str(value).lower()
    if re.fullmatch(r"#(?:[0-9a-f]{3}){1,2}", text):
        return colours.six_digits(text)
    if (known := names.get(text.replace(" ", "-"))) is None:
        looks.mistakes.append(
            f"{place} is {value!r} but must be as '#0b6e4f', or one of {', '.join(sorted(names))}"
        )
        return ""
    return known
