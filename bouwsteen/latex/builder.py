# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Sphinx builders ``latex``, which writes a TeX file, and ``latexpdf``, which also runs TeX."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.builders.latex import LaTeXBuilder
from sphinx.builders.latex.transforms import BibliographyTransform, CitationReferenceTransform
from sphinx.errors import ConfigError, SphinxError
from sphinx.util import logging, texescape
from sphinx.util.logging import get_node_location

from bouwsteen import messages
from bouwsteen.identity import Identity
from bouwsteen.latex import cage, origin, pictures, preamble, tex
from bouwsteen.latex.translator import LatexTranslator
from bouwsteen.showing import listed

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.builders.latex.theming import Theme

logger = logging.getLogger(__name__)


class LatexBuilder(LaTeXBuilder):
    """Writes the document to one TeX file, ``<bouwsteen_name>-<language>.tex``."""

    default_translator_class = LatexTranslator

    def init(self) -> None:
        """Take the settings that are the package's, not the document's."""
        texescape.init()
        config = self.config
        identity = Identity.of(config)
        config.latex_engine = preamble.ENGINE
        config.latex_table_style = ["booktabs"]
        config.latex_use_xindy = False  # one program less to install
        config.latex_documents = [
            (
                config.root_doc,
                self.tex_file.name,
                preamble.escape(identity.title),
                preamble.escape(identity.author),
                "manual",
            )
        ]
        style = self.confdir / config.bouwsteen_latex_style
        if not style.is_file():
            raise ConfigError(f"bouwsteen_latex_style: there is no file {style}")
        config.latex_additional_files = [*config.latex_additional_files, str(style)]
        # a list of sources stays where its author put it, as in every other format
        moving = {BibliographyTransform, CitationReferenceTransform}
        self._registry.post_transforms[:] = [
            t for t in self._registry.post_transforms if t not in moving
        ]
        super().init()

    @property
    def tex_file(self) -> Path:
        """The TeX file in the output folder."""
        name = tex.safe_name(f"{self.config.bouwsteen_name}-{self.config.language}")
        return Path(self.outdir, f"{name}.tex")

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Call pictures by names that are nothing but names to TeX."""
        super().post_process_images(doctree)
        for uri in self.images:
            self.images[uri] = tex.safe_name(self.env.images[uri][1])

    def init_context(self) -> None:
        """Complete Sphinx's parts of the TeX file; ``latex_elements`` goes before ours."""
        super().init_context()
        self.context.update(preamble.elements(self.config))
        self.context["date"] = (
            ""  # Sphinx would ask the clock; the title page has a date of its own
        )
        self.context.update(self.config.latex_elements)

    def init_babel(self) -> None:
        """Leave the language to babel."""
        self.babel = preamble.DocumentLanguage(self.config.language)

    def init_multilingual(self) -> None:
        """Leave the language to babel."""
        self.context["multilingual"] = self.context["babel"]

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
        # the heading is on the title page: references to it find the page below
        body.insert(1, nodes.target("", "", ids=body["ids"]))
        _give_columns_with_asides_a_width(tree)
        return tree


def _give_columns_with_asides_a_width(tree: nodes.document) -> None:
    """Use the widths of the source: a frame is as wide as it may be, TeX cannot measure it."""
    for table in tree.findall(nodes.table):
        if any(
            {"guidance", "fill-in"} & set(box["classes"]) for box in table.findall(nodes.container)
        ):
            table["classes"].append("colwidths-given")


class LatexPdfBuilder(LatexBuilder):
    """Renders the document to one PDF, ``<bouwsteen_name>-<language>.pdf``."""

    name = "latexpdf"
    epilog = ""

    def init(self) -> None:
        """Refuse to begin without TeX."""
        tex.check_installed(self.config.language)
        super().init()

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Forget the PDF of an earlier run."""
        super().prepare_writing(docnames)
        self.pdf.unlink(missing_ok=True)

    @property
    def pdf(self) -> Path:
        """The PDF in the output folder."""
        return Path(self.outdir, f"{self.config.bouwsteen_name}-{self.config.language}.pdf")

    @property
    def raw(self) -> Path:
        """The PDF as TeX leaves it, to be finished."""
        return self.pdf.with_suffix(".raw.pdf")

    @property
    def notes(self) -> list[str]:
        """What the writer should know."""
        if cage.is_available():
            return []
        _ = messages.of(self.config).gettext
        return [
            _(
                "This system cannot keep TeX away from your files: use LaTeX only for documents "
                "and translations that you trust."
            )
        ]

    def assemble_doctree(
        self, indexfile: str, toctree_only: bool, appendices: list[str]
    ) -> nodes.document:
        """Keep the tree, to find in it what TeX complains of."""
        self._tree = super().assemble_doctree(indexfile, toctree_only, appendices)
        return self._tree

    def copy_image_files(self) -> None:
        """Refuse a picture that is broken: XeTeX would crash, and not say on which one."""
        super().copy_image_files()
        _ = messages.of(self.config).gettext
        for node in self._tree.findall(nodes.image):
            name = self.images.get(node["uri"])
            if name and not pictures.is_readable(Path(self.outdir, name)):
                raise LatexError(
                    _("{place}: the picture {name} is broken: save or export it again").format(
                        place=get_node_location(node), name=node["uri"]
                    )
                )

    def finish(self) -> None:
        """Run TeX on what Sphinx wrote."""
        super().finish()
        file = self.tex_file
        _ = messages.of(self.config).gettext
        try:
            report = tex.run(file, self.config.language, self.config.bouwsteen_moment)
        except tex.TexError as error:
            place = origin.of_line(error.line, file, self._tree, self.env) if error.line else ""
            message = error.message
            if error.refused:
                message += " " + _(
                    "(The cage around TeX kept it from reading: {files}. Report this to the "
                    "maintainer of Bouwsteen.)"
                ).format(files=listed(error.refused))
            raise LatexError(
                _("{place}LaTeX stops: {message} The rest is in {log}").format(
                    place=f"{place}: " if place else "",
                    message=message,
                    log=os.path.relpath(error.log),
                )
            ) from error
        file.with_suffix(".pdf").replace(self.raw)
        for character, font in report.lost:
            logger.warning(
                _("no {character} (U+{code:04X}) in the typeface {font}").format(
                    character=character, code=ord(character), font=font
                ),
                location=origin.of_text(character, self._tree),
                type="bouwsteen",
                subtype="latex",
            )
        for label in report.dead:
            message = _('nothing in the PDF has the label "{label}"').format(label=label)
            logger.warning(message, type="bouwsteen", subtype="latex")


class LatexError(SphinxError):
    """TeX cannot make a PDF of the document."""

    category = "LaTeX"
