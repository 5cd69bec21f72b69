"""The theme as a MkDocs plugin named `digest`, for sites that do not hold the program's own files.

`plugins: [digest]` in `mkdocs.yml` then says what `theme: custom_dir` and `hooks` say elsewhere, without any
path, and whichever version of the program is installed brings its own templates.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import PathSpec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from generator.theme import hook

TEMPLATES = str(Path(hook.__file__).parent / "templates")
NOT_IN_NAV = "/*/*/"
"""All that is below a tree's first pages: in the navigation it would stand on each page, a quadratic cost."""


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: settings of the digest stand under `extra`."""


class DigestPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """The events of the hook, once our theme is in place."""

    on_startup = staticmethod(hook.on_startup)
    on_files = staticmethod(hook.on_files)
    on_nav = staticmethod(hook.on_nav)
    on_env = staticmethod(hook.on_env)
    on_page_markdown = staticmethod(hook.on_page_markdown)
    on_page_context = staticmethod(hook.on_page_context)  # type: ignore[assignment]  # adds what MkDocs knows not of
    on_post_page = staticmethod(hook.on_post_page)
    on_template_context = staticmethod(hook.on_template_context)  # type: ignore[assignment]  # adds what MkDocs knows not of
    on_post_template = staticmethod(hook.on_post_template)
    on_post_build = staticmethod(hook.on_post_build)
    on_pre_build = staticmethod(hook.on_pre_build)
    on_build_error = staticmethod(hook.on_build_error)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our templates between the site's own, if it has any, and Material's."""
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, TEMPLATES)
        ours = PathSpec().validate(NOT_IN_NAV)
        config.not_in_nav = config.not_in_nav + ours if config.not_in_nav else ours
        return hook.on_config(config)
