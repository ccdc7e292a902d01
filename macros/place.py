"""Where a macro stands: the page being rendered, and the way from there to others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    import jinja2
    from mkdocs_macros.plugin import MacrosPlugin


class Place:
    """The page that is being rendered now."""

    def __init__(self, env: MacrosPlugin) -> None:
        """Keep the plugin: it knows the page, at the moment a macro is called."""
        self._env = env

    @property
    def url(self) -> str:
        """Return the page's address below the site's root."""
        return str(self._env.page.url)

    @property
    def folder(self) -> Path:
        """Return the folder of the page's Markdown file."""
        return Path(str(self._env.page.file.abs_src_path)).parent

    @property
    def pages(self) -> jinja2.Environment:
        """Return the environment that renders pages: the same macros, the same strictness."""
        environment: jinja2.Environment = self._env.env
        return environment

    def link_to(self, url: str) -> str:
        """Return the relative address of another page, right under any sub-path.

        `url` is below the site's root and may end with a fragment.
        """
        path, hash_mark, fragment = url.partition("#")
        return get_relative_url(path, self.url) + hash_mark + fragment
