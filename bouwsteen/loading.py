# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load what the builder that was asked for needs, and not the other builders.

Sphinx loads all that it comes with, and we have two engines: those of web pages, of help files and
of the other engine take a fifth of the time of a build.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from sphinx.application import Sphinx

_RINOH, _LATEX = "bouwsteen.rinoh", "bouwsteen.latex"
# What builders of ours need of these; others, and documents with other extensions, need them all
_NEEDED_BY = {
    "rinoh": {_RINOH},
    "latexpdf": {_LATEX},
    "completeness": set[str](),
}
# These have settings and transforms for reading
_ALWAYS = {"sphinx.builders.dummy", "sphinx.builders.gettext", "sphinx.builders.latex"}
# Settings of what is left alone that are asked for all the same: by the reading of lists, and to
# tell whether all has to be read again
_SETTINGS: dict[str, dict[str, Any]] = {
    "sphinx.builders.html": {"html_compact_lists": True},
    _RINOH: {"rinoh_documents": None, "rinoh_targets": None},
}


class Application(Sphinx):
    """Sphinx, which leaves alone what the builder does not need."""

    def __init__(self, *, buildername: str, **settings: Any) -> None:
        self.wanted = buildername  # there is no builder yet
        super().__init__(buildername=buildername, **settings)

    def setup_extension(self, extname: str) -> None:
        """Load the extension *extname*, if it is needed."""
        if self._needs(extname):
            super().setup_extension(extname)
            return
        for name, default in _SETTINGS.get(extname, {}).items():
            self.add_config_value(name, default, "env")

    def _needs(self, extname: str) -> bool:
        return self.config.extensions != ["bouwsteen"] or _is_needed(extname, self.wanted)


def _is_needed(extname: str, builder: str) -> bool:
    needed = _NEEDED_BY.get(builder)
    is_a_builder = extname.startswith(("sphinx.builders.", "sphinxcontrib.", "alabaster"))
    if needed is None or not (is_a_builder or extname in {_RINOH, _LATEX}):
        return True
    return any(f"{extname}.".startswith(f"{name}.") for name in needed | _ALWAYS)


def load_later(name: str) -> None:
    """Have the module *name* loaded when something in it is asked for."""
    if name in sys.modules:
        return
    spec = importlib.util.find_spec(name)
    if not spec or not spec.loader:
        return
    spec.loader = loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    package, _dot, last = name.rpartition(".")
    setattr(sys.modules[package], last, module)  # else ``from package import last`` loads it


load_later("sphinx.util.requests")  # for pictures from the web, and for checking links
load_later("sphinx.ext.doctest")  # for code with tests in it
load_later("PIL.ExifTags")  # for photographs
