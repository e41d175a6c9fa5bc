# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Sphinx builders ``latex``, which writes a TeX file, and ``latexpdf``, which also runs TeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.builders.latex import LaTeXBuilder
from sphinx.errors import ConfigError
from sphinx.util import logging, texescape

from bouwsteen.identity import Identity
from bouwsteen.latex import preamble, tex

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

    from sphinx.builders.latex.theming import Theme

logger = logging.getLogger(__name__)


class LatexBuilder(LaTeXBuilder):
    """Writes the document to one TeX file, ``<bouwsteen_name>-<language>.tex``."""

    def init(self) -> None:
        """Take the settings that are the package's, not the document's."""
        texescape.init()
        config = self.config
        identity = Identity.of(config)
        config.latex_engine = preamble.ENGINE
        config.latex_use_xindy = False  # one program less to install
        config.latex_documents = [
            (
                config.root_doc,
                f"{config.bouwsteen_name}-{config.language}.tex",
                preamble.escape(identity.title),
                preamble.escape(identity.author),
                "manual",
            )
        ]
        style = self.confdir / config.bouwsteen_latex_style
        if not style.is_file():
            raise ConfigError(f"bouwsteen_latex_style: there is no file {style}")
        config.latex_additional_files = [*config.latex_additional_files, str(style)]
        super().init()

    def init_context(self) -> None:
        """Complete Sphinx's parts of the TeX file; ``latex_elements`` goes before ours."""
        super().init_context()
        self.context.update(preamble.elements(self.config))
        self.context["date"] = ""  # Sphinx would ask the clock; the title page has a date of its own
        self.context.update(self.config.latex_elements)

    def init_babel(self) -> None:
        """Leave the language to babel."""
        self.babel = preamble.DocumentLanguage(self.config.language)

    def update_doc_context(self, title: str, author: str, theme: Theme) -> None:
        """Set paper and type as in the other engine."""
        super().update_doc_context(title, author, theme)
        self.context.update(papersize="a4paper", pointsize="11pt")

    def assemble_doctree(
        self, indexfile: str, toctree_only: bool, appendices: list[str]
    ) -> nodes.document:
        """Put the table of contents before the first chapter, below what stands there."""
        tree = super().assemble_doctree(indexfile, toctree_only, appendices)
        body = next(iter(tree.findall(nodes.section)), tree)
        first_chapter = next(
            (i for i, child in enumerate(body) if any(child.findall(nodes.section))), len(body)
        )
        body.insert(first_chapter, nodes.raw("", r"\tableofcontents", format="latex"))
        return tree


class LatexPdfBuilder(LatexBuilder):
    """Renders the document to one PDF, ``<bouwsteen_name>-<language>.pdf``."""

    name = "latexpdf"
    epilog = ""

    def init(self) -> None:
        """Refuse to begin without TeX."""
        tex.check_installed(self.config.language)
        super().init()

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Forget the PDF of an earlier run."""
        super().prepare_writing(docnames)
        self.pdf.unlink(missing_ok=True)

    @property
    def pdf(self) -> Path:
        """The PDF in the output folder."""
        return self.outdir / f"{self.config.bouwsteen_name}-{self.config.language}.pdf"

    def finish(self) -> None:
        """Run TeX on what Sphinx wrote."""
        super().finish()
        for warning in tex.run(self.pdf.with_suffix(".tex")):
            logger.warning("LaTeX: %s", warning, type="bouwsteen", subtype="latex")
