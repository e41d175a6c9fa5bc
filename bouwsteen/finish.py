# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finish a raw PDF, whichever engine made it: language, metadata, fixed bytes.

Rules come from ISO 32000-1: the language of the document (14.9.2), the document information
dictionary (14.3.3), the title in the window (12.2), the file identifier (14.4).
"""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name, String

from bouwsteen.identity import Identity

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx


def finish(path: Path, identity: Identity, language: str) -> None:
    """Finish the PDF at *path*, in place: it is written beside and renamed.

    Dates come from ``SOURCE_DATE_EPOCH`` if that is set (seconds since 1970, UTC); a raw PDF made
    twice from the same source then gives the same bytes twice.

    :raises OSError: if the file cannot be written.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        with pikepdf.open(path) as pdf:
            pdf.Root.Lang = String(language.replace("_", "-"))
            pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
            pdf.docinfo[Name.Title] = String(identity.title)
            pdf.docinfo[Name.Author] = String(identity.author)
            _set_dates(pdf)
            # a deterministic identifier otherwise keeps the first half of the old one
            if Name.ID in pdf.trailer:
                del pdf.trailer[Name.ID]
            pdf.save(beside, min_version="1.7", deterministic_id=True)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _set_dates(pdf: pikepdf.Pdf) -> None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return
    moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    pdf.docinfo[Name.CreationDate] = pdf.docinfo[Name.ModDate] = String(
        f"D:{moment:%Y%m%d%H%M%S}+00'00'"
    )


def finish_output(app: Sphinx, exception: Exception | None) -> None:
    """Finish the PDF of a builder that makes one (event ``build-finished``)."""
    path: Path | None = getattr(app.builder, "pdf", None)
    if exception is None and path is not None:
        finish(path, Identity.of(app.config), app.config.language)
