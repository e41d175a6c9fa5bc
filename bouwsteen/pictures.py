# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures that a PDF for the archive cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from PIL import Image, UnidentifiedImageError
from sphinx.util import logging

from bouwsteen import messages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


def check(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Warn of pictures in the colours of a printer (event ``doctree-resolved``).

    The colours of the document are those of a screen, and PDF/A allows one kind (ISO 19005-2,
    6.2.4.3). Converting them without a look at the result is not for a program.
    """
    if not hasattr(app.builder, "pdf"):
        return
    _ = messages.of(app.config).gettext
    for node in doctree.findall(nodes.image):
        names: set[str] = set(node.get("candidates", {}).values())
        for name in sorted(names):
            if _is_cmyk(Path(app.srcdir, name)):
                logger.warning(
                    _("the picture {name} is in CMYK: save it again in RGB").format(name=name),
                    location=node,
                    type="bouwsteen",
                    subtype="pdfa",
                )


def _is_cmyk(path: Path) -> bool:
    try:
        with Image.open(path) as picture:
            return picture.mode == "CMYK"
    except (OSError, UnidentifiedImageError):  # another check's, or no raster at all
        return False
