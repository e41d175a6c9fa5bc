# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words before the number of a figure, table or listing: the same in every builder.

Sphinx and each engine have words of their own (*Fig.*, *Figuur*), and mix them in one document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bouwsteen import messages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

BEFORE_SPHINX = 799  # Sphinx completes numfig_format at 800


def complete(_app: Sphinx, config: Config) -> None:
    """Complete ``numfig_format`` in the language of the document."""
    _ = messages.of(config).gettext
    config.numfig_format = {
        "section": _("Section %s"),
        "figure": _("Figure %s"),
        "table": _("Table %s"),
        "code-block": _("Listing %s"),
        **config.numfig_format,
    }


def word(kind: str, config: Config) -> str:
    """Return the word before the number of a *kind* (``figure``, ``table``, ``code-block``)."""
    return str(config.numfig_format[kind]).partition("%s")[0].strip()
