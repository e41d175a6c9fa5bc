# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Read PDFs back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path

HYPHEN = "\ufffe"  # what PDFium makes of a hyphen at the end of a line, and of the line's end


def _pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def pages_of(path: Path) -> list[str]:
    """Return the text of each page; words broken over two lines are whole again."""
    return [page.replace(HYPHEN, "") for page in _pages_of(path)]


def text_of(path: Path) -> str:
    """Return the text of all pages."""
    return "\n".join(pages_of(path))


def lines_of(path: Path) -> list[str]:
    """Return the lines as they are set, a broken word with its hyphen."""
    return [line for page in _pages_of(path) for line in page.replace(HYPHEN, "-\n").splitlines()]


def breaks_of(path: Path) -> list[tuple[str, str]]:
    """Return the two parts of each word that is broken over two lines."""
    return [
        (before.split()[-1], after.split()[0])
        for page in _pages_of(path)
        for before, after in zip(page.split(HYPHEN), page.split(HYPHEN)[1:], strict=False)
    ]
