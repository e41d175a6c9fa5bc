# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
r"""Read what XeTeX asks of its driver, and refuse what could read a file.

XeTeX itself obeys ``openin_any``, but for fonts; its driver xdvipdfmx does not, and takes orders
from any formula: ``\special{pdf:fstream @x (/etc/passwd)}`` puts that file in the PDF. All such
orders pass through one place, the XDV file, which is read here between the two programs: its
*specials*, and the fonts that it names by their path.

The format is that of DVI files (D. Fuchs, "The format of TeX's DVI files", TUGboat 3:2, 1982) with
the additions of XeTeX, version 7 (``XeTeX_ext.h``, ``dvipdfm-x/dvi.c`` in the source of TeX Live).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PRE, POST, PADDING = 247, 248, 223
VERSIONS = {6, 7}

_SET_CHAR = range(128)
_SPECIAL = range(239, 243)
_FONT_DEFINITION = range(243, 247)
_NATIVE_FONT, _GLYPHS, _TEXT_AND_GLYPHS = 252, 253, 254
_FIXED_SERIES = (128, 133, 143, 148, 153, 157, 162, 167, 235)  # of one to four bytes each
# opcodes with operands of a fixed size, in bytes
_SIZES = {
    **{base + n - 1: n for base in _FIXED_SERIES for n in (1, 2, 3, 4)},
    **dict.fromkeys((132, 137), 8),
    **dict.fromkeys((138, 140, 141, 142, 147, 152, 161, 166), 0),
    139: 44,
    **dict.fromkeys(range(171, 235), 0),
}  # fmt: skip
# flags of a native font, and the size of what follows for each that is set
_NATIVE_FONT_FLAGS = {0x0200: 4, 0x1000: 4, 0x2000: 4, 0x4000: 4}

# What LaTeX, hyperref, graphicx and Sphinx ask for: colours, links, anchors, bookmarks, settings of
# the document, drawing, turning and scaling.
_HARMLESS = re.compile(
    rb"""
      color[ ](push|pop)\b
    | x:(gsave|grestore|rotate|scale)\b
    | pdf:[ ]?(dest|bann|eann|outline|docinfo|docview|majorversion|minorversion|pagesize
              |bcolor|ecolor|btrans|etrans|literal|content|code)\b
    | dvipdfmx:config[ ]C[ ]0x0010\Z  # hyperref: names of destinations stay as they are
    """,
    re.VERBOSE,
)
# Sphinx puts all pictures in the folder of the TeX file: a path has no need of a slash.
_PICTURE = re.compile(rb"pdf:(?:image|epdf)[ ][^()@]*\((?P<name>[^/\\()]+)\)[ ]*")
# By these the driver knows them. It hands what it does not know to Ghostscript.
_PICTURE_MAGIC = (b"\x89PNG\r\n", b"\xff\xd8", b"%PDF-")


class ForbiddenOrderError(Exception):
    """TeX asks its driver for what could read a file outside the build folder and the TeX tree."""


class XdvError(Exception):
    """The file is not an XDV file, or a newer one than is known here."""


def check(path: Path, tree: Sequence[Path]) -> None:
    """Refuse the XDV file at *path* if it holds an order that could read a file from elsewhere.

    What is not known to be harmless is refused. A picture may be used if it stands in the folder of
    the file, a font also if it stands in the TeX *tree*, whose top folders these are.

    :raises ForbiddenOrderError: with the order, as it could stand in a TeX file.
    :raises XdvError: if the file cannot be read to its end.
    """
    data = path.read_bytes()
    for special in specials(data):
        if not is_harmless(special, path.parent):
            raise ForbiddenOrderError(rf"\special{{{special.decode('utf-8', 'replace')}}}")
    for font in fonts(data):
        place = Path(os.path.normpath(path.parent / font))
        if not any(place.is_relative_to(top) for top in (path.parent, *tree)):
            raise ForbiddenOrderError(rf"\font[{font}]")


def is_harmless(special: bytes, folder: Path) -> bool:
    """Say whether the driver may get *special*, of a file in *folder*."""
    if picture := _PICTURE.fullmatch(special):
        file = folder / os.fsdecode(picture["name"])
        return file.is_file() and file.read_bytes().startswith(_PICTURE_MAGIC)
    return _HARMLESS.match(special) is not None


def specials(data: bytes) -> Iterator[bytes]:
    """Yield the specials of an XDV file, in their order.

    :raises XdvError: if *data* is not an XDV file.
    """
    for opcode, operands in _orders(data):
        if opcode in _SPECIAL:
            yield operands[opcode - _SPECIAL.start + 1 :]


def fonts(data: bytes) -> Iterator[str]:
    """Yield the paths of the fonts in an XDV file that are found by their path.

    The others are found by a name in the TeX tree.

    :raises XdvError: if *data* is not an XDV file.
    """
    for opcode, operands in _orders(data):
        if opcode == _NATIVE_FONT:
            yield os.fsdecode(operands[11 : 11 + operands[10]])


def _orders(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the opcode and the operands of each order."""
    try:
        if data[0] != PRE or data[1] not in VERSIONS:
            raise XdvError("not an XDV file of a known version")
        position = 15 + data[14]
        while (opcode := data[position]) != POST:
            begin = position + 1
            position = begin + _size_of_operands(data, begin, opcode)
            yield opcode, data[begin:position]
        pages_end = position
    except IndexError:
        raise XdvError("the file is cut off") from None
    # The postamble says where it begins: two ways through the file that end in the same place.
    match = re.search(rb"\xf9(....)[\x06\x07]\xdf{4,7}\Z", data, re.DOTALL)
    if not match or int.from_bytes(match[1], "big") != pages_end:
        raise XdvError("the file does not end where it says")


def _size_of_operands(data: bytes, position: int, opcode: int) -> int:
    """Return the size, in bytes, of the operands of *opcode*, which begin at *position*."""
    if opcode in _SET_CHAR:
        return 0
    if opcode in _SIZES:
        return _SIZES[opcode]
    if opcode in _SPECIAL:
        size = opcode - _SPECIAL.start + 1
        return size + int.from_bytes(data[position : position + size], "big")
    if opcode in _FONT_DEFINITION:
        fixed = opcode - _FONT_DEFINITION.start + 1 + 12
        return fixed + 2 + data[position + fixed] + data[position + fixed + 1]
    if opcode == _NATIVE_FONT:
        flags = int.from_bytes(data[position + 8 : position + 10], "big")
        name = data[position + 10]
        return 15 + name + sum(n for flag, n in _NATIVE_FONT_FLAGS.items() if flags & flag)
    if opcode in {_GLYPHS, _TEXT_AND_GLYPHS}:
        text = 0
        if opcode == _TEXT_AND_GLYPHS:
            text = 2 + 2 * int.from_bytes(data[position : position + 2], "big")
        glyphs = int.from_bytes(data[position + text + 4 : position + text + 6], "big")
        return text + 4 + 2 + glyphs * (8 + 2)
    raise XdvError(f"unknown opcode {opcode}")
