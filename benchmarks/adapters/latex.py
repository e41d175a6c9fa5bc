# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sphinx's own LaTeX builder: the yardstick."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def setup(app: Sphinx) -> None:
    """Have the markup read, and the document set with xelatex."""
    app.setup_extension("benchmarks.adapters.markup")
    app.connect("config-inited", _configure, priority=1)


def _configure(_app: Sphinx, config: Config) -> None:
    """Ask for nothing that our own engine does not need: no typeface, no xindy to install."""
    config.latex_engine = "xelatex"
    config.latex_use_xindy = False
    config.latex_elements = {"fontpkg": ""}
    config.latex_documents = [
        (config.root_doc, "document.tex", config.project, config.author, "manual")
    ]
