# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fonts: a table is read when it is asked for, numbers a row at a time."""

from __future__ import annotations

import contextlib
import functools
import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rinoh import resource
from rinoh.backend import pdf
from rinoh.font import Font
from rinoh.font.opentype import OpenTypeFont, parse
from rinoh.font.opentype.gpos import PairAdjustmentSubtable, PairSetTable
from rinoh.font.opentype.layout import DelayedList
from rinoh.font.style import FontSlant, FontWeight, FontWidth

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NUMBERS = {parse.byte: "B", parse.ushort: "H", parse.short: "h", parse.ulong: "L"}


class _FontReadAsNeeded(OpenTypeFont):
    """A font that reads its tables, and lists its glyphs, when it is asked for them."""

    def __init__(
        self, filename: Any, weight: Any = None, slant: Any = None, width: Any = None
    ) -> None:
        dict.__init__(self)
        self._file = io.BytesIO(Path(filename).read_bytes())
        count = parse.OffsetTable(self._file)["numTables"]
        records = [parse.TableRecord(self._file) for _ in range(count)]
        self._records = {record["tag"]: record for record in records}
        for record in records:
            _check_sum(self._file.getbuffer(), record)
        os2 = self["OS/2"]
        found = (
            (os2.oblique and FontSlant.OBLIQUE)
            or (os2.italic and FontSlant.ITALIC)
            or FontSlant.UPRIGHT
        )
        Font.__init__(
            self,
            filename,
            self._check("weight", weight, os2["usWeightClass"], FontWeight.to_name),
            self._check("slant", slant, found),
            self._check("width", width, os2["usWidthClass"], FontWidth.to_name),
        )
        self._suffixes: dict[Any, Any] = {}
        self._ligatures: dict[Any, Any] = {}
        self._kerning_pairs: dict[Any, Any] = {}

    def __contains__(self, tag: object) -> bool:
        return tag in self._records

    def __missing__(self, tag: str) -> Any:
        record = self._records[tag]
        file, offset = self._file, record["offset"]
        match tag:
            case "hmtx":
                table = _metrics(
                    file, offset, self["hhea"]["numberOfHMetrics"], self["maxp"]["numGlyphs"]
                )
            case "CFF":
                table = parse.CompactFontFormat(file, offset)
            case "loca":
                table = parse.truetype.LocaTable(
                    file, offset, self["head"]["indexToLocFormat"], self["maxp"]["numGlyphs"]
                )
            case "glyf":
                table = parse.truetype.GlyfTable(file, offset, self["loca"])
            case _:
                table = self._parse_table(file, record)
        self[tag] = table
        return table

    @functools.cached_property
    def _glyphs_by_code(self) -> Any:
        return self._create_glyph_metrics()

    @functools.cached_property
    def _encoding_and_glyphs(self) -> Any:
        return self._create_glyphs_by_char(self._glyphs_by_code)

    @property
    def _encoding(self) -> Any:
        return self._encoding_and_glyphs[0]

    @property
    def _glyphs(self) -> Any:
        return self._encoding_and_glyphs[1]


def _check_sum(data: memoryview, record: Any) -> None:
    begin, words = record["offset"], -(-record["length"] // 4)
    total = sum(struct.unpack_from(f">{words}L", data, begin))
    if record["tag"] == "head":  # it holds the sum of the whole file
        total -= struct.unpack_from(">L", data, begin + 8)[0]
    if total % 2**32 != record["checkSum"]:
        raise AssertionError(record["tag"])  # what rinohtype raises


def _metrics(file: io.BytesIO, offset: int, measured: int, glyphs: int) -> Any:
    """Read how wide glyphs are; the last width is that of all glyphs after it."""
    form = f">{'Hh' * measured}{glyphs - measured}h"
    numbers = struct.unpack_from(form, file.getbuffer(), offset)
    widths, bearings = numbers[: 2 * measured : 2], numbers[1 : 2 * measured : 2]
    table = parse.HmtxTable.__new__(parse.HmtxTable)
    table["advanceWidth"] = [*widths, *widths[-1:] * (glyphs - measured)]
    table["leftSideBearing"] = [*bearings, *numbers[2 * measured :]]
    return table


def _pair_sets(file: io.BytesIO, base: int, table: Any) -> Any:
    """Leave the kerning of a glyph with those after it to be read when one follows it."""
    count = table["PairSetCount"]
    offsets = struct.unpack(f">{count}H", file.read(2 * count))
    formats = table["ValueFormat1"], table["ValueFormat2"]
    return DelayedList(
        lambda file, offset: PairSetTable(file, offset, *formats), file, base, offsets
    )


@contextlib.contextmanager
def read_as_needed() -> Iterator[None]:
    """Read tables of fonts as they are needed.

    rinohtype reads all tables of the fonts of a typeface, number by number (``create_reader``),
    to the kerning of each pair of glyphs (``indirect_array`` of ``PairSetTable``), adds up
    each table that way (``TableRecord.check_sum``), and lists all glyphs
    (``OpenTypeFont.__init__``).
    """
    upstream_array = parse.array

    def array(reader: Any, length: int) -> Callable[..., list[Any]]:
        if reader not in _NUMBERS:
            one_by_one: Callable[..., list[Any]] = upstream_array(reader, length)
            return one_by_one
        numbers = struct.Struct(f">{length}{_NUMBERS[reader]}")
        return lambda file, **_: list(numbers.unpack(file.read(numbers.size)))

    def new(cls: type, *_args: Any, **_kwargs: Any) -> Any:
        return dict.__new__(_FontReadAsNeeded if cls is OpenTypeFont else cls)

    pairs = [("PairSetCount", parse.uint16), ("PairSet", _pair_sets)]
    with (
        replaced(OpenTypeFont, __new__=new),
        replaced(parse, array=array),
        replaced(PairAdjustmentSubtable, formats={**PairAdjustmentSubtable.formats, 1: pairs}),
    ):
        yield


_DESCRIBED: dict[int, tuple[OpenTypeFont, Any]] = {}
_FOUND: dict[tuple[str, str | None], list[Any]] = {}


@contextlib.contextmanager
def described_once() -> Iterator[None]:
    """Find a typeface and describe a font once in a process.

    Replaces ``pdf.Document.register_font``, which describes it in each pass over each document:
    its widths, and the character of each glyph. And ``resource.find_entry_points``, which looks
    through all that is installed for each use of its name in a style sheet.
    """
    upstream = pdf.Document.register_font

    def register_font(self: Any, font: Any) -> Any:
        if font not in self.fonts and id(font) in _DESCRIBED:
            self.fonts[font] = self.get_unique_font_number(), _DESCRIBED[id(font)][1]
        found = upstream(self, font)
        if isinstance(font, OpenTypeFont):  # others count the glyphs that are used
            _DESCRIBED[id(font)] = font, found[1]
        return found

    def find_entry_points(group: str, name: str | None = None) -> Iterator[Any]:
        found = _FOUND.get((group, name)) or list(look_for(group, name))
        if found:  # what is not there may come yet
            _FOUND[group, name] = found
        yield from found

    look_for = resource.find_entry_points
    with (
        replaced(pdf.Document, register_font=register_font),
        replaced(resource, find_entry_points=find_entry_points),
    ):
        yield
