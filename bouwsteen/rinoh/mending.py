# SPDX-FileCopyrightText: 2026 Bouwsteen contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mend rinohtype while our builder renders, and only then."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from rinoh.flowable import LabeledFlowable
from rinoh.layout import EndOfContainer, FootnoteContainer
from rinoh.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def frames_to_the_foot_of_the_page() -> Iterator[None]:
    """Let a frame go on to the foot of the page where what it holds goes on overleaf.

    In rinohtype 0.5.6 an item of a list that breaks over two pages takes no height on the first,
    so that the tint and the rule around it stop above it (``LabeledFlowable.render``).
    """
    upstream = LabeledFlowable.render

    def render(self: Any, container: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return upstream(self, container, *args, **kwargs)
        except EndOfContainer as end:
            if not end.flowable_state.initial:
                container.advance2(float(container.remaining_height), ignore_overflow=True)
            raise

    LabeledFlowable.render = render
    try:
        yield
    finally:
        LabeledFlowable.render = upstream


@contextlib.contextmanager
def notes_on_a_full_page() -> Iterator[None]:
    """Let notes be set on a page that is full but for the space below its last block.

    rinohtype 0.5.6 makes room for notes as it fills a page. When it sets them, it takes the space
    that hangs over the foot of the page for text that does not fit, and fails an assertion
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

    FootnoteContainer.flow_footnotes = flow_footnotes
    try:
        yield
    finally:
        FootnoteContainer.flow_footnotes = upstream


@contextlib.contextmanager
def columns_as_wide_as_their_words() -> Iterator[None]:
    """Make each column of a table wider by a thousandth of a point.

    rinohtype 0.5.6 gives a column the width of its longest word, to the last binary digit, and may
    then find the word too long for it (``Table._widths_from_content``).
    """
    upstream = Table._widths_from_content  # noqa: SLF001

    def widths_from_content(self: Any, *args: Any, **kwargs: Any) -> list[float]:
        return [width + 0.001 for width in upstream(self, *args, **kwargs)]

    Table._widths_from_content = widths_from_content  # noqa: SLF001
    try:
        yield
    finally:
        Table._widths_from_content = upstream  # noqa: SLF001


@contextlib.contextmanager
def mended() -> Iterator[None]:
    """Mend all of it."""
    with frames_to_the_foot_of_the_page(), notes_on_a_full_page(), columns_as_wide_as_their_words():
        yield
