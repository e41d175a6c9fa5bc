# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""The boxes that a page is built from: what they ask of one another, they ask once."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, SupportsIndex

from rinoh.dimension import Dimension, DimensionAddition, DimensionBase
from rinoh.layout import (
    FLOATING_POINT_FUZZ,
    Container,
    ExpandingContainerBase,
    FlowablesContainerBase,
    InlineDownExpandingContainer,
)
from rinoh.table import Table

from bouwsteen.replacing import Once, replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOUNDLESS = float("inf")


class _Parts(list[Any]):
    """What a cursor is the sum of."""

    def __init__(self, cursor: _Cursor, own: _Own) -> None:
        super().__init__([own])
        self._cursor = cursor

    def append(self, part: Any) -> None:
        super().append(part)
        part.above = self._cursor
        self._cursor.moved()

    def pop(self, index: SupportsIndex = -1) -> Any:
        self._cursor.moved()
        return super().pop(index)

    def __delitem__(self, key: Any) -> None:
        self._cursor.moved()
        super().__delitem__(key)


class _Cursor(DimensionAddition):
    """How far a box is filled; it is added up when something in it has moved."""

    def __init__(self, own: _Own) -> None:
        super().__init__()
        self.above: _Cursor | None = None
        self._sum: float | None = None
        self.addends = _Parts(self, own)
        own.cursor = self

    def moved(self) -> None:
        """Forget the sum, and those that it is part of."""
        cursor: _Cursor | None = self
        while cursor is not None and cursor._sum is not None:
            cursor._sum = None
            cursor = cursor.above

    def __float__(self) -> float:
        if self._sum is None:
            self._sum = float(sum(map(float, self.addends)))
        return self._sum


class _Own(Dimension):
    """How far a box is filled by itself."""

    cursor: _Cursor

    def grow(self, value: Any) -> Any:
        self._value += float(value)
        self.cursor.moved()
        return self


class _Room(DimensionBase):
    """What is left of a height that can still change, of which so much was taken."""

    def __init__(self, height: Any, taken: float) -> None:
        is_room = isinstance(height, _Room)
        self._whole: Any = height._whole if is_room else height
        self._taken: tuple[float, ...] = (*(height._taken if is_room else ()), taken)

    def __float__(self) -> float:
        left = float(self._whole)
        for taken in self._taken:
            left -= taken
        return left


def _remaining_height(box: Any) -> Any:
    most, taken = box.max_height, box.cursor
    return _Room(most, taken) if isinstance(most, DimensionBase) else most - taken


def _start(box: Any) -> None:
    box._self_cursor = _Own(0)
    box._cursor = _Cursor(box._self_cursor)


@contextlib.contextmanager
def added_up_once() -> Iterator[None]:
    """Ask a box once what page and document it is of, and how far it is filled.

    rinohtype asks all boxes around a box each time (``Container.document``, ``page``,
    ``remaining_height``), adds up all boxes within it, and within those, for each line
    (``DimensionAddition.__float__``), and makes a new one in six steps, of which the width is added
    up each time that it is asked for (``InlineDownExpandingContainer.__init__``).
    """
    clear = FlowablesContainerBase.clear

    def start_anew(self: Any) -> None:
        if not isinstance(self._self_cursor, _Own):
            _start(self)
        clear(self)
        self._cursor.moved()

    def advance2(self: Any, height: Any, ignore_overflow: bool = False) -> bool:
        room, height = float(self.remaining_height), float(height)
        if not height <= room + FLOATING_POINT_FUZZ:  # a picture at no width is not a number high
            if not ignore_overflow:
                return False
            height = room
        self._self_cursor.grow(height)
        return True

    def init(  # noqa: PLR0913, PLR0917  # as it is called
        self: Any, name: str, parent: Any, left: Any = None, width: Any = None, right: Any = None,
        advance_parent: bool = True, place: bool = True,
    ) -> None:  # fmt: skip
        _start(self)
        self._placed_styleds = {}
        if left is None:
            left = 0.0 if (right and width) is None else float(right) - float(width)
        if width is None:
            width = float(parent.width if right is None else right) - float(left)
        self.left, self.width = float(left), float(width)
        self.right = self.left + self.width if right is None else float(right)
        self.top = parent.cursor
        self.height = DimensionAddition(self._cursor)
        self.bottom = self.top + self.height
        self.max_height = parent.remaining_height or _BOUNDLESS
        self.name, self.type, self.sideways = name, None, None
        self.vertically_center_content = False
        self._do_place = place
        self.parent = parent
        self.children = []
        parent.children.append(self)
        self.empty_canvas()
        if advance_parent:
            parent._cursor.addends.append(self._cursor)

    with (
        replaced(
            Container,
            document_part=Once(lambda self: self.parent.document_part),
            document=Once(lambda self: self.document_part.document),
            page=Once(lambda self: self.parent.page),
        ),
        replaced(FlowablesContainerBase, clear=start_anew, advance2=advance2),
        replaced(ExpandingContainerBase, remaining_height=property(_remaining_height)),
        replaced(InlineDownExpandingContainer, __init__=init),
    ):
        yield


def _holds_table(table: Any) -> bool:
    """Tell whether there is a table in a cell of *table*; at no width rinohtype warns of it."""
    rows = [row for section in (table.head, table.body) for row in section or ()]
    return any(isinstance(e, Table) for row in rows for cell in row for e in cell.elements)


@contextlib.contextmanager
def columns_given() -> Iterator[None]:
    """Do not try how narrow columns can be that were given their widths.

    rinohtype sets each cell at no width at all, a word a line, and has no use for what comes out
    but for columns without a width (``Table._size_columns``). It sets them at any width too: the
    fonts that are used first there are numbered first. Pictures take numbers in both: if there is
    one, both are tried.
    """
    widths_from_content = Table._widths_from_content

    def widths(self: Any, fixed: Any, max_cell_width: Any, container: Any) -> Any:
        given = self.column_widths or self.get_style("column_widths", container)
        if not given or any(width is None for width in given) or _holds_table(self):
            return widths_from_content(self, fixed, max_cell_width, container)
        if max_cell_width == 0:
            return [0.0 for _ in fixed]
        backend = container.document.backend_document
        before = backend._image_number
        found = widths_from_content(self, fixed, max_cell_width, container)
        if backend._image_number > before:
            widths_from_content(self, fixed, 0, container)
        return found

    with replaced(Table, _widths_from_content=widths):
        yield
