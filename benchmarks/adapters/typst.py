# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Typst, by atsphinx-typst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class DropInternalLinks(SphinxPostTransform):
    """Leave the text of internal references, not the link.

    atsphinx-typst 0.1.1 writes links to labels that it does not write, and Typst stops at them.
    """

    default_priority = 900
    builders = ("typstpdf",)

    def run(self, **_kwargs: Any) -> None:
        """Replace each internal reference by what stands in it."""
        for reference in list(self.document.findall(nodes.reference)):
            if reference.get("internal") or "refid" in reference:
                reference.replace_self(reference.children)


def setup(app: Sphinx) -> None:
    """Have the markup read, and the document set by Typst."""
    app.setup_extension("benchmarks.adapters.markup")
    app.setup_extension("atsphinx.typst")
    app.add_post_transform(DropInternalLinks)
    app.connect("config-inited", _configure, priority=1)


def _configure(_app: Sphinx, config: Config) -> None:
    config.typst_documents = [
        {
            "entrypoint": config.root_doc,
            "filename": "document",
            "title": config.project,
            "author": config.author,
            "theme": "manual",
        }
    ]
