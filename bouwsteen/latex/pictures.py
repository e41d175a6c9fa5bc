# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures that TeX can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def is_readable(path: Path) -> bool:
    """Tell whether the picture at *path* (PNG, JPEG or PDF) can be read to its end."""
    try:
        if path.suffix.lower() == ".pdf":
            with pikepdf.open(path) as pdf:
                return len(pdf.pages) > 0
        with Image.open(path) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, pikepdf.PdfError):  # Pillow raises the first three
        return False
    return True
