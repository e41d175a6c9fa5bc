# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The LaTeX engine: Sphinx's ``latex`` builder with a look of our own, and xelatex in its cage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bouwsteen.latex.builder import LatexBuilder, LatexPdfBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["LatexBuilder", "LatexPdfBuilder", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Declare the builders to Sphinx."""
    app.setup_extension("sphinx.builders.latex")
    app.add_builder(LatexBuilder, override=True)
    app.add_builder(LatexPdfBuilder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
