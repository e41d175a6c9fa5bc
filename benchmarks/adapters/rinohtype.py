# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bare rinohtype: its own builder, template and style."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bouwsteen.rinoh.mending import notes_on_a_full_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def setup(app: Sphinx) -> None:
    """Have the markup read, and the document set by rinohtype.

    One thing is mended: else it stops at the first footnote on a full page.
    """
    app.setup_extension("benchmarks.adapters.markup")
    app.setup_extension("rinoh.frontend.sphinx")
    app.connect("config-inited", _configure)
    mending = contextlib.ExitStack()
    app.connect("builder-inited", lambda _app: mending.enter_context(notes_on_a_full_page()))
    app.connect("build-finished", lambda _app, _exception: mending.close())


def _configure(_app: Sphinx, config: Config) -> None:
    config.rinoh_documents = [
        {
            "doc": config.root_doc,
            "target": "document",
            "title": config.project,
            "author": config.author,
        }
    ]
