# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read PDFs back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path


def pages_of(path: Path) -> list[str]:
    """Return the text of each page, with hyphens at line ends joined."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            page.get_textpage().get_text_bounded().replace('\r\n', '\n').replace('\ufffe', '')
            for page in document
        ]


def text_of(path: Path) -> str:
    return '\n'.join(pages_of(path))
