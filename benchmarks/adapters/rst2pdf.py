# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""rst2pdf, on ReportLab: its Sphinx builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def setup(app: Sphinx) -> None:
    """Have the markup read, and the document set by rst2pdf."""
    app.setup_extension("benchmarks.adapters.markup")
    app.setup_extension("rst2pdf.pdfbuilder")
    app.connect("config-inited", _configure, priority=1)


def _configure(_app: Sphinx, config: Config) -> None:
    config.pdf_documents = [(config.root_doc, "document", config.project, config.author)]
