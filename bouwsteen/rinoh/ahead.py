# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Load what rendering will ask for, while the source is being read by another process."""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Any

from rinoh.backend import pdf
from rinoh.font import Typeface
from rinoh.font.style import FontVariant, FontWeight, FontWidth

from bouwsteen.rinoh import hyphenation
from bouwsteen.rinoh.speed import fonts
from bouwsteen.rinoh.template import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

said: list[warnings.WarningMessage] = []  # what is said once, when a font is read


def steps(template: Path, language: str) -> Iterator[None]:
    """Load a part with each step: hyphenation, then the fonts that *template* names.

    What cannot be loaded is left to rendering, which says what is wrong with it.
    """
    with contextlib.suppress(Exception), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        hyphenation.prepare(language)
        yield
        with fonts.read_as_needed(), fonts.described_once():
            for font in _fonts(template):
                pdf.Document("").register_font(font)
                font.get_glyph_metrics(" ", FontVariant.NORMAL)
                said.extend(caught)
                caught.clear()
                yield


def _fonts(template: Path) -> list[Any]:
    """Return the fonts of all typefaces: plain ones first, then those bold or slanted."""
    named = Report.ConfigurationFile(str(template))["stylesheet"].variables.items()
    fonts = [
        font
        for name, typeface in named if name.endswith("typeface")
        for slants in [Typeface(typeface)[FontWidth.NORMAL]]
        for weights in slants.values()
        for font in weights.values() if not (_is_bold(font) and font.italic)
    ]  # fmt: skip
    return sorted(fonts, key=lambda font: _is_bold(font) or font.italic)


def _is_bold(font: Any) -> bool:
    return bool(font.weight > FontWeight.REGULAR)
