# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is drawn, and written to the file."""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING, Any

from rinoh.backend.pdf import CODE_TO_CHAR, Canvas, cos
from rinoh.backend.pdf import filter as filters
from rinoh.document import Document

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADJUSTED = 1e-3  # thousandths of the font size; what is less is not written


def _adjustment(metrics: Any, width: float, size: float, font: Any) -> str | None:
    adjust = 1000 * metrics.width / font.units_per_em - 1000 * width / size
    return f"{adjust:.3f}".rstrip("0").rstrip(".") if abs(adjust) > _ADJUSTED else None


@contextlib.contextmanager
def glyphs_by_table() -> Iterator[None]:
    """Work out how a glyph is written once for each width that it has.

    rinohtype does it for each glyph (``Canvas.show_glyphs``).
    """
    upstream = Canvas.show_glyphs
    tables: dict[Any, dict[Any, tuple[str, str | None]]] = {}

    def show_glyphs(  # noqa: PLR0913, PLR0917  # as it is called
        self: Any, left: float, cursor: float, span: Any, glyphs: Any, container: Any
    ) -> Any:
        font = span.font(container)
        if font.encoding:
            return upstream(self, left, cursor, span, glyphs, container)
        size = span.height(container)
        name, _ = self.register_font(container.document, font)
        table = tables.setdefault((id(font), size), {})
        total, text, run = 0, "", ""
        for glyph in glyphs:
            metrics, width = glyph.metrics, glyph.width
            total += width
            key = metrics.code, width
            if key in table:
                characters, adjustment = table[key]
            else:
                code = metrics.code
                characters = CODE_TO_CHAR[code >> 8] + CODE_TO_CHAR[code & 0xFF]
                adjustment = _adjustment(metrics, width, size, font)
                if glyph.char != " ":  # of another width on each line
                    table[key] = characters, adjustment
            if adjustment is None:
                run += characters
            else:
                text += f"({run}{characters}) {adjustment} "
                run = ""
        if run:
            text += f"({run})"
        red, green, blue, _alpha = span.get_style("font_color", container).rgba
        top = -(cursor - span.y_offset(container))
        with self.save_state():
            self.print(
                f"BT\n/{name} {size} Tf\n{red} {green} {blue} rg\n"
                f"{left:f} {top:f} Td\n[{text}] TJ\nET"
            )
        return total

    with replaced(Canvas, show_glyphs=show_glyphs):
        yield


class _Encoder(filters.Encoder):
    """Compresses when all is there: what zlib needs for it is as large as ten pages."""

    def __init__(self, destination: Any, level: int) -> None:
        super().__init__(destination)
        self._level = level
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self._parts.append(bytes(part))

    def flush(self) -> None:
        compressor = zlib.compressobj(self._level)
        for part in self._parts:
            self._destination.write(compressor.compress(part))
        self._destination.write(compressor.flush())
        self._parts.clear()


@contextlib.contextmanager
def written_in_turn() -> Iterator[None]:
    """Take the parts of the file in turn, to number them and to compress them.

    rinohtype looks for the highest number among all for each new one
    (``cos.Document.max_identifier``), and has all pages being compressed at once
    (``FlateEncoder``).
    """
    with (
        replaced(cos.Document, max_identifier=property(lambda self: next(reversed(self), 0))),
        replaced(filters, FlateEncoder=_Encoder),
    ):
        yield


@contextlib.contextmanager
def no_progress() -> Iterator[None]:
    """Leave out the progress bar, for which all elements are gone through for each.

    Replaces ``Document.progress``; our builder keeps it off the screen.
    """
    with replaced(Document, progress=lambda *_: None):
        yield
