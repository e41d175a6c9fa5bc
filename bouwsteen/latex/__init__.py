# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The LaTeX engine: Sphinx's ``latex`` builder with a look of our own, and xelatex in its cage."""

from bouwsteen.latex.builder import LatexBuilder, LatexPdfBuilder

__all__ = ["LatexBuilder", "LatexPdfBuilder"]
