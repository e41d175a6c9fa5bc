# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where Sphinx writes TeX that says something else than its other builders do, or sets it badly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.writers.latex import LaTeXTranslator

if TYPE_CHECKING:
    from docutils import nodes


class LatexTranslator(LaTeXTranslator):
    """Writes TeX; the methods are those of docutils' visitors."""

    def visit_attribution(self, _node: nodes.Element) -> None:
        """Set a dash: xelatex makes none of the three hyphens that Sphinx writes."""
        self.body.append("\n\\begin{flushright}\n—")

    def visit_field_list(self, _node: nodes.Element) -> None:
        """Set fields as definitions: Sphinx indents them twice."""
        self.body.append("\\begin{description}\n")

    def depart_field_list(self, _node: nodes.Element) -> None:
        """End the definitions."""
        self.body.append("\\end{description}\n")

    def visit_citation(self, node: nodes.Element) -> None:
        """Leave a source where it stands."""
        label = self.encode(node[0].astext())
        self.body.append(f"\n\n\\leavevmode{self.hypertarget_to(node, anchor=True)}[{label}] ")

    def depart_citation(self, _node: nodes.Element) -> None:
        """End the paragraph."""
        self.body.append("\n\n")
