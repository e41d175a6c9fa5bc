# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mend rinohtype 0.5.6 while our builder renders, and only then."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from rinoh.backend.pdf import Canvas
from rinoh.flowable import LabeledFlowable
from rinoh.layout import ContainerOverflow, EndOfContainer, FootnoteContainer
from rinoh.paragraph import Line
from rinoh.reference import NoteMarkerBase
from rinoh.table import Table

from bouwsteen.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

BELOW_A_MARK = 24  # points; more than the paddings of a frame in a frame
DEEPEST = 20  # saved graphics states in one another; PDF/A-2 allows 28 (ISO 19005-2, 6.1.13)


@contextlib.contextmanager
def mended() -> Iterator[None]:
    """Mend all of it."""
    with (
        frames_to_the_foot_of_the_page(),
        notes_with_their_marks(),
        notes_on_a_full_page(),
        notes_in_cells(),
        columns_as_wide_as_their_words(),
        few_graphics_states(),
    ):
        yield


def frames_to_the_foot_of_the_page() -> AbstractContextManager[None]:
    """Let a frame go on to the foot of the page where what it holds goes on overleaf.

    An item of a list that breaks over two pages takes no height on the first, so that the tint and
    the rule around it stop above it (``LabeledFlowable.render``).
    """
    upstream = LabeledFlowable.render

    def render(self: Any, container: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return upstream(self, container, *args, **kwargs)
        except EndOfContainer as end:
            if not end.flowable_state.initial:
                container.advance2(float(container.remaining_height), ignore_overflow=True)
            raise

    return replaced(LabeledFlowable, render=render)


def notes_on_a_full_page() -> AbstractContextManager[None]:
    """Let notes be set on a page that is full but for the space below its last block.

    rinohtype makes room for notes as it fills a page. When it sets them, it takes the space that
    hangs over the foot of the page for text that does not fit, and fails an assertion
    (``FootnoteContainer.flow_footnotes``).
    """
    upstream = FootnoteContainer.flow_footnotes

    def flow_footnotes(self: Any, preallocate: bool = False) -> bool:
        if preallocate:
            return bool(upstream(self, preallocate))
        self.page.check_overflow = lambda: True
        try:
            return bool(upstream(self, preallocate))
        finally:
            del self.page.check_overflow

    return replaced(FootnoteContainer, flow_footnotes=flow_footnotes)


@contextlib.contextmanager
def notes_with_their_marks() -> Iterator[None]:
    """Set a note on the page that its mark is on.

    rinohtype sets the note of each mark that it has read, that of a line which did not fit on the
    page too (``MixedStyledText.spans``), and each note that it made room for, though the text may
    have gone overleaf since (``FootnoteContainer.flow_footnotes``). It also makes room for a note
    where there is none left then for the foot of the frame around the mark.
    """
    typeset, before_placing = Line.typeset, NoteMarkerBase.before_placing
    add_footnote = FootnoteContainer.add_footnote

    def typeset_and_note_marks(self: Any, container: Any, *args: Any, **kwargs: Any) -> None:
        typeset(self, container, *args, **kwargs)
        spans = {id(glyphs_span.span): glyphs_span.span for glyphs_span in self}
        marks = (id(mark) for span in spans.values() for mark in _marks_around(span))
        # kept where rinohtype keeps what was read, and forgotten together with it
        container._placed_styleds.setdefault("typeset", set()).update(marks)  # noqa: SLF001

    def before_placing_if_typeset(self: Any, container: Any, preallocate: bool = False) -> None:
        if not preallocate:
            if id(self) in container._placed_styleds.get("typeset", ()):  # noqa: SLF001
                before_placing(self, container)
            return
        if not container.advance2(BELOW_A_MARK):
            raise ContainerOverflow
        try:
            before_placing(self, container, preallocate=True)
        finally:
            container.advance2(-BELOW_A_MARK)

    def add_what_is_placed(self: Any, footnote: Any, preallocate: bool) -> bool:
        if self._allocation_phase and not preallocate:
            self.footnotes.clear()
            self._flowing_footnotes = self._reflowed = False
        return bool(add_footnote(self, footnote, preallocate))

    with (
        replaced(Line, typeset=typeset_and_note_marks),
        replaced(NoteMarkerBase, before_placing=before_placing_if_typeset),
        replaced(FootnoteContainer, add_footnote=add_what_is_placed),
    ):
        yield


def _marks_around(element: Any) -> Iterator[NoteMarkerBase]:
    while element is not None:
        if isinstance(element, NoteMarkerBase):
            yield element
        element = getattr(element, "parent", None)


def notes_in_cells() -> AbstractContextManager[None]:
    """Move a row overleaf if there is no room for a note in it.

    rinohtype tells the table of it in the words of the paragraph that the mark is in, and ends in
    an AttributeError (``Table._render_row``).
    """
    upstream = vars(Table)["_render_section"].__func__

    def render_section(cls: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        with contextlib.suppress(EndOfContainer):
            yield from upstream(cls, *args, **kwargs)

    return replaced(Table, _render_section=classmethod(render_section))


def columns_as_wide_as_their_words() -> AbstractContextManager[None]:
    """Make each column of a table wider by a thousandth of a point.

    rinohtype gives a column the width of its longest word, to the last binary digit, and may then
    find the word too long for it (``Table._widths_from_content``).
    """
    upstream = vars(Table)["_widths_from_content"]

    def widths_from_content(self: Any, *args: Any, **kwargs: Any) -> list[float]:
        return [width + 0.001 for width in upstream(self, *args, **kwargs)]

    return replaced(Table, _widths_from_content=widths_from_content)


def few_graphics_states() -> AbstractContextManager[None]:
    """Move the origin there and back for what is deep already, instead of saving the state.

    rinohtype saves the graphics state for each container in another one (``Canvas.append``), far
    more often than PDF/A allows. All that a container draws is drawn in states of its own, so that
    the origin is all there is to restore; a container that turned or moved itself is left alone.
    """
    upstream = {name: vars(Canvas)[name] for name in ("append", "rotate", "scale", "translate")}

    @contextlib.contextmanager
    def save_state(self: Any) -> Iterator[None]:
        self.print("q")
        self.open_states = getattr(self, "open_states", 0) + 1
        self.depth = max(self.open_states, getattr(self, "depth", 0))
        yield
        self.print("Q")
        self.open_states -= 1

    def noting_where(name: str) -> Any:
        def transform(self: Any, *args: Any, **kwargs: Any) -> None:
            upstream[name](self, *args, **kwargs)
            if not getattr(self, "open_states", 0):
                self.is_transformed = True

        return transform

    def append(self: Any, parent: Any, left: float, top: float) -> None:
        depth = getattr(self, "depth", 0)
        above = getattr(parent, "open_states", 0)
        if depth < DEEPEST or getattr(self, "is_transformed", False):
            upstream["append"](self, parent, left, top)
            above += 1
        else:
            upstream["translate"](parent, left, top)
            parent.write(self.getvalue())
            upstream["translate"](parent, -left, -top)
            self.propagate_annotations(parent, left, top)
        parent.depth = max(above + depth, getattr(parent, "depth", 0))

    return replaced(
        Canvas,
        save_state=save_state,
        append=append,
        **{name: noting_where(name) for name in ("rotate", "scale", "translate")},
    )
